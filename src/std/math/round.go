package math

// Sqrt returns the square root of x.
func Sqrt(x float64) float64 { return sqrt(x) }

// Floor returns the greatest whole number not above x.
func Floor(x float64) float64 { return floor(x) }

// Ceil returns the least whole number not below x.
func Ceil(x float64) float64 { return ceil(x) }

// Trunc returns x without its fraction.
func Trunc(x float64) float64 { return trunc(x) }

// Round rounds to a whole number, halves away from 0.
func Round(x float64) float64 {
	t := trunc(x)
	if Abs(x-t) >= 0.5 {
		return t + Copysign(1, x)
	}
	return t
}

// RoundToEven rounds to a whole number, halves to the even one.
func RoundToEven(x float64) float64 {
	if Abs(x) >= 0x1p52 || x != x {
		return x
	}
	return Copysign(Abs(x)+0x1p52-0x1p52, x)
}

// Modf splits f into whole number and fraction, both with its sign.
func Modf(f float64) (integer float64, fractional float64) {
	integer = trunc(f)
	return integer, Copysign(f-integer, f)
}

// Dim returns x - y, 0 if that is negative.
func Dim(x, y float64) float64 {
	if d := x - y; d > 0 || d != d {
		return d
	}
	return 0
}

// Max returns the greater of two.
func Max(x, y float64) float64 {
	switch {
	case IsInf(x, 1) || IsInf(y, 1):
		return Inf(1)
	case x != x || y != y:
		return NaN()
	case x == y && x == 0:
		if Signbit(x) {
			return y
		}
		return x
	case x > y:
		return x
	}
	return y
}

// Min returns the less of two.
func Min(x, y float64) float64 {
	switch {
	case IsInf(x, -1) || IsInf(y, -1):
		return Inf(-1)
	case x != x || y != y:
		return NaN()
	case x == y && x == 0:
		if Signbit(x) {
			return x
		}
		return y
	case x < y:
		return x
	}
	return y
}
