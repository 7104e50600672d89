// Package slices has what is often done with slices.
//
// slices.go compares, searches and changes; sort.go sorts; sequence.go goes from and to iterators. Go: src/slices.
package slices

import (
	"cmp"
	"unsafe"
)

// Equal reports whether two slices have the same elements.
func Equal[S ~[]E, E comparable](first, second S) bool {
	if len(first) != len(second) {
		return false
	}
	for i, v := range first {
		if v != second[i] {
			return false
		}
	}
	return true
}

// EqualFunc is Equal where eq compares elements.
func EqualFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](first S1, second S2, eq func(E1, E2) bool) bool {
	if len(first) != len(second) {
		return false
	}
	for i, v := range first {
		if !eq(v, second[i]) {
			return false
		}
	}
	return true
}

// Compare compares element by element; a shorter slice is less.
func Compare[S ~[]E, E cmp.Ordered](first, second S) int {
	for i, v := range first {
		if i == len(second) {
			return 1
		}
		if c := cmp.Compare(v, second[i]); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(first), len(second))
}

// CompareFunc is Compare where cmp compares elements.
func CompareFunc[S1 ~[]E1, S2 ~[]E2, E1, E2 any](first S1, second S2, cmp func(E1, E2) int) int {
	for i, v := range first {
		if i == len(second) {
			return 1
		}
		if c := cmp(v, second[i]); c != 0 {
			return c
		}
	}
	if len(first) < len(second) {
		return -1
	}
	return 0
}

// Index returns where wanted first stands, -1 if nowhere.
func Index[S ~[]E, E comparable](list S, wanted E) int {
	for i := range list {
		if list[i] == wanted {
			return i
		}
	}
	return -1
}

// IndexFunc returns where test is first true.
func IndexFunc[S ~[]E, E any](list S, test func(E) bool) int {
	for i := range list {
		if test(list[i]) {
			return i
		}
	}
	return -1
}

// Contains reports whether wanted stands in list.
func Contains[S ~[]E, E comparable](list S, wanted E) bool { return Index(list, wanted) >= 0 }

// ContainsFunc reports whether test is true for an element.
func ContainsFunc[S ~[]E, E any](list S, test func(E) bool) bool { return IndexFunc(list, test) >= 0 }

// Insert puts values at at.
func Insert[S ~[]E, E any](list S, at int, v ...E) S {
	_ = list[at:]
	if len(v) == 0 {
		return list
	}
	if at == len(list) {
		return append(list, v...)
	}
	n := len(list) + len(v)
	if n > cap(list) {
		larger := append(list[:at], make(S, n-at)...)
		copy(larger[at:], v)
		copy(larger[at+len(v):], list[at:])
		return larger
	}
	if overlaps(v, list[at:n]) { // v would change under our hands
		v = append([]E(nil), v...)
	}
	tail := list[at:]
	list = list[:n]
	copy(list[at+len(v):], tail)
	copy(list[at:], v)
	return list
}

// overlaps reports whether two slices share memory.
func overlaps[E any](a, b []E) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	size := unsafe.Sizeof(a[0])
	if size == 0 {
		return false
	}
	firstA, lastA := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&a[len(a)-1]))
	firstB, lastB := uintptr(unsafe.Pointer(&b[0])), uintptr(unsafe.Pointer(&b[len(b)-1]))
	return firstA < lastB+size && firstB < lastA+size
}

// Delete takes out list[at:j] and clears what becomes free.
func Delete[S ~[]E, E any](list S, at, j int) S {
	_ = list[at:j:len(list)]
	if at == j {
		return list
	}
	old := len(list)
	list = append(list[:at], list[j:]...)
	clear(list[len(list):old])
	return list
}

// DeleteFunc takes out the elements for which del is true.
func DeleteFunc[S ~[]E, E any](list S, del func(E) bool) S {
	first := IndexFunc(list, del)
	if first < 0 {
		return list
	}
	kept := first
	for j := first + 1; j < len(list); j++ {
		if v := list[j]; !del(v) {
			list[kept] = v
			kept++
		}
	}
	clear(list[kept:])
	return list[:kept]
}

// Replace puts values in the place of list[at:j].
func Replace[S ~[]E, E any](list S, at, j int, v ...E) S {
	_ = list[at:j]
	tail := list[j:]
	n := at + len(v) + len(tail)
	switch {
	case at == j:
		return Insert(list, at, v...)
	case j == len(list):
		out := append(list[:at], v...)
		if len(out) < len(list) {
			clear(list[len(out):])
		}
		return out
	case n > cap(list):
		larger := append(list[:at], make(S, n-at)...)
		copy(larger[at:], v)
		copy(larger[at+len(v):], tail)
		return larger
	}
	if overlaps(v, list[:max(n, len(list))]) {
		v = append([]E(nil), v...)
	}
	out := list[:n]
	copy(out[at+len(v):], tail)
	copy(out[at:], v)
	if n < len(list) {
		clear(list[n:])
	}
	return out
}

// Clone returns a copy in memory of its own; nil of nil.
func Clone[S ~[]E, E any](list S) S {
	if list == nil {
		return nil
	}
	return append(S{}, list...) // list[:0:0] would keep what list is a part of
}

// Compact keeps the first of each run of equal elements.
func Compact[S ~[]E, E comparable](list S) S {
	return CompactFunc(list, func(a, b E) bool { return a == b })
}

// CompactFunc is Compact where eq compares elements.
func CompactFunc[S ~[]E, E any](list S, eq func(E, E) bool) S {
	if len(list) < 2 {
		return list
	}
	kept := 1
	for i := 1; i < len(list); i++ {
		if !eq(list[i], list[i-1]) {
			if kept != i {
				list[kept] = list[i]
			}
			kept++
		}
	}
	clear(list[kept:])
	return list[:kept]
}

// Grow makes room for count more elements.
func Grow[S ~[]E, E any](list S, count int) S {
	if count < 0 {
		panic("cannot be negative")
	}
	if count -= cap(list) - len(list); count > 0 {
		list = append(list[:cap(list)], make([]E, count)...)[:len(list)]
	}
	return list
}

// Clip gives up the room behind list.
func Clip[S ~[]E, E any](list S) S { return list[:len(list):len(list)] }

// Reverse turns the order round.
func Reverse[S ~[]E, E any](list S) {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
}

// Concat puts slices together.
func Concat[S ~[]E, E any](slices ...S) S {
	n := 0
	for _, s := range slices {
		n += len(s)
		if n < 0 {
			panic("len out of range")
		}
	}
	all := Grow[S](nil, n)
	for _, s := range slices {
		all = append(all, s...)
	}
	return all
}

// Repeat returns times copies of list in one slice.
func Repeat[S ~[]E, E any](list S, times int) S {
	if times < 0 {
		panic("cannot be negative")
	}
	if times > 0 && len(list) > int(^uint(0)>>1)/times {
		panic("the result of (len(x) * count) overflows")
	}
	out := make(S, len(list)*times)
	for n := copy(out, list); n < len(out); {
		n += copy(out[n:], out[:n])
	}
	return out
}
