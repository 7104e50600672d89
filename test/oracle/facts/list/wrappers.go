package main

// Wrappers: for each function of the library that another package can call, `func wN(z0 T0, …) … { return pkg.F(z0, …) }`, one a
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
			}
		case *types.TypeName:
			named, ok := o.Type().(*types.Named)
			if !ok || !o.Exported() || o.IsAlias() || named.TypeParams().Len() > 0 || types.IsInterface(named) {
				continue
			}
			for m := range named.Methods() {
				if m.Exported() {
					w.add(m, "", m.Signature().Recv().Type())
				}
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

// add writes one wrapper, unless a type in its signature cannot be named outside.
func (w *wrapperFile) add(fn *types.Func, path string, recv types.Type) {
	index, ok := w.c.number[fn]
	if !ok {
		return
	}
	sig := fn.Signature()
	if recv != nil && !nameable(recv) {
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
	target := fn.Name()
	if recv != nil {
		params = append(params, "zr "+w.spell(recv))
		target = "zr." + target
	} else {
		target = w.qualify(fn.Pkg()) + "." + target
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
	w.lines = append(w.lines, fmt.Sprintf("func w%d(%s) (%s) { %s%s(%s) }", index, strings.Join(params, ", "), strings.Join(results, ", "), keyword, target, strings.Join(args, ", ")))
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
