package strings

import (
	"unicode"
	"unicode/utf8"
)

// Split returns the parts of text between separators; "" separates characters.
func Split(text, mark string) []string { return parts(text, mark, 0, -1) }

// SplitN is Split into at most count parts; a negative count sets no limit.
func SplitN(text, mark string, count int) []string { return parts(text, mark, 0, count) }

// SplitAfter is Split where each part keeps the separator that follows it.
func SplitAfter(text, mark string) []string { return parts(text, mark, len(mark), -1) }

// SplitAfterN is SplitAfter into at most count parts.
func SplitAfterN(text, mark string, count int) []string { return parts(text, mark, len(mark), count) }

// parts keeps the first keep bytes of each separator.
func parts(text, mark string, keep, count int) []string {
	if count == 0 {
		return nil
	}
	if mark == "" {
		return characters(text, count)
	}
	if count < 0 {
		count = Count(text, mark) + 1
	}
	count = min(count, len(text)+1)
	list := make([]string, count)
	i := 0
	for ; i < count-1; i++ {
		at := Index(text, mark)
		if at < 0 {
			break
		}
		list[i] = text[:at+keep]
		text = text[at+len(mark):]
	}
	list[i] = text
	return list[:i+1]
}

// characters returns up to many strings of one character, the last with what is left.
func characters(text string, many int) []string {
	count := utf8.RuneCountInString(text)
	if many < 0 || many > count {
		many = count
	}
	list := make([]string, many)
	for i := range list {
		size := len(text)
		if i < many-1 {
			_, size = utf8.DecodeRuneInString(text)
		}
		list[i] = text[:size]
		text = text[size:]
	}
	return list
}

// Fields returns what stands between white space.
func Fields(text string) []string {
	count, inside := 0, false
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return FieldsFunc(text, unicode.IsSpace)
		}
		space := isASCIISpace(text[i])
		if !space && !inside {
			count++
		}
		inside = !space
	}
	list := make([]string, 0, count)
	for i := 0; count > 0; count-- {
		for isASCIISpace(text[i]) {
			i++
		}
		start := i
		for i < len(text) && !isASCIISpace(text[i]) {
			i++
		}
		list = append(list, text[start:i])
	}
	return list
}

func isASCIISpace(char byte) bool { return char == ' ' || char >= '\t' && char <= '\r' }

// FieldsFunc returns what stands between characters that satisfy test.
func FieldsFunc(text string, test func(rune) bool) []string {
	type span struct{ from, to int }
	spans := make([]span, 0, 32)
	from := -1
	for i, r := range text {
		switch {
		case test(r):
			if from >= 0 {
				spans = append(spans, span{from, i})
				from = -1
			}
		case from < 0:
			from = i
		}
	}
	if from >= 0 {
		spans = append(spans, span{from, len(text)})
	}
	list := make([]string, len(spans))
	for i, p := range spans {
		list[i] = text[p.from:p.to]
	}
	return list
}

// Cut returns what is before and after the first separator, and whether there is one.
func Cut(text, mark string) (before, after string, found bool) {
	at := Index(text, mark)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(mark):], true
}

// CutPrefix takes a head off and reports whether it was there.
func CutPrefix(text, head string) (after string, found bool) {
	if HasPrefix(text, head) {
		return text[len(head):], true
	}
	return text, false
}

// CutSuffix takes a tail off and reports whether it was there.
func CutSuffix(text, tail string) (before string, found bool) {
	if HasSuffix(text, tail) {
		return text[:len(text)-len(tail)], true
	}
	return text, false
}
