// Package order holds the sorting algorithms that sort and slices share. pattern.go sorts, stable.go keeps the order of equal elements.
package order

import "math/bits"

// Pattern-defeating quicksort (Orson Peters): quicksort that notices sorted, reversed and repetitive input, and turns to heapsort
// where its pivots are bad. Which elements are compared and swapped, and when, is as in Go, since it decides where equal ones end up.
// Go: src/sort/zsortinterface.go.

const (
	insertionLimit = 12 // up to here insertion is best
	niceLength     = 50 // from here on three medians choose a pivot, and a nearly sorted piece is worth repairing
	repairs        = 5
)

// Sequence is what is sorted.
type Sequence interface {
	Less(i, j int) bool
	Swap(i, j int)
}

// Quick sorts the first n elements.
func Quick(s Sequence, n int) {
	if n > 1 {
		quick(s, 0, n, bits.Len(uint(n)))
	}
}

// What choosing a pivot tells of a piece.
const (
	unknown = iota
	rising
	falling
)

// quick sorts [a, b); bad counts down the pieces that were split badly.
func quick(s Sequence, a, b, bad int) {
	balanced, untouched := true, true
	for b-a > insertionLimit {
		if bad == 0 {
			heap(s, a, b)
			return
		}
		if !balanced {
			shuffle(s, a, b)
			bad--
		}
		pivot, looks := choose(s, a, b)
		if looks == falling {
			for i, j := a, b-1; i < j; i, j = i+1, j-1 {
				s.Swap(i, j)
			}
			pivot, looks = a+b-1-pivot, rising
		}
		if balanced && untouched && looks == rising && repair(s, a, b) {
			return
		}
		if a > 0 && !s.Less(a-1, pivot) { // all of the piece is at least the pivot: take off what equals it
			a = splitEqual(s, a, b, pivot)
			continue
		}
		var middle int
		middle, untouched = split(s, a, b, pivot)
		eighth, left, right := (b-a)/8, middle-a, b-middle
		balanced = min(left, right) >= eighth
		if left < right {
			quick(s, a, middle, bad)
			a = middle + 1
		} else {
			quick(s, middle+1, b, bad)
			b = middle
		}
	}
	insertion(s, a, b)
}

func insertion(s Sequence, a, b int) {
	for end := a + 1; end < b; end++ {
		sinkLeft(s, a, end)
	}
}

// sinkLeft swaps element i to the left while it is less than its neighbour.
func sinkLeft(s Sequence, first, i int) {
	for ; i > first && s.Less(i, i-1); i-- {
		s.Swap(i, i-1)
	}
}

func heap(s Sequence, a, b int) {
	n := b - a
	for root := (n - 1) / 2; root >= 0; root-- {
		sift(s, a, root, n)
	}
	for last := n - 1; last >= 0; last-- {
		s.Swap(a, a+last)
		sift(s, a, 0, last)
	}
}

// sift moves the root of a heap that begins at a down to where it belongs.
func sift(s Sequence, a, root, n int) {
	for child := 2*root + 1; child < n; child = 2*root + 1 {
		if child+1 < n && s.Less(a+child, a+child+1) {
			child++
		}
		if !s.Less(a+root, a+child) {
			return
		}
		s.Swap(a+root, a+child)
		root = child
	}
}

// split puts what is less than the pivot before it, the rest after it; untouched if that was so already.
func split(s Sequence, a, b, pivot int) (at int, untouched bool) {
	s.Swap(a, pivot)
	i, j := a+1, b-1
	for untouched = true; ; untouched = false {
		for i <= j && s.Less(i, a) {
			i++
		}
		for i <= j && !s.Less(j, a) {
			j--
		}
		if i > j {
			s.Swap(j, a)
			return j, untouched
		}
		s.Swap(i, j)
		i, j = i+1, j-1
	}
}

// splitEqual puts what equals the pivot first and returns where the greater ones begin; nothing is less.
func splitEqual(s Sequence, a, b, pivot int) int {
	s.Swap(a, pivot)
	i, j := a+1, b-1
	for {
		for i <= j && !s.Less(a, i) {
			i++
		}
		for i <= j && s.Less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		s.Swap(i, j)
		i, j = i+1, j-1
	}
}

// repair sorts a piece that has few elements out of place, and reports whether it did.
func repair(s Sequence, a, b int) bool {
	i := a + 1
	for range repairs {
		for i < b && !s.Less(i, i-1) {
			i++
		}
		if i == b {
			return true
		}
		if b-a < niceLength {
			return false
		}
		s.Swap(i, i-1)
		if i-a >= 2 {
			sinkLeft(s, 0, i-1)
		}
		if b-i >= 2 {
			for j := i + 1; j < b && s.Less(j, j-1); j++ {
				s.Swap(j, j-1)
			}
		}
	}
	return false
}

// shuffle swaps three elements of the middle with others, to break what made the last pivot bad. Chance comes from the length.
func shuffle(s Sequence, a, b int) {
	n := b - a
	if n < 8 {
		return
	}
	state, mask := uint64(n), uint(1)<<bits.Len(uint(n))-1
	middle := a + n/4*2
	for at := middle - 1; at <= middle+1; at++ {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		other := int(uint(state) & mask)
		if other >= n {
			other -= n
		}
		s.Swap(at, a+other)
	}
}

// choose picks a pivot: the median of three, in a long piece of three medians of neighbours.
func choose(s Sequence, a, b int) (pivot, looks int) {
	n := b - a
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	swaps := 0
	if n >= niceLength {
		i = median(s, i-1, i, i+1, &swaps)
		j = median(s, j-1, j, j+1, &swaps)
		k = median(s, k-1, k, k+1, &swaps)
	}
	if n >= 8 {
		j = median(s, i, j, k, &swaps)
	}
	switch swaps {
	case 0:
		return j, rising
	case 12: // every comparison
		return j, falling
	}
	return j, unknown
}

// median returns the index of the middle one of three elements and counts how often they were in the wrong order.
func median(s Sequence, a, b, c int, swaps *int) int {
	if s.Less(b, a) {
		*swaps++
		a, b = b, a
	}
	if s.Less(c, b) {
		*swaps++
		b, c = c, b
	}
	if s.Less(b, a) {
		*swaps++
		a, b = b, a
	}
	return b
}
