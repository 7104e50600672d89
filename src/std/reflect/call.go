package reflect

import (
	"internal/desc"
	"iter"
	"unsafe"
)

// What needs code for a signature that is known only at run time, or a type that no code has. Each of these functions without a body
// ends the program as unsupported when it is called.

func callFunction(v Value, in []Value, spread bool) []Value
func makeFunction(kind Type, fn func(args []Value) (results []Value)) Value
func chooseCase(cases []SelectCase) (chosen int, recv Value, recvOK bool)
func newType(what string) *desc.Type

// Call calls a function.
func (val Value) Call(in []Value) []Value {
	val.mustBe(Func, "reflect.Value.Call")
	val.mustBeExported("reflect.Value.Call")
	return callFunction(val, in, false)
}

// CallSlice calls a variadic function with its last argument as a slice.
func (val Value) CallSlice(in []Value) []Value {
	val.mustBe(Func, "reflect.Value.CallSlice")
	val.mustBeExported("reflect.Value.CallSlice")
	return callFunction(val, in, true)
}

// MakeFunc makes a function of a type.
func MakeFunc(kind Type, fn func(args []Value) (results []Value)) Value {
	return makeFunction(kind, fn)
}

// Select chooses a case.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) { return chooseCase(cases) }

func callSeq(v Value) iter.Seq[Value] {
	return func(yield func(Value) bool) { callFunction(v, nil, false) }
}

func callSeq2(v Value) iter.Seq2[Value, Value] {
	return func(yield func(Value, Value) bool) { callFunction(v, nil, false) }
}

// methodFunc is a method as a function: of its type, but nothing that could be called.
func methodFunc(t *rtype, at int) Value {
	if t.Kind() == Interface {
		return Value{}
	}
	typ := withReceiver(t, t.exported()[at].Type)
	return Value{typ.common(), unsafe.Pointer(&uncallable), flag(Func)}
}

// prefixed are the types of methods as functions, by receiver and signature.
var prefixed map[[2]*desc.Type]*desc.Type

// withReceiver is the type of a method as a function.
func withReceiver(t *rtype, signature *desc.Type) Type {
	key := [2]*desc.Type{&t.t, signature}
	made := prefixed[key]
	if made == nil {
		made = desc.Prefixed(signature, &t.t)
		if prefixed == nil {
			prefixed = map[[2]*desc.Type]*desc.Type{}
		}
		prefixed[key] = made
	}
	return toType(made)
}

// boundMethod is a method with its receiver: of its type, but nothing that could be called.
func boundMethod(v Value, at int) Value {
	m := toType(v.typ).(*rtype).exported()
	var t *desc.Type
	if v.kind() == Interface {
		t = v.typ.IMethods()[at].Type
	} else {
		t = m[at].Type
	}
	return Value{t, unsafe.Pointer(&uncallable), v.flag.sealed() | flag(Func)}
}

var uncallable uintptr

// SliceOf returns []t.
func SliceOf(t Type) Type { return toType(newType("[]" + t.String())) }

// ArrayOf returns [length]t.
func ArrayOf(length int, inner Type) Type { return toType(newType("[]" + inner.String())) }

// MapOf returns map[key]inner.
func MapOf(key, inner Type) Type {
	return toType(newType("map[" + key.String() + "]" + inner.String()))
}

// ChanOf returns a channel type.
func ChanOf(dir ChanDir, t Type) Type { return toType(newType(dir.String() + " " + t.String())) }

// FuncOf returns a function type.
func FuncOf(in, out []Type, variadic bool) Type { return toType(newType("func")) }

// StructOf returns a struct type.
func StructOf(fields []StructField) Type { return toType(newType("struct")) }
