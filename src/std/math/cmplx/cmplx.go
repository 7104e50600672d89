// Package cmplx computes with complex numbers; the results are Go's to the last bit. The inverse and hyperbolic functions are not here.
// Go keeps the original in math/cmplx.
package cmplx

import "math"

// Abs is the distance from zero.
func Abs(x complex128) float64 { return math.Hypot(real(x), imag(x)) }

// Phase is the angle, from -Pi to Pi.
func Phase(x complex128) float64 { return math.Atan2(imag(x), real(x)) }

// Polar answers distance and angle.
func Polar(x complex128) (r, θ float64) {
	r, θ = Abs(x), Phase(x)
	return r, θ
}

// Rect makes a number of distance and angle.
func Rect(r, θ float64) complex128 {
	sine, cosine := math.Sincos(θ)
	return complex(r*cosine, r*sine)
}

// Conj turns the sign of the imaginary part.
func Conj(x complex128) complex128 { return complex(real(x), -imag(x)) }

// Inf is infinite in both parts.
func Inf() complex128 { return complex(math.Inf(1), math.Inf(1)) }

// NaN is not a number in both parts.
func NaN() complex128 { return complex(math.NaN(), math.NaN()) }

// IsInf tells whether a part is infinite.
func IsInf(x complex128) bool { return math.IsInf(real(x), 0) || math.IsInf(imag(x), 0) }

// IsNaN tells whether a part is not a number and none is infinite.
func IsNaN(x complex128) bool { return !IsInf(x) && x != x }

// Log is the natural logarithm.
func Log(x complex128) complex128 { return complex(math.Log(Abs(x)), Phase(x)) }

// Log10 is the decimal logarithm.
func Log10(x complex128) complex128 {
	natural := Log(x)
	return complex(math.Log10E*real(natural), math.Log10E*imag(natural))
}

// Exp is e to the power x.
func Exp(x complex128) complex128 {
	re, im := real(x), imag(x)
	if math.IsInf(re, 0) {
		endless := math.IsInf(im, 0) || im != im
		if re > 0 && im == 0 {
			return x
		}
		if endless && re < 0 {
			return complex(0, math.Copysign(0, im))
		}
		if endless {
			return complex(math.Inf(1), math.NaN())
		}
	} else if re != re && im == 0 {
		return complex(math.NaN(), im)
	}
	return Rect(math.Exp(re), im)
}

// Pow is x to the power y.
func Pow(x, y complex128) complex128 {
	if x == 0 {
		switch re := real(y); {
		case IsNaN(y):
			return NaN()
		case re == 0:
			return 1
		case re > 0:
			return 0
		case imag(y) == 0:
			return complex(math.Inf(1), 0)
		}
		return Inf()
	}
	distance, angle := Polar(x)
	if distance == 0 {
		return 0
	}
	size, turn := math.Pow(distance, real(y)), real(y)*angle
	if im := imag(y); im != 0 {
		size *= math.Exp(-im * angle)
		turn += im * math.Log(distance)
	}
	return Rect(size, turn)
}

// Sqrt is the square root whose real part is not negative.
func Sqrt(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case im == 0 && re == 0:
		return complex(0, im)
	case im == 0 && re < 0:
		return complex(0, math.Copysign(math.Sqrt(-re), im))
	case im == 0:
		return complex(math.Sqrt(re), im)
	case math.IsInf(im, 0):
		return complex(math.Inf(1), im)
	case re == 0:
		half := math.Sqrt(0.5 * math.Abs(im))
		return complex(half, math.Copysign(half, im))
	}
	// The parts are scaled so that neither overflows nor vanishes when squared.
	scale, back := 0x1p54, 0x1p-27
	if math.Abs(re) > 4 || math.Abs(im) > 4 {
		scale, back = 0.25, 2
	}
	re, im = re*scale, im*scale
	distance := math.Hypot(re, im)
	greater := math.Sqrt(0.5*distance + 0.5*math.Abs(re))
	lesser := back * math.Abs((0.5*im)/greater)
	greater *= back
	if !(re > 0) {
		greater, lesser = lesser, greater
	}
	if im < 0 {
		lesser = -lesser
	}
	return complex(greater, lesser)
}

// hyperbolic answers the hyperbolic sine and cosine.
func hyperbolic(x float64) (sine, cosine float64) {
	if math.Abs(x) > 0.5 {
		grown := math.Exp(x)
		fallen := 0.5 / grown
		grown *= 0.5
		return grown - fallen, grown + fallen
	}
	return math.Sinh(x), math.Cosh(x)
}

// Sin is the sine.
func Sin(x complex128) complex128 {
	re, im := real(x), imag(x)
	wild := math.IsInf(re, 0) || re != re
	switch {
	case wild && im == 0 || wild && math.IsInf(im, 0):
		return complex(math.NaN(), im)
	case re == 0 && (im != im || math.IsInf(im, 0)):
		return x
	}
	sine, cosine := math.Sincos(re)
	s, c := hyperbolic(im)
	return complex(sine*c, cosine*s)
}

// Cos is the cosine.
func Cos(x complex128) complex128 {
	re, im := real(x), imag(x)
	wild := math.IsInf(re, 0) || re != re
	switch {
	case wild && im == 0:
		return complex(math.NaN(), -im*math.Copysign(0, re))
	case math.IsInf(im, 0) && re == 0:
		return complex(math.Inf(1), -re*math.Copysign(0, im))
	case math.IsInf(im, 0) && wild:
		return complex(math.Inf(1), math.NaN())
	case re == 0 && im != im:
		return complex(math.NaN(), 0)
	}
	sine, cosine := math.Sincos(re)
	s, c := hyperbolic(im)
	return complex(cosine*c, -sine*s)
}
