// Package reflect looks into values and types at run time, by the descriptors that the compiler leaves in memory.
//
// type.go, relation.go and visible.go: types; value.go and fields.go: reading values; set.go: changing them; container.go: maps, channels, slices, arrays; convert.go: conversions;
// deep.go: DeepEqual; call.go: what our compiled code has no way to do, calling functions of a type known only at run time.
// Go: src/reflect.
package reflect

import (
	"internal/desc"
	"iter"
	"strconv"
	"unsafe"
)

// Kind is the kind of a type.
type Kind uint

const (
	Invalid Kind = iota
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

	Ptr = Pointer
)

// String returns the name.
func (kind Kind) String() string {
	if int(kind) < len(desc.KindNames) {
		return desc.KindNames[kind]
	}
	return "kind" + strconv.Itoa(int(kind))
}

// ChanDir is what may be done with a channel.
type ChanDir int

const (
	RecvDir ChanDir = 1 << iota
	SendDir
	BothDir = RecvDir | SendDir
)

// String returns it as Go writes it.
func (dir ChanDir) String() string {
	switch dir {
	case SendDir:
		return "chan<-"
	case RecvDir:
		return "<-chan"
	case BothDir:
		return "chan"
	}
	return "ChanDir" + strconv.Itoa(int(dir))
}

// Type is a type. Two of them are equal exactly if they are the same type.
type Type interface {
	Align() int
	FieldAlign() int
	Method(int) Method
	Methods() iter.Seq[Method]
	MethodByName(string) (Method, bool)
	NumMethod() int
	Name() string
	PkgPath() string
	Size() uintptr
	String() string
	Kind() Kind
	Implements(u Type) bool
	AssignableTo(u Type) bool
	ConvertibleTo(u Type) bool
	Comparable() bool
	Bits() int
	ChanDir() ChanDir
	IsVariadic() bool
	Elem() Type
	Field(i int) StructField
	Fields() iter.Seq[StructField]
	FieldByIndex(index []int) StructField
	FieldByName(name string) (StructField, bool)
	FieldByNameFunc(match func(string) bool) (StructField, bool)
	In(i int) Type
	Ins() iter.Seq[Type]
	Key() Type
	Len() int
	NumField() int
	NumIn() int
	NumOut() int
	Out(i int) Type
	Outs() iter.Seq[Type]
	OverflowComplex(x complex128) bool
	OverflowFloat(x float64) bool
	OverflowInt(x int64) bool
	OverflowUint(x uint64) bool
	CanSeq() bool
	CanSeq2() bool
	common() *desc.Type
	uncommon() *uncommonType
}

// uncommonType stands where Go has the methods of a type.
type uncommonType struct{}

// rtype is a descriptor as a Type.
type rtype struct{ t desc.Type }

func toType(t *desc.Type) Type {
	if t == nil {
		return nil
	}
	return (*rtype)(unsafe.Pointer(t))
}

// Method is a method of a type.
type Method struct {
	Name    string
	PkgPath string // "" for exported ones
	Type    Type
	Func    Value
	Index   int
}

// IsExported reports whether other packages may call it.
func (method Method) IsExported() bool { return method.PkgPath == "" }

// StructField is a field of a struct.
type StructField struct {
	Name      string
	PkgPath   string // "" for exported ones
	Type      Type
	Tag       StructTag
	Offset    uintptr
	Index     []int
	Anonymous bool
}

// IsExported reports whether other packages may use it.
func (field StructField) IsExported() bool { return field.PkgPath == "" }

// StructTag is the text after a field: key:"value" pairs.
type StructTag string

// Get returns the value of a key, "" if there is none.
func (tag StructTag) Get(key string) string {
	value, _ := tag.Lookup(key)
	return value
}

// Lookup returns the value of a key and whether there is one.
func (tag StructTag) Lookup(key string) (value string, ok bool) {
	rest := string(tag)
	for {
		for rest != "" && rest[0] == ' ' {
			rest = rest[1:]
		}
		end := 0
		for end < len(rest) && rest[end] > ' ' && rest[end] != ':' && rest[end] != '"' && rest[end] != 0x7f {
			end++
		}
		if end == 0 || end+1 >= len(rest) || rest[end] != ':' || rest[end+1] != '"' {
			return "", false
		}
		name := rest[:end]
		quoted, err := strconv.QuotedPrefix(rest[end+1:])
		if err != nil {
			return "", false
		}
		rest = rest[end+1+len(quoted):]
		if name == key {
			value, err := strconv.Unquote(quoted)
			return value, err == nil
		}
	}
}

// TypeOf returns the dynamic type of i, nil if i is nil.
func TypeOf(i any) Type { return toType(desc.TypeOf(i)) }

// TypeFor returns the type T.
func TypeFor[T any]() Type { return TypeOf((*T)(nil)).Elem() }

