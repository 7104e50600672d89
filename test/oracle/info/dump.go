// Dump prints what the compiler's type checker finds out about a package: a line for each expression, name, selection,
// instance and initialisation. info.mjs puts it into the compiler's tree by an overlay and compares it with ours.
//
// Each line of the input is the name of an output file and an import path, or names of Go files.
package main

import (
	"bufio"
	"bytes"
	"cmd/compile/internal/syntax"
	"cmd/compile/internal/types2"
	"encoding/json"
	"fmt"
	"go/constant"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// A listed is a package as `go list -json` describes it.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	ImportMap  map[string]string
}

var (
	packages = map[string]*listed{}
	imported = map[string]*types2.Package{}
)

// An importer checks the packages that one package needs, from their sources.
type importer struct{ from *listed }

func (i importer) Import(path string) (*types2.Package, error) {
	if path == "unsafe" {
		return types2.Unsafe, nil
	}
	if mapped := i.from.ImportMap[path]; mapped != "" {
		path = mapped
	}
	if p := imported[path]; p != nil {
		return p, nil
	}
	l := packages[path]
	if l == nil {
		return nil, fmt.Errorf("no package %s", path)
	}
	p := check(l, nil, true)
	imported[path] = p
	return p, nil
}

func check(l *listed, info *types2.Info, ignoreBodies bool) *types2.Package {
	var files []*syntax.File
	for _, name := range l.GoFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(l.Dir, name)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			panic(err)
		}
		file, _ := syntax.Parse(syntax.NewFileBase(filepath.Base(name)), bytes.NewReader(text), func(error) {}, nil, 0)
		files = append(files, file)
	}
	conf := types2.Config{
		Importer: importer{l}, IgnoreFuncBodies: ignoreBodies, IgnoreBranchErrors: true, EnableAlias: true,
		Sizes: types2.SizesFor("gc", "amd64"), Error: func(error) {},
	}
	pkg, _ := conf.Check(l.ImportPath, files, info)
	return pkg
}

func main() {
	list, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	for d := json.NewDecoder(bytes.NewReader(list)); d.More(); {
		var l listed
		if err := d.Decode(&l); err != nil {
			panic(err)
		}
		packages[l.ImportPath] = &l
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		words := strings.Fields(in.Text())
		l := packages[words[1]]
		if strings.HasSuffix(words[1], ".go") {
			l = &listed{ImportPath: "main", GoFiles: words[1:]}
		}
		os.WriteFile(words[0], []byte(strings.Join(dump(l), "\n")+"\n"), 0o644)
	}
}

func path(pkg *types2.Package) string { return pkg.Path() }

func typ(t types2.Type) string { return types2.TypeString(t, path) }

func object(o types2.Object) string {
	if o == nil {
		return "nil"
	}
	return types2.ObjectString(o, path)
}

func mode(tv types2.TypeAndValue) string {
	switch {
	case tv.IsType():
		return "type"
	case tv.IsBuiltin():
		return "builtin"
	case tv.IsNil():
		return "nilvalue"
	case tv.Value != nil:
		return "constant"
	case tv.Addressable():
		return "variable"
	case tv.Assignable():
		return "mapindex"
	case tv.HasOk():
		return "commaok"
	}
	return "value"
}

func value(v constant.Value) string {
	if v == nil {
		return ""
	}
	return v.ExactString()
}

func dump(l *listed) []string {
	info := &types2.Info{
		Types: map[syntax.Expr]types2.TypeAndValue{}, Defs: map[*syntax.Name]types2.Object{}, Uses: map[*syntax.Name]types2.Object{},
		Implicits: map[syntax.Node]types2.Object{}, Selections: map[*syntax.SelectorExpr]*types2.Selection{},
		Instances: map[*syntax.Name]types2.Instance{}, Scopes: map[syntax.Node]*types2.Scope{},
	}
	check(l, info, false)
	var lines []string
	add := func(pos syntax.Pos, format string, args ...any) {
		lines = append(lines, fmt.Sprintf("%s:%d:%d ", pos.RelFilename(), pos.Line(), pos.Col())+fmt.Sprintf(format, args...))
	}
	for e, tv := range info.Types {
		if tv.IsVoid() {
			add(e.Pos(), "type %s novalue", syntax.String(e))
		} else {
			add(e.Pos(), "type %s %s %s %s", syntax.String(e), mode(tv), typ(tv.Type), value(tv.Value))
		}
	}
	for n, o := range info.Defs {
		add(n.Pos(), "def %s %s", n.Value, object(o))
	}
	for n, o := range info.Uses {
		add(n.Pos(), "use %s %s", n.Value, object(o))
	}
	for n, o := range info.Implicits {
		add(n.Pos(), "implicit %s", object(o))
	}
	for e, s := range info.Selections {
		add(e.Pos(), "selection %s %d %s %v %v", syntax.String(e), s.Kind(), typ(s.Recv()), s.Index(), s.Indirect())
	}
	for n, i := range info.Instances {
		var args []string
		for k := 0; k < i.TypeArgs.Len(); k++ {
			args = append(args, typ(i.TypeArgs.At(k)))
		}
		add(n.Pos(), "instance %s [%s] %s", n.Value, strings.Join(args, ","), typ(i.Type))
	}
	for k, i := range info.InitOrder {
		var names []string
		for _, v := range i.Lhs {
			names = append(names, v.Name())
		}
		lines = append(lines, fmt.Sprintf("init %04d %s = %s", k, strings.Join(names, ","), syntax.String(i.Rhs)))
	}
	sort.Strings(lines)
	return lines
}
