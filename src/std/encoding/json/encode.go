package json

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/base64"
	"math"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"unicode/utf8"
)

// Marshaler is a value that writes itself.
type Marshaler interface {
	MarshalJSON() ([]byte, error)
}

// UnsupportedTypeError is a type that JSON has no form for.
type UnsupportedTypeError struct{ Type reflect.Type }

func (bad *UnsupportedTypeError) Error() string {
	return "json: unsupported type: " + bad.Type.String()
}

// UnsupportedValueError is a value that JSON has no form for.
type UnsupportedValueError struct {
	Value reflect.Value
	Str   string
}

func (bad *UnsupportedValueError) Error() string { return "json: unsupported value: " + bad.Str }

// InvalidUTF8Error is not used any more.
type InvalidUTF8Error struct{ S string }

func (bad *InvalidUTF8Error) Error() string {
	return "json: invalid UTF-8 in string: " + strconv.Quote(bad.S)
}

// MarshalerError is the error of a value that writes itself.
type MarshalerError struct {
	Type       reflect.Type
	Err        error
	sourceFunc string
}

func (bad *MarshalerError) Error() string {
	source := bad.sourceFunc
	if source == "" {
		source = "MarshalJSON"
	}
	return "json: error calling " + source + " for type " + bad.Type.String() + ": " + bad.Err.Error()
}

func (bad *MarshalerError) Unwrap() error { return bad.Err }

// Marshal returns v as JSON.
func Marshal(v any) ([]byte, error) {
	state, err := encodeAll(v, true)
	if err != nil {
		return nil, err
	}
	defer idle.Put(state)
	return append([]byte(nil), state.out...), nil
}

// MarshalIndent is Marshal on several lines.
func MarshalIndent(v any, head, indent string) ([]byte, error) {
	compact, err := Marshal(v)
	if err != nil {
		return nil, err
	}
	return appendIndent(make([]byte, 0, 2*len(compact)), compact, head, indent)
}

// encoding of one value: what was written, and how.
type encodeState struct {
	out        []byte
	escapeHTML bool
	depth      int
	seen       map[any]bool // pointers, maps and slices that are being written, once it gets deep
}

// failure is thrown to give up a value.
type failure struct{ error }

// idle are states that nobody uses.
var idle = sync.Pool{New: func() any { return new(encodeState) }}

// encodeAll encodes v; the state is to be given back.
func encodeAll(v any, escapeHTML bool) (state *encodeState, err error) {
	state = idle.Get().(*encodeState)
	state.out, state.escapeHTML, state.depth, state.seen = state.out[:0], escapeHTML, 0, nil
	defer caught(&err)
	state.value(reflect.ValueOf(v), false)
	return state, nil
}

// caught turns a failure into the error of a call.
func caught(err *error) {
	if thrown := recover(); thrown != nil {
		f, ours := thrown.(failure)
		if !ours {
			panic(thrown)
		}
		*err = f.error
	}
}

func (state *encodeState) text(str string) { state.out = append(state.out, str...) }

var (
	marshalerType     = reflect.TypeFor[Marshaler]()
	textMarshalerType = reflect.TypeFor[encoding.TextMarshaler]()
	numberType        = reflect.TypeFor[Number]()
)

// value writes v; quoted puts numbers, booleans and strings into a string.
func (state *encodeState) value(v reflect.Value, quoted bool) {
	if !v.IsValid() {
		state.text("null")
		return
	}
	if state.byMethod(v) {
		return
	}
	switch k := v.Kind(); k {
	case reflect.Bool:
		state.plain(strconv.FormatBool(v.Bool()), quoted)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		state.quote(quoted)
		state.out = strconv.AppendInt(state.out, v.Int(), 10)
		state.quote(quoted)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		state.quote(quoted)
		state.out = strconv.AppendUint(state.out, v.Uint(), 10)
		state.quote(quoted)
	case reflect.Float32:
		state.quote(quoted)
		state.float(v, 32)
		state.quote(quoted)
	case reflect.Float64:
		state.quote(quoted)
		state.float(v, 64)
		state.quote(quoted)
	case reflect.String:
		state.str(v, quoted)
	case reflect.Struct:
		state.structure(v)
	case reflect.Map, reflect.Slice, reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			state.text("null")
			return
		}
		state.reference(v, quoted)
	case reflect.Array:
		state.list(v)
	default:
		panic(failure{&UnsupportedTypeError{v.Type()}})
	}
}

