package xml

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// layout is what is known of a type of structs.
type layout struct {
	name   *field // the field XMLName
	fields []field
}

// field is how a field is written.
type field struct {
	index []int
	name  string
	space string
	is    kinds
	above []string // elements around it: above>name
}

type kinds int

const (
	isElement kinds = 1 << iota
	isAttr
	isCDATA
	isText
	isInner
	isComment
	isAny
	omitEmpty
	modes = isElement | isAttr | isCDATA | isText | isInner | isComment | isAny
)

var words = map[string]kinds{
	"attr": isAttr, "cdata": isCDATA, "chardata": isText, "innerxml": isInner, "comment": isComment, "any": isAny, "omitempty": omitEmpty,
}

const nameField = "XMLName"

var (
	layouts  sync.Map // of reflect.Type
	nameType = reflect.TypeFor[Name]()
	attrType = reflect.TypeFor[Attr]()
)

func layoutOf(t reflect.Type) (*layout, error) {
	if known, ok := layouts.Load(t); ok {
		return known.(*layout), nil
	}
	l := new(layout)
	if t.Kind() == reflect.Struct && t != nameType {
		for i := range t.NumField() {
			if err := l.take(t, i); err != nil {
				return nil, err
			}
		}
	}
	known, _ := layouts.LoadOrStore(t, l)
	return known.(*layout), nil
}

// take takes a field up. Those of an embedded struct are taken for its own.
func (l *layout) take(t reflect.Type, i int) error {
	f := t.Field(i)
	if !f.IsExported() && !f.Anonymous || f.Tag.Get("xml") == "-" {
		return nil
	}
	inner := f.Type
	if inner.Kind() == reflect.Pointer {
		inner = inner.Elem()
	}
	if f.Anonymous && inner.Kind() == reflect.Struct {
		below, err := layoutOf(inner)
		if err != nil {
			return err
		}
		if l.name == nil {
			l.name = below.name
		}
		for _, b := range below.fields {
			b.index = append([]int{i}, b.index...)
			if err := l.add(t, b); err != nil {
				return err
			}
		}
		return nil
	}
	how, err := fieldOf(t, f)
	if err != nil {
		return err
	}
	if f.Name == nameField {
		l.name = how
		return nil
	}
	return l.add(t, *how)
}

// fieldOf reads a tag.
func fieldOf(t reflect.Type, f reflect.StructField) (*field, error) {
	how := &field{index: f.Index}
	whole := f.Tag.Get("xml")
	tag := whole
	if space, rest, found := strings.Cut(tag, " "); found {
		how.space, tag = space, rest
	}
	tag, flags, hasFlags := strings.Cut(tag, ",")
	if !hasFlags {
		how.is = isElement
	} else if !how.flags(f.Name, tag, flags) {
		return nil, fmt.Errorf("xml: invalid tag in field %s of type %s: %q", f.Name, t, whole)
	}
	if how.space != "" && tag == "" {
		return nil, fmt.Errorf("xml: namespace without name in field %s of type %s: %q", f.Name, t, whole)
	}
	if f.Name == nameField {
		how.name = tag
		return how, nil
	}
	own := nameOf(f.Type)
	if tag == "" {
		how.name = f.Name
		if own != nil {
			how.space, how.name = own.space, own.name
		}
		return how, nil
	}
	path := strings.Split(tag, ">")
	if path[0] == "" {
		path[0] = f.Name
	}
	last := len(path) - 1
	if path[last] == "" {
		return nil, fmt.Errorf("xml: trailing '>' in field %s of type %s", f.Name, t)
	}
	how.name = path[last]
	if last > 0 {
		if how.is&isElement == 0 {
			return nil, fmt.Errorf("xml: %s chain not valid with %s flag", tag, flags)
		}
		how.above = path[:last]
	}
	if how.is&isElement != 0 && own != nil && own.name != how.name {
		return nil, fmt.Errorf("xml: name %q in tag of %s.%s conflicts with name %q in %s.XMLName", how.name, t, f.Name, own.name, f.Type)
	}
	return how, nil
}