func (rt *rtype) common() *desc.Type      { return &rt.t }
func (rt *rtype) uncommon() *uncommonType { return nil }
func (rt *rtype) Align() int              { return int(rt.t.Align) }
func (rt *rtype) FieldAlign() int         { return int(rt.t.Align) }
func (rt *rtype) Name() string            { return rt.t.Name }
func (rt *rtype) Size() uintptr           { return rt.t.Size }
func (rt *rtype) String() string          { return rt.t.Str }
func (rt *rtype) Kind() Kind              { return Kind(rt.t.Kind) }
func (rt *rtype) Comparable() bool        { return rt.t.Flags&desc.FlagComparable != 0 }

func (rt *rtype) PkgPath() string {
	if rt.t.Flags&desc.FlagNamed == 0 {
		return ""
	}
	return rt.t.PkgPath
}

// must panics if the type is of another kind; what it is not is said by the caller.
func (rt *rtype) must(kind Kind, method string) {
	if rt.Kind() != kind {
		panic("reflect: " + method + " of " + wrongKind(kind) + " type " + rt.String())
	}
}

func wrongKind(want Kind) string { return "non-" + want.String() }

func (rt *rtype) Bits() int {
	if k := rt.Kind(); k < Int || k > Complex128 {
		panic("reflect: Bits of non-arithmetic Type " + rt.String())
	}
	return int(rt.t.Size) * 8
}

func (rt *rtype) ChanDir() ChanDir {
	rt.must(Chan, "ChanDir")
	return ChanDir(rt.t.Len)
}

func (rt *rtype) IsVariadic() bool {
	rt.must(Func, "IsVariadic")
	return rt.t.Len != 0
}

func (rt *rtype) Elem() Type {
	switch rt.Kind() {
	case Array, Chan, Map, Pointer, Slice:
		return toType(rt.t.Elem)
	}
	panic("reflect: Elem of invalid type " + rt.String())
}

func (rt *rtype) Key() Type {
	rt.must(Map, "Key")
	return toType(rt.t.Key)
}

func (rt *rtype) Len() int {
	rt.must(Array, "Len")
	return rt.t.Len
}

func (rt *rtype) NumField() int {
	rt.must(Struct, "NumField")
	return len(rt.t.Fields())
}

func (rt *rtype) Field(at int) StructField {
	if rt.Kind() != Struct {
		panic("reflect: Field of non-struct type " + rt.String())
	}
	fields := rt.t.Fields()
	if at < 0 || at >= len(fields) {
		panic("reflect: Field index out of bounds")
	}
	f := &fields[at]
	return StructField{f.Name, f.PkgPath, toType(f.Type), StructTag(f.Tag), f.Offset, indexOf(at), f.Embedded != 0}
}

// indexes are the numbers below 256, each once it was asked for, so that the index of a field needs no memory of its own.
var indexes [256]int

func indexOf(at int) []int {
	if at >= len(indexes) {
		return []int{at}
	}
	indexes[at] = at
	return indexes[at : at+1 : at+1]
}

func (rt *rtype) Fields() iter.Seq[StructField] {
	return func(yield func(StructField) bool) {
		for i := range rt.NumField() {
			if !yield(rt.Field(i)) {
				return
			}
		}
	}
}

func (rt *rtype) FieldByIndex(index []int) StructField {
	var f StructField
	var at Type = rt
	for i, x := range index {
		if i > 0 && at.Kind() == Pointer && at.Elem().Kind() == Struct {
			at = at.Elem()
		}
		f = at.Field(x)
		at = f.Type
	}
	return f
}

func (rt *rtype) FieldByName(name string) (StructField, bool) {
	return rt.FieldByNameFunc(func(s string) bool { return s == name })
}

// level is a struct at some depth of embedding.
type level struct {
	t     *rtype
	index []int
	twice bool // reached on two ways: its fields are ambiguous
}

// FieldByNameFunc looks depth by depth; at one depth only one field may match.
func (rt *rtype) FieldByNameFunc(match func(string) bool) (found StructField, ok bool) {
	rt.must(Struct, "FieldByNameFunc")
	seen := map[*rtype]bool{}
	for at := []level{{t: rt}}; len(at) > 0; {
		var below []level
		for _, l := range at {
			if seen[l.t] {
				continue
			}
			seen[l.t] = true
			for i := range l.t.NumField() {
				f := l.t.Field(i)
				if match(f.Name) {
					if ok || l.twice {
						return StructField{}, false
					}
					found, ok = f, true
					found.Index = append(append([]int(nil), l.index...), i)
					continue
				}
				inner, _ := f.Type.(*rtype)
				if f.Anonymous && inner.Kind() == Pointer {
					inner = (*rtype)(unsafe.Pointer(inner.t.Elem))
				}
				if !f.Anonymous || inner.Kind() != Struct || seen[inner] {
					continue
				}
				below = addLevel(below, level{inner, append(append([]int(nil), l.index...), i), l.twice})
			}
		}
		if ok {
			return found, true
		}
		at = below
	}
	return StructField{}, false
}

func addLevel(list []level, l level) []level {
	for i := range list {
		if list[i].t == l.t {
			list[i].twice = true
			return list
		}
	}
	return append(list, l)
}

func (rt *rtype) NumIn() int {
	rt.must(Func, "NumIn")
	return len(rt.t.Params())
}

