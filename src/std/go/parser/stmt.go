package parser

import (
	"go/ast"
	"go/token"
)

func (p *parser) stmts() (list []ast.Stmt) {
	for p.tok != token.CASE && p.tok != token.DEFAULT && p.tok != token.RBRACE && p.tok != token.EOF {
		list = append(list, p.stmt())
	}
	return list
}

func (p *parser) block() *ast.BlockStmt {
	b := &ast.BlockStmt{Lbrace: p.expect(token.LBRACE), List: p.stmts()}
	there := p.tok == token.RBRACE
	if pos := p.expect(token.RBRACE); there {
		b.Rbrace = pos
	}
	return b
}

func (p *parser) stmt() ast.Stmt {
	defer p.deeper()()
	pos := p.pos
	switch p.tok {
	case token.CONST, token.TYPE, token.VAR:
		return &ast.DeclStmt{Decl: p.decl(startsStmt)}
	case token.IDENT, token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING, token.FUNC, token.LPAREN,
		token.LBRACK, token.STRUCT, token.MAP, token.CHAN, token.INTERFACE,
		token.ADD, token.SUB, token.MUL, token.AND, token.XOR, token.ARROW, token.NOT:
		s, _ := p.simple(withLabel)
		if _, labeled := s.(*ast.LabeledStmt); !labeled {
			p.semicolon()
		}
		return s
	case token.GO:
		return p.later("go", func(call *ast.CallExpr) ast.Stmt { return &ast.GoStmt{Go: pos, Call: call} })
	case token.DEFER:
		return p.later("defer", func(call *ast.CallExpr) ast.Stmt { return &ast.DeferStmt{Defer: pos, Call: call} })
	case token.RETURN:
		p.next()
		s := &ast.ReturnStmt{Return: pos}
		if p.tok != token.SEMICOLON && p.tok != token.RBRACE {
			s.Results = p.exprs(true)
		}
		p.semicolon()
		return s
	case token.BREAK, token.CONTINUE, token.GOTO, token.FALLTHROUGH:
		s := &ast.BranchStmt{TokPos: pos, Tok: p.tok}
		p.next()
		if s.Tok == token.GOTO || s.Tok != token.FALLTHROUGH && p.tok == token.IDENT {
			s.Label = p.ident()
		}
		p.semicolon()
		return s
	case token.LBRACE:
		s := p.block()
		p.semicolon()
		return s
	case token.IF:
		return p.ifStmt()
	case token.SWITCH:
		return p.switchStmt()
	case token.SELECT:
		p.next()
		return &ast.SelectStmt{Select: pos, Body: p.clauses(p.commClause)}
	case token.FOR:
		return p.forStmt()
	case token.SEMICOLON:
		s := &ast.EmptyStmt{Semicolon: pos, Implicit: p.lit == "\n"}
		p.next()
		return s
	case token.RBRACE:
		return &ast.EmptyStmt{Semicolon: pos, Implicit: true}
	}
	p.expected(pos, "statement")
	p.skipTo(startsStmt)
	return &ast.BadStmt{From: pos, To: p.pos}
}

// What a simple statement may be besides.
const (
	alone = iota
	withLabel
	withRange
)

// simple parses a simple statement. A range clause is an assignment of a range "operator".
func (p *parser) simple(also int) (s ast.Stmt, ranges bool) {
	left := p.exprs(false)
	pos, tok := p.pos, p.tok
	switch tok {
	case token.DEFINE, token.ASSIGN, token.ADD_ASSIGN, token.SUB_ASSIGN, token.MUL_ASSIGN, token.QUO_ASSIGN, token.REM_ASSIGN,
		token.AND_ASSIGN, token.OR_ASSIGN, token.XOR_ASSIGN, token.SHL_ASSIGN, token.SHR_ASSIGN, token.AND_NOT_ASSIGN:
		p.next()
		a := &ast.AssignStmt{Lhs: left, TokPos: pos, Tok: tok}
		if ranges = also == withRange && p.tok == token.RANGE && (tok == token.DEFINE || tok == token.ASSIGN); ranges {
			a.Rhs = p.rangeClause()
		} else {
			a.Rhs = p.exprs(true)
		}
		return a, ranges
	}
	x := left[0]
	if len(left) > 1 {
		p.expected(x.Pos(), "1 expression")
	}
	switch tok {
	case token.COLON:
		p.next()
		if label, ok := x.(*ast.Ident); ok && also == withLabel {
			return &ast.LabeledStmt{Label: label, Colon: pos, Stmt: p.stmt()}, false
		}
		p.wrong(pos, "illegal label declaration")
		return &ast.BadStmt{From: x.Pos(), To: pos + 1}, false
	case token.ARROW:
		p.next()
		return &ast.SendStmt{Chan: x, Arrow: pos, Value: p.value()}, false
	case token.INC, token.DEC:
		p.next()
		return &ast.IncDecStmt{X: x, TokPos: pos, Tok: tok}, false
	}
	return &ast.ExprStmt{X: x}, false
}

