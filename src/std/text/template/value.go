package template

import (
	"fmt"
	"reflect"
	"strings"
	"text/template/parse"
)

var (
	errorType    = reflect.TypeFor[error]()
	stringerType = reflect.TypeFor[fmt.Stringer]()
	valueType    = reflect.TypeFor[reflect.Value]()
)

// nothing is the value of a stage that has none before it.
type nothing struct{}

var absent = reflect.ValueOf(nothing{})

func isAbsent(v reflect.Value) bool { return v.IsValid() && v.Type() == absent.Type() }

// behind follows pointers and interfaces; isNil if it met a nil one, which it returns.
func behind(v reflect.Value) (reflect.Value, bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return v, true
		}
		v = v.Elem()
	}
	return v, false
}

// unwrapped is the value in an interface.
func unwrapped(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

func (r *run) find(name string) *variable {
	for i := len(r.vars) - 1; i >= 0; i-- {
		if r.vars[i].name == name {
			return &r.vars[i]
		}
	}
	r.fail("undefined variable: %s", name)
	return nil
}

func (r *run) assign(name string, v reflect.Value) { r.find(name).value = v }

// pipeline evaluates a pipeline and sets its variables.
func (r *run) pipeline(dot reflect.Value, pipe *parse.PipeNode) reflect.Value {
	if pipe == nil {
		return reflect.Value{}
	}
	r.at(pipe)
	v := absent
	for _, cmd := range pipe.Cmds {
		v = r.command(dot, cmd, v)
		if v.Kind() == reflect.Interface && v.Type().NumMethod() == 0 {
			v = v.Elem()
		}
	}
	for _, decl := range pipe.Decl {
		if pipe.IsAssign {
			r.assign(decl.Ident[0], v)
		} else {
			r.vars = append(r.vars, variable{decl.Ident[0], v})
		}
	}
	return v
}

// takesNone fails if a value that is no function was given arguments.
func (r *run) takesNone(args []parse.Node, final reflect.Value) {
	if len(args) > 1 || !isAbsent(final) {
		r.fail("can't give argument to non-function %s", args[0])
	}
}

// command evaluates a stage; final is the value of the one before it.
func (r *run) command(dot reflect.Value, cmd *parse.CommandNode, final reflect.Value) reflect.Value {
	first := cmd.Args[0]
	switch n := first.(type) {
	case *parse.FieldNode, *parse.ChainNode, *parse.IdentifierNode, *parse.VariableNode:
		return r.callable(dot, n, cmd, cmd.Args, final)
	case *parse.PipeNode:
		r.takesNone(cmd.Args, final)
		return r.pipeline(dot, n)
	}
	r.at(first)
	r.takesNone(cmd.Args, final)
	if first.Type() == parse.NodeNil {
		r.fail("nil is not a command")
	}
	v, ok := r.constant(dot, first)
	if !ok {
		r.fail("can't evaluate command %q", first)
	}
	return v
}

// callable evaluates a node that may be a function or method, with its arguments; whole is what an error of a function is said of.
func (r *run) callable(dot reflect.Value, n, whole parse.Node, args []parse.Node, final reflect.Value) reflect.Value {
	r.at(n)
	switch n := n.(type) {
	case *parse.FieldNode:
		return r.fields(dot, dot, n, n.Ident, args, final)
	case *parse.ChainNode:
		if n.Node.Type() == parse.NodeNil {
			r.fail("indirection through explicit nil in %s", n)
		}
		return r.fields(dot, r.argument(dot, nil, n.Node), n, n.Field, args, final)
	case *parse.VariableNode:
		v := r.find(n.Ident[0]).value
		if len(n.Ident) == 1 {
			r.takesNone(args, final)
			return v
		}
		return r.fields(dot, v, n, n.Ident[1:], args, final)
	case *parse.IdentifierNode:
		fn, builtin := r.tmpl.function(n.Ident)
		if !fn.IsValid() {
			r.fail("%q is not a defined function", n.Ident)
		}
		return r.call(dot, fn, builtin, whole, n.Ident, args, final)
	}
	return reflect.Value{}
}

// constant is the value of a node that says it by itself.
func (r *run) constant(dot reflect.Value, n parse.Node) (reflect.Value, bool) {
	switch n := n.(type) {
	case *parse.BoolNode:
		return reflect.ValueOf(n.True), true
	case *parse.StringNode:
		return reflect.ValueOf(n.Text), true
	case *parse.DotNode:
		return dot, true
	case *parse.NumberNode:
		return r.number(n), true
	}
	return reflect.Value{}, false
}

// number is a number whose type nobody asks for.
func (r *run) number(n *parse.NumberNode) reflect.Value {
	r.at(n)
	text := n.Text
	hex := len(text) > 2 && text[0] == '0' && text[1]|0x20 == 'x' && !strings.ContainsAny(text, "pP")
	switch {
	case n.IsComplex:
		return reflect.ValueOf(n.Complex128)
	case n.IsFloat && !hex && !strings.HasPrefix(text, "'") && strings.ContainsAny(text, ".eEpP"):
		return reflect.ValueOf(n.Float64)
	case n.IsInt:
		return reflect.ValueOf(int(n.Int64))
	case n.IsUint:
		r.fail("%s overflows int", text)
	}
	return reflect.Value{}
}

// fields evaluates a chain of fields; only the last may have arguments.
func (r *run) fields(dot, v reflect.Value, n parse.Node, names []string, args []parse.Node, final reflect.Value) reflect.Value {
	last := len(names) - 1
	for _, name := range names[:last] {
		v = r.field(dot, v, n, name, nil, absent)
	}
	return r.field(dot, v, n, names[last], args, final)
}

// field evaluates a method, field or key.
func (r *run) field(dot, receiver reflect.Value, n parse.Node, name string, args []parse.Node, final reflect.Value) reflect.Value {
	if !receiver.IsValid() {
		if r.tmpl.option.missingKey == missingError {
			r.fail("nil data; no entry for key %q", name)
		}
		return reflect.Value{}
	}
	typ := receiver.Type()
	v, isNil := behind(receiver)
	if isNil && v.Kind() == reflect.Interface {
		r.fail("nil pointer evaluating %s.%s", typ, name)
	}
	of := v
	if k := v.Kind(); k != reflect.Interface && k != reflect.Pointer && v.CanAddr() {
		of = v.Addr()
	}
	if method := of.MethodByName(name); method.IsValid() {
		return r.call(dot, method, false, n, name, args, final)
	}
	hasArgs := len(args) > 1 || !isAbsent(final)
	switch v.Kind() {
	case reflect.Struct:
		f, ok := v.Type().FieldByName(name)
		if !ok {
			break
		}
		field, err := v.FieldByIndexErr(f.Index)
		switch {
		case !f.IsExported():
			r.fail("%s is an unexported field of struct type %s", name, typ)
		case err != nil:
			r.fail("%v", err)
		case hasArgs:
			r.fail("%s has arguments but cannot be invoked as function", name)
		}
		return field
	case reflect.Map:
		if key := reflect.ValueOf(name); key.Type().AssignableTo(v.Type().Key()) {
			if hasArgs {
				r.fail("%s is not a method but has arguments", name)
			}
			return r.entry(v, key)
		}
	case reflect.Pointer:
		elem := v.Type().Elem()
		known := true
		if elem.Kind() == reflect.Struct {
			_, known = elem.FieldByName(name)
		}
		if known && isNil {
			r.fail("nil pointer evaluating %s.%s", typ, name)
		}
	}
	r.fail("can't evaluate field %s in type %s", name, typ)
	return reflect.Value{}
}

// entry is the element of a map.
func (r *run) entry(m, key reflect.Value) reflect.Value {
	v := m.MapIndex(key)
	if !v.IsValid() {
		switch r.tmpl.option.missingKey {
		case missingZero:
			v = reflect.Zero(m.Type().Elem())
		case missingError:
			r.fail("map has no entry for key %q", key.String())
		}
	}
	return v
}
