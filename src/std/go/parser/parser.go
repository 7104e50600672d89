// Package parser makes syntax trees of Go source text.
//
// parser.go: what is asked, words and comments; types.go, expr.go, stmt.go, decl.go: the grammar; names.go: what names stand for; build.go: the Go
// version that build lines ask for. Traces are not here. Go: src/go/parser.
package parser

import (
	"bytes"
	"errors"
	"go/ast"
	"go/scanner"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Mode is a set of flags.
type Mode uint

// What to do, and how much.
const (
	PackageClauseOnly Mode = 1 << iota
	ImportsOnly
	ParseComments
	Trace
	DeclarationErrors
	SpuriousErrors
	SkipObjectResolution
	AllErrors = SpuriousErrors
)

func textOf(filename string, src any) ([]byte, error) {
	switch s := src.(type) {
	case nil:
		return os.ReadFile(filename)
	case string:
		return []byte(s), nil
	case []byte:
		return s, nil
	case *bytes.Buffer:
		if s != nil {
			return s.Bytes(), nil
		}
	case io.Reader:
		return io.ReadAll(s)
	}
	return nil, errors.New("invalid source")
}

// ParseFile parses a file: src, which may be a string, bytes or an io.Reader, or, if that is nil, what the file holds. A file with mistakes gives as much of
// a tree as there is.
func ParseFile(fset *token.FileSet, filename string, src any, mode Mode) (f *ast.File, err error) {
	if fset == nil {
		panic("parser.ParseFile: no token.FileSet provided (fset == nil)")
	}
	text, err := textOf(filename, src)
	if err != nil {
		return nil, err
	}
	p := &parser{file: fset.AddFile(filename, -1, len(text)), mode: mode}
	err = p.guarded(text, func() { f = p.whole() })
	if f == nil {
		f = &ast.File{Name: new(ast.Ident), Scope: ast.NewScope(nil)}
	}
	f.FileStart, f.FileEnd = token.Pos(p.file.Base()), p.file.End()
	return f, err
}

// ParseDir parses the files of a folder that filter lets pass, and returns them by the names of their packages.
func ParseDir(fset *token.FileSet, path string, filter func(fs.FileInfo) bool, mode Mode) (pkgs map[string]*ast.Package, first error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	pkgs = map[string]*ast.Package{}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		if filter != nil {
			info, err := entry.Info()
			if err != nil {
				return nil, err
			}
			if !filter(info) {
				continue
			}
		}
		name := filepath.Join(path, entry.Name())
		f, err := ParseFile(fset, name, nil, mode)
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		pkg := pkgs[f.Name.Name]
		if pkg == nil {
			pkg = &ast.Package{Name: f.Name.Name, Files: map[string]*ast.File{}}
			pkgs[pkg.Name] = pkg
		}
		pkg.Files[name] = f
	}
	return pkgs, first
}

// ParseExprFrom parses an expression; src is that of ParseFile.
func ParseExprFrom(fset *token.FileSet, filename string, src any, mode Mode) (expr ast.Expr, err error) {
	if fset == nil {
		panic("parser.ParseExprFrom: no token.FileSet provided (fset == nil)")
	}
	text, err := textOf(filename, src)
	if err != nil {
		return nil, err
	}
	p := &parser{file: fset.AddFile(filename, -1, len(text)), mode: mode}
	err = p.guarded(text, func() {
		expr = p.value()
		if p.newline() {
			p.next()
		}
		p.expect(token.EOF)
	})
	return expr, err
}

// ParseExpr parses an expression.
func ParseExpr(x string) (ast.Expr, error) {
	return ParseExprFrom(token.NewFileSet(), "", []byte(x), 0)
}

type parser struct {
	file    *token.File
	scanner scanner.Scanner
	mode    Mode
	errors  scanner.ErrorList

	pos token.Pos // of the word
	tok token.Token
	lit string
	end token.Pos // of the word, if it is a string

	top      bool // before the package clause
	version  string
	comments []*ast.CommentGroup
	lead     *ast.CommentGroup // ends right before the word's line
	line     *ast.CommentGroup // behind the last word on its line
	imports  []*ast.ImportSpec

	header  int  // below 0: { begins a block, not a literal
	isValue bool // = stands for ==
	depth   int
	synced  token.Pos // where parsing went on after the last mistake
	stuck   int       // how often it did there
}

// giveUp is what ends parsing: too many mistakes, or too deep.
type giveUp struct {
	pos token.Pos
	msg string
}

// guarded calls parse with the first word and returns the errors.
func (p *parser) guarded(text []byte, parse func()) (err error) {
	defer func() {
		switch e := recover().(type) {
		case nil:
		case giveUp:
			if e.msg != "" {
				p.errors.Add(p.file.Position(e.pos), e.msg)
			}
		default:
			panic(e)
		}
		p.errors.Sort()
		err = p.errors.Err()
	}()
	if p.mode&Trace != 0 {
		traced()
	}
	p.scanner.Init(p.file, text, func(pos token.Position, msg string) { p.errors.Add(pos, msg) }, scanner.ScanComments)
	p.top = true
	p.next()
	parse()
	return nil
}

// traced ends the program as unsupported.
func traced()

// deeper counts how deep a construct lies in others; what it returns is to be called at its end.
func (p *parser) deeper() func() {
	p.nest()
	return func() { p.depth-- }
}

func (p *parser) nest() {
	if p.depth++; p.depth > 100000 {
		p.wrong(p.pos, "exceeded max nesting depth")
		panic(giveUp{})
	}
}

