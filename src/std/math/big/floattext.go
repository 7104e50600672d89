// Floating-point numbers as text. Go keeps the original in math/big/ftoa.go, floatconv.go, decimal.go.
package big

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// decimal is 0.digits * 10^point.
type decimal struct {
	digits []byte
	point  int
}

// decimalOf is m * 2^e.
func decimalOf(m nat, e int64) *decimal {
	if len(m) == 0 {
		return &decimal{}
	}
	low := int64(m.lowest())
	m, e = m.right(uint(low)), e+low
	point := 0
	if e >= 0 {
		m = m.left(uint(e))
	} else {
		m = m.times(natOf(5).power(natOf(uint64(-e)), nil))
		point = int(e)
	}
	d := &decimal{digits: m.text(10)}
	d.point = len(d.digits) + point
	d.trim()
	return d
}

func (d *decimal) trim() {
	for n := len(d.digits); n > 0 && d.digits[n-1] == '0'; n-- {
		d.digits = d.digits[:n-1]
	}
	if len(d.digits) == 0 {
		d.point = 0
	}
}

// at is digit i, 0 behind the last.
func (d *decimal) at(i int) byte {
	if i < len(d.digits) && i >= 0 {
		return d.digits[i]
	}
	return '0'
}

// round keeps n digits; of two that are as near the even one.
func (d *decimal) round(n int) {
	if n < 0 || n >= len(d.digits) {
		return
	}
	if d.digits[n] == '5' && n+1 == len(d.digits) {
		if n > 0 && (d.digits[n-1]-'0')&1 != 0 {
			d.up(n)
			return
		}
		d.down(n)
		return
	}
	if d.digits[n] >= '5' {
		d.up(n)
		return
	}
	d.down(n)
}

func (d *decimal) down(n int) {
	if n < len(d.digits) {
		d.digits = d.digits[:n]
		d.trim()
	}
}

func (d *decimal) up(n int) {
	if n >= len(d.digits) {
		return
	}
	for n > 0 && d.digits[n-1] >= '9' {
		n--
	}
	if n == 0 {
		d.digits = append(d.digits[:0], '1')
		d.point++
		return
	}
	d.digits[n-1]++
	d.digits = d.digits[:n]
}

// shortest keeps as many digits as tell x from its neighbours.
func (d *decimal) shortest(x *Float) {
	if len(d.digits) == 0 {
		return
	}
	// m has a bit more than the precision, so that its neighbours are half way to those of x.
	m, e := x.whole()
	by := m.bitLen() - int(x.prec) - 1
	if by >= 0 {
		m = m.right(uint(by))
	} else {
		m = m.left(uint(-by))
	}
	e += int64(by)
	low, high := decimalOf(m.minus(nat{1}), e), decimalOf(m.plus(nat{1}), e)
	inclusive := m.bit(1) == 0
	for i, c := range d.digits {
		l, h := low.at(i), high.at(i)
		down := l != c || inclusive && i+1 == len(low.digits)
		up := c != h && (inclusive || c+1 < h || i+1 < len(high.digits))
		switch {
		case down && up:
			d.round(i + 1)
			return
		case down:
			d.down(i + 1)
			return
		case up:
			d.up(i + 1)
			return
		}
	}
}

// Text writes x in a format of strconv; a precision below 0 is as many digits as are needed.
func (x *Float) Text(format byte, prec int) string { return string(x.Append(nil, format, prec)) }

// String writes x with ten digits.
func (x *Float) String() string { return x.Text('g', 10) }

// Append appends what Text answers.
func (x *Float) Append(buf []byte, fmt byte, prec int) []byte {
	if x == nil {
		return append(buf, "<nil>"...)
	}
	if x.neg {
		buf = append(buf, '-')
	}
	if x.form == inf {
		if !x.neg {
			buf = append(buf, '+')
		}
		return append(buf, "Inf"...)
	}
	if fmt == 'b' || fmt == 'p' || fmt == 'x' {
		binaryText()
	}
	d := &decimal{}
	if x.form == finite {
		m, e := x.whole()
		d = decimalOf(m, e)
	}
	return d.append(buf, x, fmt, prec)
}

