package strconv

import "math/bits"

// format describes a floating-point format.
type format struct {
	mantissa uint // bits that are stored
	exponent uint
	bias     int
}

var (
	single = format{23, 8, -127}
	double = format{52, 11, -1023}
)

// digits is a decimal number 0.d1d2d3... * 10^point.
type digits struct {
	d     []byte
	point int
}

// shortest writes the fewest digits that read back as mant * 2^exp into room; among those of equal length the closest.
//
// This is Raffaello Giulietti's Schubfach: the interval of numbers that round to the float, scaled by one power of ten, holds at
// most one number that ends in 0 or a pair of neighbours, and 126 bits of the power suffice to tell them apart.
func shortest(room []byte, mant uint64, exp int, f *format) digits {
	out := mant & 1 // an even mantissa owns the ends of its interval
	center := mant << 2
	left, right := center-2, center+2
	k := floorLog10(exp)
	if mant == 1<<f.mantissa && exp > f.bias+1-int(f.mantissa) {
		left = center - 1 // a power of two: the neighbour below is half as far
		k = floorLog10ThreeQuarters(exp)
	}
	g := tenTo(-k)
	g1, g0 := g.hi>>1, (g.hi<<62|g.lo>>2)&(1<<63-1)
	g0++
	if g0 == 1<<63 {
		g1, g0 = g1+1, 0
	}
	shift := uint(exp + tenExponent(-k) + 2)
	v := scaled(g1, g0, center<<shift)
	low := scaled(g1, g0, left<<shift) + out
	high := scaled(g1, g0, right<<shift) - out
	s := v >> 2
	if s >= 10 {
		down := s / 10 * 10
		downFits, upFits := low <= down<<2, (down+10)<<2 <= high
		if downFits != upFits {
			if upFits {
				down += 10
			}
			return decimalOf(room, down, k)
		}
	}
	downFits, upFits := low <= s<<2, (s+1)<<2 <= high
	switch {
	case downFits != upFits:
		if upFits {
			s++
		}
	case v > s<<2|2 || v == s<<2|2 && (s&1 == 1 || f == &single && mant == 1<<f.mantissa):
		s++ // the one tie of a float32 that is a power of two (2^-12) goes up in Go 1.26
	}
	return decimalOf(room, s, k)
}

// scaled is the product of a 126-bit power and cp, divided by 2^127 and rounded to odd.
func scaled(g1, g0, cp uint64) uint64 {
	x1, _ := bits.Mul64(g0, cp)
	y1, y0 := bits.Mul64(g1, cp)
	z := y0>>1 + x1
	w := y1 + z>>63
	return w | ((z&(1<<63-1))+(1<<63-1))>>63
}

// floorLog10 is the floor of log10(2^e).
func floorLog10(e int) int { return int((int64(e) * 661971961083) >> 41) }

// floorLog10ThreeQuarters is the floor of log10(3/4 * 2^e).
func floorLog10ThreeQuarters(e int) int { return int((int64(e)*661971961083 - 274743187321) >> 41) }

// decimalOf writes s * 10^k without its trailing zeros.
func decimalOf(room []byte, s uint64, k int) digits {
	n := 0
	for t := s; t > 0; t /= 10 {
		n++
	}
	for i := n - 1; i >= 0; i-- {
		room[i] = '0' + byte(s%10)
		s /= 10
	}
	point := n + k
	for n > 0 && room[n-1] == '0' {
		n--
	}
	return digits{room[:n], point}
}
