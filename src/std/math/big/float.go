// Floating-point numbers. Each result is worked out exactly, or with all that rounding needs to know, and then rounded.
// Go keeps the original in math/big/float.go, sqrt.go.
package big

import (
	"math"
	"math/bits"
	"strconv"
)

// Limits of exponents and precisions.
const (
	MaxExp  = math.MaxInt32
	MinExp  = math.MinInt32
	MaxPrec = math.MaxUint32
)

// RoundingMode says which of the two neighbours a result becomes.
type RoundingMode byte

// Modes.
const (
	ToNearestEven RoundingMode = iota
	ToNearestAway
	ToZero
	AwayFromZero
	ToNegativeInf
	ToPositiveInf
)

func (i RoundingMode) String() string {
	names := [...]string{"ToNearestEven", "ToNearestAway", "ToZero", "AwayFromZero", "ToNegativeInf", "ToPositiveInf"}
	if int(i) >= len(names) {
		return "RoundingMode(" + strconv.Itoa(int(i)) + ")"
	}
	return names[i]
}

// Accuracy says on which side of the true value a result is.
type Accuracy int8

// Sides.
const (
	Below Accuracy = iota - 1
	Exact
	Above
)

func (i Accuracy) String() string {
	if i < Below || i > Above {
		return "Accuracy(" + strconv.Itoa(int(i)) + ")"
	}
	return [...]string{"Below", "Exact", "Above"}[i+1]
}

// ErrNaN is what operations without a result panic with.
type ErrNaN struct{ msg string }

func (err ErrNaN) Error() string { return err.msg }

// Float is 0.mant * 2^exp; the first bit of mant is 1.
type Float struct {
	prec uint32
	mode RoundingMode
	acc  Accuracy
	form form
	neg  bool
	mant nat
	exp  int32
}

type form byte

const (
	zero form = iota
	finite
	inf
)

// NewFloat makes a Float of 53 bits.
func NewFloat(x float64) *Float {
	if math.IsNaN(x) {
		panic(ErrNaN{"NewFloat(NaN)"})
	}
	return new(Float).SetFloat64(x)
}

// side is Above or Below.
func side(above bool) Accuracy {
	if above {
		return Above
	}
	return Below
}

// whole is x as a whole number times a power of 2.
func (x *Float) whole() (m nat, e int64) {
	return x.mant, int64(x.exp) - int64(len(x.mant))*bits.UintSize
}

// round makes z the number ±m * 2^e, rounded; more says that the true value is a bit greater.
func (z *Float) round(neg bool, m nat, e int64, more bool) *Float {
	z.neg, z.acc = neg, Exact
	if len(m) == 0 {
		z.form, z.mant, z.exp = zero, nil, 0
		return z
	}
	n := m.bitLen()
	prec := int(z.prec)
	if more && n < prec+2 {
		m = m.left(uint(prec + 2 - n))
		e -= int64(prec + 2 - n)
		n = prec + 2
	}
	if drop := n - prec; drop > 0 {
		half := m.bit(uint(drop-1)) != 0
		rest := more || m.lowest() < uint(drop-1)
		m = m.right(uint(drop))
		e += int64(drop)
		if half || rest {
			up := false
			switch z.mode {
			case ToNearestEven:
				up = half && (rest || m.bit(0) != 0)
			case ToNearestAway:
				up = half
			case AwayFromZero:
				up = true
			case ToNegativeInf:
				up = neg
			case ToPositiveInf:
				up = !neg
			}
			z.acc = side(up != neg)
			if up {
				m = m.plus(nat{1})
			}
		}
	}
	return z.settle(m, e)
}

// lowest is the number of zero bits at the end.
func (a nat) lowest() uint {
	for i, d := range a {
		if d != 0 {
			return uint(i*bits.UintSize + bits.TrailingZeros(uint(d)))
		}
	}
	return 0
}

// settle stores a rounded number.
func (z *Float) settle(m nat, e int64) *Float {
	exp := e + int64(m.bitLen())
	if exp > MaxExp || exp < MinExp {
		z.acc = side((exp > MaxExp) != z.neg)
		z.form, z.mant, z.exp = zero, nil, 0
		if exp > MaxExp {
			z.form = inf
		}
		return z
	}
	if low := m.lowest(); low >= bits.UintSize {
		m = m.right(low / bits.UintSize * bits.UintSize)
	}
	z.mant = m.left(uint(bits.LeadingZeros(uint(m[len(m)-1]))))
	z.form, z.exp = finite, int32(exp)
	return z
}

