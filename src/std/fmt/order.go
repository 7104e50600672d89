package fmt

import "internal/desc"

// few is how many entries are sorted by insertion.
const few = 16

// sort orders the entries of a map by their keys, stably; it needs other memory only for many. Go: internal/fmtsort.
func sort(list []entry) {
	if len(list) > few {
		merge(list, make([]entry, len(list)))
		return
	}
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && order(list[j].key, list[j-1].key) < 0; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// merge sorts the halves of list and merges them by way of scratch.
func merge(list, scratch []entry) {
	if len(list) <= few {
		sort(list)
		return
	}
	half := len(list) / 2
	merge(list[:half], scratch[:half])
	merge(list[half:], scratch[half:])
	copy(scratch, list)
	a, b := scratch[:half], scratch[half:]
	for i := range list {
		if len(a) == 0 || len(b) > 0 && order(b[0].key, a[0].key) < 0 {
			list[i], b = b[0], b[1:]
		} else {
			list[i], a = a[0], a[1:]
		}
	}
}

// order compares two keys of a map.
func order(a, b value) int {
	if a.typ != b.typ {
		return desc.Compare(a.typ, b.typ)
	}
	switch a.kind() {
	case desc.Int, desc.Int8, desc.Int16, desc.Int32, desc.Int64:
		return compareInts(a.int(), b.int())
	case desc.Uint, desc.Uint8, desc.Uint16, desc.Uint32, desc.Uint64, desc.Uintptr:
		return compareWords(a.uint(), b.uint())
	case desc.Float32, desc.Float64:
		return compareFloats(a.float(), b.float())
	case desc.Complex64, desc.Complex128:
		if c := compareFloats(real(a.complex()), real(b.complex())); c != 0 {
			return c
		}
		return compareFloats(imag(a.complex()), imag(b.complex()))
	case desc.String:
		return compareStrings(a.str(), b.str())
	case desc.Bool:
		return compareInts(bit(a.bool()), bit(b.bool()))
	case desc.Pointer, desc.UnsafePointer, desc.Chan:
		return compareWords(uint64(a.address()), uint64(b.address()))
	case desc.Struct:
		for i := range a.fieldCount() {
			x, _ := a.field(i)
			y, _ := b.field(i)
			if c := order(x, y); c != 0 {
				return c
			}
		}
	case desc.Array:
		for i := range a.len() {
			if c := order(a.index(i), b.index(i)); c != 0 {
				return c
			}
		}
	case desc.Interface:
		return order(a.elem(), b.elem())
	}
	return 0
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func compareStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// compareFloats puts NaN before all numbers.
func compareFloats(a, b float64) int {
	switch {
	case a < b || a != a && b == b:
		return -1
	case a > b || b != b && a == a:
		return 1
	}
	return 0
}

func compareInts(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func compareWords(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
