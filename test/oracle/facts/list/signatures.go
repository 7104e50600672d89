// Writes what a type checker must know of Go's library: one JSON file a package, in the shape of
// src/compiler/types/facts.ts, and beside it a file of wrappers whose escape graphs become the summaries.
//
// It reads export data (what the compiler itself reads), never sources, and stores declarations only.
// Usage: list IMPORTCFG FACTS WRAPPERS PACKAGE...   (make.mjs calls it)
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

type object = map[string]any

// pkgFacts collects the facts of one package; its type table is filled as types are met.
type pkgFacts struct {
	pkg    *types.Package
	public bool
	types  []json.RawMessage
	index  map[string]int
	named  []object
	funcs  []object
	vars   []object
	consts []object
	seen   map[string]bool
}

// collector walks everything that exported declarations reach, in all packages.
type collector struct {
	fset  *token.FileSet
	pkgs  map[string]*pkgFacts
	queue []*types.TypeName
	owner map[*types.TypeParam]string
	// number of a function: its index in the facts of its package
	number map[*types.Func]int
	places token.FileSet
	parsed map[string]*ast.File
}

func main() {
	archives := readImportcfg(os.Args[1])
	out := os.Args[2]
	fset := token.NewFileSet()
	imp := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(archives[path]) })
	c := &collector{fset: fset, pkgs: map[string]*pkgFacts{}, owner: map[*types.TypeParam]string{}, number: map[*types.Func]int{}}
	var public []*types.Package
	for _, path := range os.Args[4:] {
		pkg, err := imp.Import(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, path, err)
			os.Exit(1)
		}
		public = append(public, pkg)
		c.facts(pkg).public = true
	}
	for _, pkg := range public {
		c.declarations(pkg)
	}
	for len(c.queue) > 0 {
		next := c.queue[0]
		c.queue = c.queue[1:]
		c.declareType(next)
	}
	paths := []string{}
	for path := range c.pkgs {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		c.pkgs[path].write(c, out)
		fmt.Println(path + ".json")
	}
	for _, pkg := range public {
		c.writeWrappers(pkg, os.Args[3])
	}
}

func readImportcfg(file string) map[string]string {
	text, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	archives := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if entry, ok := strings.CutPrefix(strings.TrimSpace(line), "packagefile "); ok {
			path, archive, _ := strings.Cut(entry, "=")
			archives[path] = archive
		}
	}
	return archives
}

func (c *collector) facts(pkg *types.Package) *pkgFacts {
	f := c.pkgs[pkg.Path()]
	if f == nil {
		f = &pkgFacts{pkg: pkg, index: map[string]int{}, seen: map[string]bool{}}
		c.pkgs[pkg.Path()] = f
	}
	return f
}

// declarations records the exported objects of a package; types go through the queue.
func (c *collector) declarations(pkg *types.Package) {
	f := c.facts(pkg)
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		if !token.IsExported(name) {
			continue
		}
		switch o := scope.Lookup(name).(type) {
		case *types.TypeName:
			c.reach(o)
		case *types.Func:
			c.function(f, o, "")
		case *types.Var:
			f.vars = append(f.vars, object{"name": name, "t": c.typ(f, o.Type())})
		case *types.Const:
			f.consts = append(f.consts, object{"name": name, "t": c.typ(f, o.Type()), "v": constantText(o.Val())})
		}
	}
}

// reach puts a declared type into the queue of its package, once.
func (c *collector) reach(o *types.TypeName) {
	f := c.facts(o.Pkg())
	if !f.seen[o.Name()] {
		f.seen[o.Name()] = true
		c.queue = append(c.queue, o)
	}
}

func (c *collector) declareType(o *types.TypeName) {
	f := c.facts(o.Pkg())
	entry := object{"name": o.Name(), "methods": []int{}}
	if alias, ok := o.Type().(*types.Alias); ok {
		entry["alias"] = true
		c.setTypeParams(f, entry, o.Name(), alias.TypeParams())
		entry["t"] = c.typ(f, alias.Rhs())
		f.named = append(f.named, entry)
		return
	}
	if o.IsAlias() {
		entry["alias"] = true
		entry["t"] = c.typ(f, o.Type())
		f.named = append(f.named, entry)
		return
	}
	named := o.Type().(*types.Named)
	c.setTypeParams(f, entry, o.Name(), named.TypeParams())
	entry["t"] = c.typ(f, named.Underlying())
	methods := []int{}
	for m := range named.Methods() {
		methods = append(methods, len(f.funcs))
		c.function(f, m, o.Name())
	}
	entry["methods"] = methods
	f.named = append(f.named, entry)
}

