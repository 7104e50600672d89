package gob

import (
	"fmt"
	"reflect"
)

var (
	registered = map[string]reflect.Type{}
	names      = map[reflect.Type]string{}
)

// RegisterName gives the type of value a name: values of it can be in interfaces that are sent.
func RegisterName(name string, value any) {
	if name == "" {
		panic("attempt to register empty name")
	}
	t := reflect.TypeOf(value)
	s := mustShape(t)
	if other, ok := registered[name]; ok && other != s.user {
		panic(fmt.Sprintf("gob: registering duplicate types for %q: %s != %s", name, other, s.user))
	}
	registered[name] = t
	if other, ok := names[s.base]; ok && other != name {
		delete(registered, name)
		panic(fmt.Sprintf("gob: registering duplicate names for %s: %q != %q", s.user, other, name))
	}
	names[s.base] = name
}

// Register does the same with the type's own name, which has the path of its package.
func Register(value any) {
	t := reflect.TypeOf(value)
	name := t.String()
	if t.Name() != "" && t.PkgPath() != "" {
		name = t.PkgPath() + "." + t.Name()
	}
	RegisterName(name, value)
}

func init() {
	for _, value := range []any{
		0, int8(0), int16(0), int32(0), int64(0), uint(0), uint8(0), uint16(0), uint32(0), uint64(0), float32(0), 0.0, complex64(0), complex128(0), uintptr(0), false, "",
		[]byte(nil), []int(nil), []int8(nil), []int16(nil), []int32(nil), []int64(nil), []uint(nil), []uint16(nil), []uint32(nil), []uint64(nil), []float32(nil), []float64(nil),
		[]complex64(nil), []complex128(nil), []uintptr(nil), []bool(nil), []string(nil),
	} {
		Register(value)
	}
}
