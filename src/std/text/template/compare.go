package template

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
)

var (
	errNotBasic = errors.New("invalid type for comparison")
	errNoSecond = errors.New("missing argument for comparison")
)

// family is what values of a kind are compared as.
type family int

const (
	other family = iota
	booleans
	complexes
	ints
	floats
	texts
	uints
)

func familyOf(v reflect.Value) family {
	switch k := v.Kind(); {
	case k == reflect.Bool:
		return booleans
	case v.CanInt():
		return ints
	case v.CanUint():
		return uints
	case v.CanFloat():
		return floats
	case v.CanComplex():
		return complexes
	case k == reflect.String:
		return texts
	}
	return other
}

// compareMixed compares a signed with an unsigned integer.
func compareMixed(a int64, b uint64) int {
	if a < 0 {
		return -1
	}
	return cmp.Compare(uint64(a), b)
}

// signs reports whether one is a signed and the other an unsigned integer, and compares them.
func signs(a, b reflect.Value) (order int, ok bool) {
	switch f, g := familyOf(a), familyOf(b); {
	case f == ints && g == uints:
		return compareMixed(a.Int(), b.Uint()), true
	case f == uints && g == ints:
		return -compareMixed(b.Int(), a.Uint()), true
	}
	return 0, false
}

func mismatch(a, b reflect.Value) error {
	return fmt.Errorf("incompatible types for comparison: %v and %v", a.Type(), b.Type())
}

func isNil(v reflect.Value) bool {
	return !v.IsValid() || nilable(v.Type()) && v.Type() != valueType && v.IsNil()
}

// equal compares two values.
func equal(a, b reflect.Value) (bool, error) {
	f := familyOf(a)
	if f != familyOf(b) {
		if order, ok := signs(a, b); ok {
			return order == 0, nil
		}
		if a.IsValid() && b.IsValid() {
			return false, mismatch(a, b)
		}
		return false, nil
	}
	switch f {
	case booleans:
		return a.Bool() == b.Bool(), nil
	case complexes:
		return a.Complex() == b.Complex(), nil
	case floats:
		return a.Float() == b.Float(), nil
	case ints:
		return a.Int() == b.Int(), nil
	case uints:
		return a.Uint() == b.Uint(), nil
	case texts:
		return a.String() == b.String(), nil
	}
	switch {
	case a.IsValid() && b.IsValid() && a.Kind() != b.Kind():
		return false, fmt.Errorf("non-comparable types %s: %v, %s: %v", a, a.Type(), b.Type(), b)
	case isNil(a) || isNil(b):
		return isNil(a) == isNil(b), nil
	case !b.Type().Comparable():
		return false, fmt.Errorf("non-comparable type %s: %v", b, b.Type())
	}
	return a.Interface() == b.Interface(), nil
}

// eq reports whether the first equals any of the others.
func eq(arg1 reflect.Value, arg2 ...reflect.Value) (bool, error) {
	if len(arg2) == 0 {
		return false, errNoSecond
	}
	for _, arg := range arg2 {
		if same, err := equal(unwrapped(arg1), unwrapped(arg)); same || err != nil {
			return same, err
		}
	}
	return false, nil
}

func ne(arg1, arg2 reflect.Value) (bool, error) {
	same, err := eq(arg1, arg2)
	return !same, err
}

func lt(arg1, arg2 reflect.Value) (bool, error) {
	a, b := unwrapped(arg1), unwrapped(arg2)
	f, g := familyOf(a), familyOf(b)
	if f == other || g == other {
		return false, errNotBasic
	}
	if order, ok := signs(a, b); ok {
		return order < 0, nil
	}
	if f != g {
		return false, mismatch(a, b)
	}
	switch f {
	case ints:
		return a.Int() < b.Int(), nil
	case uints:
		return a.Uint() < b.Uint(), nil
	case floats:
		return a.Float() < b.Float(), nil
	case texts:
		return a.String() < b.String(), nil
	}
	return false, errNotBasic
}

func le(arg1, arg2 reflect.Value) (bool, error) {
	if less, err := lt(arg1, arg2); less || err != nil {
		return less, err
	}
	return eq(arg1, arg2)
}

func gt(arg1, arg2 reflect.Value) (bool, error) {
	most, err := le(arg1, arg2)
	return !most && err == nil, err
}

func ge(arg1, arg2 reflect.Value) (bool, error) {
	less, err := lt(arg1, arg2)
	return !less && err == nil, err
}

type entry struct{ key, value reflect.Value }

// sortedEntries are the entries of a map in the order in which fmt prints them.
func sortedEntries(m reflect.Value) []entry {
	list := make([]entry, 0, m.Len())
	for i := m.MapRange(); i.Next(); {
		list = append(list, entry{i.Key(), i.Value()})
	}
	slices.SortStableFunc(list, func(a, b entry) int { return order(a.key, b.key) })
	return list
}

// order compares keys of one type. NaN comes first, nil before others, pointers and channels by address.
func order(a, b reflect.Value) int {
	switch familyOf(a) {
	case ints:
		return cmp.Compare(a.Int(), b.Int())
	case uints:
		return cmp.Compare(a.Uint(), b.Uint())
	case floats:
		return cmp.Compare(a.Float(), b.Float())
	case texts:
		return cmp.Compare(a.String(), b.String())
	case complexes:
		x, y := a.Complex(), b.Complex()
		return cmp.Or(cmp.Compare(real(x), real(y)), cmp.Compare(imag(x), imag(y)))
	case booleans:
		switch {
		case a.Bool() == b.Bool():
			return 0
		case b.Bool():
			return -1
		}
		return 1
	}
	return orderParts(a, b)
}

func orderParts(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if c := order(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflect.Array:
		for i := range a.Len() {
			if c := order(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	case reflect.Interface:
		switch {
		case a.IsNil() && b.IsNil():
			return 0
		case a.IsNil():
			return -1
		case b.IsNil():
			return 1
		case a.Elem().Type() != b.Elem().Type():
			return mixedKeys(a, b)
		}
		return order(a.Elem(), b.Elem())
	case reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
		return cmp.Compare(a.Pointer(), b.Pointer())
	}
	return 0
}

// mixedKeys ends the program as unsupported: Go orders keys of several types by the addresses of their descriptors.
func mixedKeys(a, b reflect.Value) int
