package math

// logSeries are the coefficients of FreeBSD's e_log.c and s_log1p.c, highest first.
var logSeries = [...]float64{
	1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01, 2.222219843214978396e-01,
	2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01,
}

// Log returns the natural logarithm of x. (As in Go's assembly, numbers below 2^-1022 are taken as if they had a full mantissa.)
func Log(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case x < 0:
		return NaN()
	case unusual(x):
		return x
	}
	b := Float64bits(x)
	k := float64(int(b>>52) - 1022)
	f := Float64frombits(b&mantissaMask | 1022<<52)
	if f <= 7.07106781186547524401e-01 {
		k--
		f *= 2
	}
	f--
	s := f / (2 + f)
	s2 := s * s
	s4 := s2 * s2
	c := &logSeries
	odd := s2 * (((c[0]*s4+c[2])*s4+c[4])*s4 + c[6])
	even := s4 * ((c[1]*s4+c[3])*s4 + c[5])
	half := 0.5 * f * f
	return k*ln2High - ((half - (s*(half+(odd+even)) + k*ln2Low)) - f)
}

// Log10 returns the decimal logarithm of x.
func Log10(x float64) float64 { return Log(x) * (1 / Ln10) }

// Log2 returns the binary logarithm of x; exact for powers of two.
func Log2(x float64) float64 {
	f, e := Frexp(x)
	if f == 0.5 {
		return float64(e - 1)
	}
	return Log(f)*(1/Ln2) + float64(e)
}

// Log1p returns the logarithm of 1 + x, exact also where x is near 0.
func Log1p(x float64) float64 {
	size := Abs(x)
	switch {
	case x < -1 || x != x:
		return NaN()
	case x == -1:
		return Inf(-1)
	case IsInf(x, 1):
		return x
	case size < 0x1p-54:
		return x
	case size < 0x1p-29:
		return x - x*x*0.5
	}
	f, tiny := x, false
	k, lost := 0.0, 0.0
	if size >= 4.142135623730950488017e-01 || x <= -2.928932188134524755992e-01 {
		f, k, lost, tiny = log1pReduce(x, size)
	}
	half := 0.5 * f * f
	if tiny {
		if f == 0 {
			if k == 0 {
				return 0
			}
			lost += k * ln2Low
			return k*ln2High + lost
		}
		r := half * (1.0 - 0.66666666666666666*f)
		if k == 0 {
			return f - r
		}
		return k*ln2High - ((r - (k*ln2Low + lost)) - f)
	}
	s := f / (2.0 + f)
	z := s * s
	r := z * horner(z, logSeries[:])
	if k == 0 {
		return f - (half - s*(half+r))
	}
	return k*ln2High - ((half - (s*(half+r) + (k*ln2Low + lost))) - f)
}

// log1pReduce returns 1 + x as 2^k * (1 + f), what rounding 1 + x lost (relative), and whether f is below 2^-20.
func log1pReduce(x, size float64) (f, k, lost float64, tiny bool) {
	u, e := x, 0
	if size < 0x1p53 {
		u = 1.0 + x
		e = int(Float64bits(u)>>52) - 1023
		if e > 0 {
			lost = 1.0 - (u - x)
		} else {
			lost = x - (u - 1.0)
		}
		lost /= u
	} else {
		e = int(Float64bits(u)>>52) - 1023
	}
	m := Float64bits(u) & mantissaMask
	if m < 0x0006a09e667f3bcd { // of the square root of 2
		u = Float64frombits(m | 1023<<52)
	} else {
		e++
		u = Float64frombits(m | 1022<<52)
		m = (1<<52 - m) >> 2
	}
	return u - 1.0, float64(e), lost, m == 0
}
