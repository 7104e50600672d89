package strconv

import (
	"math"
	"math/bits"
)

// ParseFloat reads a decimal or hexadecimal number, inf, infinity or nan; the result is the nearest float of bitSize bits.
func ParseFloat(text string, bitSize int) (float64, error) {
	f, n, err := parseFloatPrefix(text, bitSize)
	if n != len(text) && (err == nil || err.(*NumError).Err != ErrSyntax) {
		return 0, failure("ParseFloat", text, ErrSyntax)
	}
	return f, err
}

// parseFloatPrefix reads as much of text as is a number and says how long that is.
func parseFloatPrefix(text string, bitSize int) (float64, int, error) {
	form := &double
	if bitSize == 32 {
		form = &single
	}
	if f, n := wordFloat(text); n > 0 {
		return f, n, nil
	}
	num, n := scanNumber(text)
	if n == 0 {
		return 0, 0, failure("ParseFloat", text, ErrSyntax)
	}
	var f float64
	var overflow bool
	switch {
	case num.hex:
		r := narrow(normal(num.mant, num.sticky, num.exp), form)
		if r.roundsUp() {
			r.mant++
		}
		f, overflow = assembleFloat(r.mant, r.exp, form)
	case num.mant < 1<<53 && !num.sticky && num.exp >= -22 && num.exp <= 22 && bitSize != 32:
		f = smallProduct(float64(num.mant), num.exp)
	default:
		mant, exp := nearest(text[:n], &num, form)
		f, overflow = assembleFloat(mant, exp, form)
	}
	if num.negative {
		f = -f
	}
	if overflow {
		return f, n, failure("ParseFloat", text, ErrRange)
	}
	return f, n, nil
}

// wordFloat reads inf, infinity and nan in any case.
func wordFloat(text string) (float64, int) {
	sign, at := 0, 0
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		sign, at = 1, 1
		if text[0] == '-' {
			sign = -1
		}
	}
	rest := text[at:]
	switch {
	case foldPrefix(rest, "infinity"):
		at += 8
	case foldPrefix(rest, "inf"):
		at += 3
	case sign == 0 && foldPrefix(rest, "nan"):
		return math.NaN(), 3
	default:
		return 0, 0
	}
	if sign == 0 {
		sign = 1
	}
	return math.Inf(sign), at
}

func foldPrefix(text, word string) bool {
	if len(text) < len(word) {
		return false
	}
	for i := 0; i < len(word); i++ {
		if text[i]|0x20 != word[i] {
			return false
		}
	}
	return true
}

// number is what scanNumber read: mant * base^exp, base 10 or (hexadecimal) 2.
type number struct {
	mant     uint64 // the first 19 (16) digits
	exp      int
	negative bool
	sticky   bool // digits other than 0 were left out of mant
	hex      bool
}

// scanNumber returns the longest prefix of text that is a number, length 0 if there is none.
func scanNumber(text string) (num number, n int) {
	i, base, most := 0, 10, 19
	if i < len(text) && (text[i] == '+' || text[i] == '-') {
		num.negative = text[i] == '-'
		i++
	}
	mark := byte('e')
	if i+2 < len(text) && text[i] == '0' && text[i+1]|0x20 == 'x' {
		base, most, mark = 16, 16, 'p'
		num.hex = true
		i += 2
	}
	point, lines, any := false, false, false
	kept, whole := 0, 0 // digits in mant; digits before the point, counted from the first that is not 0
	started := false
	for ; i < len(text); i++ {
		c := text[i]
		if c == '_' {
			lines = true
			continue
		}
		if c == '.' && !point {
			point = true
			continue
		}
		d := digitValue(c)
		if int(d) >= base {
			break
		}
		any = true
		started = started || d != 0
		switch {
		case point && !started:
			whole--
		case !point && started:
			whole++
		}
		if !started {
			continue
		}
		if kept < most {
			num.mant = num.mant*uint64(base) + uint64(d)
			kept++
		} else if d != 0 {
			num.sticky = true
		}
	}
	if !any {
		return num, 0
	}
	num.exp = whole - kept
	if num.hex {
		num.exp *= 4
	}
	if i < len(text) && text[i]|0x20 == mark {
		e, end := scanExponent(text, i+1)
		if end == 0 {
			return num, 0
		}
		num.exp += e
		for _, c := range []byte(text[i:end]) {
			lines = lines || c == '_'
		}
		i = end
	} else if num.hex {
		return num, 0 // a hexadecimal number needs its exponent
	}
	if num.mant == 0 {
		num.exp = 0
	}
	if lines && !underscoresFit(text[:i]) {
		return num, 0
	}
	return num, i
}

// scanExponent reads a signed exponent at at; end is 0 if there is none. Huge ones are cut off: they decide anyway.
func scanExponent(text string, at int) (e, end int) {
	negative := false
	if at < len(text) && (text[at] == '+' || text[at] == '-') {
		negative = text[at] == '-'
		at++
	}
	if at >= len(text) || text[at] < '0' || text[at] > '9' {
		return 0, 0
	}
	for ; at < len(text) && (text[at] >= '0' && text[at] <= '9' || text[at] == '_'); at++ {
		if text[at] != '_' && e < 10000 {
			e = e*10 + int(text[at]-'0')
		}
	}
	if negative {
		e = -e
	}
	return e, at
}

// smallTens are exact as float64.
var smallTens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// smallProduct multiplies or divides two exact numbers, so it rounds once.
func smallProduct(mant float64, exp int) float64 {
	if exp < 0 {
		return mant / smallTens[-exp]
	}
	return mant * smallTens[exp]
}

