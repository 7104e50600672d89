// Going through a tree.
package ast

import (
	"fmt"
	"iter"
)

// Visitor is shown nodes. It answers who is shown what the node has, nil for nobody.
type Visitor interface {
	Visit(shown Node) (below Visitor)
}

// Walk shows node and all below it, depth first; nil stands for the end of a node's parts.
func Walk(v Visitor, node Node) {
	below := v.Visit(node)
	if below == nil {
		return
	}
	w := walker{below}
	switch tree := node.(type) {
	case Expr:
		w.expression(tree)
	case Stmt:
		w.statement(tree)
	default:
		w.other(tree)
	}
	below.Visit(nil)
}

type walker struct{ v Visitor }

// parts shows each node that is there.
func (w walker) parts(parts ...Node) {
	for _, part := range parts {
		if part != nil {
			Walk(w.v, part)
		}
	}
}

func each[N Node](w walker, list []N) {
	for _, n := range list {
		Walk(w.v, n)
	}
}

// maybe is a node that may be a nil pointer.
func maybe[T any, P interface {
	*T
	Node
}](p P) Node {
	if p == nil {
		return nil
	}
	return p
}

func (w walker) expression(node Expr) {
	switch n := node.(type) {
	case *BadExpr, *Ident, *BasicLit:
	case *Ellipsis:
		w.parts(n.Elt)
	case *FuncLit:
		w.parts(n.Type, n.Body)
	case *CompositeLit:
		w.parts(n.Type)
		each(w, n.Elts)
	case *ParenExpr:
		w.parts(n.X)
	case *SelectorExpr:
		w.parts(n.X, n.Sel)
	case *IndexExpr:
		w.parts(n.X, n.Index)
	case *IndexListExpr:
		w.parts(n.X)
		each(w, n.Indices)
	case *SliceExpr:
		w.parts(n.X, n.Low, n.High, n.Max)
	case *TypeAssertExpr:
		w.parts(n.X, n.Type)
	case *CallExpr:
		w.parts(n.Fun)
		each(w, n.Args)
	case *StarExpr:
		w.parts(n.X)
	case *UnaryExpr:
		w.parts(n.X)
	case *BinaryExpr:
		w.parts(n.X, n.Y)
	case *KeyValueExpr:
		w.parts(n.Key, n.Value)
	case *ArrayType:
		w.parts(n.Len, n.Elt)
	case *StructType:
		w.parts(n.Fields)
	case *FuncType:
		w.parts(maybe(n.TypeParams), maybe(n.Params), maybe(n.Results))
	case *InterfaceType:
		w.parts(n.Methods)
	case *MapType:
		w.parts(n.Key, n.Value)
	case *ChanType:
		w.parts(n.Value)
	}
}

func (w walker) statement(node Stmt) {
	switch n := node.(type) {
	case *BadStmt, *EmptyStmt:
	case *DeclStmt:
		w.parts(n.Decl)
	case *LabeledStmt:
		w.parts(n.Label, n.Stmt)
	case *ExprStmt:
		w.parts(n.X)
	case *SendStmt:
		w.parts(n.Chan, n.Value)
	case *IncDecStmt:
		w.parts(n.X)
	case *AssignStmt:
		each(w, n.Lhs)
		each(w, n.Rhs)
	case *GoStmt:
		w.parts(n.Call)
	case *DeferStmt:
		w.parts(n.Call)
	case *ReturnStmt:
		each(w, n.Results)
	case *BranchStmt:
		w.parts(maybe(n.Label))
	case *BlockStmt:
		each(w, n.List)
	case *IfStmt:
		w.parts(n.Init, n.Cond, n.Body, n.Else)
	case *CaseClause:
		each(w, n.List)
		each(w, n.Body)
	case *SwitchStmt:
		w.parts(n.Init, n.Tag, n.Body)
	case *TypeSwitchStmt:
		w.parts(n.Init, n.Assign, n.Body)
	case *CommClause:
		w.parts(n.Comm)
		each(w, n.Body)
	case *SelectStmt:
		w.parts(n.Body)
	case *ForStmt:
		w.parts(n.Init, n.Cond, n.Post, n.Body)
	case *RangeStmt:
		w.parts(n.Key, n.Value, n.X, n.Body)
	}
}

func (w walker) other(node Node) {
	switch n := node.(type) {
	case *Comment, *BadDecl:
	case *CommentGroup:
		each(w, n.List)
	case *Field:
		w.parts(maybe(n.Doc))
		each(w, n.Names)
		w.parts(n.Type, maybe(n.Tag), maybe(n.Comment))
	case *FieldList:
		each(w, n.List)
	case *ImportSpec:
		w.parts(maybe(n.Doc), maybe(n.Name), n.Path, maybe(n.Comment))
	case *ValueSpec:
		w.parts(maybe(n.Doc))
		each(w, n.Names)
		w.parts(n.Type)
		each(w, n.Values)
		w.parts(maybe(n.Comment))
	case *TypeSpec:
		w.parts(maybe(n.Doc), n.Name, maybe(n.TypeParams), n.Type, maybe(n.Comment))
	case *GenDecl:
		w.parts(maybe(n.Doc))
		each(w, n.Specs)
	case *FuncDecl:
		w.parts(maybe(n.Doc), maybe(n.Recv), n.Name, n.Type, maybe(n.Body))
	case *File:
		w.parts(maybe(n.Doc), n.Name)
		each(w, n.Decls)
	case *Package:
		for _, file := range n.Files {
			w.parts(file)
		}
	default:
		panic(fmt.Sprintf("ast.Walk: unexpected node type %T", n))
	}
}

type inspector func(Node) bool

func (f inspector) Visit(node Node) Visitor {
	if !f(node) {
		return nil
	}
	return f
}

// Inspect calls f for node and, while f answers true, for all below it; nil stands for the end of a node's parts.
func Inspect(node Node, f func(Node) bool) { Walk(inspector(f), node) }

// Preorder goes over root and all below it.
func Preorder(root Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		more := true
		Inspect(root, func(n Node) bool {
			if n != nil && more {
				more = yield(n)
			}
			return more
		})
	}
}

// PreorderStack calls f for root and, while f answers true, for all below it, with stack and the nodes above.
func PreorderStack(root Node, stack []Node, f func(n Node, stack []Node) bool) {
	Inspect(root, func(n Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if !f(n, stack) {
			return false
		}
		stack = append(stack, n)
		return true
	})
}
