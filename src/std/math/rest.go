package math

import "math/bits"

// Mod returns what is left of x divided by y, with the sign of x. It is exact: the mantissas are divided bit by bit.
func Mod(x, y float64) float64 {
	if y == 0 || IsInf(x, 0) || x != x || y != y {
		return NaN()
	}
	a, b := Abs(x), Abs(y)
	if a < b {
		return x
	}
	m, e := significand(a)
	n, f := significand(b)
	for shift := e - f; ; {
		m %= n
		if m == 0 || shift == 0 {
			break
		}
		step := min(bits.LeadingZeros64(m), shift)
		m <<= uint(step)
		shift -= step
	}
	if m == 0 {
		return Copysign(0, x)
	}
	return Copysign(Ldexp(float64(m), f), x)
}

// Remainder returns x - n*y where n is the whole number nearest to x/y, the even one of two.
func Remainder(x, y float64) float64 {
	switch {
	case x != x || y != y || IsInf(x, 0) || y == 0:
		return NaN()
	case IsInf(y, 0) || x == 0:
		return x
	}
	a, b := Abs(x), Abs(y)
	if a == b {
		return Copysign(0, x)
	}
	if b <= MaxFloat64/2 {
		a = Mod(a, b+b)
	}
	if b < 0x1p-1021 { // half of b may not be exact
		if a+a > b {
			if a -= b; a+a >= b {
				a -= b
			}
		}
	} else if half := 0.5 * b; a > half {
		if a -= b; a >= half {
			a -= b
		}
	}
	if x < 0 {
		a = -a
	}
	return a
}
