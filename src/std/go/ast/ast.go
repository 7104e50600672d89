// Package ast is the syntax tree of Go.
//
// ast.go: what all nodes share, comments, fields, files; expr.go, stmt.go, decl.go: the nodes; walk.go: going through a tree; print.go: writing one;
// scope.go: what names stand for. Go: src/go/ast.
package ast

import (
	"go/token"
	"strings"
)

// Node is a piece of a program, from Pos to before End.
type Node interface {
	Pos() token.Pos
	End() token.Pos
}

// Kinds of nodes.
type (
	// Expr is an expression or a type.
	Expr interface {
		Node
		exprNode()
	}
	// Stmt is a statement.
	Stmt interface {
		Node
		stmtNode()
	}
	// Decl is a declaration.
	Decl interface {
		Node
		declNode()
	}
	// Spec is a part of a declaration: an import, a type, or values.
	Spec interface {
		Node
		specNode()
	}
)

// ChanDir says what may be done with a channel.
type ChanDir int

// Directions of channels.
const (
	SEND ChanDir = 1 << iota
	RECV
)

// or is the first place, the second if that is none.
func or(a, b token.Pos) token.Pos {
	if a.IsValid() {
		return a
	}
	return b
}

func posOf(x Expr, otherwise token.Pos) token.Pos {
	if x == nil {
		return otherwise
	}
	return x.Pos()
}

func endOf(x Expr, otherwise token.Pos) token.Pos {
	if x == nil {
		return otherwise
	}
	return x.End()
}

func lastEnd[N Node](list []N, otherwise token.Pos) token.Pos {
	if len(list) == 0 {
		return otherwise
	}
	return list[len(list)-1].End()
}

// Comment is one comment.
type Comment struct {
	Slash token.Pos
	Text  string // without the end of the line
}

// CommentGroup is a row of comments with nothing in between.
type CommentGroup struct {
	List []*Comment
}

// Field is fields, parameters or methods of one type.
type Field struct {
	Doc     *CommentGroup
	Names   []*Ident
	Type    Expr
	Tag     *BasicLit
	Comment *CommentGroup
}

// FieldList is a list of fields with what stands around it.
type FieldList struct {
	Opening token.Pos
	List    []*Field
	Closing token.Pos
}

// File is a file.
type File struct {
	Doc                *CommentGroup
	Package            token.Pos
	Name               *Ident
	Decls              []Decl
	FileStart, FileEnd token.Pos
	Scope              *Scope // deprecated: see Object
	Imports            []*ImportSpec
	Unresolved         []*Ident // deprecated: see Object
	Comments           []*CommentGroup
	GoVersion          string
}

// Package is the files of a package. Deprecated: go/types knows more.
type Package struct {
	Name    string
	Scope   *Scope
	Imports map[string]*Object
	Files   map[string]*File
}

func (c *Comment) Pos() token.Pos      { return c.Slash }
func (c *Comment) End() token.Pos      { return c.Slash + token.Pos(len(c.Text)) }
func (g *CommentGroup) Pos() token.Pos { return g.List[0].Pos() }
func (g *CommentGroup) End() token.Pos { return g.List[len(g.List)-1].End() }
func (f *File) Pos() token.Pos         { return f.Package }
func (f *File) End() token.Pos         { return lastEnd(f.Decls, f.Name.End()) }
func (p *Package) Pos() token.Pos      { return token.NoPos }
func (p *Package) End() token.Pos      { return token.NoPos }

func (f *Field) Pos() token.Pos {
	if len(f.Names) > 0 {
		return f.Names[0].Pos()
	}
	return posOf(f.Type, token.NoPos)
}

func (f *Field) End() token.Pos {
	if f.Tag != nil {
		return f.Tag.End()
	}
	return endOf(f.Type, lastEnd(f.Names, token.NoPos))
}

func (f *FieldList) Pos() token.Pos {
	if f.Opening.IsValid() || len(f.List) == 0 {
		return f.Opening
	}
	return f.List[0].Pos()
}

func (f *FieldList) End() token.Pos {
	if f.Closing.IsValid() {
		return f.Closing + 1
	}
	return lastEnd(f.List, token.NoPos)
}

// NumFields returns the number of parameters or fields; one without a name counts.
func (f *FieldList) NumFields() (n int) {
	if f == nil {
		return 0
	}
	for _, field := range f.List {
		n += max(1, len(field.Names))
	}
	return n
}

// Text returns what the comments say: without their marks, spaces at ends of lines, several empty lines in a row, and directives.
func (g *CommentGroup) Text() string {
	if g == nil {
		return ""
	}
	var text strings.Builder
	empty := false // lines are left out
	for _, c := range g.List {
		said := c.Text[2:]
		if c.Text[1] == '*' {
			said = said[:len(said)-2]
		} else if first, found := strings.CutPrefix(said, " "); found {
			said = first
		} else if said != "" && directs(said) {
			continue
		}
		for line := range strings.SplitSeq(said, "\n") {
			line = strings.TrimRight(line, " \t\r\n")
			if line == "" {
				empty = true
				continue
			}
			if empty && text.Len() > 0 {
				text.WriteByte('\n')
			}
			empty = false
			text.WriteString(line + "\n")
		}
	}
	return text.String()
}

func small(c byte) bool { return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' }

// directs tells whether a comment is for a tool: tool:name.
func directs(text string) bool {
	for _, word := range []string{"line ", "extern ", "export "} {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	tool, rest, found := strings.Cut(text, ":")
	if !found || tool == "" || rest == "" || !small(rest[0]) {
		return false
	}
	for i := range len(tool) {
		if !small(tool[i]) {
			return false
		}
	}
	return true
}

// NewIdent makes a name without a place.
func NewIdent(name string) *Ident { return &Ident{Name: name} }

// IsExported reports whether name begins with a capital letter.
func IsExported(name string) bool { return token.IsExported(name) }

// IsExported reports whether the name begins with a capital letter.
func (x *Ident) IsExported() bool { return token.IsExported(x.Name) }

func (x *Ident) String() string {
	if x == nil {
		return "<nil>"
	}
	return x.Name
}

// IsGenerated reports whether a line before the package's says that a program wrote the file.
func IsGenerated(file *File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Slash > file.Package {
				break
			}
			for line := range strings.SplitSeq(c.Text, "\n") {
				if rest, found := strings.CutPrefix(line, "// Code generated "); found && strings.HasSuffix(rest, " DO NOT EDIT.") {
					return true
				}
			}
		}
	}
	return false
}

// Unparen returns what stands inside of parentheses.
func Unparen(e Expr) Expr {
	for {
		p, ok := e.(*ParenExpr)
		if !ok {
			return e
		}
		e = p.X
	}
}
