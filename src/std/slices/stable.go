package slices

// Stable sorting by a function, with the elements in hand: internal/order does the same, comparison for comparison, but calls Less and Swap
// through an interface, which takes twice as long.
//
// Go: src/slices/zsortanyfunc.go.

// insertionBlock is the size of the pieces that are sorted by insertion.
const insertionBlock = 20

func stableFunc[E any](x []E, cmp func(a, b E) int) {
	n := len(x)
	for a := 0; a < n; a += insertionBlock {
		insertFunc(x[a:min(a+insertionBlock, n)], cmp)
	}
	for size := insertionBlock; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			mergeFunc(x[a:min(a+2*size, n)], size, cmp)
		}
	}
}

func insertFunc[E any](x []E, cmp func(a, b E) int) {
	for end := 1; end < len(x); end++ {
		for i := end; i > 0 && cmp(x[i], x[i-1]) < 0; i-- {
			x[i], x[i-1] = x[i-1], x[i]
		}
	}
}

// mergeFunc merges the sorted pieces x[:m] and x[m:], neither of them empty (SymMerge of Kim and Kutzner).
func mergeFunc[E any](x []E, m int, cmp func(a, b E) int) {
	n := len(x)
	switch {
	case m == 1:
		low, high := 1, n
		for low < high {
			if middle := int(uint(low+high) >> 1); cmp(x[middle], x[0]) < 0 {
				low = middle + 1
			} else {
				high = middle
			}
		}
		for i := 0; i+1 < low; i++ {
			x[i], x[i+1] = x[i+1], x[i]
		}
		return
	case n-m == 1:
		low, high := 0, m
		for low < high {
			if middle := int(uint(low+high) >> 1); cmp(x[m], x[middle]) < 0 {
				high = middle
			} else {
				low = middle + 1
			}
		}
		for i := m; i > low; i-- {
			x[i], x[i-1] = x[i-1], x[i]
		}
		return
	}
	middle := n / 2
	start, high := 0, m
	if m > middle {
		start, high = middle+m-n, middle
	}
	mirror := middle + m - 1
	for start < high {
		if at := int(uint(start+high) >> 1); cmp(x[mirror-at], x[at]) < 0 {
			high = at
		} else {
			start = at + 1
		}
	}
	end := middle + m - start
	if start < m && m < end {
		rotateFunc(x[start:end], m-start)
	}
	if 0 < start && start < middle {
		mergeFunc(x[:middle], start, cmp)
	}
	if middle < end && end < n {
		mergeFunc(x[middle:], end-middle, cmp)
	}
}

// rotateFunc exchanges x[:m] and x[m:], block by block.
func rotateFunc[E any](x []E, m int) {
	left, right := m, len(x)-m
	for left != right {
		if left > right {
			exchange(x[m-left:], x[m:], right)
			left -= right
		} else {
			exchange(x[m-left:], x[m+right-left:], left)
			right -= left
		}
	}
	exchange(x[m-left:], x[m:], left)
}

func exchange[E any](a, b []E, n int) {
	for i := 0; i < n; i++ {
		a[i], b[i] = b[i], a[i]
	}
}
