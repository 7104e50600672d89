// Package strconv turns numbers, booleans and strings into text and back.
//
// integer.go, float.go (text to number: parse.go; digits: shortest.go, exact.go; powers of ten: power.go), quote.go, bool.go, complex.go.
// Go: src/strconv.
package strconv

import (
	"errors"
	"unsafe"
)

// ErrRange says that a value is out of range for the type.
var ErrRange = errors.New("value out of range")

// ErrSyntax says that a text is no number of that kind.
var ErrSyntax = errors.New("invalid syntax")

// NumError says which function failed, on which text, and why.
type NumError struct {
	Func string
	Num  string
	Err  error
}

func (bad *NumError) Error() string {
	return "strconv." + bad.Func + ": parsing " + Quote(bad.Num) + ": " + bad.Err.Error()
}

func (bad *NumError) Unwrap() error { return bad.Err }

// failure makes a NumError of its own copy of the text, so that the caller's argument stays where it is.
func failure(fn, text string, why error) *NumError {
	own := make([]byte, len(text)) // a character alone would need no memory, and Go's copy has some
	copy(own, text)
	return &NumError{Func: fn, Num: unsafe.String(unsafe.SliceData(own), len(own)), Err: why}
}

func badBase(fn, text string, base int) *NumError {
	return failure(fn, text, errors.New("invalid base "+Itoa(base)))
}

func badBits(fn, text string, bits int) *NumError {
	return failure(fn, text, errors.New("invalid bit size "+Itoa(bits)))
}
