// Package bits counts and moves bits and calculates with carry. Go: src/math/bits (there most of it is instructions).
package bits

// UintSize is the number of bits of a uint.
const UintSize = 64

// LeadingZeros returns the number of zeros before the first one.
func LeadingZeros(x uint) int { return 64 - Len64(uint64(x)) }

// LeadingZeros8 is LeadingZeros of 8 bits.
func LeadingZeros8(x uint8) int { return 8 - Len64(uint64(x)) }

// LeadingZeros16 is LeadingZeros of 16 bits.
func LeadingZeros16(x uint16) int { return 16 - Len64(uint64(x)) }

// LeadingZeros32 is LeadingZeros of 32 bits.
func LeadingZeros32(x uint32) int { return 32 - Len64(uint64(x)) }

// LeadingZeros64 is LeadingZeros of 64 bits.
func LeadingZeros64(x uint64) int { return 64 - Len64(x) }

// Len returns the number of bits that x needs.
func Len(x uint) int { return Len64(uint64(x)) }

// Len8 is Len of 8 bits.
func Len8(x uint8) int { return Len64(uint64(x)) }

// Len16 is Len of 16 bits.
func Len16(x uint16) (n int) { return Len64(uint64(x)) }

// Len32 is Len of 32 bits.
func Len32(x uint32) (n int) { return Len64(uint64(x)) }

// Len64 is Len of 64 bits.
func Len64(x uint64) (n int) {
	for shift := uint(32); shift > 0; shift >>= 1 {
		if y := x >> shift; y != 0 {
			x = y
			n += int(shift)
		}
	}
	return n + int(x)
}

// TrailingZeros returns the number of zeros after the last one.
func TrailingZeros(x uint) int { return TrailingZeros64(uint64(x)) }

// TrailingZeros8 is TrailingZeros of 8 bits.
func TrailingZeros8(x uint8) int { return TrailingZeros64(uint64(x) | 1<<8) }

// TrailingZeros16 is TrailingZeros of 16 bits.
func TrailingZeros16(x uint16) int { return TrailingZeros64(uint64(x) | 1<<16) }

// TrailingZeros32 is TrailingZeros of 32 bits.
func TrailingZeros32(x uint32) int { return TrailingZeros64(uint64(x) | 1<<32) }

// TrailingZeros64 is TrailingZeros of 64 bits.
func TrailingZeros64(x uint64) int {
	if x == 0 {
		return 64
	}
	return OnesCount64(x&-x - 1)
}

// OnesCount returns the number of ones.
func OnesCount(x uint) int { return OnesCount64(uint64(x)) }

// OnesCount8 is OnesCount of 8 bits.
func OnesCount8(x uint8) int { return OnesCount64(uint64(x)) }

// OnesCount16 is OnesCount of 16 bits.
func OnesCount16(x uint16) int { return OnesCount64(uint64(x)) }

// OnesCount32 is OnesCount of 32 bits.
func OnesCount32(x uint32) int { return OnesCount64(uint64(x)) }

const (
	everySecond = 0x5555555555555555
	pairs       = 0x3333333333333333
	halves      = 0x0F0F0F0F0F0F0F0F
	bytes       = 0x0101010101010101
	byteSwap    = 0x00FF00FF00FF00FF
	shortSwap   = 0x0000FFFF0000FFFF
)

// OnesCount64 is OnesCount of 64 bits: sums of neighbours, doubled in width each time.
func OnesCount64(x uint64) int {
	x -= x >> 1 & everySecond
	x = x&pairs + x>>2&pairs
	x = (x + x>>4) & halves
	return int(x * bytes >> 56)
}

// RotateLeft rotates left by k, right if k is negative.
func RotateLeft(x uint, k int) uint { return uint(RotateLeft64(uint64(x), k)) }

// RotateLeft8 is RotateLeft of 8 bits.
func RotateLeft8(x uint8, k int) uint8 { return x<<(uint(k)&7) | x>>(8-uint(k)&7) }

// RotateLeft16 is RotateLeft of 16 bits.
func RotateLeft16(x uint16, k int) uint16 { return x<<(uint(k)&15) | x>>(16-uint(k)&15) }

// RotateLeft32 is RotateLeft of 32 bits.
func RotateLeft32(x uint32, k int) uint32 { return x<<(uint(k)&31) | x>>(32-uint(k)&31) }

// RotateLeft64 is RotateLeft of 64 bits.
func RotateLeft64(x uint64, k int) uint64 { return x<<(uint(k)&63) | x>>(64-uint(k)&63) }

// Reverse turns the order of the bits round.
func Reverse(x uint) uint { return uint(Reverse64(uint64(x))) }

// Reverse8 is Reverse of 8 bits.
func Reverse8(x uint8) uint8 { return uint8(Reverse64(uint64(x)) >> 56) }

