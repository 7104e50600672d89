package xml

import (
	"bytes"
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Unmarshaler reads itself from an element.
type Unmarshaler interface {
	UnmarshalXML(d *Decoder, start StartElement) error
}

// UnmarshalerAttr reads itself from an attribute.
type UnmarshalerAttr interface {
	UnmarshalXMLAttr(attr Attr) error
}

// UnmarshalError says that an element isn't the one that was asked for.
type UnmarshalError string

func (e UnmarshalError) Error() string { return string(e) }

// Unmarshal reads an element into what v points to.
func Unmarshal(data []byte, v any) error { return NewDecoder(bytes.NewReader(data)).Decode(v) }

// Decode reads the next element into what v points to.
func (d *Decoder) Decode(v any) error { return d.DecodeElement(v, nil) }

// DecodeElement is Decode for an element whose start is read already.
func (d *Decoder) DecodeElement(v any, start *StartElement) error {
	p := reflect.ValueOf(v)
	if p.Kind() != reflect.Pointer {
		return errors.New("non-pointer passed to Unmarshal")
	}
	if p.IsNil() {
		return errors.New("nil pointer passed to Unmarshal")
	}
	return d.element(p.Elem(), start)
}

// pointed goes through a pointer, which is made if there is none.
func pointed(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Pointer {
		return v
	}
	if v.IsNil() {
		v.Set(reflect.New(v.Type().Elem()))
	}
	return v.Elem()
}

// element reads an element into v.
func (d *Decoder) element(v reflect.Value, start *StartElement) error {
	if d.depth > 10000 {
		return errors.New("exceeded max depth")
	}
	for start == nil {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if s, ok := t.(StartElement); ok {
			start = &s
		}
	}
	if v.Kind() == reflect.Interface && !v.IsNil() {
		if p := v.Elem(); p.Kind() == reflect.Pointer && !p.IsNil() {
			v = p
		}
	}
	v = pointed(v)
	if u, _, ok := as[Unmarshaler](v); ok {
		return d.byMethod(u, start)
	}
	if u, _, ok := as[encoding.TextUnmarshaler](v); ok {
		return d.byText(u)
	}
	p := &parts{}
	switch v.Kind() {
	case reflect.Interface:
		return d.Skip()
	case reflect.Slice:
		if !isBytes(v.Type()) {
			return another(v, func(e reflect.Value) error { return d.element(e, start) })
		}
		p.text = v
	case reflect.Struct:
		if v.Type() == nameType {
			v.Set(reflect.ValueOf(start.Name))
			break
		}
		if err := d.structure(p, v, start); err != nil {
			return err
		}
	case reflect.Bool, reflect.Float32, reflect.Float64, reflect.String,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.text = v
	default:
		return errors.New("unknown type " + v.Type().String())
	}
	if err := d.content(p); err != nil {
		return err
	}
	return p.store()
}

// another reads one more element of a slice.
func another(v reflect.Value, read func(reflect.Value) error) error {
	n := v.Len()
	v.Grow(1)
	v.SetLen(n + 1)
	err := read(v.Index(n))
	if err != nil {
		v.SetLen(n)
	}
	return err
}

// typeName names a type before a method.
func typeName(v any) string {
	t := reflect.TypeOf(v)
	if t.Name() == "" {
		return "(" + t.String() + ")"
	}
	return t.String()
}

func (d *Decoder) byMethod(u Unmarshaler, start *StartElement) error {
	d.pushLimit()
	before := d.byUser
	d.byUser = true
	defer func() { d.byUser = before }()
	if err := u.UnmarshalXML(d, *start); err != nil {
		d.popLimit()
		return err
	}
	if !d.popLimit() {
		return fmt.Errorf("xml: %s.UnmarshalXML did not consume entire <%s> element", typeName(u), start.Name.Local)
	}
	return nil
}

// byText reads the text of an element, without that of elements in it.
func (d *Decoder) byText(u encoding.TextUnmarshaler) error {
	var text []byte
	for depth := 1; depth > 0; {
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case StartElement:
			depth++
		case EndElement:
			depth--
		case CharData:
			if depth == 1 {
				text = append(text, t...)
			}
		}
	}
	return u.UnmarshalText(text)
}