// SetPrec sets the precision in bits, and rounds.
func (z *Float) SetPrec(prec uint) *Float {
	z.acc = Exact
	if prec == 0 {
		z.prec = 0
		if z.form == finite {
			z.acc = side(z.neg)
			z.form, z.mant, z.exp = zero, nil, 0
		}
		return z
	}
	old := z.prec
	z.prec = uint32(min(prec, MaxPrec))
	if z.prec < old && z.form == finite {
		m, e := z.whole()
		z.round(z.neg, m, e, false)
	}
	return z
}

// SetMode sets how results are rounded.
func (z *Float) SetMode(mode RoundingMode) *Float {
	z.mode, z.acc = mode, Exact
	return z
}

// Prec answers the precision.
func (x *Float) Prec() uint { return uint(x.prec) }

// MinPrec answers the least precision that is enough for x.
func (x *Float) MinPrec() uint {
	if x.form != finite {
		return 0
	}
	return uint(len(x.mant))*bits.UintSize - x.mant.lowest()
}

// Mode answers how results are rounded.
func (x *Float) Mode() RoundingMode { return x.mode }

// Acc answers on which side of the true value x is.
func (x *Float) Acc() Accuracy { return x.acc }

// Sign answers -1, 0 or 1.
func (x *Float) Sign() int {
	switch {
	case x.form == zero:
		return 0
	case x.neg:
		return -1
	}
	return 1
}

// MantExp answers the exponent, and sets mant to the rest.
func (x *Float) MantExp(mant *Float) (exp int) {
	if x.form == finite {
		exp = int(x.exp)
	}
	if mant != nil {
		mant.Copy(x)
		if mant.form == finite {
			mant.exp = 0
		}
	}
	return exp
}

// SetMantExp is mant * 2^exp.
func (z *Float) SetMantExp(mant *Float, exp int) *Float {
	z.Copy(mant)
	if z.form == finite {
		m, e := z.whole()
		z.round(z.neg, m, e+int64(exp), false)
	}
	return z
}

// Signbit tells whether x has a minus.
func (x *Float) Signbit() bool { return x.neg }

// IsInf tells whether x is infinite.
func (x *Float) IsInf() bool { return x.form == inf }

// IsInt tells whether x is a whole number.
func (x *Float) IsInt() bool {
	if x.form != finite {
		return x.form == zero
	}
	return x.exp > 0 && x.MinPrec() <= uint(x.exp)
}

func (z *Float) ensure(prec uint32) {
	if z.prec == 0 {
		z.prec = prec
	}
}

// SetUint64 makes z equal to x, rounded.
func (z *Float) SetUint64(x uint64) *Float {
	z.ensure(64)
	return z.round(false, natOf(x), 0, false)
}

// SetInt64 makes z equal to x, rounded.
func (z *Float) SetInt64(x int64) *Float {
	z.ensure(64)
	if x < 0 {
		return z.round(true, natOf(-uint64(x)), 0, false)
	}
	return z.round(false, natOf(uint64(x)), 0, false)
}

// SetFloat64 makes z equal to x, rounded.
func (z *Float) SetFloat64(x float64) *Float {
	z.ensure(53)
	switch {
	case math.IsNaN(x):
		panic(ErrNaN{"Float.SetFloat64(NaN)"})
	case math.IsInf(x, 0):
		return z.SetInf(x < 0)
	}
	part, exp := math.Frexp(math.Abs(x))
	return z.round(math.Signbit(x), natOf(uint64(math.Ldexp(part, 53))), int64(exp)-53, false)
}

// SetInt makes z equal to x, rounded.
func (z *Float) SetInt(x *Int) *Float {
	z.ensure(uint32(max(x.BitLen(), 64)))
	return z.round(x.neg, x.abs, 0, false)
}

// SetRat makes z equal to x, rounded.
func (z *Float) SetRat(x *Rat) *Float {
	if x.IsInt() {
		return z.SetInt(x.Num())
	}
	z.ensure(uint32(max(x.a.BitLen(), x.below().bitLen(), 64)))
	return z.quotient(x.a.neg, x.a.abs, x.below(), 0)
}

// SetInf makes z infinite.
func (z *Float) SetInf(signbit bool) *Float {
	z.acc, z.form, z.neg, z.mant, z.exp = Exact, inf, signbit, nil, 0
	return z
}

// Set makes z equal to x, rounded to the precision of z if it has one.
func (z *Float) Set(x *Float) *Float {
	if z == x {
		return z
	}
	z.ensure(x.prec)
	z.acc, z.form, z.neg, z.mant, z.exp = Exact, x.form, x.neg, x.mant.copied(), x.exp
	if x.form == finite && z.prec < x.prec {
		m, e := x.whole()
		z.round(x.neg, m, e, false)
	}
	return z
}

