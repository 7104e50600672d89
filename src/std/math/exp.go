package math

// Exp returns e^x: x is reduced by multiples of ln 2 and divided by 16, a Taylor series taken, and the result squared four times.
//
// Go has this in assembly (exp_amd64.s, after Shibata's SLEEF), with fused multiply-adds where the processor has them.
func Exp(x float64) float64 {
	switch {
	case x != x || IsInf(x, 1):
		return x
	case IsInf(x, -1):
		return 0
	case x > 7.09782712893384e+02:
		return Inf(1)
	case x < -1000:
		return 0
	}
	n := RoundToEven(x * Log2E)
	r := fused(-n, 0.69314718055966295651160180568695068359375, x)
	r = fused(-n, 0.28235290563031577122588448175013436025525412068e-12, r)
	r *= 0.0625
	sum := expSeries[0]
	for _, c := range expSeries[1:] {
		sum = fused(r, sum, c)
	}
	r *= sum
	for range 3 {
		r *= r + 2
	}
	r = fused(r+2, r, 1)
	e := int(n) + 1023
	switch {
	case e >= 0x7FF:
		return Inf(1)
	case e > 0:
		return r * Float64frombits(uint64(e)<<52)
	case e < -52:
		return 0
	}
	return r * Float64frombits(uint64(e+1022)<<52) * 0x1p-1022
}

var expSeries = [...]float64{
	2.4801587301587301587e-5, 1.9841269841269841270e-4, 1.3888888888888888889e-3, 8.3333333333333333333e-3,
	4.1666666666666666667e-2, 1.6666666666666666667e-1, 0.5, 1,
}

const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// Exp2 returns 2^x.
func Exp2(x float64) float64 {
	switch {
	case x != x:
		return x
	case x > 1.0239999999999999e+03:
		return Inf(1)
	case x < -1.0740e+03:
		return 0
	}
	k := 0
	if x > 0 {
		k = int(x + 0.5)
	} else if x < 0 {
		k = int(x - 0.5)
	}
	t := x - float64(k)
	high, low := t*ln2High, -t*ln2Low
	r := high - low
	t = r * r
	c := r - t*horner(t, expRational[:])
	return Ldexp(1-((low-(r*c)/(2-c))-high), k)
}

var expRational = [...]float64{
	4.13813679705723846039e-08, -1.65339022054652515390e-06, 6.61375632143793436117e-05, -2.77777777770155933842e-03, 1.66666666666666657415e-01,
}

// Expm1 returns e^x - 1, exact also where x is near 0. After FreeBSD's s_expm1.c.
func Expm1(x float64) float64 {
	const halfLn2 = 3.46573590279972654709e-01
	size := Abs(x)
	switch {
	case x != x || IsInf(x, 1):
		return x
	case size >= 3.88162421113569373274e+01 && x < 0: // 56 ln 2
		return -1
	case size >= 7.09782712893383973096e+02:
		return Inf(1)
	case size <= halfLn2 && size < 0x1p-54:
		return x
	}
	k, lost := 0, 0.0
	if size > halfLn2 {
		var high, low float64
		switch {
		case size >= 1.03972077083991796413e+00: // 3/2 ln 2
			k = int(1.44269504088896338700e+00*x + Copysign(0.5, x))
			high, low = x-float64(k)*ln2High, float64(k)*ln2Low
		case x > 0:
			k, high, low = 1, x-ln2High, ln2Low
		default:
			k, high, low = -1, x+ln2High, -ln2Low
		}
		x = high - low
		lost = (high - x) - low
	}
	half := 0.5 * x
	square := x * half
	r := horner(square, expm1Series[:])
	t := 3 - r*half
	e := square * ((r - t) / (6.0 - x*t))
	if k == 0 {
		return x - (x*e - square)
	}
	e = x*(e-lost) - lost
	e -= square
	raise := func(y float64) float64 { return Float64frombits(Float64bits(y) + uint64(k)<<52) }
	switch {
	case k == -1:
		return 0.5*(x-e) - 0.5
	case k == 1 && x < -0.25:
		return -2 * (e - (x + 0.5))
	case k == 1:
		return 1 + 2*(x-e)
	case k <= -2 || k > 56:
		return raise(1-(e-x)) - 1
	case k < 20:
		return raise(Float64frombits(1023<<52-1<<53>>uint(k)) - (e - x))
	}
	y := x - (e + Float64frombits(uint64(1023-k)<<52))
	y++
	return raise(y)
}

var expm1Series = [...]float64{
	-2.01099218183624371326e-07, 4.00821782732936239552e-06, -7.93650757867487942473e-05, 1.58730158725481460165e-03, -3.33333333333331316428e-02, 1,
}
