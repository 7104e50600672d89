// Expressions and types.
package ast

import "go/token"

// BadExpr is what isn't an expression.
type BadExpr struct {
	From, To token.Pos
}

// Ident is a name.
type Ident struct {
	NamePos token.Pos
	Name    string
	Obj     *Object // deprecated: see Object
}

// Ellipsis is the ... of a parameter or of an array.
type Ellipsis struct {
	Ellipsis token.Pos
	Elt      Expr
}

// BasicLit is a literal of one word.
type BasicLit struct {
	ValuePos, ValueEnd token.Pos
	Kind               token.Token
	Value              string
}

// FuncLit is a function literal.
type FuncLit struct {
	Type *FuncType
	Body *BlockStmt
}

// CompositeLit is a composite literal.
type CompositeLit struct {
	Type       Expr
	Lbrace     token.Pos
	Elts       []Expr
	Rbrace     token.Pos
	Incomplete bool
}

// ParenExpr is an expression in parentheses.
type ParenExpr struct {
	Lparen token.Pos
	X      Expr
	Rparen token.Pos
}

// SelectorExpr is X.Sel.
type SelectorExpr struct {
	X   Expr
	Sel *Ident
}

// IndexExpr is X[Index].
type IndexExpr struct {
	X      Expr
	Lbrack token.Pos
	Index  Expr
	Rbrack token.Pos
}

// IndexListExpr is X with several type arguments.
type IndexListExpr struct {
	X       Expr
	Lbrack  token.Pos
	Indices []Expr
	Rbrack  token.Pos
}

// SliceExpr is X[Low:High:Max].
type SliceExpr struct {
	X              Expr
	Lbrack         token.Pos
	Low, High, Max Expr
	Slice3         bool
	Rbrack         token.Pos
}

// TypeAssertExpr is X.(Type); no Type is the type of a switch.
type TypeAssertExpr struct {
	X      Expr
	Lparen token.Pos
	Type   Expr
	Rparen token.Pos
}

// CallExpr is a call.
type CallExpr struct {
	Fun              Expr
	Lparen           token.Pos
	Args             []Expr
	Ellipsis, Rparen token.Pos
}

// StarExpr is *X.
type StarExpr struct {
	Star token.Pos
	X    Expr
}

// UnaryExpr is an operator and its operand.
type UnaryExpr struct {
	OpPos token.Pos
	Op    token.Token
	X     Expr
}

// BinaryExpr is an operator between operands.
type BinaryExpr struct {
	X     Expr
	OpPos token.Pos
	Op    token.Token
	Y     Expr
}

// KeyValueExpr is Key: Value.
type KeyValueExpr struct {
	Key   Expr
	Colon token.Pos
	Value Expr
}

// ArrayType is an array (Len is an Ellipsis for [...]T) or, without Len, a slice.
type ArrayType struct {
	Lbrack   token.Pos
	Len, Elt Expr
}

// StructType is a struct.
type StructType struct {
	Struct     token.Pos
	Fields     *FieldList
	Incomplete bool
}

// FuncType is a function.
type FuncType struct {
	Func                        token.Pos
	TypeParams, Params, Results *FieldList
}

// InterfaceType is an interface.
type InterfaceType struct {
	Interface  token.Pos
	Methods    *FieldList
	Incomplete bool
}

// MapType is a map.
type MapType struct {
	Map        token.Pos
	Key, Value Expr
}

// ChanType is a channel.
type ChanType struct {
	Begin, Arrow token.Pos
	Dir          ChanDir
	Value        Expr
}

