package parser

import (
	"fmt"
	"go/ast"
	"go/token"
)

// resolver finds what names stand for, inside of functions and in the file.
type resolver struct {
	p        *parser
	file     *ast.Scope
	scope    *ast.Scope
	depth    int
	open     []*ast.Ident // names that no scope has so far
	labels   *ast.Scope
	branches []*ast.Ident // of the function, and which label they name
}

// pending is what a name stands for as long as nobody knows.
var pending = new(ast.Object)

// resolve gives each name of a file its object. Mistakes are told if they are asked for.
func (p *parser) resolve(f *ast.File) {
	scope := ast.NewScope(nil)
	r := &resolver{p: p, file: scope, scope: scope, depth: 1}
	for _, d := range f.Decls {
		ast.Walk(r, d)
	}
	f.Scope = scope
	f.Unresolved = r.open[:0]
	for _, id := range r.open {
		if id.Obj = scope.Lookup(id.Name); id.Obj == nil {
			f.Unresolved = append(f.Unresolved, id)
		}
	}
}

func (r *resolver) wrong(pos token.Pos, msg string) {
	if r.p.mode&DeclarationErrors != 0 {
		r.p.wrong(pos, msg)
	}
}

// within does something in a scope of its own.
func (r *resolver) within(n ast.Node, do func()) {
	if r.depth++; r.depth > 1000 {
		panic(giveUp{n.Pos(), "exceeded max scope depth during object resolution"})
	}
	r.scope = ast.NewScope(r.scope)
	do()
	r.scope = r.scope.Outer
	r.depth--
}

func (r *resolver) declare(scope *ast.Scope, decl, data any, kind ast.ObjKind, names ...*ast.Ident) {
	for _, id := range names {
		if id.Obj != nil {
			panic(fmt.Sprintf("%v: identifier %s already declared or resolved", id.Pos(), id.Name))
		}
		obj := &ast.Object{Kind: kind, Name: id.Name, Decl: decl, Data: data}
		if _, receiver := decl.(*ast.Ident); !receiver {
			id.Obj = obj
		}
		if id.Name == "_" {
			continue
		}
		if other := scope.Insert(obj); other != nil {
			msg := id.Name + " redeclared in this block"
			if pos := other.Pos(); pos.IsValid() {
				msg += fmt.Sprintf("\n\tprevious declaration at %v", r.p.file.Position(pos))
			}
			r.wrong(id.Pos(), msg)
		}
	}
}

// define declares what is new on the left of :=.
func (r *resolver) define(a *ast.AssignStmt) {
	fresh := false
	for _, x := range a.Lhs {
		id, ok := x.(*ast.Ident)
		if !ok {
			continue
		}
		id.Obj = &ast.Object{Kind: ast.Var, Name: id.Name, Decl: a}
		if id.Name == "_" {
			continue
		}
		if other := r.scope.Insert(id.Obj); other != nil {
			id.Obj = other
		} else {
			fresh = true
		}
	}
	if !fresh {
		r.wrong(a.Lhs[0].Pos(), "no new variables on left side of :=")
	}
}

// use finds what a name stands for. Keys of literals may be fields: they stay as they are if nothing has their name.
func (r *resolver) use(id *ast.Ident, mayBeField bool) {
	if id.Obj != nil {
		panic(fmt.Sprintf("%v: identifier %s already declared or resolved", r.p.file.Position(id.Pos()), id.Name))
	}
	if id.Name == "_" {
		return
	}
	for s := r.scope; s != nil; s = s.Outer {
		if obj := s.Lookup(id.Name); obj != nil {
			if _, receiver := obj.Decl.(*ast.Ident); !receiver {
				id.Obj = obj
			}
			return
		}
	}
	if !mayBeField {
		id.Obj = pending
		r.open = append(r.open, id)
	}
}

func walk[N ast.Node](r *resolver, list ...N) {
	for _, n := range list {
		if ast.Node(n) != nil {
			ast.Walk(r, n)
		}
	}
}

