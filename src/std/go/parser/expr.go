package parser

import (
	"go/ast"
	"go/token"
)

func (p *parser) ident() *ast.Ident {
	id := &ast.Ident{NamePos: p.pos, Name: "_"}
	if p.tok == token.IDENT {
		id.Name = p.lit
	}
	p.expect(token.IDENT)
	return id
}

func (p *parser) idents() []*ast.Ident {
	list := []*ast.Ident{p.ident()}
	for p.got(token.COMMA) {
		list = append(list, p.ident())
	}
	return list
}

// literal takes a literal of one word.
func (p *parser) literal() *ast.BasicLit {
	lit := &ast.BasicLit{ValuePos: p.pos, ValueEnd: p.pos + token.Pos(len(p.lit)), Kind: p.tok, Value: p.lit}
	if p.tok == token.STRING {
		lit.ValueEnd = p.end
	}
	p.next()
	return lit
}

func (p *parser) expr() ast.Expr { return p.binary(nil, token.LowestPrec+1) }

// value parses an expression in which = can only be meant as ==.
func (p *parser) value() ast.Expr {
	old := p.isValue
	p.isValue = true
	x := p.expr()
	p.isValue = old
	return x
}

// exprs parses expressions with commas; values are those of value.
func (p *parser) exprs(values bool) []ast.Expr {
	old := p.isValue
	p.isValue = values
	list := []ast.Expr{p.expr()}
	for p.got(token.COMMA) {
		list = append(list, p.expr())
	}
	p.isValue = old
	return list
}

// binary parses operators that bind at least as strongly as least; the first operand may be taken already.
func (p *parser) binary(x ast.Expr, least int) ast.Expr {
	if x == nil {
		x = p.unary()
	}
	depth := p.depth
	defer func() { p.depth = depth }()
	for {
		p.nest()
		op := p.tok
		if p.isValue && op == token.ASSIGN {
			op = token.EQL
		}
		strength := op.Precedence()
		if strength < least {
			return x
		}
		pos := p.expect(op)
		x = &ast.BinaryExpr{X: x, OpPos: pos, Op: op, Y: p.binary(nil, strength+1)}
	}
}

func (p *parser) unary() ast.Expr {
	defer p.deeper()()
	pos, op := p.pos, p.tok
	switch op {
	case token.ADD, token.SUB, token.NOT, token.XOR, token.AND, token.TILDE:
		p.next()
		return &ast.UnaryExpr{OpPos: pos, Op: op, X: p.unary()}
	case token.MUL:
		p.next()
		return &ast.StarExpr{Star: pos, X: p.unary()}
	case token.ARROW:
		p.next()
		x := p.unary()
		if t, ok := x.(*ast.ChanType); ok {
			p.receiveOnly(t, pos)
			return x
		}
		return &ast.UnaryExpr{OpPos: pos, Op: op, X: x}
	}
	return p.primary(nil)
}

// receiveOnly puts an arrow that stands before a channel type into it: in <-chan<- chan T the second arrow belongs to the second chan.
func (p *parser) receiveOnly(t *ast.ChanType, arrow token.Pos) {
	for {
		had := t.Dir
		if had == ast.RECV {
			p.expected(t.Arrow, "'chan'")
		}
		arrow, t.Begin, t.Arrow, t.Dir = t.Arrow, arrow, arrow, ast.RECV
		if had != ast.SEND {
			return
		}
		next, ok := t.Value.(*ast.ChanType)
		if !ok {
			p.expected(arrow, "channel type")
			return
		}
		t = next
	}
}

func (p *parser) operand() ast.Expr {
	pos := p.pos
	switch p.tok {
	case token.IDENT:
		return p.ident()
	case token.INT, token.FLOAT, token.IMAG, token.CHAR, token.STRING:
		return p.literal()
	case token.LPAREN:
		p.next()
		p.header++
		x := p.value()
		p.header--
		return &ast.ParenExpr{Lparen: pos, X: x, Rparen: p.expect(token.RPAREN)}
	case token.FUNC:
		t := p.funcType()
		if p.tok != token.LBRACE {
			return t
		}
		p.header++
		body := p.block()
		p.header--
		return &ast.FuncLit{Type: t, Body: body}
	}
	if t := p.maybeType(); t != nil {
		return t
	}
	return p.badExpr("operand", startsStmt)
}

// primary parses an operand (which may be taken already) and what is done with it.
func (p *parser) primary(x ast.Expr) ast.Expr {
	if x == nil {
		x = p.operand()
	}
	depth := p.depth
	defer func() { p.depth = depth }()
	for {
		p.nest()
		switch p.tok {
		case token.PERIOD:
			p.next()
			x = p.selected(x)
		case token.LBRACK:
			x = p.index(x)
		case token.LPAREN:
			x = p.call(x)
		case token.LBRACE:
			t := ast.Unparen(x)
			if !p.takesLiteral(t) {
				return x
			}
			if t != x {
				p.wrong(t.Pos(), "cannot parenthesize type in composite literal")
			}
			x = p.composite(x)
		default:
			return x
		}
	}
}

