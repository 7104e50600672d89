package json

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// Unmarshaler is a value that reads itself.
type Unmarshaler interface {
	UnmarshalJSON([]byte) error
}

// UnmarshalTypeError says which JSON value did not fit into which Go type.
type UnmarshalTypeError struct {
	Value  string
	Type   reflect.Type
	Offset int64
	Struct string
	Field  string
}

func (bad *UnmarshalTypeError) Error() string {
	into := "value"
	if bad.Struct != "" || bad.Field != "" {
		into = "struct field " + bad.Struct + "." + bad.Field
	}
	return "json: cannot unmarshal " + bad.Value + " into Go " + into + " of type " + bad.Type.String()
}

// UnmarshalFieldError is not used any more.
type UnmarshalFieldError struct {
	Key   string
	Type  reflect.Type
	Field reflect.StructField
}

func (bad *UnmarshalFieldError) Error() string {
	return "json: cannot unmarshal object key " + strconv.Quote(bad.Key) + " into unexported field " + bad.Field.Name + " of type " + bad.Type.String()
}

// InvalidUnmarshalError says that Unmarshal was not given a pointer.
type InvalidUnmarshalError struct{ Type reflect.Type }

func (bad *InvalidUnmarshalError) Error() string {
	switch {
	case bad.Type == nil:
		return "json: Unmarshal(nil)"
	case bad.Type.Kind() != reflect.Pointer:
		return "json: Unmarshal(non-pointer " + bad.Type.String() + ")"
	}
	return "json: Unmarshal(nil " + bad.Type.String() + ")"
}

// Number is a number as it was written.
type Number string

func (n Number) String() string { return string(n) }

// Float64 returns the number as a float.
func (n Number) Float64() (float64, error) { return strconv.ParseFloat(string(n), 64) }

// Int64 returns the number as an integer.
func (n Number) Int64() (int64, error) { return strconv.ParseInt(string(n), 10, 64) }

func validNumber(str string) bool {
	t := &text{data: []byte(str)}
	if str == "" || str[0] != '-' && !isDigit(str[0]) {
		return false
	}
	end, ok := t.number(0)
	return ok && end == len(str)
}

// Unmarshal reads JSON into what v points to.
func Unmarshal(data []byte, v any) error {
	if err := check(data); err != nil {
		return err
	}
	d := &decodeState{data: data}
	return d.into(v)
}

// decodeState reads a text that is known to be JSON.
type decodeState struct {
	data      []byte
	off       int
	useNumber bool
	knownOnly bool
	first     error // what did not fit first; reading goes on
	inStruct  reflect.Type
	path      []string // names of the fields that are being read
}

func (d *decodeState) into(v any) error {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return &InvalidUnmarshalError{reflect.TypeOf(v)}
	}
	if err := d.value(target); err != nil {
		return d.located(err)
	}
	return d.first
}

// located adds to an error where in the value it happened.
func (d *decodeState) located(err error) error {
	if bad, ok := err.(*UnmarshalTypeError); ok && (d.inStruct != nil || len(d.path) > 0) {
		if d.inStruct != nil {
			bad.Struct = d.inStruct.Name()
		}
		names := d.path
		if bad.Field != "" {
			names = append(names[:len(names):len(names)], bad.Field)
		}
		bad.Field = strings.Join(names, ".")
	}
	return err
}

func (d *decodeState) note(err error) {
	if d.first == nil {
		d.first = d.located(err)
	}
}

func (d *decodeState) mismatch(what string, t reflect.Type, offset int) {
	d.note(&UnmarshalTypeError{Value: what, Type: t, Offset: int64(offset)})
}

func (d *decodeState) space() {
	for d.off < len(d.data) && isBlank(d.data[d.off]) {
		d.off++
	}
}

// skip goes over the value that follows and returns its text.
func (d *decodeState) skip() []byte {
	d.space()
	t := &text{data: d.data}
	start := d.off
	d.off, _ = t.value(start)
	return d.data[start:d.off]
}

