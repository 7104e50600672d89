// Package big computes with whole numbers and fractions of any size, and with floating-point numbers of any precision (float.go, floattext.go).
// Go keeps the original in math/big.
package big

import "math/bits"

// Word is one digit of a number.
type Word uint

// nat is a number that is not negative, the least digit first and no zero at the end.
type nat []Word

func natOf(x uint64) nat {
	if x == 0 {
		return nil
	}
	return nat{Word(x)}
}

func (a nat) trim() nat {
	for len(a) > 0 && a[len(a)-1] == 0 {
		a = a[:len(a)-1]
	}
	return a
}

// sized is z with n digits, whatever they are; new ones come with room for four more.
func (z nat) sized(n int) nat {
	switch {
	case n <= cap(z):
		return z[:n]
	case n == 1:
		return make(nat, 1)
	}
	return make(nat, n, n+4)
}

// apart is z, unless it shares its memory with one of the others.
func (z nat) apart(others ...nat) nat {
	for _, a := range others {
		if cap(z) > 0 && cap(a) > 0 && &z[:cap(z)][cap(z)-1] == &a[:cap(a)][cap(a)-1] {
			return nil
		}
	}
	return z
}

func (z nat) set(a nat) nat {
	z = z.sized(len(a))
	copy(z, a)
	return z
}

func (z nat) setWord(x uint64) nat {
	if x == 0 {
		return z[:0]
	}
	z = z.sized(1)
	z[0] = Word(x)
	return z
}

func (a nat) copied() nat { return append(make(nat, 0, len(a)), a...) }

func (a nat) compare(b nat) int {
	if len(a) != len(b) {
		if len(a) > len(b) {
			return 1
		}
		return -1
	}
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] != b[i] {
			if a[i] > b[i] {
				return 1
			}
			return -1
		}
	}
	return 0
}

func (a nat) plus(b nat) nat  { return nat(nil).add(a, b) }
func (a nat) minus(b nat) nat { return nat(nil).sub(a, b) }
func (a nat) times(b nat) nat { return nat(nil).mul(a, b) }

// add is a + b, in the memory of z. So are the others.
func (z nat) add(a, b nat) nat {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(b) == 0 {
		return z.set(a)
	}
	out := z.sized(len(a) + 1)
	carry := uint(0)
	for i := range a {
		other := uint(0)
		if i < len(b) {
			other = uint(b[i])
		}
		sum, over := bits.Add(uint(a[i]), other, carry)
		out[i], carry = Word(sum), over
	}
	out[len(a)] = Word(carry)
	return out.trim()
}

// sub takes the smaller b away from a.
func (z nat) sub(a, b nat) nat {
	if len(b) == 0 {
		return z.set(a)
	}
	out := z.sized(len(a))
	borrow := uint(0)
	for i := range a {
		other := uint(0)
		if i < len(b) {
			other = uint(b[i])
		}
		rest, under := bits.Sub(uint(a[i]), other, borrow)
		out[i], borrow = Word(rest), under
	}
	return out.trim()
}

func (z nat) mul(a, b nat) nat {
	if len(a) < len(b) {
		a, b = b, a
	}
	switch len(b) {
	case 0:
		return z[:0]
	case 1:
		by := uint(b[0])
		n := len(a)
		z = z.sized(n + 1)
		copy(z, a)
		z[n] = 0
		z[:n:n+1].timesPlus(by, 0)
		return z.trim()
	}
	out := z.apart(a, b).sized(len(a) + len(b))
	clear(out)
	for i, x := range a {
		carry := uint(0)
		row := out[i : i+len(b)+1]
		for j, y := range b {
			high, low := bits.Mul(uint(x), uint(y))
			sum, over := bits.Add(low, uint(row[j]), 0)
			high += over
			sum, over = bits.Add(sum, carry, 0)
			row[j], carry = Word(sum), high+over
		}
		row[len(b)] = Word(carry)
	}
	return out.trim()
}

// timesPlus multiplies by one digit and adds another, in place.
func (a nat) timesPlus(by, more uint) nat {
	for i := range a {
		high, low := bits.Mul(uint(a[i]), by)
		sum, over := bits.Add(low, more, 0)
		a[i], more = Word(sum), high+over
	}
	if more > 0 {
		a = append(a, Word(more))
	}
	return a
}

// divideSmall divides by one digit, in place.
func (a nat) divideSmall(by uint) (quotient nat, rest uint) {
	for i := len(a) - 1; i >= 0; i-- {
		var q uint
		q, rest = bits.Div(rest, uint(a[i]), by)
		a[i] = Word(q)
	}
	return a.trim(), rest
}

func (a nat) divide(by nat) (quotient, rest nat) { return nat(nil).div(nil, a, by) }

