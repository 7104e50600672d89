package flag

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// Value is what a flag holds.
type Value interface {
	String() string
	Set(string) error
}

// Getter is a Value that can be got.
type Getter interface {
	Value
	Get() any
}

// boolean is a flag that needs no argument.
type boolean interface {
	Value
	IsBoolFlag() bool
}

var (
	errParse = errors.New("parse error")
	errRange = errors.New("value out of range")
)

// reason is the part of a number's error that a flag tells.
func reason(err error) error {
	if bad, ok := err.(*strconv.NumError); ok {
		switch bad.Err {
		case strconv.ErrSyntax:
			return errParse
		case strconv.ErrRange:
			return errRange
		}
	}
	return err
}

type boolValue bool

func (at *boolValue) Set(s string) error {
	v, err := strconv.ParseBool(s)
	if err != nil {
		err = errParse
	}
	*at = boolValue(v)
	return err
}
func (at *boolValue) Get() any         { return bool(*at) }
func (at *boolValue) String() string   { return strconv.FormatBool(bool(*at)) }
func (at *boolValue) IsBoolFlag() bool { return true }

type intValue int

func (at *intValue) Set(s string) error {
	n, err := signed(s, strconv.IntSize)
	*at = intValue(n)
	return err
}
func (at *intValue) Get() any       { return int(*at) }
func (at *intValue) String() string { return strconv.Itoa(int(*at)) }

type int64Value int64

func (at *int64Value) Set(s string) error {
	n, err := signed(s, 64)
	*at = int64Value(n)
	return err
}
func (at *int64Value) Get() any       { return int64(*at) }
func (at *int64Value) String() string { return strconv.FormatInt(int64(*at), 10) }

type uintValue uint

func (at *uintValue) Set(s string) error {
	n, err := unsigned(s, strconv.IntSize)
	*at = uintValue(n)
	return err
}
func (at *uintValue) Get() any       { return uint(*at) }
func (at *uintValue) String() string { return strconv.FormatUint(uint64(*at), 10) }

type uint64Value uint64

func (at *uint64Value) Set(s string) error {
	n, err := unsigned(s, 64)
	*at = uint64Value(n)
	return err
}
func (at *uint64Value) Get() any       { return uint64(*at) }
func (at *uint64Value) String() string { return strconv.FormatUint(uint64(*at), 10) }

type stringValue string

func (at *stringValue) Set(s string) error {
	*at = stringValue(s)
	return nil
}
func (at *stringValue) Get() any       { return string(*at) }
func (at *stringValue) String() string { return string(*at) }

type floatValue float64

func (at *floatValue) Set(s string) error {
	v, err := strconv.ParseFloat(s, 64)
	*at = floatValue(v)
	return reason(err)
}
func (at *floatValue) Get() any       { return float64(*at) }
func (at *floatValue) String() string { return strconv.FormatFloat(float64(*at), 'g', -1, 64) }

type durationValue time.Duration

func (at *durationValue) Set(s string) error {
	v, err := time.ParseDuration(s)
	if err != nil {
		err = errParse
	}
	*at = durationValue(v)
	return err
}
func (at *durationValue) Get() any       { return time.Duration(*at) }
func (at *durationValue) String() string { return time.Duration(*at).String() }

type textValue struct{ v encoding.TextUnmarshaler }

func (at textValue) Set(s string) error { return at.v.UnmarshalText([]byte(s)) }
func (at textValue) Get() any           { return at.v }
func (at textValue) String() string {
	if m, ok := at.v.(encoding.TextMarshaler); ok {
		if text, err := m.MarshalText(); err == nil {
			return string(text)
		}
	}
	return ""
}

type funcValue func(string) error

func (fn funcValue) Set(s string) error { return fn(s) }
func (fn funcValue) String() string     { return "" }

type boolFuncValue func(string) error

func (fn boolFuncValue) Set(s string) error { return fn(s) }
func (fn boolFuncValue) String() string     { return "" }
func (fn boolFuncValue) IsBoolFlag() bool   { return true }

// zeroValue reports whether a flag's default is the zero of its type; the error is a panic of that zero's String.
func zeroValue(flag *Flag) (ok bool, err error) {
	t := reflect.TypeOf(flag.Value)
	var zero reflect.Value
	if t.Kind() == reflect.Pointer {
		zero = reflect.New(t.Elem())
	} else {
		zero = reflect.Zero(t)
	}
	defer func() {
		if e := recover(); e != nil {
			if t.Kind() == reflect.Pointer {
				t = t.Elem()
			}
			err = fmt.Errorf("panic calling String method on zero %v for flag %s: %v", t, flag.Name, e)
		}
	}()
	return flag.DefValue == zero.Interface().(Value).String(), nil
}

// signed reads a whole number of any base; its error says no more than why.
func signed(text string, bits int) (int64, error) {
	n, err := strconv.ParseInt(text, 0, bits)
	return n, reason(err)
}

// unsigned reads a whole number without sign.
func unsigned(text string, bits int) (uint64, error) {
	n, err := strconv.ParseUint(text, 0, bits)
	return n, reason(err)
}
