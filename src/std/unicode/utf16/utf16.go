// Package utf16 reads and writes characters in UTF-16. Go: src/unicode/utf16.
package utf16

const (
	replacement = '\uFFFD'
	high, low   = 0xD800, 0xDC00
	end         = 0xE000
	beyond      = 0x10000
)

// IsSurrogate reports whether r is half of a pair.
func IsSurrogate(r rune) bool { return r >= high && r < end }

// DecodeRune returns the character of a pair, U+FFFD if it is none.
func DecodeRune(r1, r2 rune) rune {
	if r1 >= high && r1 < low && r2 >= low && r2 < end {
		return (r1-high)<<10 + (r2 - low) + beyond
	}
	return replacement
}

// EncodeRune returns the pair of a character, U+FFFD twice if it has none.
func EncodeRune(r rune) (r1, r2 rune) {
	if r < beyond || r > 0x10FFFF {
		return replacement, replacement
	}
	r -= beyond
	return high + r>>10, low + r&0x3ff
}

// RuneLen is the number of units of a character, -1 if it cannot be encoded.
func RuneLen(r rune) int {
	switch {
	case r < 0 || IsSurrogate(r) || r > 0x10FFFF:
		return -1
	case r < beyond:
		return 1
	}
	return 2
}

// AppendRune appends a character.
func AppendRune(a []uint16, r rune) []uint16 {
	switch RuneLen(r) {
	case 1:
		return append(a, uint16(r))
	case 2:
		r1, r2 := EncodeRune(r)
		return append(a, uint16(r1), uint16(r2))
	}
	return append(a, replacement)
}

// Encode returns characters in UTF-16.
func Encode(s []rune) []uint16 {
	a := make([]uint16, 0, len(s))
	for _, r := range s {
		a = AppendRune(a, r)
	}
	return a
}

// Decode returns the characters of UTF-16.
func Decode(s []uint16) []rune {
	out := make([]rune, 0, len(s))
	for i := 0; i < len(s); i++ {
		r := rune(s[i])
		if IsSurrogate(r) {
			pair := rune(replacement)
			if i+1 < len(s) {
				pair = DecodeRune(r, rune(s[i+1]))
			}
			if r = pair; r != replacement {
				i++
			}
		}
		out = append(out, r)
	}
	return out
}