// Visit is for ast.Walk.
func (r *resolver) Visit(node ast.Node) ast.Visitor {
	switch n := node.(type) {
	case *ast.Ident:
		r.use(n, false)
	case *ast.SelectorExpr:
		walk(r, n.X)
	case *ast.CompositeLit:
		r.literal(n)
	case *ast.FuncLit:
		r.within(n, func() {
			r.signature(n.Type)
			r.body(n.Body)
		})
	case *ast.FuncType:
		r.within(n, func() { r.signature(n) })
	case *ast.StructType:
		r.within(n, func() { r.fields(n.Fields, ast.Var) })
	case *ast.InterfaceType:
		r.within(n, func() { r.fields(n.Methods, ast.Fun) })
	case *ast.GenDecl:
		r.general(n)
	case *ast.FuncDecl:
		r.function(n)
	case ast.Stmt:
		return r.statement(n)
	default:
		return r
	}
	return nil
}

func (r *resolver) literal(n *ast.CompositeLit) {
	walk(r, n.Type)
	for _, e := range n.Elts {
		pair, ok := e.(*ast.KeyValueExpr)
		if !ok {
			walk(r, e)
			continue
		}
		if key, ok := pair.Key.(*ast.Ident); ok {
			r.use(key, true)
		} else {
			walk(r, pair.Key)
		}
		walk(r, pair.Value)
	}
}

func (r *resolver) statement(node ast.Stmt) ast.Visitor {
	switch n := node.(type) {
	case *ast.LabeledStmt:
		r.declare(r.labels, n, nil, ast.Lbl, n.Label)
		walk(r, n.Stmt)
	case *ast.BranchStmt:
		if n.Label != nil && n.Tok != token.FALLTHROUGH {
			r.branches = append(r.branches, n.Label)
		}
	case *ast.AssignStmt:
		walk(r, n.Rhs...)
		if n.Tok == token.DEFINE {
			r.define(n)
		} else {
			walk(r, n.Lhs...)
		}
	case *ast.BlockStmt:
		r.within(n, func() { walk(r, n.List...) })
	case *ast.IfStmt:
		r.within(n, func() {
			walk(r, n.Init)
			walk(r, n.Cond)
			walk[ast.Stmt](r, n.Body, n.Else)
		})
	case *ast.CaseClause:
		walk(r, n.List...)
		r.within(n, func() { walk(r, n.Body...) })
	case *ast.CommClause:
		r.within(n, func() {
			walk(r, n.Comm)
			walk(r, n.Body...)
		})
	case *ast.SwitchStmt:
		r.within(n, func() {
			walk(r, n.Init)
			rest := func() {
				walk(r, n.Tag)
				walk(r, n.Body.List...)
			}
			if n.Init != nil && n.Tag != nil {
				r.within(n.Tag, rest)
			} else {
				rest()
			}
		})
	case *ast.TypeSwitchStmt:
		rest := func() {
			r.within(n.Assign, func() {
				walk(r, n.Assign)
				walk(r, n.Body.List...)
			})
		}
		if n.Init == nil {
			rest()
			break
		}
		r.within(n, func() {
			walk(r, n.Init)
			rest()
		})
	case *ast.SelectStmt:
		walk(r, n.Body.List...)
	case *ast.ForStmt:
		r.within(n, func() {
			walk(r, n.Init)
			walk(r, n.Cond)
			walk[ast.Stmt](r, n.Post, n.Body)
		})
	case *ast.RangeStmt:
		r.within(n, func() { r.ranges(n) })
	default:
		return r
	}
	return nil
}

func (r *resolver) ranges(n *ast.RangeStmt) {
	walk(r, n.X)
	var left []ast.Expr
	for _, x := range []ast.Expr{n.Key, n.Value} {
		if x != nil {
			left = append(left, x)
		}
	}
	switch {
	case len(left) == 0:
	case n.Tok == token.DEFINE:
		for _, x := range left {
			if x = ast.Unparen(x); x != nil {
				if _, name := x.(*ast.Ident); !name {
					walk(r, x)
				}
			}
		}
		r.define(&ast.AssignStmt{Lhs: left, Tok: n.Tok, TokPos: n.TokPos, Rhs: []ast.Expr{&ast.UnaryExpr{Op: token.RANGE, X: n.X}}})
	default:
		walk(r, left...)
	}
	walk(r, n.Body)
}

