package runtime

import "unsafe"

// What package reflect asks of the machine: code for function types that are known only at run time, and new types.

func callAdapter(t *rtype, receiver bool) int32
func madeAdapter(t *rtype) int32
func boundAdapter(t *rtype) int32
func spilledAdapter(t *rtype) int32
func callable(slot uintptr)
func roomType(t *rtype, receiver bool) *rtype
func typeMadeOf(kind int, elem, key *rtype, n int) *rtype
func funcType(list unsafe.Pointer, ins, outs int, variadic bool) *rtype
func structType(fields unsafe.Pointer, n int) *rtype

// CallAdapter is the table index of a func(room, closure unsafe.Pointer, slot int32) that calls functions of type t; with receiver, methods.
func CallAdapter(t unsafe.Pointer, receiver bool) uintptr {
	return uintptr(callAdapter((*rtype)(t), receiver))
}

// MadeAdapter is the table index of the code of a function of type t whose closure holds a handler behind its first word.
func MadeAdapter(t unsafe.Pointer) uintptr { return uintptr(madeAdapter((*rtype)(t))) }

// BoundAdapter is that of a method of type t (without receiver); the closure holds the method's table index and the receiver's word.
func BoundAdapter(t unsafe.Pointer) uintptr { return uintptr(boundAdapter((*rtype)(t))) }

// SpilledAdapter is that of a method as a function of type t, whose receiver comes first; the closure holds the method's table index.
func SpilledAdapter(t unsafe.Pointer) uintptr { return uintptr(spilledAdapter((*rtype)(t))) }

// Callable makes sure that a method's table index, read from a descriptor, can be called.
func Callable(slot uintptr) { callable(slot) }

// RoomType is the type of memory that holds parameters and results of a function type.
func RoomType(t unsafe.Pointer, receiver bool) unsafe.Pointer {
	return unsafe.Pointer(roomType((*rtype)(t), receiver))
}

// TypeMadeOf is the pointer, slice, array, map or channel type of other types.
func TypeMadeOf(kind int, elem, key unsafe.Pointer, n int) unsafe.Pointer {
	return unsafe.Pointer(typeMadeOf(kind, (*rtype)(elem), (*rtype)(key), n))
}

// FuncType is the function type of the parameters and results in a list of types.
func FuncType(list unsafe.Pointer, ins, outs int, variadic bool) unsafe.Pointer {
	return unsafe.Pointer(funcType(list, ins, outs, variadic))
}

// StructType is the struct type of n fields, laid out as in a descriptor.
func StructType(fields unsafe.Pointer, n int) unsafe.Pointer {
	return unsafe.Pointer(structType(fields, n))
}

// Case is a case of Select: a channel, and where its value is or goes.
type Case struct{ Chan, Elem unsafe.Pointer }

// Select serves one of the cases; sends come first. It returns its index, -1 for none without block, and whether a value was received.
func Select(cases []Case, sends int, block bool) (int, bool) {
	return selectgo((*scase)(unsafe.Pointer(unsafe.SliceData(cases))), sends, len(cases)-sends, block)
}