// binaryText ends the program as unsupported: formats that show the bits.
func binaryText()

func (d *decimal) append(buf []byte, x *Float, fmt byte, prec int) []byte {
	shortest := prec < 0
	if shortest {
		d.shortest(x)
		switch fmt {
		case 'e', 'E':
			prec = len(d.digits) - 1
		case 'f':
			prec = max(len(d.digits)-d.point, 0)
		case 'g', 'G':
			prec = len(d.digits)
		}
	} else {
		switch fmt {
		case 'e', 'E':
			d.round(1 + prec)
		case 'f':
			d.round(d.point + prec)
		case 'g', 'G':
			prec = max(prec, 1)
			d.round(prec)
		}
	}
	switch fmt {
	case 'e', 'E':
		return d.scientific(buf, fmt, prec)
	case 'f':
		return d.plain(buf, prec)
	case 'g', 'G':
		limit := prec
		if limit > len(d.digits) && len(d.digits) >= d.point {
			limit = len(d.digits)
		}
		if shortest {
			limit = 6
		}
		if exp := d.point - 1; exp < -4 || exp >= limit {
			return d.scientific(buf, fmt+'e'-'g', min(prec, len(d.digits))-1)
		}
		return d.plain(buf, max(len(d.digits)-d.point, 0))
	}
	if x.neg {
		buf = buf[:len(buf)-1]
	}
	return append(buf, '%', fmt)
}

func (d *decimal) scientific(buf []byte, fmt byte, prec int) []byte {
	buf = append(buf, d.at(0))
	if prec > 0 {
		buf = append(buf, '.')
		for i := 1; i <= prec; i++ {
			buf = append(buf, d.at(i))
		}
	}
	exp, sign := 0, byte('+')
	if len(d.digits) > 0 {
		exp = d.point - 1
	}
	if exp < 0 {
		exp, sign = -exp, '-'
	}
	if buf = append(buf, fmt, sign); exp < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, int64(exp), 10)
}

func (d *decimal) plain(buf []byte, prec int) []byte {
	if d.point <= 0 {
		buf = append(buf, '0')
	}
	for i := range max(d.point, 0) {
		buf = append(buf, d.at(i))
	}
	if prec > 0 {
		buf = append(buf, '.')
		for i := range prec {
			buf = append(buf, d.at(d.point+i))
		}
	}
	return buf
}

// Format prints with the verbs of floating-point numbers.
func (x *Float) Format(s fmt.State, format rune) {
	prec, hasPrec := s.Precision()
	if !hasPrec {
		prec = 6
	}
	switch format {
	case 'e', 'E', 'f', 'b', 'p', 'x':
	case 'F':
		format = 'f'
	case 'v', 'g', 'G':
		if format == 'v' {
			format = 'g'
		}
		if !hasPrec {
			prec = -1
		}
	default:
		fmt.Fprintf(s, "%%!%c(*big.Float=%s)", format, x.String())
		return
	}
	text := x.Append(nil, byte(format), prec)
	sign := ""
	switch {
	case text[0] == '-':
		sign, text = "-", text[1:]
	case text[0] == '+': // +Inf
		text = text[1:]
		if s.Flag(' ') {
			sign = " "
			break
		}
		sign = "+"
	case s.Flag('+'):
		sign = "+"
	case s.Flag(' '):
		sign = " "
	}
	pad := 0
	if width, ok := s.Width(); ok {
		pad = max(0, width-len(sign)-len(text))
	}
	fill := func(c string, n int) { io.WriteString(s, strings.Repeat(c, n)) }
	switch {
	case s.Flag('0') && x.form != inf && !s.Flag('-'):
		io.WriteString(s, sign)
		fill("0", pad)
		s.Write(text)
	case s.Flag('-'):
		io.WriteString(s, sign)
		s.Write(text)
		fill(" ", pad)
	default:
		fill(" ", pad)
		io.WriteString(s, sign)
		s.Write(text)
	}
}

