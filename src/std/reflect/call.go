package reflect

import (
	"internal/desc"
	"internal/runtime"
	"iter"
	"unsafe"
)

// signature is what calls of a function type need: the code that calls, the type of the memory for parameters and results (a room, whose
// layout is that of src/runtime/values/shape.ts), and where each of them lies there.
type signature struct {
	code uintptr // stands as the only word of a closure
	room *desc.Type
	in   []place
	out  []place
	free []unsafe.Pointer
}

type place struct {
	typ    *desc.Type
	offset uintptr
}

type signatureKey struct {
	typ    *desc.Type
	method bool
}

var signatures map[signatureKey]*signature

// signatureOf is the signature of a function type; of a method, a word for the receiver comes first in the room.
func signatureOf(t *desc.Type, method bool) *signature {
	key := signatureKey{t, method}
	s := signatures[key]
	if s != nil {
		return s
	}
	p := unsafe.Pointer(t)
	s = &signature{code: runtime.CallAdapter(p, method), room: (*desc.Type)(runtime.RoomType(p, method))}
	var offset uintptr
	if method {
		offset = 8
	}
	lay := func(types []*desc.Type) []place {
		list := make([]place, len(types))
		for i, t := range types {
			list[i] = place{t, offset}
			offset = (offset + t.Size + 7) &^ 7
		}
		return list
	}
	s.in, s.out = lay(t.Params()), lay(t.Results())
	if signatures == nil {
		signatures = map[signatureKey]*signature{}
	}
	signatures[key] = s
	return s
}

// take is an empty room.
func (s *signature) take() unsafe.Pointer {
	last := len(s.free) - 1
	if last < 0 {
		return desc.New(s.room)
	}
	room := s.free[last]
	s.free = s.free[:last]
	runtime.TypedClear(unsafe.Pointer(s.room), room)
	return room
}

func (s *signature) give(room unsafe.Pointer) { s.free = append(s.free, room) }

// target is what is called: a closure, or a method and its receiver's word.
type target struct {
	sign    *signature
	closure unsafe.Pointer
	slot    uintptr
	word    unsafe.Pointer
}

func (to target) run(in []Value) []Value {
	s := to.sign
	room := s.take()
	if to.closure == nil {
		*(*unsafe.Pointer)(room) = to.word
	}
	for i, p := range s.in {
		in[i].mustBeExported("reflect.Value.Call")
		in[i].fit("reflect.Value.Call", p.typ).store(unsafe.Add(room, p.offset))
	}
	code := unsafe.Pointer(&s.code)
	enter := *(*func(room, closure unsafe.Pointer, slot int32))(unsafe.Pointer(&code))
	enter(room, to.closure, int32(to.slot))
	var out []Value
	if len(s.out) > 0 {
		out = make([]Value, len(s.out))
		for i, p := range s.out {
			out[i] = copied(p.typ, unsafe.Add(room, p.offset), 0)
		}
	}
	s.give(room)
	return out
}

// Call calls a function.
func (val Value) Call(in []Value) []Value {
	val.mustBe(Func, "reflect.Value.Call")
	val.mustBeExported("reflect.Value.Call")
	return val.call(in, false)
}

// CallSlice calls a variadic function with its last argument as a slice.
func (val Value) CallSlice(in []Value) []Value {
	val.mustBe(Func, "reflect.Value.CallSlice")
	val.mustBeExported("reflect.Value.CallSlice")
	return val.call(in, true)
}

func (val Value) call(in []Value, spread bool) []Value {
	closure := val.word()
	if closure == nil {
		panic("reflect.Value.Call: call of nil function")
	}
	in = arguments(val.typ, in, spread)
	slot := *(*uintptr)(closure)
	return target{sign: signatureOf(val.typ, false), closure: closure, slot: slot}.run(in)
}

// arguments checks what a function of type t is called with, and makes the slice of a variadic call.
func arguments(t *desc.Type, in []Value, spread bool) []Value {
	params := t.Params()
	variadic := t.Len != 0
	fixed, op := len(params), "Call"
	switch {
	case spread && !variadic:
		panic("reflect: CallSlice of non-variadic function")
	case spread:
		op = "CallSlice"
	case variadic:
		fixed--
	}
	if len(in) < fixed {
		panic("reflect: " + op + " with too few input arguments")
	}
	if len(in) > fixed && (spread || !variadic) {
		panic("reflect: " + op + " with too many input arguments")
	}
	for i := range in {
		if in[i].flag == 0 {
			panic("reflect: " + op + " using zero Value argument")
		}
	}
	for i, t := range params[:fixed] {
		if !assignable(in[i].typ, t) {
			panic("reflect: " + op + " using " + in[i].typ.Str + " as type " + t.Str)
		}
	}
	if spread || !variadic {
		return in
	}
	more := in[fixed:]
	last := params[fixed]
	list := MakeSlice(toType(last), len(more), len(more))
	for i, x := range more {
		if !assignable(x.typ, last.Elem) {
			panic("reflect: cannot use " + x.typ.Str + " as type " + last.Elem.Str + " in " + op)
		}
		list.Index(i).Set(x)
	}
	all := make([]Value, fixed+1)
	copy(all, in[:fixed])
	all[fixed] = list
	return all
}

// ---- functions that are made ----

// made is the closure of a function that MakeFunc makes; the first two words are those that its code reads.
type made struct {
	code    uintptr
	handler func(m *made, args unsafe.Pointer) unsafe.Pointer
	sign    *signature
	fn      func([]Value) []Value
}

var madeCodes map[*desc.Type]uintptr