func (c *collector) function(f *pkgFacts, fn *types.Func, recv string) {
	sig := fn.Signature()
	entry := object{"name": fn.Name()}
	owner := fn.Name()
	if recv != "" {
		owner = recv + "." + fn.Name()
		if _, ok := sig.Recv().Type().(*types.Pointer); ok {
			recv = "*" + recv
		}
		entry["recv"] = recv
		if n := sig.Recv().Name(); n != "" {
			entry["rname"] = n
		}
	}
	if list := sig.RecvTypeParams(); list.Len() > 0 {
		names := []string{}
		for p := range list.TypeParams() {
			c.owner[p] = owner
			names = append(names, p.Obj().Name())
		}
		entry["rtparams"] = names
	}
	c.setTypeParams(f, entry, owner, sig.TypeParams())
	if sig.RecvTypeParams().Len()+sig.TypeParams().Len() > 0 {
		if at := c.fset.Position(fn.Pos()); at.IsValid() {
			// Every declaration's name, or its receiver, stands after `func `.
			entry["at"] = fmt.Sprintf("%s:%d:6", at.Filename, at.Line)
		}
	}
	if recv != "" {
		if at := c.parameterPlaces(fn); at != "" {
			entry["pp"] = at
		}
	}
	entry["sig"] = c.signature(f, sig)
	c.number[fn] = len(f.funcs)
	f.funcs = append(f.funcs, entry)
}

func (c *collector) setTypeParams(f *pkgFacts, entry object, owner string, list *types.TypeParamList) {
	if list.Len() == 0 {
		return
	}
	for p := range list.TypeParams() {
		c.owner[p] = owner
	}
	params := []object{}
	for p := range list.TypeParams() {
		params = append(params, object{"n": p.Obj().Name(), "constraint": c.typ(f, p.Constraint())})
	}
	entry["tparams"] = params
}

func (c *collector) signature(f *pkgFacts, sig *types.Signature) object {
	vars := func(list *types.Tuple) []object {
		out := []object{}
		for v := range list.Variables() {
			out = append(out, object{"n": v.Name(), "t": c.typ(f, v.Type())})
		}
		return out
	}
	out := object{"params": vars(sig.Params()), "results": vars(sig.Results())}
	if sig.Variadic() {
		out["variadic"] = true
	}
	return out
}

// typ returns the index of a type in the table of a package.
func (c *collector) typ(f *pkgFacts, t types.Type) int {
	text, err := json.Marshal(c.describe(f, t))
	if err != nil {
		panic(err)
	}
	if i, ok := f.index[string(text)]; ok {
		return i
	}
	f.index[string(text)] = len(f.types)
	f.types = append(f.types, text)
	return len(f.types) - 1
}

func (c *collector) describe(f *pkgFacts, t types.Type) object {
	switch t := t.(type) {
	case *types.Basic:
		name := t.Name()
		if t.Kind() == types.UnsafePointer {
			name = "unsafe.Pointer"
		}
		return object{"k": "basic", "name": name}
	case *types.Alias:
		return c.declared(f, t.Obj(), t.TypeArgs())
	case *types.Named:
		return c.declared(f, t.Obj(), t.TypeArgs())
	case *types.Pointer:
		return object{"k": "ptr", "elem": c.typ(f, t.Elem())}
	case *types.Slice:
		return object{"k": "slice", "elem": c.typ(f, t.Elem())}
	case *types.Array:
		return object{"k": "array", "elem": c.typ(f, t.Elem()), "len": t.Len()}
	case *types.Map:
		return object{"k": "map", "key": c.typ(f, t.Key()), "elem": c.typ(f, t.Elem())}
	case *types.Chan:
		return object{"k": "chan", "elem": c.typ(f, t.Elem()), "dir": []string{"both", "send", "recv"}[t.Dir()]}
	case *types.Struct:
		return c.structure(f, t)
	case *types.Signature:
		return object{"k": "func", "sig": c.signature(f, t)}
	case *types.Interface:
		return c.iface(f, t)
	case *types.Union:
		terms := []object{}
		for term := range t.Terms() {
			entry := object{"t": c.typ(f, term.Type())}
			if term.Tilde() {
				entry["tilde"] = true
			}
			terms = append(terms, entry)
		}
		return object{"k": "union", "terms": terms}
	case *types.TypeParam:
		return object{"k": "tparam", "owner": c.owner[t], "index": t.Index()}
	}
	panic(fmt.Sprintf("type %T", t))
}

// declared refers to a named type or alias by path and name; those of the universe are basic.
func (c *collector) declared(f *pkgFacts, o *types.TypeName, args *types.TypeList) object {
	if o.Pkg() == nil {
		return object{"k": "basic", "name": o.Name()}
	}
	c.reach(o)
	entry := object{"k": "ref", "path": o.Pkg().Path(), "name": o.Name()}
	if args.Len() > 0 {
		list := []int{}
		for a := range args.Types() {
			list = append(list, c.typ(f, a))
		}
		entry["args"] = list
	}
	return entry
}

