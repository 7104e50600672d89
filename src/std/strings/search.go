// Package strings searches, takes apart and puts together strings.
//
// search.go finds, split.go takes apart, change.go makes changed strings, trim.go cuts ends off; builder.go, reader.go, replacer.go
// and sequence.go hold one type or notion each. Package bytes does the same to byte slices.
// Go: src/strings, src/internal/bytealg, src/internal/stringslite.
package strings

import (
	"internal/runtime"
	"unicode"
	"unicode/utf8"
)

// IndexByte returns where char first stands in text, -1 if nowhere.
func IndexByte(text string, char byte) int { return runtime.IndexByte(text, char) }

// LastIndexByte returns where char last stands in text.
func LastIndexByte(text string, char byte) int {
	i := len(text) - 1
	for i >= 0 && text[i] != char {
		i--
	}
	return i
}

// Index returns where part first stands in text, -1 if nowhere.
func Index(text, part string) int {
	n := len(part)
	switch {
	case n == 0:
		return 0
	case n == 1:
		return IndexByte(text, part[0])
	case n == len(text):
		if text == part {
			return 0
		}
		return -1
	case n > len(text):
		return -1
	}
	at := runtime.Index(text, part)
	if at >= -1 {
		return at
	}
	// The ends of part stand everywhere: a search that looks at each byte once is better.
	from := -2 - at
	if at = rolling(text[from:], part); at >= 0 {
		at += from
	}
	return at
}

const hashFactor = 16777619

// rolling searches by a hash of the last len(part) bytes. Go: bytealg.IndexRabinKarp.
func rolling(text, part string) int {
	n := len(part)
	if len(text) < n {
		return -1
	}
	want, have, drop := uint32(0), uint32(0), uint32(1)
	for i := 0; i < n; i++ {
		want = want*hashFactor + uint32(part[i])
		have = have*hashFactor + uint32(text[i])
		drop *= hashFactor
	}
	for i := n; ; i++ {
		if have == want && text[i-n:i] == part {
			return i - n
		}
		if i == len(text) {
			return -1
		}
		have = have*hashFactor + uint32(text[i]) - drop*uint32(text[i-n])
	}
}

// LastIndex returns where part last stands in text.
func LastIndex(text, part string) int {
	n := len(part)
	for i := len(text) - n; i >= 0; i-- {
		if n == 0 || text[i] == part[0] && text[i:i+n] == part {
			return i
		}
	}
	return -1
}

// IndexRune returns where char first stands in text; RuneError stands at any invalid byte.
func IndexRune(text string, char rune) int {
	switch {
	case char >= 0 && char < utf8.RuneSelf:
		return IndexByte(text, byte(char))
	case char == utf8.RuneError:
		for i, c := range text {
			if c == utf8.RuneError {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(char):
		return -1
	}
	return Index(text, string(char))
}

// IndexAny returns where any character of set first stands in text.
func IndexAny(text, set string) int {
	for i, c := range text {
		if IndexRune(set, c) >= 0 {
			return i
		}
	}
	return -1
}

// LastIndexAny returns where any character of set last stands in text.
func LastIndexAny(text, set string) int {
	for end := len(text); end > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
		if IndexRune(set, r) >= 0 {
			return end
		}
	}
	return -1
}

// IndexFunc returns where the first character that satisfies test stands.
func IndexFunc(text string, test func(rune) bool) int { return firstWhere(text, test, true) }

// LastIndexFunc returns where the last character that satisfies test stands.
func LastIndexFunc(text string, test func(rune) bool) int { return lastWhere(text, test, true) }

func firstWhere(text string, test func(rune) bool, want bool) int {
	for i, r := range text {
		if test(r) == want {
			return i
		}
	}
	return -1
}

func lastWhere(text string, test func(rune) bool, want bool) int {
	for end := len(text); end > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
		if test(r) == want {
			return end
		}
	}
	return -1
}

// Contains reports whether part stands in text.
func Contains(text, part string) bool { return Index(text, part) >= 0 }

// ContainsAny reports whether any character of set stands in text.
func ContainsAny(text, set string) bool { return IndexAny(text, set) >= 0 }

// ContainsRune reports whether char stands in text.
func ContainsRune(text string, char rune) bool { return IndexRune(text, char) >= 0 }

// ContainsFunc reports whether a character of text satisfies test.
func ContainsFunc(text string, test func(rune) bool) bool { return IndexFunc(text, test) >= 0 }

// HasPrefix reports whether text begins with head.
func HasPrefix(text, head string) bool { return len(text) >= len(head) && text[:len(head)] == head }

// HasSuffix reports whether text ends with tail.
func HasSuffix(text, tail string) bool {
	return len(text) >= len(tail) && text[len(text)-len(tail):] == tail
}

// Count counts where part stands without overlap; "" stands before each character and at the end.
func Count(text, part string) int {
	if part == "" {
		return utf8.RuneCountInString(text) + 1
	}
	if len(part) == 1 {
		return runtime.CountByte(text, part[0])
	}
	n := 0
	for {
		at := Index(text, part)
		if at < 0 {
			return n
		}
		n++
		text = text[at+len(part):]
	}
}

// Compare returns -1, 0 or 1.
func Compare(a, b string) int { return runtime.CompareStrings(a, b) }

// EqualFold reports whether text and other are equal but for case.
func EqualFold(text, other string) bool {
	for text != "" && other != "" {
		a, n := utf8.DecodeRuneInString(text)
		b, m := utf8.DecodeRuneInString(other)
		if a != b && !sameLetter(a, b) {
			return false
		}
		text, other = text[n:], other[m:]
	}
	return text == other
}

func sameLetter(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return unicode.ToLower(a) == unicode.ToLower(b)
	}
	for f := unicode.SimpleFold(a); f != a; f = unicode.SimpleFold(f) {
		if f == b {
			return true
		}
	}
	return false
}