// takesLiteral tells whether a { behind x begins a literal.
func (p *parser) takesLiteral(x ast.Expr) bool {
	switch x.(type) {
	case *ast.BadExpr, *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.IndexListExpr:
		return p.header >= 0
	case *ast.ArrayType, *ast.StructType, *ast.MapType:
		return true
	}
	return false
}

// selected parses what follows a period.
func (p *parser) selected(x ast.Expr) ast.Expr {
	switch pos := p.pos; p.tok {
	case token.IDENT:
		return &ast.SelectorExpr{X: x, Sel: p.ident()}
	case token.LPAREN:
		p.next()
		var t ast.Expr
		if !p.got(token.TYPE) {
			t = p.type_()
		}
		return &ast.TypeAssertExpr{X: x, Lparen: pos, Type: t, Rparen: p.expect(token.RPAREN)}
	default:
		p.expected(pos, "selector or type assertion")
		if p.tok != token.RBRACE {
			p.next()
		}
		return &ast.SelectorExpr{X: x, Sel: &ast.Ident{NamePos: pos, Name: "_"}}
	}
}

// index parses an index, a slice expression or type arguments.
func (p *parser) index(x ast.Expr) ast.Expr {
	open := p.expect(token.LBRACK)
	if pos := p.pos; p.tok == token.RBRACK {
		p.expected(pos, "operand")
		p.next()
		return &ast.IndexExpr{X: x, Lbrack: open, Index: &ast.BadExpr{From: pos, To: pos}, Rbrack: pos}
	}
	p.header++
	var args [3]ast.Expr
	if p.tok != token.COLON {
		args[0] = p.value()
	}
	var colons []token.Pos
	list := args[:1:1]
	for p.tok == token.COLON && len(colons) < 2 {
		colons = append(colons, p.expect(token.COLON))
		if p.tok != token.COLON && p.tok != token.RBRACK && p.tok != token.EOF {
			args[len(colons)] = p.value()
		}
	}
	for len(colons) == 0 && p.got(token.COMMA) {
		if p.tok != token.RBRACK && p.tok != token.EOF {
			list = append(list, p.type_())
		}
	}
	p.header--
	end := p.expect(token.RBRACK)
	if len(colons) == 0 {
		return indexed(x, open, list, end)
	}
	if len(colons) == 2 {
		if args[1] == nil {
			p.wrong(colons[0], "middle index required in 3-index slice")
			args[1] = &ast.BadExpr{From: colons[0] + 1, To: colons[1]}
		}
		if args[2] == nil {
			p.wrong(colons[1], "final index required in 3-index slice")
			args[2] = &ast.BadExpr{From: colons[1] + 1, To: end}
		}
	}
	return &ast.SliceExpr{X: x, Lbrack: open, Low: args[0], High: args[1], Max: args[2], Slice3: len(colons) == 2, Rbrack: end}
}

func (p *parser) call(fun ast.Expr) *ast.CallExpr {
	c := &ast.CallExpr{Fun: fun, Lparen: p.expect(token.LPAREN)}
	p.header++
	for p.tok != token.RPAREN && p.tok != token.EOF && !c.Ellipsis.IsValid() {
		c.Args = append(c.Args, p.value())
		if p.tok == token.ELLIPSIS {
			c.Ellipsis = p.expect(token.ELLIPSIS)
		}
		if !p.more("argument list", token.RPAREN) {
			break
		}
	}
	p.header--
	c.Rparen = p.closing(token.RPAREN, "argument list")
	return c
}

// composite parses a literal from its {.
func (p *parser) composite(t ast.Expr) ast.Expr {
	defer p.deeper()()
	c := &ast.CompositeLit{Type: t, Lbrace: p.expect(token.LBRACE)}
	p.header++
	for p.tok != token.RBRACE && p.tok != token.EOF {
		x := p.element()
		if p.tok == token.COLON {
			colon := p.expect(token.COLON)
			x = &ast.KeyValueExpr{Key: x, Colon: colon, Value: p.element()}
		}
		c.Elts = append(c.Elts, x)
		if !p.more("composite literal", token.RBRACE) {
			break
		}
	}
	p.header--
	c.Rbrace = p.closing(token.RBRACE, "composite literal")
	return c
}

func (p *parser) element() ast.Expr {
	if p.tok == token.LBRACE {
		return p.composite(nil)
	}
	return p.expr()
}
