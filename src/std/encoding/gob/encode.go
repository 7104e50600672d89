package gob

import (
	"encoding"
	"errors"
	"io"
	"math"
	"math/bits"
	"reflect"
	"sync"
)

// most is how long a message may be.
const most = 1 << 32

// message is bytes on their way, without their length.
type message struct{ bytes []byte }

func (m *message) Write(p []byte) (int, error) {
	m.bytes = append(m.bytes, p...)
	return len(p), nil
}

// Encoder writes values to a stream; the description of a type goes before its first value.
type Encoder struct {
	mutex sync.Mutex
	to    []io.Writer // inside the value of an interface the message around it
	sent  map[reflect.Type]typeId
	err   error
}

// NewEncoder returns one that writes to w.
func NewEncoder(w io.Writer) *Encoder {
	return &Encoder{to: []io.Writer{w}, sent: map[reflect.Type]typeId{}}
}

// Encode writes what e is, or points to.
func (enc *Encoder) Encode(e any) error { return enc.EncodeValue(reflect.ValueOf(e)) }

// EncodeValue writes a value.
func (enc *Encoder) EncodeValue(value reflect.Value) error {
	if !value.IsValid() {
		return errors.New("gob: cannot encode nil value")
	}
	if value.Kind() == reflect.Pointer && value.IsNil() {
		panic("gob: cannot encode nil pointer of type " + value.Type().String())
	}
	enc.mutex.Lock()
	defer enc.mutex.Unlock()
	enc.to = enc.to[:1]
	s, err := shapeOf(value.Type())
	if err != nil {
		return err
	}
	enc.err = nil
	var m message
	enc.announce(&m, s)
	m.int(int64(enc.sent[s.base]))
	if enc.err != nil {
		return enc.err
	}
	if enc.whole(&m, value, s); enc.err == nil {
		enc.flush(enc.to[0], &m)
	}
	return enc.err
}

// flush writes a message with its length and empties it.
func (enc *Encoder) flush(w io.Writer, m *message) {
	if len(m.bytes) >= most {
		enc.keep(errors.New("gob: encoder: message too big"))
		return
	}
	var head message
	head.uint(uint64(len(m.bytes)))
	_, err := w.Write(append(head.bytes, m.bytes...))
	m.bytes = m.bytes[:0]
	enc.keep(err)
}

func (enc *Encoder) keep(err error) {
	if enc.err == nil {
		enc.err = err
	}
}

// ---- descriptions -----------------------------------------------------------------------------------------------

// announce sends the description of a type unless that has happened.
func (enc *Encoder) announce(m *message, s *shape) {
	t := s.described()
	if _, ok := enc.sent[t]; ok {
		return
	}
	if sent := enc.sendType(m, t); sent || enc.err != nil {
		return
	}
	info, err := infoOf(s)
	if err != nil {
		enc.keep(err)
		return
	}
	enc.sent[t] = info.sentId()
}

// sendType sends the description of what t points to, if it needs one, and of all that it is made of.
func (enc *Encoder) sendType(m *message, t reflect.Type) bool {
	s := mustShape(t)
	if s.writer == byGob {
		switch s.base.Kind() {
		case reflect.Slice, reflect.Array, reflect.Map, reflect.Struct:
			if isBytes(s.base) {
				return false
			}
		default:
			return false
		}
	}
	actual := s.base
	if _, ok := enc.sent[actual]; ok {
		return false
	}
	info, err := infoOf(s)
	if err != nil {
		enc.keep(err)
		return false
	}
	m.int(-int64(info.sentId()))
	m.describe(info)
	enc.flush(enc.to[len(enc.to)-1], m)
	if enc.err != nil {
		return false
	}
	enc.sent[s.base], enc.sent[s.user] = info.sentId(), info.sentId()
	switch actual.Kind() {
	case reflect.Struct:
		for i := range actual.NumField() {
			if f := actual.Field(i); exported(f.Name) {
				enc.sendType(m, f.Type)
			}
		}
	case reflect.Map:
		enc.sendType(m, actual.Key())
		enc.sendType(m, actual.Elem())
	case reflect.Array, reflect.Slice:
		enc.sendType(m, actual.Elem())
	}
	return true
}

