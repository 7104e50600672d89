package big

import (
	"math"
	"strconv"
	"strings"
)

// Rat is a fraction, always in lowest terms. A denominator without digits is one.
type Rat struct {
	a Int
	b Int
}

// NewRat makes a fraction.
func NewRat(a, b int64) *Rat { return new(Rat).SetFrac64(a, b) }

// below is the denominator.
func (x *Rat) below() nat {
	if len(x.b.abs) == 0 {
		return natOf(1)
	}
	return x.b.abs
}

// reduce makes z the fraction a/b in lowest terms.
func (z *Rat) reduce(neg bool, a, b nat) *Rat {
	if len(b) == 0 {
		panic("division by zero")
	}
	common, rest := a, b
	for len(rest) > 0 {
		_, r := common.divide(rest)
		common, rest = rest, r
	}
	if len(common) > 1 || common[0] != 1 {
		a, _ = a.divide(common)
		b, _ = b.divide(common)
	}
	z.a.become(neg, a.copied())
	z.b.become(false, b.copied())
	return z
}

// Set makes z equal to x.
func (z *Rat) Set(x *Rat) *Rat {
	if z != x {
		z.a.Set(&x.a)
		z.b.become(false, x.below().copied())
	}
	return z
}

// SetFrac makes z the fraction a/b.
func (z *Rat) SetFrac(a, b *Int) *Rat { return z.reduce(a.neg != b.neg, a.abs, b.abs) }

// SetFrac64 makes z the fraction a/b.
func (z *Rat) SetFrac64(a, b int64) *Rat { return z.SetFrac(NewInt(a), NewInt(b)) }

// SetInt makes z a whole number.
func (z *Rat) SetInt(x *Int) *Rat { return z.reduce(x.neg, x.abs, natOf(1)) }

// SetInt64 makes z a whole number.
func (z *Rat) SetInt64(x int64) *Rat { return z.SetInt(NewInt(x)) }

// SetUint64 makes z a whole number.
func (z *Rat) SetUint64(x uint64) *Rat { return z.reduce(false, natOf(x), natOf(1)) }

// SetFloat64 makes z exactly f; nil if f is no number or infinite.
func (z *Rat) SetFloat64(f float64) *Rat {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	part, exp := math.Frexp(math.Abs(f))
	digits, exp := natOf(uint64(math.Ldexp(part, 53))), exp-53
	if exp >= 0 {
		return z.reduce(f < 0, digits.left(uint(exp)), natOf(1))
	}
	return z.reduce(f < 0, digits, natOf(1).left(uint(-exp)))
}

// Num answers the numerator; it stays that of x.
func (x *Rat) Num() *Int { return &x.a }

// Denom answers the denominator.
func (x *Rat) Denom() *Int {
	if len(x.b.abs) == 0 {
		return &Int{abs: natOf(1)}
	}
	return &x.b
}

// Sign answers -1, 0 or 1.
func (x *Rat) Sign() int { return x.a.Sign() }

// IsInt tells whether x is a whole number.
func (x *Rat) IsInt() bool { return x.below().compare(natOf(1)) == 0 }

// Cmp compares: -1, 0 or 1.
func (x *Rat) Cmp(y *Rat) int {
	var left, right Int
	left.become(x.a.neg, x.a.abs.times(y.below()))
	right.become(y.a.neg, y.a.abs.times(x.below()))
	return left.Cmp(&right)
}

// Abs makes z the amount of x.
func (z *Rat) Abs(x *Rat) *Rat {
	z.Set(x)
	z.a.neg = false
	return z
}

// Neg makes z -x.
func (z *Rat) Neg(x *Rat) *Rat {
	z.Set(x)
	z.a.Neg(&z.a)
	return z
}

// Inv makes z 1/x.
func (z *Rat) Inv(x *Rat) *Rat {
	if len(x.a.abs) == 0 {
		panic("division by zero")
	}
	return z.reduce(x.a.neg, x.below(), x.a.abs)
}

// plus adds y with another sign.
func (z *Rat) plus(x, y *Rat, negative bool) *Rat {
	var left Int
	left.become(x.a.neg, x.a.abs.times(y.below()))
	left.sum(&left, negative, y.a.abs.times(x.below()))
	return z.reduce(left.neg, left.abs, x.below().times(y.below()))
}

// Add makes z x+y.
func (z *Rat) Add(x, y *Rat) *Rat { return z.plus(x, y, y.a.neg) }

// Sub makes z x-y.
func (z *Rat) Sub(x, y *Rat) *Rat { return z.plus(x, y, !y.a.neg) }

// Mul makes z x·y.
func (z *Rat) Mul(x, y *Rat) *Rat {
	return z.reduce(x.a.neg != y.a.neg, x.a.abs.times(y.a.abs), x.below().times(y.below()))
}

// Quo makes z x/y.
func (z *Rat) Quo(x, y *Rat) *Rat {
	return z.reduce(x.a.neg != y.a.neg, x.a.abs.times(y.below()), x.below().times(y.a.abs))
}

