package main

// Wrappers: for each function of the library that another package can call (and each method, since a struct that embeds a type of
// another package has its unexported methods), `func wN(z0 T0, …) … { return pkg.F(z0, …) }`, one a
// line; N is the function's index in the facts. The escape graph of a wrapper is the summary of the function.

import (
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// writeWrappers stores the wrappers of one package; what a foreign package cannot spell has none.
func (c *collector) writeWrappers(pkg *types.Package, out string) {
	f := c.facts(pkg)
	w := &wrapperFile{c: c, imports: map[string]string{}, names: map[string]string{}}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		switch o := scope.Lookup(name).(type) {
		case *types.Func:
			if o.Exported() && o.Signature().TypeParams().Len() == 0 {
				w.add(o, pkg.Path(), nil)
			} else if o.Exported() {
				w.addInstance(o)
			}
		case *types.Var:
			w.addMethodsOfVariable(o)
		case *types.TypeName:
			named, ok := o.Type().(*types.Named)
			if !ok || !o.Exported() || o.IsAlias() || types.IsInterface(named) {
				continue
			}
			if named.TypeParams().Len() > 0 {
				w.addMethodsOfInstance(named)
				continue
			}
			for m := range named.Methods() {
				w.add(m, "", m.Signature().Recv().Type())
			}
			w.promoted(f, named)
		}
	}
	file := filepath.Join(out, strings.ReplaceAll(pkg.Path(), "/", "_")+".go")
	head := "package p"
	for path, name := range sorted(w.imports) {
		head += fmt.Sprintf("; import %s %q", name, path)
	}
	if err := os.WriteFile(file, []byte(head+"\n"+strings.Join(w.lines, "\n")+"\n"), 0o644); err != nil {
		panic(err)
	}
}

// addMethodsOfVariable writes the wrappers of methods that are reached through an exported variable of an unexported type. The
// receiver, of size zero, stands in the wrapper as a parameter that nothing is done with.
func (w *wrapperFile) addMethodsOfVariable(o *types.Var) {
	named, ok := o.Type().(*types.Named)
	if !ok || !o.Exported() || named.Obj().Exported() || named.Obj().Pkg() != o.Pkg() {
		return
	}
	if s, ok := named.Underlying().(*types.Struct); !ok || s.NumFields() > 0 {
		return
	}
	for m := range named.Methods() {
		if m.Exported() {
			w.line(m, w.qualify(o.Pkg())+"."+o.Name()+"."+m.Name(), types.NewStruct(nil, nil), m.Signature())
		}
	}
}

type wrapperFile struct {
	c       *collector
	imports map[string]string // path to the name it has in the file
	names   map[string]string // and back
	lines   []string
	done    map[*types.Func]bool
}

