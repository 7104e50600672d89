package cmplx

import "math"

func infinite(x float64) bool { return math.IsInf(x, 0) }

// turned is i·x, and back is -i·x.
func turned(x complex128) complex128 { return complex(-imag(x), real(x)) }
func back(x complex128) complex128   { return complex(imag(x), -real(x)) }

// edge is what the inverse of a sine is where no formula says it; Asinh is the same with both parts exchanged. along and across are the inverses on
// the two axes.
func edge(re, im float64, along, across func(float64) float64) (u, v float64, ok bool) {
	switch {
	case im == 0 && math.Abs(re) <= 1:
		return along(re), im, true
	case re == 0 && math.Abs(im) <= 1:
		return re, across(im), true
	case im != im:
		// Only zero and infinity say more than NaN does.
		u, v = math.NaN(), math.NaN()
		if re == 0 {
			u = re
		} else if infinite(re) {
			v = re
		}
		return u, v, true
	case !infinite(re) && !infinite(im):
		return 0, 0, false
	case !infinite(im):
		return math.Copysign(math.Pi/2, re), math.Copysign(re, im), true
	case re != re:
		return re, im, true
	}
	angle := 0.0
	if infinite(re) {
		angle = math.Pi / 4
	}
	return math.Copysign(angle, re), im, true
}

// Asin is the inverse of Sin: -i·log(i·x + √(1-x²)).
func Asin(x complex128) complex128 {
	if u, v, ok := edge(real(x), imag(x), math.Asin, math.Asinh); ok {
		return complex(u, v)
	}
	square := x * x
	root := Sqrt(complex(1-real(square), -imag(square)))
	return back(Log(turned(x) + root))
}

// Asinh is the inverse of Sinh: log(x + √(1+x²)).
func Asinh(x complex128) complex128 {
	if v, u, ok := edge(imag(x), real(x), math.Asin, math.Asinh); ok {
		return complex(u, v)
	}
	square := x * x
	return Log(x + Sqrt(complex(1+real(square), imag(square))))
}

// Acos is the inverse of Cos.
func Acos(x complex128) complex128 {
	w := Asin(x)
	return complex(math.Pi/2-real(w), -imag(w))
}

// Acosh is the inverse of Cosh.
func Acosh(x complex128) complex128 {
	if x == 0 {
		return complex(0, math.Copysign(math.Pi/2, imag(x)))
	}
	if w := Acos(x); imag(w) <= 0 {
		return turned(w)
	} else {
		return back(w)
	}
}

// Atan is the inverse of Tan.
func Atan(x complex128) complex128 {
	re, im := real(x), imag(x)
	if im == 0 {
		return complex(math.Atan(re), im)
	}
	if re == 0 && !(math.Abs(im) > 1 || im != im) {
		return complex(re, math.Atanh(im))
	}
	if infinite(re) || infinite(im) {
		quarter := math.Pi / 2
		if re != re {
			quarter = re
		}
		return complex(math.Copysign(quarter, re), math.Copysign(0, im))
	}
	return atanFar(re, im)
}

// atanFar is Atan off the axes. On the unit circle's poles, and for NaN, there is no answer.
func atanFar(re, im float64) complex128 {
	square := re * re
	cosine := 1 - square - im*im
	under := square + (im-1)*(im-1)
	if cosine != cosine || cosine == 0 || under == 0 {
		return NaN()
	}
	over := square + (im+1)*(im+1)
	return complex(halfTurns(0.5*math.Atan2(2*re, cosine)), 0.25*math.Log(over/under))
}

// Atanh is the inverse of Tanh.
func Atanh(x complex128) complex128 { return back(Atan(turned(x))) }

// halfTurns takes multiples of π from x.
func halfTurns(x float64) float64 {
	if math.Abs(x) >= 1<<30 {
		return manyHalfTurns(x)
	}
	// π in three parts, the first two with zero bits at their ends, so that their products are exact.
	const first, second, third = 3.141592502593994, 1.5099578831723193e-07, 1.0780605716316238e-14
	count := float64(int64(x/math.Pi + 0.5))
	return ((x - count*first) - count*second) - count*third
}

// manyHalfTurns ends the program as unsupported.
func manyHalfTurns(x float64) float64
