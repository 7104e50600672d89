package runtime

import (
	"unsafe"
)

// The values of the runtime's own panics. The machine makes them (src/runtime/panic/errors.ts), so their layout is shared with it.
//
// Go: runtime/error.go.

// Error identifies a run time error.
type Error interface {
	error
	RuntimeError()
}

// typeName is the beginning of a type descriptor: DESC of src/abi/types.ts.
type typeName struct {
	_       [32]byte
	str     string
	name    string
	pkgPath string
}

// A TypeAssertionError explains a failed type assertion.
type TypeAssertionError struct {
	_interface    *typeName
	concrete      *typeName
	asserted      *typeName
	missingMethod string
}

func (*TypeAssertionError) RuntimeError() {}

func (e *TypeAssertionError) Error() string {
	source := "interface"
	if e._interface != nil {
		source = e._interface.str
	}
	want := e.asserted.str
	if e.concrete == nil {
		return "interface conversion: " + source + " is nil, not " + want
	}
	got := e.concrete.str
	if e.missingMethod != "" {
		return "interface conversion: " + got + " is not " + want + ": missing method " + e.missingMethod
	}
	text := "interface conversion: " + source + " is " + got + ", not " + want
	switch {
	case got != want:
	case e.concrete.pkgPath != e.asserted.pkgPath:
		text += " (types from different packages)"
	default:
		text += " (types from different scopes)"
	}
	return text
}

// errorString is a run time error given by a string.
type errorString string

func (e errorString) RuntimeError() {}

func (e errorString) Error() string { return "runtime error: " + string(e) }

// plainError is one that is printed without "runtime error: ".
type plainError string

func (e plainError) RuntimeError() {}

func (e plainError) Error() string { return string(e) }

// boundsError is an index or a slice bound that is out of range.
type boundsError struct {
	x      int64
	y      int
	signed bool
	code   uint8
}

var boundsFormats = [...]string{
	"index out of range [%x] with length %y",
	"slice bounds out of range [:%x] with length %y",
	"slice bounds out of range [:%x] with capacity %y",
	"slice bounds out of range [%x:%y]",
	"slice bounds out of range [::%x] with length %y",
	"slice bounds out of range [::%x] with capacity %y",
	"slice bounds out of range [:%x:%y]",
	"slice bounds out of range [%x:%y:]",
	"cannot convert slice with length %y to array or pointer to array with length %x",
}

var negativeFormats = [...]string{
	"index out of range [%x]",
	"slice bounds out of range [:%x]",
	"slice bounds out of range [:%x]",
	"slice bounds out of range [%x:]",
	"slice bounds out of range [::%x]",
	"slice bounds out of range [::%x]",
	"slice bounds out of range [:%x:]",
	"slice bounds out of range [%x::]",
}

func (e boundsError) RuntimeError() {}

func (e boundsError) Error() string {
	format := boundsFormats[e.code]
	if e.signed && e.x < 0 {
		format = negativeFormats[e.code]
	}
	text := make([]byte, 0, 100)
	text = append(text, "runtime error: "...)
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			text = append(text, format[i])
			continue
		}
		i++
		if format[i] == 'x' {
			text = appendInt(text, e.x, e.signed)
		} else {
			text = appendInt(text, int64(e.y), true)
		}
	}
	return string(text)
}

func appendInt(text []byte, v int64, signed bool) []byte {
	u := uint64(v)
	if signed && v < 0 {
		text = append(text, '-')
		u = -u
	}
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + u%10)
		u /= 10
		if u == 0 {
			return append(text, digits[i:]...)
		}
	}
}

// A PanicNilError happens when code calls panic(nil).
type PanicNilError struct {
	_ [0]func()
}

func (*PanicNilError) Error() string {
	return "panic called with nil argument"
}

func (*PanicNilError) RuntimeError() {}

// kept makes the compiler keep the descriptors and methods of the types that only the machine makes values of.
var kept = [...]Error{errorString(""), plainError(""), boundsError{}, (*TypeAssertionError)(nil), (*PanicNilError)(nil)}

var _ = unsafe.Pointer(&kept)
