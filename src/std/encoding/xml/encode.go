package xml

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Header is what a text begins with. It is not written by itself.
const Header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// Marshaler writes itself as elements.
type Marshaler interface {
	MarshalXML(e *Encoder, start StartElement) error
}

// MarshalerAttr makes an attribute of itself.
type MarshalerAttr interface {
	MarshalXMLAttr(name Name) (Attr, error)
}

// UnsupportedTypeError says that a type can't be written.
type UnsupportedTypeError struct{ Type reflect.Type }

func (e *UnsupportedTypeError) Error() string { return "xml: unsupported type: " + e.Type.String() }

// Marshal writes v as XML.
func Marshal(v any) ([]byte, error) { return marshal(v, "", "") }

// MarshalIndent is Marshal with a line for each element: prefix, then indent for each element around it.
func MarshalIndent(v any, prefix, indent string) ([]byte, error) { return marshal(v, prefix, indent) }

func marshal(v any, prefix, indent string) ([]byte, error) {
	var out bytes.Buffer
	enc := NewEncoder(&out)
	enc.Indent(prefix, indent)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	if err := enc.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Encoder writes tokens and values.
type Encoder struct {
	out            *bufio.Writer
	prefix, indent string
	depth          int
	justBegun      bool // nothing is written since the last element began
	written        bool // something is
	open           []Name
	prefixes       []spacePrefix // of name spaces of attributes; an empty one for each element
	number         int           // of prefixes made different
	closed         bool
	err            error
}

type spacePrefix struct{ prefix, url string }

// NewEncoder returns an Encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{out: bufio.NewWriter(w)} }

// Indent sets that of MarshalIndent.
func (enc *Encoder) Indent(prefix, indent string) { enc.prefix, enc.indent = prefix, indent }

// Encode writes a value, and flushes.
func (enc *Encoder) Encode(v any) error { return enc.whole(reflect.ValueOf(v), nil) }

// EncodeElement is Encode with another name and more attributes.
func (enc *Encoder) EncodeElement(v any, start StartElement) error {
	return enc.whole(reflect.ValueOf(v), &start)
}

func (enc *Encoder) whole(v reflect.Value, start *StartElement) error {
	if err := enc.value(v, nil, start); err != nil {
		return err
	}
	return enc.out.Flush()
}

// EncodeToken writes a token. It doesn't flush.
func (enc *Encoder) EncodeToken(t Token) error {
	switch t := t.(type) {
	case StartElement:
		if err := enc.begin(&t); err != nil {
			return err
		}
	case EndElement:
		if err := enc.end(t.Name); err != nil {
			return err
		}
	case CharData:
		escape((*text)(enc), t, false)
	case Comment:
		if bytes.Contains(t, []byte("-->")) {
			return errors.New("xml: EncodeToken of Comment containing --> marker")
		}
		enc.put("<!--", string(t), "-->")
	case ProcInst:
		if t.Target == "xml" && enc.out.Buffered() != 0 {
			return errors.New("xml: EncodeToken of ProcInst xml target only valid for xml declaration, first token encoded")
		}
		if !isName(t.Target) {
			return errors.New("xml: EncodeToken of ProcInst with invalid Target")
		}
		if bytes.Contains(t.Inst, []byte("?>")) {
			return errors.New("xml: EncodeToken of ProcInst containing ?> marker")
		}
		enc.put("<?", t.Target)
		if len(t.Inst) > 0 {
			enc.put(" ", string(t.Inst))
		}
		enc.put("?>")
	case Directive:
		if !balanced(t) {
			return errors.New("xml: EncodeToken of Directive containing wrong < or > markers")
		}
		enc.put("<!", string(t), ">")
	default:
		return errors.New("xml: EncodeToken of invalid token type")
	}
	return enc.failed()
}

// balanced tells whether each < of a directive has its >.
func balanced(dir Directive) bool {
	depth, quote, comment := 0, byte(0), false
	for i, c := range dir {
		switch {
		case comment:
			comment = c != '>' || !bytes.HasSuffix(dir[:i+1], []byte("-->"))
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == '<':
			if rest := dir[i:]; len(rest) > len("<!--") && bytes.HasPrefix(rest, []byte("<!--")) {
				comment = true
			} else {
				depth++
			}
		case c == '>':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0 && quote == 0 && !comment
}

// Flush writes what waits to be written.
func (enc *Encoder) Flush() error { return enc.out.Flush() }

// Close flushes, and looks whether all elements have their ends.
func (enc *Encoder) Close() error {
	if enc.closed {
		return nil
	}
	enc.closed = true
	if err := enc.out.Flush(); err != nil {
		return err
	}
	if n := len(enc.open); n > 0 {
		return fmt.Errorf("unclosed tag <%s>", enc.open[n-1].Local)
	}
	return nil
}

// text is where an Encoder's text goes: nowhere once there is an error.
type text Encoder

func (enc *text) Write(p []byte) (n int, err error) {
	if enc.closed && enc.err == nil {
		enc.err = errors.New("use of closed Encoder")
	}
	if enc.err == nil {
		n, enc.err = enc.out.Write(p)
	}
	return n, enc.err
}

func (enc *Encoder) put(texts ...string) {
	for _, s := range texts {
		if enc.closed || enc.err != nil {
			(*text)(enc).Write(nil)
		} else {
			_, enc.err = enc.out.WriteString(s)
		}
	}
}

// failed is the error of writing, if there was one.
func (enc *Encoder) failed() error {
	_, err := (*text)(enc).Write(nil)
	return err
}

// line begins a new line for the start (1) or end (-1) of an element, or for a comment.
func (enc *Encoder) line(change int) {
	if enc.prefix == "" && enc.indent == "" {
		return
	}
	if change < 0 {
		enc.depth--
		empty := enc.justBegun
		enc.justBegun = false
		if empty {
			return
		}
	}
	if enc.written {
		enc.put("\n")
	}
	enc.written = true
	enc.put(enc.prefix, strings.Repeat(enc.indent, enc.depth))
	if change > 0 {
		enc.depth++
		enc.justBegun = true
	}
}

func (enc *Encoder) begin(e *StartElement) error {
	if e.Name.Local == "" {
		return errors.New("xml: start tag with no name")
	}
	enc.open = append(enc.open, e.Name)
	enc.prefixes = append(enc.prefixes, spacePrefix{})
	enc.line(1)
	enc.put("<", e.Name.Local)
	if e.Name.Space != "" {
		enc.put(` xmlns="`)
		escape((*text)(enc), []byte(e.Name.Space), true)
		enc.put(`"`)
	}
	for _, a := range e.Attr {
		if a.Name.Local == "" {
			continue
		}
		enc.put(" ")
		if a.Name.Space != "" {
			enc.put(enc.prefixOf(a.Name.Space), ":")
		}
		enc.put(a.Name.Local, `="`)
		escape((*text)(enc), []byte(a.Value), true)
		enc.put(`"`)
	}
	enc.put(">")
	return nil
}

// named is what a prefix stands for, "" if nothing.
func (enc *Encoder) named(prefix string) string {
	for _, p := range enc.prefixes {
		if p.prefix == prefix {
			return p.url
		}
	}
	return ""
}

// prefixOf returns the prefix of a name space, and declares one if it has none.
func (enc *Encoder) prefixOf(url string) string {
	for _, p := range enc.prefixes {
		if p.url == url {
			return p.prefix
		}
	}
	if url == xmlSpace {
		return xmlPrefix
	}
	prefix := strings.TrimRight(url, "/")
	prefix = prefix[strings.LastIndex(prefix, "/")+1:]
	if !isName(prefix) || strings.Contains(prefix, ":") {
		prefix = "_"
	}
	if len(prefix) >= 3 && strings.EqualFold(prefix[:3], "xml") {
		prefix = "_" + prefix
	}
	if enc.named(prefix) != "" {
		for base := prefix; enc.named(prefix) != ""; {
			enc.number++
			prefix = base + "_" + strconv.Itoa(enc.number)
		}
	}
	enc.prefixes = append(enc.prefixes, spacePrefix{prefix, url})
	enc.put("xmlns:", prefix, `="`)
	escape((*text)(enc), []byte(url), true)
	enc.put(`" `)
	return prefix
}

func (enc *Encoder) end(name Name) error {
	if name.Local == "" {
		return errors.New("xml: end tag with no name")
	}
	n := len(enc.open) - 1
	if n < 0 || enc.open[n].Local == "" {
		return fmt.Errorf("xml: end tag </%s> without start tag", name.Local)
	}
	switch top := enc.open[n]; {
	case top.Local != name.Local:
		return fmt.Errorf("xml: end tag </%s> does not match start tag <%s>", name.Local, top.Local)
	case top.Space != name.Space:
		return fmt.Errorf("xml: end tag </%s> in namespace %s does not match start tag <%s> in namespace %s", name.Local, name.Space, top.Local, top.Space)
	}
	enc.open = enc.open[:n]
	enc.line(-1)
	enc.put("</", name.Local, ">")
	for n := len(enc.prefixes) - 1; n >= 0; n-- {
		last := enc.prefixes[n]
		enc.prefixes = enc.prefixes[:n]
		if last.prefix == "" {
			break
		}
	}
	return nil
}

// EscapeText writes text with references for characters that have a meaning.
func EscapeText(w io.Writer, s []byte) error { return escape(w, s, true) }

// Escape is EscapeText without the error.
func Escape(w io.Writer, s []byte) { escape(w, s, true) }

func escape(w io.Writer, text []byte, newlines bool) error {
	from := 0
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		as := ""
		switch c {
		case '"':
			as = "&#34;"
		case '\'':
			as = "&#39;"
		case '&':
			as = "&amp;"
		case '<':
			as = "&lt;"
		case '>':
			as = "&gt;"
		case '\t':
			as = "&#x9;"
		case '\r':
			as = "&#xD;"
		case '\n':
			if newlines {
				as = "&#xA;"
			}
		default:
			if !allowed(c) || c == utf8.RuneError && size == 1 {
				as = "\uFFFD"
			}
		}
		if as != "" {
			if _, err := w.Write(text[from:i]); err != nil {
				return err
			}
			if _, err := w.Write([]byte(as)); err != nil {
				return err
			}
			from = i + size
		}
		i += size
	}
	_, err := w.Write(text[from:])
	return err
}

// cdata writes text as a CDATA section, or as several if it has the mark of the end.
func cdata(w io.Writer, text []byte) error {
	if len(text) == 0 {
		return nil
	}
	_, err := io.WriteString(w, "<![CDATA["+strings.ReplaceAll(string(text), "]]>", "]]]]><![CDATA[>")+"]]>")
	return err
}
