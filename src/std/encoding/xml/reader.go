package xml

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Decoder reads tokens and values.
type Decoder struct {
	Strict        bool
	AutoClose     []string
	Entity        map[string]string
	CharsetReader func(charset string, input io.Reader) (io.Reader, error)
	DefaultSpace  string

	in        io.ByteReader
	tokens    TokenReader // instead of in
	text      bytes.Buffer
	kept      *bytes.Buffer // all that is read, for fields with the inner text
	open      []scope
	depth     int
	closes    bool // the next token ends an element that was begun and ended in one
	closing   Name
	held      Token // comes next
	back      int   // a byte that comes next, -1 if none does
	spaces    map[string]string
	err       error
	line      int
	lineStart int64
	offset    int64
	byUser    bool // UnmarshalXML is called
}

// NewDecoder returns a Decoder of what r has.
func NewDecoder(r io.Reader) *Decoder {
	d := fresh()
	d.from(r)
	return d
}

// NewTokenDecoder returns a Decoder of tokens.
func NewTokenDecoder(t TokenReader) *Decoder {
	if d, ok := t.(*Decoder); ok {
		return d
	}
	d := fresh()
	d.tokens = t
	return d
}

func fresh() *Decoder { return &Decoder{Strict: true, spaces: map[string]string{}, back: -1, line: 1} }

func (d *Decoder) from(r io.Reader) {
	in, ok := r.(io.ByteReader)
	if !ok {
		in = bufio.NewReader(r)
	}
	d.in = in
}

// InputOffset returns how many bytes the tokens had so far.
func (d *Decoder) InputOffset() int64 { return d.offset }

// InputPos returns where the last token ended.
func (d *Decoder) InputPos() (line, column int) { return d.line, int(d.offset-d.lineStart) + 1 }

func (d *Decoder) syntax(msg string) error { return &SyntaxError{Msg: msg, Line: d.line} }

// wrong notes a mistake, if there is none yet.
func (d *Decoder) wrong(msg string) {
	if d.err == nil {
		d.err = d.syntax(msg)
	}
}

// next reads a byte.
func (d *Decoder) next() (c byte, ok bool) {
	switch {
	case d.err != nil:
		return 0, false
	case d.back >= 0:
		c, d.back = byte(d.back), -1
	default:
		if c, d.err = d.in.ReadByte(); d.err != nil {
			return 0, false
		}
		if d.kept != nil {
			d.kept.WriteByte(c)
		}
	}
	d.offset++
	if c == '\n' {
		d.line++
		d.lineStart = d.offset
	}
	return c, true
}

// need is next where the text can't end.
func (d *Decoder) need() (c byte, ok bool) {
	c, ok = d.next()
	if !ok && d.err == io.EOF {
		d.err = d.syntax("unexpected EOF")
	}
	return c, ok
}

// unread makes c the next byte again.
func (d *Decoder) unread(c byte) {
	d.back = int(c)
	d.offset--
	if c == '\n' {
		d.line--
	}
}

// keptSoFar is how much was kept, without a byte that was read too early.
func (d *Decoder) keptSoFar() int {
	n := d.kept.Len()
	if d.back >= 0 {
		n--
	}
	return n
}

func (d *Decoder) skipSpace() {
	for {
		c, ok := d.next()
		if !ok {
			return
		}
		if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			d.unread(c)
			return
		}
	}
}

// RawToken is Token without name spaces, and without a look at whether ends belong to starts.
func (d *Decoder) RawToken() (Token, error) {
	if d.byUser {
		return nil, errors.New("xml: cannot use RawToken from UnmarshalXML method")
	}
	return d.raw()
}

func (d *Decoder) raw() (Token, error) {
	switch {
	case d.tokens != nil:
		return d.tokens.Token()
	case d.err != nil:
		return nil, d.err
	case d.closes:
		d.closes = false
		return EndElement{d.closing}, nil
	}
	t, ok := d.token()
	if !ok {
		return nil, d.err
	}
	return t, nil
}

