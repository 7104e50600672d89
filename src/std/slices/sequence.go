package slices

import (
	"cmp"
	"iter"
)

// All yields indices and elements.
func All[Slice ~[]E, E any](list Slice) iter.Seq2[int, E] {
	return func(yield func(int, E) bool) {
		for i, v := range list {
			if !yield(i, v) {
				return
			}
		}
	}
}

// Backward is All from the end.
func Backward[Slice ~[]E, E any](list Slice) iter.Seq2[int, E] {
	return func(yield func(int, E) bool) {
		for i := len(list) - 1; i >= 0; i-- {
			if !yield(i, list[i]) {
				return
			}
		}
	}
}

// Values yields the elements.
func Values[Slice ~[]E, E any](list Slice) iter.Seq[E] {
	return func(yield func(E) bool) {
		for _, v := range list {
			if !yield(v) {
				return
			}
		}
	}
}

// AppendSeq appends what source yields.
func AppendSeq[Slice ~[]E, E any](list Slice, source iter.Seq[E]) Slice {
	for v := range source {
		list = append(list, v)
	}
	return list
}

// Collect returns what source yields.
func Collect[E any](source iter.Seq[E]) []E { return AppendSeq([]E(nil), source) }

// Sorted returns what source yields, sorted.
func Sorted[E cmp.Ordered](source iter.Seq[E]) []E {
	s := Collect(source)
	Sort(s)
	return s
}

// SortedFunc returns what source yields, sorted by cmp.
func SortedFunc[E any](source iter.Seq[E], cmp func(E, E) int) []E {
	s := Collect(source)
	SortFunc(s, cmp)
	return s
}

// SortedStableFunc is SortedFunc that keeps the order of equal elements.
func SortedStableFunc[E any](source iter.Seq[E], cmp func(E, E) int) []E {
	s := Collect(source)
	SortStableFunc(s, cmp)
	return s
}

// Chunk yields pieces of count elements; the last may be shorter.
func Chunk[Slice ~[]E, E any](list Slice, count int) iter.Seq[Slice] {
	if count < 1 {
		panic("cannot be less than 1")
	}
	return func(yield func(Slice) bool) {
		for from := 0; from < len(list); from += count {
			to := min(from+count, len(list))
			if !yield(list[from:to:to]) {
				return
			}
		}
	}
}
