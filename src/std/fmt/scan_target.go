// Variables of any type as targets of a scan. Go keeps the original in fmt/scan.go.
package fmt

import (
	"internal/desc"
	"unsafe"
)

// other reads a variable by the kind of its type.
func (s *scan) other(verb rune, to any) {
	if to == nil {
		s.fail("can't scan type: <nil>")
	}
	elem, at, is := desc.Target(to)
	if !is {
		s.fail("type not a pointer: " + typeName(to))
	}
	size := 8 * int(elem.Size)
	switch k := elem.Kind; {
	case k == desc.Bool:
		*(*bool)(at) = s.boolean(verb)
	case k == desc.String:
		*(*string)(at) = s.word(verb)
	case k >= desc.Int && k <= desc.Int64:
		store(at, size, uint64(s.signed(verb, size)))
	case k >= desc.Uint && k <= desc.Uintptr:
		store(at, size, s.unsigned(verb, size))
	case k == desc.Float32:
		*(*float32)(at) = float32(s.float(verb, 32))
	case k == desc.Float64:
		*(*float64)(at) = s.float(verb, 64)
	case k == desc.Complex64:
		*(*complex64)(at) = complex64(s.complex(verb, 64))
	case k == desc.Complex128:
		*(*complex128)(at) = s.complex(verb, 128)
	case k == desc.Slice && elem.Elem.Kind == desc.Uint8:
		*(*[]byte)(at) = []byte(s.word(verb))
	default:
		s.fail("can't scan type: " + typeName(to))
	}
}

func store(at unsafe.Pointer, size int, n uint64) {
	switch size {
	case 8:
		*(*uint8)(at) = uint8(n)
	case 16:
		*(*uint16)(at) = uint16(n)
	case 32:
		*(*uint32)(at) = uint32(n)
	default:
		*(*uint64)(at) = n
	}
}
