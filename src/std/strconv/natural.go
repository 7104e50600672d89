package strconv

import "math/bits"

// natural is a whole number of up to 2,816 bits: enough for every float64 times the power of ten that makes it whole.
// Words are 32 bits, lowest first; the highest one in use is not 0.
type natural struct {
	n int
	w [88]uint32
}

const fivePower13 = 1220703125

func (x *natural) set(v uint64) {
	x.n = 0
	for ; v != 0; v >>= 32 {
		x.w[x.n] = uint32(v)
		x.n++
	}
}

// mulAdd makes x*m + a.
func (x *natural) mulAdd(m, a uint32) {
	carry := uint64(a)
	for i := 0; i < x.n; i++ {
		carry += uint64(x.w[i]) * uint64(m)
		x.w[i] = uint32(carry)
		carry >>= 32
	}
	if carry != 0 {
		x.w[x.n] = uint32(carry)
		x.n++
	}
}

// mulFives makes x * 5^k.
func (x *natural) mulFives(k int) {
	for ; k >= 13; k -= 13 {
		x.mulAdd(fivePower13, 0)
	}
	m := uint32(1)
	for ; k > 0; k-- {
		m *= 5
	}
	x.mulAdd(m, 0)
}

func (x *natural) shiftLeft(s int) {
	if x.n == 0 || s == 0 {
		return
	}
	words, rest := s/32, uint(s%32)
	for i := x.n; i >= 0; i-- {
		v := uint64(0)
		if i < x.n {
			v = uint64(x.w[i]) << 32
		}
		if i > 0 {
			v |= uint64(x.w[i-1])
		}
		x.w[i+words] = uint32(v >> (32 - rest))
	}
	for i := 0; i < words; i++ {
		x.w[i] = 0
	}
	x.n += words + 1
	if x.w[x.n-1] == 0 {
		x.n--
	}
}

func (x *natural) bitLength() int {
	if x.n == 0 {
		return 0
	}
	return 32*(x.n-1) + bits.Len32(x.w[x.n-1])
}

// bit returns bit at.
func (x *natural) bit(at int) uint64 {
	if at < 0 || at/32 >= x.n {
		return 0
	}
	return uint64(x.w[at/32]>>uint(at%32)) & 1
}

// window returns the 64 bits from bit at upwards; bits below 0 are 0.
func (x *natural) window(at int) uint64 {
	word := func(j int) uint64 {
		if j < 0 || j >= x.n {
			return 0
		}
		return uint64(x.w[j])
	}
	j, s := at>>5, uint(at&31)
	low := word(j) | word(j+1)<<32
	if s == 0 {
		return low
	}
	return low>>s | word(j+2)<<(64-s)
}

// compare returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x *natural) compare(y *natural) int {
	if x.n != y.n {
		if x.n < y.n {
			return -1
		}
		return 1
	}
	for i := x.n - 1; i >= 0; i-- {
		if x.w[i] != y.w[i] {
			if x.w[i] < y.w[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// divide makes x / d and returns the rest.
func (x *natural) divide(d uint32) uint32 {
	rest := uint64(0)
	for i := x.n - 1; i >= 0; i-- {
		v := rest<<32 | uint64(x.w[i])
		x.w[i] = uint32(v / uint64(d))
		rest = v % uint64(d)
	}
	for x.n > 0 && x.w[x.n-1] == 0 {
		x.n--
	}
	return uint32(rest)
}
