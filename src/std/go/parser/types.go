package parser

import (
	"go/ast"
	"go/token"
)

// type_ parses a type.
func (p *parser) type_() ast.Expr {
	if t := p.maybeType(); t != nil {
		return t
	}
	return p.badExpr("type", endsExpr)
}

// badExpr notes that something is missing and goes on where parsing can.
func (p *parser) badExpr(what string, good func(token.Token) bool) ast.Expr {
	pos := p.pos
	p.expected(pos, what)
	p.skipTo(good)
	return &ast.BadExpr{From: pos, To: p.pos}
}

// maybeType parses a type, if one begins here.
func (p *parser) maybeType() ast.Expr {
	defer p.deeper()()
	pos := p.pos
	switch p.tok {
	case token.IDENT:
		return p.instance(p.typeName(nil))
	case token.LBRACK:
		p.next()
		return p.arrayType(pos, nil)
	case token.STRUCT:
		return p.structType()
	case token.MUL:
		p.next()
		return &ast.StarExpr{Star: pos, X: p.type_()}
	case token.FUNC:
		return p.funcType()
	case token.INTERFACE:
		return p.interfaceType()
	case token.MAP:
		p.next()
		p.expect(token.LBRACK)
		key := p.type_()
		p.expect(token.RBRACK)
		return &ast.MapType{Map: pos, Key: key, Value: p.type_()}
	case token.CHAN, token.ARROW:
		return p.chanType()
	case token.LPAREN:
		p.next()
		t := p.type_()
		return &ast.ParenExpr{Lparen: pos, X: t, Rparen: p.expect(token.RPAREN)}
	}
	return nil
}

// typeName parses a name or package.name; the first name may be taken already.
func (p *parser) typeName(name *ast.Ident) ast.Expr {
	if name == nil {
		name = p.ident()
	}
	if p.got(token.PERIOD) {
		return &ast.SelectorExpr{X: name, Sel: p.ident()}
	}
	return name
}

// instance parses type arguments behind a type, if there are some.
func (p *parser) instance(t ast.Expr) ast.Expr {
	if p.tok != token.LBRACK {
		return t
	}
	open := p.expect(token.LBRACK)
	p.header++
	var args []ast.Expr
	for p.tok != token.RBRACK && p.tok != token.EOF {
		args = append(args, p.type_())
		if !p.more("type argument list", token.RBRACK) {
			break
		}
	}
	p.header--
	end := p.closing(token.RBRACK, "type argument list")
	if len(args) == 0 {
		p.expected(end, "type argument list")
		args = []ast.Expr{&ast.BadExpr{From: open + 1, To: end}}
	}
	return indexed(t, open, args, end)
}

func indexed(x ast.Expr, open token.Pos, args []ast.Expr, end token.Pos) ast.Expr {
	if len(args) == 1 {
		return &ast.IndexExpr{X: x, Lbrack: open, Index: args[0], Rbrack: end}
	}
	return &ast.IndexListExpr{X: x, Lbrack: open, Indices: args, Rbrack: end}
}

// arrayType parses an array or slice behind its [; the length may be taken already.
func (p *parser) arrayType(open token.Pos, length ast.Expr) ast.Expr {
	if length == nil {
		p.header++
		switch pos := p.pos; {
		case p.got(token.ELLIPSIS):
			length = &ast.Ellipsis{Ellipsis: pos}
		case p.tok != token.RBRACK:
			length = p.value()
		}
		p.header--
	}
	if p.tok == token.COMMA {
		p.wrong(p.pos, "unexpected comma; expecting ]")
		p.next()
	}
	p.expect(token.RBRACK)
	return &ast.ArrayType{Lbrack: open, Len: length, Elt: p.type_()}
}

// arrayOrInstance parses what follows a name of a field or parameter and begins with [. It answers no name if that was the name of a type.
func (p *parser) arrayOrInstance(name *ast.Ident) (*ast.Ident, ast.Expr) {
	open := p.expect(token.LBRACK)
	var comma token.Pos // behind the last argument
	var args []ast.Expr
	p.header++
	for p.tok != token.RBRACK {
		args = append(args, p.value())
		if p.tok != token.COMMA {
			comma = token.NoPos
			break
		}
		comma = p.pos
		p.next()
	}
	p.header--
	end := p.expect(token.RBRACK)
	switch len(args) {
	case 0:
		return name, &ast.ArrayType{Lbrack: open, Elt: p.type_()}
	case 1:
		if elem := p.maybeType(); elem != nil {
			if comma.IsValid() {
				p.wrong(comma, "unexpected comma; expecting ]")
			}
			return name, &ast.ArrayType{Lbrack: open, Len: args[0], Elt: elem}
		}
	}
	return nil, indexed(name, open, args, end)
}

