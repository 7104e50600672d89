package template

import (
	"fmt"
	"reflect"
)

// Text that is known to be safe where its type says.
type (
	CSS      string
	HTML     string
	HTMLAttr string
	JS       string
	JSStr    string
	URL      string
	Srcset   string
)

// content is what a text is known to be.
type content uint8

const (
	plain content = iota
	isCSS
	isHTML
	isAttr
	isJS
	isJSStr
	isURL
	isSrcset
	unsafe // an attribute that decides how others are read
)

// pointed follows pointers as long as none is nil and `stop` does not want the value.
func pointed(a any, stop ...reflect.Type) any {
	if a == nil {
		return nil
	}
	v := reflect.ValueOf(a)
	for v.Kind() == reflect.Pointer && !v.IsNil() {
		for _, t := range stop {
			if v.Type().Implements(t) {
				return v.Interface()
			}
		}
		v = v.Elem()
	}
	return v.Interface()
}

// printable follows pointers to what fmt prints by a method.
func printable(a any) any {
	return pointed(a, reflect.TypeFor[fmt.Stringer](), reflect.TypeFor[error]())
}

// textOf is the text of a pipeline's values, and what it is known to be.
func textOf(args []any) (string, content) {
	if len(args) == 1 {
		switch s := pointed(args[0]).(type) {
		case string:
			return s, plain
		case CSS:
			return string(s), isCSS
		case HTML:
			return string(s), isHTML
		case HTMLAttr:
			return string(s), isAttr
		case JS:
			return string(s), isJS
		case JSStr:
			return string(s), isJSStr
		case URL:
			return string(s), isURL
		case Srcset:
			return string(s), isSrcset
		}
	}
	var some []any
	for _, arg := range args {
		if arg != nil {
			some = append(some, printable(arg))
		}
	}
	return fmt.Sprint(some...), plain
}

// joined is what a predefined escaper with several arguments was given.
func joined(args ...any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	for i, arg := range args {
		args[i] = printable(arg)
	}
	return fmt.Sprint(args...)
}
