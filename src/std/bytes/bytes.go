// Package bytes does with byte slices what package strings does with strings.
//
// Searching is done by package strings on the same memory; what returns slices cuts them here. buffer.go and reader.go hold a type each.
// Go: src/bytes.
package bytes

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// view is b as a string in the same memory. It must not be kept.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// owned is a new string as a slice in the same memory.
func owned(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// Equal reports whether a and b have the same bytes.
func Equal(a, b []byte) bool { return string(a) == string(b) }

// Compare returns -1, 0 or 1.
func Compare(a, b []byte) int { return strings.Compare(view(a), view(b)) }

// Count counts where sep stands without overlap.
func Count(s, sep []byte) int { return strings.Count(view(s), view(sep)) }

// Contains reports whether subslice stands in b.
func Contains(b, subslice []byte) bool { return Index(b, subslice) >= 0 }

// ContainsAny reports whether any character of chars stands in b.
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// ContainsRune reports whether r stands in b.
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsFunc reports whether a character of b satisfies f.
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }

// Index returns where sep first stands in s, -1 if nowhere.
func Index(s, sep []byte) int { return strings.Index(view(s), view(sep)) }

// IndexByte returns where c first stands in b.
func IndexByte(b []byte, c byte) int { return strings.IndexByte(view(b), c) }

// IndexRune returns where r first stands in s.
func IndexRune(s []byte, r rune) int { return strings.IndexRune(view(s), r) }

// IndexAny returns where any character of chars first stands in s.
func IndexAny(s []byte, chars string) int { return strings.IndexAny(view(s), chars) }

// IndexFunc returns where the first character that satisfies f stands.
func IndexFunc(s []byte, f func(r rune) bool) int { return strings.IndexFunc(view(s), f) }

// LastIndex returns where sep last stands in s.
func LastIndex(s, sep []byte) int { return strings.LastIndex(view(s), view(sep)) }

// LastIndexByte returns where c last stands in s.
func LastIndexByte(s []byte, c byte) int { return strings.LastIndexByte(view(s), c) }

// LastIndexAny returns where any character of chars last stands in s.
func LastIndexAny(s []byte, chars string) int { return strings.LastIndexAny(view(s), chars) }

// LastIndexFunc returns where the last character that satisfies f stands.
func LastIndexFunc(s []byte, f func(r rune) bool) int { return strings.LastIndexFunc(view(s), f) }

// HasPrefix reports whether s begins with prefix.
func HasPrefix(s, prefix []byte) bool { return strings.HasPrefix(view(s), view(prefix)) }

// HasSuffix reports whether s ends with suffix.
func HasSuffix(s, suffix []byte) bool { return strings.HasSuffix(view(s), view(suffix)) }

// EqualFold reports whether s and t are equal but for case.
func EqualFold(s, t []byte) bool { return strings.EqualFold(view(s), view(t)) }

// Clone returns a copy; nil of nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Runes returns the characters.
func Runes(s []byte) []rune { return []rune(string(s)) }

// Cut returns what is before and after the first separator, and whether there is one.
func Cut(s, sep []byte) (before, after []byte, found bool) {
	at := Index(s, sep)
	if at < 0 {
		return s, nil, false
	}
	return s[:at], s[at+len(sep):], true
}

// CutPrefix takes a prefix off and reports whether it was there.
func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if HasPrefix(s, prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

// CutSuffix takes a suffix off and reports whether it was there.
func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}

// Split returns the parts of s between separators.
func Split(s, sep []byte) [][]byte { return parts(s, sep, 0, -1) }

// SplitN is Split into at most n parts.
func SplitN(s, sep []byte, n int) [][]byte { return parts(s, sep, 0, n) }

// SplitAfter is Split where each part keeps the separator that follows it.
func SplitAfter(s, sep []byte) [][]byte { return parts(s, sep, len(sep), -1) }

// SplitAfterN is SplitAfter into at most n parts.
func SplitAfterN(s, sep []byte, n int) [][]byte { return parts(s, sep, len(sep), n) }

