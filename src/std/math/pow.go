package math

// Pow returns x^y: the fraction of y by logarithm, its whole part by squaring.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case x != x || y != y:
		return NaN()
	case x == 0:
		return powOfZero(x, y)
	case IsInf(y, 0):
		switch {
		case x == -1:
			return 1
		case Abs(x) < 1 == (y > 0):
			return 0
		}
		return Inf(1)
	case IsInf(x, -1):
		return powOfZero(1/x, -y)
	case IsInf(x, 1):
		if y < 0 {
			return 0
		}
		return Inf(1)
	case y == 0.5:
		return sqrt(x)
	case y == -0.5:
		return 1 / sqrt(x)
	}
	whole, fraction := Modf(Abs(y))
	if fraction != 0 && x < 0 {
		return NaN()
	}
	if whole >= 1<<63 {
		switch {
		case x == -1:
			return 1
		case Abs(x) < 1 == (y > 0):
			return 0
		}
		return Inf(1)
	}
	result, exp := 1.0, 0 // result * 2^exp
	if fraction != 0 {
		if fraction > 0.5 {
			fraction--
			whole++
		}
		result = Exp(fraction * Log(x))
	}
	base, e := Frexp(x)
	for n := int64(whole); n != 0; n >>= 1 {
		if e < -1<<12 || e > 1<<12 { // out of range whatever comes
			exp += e
			break
		}
		if n&1 != 0 {
			result *= base
			exp += e
		}
		base *= base
		e *= 2
		if base < .5 {
			base += base
			e--
		}
	}
	if y < 0 {
		result, exp = 1/result, -exp
	}
	return Ldexp(result, exp)
}

// powOfZero is y-th power of a zero; its sign counts for odd y.
func powOfZero(zero, y float64) float64 {
	odd := Abs(y) < 0x1p53 && trunc(y) == y && int64(y)&1 != 0
	switch {
	case y < 0 && odd:
		return Copysign(Inf(1), zero)
	case y < 0:
		return Inf(1)
	case odd:
		return zero
	}
	return 0
}

// Pow10 returns 10^n, the nearest float.
func Pow10(n int) float64 {
	switch {
	case n < -323:
		return 0
	case n > 308:
		return Inf(1)
	case n < 0:
		return negativeTens[-n/32] / tens[uint(-n)%32]
	}
	return positiveTens[n/32] * tens[uint(n)%32]
}

var tens = [...]float64{
	1e00, 1e01, 1e02, 1e03, 1e04, 1e05, 1e06, 1e07, 1e08, 1e09, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
	1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31,
}
var positiveTens = [...]float64{1e00, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}
var negativeTens = [...]float64{1e-00, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224, 1e-256, 1e-288, 1e-320}