func (p *parser) chanType() ast.Expr {
	t := &ast.ChanType{Begin: p.pos, Dir: ast.SEND | ast.RECV}
	if p.got(token.CHAN) {
		if p.tok == token.ARROW {
			t.Arrow, t.Dir = p.expect(token.ARROW), ast.SEND
		}
	} else {
		t.Arrow, t.Dir = p.expect(token.ARROW), ast.RECV
		p.expect(token.CHAN)
	}
	t.Value = p.type_()
	return t
}

func (p *parser) structType() ast.Expr {
	t := &ast.StructType{Struct: p.expect(token.STRUCT), Fields: new(ast.FieldList)}
	t.Fields.Opening = p.expect(token.LBRACE)
	for p.tok == token.IDENT || p.tok == token.MUL || p.tok == token.LPAREN {
		t.Fields.List = append(t.Fields.List, p.field())
	}
	t.Fields.Closing = p.expect(token.RBRACE)
	return t
}

// field parses a line of a struct.
func (p *parser) field() *ast.Field {
	f := &ast.Field{Doc: p.lead}
	if p.tok == token.IDENT {
		name := p.ident()
		switch p.tok {
		case token.STRING, token.SEMICOLON, token.RBRACE:
			f.Type = name
		case token.PERIOD:
			f.Type = p.instance(p.typeName(name))
		default:
			f.Names = append(f.Names, name)
			for p.got(token.COMMA) {
				f.Names = append(f.Names, p.ident())
			}
			if len(f.Names) > 1 || p.tok != token.LBRACK {
				f.Type = p.type_()
			} else if name, f.Type = p.arrayOrInstance(name); name == nil {
				f.Names = nil
			}
		}
	} else {
		f.Type = p.embedded()
	}
	if p.tok == token.STRING {
		f.Tag = p.literal()
	}
	f.Comment = p.semicolon()
	return f
}

// embedded parses an embedded type that doesn't begin with a name: *T, or with parentheses, which are a mistake.
func (p *parser) embedded() ast.Expr {
	star, parens := token.NoPos, false
	for p.tok == token.MUL || p.tok == token.LPAREN {
		if p.tok == token.MUL {
			if star.IsValid() {
				break
			}
			star = p.pos
		} else {
			if parens {
				break
			}
			parens = true
			p.wrong(p.pos, "cannot parenthesize embedded type")
		}
		p.next()
	}
	t := p.instance(p.typeName(nil))
	if star.IsValid() {
		t = &ast.StarExpr{Star: star, X: t}
	}
	if parens {
		p.got(token.RPAREN)
	}
	return t
}

func (p *parser) funcType() *ast.FuncType {
	t := &ast.FuncType{Func: p.expect(token.FUNC)}
	if p.tok == token.LBRACK {
		if params := p.typeParams(); params != nil {
			p.wrong(params.Opening, "function type must have no type parameters")
		}
	}
	t.Params, t.Results = p.params(), p.results()
	return t
}

func (p *parser) params() *ast.FieldList { return p.paramsIn(true) }

func (p *parser) paramsIn(variadic bool) *ast.FieldList {
	list := &ast.FieldList{Opening: p.expect(token.LPAREN)}
	if p.tok != token.RPAREN {
		list.List = p.paramList(nil, nil, token.RPAREN, variadic)
	}
	list.Closing = p.expect(token.RPAREN)
	return list
}

func (p *parser) results() *ast.FieldList {
	if p.tok == token.LPAREN {
		return p.paramsIn(false)
	}
	if t := p.maybeType(); t != nil {
		return &ast.FieldList{List: []*ast.Field{{Type: t}}}
	}
	return nil
}

