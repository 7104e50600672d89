// Declarations.
package ast

import "go/token"

// ImportSpec is an import; EndPos stands for its end, if it isn't 0.
type ImportSpec struct {
	Doc     *CommentGroup
	Name    *Ident
	Path    *BasicLit
	Comment *CommentGroup
	EndPos  token.Pos
}

// ValueSpec is constants or variables.
type ValueSpec struct {
	Doc     *CommentGroup
	Names   []*Ident
	Type    Expr
	Values  []Expr
	Comment *CommentGroup
}

// TypeSpec is a type; Assign is set for an alias.
type TypeSpec struct {
	Doc        *CommentGroup
	Name       *Ident
	TypeParams *FieldList
	Assign     token.Pos
	Type       Expr
	Comment    *CommentGroup
}

// BadDecl is what isn't a declaration.
type BadDecl struct {
	From, To token.Pos
}

// GenDecl is a declaration by import, const, type or var.
type GenDecl struct {
	Doc    *CommentGroup
	TokPos token.Pos
	Tok    token.Token
	Lparen token.Pos
	Specs  []Spec
	Rparen token.Pos
}

// FuncDecl is a function.
type FuncDecl struct {
	Doc  *CommentGroup
	Recv *FieldList
	Name *Ident
	Type *FuncType
	Body *BlockStmt
}

func (x *ImportSpec) End() token.Pos { return or(x.EndPos, x.Path.End()) }

func (x *ImportSpec) Pos() token.Pos {
	if x.Name == nil {
		return x.Path.Pos()
	}
	return x.Name.Pos()
}

func (x *ValueSpec) Pos() token.Pos { return x.Names[0].Pos() }
func (x *ValueSpec) End() token.Pos {
	return lastEnd(x.Values, endOf(x.Type, x.Names[len(x.Names)-1].End()))
}
func (x *TypeSpec) Pos() token.Pos { return x.Name.Pos() }
func (x *TypeSpec) End() token.Pos { return x.Type.End() }
func (x *BadDecl) Pos() token.Pos  { return x.From }
func (x *BadDecl) End() token.Pos  { return x.To }
func (x *GenDecl) Pos() token.Pos  { return x.TokPos }

func (x *GenDecl) End() token.Pos {
	if x.Rparen.IsValid() {
		return x.Rparen + 1
	}
	return x.Specs[0].End()
}

func (x *FuncDecl) Pos() token.Pos { return x.Type.Pos() }

func (x *FuncDecl) End() token.Pos {
	if x.Body == nil {
		return x.Type.End()
	}
	return x.Body.End()
}

func (*ImportSpec) specNode() {}
func (*ValueSpec) specNode()  {}
func (*TypeSpec) specNode()   {}
func (*BadDecl) declNode()    {}
func (*GenDecl) declNode()    {}
func (*FuncDecl) declNode()   {}