// describe writes a description: a struct with one field, of the kind that it is.
func (m *message) describe(w *wire) {
	m.uint(uint64(w.kind + 1))
	m.uint(1) // what all have
	m.named(w.Name, w.Id)
	last := 0
	number := func(field int, value typeId) {
		if value != 0 {
			m.uint(uint64(field - last))
			m.int(int64(value))
			last = field
		}
	}
	switch w.kind {
	case arrayKind:
		number(1, w.elem)
		number(2, typeId(w.length))
	case sliceKind:
		number(1, w.elem)
	case mapKind:
		number(1, w.key)
		number(2, w.elem)
	case structKind:
		if len(w.fields) > 0 {
			m.uint(1)
			m.uint(uint64(len(w.fields)))
			for _, f := range w.fields {
				m.named(f.name, f.id)
			}
		}
	}
	m.uint(0)
	m.uint(0)
}

// named writes a struct of a name and an id.
func (m *message) named(name string, id typeId) {
	step := uint64(2)
	if name != "" {
		m.uint(1)
		m.text(name)
		step = 1
	}
	if id != 0 {
		m.uint(step)
		m.int(int64(id))
	}
	m.uint(0)
}

// ---- basic values -----------------------------------------------------------------------------------------------

// uint writes a small number as one byte, others behind the negated count of their bytes.
func (m *message) uint(x uint64) {
	if x < 0x80 {
		m.bytes = append(m.bytes, byte(x))
		return
	}
	size := (bits.Len64(x) + 7) / 8
	m.bytes = append(m.bytes, byte(-size))
	for i := size - 1; i >= 0; i-- {
		m.bytes = append(m.bytes, byte(x>>(8*i)))
	}
}

// int writes a number with its sign in the lowest bit.
func (m *message) int(x int64) { m.uint(uint64(x)<<1 ^ uint64(x>>63)) }

// float writes the bits in reverse, because the last are mostly zero.
func (m *message) float(x float64) { m.uint(bits.ReverseBytes64(math.Float64bits(x))) }

func (m *message) text(s string) {
	m.uint(uint64(len(s)))
	m.bytes = append(m.bytes, s...)
}

// ---- values -----------------------------------------------------------------------------------------------------

// whole writes a value at the top of a message; what goes wrong is kept.
func (enc *Encoder) whole(m *message, v reflect.Value, s *shape) {
	defer caught(&enc.err)
	check(s, map[reflect.Type]bool{})
	depth := s.depth
	if s.writer != byGob {
		depth = max(s.writerDepth, 0)
	}
	for range depth {
		v = reflect.Indirect(v)
	}
	if s.writer == byGob && v.Kind() == reflect.Struct {
		enc.structure(m, v)
		return
	}
	if v.IsValid() && (v.Kind() != reflect.Pointer || !v.IsNil()) {
		enc.value(m, v, s, 0, true)
	}
}

// check says what cannot be written of a type, whatever its values are.
func check(s *shape, seen map[reflect.Type]bool) {
	if s.writer != byGob || seen[s.base] {
		return
	}
	seen[s.base] = true
	t := s.base
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		if !isBytes(t) {
			check(mustShape(t.Elem()), seen)
		}
	case reflect.Map:
		check(mustShape(t.Key()), seen)
		check(mustShape(t.Elem()), seen)
	case reflect.Struct:
		if _, err := infoOf(mustShape(t)); err != nil {
			fail(err)
		}
		sent := 0
		for i := range t.NumField() {
			if f := t.Field(i); isSent(f) {
				check(mustShape(f.Type), seen)
				sent++
			}
		}
		if t.NumField() > 0 && sent == 0 {
			failf("type %s has no exported fields", t)
		}
	case reflect.Chan, reflect.Func, reflect.UnsafePointer:
		failf("can't happen: encode type %s", s.user)
	}
}

// follow goes along pointers, as far as none is nil.
func follow(v reflect.Value, depth int) (reflect.Value, bool) {
	for range depth {
		if v.IsNil() {
			return v, false
		}
		v = v.Elem()
	}
	return v, v.Kind() != reflect.Pointer || !v.IsNil()
}

// depthOf is how many pointers lead to what is written.
func (s *shape) depthOf() int {
	if s.writer != byGob {
		return max(s.writerDepth, 0)
	}
	return s.depth
}

// structure writes the fields that are not zero, each behind its distance from the one before.
func (enc *Encoder) structure(m *message, v reflect.Value) {
	t := v.Type()
	number, last := -1, -1
	for i := range t.NumField() {
		f := t.Field(i)
		if !isSent(f) {
			continue
		}
		number++
		s := mustShape(f.Type)
		value := v.Field(i)
		if depth := s.depthOf(); depth > 0 {
			var ok bool
			if value, ok = follow(value, depth); !ok {
				continue
			}
		}
		if enc.value(m, value, s, number-last, false) {
			last = number
		}
	}
	m.uint(0)
}

