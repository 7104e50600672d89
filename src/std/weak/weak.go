// Package weak has pointers that do not keep alive what they point to.
//
// All weak pointers to one object share a word (the handle), which the collector clears when the object is gone. Go: src/weak/pointer.go.
package weak

import (
	"internal/runtime"
	"unsafe"
)

// Pointer is a weak pointer to a T. Two are equal if they were made from equal pointers, also when the object is gone.
type Pointer[T any] struct {
	_ [0]*T
	u unsafe.Pointer // the handle, nil of a nil pointer
}

// Make returns a weak pointer to what ptr points to.
func Make[T any](ptr *T) Pointer[T] {
	if ptr == nil {
		return Pointer[T]{}
	}
	return Pointer[T]{u: runtime.WeakHandle(unsafe.Pointer(ptr))}
}

// Value returns the pointer that p was made from, nil if the object is gone.
func (p Pointer[T]) Value() *T {
	if p.u == nil {
		return nil
	}
	return (*T)(runtime.WeakStrong(p.u))
}
