package template

import (
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"text/template/parse"
)

// deepest is how deep templates may call one another.
const deepest = 100000

// ExecError is an error of a template, not of the writer.
type ExecError struct {
	Name string
	Err  error
}

func (bad ExecError) Error() string { return bad.Err.Error() }

// Unwrap returns what the error says.
func (bad ExecError) Unwrap() error { return bad.Err }

// writeFault is an error of the writer on its way out.
type writeFault struct{ err error }

// run is a template being executed.
type run struct {
	tmpl  *Template
	out   io.Writer
	node  parse.Node // where it stands, for errors
	vars  []variable
	depth int
}

type variable struct {
	name  string
	value reflect.Value
}

// Execute writes the template with data.
func (t *Template) Execute(wr io.Writer, data any) (err error) {
	defer caught(&err)
	dot, ok := data.(reflect.Value)
	if !ok {
		dot = reflect.ValueOf(data)
	}
	r := &run{tmpl: t, out: wr, vars: []variable{{"$", dot}}}
	if t.Tree == nil || t.Root == nil {
		r.fail("%q is an incomplete or empty template", t.Name())
	}
	r.walk(dot, t.Root)
	return nil
}

// ExecuteTemplate executes the template of a name that belongs to t.
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	named := t.Lookup(name)
	if named == nil {
		return fmt.Errorf("template: no template %q associated with template %q", name, t.name)
	}
	return named.Execute(wr, data)
}

func caught(err *error) {
	switch e := recover().(type) {
	case nil:
	case runtime.Error:
		panic(e)
	case writeFault:
		*err = e.err
	case ExecError:
		*err = e
	default:
		panic(e)
	}
}

// fail ends the execution.
func (r *run) fail(format string, args ...any) {
	name := r.tmpl.Name()
	where := "template: " + name + ": "
	if r.node != nil {
		place, node := r.tmpl.ErrorContext(r.node)
		where = fmt.Sprintf("template: %s: executing %q at <%s>: ", place, name, node)
	}
	panic(ExecError{name, fmt.Errorf(strings.ReplaceAll(where, "%", "%%")+format, args...)})
}

func (r *run) at(n parse.Node) { r.node = n }

func (r *run) write(err error) {
	if err != nil {
		panic(writeFault{err})
	}
}

// flow is how a node was left.
type flow int

const (
	onward flow = iota
	nextRound
	leaveRange
)

// walk executes a node.
func (r *run) walk(dot reflect.Value, n parse.Node) flow {
	r.at(n)
	switch n := n.(type) {
	case *parse.TextNode:
		_, err := r.out.Write(n.Text)
		r.write(err)
	case *parse.ActionNode:
		if v := r.pipeline(dot, n.Pipe); len(n.Pipe.Decl) == 0 {
			r.print(n, v)
		}
	case *parse.ListNode:
		for _, inner := range n.Nodes {
			if f := r.walk(dot, inner); f != onward {
				return f
			}
		}
	case *parse.IfNode:
		return r.branch(dot, &n.BranchNode, false)
	case *parse.WithNode:
		return r.branch(dot, &n.BranchNode, true)
	case *parse.RangeNode:
		return r.loop(dot, n)
	case *parse.TemplateNode:
		r.invoke(dot, n)
	case *parse.BreakNode:
		return leaveRange
	case *parse.ContinueNode:
		return nextRound
	case *parse.CommentNode:
	default:
		r.fail("unknown node: %s", n)
	}
	return onward
}

// drop forgets the newest variables.
func (r *run) drop(mark int) { r.vars = r.vars[:mark] }

func (r *run) branch(dot reflect.Value, n *parse.BranchNode, with bool) flow {
	mark := len(r.vars)
	v := r.pipeline(dot, n.Pipe)
	truth, ok := isTrue(unwrapped(v))
	if !ok {
		r.fail("if/with can't use %v", v)
	}
	list := n.List
	switch {
	case !truth:
		list = n.ElseList
	case with:
		dot = v
	}
	f := onward
	if list != nil {
		f = r.walk(dot, list)
	}
	r.drop(mark)
	return f
}

// IsTrue reports whether a value is not the zero of its type, and whether that can be said.
func IsTrue(val any) (truth, ok bool) { return isTrue(reflect.ValueOf(val)) }

func isTrue(v reflect.Value) (truth, ok bool) {
	switch v.Kind() {
	case reflect.Invalid:
		return false, true
	case reflect.Struct:
		return true, true
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() > 0, true
	case reflect.Float32, reflect.Float64:
		// Negative zero is not true.
		return v.Float() != 0, true
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() != 0, true
	}
	return !v.IsZero(), true
}

