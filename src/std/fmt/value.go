package fmt

import (
	"internal/desc"
	"internal/runtime"
	"unsafe"
)

// value is a value of any type: its descriptor, and a pointer to it (or, for a pointer-shaped value out of an interface, itself).
// The functions of this file are all that this package knows of memory.
type value struct {
	typ    *desc.Type
	ptr    unsafe.Pointer
	inside bool // ptr points to the value
	// fixed: nobody can change what ptr points to, so that it may be shared.
	fixed bool
	// hidden: reached through an unexported field, so that its methods must not be called; embedded: through an unexported
	// embedded one, whose own exported fields are free again.
	hidden, embedded bool
}

const kindString = desc.String

func kindOf(a any) uint8 {
	if a == nil {
		return desc.Invalid
	}
	return desc.TypeOf(a).Kind
}

func typeName(a any) string { return desc.TypeOf(a).Str }

// intOf returns the value of an operand of an integer type.
func intOf(a any) (int, bool) {
	if n, ok := a.(int); ok {
		return n, true
	}
	v := valueOf(a)
	switch k := v.kind(); {
	case k >= desc.Int && k <= desc.Int64:
		return int(v.int()), true
	case k >= desc.Uint && k <= desc.Uintptr:
		n := v.uint()
		return int(n), int64(n) >= 0
	}
	return 0, false
}

type words struct {
	typ  *desc.Type
	data unsafe.Pointer
}

func valueOf(a any) value {
	w := (*words)(unsafe.Pointer(&a))
	if w.typ == nil {
		return value{}
	}
	return value{typ: w.typ, ptr: w.data, inside: w.typ.Flags&desc.FlagDirect == 0, fixed: true}
}

func (v value) kind() uint8 {
	if v.typ == nil {
		return desc.Invalid
	}
	return v.typ.Kind
}

func (v value) typeName() string { return v.typ.Str }

// canInterface reports whether the value may be given out.
func (v value) canInterface() bool { return v.typ != nil && !v.hidden && !v.embedded }

// whole returns the value as an interface value.
func (v value) whole() (a any) {
	if v.inside && (!v.fixed || v.typ.Flags&desc.FlagDirect != 0 || v.typ.Kind == desc.Interface) {
		return desc.Make(v.typ, v.ptr)
	}
	w := (*words)(unsafe.Pointer(&a))
	w.data = v.ptr
	w.typ = v.typ
	return a
}

func (v value) bool() bool { return *(*bool)(v.ptr) }

func (v value) int() int64 {
	switch v.typ.Size {
	case 1:
		return int64(*(*int8)(v.ptr))
	case 2:
		return int64(*(*int16)(v.ptr))
	case 4:
		return int64(*(*int32)(v.ptr))
	}
	return *(*int64)(v.ptr)
}

func (v value) uint() uint64 {
	switch v.typ.Size {
	case 1:
		return uint64(*(*uint8)(v.ptr))
	case 2:
		return uint64(*(*uint16)(v.ptr))
	case 4:
		return uint64(*(*uint32)(v.ptr))
	}
	return *(*uint64)(v.ptr)
}

func (v value) float() float64 {
	if v.typ.Size == 4 {
		return float64(*(*float32)(v.ptr))
	}
	return *(*float64)(v.ptr)
}

func (v value) complex() complex128 {
	if v.typ.Size == 8 {
		return complex128(*(*complex64)(v.ptr))
	}
	return *(*complex128)(v.ptr)
}

func (v value) str() string { return *(*string)(v.ptr) }

// pointer is the word of a pointer, map, channel, function or unsafe pointer, or where a slice begins.
func (v value) pointer() unsafe.Pointer {
	if v.inside {
		return *(*unsafe.Pointer)(v.ptr)
	}
	return v.ptr
}

// address is what a program sees of pointer().
func (v value) address() uintptr { return uintptr(v.pointer()) }

func (v value) isNil() bool { return v.pointer() == nil }

// sealed is the flags of what is reached through v.
func (v value) sealed() bool { return v.hidden || v.embedded }