func (x *BadExpr) Pos() token.Pos        { return x.From }
func (x *BadExpr) End() token.Pos        { return x.To }
func (x *Ident) Pos() token.Pos          { return x.NamePos }
func (x *Ident) End() token.Pos          { return x.NamePos + token.Pos(len(x.Name)) }
func (x *Ellipsis) Pos() token.Pos       { return x.Ellipsis }
func (x *Ellipsis) End() token.Pos       { return endOf(x.Elt, x.Ellipsis+3) }
func (x *BasicLit) Pos() token.Pos       { return x.ValuePos }
func (x *BasicLit) End() token.Pos       { return or(x.ValueEnd, x.ValuePos+token.Pos(len(x.Value))) }
func (x *FuncLit) Pos() token.Pos        { return x.Type.Pos() }
func (x *FuncLit) End() token.Pos        { return x.Body.End() }
func (x *CompositeLit) Pos() token.Pos   { return posOf(x.Type, x.Lbrace) }
func (x *CompositeLit) End() token.Pos   { return x.Rbrace + 1 }
func (x *ParenExpr) Pos() token.Pos      { return x.Lparen }
func (x *ParenExpr) End() token.Pos      { return x.Rparen + 1 }
func (x *SelectorExpr) Pos() token.Pos   { return x.X.Pos() }
func (x *SelectorExpr) End() token.Pos   { return x.Sel.End() }
func (x *IndexExpr) Pos() token.Pos      { return x.X.Pos() }
func (x *IndexExpr) End() token.Pos      { return x.Rbrack + 1 }
func (x *IndexListExpr) Pos() token.Pos  { return x.X.Pos() }
func (x *IndexListExpr) End() token.Pos  { return x.Rbrack + 1 }
func (x *SliceExpr) Pos() token.Pos      { return x.X.Pos() }
func (x *SliceExpr) End() token.Pos      { return x.Rbrack + 1 }
func (x *TypeAssertExpr) Pos() token.Pos { return x.X.Pos() }
func (x *TypeAssertExpr) End() token.Pos { return x.Rparen + 1 }
func (x *CallExpr) Pos() token.Pos       { return x.Fun.Pos() }
func (x *CallExpr) End() token.Pos       { return x.Rparen + 1 }
func (x *StarExpr) Pos() token.Pos       { return x.Star }
func (x *StarExpr) End() token.Pos       { return x.X.End() }
func (x *UnaryExpr) Pos() token.Pos      { return x.OpPos }
func (x *UnaryExpr) End() token.Pos      { return x.X.End() }
func (x *BinaryExpr) Pos() token.Pos     { return x.X.Pos() }
func (x *BinaryExpr) End() token.Pos     { return x.Y.End() }
func (x *KeyValueExpr) Pos() token.Pos   { return x.Key.Pos() }
func (x *KeyValueExpr) End() token.Pos   { return x.Value.End() }
func (x *ArrayType) Pos() token.Pos      { return x.Lbrack }
func (x *ArrayType) End() token.Pos      { return x.Elt.End() }
func (x *StructType) Pos() token.Pos     { return x.Struct }
func (x *StructType) End() token.Pos     { return x.Fields.End() }

func (x *FuncType) Pos() token.Pos {
	if x.Params == nil {
		return x.Func
	}
	return or(x.Func, x.Params.Pos())
}

func (x *FuncType) End() token.Pos {
	if x.Results != nil {
		return x.Results.End()
	}
	return x.Params.End()
}

func (x *InterfaceType) Pos() token.Pos { return x.Interface }
func (x *InterfaceType) End() token.Pos { return x.Methods.End() }
func (x *MapType) Pos() token.Pos       { return x.Map }
func (x *MapType) End() token.Pos       { return x.Value.End() }
func (x *ChanType) Pos() token.Pos      { return x.Begin }
func (x *ChanType) End() token.Pos      { return x.Value.End() }

func (*BadExpr) exprNode()        {}
func (*Ident) exprNode()          {}
func (*Ellipsis) exprNode()       {}
func (*BasicLit) exprNode()       {}
func (*FuncLit) exprNode()        {}
func (*CompositeLit) exprNode()   {}
func (*ParenExpr) exprNode()      {}
func (*SelectorExpr) exprNode()   {}
func (*IndexExpr) exprNode()      {}
func (*IndexListExpr) exprNode()  {}
func (*SliceExpr) exprNode()      {}
func (*TypeAssertExpr) exprNode() {}
func (*CallExpr) exprNode()       {}
func (*StarExpr) exprNode()       {}
func (*UnaryExpr) exprNode()      {}
func (*BinaryExpr) exprNode()     {}
func (*KeyValueExpr) exprNode()   {}
func (*ArrayType) exprNode()      {}
func (*StructType) exprNode()     {}
func (*FuncType) exprNode()       {}
func (*InterfaceType) exprNode()  {}
func (*MapType) exprNode()        {}
func (*ChanType) exprNode()       {}
