// Whole numbers as endless rows of bits, the negative ones in two's complement. Go keeps the original in math/big/int.go.
package big

import "math/bits"

// Lsh is x << n.
func (z *Int) Lsh(x *Int, n uint) *Int { return z.become(x.neg, x.abs.left(n)) }

// Rsh is x >> n.
func (z *Int) Rsh(x *Int, n uint) *Int {
	if x.neg {
		one := natOf(1)
		return z.become(true, x.abs.minus(one).right(n).plus(one))
	}
	return z.become(false, x.abs.right(n))
}

// row answers the n lowest words of x in two's complement.
func (x *Int) row(n int) nat {
	out := make(nat, n)
	copy(out, x.abs)
	if x.neg {
		turn(out)
	}
	return out
}

// turn negates in two's complement.
func turn(words nat) {
	carry := uint(1)
	for i := range words {
		sum, over := bits.Add(^uint(words[i]), 0, carry)
		words[i], carry = Word(sum), over
	}
}

// bitwise puts two rows together word by word.
func (z *Int) bitwise(x, y *Int, of func(a, b Word) Word) *Int {
	n := max(len(x.abs), len(y.abs)) + 1
	out, other := x.row(n), y.row(n)
	for i := range out {
		out[i] = of(out[i], other[i])
	}
	negative := out[n-1]>>(bits.UintSize-1) != 0
	if negative {
		turn(out)
	}
	return z.become(negative, out.trim())
}

// And is x & y.
func (z *Int) And(x, y *Int) *Int { return z.bitwise(x, y, func(a, b Word) Word { return a & b }) }

// AndNot is x &^ y.
func (z *Int) AndNot(x, y *Int) *Int { return z.bitwise(x, y, func(a, b Word) Word { return a &^ b }) }

// Or is x | y.
func (z *Int) Or(x, y *Int) *Int { return z.bitwise(x, y, func(a, b Word) Word { return a | b }) }

// Xor is x ^ y.
func (z *Int) Xor(x, y *Int) *Int { return z.bitwise(x, y, func(a, b Word) Word { return a ^ b }) }

// Not is ^x.
func (z *Int) Not(x *Int) *Int { return z.sum(new(Int).Neg(x), true, natOf(1)) }

// Bit answers bit i.
func (x *Int) Bit(i int) uint {
	if i < 0 {
		panic("negative bit index")
	}
	if x.neg {
		return x.abs.minus(natOf(1)).bit(uint(i)) ^ 1
	}
	return x.abs.bit(uint(i))
}

// SetBit is x with bit i as given.
func (z *Int) SetBit(x *Int, i int, b uint) *Int {
	if i < 0 {
		panic("negative bit index")
	}
	mask := new(Int).Lsh(NewInt(1), uint(i))
	switch b {
	case 0:
		return z.AndNot(x, mask)
	case 1:
		return z.Or(x, mask)
	}
	panic("set bit is not 0 or 1")
}

// Bytes answers |x|, the greatest byte first.
func (x *Int) Bytes() []byte { return x.FillBytes(make([]byte, (x.abs.bitLen()+7)/8)) }

// FillBytes fills buf with |x|, the greatest byte first.
func (x *Int) FillBytes(buf []byte) []byte {
	if (x.abs.bitLen()+7)/8 > len(buf) {
		panic("math/big: buffer too small to fit value")
	}
	for i := range buf {
		at := uint(len(buf)-1-i) * 8
		buf[i] = 0
		if word := at / bits.UintSize; word < uint(len(x.abs)) {
			buf[i] = byte(x.abs[word] >> (at % bits.UintSize))
		}
	}
	return buf
}

// SetBytes makes z of bytes, the greatest first.
func (z *Int) SetBytes(buf []byte) *Int {
	out := make(nat, (len(buf)+7)/8)
	for i, one := range buf {
		at := uint(len(buf)-1-i) * 8
		out[at/bits.UintSize] |= Word(one) << (at % bits.UintSize)
	}
	return z.become(false, out.trim())
}