func (p *parser) typeParams() *ast.FieldList {
	list := &ast.FieldList{Opening: p.expect(token.LBRACK)}
	if p.tok != token.RBRACK {
		list.List = p.paramList(nil, nil, token.RBRACK, false)
	}
	list.Closing = p.expect(token.RBRACK)
	if len(list.List) == 0 {
		p.wrong(list.Closing, "empty type parameter list")
		return nil
	}
	return list
}

// param is a name, a type, or both.
type param struct {
	name *ast.Ident
	typ  ast.Expr
}

// param parses one parameter, whose name may be taken already. In lists of type parameters its type may be a set of types.
func (p *parser) param(name *ast.Ident, sets bool) (f param) {
	if name == nil {
		switch p.tok {
		case token.IDENT:
			name = p.ident()
		case token.TILDE:
			if sets {
				return param{typ: p.typeSet(nil)}
			}
		case token.ELLIPSIS:
			return param{typ: p.dots()}
		default:
			f.typ = p.maybeType()
		}
		if name == nil && f.typ == nil {
			p.expected(p.pos, "')'")
			p.skipTo(endsExpr)
		}
	}
	if name != nil {
		f.name = name
		switch p.tok {
		case token.IDENT, token.MUL, token.ARROW, token.FUNC, token.CHAN, token.MAP, token.STRUCT, token.INTERFACE, token.LPAREN:
			f.typ = p.type_()
		case token.LBRACK:
			f.name, f.typ = p.arrayOrInstance(name)
		case token.ELLIPSIS:
			return param{name, p.dots()}
		case token.PERIOD:
			f = param{typ: p.instance(p.typeName(name))}
		case token.TILDE:
			if sets {
				return param{name, p.typeSet(nil)}
			}
		case token.OR:
			if sets {
				return param{typ: p.typeSet(name)}
			}
		}
	}
	if sets && p.tok == token.OR && f.typ != nil {
		f.typ = p.typeSet(f.typ)
	}
	return f
}

func (p *parser) dots() ast.Expr {
	pos := p.expect(token.ELLIPSIS)
	return &ast.Ellipsis{Ellipsis: pos, Elt: p.type_()}
}

// typeSet parses ~T | U …; the first may be taken already.
func (p *parser) typeSet(x ast.Expr) ast.Expr {
	if x == nil {
		x = p.typeTerm()
	}
	for p.tok == token.OR {
		pos := p.expect(token.OR)
		x = &ast.BinaryExpr{X: x, OpPos: pos, Op: token.OR, Y: p.typeTerm()}
	}
	return x
}

func (p *parser) typeTerm() ast.Expr {
	if p.tok == token.TILDE {
		pos := p.expect(token.TILDE)
		return &ast.UnaryExpr{OpPos: pos, Op: token.TILDE, X: p.type_()}
	}
	if t := p.maybeType(); t != nil {
		return t
	}
	return p.badExpr("~ term or type", endsExpr)
}

// paramList parses parameters up to end. The first name and type may be taken already.
func (p *parser) paramList(name *ast.Ident, typ ast.Expr, end token.Token, variadic bool) []*ast.Field {
	generic, from := end == token.RBRACK, p.pos
	if name != nil {
		from = name.Pos()
	} else if typ != nil {
		from = typ.Pos()
	}
	var list []param
	for name != nil || p.tok != end && p.tok != token.EOF {
		var f param
		if typ == nil {
			f = p.param(name, generic)
		} else {
			if generic {
				typ = p.typeSet(typ)
			}
			f = param{name, typ}
		}
		name, typ = nil, nil
		if f != (param{}) {
			list = append(list, f)
		}
		if !p.more("parameter list", end) {
			break
		}
	}
	p.settle(list, from, generic)
	p.checkDots(list, variadic)
	return fieldsOf(list)
}

// settle finds out whether lone names are names or types, and gives names that have none the type behind them.
func (p *parser) settle(list []param, from token.Pos, generic bool) {
	whole, typed := 0, 0
	for _, f := range list {
		if f.typ != nil {
			typed++
			if f.name != nil {
				whole++
			}
		}
	}
	switch {
	case len(list) == 0 || whole == len(list):
		return
	case whole == 0:
		for i, f := range list {
			if f.name != nil {
				list[i] = param{typ: f.name}
			}
		}
		if generic {
			p.lacksName(from, typed == 0, len(list) == 1)
		}
		return
	}
	var bad token.Pos
	var typ ast.Expr
	for i := len(list) - 1; i >= 0; i-- {
		f := &list[i]
		switch {
		case f.typ != nil:
			typ = f.typ
			if f.name == nil {
				bad = typ.Pos()
				f.name = &ast.Ident{NamePos: bad, Name: "_"}
			}
		case typ != nil:
			f.typ = typ
		default:
			bad = f.name.Pos()
			f.typ = &ast.BadExpr{From: bad, To: p.pos}
		}
	}
	switch {
	case !bad.IsValid():
	case generic:
		p.lacksName(bad, whole == typed, len(list) == 1)
	case whole == typed:
		p.wrong(p.pos, "missing parameter type")
	default:
		p.wrong(bad, "missing parameter name")
	}
}

