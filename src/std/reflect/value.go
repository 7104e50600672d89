package reflect

import (
	"internal/desc"
	"internal/runtime"
	"unsafe"
)

// flag says how a Value was reached. Its lowest five bits are the kind.
type flag uintptr

const (
	kindMask   flag = 1<<5 - 1
	throughRO  flag = 1 << 5 // an unexported field that is not embedded
	embeddedRO flag = 1 << 6 // an unexported embedded field
	inside     flag = 1 << 7 // ptr points to the value
	canAddress flag = 1 << 8
	anyRO           = throughRO | embeddedRO
)

// Value is a value of any type. Its zero is no value.
type Value struct {
	typ *desc.Type
	ptr unsafe.Pointer // to the value; of a pointer-shaped one that is not inside anything, itself
	flag
}

// ValueError is the panic of a method that a value does not have.
type ValueError struct {
	Method string
	Kind   Kind
}

func (bad *ValueError) Error() string {
	if bad.Kind == Invalid {
		return "reflect: call of " + bad.Method + " on zero Value"
	}
	return "reflect: call of " + bad.Method + " on " + bad.Kind.String() + " Value"
}

type words struct {
	typ  *desc.Type
	data unsafe.Pointer
}

// ValueOf returns the value in i.
func ValueOf(i any) Value {
	w := (*words)(unsafe.Pointer(&i))
	if w.typ == nil {
		return Value{}
	}
	f := flag(w.typ.Kind)
	if w.typ.Flags&desc.FlagDirect == 0 {
		f |= inside
	}
	return Value{w.typ, w.data, f}
}

// at makes a Value of what lies at p.
func at(t *desc.Type, p unsafe.Pointer, f flag) Value {
	return Value{t, p, f&^kindMask | flag(t.Kind) | inside}
}

func (how flag) kind() Kind { return Kind(how & kindMask) }

// sealed is what is handed on to parts: a value from an unexported field stays read-only.
func (how flag) sealed() flag {
	if how&anyRO != 0 {
		return throughRO
	}
	return 0
}

func (how flag) mustBe(k Kind, method string) {
	if how.kind() != k {
		panic(&ValueError{method, how.kind()})
	}
}

func (val Value) mustBeExported(method string) {
	if val.flag == 0 {
		panic(&ValueError{method, Invalid})
	}
	if val.flag&anyRO != 0 {
		panic("reflect: " + method + " using value obtained using unexported field")
	}
}

func (val Value) mustBeSettable(method string) {
	val.mustBeExported(method)
	if val.flag&canAddress == 0 {
		panic("reflect: " + method + " using unaddressable value")
	}
}

// word is the pointer in a pointer-shaped value.
func (val Value) word() unsafe.Pointer {
	if val.flag&inside != 0 {
		return *(*unsafe.Pointer)(val.ptr)
	}
	return val.ptr
}

// address is where the value lies; of a pointer-shaped one that is nowhere, where a copy lies.
func (val *Value) address() unsafe.Pointer {
	if val.flag&inside != 0 {
		return val.ptr
	}
	return unsafe.Pointer(&val.ptr)
}

// Kind returns the kind; Invalid of no value.
func (val Value) Kind() Kind { return val.kind() }

// IsValid reports whether there is a value.
func (val Value) IsValid() bool { return val.flag != 0 }

