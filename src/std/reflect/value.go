package reflect

import (
	"internal/desc"
	"internal/runtime"
	"iter"
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

func (e *ValueError) Error() string {
	if e.Kind == Invalid {
		return "reflect: call of " + e.Method + " on zero Value"
	}
	return "reflect: call of " + e.Method + " on " + e.Kind.String() + " Value"
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

func (f flag) kind() Kind { return Kind(f & kindMask) }

// sealed is what is handed on to parts: a value from an unexported field stays read-only.
func (f flag) sealed() flag {
	if f&anyRO != 0 {
		return throughRO
	}
	return 0
}

func (f flag) mustBe(k Kind, method string) {
	if f.kind() != k {
		panic(&ValueError{method, f.kind()})
	}
}

func (v Value) mustBeExported(method string) {
	if v.flag == 0 {
		panic(&ValueError{method, Invalid})
	}
	if v.flag&anyRO != 0 {
		panic("reflect: " + method + " using value obtained using unexported field")
	}
}

func (v Value) mustBeSettable(method string) {
	v.mustBeExported(method)
	if v.flag&canAddress == 0 {
		panic("reflect: " + method + " using unaddressable value")
	}
}

// word is the pointer in a pointer-shaped value.
func (v Value) word() unsafe.Pointer {
	if v.flag&inside != 0 {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// address is where the value lies; of a pointer-shaped one that is nowhere, where a copy lies.
func (v *Value) address() unsafe.Pointer {
	if v.flag&inside != 0 {
		return v.ptr
	}
	return unsafe.Pointer(&v.ptr)
}

// Kind returns the kind; Invalid of no value.
func (v Value) Kind() Kind { return v.kind() }

// IsValid reports whether there is a value.
func (v Value) IsValid() bool { return v.flag != 0 }

// Type returns the type.
func (v Value) Type() Type {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Type", Invalid})
	}
	return toType(v.typ)
}

// CanAddr reports whether Addr works.
func (v Value) CanAddr() bool { return v.flag&canAddress != 0 }

// CanSet reports whether the value can be changed.
func (v Value) CanSet() bool { return v.flag&(canAddress|anyRO) == canAddress }

// CanInterface reports whether Interface works.
func (v Value) CanInterface() bool {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.CanInterface", Invalid})
	}
	return v.flag&anyRO == 0
}

// Interface returns the value.
func (v Value) Interface() (i any) {
	if v.flag == 0 {
		panic(&ValueError{"reflect.Value.Interface", Invalid})
	}
	if v.flag&anyRO != 0 {
		panic("reflect.Value.Interface: cannot return value obtained from unexported field or method")
	}
	return v.box()
}

func (v Value) box() (i any) {
	if v.flag&inside != 0 {
		return desc.Make(v.typ, v.ptr)
	}
	w := (*words)(unsafe.Pointer(&i))
	w.data = v.ptr
	w.typ = v.typ
	return i
}

// Addr returns a pointer to the value.
func (v Value) Addr() Value {
	if v.flag&canAddress == 0 {
		panic("reflect.Value.Addr of unaddressable value")
	}
	return Value{PointerTo(toType(v.typ)).common(), v.ptr, v.flag.sealed() | flag(Pointer)}
}

// UnsafeAddr returns where the value lies.
func (v Value) UnsafeAddr() uintptr {
	if v.flag&canAddress == 0 {
		panic("reflect.Value.UnsafeAddr of unaddressable value")
	}
	return uintptr(v.ptr)
}

// Bool returns a bool.
func (v Value) Bool() bool {
	v.mustBe(Bool, "reflect.Value.Bool")
	return *(*bool)(v.ptr)
}

// CanInt reports whether Int works.
func (v Value) CanInt() bool { return v.kind() >= Int && v.kind() <= Int64 }

// Int returns a signed integer.
func (v Value) Int() int64 {
	switch v.kind() {
	case Int:
		return int64(*(*int)(v.ptr))
	case Int8:
		return int64(*(*int8)(v.ptr))
	case Int16:
		return int64(*(*int16)(v.ptr))
	case Int32:
		return int64(*(*int32)(v.ptr))
	case Int64:
		return *(*int64)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Int", v.kind()})
}

// CanUint reports whether Uint works.
func (v Value) CanUint() bool { return v.kind() >= Uint && v.kind() <= Uintptr }

// Uint returns an unsigned integer.
func (v Value) Uint() uint64 {
	switch v.kind() {
	case Uint:
		return uint64(*(*uint)(v.ptr))
	case Uint8:
		return uint64(*(*uint8)(v.ptr))
	case Uint16:
		return uint64(*(*uint16)(v.ptr))
	case Uint32:
		return uint64(*(*uint32)(v.ptr))
	case Uint64:
		return *(*uint64)(v.ptr)
	case Uintptr:
		return uint64(*(*uintptr)(v.ptr))
	}
	panic(&ValueError{"reflect.Value.Uint", v.kind()})
}

// CanFloat reports whether Float works.
func (v Value) CanFloat() bool { return v.kind() == Float32 || v.kind() == Float64 }

// Float returns a float.
func (v Value) Float() float64 {
	switch v.kind() {
	case Float32:
		return float64(*(*float32)(v.ptr))
	case Float64:
		return *(*float64)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Float", v.kind()})
}

// CanComplex reports whether Complex works.
func (v Value) CanComplex() bool { return v.kind() == Complex64 || v.kind() == Complex128 }

// Complex returns a complex number.
func (v Value) Complex() complex128 {
	switch v.kind() {
	case Complex64:
		return complex128(*(*complex64)(v.ptr))
	case Complex128:
		return *(*complex128)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.Complex", v.kind()})
}

// String returns a string; of other values <T Value>.
func (v Value) String() string {
	switch v.kind() {
	case String:
		return *(*string)(v.ptr)
	case Invalid:
		return "<invalid Value>"
	}
	return "<" + v.typ.Str + " Value>"
}

// Bytes returns the bytes of a slice or addressable array of bytes.
func (v Value) Bytes() []byte {
	switch v.kind() {
	case Slice:
		if v.typ.Elem.Kind != desc.Uint8 {
			panic("reflect.Value.Bytes of non-byte slice")
		}
		return *(*[]byte)(v.ptr)
	case Array:
		if v.typ.Elem.Kind != desc.Uint8 {
			panic("reflect.Value.Bytes of non-byte array")
		}
		if !v.CanAddr() {
			panic("reflect.Value.Bytes of unaddressable byte array")
		}
		return unsafe.Slice((*byte)(v.ptr), v.typ.Len)
	}
	panic(&ValueError{"reflect.Value.Bytes", v.kind()})
}

// Elem returns what is in an interface or behind a pointer.
func (v Value) Elem() Value {
	switch v.kind() {
	case Interface:
		out := ValueOf(desc.Dynamic(v.typ, v.ptr))
		if out.flag != 0 {
			out.flag |= v.flag.sealed()
		}
		return out
	case Pointer:
		p := v.word()
		if p == nil {
			return Value{}
		}
		return at(v.typ.Elem, p, v.flag.sealed()|canAddress)
	}
	panic(&ValueError{"reflect.Value.Elem", v.kind()})
}

// Indirect returns what is behind a pointer, or v itself.
func Indirect(v Value) Value {
	if v.kind() != Pointer {
		return v
	}
	return v.Elem()
}

// NumField returns the number of fields.
func (v Value) NumField() int {
	v.mustBe(Struct, "reflect.Value.NumField")
	return len(v.typ.Fields())
}

// Field returns a field.
func (v Value) Field(i int) Value {
	v.mustBe(Struct, "reflect.Value.Field")
	fields := v.typ.Fields()
	if uint(i) >= uint(len(fields)) {
		panic("reflect: Field index out of range")
	}
	f := &fields[i]
	how := v.flag&(throughRO|inside|canAddress) | flag(f.Type.Kind)
	if f.PkgPath != "" {
		if f.Embedded != 0 {
			how |= embeddedRO
		} else {
			how |= throughRO
		}
	}
	p := v.ptr
	if v.flag&inside != 0 {
		p = unsafe.Add(p, f.Offset)
	}
	return Value{f.Type, p, how}
}

// FieldByIndex follows a path of fields, through pointers.
func (v Value) FieldByIndex(index []int) Value {
	if len(index) == 1 {
		return v.Field(index[0])
	}
	v.mustBe(Struct, "reflect.Value.FieldByIndex")
	for i, x := range index {
		if i > 0 && v.kind() == Pointer && v.typ.Elem.Kind == desc.Struct {
			if v.IsNil() {
				panic("reflect: indirection through nil pointer to embedded struct")
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

type nilEmbedded string

func (e nilEmbedded) Error() string { return string(e) }

// FieldByIndexErr is FieldByIndex that fails at a nil pointer.
func (v Value) FieldByIndexErr(index []int) (Value, error) {
	if len(index) == 1 {
		return v.Field(index[0]), nil
	}
	v.mustBe(Struct, "reflect.Value.FieldByIndexErr")
	for i, x := range index {
		if i > 0 && v.kind() == Pointer && v.typ.Elem.Kind == desc.Struct {
			if v.IsNil() {
				return Value{}, nilEmbedded("reflect: indirection through nil pointer to embedded struct field " + v.typ.Elem.Name)
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, nil
}

// FieldByName returns a field by its name, no value if there is none.
func (v Value) FieldByName(name string) Value {
	v.mustBe(Struct, "reflect.Value.FieldByName")
	if f, ok := toType(v.typ).FieldByName(name); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// FieldByNameFunc returns the field whose name satisfies match.
func (v Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := toType(v.typ).FieldByNameFunc(match); ok {
		return v.FieldByIndex(f.Index)
	}
	return Value{}
}

// Fields yields fields with their values.
func (v Value) Fields() iter.Seq2[StructField, Value] {
	return func(yield func(StructField, Value) bool) {
		t := v.Type()
		for i := range v.NumField() {
			if !yield(t.Field(i), v.Field(i)) {
				return
			}
		}
	}
}

// NumMethod returns the number of methods.
func (v Value) NumMethod() int {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	return toType(v.typ).NumMethod()
}

// Method returns a method with its receiver.
func (v Value) Method(i int) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	if uint(i) >= uint(v.NumMethod()) {
		panic("reflect: Method index out of range")
	}
	return boundMethod(v, i)
}

// MethodByName returns a method with its receiver, no value if there is none.
func (v Value) MethodByName(name string) Value {
	if v.typ == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	m, ok := toType(v.typ).MethodByName(name)
	if !ok {
		return Value{}
	}
	return v.Method(m.Index)
}

// Methods yields methods with their receiver.
func (v Value) Methods() iter.Seq2[Method, Value] {
	return func(yield func(Method, Value) bool) {
		t := v.Type()
		for i := range v.NumMethod() {
			if !yield(t.Method(i), v.Method(i)) {
				return
			}
		}
	}
}

// IsNil reports whether a pointer, map, slice, channel, function or interface is nil.
func (v Value) IsNil() bool {
	switch v.kind() {
	case Chan, Func, Map, Pointer, UnsafePointer:
		return v.word() == nil
	case Interface, Slice:
		return *(*unsafe.Pointer)(v.ptr) == nil
	}
	panic(&ValueError{"reflect.Value.IsNil", v.kind()})
}

// IsZero reports whether the value is the zero of its type.
func (v Value) IsZero() bool {
	switch v.kind() {
	case Bool:
		return !v.Bool()
	case Int, Int8, Int16, Int32, Int64:
		return v.Int() == 0
	case Uint, Uint8, Uint16, Uint32, Uint64, Uintptr:
		return v.Uint() == 0
	case Float32:
		return *(*uint32)(v.ptr) == 0
	case Float64:
		return *(*uint64)(v.ptr) == 0
	case Complex64:
		return *(*uint64)(v.ptr) == 0
	case Complex128:
		return *(*[2]uint64)(v.ptr) == [2]uint64{}
	case Array:
		for i := range v.Len() {
			if !v.Index(i).IsZero() {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).IsZero() && v.typ.Fields()[i].Name != "_" {
				return false
			}
		}
		return true
	case Chan, Func, Interface, Map, Pointer, Slice, UnsafePointer:
		return v.IsNil()
	case String:
		return v.Len() == 0
	}
	panic(&ValueError{"reflect.Value.IsZero", v.Kind()})
}

// Pointer returns the address in a pointer, map, channel, function, slice or string.
func (v Value) Pointer() uintptr {
	switch v.kind() {
	case Chan, Map, Pointer, UnsafePointer:
		return uintptr(v.word())
	case Func:
		p := v.word()
		if p != nil {
			p = *(*unsafe.Pointer)(p)
		}
		return uintptr(p)
	case Slice, String:
		return uintptr(*(*unsafe.Pointer)(v.ptr))
	}
	panic(&ValueError{"reflect.Value.Pointer", v.kind()})
}

// UnsafePointer is Pointer as a pointer.
func (v Value) UnsafePointer() unsafe.Pointer {
	switch v.kind() {
	case Chan, Map, Pointer, UnsafePointer:
		return v.word()
	case Func:
		p := v.word()
		if p != nil {
			p = *(*unsafe.Pointer)(p)
		}
		return p
	case Slice, String:
		return *(*unsafe.Pointer)(v.ptr)
	}
	panic(&ValueError{"reflect.Value.UnsafePointer", v.kind()})
}

// InterfaceData returns the two words of an interface.
func (v Value) InterfaceData() [2]uintptr {
	v.mustBe(Interface, "reflect.Value.InterfaceData")
	return *(*[2]uintptr)(v.ptr)
}

// OverflowInt reports whether x does not fit.
func (v Value) OverflowInt(x int64) bool {
	if !v.CanInt() {
		panic(&ValueError{"reflect.Value.OverflowInt", v.kind()})
	}
	return toType(v.typ).OverflowInt(x)
}

// OverflowUint reports whether x does not fit.
func (v Value) OverflowUint(x uint64) bool {
	if !v.CanUint() {
		panic(&ValueError{"reflect.Value.OverflowUint", v.kind()})
	}
	return toType(v.typ).OverflowUint(x)
}

// OverflowFloat reports whether x does not fit.
func (v Value) OverflowFloat(x float64) bool {
	if !v.CanFloat() {
		panic(&ValueError{"reflect.Value.OverflowFloat", v.kind()})
	}
	return toType(v.typ).OverflowFloat(x)
}

// OverflowComplex reports whether x does not fit.
func (v Value) OverflowComplex(x complex128) bool {
	if !v.CanComplex() {
		panic(&ValueError{"reflect.Value.OverflowComplex", v.kind()})
	}
	return toType(v.typ).OverflowComplex(x)
}

// Comparable reports whether == works on the value.
func (v Value) Comparable() bool {
	switch v.kind() {
	case Invalid:
		return true
	case Interface:
		return v.IsNil() || v.Elem().Comparable()
	case Array:
		for i := range v.Len() {
			if !v.Index(i).Comparable() {
				return false
			}
		}
		return true
	case Struct:
		for i := range v.NumField() {
			if !v.Field(i).Comparable() {
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
func (v Value) Equal(u Value) bool {
	if v.Kind() == Interface {
		v = v.Elem()
	}
	if u.Kind() == Interface {
		u = u.Elem()
	}
	if !v.IsValid() || !u.IsValid() {
		return v.IsValid() == u.IsValid()
	}
	if v.typ != u.typ {
		return false
	}
	if !v.Comparable() || !u.Comparable() {
		panic("reflect.Value.Equal: values of type " + v.typ.Str + " are not comparable")
	}
	return runtime.Equal(unsafe.Pointer(v.typ), v.address(), u.address())
}

// Zero returns the zero of a type.
func Zero(typ Type) Value {
	if typ == nil {
		panic("reflect: Zero(nil)")
	}
	t := typ.common()
	if t.Flags&desc.FlagDirect != 0 {
		return Value{t, nil, flag(t.Kind)}
	}
	return at(t, desc.New(t), 0)
}

// New returns a pointer to a new zero of a type.
func New(typ Type) Value {
	if typ == nil {
		panic("reflect: New(nil)")
	}
	return Value{PointerTo(typ).common(), desc.New(typ.common()), flag(Pointer)}
}

// NewAt returns a pointer to what lies at p.
func NewAt(typ Type, p unsafe.Pointer) Value {
	return Value{PointerTo(typ).common(), p, flag(Pointer)}
}

// TypeAssert is v.Interface().(T).
func TypeAssert[T any](v Value) (T, bool) {
	x, ok := v.Interface().(T)
	return x, ok
}