// next goes over a mark: a comma, colon or bracket, with blanks around.
func (d *decodeState) next() byte {
	d.space()
	c := d.data[d.off]
	d.off++
	d.space()
	return c
}

// value reads the value that follows into v.
func (d *decodeState) value(v reflect.Value) error {
	d.space()
	switch d.data[d.off] {
	case '[':
		return d.array(v)
	case '{':
		return d.object(v)
	}
	item := d.skip()
	return d.literal(item, v, false)
}

// reach follows and makes pointers until there is a value to set, or one that reads itself.
func reach(v reflect.Value, null bool) (Unmarshaler, encoding.TextUnmarshaler, reflect.Value) {
	original, byAddress := v, false
	if v.Kind() != reflect.Pointer && v.Type().Name() != "" && v.CanAddr() {
		byAddress = true
		v = v.Addr()
	}
	for {
		if v.Kind() == reflect.Interface && !v.IsNil() {
			inner := v.Elem()
			if inner.Kind() == reflect.Pointer && !inner.IsNil() && (!null || inner.Elem().Kind() == reflect.Pointer) {
				byAddress = false
				v = inner
				continue
			}
		}
		if v.Kind() != reflect.Pointer || null && v.CanSet() {
			return nil, nil, v
		}
		if inner := v.Elem(); inner.Kind() == reflect.Interface && inner.Elem().Equal(v) { // points to itself
			return nil, nil, inner
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		if v.Type().NumMethod() > 0 && v.CanInterface() {
			if u, ok := v.Interface().(Unmarshaler); ok {
				return u, nil, reflect.Value{}
			}
			if !null {
				if u, ok := v.Interface().(encoding.TextUnmarshaler); ok {
					return nil, u, reflect.Value{}
				}
			}
		}
		if byAddress {
			v, byAddress = original, false
		} else {
			v = v.Elem()
		}
	}
}

func anyInterface(v reflect.Value) bool { return v.Kind() == reflect.Interface && v.NumMethod() == 0 }

func (d *decodeState) array(v reflect.Value) error {
	self, fromText, target := reach(v, false)
	switch {
	case self != nil:
		return self.UnmarshalJSON(d.skip())
	case fromText != nil:
		d.mismatch("array", v.Type(), d.off+1)
		d.skip()
		return nil
	case anyInterface(target):
		target.Set(reflect.ValueOf(d.anything()))
		return nil
	case target.Kind() != reflect.Array && target.Kind() != reflect.Slice:
		d.mismatch("array", target.Type(), d.off+1)
		d.skip()
		return nil
	}
	n := 0
	for d.next(); d.data[d.off] != ']'; n++ {
		if target.Kind() == reflect.Slice {
			if n >= target.Cap() {
				target.Grow(1)
			}
			if n >= target.Len() {
				target.SetLen(n + 1)
			}
		}
		if n < target.Len() {
			if err := d.value(target.Index(n)); err != nil {
				return err
			}
		} else {
			d.skip()
		}
		d.space()
		if d.data[d.off] == ',' {
			d.next()
		}
	}
	d.off++
	if target.Kind() == reflect.Array {
		for ; n < target.Len(); n++ {
			target.Index(n).SetZero()
		}
		return nil
	}
	if n < target.Len() {
		target.SetLen(n)
	}
	if n == 0 {
		target.Set(reflect.MakeSlice(target.Type(), 0, 0))
	}
	return nil
}

var textUnmarshalerType = reflect.TypeFor[encoding.TextUnmarshaler]()

func (d *decodeState) object(v reflect.Value) error {
	self, fromText, target := reach(v, false)
	switch {
	case self != nil:
		return self.UnmarshalJSON(d.skip())
	case fromText != nil:
		d.mismatch("object", v.Type(), d.off+1)
		d.skip()
		return nil
	case anyInterface(target):
		target.Set(reflect.ValueOf(d.anything()))
		return nil
	}
	t := target.Type()
	switch target.Kind() {
	case reflect.Map:
		k := t.Key().Kind()
		if k != reflect.String && (k < reflect.Int || k > reflect.Uintptr) && !reflect.PointerTo(t.Key()).Implements(textUnmarshalerType) {
			d.mismatch("object", t, d.off+1)
			d.skip()
			return nil
		}
		if target.IsNil() {
			target.Set(reflect.MakeMap(t))
		}
	case reflect.Struct:
	default:
		d.mismatch("object", t, d.off+1)
		d.skip()
		return nil
	}
	outer, depth := d.inStruct, len(d.path)
	for d.next(); d.data[d.off] != '}'; {
		start := d.off
		key := unquote(d.skip())
		d.next()
		var err error
		if target.Kind() == reflect.Map {
			err = d.entry(target, key, start)
		} else {
			err = d.member(target, key)
		}
		if err != nil {
			return err
		}
		d.inStruct, d.path = outer, d.path[:depth]
		d.space()
		if d.data[d.off] == ',' {
			d.next()
		}
	}
	d.off++
	return nil
}

// entry reads one entry of a map.
func (d *decodeState) entry(m reflect.Value, key string, start int) error {
	t := m.Type()
	elem := reflect.New(t.Elem()).Elem()
	if err := d.value(elem); err != nil {
		return err
	}
	kt := t.Key()
	k := reflect.New(kt)
	switch kind := kt.Kind(); {
	case reflect.PointerTo(kt).Implements(textUnmarshalerType):
		if err := k.Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(key)); err != nil {
			return err
		}
	case kind == reflect.String:
		k.Elem().SetString(key)
	case k.Elem().CanInt():
		n, err := strconv.ParseInt(key, 10, 64)
		if err != nil || k.Elem().OverflowInt(n) {
			d.mismatch("number "+key, kt, start+1)
			return nil
		}
		k.Elem().SetInt(n)
	default:
		n, err := strconv.ParseUint(key, 10, 64)
		if err != nil || k.Elem().OverflowUint(n) {
			d.mismatch("number "+key, kt, start+1)
			return nil
		}
		k.Elem().SetUint(n)
	}
	m.SetMapIndex(k.Elem(), elem)
	return nil
}