// Type returns the type.
func (val Value) Type() Type {
	if val.flag == 0 {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	return toType(val.typ)
}

// CanAddr reports whether Addr works.
func (val Value) CanAddr() bool { return val.flag&canAddress != 0 }

// CanSet reports whether the value can be changed.
func (val Value) CanSet() bool { return val.flag&(canAddress|anyRO) == canAddress }

// CanInterface reports whether Interface works.
func (val Value) CanInterface() bool {
	if val.flag == 0 {
		panic(&ValueError{"reflect.Value.CanInterface", Invalid})
	}
	return val.flag&anyRO == 0
}

// Interface returns the value.
func (val Value) Interface() (i any) {
	if val.flag == 0 {
		panic(&ValueError{"reflect.Value.Interface", Invalid})
	}
	if val.flag&anyRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return val.box()
}

func (val Value) box() (i any) {
	if val.flag&inside != 0 {
		return desc.Make(val.typ, val.ptr)
	}
	w := (*words)(unsafe.Pointer(&i))
	w.data = val.ptr
	w.typ = val.typ
	return i
}

// Addr returns a pointer to the value.
func (val Value) Addr() Value {
	if val.flag&canAddress == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{PointerTo(toType(val.typ)).common(), val.ptr, val.flag.sealed() | flag(Pointer)}
}

// UnsafeAddr returns where the value lies.
func (val Value) UnsafeAddr() uintptr {
	if val.flag&canAddress == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(val.ptr)
}

// Bool returns a bool.
func (val Value) Bool() bool {
	val.mustBe(Bool, "reflect.Value.Bool")
	return *(*bool)(val.ptr)
}

// CanInt reports whether Int works.
func (val Value) CanInt() bool { return val.kind() >= Int && val.kind() <= Int64 }

// Int returns a signed integer.
func (val Value) Int() int64 {
	switch val.kind() {
	case Int:
		return int64(*(*int)(val.ptr))
	case Int8:
		return int64(*(*int8)(val.ptr))
	case Int16:
		return int64(*(*int16)(val.ptr))
	case Int32:
		return int64(*(*int32)(val.ptr))
	case Int64:
		return *(*int64)(val.ptr)
	}
	panic(&ValueError{"reflect.Value.Int", val.kind()})
}

// CanUint reports whether Uint works.
func (val Value) CanUint() bool { return val.kind() >= Uint && val.kind() <= Uintptr }

// Uint returns an unsigned integer.
func (val Value) Uint() uint64 {
	switch val.kind() {
	case Uint:
		return uint64(*(*uint)(val.ptr))
	case Uint8:
		return uint64(*(*uint8)(val.ptr))
	case Uint16:
		return uint64(*(*uint16)(val.ptr))
	case Uint32:
		return uint64(*(*uint32)(val.ptr))
	case Uint64:
		return *(*uint64)(val.ptr)
	case Uintptr:
		return uint64(*(*uintptr)(val.ptr))
	}
	panic(&ValueError{"reflect.Value.Uint", val.kind()})
}

// CanFloat reports whether Float works.
func (val Value) CanFloat() bool { return val.kind() == Float32 || val.kind() == Float64 }

// Float returns a float.
func (val Value) Float() float64 {
	switch val.kind() {
	case Float32:
		return float64(*(*float32)(val.ptr))
	case Float64:
		return *(*float64)(val.ptr)
	}
	panic(&ValueError{"reflect.Value.Float", val.kind()})
}

// CanComplex reports whether Complex works.
func (val Value) CanComplex() bool { return val.kind() == Complex64 || val.kind() == Complex128 }

// Complex returns a complex number.
func (val Value) Complex() complex128 {
	switch val.kind() {
	case Complex64:
		return complex128(*(*complex64)(val.ptr))
	case Complex128:
		return *(*complex128)(val.ptr)
	}
	panic(&ValueError{"reflect.Value.Complex", val.kind()})
}

// String returns a string; of other values <T Value>.
func (val Value) String() string {
	switch val.kind() {
	case String:
		return *(*string)(val.ptr)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + val.typ.Str + " Value>"
}

// Bytes returns the bytes of a slice or addressable array of bytes.
func (val Value) Bytes() []byte {
	switch val.kind() {
	case Slice:
		if val.typ.Elem.Kind != desc.Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return *(*[]byte)(val.ptr)
	case Array:
		if val.typ.Elem.Kind != desc.Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !val.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(val.ptr), val.typ.Len)
	}
	panic(&ValueError{"reflect.Value.Bytes", val.kind()})
}

// Elem returns what is in an interface or behind a pointer.
func (val Value) Elem() Value {
	switch val.kind() {
	case Interface:
		out := ValueOf(desc.Dynamic(val.typ, val.ptr))
		if out.flag != 0 {
			out.flag |= val.flag.sealed()
		}
		return out
	case Pointer:
		p := val.word()
		if p == nil {
			return Value{}
		}
		return at(val.typ.Elem, p, val.flag.sealed()|canAddress)
	}
	panic(&ValueError{"reflect.Value.Elem", val.kind()})
}

// Indirect returns what is behind a pointer, or v itself.
func Indirect(v Value) Value {
	if v.kind() != Pointer {
		return v
	}
	return v.Elem()
}

// IsNil reports whether a pointer, map, slice, channel, function or interface is nil.
func (val Value) IsNil() bool {
	switch val.kind() {
	case Chan, Func, Map, Pointer, UnsafePointer:
		return val.word() == nil
	case Interface, Slice:
		return *(*unsafe.Pointer)(val.ptr) == nil
	}
	panic(&ValueError{"reflect.Value.IsNil", val.kind()})
}

// IsZero reports whether the value is the zero of its type.
func (val Value) IsZero() bool {
	switch val.kind() {
	case Bool:
		return !val.Bool()
	case Int, Int8, Int16, Int32, Int64:
		return val.Int() == 0
	case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return val.Uint() == 0
	case Float32:
		return *(*uint32)(val.ptr) == 0
	case Float64:
		return *(*uint64)(val.ptr) == 0
	case Complex64:
		return *(*uint64)(val.ptr) == 0
	case Complex128:
		return *(*[2]uint64)(val.ptr) == [2]uint64{}
	case Array:
		for i := range val.Len() {
			if !val.Index(i).IsZero() {
				return false
			}
		}
		return true
	case Struct:
		for i := range val.NumField() {
			if !val.Field(i).IsZero() && val.typ.Fields()[i].Name != "_" {
				return false
			}
		}
		return true
	case Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer:
		return val.IsNil()
	case String:
		return val.Len() == 0
	}
	panic(&ValueError{"reflect.Value.IsZero", val.Kind()})
}

// Pointer returns the address in a pointer, map, channel, function, slice or string.
func (val Value) Pointer() uintptr {
	switch val.kind() {
	case Chan, Map, Pointer, UnsafePointer:
		return uintptr(val.word())
	case Func:
		return runtime.FuncPC(val.word())
	case Slice, String:
		return uintptr(*(*unsafe.Pointer)(val.ptr))
	}
	panic(&ValueError{"reflect.Value.Pointer", val.kind()})
}

// UnsafePointer is Pointer as a pointer.
func (val Value) UnsafePointer() unsafe.Pointer {
	switch val.kind() {
	case Chan, Map, Pointer, UnsafePointer:
		return val.word()
	case Func:
		return unsafe.Pointer(runtime.FuncPC(val.word()))
	case Slice, String:
		return *(*unsafe.Pointer)(val.ptr)
	}
	panic(&ValueError{"reflect.Value.UnsafePointer", val.kind()})
}

// InterfaceData returns the two words of an interface.
func (val Value) InterfaceData() [2]uintptr {
	val.mustBe(Interface, "reflect.Value.InterfaceData")
	return *(*[2]uintptr)(val.ptr)
}

// OverflowInt reports whether value does not fit.
func (val Value) OverflowInt(value int64) bool {
	if !val.CanInt() {
		panic(&ValueError{"reflect.Value.OverflowInt", val.kind()})
	}
	return toType(val.typ).OverflowInt(value)
}

// OverflowUint reports whether value does not fit.
func (val Value) OverflowUint(value uint64) bool {
	if !val.CanUint() {
		panic(&ValueError{"reflect.Value.OverflowUint", val.kind()})
	}
	return toType(val.typ).OverflowUint(value)
}

// OverflowFloat reports whether x does not fit.
func (val Value) OverflowFloat(x float64) bool {
	if !val.CanFloat() {
		panic(&ValueError{"reflect.Value.OverflowFloat", val.kind()})
	}
	return toType(val.typ).OverflowFloat(x)
}

// OverflowComplex reports whether x does not fit.
func (val Value) OverflowComplex(x complex128) bool {
	if !val.CanComplex() {
		panic(&ValueError{"reflect.Value.OverflowComplex", val.kind()})
	}
	return toType(val.typ).OverflowComplex(x)
}

// Comparable reports whether == works on the value.
func (val Value) Comparable() bool {
	switch val.kind() {
	case Invalid:
		return true
	case Interface:
		return val.IsNil() || val.Elem().Comparable()
	case Array:
		for i := range val.Len() {
			if !val.Index(i).Comparable() {
				return false
			}
		}
		return true
	case Struct:
		for i := range val.NumField() {
			if !val.Field(i).Comparable() {
				return false
			}
		}
		return true
	case Func, Map, Slice:
		return false
	}
	return true
}

// Equal reports whether two values are equal.
func (val Value) Equal(u Value) bool {
	if val.Kind() == Interface {
		val = val.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !val.IsValid() || !u.IsValid() {
		return val.IsValid() == u.IsValid()
	}
	if val.typ != u.typ {
		return false
	}
	if !val.Comparable() || !u.Comparable() {
		panic("reflect.Value.Equal: values of type " + val.typ.Str + " are not comparable")
	}
	return runtime.Equal(unsafe.Pointer(val.typ), val.address(), u.address())
}

// Zero returns the zero of a type.
func Zero(kind Type) Value {
	if kind == nil {
		panic("reflect: Zero(nil)")
	}
	t := kind.common()
	if t.Flags&desc.FlagDirect != 0 {
		return Value{t, nil, flag(t.Kind)}
	}
	return at(t, desc.New(t), 0)
}

// New returns a pointer to a new zero of a type.
func New(kind Type) Value {
	if kind == nil {
		panic("reflect: New(nil)")
	}
	return Value{PointerTo(kind).common(), desc.New(kind.common()), flag(Pointer)}
}

// NewAt returns a pointer to what lies at p.
func NewAt(kind Type, p unsafe.Pointer) Value {
	return Value{PointerTo(kind).common(), p, flag(Pointer)}
}

// TypeAssert is v.Interface().(T).
func TypeAssert[T any](v Value) (T, bool) {
	x, ok := v.Interface().(T)
	return x, ok
}
