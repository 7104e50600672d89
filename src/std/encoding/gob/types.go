package gob

import (
	"errors"
	"fmt"
	"reflect"
)

type typeId int32

// CommonType is what the descriptions of all types have.
type CommonType struct {
	Name string
	Id   typeId
}

// Kinds of descriptions, in the order of the fields of the struct that the stream describes them with.
const (
	basicKind = iota - 1
	arrayKind
	sliceKind
	structKind
	mapKind
	gobKind
	binaryKind
	textKind
)

type field struct {
	name string
	id   typeId
}

// wire is a type as the stream describes it.
type wire struct {
	kind int
	CommonType
	key, elem typeId
	length    int
	fields    []field
	writers   int    // which of the last three kinds the stream names, a bit each
	ofBase    typeId // of a pointer that writes itself: the id that stands before values, which is that of what it points to
}

// Ids of the basic types, and the first of a program's own.
const (
	boolId typeId = iota + 1
	intId
	uintId
	floatId
	bytesId
	stringId
	complexId
	interfaceId

	wireTypeId  typeId = 16
	firstUserId typeId = 64
)

var (
	byType = map[reflect.Type]*wire{}
	byId   = make([]*wire, firstUserId)
	infos  = map[reflect.Type]*wire{}
)

func init() {
	basics := []struct {
		name string
		t    reflect.Type
	}{
		{"bool", reflect.TypeFor[bool]()}, {"int", reflect.TypeFor[int]()}, {"uint", reflect.TypeFor[uint]()}, {"float", reflect.TypeFor[float64]()},
		{"bytes", reflect.TypeFor[[]byte]()}, {"string", reflect.TypeFor[string]()}, {"complex", reflect.TypeFor[complex128]()}, {"interface", reflect.TypeFor[any]()},
	}
	for i, b := range basics {
		w := &wire{kind: basicKind, CommonType: CommonType{b.name, typeId(i + 1)}}
		byType[b.t], byId[i+1] = w, w
	}
	for id := interfaceId + 1; id < wireTypeId; id++ {
		byId[id] = &wire{kind: basicKind, CommonType: CommonType{"_reserved1", id}}
	}
	describeDescriptions()
}

// describeDescriptions fills in the types that descriptions have themselves.
func describeDescriptions() {
	const array, common, slice, structure, list, mapping, encoder = 17, 18, 19, 20, 22, 23, 24
	add := func(id typeId, name string, fields ...field) {
		byId[id] = &wire{kind: structKind, CommonType: CommonType{name, id}, fields: fields}
	}
	head := field{"CommonType", common}
	add(wireTypeId, "wireType", field{"ArrayT", array}, field{"SliceT", slice}, field{"StructT", structure}, field{"MapT", mapping},
		field{"GobEncoderT", encoder}, field{"BinaryMarshalerT", encoder}, field{"TextMarshalerT", encoder})
	add(array, "arrayType", head, field{"Elem", intId}, field{"Len", intId})
	add(common, "CommonType", field{"Name", stringId}, field{"Id", intId})
	add(slice, "sliceType", head, field{"Elem", intId})
	add(structure, "structType", head, field{"Field", list})
	add(list-1, "fieldType", field{"Name", stringId}, field{"Id", intId})
	byId[list] = &wire{kind: sliceKind, CommonType: CommonType{"[]gob.fieldType", list}, elem: list - 1}
	add(mapping, "mapType", head, field{"Key", intId}, field{"Elem", intId})
	add(encoder, "gobEncoderType", head)
}

func known(id typeId) *wire {
	if id < 0 || int(id) >= len(byId) {
		return nil
	}
	return byId[id]
}

func (w *wire) number() {
	if w.Id == 0 {
		w.Id = typeId(len(byId))
		byId = append(byId, w)
	}
}

// String writes a type as messages show it.
func (w *wire) String() string { return w.text(map[typeId]bool{}) }