func (state *encodeState) plain(text string, quoted bool) {
	state.quote(quoted)
	state.text(text)
	state.quote(quoted)
}

func (state *encodeState) quote(quoted bool) {
	if quoted {
		state.out = append(state.out, '"')
	}
}

// byMethod lets a value write itself.
func (state *encodeState) byMethod(v reflect.Value) bool {
	t := v.Type()
	receiver := v
	json, text := t.Implements(marshalerType), t.Implements(textMarshalerType)
	if !json && t.Kind() != reflect.Pointer && v.CanAddr() && reflect.PointerTo(t).Implements(marshalerType) {
		json, receiver = true, v.Addr()
	}
	if !json && !text && t.Kind() != reflect.Pointer && v.CanAddr() && reflect.PointerTo(t).Implements(textMarshalerType) {
		text, receiver = true, v.Addr()
	}
	if !json && !text {
		return false
	}
	if k := receiver.Kind(); (k == reflect.Pointer || k == reflect.Interface) && receiver.IsNil() {
		state.text("null")
		return true
	}
	if !receiver.CanInterface() {
		return false
	}
	if json {
		m, ok := receiver.Interface().(Marshaler)
		if !ok {
			state.text("null")
			return true
		}
		own, err := m.MarshalJSON()
		if err == nil {
			state.out, err = appendCompact(state.out, own, state.escapeHTML)
		}
		if err != nil {
			panic(failure{&MarshalerError{t, err, "MarshalJSON"}})
		}
		return true
	}
	m, ok := receiver.Interface().(encoding.TextMarshaler)
	if !ok {
		state.text("null")
		return true
	}
	own, err := m.MarshalText()
	if err != nil {
		panic(failure{&MarshalerError{t, err, "MarshalText"}})
	}
	state.out = appendString(state.out, string(own), state.escapeHTML)
	return true
}

func (state *encodeState) float(v reflect.Value, bits int) {
	f := v.Float()
	if math.IsInf(f, 0) || math.IsNaN(f) {
		panic(failure{&UnsupportedValueError{v, strconv.FormatFloat(f, 'g', -1, bits)}})
	}
	size := math.Abs(f)
	if size == 0 || bits == 64 && size >= 1e-6 && size < 1e21 || bits == 32 && float32(size) >= 1e-6 && float32(size) < 1e21 {
		state.out = strconv.AppendFloat(state.out, f, 'f', -1, bits)
		return
	}
	text := strconv.AppendFloat(state.out, f, 'e', -1, bits)
	if n := len(text); text[n-4] == 'e' && (text[n-3] == '-' || text[n-3] == '+') && text[n-2] == '0' {
		text[n-2] = text[n-1]
		text = text[:n-1]
	}
	state.out = text
}

func (state *encodeState) str(v reflect.Value, quoted bool) {
	s := v.String()
	if v.Type() == numberType {
		if s == "" {
			s = "0"
		}
		if !validNumber(s) {
			panic(failure{errorText("json: invalid number literal " + strconv.Quote(s))})
		}
		state.plain(s, quoted)
		return
	}
	if quoted {
		s = string(appendString(nil, s, state.escapeHTML))
	}
	state.out = appendString(state.out, s, state.escapeHTML)
}

type errorText string

func (e errorText) Error() string { return string(e) }

// reference writes what is behind a pointer, interface, map or slice, and gives up on one that contains itself.
func (state *encodeState) reference(v reflect.Value, quoted bool) {
	if v.Kind() == reflect.Interface {
		state.value(v.Elem(), false)
		return
	}
	if state.depth++; state.depth > 1000 {
		key := any(v.UnsafePointer())
		if v.Kind() == reflect.Slice {
			key = [2]any{key, v.Len()}
		}
		if state.seen == nil {
			state.seen = map[any]bool{}
		}
		if state.seen[key] {
			panic(failure{&UnsupportedValueError{v, "encountered a cycle via " + v.Type().String()}})
		}
		state.seen[key] = true
		defer delete(state.seen, key)
	}
	switch {
	case v.Kind() == reflect.Pointer:
		state.value(v.Elem(), quoted)
	case v.Kind() == reflect.Map:
		state.mapping(v)
	case v.Type().Elem().Kind() == reflect.Uint8 && !writesItself(v.Type().Elem()):
		state.text(`"` + base64.StdEncoding.EncodeToString(v.Bytes()) + `"`)
	default:
		state.list(v)
	}
	state.depth--
}

func writesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(marshalerType) || p.Implements(textMarshalerType)
}

func (state *encodeState) list(v reflect.Value) {
	state.out = append(state.out, '[')
	for i := range v.Len() {
		if i > 0 {
			state.out = append(state.out, ',')
		}
		state.value(v.Index(i), false)
	}
	state.out = append(state.out, ']')
}

func (state *encodeState) mapping(v reflect.Value) {
	kt := v.Type().Key()
	switch k := kt.Kind(); {
	case k == reflect.String, k >= reflect.Int && k <= reflect.Uintptr, kt.Implements(textMarshalerType):
	default:
		panic(failure{&UnsupportedTypeError{v.Type()}})
	}
	type entry struct {
		key  string
		elem reflect.Value
	}
	entries := make([]entry, 0, v.Len())
	for it := v.MapRange(); it.Next(); {
		entries = append(entries, entry{keyText(it.Key()), it.Value()})
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	state.out = append(state.out, '{')
	for i, e := range entries {
		if i > 0 {
			state.out = append(state.out, ',')
		}
		state.out = append(appendString(state.out, e.key, state.escapeHTML), ':')
		state.value(e.elem, false)
	}
	state.out = append(state.out, '}')
}

// keyText is a map key as text.
func keyText(k reflect.Value) string {
	if k.Kind() == reflect.String {
		return k.String()
	}
	if m, ok := k.Interface().(encoding.TextMarshaler); ok {
		if k.Kind() == reflect.Pointer && k.IsNil() {
			return ""
		}
		text, err := m.MarshalText()
		if err != nil {
			panic(failure{errorText("json: encoding error for type " + strconv.Quote(k.Type().String()) + ": " + strconv.Quote(err.Error()))})
		}
		return string(text)
	}
	if k.CanInt() {
		return strconv.FormatInt(k.Int(), 10)
	}
	return strconv.FormatUint(k.Uint(), 10)
}

func (state *encodeState) structure(v reflect.Value) {
	next := byte('{')
	for _, f := range fieldsOf(v.Type()) {
		part, ok := follow(v, f.index)
		if !ok || f.omitEmpty && isEmpty(part) || f.omitZero && isZero(part) {
			continue
		}
		state.out = append(state.out, next)
		next = ','
		state.out = append(appendString(state.out, f.name, state.escapeHTML), ':')
		state.value(part, f.quoted)
	}
	if next == '{' {
		state.out = append(state.out, '{')
	}
	state.out = append(state.out, '}')
}

// follow goes along a path of fields; not ok at a nil pointer.
func follow(v reflect.Value, index []int) (reflect.Value, bool) {
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v, true
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

func isZero(v reflect.Value) bool {
	if z, ok := v.Interface().(interface{ IsZero() bool }); ok {
		if k := v.Kind(); (k == reflect.Pointer || k == reflect.Interface) && v.IsNil() {
			return true
		}
		return z.IsZero()
	}
	if v.CanAddr() {
		if z, ok := v.Addr().Interface().(interface{ IsZero() bool }); ok {
			return z.IsZero()
		}
	}
	return v.IsZero()
}

const hexDigits = "0123456789abcdef"

// appendString appends text as a JSON string.
func appendString(to []byte, text string, escapeHTML bool) []byte {
	to = append(to, '"')
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == '"' || c == '\\':
				to = append(to, '\\', c)
			case c == '\b':
				to = append(to, '\\', 'b')
			case c == '\f':
				to = append(to, '\\', 'f')
			case c == '\n':
				to = append(to, '\\', 'n')
			case c == '\r':
				to = append(to, '\\', 'r')
			case c == '\t':
				to = append(to, '\\', 't')
			case c < ' ' || escapeHTML && (c == '<' || c == '>' || c == '&'):
				to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			default:
				to = append(to, c)
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			to = append(to, `\ufffd`...)
		case r == '\u2028' || r == '\u2029':
			to = append(to, '\\', 'u', '2', '0', '2', hexDigits[r&15])
		default:
			to = append(to, text[i:i+size]...)
		}
		i += size
	}
	return append(to, '"')
}

// HTMLEscape appends from with <, >, & and two line ends escaped in its strings.
func HTMLEscape(dst *bytes.Buffer, from []byte) {
	out, _ := escape(nil, from)
	dst.Write(out)
}
