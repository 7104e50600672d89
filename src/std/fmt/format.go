// Package fmt formats and scans.
//
// print.go has the functions that programs call and the printer; verbs.go reads format strings; values.go decides by type and verb; order.go sorts the keys of maps;
// value.go looks into values; format.go (this file) writes basic values with flags, width and precision; scan.go reads.
// Go: src/fmt.
package fmt

import (
	"strconv"
	"unicode/utf8"
)

// flags of a verb, as written between % and the verb.
type flags struct {
	hasWidth, hasPrec               bool
	minus, plus, sharp, space, zero bool
	// plusV and sharpV are + and # of %v, where they mean something else: then plus and sharp are false.
	plusV, sharpV bool
}

// form writes basic values to a buffer that its printer owns.
type form struct {
	out *[]byte
	flags
	width, prec int
	scratch     [68]byte
}

func (f *form) reset() {
	f.flags = flags{}
	f.width, f.prec = 0, 0
}

func (f *form) text(s string) { *f.out = append(*f.out, s...) }
func (f *form) byte(c byte)   { *f.out = append(*f.out, c) }

// fill writes n times the padding; zeros only to the left.
func (f *form) fill(n int) {
	c := byte(' ')
	if f.zero && !f.minus {
		c = '0'
	}
	for ; n > 0; n-- {
		f.byte(c)
	}
}

// missing is how many characters of padding a text of n characters needs.
func (f *form) missing(n int) int {
	if !f.hasWidth {
		return 0
	}
	return f.width - n
}

func (f *form) pad(b []byte) {
	n := f.missing(utf8.RuneCount(b))
	if !f.minus {
		f.fill(n)
	}
	*f.out = append(*f.out, b...)
	if f.minus {
		f.fill(n)
	}
}

func (f *form) padString(s string) {
	n := f.missing(utf8.RuneCountInString(s))
	if !f.minus {
		f.fill(n)
	}
	f.text(s)
	if f.minus {
		f.fill(n)
	}
}

// padSpaces pads with spaces whatever the flags say.
func (f *form) padSpaces(b []byte) {
	zero := f.zero
	f.zero = false
	f.pad(b)
	f.zero = zero
}

func (f *form) boolean(v bool) { f.padString(strconv.FormatBool(v)) }

const (
	lowerDigits = "0123456789abcdefx"
	upperDigits = "0123456789ABCDEFX"
)

// integer writes u in a base; of a signed number u holds the bits.
func (f *form) integer(u uint64, base int, signed bool, verb rune, digits string) {
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	least := 0 // digits
	if f.hasPrec {
		least = f.prec
		if least == 0 && u == 0 {
			f.padSpaces(nil)
			return
		}
	} else if f.zero && !f.minus && f.hasWidth {
		least = f.width
		if negative || f.plus || f.space {
			least--
		}
	}
	buf := f.scratch[:]
	if need := 3 + f.width + f.prec; need > len(buf) && (f.hasWidth || f.hasPrec) {
		buf = make([]byte, need)
	}
	i := len(buf)
	for {
		i--
		buf[i] = digits[u%uint64(base)]
		if u /= uint64(base); u == 0 {
			break
		}
	}
	for i > 0 && len(buf)-i < least {
		i--
		buf[i] = '0'
	}
	if f.sharp {
		switch {
		case base == 2:
			i -= 2
			buf[i], buf[i+1] = '0', 'b'
		case base == 8 && buf[i] != '0':
			i--
			buf[i] = '0'
		case base == 16:
			i -= 2
			buf[i], buf[i+1] = '0', digits[16]
		}
	}
	if verb == 'O' {
		i -= 2
		buf[i], buf[i+1] = '0', 'o'
	}
	if c := f.sign(negative); c != 0 {
		i--
		buf[i] = c
	}
	f.padSpaces(buf[i:])
}

func (f *form) sign(negative bool) byte {
	switch {
	case negative:
		return '-'
	case f.plus:
		return '+'
	case f.space:
		return ' '
	}
	return 0
}

// hexWord writes 0x and the number, or without 0x, whatever # says.
func (f *form) hexWord(u uint64, prefix bool) {
	sharp := f.sharp
	f.sharp = prefix
	f.integer(u, 16, false, 'v', lowerDigits)
	f.sharp = sharp
}

// cut returns the first prec characters of s.
func (f *form) cut(s string) string {
	if f.hasPrec {
		n := f.prec
		for i := range s {
			if n == 0 {
				return s[:i]
			}
			n--
		}
	}
	return s
}

func (f *form) str(s string) { f.padString(f.cut(s)) }

func (f *form) bytes(b []byte) {
	if f.hasPrec {
		n := f.prec
		for i := 0; i < len(b); n-- {
			if n == 0 {
				b = b[:i]
				break
			}
			_, size := utf8.DecodeRune(b[i:])
			i += size
		}
	}
	f.pad(b)
}