type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

// len of an array or slice.
func (v value) len() int {
	if v.typ.Kind == desc.Array {
		return v.typ.Len
	}
	return (*sliceHeader)(v.ptr).len
}

// index returns an element of an array or slice.
func (v value) index(i int) value {
	t := v.typ.Elem
	if v.typ.Kind == desc.Slice {
		return value{typ: t, ptr: unsafe.Add((*sliceHeader)(v.ptr).data, uintptr(i)*t.Size), inside: true, hidden: v.sealed()}
	}
	out := value{typ: t, ptr: v.ptr, inside: v.inside, fixed: v.fixed, hidden: v.sealed()}
	if v.inside {
		out.ptr = unsafe.Add(v.ptr, uintptr(i)*t.Size)
	}
	return out
}

// bytes returns the bytes of an array or slice whose elements are bytes.
func (v value) bytes() []byte {
	if v.typ.Kind == desc.Slice {
		return *(*[]byte)(v.ptr)
	}
	return unsafe.Slice((*byte)(v.ptr), v.typ.Len)
}

// elemKind is the kind of a type's elements.
func (v value) elemKind() uint8 { return v.typ.Elem.Kind }

func (v value) fieldCount() int { return len(v.typ.Fields()) }

// field returns a field of a struct and its name.
func (v value) field(i int) (value, string) {
	f := &v.typ.Fields()[i]
	out := value{typ: f.Type, ptr: v.ptr, inside: v.inside, fixed: v.fixed, hidden: v.hidden}
	if v.inside {
		out.ptr = unsafe.Add(v.ptr, f.Offset)
	}
	if f.PkgPath != "" {
		if f.Embedded != 0 {
			out.embedded = true
		} else {
			out.hidden = true
		}
	}
	return out, f.Name
}

// elem returns what is in an interface or behind a pointer; no value if nil.
func (v value) elem() value {
	var out value
	if v.typ.Kind == desc.Interface {
		out = valueOf(desc.Dynamic(v.typ, v.ptr))
	} else if p := v.pointer(); p != nil {
		out = value{typ: v.typ.Elem, ptr: p, inside: true}
	}
	out.hidden = v.sealed()
	return out
}

type entry struct{ key, elem value }

// entries returns what is in a map, in any order.
func (v value) entries() []entry {
	m := v.pointer()
	list := make([]entry, 0, runtime.MapLen(m))
	var it runtime.MapIter
	for it.Start(unsafe.Pointer(v.typ), m); it.Key() != nil; it.Next() {
		list = append(list, entry{v.part(v.typ.Key, it.Key()), v.part(v.typ.Elem, it.Elem())})
	}
	return list
}

// part returns a copy of a key or element of the map v, as reflection does.
func (v value) part(t *desc.Type, p unsafe.Pointer) value {
	if t.Flags&desc.FlagDirect != 0 {
		return value{typ: t, ptr: *(*unsafe.Pointer)(p), fixed: true, hidden: v.sealed()}
	}
	own := desc.New(t)
	desc.Move(t, own, p)
	return value{typ: t, ptr: own, inside: true, fixed: true, hidden: v.sealed()}
}

// reflected returns what a reflect.Value holds, if that is what a is.
func reflected(a any) (value, bool) {
	t := desc.TypeOf(a)
	if t.Kind != desc.Struct || t.Name != "Value" || t.PkgPath != "reflect" {
		return value{}, false
	}
	w := (*words)(unsafe.Pointer(&a))
	r := (*reflectValue)(w.data)
	out := value{typ: r.typ, ptr: r.ptr, inside: r.flag&reflectInside != 0}
	out.hidden = r.flag&reflectHidden != 0
	return out, true
}

// reflectValue is the layout of reflect.Value.
type reflectValue struct {
	typ  *desc.Type
	ptr  unsafe.Pointer
	flag uintptr
}

// Bits of its flag.
const (
	reflectHidden = 1<<5 | 1<<6
	reflectInside = 1 << 7
)