func parts(s, sep []byte, keep, n int) [][]byte {
	if n == 0 {
		return nil
	}
	if len(sep) == 0 {
		return characters(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	n = min(n, len(s)+1)
	list := make([][]byte, n)
	i := 0
	for ; i < n-1; i++ {
		at := Index(s, sep)
		if at < 0 {
			break
		}
		list[i] = s[: at+keep : at+keep]
		s = s[at+len(sep):]
	}
	list[i] = s
	return list[:i+1]
}

// characters returns slices of one character, the n-th with what is left.
func characters(s []byte, n int) [][]byte {
	if n <= 0 || n > len(s) {
		n = len(s)
	}
	list := make([][]byte, 0, n)
	for len(s) > 0 {
		if len(list) == n-1 {
			return append(list, s)
		}
		_, size := utf8.DecodeRune(s)
		list = append(list, s[:size:size])
		s = s[size:]
	}
	return list
}

// Fields returns what stands between white space.
func Fields(s []byte) [][]byte { return FieldsFunc(s, unicode.IsSpace) }

// FieldsFunc returns what stands between characters that satisfy f.
func FieldsFunc(s []byte, f func(rune) bool) [][]byte {
	var list [][]byte
	from := -1
	for i, r := range view(s) {
		switch {
		case !f(r):
			if from < 0 {
				from = i
			}
		case from >= 0:
			list = append(list, s[from:i:i])
			from = -1
		}
	}
	if from >= 0 {
		list = append(list, s[from:len(s):len(s)])
	}
	if list == nil {
		list = [][]byte{}
	}
	return list
}

// Join puts slices together with sep between them.
func Join(s [][]byte, sep []byte) []byte {
	if len(s) == 0 {
		return []byte{}
	}
	size := len(sep) * (len(s) - 1)
	for _, part := range s {
		size += len(part)
	}
	b := append(make([]byte, 0, size), s[0]...)
	for _, part := range s[1:] {
		b = append(append(b, sep...), part...)
	}
	return b
}

// Repeat returns count copies of b.
func Repeat(b []byte, count int) []byte {
	switch {
	case count < 0:
		panic("bytes: negative Repeat count")
	case len(b) > 0 && count > int(^uint(0)>>1)/len(b):
		panic("bytes: Repeat output length overflow")
	}
	out := make([]byte, len(b)*count)
	for n := copy(out, b); n < len(out) && n > 0; n *= 2 {
		copy(out[n:], out[:n])
	}
	return out
}

// Replace puts new in the place of the first n olds, of all if n is negative.
func Replace(s, old, new []byte, n int) []byte {
	if n == 0 || Count(s, old) == 0 {
		return append([]byte(nil), s...)
	}
	replaced := strings.Replace(view(s), view(old), view(new), n)
	if replaced == "" {
		return []byte{}
	}
	return fresh(replaced, s)
}

// ReplaceAll replaces every old.
func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

// fresh returns s as a slice; if it is still the memory of b, a copy.
func fresh(s string, b []byte) []byte {
	if len(s) > 0 && unsafe.StringData(s) == unsafe.SliceData(b) {
		return []byte(s)
	}
	return owned(s)
}

// Map replaces each character by what mapping makes of it; a negative result drops it.
func Map(mapping func(r rune) rune, s []byte) []byte { return fresh(strings.Map(mapping, view(s)), s) }

// ToUpper returns s in upper case.
func ToUpper(s []byte) []byte { return fresh(strings.ToUpper(view(s)), s) }

// ToLower returns s in lower case.
func ToLower(s []byte) []byte { return fresh(strings.ToLower(view(s)), s) }

// ToTitle returns s in title case, every letter of it.
func ToTitle(s []byte) []byte { return fresh(strings.ToTitle(view(s)), s) }

// ToUpperSpecial is ToUpper in a language.
func ToUpperSpecial(c unicode.SpecialCase, s []byte) []byte {
	return fresh(strings.ToUpperSpecial(c, view(s)), s)
}

// ToLowerSpecial is ToLower in a language.
func ToLowerSpecial(c unicode.SpecialCase, s []byte) []byte {
	return fresh(strings.ToLowerSpecial(c, view(s)), s)
}

// ToTitleSpecial is ToTitle in a language.
func ToTitleSpecial(c unicode.SpecialCase, s []byte) []byte {
	return fresh(strings.ToTitleSpecial(c, view(s)), s)
}

// ToValidUTF8 puts replacement in the place of each run of invalid bytes.
func ToValidUTF8(s, replacement []byte) []byte {
	return fresh(strings.ToValidUTF8(view(s), view(replacement)), s)
}

// Title puts the first letter of each word in title case.
func Title(s []byte) []byte { return fresh(strings.Title(view(s)), s) }

// ends cuts s to [from, to); nothing left is nil, as in Go.
func ends(s []byte, from, to int) []byte {
	if from >= to {
		return nil
	}
	return s[from:to]
}

// Trim takes characters of cutset off both ends.
func Trim(s []byte, cutset string) []byte {
	text := view(s)
	from := len(s) - len(strings.TrimLeft(text, cutset))
	return ends(s, from, max(from, len(strings.TrimRight(text, cutset))))
}

// TrimLeft takes characters of cutset off the beginning.
func TrimLeft(s []byte, cutset string) []byte {
	return ends(s, len(s)-len(strings.TrimLeft(view(s), cutset)), len(s))
}

// TrimRight takes characters of cutset off the end.
func TrimRight(s []byte, cutset string) []byte { return s[:len(strings.TrimRight(view(s), cutset))] }

// TrimSpace takes white space off both ends.
func TrimSpace(s []byte) []byte { return TrimFunc(s, unicode.IsSpace) }

// TrimFunc takes characters that satisfy f off both ends.
func TrimFunc(s []byte, f func(r rune) bool) []byte { return TrimRightFunc(TrimLeftFunc(s, f), f) }

// TrimLeftFunc takes characters that satisfy f off the beginning.
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	return ends(s, len(s)-len(strings.TrimLeftFunc(view(s), f)), len(s))
}

// TrimRightFunc takes characters that satisfy f off the end.
func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	return s[:len(strings.TrimRightFunc(view(s), f))]
}

// TrimPrefix takes a prefix off if it is there.
func TrimPrefix(s, prefix []byte) []byte {
	s, _ = CutPrefix(s, prefix)
	return s
}

// TrimSuffix takes a suffix off if it is there.
func TrimSuffix(s, suffix []byte) []byte {
	s, _ = CutSuffix(s, suffix)
	return s
}
