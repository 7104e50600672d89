// Package desc reads type descriptors in linear memory: what fmt, errors, sort and reflect know of a value beyond its static type.
//
// The layout is that of src/abi/types.ts (DESC, FIELD, METHOD, ITAB). Nothing here formats or decides; it loads, copies and asks.
// Go: internal/abi/type.go, internal/reflectlite.
package desc

import (
	"internal/runtime"
	"unsafe"
)

// Kinds, numbered as in package reflect.
const (
	Invalid = iota
	Bool
	Int
	Int8
	Int16
	Int32
	Int64
	Uint
	Uint8
	Uint16
	Uint32
	Uint64
	Uintptr
	Float32
	Float64
	Complex64
	Complex128
	Array
	Chan
	Func
	Interface
	Map
	Pointer
	Slice
	String
	Struct
	UnsafePointer
)

// Bits of Type.Flags.
const (
	FlagComparable = 1 << iota
	FlagPlainMemory
	FlagDirect
	FlagNamed
	FlagVariadic
)

// Type is a descriptor.
type Type struct {
	Size       uintptr
	PtrData    uintptr
	Hash       uint32
	Kind       uint8
	Align      uint8
	Flags      uint8
	_          uint8
	Mask       *byte
	Str        string // as %T prints it
	Name       string
	PkgPath    string
	Elem       *Type
	Key        *Type
	Len        int
	fields     unsafe.Pointer // struct fields, parameters of a function, methods of an interface
	fieldCount int
	methods    unsafe.Pointer // methods of a concrete type
	methodNum  int
	PtrTo      *Type
	extra      unsafe.Pointer
	Number     int
}

// Field is a field of a struct.
type Field struct {
	Name     string
	PkgPath  string
	Type     *Type
	Offset   uintptr
	Embedded uintptr
	Tag      string
}

// IMethod is a method of an interface; its type is the signature.
type IMethod struct {
	Name    string
	PkgPath string
	Type    *Type
}

// Method is a method of a concrete type; Code is 0 if it was not compiled.
type Method struct {
	Name    string
	PkgPath string
	Type    *Type
	Code    uintptr
}

type eface struct {
	typ  *Type
	data unsafe.Pointer
}

type itab struct {
	inter *Type
	typ   *Type
}

type iface struct {
	tab  *itab
	data unsafe.Pointer
}

// Fields of a struct type.
func (t *Type) Fields() []Field { return unsafe.Slice((*Field)(t.fields), t.fieldCount) }

// IMethods of an interface type, sorted by name.
func (t *Type) IMethods() []IMethod { return unsafe.Slice((*IMethod)(t.fields), t.fieldCount) }

// Params of a function type.
func (t *Type) Params() []*Type { return unsafe.Slice((**Type)(t.fields), t.fieldCount) }

// Results of a function type.
func (t *Type) Results() []*Type {
	if t.extra == nil {
		return nil
	}
	return unsafe.Slice((**Type)(unsafe.Add(t.extra, 8)), *(*int)(t.extra))
}

// Methods of a concrete type, sorted by name.
func (t *Type) Methods() []Method { return unsafe.Slice((*Method)(t.methods), t.methodNum) }

// TypeOf returns the dynamic type of a, nil if a is nil.
func TypeOf(a any) *Type { return (*eface)(unsafe.Pointer(&a)).typ }

// Address returns where the value in a lies; for a pointer-shaped value, where a copy of it lies.
func Address(a *any) unsafe.Pointer {
	e := (*eface)(unsafe.Pointer(a))
	if e.typ.Flags&FlagDirect != 0 {
		return unsafe.Pointer(&e.data)
	}
	return e.data
}

// Make returns the value of type t at p as an interface value. A value that does not fit into a word is copied; of an interface
// value its dynamic value is returned.
func Make(t *Type, p unsafe.Pointer) (a any) {
	e := (*eface)(unsafe.Pointer(&a))
	switch {
	case t.Kind == Interface:
		return Dynamic(t, p)
	case t.Flags&FlagDirect != 0:
		e.data = *(*unsafe.Pointer)(p)
	default:
		e.data = New(t)
		Move(t, e.data, p)
	}
	e.typ = t
	return a
}

// Dynamic returns the interface value of interface type t at p as an any.
func Dynamic(t *Type, p unsafe.Pointer) (a any) {
	if t.fieldCount == 0 {
		return *(*any)(p)
	}
	i := (*iface)(p)
	if i.tab == nil {
		return nil
	}
	e := (*eface)(unsafe.Pointer(&a))
	e.data = i.data
	e.typ = i.tab.typ
	return a
}

// Elem returns the type that the pointer in p points to.
func Elem(p any) *Type { return TypeOf(p).Elem }

// SameType reports whether two values have the same dynamic type.
func SameType(a, b any) bool { return TypeOf(a) == TypeOf(b) }

// IsInterface reports whether t is an interface type.
func IsInterface(t *Type) bool { return t.Kind == Interface }

// Comparable reports whether == works on the dynamic type of a (which is not nil).
func Comparable(a any) bool { return TypeOf(a).Flags&FlagComparable != 0 }

// Target says where a pointer points to and what is there; not ok if it is nil or no pointer.
func Target(pointer any) (elem *Type, at unsafe.Pointer, ok bool) {
	e := (*eface)(unsafe.Pointer(&pointer))
	if e.typ.Kind != Pointer || e.data == nil {
		return nil, nil, false
	}
	return e.typ.Elem, e.data, true
}

// Implements reports whether t has the methods of interface type inter.
func Implements(t, inter *Type) bool { return inter.fieldCount == 0 || findItab(inter, t) != nil }

// Assign stores v into the variable of type t at p and reports whether it fits.
func Assign(v any, t *Type, p unsafe.Pointer) bool {
	e := (*eface)(unsafe.Pointer(&v))
	if t.Kind != Interface {
		if e.typ != t {
			return false
		}
		if t.Flags&FlagDirect != 0 {
			*(*unsafe.Pointer)(p) = e.data
		} else {
			Move(t, p, e.data)
		}
		return true
	}
	if t.fieldCount == 0 {
		*(*any)(p) = v
		return true
	}
	tab := findItab(t, e.typ)
	if tab == nil {
		return false
	}
	i := (*iface)(p)
	i.data = e.data
	i.tab = tab
	return true
}

// New allocates a zeroed value.
func New(t *Type) unsafe.Pointer { return runtime.NewObject(unsafe.Pointer(t)) }

// Move copies a value, with the write barriers that its type needs.
func Move(t *Type, to, from unsafe.Pointer) { runtime.TypedMove(unsafe.Pointer(t), to, from) }

func exchange(t *Type, p, q unsafe.Pointer) { runtime.TypedSwap(unsafe.Pointer(t), p, q) }

func findItab(inter, t *Type) *itab {
	return (*itab)(runtime.FindItab(unsafe.Pointer(inter), unsafe.Pointer(t)))
}
