package sort

import "math/bits"

// Sorting slices by a function: the algorithms of internal/order, comparison for comparison and swap for swap, with calls of the function itself. Through
// an interface a comparison is two calls that cannot be told beforehand, and most of a sort is comparisons.
//
// Go: src/sort/zsortfunc.go.

const (
	insertionLimit = 12 // as in internal/order
	niceLength     = 50
	repairs        = 5
)

// What choosing a pivot tells of a piece.
const (
	unknown = iota
	rising
	falling
)

// quickSlice sorts [a, b); bad counts down the pieces that were split badly.
func quickSlice(s *sliceOrder, a, b, bad int) {
	balanced, untouched := true, true
	for b-a > insertionLimit {
		if bad == 0 {
			heapSlice(s, a, b)
			return
		}
		if !balanced {
			shuffleSlice(s, a, b)
			bad--
		}
		pivot, looks := chooseSlice(s, a, b)
		if looks == falling {
			for i, j := a, b-1; i < j; i, j = i+1, j-1 {
				s.Swap(i, j)
			}
			pivot, looks = a+b-1-pivot, rising
		}
		if balanced && untouched && looks == rising && repairSlice(s, a, b) {
			return
		}
		if a > 0 && !s.less(a-1, pivot) { // all of the piece is at least the pivot: take off what equals it
			a = splitEqualSlice(s, a, b, pivot)
			continue
		}
		var middle int
		middle, untouched = splitSlice(s, a, b, pivot)
		eighth, left, right := (b-a)/8, middle-a, b-middle
		balanced = min(left, right) >= eighth
		if left < right {
			quickSlice(s, a, middle, bad)
			a = middle + 1
		} else {
			quickSlice(s, middle+1, b, bad)
			b = middle
		}
	}
	insertionSlice(s, a, b)
}

func insertionSlice(s *sliceOrder, a, b int) {
	for end := a + 1; end < b; end++ {
		sinkLeftSlice(s, a, end)
	}
}

// sinkLeftSlice swaps element i to the left while it is less than its neighbour.
func sinkLeftSlice(s *sliceOrder, first, i int) {
	for ; i > first && s.less(i, i-1); i-- {
		s.Swap(i, i-1)
	}
}

func heapSlice(s *sliceOrder, a, b int) {
	n := b - a
	for root := (n - 1) / 2; root >= 0; root-- {
		siftSlice(s, a, root, n)
	}
	for last := n - 1; last >= 0; last-- {
		s.Swap(a, a+last)
		siftSlice(s, a, 0, last)
	}
}

// siftSlice moves the root of a heap that begins at a down to where it belongs.
func siftSlice(s *sliceOrder, a, root, n int) {
	for child := 2*root + 1; child < n; child = 2*root + 1 {
		if child+1 < n && s.less(a+child, a+child+1) {
			child++
		}
		if !s.less(a+root, a+child) {
			return
		}
		s.Swap(a+root, a+child)
		root = child
	}
}

// splitSlice puts what is less than the pivot before it, the rest after it; untouched if that was so already.
func splitSlice(s *sliceOrder, a, b, pivot int) (at int, untouched bool) {
	s.Swap(a, pivot)
	i, j := a+1, b-1
	for untouched = true; ; untouched = false {
		for i <= j && s.less(i, a) {
			i++
		}
		for i <= j && !s.less(j, a) {
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

// splitEqualSlice puts what equals the pivot first and returns where the greater ones begin; nothing is less.
func splitEqualSlice(s *sliceOrder, a, b, pivot int) int {
	s.Swap(a, pivot)
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
		s.Swap(i, j)
		i, j = i+1, j-1
	}
}

// repairSlice sorts a piece that has few elements out of place, and reports whether it did.
func repairSlice(s *sliceOrder, a, b int) bool {
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
		s.Swap(i, i-1)
		if i-a >= 2 {
			sinkLeftSlice(s, 0, i-1)
		}
		if b-i >= 2 {
			for j := i + 1; j < b && s.less(j, j-1); j++ {
				s.Swap(j, j-1)
			}
		}
	}
	return false
}

// shuffleSlice swaps three elements of the middle with others, to break what made the last pivot bad. Chance comes from the length.
func shuffleSlice(s *sliceOrder, a, b int) {
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

// chooseSlice picks a pivot: the median of three, in a long piece of three medians of neighbours.
func chooseSlice(s *sliceOrder, a, b int) (pivot, looks int) {
	n := b - a
	i, j, k := a+n/4, a+n/4*2, a+n/4*3
	swaps := 0
	if n >= niceLength {
		i = medianSlice(s, i-1, i, i+1, &swaps)
		j = medianSlice(s, j-1, j, j+1, &swaps)
		k = medianSlice(s, k-1, k, k+1, &swaps)
	}
	if n >= 8 {
		j = medianSlice(s, i, j, k, &swaps)
	}
	switch swaps {
	case 0:
		return j, rising
	case 12: // every comparison
		return j, falling
	}
	return j, unknown
}

// medianSlice returns the index of the middle one of three elements and counts how often they were in the wrong order.
func medianSlice(s *sliceOrder, a, b, c int, swaps *int) int {
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

// stableSlice sorts the first n elements: blocks by insertion and merges them in place (SymMerge of Kim and Kutzner).
func stableSlice(s *sliceOrder, n int) {
	size := 20
	for a := 0; a < n; a += size {
		insertionSlice(s, a, min(a+size, n))
	}
	for ; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			mergeSlice(s, a, a+size, min(a+2*size, n))
		}
	}
}

// mergeSlice merges the sorted pieces [a, m) and [m, b), neither of them empty.
func mergeSlice(s *sliceOrder, a, m, b int) {
	switch {
	case m-a == 1:
		at := searchSlice(b-m, func(i int) bool { return !s.less(m+i, a) }) + m
		for i := a; i+1 < at; i++ {
			s.Swap(i, i+1)
		}
		return
	case b-m == 1:
		at := searchSlice(m-a, func(i int) bool { return s.less(m, a+i) }) + a
		for i := m; i > at; i-- {
			s.Swap(i, i-1)
		}
		return
	}
	middle := int(uint(a+b) >> 1)
	low, high := a, m
	if m > middle {
		low, high = middle+m-b, middle
	}
	mirror := middle + m - 1
	start := low + searchSlice(high-low, func(i int) bool { return s.less(mirror-low-i, low+i) })
	end := middle + m - start
	if start < m && m < end {
		rotateSlice(s, start, m, end)
	}
	if a < start && start < middle {
		mergeSlice(s, a, start, middle)
	}
	if middle < end && end < b {
		mergeSlice(s, middle, end, b)
	}
}

// rotateSlice exchanges the pieces [a, m) and [m, b), block by block.
func rotateSlice(s *sliceOrder, a, m, b int) {
	left, right := m-a, b-m
	for left != right {
		if left > right {
			exchangeSlice(s, m-left, m, right)
			left -= right
		} else {
			exchangeSlice(s, m-left, m+right-left, left)
			right -= left
		}
	}
	exchangeSlice(s, m-left, m, left)
}

func exchangeSlice(s *sliceOrder, a, b, n int) {
	for ; n > 0; n-- {
		s.Swap(a, b)
		a, b = a+1, b+1
	}
}

// searchSlice returns the least i in [0, n) for which f is true, n if there is none.
func searchSlice(n int, f func(int) bool) int {
	low, high := 0, n
	for low < high {
		if middle := int(uint(low+high) >> 1); f(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}
