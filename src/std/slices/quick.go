package slices

import "math/bits"

// Sorting by a function, with the elements in hand: internal/order does the same, comparison for comparison, but calls Less and Swap through an interface,
// for which the sequence has to be on the heap.
//
// Go: src/slices/zsortanyfunc.go.

const (
	insertionLimit = 12 // up to here insertion is best
	niceLength     = 50 // from here on three medians choose a pivot, and a nearly sorted piece is worth repairing
	repairs        = 5
)

// What choosing a pivot tells of a piece.
const (
	unknown = iota
	rising
	falling
)

// sorter is a slice with an order.
type sorter[E any] struct {
	s   []E
	cmp func(a, b E) int
}

func (s *sorter[E]) less(i, j int) bool { return s.cmp(s.s[i], s.s[j]) < 0 }
func (s *sorter[E]) swap(i, j int)      { s.s[i], s.s[j] = s.s[j], s.s[i] }

func quickFunc[E any](x []E, cmp func(a, b E) int) {
	if n := len(x); n > 1 {
		s := &sorter[E]{x, cmp}
		s.quick(0, n, bits.Len(uint(n)))
	}
}

// quick sorts [a, b); bad counts down the pieces that were split badly.
func (s *sorter[E]) quick(a, b, bad int) {
	balanced, untouched := true, true
	for b-a > insertionLimit {
		if bad == 0 {
			s.heap(a, b)
			return
		}
		if !balanced {
			s.shuffle(a, b)
			bad--
		}
		pivot, looks := s.choose(a, b)
		if looks == falling {
			for i, j := a, b-1; i < j; i, j = i+1, j-1 {
				s.swap(i, j)
			}
			pivot, looks = a+b-1-pivot, rising
		}
		if balanced && untouched && looks == rising && s.repair(a, b) {
			return
		}
		if a > 0 && !s.less(a-1, pivot) { // all of the piece is at least the pivot: take off what equals it
			a = s.splitEqual(a, b, pivot)
			continue
		}
		var middle int
		middle, untouched = s.split(a, b, pivot)
		eighth, left, right := (b-a)/8, middle-a, b-middle
		balanced = min(left, right) >= eighth
		if left < right {
			s.quick(a, middle, bad)
			a = middle + 1
		} else {
			s.quick(middle+1, b, bad)
			b = middle
		}
	}
	s.insertion(a, b)
}

func (s *sorter[E]) insertion(a, b int) {
	for end := a + 1; end < b; end++ {
		s.sinkLeft(a, end)
	}
}

// sinkLeft swaps element i to the left while it is less than its neighbour.
func (s *sorter[E]) sinkLeft(first, i int) {
	for ; i > first && s.less(i, i-1); i-- {
		s.swap(i, i-1)
	}
}

func (s *sorter[E]) heap(a, b int) {
	n := b - a
	for root := (n - 1) / 2; root >= 0; root-- {
		s.sift(a, root, n)
	}
	for last := n - 1; last >= 0; last-- {
		s.swap(a, a+last)
		s.sift(a, 0, last)
	}
}

// sift moves the root of a heap that begins at a down to where it belongs.
func (s *sorter[E]) sift(a, root, n int) {
	for child := 2*root + 1; child < n; child = 2*root + 1 {
		if child+1 < n && s.less(a+child, a+child+1) {
			child++
		}
		if !s.less(a+root, a+child) {
			return
		}
		s.swap(a+root, a+child)
		root = child
	}
}

// split puts what is less than the pivot before it, the rest after it; untouched if that was so already.
func (s *sorter[E]) split(a, b, pivot int) (at int, untouched bool) {
	s.swap(a, pivot)
	i, j := a+1, b-1
	for untouched = true; ; untouched = false {
		for i <= j && s.less(i, a) {
			i++
		}
		for i <= j && !s.less(j, a) {
			j--
		}
		if i > j {
			s.swap(j, a)
			return j, untouched
		}
		s.swap(i, j)
		i, j = i+1, j-1
	}
}

// splitEqual puts what equals the pivot first and returns where the greater ones begin; nothing is less.
func (s *sorter[E]) splitEqual(a, b, pivot int) int {
	s.swap(a, pivot)
	i, j := a+1, b-1
	for {
		for i <= j && !s.less(a, i) {
			i++
		}
		for i <= j && s.less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		s.swap(i, j)
		i, j = i+1, j-1
	}
}

// repair sorts a piece that has few elements out of place, and reports whether it did.
func (s *sorter[E]) repair(a, b int) bool {
	i := a + 1
	for range repairs {
		for i < b && !s.less(i, i-1) {
			i++
		}
		if i == b {
			return true
		}
		if b-a < niceLength {
			return false
		}
		s.swap(i, i-1)
		if i-a >= 2 {
			s.sinkLeft(0, i-1)
		}
		if b-i >= 2 {
			for j := i + 1; j < b && s.less(j, j-1); j++ {
				s.swap(j, j-1)
			}
		}
	}
	return false
}

// shuffle swaps three elements of the middle with others, to break what made the last pivot bad. Chance comes from the length.
func (s *sorter[E]) shuffle(a, b int) {
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
		s.swap(at, a+other)
	}
}

// choose picks a pivot: the median of three, in a long piece of three medians of neighbours.
func (s *sorter[E]) choose(a, b int) (pivot, looks int) {
	n := b - a
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	swaps := 0
	if n >= niceLength {
		i = s.median(i-1, i, i+1, &swaps)
		j = s.median(j-1, j, j+1, &swaps)
		k = s.median(k-1, k, k+1, &swaps)
	}
	if n >= 8 {
		j = s.median(i, j, k, &swaps)
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
func (s *sorter[E]) median(a, b, c int, swaps *int) int {
	if s.less(b, a) {
		*swaps++
		a, b = b, a
	}
	if s.less(c, b) {
		*swaps++
		b, c = c, b
	}
	if s.less(b, a) {
		*swaps++
		a, b = b, a
	}
	return b
}