// Reverse16 is Reverse of 16 bits.
func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }

// Reverse32 is Reverse of 32 bits.
func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

// Reverse64 is Reverse of 64 bits.
func Reverse64(x uint64) uint64 {
	x = x>>1&everySecond | x&everySecond<<1
	x = x>>2&pairs | x&pairs<<2
	x = x>>4&halves | x&halves<<4
	return ReverseBytes64(x)
}

// ReverseBytes turns the order of the bytes round.
func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x))) }

// ReverseBytes16 is ReverseBytes of 16 bits.
func ReverseBytes16(x uint16) uint16 { return x>>8 | x<<8 }

// ReverseBytes32 is ReverseBytes of 32 bits.
func ReverseBytes32(x uint32) uint32 { return uint32(ReverseBytes64(uint64(x)) >> 32) }

// ReverseBytes64 is ReverseBytes of 64 bits.
func ReverseBytes64(x uint64) uint64 {
	x = x>>8&byteSwap | x&byteSwap<<8
	x = x>>16&shortSwap | x&shortSwap<<16
	return x>>32 | x<<32
}

// Add returns x + y + carry, and the carry out.
func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

// Add32 is Add of 32 bits.
func Add32(x, y, carry uint32) (sum, carryOut uint32) {
	s := uint64(x) + uint64(y) + uint64(carry)
	return uint32(s), uint32(s >> 32)
}

// Add64 is Add of 64 bits.
func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	return sum, (x&y | (x|y)&^sum) >> 63
}

// Sub returns x - y - borrow, and the borrow out.
func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

// Sub32 is Sub of 32 bits.
func Sub32(x, y, borrow uint32) (diff, borrowOut uint32) {
	d := uint64(x) - uint64(y) - uint64(borrow)
	return uint32(d), uint32(d >> 63)
}

// Sub64 is Sub of 64 bits.
func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	return diff, (^x&y | ^(x^y)&diff) >> 63
}

// Mul returns the whole product.
func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

// Mul32 is Mul of 32 bits.
func Mul32(x, y uint32) (hi, lo uint32) {
	p := uint64(x) * uint64(y)
	return uint32(p >> 32), uint32(p)
}

// Mul64 is Mul of 64 bits, by halves.
func Mul64(x, y uint64) (hi, lo uint64) {
	const low = 1<<32 - 1
	a, b, c, d := x>>32, x&low, y>>32, y&low
	bd := b * d
	middle := a*d + bd>>32
	other := b*c + middle&low
	return a*c + middle>>32 + other>>32, other<<32 | bd&low
}

// Div returns quotient and remainder of hi:lo by y, which must be greater than hi.
func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}

// Div32 is Div of 32 bits.
func Div32(hi, lo, y uint32) (quo, rem uint32) {
	check(uint64(hi), uint64(y))
	z := uint64(hi)<<32 | uint64(lo)
	return uint32(z / uint64(y)), uint32(z % uint64(y))
}

// Div64 is Div of 64 bits: long division with digits of 32 bits.
func Div64(hi, lo, y uint64) (quo, rem uint64) {
	check(hi, y)
	shift := uint(LeadingZeros64(y))
	y <<= shift
	top := hi<<shift | lo>>(64-shift)
	rest := lo << shift
	first, top := digit(top, rest>>32, y)
	second, top := digit(top, rest&(1<<32-1), y)
	return first<<32 | second, top >> shift
}

// digit divides top:next (next has 32 bits) by a normalized y.
func digit(top, next, y uint64) (q, rem uint64) {
	yh, yl := y>>32, y&(1<<32-1)
	q = top / yh
	r := top - q*yh
	for q >= 1<<32 || q*yl > r<<32|next {
		q--
		if r += yh; r >= 1<<32 {
			break
		}
	}
	return q, top<<32 + next - q*y
}

func check(hi, y uint64) {
	if y == 0 {
		panic(divideError)
	}
	if y <= hi {
		panic(overflowError)
	}
}

// Rem returns the remainder of hi:lo by y; the quotient may overflow.
func Rem(hi, lo, y uint) uint { return uint(Rem64(uint64(hi), uint64(lo), uint64(y))) }

// Rem32 is Rem of 32 bits.
func Rem32(hi, lo, y uint32) uint32 { return uint32((uint64(hi)<<32 | uint64(lo)) % uint64(y)) }

// Rem64 is Rem of 64 bits.
func Rem64(hi, lo, y uint64) uint64 {
	_, rem := Div64(hi%y, lo, y)
	return rem
}

// failure is a runtime error.
type failure string

func (e failure) RuntimeError() {}
func (e failure) Error() string { return "runtime error: " + string(e) }

var (
	divideError   error = failure("integer divide by zero")
	overflowError error = failure("integer overflow")
)