func (r *run) invoke(dot reflect.Value, n *parse.TemplateNode) {
	named := r.tmpl.Lookup(n.Name)
	if named == nil {
		r.fail("template %q not defined", n.Name)
	}
	if r.depth == deepest {
		r.fail("exceeded maximum template depth (%v)", deepest)
	}
	arg := r.pipeline(dot, n.Pipe)
	inner := &run{named, r.out, r.node, []variable{{"$", arg}}, r.depth + 1}
	inner.walk(arg, named.Root)
}

// rounds executes the body of a range once an element.
type rounds struct {
	r    *run
	n    *parse.RangeNode
	mark int
	any  bool
	left bool // by a break
}

// one executes the body; it reports whether the range goes on.
func (l *rounds) one(index, elem reflect.Value) bool {
	r, pipe := l.r, l.n.Pipe
	l.any = true
	values := []reflect.Value{elem}
	if len(pipe.Decl) > 1 {
		values = []reflect.Value{index, elem}
	}
	for i, v := range pipe.Decl {
		if pipe.IsAssign {
			r.assign(v.Ident[0], values[i])
		} else {
			r.vars[l.mark-len(pipe.Decl)+i].value = values[i]
		}
	}
	l.left = r.walk(elem, l.n.List) == leaveRange
	r.drop(l.mark)
	return !l.left
}

func (r *run) loop(dot reflect.Value, n *parse.RangeNode) flow {
	start := len(r.vars)
	v, _ := behind(r.pipeline(dot, n.Pipe))
	l := &rounds{r: r, n: n, mark: len(r.vars)}
	r.iterate(l, v, len(n.Pipe.Decl))
	f := onward
	if !l.any && n.ElseList != nil {
		f = r.walk(dot, n.ElseList)
	}
	r.drop(start)
	return f
}

// iterate goes through a value; decls is how many variables there are.
func (r *run) iterate(l *rounds, v reflect.Value, decls int) {
	none := reflect.Value{}
	switch k := v.Kind(); {
	case k == reflect.Invalid:
	case v.CanInt() || v.CanUint():
		if decls > 1 {
			r.fail("can't use %v to iterate over more than one variable", v)
		}
		for x := range v.Seq() {
			if !l.one(none, x) {
				return
			}
		}
	case k == reflect.Array || k == reflect.Slice:
		for i := 0; i < v.Len() && l.one(reflect.ValueOf(i), v.Index(i)); i++ {
		}
	case k == reflect.Map:
		for _, e := range sortedEntries(v) {
			if !l.one(e.key, e.value) {
				return
			}
		}
	case k == reflect.Chan:
		r.receive(l, v)
	case k == reflect.Func && v.Type().CanSeq():
		if decls > 1 {
			r.fail("can't use %v iterate over more than one variable", v)
		}
		for x := range v.Seq() {
			if !l.one(none, x) {
				return
			}
		}
	case k == reflect.Func && v.Type().CanSeq2():
		for x, y := range v.Seq2() {
			if decls < 2 {
				x, y = none, x
			}
			if !l.one(x, y) {
				return
			}
		}
	default:
		r.fail("range can't iterate over %v", v)
	}
}

func (r *run) receive(l *rounds, v reflect.Value) {
	if v.IsNil() {
		return
	}
	if v.Type().ChanDir() == reflect.SendDir {
		r.fail("range over send-only channel %v", v)
	}
	for i := 0; ; i++ {
		x, ok := v.Recv()
		if !ok || !l.one(reflect.ValueOf(i), x) {
			return
		}
	}
}

// print writes the value of an action.
func (r *run) print(n parse.Node, v reflect.Value) {
	r.at(n)
	shown, ok := printable(v)
	if !ok {
		r.fail("can't print %s of type %s", n, v.Type())
	}
	_, err := fmt.Fprint(r.out, shown)
	r.write(err)
}

// printable is the value that fmt is to print, if it can.
func printable(v reflect.Value) (any, bool) {
	if v.Kind() == reflect.Pointer {
		v, _ = behind(v)
	}
	if !v.IsValid() {
		return "<no value>", true
	}
	speaks := func(t reflect.Type) bool { return t.Implements(errorType) || t.Implements(stringerType) }
	switch t := v.Type(); {
	case speaks(t):
	case v.CanAddr() && speaks(reflect.PointerTo(t)):
		v = v.Addr()
	case v.Kind() == reflect.Chan || v.Kind() == reflect.Func:
		return nil, false
	}
	return v.Interface(), true
}
