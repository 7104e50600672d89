// Statements.
package ast

import "go/token"

// BadStmt is what isn't a statement.
type BadStmt struct {
	From, To token.Pos
}

// DeclStmt is a declaration.
type DeclStmt struct {
	Decl Decl
}

// EmptyStmt is a semicolon; Implicit if it isn't there.
type EmptyStmt struct {
	Semicolon token.Pos
	Implicit  bool
}

// LabeledStmt is Label: Stmt.
type LabeledStmt struct {
	Label *Ident
	Colon token.Pos
	Stmt  Stmt
}

// ExprStmt is an expression.
type ExprStmt struct {
	X Expr
}

// SendStmt is Chan <- Value.
type SendStmt struct {
	Chan  Expr
	Arrow token.Pos
	Value Expr
}

// IncDecStmt is X++ or X--.
type IncDecStmt struct {
	X      Expr
	TokPos token.Pos
	Tok    token.Token
}

// AssignStmt is an assignment or a short declaration.
type AssignStmt struct {
	Lhs    []Expr
	TokPos token.Pos
	Tok    token.Token
	Rhs    []Expr
}

// GoStmt is go Call.
type GoStmt struct {
	Go   token.Pos
	Call *CallExpr
}

// DeferStmt is defer Call.
type DeferStmt struct {
	Defer token.Pos
	Call  *CallExpr
}

// ReturnStmt is return Results.
type ReturnStmt struct {
	Return  token.Pos
	Results []Expr
}

// BranchStmt is break, continue, goto or fallthrough.
type BranchStmt struct {
	TokPos token.Pos
	Tok    token.Token
	Label  *Ident
}

// BlockStmt is statements in braces.
type BlockStmt struct {
	Lbrace token.Pos
	List   []Stmt
	Rbrace token.Pos
}

// IfStmt is if Init; Cond Body else Else.
type IfStmt struct {
	If   token.Pos
	Init Stmt
	Cond Expr
	Body *BlockStmt
	Else Stmt
}

// CaseClause is a case of a switch; without List it is the default.
type CaseClause struct {
	Case  token.Pos
	List  []Expr
	Colon token.Pos
	Body  []Stmt
}

// SwitchStmt is a switch over values.
type SwitchStmt struct {
	Switch token.Pos
	Init   Stmt
	Tag    Expr
	Body   *BlockStmt
}

// TypeSwitchStmt is a switch over types.
type TypeSwitchStmt struct {
	Switch       token.Pos
	Init, Assign Stmt
	Body         *BlockStmt
}

// CommClause is a case of a select; without Comm it is the default.
type CommClause struct {
	Case  token.Pos
	Comm  Stmt
	Colon token.Pos
	Body  []Stmt
}

// SelectStmt is a select.
type SelectStmt struct {
	Select token.Pos
	Body   *BlockStmt
}

// ForStmt is for Init; Cond; Post Body.
type ForStmt struct {
	For  token.Pos
	Init Stmt
	Cond Expr
	Post Stmt
	Body *BlockStmt
}

// RangeStmt is for Key, Value Tok range X Body.
type RangeStmt struct {
	For        token.Pos
	Key, Value Expr
	TokPos     token.Pos
	Tok        token.Token
	Range      token.Pos
	X          Expr
	Body       *BlockStmt
}

func (x *BadStmt) Pos() token.Pos   { return x.From }
func (x *BadStmt) End() token.Pos   { return x.To }
func (x *DeclStmt) Pos() token.Pos  { return x.Decl.Pos() }
func (x *DeclStmt) End() token.Pos  { return x.Decl.End() }
func (x *EmptyStmt) Pos() token.Pos { return x.Semicolon }

func (x *EmptyStmt) End() token.Pos {
	if x.Implicit {
		return x.Semicolon
	}
	return x.Semicolon + 1
}

