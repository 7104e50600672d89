package sort

import (
	"internal/desc"
	"internal/order"
)

// sliceOrder is a slice of any type with an order.
type sliceOrder struct {
	desc.Swapper
	less func(i, j int) bool
}

func (s *sliceOrder) Less(i, j int) bool { return s.less(i, j) }

// Slice sorts the slice x; equal elements may change places.
func Slice(x any, less func(i, j int) bool) {
	s := sliceOrder{desc.NewSwapper(x), less}
	order.Quick(&s, s.Len())
}

// SliceStable sorts the slice x and keeps the order of equal elements.
func SliceStable(x any, less func(i, j int) bool) {
	s := sliceOrder{desc.NewSwapper(x), less}
	order.Stable(&s, s.Len())
}

// SliceIsSorted reports whether the slice x is sorted.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	s := sliceOrder{desc.NewSwapper(x), less}
	return ordered(&s, s.Len())
}