func (c *collector) structure(f *pkgFacts, t *types.Struct) object {
	fields := []object{}
	for i := range t.NumFields() {
		v := t.Field(i)
		entry := object{"n": v.Name(), "t": c.typ(f, v.Type())}
		if v.Embedded() {
			entry["e"] = true
		}
		if t.Tag(i) != "" {
			entry["g"] = t.Tag(i)
		}
		if !v.Exported() && v.Pkg() != f.pkg {
			entry["p"] = v.Pkg().Path()
		}
		fields = append(fields, entry)
	}
	return object{"k": "struct", "fields": fields}
}

func (c *collector) iface(f *pkgFacts, t *types.Interface) object {
	methods := []object{}
	for m := range t.ExplicitMethods() {
		entry := object{"n": m.Name(), "sig": c.signature(f, m.Signature())}
		if !m.Exported() && m.Pkg() != f.pkg {
			entry["p"] = m.Pkg().Path()
		}
		methods = append(methods, entry)
	}
	embeds := []int{}
	for e := range t.EmbeddedTypes() {
		embeds = append(embeds, c.typ(f, e))
	}
	entry := object{"k": "iface", "methods": methods, "embeds": embeds}
	if t.IsImplicit() {
		entry["implicit"] = true
	}
	return entry
}

// write stores the facts of one package as JSON, a declaration a line.
func (f *pkgFacts) write(c *collector, out string) {
	imports := []string{}
	if f.public {
		for _, imported := range f.pkg.Imports() {
			if c.pkgs[imported.Path()] != nil {
				imports = append(imports, imported.Path())
			}
		}
		slices.Sort(imports)
	}
	file := filepath.Join(out, filepath.FromSlash(f.pkg.Path())+".json")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		panic(err)
	}
	w, err := os.Create(file)
	if err != nil {
		panic(err)
	}
	b := bufio.NewWriter(w)
	head, _ := json.Marshal(object{"hidden": f.hidden(), "go": runtime.Version(), "path": f.pkg.Path(), "name": f.pkg.Name(), "imports": imports})
	fmt.Fprintf(b, "%s,\n", strings.TrimSuffix(string(head), "}"))
	writeList(b, "types", f.types)
	fmt.Fprint(b, ",\n")
	writeList(b, "named", f.named)
	fmt.Fprint(b, ",\n")
	writeList(b, "funcs", f.funcs)
	fmt.Fprint(b, ",\n")
	writeList(b, "vars", f.vars)
	fmt.Fprint(b, ",\n")
	writeList(b, "consts", f.consts)
	fmt.Fprint(b, "}\n")
	if b.Flush() != nil || w.Close() != nil {
		panic("cannot write " + file)
	}
}

// hidden returns the unexported names in the scope of a public package: a selector finds them and says that they are not exported.
func (f *pkgFacts) hidden() []string {
	names := []string{}
	for _, name := range f.pkg.Scope().Names() {
		if f.public && !token.IsExported(name) {
			names = append(names, name)
		}
	}
	return names
}

func writeList[T any](b *bufio.Writer, name string, list []T) {
	fmt.Fprintf(b, "%q:[", name)
	for i, entry := range list {
		text, err := json.Marshal(entry)
		if err != nil {
			panic(err)
		}
		if i > 0 {
			b.WriteString(",\n")
		}
		b.Write(text)
	}
	b.WriteString("]")
}

func constantText(v constant.Value) string {
	if v.Kind() == constant.String {
		return strconv.QuoteToASCII(constant.StringVal(v))
	}
	return v.ExactString()
}

// parameterPlaces says where a method declares its receiver and its named parameters: `file:line:col`, then `line:col` of each, or only
// the column where the line is the same. Export data has no columns, so the text is looked at.
func (c *collector) parameterPlaces(fn *types.Func) string {
	at := c.fset.Position(fn.Pos())
	if !at.IsValid() {
		return ""
	}
	file, ok := c.parsed[at.Filename]
	if !ok {
		file, _ = parser.ParseFile(&c.places, strings.Replace(at.Filename, "$GOROOT", runtime.GOROOT(), 1), nil, parser.SkipObjectResolution)
		if c.parsed == nil {
			c.parsed = map[string]*ast.File{}
		}
		c.parsed[at.Filename] = file
	}
	if file == nil {
		return ""
	}
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Recv == nil || d.Name.Name != fn.Name() || c.places.Position(d.Name.Pos()).Line != at.Line {
			continue
		}
		out, line := "", 0
		for _, list := range []*ast.FieldList{d.Recv, d.Type.Params} {
			for _, field := range list.List {
				for _, name := range field.Names {
					p := c.places.Position(name.Pos())
					switch {
					case out == "":
						out = fmt.Sprintf("%s:%d:%d", filepath.Base(p.Filename), p.Line, p.Column)
					case p.Line == line:
						out += fmt.Sprintf(",%d", p.Column)
					default:
						out += fmt.Sprintf(",%d:%d", p.Line, p.Column)
					}
					line = p.Line
				}
			}
		}
		return out
	}
	return ""
}