// div is the schoolbook division, one digit of the quotient after the other; the rest gets the memory of r.
func (z nat) div(r, a, by nat) (quotient, rest nat) {
	if len(by) == 0 {
		panic("division by zero")
	}
	if a.compare(by) < 0 {
		rest = r.set(a)
		return z[:0], rest
	}
	if len(by) == 1 {
		q, left := z.set(a).divideSmall(uint(by[0]))
		return q, r.setWord(uint64(left))
	}
	shift := uint(bits.LeadingZeros(uint(by[len(by)-1])))
	divisor := by.left(shift)
	rest = append(a.left(shift), 0)
	if len(rest) == len(a) {
		rest = append(rest, 0)
	}
	n := len(divisor)
	quotient = z.apart(a, by).sized(len(rest) - n)
	for at := len(quotient) - 1; at >= 0; at-- {
		digit := guess(rest[at:at+n+1], divisor)
		if takeAway(rest[at:at+n+1], divisor, digit) {
			digit--
			putBack(rest[at:at+n+1], divisor)
		}
		quotient[at] = Word(digit)
	}
	return quotient.trim(), rest.trim().right(shift)
}

// guess answers the next digit of a quotient, or one more.
func guess(rest, divisor nat) uint {
	n := len(divisor)
	top, second := uint(divisor[n-1]), uint(divisor[n-2])
	if uint(rest[n]) >= top {
		return ^uint(0)
	}
	digit, left := bits.Div(uint(rest[n]), uint(rest[n-1]), top)
	for {
		high, low := bits.Mul(digit, second)
		if high < left || high == left && low <= uint(rest[n-2]) {
			return digit
		}
		digit--
		if left += top; left < top {
			return digit
		}
	}
}

func takeAway(rest, divisor nat, digit uint) (below bool) {
	carry, borrow := uint(0), uint(0)
	for i, d := range divisor {
		high, low := bits.Mul(uint(d), digit)
		low, over := bits.Add(low, carry, 0)
		carry = high + over
		left, under := bits.Sub(uint(rest[i]), low, borrow)
		rest[i], borrow = Word(left), under
	}
	left, under := bits.Sub(uint(rest[len(divisor)]), carry, borrow)
	rest[len(divisor)] = Word(left)
	return under != 0
}

func putBack(rest, divisor nat) {
	carry := uint(0)
	for i, d := range divisor {
		sum, over := bits.Add(uint(rest[i]), uint(d), carry)
		rest[i], carry = Word(sum), over
	}
	rest[len(divisor)] += Word(carry)
}

func (a nat) left(n uint) nat {
	if len(a) == 0 {
		return nil
	}
	whole, part := int(n/bits.UintSize), n%bits.UintSize
	out := make(nat, len(a)+whole+1, len(a)+whole+3)
	for i, d := range a {
		out[i+whole] |= d << part
		out[i+whole+1] = d >> (bits.UintSize - part)
	}
	return out.trim()
}

func (a nat) right(n uint) nat {
	whole, part := n/bits.UintSize, n%bits.UintSize
	if whole >= uint(len(a)) {
		return nil
	}
	out := a[whole:].copied()
	for i := range out {
		out[i] >>= part
		if i+1 < len(out) {
			out[i] |= a[int(whole)+i+1] << (bits.UintSize - part)
		}
	}
	return out.trim()
}

func (a nat) bitLen() int {
	if len(a) == 0 {
		return 0
	}
	return len(a)*bits.UintSize - bits.LeadingZeros(uint(a[len(a)-1]))
}

func (a nat) bit(i uint) uint {
	if word := i / bits.UintSize; word < uint(len(a)) {
		return uint(a[word]>>(i%bits.UintSize)) & 1
	}
	return 0
}

// power answers a to the power b, modulo m if m is not empty.
func (a nat) power(b, m nat) nat {
	out := natOf(1)
	for i := b.bitLen() - 1; i >= 0; i-- {
		out = out.times(out)
		if b.bit(uint(i)) != 0 {
			out = out.times(a)
		}
		if len(m) > 0 {
			_, out = out.divide(m)
		}
	}
	if len(m) > 0 {
		_, out = out.divide(m)
	}
	return out
}

// root answers the whole part of the square root.
func (a nat) root() nat {
	if len(a) == 0 {
		return nil
	}
	guess := natOf(1).left(uint(a.bitLen()+1) / 2)
	for {
		q, _ := a.divide(guess)
		better := guess.plus(q).right(1)
		if better.compare(guess) >= 0 {
			return guess
		}
		guess = better
	}
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// text writes the number in a base.
func (a nat) text(base int) []byte {
	if len(a) == 0 {
		return []byte("0")
	}
	chunk, size := uint(base), 1 // the greatest power of the base in a digit
	for high, low := bits.Mul(chunk, uint(base)); high == 0; high, low = bits.Mul(chunk, uint(base)) {
		chunk = low
		size++
	}
	rest := a.copied()
	out := make([]byte, 0, a.bitLen()/2+1)
	for len(rest) > 0 {
		var part uint
		rest, part = rest.divideSmall(chunk)
		for i := 0; i < size && (part > 0 || len(rest) > 0); i++ {
			out = append(out, digits[part%uint(base)])
			part /= uint(base)
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