// lacksName notes what type parameters lack.
func (p *parser) lacksName(pos token.Pos, constraint, alone bool) {
	switch {
	case constraint:
		p.wrong(p.pos, "missing type constraint")
	case alone:
		p.wrong(pos, "missing type parameter name or invalid array length")
	default:
		p.wrong(pos, "missing type parameter name")
	}
}

// checkDots notes ... where it can't stand.
func (p *parser) checkDots(list []param, variadic bool) {
	told := false
	for i := range list {
		dots, ok := list[i].typ.(*ast.Ellipsis)
		if !ok || variadic && i == len(list)-1 {
			continue
		}
		if !told {
			told = true
			msg := "invalid use of ..."
			if variadic {
				msg = "can only use ... with final parameter"
			}
			p.wrong(dots.Ellipsis, msg)
		}
		list[i].typ = &ast.BadExpr{From: dots.Pos(), To: dots.End()}
	}
}

// fieldsOf puts names of one type together.
func fieldsOf(list []param) (fields []*ast.Field) {
	for _, f := range list {
		if f.name == nil {
			fields = append(fields, &ast.Field{Type: f.typ})
			continue
		}
		if n := len(fields); n == 0 || fields[n-1].Type != f.typ {
			fields = append(fields, &ast.Field{Type: f.typ})
		}
		last := fields[len(fields)-1]
		last.Names = append(last.Names, f.name)
	}
	return fields
}

func (p *parser) interfaceType() ast.Expr {
	t := &ast.InterfaceType{Interface: p.expect(token.INTERFACE), Methods: new(ast.FieldList)}
	t.Methods.Opening = p.expect(token.LBRACE)
	for {
		var f *ast.Field
		switch p.tok {
		case token.IDENT:
			if f = p.method(); f.Names == nil {
				f.Type = p.typeSet(f.Type)
			}
		case token.TILDE:
			f = &ast.Field{Type: p.typeSet(nil)}
		default:
			if embedded := p.maybeType(); embedded != nil {
				f = &ast.Field{Type: p.typeSet(embedded)}
			}
		}
		if f == nil {
			t.Methods.Closing = p.expect(token.RBRACE)
			return t
		}
		f.Comment = p.semicolon()
		t.Methods.List = append(t.Methods.List, f)
	}
}

// method parses a method, or an embedded type that begins with a name.
func (p *parser) method() *ast.Field {
	f := &ast.Field{Doc: p.lead}
	f.Type = p.typeName(nil)
	name, ok := f.Type.(*ast.Ident)
	switch {
	case !ok:
		f.Type = p.instance(f.Type)
	case p.tok == token.LPAREN:
		f.Names = []*ast.Ident{name}
		f.Type = &ast.FuncType{Params: p.params(), Results: p.results()}
	case p.tok == token.LBRACK:
		open := p.expect(token.LBRACK)
		p.header++
		x := p.expr()
		p.header--
		if first, ok := x.(*ast.Ident); ok && p.tok != token.COMMA && p.tok != token.RBRACK {
			p.paramList(first, nil, token.RBRACK, false)
			p.expect(token.RBRACK)
			p.wrong(open, "interface method must have no type parameters")
			f.Names = []*ast.Ident{name}
			f.Type = &ast.FuncType{Params: p.params(), Results: p.results()}
			break
		}
		args := []ast.Expr{x}
		p.header++
		for p.more("type argument list", token.RBRACK) && p.tok != token.RBRACK && p.tok != token.EOF {
			args = append(args, p.type_())
		}
		p.header--
		f.Type = indexed(name, open, args, p.closing(token.RBRACK, "type argument list"))
	}
	return f
}
