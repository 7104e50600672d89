// Package xml reads and writes XML 1.0.
//
// xml.go: tokens; reader.go, spaces.go: Decoder, text to tokens; decode.go: tokens to values; encode.go, value.go: Encoder, values to text; fields.go:
// what tags say; names.go, entities.go: tables. Go: src/encoding/xml.
package xml

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"
)

// SyntaxError is what is wrong with a text.
type SyntaxError struct {
	Msg  string
	Line int
}

func (e *SyntaxError) Error() string {
	return "XML syntax error on line " + strconv.Itoa(e.Line) + ": " + e.Msg
}

// Name is a name in a name space, which is a URL.
type Name struct{ Space, Local string }

// Attr is an attribute.
type Attr struct {
	Name  Name
	Value string
}

// Token is one of StartElement, EndElement, CharData, Comment, ProcInst and Directive.
type Token any

// StartElement begins an element.
type StartElement struct {
	Name Name
	Attr []Attr
}

// EndElement ends an element.
type EndElement struct{ Name Name }

// CharData is text.
type CharData []byte

// Comment is a comment, without its marks.
type Comment []byte

// ProcInst is an instruction: <?target inst?>.
type ProcInst struct {
	Target string
	Inst   []byte
}

// Directive is a directive, without <! and >.
type Directive []byte

// Copy makes a token whose attributes are its own.
func (e StartElement) Copy() StartElement {
	e.Attr = append([]Attr{}, e.Attr...)
	return e
}

// End returns the token that ends the element.
func (e StartElement) End() EndElement { return EndElement{e.Name} }

// Copy makes a token whose bytes are its own.
func (c CharData) Copy() CharData { return bytes.Clone(c) }

// Copy makes a token whose bytes are its own.
func (c Comment) Copy() Comment { return bytes.Clone(c) }

// Copy makes a token whose bytes are its own.
func (d Directive) Copy() Directive { return bytes.Clone(d) }

// Copy makes a token whose bytes are its own.
func (p ProcInst) Copy() ProcInst {
	p.Inst = bytes.Clone(p.Inst)
	return p
}

// CopyToken makes a token that doesn't change when the next is read.
func CopyToken(t Token) Token {
	switch t := t.(type) {
	case StartElement:
		return t.Copy()
	case CharData:
		return t.Copy()
	case Comment:
		return t.Copy()
	case ProcInst:
		return t.Copy()
	case Directive:
		return t.Copy()
	}
	return t
}

// TokenReader gives tokens; at the end none and io.EOF.
type TokenReader interface {
	Token() (Token, error)
}

// The name spaces that are known.
const (
	spacesPrefix = "xmlns"
	xmlPrefix    = "xml"
	xmlSpace     = "http://www.w3.org/XML/1998/namespace"
)

// nameByte tells whether a byte may be in a name, if it is no part of a longer character.
func nameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == ':' || c == '.' || c == '-'
}

// isName tells whether a text is a name.
func isName(text string) bool {
	for i, c := range text {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return false
			}
		}
		if !within(letters[:], c) && (i == 0 || !within(others[:], c)) {
			return false
		}
	}
	return text != ""
}

// allowed tells whether a character may be in a text.
func allowed(c rune) bool {
	return c == '\t' || c == '\n' || c == '\r' || ' ' <= c && c <= 0xD7FF || 0xE000 <= c && c <= 0xFFFD || 0x10000 <= c && c <= utf8.MaxRune
}

// plain are the entities that need not be declared.
var plain = []struct{ name, text string }{{"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"apos", "'"}, {"quot", `"`}}

func entity(name string) (string, bool) {
	i := slices.IndexFunc(plain, func(e struct{ name, text string }) bool { return e.name == name })
	if i < 0 {
		return "", false
	}
	return plain[i].text, true
}
