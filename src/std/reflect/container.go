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
func (val Value) Len() int {
	switch val.kind() {
	case Slice:
		return (*header)(val.ptr).len
	case String:
		return len(*(*string)(val.ptr))
	case Array:
		return val.typ.Len
	case Map:
		return runtime.MapLen(val.word())
	case Chan:
		return runtime.ChanLen(val.word())
	case Pointer:
		if val.typ.Elem.Kind == desc.Array {
			return val.typ.Elem.Len
		}
		panic("reflect: call of reflect.Value.Len on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Len", val.kind()})
}

// Cap returns the capacity of an array, slice or channel.
func (val Value) Cap() int {
	switch val.kind() {
	case Slice:
		return (*header)(val.ptr).cap
	case Array:
		return val.typ.Len
	case Chan:
		return runtime.ChanCap(val.word())
	case Pointer:
		if val.typ.Elem.Kind == desc.Array {
			return val.typ.Elem.Len
		}
		panic("reflect: call of reflect.Value.Cap on ptr to non-array Value")
	}
	panic(&ValueError{"reflect.Value.Cap", val.kind()})
}

// Index returns an element of an array, slice or string.
func (val Value) Index(index int) Value {
	switch val.kind() {
	case Slice:
		s := (*header)(val.ptr)
		if uint(index) >= uint(s.len) {
			panic("reflect: slice index out of range")
		}
		t := val.typ.Elem
		return at(t, unsafe.Add(s.data, uintptr(index)*t.Size), val.flag.sealed()|canAddress)
	case Array:
		if uint(index) >= uint(val.typ.Len) {
			panic("reflect: array index out of range")
		}
		t := val.typ.Elem
		how := val.flag&(inside|canAddress) | val.flag.sealed() | flag(t.Kind)
		if val.flag&inside == 0 {
			return Value{t, val.ptr, how}
		}
		return Value{t, unsafe.Add(val.ptr, uintptr(index)*t.Size), how}
	case String:
		s := *(*string)(val.ptr)
		if uint(index) >= uint(len(s)) {
			panic("reflect: string index out of range")
		}
		return at(byteType, unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), index), val.flag.sealed())
	}
	panic(&ValueError{"reflect.Value.Index", val.kind()})
}

var byteType = desc.TypeOf(byte(0))
var stringType = desc.TypeOf("")

func (val Value) base(method string) (p unsafe.Pointer, size int, elem *desc.Type) {
	switch val.kind() {
	case Array:
		if val.flag&canAddress == 0 {
			panic("reflect.Value." + method + ": slice of unaddressable array")
		}
		return val.ptr, val.typ.Len, val.typ.Elem
	case Slice:
		s := (*header)(val.ptr)
		return s.data, s.cap, val.typ.Elem
	}
	panic(&ValueError{"reflect.Value." + method, val.kind()})
}

// Slice returns val[index:j].
func (val Value) Slice(index, j int) Value {
	if val.kind() == String {
		s := *(*string)(val.ptr)
		if index < 0 || j < index || j > len(s) {
			panic("reflect.Value.Slice: string slice index out of bounds")
		}
		part := s[index:j]
		return at(val.typ, unsafe.Pointer(&part), val.flag.sealed())
	}
	_, room, _ := val.base("Slice")
	if index < 0 || j < index || j > room {
		panic("reflect.Value.Slice: slice index out of bounds")
	}
	return val.cut(index, j, room)
}

// Slice3 returns val[at:j:k].
func (val Value) Slice3(at, j, k int) Value {
	_, room, _ := val.base("Slice3")
	if at < 0 || j < at || k < j || k > room {
		panic("reflect.Value.Slice3: slice index out of bounds")
	}
	return val.cut(at, j, k)
}

func (val Value) cut(index, j, k int) Value {
	p, _, elem := val.base("Slice")
	t := val.typ
	if val.kind() == Array {
		t = SliceOf(toType(elem)).common()
	}
	s := &header{p, j - index, k - index}
	if k > index {
		s.data = unsafe.Add(p, uintptr(index)*elem.Size)
	}
	return at(t, unsafe.Pointer(s), val.flag.sealed())
}

