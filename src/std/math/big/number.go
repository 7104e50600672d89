// Squares modulo a prime, random numbers, and what is near to a float. Go keeps the original in math/big/int.go.
package big

import (
	"errors"
	"fmt"
	"io"
	"math/rand"
)

// Jacobi answers the Jacobi symbol (x/y), +1, -1 or 0; y must be odd.
func Jacobi(x, y *Int) int {
	if y.Bit(0) == 0 {
		panic(fmt.Sprintf("big: invalid 2nd argument to Int.Jacobi: need odd integer but got %s", y.String()))
	}
	symbol := 1
	if x.Sign() < 0 && y.Sign() < 0 {
		symbol = -1
	}
	below := new(Int).Abs(y)
	above := new(Int).Mod(x, below)
	for above.Sign() != 0 {
		// Each factor of two changes the sign where below is 3 or 5 modulo 8.
		twos := above.TrailingZeroBits()
		above.Rsh(above, twos)
		if last := low(below, 7); twos%2 == 1 && (last == 3 || last == 5) {
			symbol = -symbol
		}
		if low(above, 3) == 3 && low(below, 3) == 3 {
			symbol = -symbol
		}
		above, below = below, above
		above.Mod(above, below)
	}
	if below.Cmp(NewInt(1)) != 0 {
		return 0
	}
	return symbol
}

// low answers the lowest bits of |x|.
func low(x *Int, mask Word) Word {
	if len(x.abs) == 0 {
		return 0
	}
	return x.abs[0] & mask
}

// ModSqrt sets z to a square root of x modulo the odd prime p; nil if there is none.
func (z *Int) ModSqrt(x, p *Int) *Int {
	switch Jacobi(x, p) {
	case -1:
		return nil
	case 0:
		return z.SetInt64(0)
	}
	x = new(Int).Mod(x, p)
	if low(p, 7) == 5 {
		return z.atkin(x, p)
	}
	return z.shanks(x, p)
}

// atkin finds the root for p = 8k + 5: with a = (2x)^k it is xa(2xa² - 1).
func (z *Int) atkin(x, p *Int) *Int {
	double := new(Int).Lsh(x, 1)
	a := new(Int).Exp(double, new(Int).Rsh(p, 3), p)
	i := new(Int).Mul(a, a)
	i.Mul(i, double).Sub(i, NewInt(1)).Mod(i, p)
	i.Mul(i, x).Mod(i, p)
	return z.Set(i.Mul(i, a).Mod(i, p))
}

// shanks finds the root by the algorithm of Tonelli and Shanks, with the least non-square.
func (z *Int) shanks(x, p *Int) *Int {
	one := NewInt(1)
	odd := new(Int).Sub(p, one)
	twos := odd.TrailingZeroBits()
	odd.Rsh(odd, twos)
	root := new(Int).Add(odd, one)
	root.Exp(x, root.Rsh(root, 1), p)
	rest := new(Int).Exp(x, odd, p)
	var step *Int
	for rest.Cmp(one) != 0 {
		if step == nil {
			step = NewInt(2)
			for Jacobi(step, p) != -1 {
				step.Add(step, one)
			}
			step.Exp(step, odd, p)
		}
		// The order of rest is a power of two, the order-th.
		order := uint(0)
		for power := new(Int).Set(rest); power.Cmp(one) != 0; order++ {
			power.Mul(power, power).Mod(power, p)
		}
		for range twos - order - 1 {
			step.Mul(step, step).Mod(step, p)
		}
		root.Mul(root, step).Mod(root, p)
		step.Mul(step, step).Mod(step, p)
		rest.Mul(rest, step).Mod(rest, p)
		twos = order
	}
	return z.Set(root)
}

// Rand sets z to a random number below n, 0 where there is none.
func (z *Int) Rand(rnd *rand.Rand, n *Int) *Int {
	if n.Sign() <= 0 {
		return z.SetInt64(0)
	}
	words := make([]Word, len(n.abs))
	top := uint((n.BitLen()-1)%64 + 1)
	for {
		for i := range words {
			lower := rnd.Uint32()
			words[i] = Word(lower) | Word(rnd.Uint32())<<32
		}
		words[len(words)-1] &= 1<<top - 1
		found := new(Int).SetBits(append([]Word(nil), words...))
		if found.Cmp(n) < 0 {
			return z.Set(found)
		}
	}
}

// Float64 answers the float that is nearest to x, and on which side it is.
func (x *Int) Float64() (float64, Accuracy) { return new(Float).SetInt(x).Float64() }

// Scan reads a number for fmt.
func (z *Int) Scan(s fmt.ScanState, ch rune) error {
	s.SkipSpace()
	base := 0
	switch ch {
	case 'b':
		base = 2
	case 'o':
		base = 8
	case 'd':
		base = 10
	case 'x', 'X':
		base = 16
	case 's', 'v':
	default:
		return errors.New("Int.Scan: invalid verb")
	}
	text, err := scanned(s, base)
	if err != nil {
		return err
	}
	if _, ok := z.SetString(text, base); !ok {
		return errors.New("number has no digits")
	}
	return nil
}

// scanned takes what may be a number of this base, 0 for one with a prefix.
func scanned(s fmt.ScanState, base int) (text string, err error) {
	own := base
	for {
		c, _, err := s.ReadRune()
		if err == io.EOF {
			return text, nil
		}
		if err != nil {
			return "", err
		}
		body := text
		if body != "" && (body[0] == '-' || body[0] == '+') {
			body = body[1:]
		}
		fits := false
		switch {
		case c == '-' || c == '+':
			fits = text == ""
		case base == 0 && body == "0" && (c|0x20 == 'b' || c|0x20 == 'o' || c|0x20 == 'x'):
			own = map[rune]int{'b': 2, 'o': 8, 'x': 16}[c|0x20]
			fits = true
		case base == 0 && c == '_':
			fits = body != ""
		case c >= '0' && c <= '9':
			limit := own
			if limit == 0 {
				limit = 10
				if body != "" && body[0] == '0' {
					limit = 8
				}
			}
			fits = int(c-'0') < limit
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			fits = own == 16
		}
		if !fits {
			return text, s.UnreadRune()
		}
		text += string(c)
	}
}