func (x *LabeledStmt) Pos() token.Pos { return x.Label.Pos() }
func (x *LabeledStmt) End() token.Pos { return x.Stmt.End() }
func (x *ExprStmt) Pos() token.Pos    { return x.X.Pos() }
func (x *ExprStmt) End() token.Pos    { return x.X.End() }
func (x *SendStmt) Pos() token.Pos    { return x.Chan.Pos() }
func (x *SendStmt) End() token.Pos    { return x.Value.End() }
func (x *IncDecStmt) Pos() token.Pos  { return x.X.Pos() }
func (x *IncDecStmt) End() token.Pos  { return x.TokPos + 2 }
func (x *AssignStmt) Pos() token.Pos  { return x.Lhs[0].Pos() }
func (x *AssignStmt) End() token.Pos  { return x.Rhs[len(x.Rhs)-1].End() }
func (x *GoStmt) Pos() token.Pos      { return x.Go }
func (x *GoStmt) End() token.Pos      { return x.Call.End() }
func (x *DeferStmt) Pos() token.Pos   { return x.Defer }
func (x *DeferStmt) End() token.Pos   { return x.Call.End() }
func (x *ReturnStmt) Pos() token.Pos  { return x.Return }
func (x *ReturnStmt) End() token.Pos  { return lastEnd(x.Results, x.Return+6) }
func (x *BranchStmt) Pos() token.Pos  { return x.TokPos }

func (x *BranchStmt) End() token.Pos {
	if x.Label == nil {
		return x.TokPos + token.Pos(len(x.Tok.String()))
	}
	return x.Label.End()
}

func (x *BlockStmt) Pos() token.Pos { return x.Lbrace }

func (x *BlockStmt) End() token.Pos {
	if x.Rbrace.IsValid() {
		return x.Rbrace + 1
	}
	return lastEnd(x.List, x.Lbrace+1)
}

func (x *IfStmt) Pos() token.Pos { return x.If }

func (x *IfStmt) End() token.Pos {
	if x.Else == nil {
		return x.Body.End()
	}
	return x.Else.End()
}

func (x *CaseClause) Pos() token.Pos     { return x.Case }
func (x *CaseClause) End() token.Pos     { return lastEnd(x.Body, x.Colon+1) }
func (x *SwitchStmt) Pos() token.Pos     { return x.Switch }
func (x *SwitchStmt) End() token.Pos     { return x.Body.End() }
func (x *TypeSwitchStmt) Pos() token.Pos { return x.Switch }
func (x *TypeSwitchStmt) End() token.Pos { return x.Body.End() }
func (x *CommClause) Pos() token.Pos     { return x.Case }
func (x *CommClause) End() token.Pos     { return lastEnd(x.Body, x.Colon+1) }
func (x *SelectStmt) Pos() token.Pos     { return x.Select }
func (x *SelectStmt) End() token.Pos     { return x.Body.End() }
func (x *ForStmt) Pos() token.Pos        { return x.For }
func (x *ForStmt) End() token.Pos        { return x.Body.End() }
func (x *RangeStmt) Pos() token.Pos      { return x.For }
func (x *RangeStmt) End() token.Pos      { return x.Body.End() }

func (*BadStmt) stmtNode()        {}
func (*DeclStmt) stmtNode()       {}
func (*EmptyStmt) stmtNode()      {}
func (*LabeledStmt) stmtNode()    {}
func (*ExprStmt) stmtNode()       {}
func (*SendStmt) stmtNode()       {}
func (*IncDecStmt) stmtNode()     {}
func (*AssignStmt) stmtNode()     {}
func (*GoStmt) stmtNode()         {}
func (*DeferStmt) stmtNode()      {}
func (*ReturnStmt) stmtNode()     {}
func (*BranchStmt) stmtNode()     {}
func (*BlockStmt) stmtNode()      {}
func (*IfStmt) stmtNode()         {}
func (*CaseClause) stmtNode()     {}
func (*SwitchStmt) stmtNode()     {}
func (*TypeSwitchStmt) stmtNode() {}
func (*CommClause) stmtNode()     {}
func (*SelectStmt) stmtNode()     {}
func (*ForStmt) stmtNode()        {}
func (*RangeStmt) stmtNode()      {}