// MakeSlice returns a new slice of a type.
func MakeSlice(kind Type, len, cap int) Value {
	if kind.Kind() != Slice {
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
	s := &header{runtime.NewArray(unsafe.Pointer(kind.Elem().common()), cap), len, cap}
	return at(kind.common(), unsafe.Pointer(s), 0)
}

// SliceAt returns the slice of count elements at p.
func SliceAt(kind Type, p unsafe.Pointer, count int) Value {
	return at(SliceOf(kind).common(), unsafe.Pointer(&header{p, count, count}), 0)
}

// grown returns s with room for count more elements, count longer.
func (val Value) grown(count int) header {
	s := *(*header)(val.ptr)
	if s.len+count < 0 {
		panic("reflect.Append: slice overflow")
	}
	if s.len+count > s.cap {
		s.data, s.cap = runtime.GrowSlice(unsafe.Pointer(val.typ.Elem), s.data, s.len+count, s.cap, count)
	}
	s.len += count
	return s
}

// Grow makes room for count more elements.
func (val Value) Grow(count int) {
	val.mustBeSettable("reflect.Value.Grow")
	val.mustBe(Slice, "reflect.Value.Grow")
	if count < 0 {
		panic("reflect.Value.Grow: negative len")
	}
	s := val.grown(count)
	s.len -= count
	*(*header)(val.ptr) = s
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
func (val Value) Clear() {
	switch val.kind() {
	case Slice:
		for i := range val.Len() {
			e := val.Index(i)
			Zero(toType(e.typ)).store(e.ptr)
		}
	case Map:
		runtime.MapClear(unsafe.Pointer(val.typ), val.word())
	default:
		panic(&ValueError{"reflect.Value.Clear", val.kind()})
	}
}

// ---- maps ----

// MakeMap returns a new map of a type.
func MakeMap(kind Type) Value { return MakeMapWithSize(kind, 0) }

// MakeMapWithSize returns a new map with room for count entries.
func MakeMapWithSize(kind Type, count int) Value {
	if kind.Kind() != Map {
		panic("reflect.MakeMapWithSize of non-map type")
	}
	t := kind.common()
	return Value{t, runtime.MakeMap(unsafe.Pointer(t), count), flag(Map)}
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
func (val Value) MapIndex(key Value) Value {
	val.mustBe(Map, "reflect.Value.MapIndex")
	key = key.fit("reflect.Value.MapIndex", val.typ.Key)
	p := runtime.MapFind(unsafe.Pointer(val.typ), val.word(), key.address())
	if p == nil {
		return Value{}
	}
	return copied(val.typ.Elem, p, (val.flag | key.flag).sealed())
}

// SetMapIndex sets the element of a key; no value takes the key out.
func (val Value) SetMapIndex(key, elem Value) {
	val.mustBe(Map, "reflect.Value.SetMapIndex")
	val.mustBeExported("reflect.Value.SetMapIndex")
	key.mustBeExported("reflect.Value.SetMapIndex")
	key = key.fit("reflect.Value.SetMapIndex", val.typ.Key)
	t, m := unsafe.Pointer(val.typ), val.word()
	if elem.typ == nil {
		runtime.MapDelete(t, m, key.address())
		return
	}
	elem.mustBeExported("reflect.Value.SetMapIndex")
	elem = elem.fit("reflect.Value.SetMapIndex", val.typ.Elem)
	elem.store(runtime.MapPlace(t, m, key.address()))
}

// MapKeys returns the keys, in any order.
func (val Value) MapKeys() []Value {
	val.mustBe(Map, "reflect.Value.MapKeys")
	keys := make([]Value, 0, val.Len())
	var it runtime.MapIter
	for it.Start(unsafe.Pointer(val.typ), val.word()); it.Key() != nil; it.Next() {
		keys = append(keys, copied(val.typ.Key, it.Key(), val.flag.sealed()))
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
func (val Value) MapRange() *MapIter {
	if val.kind() != Map {
		panic(&ValueError{"reflect.Value.MapRange", val.kind()})
	}
	return &MapIter{m: val}
}

// Next goes to the next entry; false at the end.
func (walk *MapIter) Next() bool {
	if !walk.m.IsValid() {
		panic("MapIter.Next called on an iterator that does not have an associated map Value")
	}
	switch {
	case !walk.started:
		walk.started = true
		walk.it.Start(unsafe.Pointer(walk.m.typ), walk.m.word())
	case walk.it.Key() == nil:
		panic("MapIter.Next called on exhausted iterator")
	default:
		walk.it.Next()
	}
	return walk.it.Key() != nil
}

func (walk *MapIter) present(method string) {
	if !walk.started {
		panic(method + " called before Next")
	}
	if walk.it.Key() == nil {
		panic(method + " called on exhausted iterator")
	}
}

// Key returns the key.
func (walk *MapIter) Key() Value {
	walk.present("MapIter.Key")
	return copied(walk.m.typ.Key, walk.it.Key(), walk.m.flag.sealed())
}

// Value returns the element.
func (walk *MapIter) Value() Value {
	walk.present("MapIter.Value")
	return copied(walk.m.typ.Elem, walk.it.Elem(), walk.m.flag.sealed())
}

// Reset begins anew with another map.
func (walk *MapIter) Reset(v Value) {
	if v.IsValid() {
		v.mustBe(Map, "reflect.MapIter.Reset")
	}
	*walk = MapIter{m: v}
}

// SetIterKey sets val to the key.
func (val Value) SetIterKey(iter *MapIter) { val.Set(iter.Key()) }

// SetIterValue sets val to the element.
func (val Value) SetIterValue(iter *MapIter) { val.Set(iter.Value()) }

// ---- channels ----

// MakeChan returns a new channel of a type.
func MakeChan(kind Type, buffer int) Value {
	if kind.Kind() != Chan {
		panic("reflect.MakeChan of non-chan type")
	}
	if buffer < 0 {
		panic("reflect.MakeChan: negative buffer size")
	}
	if kind.ChanDir() != BothDir {
		panic("reflect.MakeChan: unidirectional channel type")
	}
	t := kind.common()
	return Value{t, runtime.MakeChan(unsafe.Pointer(t), buffer), flag(Chan)}
}

func (val Value) receive(method string, wait bool) (Value, bool) {
	val.mustBe(Chan, method)
	val.mustBeExported(method)
	if ChanDir(val.typ.Len)&RecvDir == 0 {
		panic("reflect: recv on send-only channel")
	}
	t := val.typ.Elem
	p := desc.New(t)
	selected, ok := runtime.ChanRecv(val.word(), p, wait)
	if !selected {
		return Value{}, false
	}
	if t.Flags&desc.FlagDirect != 0 {
		return Value{t, *(*unsafe.Pointer)(p), flag(t.Kind)}, ok
	}
	return at(t, p, 0), ok
}

// Recv receives a value.
func (val Value) Recv() (x Value, ok bool) { return val.receive("reflect.Value.Recv", true) }

// TryRecv receives a value if there is one.
func (val Value) TryRecv() (x Value, ok bool) { return val.receive("reflect.Value.TryRecv", false) }

func (val Value) give(method string, other Value, wait bool) bool {
	val.mustBe(Chan, method)
	val.mustBeExported(method)
	if ChanDir(val.typ.Len)&SendDir == 0 {
		panic("reflect: send on recv-only channel")
	}
	other.mustBeExported(method)
	other = other.fit(method, val.typ.Elem)
	return runtime.ChanSend(val.word(), other.address(), wait)
}

// Send sends a value.
func (val Value) Send(other Value) { val.give("reflect.Value.Send", other, true) }

// TrySend sends a value if it need not wait.
func (val Value) TrySend(other Value) bool { return val.give("reflect.Value.TrySend", other, false) }

// Close closes a channel.
func (val Value) Close() {
	val.mustBe(Chan, "reflect.Value.Close")
	val.mustBeExported("reflect.Value.Close")
	if ChanDir(val.typ.Len)&SendDir == 0 {
		panic("reflect: close of receive-only channel")
	}
	runtime.ChanClose(val.word())
}

// Swapper returns a function that swaps elements of a slice.
func Swapper(slice any) func(i, j int) {
	s := desc.NewSwapper(slice)
	return func(i, j int) { s.Swap(i, j) }
}

// ---- iteration ----

// Seq yields what `for x := range val` goes through.
func (val Value) Seq() iter.Seq[Value] {
	switch k := val.kind(); {
	case val.CanInt():
		return func(yield func(Value) bool) {
			for i := range val.Int() {
				x := New(val.Type()).Elem()
				x.SetInt(i)
				if !yield(x) {
					return
				}
			}
		}
	case val.CanUint():
		return func(yield func(Value) bool) {
			for i := range val.Uint() {
				x := New(val.Type()).Elem()
				x.SetUint(i)
				if !yield(x) {
					return
				}
			}
		}
	case k == Array || k == Slice || k == Pointer:
		return func(yield func(Value) bool) {
			for i := range val.Len() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case k == String:
		return func(yield func(Value) bool) {
			for i := range val.String() {
				if !yield(ValueOf(i)) {
					return
				}
			}
		}
	case k == Map:
		return func(yield func(Value) bool) {
			for i := val.MapRange(); i.Next(); {
				if !yield(i.Key()) {
					return
				}
			}
		}
	case k == Chan:
		return func(yield func(Value) bool) {
			for x, ok := val.Recv(); ok; x, ok = val.Recv() {
				if !yield(x) {
					return
				}
			}
		}
	}
	return callSeq(val)
}

// Seq2 yields what `for x, y := range val` goes through.
func (val Value) Seq2() iter.Seq2[Value, Value] {
	switch val.kind() {
	case Array, Slice:
		return func(yield func(Value, Value) bool) {
			for i := range val.Len() {
				if !yield(ValueOf(i), val.Index(i)) {
					return
				}
			}
		}
	case Pointer:
		return val.Elem().Seq2()
	case String:
		return func(yield func(Value, Value) bool) {
			for i, r := range val.String() {
				if !yield(ValueOf(i), ValueOf(r)) {
					return
				}
			}
		}
	case Map:
		return func(yield func(Value, Value) bool) {
			for i := val.MapRange(); i.Next(); {
				if !yield(i.Key(), i.Value()) {
					return
				}
			}
		}
	}
	return callSeq2(val)
}
