package flate

import (
	"cmp"
	"math"
	"slices"
)

// code is a symbol's bits, the first of them the lowest.
type code struct{ bits, size uint16 }

// coder has the codes of a kind of symbols.
type coder struct {
	codes []code
	used  []leaf
}

type leaf struct {
	symbol uint16
	weight int32
}

func newCoder(n int) *coder { return &coder{codes: make([]code, n)} }

// fixedCoder has the codes for such lengths.
func fixedCoder(sizes []uint8, n int) *coder {
	c := newCoder(n)
	next := uint16(0)
	for size := 1; size < 16; size++ {
		next <<= 1
		for i, s := range sizes {
			if int(s) == size {
				if i < n {
					c.codes[i] = code{reversed(next, size), uint16(size)}
				}
				next++
			}
		}
	}
	return c
}

var (
	fixedLiterals = fixedCoder(fixedLengths(), literals)
	fixedBacks    = fixedCoder([]uint8{29: 5, 28: 5, 27: 5, 26: 5, 25: 5, 24: 5, 23: 5, 22: 5, 21: 5, 20: 5, 19: 5, 18: 5, 17: 5, 16: 5, 15: 5,
		14: 5, 13: 5, 12: 5, 11: 5, 10: 5, 9: 5, 8: 5, 7: 5, 6: 5, 5: 5, 4: 5, 3: 5, 2: 5, 1: 5, 0: 5}, distances)
	noBacks = withOne()
)

// withOne has one code, for texts in which nothing is repeated.
func withOne() *coder {
	c := newCoder(distances)
	c.make(append([]int32{1}, make([]int32, distances-1)...), 15)
	return c
}

// bits is how many all symbols take.
func (c *coder) bits(counts []int32) (n int) {
	for i, count := range counts {
		n += int(count) * int(c.codes[i].size)
	}
	return n
}

// make makes the best codes for symbols that occur so often, none longer than limit.
func (c *coder) make(counts []int32, limit int) {
	c.used = c.used[:0]
	for i, count := range counts {
		c.codes[i].size = 0
		if count != 0 {
			c.used = append(c.used, leaf{uint16(i), count})
		}
	}
	if len(c.used) <= 2 {
		for i, l := range c.used {
			c.codes[l.symbol] = code{uint16(i), 1}
		}
		return
	}
	slices.SortFunc(c.used, func(a, b leaf) int { return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.symbol, b.symbol)) })
	left, next := c.used, uint16(0)
	for size, count := range sizesOf(c.used, min(limit, len(c.used)-1)) {
		next <<= 1
		if count == 0 {
			continue
		}
		chunk := left[len(left)-count:]
		left = left[:len(left)-count]
		slices.SortFunc(chunk, func(a, b leaf) int { return cmp.Compare(a.symbol, b.symbol) })
		for _, l := range chunk {
			c.codes[l.symbol] = code{reversed(next, size), uint16(size)}
			next++
		}
	}
}

// sizesOf returns how many codes have each length, by the method of packages (Larmore and Hirschberg): at each level stand the leaves and the pairs of the
// level below, by weight; of the last level the first 2n-2 are taken, and with them all that their pairs are made of. A code is as long as the number of
// levels in which its leaf is taken.
func sizesOf(leaves []leaf, limit int) []int {
	n := len(leaves)
	isLeaf := make([][]bool, limit) // whether it is a leaf, of each in a level
	var below []int32
	for level := range limit {
		weights := make([]int32, 0, 2*n)
		kinds := make([]bool, 0, 2*n)
		pairs := len(below) / 2
		for l, p := 0, 0; len(weights) < 2*n-2 && (l < n || p < pairs); {
			pair := int32(math.MaxInt32)
			if p < pairs {
				pair = below[2*p] + below[2*p+1]
			}
			if leaf := l < n && leaves[l].weight < pair; leaf {
				weights, kinds = append(weights, leaves[l].weight), append(kinds, true)
				l++
			} else {
				weights, kinds = append(weights, pair), append(kinds, false)
				p++
			}
		}
		isLeaf[level], below = kinds, weights
	}
	counts := make([]int, limit+1)
	before := n
	for size, take := 0, 2*n-2; size < limit; size++ {
		taken := 0
		for _, leaf := range isLeaf[limit-1-size][:take] {
			if leaf {
				taken++
			}
		}
		counts[size] += before - taken
		before, take = taken, 2*(take-taken)
	}
	counts[limit] += before
	return counts
}
