package math

// Gamma returns the gamma function of x. After Cephes: a rational function between 2 and 3, Stirling's formula above 33.
func Gamma(x float64) float64 {
	size := Abs(x)
	switch {
	case x != x || IsInf(x, -1) || x < 0 && trunc(x) == x:
		return NaN()
	case x == 0:
		return Copysign(Inf(1), x)
	case IsInf(x, 1):
		return x
	case size > 33:
		if x > 0 {
			a, b := stirling(x)
			return a * b
		}
		return reflectedGamma(size)
	}
	z := 1.0
	for x >= 3 {
		x--
		z *= x
	}
	for x < 0 {
		if x > -1e-09 {
			return z / ((1 + eulerGamma*x) * x)
		}
		z /= x
		x++
	}
	for x < 2 {
		if x == 0 {
			return Inf(1)
		}
		if x < 1e-09 {
			return z / ((1 + eulerGamma*x) * x)
		}
		z /= x
		x++
	}
	if x == 2 {
		return z
	}
	x -= 2
	return z * horner(x, gammaOver[:]) / horner(x, gammaUnder[:])
}

const eulerGamma = 0.57721566490153286060651209008240243104215933593992

// reflectedGamma is Gamma(-q) for a large q that is no whole number.
func reflectedGamma(q float64) float64 {
	p := floor(q)
	sign := 1
	if int64(p)&1 == 0 {
		sign = -1
	}
	z := q - p
	if z > 0.5 {
		z = q - (p + 1)
	}
	z = Abs(q * Sin(Pi*z))
	if z == 0 {
		return Inf(sign)
	}
	a, b := stirling(q)
	d := z * a * b
	if IsInf(d, 0) {
		return float64(sign) * (Pi / z / a / b)
	}
	return float64(sign) * (Pi / d)
}

// stirling returns two factors of Gamma(x), so that the product may be left to overflow.
func stirling(x float64) (float64, float64) {
	if x > 200 {
		return Inf(1), 1
	}
	w := 1 / x
	w = 1 + w*horner(w, stirlingSeries[:])
	e := Exp(x)
	const rootOfTwoPi = 2.506628274631000502417
	if x > 143.01608 {
		v := Pow(x, 0.5*x-0.25)
		return v, rootOfTwoPi * w * (v / e)
	}
	return Pow(x, x-0.5) / e, rootOfTwoPi * w * 1
}

var gammaOver = [...]float64{
	1.60119522476751861407e-04, 1.19135147006586384913e-03, 1.04213797561761569935e-02, 4.76367800457137231464e-02, 2.07448227648435975150e-01,
	4.94214826801497100753e-01, 9.99999999999999996796e-01,
}
var gammaUnder = [...]float64{
	-2.31581873324120129819e-05, 5.39605580493303397842e-04, -4.45641913851797240494e-03, 1.18139785222060435552e-02, 3.58236398605498653373e-02,
	-2.34591795718243348568e-01, 7.14304917030273074085e-02, 1.00000000000000000320e+00,
}
var stirlingSeries = [...]float64{
	7.87311395793093628397e-04, -2.29549961613378126380e-04, -2.68132617805781232825e-03, 3.47222221605458667310e-03, 8.33333333333482257126e-02,
}
