package reflect

import (
	"internal/desc"
	"internal/runtime"
	"strconv"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

// New types. The machine makes their descriptors and knows those that exist.

func madeOf(kind Kind, elem, key *desc.Type, n int) Type {
	return toType((*desc.Type)(runtime.TypeMadeOf(int(kind), unsafe.Pointer(elem), unsafe.Pointer(key), n)))
}

// PointerTo returns *t.
func PointerTo(t Type) Type {
	d := t.common()
	if d.PtrTo != nil {
		return toType(d.PtrTo)
	}
	return madeOf(Pointer, d, d, 0)
}

// PtrTo is PointerTo.
func PtrTo(t Type) Type { return PointerTo(t) }

// SliceOf returns []t.
func SliceOf(t Type) Type {
	d := t.common()
	return madeOf(Slice, d, d, 0)
}

// ArrayOf returns [length]inner.
func ArrayOf(length int, inner Type) Type {
	if length < 0 {
		panic("reflect: negative length passed to ArrayOf")
	}
	d := inner.common()
	return madeOf(Array, d, d, length)
}

// MapOf returns map[key]inner.
func MapOf(key, inner Type) Type {
	k := key.common()
	if k.Flags&desc.FlagComparable == 0 {
		panic("reflect.MapOf: invalid key type " + k.Str)
	}
	return madeOf(Map, inner.common(), k, 0)
}

// ChanOf returns a channel type.
func ChanOf(dir ChanDir, t Type) Type {
	d := t.common()
	if d.Size >= 1<<16 {
		panic("reflect.ChanOf: element size too large")
	}
	if dir < RecvDir || dir > BothDir {
		panic("reflect.ChanOf: invalid dir")
	}
	return madeOf(Chan, d, d, int(dir))
}

// FuncOf returns a function type.
func FuncOf(in, out []Type, variadic bool) Type {
	if variadic && (len(in) == 0 || in[len(in)-1].Kind() != Slice) {
		panic("reflect.FuncOf: last arg of variadic func must be slice")
	}
	list := make([]*desc.Type, 0, len(in)+len(out))
	for _, t := range in {
		list = append(list, t.common())
	}
	for _, t := range out {
		list = append(list, t.common())
	}
	return funcOf(list, len(in), variadic)
}

func funcOf(list []*desc.Type, ins int, variadic bool) Type {
	at := unsafe.Pointer(unsafe.SliceData(list))
	return toType((*desc.Type)(runtime.FuncType(at, ins, len(list)-ins, variadic)))
}

// StructOf returns a struct type.
func StructOf(fields []StructField) Type {
	list := make([]desc.Field, len(fields))
	names := map[string]bool{}
	pkg := ""
	for i, f := range fields {
		switch {
		case f.Name == "":
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no name")
		case !isName(f.Name):
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has invalid name")
		case f.Type == nil:
			panic("reflect.StructOf: field " + strconv.Itoa(i) + " has no type")
		case f.Anonymous && f.PkgPath != "":
			panic("reflect.StructOf: field \"" + f.Name + "\" is anonymous but has PkgPath set")
		case f.PkgPath == "" && !startsUpper(f.Name):
			panic("reflect.StructOf: field \"" + f.Name + "\" is unexported but missing PkgPath")
		case f.Name != "_" && names[f.Name]:
			panic("reflect.StructOf: duplicate field " + f.Name)
		case f.PkgPath != "" && pkg != "" && f.PkgPath != pkg:
			panic("reflect.Struct: fields with different PkgPath " + pkg + " and " + f.PkgPath)
		}
		names[f.Name] = true
		if f.PkgPath != "" {
			pkg = f.PkgPath
		}
		t := f.Type.common()
		list[i] = desc.Field{Name: f.Name, PkgPath: f.PkgPath, Type: t, Tag: string(f.Tag)}
		if f.Anonymous {
			if f.Type.NumMethod() > 0 {
				promotedMethods()
			}
			list[i].Embedded = 1
		}
	}
	at := unsafe.Pointer(unsafe.SliceData(list))
	return toType((*desc.Type)(runtime.StructType(at, len(list))))
}

// promotedMethods ends the program as unsupported: methods of embedded fields would need code.
func promotedMethods()

func startsUpper(name string) bool {
	r, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(r)
}

func isName(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return true
}