// hexString writes the bytes of s (or of b, if it is not nil) in hexadecimal.
func (f *form) hexString(s string, b []byte, digits string) {
	n := len(s)
	if b != nil {
		n = len(b)
	}
	if f.hasPrec {
		n = min(n, f.prec)
	}
	if n == 0 {
		if f.hasWidth {
			f.fill(f.width)
		}
		return
	}
	size := 2 * n
	switch {
	case f.space && f.sharp:
		size = 5*n - 1
	case f.space:
		size = 3*n - 1
	case f.sharp:
		size += 2
	}
	if !f.minus {
		f.fill(f.missing(size))
	}
	for i := 0; i < n; i++ {
		if i > 0 && f.space {
			f.byte(' ')
		}
		if f.sharp && (i == 0 || f.space) {
			f.byte('0')
			f.byte(digits[16])
		}
		c := byte(0)
		if b != nil {
			c = b[i]
		} else {
			c = s[i]
		}
		f.byte(digits[c>>4])
		f.byte(digits[c&15])
	}
	if f.minus {
		f.fill(f.missing(size))
	}
}

func (f *form) quoted(s string) {
	s = f.cut(s)
	switch {
	case f.sharp && strconv.CanBackquote(s):
		f.padString("`" + s + "`")
	case f.plus:
		f.pad(strconv.AppendQuoteToASCII(f.scratch[:0], s))
	default:
		f.pad(strconv.AppendQuote(f.scratch[:0], s))
	}
}

func runeOf(c uint64) rune {
	if c > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(c)
}

func (f *form) char(c uint64) { f.pad(utf8.AppendRune(f.scratch[:0], runeOf(c))) }

func (f *form) quotedChar(c uint64) {
	if f.plus {
		f.pad(strconv.AppendQuoteRuneToASCII(f.scratch[:0], runeOf(c)))
	} else {
		f.pad(strconv.AppendQuoteRune(f.scratch[:0], runeOf(c)))
	}
}

// codePoint writes U+0061, with # also the character.
func (f *form) codePoint(u uint64) {
	digits := 4
	if f.hasPrec && f.prec > 4 {
		digits = f.prec
	}
	b := append(f.scratch[:0], "U+"...)
	n := 1
	for v := u >> 4; v != 0; v >>= 4 {
		n++
	}
	for n = max(n, digits); n > 0; n-- {
		c := byte('0')
		if n <= 16 {
			c = upperDigits[u>>uint(4*(n-1))&15]
		}
		b = append(b, c)
	}
	if f.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		b = append(utf8.AppendRune(append(b, " '"...), rune(u)), '\'')
	}
	f.padSpaces(b)
}

// float writes v; prec is what the verb means without an explicit precision.
func (f *form) float(v float64, size int, verb byte, prec int) {
	if f.hasPrec {
		prec = f.prec
	}
	num := strconv.AppendFloat(f.scratch[:1], v, verb, prec, size)
	if num[1] == '-' || num[1] == '+' {
		num = num[1:]
	} else {
		num[0] = '+'
	}
	if f.space && num[0] == '+' && !f.plus {
		num[0] = ' '
	}
	if num[1] == 'I' || num[1] == 'N' {
		if num[1] == 'N' && !f.space && !f.plus {
			num = num[1:]
		}
		f.padSpaces(num)
		return
	}
	if f.sharp && verb != 'b' {
		num = withPoint(num, verb, prec)
	}
	if num[0] == '+' && !f.plus {
		f.pad(num[1:])
		return
	}
	if n := f.missing(len(num)); f.zero && !f.minus && n > 0 { // the sign stands before the zeros
		f.byte(num[0])
		f.fill(n)
		*f.out = append(*f.out, num[1:]...)
		return
	}
	f.pad(num)
}

// withPoint is the # of floats: there is always a point, and %g keeps trailing zeros.
func withPoint(num []byte, verb byte, prec int) []byte {
	want := 0
	switch verb {
	case 'g', 'G', 'x':
		if want = prec; want < 0 {
			want = 6
		}
	}
	end := len(num)
	hex := verb == 'x' || verb == 'X'
	point, started := false, false
	for i := 1; i < end; i++ {
		switch c := num[i]; {
		case c == '.':
			point = true
			continue
		case c == 'p', c == 'P', !hex && (c == 'e' || c == 'E'):
			end = i
			continue
		case c != '0':
			started = true
		}
		if started {
			want--
		}
	}
	var tail [8]byte
	exponent := append(tail[:0], num[end:]...)
	num = num[:end]
	if !point {
		if len(num) == 2 && num[1] == '0' {
			want--
		}
		num = append(num, '.')
	}
	for ; want > 0; want-- {
		num = append(num, '0')
	}
	return append(num, exponent...)
}
