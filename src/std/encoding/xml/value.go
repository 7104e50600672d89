package xml

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// value writes v as elements: named by start, by its type, or by the field that it is of.
func (enc *Encoder) value(v reflect.Value, of *field, start *StartElement) error {
	if start != nil && start.Name.Local == "" {
		return errors.New("xml: EncodeElement of StartElement with missing name")
	}
	if !v.IsValid() || of != nil && of.is&omitEmpty != 0 && empty(v) {
		return nil
	}
	if v = inner(v); (v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer) && v.IsNil() {
		return nil
	}
	if m, from, ok := as[Marshaler](v); ok {
		return enc.byMethod(m, named(from.Type(), of, start))
	}
	if m, from, ok := as[encoding.TextMarshaler](v); ok {
		return enc.byText(m, named(from.Type(), of, start))
	}
	t := v.Type()
	if (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && !isBytes(t) {
		for i := range v.Len() {
			if err := enc.value(v.Index(i), of, start); err != nil {
				return err
			}
		}
		return nil
	}
	l, err := layoutOf(t)
	if err != nil {
		return err
	}
	e, err := enc.start(l, v, of, start)
	if err != nil {
		return err
	}
	if err := enc.begin(&e); err != nil {
		return err
	}
	if v.Kind() == reflect.Struct {
		err = enc.fields(l, v)
	} else {
		var plain string
		if plain, err = plainText(v); err == nil {
			escape((*text)(enc), []byte(plain), true)
		}
	}
	if err != nil {
		return err
	}
	if err := enc.end(e.Name); err != nil {
		return err
	}
	return enc.failed()
}

// inner goes through pointers and interfaces, up to one that is nil.
func inner(v reflect.Value) reflect.Value {
	for (v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer) && !v.IsNil() {
		v = v.Elem()
	}
	return v
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return v.Len() == 0
	case reflect.Struct, reflect.Complex64, reflect.Complex128, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Invalid:
		return false
	}
	return v.IsZero()
}

// named is the start of an element that a method writes.
func named(t reflect.Type, of *field, start *StartElement) (e StartElement) {
	switch {
	case start != nil:
		e.Name = start.Name
		e.Attr = append(e.Attr, start.Attr...)
	case of != nil && of.name != "":
		e.Name = Name{of.space, of.name}
	case t.Name() != "":
		e.Name.Local = t.Name()
	default: // a pointer to something with a name
		e.Name.Local = t.Elem().Name()
	}
	return e
}

func (enc *Encoder) byMethod(m Marshaler, start StartElement) error {
	enc.open = append(enc.open, Name{}) // nobody ends what is around
	n := len(enc.open)
	if err := m.MarshalXML(enc, start); err != nil {
		return err
	}
	if len(enc.open) > n {
		return fmt.Errorf("xml: %s.MarshalXML wrote invalid XML: <%s> not closed", typeName(m), enc.open[len(enc.open)-1].Local)
	}
	enc.open = enc.open[:n-1]
	return nil
}

func (enc *Encoder) byText(m encoding.TextMarshaler, start StartElement) error {
	if err := enc.begin(&start); err != nil {
		return err
	}
	plain, err := m.MarshalText()
	if err != nil {
		return err
	}
	escape((*text)(enc), plain, true)
	return enc.end(start.Name)
}

// start is the start of an element: its name, and the fields that are attributes.
func (enc *Encoder) start(l *layout, v reflect.Value, of *field, start *StartElement) (e StartElement, err error) {
	switch {
	case start != nil:
		e.Name = start.Name
		e.Attr = append(e.Attr, start.Attr...)
	case l.name == nil:
	case l.name.name != "":
		e.Name = Name{l.name.space, l.name.name}
	default:
		if f := l.name.in(v, false); f.IsValid() && f.CanInterface() {
			if name, ok := f.Interface().(Name); ok && name.Local != "" {
				e.Name = name
			}
		}
	}
	if e.Name.Local == "" && of != nil {
		e.Name = Name{of.space, of.name}
	}
	if e.Name.Local == "" {
		e.Name.Local, _, _ = strings.Cut(v.Type().Name(), "[")
	}
	if e.Name.Local == "" {
		return e, &UnsupportedTypeError{v.Type()}
	}
	for i := range l.fields {
		f := &l.fields[i]
		if f.is&isAttr == 0 {
			continue
		}
		a := f.in(v, false)
		if f.is&omitEmpty != 0 && (!a.IsValid() || empty(a)) || a.Kind() == reflect.Interface && a.IsNil() {
			continue
		}
		if err := attrs(&e, Name{f.space, f.name}, a); err != nil {
			return e, err
		}
	}
	// An element in no name space, inside one that is in one.
	if n := len(enc.open); l.name != nil && l.name.space == "" && l.name.name == "" && e.Name.Space == "" && n > 0 && enc.open[n-1].Space != "" {
		e.Attr = append(e.Attr, Attr{Name{Local: spacesPrefix}, ""})
	}
	return e, nil
}