func (d *Decoder) token() (Token, bool) {
	c, ok := d.next()
	if !ok {
		return nil, false
	}
	if c != '<' {
		d.unread(c)
		text, ok := d.chars(0)
		return CharData(text), ok
	}
	if c, ok = d.need(); !ok {
		return nil, false
	}
	switch c {
	case '/':
		return d.endTag()
	case '?':
		return d.instruction()
	case '!':
		return d.declaration()
	}
	d.unread(c)
	return d.startTag()
}

func (d *Decoder) endTag() (Token, bool) {
	name, ok := d.spacedName()
	if !ok {
		d.wrong("expected element name after </")
		return nil, false
	}
	d.skipSpace()
	c, ok := d.need()
	if ok && c != '>' {
		d.wrong("invalid characters between </" + name.Local + " and >")
		return nil, false
	}
	return EndElement{name}, ok
}

func (d *Decoder) instruction() (Token, bool) {
	target, ok := d.name()
	if !ok {
		d.wrong("expected target name after <?")
		return nil, false
	}
	d.skipSpace()
	text, ok := d.upTo("?>")
	if !ok {
		return nil, false
	}
	if target == "xml" && !d.declared(string(text)) {
		return nil, false
	}
	return ProcInst{target, text}, true
}

// upTo reads up to a mark, which is taken.
func (d *Decoder) upTo(mark string) ([]byte, bool) {
	d.text.Reset()
	for {
		c, ok := d.need()
		if !ok {
			return nil, false
		}
		d.text.WriteByte(c)
		if text := d.text.Bytes(); bytes.HasSuffix(text, []byte(mark)) {
			return text[:len(text)-len(mark)], true
		}
	}
}

// declared looks at what the first instruction says of the text.
func (d *Decoder) declared(says string) bool {
	if version := said("version", says); version != "" && version != "1.0" {
		d.err = fmt.Errorf("xml: unsupported version %q; only version 1.0 is supported", version)
		return false
	}
	charset := said("encoding", says)
	if charset == "" || strings.EqualFold(charset, "utf-8") {
		return true
	}
	if d.CharsetReader == nil {
		d.err = fmt.Errorf("xml: encoding %q declared but Decoder.CharsetReader is nil", charset)
		return false
	}
	in, err := d.CharsetReader(charset, d.in.(io.Reader))
	if err != nil {
		d.err = fmt.Errorf("xml: opening charset %q: %w", charset, err)
		return false
	}
	if in == nil {
		panic("CharsetReader returned a nil Reader for charset " + charset)
	}
	d.from(in)
	return true
}

func (d *Decoder) declaration() (Token, bool) {
	c, ok := d.need()
	if !ok {
		return nil, false
	}
	switch c {
	case '-':
		return d.comment()
	case '[':
		for _, want := range []byte("CDATA[") {
			if c, ok = d.need(); !ok {
				return nil, false
			}
			if c != want {
				d.wrong("invalid <![ sequence")
				return nil, false
			}
		}
		text, ok := d.chars(inCDATA)
		return CharData(text), ok
	}
	return d.directive(c)
}

func (d *Decoder) comment() (Token, bool) {
	c, ok := d.need()
	if ok && c != '-' {
		d.wrong("invalid sequence <!- not part of <!--")
		ok = false
	}
	if !ok {
		return nil, false
	}
	text, ok := d.upTo("--")
	if !ok {
		return nil, false
	}
	if c, ok = d.need(); ok && c != '>' {
		d.wrong(`invalid sequence "--" not allowed in comments`)
		ok = false
	}
	return Comment(text), ok
}

