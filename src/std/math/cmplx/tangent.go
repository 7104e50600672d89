package cmplx

import "math"

// Sinh is the hyperbolic sine.
func Sinh(x complex128) complex128 {
	re, im := real(x), imag(x)
	wild := infinite(im) || im != im
	switch {
	case re == 0 && wild, infinite(re) && wild:
		return complex(re, math.NaN())
	case infinite(re) && im == 0:
		return x
	case im == 0 && re != re:
		return complex(math.NaN(), im)
	}
	sine, cosine := math.Sincos(im)
	s, c := hyperbolic(re)
	return complex(cosine*s, sine*c)
}

// Cosh is the hyperbolic cosine.
func Cosh(x complex128) complex128 {
	re, im := real(x), imag(x)
	wild := infinite(im) || im != im
	switch {
	case re == 0 && wild:
		return complex(math.NaN(), re*math.Copysign(0, im))
	case infinite(re) && im == 0:
		return complex(math.Inf(1), im*math.Copysign(0, re))
	case infinite(re) && wild:
		return complex(math.Inf(1), math.NaN())
	case im == 0 && re != re:
		return complex(math.NaN(), im)
	}
	sine, cosine := math.Sincos(im)
	s, c := hyperbolic(re)
	return complex(cosine*c, sine*s)
}

// Tan is the tangent: (sin 2re + i·sinh 2im) / (cos 2re + cosh 2im).
func Tan(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case infinite(im) && (infinite(re) || re != re):
		return complex(math.Copysign(0, re), math.Copysign(1, im))
	case infinite(im):
		return complex(math.Copysign(0, math.Sin(2*re)), math.Copysign(1, im))
	case re == 0 && im != im:
		return x
	}
	below := math.Cos(2*re) + math.Cosh(2*im)
	if math.Abs(below) < 0.25 {
		below = difference(x)
	}
	if below == 0 {
		return Inf()
	}
	return complex(math.Sin(2*re)/below, math.Sinh(2*im)/below)
}

// Tanh is the hyperbolic tangent.
func Tanh(x complex128) complex128 {
	re, im := real(x), imag(x)
	switch {
	case infinite(re) && (infinite(im) || im != im):
		return complex(math.Copysign(1, re), math.Copysign(0, im))
	case infinite(re):
		return complex(math.Copysign(1, re), math.Copysign(0, math.Sin(2*im)))
	case im == 0 && re != re:
		return x
	}
	below := math.Cosh(2*re) + math.Cos(2*im)
	if below == 0 {
		return Inf()
	}
	return complex(math.Sinh(2*re)/below, math.Sin(2*im)/below)
}

// Cot is the cotangent.
func Cot(x complex128) complex128 {
	re, im := real(x), imag(x)
	below := math.Cosh(2*im) - math.Cos(2*re)
	if math.Abs(below) < 0.25 {
		below = difference(x)
	}
	if below == 0 {
		return Inf()
	}
	return complex(math.Sin(2*re)/below, -math.Sinh(2*im)/below)
}

// difference is cosh 2im - cos 2re by its series, where the subtraction would lose digits.
func difference(x complex128) float64 {
	re := halfTurns(math.Abs(2 * real(x)))
	im := math.Abs(2 * imag(x))
	re2, im2 := re*re, im*im
	a, b, factorial, sum := 1.0, 1.0, 1.0, 0.0
	n := 0.0
	// term is the next one: powers of both parts, added or subtracted, over (2k)!.
	term := func(sign float64) float64 {
		for range 2 {
			n++
			factorial *= n
		}
		a *= re2
		b *= im2
		t := (b + sign*a) / factorial
		sum += t
		return t
	}
	for {
		term(1)
		if t := term(-1); !(math.Abs(t/sum) > 1.0/(1<<53)) {
			return sum
		}
	}
}
