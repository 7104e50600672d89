// Whole numbers with a sign. Go keeps the original in math/big/int.go.
package big

import "math/bits"

// Int is a whole number of any size; its zero value is 0. Methods put their result into the receiver and answer it.
type Int struct {
	neg bool
	abs nat
}

// NewInt makes an Int.
func NewInt(x int64) *Int { return new(Int).SetInt64(x) }

func (z *Int) become(neg bool, abs nat) *Int {
	z.abs = abs
	z.neg = neg && len(abs) > 0
	return z
}

// Sign answers -1, 0 or 1.
func (x *Int) Sign() int {
	switch {
	case x.neg:
		return -1
	case len(x.abs) > 0:
		return 1
	}
	return 0
}

// Set makes z equal to x.
func (z *Int) Set(x *Int) *Int {
	if x == z {
		return z
	}
	return z.become(x.neg, z.abs.set(x.abs))
}

// SetInt64 makes z equal to x.
func (z *Int) SetInt64(x int64) *Int {
	if x < 0 {
		return z.become(true, z.abs.setWord(-uint64(x)))
	}
	return z.become(false, z.abs.setWord(uint64(x)))
}

// SetUint64 makes z equal to x.
func (z *Int) SetUint64(x uint64) *Int { return z.become(false, z.abs.setWord(x)) }

// SetBits makes z of digits, the least first; they stay shared.
func (z *Int) SetBits(abs []Word) *Int { return z.become(false, nat(abs).trim()) }

// Bits answers the digits of |x|; they stay shared.
func (x *Int) Bits() []Word { return []Word(x.abs) }

// Neg is -x.
func (z *Int) Neg(x *Int) *Int {
	z.Set(x)
	return z.become(!z.neg, z.abs)
}

// Abs is |x|.
func (z *Int) Abs(x *Int) *Int {
	z.Set(x)
	return z.become(false, z.abs)
}

func (z *Int) sum(x *Int, negative bool, y nat) *Int {
	switch order := x.abs.compare(y); {
	case x.neg == negative:
		return z.become(negative, z.abs.add(x.abs, y))
	case order < 0:
		return z.become(negative, z.abs.sub(y, x.abs))
	default:
		return z.become(x.neg, z.abs.sub(x.abs, y))
	}
}

// Add is x + y.
func (z *Int) Add(x, y *Int) *Int { return z.sum(x, y.neg, y.abs) }

// Sub is x - y.
func (z *Int) Sub(x, y *Int) *Int { return z.sum(x, !y.neg, y.abs) }

// Mul is x * y.
func (z *Int) Mul(x, y *Int) *Int { return z.become(x.neg != y.neg, z.abs.mul(x.abs, y.abs)) }

// MulRange is the product of all numbers from a to b.
func (z *Int) MulRange(a, b int64) *Int {
	if a > b {
		return z.SetInt64(1)
	}
	if a <= 0 && b >= 0 {
		return z.SetInt64(0)
	}
	product := NewInt(a)
	for k := a; k < b; {
		k++
		product.Mul(product, NewInt(k))
	}
	return z.become(product.neg, product.abs)
}

// Binomial is n over k.
func (z *Int) Binomial(n, k int64) *Int {
	if k > n {
		return z.SetInt64(0)
	}
	k = min(k, n-k)
	result := NewInt(1)
	for i := int64(1); i <= k; i++ {
		result.Mul(result, NewInt(n-k+i))
		result.Quo(result, NewInt(i))
	}
	return z.become(result.neg, result.abs)
}

// QuoRem is the quotient, cut towards zero, and what is left.
func (z *Int) QuoRem(x, y, r *Int) (*Int, *Int) {
	negative, signs := x.neg, x.neg != y.neg
	quotient, rest := z.abs.apart(y.abs).div(r.abs.apart(x.abs, y.abs), x.abs, y.abs)
	z.become(signs, quotient)
	return z, r.become(negative, rest)
}

// Quo is the quotient, cut towards zero.
func (z *Int) Quo(x, y *Int) *Int {
	z.QuoRem(x, y, new(Int))
	return z
}

// Rem is what Quo leaves.
func (z *Int) Rem(x, y *Int) *Int {
	new(Int).QuoRem(x, y, z)
	return z
}

// DivMod is the quotient of which the rest is not negative, and that rest.
func (z *Int) DivMod(x, y, m *Int) (*Int, *Int) {
	divisor := y // which may be m: Go's answer is wrong then, and so is this
	if z == y {
		divisor = new(Int).Set(y)
	}
	z.QuoRem(x, y, m)
	if m.neg {
		one := nat{1}
		if divisor.neg {
			z.sum(z, false, one)
			m.Sub(m, divisor)
		} else {
			z.sum(z, true, one)
			m.Add(m, divisor)
		}
	}
	return z, m
}

// Div is the quotient of DivMod.
func (z *Int) Div(x, y *Int) *Int {
	z.DivMod(x, y, new(Int))
	return z
}

// Mod is the rest of DivMod.
func (z *Int) Mod(x, y *Int) *Int {
	new(Int).DivMod(x, y, z)
	return z
}

// Cmp answers -1, 0 or 1 as x is less than, equal to or greater than y.
func (x *Int) Cmp(y *Int) int {
	switch {
	case x.neg != y.neg:
		if x.neg {
			return -1
		}
		return 1
	case x.neg:
		return y.abs.compare(x.abs)
	}
	return x.abs.compare(y.abs)
}

