package strconv

import "math/bits"

const (
	lowestPower  = -348
	highestPower = 347
)

// power is the 128 highest bits of a power of ten, cut off; the top bit is 1 (0 in hi: not computed yet).
type power struct{ hi, lo uint64 }

var powers [highestPower - lowestPower + 1]power

// tenTo returns 10^k, computed exactly when it is first asked for. 10^k = (hi*2^64 + lo) * 2^(tenExponent(k)-127), cut off.
func tenTo(k int) power {
	p := &powers[k-lowestPower]
	if p.hi == 0 {
		*p = computePower(k)
	}
	return *p
}

// tenExponent is the binary exponent of 10^k: 2^e <= 10^k < 2^(e+1).
func tenExponent(k int) int { return (k * 217706) >> 16 }

func computePower(k int) power {
	var x natural
	x.set(1)
	if k >= 0 {
		x.mulFives(k)
		top := x.bitLength() - 64
		return power{x.window(top), x.window(top - 64)}
	}
	x.mulFives(-k)
	return reciprocal(&x)
}

// reciprocal returns the 128 highest bits of 1/d, found bit by bit: the rest is doubled and d taken off where it fits.
func reciprocal(d *natural) (q power) {
	var rest natural
	rest.set(1)
	rest.shiftLeft(d.bitLength() - 1)
	for q.hi>>63 == 0 {
		rest.shiftLeft(1)
		bit := uint64(0)
		if rest.compare(d) >= 0 {
			rest.subtract(d)
			bit = 1
		}
		q.hi = q.hi<<1 | q.lo>>63
		q.lo = q.lo<<1 | bit
	}
	return q
}

// subtract makes x - y; y is not greater.
func (x *natural) subtract(y *natural) {
	borrow := uint32(0)
	for i := 0; i < x.n; i++ {
		take := uint32(0)
		if i < y.n {
			take = y.w[i]
		}
		x.w[i], borrow = bits.Sub32(x.w[i], take, borrow)
	}
	for x.n > 0 && x.w[x.n-1] == 0 {
		x.n--
	}
}
