package strconv

import "math/bits"

// mostDigits is the number of digits that a float64 can have in full (767), and some.
const mostDigits = 800

// exact writes all digits of mant * 2^exp into buf; a float64 is a finite decimal number, and this is it.
func exact(buf *[mostDigits]byte, mant uint64, exp int) digits {
	if mant == 0 {
		return digits{buf[:0], 0}
	}
	zeros := bits.TrailingZeros64(mant)
	mant >>= uint(zeros)
	exp += zeros
	var x natural
	x.set(mant)
	if exp >= 0 {
		x.shiftLeft(exp)
	} else {
		x.mulFives(-exp)
	}
	at := len(buf)
	for x.n > 0 {
		group := x.divide(1e9)
		for i := 0; i < 9; i++ {
			at--
			buf[at] = '0' + byte(group%10)
			group /= 10
		}
	}
	for buf[at] == '0' {
		at++
	}
	all := buf[at:]
	point := len(all)
	if exp < 0 {
		point += exp
	}
	for all[len(all)-1] == '0' {
		all = all[:len(all)-1]
	}
	return digits{all, point}
}

// rounded keeps count digits; what is exactly between goes to the even neighbour. (A method on a pointer would send the digits to the
// heap: what is stored behind a pointer is taken to live there.)
func (d digits) rounded(count int) digits {
	if count < 0 {
		return digits{d.d[:0], 0}
	}
	if count >= len(d.d) {
		return d
	}
	next := d.d[count]
	up := next > '5' || next == '5' && (count+1 < len(d.d) || count > 0 && d.d[count-1]&1 == 1)
	d.d = d.d[:count]
	if !up {
		for count > 0 && d.d[count-1] == '0' {
			count--
		}
		d.d = d.d[:count]
		if count == 0 {
			d.point = 0
		}
		return d
	}
	for count > 0 && d.d[count-1] == '9' {
		count--
	}
	d.d = d.d[:count]
	if count > 0 {
		d.d[count-1]++
		return d
	}
	return digits{append(d.d, '1'), d.point + 1}
}