// Copy makes z what x is, with its precision.
func (z *Float) Copy(x *Float) *Float {
	if z != x {
		*z = *x
		z.mant = x.mant.copied()
	}
	return z
}

// Abs is |x|.
func (z *Float) Abs(x *Float) *Float {
	z.Set(x)
	z.neg = false
	return z
}

// Neg is -x.
func (z *Float) Neg(x *Float) *Float {
	z.Set(x)
	z.neg = !z.neg
	return z
}

// Add is x + y, rounded.
func (z *Float) Add(x, y *Float) *Float {
	return z.sum(x, y, y.neg, "addition of infinities with opposite signs")
}

// Sub is x - y, rounded.
func (z *Float) Sub(x, y *Float) *Float {
	return z.sum(x, y, !y.neg, "subtraction of infinities with equal signs")
}

func (z *Float) sum(x, y *Float, neg bool, none string) *Float {
	z.ensure(max(x.prec, y.prec))
	switch {
	case x.form == inf && y.form == inf && x.neg != neg:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{none})
	case x.form == inf:
		return z.SetInf(x.neg)
	case y.form == inf:
		return z.SetInf(neg)
	case x.form == zero && y.form == zero:
		z.acc, z.form, z.neg = Exact, zero, x.neg && neg
		return z
	case y.form == zero:
		return z.Set(x)
	case x.form == zero:
		z.Set(y) // rounded with the sign of y, as in Go
		z.neg = neg
		return z
	}
	a, e := x.whole()
	b, f := y.whole()
	if e > f {
		a, e = a.left(uint(e-f)), f
	} else {
		b = b.left(uint(f - e))
	}
	if x.neg == neg {
		return z.round(neg, a.plus(b), e, false)
	}
	switch a.compare(b) {
	case 0:
		z.round(z.mode == ToNegativeInf, nil, 0, false)
		return z
	case 1:
		return z.round(x.neg, a.minus(b), e, false)
	}
	return z.round(neg, b.minus(a), e, false)
}

// Mul is x * y, rounded.
func (z *Float) Mul(x, y *Float) *Float {
	z.ensure(max(x.prec, y.prec))
	neg := x.neg != y.neg
	switch {
	case x.form == finite && y.form == finite:
		a, e := x.whole()
		b, f := y.whole()
		return z.round(neg, a.times(b), e+f, false)
	case x.form == zero && y.form == inf, x.form == inf && y.form == zero:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{"multiplication of zero with infinity"})
	case x.form == inf || y.form == inf:
		return z.SetInf(neg)
	}
	return z.round(neg, nil, 0, false)
}

// Quo is x / y, rounded.
func (z *Float) Quo(x, y *Float) *Float {
	z.ensure(max(x.prec, y.prec))
	neg := x.neg != y.neg
	switch {
	case x.form == finite && y.form == finite:
		a, e := x.whole()
		b, f := y.whole()
		return z.quotient(neg, a, b, e-f)
	case x.form == y.form:
		z.acc, z.form, z.neg = Exact, zero, false
		panic(ErrNaN{"division of zero by zero or infinity by infinity"})
	case x.form == zero || y.form == inf:
		return z.round(neg, nil, 0, false)
	}
	return z.SetInf(neg)
}

// quotient is a / b * 2^e, rounded.
func (z *Float) quotient(neg bool, a, b nat, e int64) *Float {
	by := max(0, int(z.prec)+2-a.bitLen()+b.bitLen())
	q, rest := a.left(uint(by)).divide(b)
	return z.round(neg, q, e-int64(by), len(rest) > 0)
}

// Sqrt is the square root, rounded.
func (z *Float) Sqrt(x *Float) *Float {
	z.ensure(x.prec)
	switch {
	case x.Sign() < 0:
		panic(ErrNaN{"square root of negative operand"})
	case x.form != finite:
		z.acc, z.form, z.neg, z.mant, z.exp = Exact, x.form, x.neg, nil, 0
		return z
	}
	prec := z.prec
	exp := x.MantExp(z) // z has the mode of x from here on, as in Go
	z.prec = prec
	z.exp = int32(exp % 2)
	part := new(Float).Copy(z)
	return z.SetMantExp(z.Mul(part, part.inverseRoot(prec+32)), exp/2)
}

// inverseRoot is 1 over the square root of x, by Newton's method: each step doubles the number of bits that are right.
func (x *Float) inverseRoot(prec uint32) *Float {
	near, _ := x.Float64()
	t := NewFloat(1 / math.Sqrt(near))
	three, half := NewFloat(3), NewFloat(0.5)
	for t.prec < prec {
		t.prec *= 2
		u, v := &Float{prec: t.prec}, &Float{prec: t.prec}
		u.Mul(t, t)
		u.Mul(x, u)
		v.Sub(three, u)
		u.Mul(t, v)
		t.Mul(u, half)
	}
	return t
}

