package reflect

import (
	"internal/desc"
	"internal/runtime"
	"iter"
	"unsafe"
)

// header is a slice in memory.
type header struct {
	data     unsafe.Pointer
	len, cap int
}

// SliceHeader and StringHeader are old names for what lies in memory.
type SliceHeader struct {
	Data uintptr
	Len  int
	Cap  int
}

type StringHeader struct {
	Data uintptr
	Len  int
}

// Len returns the length of an array, slice, string, map or channel, or of the array behind a pointer.
func (v Value) Len() int {
	switch v.kind() {
	case Slice:
		return (*header)(v.ptr).len
	case String:
		return len(*(*string)(v.ptr))
	case Array:
		return v.typ.Len
	case Map:
		return runtime.MapLen(v.word())
	case Chan:
		return runtime.ChanLen(v.word())
	case Pointer:
		if v.typ.Elem.Kind == desc.Array {
			return v.typ.Elem.Len
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Len", v.kind()})
}

// Cap returns the capacity of an array, slice or channel.
func (v Value) Cap() int {
	switch v.kind() {
	case Slice:
		return (*header)(v.ptr).cap
	case Array:
		return v.typ.Len
	case Chan:
		return runtime.ChanCap(v.word())
	case Pointer:
		if v.typ.Elem.Kind == desc.Array {
			return v.typ.Elem.Len
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Cap", v.kind()})
}

// Index returns an element of an array, slice or string.
func (v Value) Index(i int) Value {
	switch v.kind() {
	case Slice:
		s := (*header)(v.ptr)
		if uint(i) >= uint(s.len) {
			panic("reflect: slice index out of range")
		}
		t := v.typ.Elem
		return at(t, unsafe.Add(s.data, uintptr(i)*t.Size), v.flag.sealed()|canAddress)
	case Array:
		if uint(i) >= uint(v.typ.Len) {
			panic("reflect: array index out of range")
		}
		t := v.typ.Elem
		how := v.flag&(inside|canAddress) | v.flag.sealed() | flag(t.Kind)
		if v.flag&inside == 0 {
			return Value{t, v.ptr, how}
		}
		return Value{t, unsafe.Add(v.ptr, uintptr(i)*t.Size), how}
	case String:
		s := *(*string)(v.ptr)
		if uint(i) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		return at(byteType, unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i), v.flag.sealed())
	}
	panic(&ValueError{"reflect.Value.Index", v.kind()})
}

var byteType = desc.TypeOf(byte(0))
var stringType = desc.TypeOf("")

func (v Value) base(method string) (p unsafe.Pointer, size int, elem *desc.Type) {
	switch v.kind() {
	case Array:
		if v.flag&canAddress == 0 {
			panic("reflect.Value." + method + ": slice of unaddressable array")
		}
		return v.ptr, v.typ.Len, v.typ.Elem
	case Slice:
		s := (*header)(v.ptr)
		return s.data, s.cap, v.typ.Elem
	}
	panic(&ValueError{"reflect.Value." + method, v.kind()})
}

// Slice returns v[i:j].
func (v Value) Slice(i, j int) Value {
	if v.kind() == String {
		s := *(*string)(v.ptr)
		if i < 0 || j < i || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		part := s[i:j]
		return at(v.typ, unsafe.Pointer(&part), v.flag.sealed())
	}
	_, room, _ := v.base("Slice")
	if i < 0 || j < i || j > room {
		panic("reflect.Value.Slice: slice index out of bounds")
	}
	return v.cut(i, j, room)
}

// Slice3 returns v[i:j:k].
func (v Value) Slice3(i, j, k int) Value {
	_, room, _ := v.base("Slice3")
	if i < 0 || j < i || k < j || k > room {
		panic("reflect.Value.Slice3: slice index out of bounds")
	}
	return v.cut(i, j, k)
}

func (v Value) cut(i, j, k int) Value {
	p, _, elem := v.base("Slice")
	t := v.typ
	if v.kind() == Array {
		t = SliceOf(toType(elem)).common()
	}
	s := &header{p, j - i, k - i}
	if k > i {
		s.data = unsafe.Add(p, uintptr(i)*elem.Size)
	}
	return at(t, unsafe.Pointer(s), v.flag.sealed())
}

// MakeSlice returns a new slice of a type.
func MakeSlice(typ Type, len, cap int) Value {
	if typ.Kind() != Slice {
		panic("reflect.MakeSlice of non-slice type")
	}
	switch {
	case len < 0:
		panic("reflect.MakeSlice: negative len")
	case cap < 0:
		panic("reflect.MakeSlice: negative cap")
	case len > cap:
		panic("reflect.MakeSlice: len > cap")
	}
	s := &header{runtime.NewArray(unsafe.Pointer(typ.Elem().common()), cap), len, cap}
	return at(typ.common(), unsafe.Pointer(s), 0)
}

// SliceAt returns the slice of n elements at p.
func SliceAt(typ Type, p unsafe.Pointer, n int) Value {
	return at(SliceOf(typ).common(), unsafe.Pointer(&header{p, n, n}), 0)
}

// grown returns s with room for n more elements, n longer.
func (v Value) grown(n int) header {
	s := *(*header)(v.ptr)
	if s.len+n < 0 {
		panic("reflect.Append: slice overflow")
	}
	if s.len+n > s.cap {
		s.data, s.cap = runtime.GrowSlice(unsafe.Pointer(v.typ.Elem), s.data, s.len+n, s.cap, n)
	}
	s.len += n
	return s
}

// Grow makes room for n more elements.
func (v Value) Grow(n int) {
	v.mustBeSettable("reflect.Value.Grow")
	v.mustBe(Slice, "reflect.Value.Grow")
	if n < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	s := v.grown(n)
	s.len -= n
	*(*header)(v.ptr) = s
}

// Append appends values to a slice.
func Append(s Value, x ...Value) Value {
	s.mustBe(Slice, "reflect.Append")
	from := s.Len()
	h := new(header)
	*h = s.grown(len(x))
	out := at(s.typ, unsafe.Pointer(h), s.flag.sealed())
	for i, v := range x {
		out.Index(from + i).Set(v)
	}
	return out
}

// AppendSlice appends the elements of t to s.
func AppendSlice(s, t Value) Value {
	s.mustBe(Slice, "reflect.AppendSlice")
	t.mustBe(Slice, "reflect.AppendSlice")
	if s.typ.Elem != t.typ.Elem {
		panic("reflect.AppendSlice: " + s.typ.Str + " != " + t.typ.Str)
	}
	from, n := s.Len(), t.Len()
	h := new(header)
	*h = s.grown(n)
	out := at(s.typ, unsafe.Pointer(h), s.flag.sealed())
	Copy(out.Slice(from, from+n), t)
	return out
}

// Copy copies elements and returns how many.
func Copy(dst, src Value) int {
	if dst.kind() != Slice && dst.kind() != Array {
		panic(&ValueError{"reflect.Copy", dst.kind()})
	}
	to := dst.ptr
	if dst.kind() == Slice {
		to = (*header)(dst.ptr).data
	} else {
		dst.mustBeSettable("reflect.Copy")
	}
	n := min(dst.Len(), src.Len())
	from := src.ptr
	switch src.kind() {
	case Slice:
		from = (*header)(src.ptr).data
	case String:
		from = unsafe.Pointer(unsafe.StringData(*(*string)(src.ptr)))
	case Array:
	default:
		panic(&ValueError{"reflect.Copy", src.kind()})
	}
	runtime.SliceCopy(unsafe.Pointer(dst.typ.Elem), to, from, n)
	return n
}

// Clear empties a map or sets the elements of a slice to zero.
func (v Value) Clear() {
	switch v.kind() {
	case Slice:
		for i := range v.Len() {
			e := v.Index(i)
			Zero(toType(e.typ)).store(e.ptr)
		}
	case Map:
		runtime.MapClear(unsafe.Pointer(v.typ), v.word())
	default:
		panic(&ValueError{"reflect.Value.Clear", v.kind()})
	}
}

// ---- maps ----

// MakeMap returns a new map of a type.
func MakeMap(typ Type) Value { return MakeMapWithSize(typ, 0) }

// MakeMapWithSize returns a new map with room for n entries.
func MakeMapWithSize(typ Type, n int) Value {
	if typ.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := typ.common()
	return Value{t, runtime.MakeMap(unsafe.Pointer(t), n), flag(Map)}
}

// copied returns the value at p in memory of its own.
func copied(t *desc.Type, p unsafe.Pointer, how flag) Value {
	if t.Flags&desc.FlagDirect != 0 {
		return Value{t, *(*unsafe.Pointer)(p), how | flag(t.Kind)}
	}
	q := desc.New(t)
	desc.Move(t, q, p)
	return at(t, q, how)
}

// MapIndex returns the element of a key, no value if there is none.
func (v Value) MapIndex(key Value) Value {
	v.mustBe(Map, "reflect.Value.MapIndex")
	key = key.fit("reflect.Value.MapIndex", v.typ.Key)
	p := runtime.MapFind(unsafe.Pointer(v.typ), v.word(), key.address())
	if p == nil {
		return Value{}
	}
	return copied(v.typ.Elem, p, (v.flag | key.flag).sealed())
}

// SetMapIndex sets the element of a key; no value takes the key out.
func (v Value) SetMapIndex(key, elem Value) {
	v.mustBe(Map, "reflect.Value.SetMapIndex")
	v.mustBeExported("reflect.Value.SetMapIndex")
	key.mustBeExported("reflect.Value.SetMapIndex")
	key = key.fit("reflect.Value.SetMapIndex", v.typ.Key)
	t, m := unsafe.Pointer(v.typ), v.word()
	if elem.typ == nil {
		runtime.MapDelete(t, m, key.address())
		return
	}
	elem.mustBeExported("reflect.Value.SetMapIndex")
	elem = elem.fit("reflect.Value.SetMapIndex", v.typ.Elem)
	elem.store(runtime.MapPlace(t, m, key.address()))
}

// MapKeys returns the keys, in any order.
func (v Value) MapKeys() []Value {
	v.mustBe(Map, "reflect.Value.MapKeys")
	keys := make([]Value, 0, v.Len())
	var it runtime.MapIter
	for it.Start(unsafe.Pointer(v.typ), v.word()); it.Key() != nil; it.Next() {
		keys = append(keys, copied(v.typ.Key, it.Key(), v.flag.sealed()))
	}
	return keys
}

// MapIter walks a map.
type MapIter struct {
	m       Value
	it      runtime.MapIter
	started bool
}

// MapRange returns an iterator that stands before the first entry.
func (v Value) MapRange() *MapIter {
	if v.kind() != Map {
		panic(&ValueError{"reflect.Value.MapRange", v.kind()})
	}
	return &MapIter{m: v}
}

// Next goes to the next entry; false at the end.
func (i *MapIter) Next() bool {
	if !i.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	switch {
	case !i.started:
		i.started = true
		i.it.Start(unsafe.Pointer(i.m.typ), i.m.word())
	case i.it.Key() == nil:
		panic("MapIter.Next called on exhausted iterator")
	default:
		i.it.Next()
	}
	return i.it.Key() != nil
}

func (i *MapIter) present(method string) {
	if !i.started {
		panic(method + " called before Next")
	}
	if i.it.Key() == nil {
		panic(method + " called on exhausted iterator")
	}
}

// Key returns the key.
func (i *MapIter) Key() Value {
	i.present("MapIter.Key")
	return copied(i.m.typ.Key, i.it.Key(), i.m.flag.sealed())
}

// Value returns the element.
func (i *MapIter) Value() Value {
	i.present("MapIter.Value")
	return copied(i.m.typ.Elem, i.it.Elem(), i.m.flag.sealed())
}

// Reset begins anew with another map.
func (i *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe(Map, "reflect.MapIter.Reset")
	}
	*i = MapIter{m: v}
}

// SetIterKey sets v to the key.
func (v Value) SetIterKey(iter *MapIter) { v.Set(iter.Key()) }

// SetIterValue sets v to the element.
func (v Value) SetIterValue(iter *MapIter) { v.Set(iter.Value()) }

// ---- channels ----

// MakeChan returns a new channel of a type.
func MakeChan(typ Type, buffer int) Value {
	if typ.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if typ.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := typ.common()
	return Value{t, runtime.MakeChan(unsafe.Pointer(t), buffer), flag(Chan)}
}

func (v Value) receive(method string, wait bool) (Value, bool) {
	v.mustBe(Chan, method)
	v.mustBeExported(method)
	if ChanDir(v.typ.Len)&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	t := v.typ.Elem
	p := desc.New(t)
	selected, ok := runtime.ChanRecv(v.word(), p, wait)
	if !selected {
		return Value{}, false
	}
	if t.Flags&desc.FlagDirect != 0 {
		return Value{t, *(*unsafe.Pointer)(p), flag(t.Kind)}, ok
	}
	return at(t, p, 0), ok
}

// Recv receives a value.
func (v Value) Recv() (x Value, ok bool) { return v.receive("reflect.Value.Recv", true) }

// TryRecv receives a value if there is one.
func (v Value) TryRecv() (x Value, ok bool) { return v.receive("reflect.Value.TryRecv", false) }

func (v Value) give(method string, x Value, wait bool) bool {
	v.mustBe(Chan, method)
	v.mustBeExported(method)
	if ChanDir(v.typ.Len)&SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
	x.mustBeExported(method)
	x = x.fit(method, v.typ.Elem)
	return runtime.ChanSend(v.word(), x.address(), wait)
}

// Send sends a value.
func (v Value) Send(x Value) { v.give("reflect.Value.Send", x, true) }

// TrySend sends a value if it need not wait.
func (v Value) TrySend(x Value) bool { return v.give("reflect.Value.TrySend", x, false) }

// Close closes a channel.
func (v Value) Close() {
	v.mustBe(Chan, "reflect.Value.Close")
	v.mustBeExported("reflect.Value.Close")
	if ChanDir(v.typ.Len)&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	runtime.ChanClose(v.word())
}

// SelectDir says what a case of Select does.
type SelectDir int

const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

// SelectCase is a case of Select.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// Swapper returns a function that swaps elements of a slice.
func Swapper(slice any) func(i, j int) {
	s := desc.NewSwapper(slice)
	return func(i, j int) { s.Swap(i, j) }
}

// ---- iteration ----

// Seq yields what `for x := range v` goes through.
func (v Value) Seq() iter.Seq[Value] {
	switch k := v.kind(); {
	case v.CanInt():
		return func(yield func(Value) bool) {
			for i := range v.Int() {
				x := New(v.Type()).Elem()
				x.SetInt(i)
				if !yield(x) {
					return
				}
			}
		}
	case v.CanUint():
		return func(yield func(Value) bool) {
			for i := range v.Uint() {
				x := New(v.Type()).Elem()
				x.SetUint(i)
				if !yield(x) {
					return
				}
			}
		}
	case k == Array || k == Slice || k == Pointer:
		return func(yield func(Value) bool) {
			for i := range v.Len() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case k == String:
		return func(yield func(Value) bool) {
			for i := range v.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case k == Map:
		return func(yield func(Value) bool) {
			for i := v.MapRange(); i.Next(); {
				if !yield(i.Key()) {
					return
				}
			}
		}
	case k == Chan:
		return func(yield func(Value) bool) {
			for x, ok := v.Recv(); ok; x, ok = v.Recv() {
				if !yield(x) {
					return
				}
			}
		}
	}
	return callSeq(v)
}

// Seq2 yields what `for x, y := range v` goes through.
func (v Value) Seq2() iter.Seq2[Value, Value] {
	switch v.kind() {
	case Array, Slice:
		return func(yield func(Value, Value) bool) {
			for i := range v.Len() {
				if !yield(ValueOf(i), v.Index(i)) {
					return
				}
			}
		}
	case Pointer:
		return v.Elem().Seq2()
	case String:
		return func(yield func(Value, Value) bool) {
			for i, r := range v.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		}
	case Map:
		return func(yield func(Value, Value) bool) {
			for i := v.MapRange(); i.Next(); {
				if !yield(i.Key(), i.Value()) {
					return
				}
			}
		}
	}
	return callSeq2(v)
}
