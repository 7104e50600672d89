package math

import "unsafe"

const (
	signBit      = 1 << 63
	infinityBits = 0x7FF << 52
	mantissaMask = 1<<52 - 1
	nanBits      = infinityBits | 1<<51 | 1
)

// Float64bits returns the bits of f.
func Float64bits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

// Float64frombits returns the float of these bits.
func Float64frombits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }

// Float32bits returns the bits of f.
func Float32bits(f float32) uint32 { return *(*uint32)(unsafe.Pointer(&f)) }

// Float32frombits returns the float of these bits.
func Float32frombits(b uint32) float32 { return *(*float32)(unsafe.Pointer(&b)) }

// Inf returns infinity, negative if sign is.
func Inf(sign int) float64 {
	if sign < 0 {
		return Float64frombits(infinityBits | signBit)
	}
	return Float64frombits(infinityBits)
}

// NaN returns a value that is no number.
func NaN() float64 { return Float64frombits(nanBits) }

// IsNaN reports whether f is no number.
func IsNaN(f float64) (is bool) { return f != f }

// IsInf reports whether f is infinity of the given sign, of any sign if that is 0.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

// Abs returns f without its sign.
func Abs(x float64) float64 { return Float64frombits(Float64bits(x) &^ signBit) }

// Signbit reports whether x is negative or -0.
func Signbit(x float64) bool { return Float64bits(x)>>63 != 0 }

// Copysign returns f with the sign of sign.
func Copysign(f, sign float64) float64 {
	return Float64frombits(Float64bits(f)&^signBit | Float64bits(sign)&signBit)
}

// unusual reports whether x is infinite or no number.
func unusual(x float64) bool { return Float64bits(x)&infinityBits == infinityBits }

// Frexp returns f as frac * 2^exp with frac from 1/2 to 1.
func Frexp(f float64) (frac float64, exp int) {
	if f == 0 || unusual(f) {
		return f, 0
	}
	if Abs(f) < 0x1p-1022 {
		f *= 0x1p52
		exp = -52
	}
	b := Float64bits(f)
	exp += int(b>>52&0x7FF) - 1022
	return Float64frombits(b&^infinityBits | 1022<<52), exp
}

// Ldexp returns frac * 2^exp.
func Ldexp(frac float64, exp int) float64 {
	if frac == 0 || unusual(frac) {
		return frac
	}
	frac, e := Frexp(frac)
	exp += e - 1
	switch {
	case exp < -1075:
		return Copysign(0, frac)
	case exp > 1023:
		return Copysign(Inf(1), frac)
	}
	scale := 1.0
	if exp < -1022 { // one rounding, at the end
		exp += 53
		scale = 0x1p-53
	}
	return scale * Float64frombits(Float64bits(frac)&^infinityBits|uint64(exp+1023)<<52)
}

// Logb returns the binary exponent of x.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case x != x:
		return x
	}
	return float64(exponent(x))
}

// Ilogb returns the binary exponent of x as a whole number.
func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case x != x, IsInf(x, 0):
		return MaxInt32
	}
	return exponent(x)
}

func exponent(x float64) int {
	_, e := Frexp(x)
	return e - 1
}

// Nextafter returns the float after x on the way to y.
func Nextafter(x, y float64) (r float64) {
	b := Float64bits(x)
	switch {
	case x != x || y != y:
		return NaN()
	case x == y:
		return x
	case x == 0:
		return Copysign(SmallestNonzeroFloat64, y)
	case y > x == (x > 0):
		b++
	default:
		b--
	}
	return Float64frombits(b)
}

// Nextafter32 is Nextafter of float32.
func Nextafter32(x, y float32) (r float32) {
	b := Float32bits(x)
	switch {
	case x != x || y != y:
		return float32(NaN())
	case x == y:
		return x
	case x == 0:
		return float32(Copysign(SmallestNonzeroFloat32, float64(y)))
	case y > x == (x > 0):
		b++
	default:
		b--
	}
	return Float32frombits(b)
}