func (rt *rtype) In(at int) Type {
	rt.must(Func, "In")
	return toType(rt.t.Params()[at])
}

func (rt *rtype) Ins() iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for i := range rt.NumIn() {
			if !yield(rt.In(i)) {
				return
			}
		}
	}
}

func (rt *rtype) NumOut() int {
	rt.must(Func, "NumOut")
	return len(rt.t.Results())
}

func (rt *rtype) Out(at int) Type {
	rt.must(Func, "Out")
	return toType(rt.t.Results()[at])
}

func (rt *rtype) Outs() iter.Seq[Type] {
	return func(yield func(Type) bool) {
		for i := range rt.NumOut() {
			if !yield(rt.Out(i)) {
				return
			}
		}
	}
}

// exported are the methods that other packages may call.
func (rt *rtype) exported() []desc.Method {
	switch rt.Kind() {
	case Interface:
		return nil
	}
	all := rt.t.Methods()
	// Those of ASCII names come first.
	count := 0
	for count < len(all) && all[count].PkgPath == "" {
		count++
	}
	list := all[:count:count]
	for _, m := range all[count:] {
		if m.PkgPath == "" {
			list = append(list, m)
		}
	}
	return list
}

func (rt *rtype) NumMethod() int {
	if rt.Kind() == Interface {
		return len(rt.t.IMethods())
	}
	return len(rt.exported())
}

func (rt *rtype) Method(at int) Method {
	if at < 0 || at >= rt.NumMethod() {
		panic("reflect: Method index out of range")
	}
	if rt.Kind() == Interface {
		m := rt.t.IMethods()[at]
		return Method{Name: m.Name, PkgPath: m.PkgPath, Type: toType(m.Type), Index: at}
	}
	m := rt.exported()[at]
	return Method{Name: m.Name, Type: withReceiver(rt, m.Type), Func: methodFunc(rt, at), Index: at}
}

func (rt *rtype) Methods() iter.Seq[Method] {
	return func(yield func(Method) bool) {
		for i := range rt.NumMethod() {
			if !yield(rt.Method(i)) {
				return
			}
		}
	}
}

func (rt *rtype) MethodByName(name string) (Method, bool) {
	if i := rt.methodIndex(name); i >= 0 {
		return rt.Method(i), true
	}
	return Method{}, false
}

// methodIndex is the number of the method of this name, -1 if there is none.
func (rt *rtype) methodIndex(name string) int {
	if rt.Kind() == Interface {
		for i, m := range rt.t.IMethods() {
			if m.Name == name {
				return i
			}
		}
		return -1
	}
	for i, m := range rt.exported() {
		if m.Name == name {
			return i
		}
	}
	return -1
}

func (rt *rtype) OverflowComplex(x complex128) bool {
	switch rt.Kind() {
	case Complex64:
		return tooLarge32(real(x)) || tooLarge32(imag(x))
	case Complex128:
		return false
	}
	panic("reflect: OverflowComplex of non-complex type " + rt.String())
}

func (rt *rtype) OverflowFloat(x float64) bool {
	switch rt.Kind() {
	case Float32:
		return tooLarge32(x)
	case Float64:
		return false
	}
	panic("reflect: OverflowFloat of non-float type " + rt.String())
}

func tooLarge32(x float64) bool {
	if x < 0 {
		x = -x
	}
	const largest32, largest64 = 0x1p127 * (1 + (1 - 0x1p-23)), 0x1p1023 * (1 + (1 - 0x1p-52))
	return x > largest32 && x <= largest64
}

func (rt *rtype) OverflowInt(value int64) bool {
	if k := rt.Kind(); k < Int || k > Int64 {
		panic("reflect: OverflowInt of non-int type " + rt.String())
	}
	unused := 64 - 8*rt.t.Size
	return value<<unused>>unused != value
}

func (rt *rtype) OverflowUint(value uint64) bool {
	if k := rt.Kind(); k < Uint || k > Uintptr {
		panic("reflect: OverflowUint of non-uint type " + rt.String())
	}
	unused := 64 - 8*rt.t.Size
	return value<<unused>>unused != value
}

func (rt *rtype) CanSeq() bool {
	switch rt.Kind() {
	case Int, Int8, Int16, Int32, Int64, Uint, Uint8, Uint16, Uint32, Uint64, Uintptr, Array, Slice, Chan, String, Map:
		return true
	case Func:
		return rt.isIterator(1)
	case Pointer:
		return rt.t.Elem.Kind == desc.Array
	}
	return false
}

func (rt *rtype) CanSeq2() bool {
	switch rt.Kind() {
	case Array, Slice, String, Map:
		return true
	case Func:
		return rt.isIterator(2)
	case Pointer:
		return rt.t.Elem.Kind == desc.Array
	}
	return false
}

// isIterator reports whether it is func(yield func(…) bool) with count values.
func (rt *rtype) isIterator(count int) bool {
	in := rt.t.Params()
	if len(in) != 1 || len(rt.t.Results()) != 0 || in[0].Kind != desc.Func {
		return false
	}
	out := in[0].Results()
	return len(in[0].Params()) == count && len(out) == 1 && out[0].Kind == desc.Bool
}