// wide is a number of 128 bits, the top one set: (hi*2^64 + lo) * 2^(exp-64).
type wide struct {
	hi, lo uint64
	exp    int
}

// normal makes a wide number of mant * 2^exp and a little more if sticky.
func normal(mant uint64, sticky bool, exp int) wide {
	if mant == 0 {
		return wide{0, 0, -2000}
	}
	zeros := bits.LeadingZeros64(mant)
	w := wide{mant << uint(zeros), 0, exp - zeros}
	if sticky {
		w.lo = 1
	}
	return w
}

// cut is a number cut off to the bits of a format: mant * 2^exp; above what is left, relative to half a unit: -1 less, 0 equal, 1 more.
type cut struct {
	mant  uint64
	exp   int
	above int
}

func (c cut) roundsUp() bool { return c.above > 0 || c.above == 0 && c.mant&1 == 1 }

// narrow cuts w to what the format holds; small numbers have fewer bits.
func narrow(w wide, f *format) cut {
	least := f.bias + 1 - int(f.mantissa)
	exp := max(w.exp+63-int(f.mantissa), least)
	shift := uint(exp - w.exp)
	if shift > 64 {
		return cut{0, exp, -1}
	}
	half := uint64(1) << (shift - 1)
	rest := w.hi & (half<<1 - 1)
	c := cut{w.hi >> shift, exp, -1}
	if rest > half || rest == half && w.lo != 0 {
		c.above = 1
	} else if rest == half {
		c.above = 0
	}
	return c
}

// nearest rounds a decimal number: by 128 bits of the power of ten where they suffice, else exactly.
func nearest(text string, num *number, f *format) (mant uint64, exp int) {
	if num.mant == 0 || num.exp < lowestPower {
		return 0, f.bias + 1 - int(f.mantissa)
	}
	if num.exp > 310 {
		return 1 << f.mantissa, 2000
	}
	low := timesPower(num.mant, num.exp)
	high := low
	if num.sticky {
		high = timesPower(num.mant+1, num.exp)
	}
	if num.sticky || num.exp < 0 || num.exp > 55 { // the power was cut off: the product is up to two units too small
		if high.lo += 2; high.lo < 2 {
			high.hi++
			if high.hi == 0 {
				high.hi = 1 << 63
				high.exp++
			}
		}
	}
	a, b := narrow(low, f), narrow(high, f)
	if a.mant == b.mant && a.exp == b.exp && a.above == b.above && a.above != 0 || low == high {
		if a.roundsUp() {
			a.mant++
		}
		return a.mant, a.exp
	}
	a.above = compareHalf(text, num, a)
	if a.roundsUp() {
		a.mant++
	}
	return a.mant, a.exp
}

// timesPower is mant * 10^exp, cut off to 128 bits.
func timesPower(mant uint64, exp int) wide {
	p := tenTo(exp)
	zeros := bits.LeadingZeros64(mant)
	m := mant << uint(zeros)
	hi, lo := bits.Mul64(m, p.hi)
	carry, low := bits.Mul64(m, p.lo)
	lo, over := bits.Add64(lo, carry, 0)
	hi += over
	w := wide{hi, lo, tenExponent(exp) + 1 - zeros}
	if hi>>63 == 0 {
		w = wide{hi<<1 | lo>>63, lo<<1 | low>>63, w.exp - 1}
		low <<= 1
	}
	if low != 0 {
		w.lo |= 1
	}
	return w
}

// enoughDigits decide any comparison with the middle between two floats, together with whether others follow.
const enoughDigits = 780

// compareHalf compares the number that text spells with the middle between c and the next float.
func compareHalf(text string, num *number, c cut) int {
	var x, y natural
	exp := allDigits(&x, text)
	y.set(2*c.mant + 1)
	twos := c.exp - 1 // x * 10^exp against y * 2^twos
	if exp >= 0 {
		x.mulFives(exp)
	} else {
		y.mulFives(-exp)
	}
	if shift := exp - twos; shift >= 0 {
		x.shiftLeft(shift)
	} else {
		y.shiftLeft(-shift)
	}
	return x.compare(&y)
}

// allDigits reads the digits of a decimal number and returns its exponent of ten.
func allDigits(x *natural, text string) (exp int) {
	x.set(0)
	point, count, more := false, 0, false
	i := 0
	for ; i < len(text) && text[i]|0x20 != 'e'; i++ {
		d := text[i] - '0'
		if text[i] == '.' {
			point = true
		}
		if d > 9 {
			continue
		}
		if count >= enoughDigits {
			more = more || d != 0
			if !point {
				exp++
			}
			continue
		}
		if count > 0 || d != 0 {
			count++
			x.mulAdd(10, uint32(d))
		}
		if point {
			exp--
		}
	}
	if more {
		x.mulAdd(10, 1)
		exp--
	}
	if i < len(text) {
		e, _ := scanExponent(text, i+1)
		exp += e
	}
	return exp
}

// assembleFloat makes mant * 2^exp, which fits but for its size: too large is infinity.
func assembleFloat(mant uint64, exp int, f *format) (v float64, overflow bool) {
	if mant == 2<<f.mantissa {
		mant >>= 1
		exp++
	}
	biased := exp + int(f.mantissa) - f.bias
	if mant>>f.mantissa == 0 {
		biased = 0
	}
	if biased >= 1<<f.exponent-1 {
		mant, biased, overflow = 0, 1<<f.exponent-1, true
	}
	pattern := uint64(biased)<<f.mantissa | mant&(1<<f.mantissa-1)
	if f == &single {
		return float64(math.Float32frombits(uint32(pattern))), overflow
	}
	return math.Float64frombits(pattern), overflow
}
