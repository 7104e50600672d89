package gob

import (
	"encoding"
	"io"
	"math"
	"math/bits"
	"reflect"
)

// value reads a whole value; what goes wrong is kept.
func (dec *Decoder) value(id typeId, v reflect.Value) {
	defer caught(&dec.err)
	if !v.IsValid() {
		p := dec.planSkipped(id)
		if p.do != skipStruct || dec.types[id] == nil {
			dec.single()
		}
		dec.skip(p)
		return
	}
	s := mustShape(v.Type())
	p, err := dec.planFor(id, s)
	if err != nil {
		dec.err = err
		return
	}
	v = allocated(v)
	if s.base.Kind() != reflect.Struct || s.reader != byGob {
		dec.single()
		dec.set(p, v, p.name)
		return
	}
	if w := dec.types[id]; p.matched == 0 && s.base.NumField() > 0 && w != nil && len(w.fields) > 0 {
		failf("type mismatch: no fields matched compiling decoder for %s", s.base.Name())
	}
	dec.structure(p, v)
}

// single reads what stands before a value that is no struct.
func (dec *Decoder) single() {
	if dec.in.uint() != 0 {
		failf("decode: corrupted data: non-zero delta for singleton")
	}
}

// allocated follows pointers to a value, and makes what they point to where they are nil.
func allocated(v reflect.Value) reflect.Value {
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	return v
}

func (dec *Decoder) structure(p *plan, v reflect.Value) {
	dec.in.fields(len(p.fields), func(number int) {
		f := p.fields[number]
		if f.index == nil {
			dec.skip(f.plan)
			return
		}
		field := v.FieldByIndex(f.index)
		if field.Kind() == reflect.Pointer {
			field = allocated(field)
		}
		dec.set(f.plan, field, f.name)
	})
}

// set reads a value into v. `name` is what its error says.
func (dec *Decoder) set(p *plan, v reflect.Value, name string) {
	switch p.do {
	case setBasic:
		dec.basic(v, name)
	case setBytes:
		dec.bytes(v)
	case setArray:
		if n := dec.in.uint(); n != uint64(p.length) {
			failf("length mismatch in decodeArray")
		}
		dec.list(p, v, p.length)
	case setSlice:
		dec.slice(p, v)
	case setMap:
		dec.mapping(p, v)
	case setStruct:
		if p.elem != nil {
			p = p.elem
		}
		dec.structure(p, v)
	case setInterface:
		dec.dynamic(p.t, v)
	case setExternal:
		dec.external(p.shape, v)
	}
}