// word takes the next word, or the next comment if they are wanted.
func (p *parser) word() {
	for {
		p.pos, p.tok, p.lit = p.scanner.Scan()
		if p.tok != token.COMMENT {
			break
		}
		if p.top && strings.HasPrefix(p.lit, "//go:build") {
			if version, ok := versionOf(p.lit); ok {
				p.version = version
			}
		}
		if p.mode&ParseComments != 0 {
			return
		}
	}
	p.top = false
	if p.tok == token.STRING {
		p.end = scanner.StringEnd(&p.scanner)
	}
}

func (p *parser) lineOf(pos token.Pos) int { return p.file.PositionFor(pos, false).Line }

// group takes comments that are at most gap lines apart, and says in which line they end.
func (p *parser) group(gap int) (group *ast.CommentGroup, last int) {
	group = new(ast.CommentGroup)
	last = p.lineOf(p.pos)
	for p.tok == token.COMMENT && p.lineOf(p.pos) <= last+gap {
		last = p.lineOf(p.pos)
		if p.lit[1] == '*' {
			last += strings.Count(p.lit, "\n")
		}
		group.List = append(group.List, &ast.Comment{Slash: p.pos, Text: p.lit})
		p.word()
	}
	p.comments = append(p.comments, group)
	return group, last
}

// next goes to the next word; comments in between are kept.
func (p *parser) next() {
	p.lead, p.line = nil, nil
	before := p.pos
	p.word()
	if p.tok != token.COMMENT {
		return
	}
	var group *ast.CommentGroup
	if p.lineOf(p.pos) == p.lineOf(before) {
		var last int
		group, last = p.group(0)
		if p.lineOf(p.pos) != last || p.tok == token.SEMICOLON || p.tok == token.EOF {
			p.line = group
		}
	}
	last := -1
	for p.tok == token.COMMENT {
		group, last = p.group(1)
	}
	if last+1 == p.lineOf(p.pos) {
		p.lead = group
	}
}

// wrong notes a mistake. A second in the same line may come from the first and doesn't count, if not all are asked for.
func (p *parser) wrong(pos token.Pos, msg string) {
	at := p.file.Position(pos)
	if n := len(p.errors); p.mode&AllErrors == 0 && n > 0 {
		if p.errors[n-1].Pos.Line == at.Line {
			return
		}
		if n > 10 {
			panic(giveUp{})
		}
	}
	p.errors.Add(at, msg)
}

// expected notes that something else should stand at pos.
func (p *parser) expected(pos token.Pos, what string) {
	msg := "expected " + what
	if pos == p.pos {
		switch {
		case p.newline():
			msg += ", found newline"
		case p.tok.IsLiteral():
			msg += ", found " + p.lit
		default:
			msg += ", found '" + p.tok.String() + "'"
		}
	}
	p.wrong(pos, msg)
}

// newline tells whether the word is the end of a line.
func (p *parser) newline() bool { return p.tok == token.SEMICOLON && p.lit == "\n" }

// expect takes a word, which should be tok.
func (p *parser) expect(tok token.Token) token.Pos {
	pos := p.pos
	if p.tok != tok {
		p.expected(pos, "'"+tok.String()+"'")
	}
	p.next()
	return pos
}

// got takes the word if it is tok.
func (p *parser) got(tok token.Token) bool {
	if p.tok != tok {
		return false
	}
	p.next()
	return true
}

// closing is expect for what ends a list, whose last line may lack its comma.
func (p *parser) closing(tok token.Token, list string) token.Pos {
	if p.newline() {
		p.wrong(p.pos, "missing ',' before newline in "+list)
		p.next()
	}
	return p.expect(tok)
}

// more takes what stands between the entries of a list and tells whether there may be another.
func (p *parser) more(list string, end token.Token) bool {
	if p.tok != token.COMMA {
		if p.tok == end {
			return false
		}
		missing := "missing ','"
		if p.newline() {
			missing += " before newline"
		}
		p.wrong(p.pos, missing+" in "+list)
	}
	p.next()
	return true
}

// semicolon takes the end of a statement and returns the comment on its line.
func (p *parser) semicolon() (comment *ast.CommentGroup) {
	switch p.tok {
	case token.RPAREN, token.RBRACE:
		return nil
	case token.COMMA:
		p.expected(p.pos, "';'")
	case token.SEMICOLON:
	default:
		p.expected(p.pos, "';'")
		p.skipTo(startsStmt)
		return nil
	}
	if p.lit == ";" {
		p.next()
		return p.line
	}
	comment = p.line
	p.next()
	return comment
}

// skipTo goes on to a word with which parsing can go on after a mistake. It doesn't stay at one place for ever.
func (p *parser) skipTo(good func(token.Token) bool) {
	for ; p.tok != token.EOF; p.next() {
		switch {
		case !good(p.tok) || p.pos < p.synced:
		case p.pos > p.synced:
			p.synced, p.stuck = p.pos, 0
			return
		case p.stuck < 10:
			p.stuck++
			return
		}
	}
}

func startsStmt(tok token.Token) bool {
	switch tok {
	case token.BREAK, token.CONST, token.CONTINUE, token.DEFER, token.FALLTHROUGH, token.FOR, token.GO, token.GOTO, token.IF,
		token.RETURN, token.SELECT, token.SWITCH, token.TYPE, token.VAR:
		return true
	}
	return false
}

func startsDecl(tok token.Token) bool {
	return tok == token.IMPORT || tok == token.CONST || tok == token.TYPE || tok == token.VAR
}

func endsExpr(tok token.Token) bool {
	switch tok {
	case token.COMMA, token.COLON, token.SEMICOLON, token.RPAREN, token.RBRACK, token.RBRACE:
		return true
	}
	return false
}
