package json

import (
	"bytes"
	"io"
)

// Decoder reads values from a reader.
type Decoder struct {
	from   io.Reader
	buf    []byte
	at     int   // next byte of buf
	before int64 // bytes that were read and are not in buf any more
	err    error
	number bool
	known  bool
	state  int
	stack  []int
	_      [64]byte
}

// NewDecoder returns a Decoder of in.
func NewDecoder(in io.Reader) *Decoder { return &Decoder{from: in} }

// UseNumber makes numbers in interfaces Numbers.
func (in *Decoder) UseNumber() { in.number = true }

// DisallowUnknownFields makes keys without a field errors.
func (in *Decoder) DisallowUnknownFields() { in.known = true }

// Buffered returns what was read and not used.
func (in *Decoder) Buffered() io.Reader { return bytes.NewReader(in.buf[in.at:]) }

// InputOffset is how far values have been read.
func (in *Decoder) InputOffset() int64 { return in.before + int64(in.at) }

// more reads from the reader; an error if there is nothing more.
func (in *Decoder) more() error {
	if in.at > 0 {
		in.before += int64(in.at)
		in.buf = append(in.buf[:0], in.buf[in.at:]...)
		in.at = 0
	}
	if cap(in.buf)-len(in.buf) < 512 {
		in.buf = append(make([]byte, 0, 2*cap(in.buf)+512), in.buf...)
	}
	n, err := in.from.Read(in.buf[len(in.buf):cap(in.buf)])
	in.buf = in.buf[:len(in.buf)+n]
	return err
}

// peek returns the next byte that is no blank.
func (in *Decoder) peek() (byte, error) {
	var err error
	for {
		for ; in.at < len(in.buf); in.at++ {
			if c := in.buf[in.at]; !isBlank(c) {
				return c, nil
			}
		}
		if err != nil {
			return 0, err
		}
		err = in.more()
	}
}

// whole makes sure that the next value is in the buffer and returns where it ends.
func (in *Decoder) whole() (end int, err error) {
	var readErr error
	for {
		t := &text{data: in.buf}
		start := t.space(in.at)
		end, ok := t.value(start)
		switch {
		case ok && (!t.short || readErr != nil):
			return end, nil
		case !ok && !t.short:
			t.fault.Offset += in.before
			return 0, t.fault
		case readErr == io.EOF && start >= len(in.buf):
			return 0, io.EOF
		case readErr == io.EOF:
			return 0, io.ErrUnexpectedEOF
		case readErr != nil:
			return 0, readErr
		}
		readErr = in.more()
	}
}

// Decode reads the next value into what v points to.
func (in *Decoder) Decode(v any) error {
	if in.err != nil {
		return in.err
	}
	if err := in.beforeValue(); err != nil {
		return err
	}
	if !in.valueAllowed() {
		return &SyntaxError{"not at beginning of value", in.InputOffset()}
	}
	end, err := in.whole()
	if err != nil {
		in.err = err
		return err
	}
	d := &decodeState{data: in.buf[in.at:end], useNumber: in.number, knownOnly: in.known}
	in.at = end
	err = d.into(v)
	in.afterValue()
	return err
}

// Token is a Delim, bool, float64, Number, string or nil.
type Token any

// Delim is a bracket.
type Delim rune

func (d Delim) String() string { return string(d) }

// Where Token stands.
const (
	top = iota
	arrayStart
	arrayValue
	arrayComma
	objectStart
	objectKey
	objectColon
	objectValue
	objectComma
)

// beforeValue goes over the comma or colon before a value.
func (in *Decoder) beforeValue() error {
	switch in.state {
	case arrayComma:
		c, err := in.peek()
		if err != nil {
			return err
		}
		if c != ',' {
			return &SyntaxError{"expected comma after array element", in.InputOffset()}
		}
		in.at++
		in.state = arrayValue
	case objectColon:
		c, err := in.peek()
		if err != nil {
			return err
		}
		if c != ':' {
			return &SyntaxError{"expected colon after object key", in.InputOffset()}
		}
		in.at++
		in.state = objectValue
	}
	return nil
}

