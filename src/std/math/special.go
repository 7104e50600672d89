package math

// The functions of Bessel, the logarithm of the gamma function, and the inverse error function.
//
// Each is the formula that Go uses, term by term in the same order, so that results have the same bits. Coefficients: special_tables.go.
// Go: j0.go, j1.go, jn.go, lgamma.go, erfinv.go.

// asymptote is P or Q of order 0 or 1: a rational approximation in 1/x² for x from 2 on, by range.
func asymptote(x float64, top, bottom [4][]float64) float64 {
	row := 3
	switch {
	case x >= 8:
		row = 0
	case x >= 4.5454:
		row = 1
	case x >= 2.8571:
		row = 2
	}
	z := 1 / (x * x)
	return horner(z, top[row]) / horner(z, bottom[row])
}

func rows[A [4][5]float64 | [4][6]float64 | [4][7]float64](table *A) (list [4][]float64) {
	switch t := any(table).(type) {
	case *[4][5]float64:
		for i := range t {
			list[i] = t[i][:]
		}
	case *[4][6]float64:
		for i := range t {
			list[i] = t[i][:]
		}
	case *[4][7]float64:
		for i := range t {
			list[i] = t[i][:]
		}
	}
	return list
}

// far is a function of Bessel for x from 2 on, of order 0 or 1; first for J, otherwise for Y.
func far(order int, first bool, x float64) float64 {
	s, c := Sincos(x)
	ss, cc := s-c, s+c
	if order == 1 {
		ss, cc = -s-c, s-c
	}
	// sin(x)±cos(x) loses digits; the worse of the two comes from the other and cos(2x), unless that overflows.
	if x < MaxFloat64/2 {
		z := Cos(x + x)
		same := s*c > 0
		if order == 0 {
			z, same = -z, s*c < 0
		}
		if same {
			cc = z / ss
		} else {
			ss = z / cc
		}
	}
	if x > 1<<129 {
		if first {
			return (1 / SqrtPi) * cc / Sqrt(x)
		}
		return (1 / SqrtPi) * ss / Sqrt(x)
	}
	var u, v float64
	if order == 0 {
		u = 1 + asymptote(x, rows(&besselP0R), rows(&besselP0S))
		v = (-0.125 + asymptote(x, rows(&besselQ0R), rows(&besselQ0S))) / x
	} else {
		u = 1 + asymptote(x, rows(&besselP1R), rows(&besselP1S))
		v = (0.375 + asymptote(x, rows(&besselQ1R), rows(&besselQ1S))) / x
	}
	if first {
		return (1 / SqrtPi) * (u*cc - v*ss) / Sqrt(x)
	}
	return (1 / SqrtPi) * (u*ss + v*cc) / Sqrt(x)
}

// J0 returns the function of Bessel of the first kind, order 0.
func J0(x float64) float64 {
	switch {
	case IsNaN(x):
		return x
	case IsInf(x, 0):
		return 0
	}
	x = Abs(x)
	switch {
	case x >= 2:
		return far(0, true, x)
	case x < 1.0/(1<<27):
		return 1
	case x < 1.0/(1<<13):
		return 1 - 0.25*x*x
	}
	z := x * x
	r := horner(z, besselJ0R[:])
	s := horner(z, besselJ0S[:])
	if x < 1 {
		return 1 + z*(-0.25+(r/s))
	}
	u := 0.5 * x
	return (1+u)*(1-u) + z*(r/s)
}

// outside is a function of the second kind where it is no number or infinite.
func outside(x float64) (y float64, ok bool) {
	switch {
	case x < 0 || IsNaN(x):
		return NaN(), true
	case IsInf(x, 1):
		return 0, true
	case x == 0:
		return Inf(-1), true
	}
	return 0, false
}

// Y0 returns the function of Bessel of the second kind, order 0.
func Y0(x float64) float64 {
	if y, ok := outside(x); ok {
		return y
	}
	if x >= 2 {
		return far(0, false, x)
	}
	if x <= 1.0/(1<<27) {
		return besselY0U[len(besselY0U)-1] + (2/Pi)*Log(x)
	}
	z := x * x
	u, v := horner(z, besselY0U[:]), horner(z, besselY0V[:])
	return u/v + (2/Pi)*J0(x)*Log(x)
}

