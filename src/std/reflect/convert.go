package reflect

import (
	"internal/desc"
	"unsafe"
)

func isInt(k uint8) bool    { return k >= desc.Int && k <= desc.Int64 }
func isUint(k uint8) bool   { return k >= desc.Uint && k <= desc.Uintptr }
func isFloat(k uint8) bool  { return k == desc.Float32 || k == desc.Float64 }
func isNumber(k uint8) bool { return k >= desc.Int && k <= desc.Float64 }
func isComplex(k uint8) bool {
	return k == desc.Complex64 || k == desc.Complex128
}

// textSlice reports whether t is []byte or []rune, or has such a form.
func textSlice(t *desc.Type) bool {
	return t.Kind == desc.Slice && (t.Elem.Kind == desc.Uint8 || t.Elem.Kind == desc.Int32) && t.Elem.PkgPath == ""
}

func convertible(from, to *desc.Type) bool {
	a, b := from.Kind, to.Kind
	switch {
	case isNumber(a) && isNumber(b), isComplex(a) && isComplex(b):
		return true
	case b == desc.String && (isInt(a) || isUint(a) || textSlice(from)):
		return true
	case a == desc.String && textSlice(to):
		return true
	case a == desc.Slice && b == desc.Array:
		return from.Elem == to.Elem
	case a == desc.Slice && b == desc.Pointer && to.Elem.Kind == desc.Array:
		return from.Elem == to.Elem.Elem
	case sameUnder(from, to, false):
		return true
	case a == desc.Pointer && b == desc.Pointer && from.Flags&desc.FlagNamed == 0 && to.Flags&desc.FlagNamed == 0:
		return sameUnder(from.Elem, to.Elem, false)
	}
	return assignable(from, to)
}

// CanConvert reports whether Convert works.
func (val Value) CanConvert(t Type) bool {
	to := t.common()
	if !convertible(val.typ, to) {
		return false
	}
	switch {
	case val.kind() == Slice && to.Kind == desc.Array:
		return to.Len <= val.Len()
	case val.kind() == Slice && to.Kind == desc.Pointer && to.Elem.Kind == desc.Array:
		return to.Elem.Len <= val.Len()
	}
	return true
}

// Convert converts val.
func (val Value) Convert(t Type) Value {
	to := t.common()
	if !convertible(val.typ, to) {
		panic("reflect.Value.Convert: value of type " + val.typ.Str + " cannot be converted to type " + to.Str)
	}
	a, b := val.typ.Kind, to.Kind
	out := New(t).Elem()
	out.flag = out.flag&^canAddress | val.flag.sealed()
	set := out
	set.flag = set.flag&^anyRO | canAddress
	switch {
	case isNumber(a) && isNumber(b):
		setNumber(set, val)
	case isComplex(a) && isComplex(b):
		set.SetComplex(val.Complex())
	case b == desc.String && isInt(a):
		set.SetString(runeText(val.Int()))
	case b == desc.String && isUint(a):
		u := val.Uint()
		if u > 0x10FFFF {
			u = 0xFFFD
		}
		set.SetString(runeText(int64(u)))
	case b == desc.String && a == desc.Slice && val.typ.Elem.Kind == desc.Uint8:
		set.SetString(string(*(*[]byte)(val.ptr)))
	case b == desc.String && a == desc.Slice:
		set.SetString(string(*(*[]rune)(val.ptr)))
	case a == desc.String && b == desc.Slice && to.Elem.Kind == desc.Uint8:
		*(*[]byte)(set.ptr) = []byte(*(*string)(val.ptr))
	case a == desc.String && b == desc.Slice:
		*(*[]rune)(set.ptr) = []rune(*(*string)(val.ptr))
	case a == desc.Slice && b == desc.Array:
		if to.Len > val.Len() {
			panic("reflect: cannot convert slice with length " + itoa(val.Len()) + " to array with length " + itoa(to.Len))
		}
		if to.Len > 0 {
			desc.Move(to, set.ptr, (*header)(val.ptr).data)
		}
	case a == desc.Slice && b == desc.Pointer:
		if to.Elem.Len > val.Len() {
			panic("reflect: cannot convert slice with length " + itoa(val.Len()) + " to pointer to array with length " + itoa(to.Elem.Len))
		}
		*(*unsafe.Pointer)(set.ptr) = (*header)(val.ptr).data
	case b == desc.Interface:
		val.flag &^= anyRO
		val.fit("reflect.Value.Convert", to).store(set.ptr)
	default: // the same in memory
		Value{to, val.ptr, val.flag}.store(set.ptr)
	}
	if to.Flags&desc.FlagDirect != 0 {
		return Value{to, *(*unsafe.Pointer)(out.ptr), out.flag &^ inside}
	}
	return out
}

func itoa(count int) string {
	if count < 10 {
		return string(rune('0' + count))
	}
	return itoa(count/10) + string(rune('0'+count%10))
}

func runeText(n int64) string {
	if n < 0 || n > 0x10FFFF {
		n = 0xFFFD
	}
	return string(rune(n))
}

func setNumber(to, v Value) {
	switch {
	case isInt(v.typ.Kind):
		n := v.Int()
		switch {
		case to.CanInt():
			to.SetInt(n)
		case to.CanUint():
			to.SetUint(uint64(n))
		default:
			to.SetFloat(float64(n))
		}
	case isUint(v.typ.Kind):
		n := v.Uint()
		switch {
		case to.CanInt():
			to.SetInt(int64(n))
		case to.CanUint():
			to.SetUint(n)
		default:
			to.SetFloat(float64(n))
		}
	default:
		f := v.Float()
		switch {
		case to.CanInt():
			to.SetInt(int64(f))
		case to.CanUint():
			to.SetUint(uint64(f))
		default:
			to.SetFloat(f)
		}
	}
}
