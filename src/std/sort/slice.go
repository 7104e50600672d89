package sort

import (
	"internal/desc"
	"math/bits"
	"unsafe"
)

// sliceOrder is a slice of any type with an order.
type sliceOrder struct {
	desc.Swapper
	less func(i, j int) bool
}

// swapFunction is what Go allocates for the function that swaps elements; nothing is kept in it here.
var swapFunction = desc.Elem((*[4]unsafe.Pointer)(nil))

// Slice sorts the slice x; equal elements may change places.
func Slice(x any, less func(i, j int) bool) {
	s := sliceOrder{desc.NewSwapper(x), less}
	if n := s.Len(); n > 1 {
		desc.New(swapFunction)
		quickSlice(&s, 0, n, bits.Len(uint(n)))
	}
}

// SliceStable sorts the slice x and keeps the order of equal elements.
func SliceStable(x any, less func(i, j int) bool) {
	s := sliceOrder{desc.NewSwapper(x), less}
	if s.Len() > 1 {
		desc.New(swapFunction)
	}
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
