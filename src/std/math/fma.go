package math

import "math/bits"

// FMA returns x*y + z, rounded once.
func FMA(x, y, z float64) float64 {
	if x == 0 || y == 0 || unusual(x) || unusual(y) {
		return x*y + z
	}
	if z == 0 {
		return x * y
	}
	if unusual(z) {
		return z
	}
	a, ea := significand(x)
	b, eb := significand(y)
	c, ec := significand(z)
	negative := Signbit(x) != Signbit(y)
	// The product has 105 or 106 bits; both it and z are held in 128 with the top bit at 125 or so.
	ph, pl := bits.Mul64(a<<10, b<<10)
	ep := ea + eb - 20
	zh, zl := c<<9, uint64(0)
	ez := ec - 9 - 64
	subtract := negative != Signbit(z)
	// Line them up: the one with the smaller exponent is shifted right, what falls off sticks to the lowest bit.
	if ep >= ez && (ep > ez || ph > zh || ph == zh && pl >= zl) {
		zh, zl = shiftSticky(zh, zl, uint(ep-ez))
	} else {
		ph, pl, zh, zl = zh, zl, ph, pl
		zh, zl = shiftSticky(zh, zl, uint(ez-ep))
		ep = ez
		negative = Signbit(z)
	}
	if subtract {
		var borrow uint64
		pl, borrow = bits.Sub64(pl, zl, 0)
		ph, borrow = bits.Sub64(ph, zh, borrow)
		if borrow != 0 {
			ph, pl = ^ph, -pl
			if pl == 0 {
				ph++
			}
			negative = !negative
		}
	} else {
		var carry uint64
		pl, carry = bits.Add64(pl, zl, 0)
		ph, _ = bits.Add64(ph, zh, carry)
	}
	if ph|pl == 0 {
		return 0
	}
	f := roundWide(ph, pl, ep)
	if negative {
		f = -f
	}
	return f
}

// significand returns a finite number as m * 2^e with 53 bits in m.
func significand(x float64) (m uint64, e int) {
	f, e := Frexp(Abs(x))
	return Float64bits(f)&mantissaMask | 1<<52, e - 53
}

// shiftSticky shifts right and keeps in the lowest bit whether anything was lost.
func shiftSticky(hi, lo uint64, n uint) (uint64, uint64) {
	switch {
	case n == 0:
		return hi, lo
	case n >= 128:
		if hi|lo != 0 {
			return 0, 1
		}
		return 0, 0
	case n >= 64:
		lost := lo
		if n > 64 {
			lost |= hi << (128 - n)
		}
		out := hi >> (n - 64)
		if lost != 0 {
			out |= 1
		}
		return 0, out
	}
	lost := lo << (64 - n)
	out := lo>>n | hi<<(64-n)
	if lost != 0 {
		out |= 1
	}
	return hi >> n, out
}

// roundWide rounds (hi*2^64 + lo) * 2^e to a float.
func roundWide(hi, lo uint64, e int) float64 {
	if hi == 0 {
		hi, lo, e = lo, 0, e-64
	}
	zeros := uint(bits.LeadingZeros64(hi))
	hi = hi<<zeros | lo>>(64-zeros)
	lo <<= zeros
	if lo != 0 {
		hi |= 1
	}
	e += 64 - int(zeros) // the number is hi * 2^e
	drop := 11
	if least := -1074 - e; least > drop {
		drop = least
	}
	if drop > 64 {
		return 0
	}
	half := uint64(1) << uint(drop-1)
	rest := hi & (half<<1 - 1)
	m := hi >> uint(drop)
	if rest > half || rest == half && m&1 == 1 {
		m++
	}
	return Ldexp(float64(m), e+drop)
}

// fused is FMA for operands whose product and sum are far from the limits of the format: in floating point throughout
// (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums", 2008).
func fused(x, y, z float64) float64 {
	const split = 1<<27 + 1
	p := x * y
	c := split * x
	xh := c - (c - x)
	xl := x - xh
	c = split * y
	yh := c - (c - y)
	yl := y - yh
	e := xl*yl - (p - xh*yh - xl*yh - xh*yl)
	th, tl := twoSum(z, e)
	vh, vl := twoSum(p, th)
	s, r := twoSum(tl, vl)
	// Round to odd: if something was lost and s is even, the next one up or down. Without branches, since nobody can guess them.
	bits, lost := Float64bits(s), Float64bits(r)
	away := int64(bits^lost)>>63 | 1 // -1 where the signs differ
	lost <<= 1
	inexact := (lost | -lost) >> 63
	return vh + Float64frombits(bits+uint64(away)*(inexact&^bits))
}

// twoSum returns a + b and what its rounding lost.
func twoSum(a, b float64) (sum, lost float64) {
	sum = a + b
	t := sum - a
	return sum, a - (sum - t) + (b - t)
}
