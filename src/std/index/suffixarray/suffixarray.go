// Package suffixarray finds texts in a text by the order of its suffixes.
package suffixarray

import (
	"bytes"
	"slices"
	"sort"
)

// Index is a text and the order of its suffixes.
type Index struct {
	data []byte
	sa   order
}

// order has places in one of two widths; ours always the first.
type order struct {
	short []int32
	long  []int64
}

// New makes an Index. Suffixes are sorted by their first bytes, then by twice as many as long as some are equal.
func New(data []byte) *Index {
	n := len(data)
	places, rank, next := make([]int32, n), make([]int, n), make([]int, n)
	for i, b := range data {
		places[i], rank[i] = int32(i), int(b)+1
	}
	for known := 1; n > 0; known *= 2 {
		second := func(i int32) int {
			if at := int(i) + known; at < n {
				return rank[at]
			}
			return 0
		}
		compare := func(i, j int32) int {
			if rank[i] != rank[j] {
				return rank[i] - rank[j]
			}
			return second(i) - second(j)
		}
		slices.SortFunc(places, compare)
		next[places[0]] = 1
		for k := 1; k < n; k++ {
			next[places[k]] = next[places[k-1]]
			if compare(places[k-1], places[k]) != 0 {
				next[places[k]]++
			}
		}
		rank, next = next, rank
		if rank[places[n-1]] == n {
			break
		}
	}
	return &Index{data, order{short: places}}
}

// Bytes is the text.
func (x *Index) Bytes() []byte { return x.data }

// Lookup answers at most n places where s stands, in the order of what follows; all for n < 0.
func (x *Index) Lookup(s []byte, n int) (result []int) {
	if len(s) == 0 || n == 0 {
		return nil
	}
	all := x.sa.short
	from := sort.Search(len(all), func(i int) bool { return bytes.Compare(x.data[all[i]:], s) >= 0 })
	for _, place := range all[from:] {
		if len(result) == n || !bytes.HasPrefix(x.data[place:], s) {
			break
		}
		result = append(result, int(place))
	}
	return result
}