// directive reads a directive, which may have others inside. Comments in it become a space.
func (d *Decoder) directive(first byte) (Token, bool) {
	d.text.Reset()
	d.text.WriteByte(first)
	quote, depth, comment := byte(0), 0, 0 // as much of <!-- as is read
	for {
		c, ok := d.need()
		if !ok {
			return nil, false
		}
		if comment > 0 {
			if c == "<!--"[comment] {
				if comment++; comment < len("<!--") {
					continue
				}
				d.text.Truncate(d.text.Len() - 1)
				if !d.passComment() {
					return nil, false
				}
				d.text.WriteByte(' ')
				comment = 0
				continue
			}
			d.text.WriteString("!--"[:comment-1])
			depth++
			comment = 0
		} else if c == '>' && quote == 0 && depth == 0 {
			return Directive(d.text.Bytes()), true
		}
		d.text.WriteByte(c)
		switch {
		case c == quote:
			quote = 0
		case quote != 0:
		case c == '\'' || c == '"':
			quote = c
		case c == '>':
			depth--
		case c == '<':
			comment = 1
		}
	}
}

// passComment reads the rest of a comment in a directive.
func (d *Decoder) passComment() bool {
	for dashes := 0; ; {
		c, ok := d.need()
		switch {
		case !ok:
			return false
		case c == '-':
			dashes++
		case c == '>' && dashes >= 2:
			return true
		default:
			dashes = 0
		}
	}
}

func (d *Decoder) startTag() (Token, bool) {
	name, ok := d.spacedName()
	if !ok {
		d.wrong("expected element name after <")
		return nil, false
	}
	attrs := []Attr{}
	for {
		d.skipSpace()
		c, ok := d.need()
		switch {
		case !ok:
			return nil, false
		case c == '>':
			return StartElement{name, attrs}, true
		case c == '/':
			if c, ok = d.need(); ok && c != '>' {
				d.wrong("expected /> in element")
				ok = false
			}
			d.closes, d.closing = ok, name
			return StartElement{name, attrs}, ok
		}
		d.unread(c)
		a, ok := d.attr()
		if !ok {
			return nil, false
		}
		attrs = append(attrs, a)
	}
}

func (d *Decoder) attr() (a Attr, ok bool) {
	if a.Name, ok = d.spacedName(); !ok {
		d.wrong("expected attribute name in element")
		return a, false
	}
	d.skipSpace()
	c, ok := d.need()
	if !ok {
		return a, false
	}
	if c != '=' {
		if d.Strict {
			d.wrong("attribute name without = in element")
			return a, false
		}
		d.unread(c)
		a.Value = a.Name.Local
		return a, true
	}
	d.skipSpace()
	if c, ok = d.need(); !ok {
		return a, false
	}
	if c == '"' || c == '\'' {
		value, ok := d.chars(int(c))
		a.Value = string(value)
		return a, ok
	}
	if d.Strict {
		d.wrong("unquoted or missing attribute value in element")
		return a, false
	}
	for ok && nameByte(c) && c != '.' {
		a.Value += string(c)
		c, ok = d.need()
	}
	if ok {
		d.unread(c)
	}
	return a, ok
}

// inCDATA is what chars is given for text in which nothing has a meaning.
const inCDATA = -1

// chars reads text: up to a <, to a quote, or to the end of a CDATA section.
func (d *Decoder) chars(quote int) ([]byte, bool) {
	d.text.Reset()
	var before [2]byte
	end := 0
read:
	for {
		c, ok := d.next()
		switch {
		case !ok:
			if quote == inCDATA {
				if d.err == io.EOF {
					d.err = d.syntax("unexpected EOF in CDATA section")
				}
				return nil, false
			}
			break read
		case quote <= 0 && c == '>' && before == [2]byte{']', ']'}:
			if quote == inCDATA {
				end = 2
				break read
			}
			d.wrong("unescaped ]]> not in CDATA section")
			return nil, false
		case c == '<' && quote == 0:
			d.unread(c)
			break read
		case c == '<' && quote > 0:
			d.wrong("unescaped < inside quoted string")
			return nil, false
		case quote > 0 && int(c) == quote:
			break read
		case c == '&' && quote != inCDATA:
			if !d.reference() {
				return nil, false
			}
			before = [2]byte{}
			continue
		case c == '\r':
			d.text.WriteByte('\n')
		case c == '\n' && before[1] == '\r':
		default:
			d.text.WriteByte(c)
		}
		before = [2]byte{before[1], c}
	}
	text := d.text.Bytes()
	text = text[:len(text)-end]
	for left := text; len(left) > 0; {
		c, size := utf8.DecodeRune(left)
		if c == utf8.RuneError && size == 1 {
			d.err = d.syntax("invalid UTF-8")
			return nil, false
		}
		if !allowed(c) {
			d.err = d.syntax(fmt.Sprintf("illegal character code %U", c))
			return nil, false
		}
		left = left[size:]
	}
	return text, true
}