// parts is where the parts of an element go.
type parts struct {
	layout               *layout
	whole                reflect.Value // the struct
	text, comment, inner reflect.Value
	any                  reflect.Value
	chars, remarks       []byte
	innerFrom            int
	innerText            []byte
}

// structure takes the name and the attributes, and finds out where all else goes.
func (d *Decoder) structure(p *parts, v reflect.Value, start *StartElement) (err error) {
	p.whole = v
	if p.layout, err = layoutOf(v.Type()); err != nil {
		return err
	}
	if err = p.layout.checkName(v, start.Name); err != nil {
		return err
	}
	for _, a := range start.Attr {
		if err := d.attribute(p, a); err != nil {
			return err
		}
	}
	for i := range p.layout.fields {
		f := &p.layout.fields[i]
		var to *reflect.Value
		switch f.is & modes {
		case isCDATA, isText:
			to = &p.text
		case isComment:
			to = &p.comment
		case isAny, isAny | isElement:
			to = &p.any
		case isInner:
			to = &p.inner
		}
		if to == nil || to.IsValid() {
			continue
		}
		*to = f.in(v, true)
		if to != &p.inner {
			continue
		}
		if d.kept == nil {
			d.kept = new(bytes.Buffer)
		} else {
			p.innerFrom = d.keptSoFar()
		}
	}
	return nil
}

func (l *layout) checkName(v reflect.Value, name Name) error {
	f := l.name
	if f == nil {
		return nil
	}
	if f.name != "" && f.name != name.Local {
		return UnmarshalError("expected element type <" + f.name + "> but have <" + name.Local + ">")
	}
	if f.space != "" && f.space != name.Space {
		have := name.Space
		if have == "" {
			have = "no name space"
		}
		return UnmarshalError("expected element <" + f.name + "> in name space " + f.space + " but have " + have)
	}
	if to := f.in(v, true); to.CanInterface() {
		if _, ok := to.Interface().(Name); ok {
			to.Set(reflect.ValueOf(name))
		}
	}
	return nil
}

// attribute takes an attribute.
func (d *Decoder) attribute(p *parts, a Attr) error {
	taken := false
	var other *field
	for i := range p.layout.fields {
		f := &p.layout.fields[i]
		switch f.is & modes {
		case isAttr:
			to := f.in(p.whole, true)
			if a.Name.Local == f.name && (f.space == "" || f.space == a.Name.Space) {
				if err := setAttr(to, a); err != nil {
					return err
				}
				taken = true
			}
		case isAny | isAttr:
			if other == nil {
				other = f
			}
		}
	}
	if taken || other == nil {
		return nil
	}
	return setAttr(other.in(p.whole, true), a)
}

func setAttr(v reflect.Value, a Attr) error {
	v = pointed(v)
	if u, _, ok := as[UnmarshalerAttr](v); ok {
		return u.UnmarshalXMLAttr(a)
	}
	if u, _, ok := as[encoding.TextUnmarshaler](v); ok {
		return u.UnmarshalText([]byte(a.Value))
	}
	if v.Kind() == reflect.Slice && !isBytes(v.Type()) {
		return another(v, func(e reflect.Value) error { return setAttr(e, a) })
	}
	if v.Type() == attrType {
		v.Set(reflect.ValueOf(a))
		return nil
	}
	return setText(v, []byte(a.Value))
}

