package json

import (
	"reflect"
	"slices"
	"strings"
	"unicode"
)

// field is a field of a struct as JSON sees it.
type field struct {
	name      string
	tagged    bool // the name comes from a tag
	index     []int
	typ       reflect.Type
	omitEmpty bool
	omitZero  bool
	quoted    bool
}

// fieldCache keeps the fields of struct types.
var fieldCache = map[reflect.Type][]field{}

// fieldsOf returns the fields of a struct, embedded ones flattened, in the order in which they are written.
func fieldsOf(t reflect.Type) []field {
	list, ok := fieldCache[t]
	if !ok {
		list = dominant(gather(t))
		fieldCache[t] = list
	}
	return list
}

// gather collects all fields, level by level of embedding. A struct that a level embeds twice counts twice.
func gather(root reflect.Type) []field {
	type embedded struct {
		typ   reflect.Type
		index []int
	}
	var all []field
	visited := map[reflect.Type]bool{}
	times := map[reflect.Type]int{root: 1} // how often the present level embeds a type
	for level := []embedded{{typ: root}}; len(level) > 0; {
		var below []embedded
		count := map[reflect.Type]int{}
		for _, e := range level {
			if visited[e.typ] {
				continue
			}
			visited[e.typ] = true
			for i := range e.typ.NumField() {
				sf := e.typ.Field(i)
				inner := sf.Type
				if inner.Name() == "" && inner.Kind() == reflect.Pointer {
					inner = inner.Elem()
				}
				if !sf.IsExported() && (!sf.Anonymous || inner.Kind() != reflect.Struct) {
					continue
				}
				tag := sf.Tag.Get("json")
				if tag == "-" {
					continue
				}
				name, options, _ := strings.Cut(tag, ",")
				if !goodName(name) {
					name = ""
				}
				index := append(slices.Clone(e.index), i)
				if name != "" || !sf.Anonymous || inner.Kind() != reflect.Struct {
					f := field{name: name, tagged: name != "", index: index, typ: sf.Type}
					if name == "" {
						f.name = sf.Name
					}
					f.omitEmpty, f.omitZero = hasOption(options, "omitempty"), hasOption(options, "omitzero")
					f.quoted = hasOption(options, "string") && quotable(inner)
					all = append(all, f)
					if times[e.typ] > 1 {
						all = append(all, f)
					}
					continue
				}
				if count[inner]++; count[inner] == 1 {
					below = append(below, embedded{inner, index})
				}
			}
		}
		level, times = below, count
	}
	return all
}

// quotable reports whether the option string works on a type.
func quotable(t reflect.Type) bool {
	switch k := t.Kind(); k {
	case reflect.Bool, reflect.String:
		return true
	default:
		return k >= reflect.Int && k <= reflect.Float64
	}
}

func hasOption(options, want string) bool {
	for option := range strings.SplitSeq(options, ",") {
		if option == want {
			return true
		}
	}
	return false
}

// goodName reports whether a tag's name can be a key.
func goodName(name string) bool {
	for _, c := range name {
		if !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) && !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return false
		}
	}
	return name != ""
}

// dominant keeps of the fields with one name the one that Go's rules choose: the least deep, then the tagged one; none if two remain.
func dominant(all []field) []field {
	var kept []field
	for _, f := range all {
		best, twice := f, false
		for _, other := range all {
			if other.name != f.name {
				continue
			}
			switch better := rank(other) - rank(best); {
			case better < 0:
				best, twice = other, false
			case better == 0 && !slices.Equal(other.index, best.index):
				twice = true
			}
		}
		if !twice && slices.Equal(best.index, f.index) && occurrences(all, f) == 1 {
			kept = append(kept, f)
		}
	}
	slices.SortStableFunc(kept, func(a, b field) int { return slices.Compare(a.index, b.index) })
	return kept
}

// rank orders fields of one name: by depth, tagged ones first.
func rank(f field) int {
	r := 2 * len(f.index)
	if !f.tagged {
		r++
	}
	return r
}

func occurrences(all []field, f field) (n int) {
	for _, other := range all {
		if other.name == f.name && slices.Equal(other.index, f.index) {
			n++
		}
	}
	return n
}