func (w *wire) text(seen map[typeId]bool) string {
	if w.kind == basicKind || w.kind >= gobKind || seen[w.Id] {
		return w.Name
	}
	seen[w.Id] = true
	of := func(id typeId) string {
		if other := known(id); other != nil {
			return other.text(seen)
		}
		return "<nil>"
	}
	switch w.kind {
	case arrayKind:
		return fmt.Sprintf("[%d]%s", w.length, of(w.elem))
	case sliceKind:
		return "[]" + of(w.elem)
	case mapKind:
		key := of(w.key)
		return fmt.Sprintf("map[%s]%s", key, of(w.elem))
	}
	out := w.Name + " = struct { "
	for _, f := range w.fields {
		out += f.name + " " + of(f.id) + "; "
	}
	return out + "}"
}

// describe answers the description of a type with its pointers followed; `name` is for one that is met for the first time.
func describe(name string, t reflect.Type) (*wire, error) {
	s := mustShape(t)
	return describeAs(name, s, s.base)
}

func describeAs(name string, s *shape, t reflect.Type) (*wire, error) {
	if w := byType[t]; w != nil {
		return w, nil
	}
	w, err := newWire(name, s, t)
	if err != nil {
		delete(byType, t)
		return nil, err
	}
	byType[t] = w
	return w, nil
}

func newWire(name string, s *shape, t reflect.Type) (*wire, error) {
	w := &wire{CommonType: CommonType{Name: name}}
	if s.writer != byGob {
		w.kind = gobKind + s.writer - byItself
		w.number()
		return w, nil
	}
	if id := basicId(t); id != 0 {
		return byId[id], nil
	}
	byType[t] = w
	var err error
	// A type that contains itself has its number by then, or not: numbers are asked for when all parts are known.
	part := func(name string, t reflect.Type) *wire {
		var other *wire
		if err == nil {
			other, err = describe(name, t)
		}
		return other
	}
	switch t.Kind() {
	case reflect.Array:
		w.kind, w.length = arrayKind, t.Len()
		elem := part("", t.Elem())
		if err != nil {
			return nil, err
		}
		w.number()
		w.elem = elem.Id
	case reflect.Slice:
		w.kind = sliceKind
		elem := part(t.Elem().Name(), t.Elem())
		if err != nil {
			return nil, err
		}
		w.number()
		elem.number()
		w.elem = elem.Id
	case reflect.Map:
		w.kind = mapKind
		key := part("", t.Key())
		elem := part("", t.Elem())
		if err != nil {
			return nil, err
		}
		w.number()
		w.key, w.elem = key.Id, elem.Id
	case reflect.Struct:
		w.kind = structKind
		w.number()
		for i := range t.NumField() {
			if f := t.Field(i); isSent(f) {
				base := mustShape(f.Type).base
				name := base.Name()
				if name == "" {
					name = base.String()
				}
				of := part(name, f.Type)
				if err != nil {
					return nil, err
				}
				of.number()
				w.fields = append(w.fields, field{f.Name, of.Id})
			}
		}
	default:
		return nil, errors.New("gob NewTypeObject can't handle type: " + t.String())
	}
	return w, err
}

// basicId is that of a type that needs no description, else 0.
func basicId(t reflect.Type) typeId {
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return boolId
	case k >= reflect.Int && k <= reflect.Int64:
		return intId
	case k >= reflect.Uint && k <= reflect.Uintptr:
		return uintId
	case k == reflect.Float32 || k == reflect.Float64:
		return floatId
	case k == reflect.Complex64 || k == reflect.Complex128:
		return complexId
	case k == reflect.String:
		return stringId
	case k == reflect.Interface:
		return interfaceId
	case isBytes(t):
		return bytesId
	}
	return 0
}

// infoOf answers the description that is sent for a type.
func infoOf(s *shape) (w *wire, err error) {
	t := s.described()
	if w := infos[t]; w != nil {
		return w, nil
	}
	if w, err = describe(t.Name(), t); err != nil {
		return nil, err
	}
	sent := w
	if s.writer != byGob {
		if sent, err = describeAs(t.Name(), s, t); err != nil {
			return nil, err
		}
		if sent.Id != w.Id {
			sent = &wire{kind: sent.kind, CommonType: sent.CommonType, ofBase: w.Id}
		}
	}
	infos[t] = sent
	return sent, nil
}

// sentId is the id that stands before values of a description.
func (w *wire) sentId() typeId {
	if w.ofBase != 0 {
		return w.ofBase
	}
	return w.Id
}
