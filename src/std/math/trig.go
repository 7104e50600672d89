package math

import "math/bits"

// Sine and cosine come from one reduction to an octant and two polynomials (Cephes, Stephen Moshier).

var sineSeries = [...]float64{
	1.58962301576546568060e-10, -2.50507477628578072866e-8, 2.75573136213857245213e-6,
	-1.98412698295895385996e-4, 8.33333333332211858878e-3, -1.66666666666666307295e-1,
}
var cosineSeries = [...]float64{
	-1.13585365213876817300e-11, 2.08757008419747316778e-9, -2.75573141792967388112e-7,
	2.48015872888517045348e-5, -1.38888888888730564116e-3, 4.16666666666665929218e-2,
}

// octant reduces x, not negative, to z between -pi/4 and pi/4; j is even, and x = j*pi/4 + z but for full turns.
func octant(x float64) (j uint64, z float64) {
	if x >= 1<<29 {
		return farOctant(x)
	}
	j = uint64(x * (4 / Pi))
	y := float64(j)
	if j&1 == 1 {
		j++
		y++
	}
	z = ((x - y*7.85398125648498535156e-1) - y*3.77489470793079817668e-8) - y*2.69515142907905952645e-15
	return j & 7, z
}

// farOctant multiplies the mantissa by as many bits of 4/pi as matter (Payne and Hanek).
func farOctant(x float64) (uint64, float64) {
	b := Float64bits(x)
	exp := int(b>>52&0x7FF) - 1023 - 52
	mant := b&mantissaMask | 1<<52
	from := uint(exp + 61)
	take := func(i uint) uint64 {
		i += from / 64
		return fourOverPi[i]<<(from%64) | fourOverPi[i+1]>>(64-from%64)
	}
	low, _ := bits.Mul64(take(2), mant)
	middleHigh, middle := bits.Mul64(take(1), mant)
	lo, carry := bits.Add64(middle, low, 0)
	hi := take(0)*mant + middleHigh + carry
	j := hi >> 61
	hi = hi<<3 | lo>>61
	zeros := uint(bits.LeadingZeros64(hi)) + 1
	hi = hi<<zeros | lo>>(64-zeros)
	z := Float64frombits(hi>>12 | uint64(1023-zeros)<<52)
	if j&1 == 1 {
		j = (j + 1) & 7
		z--
	}
	return j, z * (Pi / 4)
}

// fourOverPi is 4/pi in binary, with 63 zeros and a one before the point.
var fourOverPi = [...]uint64{
	0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083, 0xfca2c757bd778ac3, 0x6e48dc74849ba5c0, 0x0c925dd413a32439,
	0xfc3bd63962534e7d, 0xd1046bea5d768909, 0xd338e04d68befc82, 0x7323ac7306a673e9, 0x3908bf177bf25076, 0x3ff12fffbc0b301f, 0xde5e2316b414da3e,
	0xda6cfd9e4f96136e, 0x9e8c7ecd3cbfd45a, 0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
}

func nearSine(z float64) float64 {
	zz := z * z
	return z + z*zz*horner(zz, sineSeries[:])
}

func nearCosine(z float64) float64 {
	zz := z * z
	return 1.0 - 0.5*zz + zz*zz*horner(zz, cosineSeries[:])
}

// Sin returns the sine of x.
func Sin(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	if IsInf(x, 0) {
		return NaN()
	}
	j, z := octant(Abs(x))
	y := 0.0
	if j&2 != 0 {
		y = nearCosine(z)
	} else {
		y = nearSine(z)
	}
	if x < 0 != (j > 3) {
		y = -y
	}
	return y
}

// Cos returns the cosine of x.
func Cos(x float64) float64 {
	if unusual(x) {
		return NaN()
	}
	j, z := octant(Abs(x))
	y := 0.0
	if j&2 != 0 {
		y = nearSine(z)
	} else {
		y = nearCosine(z)
	}
	if j == 2 || j == 4 {
		y = -y
	}
	return y
}

// Sincos returns sine and cosine of x.
func Sincos(x float64) (sin, cos float64) {
	switch {
	case x == 0:
		return x, 1
	case unusual(x):
		return NaN(), NaN()
	}
	return Sin(x), Cos(x)
}

// Tan returns the tangent of x.
func Tan(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	if IsInf(x, 0) {
		return NaN()
	}
	j, z := octant(Abs(x))
	y, zz := z, z*z
	if zz > 1e-14 {
		y = z + z*(zz*horner(zz, tangentOver[:])/horner(zz, tangentUnder[:]))
	}
	if j&2 != 0 {
		y = -1 / y
	}
	if x < 0 {
		y = -y
	}
	return y
}

var tangentOver = [...]float64{-1.30936939181383777646e4, 1.15351664838587416140e6, -1.79565251976484877988e7}
var tangentUnder = [...]float64{1, 1.36812963470692954678e4, -1.32089234440210967447e6, 2.50083801823357915839e7, -5.38695755929454629881e7}

// Atan returns the arc tangent of x.
func Atan(x float64) float64 {
	switch {
	case x == 0:
		return x
	case x > 0:
		return atan(x)
	}
	return -atan(-x)
}

// atan reduces a positive x to at most 0.66.
func atan(x float64) float64 {
	const moreOfHalfPi = 6.123233995736765886130e-17
	switch {
	case x <= 0.66:
		return nearAtan(x)
	case x > 2.41421356237309504880:
		return Pi/2 - nearAtan(1/x) + moreOfHalfPi
	}
	return Pi/4 + nearAtan((x-1)/(x+1)) + 0.5*moreOfHalfPi
}

func nearAtan(x float64) float64 {
	z := x * x
	z = z * horner(z, arcOver[:]) / horner(z, arcUnder[:])
	return x*z + x
}

var arcOver = [...]float64{
	-8.750608600031904122785e-01, -1.615753718733365076637e+01, -7.500855792314704667340e+01, -1.228866684490136173410e+02, -6.485021904942025371773e+01,
}
var arcUnder = [...]float64{
	1, 2.485846490142306297962e+01, 1.650270098316988542046e+02, 4.328810604912902668951e+02, 4.853903996359136964868e+02, 1.945506571482613964425e+02,
}

// Asin returns the arc sine of x.
func Asin(x float64) float64 {
	a := Abs(x)
	if x == 0 {
		return x
	}
	if !(a <= 1) {
		return NaN()
	}
	y := sqrt(1 - a*a)
	if a > 0.7 {
		y = Pi/2 - atan(y/a)
	} else {
		y = atan(a / y)
	}
	if x < 0 {
		y = -y
	}
	return y
}

// Acos returns the arc cosine of x.
func Acos(x float64) float64 { return Pi/2 - Asin(x) }

// Atan2 returns the angle of the point (x, y).
func Atan2(y, x float64) float64 {
	angle := 0.0
	switch {
	case y != y || x != x:
		return NaN()
	case y == 0:
		if Signbit(x) {
			angle = Pi
		}
	case x == 0:
		angle = Pi / 2
	case IsInf(x, 0):
		if IsInf(y, 0) {
			angle = Pi / 4
		}
		if x < 0 && angle != 0 {
			angle = 3 * Pi / 4
		} else if x < 0 {
			angle = Pi
		}
	case IsInf(y, 0):
		angle = Pi / 2
	default:
		q := Atan(y / x)
		switch {
		case x >= 0:
			return q
		case q <= 0:
			return q + Pi
		}
		return q - Pi
	}
	return Copysign(angle, y)
}