// value writes a value whose pointers were followed, behind `delta` if that is not negative; zero only if `zero` says so.
func (enc *Encoder) value(m *message, v reflect.Value, s *shape, delta int, zero bool) (written bool) {
	if s.writer != byGob && s.writerDepth < 0 {
		if !v.CanAddr() {
			failf("unaddressable value of type %s", reflect.PointerTo(s.user))
		}
		v = v.Addr()
	}
	if !zero && isZero(v, s) {
		return false
	}
	if delta >= 0 {
		m.uint(uint64(delta))
	}
	if s.writer != byGob {
		m.text(string(external(v, s.writer)))
		return true
	}
	switch k := v.Kind(); k {
	case reflect.Bool:
		if v.Bool() {
			m.uint(1)
		} else {
			m.uint(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		m.int(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		m.uint(v.Uint())
	case reflect.Float32, reflect.Float64:
		m.float(v.Float())
	case reflect.Complex64, reflect.Complex128:
		m.float(real(v.Complex()))
		m.float(imag(v.Complex()))
	case reflect.String:
		m.text(v.String())
	case reflect.Slice, reflect.Array:
		enc.list(m, v)
	case reflect.Map:
		enc.mapping(m, v)
	case reflect.Struct:
		enc.structure(m, v)
	case reflect.Interface:
		enc.dynamic(m, v)
	}
	return true
}

// isZero tells whether a field is left out. Arrays and structs never are.
func isZero(v reflect.Value, s *shape) bool {
	if s.writer != byGob {
		return v.IsZero()
	}
	switch v.Kind() {
	case reflect.Array, reflect.Struct:
		return false
	case reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Float32, reflect.Float64:
		return v.Float() == 0
	case reflect.Complex64, reflect.Complex128:
		return v.Complex() == 0
	}
	return v.IsZero()
}

func external(v reflect.Value, by int) []byte {
	var data []byte
	var err error
	if by == byItself {
		data, err = v.Interface().(GobEncoder).GobEncode()
	} else {
		data, err = v.Interface().(encoding.BinaryMarshaler).MarshalBinary()
	}
	if err != nil {
		fail(err)
	}
	return data
}

func (enc *Encoder) list(m *message, v reflect.Value) {
	m.uint(uint64(v.Len()))
	if isBytes(v.Type()) {
		m.bytes = append(m.bytes, v.Bytes()...)
		return
	}
	s := mustShape(v.Type().Elem())
	depth := s.depthOf()
	for i := range v.Len() {
		elem := v.Index(i)
		if depth > 0 {
			var ok bool
			if elem, ok = follow(elem, depth); !ok {
				failf("encodeArray: nil element")
			}
		}
		enc.value(m, elem, s, -1, true)
	}
}

func (enc *Encoder) mapping(m *message, v reflect.Value) {
	m.uint(uint64(v.Len()))
	key, elem := mustShape(v.Type().Key()), mustShape(v.Type().Elem())
	part := func(v reflect.Value, s *shape) {
		for i := 0; i < s.depthOf() && v.IsValid(); i++ {
			v = reflect.Indirect(v)
		}
		if !v.IsValid() {
			failf("encodeReflectValue: nil element")
		}
		enc.value(m, v, s, -1, true)
	}
	for entries := v.MapRange(); entries.Next(); {
		part(entries.Key(), key)
		part(entries.Value(), elem)
	}
}

// dynamic writes what an interface holds: the name of its type, the type's id, and the value as a message of its own.
func (enc *Encoder) dynamic(m *message, v reflect.Value) {
	elem := v.Elem()
	if elem.Kind() == reflect.Pointer && elem.IsNil() {
		failf("gob: cannot encode nil pointer of type %s inside interface", elem.Type())
	}
	if v.IsNil() {
		m.uint(0)
		return
	}
	s := mustShape(elem.Type())
	name, ok := names[s.base]
	if !ok {
		failf("type not registered for interface: %s", s.base)
	}
	m.text(name)
	enc.announce(m, s)
	m.int(int64(enc.sent[s.base]))
	enc.to = append(enc.to, m)
	var inner message
	enc.whole(&inner, elem, s)
	if enc.err != nil {
		fail(enc.err)
	}
	enc.to = enc.to[:len(enc.to)-1]
	if enc.flush(m, &inner); enc.err != nil {
		fail(enc.err)
	}
}