func (dec *Decoder) basic(v reflect.Value, name string) {
	in := &dec.in
	bad := false
	switch k := v.Kind(); k {
	case reflect.Bool:
		v.SetBool(in.uint() != 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n := in.int()
		if bad = v.OverflowInt(n); !bad {
			v.SetInt(n)
		}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		n := in.uint()
		if bad = v.OverflowUint(n); !bad {
			v.SetUint(n)
		}
	case reflect.Float32, reflect.Float64:
		v.SetFloat(in.float(k == reflect.Float32, name))
	case reflect.Complex64, reflect.Complex128:
		re := in.float(k == reflect.Complex64, name)
		v.SetComplex(complex(re, in.float(k == reflect.Complex64, name)))
	case reflect.String:
		n, ok := in.length()
		if !ok {
			failf("bad %s slice length: %d", v.Type(), n)
		}
		v.SetString(string(in.take(n)))
	}
	if bad {
		fail(outOfRange(name))
	}
}

// float reads one; a short one must not be too large.
func (in *input) float(short bool, name string) float64 {
	x := math.Float64frombits(bits.ReverseBytes64(in.uint()))
	if size := math.Abs(x); short && size > math.MaxFloat32 && size <= math.MaxFloat64 {
		fail(outOfRange(name))
	}
	return x
}

func (dec *Decoder) bytes(v reflect.Value) {
	n, ok := dec.in.length()
	if !ok {
		failf("bad %s slice length: %d", v.Type(), n)
	}
	if v.Cap() < n {
		v.Set(reflect.MakeSlice(v.Type(), n, n))
	} else {
		v.SetLen(n)
	}
	copy(v.Bytes(), dec.in.take(n))
}

func (dec *Decoder) slice(p *plan, v reflect.Value) {
	n := dec.in.uint()
	elem := v.Type().Elem()
	size := uint64(elem.Size())
	if over, total := bits.Mul64(n, size); int(n) < 0 || over != 0 || total > most {
		failf("%s slice too big: %d elements of %d bytes", elem, n, size)
	}
	count := int(n)
	if v.Cap() < count {
		// More than this is made when it turns out to be there.
		const much = 10 << 20
		if size > 0 && n > much/size {
			count = int(max(1, much/size))
		}
		v.Set(reflect.MakeSlice(v.Type(), count, count))
	} else {
		v.SetLen(count)
	}
	dec.list(p, v, int(n))
}

func (dec *Decoder) list(p *plan, v reflect.Value, length int) {
	elem := v.Type().Elem()
	what, isText := "array", elem == reflect.TypeFor[string]()
	// Go has loops of their own for slices of basic types and names them.
	if elem.PkgPath() == "" && elem.Name() != "" && elem.Kind() != reflect.Uint8 && (v.Kind() == reflect.Slice || v.CanAddr()) && basicId(elem) != 0 && elem.Kind() != reflect.Interface {
		what = elem.String() + " array"
	}
	for i := range length {
		if dec.in.len() == 0 {
			failf("decoding %s or slice: length exceeds input size (%d elements)", what, length)
		}
		if i >= v.Len() {
			v.Grow(1)
			v.SetLen(min(v.Cap(), length))
		}
		at := v.Index(i)
		if isText {
			at.SetString(dec.in.shortText())
			continue
		}
		if elem.Kind() == reflect.Pointer {
			at = allocated(at)
		}
		dec.set(p.elem, at, p.inner)
	}
}

// shortText reads one of a list of strings.
func (in *input) shortText() string {
	n := in.uint()
	if n > uint64(in.len()) {
		failf("length of string exceeds input size (%d bytes)", n)
	}
	return string(in.take(int(n)))
}

func (dec *Decoder) mapping(p *plan, v reflect.Value) {
	n := int(dec.in.uint())
	t := v.Type()
	if v.IsNil() {
		v.Set(reflect.MakeMapWithSize(t, min(max(n, 0), dec.in.len())))
	}
	part := func(p *plan, t reflect.Type) reflect.Value {
		made := reflect.New(t).Elem()
		at := made
		if t.Kind() == reflect.Pointer {
			at = allocated(made)
		}
		dec.set(p, at, "")
		return made
	}
	for range n {
		key := dec.named(p.key, p.name, t.Key(), part)
		v.SetMapIndex(key, dec.named(p.elem, p.name, t.Elem(), part))
	}
}

// named gives the parts of a map the map's own name where they are out of range.
func (dec *Decoder) named(p *plan, name string, t reflect.Type, part func(*plan, reflect.Type) reflect.Value) reflect.Value {
	if p.do != setBasic {
		return part(p, t)
	}
	made := reflect.New(t).Elem()
	dec.basic(allocated(made), name)
	return made
}

// dynamic reads what an interface holds.
func (dec *Decoder) dynamic(t reflect.Type, v reflect.Value) {
	size := dec.in.uint()
	if size > 1<<31 {
		failf("invalid type name length %d", size)
	}
	if size > uint64(dec.in.len()) {
		failf("invalid type name length %d: exceeds input size", size)
	}
	name := dec.in.take(int(size))
	if len(name) == 0 {
		v.SetZero()
		return
	}
	if len(name) > 1024 {
		failf("name too long (%d bytes): %.20q...", len(name), name)
	}
	held, ok := registered[string(name)]
	if !ok {
		failf("name not registered for interface: %q", name)
	}
	id := dec.nextType(true)
	if id < 0 {
		fail(dec.err)
	}
	dec.in.uint() // the length, for who passes it over
	made := reflect.New(held).Elem()
	if dec.value(id, made); dec.err != nil {
		fail(dec.err)
	}
	if !held.AssignableTo(t) {
		failf("%s is not assignable to type %s", held, t)
	}
	v.Set(made)
}

func (dec *Decoder) external(s *shape, v reflect.Value) {
	n, ok := dec.in.length()
	if !ok {
		failf("GobDecoder: length too large for buffer")
	}
	data := dec.in.take(n)
	receiver := s.user
	for range s.readerDepth {
		receiver = receiver.Elem()
	}
	if v.Kind() != reflect.Pointer && (s.readerDepth < 0 || receiver.Kind() == reflect.Pointer) {
		v = v.Addr()
	}
	var err error
	if s.reader == byItself {
		err = v.Interface().(GobDecoder).GobDecode(data)
	} else {
		err = v.Interface().(encoding.BinaryUnmarshaler).UnmarshalBinary(data)
	}
	if err != nil {
		fail(err)
	}
}

// skip reads a value that nobody wants.
func (dec *Decoder) skip(p *plan) {
	in := &dec.in
	many := func(n int) {
		for range n {
			if in.len() == 0 {
				failf("decoding array or slice: length exceeds input size (%d elements)", n)
			}
			dec.skip(p.elem)
		}
	}
	switch p.do {
	case skipPair:
		in.uint()
		in.uint()
	case skipNumber:
		in.uint()
	case skipBytes:
		n, ok := in.length()
		if !ok && p.name != "" {
			failf("GobDecoder: length too large for buffer")
		}
		if !ok {
			failf("slice length too large")
		}
		in.take(n)
	case skipInterface:
		dec.skipDynamic()
	case skipArray:
		if n := in.uint(); n != uint64(p.length) {
			failf("length mismatch in ignoreArray")
		}
		many(p.length)
	case skipSlice:
		many(int(in.uint()))
	case skipMap:
		for range int(in.uint()) {
			dec.skip(p.key)
			dec.skip(p.elem)
		}
	case skipStruct:
		if p.elem != nil {
			p = p.elem
		}
		in.fields(len(p.fields), func(number int) { dec.skip(p.fields[number].plan) })
	}
}

func (dec *Decoder) skipDynamic() {
	n, ok := dec.in.length()
	if !ok {
		failf("bad interface encoding: name too large for buffer")
	}
	dec.in.take(n)
	if dec.nextType(true) < 0 {
		fail(dec.err)
	}
	if n, ok = dec.in.length(); !ok {
		failf("bad interface encoding: data length too large for buffer")
	}
	dec.in.take(n)
}

var _ io.Reader = (*input)(nil)