func sorted(m map[string]string) func(func(string, string) bool) {
	return func(yield func(string, string) bool) {
		keys := []string{}
		for k := range m {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		for _, k := range keys {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

// promoted adds the methods that an exported type gets from unexported types which it embeds by value.
func (w *wrapperFile) promoted(f *pkgFacts, named *types.Named) {
	if w.done == nil {
		w.done = map[*types.Func]bool{}
	}
	set := types.NewMethodSet(types.NewPointer(named))
	for sel := range set.Methods() {
		m, ok := sel.Obj().(*types.Func)
		if !ok || len(sel.Index()) < 2 || !m.Exported() || m.Pkg() != f.pkg || w.done[m] {
			continue
		}
		recv := m.Signature().Recv().Type()
		if p, ok := recv.(*types.Pointer); ok {
			recv = p.Elem()
		} else {
			continue
		}
		inner, ok := recv.(*types.Named)
		if !ok || inner.Obj().Exported() || types.IsInterface(inner) || !embeddedByValue(named, sel.Index()) {
			continue
		}
		w.done[m] = true
		w.add(m, "", types.NewPointer(named))
	}
}

func embeddedByValue(t types.Type, index []int) bool {
	for _, i := range index[:len(index)-1] {
		s, ok := t.Underlying().(*types.Struct)
		if !ok {
			return false
		}
		t = s.Field(i).Type()
	}
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

// The types that stand for type parameters in probes: what is printed of an instance is known for these, and others are put in
// their place. They occur nowhere else in the library's generic functions.
var probes = []types.Type{types.Typ[types.Int16], types.Typ[types.Int32], types.Typ[types.Int8]}

// probeArguments chooses type arguments: a probe type for each parameter that its constraint leaves free, and what follows from
// these for the others (S ~[]E).
func probeArguments(list *types.TypeParamList) []types.Type {
	args := make([]types.Type, list.Len())
	chosen := map[*types.TypeParam]types.Type{}
	next := 0
	for i := range list.Len() {
		p := list.At(i)
		if coreOf(p) == nil && next < len(probes) {
			args[i] = probes[next]
			chosen[p] = args[i]
			next++
		}
	}
	for i := range list.Len() {
		if args[i] == nil {
			args[i] = replace(coreOf(list.At(i)), chosen)
		}
		if args[i] == nil {
			return nil
		}
	}
	return args
}

// coreOf is the one type literal that the constraint of p allows, or nil.
func coreOf(p *types.TypeParam) types.Type {
	u, ok := p.Constraint().Underlying().(*types.Interface)
	if !ok || u.NumEmbeddeds() != 1 {
		return nil
	}
	var t types.Type = u.EmbeddedType(0)
	if union, ok := t.(*types.Union); ok && union.Len() == 1 {
		t = union.Term(0).Type()
	}
	switch t.(type) {
	case *types.Slice, *types.Map, *types.Pointer:
		return t
	}
	return nil
}

func replace(t types.Type, chosen map[*types.TypeParam]types.Type) types.Type {
	switch t := t.(type) {
	case *types.TypeParam:
		return chosen[t]
	case *types.Slice:
		if e := replace(t.Elem(), chosen); e != nil {
			return types.NewSlice(e)
		}
	case *types.Pointer:
		if e := replace(t.Elem(), chosen); e != nil {
			return types.NewPointer(e)
		}
	case *types.Map:
		k, e := replace(t.Key(), chosen), replace(t.Elem(), chosen)
		if k != nil && e != nil {
			return types.NewMap(k, e)
		}
	}
	return nil
}

// addInstance writes the wrapper of a generic function's probe.
func (w *wrapperFile) addInstance(fn *types.Func) {
	args := probeArguments(fn.Signature().TypeParams())
	if args == nil {
		return
	}
	sig, err := types.Instantiate(nil, fn.Signature(), args, true)
	if err != nil {
		return
	}
	w.line(fn, w.qualify(fn.Pkg())+"."+fn.Name()+w.argumentList(args), nil, sig.(*types.Signature))
}

// addMethodsOfInstance writes the wrappers of the methods of a generic type's probe.
func (w *wrapperFile) addMethodsOfInstance(named *types.Named) {
	args := probeArguments(named.TypeParams())
	if args == nil {
		return
	}
	t, err := types.Instantiate(nil, named, args, true)
	if err != nil {
		return
	}
	instance := t.(*types.Named)
	for i := range instance.NumMethods() {
		m := instance.Method(i)
		if m.Exported() {
			w.line(m.Origin(), "zr."+m.Name(), m.Signature().Recv().Type(), m.Signature())
		}
	}
}

func (w *wrapperFile) argumentList(args []types.Type) string {
	texts := []string{}
	for _, a := range args {
		texts = append(texts, w.spell(a))
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// add writes one wrapper.
func (w *wrapperFile) add(fn *types.Func, path string, recv types.Type) {
	target := "zr." + fn.Name()
	if recv == nil {
		target = w.qualify(fn.Pkg()) + "." + fn.Name()
	}
	w.line(fn, target, recv, fn.Signature())
}

// line writes the wrapper that calls target, unless a type cannot be named outside.
func (w *wrapperFile) line(fn *types.Func, target string, recv types.Type, sig *types.Signature) {
	index, ok := w.c.number[fn]
	if !ok || recv != nil && !nameable(recv) {
		return
	}
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			if !nameable(v.Type()) {
				return
			}
		}
	}
	var params, args, results []string
	if recv != nil {
		params = append(params, "zr "+w.spell(recv))
	}
	for i := range sig.Params().Len() {
		params = append(params, fmt.Sprintf("z%d %s", i, w.spell(sig.Params().At(i).Type())))
		arg := fmt.Sprintf("z%d", i)
		if sig.Variadic() && i == sig.Params().Len()-1 {
			arg += "..."
		}
		args = append(args, arg)
	}
	keyword := ""
	for v := range sig.Results().Variables() {
		results = append(results, w.spell(v.Type()))
		keyword = "return "
	}
	call := fmt.Sprintf("%s(%s)", target, strings.Join(args, ", "))
	w.lines = append(w.lines, fmt.Sprintf("func w%d(%s) (%s) { %s%s }", index, strings.Join(params, ", "), strings.Join(results, ", "), keyword, call))
	if recv == nil && slices.Contains(intrinsicPackages, fn.Pkg().Path()) {
		w.lines = append(w.lines, fmt.Sprintf("func w%d(%s) (%s) { f := %s; %sf(%s) }", valueCalled+index, strings.Join(params, ", "), strings.Join(results, ", "), target, keyword, strings.Join(args, ", ")))
	}
	if sig.Results().Len() == 1 {
		w.onResult(index, params, call, sig.Results().At(0).Type())
	}
}

// Packages with functions that the compiler has instructions for and that have bodies all the same: a wrapper of a call of the value.
var intrinsicPackages = []string{"math", "math/bits", "runtime"}

// Numbers of the wrappers of calls upon results: a function that is returned and called, a method of an interface that is returned;
// and of calls of functions as values.
const (
	resultCalled = 1_000_000
	resultMethod = 2_000_000
	resultPassed = 3_000_000
	valueCalled  = 4_000_000
	// A method of what such a method returns.
	resultChained = 5_000_000
	maxMethods    = 100
)

// Generic functions that an iterator is passed to: their bodies call it, and the compiler sees what it is.
var consumers = []struct{ path, name, of, result string }{{"slices", "Collect", "Seq", "[]%s"}, {"maps", "Collect", "Seq2", "map[%s]%s"}}

// passed writes wrappers that pass what call returns, an iterator, to a consumer.
func (w *wrapperFile) passed(index int, params []string, call string, result types.Type) {
	named, ok := result.(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Path() != "iter" {
		return
	}
	var args []any
	free := 0
	for a := range named.TypeArgs().Types() {
		if !nameable(a) {
			return
		}
		if slices.Contains(probes, a) {
			free++
		}
		args = append(args, w.spell(a))
	}
	if free != 0 && free != len(args) {
		return // no probe of the consumer
	}
	for i, c := range consumers {
		if named.Obj().Name() != c.of || !types.Comparable(named.TypeArgs().At(0)) {
			continue
		}
		w.imports[c.path], w.names[c.path] = c.path, c.path
		w.lines = append(w.lines, fmt.Sprintf("func w%d(%s) "+c.result+" { return %s.%s(%s) }", append(append([]any{resultPassed + index*maxMethods + i, strings.Join(params, ", ")}, args...), c.path, c.name, call)...))
	}
}

// onResult writes wrappers that call what call returns, if that is a function or an interface.
func (w *wrapperFile) onResult(index int, params []string, call string, result types.Type) {
	switch t := result.Underlying().(type) {
	case *types.Signature:
		w.resultLine(resultCalled+index, params, call, t)
		w.passed(index, params, call, result)
	case *types.Interface:
		if _, ok := result.(*types.TypeParam); ok {
			return
		}
		for i := range min(t.NumMethods(), maxMethods) {
			if m := t.Method(i); m.Exported() {
				w.resultLine(resultMethod+index*maxMethods+i, params, call+"."+m.Name(), m.Signature())
				w.chainedLine(resultChained+index*maxMethods+i, params, call+"."+m.Name(), m.Signature())
			}
		}
	}
}

// chainedLine writes a wrapper that calls a method of the interface that target returns: which type that has, only the call shows.
func (w *wrapperFile) chainedLine(number int, outer []string, target string, sig *types.Signature) {
	if sig.Results().Len() != 1 || !nameable(sig) {
		return
	}
	t, ok := sig.Results().At(0).Type().Underlying().(*types.Interface)
	if _, generic := sig.Results().At(0).Type().(*types.TypeParam); !ok || generic {
		return
	}
	for m := range t.Methods() {
		if m.Exported() && m.Signature().Params().Len() == 0 && nameable(m.Signature()) {
			params, args := w.parameters(outer, sig)
			w.resultLine(number, params, target+"("+args+")."+m.Name(), m.Signature())
			return
		}
	}
}

func (w *wrapperFile) resultLine(number int, outer []string, target string, sig *types.Signature) {
	if !nameable(sig) {
		return
	}
	params, args := w.parameters(outer, sig)
	var results []string
	keyword := ""
	for v := range sig.Results().Variables() {
		results = append(results, w.spell(v.Type()))
		keyword = "return "
	}
	w.lines = append(w.lines, fmt.Sprintf("func w%d(%s) (%s) { %s%s(%s) }", number, strings.Join(params, ", "), strings.Join(results, ", "), keyword, target, args))
}

// parameters adds parameters for a call of sig to those of a wrapper, and answers the call's arguments with them.
func (w *wrapperFile) parameters(outer []string, sig *types.Signature) (params []string, args string) {
	first := len(outer)
	if first > 0 && strings.HasPrefix(outer[0], "zr ") {
		first--
	}
	params = slices.Clone(outer)
	var names []string
	for i := range sig.Params().Len() {
		name := fmt.Sprintf("z%d", first+i)
		params = append(params, name+" "+w.spell(sig.Params().At(i).Type()))
		if sig.Variadic() && i == sig.Params().Len()-1 {
			name += "..."
		}
		names = append(names, name)
	}
	return params, strings.Join(names, ", ")
}

func (w *wrapperFile) spell(t types.Type) string { return types.TypeString(t, w.qualify) }

// qualify gives a package its own name in the file, or another one if that is taken. Only the name of the file changes by it:
// the compiler prints packages by their real names.
func (w *wrapperFile) qualify(pkg *types.Package) string {
	if name, ok := w.imports[pkg.Path()]; ok {
		return name
	}
	name := pkg.Name()
	for w.names[name] != "" {
		name += "_"
	}
	w.imports[pkg.Path()], w.names[name] = name, pkg.Path()
	return name
}

// nameable reports whether a package outside the library can write the type.
func nameable(t types.Type) bool {
	switch t := t.(type) {
	case *types.Alias:
		return nameableObject(t.Obj()) || nameable(t.Rhs())
	case *types.Named:
		for a := range t.TypeArgs().Types() {
			if !nameable(a) {
				return false
			}
		}
		return nameableObject(t.Obj())
	case *types.Pointer:
		return nameable(t.Elem())
	case *types.Slice:
		return nameable(t.Elem())
	case *types.Array:
		return nameable(t.Elem())
	case *types.Chan:
		return nameable(t.Elem())
	case *types.Map:
		return nameable(t.Key()) && nameable(t.Elem())
	case *types.Signature:
		for _, tuple := range []*types.Tuple{t.Params(), t.Results()} {
			for v := range tuple.Variables() {
				if !nameable(v.Type()) {
					return false
				}
			}
		}
		return true
	case *types.Struct:
		return t.NumFields() == 0
	case *types.TypeParam:
		return false
	}
	return true
}

func nameableObject(o *types.TypeName) bool {
	if o.Pkg() == nil {
		return true
	}
	for part := range strings.SplitSeq(o.Pkg().Path(), "/") {
		if part == "internal" || part == "vendor" {
			return false
		}
	}
	return token.IsExported(o.Name())
}
