package order

// Stable sorts the first n elements: blocks by insertion and merges them in place (SymMerge of Kim and Kutzner).
func Stable(s Sequence, n int) {
	size := 20
	for a := 0; a < n; a += size {
		insertion(s, a, min(a+size, n))
	}
	for ; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			merge(s, a, a+size, min(a+2*size, n))
		}
	}
}

// merge merges the sorted pieces [a, m) and [m, b), neither of them empty.
func merge(s Sequence, a, m, b int) {
	switch {
	case m-a == 1:
		at := search(b-m, func(i int) bool { return !s.Less(m+i, a) }) + m
		for i := a; i+1 < at; i++ {
			s.Swap(i, i+1)
		}
		return
	case b-m == 1:
		at := search(m-a, func(i int) bool { return s.Less(m, a+i) }) + a
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
	start := low + search(high-low, func(i int) bool { return s.Less(mirror-low-i, low+i) })
	end := middle + m - start
	if start < m && m < end {
		rotate(s, start, m, end)
	}
	if a < start && start < middle {
		merge(s, a, start, middle)
	}
	if middle < end && end < b {
		merge(s, middle, end, b)
	}
}

// rotate exchanges the pieces [a, m) and [m, b), block by block.
func rotate(s Sequence, a, m, b int) {
	left, right := m-a, b-m
	for left != right {
		if left > right {
			exchange(s, m-left, m, right)
			left -= right
		} else {
			exchange(s, m-left, m+right-left, left)
			right -= left
		}
	}
	exchange(s, m-left, m, left)
}

func exchange(s Sequence, a, b, n int) {
	for ; n > 0; n-- {
		s.Swap(a, b)
		a, b = a+1, b+1
	}
}

// search returns the least i in [0, n) for which f is true, n if there is none.
func search(n int, f func(int) bool) int {
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
