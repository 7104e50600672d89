package reflect

import (
	"internal/desc"
	"unsafe"
)

// fit returns v as a value of type t, to which it must be assignable.
func (v Value) fit(where string, t *desc.Type) Value {
	switch {
	case v.typ == t:
		return v
	case assignable(v.typ, t) && t.Kind != desc.Interface:
		return Value{t, v.ptr, v.flag&^kindMask | flag(t.Kind)}
	case t.Kind == desc.Interface && (v.kind() == Interface && v.IsNil()) && implements(v.typ, t):
		return Zero(toType(t))
	case t.Kind == desc.Interface && implements(v.typ, t):
		p := desc.New(t)
		x := v
		if v.kind() == Interface {
			x = v.Elem()
		}
		desc.Assign(x.box(), t, p)
		return at(t, p, 0)
	}
	panic(where + ": value of type " + v.typ.Str + " is not assignable to type " + t.Str)
}

// store puts v where p points to.
func (v Value) store(p unsafe.Pointer) {
	if v.flag&inside != 0 {
		desc.Move(v.typ, p, v.ptr)
	} else {
		*(*unsafe.Pointer)(p) = v.ptr
	}
}

// Set assigns x to v.
func (v Value) Set(x Value) {
	v.mustBeSettable("reflect.Set")
	x.mustBeExported("reflect.Set")
	x.fit("reflect.Set", v.typ).store(v.ptr)
}

// SetZero sets v to the zero of its type.
func (v Value) SetZero() {
	v.mustBeSettable("reflect.Value.SetZero")
	Zero(toType(v.typ)).store(v.ptr)
}

// SetBool sets a bool.
func (v Value) SetBool(x bool) {
	v.mustBeSettable("reflect.Value.SetBool")
	v.mustBe(Bool, "reflect.Value.SetBool")
	*(*bool)(v.ptr) = x
}

// SetInt sets a signed integer.
func (v Value) SetInt(x int64) {
	v.mustBeSettable("reflect.Value.SetInt")
	switch v.kind() {
	case Int:
		*(*int)(v.ptr) = int(x)
	case Int8:
		*(*int8)(v.ptr) = int8(x)
	case Int16:
		*(*int16)(v.ptr) = int16(x)
	case Int32:
		*(*int32)(v.ptr) = int32(x)
	case Int64:
		*(*int64)(v.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetInt", v.kind()})
	}
}

// SetUint sets an unsigned integer.
func (v Value) SetUint(x uint64) {
	v.mustBeSettable("reflect.Value.SetUint")
	switch v.kind() {
	case Uint:
		*(*uint)(v.ptr) = uint(x)
	case Uint8:
		*(*uint8)(v.ptr) = uint8(x)
	case Uint16:
		*(*uint16)(v.ptr) = uint16(x)
	case Uint32:
		*(*uint32)(v.ptr) = uint32(x)
	case Uint64:
		*(*uint64)(v.ptr) = x
	case Uintptr:
		*(*uintptr)(v.ptr) = uintptr(x)
	default:
		panic(&ValueError{"reflect.Value.SetUint", v.kind()})
	}
}

// SetFloat sets a float.
func (v Value) SetFloat(x float64) {
	v.mustBeSettable("reflect.Value.SetFloat")
	switch v.kind() {
	case Float32:
		*(*float32)(v.ptr) = float32(x)
	case Float64:
		*(*float64)(v.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetFloat", v.kind()})
	}
}

// SetComplex sets a complex number.
func (v Value) SetComplex(x complex128) {
	v.mustBeSettable("reflect.Value.SetComplex")
	switch v.kind() {
	case Complex64:
		*(*complex64)(v.ptr) = complex64(x)
	case Complex128:
		*(*complex128)(v.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetComplex", v.kind()})
	}
}

// SetString sets a string.
func (v Value) SetString(x string) {
	v.mustBeSettable("reflect.Value.SetString")
	v.mustBe(String, "reflect.Value.SetString")
	*(*string)(v.ptr) = x
}

// SetBytes sets a slice of bytes.
func (v Value) SetBytes(x []byte) {
	v.mustBeSettable("reflect.Value.SetBytes")
	v.mustBe(Slice, "reflect.Value.SetBytes")
	if v.typ.Elem.Kind != desc.Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	*(*[]byte)(v.ptr) = x
}

// SetPointer sets an unsafe.Pointer.
func (v Value) SetPointer(x unsafe.Pointer) {
	v.mustBeSettable("reflect.Value.SetPointer")
	v.mustBe(UnsafePointer, "reflect.Value.SetPointer")
	*(*unsafe.Pointer)(v.ptr) = x
}

// SetLen sets the length of a slice.
func (v Value) SetLen(n int) {
	v.mustBeSettable("reflect.Value.SetLen")
	v.mustBe(Slice, "reflect.Value.SetLen")
	s := (*header)(v.ptr)
	if uint(n) > uint(s.cap) {
		panic("reflect: slice length out of range in SetLen")
	}
	s.len = n
}

// SetCap sets the capacity of a slice.
func (v Value) SetCap(n int) {
	v.mustBeSettable("reflect.Value.SetCap")
	v.mustBe(Slice, "reflect.Value.SetCap")
	s := (*header)(v.ptr)
	if n < s.len || n > s.cap {
		panic("reflect: slice capacity out of range in SetCap")
	}
	s.cap = n
}