// member reads one field of a struct.
func (d *decodeState) member(v reflect.Value, key string) error {
	f := findField(fieldsOf(v.Type()), key)
	if f == nil {
		if d.knownOnly {
			d.note(fmt.Errorf("json: unknown field %q", key))
		}
		d.skip()
		return nil
	}
	t := v.Type()
	for i, x := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				if !v.CanSet() {
					d.note(fmt.Errorf("json: cannot set embedded pointer to unexported struct: %v", v.Type().Elem()))
					d.skip()
					return nil
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		if i < len(f.index)-1 {
			d.path = append(d.path, v.Type().Field(x).Name)
		}
		v = v.Field(x)
	}
	d.path = append(d.path, f.name)
	d.inStruct = t
	if !f.quoted {
		return d.value(v)
	}
	d.space()
	switch item := d.skip(); {
	case string(item) == "null":
		return d.literal(item, v, false)
	case item[0] == '"':
		return d.literal([]byte(unquote(item)), v, true)
	}
	d.note(fmt.Errorf("json: invalid use of ,string struct tag, trying to unmarshal unquoted value into %v", v.Type()))
	return nil
}

// findField finds a field by its key, if need be whatever the case.
func findField(fields []field, key string) *field {
	for i := range fields {
		if fields[i].name == key {
			return &fields[i]
		}
	}
	for i := range fields {
		if strings.EqualFold(fields[i].name, key) {
			return &fields[i]
		}
	}
	return nil
}

// RawMessage is JSON as it was written.
type RawMessage []byte

// MarshalJSON returns it.
func (raw RawMessage) MarshalJSON() ([]byte, error) {
	if raw == nil {
		return []byte("null"), nil
	}
	return raw, nil
}

// UnmarshalJSON keeps it.
func (raw *RawMessage) UnmarshalJSON(data []byte) error {
	if raw == nil {
		return errors.New("json.RawMessage: UnmarshalJSON on nil pointer")
	}
	*raw = append((*raw)[:0], data...)
	return nil
}
