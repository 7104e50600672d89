// Package hex writes bytes as hexadecimal digits. Go: src/encoding/hex.
package hex

import (
	"errors"
	"fmt"
	"unsafe"
)

const digits = "0123456789abcdef"

// ErrLength says that a text has an odd number of digits.
var ErrLength = errors.New("encoding/hex: odd length hex string")

// InvalidByteError is a byte that is no digit.
type InvalidByteError byte

func (bad InvalidByteError) Error() string {
	return fmt.Sprintf("encoding/hex: invalid byte: %#U", rune(bad))
}

// EncodedLen is the number of digits of count bytes.
func EncodedLen(count int) int { return 2 * count }

// DecodedLen is the number of bytes of x digits.
func DecodedLen(x int) int { return x / 2 }

// Encode writes the digits of from into the slice to.
func Encode(to, from []byte) int {
	for i, c := range from {
		to[2*i], to[2*i+1] = digits[c>>4], digits[c&15]
	}
	return 2 * len(from)
}

// AppendEncode appends the digits of from.
func AppendEncode(to, from []byte) []byte {
	for _, c := range from {
		to = append(to, digits[c>>4], digits[c&15])
	}
	return to
}

// EncodeToString returns the digits of from.
func EncodeToString(from []byte) string {
	to := make([]byte, EncodedLen(len(from)))
	Encode(to, from)
	return unsafe.String(unsafe.SliceData(to), len(to))
}

func value(char byte) (byte, bool) {
	switch {
	case char >= '0' && char <= '9':
		return char - '0', true
	case char|0x20 >= 'a' && char|0x20 <= 'f':
		return char | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// Decode writes the bytes that from spells into the slice to.
func Decode(to, from []byte) (int, error) {
	n := 0
	for ; 2*n+1 < len(from); n++ {
		high, ok := value(from[2*n])
		if !ok {
			return n, InvalidByteError(from[2*n])
		}
		low, ok := value(from[2*n+1])
		if !ok {
			return n, InvalidByteError(from[2*n+1])
		}
		to[n] = high<<4 | low
	}
	if len(from)%2 == 1 {
		if _, ok := value(from[2*n]); !ok {
			return n, InvalidByteError(from[2*n])
		}
		return n, ErrLength
	}
	return n, nil
}

// AppendDecode appends the bytes that from spells.
func AppendDecode(to, from []byte) ([]byte, error) {
	more := make([]byte, len(from)/2)
	n, err := Decode(more, from)
	return append(to, more[:n]...), err
}

// DecodeString returns the bytes that text spells.
func DecodeString(text string) ([]byte, error) { return AppendDecode([]byte{}, []byte(text)) }
