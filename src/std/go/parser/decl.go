package parser

import (
	"go/ast"
	"go/token"
)

// whole parses a file.
func (p *parser) whole() *ast.File {
	if len(p.errors) > 0 {
		return nil
	}
	f := &ast.File{Doc: p.lead}
	f.Package, f.Name = p.expect(token.PACKAGE), p.ident()
	if f.Name.Name == "_" && p.mode&DeclarationErrors != 0 {
		p.wrong(p.pos, "invalid package name _")
	}
	p.semicolon()
	if len(p.errors) > 0 {
		return nil
	}
	if p.mode&PackageClauseOnly == 0 {
		for p.tok == token.IMPORT {
			f.Decls = append(f.Decls, p.genDecl())
		}
		for before := token.IMPORT; p.mode&ImportsOnly == 0 && p.tok != token.EOF; {
			if p.tok == token.IMPORT && before != token.IMPORT {
				p.wrong(p.pos, "imports must appear before other declarations")
			}
			before = p.tok
			f.Decls = append(f.Decls, p.decl(startsDecl))
		}
	}
	f.Imports, f.Comments, f.GoVersion = p.imports, p.comments, p.version
	if p.mode&SkipObjectResolution == 0 {
		p.resolve(f)
	}
	return f
}

// decl parses a declaration; after a mistake it goes on at a word that is good.
func (p *parser) decl(good func(token.Token) bool) ast.Decl {
	switch p.tok {
	case token.IMPORT, token.CONST, token.VAR, token.TYPE:
		return p.genDecl()
	case token.FUNC:
		return p.funcDecl()
	}
	pos := p.pos
	p.expected(pos, "declaration")
	p.skipTo(good)
	return &ast.BadDecl{From: pos, To: p.pos}
}

func (p *parser) genDecl() *ast.GenDecl {
	d := &ast.GenDecl{Doc: p.lead, Tok: p.tok, TokPos: p.pos}
	p.next()
	if p.tok != token.LPAREN {
		d.Specs = []ast.Spec{p.spec(d.Tok, nil)}
		return d
	}
	d.Lparen = p.expect(token.LPAREN)
	for p.tok != token.RPAREN && p.tok != token.EOF {
		d.Specs = append(d.Specs, p.spec(d.Tok, p.lead))
	}
	d.Rparen = p.expect(token.RPAREN)
	p.semicolon()
	return d
}

func (p *parser) spec(tok token.Token, doc *ast.CommentGroup) ast.Spec {
	switch tok {
	case token.IMPORT:
		return p.importSpec(doc)
	case token.TYPE:
		return p.typeSpec(doc)
	}
	s := &ast.ValueSpec{Doc: doc, Names: p.idents()}
	hasValues := true
	switch {
	case tok == token.CONST && (p.tok == token.EOF || p.tok == token.SEMICOLON || p.tok == token.RPAREN):
		hasValues = false
	case tok == token.CONST:
		s.Type = p.maybeType()
	case p.tok != token.ASSIGN:
		s.Type = p.type_()
	}
	if hasValues && p.got(token.ASSIGN) {
		s.Values = p.exprs(true)
	}
	s.Comment = p.semicolon()
	return s
}

func (p *parser) importSpec(doc *ast.CommentGroup) ast.Spec {
	s := &ast.ImportSpec{Doc: doc}
	switch p.tok {
	case token.IDENT:
		s.Name = p.ident()
	case token.PERIOD:
		s.Name = &ast.Ident{NamePos: p.pos, Name: "."}
		p.next()
	}
	s.Path = &ast.BasicLit{ValuePos: p.pos, ValueEnd: p.pos, Kind: token.STRING}
	switch {
	case p.tok == token.STRING:
		s.Path = p.literal()
	case p.tok.IsLiteral():
		p.wrong(p.pos, "import path must be a string")
		p.next()
	default:
		p.wrong(p.pos, "missing import path")
		p.skipTo(endsExpr)
	}
	s.Comment = p.semicolon()
	p.imports = append(p.imports, s)
	return s
}

