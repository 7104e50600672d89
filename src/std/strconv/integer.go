package strconv

import "math/bits"

// IntSize is the number of bits of an int.
const IntSize = 64

const digitChars = "0123456789abcdefghijklmnopqrstuvwxyz"

// smallInts holds 0 to 99 as text: each of them is a slice of this string, so that no memory is needed.
const smallInts = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"

func small(count int) string {
	if count < 10 {
		return smallInts[2*count+1 : 2*count+2]
	}
	return smallInts[2*count : 2*count+2]
}

// FormatUint returns i in a base from 2 to 36.
func FormatUint(i uint64, base int) string {
	if base == 10 && i < 100 {
		return small(int(i))
	}
	var buf [64]byte
	at := writeDigits(&buf, i, base)
	return string(buf[at:])
}

// FormatInt returns i in a base from 2 to 36.
func FormatInt(i int64, base int) string {
	if base == 10 && i >= 0 && i < 100 {
		return small(int(i))
	}
	var buf [65]byte
	return string(signed(&buf, i, base))
}

// Itoa returns at in decimal.
func Itoa(at int) string { return FormatInt(int64(at), 10) }

// AppendInt appends i in a base.
func AppendInt(to []byte, i int64, base int) []byte {
	if base == 10 && i >= 0 && i < 100 {
		return append(to, small(int(i))...)
	}
	var buf [65]byte
	return append(to, signed(&buf, i, base)...)
}

// AppendUint appends i in a base.
func AppendUint(to []byte, i uint64, base int) []byte {
	if base == 10 && i < 100 {
		return append(to, small(int(i))...)
	}
	var buf [64]byte
	at := writeDigits(&buf, i, base)
	return append(to, buf[at:]...)
}

func signed(buf *[65]byte, i int64, base int) []byte {
	digits := (*[64]byte)(buf[1:])
	if i >= 0 {
		return digits[writeDigits(digits, uint64(i), base):]
	}
	at := writeDigits(digits, -uint64(i), base)
	buf[at] = '-'
	return buf[at:]
}

// writeDigits fills buf from its end and returns where the digits begin.
func writeDigits(buf *[64]byte, u uint64, base int) int {
	if base < 2 || base > len(digitChars) {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	at := len(buf)
	switch {
	case base == 10:
		for u >= 100 {
			pair := int(u%100) * 2
			u /= 100
			at -= 2
			buf[at], buf[at+1] = smallInts[pair], smallInts[pair+1]
		}
		if u >= 10 {
			at--
			buf[at] = '0' + byte(u%10)
			u /= 10
		}
	case base&(base-1) == 0:
		shift := uint(bits.TrailingZeros(uint(base)))
		for u >= uint64(base) {
			at--
			buf[at] = digitChars[u&uint64(base-1)]
			u >>= shift
		}
	default:
		for u >= uint64(base) {
			at--
			buf[at] = digitChars[u%uint64(base)]
			u /= uint64(base)
		}
	}
	at--
	buf[at] = digitChars[u]
	return at
}

// digitValue is the value of a digit in bases up to 36; 255 for what is none.
func digitValue(char byte) byte {
	switch {
	case char >= '0' && char <= '9':
		return char - '0'
	case char|0x20 >= 'a' && char|0x20 <= 'z':
		return char | 0x20 - 'a' + 10
	}
	return 255
}

// ParseUint reads an unsigned integer. Base 0 takes the base from a prefix and allows underscores.
func ParseUint(text string, base int, bitSize int) (uint64, error) {
	n, why := parseUnsigned(text, base, bitSize)
	if why != 0 {
		return n, complain("ParseUint", text, base, bitSize, why)
	}
	return n, nil
}

// ParseInt reads an integer with an optional sign.
func ParseInt(text string, base int, bitSize int) (i int64, err error) {
	return parseSigned("ParseInt", text, base, bitSize)
}

// Atoi reads a decimal int.
func Atoi(text string) (int, error) {
	if n, ok := shortDecimal(text); ok {
		return n, nil
	}
	i, err := parseSigned("Atoi", text, 10, 0)
	return int(i), err
}

// shortDecimal reads what surely fits and is well formed.
func shortDecimal(text string) (int, bool) {
	digits := text
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		digits = text[1:]
	}
	if len(digits) == 0 || len(digits) > 18 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(digits); i++ {
		d := digits[i] - '0'
		if d > 9 {
			return 0, false
		}
		n = n*10 + int(d)
	}
	if text[0] == '-' {
		n = -n
	}
	return n, true
}

