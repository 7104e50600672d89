package reflect

// VisibleFields returns the fields of a struct and those that embedded structs bring, in their order.
func VisibleFields(t Type) []StructField {
	if t == nil {
		panic("reflect: VisibleFields(nil)")
	}
	if t.Kind() != Struct {
		panic("reflect.VisibleFields of non-struct type")
	}
	var list []StructField
	collectVisible(t, t, nil, map[Type]bool{}, &list)
	return list
}

func collectVisible(root, t Type, index []int, inside map[Type]bool, list *[]StructField) {
	if inside[t] {
		return
	}
	inside[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		f.Index = append(append([]int(nil), index...), i)
		if f.Name != "_" || len(index) == 0 {
			if real, ok := root.FieldByName(f.Name); f.Name == "_" || ok && sameIndex(real.Index, f.Index) {
				*list = append(*list, f)
			}
		}
		if f.Anonymous {
			inner := f.Type
			if inner.Kind() == Pointer {
				inner = inner.Elem()
			}
			if inner.Kind() == Struct {
				collectVisible(root, inner, f.Index, inside, list)
			}
		}
	}
	delete(inside, t)
}

func sameIndex(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