// MakeFunc makes a function of a type.
func MakeFunc(kind Type, fn func(args []Value) (results []Value)) Value {
	if kind.Kind() != Func {
		panic("reflect: call of MakeFunc with non-Func type")
	}
	t := kind.common()
	m := &made{codeFor(&madeCodes, t, runtime.MadeAdapter), serve, signatureOf(t, false), fn}
	return Value{t, unsafe.Pointer(m), flag(Func)}
}

// codeFor is the adapter of a type, made when it is first asked for.
func codeFor(known *map[*desc.Type]uintptr, t *desc.Type, build func(unsafe.Pointer) uintptr) uintptr {
	if code := (*known)[t]; code != 0 {
		return code
	}
	if *known == nil {
		*known = map[*desc.Type]uintptr{}
	}
	code := build(unsafe.Pointer(t))
	(*known)[t] = code
	return code
}

// serve runs a made function: args is where its parameters lie, the room that it returns holds the results.
func serve(m *made, args unsafe.Pointer) unsafe.Pointer {
	s := m.sign
	in := make([]Value, 0, len(s.in))
	for _, p := range s.in {
		in = append(in, copied(p.typ, unsafe.Add(args, p.offset), 0))
	}
	out := m.fn(in)
	if len(out) != len(s.out) {
		panic("reflect: wrong return count from function created by MakeFunc")
	}
	room := s.take()
	for i, p := range s.out {
		v := out[i]
		switch {
		case v.typ == nil:
			panic("reflect: function created by MakeFunc using " + codeName(m.fn) + " returned zero Value")
		case v.flag&anyRO != 0:
			panic("reflect: function created by MakeFunc using " + codeName(m.fn) + " returned value obtained from unexported field")
		}
		v.fit("reflect.MakeFunc", p.typ).store(unsafe.Add(room, p.offset))
	}
	// Nothing runs before the results are read.
	s.give(room)
	return room
}

func codeName(fn func([]Value) []Value) string {
	name, _, _, _, _ := runtime.PCInfo(runtime.FuncPC(*(*unsafe.Pointer)(unsafe.Pointer(&fn))))
	if name == "" {
		return "closure"
	}
	return name
}

// ---- methods ----

// bound is the closure of a method with its receiver.
type bound struct {
	code uintptr
	slot uintptr
	word unsafe.Pointer
}

var boundCodes map[*desc.Type]uintptr

// boundMethod is a method with its receiver, as a function.
func boundMethod(v Value, at int) Value {
	how := v.flag.sealed() | flag(Func)
	var m desc.Method
	if v.kind() == Interface {
		if v.IsNil() {
			panic("reflect: Method on nil interface value")
		}
		want := v.typ.IMethods()[at]
		v = v.Elem()
		for _, have := range v.typ.Methods() {
			if have.Name == want.Name && have.PkgPath == want.PkgPath {
				m = have
			}
		}
	} else {
		m = toType(v.typ).(*rtype).exported()[at]
	}
	word := v.ptr
	if v.typ.Flags&desc.FlagDirect != 0 {
		word = v.word()
	}
	b := &bound{codeFor(&boundCodes, m.Type, runtime.BoundAdapter), codeOf(m), word}
	return Value{m.Type, unsafe.Pointer(b), how}
}

// codeOf is the table index of a method's code.
func codeOf(m desc.Method) uintptr {
	if m.Code == 0 {
		methodWithoutCode()
	}
	runtime.Callable(m.Code)
	return m.Code
}

// methodWithoutCode ends the program as unsupported: nobody compiled the method.
func methodWithoutCode()

var spilledCodes map[*desc.Type]uintptr

// methodFunc is a method as a function whose first parameter is the receiver.
func methodFunc(t *rtype, at int) Value {
	m := t.exported()[at]
	typ := withReceiver(t, m.Type).common()
	direct := t.t.Flags&desc.FlagDirect != 0
	switch {
	case direct && t.t.Kind != desc.Array && t.t.Kind != desc.Struct:
		return Value{typ, unsafe.Pointer(&bound{code: codeOf(m)}), flag(Func)}
	case !direct:
		return Value{typ, unsafe.Pointer(&bound{code: codeFor(&spilledCodes, typ, runtime.SpilledAdapter), slot: codeOf(m)}), flag(Func)}
	}
	return MakeFunc(toType(typ), func(in []Value) []Value {
		of := boundMethod(in[0], at)
		if typ.Len != 0 {
			return of.CallSlice(in[1:])
		}
		return of.Call(in[1:])
	})
}

// withReceiver is the type of a method as a function.
func withReceiver(t *rtype, signature *desc.Type) Type {
	list := append([]*desc.Type{&t.t}, signature.Params()...)
	list = append(list, signature.Results()...)
	return funcOf(list, len(signature.Params())+1, signature.Len != 0)
}

// ---- iteration ----

func callSeq(v Value) iter.Seq[Value] {
	if !toType(v.typ).CanSeq() {
		panic("reflect: " + v.typ.Str + " cannot produce iter.Seq[Value]")
	}
	return func(yield func(Value) bool) {
		v.Call([]Value{MakeFunc(v.Type().In(0), func(in []Value) []Value {
			return []Value{ValueOf(yield(in[0]))}
		})})
	}
}

func callSeq2(v Value) iter.Seq2[Value, Value] {
	if !toType(v.typ).CanSeq2() {
		panic("reflect: " + v.typ.Str + " cannot produce iter.Seq2[Value, Value]")
	}
	return func(yield func(Value, Value) bool) {
		v.Call([]Value{MakeFunc(v.Type().In(0), func(in []Value) []Value {
			return []Value{ValueOf(yield(in[0], in[1]))}
		})})
	}
}