// ParseFloat is Parse with a precision and a mode.
func ParseFloat(s string, base int, prec uint, mode RoundingMode) (f *Float, b int, err error) {
	return new(Float).SetPrec(prec).SetMode(mode).Parse(s, base)
}

// SetString reads a number; it answers nil and false if the text is none.
func (z *Float) SetString(s string) (*Float, bool) {
	if f, _, err := z.Parse(s, 0); err == nil {
		return f, true
	}
	return nil, false
}

// Parse reads a number. Bases other than 10 end the program as unsupported.
func (z *Float) Parse(s string, base int) (f *Float, b int, err error) {
	z.ensure(64)
	switch s {
	case "Inf", "inf", "+Inf", "+inf":
		return z.SetInf(false), 0, nil
	case "-Inf", "-inf":
		return z.SetInf(true), 0, nil
	}
	rest := s
	neg := strings.HasPrefix(rest, "-")
	if neg || strings.HasPrefix(rest, "+") {
		rest = rest[1:]
	}
	if base != 0 && base != 10 || len(rest) > 1 && rest[0] == '0' && strings.ContainsRune("xXbBoO_", rune(rest[1])) || strings.ContainsAny(rest, "pP_") {
		otherNumber(s)
	}
	var m nat
	count, exp, point := 0, 0, false
	i := 0
	for ; i < len(rest); i++ {
		c := rest[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		m = m.timesPlus(10, uint(c-'0'))
		if count++; point {
			exp--
		}
	}
	if count == 0 && rest == "" {
		return nil, 0, io.EOF
	}
	if i < len(rest) && rest[i]|0x20 == 'e' {
		var e int
		if e, i = exponent(rest, i+1); i < 0 {
			count = 0
		}
		exp += e
	}
	if count == 0 {
		return nil, 10, errors.New("number has no digits")
	}
	if exp > 1e6 || exp < -1e6 {
		otherNumber(s)
	}
	m = m.trim()
	switch power := natOf(10).power(natOf(uint64(max(exp, -exp))), nil); {
	case exp >= 0:
		z.round(neg, m.times(power), 0, false)
	case len(m) == 0:
		z.round(neg, nil, 0, false)
	default:
		z.quotient(neg, m, power, 0)
	}
	if i < len(rest) {
		return z, 10, fmt.Errorf("expected end of string, found %q", rest[i])
	}
	return z, 10, nil
}

// exponent reads an exponent at i and answers where it ends; below 0 if it has no digits.
func exponent(s string, i int) (e, end int) {
	neg := i < len(s) && s[i] == '-'
	if neg || i < len(s) && s[i] == '+' {
		i++
	}
	from := i
	for ; i < len(s) && '0' <= s[i] && s[i] <= '9'; i++ {
		e = min(10*e+int(s[i]-'0'), math.MaxInt32)
	}
	if i == from {
		return 0, -1
	}
	if neg {
		e = -e
	}
	return e, i
}

// AppendText appends x with as many digits as are needed.
func (x *Float) AppendText(b []byte) ([]byte, error) { return x.Append(b, 'g', -1), nil }

// MarshalText writes x with as many digits as are needed.
func (x *Float) MarshalText() (text []byte, err error) { return x.AppendText(nil) }

// UnmarshalText reads a number.
func (z *Float) UnmarshalText(text []byte) error {
	_, _, err := z.Parse(string(text), 0)
	if err != nil {
		err = fmt.Errorf("math/big: cannot unmarshal %q into a *big.Float (%v)", text, err)
	}
	return err
}