// Cmp answers -1, 0 or 1 as x is less than, equal to or greater than y.
func (x *Float) Cmp(y *Float) int {
	order := func(f *Float) int { return f.Sign() * int(f.form) }
	a, b := order(x), order(y)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case x.form != finite:
		return 0
	}
	sign := x.Sign()
	if x.exp != y.exp {
		if x.exp < y.exp {
			return -sign
		}
		return sign
	}
	m, e := x.whole()
	n, f := y.whole()
	return sign * m.left(uint(max(0, e-f))).compare(n.left(uint(max(0, f-e))))
}

// truncated is |x| without what is behind the point.
func (x *Float) truncated() nat {
	m, e := x.whole()
	if e < 0 {
		return m.right(uint(-e))
	}
	return m.left(uint(e))
}

// Int sets z to x without what is behind the point.
func (x *Float) Int(z *Int) (*Int, Accuracy) {
	if z == nil && x.form != inf {
		z = new(Int)
	}
	switch x.form {
	case inf:
		return nil, side(x.neg)
	case zero:
		return z.SetInt64(0), Exact
	}
	acc := side(x.neg)
	if x.IsInt() {
		acc = Exact
	}
	if x.exp <= 0 {
		return z.SetInt64(0), acc
	}
	return z.become(x.neg, x.truncated()), acc
}

// Rat sets z to x.
func (x *Float) Rat(z *Rat) (*Rat, Accuracy) {
	if x.form == inf {
		return nil, side(x.neg)
	}
	if z == nil {
		z = new(Rat)
	}
	if x.form == zero {
		return z.SetInt64(0), Exact
	}
	m, e := x.whole()
	if e >= 0 {
		return z.reduce(x.neg, m.left(uint(e)), natOf(1)), Exact
	}
	return z.reduce(x.neg, m, natOf(1).left(uint(-e))), Exact
}

func (a nat) word() uint64 {
	if len(a) == 0 {
		return 0
	}
	return uint64(a[0])
}

// Int64 answers x without what is behind the point, or the nearest there is.
func (x *Float) Int64() (int64, Accuracy) {
	if x.form == zero {
		return 0, Exact
	}
	if x.form == finite && x.exp <= 63 {
		i, acc := x.Int(nil)
		return i.Int64(), acc
	}
	if x.neg {
		if x.form == finite && x.exp == 64 && x.MinPrec() == 1 {
			return math.MinInt64, Exact
		}
		return math.MinInt64, Above
	}
	return math.MaxInt64, Below
}

// Uint64 answers x without what is behind the point, or the nearest there is.
func (x *Float) Uint64() (uint64, Accuracy) {
	switch {
	case x.form == zero:
		return 0, Exact
	case x.neg:
		return 0, Above
	case x.form == finite && x.exp <= 0:
		return 0, Below
	case x.form == finite && x.exp <= 64:
		if x.MinPrec() > 64 {
			return x.truncated().word(), Below
		}
		return x.truncated().word(), Exact // as Go says, whatever is behind the point
	}
	return math.MaxUint64, Below
}

// Float64 answers the nearest float64.
func (x *Float) Float64() (float64, Accuracy) { return x.float(53, -1022, 1024) }

// Float32 answers the nearest float32.
func (x *Float) Float32() (float32, Accuracy) {
	f, acc := x.float(24, -126, 128)
	return float32(f), acc
}

// float is x rounded to so many bits, fewer below 2^least.
func (x *Float) float(prec, least, most int) (float64, Accuracy) {
	sign := 1
	if x.neg {
		sign = -1
	}
	switch x.form {
	case zero:
		return math.Copysign(0, float64(sign)), Exact
	case inf:
		return math.Inf(sign), Exact
	}
	if e := int(x.exp) - 1; e < least {
		prec -= least - e
		if prec < 0 || prec == 0 && x.MinPrec() == 1 {
			return math.Copysign(0, float64(sign)), side(x.neg)
		}
		if prec == 0 {
			return float64(sign) * math.Ldexp(1, int(x.exp)), side(!x.neg)
		}
	}
	r := &Float{prec: uint32(prec)}
	r.Set(x)
	if int(r.exp) > most || r.form == inf {
		return math.Inf(sign), side(!x.neg)
	}
	m, e := r.whole()
	low := m.lowest()
	return float64(sign) * math.Ldexp(float64(m.right(low)[0]), int(e)+int(low)), r.acc
}
