// Package sort sorts whatever has Less and Swap.
//
// The order of equal elements after Sort is no accident: it follows from internal/order, which compares and swaps as Go's does.
// search.go searches; slice.go sorts slices of any type; stable.go keeps the order of equal elements.
// Go: src/sort.
package sort

import (
	"internal/order"
	"slices"
)

// Interface is what can be sorted.
type Interface interface {
	Len() int
	Less(i, j int) bool
	Swap(i, j int)
}

// Sort sorts data; equal elements may change places.
func Sort(data Interface) {
	order.Quick(data, data.Len())
}

// Stable sorts data and keeps the order of equal elements.
func Stable(data Interface) { order.Stable(data, data.Len()) }

// IsSorted reports whether data is sorted.
func IsSorted(data Interface) bool { return ordered(data, data.Len()) }

func ordered(data order.Sequence, n int) bool {
	for i := 1; i < n; i++ {
		if data.Less(n-i, n-i-1) {
			return false
		}
	}
	return true
}

type reverse struct{ Interface }

func (rev reverse) Less(i, j int) bool { return rev.Interface.Less(j, i) }

// Reverse returns data with the order turned round.
func Reverse(data Interface) Interface { return &reverse{data} }

// IntSlice sorts ints.
type IntSlice []int

func (list IntSlice) Len() int           { return len(list) }
func (list IntSlice) Less(i, j int) bool { return list[i] < list[j] }
func (list IntSlice) Swap(i, j int)      { list[i], list[j] = list[j], list[i] }

// Sort sorts list.
func (list IntSlice) Sort() { Sort(list) }

// Float64Slice sorts floats, NaN first.
type Float64Slice []float64

func (list Float64Slice) Len() int { return len(list) }
func (list Float64Slice) Less(i, j int) bool {
	return list[i] < list[j] || list[i] != list[i] && list[j] == list[j]
}
func (list Float64Slice) Swap(i, j int) { list[i], list[j] = list[j], list[i] }

// Sort sorts list.
func (list Float64Slice) Sort() { Sort(list) }

// StringSlice sorts strings.
type StringSlice []string

func (list StringSlice) Len() int           { return len(list) }
func (list StringSlice) Less(i, j int) bool { return list[i] < list[j] }
func (list StringSlice) Swap(i, j int)      { list[i], list[j] = list[j], list[i] }

// Sort sorts list.
func (list StringSlice) Sort() { Sort(list) }

// Ints sorts x.
func Ints(x []int) { slices.Sort(x) }

// Float64s sorts x, NaN first.
func Float64s(x []float64) { slices.Sort(x) }

// Strings sorts x.
func Strings(x []string) { slices.Sort(x) }

// IntsAreSorted reports whether x is sorted.
func IntsAreSorted(x []int) bool { return slices.IsSorted(x) }

// Float64sAreSorted reports whether x is sorted.
func Float64sAreSorted(x []float64) bool { return slices.IsSorted(x) }

// StringsAreSorted reports whether x is sorted.
func StringsAreSorted(x []string) bool { return slices.IsSorted(x) }