// reference reads what follows a &, and writes what it stands for.
func (d *Decoder) reference() bool {
	from := d.text.Len()
	d.text.WriteByte('&')
	c, ok := d.need()
	if !ok {
		return false
	}
	text, found := "", false
	if c == '#' {
		d.text.WriteByte(c)
		text, found, ok = d.numbered()
	} else {
		d.unread(c)
		text, found, ok = d.named(from + 1)
	}
	if !ok {
		return false
	}
	if found {
		d.text.Truncate(from)
		d.text.WriteString(text)
		return true
	}
	if !d.Strict {
		return true
	}
	said := string(d.text.Bytes()[from:])
	if !strings.HasSuffix(said, ";") {
		said += " (no semicolon)"
	}
	d.wrong("invalid character entity " + said)
	return false
}

// numbered reads a reference by number.
func (d *Decoder) numbered() (text string, found, ok bool) {
	base := 10
	c, ok := d.need()
	if ok && c == 'x' {
		base = 16
		d.text.WriteByte(c)
		c, ok = d.need()
	}
	from := d.text.Len()
	for ok && ('0' <= c && c <= '9' || base == 16 && ('a' <= c && c <= 'f' || 'A' <= c && c <= 'F')) {
		d.text.WriteByte(c)
		c, ok = d.need()
	}
	if !ok {
		return "", false, false
	}
	if c != ';' {
		d.unread(c)
		return "", false, true
	}
	n, err := strconv.ParseUint(string(d.text.Bytes()[from:]), base, 64)
	d.text.WriteByte(c)
	if err != nil || n > utf8.MaxRune {
		return "", false, true
	}
	return string(rune(n)), true, true
}

// named reads a reference by name, which begins at from.
func (d *Decoder) named(from int) (text string, found, ok bool) {
	if !d.takeName() && d.err != nil {
		return "", false, false
	}
	c, ok := d.need()
	if !ok {
		return "", false, false
	}
	if c != ';' {
		d.unread(c)
		return "", false, true
	}
	name := string(d.text.Bytes()[from:])
	d.text.WriteByte(c)
	if !isName(name) {
		return "", false, true
	}
	if text, found = entity(name); !found {
		text, found = d.Entity[name]
	}
	return text, found, true
}

// spacedName reads a name that may have a prefix.
func (d *Decoder) spacedName() (name Name, ok bool) {
	text, ok := d.name()
	if !ok || strings.Count(text, ":") > 1 {
		return name, false
	}
	if space, local, found := strings.Cut(text, ":"); found && space != "" && local != "" {
		return Name{space, local}, true
	}
	return Name{Local: text}, true
}

func (d *Decoder) name() (text string, ok bool) {
	d.text.Reset()
	if !d.takeName() {
		return "", false
	}
	if text = d.text.String(); !isName(text) {
		d.wrong("invalid XML name: " + text)
		return "", false
	}
	return text, true
}

// takeName writes the bytes of a name to text.
func (d *Decoder) takeName() bool {
	for n := 0; ; n++ {
		c, ok := d.need()
		if !ok {
			return false
		}
		if c < utf8.RuneSelf && !nameByte(c) {
			d.unread(c)
			return n > 0
		}
		d.text.WriteByte(c)
	}
}

// said is what an instruction says of something: name="value".
func said(name, text string) string {
	for {
		_, rest, found := strings.Cut(text, name+"=")
		if !found || rest == "" {
			return ""
		}
		if text = rest[1:]; rest[0] == '\'' || rest[0] == '"' {
			if value, _, closed := strings.Cut(text, rest[:1]); closed {
				return value
			}
			return ""
		}
	}
}
