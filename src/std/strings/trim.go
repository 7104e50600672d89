package strings

import (
	"unicode"
	"unicode/utf8"
)

// Trim takes characters of cutset off both ends.
func Trim(s, cutset string) string { return trimRight(trimLeft(s, cutset), cutset) }

// TrimLeft takes characters of cutset off the beginning.
func TrimLeft(s, cutset string) string { return trimLeft(s, cutset) }

// TrimRight takes characters of cutset off the end.
func TrimRight(s, cutset string) string { return trimRight(s, cutset) }

func trimLeft(s, cutset string) string {
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if !ContainsRune(cutset, r) {
			break
		}
		s = s[size:]
	}
	return s
}

func trimRight(s, cutset string) string {
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		if !ContainsRune(cutset, r) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

// TrimSpace takes white space off both ends.
func TrimSpace(s string) string {
	for s != "" && isASCIISpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isASCIISpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if s != "" && (s[0] >= utf8.RuneSelf || s[len(s)-1] >= utf8.RuneSelf) {
		return TrimFunc(s, unicode.IsSpace)
	}
	return s
}

// TrimFunc takes characters that satisfy f off both ends.
func TrimFunc(s string, f func(rune) bool) string { return TrimRightFunc(TrimLeftFunc(s, f), f) }

// TrimLeftFunc takes characters that satisfy f off the beginning.
func TrimLeftFunc(s string, f func(rune) bool) string {
	at := firstWhere(s, f, false)
	if at < 0 {
		return ""
	}
	return s[at:]
}

// TrimRightFunc takes characters that satisfy f off the end.
func TrimRightFunc(s string, f func(rune) bool) string {
	at := lastWhere(s, f, false)
	if at < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return s[:at+size]
}

// TrimPrefix takes a prefix off if it is there.
func TrimPrefix(s, prefix string) string {
	s, _ = CutPrefix(s, prefix)
	return s
}

// TrimSuffix takes a suffix off if it is there.
func TrimSuffix(s, suffix string) string {
	s, _ = CutSuffix(s, suffix)
	return s
}