func (r *resolver) general(n *ast.GenDecl) {
	for i, spec := range n.Specs {
		switch s := spec.(type) {
		case *ast.ValueSpec:
			kind := ast.Con
			if n.Tok == token.VAR {
				kind = ast.Var
			}
			walk(r, s.Values...)
			walk(r, s.Type)
			r.declare(r.scope, s, i, kind, s.Names...)
		case *ast.TypeSpec:
			r.declare(r.scope, s, nil, ast.Typ, s.Name)
			if s.TypeParams == nil {
				walk(r, s.Type)
				break
			}
			// The parameters' scope lasts to the end of the declaration.
			r.within(s, func() {
				r.typeParams(s.TypeParams)
				walk(r, s.Type)
				rest := &ast.GenDecl{Tok: n.Tok, Specs: n.Specs[i+1:]}
				r.general(rest)
			})
			return
		}
	}
}

func (r *resolver) function(n *ast.FuncDecl) {
	r.within(n, func() {
		r.receiver(n.Recv)
		if n.Type.TypeParams != nil {
			r.typeParams(n.Type.TypeParams)
		}
		r.types(n.Type.Params)
		r.types(n.Type.Results)
		r.names(n.Recv, ast.Var)
		r.names(n.Type.Params, ast.Var)
		r.names(n.Type.Results, ast.Var)
		r.body(n.Body)
	})
	if n.Recv == nil && n.Name.Name != "init" {
		r.declare(r.file, n, nil, ast.Fun, n.Name)
	}
}

// receiver declares the type parameters of a receiver, and finds the rest of its type.
func (r *resolver) receiver(recv *ast.FieldList) {
	if recv == nil || len(recv.List) == 0 {
		return
	}
	t := recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	var params []ast.Expr
	switch x := t.(type) {
	case *ast.IndexExpr:
		t, params = x.X, []ast.Expr{x.Index}
	case *ast.IndexListExpr:
		t, params = x.X, x.Indices
	}
	used := []ast.Expr{t}
	for _, x := range params {
		if id, ok := x.(*ast.Ident); ok {
			r.declare(r.scope, id, nil, ast.Typ, id)
		} else {
			used = append(used, x)
		}
	}
	walk(r, used...)
	for _, f := range recv.List[1:] {
		walk(r, f.Type)
	}
}

func (r *resolver) types(list *ast.FieldList) {
	if list != nil {
		for _, f := range list.List {
			walk(r, f.Type)
		}
	}
}

func (r *resolver) names(list *ast.FieldList, kind ast.ObjKind) {
	if list != nil {
		for _, f := range list.List {
			r.declare(r.scope, f, nil, kind, f.Names...)
		}
	}
}

func (r *resolver) fields(list *ast.FieldList, kind ast.ObjKind) {
	r.types(list)
	r.names(list, kind)
}

func (r *resolver) typeParams(list *ast.FieldList) {
	r.names(list, ast.Typ)
	r.types(list)
}

func (r *resolver) signature(t *ast.FuncType) {
	r.types(t.Params)
	r.types(t.Results)
	r.names(t.Params, ast.Var)
	r.names(t.Results, ast.Var)
}

// body goes through a function's body, which has its own labels.
func (r *resolver) body(body *ast.BlockStmt) {
	if body == nil {
		return
	}
	outer := r.branches
	r.branches, r.labels = nil, ast.NewScope(r.labels)
	walk(r, body.List...)
	for _, label := range r.branches {
		if label.Obj = r.labels.Lookup(label.Name); label.Obj == nil {
			r.wrong(label.Pos(), "label "+label.Name+" undefined")
		}
	}
	r.branches, r.labels = outer, r.labels.Outer
}