func (p *parser) typeSpec(doc *ast.CommentGroup) ast.Spec {
	s := &ast.TypeSpec{Doc: doc, Name: p.ident()}
	if p.tok == token.LBRACK {
		p.genericOrArray(s)
	} else {
		p.definition(s)
	}
	s.Comment = p.semicolon()
	return s
}

// definition parses a type, with = before it for an alias.
func (p *parser) definition(s *ast.TypeSpec) {
	if p.tok == token.ASSIGN {
		s.Assign = p.expect(token.ASSIGN)
	}
	s.Type = p.type_()
}

// genericOrArray parses what begins with [ behind the name of a type. What follows may be a length or the first type parameter, which only the end tells:
// in [P *C] it is a product until a comma shows that it isn't.
func (p *parser) genericOrArray(s *ast.TypeSpec) {
	open := p.expect(token.LBRACK)
	if p.tok != token.IDENT {
		s.Type = p.arrayType(open, nil)
		return
	}
	var x ast.Expr = p.ident()
	if p.tok != token.LBRACK {
		p.header++
		x = p.binary(p.primary(x), token.LowestPrec+1)
		p.header--
	}
	name, constraint := apart(x, p.tok == token.COMMA)
	if name == nil || constraint == nil && p.tok == token.RBRACK {
		s.Type = p.arrayType(open, x)
		return
	}
	s.TypeParams = &ast.FieldList{Opening: open, List: p.paramList(name, constraint, token.RBRACK, false)}
	s.TypeParams.Closing = p.expect(token.RBRACK)
	p.definition(s)
}

// apart takes an expression apart into the name and the constraint of a type parameter, if it can be that (or has to be, if sure is set).
func apart(x ast.Expr, sure bool) (*ast.Ident, ast.Expr) {
	switch x := x.(type) {
	case *ast.Ident:
		return x, nil
	case *ast.CallExpr: // P (C)
		if name, ok := x.Fun.(*ast.Ident); ok && len(x.Args) == 1 && !x.Ellipsis.IsValid() && (sure || onlyType(x.Args[0])) {
			return name, &ast.ParenExpr{Lparen: x.Lparen, X: x.Args[0], Rparen: x.Rparen}
		}
	case *ast.BinaryExpr:
		switch x.Op {
		case token.MUL: // P *C
			if name, ok := x.X.(*ast.Ident); ok && (sure || onlyType(x.Y)) {
				return name, &ast.StarExpr{Star: x.OpPos, X: x.Y}
			}
		case token.OR: // P *C | D
			if name, left := apart(x.X, sure || onlyType(x.Y)); name != nil && left != nil {
				return name, &ast.BinaryExpr{X: left, OpPos: x.OpPos, Op: x.Op, Y: x.Y}
			}
		}
	}
	return nil, x
}

// onlyType tells whether an expression can't be anything but a type.
func onlyType(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.ArrayType, *ast.StructType, *ast.FuncType, *ast.InterfaceType, *ast.MapType, *ast.ChanType:
		return true
	case *ast.UnaryExpr:
		return x.Op == token.TILDE
	case *ast.BinaryExpr:
		return onlyType(x.X) || onlyType(x.Y)
	case *ast.ParenExpr:
		return onlyType(x.X)
	}
	return false
}

func (p *parser) funcDecl() *ast.FuncDecl {
	d := &ast.FuncDecl{Doc: p.lead, Type: new(ast.FuncType)}
	d.Type.Func = p.expect(token.FUNC)
	if p.tok == token.LPAREN {
		d.Recv = p.params()
	}
	d.Name = p.ident()
	if p.tok == token.LBRACK {
		d.Type.TypeParams = p.typeParams()
		if d.Recv != nil && d.Type.TypeParams != nil {
			p.wrong(d.Type.TypeParams.Opening, "method must have no type parameters")
			d.Type.TypeParams = nil
		}
	}
	d.Type.Params, d.Type.Results = p.params(), p.results()
	if p.tok == token.SEMICOLON {
		p.next()
		if p.tok != token.LBRACE {
			return d
		}
		p.wrong(p.pos, "unexpected semicolon or newline before {")
	}
	if p.tok == token.LBRACE {
		d.Body = p.block()
	}
	p.semicolon()
	return d
}
