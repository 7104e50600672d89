package math

// The error function in four pieces, each by a rational function. After FreeBSD's s_erf.c.

// Erf returns the error function of x.
func Erf(x float64) float64 {
	a := Abs(x)
	y := 1.0
	switch {
	case x != x:
		return NaN()
	case a < 0x1p-28 && a < 2.848094538889218e-306:
		y = 0.125 * (8.0*a + 1.02703333676410069053e+00*a)
	case a < 0x1p-28:
		y = a + 1.28379167095512586316e-01*a
	case a < 0.84375:
		y = a + a*erfNear(a*a)
	case a < 1.25:
		y = erfAtOne + erfMiddle(a-1)
	case a < 6:
		y = 1 - erfTail(a)/a
	}
	return Copysign(y, x)
}

// Erfc returns 1 - Erf(x), exact also where that is near 0.
func Erfc(x float64) float64 {
	a := Abs(x)
	switch {
	case x != x:
		return NaN()
	case a < 0.84375:
		y := a
		if a >= 0x1p-56 {
			near := erfNear(a * a)
			if a < 0.25 {
				y = a + a*near
			} else {
				y = 0.5 + (a*near + (a - 0.5))
			}
		}
		if x < 0 {
			return 1 + y
		}
		return 1 - y
	case a < 1.25 && x < 0:
		return 1 + erfAtOne + erfMiddle(a-1)
	case a < 1.25:
		return 1 - erfAtOne - erfMiddle(a-1)
	case x < -6:
		return 2
	case a >= 28:
		return 0
	case x < 0:
		return 2 - erfTail(a)/a
	}
	return erfTail(a) / a
}

const erfAtOne = 8.45062911510467529297e-01

func erfNear(z float64) float64 { return horner(z, erfNearOver[:]) / horner(z, erfNearUnder[:]) }

func erfMiddle(s float64) float64 { return horner(s, erfOneOver[:]) / horner(s, erfOneUnder[:]) }

func erfTail(a float64) float64 {
	s := 1 / (a * a)
	q := 0.0
	if a < 1/0.35 {
		q = horner(s, erfTailOver[:]) / horner(s, erfTailUnder[:])
	} else {
		q = horner(s, erfFarOver[:]) / horner(s, erfFarUnder[:])
	}
	z := Float64frombits(Float64bits(a) & 0xffffffff00000000)
	return Exp(-z*z-0.5625) * Exp((z-a)*(z+a)+q)
}

var erfNearOver = [...]float64{
	-2.37630166566501626084e-05, -5.77027029648944159157e-03, -2.84817495755985104766e-02, -3.25042107247001499370e-01, 1.28379167095512558561e-01,
}
var erfNearUnder = [...]float64{
	-3.96022827877536812320e-06, 1.32494738004321644526e-04, 5.08130628187576562776e-03, 6.50222499887672944485e-02, 3.97917223959155352819e-01, 1,
}
var erfOneOver = [...]float64{
	-2.16637559486879084300e-03, 3.54783043256182359371e-02, -1.10894694282396677476e-01, 3.18346619901161753674e-01, -3.72207876035701323847e-01,
	4.14856118683748331666e-01, -2.36211856075265944077e-03,
}
var erfOneUnder = [...]float64{
	1.19844998467991074170e-02, 1.36370839120290507362e-02, 1.26171219808761642112e-01, 7.18286544141962662868e-02, 5.40397917702171048937e-01,
	1.06420880400844228286e-01, 1,
}
var erfTailOver = [...]float64{
	-9.81432934416914548592e+00, -8.12874355063065934246e+01, -1.84605092906711035994e+02, -1.62396669462573470355e+02, -6.23753324503260060396e+01,
	-1.05586262253232909814e+01, -6.93858572707181764372e-01, -9.86494403484714822705e-03,
}
var erfTailUnder = [...]float64{
	-6.04244152148580987438e-02, 6.57024977031928170135e+00, 1.08635005541779435134e+02, 4.29008140027567833386e+02, 6.45387271733267880336e+02,
	4.34565877475229228821e+02, 1.37657754143519042600e+02, 1.96512716674392571292e+01, 1,
}
var erfFarOver = [...]float64{
	-4.83519191608651397019e+02, -1.02509513161107724954e+03, -6.37566443368389627722e+02, -1.60636384855821916062e+02, -1.77579549177547519889e+01,
	-7.99283237680523006574e-01, -9.86494292470009928597e-03,
}
var erfFarUnder = [...]float64{
	-2.24409524465858183362e+01, 4.74528541206955367215e+02, 2.55305040643316442583e+03, 3.19985821950859553908e+03, 1.53672958608443695994e+03,
	3.25792512996573918826e+02, 3.03380607434824582924e+01, 1,
}
