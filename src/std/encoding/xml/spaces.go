package xml

import (
	"io"
	"strings"
)

// scope is an element that is open, a name space that was hidden by one of an element, or the end of what UnmarshalXML may read.
type scope struct {
	kind   int
	name   Name // of a hidden name space: its prefix and URL
	hidden bool // there was one
}

const (
	element = iota
	space
	limit
)

func (d *Decoder) top() *scope {
	if len(d.open) == 0 {
		return nil
	}
	return &d.open[len(d.open)-1]
}

func (d *Decoder) push(s scope) {
	if s.kind == element {
		d.depth++
	}
	d.open = append(d.open, s)
}

func (d *Decoder) pop() {
	if d.top().kind == element {
		d.depth--
	}
	d.open = d.open[:len(d.open)-1]
}

// pushLimit lets tokens end with the element that was begun last.
func (d *Decoder) pushLimit() {
	at := len(d.open) - 1
	for d.open[at].kind != element {
		at--
	}
	for at > 0 && d.open[at-1].kind == space {
		at--
	}
	d.open = append(d.open, scope{})
	copy(d.open[at+1:], d.open[at:])
	d.open[at] = scope{kind: limit}
}

// popLimit takes the limit away; it tells whether all up to it was read.
func (d *Decoder) popLimit() bool {
	if top := d.top(); top == nil || top.kind != limit {
		return false
	}
	d.pop()
	return true
}

// Token returns the next token, with name spaces as URLs; at the end nil and io.EOF.
func (d *Decoder) Token() (Token, error) {
	if top := d.top(); top != nil && top.kind == limit {
		return nil, io.EOF
	}
	t := d.held
	d.held = nil
	if t == nil {
		var err error
		if t, err = d.raw(); t == nil && err != nil {
			if err == io.EOF && len(d.open) > 0 {
				err = d.syntax("unexpected EOF")
			}
			return nil, err
		}
	}
	if end, ok := d.autoEnd(t); ok {
		d.held, t = t, end
	}
	switch t := t.(type) {
	case StartElement:
		return d.begin(t), nil
	case EndElement:
		if !d.end(&t) {
			return nil, d.err
		}
		return t, nil
	}
	return t, nil
}

// autoEnd ends an element that needs no end, if t doesn't.
func (d *Decoder) autoEnd(t Token) (end EndElement, ok bool) {
	top := d.top()
	if d.Strict || top == nil || top.kind != element {
		return end, false
	}
	for _, name := range d.AutoClose {
		if strings.EqualFold(name, top.name.Local) {
			e, ends := t.(EndElement)
			return EndElement{top.name}, !ends || !strings.EqualFold(e.Name.Local, top.name.Local)
		}
	}
	return end, false
}

func (d *Decoder) begin(e StartElement) StartElement {
	for _, a := range e.Attr {
		if a.Name.Space == spacesPrefix {
			d.declare(a.Name.Local, a.Value)
		} else if a.Name == (Name{Local: spacesPrefix}) {
			d.declare("", a.Value)
		}
	}
	d.push(scope{kind: element, name: e.Name})
	d.resolve(&e.Name, true)
	for i := range e.Attr {
		d.resolve(&e.Attr[i].Name, false)
	}
	return e
}

// declare gives a prefix another name space.
func (d *Decoder) declare(prefix, url string) {
	old, hidden := d.spaces[prefix]
	d.push(scope{space, Name{old, prefix}, hidden})
	d.spaces[prefix] = url
}

// resolve puts the name space in the place of its prefix. Only elements are in the default one.
func (d *Decoder) resolve(n *Name, isElement bool) {
	switch {
	case n.Space == spacesPrefix, n.Space == "" && (!isElement || n.Local == spacesPrefix):
		return
	case n.Space == xmlPrefix:
		n.Space = xmlSpace
	}
	if url, ok := d.spaces[n.Space]; ok {
		n.Space = url
	} else if n.Space == "" {
		n.Space = d.DefaultSpace
	}
}

// end ends the last element, which has to be that of t.
func (d *Decoder) end(t *EndElement) bool {
	top := d.top()
	if top == nil || top.kind != element {
		if top != nil {
			d.pop()
		}
		d.err = d.syntax("unexpected end element </" + t.Name.Local + ">")
		return false
	}
	began := top.name
	d.pop()
	if began.Local != t.Name.Local {
		if !d.Strict {
			d.closes, d.closing = true, t.Name
			t.Name = began
			return true
		}
		d.err = d.syntax("element <" + began.Local + "> closed by </" + t.Name.Local + ">")
		return false
	}
	if began.Space != t.Name.Space {
		in := t.Name.Space
		if in == "" {
			in = `""`
		}
		d.err = d.syntax("element <" + began.Local + "> in space " + began.Space + " closed by </" + t.Name.Local + "> in space " + in)
		return false
	}
	d.resolve(&t.Name, true)
	for top := d.top(); top != nil && top.kind == space; top = d.top() {
		if top.hidden {
			d.spaces[top.name.Local] = top.name.Space
		} else {
			delete(d.spaces, top.name.Local)
		}
		d.pop()
	}
	return true
}

// Skip reads up to the end of the element that was begun last.
func (d *Decoder) Skip() error {
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t.(type) {
		case StartElement:
			depth++
		case EndElement:
			depth--
		}
	}
	return nil
}
