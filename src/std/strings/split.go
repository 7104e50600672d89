package strings

import (
	"unicode"
	"unicode/utf8"
)

// Split returns the parts of s between separators; "" separates characters.
func Split(s, sep string) []string { return parts(s, sep, 0, -1) }

// SplitN is Split into at most n parts; a negative n sets no limit.
func SplitN(s, sep string, n int) []string { return parts(s, sep, 0, n) }

// SplitAfter is Split where each part keeps the separator that follows it.
func SplitAfter(s, sep string) []string { return parts(s, sep, len(sep), -1) }

// SplitAfterN is SplitAfter into at most n parts.
func SplitAfterN(s, sep string, n int) []string { return parts(s, sep, len(sep), n) }

// parts keeps the first keep bytes of each separator.
func parts(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	if sep == "" {
		return characters(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	n = min(n, len(s)+1)
	list := make([]string, n)
	i := 0
	for ; i < n-1; i++ {
		at := Index(s, sep)
		if at < 0 {
			break
		}
		list[i] = s[:at+keep]
		s = s[at+len(sep):]
	}
	list[i] = s
	return list[:i+1]
}

// characters returns up to n strings of one character, the last with what is left.
func characters(s string, n int) []string {
	count := utf8.RuneCountInString(s)
	if n < 0 || n > count {
		n = count
	}
	list := make([]string, n)
	for i := range list {
		size := len(s)
		if i < n-1 {
			_, size = utf8.DecodeRuneInString(s)
		}
		list[i] = s[:size]
		s = s[size:]
	}
	return list
}

// Fields returns what stands between white space.
func Fields(s string) []string {
	count, inside := 0, false
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return FieldsFunc(s, unicode.IsSpace)
		}
		space := isASCIISpace(s[i])
		if !space && !inside {
			count++
		}
		inside = !space
	}
	list := make([]string, 0, count)
	for i := 0; count > 0; count-- {
		for isASCIISpace(s[i]) {
			i++
		}
		start := i
		for i < len(s) && !isASCIISpace(s[i]) {
			i++
		}
		list = append(list, s[start:i])
	}
	return list
}

func isASCIISpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// FieldsFunc returns what stands between characters that satisfy f.
func FieldsFunc(s string, f func(rune) bool) []string {
	type span struct{ from, to int }
	spans := make([]span, 0, 32)
	from := -1
	for i, r := range s {
		switch {
		case f(r):
			if from >= 0 {
				spans = append(spans, span{from, i})
				from = -1
			}
		case from < 0:
			from = i
		}
	}
	if from >= 0 {
		spans = append(spans, span{from, len(s)})
	}
	list := make([]string, len(spans))
	for i, p := range spans {
		list[i] = s[p.from:p.to]
	}
	return list
}

// Cut returns what is before and after the first separator, and whether there is one.
func Cut(s, sep string) (before, after string, found bool) {
	at := Index(s, sep)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(sep):], true
}

// CutPrefix takes a prefix off and reports whether it was there.
func CutPrefix(s, prefix string) (after string, found bool) {
	if HasPrefix(s, prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// CutSuffix takes a suffix off and reports whether it was there.
func CutSuffix(s, suffix string) (before string, found bool) {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}