func (p *parser) rangeClause() []ast.Expr {
	pos := p.expect(token.RANGE)
	return []ast.Expr{&ast.UnaryExpr{OpPos: pos, Op: token.RANGE, X: p.value()}}
}

// later parses go and defer.
func (p *parser) later(word string, make func(*ast.CallExpr) ast.Stmt) ast.Stmt {
	from := p.pos
	p.next()
	x := p.value()
	if inner := ast.Unparen(x); inner != x {
		p.wrong(x.Pos(), "expression in "+word+" must not be parenthesized")
		x = inner
	}
	call, ok := x.(*ast.CallExpr)
	if !ok {
		if _, bad := x.(*ast.BadExpr); !bad {
			p.wrong(x.End(), "expression in "+word+" must be function call")
		}
	}
	p.semicolon()
	if !ok {
		return &ast.BadStmt{From: from, To: from + token.Pos(len(word))}
	}
	return make(call)
}

// asExpr is the expression of a statement that has to be one.
func (p *parser) asExpr(s ast.Stmt, want string) ast.Expr {
	if s == nil {
		return nil
	}
	if e, ok := s.(*ast.ExprStmt); ok {
		return e.X
	}
	found := "simple statement"
	if _, ok := s.(*ast.AssignStmt); ok {
		found = "assignment"
	}
	p.wrong(s.Pos(), "expected "+want+", found "+found+" (missing parentheses around composite literal?)")
	return &ast.BadExpr{From: s.Pos(), To: s.End()}
}

// inHeader parses what stands between a keyword and the block.
func (p *parser) inHeader(parse func()) {
	old := p.header
	p.header = -1
	parse()
	p.header = old
}

func (p *parser) ifStmt() ast.Stmt {
	defer p.deeper()()
	s := &ast.IfStmt{If: p.expect(token.IF)}
	if p.tok == token.LBRACE {
		p.wrong(p.pos, "missing condition in if statement")
		s.Cond = &ast.BadExpr{From: p.pos, To: p.pos}
	} else {
		p.inHeader(func() { p.condition(s) })
	}
	s.Body = p.block()
	if !p.got(token.ELSE) {
		p.semicolon()
		return s
	}
	switch p.tok {
	case token.IF:
		s.Else = p.ifStmt()
	case token.LBRACE:
		s.Else = p.block()
		p.semicolon()
	default:
		p.expected(p.pos, "if statement or block")
		s.Else = &ast.BadStmt{From: p.pos, To: p.pos}
	}
	return s
}

// condition parses what stands between if and the block.
func (p *parser) condition(s *ast.IfStmt) {
	var first, cond ast.Stmt
	if p.tok != token.SEMICOLON {
		if p.got(token.VAR) {
			p.wrong(p.pos, "var declaration not allowed in if initializer")
		}
		first, _ = p.simple(alone)
	}
	missing := ""
	var semi token.Pos
	if p.tok == token.LBRACE {
		cond = first
	} else {
		s.Init = first
		if p.tok == token.SEMICOLON {
			semi, missing = p.pos, "missing condition in if statement"
			if p.newline() {
				missing = "unexpected newline, expecting { after if clause"
			}
		}
		p.expect(token.SEMICOLON)
		if p.tok != token.LBRACE {
			cond, _ = p.simple(alone)
		}
	}
	if cond != nil {
		s.Cond = p.asExpr(cond, "boolean expression")
	} else if missing != "" {
		p.wrong(semi, missing)
	}
	if s.Cond == nil {
		s.Cond = &ast.BadExpr{From: p.pos, To: p.pos}
	}
}

// clauses parses the block of a switch or select.
func (p *parser) clauses(clause func() ast.Stmt) *ast.BlockStmt {
	b := &ast.BlockStmt{Lbrace: p.expect(token.LBRACE)}
	for p.tok == token.CASE || p.tok == token.DEFAULT {
		b.List = append(b.List, clause())
	}
	b.Rbrace = p.expect(token.RBRACE)
	p.semicolon()
	return b
}

