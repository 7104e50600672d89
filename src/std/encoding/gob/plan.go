package gob

import (
	"errors"
	"reflect"
)

// What is done with a value of the stream.
const (
	skipNumber = iota
	skipPair
	skipBytes
	skipInterface
	skipArray
	skipSlice
	skipMap
	skipStruct
	setBasic
	setBytes
	setArray
	setSlice
	setMap
	setStruct
	setInterface
	setExternal
)

// plan is how values of one type of the stream get into values of one Go type, or are passed over.
type plan struct {
	do         int
	t          reflect.Type // with pointers followed
	shape      *shape
	key, elem  *plan
	length     int
	name       string // of what is out of range
	inner      string // the same for its elements
	fields     []step
	matched    int
	unfinished bool
}

// step is a field of a struct of the stream; without an index nobody wants it.
type step struct {
	*plan
	index []int
	name  string
}

func outOfRange(name string) error { return errors.New(`value for "` + name + `" out of range`) }

// most that descriptions of what is passed over may be nested
const deepest = 10000

type pair struct {
	t  reflect.Type
	id typeId
}

// wireOf answers the description of a type of the stream.
func (dec *Decoder) wireOf(id typeId) *wire {
	if id < firstUserId {
		if w := known(id); w != nil {
			return w
		}
	}
	return dec.types[id]
}

// typeText names a type of the stream, as it is numbered here if it is.
func (dec *Decoder) typeText(id typeId) string {
	if w := known(id); w != nil {
		return w.String()
	}
	w := dec.types[id]
	if w == nil || w.kind > textKind {
		return "unknown type"
	}
	return w.Name
}

// planFor makes the plan for a whole value.
func (dec *Decoder) planFor(id typeId, s *shape) (p *plan, err error) {
	if p := dec.plans[s.user][id]; p != nil {
		return p, nil
	}
	if dec.plans[s.user] == nil {
		dec.plans[s.user] = map[typeId]*plan{}
	}
	p = &plan{unfinished: true}
	dec.plans[s.user][id] = p
	defer func() {
		if err != nil {
			delete(dec.plans[s.user], id)
		}
	}()
	defer caught(&err)
	if s.base.Kind() == reflect.Struct && s.reader == byGob {
		dec.planStruct(p, id, s.base)
	} else {
		dec.planSingle(p, id, s)
	}
	p.unfinished = false
	return p, nil
}

func (dec *Decoder) planSingle(p *plan, id typeId, s *shape) {
	name := s.user.String()
	if !dec.compatible(s.user, id, map[reflect.Type]typeId{}) {
		text := dec.typeText(id)
		if s.base.Kind() == reflect.Interface && id != interfaceId {
			fail(errors.New("gob: local interface type " + name + " can only be decoded from remote interface type; received concrete type " + text))
		}
		fail(errors.New("gob: decoding into local type " + name + ", received remote type " + text))
	}
	*p = *dec.planValue(id, s.user, name, map[reflect.Type]*plan{})
}

func (dec *Decoder) planStruct(p *plan, id typeId, t reflect.Type) {
	w := dec.wireOf(id)
	if w == nil {
		fail(errNoType)
	}
	if w.kind != structKind {
		failf("type mismatch in decoder: want struct type %s; got non-struct", t)
	}
	p.do, p.t = setStruct, t
	seen := map[reflect.Type]*plan{}
	for _, f := range w.fields {
		if f.name == "" {
			failf("empty name for remote field of type %s", w.Name)
		}
		local, ok := t.FieldByName(f.name)
		if !ok || !exported(f.name) {
			p.fields = append(p.fields, step{dec.planSkip(f.id, map[typeId]*plan{}), nil, f.name})
			continue
		}
		if !dec.compatible(local.Type, f.id, map[reflect.Type]typeId{}) {
			failf("wrong type (%s) for received field %s.%s", local.Type, w.Name, f.name)
		}
		p.fields = append(p.fields, step{dec.planValue(f.id, local.Type, f.name, seen), local.Index, f.name})
		p.matched++
	}
}

