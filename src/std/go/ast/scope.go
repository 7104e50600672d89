// What names stand for, as far as one file tells. Deprecated in Go: go/types knows.
package ast

import (
	"fmt"
	"go/token"
	"strings"
)

// Scope is the names that are declared in one place, and the scope around it.
type Scope struct {
	Outer   *Scope
	Objects map[string]*Object
}

// NewScope makes an empty scope.
func NewScope(outer *Scope) *Scope { return &Scope{Outer: outer, Objects: make(map[string]*Object)} }

// Lookup returns what the scope declares under a name, nil for nothing.
func (s *Scope) Lookup(name string) *Object { return s.Objects[name] }

// Insert declares obj. If the name is taken, it returns what has it.
func (s *Scope) Insert(obj *Object) (alt *Object) {
	if alt := s.Objects[obj.Name]; alt != nil {
		return alt
	}
	s.Objects[obj.Name] = obj
	return nil
}

func (s *Scope) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "scope %p {", s)
	if s != nil && len(s.Objects) > 0 {
		text.WriteByte('\n')
		for _, obj := range s.Objects {
			fmt.Fprintf(&text, "\t%s %s\n", obj.Kind, obj.Name)
		}
	}
	text.WriteString("}\n")
	return text.String()
}

// ObjKind is what a name stands for.
type ObjKind int

// Kinds of objects.
const (
	Bad ObjKind = iota
	Pkg
	Con
	Typ
	Var
	Fun
	Lbl
)

func (kind ObjKind) String() string {
	return [...]string{"bad", "package", "const", "type", "var", "func", "label"}[kind]
}

// Object is what a name stands for.
type Object struct {
	Kind ObjKind
	Name string
	Decl any // the node that declares it
	Data any // a package's scope, a constant's iota
	Type any // for others to use
}

// NewObj makes an object.
func NewObj(kind ObjKind, name string) *Object { return &Object{Kind: kind, Name: name} }

// Pos returns where the object's declaration names it.
func (obj *Object) Pos() token.Pos {
	switch d := obj.Decl.(type) {
	case *Field:
		return named(d.Names, obj.Name)
	case *ValueSpec:
		return named(d.Names, obj.Name)
	case *TypeSpec:
		return named([]*Ident{d.Name}, obj.Name)
	case *FuncDecl:
		return named([]*Ident{d.Name}, obj.Name)
	case *LabeledStmt:
		return named([]*Ident{d.Label}, obj.Name)
	case *ImportSpec:
		if d.Name != nil && d.Name.Name == obj.Name {
			return d.Name.Pos()
		}
		return d.Path.Pos()
	case *AssignStmt:
		for _, x := range d.Lhs {
			if id, ok := x.(*Ident); ok && id.Name == obj.Name {
				return id.Pos()
			}
		}
	}
	return token.NoPos
}

func named(names []*Ident, name string) token.Pos {
	for _, id := range names {
		if id.Name == name {
			return id.NamePos
		}
	}
	return token.NoPos
}