// content reads up to the end of the element.
func (d *Decoder) content(p *parts) error {
	for {
		upTo := 0
		if p.inner.IsValid() {
			upTo = d.keptSoFar()
		}
		t, err := d.Token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case StartElement:
			if err := d.child(p, &t); err != nil {
				return err
			}
		case CharData:
			if p.text.IsValid() {
				p.chars = append(p.chars, t...)
			}
		case Comment:
			if p.comment.IsValid() {
				p.remarks = append(p.remarks, t...)
			}
		case EndElement:
			if p.inner.IsValid() {
				p.innerText = d.kept.Bytes()[p.innerFrom:upTo]
				if p.innerFrom == 0 {
					d.kept = nil
				}
			}
			return nil
		}
	}
}

func (d *Decoder) child(p *parts, start *StartElement) error {
	if p.whole.IsValid() {
		taken, err := d.path(p, nil, start)
		if err != nil || taken {
			return err
		}
		if p.any.IsValid() {
			return d.element(p.any, start)
		}
	}
	return d.Skip()
}

// path looks for a field that wants an element below above, or one below that.
func (d *Decoder) path(p *parts, above []string, start *StartElement) (taken bool, err error) {
	var deeper []string
	for i := range p.layout.fields {
		f := &p.layout.fields[i]
		n := len(above)
		if f.is&isElement == 0 || len(f.above) < n || f.space != "" && f.space != start.Name.Space {
			continue
		}
		if !equal(f.above[:n], above) {
			continue
		}
		if len(f.above) == n {
			if f.name == start.Name.Local {
				return true, d.element(f.in(p.whole, true), start)
			}
			continue
		}
		if f.above[n] == start.Name.Local {
			deeper = f.above[:n+1]
			break
		}
	}
	if deeper == nil {
		return false, nil
	}
	for {
		t, err := d.Token()
		if err != nil {
			return true, err
		}
		switch t := t.(type) {
		case StartElement:
			taken, err := d.path(p, deeper, &t)
			if err == nil && !taken {
				err = d.Skip()
			}
			if err != nil {
				return true, err
			}
		case EndElement:
			return true, nil
		}
	}
}

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// store puts text, comments and the inner text where they go.
func (p *parts) store() error {
	if p.text.IsValid() {
		if u, _, ok := as[encoding.TextUnmarshaler](p.text); ok {
			if err := u.UnmarshalText(p.chars); err != nil {
				return err
			}
		} else if err := setText(p.text, p.chars); err != nil {
			return err
		}
	}
	switch p.comment.Kind() {
	case reflect.String:
		p.comment.SetString(string(p.remarks))
	case reflect.Slice:
		p.comment.Set(reflect.ValueOf(p.remarks))
	}
	switch p.inner.Kind() {
	case reflect.String:
		p.inner.SetString(string(p.innerText))
	case reflect.Slice:
		if isBytes(p.inner.Type()) {
			p.inner.Set(reflect.ValueOf(p.innerText))
		}
	}
	return nil
}

// setText reads a value from text; none is the zero value.
func setText(v reflect.Value, text []byte) error {
	t := v.Type()
	v = pointed(v)
	trimmed := strings.TrimSpace(string(text))
	switch v.Kind() {
	case reflect.String:
		v.SetString(string(text))
		return nil
	case reflect.Slice:
		if text == nil || len(text) == 0 {
			text = []byte{}
		}
		v.SetBytes(text)
		return nil
	case reflect.Bool, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
	default:
		return errors.New("cannot unmarshal into " + t.String())
	}
	if len(text) == 0 {
		v.SetZero()
		return nil
	}
	switch v.Kind() {
	case reflect.Bool:
		b, err := strconv.ParseBool(trimmed)
		if err != nil {
			return err
		}
		v.SetBool(b)
	case reflect.Float32, reflect.Float64:
		f, err := strconv.ParseFloat(trimmed, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetFloat(f)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, err := strconv.ParseInt(trimmed, 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetInt(n)
	default:
		n, err := strconv.ParseUint(trimmed, 10, v.Type().Bits())
		if err != nil {
			return err
		}
		v.SetUint(n)
	}
	return nil
}