// planValue makes the plan for a part of a value, which is known to be compatible.
func (dec *Decoder) planValue(id typeId, t reflect.Type, name string, seen map[reflect.Type]*plan) *plan {
	s := mustShape(t)
	p := &plan{t: s.base, shape: s, name: name, inner: name}
	if s.reader != byGob {
		p.do = setExternal
		return p
	}
	if old := seen[t]; old != nil {
		return old
	}
	seen[t] = p
	w := dec.wireOf(id)
	switch s.base.Kind() {
	case reflect.Array:
		p.do, p.length, p.inner = setArray, s.base.Len(), "element of "+name
		p.elem = dec.planValue(w.elem, s.base.Elem(), p.inner, seen)
	case reflect.Map:
		p.do = setMap
		p.key = dec.planValue(w.key, s.base.Key(), "key of "+name, seen)
		p.elem = dec.planValue(w.elem, s.base.Elem(), "element of "+name, seen)
	case reflect.Slice:
		p.inner = "element of " + name
		if isBytes(s.base) {
			p.do = setBytes
			break
		}
		p.do = setSlice
		p.elem = dec.planValue(w.elem, s.base.Elem(), p.inner, seen)
	case reflect.Struct:
		whole, err := dec.planFor(id, mustShape(s.base))
		if err != nil {
			fail(err)
		}
		if !whole.unfinished {
			return whole
		}
		// It stands inside itself: what it will be is asked later.
		p.do, p.elem = setStruct, whole
	case reflect.Interface:
		p.do = setInterface
	case reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Invalid:
		failf("decode can't handle type %s", t)
	default:
		p.do = setBasic
	}
	return p
}

// planSkip makes the plan for what nobody wants.
func (dec *Decoder) planSkip(id typeId, seen map[typeId]*plan) *plan {
	dec.nesting++
	defer func() { dec.nesting-- }()
	if dec.nesting > deepest {
		fail(errors.New("invalid nesting depth"))
	}
	if p := seen[id]; p != nil {
		return p
	}
	switch id {
	case boolId, intId, uintId, floatId:
		return &plan{do: skipNumber}
	case bytesId, stringId:
		return &plan{do: skipBytes}
	case complexId:
		return &plan{do: skipPair}
	}
	p := &plan{do: skipInterface}
	seen[id] = p
	if id == interfaceId {
		return p
	}
	w := dec.types[id]
	text := "<nil>"
	if local := known(id); local != nil {
		text = local.String()
	}
	if w == nil {
		failf("bad data: undefined type %s", text)
	}
	switch w.kind {
	case arrayKind:
		p.do, p.length = skipArray, w.length
		p.elem = dec.planSkip(w.elem, seen)
	case sliceKind:
		p.do = skipSlice
		p.elem = dec.planSkip(w.elem, seen)
	case mapKind:
		p.do = skipMap
		p.key = dec.planSkip(w.key, seen)
		p.elem = dec.planSkip(w.elem, seen)
	case structKind:
		p.do, p.elem = skipStruct, dec.planSkipped(id)
	case gobKind, binaryKind, textKind:
		p.do = skipBytes
		p.name = "GobDecoder"
	default:
		failf("bad data: ignore can't handle type %s", text)
	}
	return p
}

// planSkipped makes the plan for a whole value that nobody wants.
func (dec *Decoder) planSkipped(id typeId) *plan {
	if p := dec.skips[id]; p != nil {
		return p
	}
	p := &plan{}
	dec.skips[id] = p
	kept := false
	defer func() {
		if !kept {
			delete(dec.skips, id)
		}
	}()
	if w := dec.types[id]; w != nil && w.kind == structKind {
		for _, f := range w.fields {
			if f.name == "" {
				failf("empty name for remote field of type %s", w.Name)
			}
			p.fields = append(p.fields, step{dec.planSkip(f.id, map[typeId]*plan{}), nil, f.name})
		}
		p.do = skipStruct
	} else {
		*p = *dec.planSkip(id, map[typeId]*plan{})
	}
	kept = true
	return p
}

// compatible tells whether values of the stream's type can get into t.
func (dec *Decoder) compatible(t reflect.Type, id typeId, seen map[reflect.Type]typeId) bool {
	if other, ok := seen[t]; ok {
		return other == id
	}
	seen[t] = id
	s := mustShape(t)
	w := dec.types[id]
	is := func(kind int) bool { return w != nil && w.kind == kind }
	writers := 0
	if w != nil {
		writers = w.writers
	}
	if wanted := [...]int{byGob: 0, byItself: 1, byBinary: 2}; writers != wanted[s.reader] {
		return false
	}
	if s.reader != byGob {
		return true
	}
	switch base := s.base; base.Kind() {
	case reflect.Struct:
		return true
	case reflect.Array:
		return is(arrayKind) && base.Len() == w.length && dec.compatible(base.Elem(), w.elem, seen)
	case reflect.Map:
		return is(mapKind) && dec.compatible(base.Key(), w.key, seen) && dec.compatible(base.Elem(), w.elem, seen)
	case reflect.Slice:
		if isBytes(base) {
			return id == bytesId
		}
		return is(sliceKind) && dec.compatible(mustShape(base.Elem()).base, w.elem, seen)
	default:
		basic := basicId(base)
		return basic != 0 && basic == id
	}
}