// CmpAbs is Cmp without the signs.
func (x *Int) CmpAbs(y *Int) int { return x.abs.compare(y.abs) }

// Uint64 answers the lowest 64 bits of |x|.
func (x *Int) Uint64() uint64 {
	if len(x.abs) == 0 {
		return 0
	}
	return uint64(x.abs[0])
}

// Int64 answers the lowest 64 bits in two's complement.
func (x *Int) Int64() int64 {
	low := int64(x.Uint64())
	if x.neg {
		return -low
	}
	return low
}

// IsInt64 tells whether x fits an int64.
func (x *Int) IsInt64() bool {
	return x.abs.bitLen() < 64 || x.neg && x.abs.compare(nat{1 << 63}) == 0
}

// IsUint64 tells whether x fits a uint64.
func (x *Int) IsUint64() bool { return !x.neg && len(x.abs) < 2 }

// BitLen is the number of bits of |x|.
func (x *Int) BitLen() int { return x.abs.bitLen() }

// TrailingZeroBits is the number of zero bits at the end of |x|.
func (x *Int) TrailingZeroBits() uint {
	for i, d := range x.abs {
		if d != 0 {
			return uint(i*bits.UintSize + bits.TrailingZeros(uint(d)))
		}
	}
	return 0
}

// Exp is x to the power y, modulo m if m is neither nil nor 0.
func (z *Int) Exp(x, y, m *Int) *Int {
	base, exponent, negative := x, y.abs, x.neg
	var modulus nat
	if m != nil {
		modulus = m.abs
	}
	if y.neg {
		if len(modulus) == 0 {
			return z.SetInt64(1)
		}
		inverse := new(Int).ModInverse(x, m)
		if inverse == nil {
			return nil
		}
		base = inverse
	}
	odd := exponent.bit(0) != 0
	result := base.abs.power(exponent, modulus)
	if negative && odd && len(modulus) > 0 && len(result) > 0 {
		return z.become(false, modulus.minus(result))
	}
	return z.become(negative && odd, result)
}

// GCD is the greatest common divisor; x and y, if not nil, become factors with z = a*x + b*y.
func (z *Int) GCD(x, y, a, b *Int) *Int {
	first, second := new(Int).Abs(a), new(Int).Abs(b)
	x0, x1 := NewInt(1), NewInt(0)
	y0, y1 := NewInt(0), NewInt(1)
	if len(first.abs) == 0 {
		x0 = NewInt(0)
	}
	aNegative, bNegative := a.neg, b.neg
	for len(second.abs) > 0 {
		quotient, rest := new(Int).QuoRem(first, second, new(Int))
		first, second = second, rest
		x0, x1 = x1, new(Int).Sub(x0, new(Int).Mul(quotient, x1))
		y0, y1 = y1, new(Int).Sub(y0, new(Int).Mul(quotient, y1))
	}
	if x != nil {
		x.neg, x.abs = x0.neg != aNegative, x0.abs
	}
	if y != nil {
		y.become(y0.neg != bNegative, y0.abs)
	}
	return z.become(false, first.abs)
}

// ModInverse is the inverse of g modulo n, nil if there is none.
func (z *Int) ModInverse(g, n *Int) *Int {
	modulus := new(Int).Abs(n)
	factor := new(Int)
	divisor := new(Int).GCD(factor, nil, new(Int).Mod(g, modulus), modulus)
	if len(divisor.abs) != 1 || divisor.abs[0] != 1 {
		return nil
	}
	return z.Mod(factor, modulus)
}

// Sqrt is the whole part of the square root.
func (z *Int) Sqrt(x *Int) *Int {
	if x.neg {
		panic("square root of negative number")
	}
	return z.become(false, x.abs.root())
}

// ProbablyPrime tells whether x is prime; n asks for more rounds than the twenty that are made anyway.
func (x *Int) ProbablyPrime(n int) bool {
	if n < 0 {
		panic("negative n for ProbablyPrime")
	}
	if x.neg || len(x.abs) == 0 || x.abs.compare(natOf(1)) == 0 {
		return false
	}
	one := natOf(1)
	less := x.abs.minus(one)
	twos := uint(0)
	for less.bit(twos) == 0 {
		twos++
	}
	odd := less.right(twos)
	found := 0
	for p := uint64(2); found < 20+min(n, 20); p++ {
		if !small(p) {
			continue
		}
		found++
		if _, rest := x.abs.divide(natOf(p)); len(rest) == 0 {
			return x.abs.compare(natOf(p)) == 0
		}
		if !witness(natOf(p).power(odd, x.abs), less, x.abs, twos) {
			return false
		}
	}
	return true
}

func small(p uint64) bool {
	for d := uint64(2); d*d <= p; d++ {
		if p%d == 0 {
			return false
		}
	}
	return true
}

// witness tells whether a power speaks for a prime.
func witness(power, less, modulus nat, twos uint) bool {
	if power.compare(natOf(1)) == 0 {
		return true
	}
	for ; twos > 0; twos-- {
		if power.compare(less) == 0 {
			return true
		}
		_, power = power.times(power).divide(modulus)
	}
	return false
}
