package sort

// Search returns the least i in [0, n) for which f is true, n if there is none; f must be false before and true after it.
func Search(n int, f func(int) bool) int {
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

// Find returns the least i for which cmp is at most 0, and whether it is 0 there.
func Find(n int, cmp func(int) int) (i int, found bool) {
	low, high := 0, n
	for low < high {
		if middle := int(uint(low+high) >> 1); cmp(middle) <= 0 {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low, low < n && cmp(low) == 0
}

// SearchInts returns where x stands in sorted a, or would.
func SearchInts(a []int, x int) int {
	low, high := 0, len(a)
	for low < high {
		if middle := int(uint(low+high) >> 1); a[middle] >= x {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// SearchFloat64s returns where x stands in sorted a, or would.
func SearchFloat64s(a []float64, x float64) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// SearchStrings returns where x stands in sorted a, or would.
func SearchStrings(a []string, x string) int {
	return Search(len(a), func(i int) bool { return a[i] >= x })
}

// Search is SearchInts.
func (list IntSlice) Search(x int) int { return SearchInts(list, x) }

// Search is SearchFloat64s.
func (list Float64Slice) Search(x float64) int { return SearchFloat64s(list, x) }

// Search is SearchStrings.
func (list StringSlice) Search(x string) int { return SearchStrings(list, x) }