// J1 returns the function of Bessel of the first kind, order 1.
func J1(x float64) float64 {
	switch {
	case IsNaN(x):
		return x
	case IsInf(x, 0) || x == 0:
		return 0
	case Abs(x) < 1.0/(1<<27):
		return 0.5 * Abs(x) // Go forgets the sign here
	case x < 0:
		return -J1(-x)
	case x >= 2:
		return far(1, true, x)
	}
	z := x * x
	r := z * horner(z, besselJ1R[:])
	s := horner(z, besselJ1S[:])
	r *= x
	return 0.5*x + r/s
}

// Y1 returns the function of Bessel of the second kind, order 1.
func Y1(x float64) float64 {
	if y, ok := outside(x); ok {
		return y
	}
	if x >= 2 {
		return far(1, false, x)
	}
	if x <= 1.0/(1<<54) {
		return -(2 / Pi) / x
	}
	z := x * x
	u, v := horner(z, besselY1U[:]), horner(z, besselY1V[:])
	return x*(u/v) + (2/Pi)*(J1(x)*Log(x)-1/x)
}

// large is J (or Y) of order n where x is so large that only its phase counts.
func large(n int, first bool, x float64) float64 {
	s, c := Sincos(x)
	if !first {
		// Y is J a quarter of a turn on.
		n++
	}
	t := 0.0
	switch n & 3 {
	case 0:
		t = c + s
	case 1:
		t = -c + s
	case 2:
		t = -c - s
	case 3:
		t = c - s
	}
	return (1 / SqrtPi) * t / Sqrt(x)
}

const huge = 1 << 302

// Jn returns the function of Bessel of the first kind, order n.
func Jn(n int, x float64) float64 {
	switch {
	case IsNaN(x):
		return x
	case IsInf(x, 0):
		return 0
	case n == 0:
		return J0(x)
	case x == 0:
		return 0
	}
	// J(-n, x) is J(n, -x), and an odd function changes its sign with x.
	if n < 0 {
		n, x = -n, -x
	}
	if n == 1 {
		return J1(x)
	}
	negative := x < 0 && n&1 == 1
	x = Abs(x)
	y := 0.0
	switch {
	case float64(n) <= x && x >= huge:
		y = large(n, true, x)
	case float64(n) <= x:
		before := J0(x)
		y = J1(x)
		for i := 1; i < n; i++ {
			before, y = y, y*(float64(i+i)/x)-before
		}
	case x < 1.0/(1<<29):
		y = smallOrder(n, x)
	default:
		y = downward(n, x)
	}
	if negative {
		return -y
	}
	return y
}

// smallOrder is the first term of the series: (x/2)ⁿ/n!.
func smallOrder(n int, x float64) float64 {
	if n > 33 {
		return 0
	}
	half := x * 0.5
	power, factorial := half, 1.0
	for i := 2; i <= n; i++ {
		factorial *= float64(i)
		power *= half
	}
	return power / factorial
}

// downward starts from the continued fraction for J(n)/J(n-1) and recurs down to J(0).
func downward(n int, x float64) float64 {
	w, h := float64(n+n)/x, 2/x
	z := w + h
	before, q := w, w*z-1
	terms := 1
	for q < 1e9 {
		terms++
		z += h
		before, q = q, z*q-before
	}
	t := 0.0
	for i := 2 * (n + terms); i >= n+n; i -= 2 {
		t = 1 / (float64(i)/x - t)
	}
	a, b := t, 1.0
	size := float64(n)
	overflows := !(size*Log(Abs(h*size)) < 7.09782712893383973096e+02)
	for i := n - 1; i > 0; i-- {
		a, b = b, b*float64(i+i)/x-a
		if overflows && b > 1e100 {
			a /= b
			t /= b
			b = 1
		}
	}
	return t * J0(x) / b
}

// Yn returns the function of Bessel of the second kind, order n.
func Yn(n int, x float64) float64 {
	odd := n < 0 && n&1 == 1
	switch {
	case x < 0 || IsNaN(x):
		return NaN()
	case IsInf(x, 1):
		return 0
	case n == 0:
		return Y0(x)
	case x == 0 && odd:
		return Inf(1)
	case x == 0:
		return Inf(-1)
	}
	if n < 0 {
		n = -n
	}
	y := Y1(x)
	switch {
	case n == 1:
	case x >= huge:
		y = large(n, false, x)
	default:
		before := Y0(x)
		for i := 1; i < n && !IsInf(y, -1); i++ {
			before, y = y, (float64(i+i)/x)*y-before
		}
	}
	if odd {
		return -y
	}
	return y
}

