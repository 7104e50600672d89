package runtime

import "unsafe"

// complexlimit is the quotient (a+bi)/(c+di) where the usual way gave no number in both parts: infinite and zero operands still have an answer.
//
// Go: runtime/complex.go.
func complexlimit(a, b, c, d float64) (re, im float64) {
	zero := 0.0
	infinity := 1 / zero
	switch {
	case c == 0 && d == 0 && (a == a || b == b):
		return signed(infinity, c) * a, signed(infinity, c) * b
	case (infinite(a) || infinite(b)) && finite(c) && finite(d):
		a, b = unit(a), unit(b)
		return infinity * (a*c + b*d), infinity * (b*c - a*d)
	case (infinite(c) || infinite(d)) && finite(a) && finite(b):
		c, d = unit(c), unit(d)
		return zero * (a*c + b*d), zero * (b*c - a*d)
	}
	return zero / zero, zero / zero
}

func infinite(f float64) bool { return f-f != f-f && f == f }
func finite(f float64) bool   { return f-f == f-f }

// unit is 1 for an infinity, 0 for others, with their sign.
func unit(f float64) float64 {
	if infinite(f) {
		return signed(1, f)
	}
	return signed(0, f)
}

// signed is the size of f with the sign of s.
func signed(f, s float64) float64 {
	const sign = 1 << 63
	bits := *(*uint64)(unsafe.Pointer(&f))&^sign | *(*uint64)(unsafe.Pointer(&s))&sign
	return *(*float64)(unsafe.Pointer(&bits))
}
