package reflect

import (
	"internal/desc"
	"unsafe"
)

// fit returns val as a value of type t, to which it must be assignable.
func (val Value) fit(where string, t *desc.Type) Value {
	switch {
	case val.typ == t:
		return val
	case assignable(val.typ, t) && t.Kind != desc.Interface:
		return Value{t, val.ptr, val.flag&^kindMask | flag(t.Kind)}
	case t.Kind == desc.Interface && (val.kind() == Interface && val.IsNil()) && implements(val.typ, t):
		return Zero(toType(t))
	case t.Kind == desc.Interface && implements(val.typ, t):
		p := desc.New(t)
		x := val
		if val.kind() == Interface {
			x = val.Elem()
		}
		desc.Assign(x.box(), t, p)
		return at(t, p, 0)
	}
	panic(where + ": value of type " + val.typ.Str + " is not assignable to type " + t.Str)
}

// store puts val where p points to.
func (val Value) store(p unsafe.Pointer) {
	if val.flag&inside != 0 {
		desc.Move(val.typ, p, val.ptr)
	} else {
		*(*unsafe.Pointer)(p) = val.ptr
	}
}

// Set assigns other to val.
func (val Value) Set(other Value) {
	val.mustBeSettable("reflect.Set")
	other.mustBeExported("reflect.Set")
	other.fit("reflect.Set", val.typ).store(val.ptr)
}

// SetZero sets val to the zero of its type.
func (val Value) SetZero() {
	val.mustBeSettable("reflect.Value.SetZero")
	Zero(toType(val.typ)).store(val.ptr)
}

// SetBool sets a bool.
func (val Value) SetBool(x bool) {
	val.mustBeSettable("reflect.Value.SetBool")
	val.mustBe(Bool, "reflect.Value.SetBool")
	*(*bool)(val.ptr) = x
}

// SetInt sets a signed integer.
func (val Value) SetInt(value int64) {
	val.mustBeSettable("reflect.Value.SetInt")
	switch val.kind() {
	case Int:
		*(*int)(val.ptr) = int(value)
	case Int8:
		*(*int8)(val.ptr) = int8(value)
	case Int16:
		*(*int16)(val.ptr) = int16(value)
	case Int32:
		*(*int32)(val.ptr) = int32(value)
	case Int64:
		*(*int64)(val.ptr) = value
	default:
		panic(&ValueError{"reflect.Value.SetInt", val.kind()})
	}
}

// SetUint sets an unsigned integer.
func (val Value) SetUint(value uint64) {
	val.mustBeSettable("reflect.Value.SetUint")
	switch val.kind() {
	case Uint:
		*(*uint)(val.ptr) = uint(value)
	case Uint8:
		*(*uint8)(val.ptr) = uint8(value)
	case Uint16:
		*(*uint16)(val.ptr) = uint16(value)
	case Uint32:
		*(*uint32)(val.ptr) = uint32(value)
	case Uint64:
		*(*uint64)(val.ptr) = value
	case Uintptr:
		*(*uintptr)(val.ptr) = uintptr(value)
	default:
		panic(&ValueError{"reflect.Value.SetUint", val.kind()})
	}
}

// SetFloat sets a float.
func (val Value) SetFloat(x float64) {
	val.mustBeSettable("reflect.Value.SetFloat")
	switch val.kind() {
	case Float32:
		*(*float32)(val.ptr) = float32(x)
	case Float64:
		*(*float64)(val.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetFloat", val.kind()})
	}
}

// SetComplex sets a complex number.
func (val Value) SetComplex(x complex128) {
	val.mustBeSettable("reflect.Value.SetComplex")
	switch val.kind() {
	case Complex64:
		*(*complex64)(val.ptr) = complex64(x)
	case Complex128:
		*(*complex128)(val.ptr) = x
	default:
		panic(&ValueError{"reflect.Value.SetComplex", val.kind()})
	}
}

// SetString sets a string.
func (val Value) SetString(x string) {
	val.mustBeSettable("reflect.Value.SetString")
	val.mustBe(String, "reflect.Value.SetString")
	*(*string)(val.ptr) = x
}

// SetBytes sets a slice of bytes.
func (val Value) SetBytes(x []byte) {
	val.mustBeSettable("reflect.Value.SetBytes")
	val.mustBe(Slice, "reflect.Value.SetBytes")
	if val.typ.Elem.Kind != desc.Uint8 {
		panic("reflect.Value.SetBytes of non-byte slice")
	}
	*(*[]byte)(val.ptr) = x
}

// SetPointer sets an unsafe.Pointer.
func (val Value) SetPointer(x unsafe.Pointer) {
	val.mustBeSettable("reflect.Value.SetPointer")
	val.mustBe(UnsafePointer, "reflect.Value.SetPointer")
	*(*unsafe.Pointer)(val.ptr) = x
}

// SetLen sets the length of a slice.
func (val Value) SetLen(count int) {
	val.mustBeSettable("reflect.Value.SetLen")
	val.mustBe(Slice, "reflect.Value.SetLen")
	s := (*header)(val.ptr)
	if uint(count) > uint(s.cap) {
		panic("reflect: slice length out of range in SetLen")
	}
	s.len = count
}

// SetCap sets the capacity of a slice.
func (val Value) SetCap(count int) {
	val.mustBeSettable("reflect.Value.SetCap")
	val.mustBe(Slice, "reflect.Value.SetCap")
	s := (*header)(val.ptr)
	if count < s.len || count > s.cap {
		panic("reflect: slice capacity out of range in SetCap")
	}
	s.cap = count
}
