// Package gob: values as streams of bytes that describe themselves.
//
// types.go has the types as the stream describes them, encode.go and decode.go go through values by reflection.
package gob

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"unicode"
	"unicode/utf8"
)

// GobEncoder is implemented by who writes itself.
type GobEncoder interface {
	GobEncode() ([]byte, error)
}

// GobDecoder is implemented, by its pointer, by who reads itself.
type GobDecoder interface {
	GobDecode([]byte) error
}

// Who writes or reads a type: gob itself, GobEncode, MarshalBinary.
const (
	byGob = iota
	byItself
	byBinary
)

// shape is a type as gob looks at it: pointers are followed.
type shape struct {
	user, base reflect.Type
	depth      int // pointers between the two
	writer     int
	reader     int
	// Pointers to follow until the type with the method; -1: the method is the pointer's.
	writerDepth, readerDepth int
}

var shapes = map[reflect.Type]*shape{}

// shapeOf looks at a type; its error is that of a type that only points to itself.
func shapeOf(t reflect.Type) (*shape, error) {
	if known := shapes[t]; known != nil {
		return known, nil
	}
	s := &shape{user: t, base: t}
	for passed := map[reflect.Type]bool{}; s.base.Kind() == reflect.Pointer; s.depth++ {
		if passed[s.base] {
			return nil, errors.New("can't represent recursive pointer type " + s.base.String())
		}
		passed[s.base] = true
		s.base = s.base.Elem()
	}
	if depth, ok := methodDepth(t, reflect.TypeFor[GobEncoder]()); ok {
		s.writer, s.writerDepth = byItself, depth
	} else if depth, ok := methodDepth(t, reflect.TypeFor[encoding.BinaryMarshaler]()); ok {
		s.writer, s.writerDepth = byBinary, depth
	}
	if depth, ok := methodDepth(t, reflect.TypeFor[GobDecoder]()); ok {
		s.reader, s.readerDepth = byItself, depth
	} else if depth, ok := methodDepth(t, reflect.TypeFor[encoding.BinaryUnmarshaler]()); ok {
		s.reader, s.readerDepth = byBinary, depth
	}
	shapes[t] = s
	return s, nil
}

func mustShape(t reflect.Type) *shape {
	s, err := shapeOf(t)
	if err != nil {
		fail(err)
	}
	return s
}

// methodDepth answers how many pointers of t lead to a type with the methods of an interface, -1 if only the pointer to t has them.
func methodDepth(t, methods reflect.Type) (depth int, ok bool) {
	for at := t; ; at = at.Elem() {
		if at.Implements(methods) {
			return depth, true
		}
		if at.Kind() != reflect.Pointer || depth == 100 {
			break
		}
		depth++
	}
	return -1, t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(methods)
}

// described is the type whose description is sent.
func (s *shape) described() reflect.Type {
	if s.writer != byGob {
		return s.user
	}
	return s.base
}

// exported is what Go's compiler asks of a name.
func exported(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	return unicode.IsUpper(first)
}

// isSent tells whether a field takes part: exported, and neither channel nor function.
func isSent(f reflect.StructField) bool {
	t := f.Type
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return exported(f.Name) && t.Kind() != reflect.Chan && t.Kind() != reflect.Func
}

func isBytes(t reflect.Type) bool {
	return t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8
}

// failure is what panics on the way out of this package.
type failure struct{ err error }

func fail(err error) { panic(failure{err}) }

func failf(format string, args ...any) { fail(fmt.Errorf("gob: "+format, args...)) }

// caught turns a failure into an error.
func caught(err *error) {
	switch found := recover().(type) {
	case nil:
	case failure:
		*err = found.err
	default:
		panic(found)
	}
}
