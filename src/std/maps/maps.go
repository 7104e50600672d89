// Package maps has what is often done with maps. Go: src/maps.
package maps

import "iter"

// Equal reports whether two maps have the same entries.
func Equal[M1, M2 ~map[K]V, K, V comparable](first M1, second M2) bool {
	if len(first) != len(second) {
		return false
	}
	for k, a := range first {
		if b, ok := second[k]; !ok || a != b {
			return false
		}
	}
	return true
}

// EqualFunc is Equal where eq compares values.
func EqualFunc[M1 ~map[K]V1, M2 ~map[K]V2, K comparable, V1, V2 any](first M1, second M2, eq func(V1, V2) bool) bool {
	if len(first) != len(second) {
		return false
	}
	for k, a := range first {
		if b, ok := second[k]; !ok || !eq(a, b) {
			return false
		}
	}
	return true
}

// Clone returns a copy of table; nil of nil.
func Clone[M ~map[K]V, K comparable, V any](table M) M {
	if table == nil {
		return nil
	}
	copied := make(M, len(table))
	for k, v := range table {
		copied[k] = v
	}
	return copied
}

// Copy puts the entries of from into to.
func Copy[M1 ~map[K]V, M2 ~map[K]V, K comparable, V any](to M1, from M2) {
	for k, v := range from {
		to[k] = v
	}
}

// DeleteFunc takes out the entries for which del is true.
func DeleteFunc[M ~map[K]V, K comparable, V any](table M, del func(K, V) bool) {
	for k, v := range table {
		if del(k, v) {
			delete(table, k)
		}
	}
}

// All yields the entries, in any order.
func All[Map ~map[K]V, K comparable, V any](m Map) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for k, v := range m {
			if !yield(k, v) {
				return
			}
		}
	}
}

// Keys yields the keys, in any order.
func Keys[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// Values yields the values, in any order.
func Values[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[V] {
	return func(yield func(V) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// Insert puts the pairs of seq into m.
func Insert[Map ~map[K]V, K comparable, V any](m Map, seq iter.Seq2[K, V]) {
	for k, v := range seq {
		m[k] = v
	}
}

// Collect makes a map of the pairs of seq.
func Collect[K comparable, V any](seq iter.Seq2[K, V]) map[K]V {
	m := make(map[K]V)
	Insert(m, seq)
	return m
}