func (in *Decoder) afterValue() {
	switch in.state {
	case arrayStart, arrayValue:
		in.state = arrayComma
	case objectValue:
		in.state = objectComma
	}
}

func (in *Decoder) valueAllowed() bool {
	switch in.state {
	case top, arrayStart, arrayValue, objectValue:
		return true
	}
	return false
}

func (in *Decoder) open(char byte, state int) (Token, error) {
	in.at++
	in.stack = append(in.stack, in.state)
	in.state = state
	return Delim(char), nil
}

func (in *Decoder) closeBracket(char byte) (Token, error) {
	in.at++
	in.state = in.stack[len(in.stack)-1]
	in.stack = in.stack[:len(in.stack)-1]
	in.afterValue()
	return Delim(char), nil
}

// Token returns the next token; brackets are matched.
func (in *Decoder) Token() (Token, error) {
	for {
		c, err := in.peek()
		if err != nil {
			return nil, err
		}
		switch {
		case c == '[' && in.valueAllowed():
			return in.open(c, arrayStart)
		case c == ']' && (in.state == arrayStart || in.state == arrayComma):
			return in.closeBracket(c)
		case c == '{' && in.valueAllowed():
			return in.open(c, objectStart)
		case c == '}' && (in.state == objectStart || in.state == objectComma):
			return in.closeBracket(c)
		case c == ':' && in.state == objectColon:
			in.at++
			in.state = objectValue
			continue
		case c == ',' && in.state == arrayComma:
			in.at++
			in.state = arrayValue
			continue
		case c == ',' && in.state == objectComma:
			in.at++
			in.state = objectKey
			continue
		case c == '"' && (in.state == objectStart || in.state == objectKey):
			before := in.state
			in.state = top
			var key string
			err := in.Decode(&key)
			in.state = before
			if err != nil {
				return nil, err
			}
			in.state = objectColon
			return key, nil
		case !in.valueAllowed() || c == ']' || c == '}' || c == ':' || c == ',':
			return nil, in.wrongToken(c)
		}
		var x any
		if err := in.Decode(&x); err != nil {
			return nil, err
		}
		return x, nil
	}
}

func (in *Decoder) wrongToken(char byte) error {
	where := " looking for beginning of value"
	switch in.state {
	case arrayComma:
		where = " after array element"
	case objectStart:
		where = ""
	case objectKey:
		where = " looking for beginning of object key string"
	case objectColon:
		where = " after object key"
	case objectComma:
		where = " after object key:value pair"
	}
	return &SyntaxError{"invalid character " + quoteChar(char) + where, in.InputOffset()}
}

// More reports whether the array or object has another element.
func (in *Decoder) More() bool {
	c, err := in.peek()
	return err == nil && c != ']' && c != '}'
}

// Encoder writes values to a writer, a line each.
type Encoder struct {
	to     io.Writer
	err    error
	escape bool
	prefix string
	indent string
	_      [24]byte
}

// NewEncoder returns an Encoder to out.
func NewEncoder(out io.Writer) *Encoder { return &Encoder{to: out, escape: true} }

// SetIndent makes it write several lines a value.
func (out *Encoder) SetIndent(head, indent string) { out.prefix, out.indent = head, indent }

// SetEscapeHTML sets whether <, > and & are escaped.
func (out *Encoder) SetEscapeHTML(on bool) { out.escape = on }

// Encode writes v.
func (out *Encoder) Encode(v any) error {
	if out.err != nil {
		return out.err
	}
	state, err := encodeAll(v, out.escape)
	if err != nil {
		return err
	}
	defer idle.Put(state)
	b := state.out
	if out.prefix != "" || out.indent != "" {
		if b, err = appendIndent(nil, b, out.prefix, out.indent); err != nil {
			return err
		}
	}
	b = append(b, '\n')
	if out.prefix == "" && out.indent == "" {
		state.out = b
	}
	if _, err = out.to.Write(b); err != nil {
		out.err = err
	}
	return err
}
