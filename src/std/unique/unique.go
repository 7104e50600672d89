// Package unique gives equal values one handle, which compares as fast as a pointer. Go: src/unique.
package unique

// Handle stands for a value: two are equal if their values are.
type Handle[T comparable] struct{ value *T }

// known has a pointer for each value that was made, by its type and value.
var known = map[any]any{}

// Make returns the handle of value.
func Make[T comparable](value T) Handle[T] {
	if p, ok := known[value]; ok {
		return Handle[T]{p.(*T)}
	}
	p := new(T)
	*p = value
	known[value] = p
	return Handle[T]{p}
}

// Value returns a copy of the value.
func (h Handle[T]) Value() T { return *h.value }
