package strings

import (
	"unicode"
	"unicode/utf8"
)

// Trim takes characters of set off both ends.
func Trim(text, set string) string { return trimRight(trimLeft(text, set), set) }

// TrimLeft takes characters of set off the beginning.
func TrimLeft(text, set string) string { return trimLeft(text, set) }

// TrimRight takes characters of set off the end.
func TrimRight(text, set string) string { return trimRight(text, set) }

func trimLeft(text, set string) string {
	for text != "" {
		r, size := utf8.DecodeRuneInString(text)
		if !ContainsRune(set, r) {
			break
		}
		text = text[size:]
	}
	return text
}

func trimRight(text, set string) string {
	for text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		if !ContainsRune(set, r) {
			break
		}
		text = text[:len(text)-size]
	}
	return text
}

// TrimSpace takes white space off both ends.
func TrimSpace(text string) string {
	for text != "" && isASCIISpace(text[0]) {
		text = text[1:]
	}
	for text != "" && isASCIISpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	if text != "" && (text[0] >= utf8.RuneSelf || text[len(text)-1] >= utf8.RuneSelf) {
		return TrimFunc(text, unicode.IsSpace)
	}
	return text
}

// TrimFunc takes characters that satisfy test off both ends.
func TrimFunc(text string, test func(rune) bool) string {
	return TrimRightFunc(TrimLeftFunc(text, test), test)
}

// TrimLeftFunc takes characters that satisfy test off the beginning.
func TrimLeftFunc(text string, test func(rune) bool) string {
	at := firstWhere(text, test, false)
	if at < 0 {
		return ""
	}
	return text[at:]
}

// TrimRightFunc takes characters that satisfy test off the end.
func TrimRightFunc(text string, test func(rune) bool) string {
	at := lastWhere(text, test, false)
	if at < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return text[:at+size]
}

// TrimPrefix takes a head off if it is there.
func TrimPrefix(text, head string) string {
	text, _ = CutPrefix(text, head)
	return text
}

// TrimSuffix takes a tail off if it is there.
func TrimSuffix(text, tail string) string {
	text, _ = CutSuffix(text, tail)
	return text
}
