package sort

import (
	"internal/desc"
	"math/bits"
)

// sliceOrder is a slice of any type with an order.
type sliceOrder struct {
	desc.Swapper
	less func(i, j int) bool
}

// Slice sorts the slice x; equal elements may change places.
func Slice(x any, less func(i, j int) bool) {
	s := sliceOrder{desc.NewSwapper(x), less}
	if n := s.Len(); n > 1 {
		quickSlice(&s, 0, n, bits.Len(uint(n)))
	}
}

// SliceStable sorts the slice x and keeps the order of equal elements.
func SliceStable(x any, less func(i, j int) bool) {
	s := sliceOrder{desc.NewSwapper(x), less}
	stableSlice(&s, s.Len())
}

// SliceIsSorted reports whether the slice x is sorted.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	s := sliceOrder{desc.NewSwapper(x), less}
	for i := s.Len() - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}