// flags reads the words of a tag behind the name, and tells whether they go together.
func (how *field) flags(name, tag, flags string) bool {
	for flag := range strings.SplitSeq(flags, ",") {
		how.is |= words[flag]
	}
	switch mode := how.is & modes; mode {
	case 0:
		how.is |= isElement
	case isAttr, isCDATA, isText, isInner, isComment, isAny, isAny | isAttr:
		if name == nameField || tag != "" && mode != isAttr {
			return false
		}
	default:
		return false
	}
	if how.is&modes == isAny {
		how.is |= isElement
	}
	return how.is&omitEmpty == 0 || how.is&(isElement|isAttr) != 0
}

// nameOf is what the XMLName of a type of structs says, nil if it says nothing.
func nameOf(t reflect.Type) *field {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		if f := t.Field(i); f.Name == nameField {
			if how, err := fieldOf(t, f); err == nil && how.name != "" {
				return how
			}
			return nil
		}
	}
	return nil
}

// clash tells whether both can't be told apart in a text.
func (how *field) clash(other *field) bool {
	if how.is&modes != other.is&modes || how.space != "" && other.space != "" && how.space != other.space {
		return false
	}
	a, b := append(slices.Clone(how.above), how.name), append(slices.Clone(other.above), other.name)
	n := min(len(a), len(b))
	return slices.Equal(a[:n], b[:n]) && (len(a) != len(b) || how.space == other.space)
}

// add adds a field. Of two that clash the one that is embedded less deep counts; at the same depth neither can.
func (l *layout) add(t reflect.Type, f field) error {
	var clashes []int
	for i := range l.fields {
		if l.fields[i].clash(&f) {
			clashes = append(clashes, i)
		}
	}
	for _, i := range clashes {
		if len(l.fields[i].index) < len(f.index) {
			return nil
		}
	}
	for _, i := range clashes {
		if old := l.fields[i]; len(old.index) == len(f.index) {
			a, b := t.FieldByIndex(old.index), t.FieldByIndex(f.index)
			return &TagPathError{t, a.Name, a.Tag.Get("xml"), b.Name, b.Tag.Get("xml")}
		}
	}
	for i := len(clashes) - 1; i >= 0; i-- {
		l.fields = slices.Delete(l.fields, clashes[i], clashes[i]+1)
	}
	l.fields = append(l.fields, f)
	return nil
}

// TagPathError says that two fields can't be told apart.
type TagPathError struct {
	Struct       reflect.Type
	Field1, Tag1 string
	Field2, Tag2 string
}

func (e *TagPathError) Error() string {
	return fmt.Sprintf("%s field %q with tag %q conflicts with field %q with tag %q", e.Struct, e.Field1, e.Tag1, e.Field2, e.Tag2)
}

// in returns the field of a struct. Pointers to embedded structs on the way are made, or there is no such field.
func (how *field) in(v reflect.Value, make bool) reflect.Value {
	for depth, i := range how.index {
		if depth > 0 && v.Kind() == reflect.Pointer && v.Type().Elem().Kind() == reflect.Struct {
			if v.IsNil() {
				if !make {
					return reflect.Value{}
				}
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	return v
}

// as asks for a method of a value, or of its address.
func as[T any](v reflect.Value) (t T, from reflect.Value, ok bool) {
	if v.CanInterface() {
		if t, ok = v.Interface().(T); ok {
			return t, v, true
		}
	}
	if v.CanAddr() {
		if p := v.Addr(); p.CanInterface() {
			if t, ok = p.Interface().(T); ok {
				return t, p, true
			}
		}
	}
	return t, v, false
}

// isBytes tells whether a slice or array has bytes.
func isBytes(t reflect.Type) bool { return t.Elem().Kind() == reflect.Uint8 }