// Reasons why a text is no integer.
const (
	wrongSyntax = 1 + iota
	wrongRange
	wrongBase
	wrongBits
)

func complain(fn, text string, base, bitSize, why int) error {
	switch why {
	case wrongSyntax:
		return failure(fn, text, ErrSyntax)
	case wrongRange:
		return failure(fn, text, ErrRange)
	case wrongBase:
		return badBase(fn, text, base)
	}
	return badBits(fn, text, bitSize)
}

func parseSigned(fn, text string, base, bitSize int) (int64, error) {
	if text == "" {
		return 0, failure(fn, text, ErrSyntax)
	}
	body, negative := text, false
	if text[0] == '+' || text[0] == '-' {
		body, negative = text[1:], text[0] == '-'
	}
	n, why := parseUnsigned(body, base, bitSize)
	if why != 0 && why != wrongRange {
		return 0, complain(fn, text, base, bitSize, why)
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	limit := uint64(1) << uint(bitSize-1)
	if !negative && n >= limit {
		return int64(limit - 1), failure(fn, text, ErrRange)
	}
	if negative && n > limit {
		return -int64(limit), failure(fn, text, ErrRange)
	}
	if negative {
		n = -n
	}
	return int64(n), nil
}

// parseUnsigned returns the number and 0, or a reason; out of range it returns the largest number.
func parseUnsigned(text string, base, bitSize int) (uint64, int) {
	if text == "" {
		return 0, wrongSyntax
	}
	digits, prefixed := text, base == 0
	switch {
	case base == 0:
		base, digits = prefixBase(text)
		if digits == "" {
			return 0, wrongSyntax
		}
	case base < 2 || base > 36:
		return 0, wrongBase
	}
	if bitSize == 0 {
		bitSize = IntSize
	}
	if bitSize < 0 || bitSize > 64 {
		return 0, wrongBits
	}
	largest := ^uint64(0) >> uint(64-bitSize)
	n, lines := uint64(0), false
	for i := 0; i < len(digits); i++ {
		c := digits[i]
		if c == '_' && prefixed {
			lines = true
			continue
		}
		d := digitValue(c)
		if int(d) >= base {
			return 0, wrongSyntax
		}
		high, low := bits.Mul64(n, uint64(base))
		n = low + uint64(d)
		if high != 0 || n < low || n > largest {
			return largest, wrongRange
		}
	}
	if lines && !underscoresFit(text) {
		return 0, wrongSyntax
	}
	return n, 0
}

// prefixBase splits 0x, 0o, 0b and 0 off.
func prefixBase(text string) (int, string) {
	if text[0] != '0' {
		return 10, text
	}
	if len(text) >= 3 {
		switch text[1] | 0x20 {
		case 'x':
			return 16, text[2:]
		case 'o':
			return 8, text[2:]
		case 'b':
			return 2, text[2:]
		}
	}
	if len(text) == 1 {
		return 10, text
	}
	return 8, text[1:]
}

// underscoresFit reports whether each underscore stands between digits, or between a prefix and a digit.
func underscoresFit(text string) bool {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	before := byte('^') // '0' after a digit or prefix, '_' after an underscore, '!' after anything else
	hex := false
	if len(text) >= 2 && text[0] == '0' && (text[1]|0x20 == 'b' || text[1]|0x20 == 'o' || text[1]|0x20 == 'x') {
		hex = text[1]|0x20 == 'x'
		before = '0'
		text = text[2:]
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c >= '0' && c <= '9', hex && c|0x20 >= 'a' && c|0x20 <= 'f':
			before = '0'
		case c == '_':
			if before != '0' {
				return false
			}
			before = '_'
		default:
			if before == '_' {
				return false
			}
			before = '!'
		}
	}
	return before != '_'
}
