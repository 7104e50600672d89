package template

import (
	"fmt"
	"reflect"
	"text/template/parse"
)

// call calls a function or method. The first of args is its own node.
func (r *run) call(dot, fn reflect.Value, builtin bool, n parse.Node, name string, args []parse.Node, final reflect.Value) reflect.Value {
	if len(args) > 0 {
		args = args[1:]
	}
	typ := fn.Type()
	count := len(args)
	piped := !isAbsent(final)
	if piped {
		count++
	}
	r.checkCount(typ, name, count, len(args))
	if err := checkFunction(name, typ); err != nil {
		r.fail("%v", err)
	}
	if builtin && (name == "and" || name == "or") {
		return r.shortCircuit(dot, name == "or", typ, args, final)
	}
	list := make([]reflect.Value, 0, count+1)
	for i, arg := range args {
		list = append(list, r.argument(dot, parameter(typ, i), arg))
	}
	if piped {
		list = append(list, r.fit(final, parameter(typ, count-1)))
	}
	if builtin && name == "call" {
		callee := final.String()
		if len(args) > 0 {
			callee = args[0].String()
		}
		list = append([]reflect.Value{reflect.ValueOf(callee)}, list...)
		fn = reflect.ValueOf(callFunction)
	}
	v, err := guarded(fn, list)
	if err != nil {
		r.at(n)
		r.fail("error calling %s: %w", name, err)
	}
	return opened(v)
}

// opened is the value in a reflect.Value that a function returned.
func opened(v reflect.Value) reflect.Value {
	if v.Type() == valueType {
		return v.Interface().(reflect.Value)
	}
	return v
}

func (r *run) checkCount(typ reflect.Type, name string, count, given int) {
	want := typ.NumIn()
	switch {
	case typ.IsVariadic() && count < want-1:
		r.fail("wrong number of args for %s: want at least %d got %d", name, want-1, given)
	case !typ.IsVariadic() && count != want:
		r.fail("wrong number of args for %s: want %d got %d", name, want, count)
	}
}

// parameter is the type of the i-th argument.
func parameter(typ reflect.Type, i int) reflect.Type {
	if last := typ.NumIn() - 1; typ.IsVariadic() && i >= last {
		return typ.In(last).Elem()
	}
	return typ.In(i)
}

// shortCircuit is and and or: the first argument that decides, or the last.
func (r *run) shortCircuit(dot reflect.Value, or bool, typ reflect.Type, args []parse.Node, final reflect.Value) reflect.Value {
	var v reflect.Value
	for _, arg := range args {
		v = r.argument(dot, typ.In(0), arg).Interface().(reflect.Value)
		if truth(v) == or {
			return v
		}
	}
	if !isAbsent(final) {
		v = opened(r.fit(final, typ.In(0)))
	}
	return v
}

// checkFunction reports what is wrong with the results of a function.
func checkFunction(name string, typ reflect.Type) error {
	switch n := typ.NumOut(); {
	case n < 1 || n > 2:
		return fmt.Errorf("function %s has %d return values; should be 1 or 2", name, n)
	case n == 2 && typ.Out(1) != errorType:
		return fmt.Errorf("invalid function signature for %s: second return value should be error; is %s", name, typ.Out(1))
	}
	return nil
}

// guarded calls a function; a panic becomes an error.
func guarded(fn reflect.Value, args []reflect.Value) (v reflect.Value, err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case error:
			err = e
		default:
			err = fmt.Errorf("%v", e)
		}
	}()
	out := fn.Call(args)
	if len(out) == 2 && !out[1].IsNil() {
		err = out[1].Interface().(error)
	}
	return out[0], err
}

// nilable reports whether nil is a value of a type.
func nilable(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Chan, reflect.Func, reflect.Interface, reflect.Map, reflect.Pointer, reflect.Slice:
		return true
	}
	return t == valueType
}

// fit makes v a value that may be given to a parameter of type t; nil takes any.
func (r *run) fit(v reflect.Value, t reflect.Type) reflect.Value {
	switch {
	case t == nil:
		return v
	case !v.IsValid():
		if !nilable(t) {
			r.fail("invalid value; expected %s", t)
		}
		return reflect.Zero(t)
	case t == valueType && v.Type() != t:
		return reflect.ValueOf(v)
	case v.Type().AssignableTo(t):
		return v
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if v = v.Elem(); v.Type().AssignableTo(t) {
			return v
		}
	}
	switch {
	case v.Kind() == reflect.Pointer && v.Type().Elem().AssignableTo(t):
		if v = v.Elem(); !v.IsValid() {
			r.fail("dereference of nil pointer of type %s", t)
		}
		return v
	case v.CanAddr() && reflect.PointerTo(v.Type()).AssignableTo(t):
		return v.Addr()
	}
	r.fail("wrong type for value; expected %s; got %s", t, v.Type())
	return v
}

// argument evaluates a node for a parameter of type t.
func (r *run) argument(dot reflect.Value, t reflect.Type, n parse.Node) reflect.Value {
	r.at(n)
	switch n := n.(type) {
	case *parse.DotNode:
		return r.fit(dot, t)
	case *parse.NilNode:
		if !nilable(t) {
			r.fail("cannot assign nil to %s", t)
		}
		return reflect.Zero(t)
	case *parse.FieldNode:
		return r.fit(r.callable(dot, n, n, []parse.Node{n}, absent), t)
	case *parse.VariableNode, *parse.IdentifierNode, *parse.ChainNode:
		return r.fit(r.callable(dot, n, n, nil, absent), t)
	case *parse.PipeNode:
		return r.fit(r.pipeline(dot, n), t)
	}
	if t == valueType {
		return reflect.ValueOf(r.anyConstant(dot, n))
	}
	if t.Kind() == reflect.Interface && t.NumMethod() == 0 {
		return r.anyConstant(dot, n)
	}
	return r.typedConstant(t, n)
}

func (r *run) anyConstant(dot reflect.Value, n parse.Node) reflect.Value {
	v, ok := r.constant(dot, n)
	if !ok {
		r.fail("can't handle assignment of %s to empty interface argument", n)
	}
	return v
}

// typedConstant is a constant as a value of a basic type.
func (r *run) typedConstant(t reflect.Type, n parse.Node) reflect.Value {
	v := reflect.New(t).Elem()
	number, _ := n.(*parse.NumberNode)
	if number == nil {
		number = &parse.NumberNode{}
	}
	want := ""
	switch k := v.Kind(); {
	case k == reflect.Bool:
		if b, ok := n.(*parse.BoolNode); ok {
			v.SetBool(b.True)
			return v
		}
		want = "bool"
	case k == reflect.String:
		if s, ok := n.(*parse.StringNode); ok {
			v.SetString(s.Text)
			return v
		}
		want = "string"
	case v.CanInt():
		if number.IsInt {
			v.SetInt(number.Int64)
			return v
		}
		want = "integer"
	case v.CanUint():
		if number.IsUint {
			v.SetUint(number.Uint64)
			return v
		}
		want = "unsigned integer"
	case v.CanFloat():
		if number.IsFloat {
			v.SetFloat(number.Float64)
			return v
		}
		want = "float"
	case v.CanComplex():
		if number.IsComplex {
			v.SetComplex(number.Complex128)
			return v
		}
		want = "complex"
	default:
		r.fail("can't handle %s for arg of type %s", n, t)
	}
	r.fail("expected %s; found %s", want, n)
	return v
}
