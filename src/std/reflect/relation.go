package reflect

import "internal/desc"

func (rt *rtype) Implements(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.Implements")
	}
	if u.Kind() != Interface {
		panic("reflect: non-interface type passed to Type.Implements")
	}
	return implements(&rt.t, u.common())
}

// implements reports whether a type, which may be an interface itself, has the methods of inter.
func implements(t, inter *desc.Type) bool {
	if t.Kind != desc.Interface {
		return desc.Implements(t, inter)
	}
	have := t.IMethods()
	for _, want := range inter.IMethods() {
		found := false
		for _, m := range have {
			found = found || m.Name == want.Name && m.PkgPath == want.PkgPath && m.Type == want.Type
		}
		if !found {
			return false
		}
	}
	return true
}

func (rt *rtype) AssignableTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.AssignableTo")
	}
	return assignable(&rt.t, u.common())
}

func (rt *rtype) ConvertibleTo(u Type) bool {
	if u == nil {
		panic("reflect: nil type passed to Type.ConvertibleTo")
	}
	return convertible(&rt.t, u.common())
}

// assignable reports whether a value of type from may be assigned to a variable of type to.
func assignable(from, to *desc.Type) bool {
	if from == to || to.Kind == desc.Interface && implements(from, to) {
		return true
	}
	if from.Flags&to.Flags&desc.FlagNamed != 0 || from.Kind != to.Kind {
		return false
	}
	if from.Kind == desc.Chan && from.Len == int(BothDir) && identical(from.Elem, to.Elem, true) {
		return true
	}
	return from.Kind > desc.Complex128 && from.Kind != desc.String && from.Kind != desc.UnsafePointer && sameUnder(from, to, true)
}

// identical reports whether two types are the same, perhaps but for tags.
func identical(a, b *desc.Type, tags bool) bool {
	if tags || a == b {
		return a == b
	}
	if a.Name != b.Name || a.Kind != b.Kind || a.PkgPath != b.PkgPath {
		return false
	}
	return sameUnder(a, b, tags)
}

// sameUnder reports whether two types have the same underlying type.
func sameUnder(a, b *desc.Type, tags bool) bool {
	if a == b {
		return true
	}
	if a.Kind != b.Kind {
		return false
	}
	switch k := a.Kind; {
	case k >= desc.Bool && k <= desc.Complex128, k == desc.String, k == desc.UnsafePointer:
		return true
	case k == desc.Array, k == desc.Chan:
		return a.Len == b.Len && identical(a.Elem, b.Elem, tags)
	case k == desc.Pointer, k == desc.Slice:
		return identical(a.Elem, b.Elem, tags)
	case k == desc.Map:
		return identical(a.Key, b.Key, tags) && identical(a.Elem, b.Elem, tags)
	case k == desc.Func:
		return a.Len == b.Len && sameList(a.Params(), b.Params(), tags) && sameList(a.Results(), b.Results(), tags)
	case k == desc.Interface:
		return len(a.IMethods()) == len(b.IMethods()) && implements(a, b)
	}
	x, y := a.Fields(), b.Fields()
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		f, g := &x[i], &y[i]
		if f.Name != g.Name || f.PkgPath != g.PkgPath || f.Embedded != g.Embedded || f.Offset != g.Offset || tags && f.Tag != g.Tag || !identical(f.Type, g.Type, tags) {
			return false
		}
	}
	return true
}

func sameList(a, b []*desc.Type, tags bool) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !identical(a[i], b[i], tags) {
			return false
		}
	}
	return true
}
