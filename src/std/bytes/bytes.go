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

// view is data as a string in the same memory. It must not be kept.
func view(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// owned is a new string as a slice in the same memory.
func owned(text string) []byte { return unsafe.Slice(unsafe.StringData(text), len(text)) }

// Equal reports whether a and data have the same bytes.
func Equal(a, data []byte) bool { return string(a) == string(data) }

// Compare returns -1, 0 or 1.
func Compare(a, data []byte) int { return strings.Compare(view(a), view(data)) }

// Count counts where mark stands without overlap.
func Count(data, mark []byte) int { return strings.Count(view(data), view(mark)) }

// Contains reports whether subslice stands in data.
func Contains(data, subslice []byte) bool { return Index(data, subslice) >= 0 }

// ContainsAny reports whether any character of set stands in data.
func ContainsAny(data []byte, set string) bool { return IndexAny(data, set) >= 0 }

// ContainsRune reports whether char stands in data.
func ContainsRune(data []byte, char rune) bool { return IndexRune(data, char) >= 0 }

// ContainsFunc reports whether a character of data satisfies test.
func ContainsFunc(data []byte, test func(rune) bool) bool { return IndexFunc(data, test) >= 0 }

// Index returns where mark first stands in data, -1 if nowhere.
func Index(data, mark []byte) int { return strings.Index(view(data), view(mark)) }

// IndexByte returns where char first stands in data.
func IndexByte(data []byte, char byte) int { return strings.IndexByte(view(data), char) }

// IndexRune returns where char first stands in data.
func IndexRune(data []byte, char rune) int { return strings.IndexRune(view(data), char) }

// IndexAny returns where any character of set first stands in data.
func IndexAny(data []byte, set string) int { return strings.IndexAny(view(data), set) }

// IndexFunc returns where the first character that satisfies test stands.
func IndexFunc(data []byte, test func(r rune) bool) int { return strings.IndexFunc(view(data), test) }

// LastIndex returns where mark last stands in data.
func LastIndex(data, mark []byte) int { return strings.LastIndex(view(data), view(mark)) }

// LastIndexByte returns where char last stands in data.
func LastIndexByte(data []byte, char byte) int { return strings.LastIndexByte(view(data), char) }

// LastIndexAny returns where any character of set last stands in data.
func LastIndexAny(data []byte, set string) int { return strings.LastIndexAny(view(data), set) }

// LastIndexFunc returns where the last character that satisfies test stands.
func LastIndexFunc(data []byte, test func(r rune) bool) int {
	return strings.LastIndexFunc(view(data), test)
}

// HasPrefix reports whether data begins with head.
func HasPrefix(data, head []byte) bool { return strings.HasPrefix(view(data), view(head)) }

// HasSuffix reports whether data ends with tail.
func HasSuffix(data, tail []byte) bool { return strings.HasSuffix(view(data), view(tail)) }

// EqualFold reports whether data and other are equal but for case.
func EqualFold(data, other []byte) bool { return strings.EqualFold(view(data), view(other)) }

// Clone returns a copy; nil of nil.
func Clone(data []byte) []byte {
	if data == nil {
		return nil
	}
	return append([]byte{}, data...)
}

// Runes returns the characters.
func Runes(data []byte) []rune { return []rune(string(data)) }

// Cut returns what is before and after the first separator, and whether there is one.
func Cut(data, mark []byte) (before, after []byte, found bool) {
	at := Index(data, mark)
	if at < 0 {
		return data, nil, false
	}
	return data[:at], data[at+len(mark):], true
}

// CutPrefix takes a head off and reports whether it was there.
func CutPrefix(data, head []byte) (after []byte, found bool) {
	if HasPrefix(data, head) {
		return data[len(head):], true
	}
	return data, false
}

// CutSuffix takes a tail off and reports whether it was there.
func CutSuffix(data, tail []byte) (before []byte, found bool) {
	if HasSuffix(data, tail) {
		return data[:len(data)-len(tail)], true
	}
	return data, false
}

// Split returns the parts of data between separators.
func Split(data, mark []byte) [][]byte { return parts(data, mark, 0, -1) }

// SplitN is Split into at most count parts.
func SplitN(data, mark []byte, count int) [][]byte { return parts(data, mark, 0, count) }

// SplitAfter is Split where each part keeps the separator that follows it.
func SplitAfter(data, mark []byte) [][]byte { return parts(data, mark, len(mark), -1) }

// SplitAfterN is SplitAfter into at most count parts.
func SplitAfterN(data, mark []byte, count int) [][]byte { return parts(data, mark, len(mark), count) }

func parts(data, mark []byte, keep, count int) [][]byte {
	if count == 0 {
		return nil
	}
	if len(mark) == 0 {
		return characters(data, count)
	}
	if count < 0 {
		count = Count(data, mark) + 1
	}
	count = min(count, len(data)+1)
	list := make([][]byte, count)
	i := 0
	for ; i < count-1; i++ {
		at := Index(data, mark)
		if at < 0 {
			break
		}
		list[i] = data[: at+keep : at+keep]
		data = data[at+len(mark):]
	}
	list[i] = data
	return list[:i+1]
}

// characters returns slices of one character, the count-th with what is left.
func characters(data []byte, count int) [][]byte {
	if count <= 0 || count > len(data) {
		count = len(data)
	}
	list := make([][]byte, 0, count)
	for len(data) > 0 {
		if len(list) == count-1 {
			return append(list, data)
		}
		_, size := utf8.DecodeRune(data)
		list = append(list, data[:size:size])
		data = data[size:]
	}
	return list
}

// Fields returns what stands between white space.
func Fields(data []byte) [][]byte { return FieldsFunc(data, unicode.IsSpace) }

// FieldsFunc returns what stands between characters that satisfy test.
func FieldsFunc(data []byte, test func(rune) bool) [][]byte {
	type span struct{ from, to int }
	spans := make([]span, 0, 32)
	from := -1
	for i, r := range view(data) {
		switch {
		case !test(r):
			if from < 0 {
				from = i
			}
		case from >= 0:
			spans = append(spans, span{from, i})
			from = -1
		}
	}
	if from >= 0 {
		spans = append(spans, span{from, len(data)})
	}
	list := make([][]byte, len(spans))
	for i, s := range spans {
		list[i] = data[s.from:s.to:s.to]
	}
	return list
}

// Join puts slices together with mark between them.
func Join(s [][]byte, mark []byte) []byte {
	if len(s) == 0 {
		return []byte{}
	}
	size := len(mark) * (len(s) - 1)
	for _, part := range s {
		size += len(part)
	}
	b := append(make([]byte, 0, size), s[0]...)
	for _, part := range s[1:] {
		b = append(append(b, mark...), part...)
	}
	return b
}

// Repeat returns times copies of data.
func Repeat(data []byte, times int) []byte {
	switch {
	case times < 0:
		panic("bytes: negative Repeat count")
	case len(data) > 0 && times > int(^uint(0)>>1)/len(data):
		panic("bytes: Repeat output length overflow")
	}
	out := make([]byte, len(data)*times)
	for n := copy(out, data); n < len(out) && n > 0; n *= 2 {
		copy(out[n:], out[:n])
	}
	return out
}

// Replace puts into in the place of the first count olds, of all if count is negative.
func Replace(data, from, into []byte, count int) []byte {
	if count == 0 || Count(data, from) == 0 {
		return append([]byte(nil), data...)
	}
	replaced := strings.Replace(view(data), view(from), view(into), count)
	if replaced == "" {
		return []byte{}
	}
	return fresh(replaced, data)
}

// ReplaceAll replaces every from.
func ReplaceAll(data, from, into []byte) []byte { return Replace(data, from, into, -1) }

// fresh returns text as a slice; if it is still the memory of data, a copy.
func fresh(text string, data []byte) []byte {
	if len(text) > 0 && unsafe.StringData(text) == unsafe.SliceData(data) {
		return []byte(text)
	}
	return owned(text)
}

// Map replaces each character by what change makes of it; a negative result drops it.
func Map(change func(r rune) rune, data []byte) []byte {
	return fresh(strings.Map(change, view(data)), data)
}

// ToUpper returns data in upper case.
func ToUpper(data []byte) []byte { return fresh(strings.ToUpper(view(data)), data) }

// ToLower returns data in lower case.
func ToLower(data []byte) []byte { return fresh(strings.ToLower(view(data)), data) }

// ToTitle returns data in title case, every letter of it.
func ToTitle(data []byte) []byte { return fresh(strings.ToTitle(view(data)), data) }

// ToUpperSpecial is ToUpper in a language.
func ToUpperSpecial(c unicode.SpecialCase, data []byte) []byte {
	return fresh(strings.ToUpperSpecial(c, view(data)), data)
}

// ToLowerSpecial is ToLower in a language.
func ToLowerSpecial(c unicode.SpecialCase, data []byte) []byte {
	return fresh(strings.ToLowerSpecial(c, view(data)), data)
}

// ToTitleSpecial is ToTitle in a language.
func ToTitleSpecial(c unicode.SpecialCase, data []byte) []byte {
	return fresh(strings.ToTitleSpecial(c, view(data)), data)
}

// ToValidUTF8 puts replacement in the place of each run of invalid bytes.
func ToValidUTF8(data, replacement []byte) []byte {
	return fresh(strings.ToValidUTF8(view(data), view(replacement)), data)
}

// Title puts the first letter of each word in title case.
func Title(data []byte) []byte { return fresh(strings.Title(view(data)), data) }

// ends cuts data to [from, to); nothing left is nil, as in Go.
func ends(data []byte, from, to int) []byte {
	if from >= to {
		return nil
	}
	return data[from:to]
}

// Trim takes characters of set off both ends.
func Trim(data []byte, set string) []byte {
	text := view(data)
	from := len(data) - len(strings.TrimLeft(text, set))
	return ends(data, from, max(from, len(strings.TrimRight(text, set))))
}

// TrimLeft takes characters of set off the beginning.
func TrimLeft(data []byte, set string) []byte {
	return ends(data, len(data)-len(strings.TrimLeft(view(data), set)), len(data))
}

// TrimRight takes characters of set off the end.
func TrimRight(data []byte, set string) []byte { return data[:len(strings.TrimRight(view(data), set))] }

// TrimSpace takes white space off both ends.
func TrimSpace(data []byte) []byte { return TrimFunc(data, unicode.IsSpace) }

// TrimFunc takes characters that satisfy test off both ends.
func TrimFunc(data []byte, test func(r rune) bool) []byte {
	return TrimRightFunc(TrimLeftFunc(data, test), test)
}

// TrimLeftFunc takes characters that satisfy test off the beginning.
func TrimLeftFunc(data []byte, test func(r rune) bool) []byte {
	return ends(data, len(data)-len(strings.TrimLeftFunc(view(data), test)), len(data))
}

// TrimRightFunc takes characters that satisfy test off the end.
func TrimRightFunc(data []byte, test func(r rune) bool) []byte {
	return data[:len(strings.TrimRightFunc(view(data), test))]
}

// TrimPrefix takes a head off if it is there.
func TrimPrefix(data, head []byte) []byte {
	data, _ = CutPrefix(data, head)
	return data
}

// TrimSuffix takes a tail off if it is there.
func TrimSuffix(data, tail []byte) []byte {
	data, _ = CutSuffix(data, tail)
	return data
}
