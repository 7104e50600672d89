package runtime

import "unsafe"

// What internal/desc (and by it fmt, errors and reflect) may use of this package: values of a type known only by its descriptor.
// Types are passed as plain pointers, since descriptors have another name there.

func getitab(inter, t *rtype, canFail int32) *itab

// TypedMove copies a value of type t.
func TypedMove(t, dst, src unsafe.Pointer) { typedmemmove((*rtype)(t), dst, src) }

// TypedClear zeroes a value of type t.
func TypedClear(t, p unsafe.Pointer) { typedmemclr((*rtype)(t), p) }

// NewObject is a zeroed value of type t on the heap.
func NewObject(t unsafe.Pointer) unsafe.Pointer { return newobject((*rtype)(t)) }

// NewArray is a zeroed array of n values of type t on the heap.
func NewArray(t unsafe.Pointer, n int) unsafe.Pointer { return newarray((*rtype)(t), n) }

// FindItab is the method table of type t for interface inter, nil if it lacks a method.
func FindItab(inter, t unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer(getitab((*rtype)(inter), (*rtype)(t), 1))
}

// Equal reports whether two values of type t are equal; it panics if they cannot be compared.
func Equal(t, p, q unsafe.Pointer) bool { return typeequal((*rtype)(t), p, q) }

// MapIter walks a map.
type MapIter struct{ it mapiter }

// Start goes to the first entry of map m of type t.
func (i *MapIter) Start(t, m unsafe.Pointer) { mapiterinit((*rtype)(t), (*hmap)(m), &i.it) }

// Next goes to the next entry.
func (i *MapIter) Next() { mapiternext(&i.it) }

// Key is where the present key lies, nil at the end.
func (i *MapIter) Key() unsafe.Pointer { return i.it.key }

// Elem is where the present element lies.
func (i *MapIter) Elem() unsafe.Pointer { return i.it.elem }

// MapLen is the number of entries.
func MapLen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return int((*hmap)(m).used)
}