// nearest is the float of so many bits of mantissa and least exponent that is nearest to x, ties to even.
func (x *Rat) nearest(bits, least int) (f float64, exact bool) {
	a, b := x.a.abs, x.below()
	if len(a) == 0 {
		return 0, true
	}
	// A quotient of 66 or 67 bits has more than any mantissa; what is behind them only breaks ties.
	shift := 66 - (a.bitLen() - b.bitLen())
	if shift >= 0 {
		a = a.left(uint(shift))
	} else {
		b = b.left(uint(-shift))
	}
	q, rest := a.divide(b)
	size := q.bitLen()
	keep := bits
	if top := size - shift; top < least+1 {
		keep -= least + 1 - top
	}
	vanishes := keep < 0
	if vanishes {
		keep = bits // Go says of what vanishes whether so many bits would hold it
	}
	drop := uint(size - keep)
	kept := q.right(drop)
	var mantissa uint64
	if len(kept) > 0 {
		mantissa = uint64(kept[0])
	}
	lost := len(rest) > 0
	for i := range drop - 1 {
		lost = lost || q.bit(i) == 1
	}
	half := q.bit(drop-1) == 1
	if half && (lost || mantissa&1 == 1) {
		mantissa++
	}
	if !vanishes {
		f = math.Ldexp(float64(mantissa), int(drop)-shift)
	}
	return f, !half && !lost
}

// Float64 answers the nearest float64, and whether it is x.
func (x *Rat) Float64() (f float64, exact bool) {
	f, exact = x.nearest(53, -1022)
	return math.Copysign(f, float64(x.Sign()|1)), exact && !math.IsInf(f, 0)
}

// Float32 answers the nearest float32, and whether it is x.
func (x *Rat) Float32() (f float32, exact bool) {
	wide, exact := x.nearest(24, -126)
	f = float32(math.Copysign(wide, float64(x.Sign()|1)))
	return f, exact && !math.IsInf(float64(f), 0)
}

// String answers a/b.
func (x *Rat) String() string { return x.a.String() + "/" + x.Denom().String() }

// RatString answers a/b, or a of a whole number.
func (x *Rat) RatString() string {
	if x.IsInt() {
		return x.a.String()
	}
	return x.String()
}

// FloatString answers x with so many digits behind the point, the last one rounded, halves away from zero.
func (x *Rat) FloatString(prec int) string {
	scale := natOf(10).power(natOf(uint64(max(prec, 0))), nil)
	b := x.below()
	q, rest := x.a.abs.times(scale).divide(b)
	if rest.left(1).compare(b) >= 0 && len(rest) > 0 {
		q = q.plus(natOf(1))
	}
	text := string(q.text(10))
	if missing := prec + 1 - len(text); missing > 0 {
		text = strings.Repeat("0", missing) + text
	}
	if prec > 0 {
		text = text[:len(text)-prec] + "." + text[len(text)-prec:]
	}
	if x.a.neg {
		return "-" + text
	}
	return text
}

// SetString reads a/b or a decimal number; not ok, and nil, if it is none.
func (z *Rat) SetString(s string) (*Rat, bool) {
	if top, bottom, fraction := strings.Cut(s, "/"); fraction {
		a, ok := new(Int).SetString(top, 0)
		b, ok2 := new(Int).SetString(bottom, 0)
		if !ok || !ok2 || len(b.abs) == 0 || strings.ContainsAny(bottom, "+-") {
			return nil, false
		}
		return z.SetFrac(a, b), true
	}
	neg := strings.HasPrefix(s, "-")
	if neg || strings.HasPrefix(s, "+") {
		s = s[1:]
	}
	if strings.ContainsAny(s, "_xXpPoO") || len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'b' {
		otherNumber(s)
	}
	digits, exponent := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		n, err := strconv.Atoi(s[i+1:])
		if err != nil {
			return nil, false
		}
		digits, exponent = s[:i], n
	}
	whole, part, _ := strings.Cut(digits, ".")
	digits = whole + part
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return nil, false
	}
	a, _ := new(Int).SetString(digits, 10)
	exponent -= len(part)
	if exponent > 1e6 || exponent < -1e6 {
		otherNumber(s)
	}
	power := natOf(10).power(natOf(uint64(max(exponent, -exponent))), nil)
	if exponent >= 0 {
		return z.reduce(neg, a.abs.times(power), natOf(1)), true
	}
	return z.reduce(neg, a.abs, power), true
}

// otherNumber ends the program as unsupported: numbers of other bases, and very large exponents.
func otherNumber(s string)

// AppendText appends a/b, or a of a whole number.
func (x *Rat) AppendText(b []byte) ([]byte, error) { return append(b, x.RatString()...), nil }

// MarshalText answers a/b, or a of a whole number.
func (x *Rat) MarshalText() (text []byte, err error) { return []byte(x.RatString()), nil }
