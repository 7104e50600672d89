package desc

// basics are the predeclared types in the order in which Go's linker lays their descriptors.
var basics = [...]uint8{String, Int8, Uint8, Int16, Uint16, Int32, Uint32, Int64, Uint64, Int, Uint, Uintptr, Complex64, Complex128, Float32, Float64, Bool, UnsafePointer}

// Compare orders two types as Go compares the addresses of their descriptors: by how long these are, those of the program before the predeclared ones, named
// types first, then by name. Between packages it is a guess. Go: cmd/link/internal/ld/data.go (dodataSect), reflectdata.typesStrCmp.
func Compare(a, b *Type) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	if c := int(a.length()) - int(b.length()); c != 0 {
		return c
	}
	if c := a.basic() - b.basic(); c != 0 {
		return c
	}
	if c := int(b.Flags&FlagNamed) - int(a.Flags&FlagNamed); c != 0 {
		return c
	}
	if a.Str < b.Str {
		return -1
	}
	return 1
}

// basic is the place among the predeclared types, 0 of others.
func (t *Type) basic() int {
	if t.Flags&FlagNamed == 0 || t.PkgPath != "" {
		return 0
	}
	for i, kind := range basics {
		if kind == t.Kind {
			return i + 1
		}
	}
	return 0
}

// length is how many bytes Go's descriptor takes.
func (t *Type) length() uintptr {
	n := uintptr(48)
	switch int(t.Kind) {
	case Array:
		n += 24
	case Chan:
		n += 16
	case Pointer, Slice:
		n += 8
	case Func:
		n += 8 + 8*uintptr(t.fieldCount+t.methodNum)
	case Interface:
		n += 32 + 8*uintptr(t.fieldCount)
	case Map:
		n += 64
	case Struct:
		n += 32 + 24*uintptr(t.fieldCount)
	}
	if t.Flags&FlagNamed != 0 || t.methodNum > 0 && t.Kind != Func {
		n += 16
	}
	if t.Kind != Func {
		n += 16 * uintptr(t.methodNum)
	}
	return n
}