func (p *parser) switchStmt() ast.Stmt {
	pos := p.expect(token.SWITCH)
	var first, tag ast.Stmt
	if p.tok != token.LBRACE {
		p.inHeader(func() {
			if p.tok != token.SEMICOLON {
				tag, _ = p.simple(alone)
			}
			if p.got(token.SEMICOLON) {
				first, tag = tag, nil
				if p.tok != token.LBRACE {
					tag, _ = p.simple(alone)
				}
			}
		})
	}
	overTypes := p.asksType(tag)
	body := p.clauses(p.caseClause)
	if overTypes {
		return &ast.TypeSwitchStmt{Switch: pos, Init: first, Assign: tag, Body: body}
	}
	return &ast.SwitchStmt{Switch: pos, Init: first, Tag: p.asExpr(tag, "switch expression"), Body: body}
}

// asksType tells whether a statement is x.(type) or y := x.(type).
func (p *parser) asksType(s ast.Stmt) bool {
	asks := func(x ast.Expr) bool {
		t, ok := x.(*ast.TypeAssertExpr)
		return ok && t.Type == nil
	}
	switch s := s.(type) {
	case *ast.ExprStmt:
		return asks(s.X)
	case *ast.AssignStmt:
		if len(s.Lhs) == 1 && len(s.Rhs) == 1 && asks(s.Rhs[0]) {
			if s.Tok == token.ASSIGN {
				p.wrong(s.TokPos, "expected ':=', found '='")
			}
			return s.Tok == token.ASSIGN || s.Tok == token.DEFINE
		}
	}
	return false
}

func (p *parser) caseClause() ast.Stmt {
	c := &ast.CaseClause{Case: p.pos}
	if p.got(token.CASE) {
		c.List = p.exprs(true)
	} else {
		p.expect(token.DEFAULT)
	}
	c.Colon, c.Body = p.expect(token.COLON), p.stmts()
	return c
}

func (p *parser) commClause() ast.Stmt {
	c := &ast.CommClause{Case: p.pos}
	if p.got(token.CASE) {
		c.Comm = p.comm()
	} else {
		p.expect(token.DEFAULT)
	}
	c.Colon, c.Body = p.expect(token.COLON), p.stmts()
	return c
}

// comm parses what a case of a select does.
func (p *parser) comm() ast.Stmt {
	left := p.exprs(false)
	pos, tok := p.pos, p.tok
	if tok == token.ASSIGN || tok == token.DEFINE {
		if len(left) > 2 {
			p.expected(left[0].Pos(), "1 or 2 expressions")
			left = left[:2]
		}
		p.next()
		return &ast.AssignStmt{Lhs: left, TokPos: pos, Tok: tok, Rhs: []ast.Expr{p.value()}}
	}
	if len(left) > 1 {
		p.expected(left[0].Pos(), "1 expression")
	}
	if p.got(token.ARROW) {
		return &ast.SendStmt{Chan: left[0], Arrow: pos, Value: p.value()}
	}
	return &ast.ExprStmt{X: left[0]}
}

func (p *parser) forStmt() ast.Stmt {
	pos := p.expect(token.FOR)
	var first, cond, post ast.Stmt
	var over *ast.AssignStmt
	if p.tok != token.LBRACE {
		p.inHeader(func() {
			switch {
			case p.tok == token.RANGE:
				over = &ast.AssignStmt{Rhs: p.rangeClause()}
				return
			case p.tok != token.SEMICOLON:
				var ranges bool
				if cond, ranges = p.simple(withRange); ranges {
					over = cond.(*ast.AssignStmt)
					return
				}
			}
			if !p.got(token.SEMICOLON) {
				return
			}
			first, cond = cond, nil
			if p.tok != token.SEMICOLON {
				cond, _ = p.simple(alone)
			}
			p.semicolon()
			if p.tok != token.LBRACE {
				post, _ = p.simple(alone)
			}
		})
	}
	body := p.block()
	p.semicolon()
	if over != nil {
		return p.rangeStmt(pos, over, body)
	}
	return &ast.ForStmt{For: pos, Init: first, Cond: p.asExpr(cond, "boolean or range expression"), Post: post, Body: body}
}

func (p *parser) rangeStmt(pos token.Pos, over *ast.AssignStmt, body *ast.BlockStmt) ast.Stmt {
	s := &ast.RangeStmt{For: pos, TokPos: over.TokPos, Tok: over.Tok, Range: over.Rhs[0].Pos(), X: over.Rhs[0].(*ast.UnaryExpr).X, Body: body}
	switch left := over.Lhs; len(left) {
	case 0:
	case 1:
		s.Key = left[0]
	case 2:
		s.Key, s.Value = left[0], left[1]
	default:
		p.expected(left[len(left)-1].Pos(), "at most 2 expressions")
		return &ast.BadStmt{From: pos, To: body.End()}
	}
	return s
}