// attrs adds a value as attributes.
func attrs(e *StartElement, name Name, v reflect.Value) error {
	if m, _, ok := as[MarshalerAttr](v); ok {
		a, err := m.MarshalXMLAttr(name)
		if err == nil && a.Name.Local != "" {
			e.Attr = append(e.Attr, a)
		}
		return err
	}
	if m, _, ok := as[encoding.TextMarshaler](v); ok {
		text, err := m.MarshalText()
		if err == nil {
			e.Attr = append(e.Attr, Attr{name, string(text)})
		}
		return err
	}
	if v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		if v.IsNil() {
			return nil
		}
		v = v.Elem()
	}
	if v.Kind() == reflect.Slice && !isBytes(v.Type()) {
		for i := range v.Len() {
			if err := attrs(e, name, v.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if v.Type() == attrType {
		e.Attr = append(e.Attr, v.Interface().(Attr))
		return nil
	}
	text, err := plainText(v)
	if err == nil {
		e.Attr = append(e.Attr, Attr{name, text})
	}
	return err
}

// plainText writes a value that has no parts.
func plainText(v reflect.Value) (string, error) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.FormatUint(v.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'g', -1, v.Type().Bits()), nil
	case reflect.Slice:
		if isBytes(v.Type()) {
			return string(v.Bytes()), nil
		}
	case reflect.Array:
		if isBytes(v.Type()) {
			text := make([]byte, v.Len())
			reflect.Copy(reflect.ValueOf(text), v)
			return string(text), nil
		}
	}
	return "", &UnsupportedTypeError{v.Type()}
}

// fields writes what is in a struct.
func (enc *Encoder) fields(l *layout, v reflect.Value) error {
	var around []string // elements that fields share
	for i := range l.fields {
		f := &l.fields[i]
		if f.is&isAttr != 0 {
			continue
		}
		of := f.in(v, false)
		if !of.IsValid() {
			continue
		}
		mode := f.is & modes
		if mode != isInner {
			if err := enc.leave(&around, f.above); err != nil {
				return err
			}
		}
		done, err := false, error(nil)
		switch mode {
		case isCDATA, isText:
			done, err = true, enc.text(of, mode == isCDATA)
		case isComment:
			done, err = true, enc.comment(of, v.Type())
		case isInner:
			done = enc.inner(of)
		default:
			nothing := (of.Kind() == reflect.Pointer || of.Kind() == reflect.Interface) && of.IsNil()
			for n := len(around); n < len(f.above) && !nothing; n++ {
				if err := enc.begin(&StartElement{Name: Name{Local: f.above[n]}}); err != nil {
					return err
				}
				around = append(around, f.above[n])
			}
		}
		if err == nil && !done {
			err = enc.value(of, f, nil)
		}
		if err != nil {
			return err
		}
	}
	enc.leave(&around, nil)
	return enc.failed()
}

// leave ends elements around fields that don't belong to the next.
func (enc *Encoder) leave(around *[]string, next []string) error {
	same := 0
	for same < len(next) && same < len(*around) && next[same] == (*around)[same] {
		same++
	}
	for n := len(*around) - 1; n >= same; n-- {
		if err := enc.end(Name{Local: (*around)[n]}); err != nil {
			return err
		}
	}
	*around = (*around)[:same]
	return nil
}

// text writes a field that is the text of its element.
func (enc *Encoder) text(v reflect.Value, section bool) error {
	write := func(plain []byte) error {
		if section {
			return cdata((*text)(enc), plain)
		}
		return escape((*text)(enc), plain, true)
	}
	if m, _, ok := as[encoding.TextMarshaler](v); ok {
		plain, err := m.MarshalText()
		if err != nil {
			return err
		}
		return write(plain)
	}
	v = inner(v)
	switch v.Kind() {
	case reflect.Slice:
		if plain, ok := v.Interface().([]byte); ok {
			return write(plain)
		}
		return nil
	case reflect.Array:
		return nil
	}
	if plain, err := plainText(v); err == nil {
		return write([]byte(plain))
	}
	return nil
}

func (enc *Encoder) comment(v reflect.Value, in reflect.Type) error {
	v = inner(v)
	if v.Kind() != reflect.String && (v.Kind() != reflect.Slice || !isBytes(v.Type())) {
		return fmt.Errorf("xml: bad type for comment field of %s", in)
	}
	text, _ := plainText(v)
	if text == "" {
		return nil
	}
	enc.line(0)
	enc.put("<!--")
	if strings.Contains(text, "--") {
		return errors.New(`xml: comments must not contain "--"`)
	}
	enc.put(text)
	if strings.HasSuffix(text, "-") {
		enc.put(" ")
	}
	enc.put("-->")
	return nil
}

// inner writes text as it is; it tells whether the field has text.
func (enc *Encoder) inner(v reflect.Value) bool {
	switch text := inner(v).Interface().(type) {
	case string:
		enc.put(text)
	case []byte:
		enc.put(string(text))
	default:
		return false
	}
	return true
}
