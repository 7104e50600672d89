// Package strings searches, takes apart and puts together strings.
//
// search.go finds, split.go takes apart, change.go makes changed strings, trim.go cuts ends off; builder.go, reader.go, replacer.go
// and sequence.go hold one type or notion each. Package bytes does the same to byte slices.
// Go: src/strings, src/internal/bytealg, src/internal/stringslite.
package strings

import (
	"unicode"
	"unicode/utf8"
)

// IndexByte returns where c first stands in s, -1 if nowhere.
func IndexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}

// LastIndexByte returns where c last stands in s.
func LastIndexByte(s string, c byte) int {
	i := len(s) - 1
	for i >= 0 && s[i] != c {
		i--
	}
	return i
}

// Index returns where substr first stands in s, -1 if nowhere.
func Index(s, substr string) int {
	n := len(substr)
	switch {
	case n == 0:
		return 0
	case n == 1:
		return IndexByte(s, substr[0])
	case n == len(s):
		if s == substr {
			return 0
		}
		return -1
	case n > len(s):
		return -1
	}
	first, second := substr[0], substr[1]
	misses := 0
	for i := 0; i <= len(s)-n; i++ {
		if s[i] != first || s[i+1] != second {
			continue
		}
		if s[i:i+n] == substr {
			return i
		}
		if misses++; misses > 8 && misses*4 > i {
			// The beginning of substr stands everywhere: a search that looks at each byte once is better.
			if at := rolling(s[i+1:], substr); at >= 0 {
				return i + 1 + at
			}
			return -1
		}
	}
	return -1
}

const hashFactor = 16777619

// rolling searches by a hash of the last len(substr) bytes. Go: bytealg.IndexRabinKarp.
func rolling(s, substr string) int {
	n := len(substr)
	if len(s) < n {
		return -1
	}
	want, have, drop := uint32(0), uint32(0), uint32(1)
	for i := 0; i < n; i++ {
		want = want*hashFactor + uint32(substr[i])
		have = have*hashFactor + uint32(s[i])
		drop *= hashFactor
	}
	for i := n; ; i++ {
		if have == want && s[i-n:i] == substr {
			return i - n
		}
		if i == len(s) {
			return -1
		}
		have = have*hashFactor + uint32(s[i]) - drop*uint32(s[i-n])
	}
}

// LastIndex returns where substr last stands in s.
func LastIndex(s, substr string) int {
	n := len(substr)
	for i := len(s) - n; i >= 0; i-- {
		if n == 0 || s[i] == substr[0] && s[i:i+n] == substr {
			return i
		}
	}
	return -1
}

// IndexRune returns where r first stands in s; RuneError stands at any invalid byte.
func IndexRune(s string, r rune) int {
	switch {
	case r >= 0 && r < utf8.RuneSelf:
		return IndexByte(s, byte(r))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == utf8.RuneError {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return Index(s, string(r))
}

// IndexAny returns where any character of chars first stands in s.
func IndexAny(s, chars string) int {
	for i, c := range s {
		if IndexRune(chars, c) >= 0 {
			return i
		}
	}
	return -1
}

// LastIndexAny returns where any character of chars last stands in s.
func LastIndexAny(s, chars string) int {
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
		if IndexRune(chars, r) >= 0 {
			return end
		}
	}
	return -1
}

// IndexFunc returns where the first character that satisfies f stands.
func IndexFunc(s string, f func(rune) bool) int { return firstWhere(s, f, true) }

// LastIndexFunc returns where the last character that satisfies f stands.
func LastIndexFunc(s string, f func(rune) bool) int { return lastWhere(s, f, true) }

func firstWhere(s string, f func(rune) bool, want bool) int {
	for i, r := range s {
		if f(r) == want {
			return i
		}
	}
	return -1
}

func lastWhere(s string, f func(rune) bool, want bool) int {
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
		if f(r) == want {
			return end
		}
	}
	return -1
}

// Contains reports whether substr stands in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsAny reports whether any character of chars stands in s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsRune reports whether r stands in s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsFunc reports whether a character of s satisfies f.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// Count counts where substr stands without overlap; "" stands before each character and at the end.
func Count(s, substr string) int {
	if substr == "" {
		return utf8.RuneCountInString(s) + 1
	}
	n := 0
	for {
		at := Index(s, substr)
		if at < 0 {
			return n
		}
		n++
		s = s[at+len(substr):]
	}
}

// Compare returns -1, 0 or 1.
func Compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// EqualFold reports whether s and t are equal but for case.
func EqualFold(s, t string) bool {
	for s != "" && t != "" {
		a, n := utf8.DecodeRuneInString(s)
		b, m := utf8.DecodeRuneInString(t)
		if a != b && !sameLetter(a, b) {
			return false
		}
		s, t = s[n:], t[m:]
	}
	return s == t
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
