package desc

import "unsafe"

// Swapper swaps elements of a slice whose type is known only at run time. (Its tmp is what Go's allocates; nothing is moved through it.)
type Swapper struct {
	base unsafe.Pointer
	len  int
	elem *Type
	how  int
	tmp  unsafe.Pointer
}

// How elements are swapped.
const (
	byMoving = iota
	byPointer
	byString
	byWord
	byHalf
	byShort
	byByte
	notAtAll
)

// NewSwapper makes a Swapper of a slice; it panics if x is none.
func NewSwapper(x any) Swapper {
	e := (*eface)(unsafe.Pointer(&x))
	if e.typ == nil || e.typ.Kind != Slice {
		panic("reflect: call of Swapper on " + kindOf(e.typ) + " Value")
	}
	header := (*sliceHeader)(e.data)
	s := Swapper{base: header.data, len: header.len, elem: e.typ.Elem}
	switch t := s.elem; {
	case t.Size == 0:
		s.how = notAtAll
	case t.Kind == String:
		s.how = byString
	case t.PtrData != 0 && t.Size == 8:
		s.how = byPointer
	case t.PtrData == 0 && t.Size == 8:
		s.how = byWord
	case t.PtrData == 0 && t.Size == 4:
		s.how = byHalf
	case t.PtrData == 0 && t.Size == 2:
		s.how = byShort
	case t.Size == 1:
		s.how = byByte
	default:
		s.tmp = New(t)
	}
	return s
}

type sliceHeader struct {
	data     unsafe.Pointer
	len, cap int
}

func kindOf(t *Type) string {
	if t == nil {
		return "zero"
	}
	return KindNames[t.Kind]
}

// KindNames are the names of kinds.
var KindNames = [...]string{
	"invalid", "bool", "int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "float32", "float64",
	"complex64", "complex128", "array", "chan", "func", "interface", "map", "ptr", "slice", "string", "struct", "unsafe.Pointer",
}

// Len is the length of the slice.
func (s *Swapper) Len() int { return s.len }

// Swap swaps two elements.
func (s *Swapper) Swap(i, j int) {
	if uint(i) >= uint(s.len) || uint(j) >= uint(s.len) {
		panic("reflect: slice index out of range")
	}
	p, q := unsafe.Add(s.base, uintptr(i)*s.elem.Size), unsafe.Add(s.base, uintptr(j)*s.elem.Size)
	switch s.how {
	case byPointer:
		a, b := (*unsafe.Pointer)(p), (*unsafe.Pointer)(q)
		*a, *b = *b, *a
	case byString:
		a, b := (*string)(p), (*string)(q)
		*a, *b = *b, *a
	case byWord:
		a, b := (*uint64)(p), (*uint64)(q)
		*a, *b = *b, *a
	case byHalf:
		a, b := (*uint32)(p), (*uint32)(q)
		*a, *b = *b, *a
	case byShort:
		a, b := (*uint16)(p), (*uint16)(q)
		*a, *b = *b, *a
	case byByte:
		a, b := (*uint8)(p), (*uint8)(q)
		*a, *b = *b, *a
	case byMoving:
		exchange(s.elem, p, q)
	}
}