// negativeSine is -sin(πx) for x above 0, by the octant that x is in.
func negativeSine(x float64) float64 {
	if x < 0.25 {
		return -Sin(Pi * x)
	}
	octant := 0
	switch whole := Floor(x); {
	case whole != x:
		x = Mod(x, 2)
		octant = int(x * 4)
	case x >= 1<<53:
		x = 0
	default:
		x = Mod(x, 2)
		octant = int(x) << 2
	}
	switch octant {
	case 0:
		return -Sin(Pi * x)
	case 1, 2:
		return -Cos(Pi * (0.5 - x))
	case 3, 4:
		return -Sin(Pi * (1 - x))
	case 5, 6:
		return Cos(Pi * (x - 1.5))
	}
	return -Sin(Pi * (x - 2))
}

// Lgamma returns the logarithm of |Γ(x)| and the sign of Γ(x).
func Lgamma(x float64) (lgamma float64, sign int) {
	switch {
	case IsNaN(x) || IsInf(x, 0):
		return x, 1
	case x == 0:
		return Inf(1), 1
	case x > -1.0/(1<<70) && x < 0:
		return -Log(-x), -1
	case x > 0:
		return logGamma(x), 1
	}
	x = -x
	if x >= 1<<52 {
		return Inf(1), 1
	}
	t := negativeSine(x)
	if t == 0 {
		return Inf(1), 1
	}
	sign = 1
	if t < 0 {
		sign = -1
	}
	return Log(Pi/Abs(t*x)) - logGamma(x), sign
}

// logGamma is Lgamma of x above 0.
func logGamma(x float64) float64 {
	switch {
	case x < 1.0/(1<<70):
		return -Log(x)
	case x == 1 || x == 2:
		return 0
	case x < 2:
		return logGammaBelow2(x)
	case x < 8:
		i := int(x)
		y := x - float64(i)
		p := y * horner(y, gammaS[:])
		q := horner(y, gammaR[:])
		sum := 0.5*y + p/q
		if i > 2 {
			z := 1.0
			for k := i - 1; k >= 2; k-- {
				z *= y + float64(k)
			}
			sum += Log(z)
		}
		return sum
	case x < 1<<58:
		t := Log(x)
		z := 1 / x
		last := len(gammaW) - 1
		w := gammaW[last] + z*horner(z*z, gammaW[:last])
		return (x-0.5)*(t-1) + w
	}
	return x * (Log(x) - 1)
}

// least is where Γ has its minimum above 0, and its logarithm there in two parts.
const (
	leastX    = 1.461632144968362245
	least     = 1.46163214496836224576e+00
	leastLog  = -1.21486290535849611461e-01
	leastTail = -3.63867699703950536541e-18
)

// logGammaBelow2 reduces to the ends of the range from 1 to 2, or to where Γ is least.
func logGammaBelow2(x float64) float64 {
	sum, from, middle, lower, upper := 0.0, 1.0, least, leastX-0.27, leastX+0.27
	if x <= 0.9 {
		sum, from, middle, lower, upper = -Log(x), 0, least-1, leastX-1-0.27, leastX-1+0.27
	}
	switch {
	case x >= upper:
		y := 1 + from - x
		z := y * y
		p := y*horner(z, gammaAEven[:]) + z*horner(z, gammaAOdd[:])
		return sum + (p - 0.5*y)
	case x >= lower:
		y := x - middle
		z := y * y
		w := z * y
		p := z*horner(w, gammaT0[:]) - (leastTail - w*(horner(w, gammaT1[:])+y*horner(w, gammaT2[:])))
		return sum + (leastLog + p)
	}
	y := x - from
	return sum + (-0.5*y + y*horner(y, gammaU[:])/horner(y, gammaV[:]))
}

// Erfinv returns the inverse of Erf.
func Erfinv(x float64) float64 {
	switch {
	case x == 1 || x == -1:
		return Inf(int(x))
	case !(x > -1 && x < 1):
		return NaN()
	case x < 0:
		return -Erfinv(-x)
	case x <= 0.85:
		r := 0.180625 - 0.25*x*x
		return (x * horner(r, inverseA[:])) / horner(r, inverseB[:])
	}
	r := Sqrt(Ln2 - Log(1.0-x))
	if r <= 5 {
		r -= 1.6
		return horner(r, inverseC[:]) / horner(r, inverseD[:])
	}
	r -= 5
	return horner(r, inverseE[:]) / horner(r, inverseF[:])
}

// Erfcinv returns the inverse of Erfc.
func Erfcinv(x float64) float64 { return Erfinv(1 - x) }
