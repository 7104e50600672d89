// Package base32: five bytes as eight characters of an alphabet of 32.
package base32

import (
	"slices"
	"strconv"
)

// Encoding is an alphabet, and what fills the last group.
type Encoding struct {
	letters [32]byte
	values  [256]uint8
	padding rune
}

const (
	StdPadding rune = '='
	NoPadding  rune = -1

	noValue = 0xFF
	group   = 8 // characters
	whole   = 5 // bytes
)

// StdEncoding is that of RFC 4648.
var StdEncoding = NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

// HexEncoding is RFC 4648's extended hexadecimal alphabet.
var HexEncoding = NewEncoding("0123456789ABCDEFGHIJKLMNOPQRSTUV")

// NewEncoding returns a padded encoding with an alphabet of 32 different bytes.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 32 {
		panic("encoding alphabet is not 32-bytes long")
	}
	enc := &Encoding{padding: StdPadding}
	for i := range enc.values {
		enc.values[i] = noValue
	}
	for value, letter := range []byte(encoder) {
		if letter == '\n' || letter == '\r' {
			panic("encoding alphabet contains newline character")
		}
		if enc.values[letter] != noValue {
			panic("encoding alphabet includes duplicate symbols")
		}
		enc.letters[value], enc.values[letter] = letter, uint8(value)
	}
	return enc
}

// WithPadding returns the same encoding with another character that fills groups, or none.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	if padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xff {
		panic("invalid padding")
	}
	if padding != NoPadding && enc.values[byte(padding)] != noValue {
		panic("padding contained in alphabet")
	}
	enc.padding = padding
	return &enc
}

// Encode writes EncodedLen(len(src)) characters to dst.
func (enc *Encoding) Encode(dst, src []byte) {
	at := 0
	for len(src) > 0 {
		n := min(whole, len(src))
		var bits uint64
		for i := range n {
			bits |= uint64(src[i]) << (32 - 8*i)
		}
		used := lettersFor(n)
		for i := used - 1; i >= 0; i-- {
			dst[at+i] = enc.letters[bits>>(35-5*i)&31]
		}
		if enc.padding != NoPadding {
			for i := used; i < group; i++ {
				dst[at+i] = byte(enc.padding)
			}
		}
		at += group
		src = src[n:]
	}
}

// lettersFor answers how many letters n bytes take, up to five.
func lettersFor(n int) int { return (8*n + 4) / 5 }

// AppendEncode appends what src is to dst.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	before, size := len(dst), enc.EncodedLen(len(src))
	dst = slices.Grow(dst, size)[:before+size]
	enc.Encode(dst[before:], src)
	return dst
}

// EncodeToString returns what src is.
func (enc *Encoding) EncodeToString(src []byte) string {
	text := make([]byte, enc.EncodedLen(len(src)))
	enc.Encode(text, src)
	return string(text)
}

// EncodedLen is the number of characters for n bytes.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.padding == NoPadding {
		return n/whole*group + lettersFor(n%whole)
	}
	return (n + whole - 1) / whole * group
}

// DecodedLen is the number of bytes that n characters are, at most.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.padding == NoPadding {
		return bytesOf(n)
	}
	return n / group * whole
}

func bytesOf(n int) int { return n/group*whole + n%group*5/8 }

// CorruptInputError is the offset of what is no character of the encoding.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal base32 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// decode turns src, which has no line ends, into bytes. last: it ended with padding, or with a short group.
func (enc *Encoding) decode(dst, src []byte) (n int, last bool, err error) {
	at := 0
	for at < len(src) && !last {
		var bits uint64
		letters := 0
		start := at
		for letters < group {
			if at == len(src) {
				if enc.padding != NoPadding {
					// The group begins where it would have to be completed.
					return n, false, CorruptInputError(start)
				}
				last = true
				break
			}
			c := src[at]
			at++
			if c == byte(enc.padding) && letters >= 2 && len(src)-at < group {
				if err := enc.padded(src, at, letters); err != nil {
					return n, false, err
				}
				last = true
				break
			}
			value := enc.values[c]
			if value == noValue {
				return n, false, CorruptInputError(at - 1)
			}
			bits |= uint64(value) << (35 - 5*letters)
			letters++
		}
		size := letters * 5 / 8
		if lettersFor(size) != letters {
			size = 0 // no number of bytes has so many letters
		}
		for i := range size {
			dst[n] = byte(bits >> (32 - 8*i))
			n++
		}
	}
	return n, last, nil
}

// padded looks at what follows the first padding character, which stands before src[at], in a group with so many letters.
func (enc *Encoding) padded(src []byte, at, letters int) error {
	rest := src[at:]
	missing := group - 1 - letters
	if len(rest) < missing {
		return CorruptInputError(len(src))
	}
	for i, c := range rest[:missing] {
		if c != byte(enc.padding) {
			return CorruptInputError(at + i - 1)
		}
	}
	if letters == 3 || letters == 6 {
		return CorruptInputError(at - 1)
	}
	return nil
}

// withoutLineEnds copies text to dst without its line ends, and answers how much that is.
func withoutLineEnds(dst, text []byte) int {
	kept := dst[:0]
	for _, c := range text {
		if c != '\n' && c != '\r' {
			kept = append(kept, c)
		}
	}
	return len(kept)
}

// Decode writes to dst what src is, at most DecodedLen(len(src)) bytes.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	text := make([]byte, len(src))
	n, _, err = enc.decode(dst, text[:withoutLineEnds(text, src)])
	return n, err
}

// AppendDecode appends what src is to dst.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	size := len(src)
	for size > 0 && rune(src[size-1]) == enc.padding {
		size--
	}
	before, most := len(dst), bytesOf(size)
	dst = slices.Grow(dst, most)
	n, err := enc.Decode(dst[before:][:most], src)
	return dst[:before+n], err
}

// DecodeString returns what s is.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	text := []byte(s)
	n, _, err := enc.decode(text, text[:withoutLineEnds(text, text)])
	return text[:n], err
}
