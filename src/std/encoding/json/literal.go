package json

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// literal reads a string, number, bool or null. quoted: it stood in a string.
func (d *decodeState) literal(item []byte, v reflect.Value, quoted bool) error {
	wrong := func() error {
		return fmt.Errorf("json: invalid use of ,string struct tag, trying to unmarshal %q into %v", item, v.Type())
	}
	if len(item) == 0 {
		d.note(wrong())
		return nil
	}
	null := item[0] == 'n'
	self, fromText, target := reach(v, null)
	if self != nil {
		return self.UnmarshalJSON(item)
	}
	if fromText != nil {
		if item[0] == '"' {
			return fromText.UnmarshalText([]byte(unquote(item)))
		}
		if quoted {
			d.note(wrong())
			return nil
		}
		what := "number"
		if item[0] == 't' || item[0] == 'f' {
			what = "bool"
		}
		d.mismatch(what, v.Type(), d.off)
		return nil
	}
	v = target
	if quoted { // what stood in the string may be no JSON by itself
		switch c := item[0]; {
		case c == 'n' || c == 't' || c == 'f':
			if check(item) != nil {
				d.note(wrong())
				return nil
			}
		case c == '"' && check(item) != nil, c != '"' && c != '-' && !isDigit(c):
			return wrong()
		}
	}
	switch c := item[0]; {
	case null:
		switch v.Kind() {
		case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
			v.SetZero()
		}
	case c == 't' || c == 'f':
		switch {
		case v.Kind() == reflect.Bool:
			v.SetBool(c == 't')
		case anyInterface(v):
			v.Set(reflect.ValueOf(c == 't'))
		case quoted:
			d.note(wrong())
		default:
			d.mismatch("bool", v.Type(), d.off)
		}
	case c == '"':
		return d.textLiteral(unquote(item), item, v)
	default:
		return d.numberLiteral(string(item), v, quoted, wrong)
	}
	return nil
}

func (d *decodeState) textLiteral(text string, item []byte, v reflect.Value) error {
	switch {
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			d.note(err)
			return nil
		}
		v.SetBytes(b)
	case v.Kind() == reflect.String:
		if v.Type() == numberType && !validNumber(text) {
			return fmt.Errorf("json: invalid number literal, trying to unmarshal %q into Number", item)
		}
		v.SetString(text)
	case anyInterface(v):
		v.Set(reflect.ValueOf(text))
	default:
		d.mismatch("string", v.Type(), d.off)
	}
	return nil
}

func (d *decodeState) numberLiteral(text string, v reflect.Value, quoted bool, wrong func() error) error {
	switch {
	case v.Kind() == reflect.String && v.Type() == numberType:
		v.SetString(text)
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || v.OverflowInt(n) {
			d.mismatch("number "+text, v.Type(), d.off)
			return nil
		}
		v.SetInt(n)
	case v.CanUint():
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil || v.OverflowUint(n) {
			d.mismatch("number "+text, v.Type(), d.off)
			return nil
		}
		v.SetUint(n)
	case v.CanFloat():
		f, err := strconv.ParseFloat(text, v.Type().Bits())
		if err != nil || v.OverflowFloat(f) {
			d.mismatch("number "+text, v.Type(), d.off)
			return nil
		}
		v.SetFloat(f)
	case anyInterface(v):
		n, err := d.number(text)
		if err != nil {
			d.note(err)
			return nil
		}
		v.Set(reflect.ValueOf(n))
	case quoted:
		return wrong()
	default:
		d.mismatch("number", v.Type(), d.off)
	}
	return nil
}

func (d *decodeState) number(text string) (any, error) {
	if d.useNumber {
		return Number(text), nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, &UnmarshalTypeError{Value: "number " + text, Type: reflect.TypeFor[float64](), Offset: int64(d.off)}
	}
	return f, nil
}

// anything reads the value that follows as map[string]any, []any, string, float64, bool or nil.
func (d *decodeState) anything() any {
	d.space()
	switch d.data[d.off] {
	case '{':
		m := map[string]any{}
		for d.next(); d.data[d.off] != '}'; {
			key := unquote(d.skip())
			d.next()
			m[key] = d.anything()
			d.space()
			if d.data[d.off] == ',' {
				d.next()
			}
		}
		d.off++
		return m
	case '[':
		list := []any{}
		for d.next(); d.data[d.off] != ']'; {
			list = append(list, d.anything())
			d.space()
			if d.data[d.off] == ',' {
				d.next()
			}
		}
		d.off++
		return list
	}
	item := d.skip()
	switch item[0] {
	case '"':
		return unquote(item)
	case 't', 'f':
		return item[0] == 't'
	case 'n':
		return nil
	}
	n, err := d.number(string(item))
	if err != nil {
		d.note(err)
	}
	return n
}

// unquote returns what a JSON string says; halves of surrogate pairs and invalid bytes become U+FFFD.
func unquote(item []byte) string {
	item = item[1 : len(item)-1]
	out := make([]byte, 0, len(item))
	for i := 0; i < len(item); {
		c := item[i]
		switch {
		case c == '\\' && item[i+1] == 'u':
			r := hexRune(item[i+2:])
			i += 6
			if utf16.IsSurrogate(r) {
				if i+5 < len(item) && item[i] == '\\' && item[i+1] == 'u' {
					if pair := utf16.DecodeRune(r, hexRune(item[i+2:])); pair != utf8.RuneError {
						r = pair
						i += 6
					}
				}
				if utf16.IsSurrogate(r) {
					r = utf8.RuneError
				}
			}
			out = utf8.AppendRune(out, r)
		case c == '\\':
			out = append(out, plainEscape(item[i+1]))
			i += 2
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, size := utf8.DecodeRune(item[i:])
			out = utf8.AppendRune(out, r)
			i += size
		}
	}
	return string(out)
}

func hexRune(digits []byte) rune {
	r := rune(0)
	for _, c := range digits[:4] {
		r = r<<4 | rune(hexValue(c))
	}
	return r
}

func plainEscape(char byte) byte {
	switch char {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return char
}
