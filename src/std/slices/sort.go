package slices

import (
	"cmp"
)

// Sort sorts list, NaN first. (Equal elements of ordered types cannot be told apart, so how it is done does not show.)
func Sort[S ~[]E, E cmp.Ordered](list S) { sortOrdered([]E(list)) }

// sortOrdered is quicksort on the median of three, with heapsort for bad luck and insertion for short pieces.
func sortOrdered[E cmp.Ordered](x []E) {
	luck := 2
	for n := len(x); n > 0; n >>= 1 {
		luck += 2
	}
	sortPiece(x, luck)
}

func sortPiece[E cmp.Ordered](x []E, luck int) {
	for len(x) > 12 {
		if luck--; luck < 0 {
			heapOrdered(x)
			return
		}
		i, j := splitOrdered(x)
		if j+1 < len(x)-i {
			sortPiece(x[:j+1], luck)
			x = x[i:]
		} else {
			sortPiece(x[i:], luck)
			x = x[:j+1]
		}
	}
	for end := 1; end < len(x); end++ {
		v := x[end]
		at := end
		for ; at > 0 && less(v, x[at-1]); at-- {
			x[at] = x[at-1]
		}
		x[at] = v
	}
}

// less puts NaN before all numbers.
func less[E cmp.Ordered](a, b E) bool { return a < b || a != a && b == b }

// splitOrdered moves elements so that x[:j+1] <= pivot <= x[i:] and what is between equals the pivot.
func splitOrdered[E cmp.Ordered](x []E) (i, j int) {
	a, b, c := x[0], x[len(x)/2], x[len(x)-1]
	if less(b, a) {
		a, b = b, a
	}
	if less(c, b) {
		b = c
		if less(b, a) {
			b = a
		}
	}
	pivot := b
	i, j = 0, len(x)-1
	for i <= j {
		for less(x[i], pivot) {
			i++
		}
		for less(pivot, x[j]) {
			j--
		}
		if i <= j {
			x[i], x[j] = x[j], x[i]
			i++
			j--
		}
	}
	return i, j
}

func heapOrdered[E cmp.Ordered](x []E) {
	n := len(x)
	for root := n/2 - 1; root >= 0; root-- {
		siftOrdered(x, root)
	}
	for last := n - 1; last > 0; last-- {
		x[0], x[last] = x[last], x[0]
		siftOrdered(x[:last], 0)
	}
}

func siftOrdered[E cmp.Ordered](x []E, root int) {
	for child := 2*root + 1; child < len(x); child = 2*root + 1 {
		if child+1 < len(x) && less(x[child], x[child+1]) {
			child++
		}
		if !less(x[root], x[child]) {
			return
		}
		x[root], x[child] = x[child], x[root]
		root = child
	}
}

// SortFunc sorts list by cmp; equal elements may change places.
func SortFunc[S ~[]E, E any](list S, cmp func(a, b E) int) {
	quickFunc([]E(list), cmp)
}

// SortStableFunc sorts list by cmp and keeps the order of equal elements.
func SortStableFunc[S ~[]E, E any](list S, cmp func(a, b E) int) {
	stableFunc([]E(list), cmp)
}

// IsSorted reports whether list is sorted.
func IsSorted[S ~[]E, E cmp.Ordered](list S) bool {
	for i := len(list) - 1; i > 0; i-- {
		if less(list[i], list[i-1]) {
			return false
		}
	}
	return true
}

// IsSortedFunc reports whether list is sorted by cmp.
func IsSortedFunc[S ~[]E, E any](list S, cmp func(a, b E) int) bool {
	for i := len(list) - 1; i > 0; i-- {
		if cmp(list[i], list[i-1]) < 0 {
			return false
		}
	}
	return true
}

// Min returns the least element; NaN if there is one.
func Min[S ~[]E, E cmp.Ordered](list S) E {
	if len(list) < 1 {
		panic("slices.Min: empty list")
	}
	m := list[0]
	for _, v := range list[1:] {
		m = min(m, v)
	}
	return m
}

// MinFunc returns the first of the least elements by cmp.
func MinFunc[S ~[]E, E any](list S, cmp func(a, b E) int) E {
	if len(list) < 1 {
		panic("slices.MinFunc: empty list")
	}
	m := list[0]
	for _, v := range list[1:] {
		if cmp(v, m) < 0 {
			m = v
		}
	}
	return m
}

// Max returns the greatest element; NaN if there is one.
func Max[S ~[]E, E cmp.Ordered](list S) E {
	if len(list) < 1 {
		panic("slices.Max: empty list")
	}
	m := list[0]
	for _, v := range list[1:] {
		m = max(m, v)
	}
	return m
}

// MaxFunc returns the first of the greatest elements by cmp.
func MaxFunc[S ~[]E, E any](list S, cmp func(a, b E) int) E {
	if len(list) < 1 {
		panic("slices.MaxFunc: empty list")
	}
	m := list[0]
	for _, v := range list[1:] {
		if cmp(v, m) > 0 {
			m = v
		}
	}
	return m
}

// BinarySearch returns where target stands in sorted list, or would.
func BinarySearch[S ~[]E, E cmp.Ordered](list S, target E) (int, bool) {
	low, high := 0, len(list)
	for low < high {
		if middle := int(uint(low+high) >> 1); less(list[middle], target) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(list) && (list[low] == target || list[low] != list[low] && target != target)
}

// BinarySearchFunc is BinarySearch where cmp compares an element with the target.
func BinarySearchFunc[S ~[]E, E, T any](list S, target T, cmp func(E, T) int) (int, bool) {
	low, high := 0, len(list)
	for low < high {
		if middle := int(uint(low+high) >> 1); cmp(list[middle], target) < 0 {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(list) && cmp(list[low], target) == 0
}
