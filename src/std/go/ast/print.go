// Writing a tree with all its fields.
package ast

import (
	"bytes"
	"fmt"
	"go/token"
	"io"
	"os"
	"reflect"
)

// FieldFilter says whether a field is written.
type FieldFilter func(name string, value reflect.Value) bool

// NotNilFilter is true for fields that aren't nil.
func NotNilFilter(_ string, v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface, reflect.Slice, reflect.Map, reflect.Func, reflect.Chan:
		return !v.IsNil()
	}
	return true
}

// Print is Fprint to the standard output, without what is nil.
func Print(fset *token.FileSet, x any) error { return Fprint(os.Stdout, fset, x, NotNilFilter) }

// Fprint writes x, which may be anything, with a number before each line. Places are written by fset, if there is one.
func Fprint(w io.Writer, fset *token.FileSet, x any, f FieldFilter) (err error) {
	p := &writer{out: w, fset: fset, filter: f, seen: map[any]int{}, fresh: true}
	if x == nil {
		p.printf("nil")
	} else {
		p.value(reflect.ValueOf(x))
	}
	p.printf("\n")
	return p.err
}

type writer struct {
	out    io.Writer
	fset   *token.FileSet
	filter FieldFilter
	seen   map[any]int // pointers, and the line where what they point to is written
	depth  int
	line   int
	fresh  bool // nothing is written of this line
	err    error
}

func (p *writer) printf(format string, args ...any) {
	text := fmt.Appendf(nil, format, args...)
	for len(text) > 0 && p.err == nil {
		end := bytes.IndexByte(text, '\n') + 1
		if end == 0 {
			end = len(text)
		}
		if p.fresh && text[0] != '\n' {
			_, p.err = fmt.Fprintf(p.out, "%6d  %s", p.line, bytes.Repeat([]byte(".  "), p.depth))
		}
		if p.err == nil {
			_, p.err = p.out.Write(text[:end])
		}
		if p.fresh = text[end-1] == '\n'; p.fresh {
			p.line++
		}
		text = text[end:]
	}
}

func (p *writer) value(x reflect.Value) {
	if !NotNilFilter("", x) {
		p.printf("nil")
		return
	}
	switch x.Kind() {
	case reflect.Interface:
		p.value(x.Elem())
	case reflect.Pointer:
		p.printf("*")
		if line, ok := p.seen[x.Interface()]; ok {
			p.printf("(obj @ %d)", line)
			return
		}
		p.seen[x.Interface()] = p.line
		p.value(x.Elem())
	case reflect.Map:
		p.printf("%s (len = %d) ", x.Type(), x.Len())
		p.block(x.Len() > 0, func() {
			for _, key := range x.MapKeys() {
				p.value(key)
				p.entry("", x.MapIndex(key))
			}
		})
	case reflect.Slice:
		if b, ok := x.Interface().([]byte); ok {
			p.printf("%#q", b)
			return
		}
		p.printf("%s (len = %d) ", x.Type(), x.Len())
		p.elements(x)
	case reflect.Array:
		p.printf("%s ", x.Type())
		p.elements(x)
	case reflect.Struct:
		p.fields(x)
	default:
		p.plain(x.Interface())
	}
}

// block writes braces, and lines between them if there are some.
func (p *writer) block(some bool, lines func()) {
	p.printf("{")
	if some {
		p.depth++
		p.printf("\n")
		lines()
		p.depth--
	}
	p.printf("}")
}

func (p *writer) entry(name string, x reflect.Value) {
	p.printf("%s: ", name)
	p.value(x)
	p.printf("\n")
}

func (p *writer) elements(x reflect.Value) {
	p.block(x.Len() > 0, func() {
		for i := range x.Len() {
			p.entry(fmt.Sprint(i), x.Index(i))
		}
	})
}

func (p *writer) fields(x reflect.Value) {
	t := x.Type()
	p.printf("%s ", t)
	var shown []int
	for i := range t.NumField() {
		if name := t.Field(i).Name; IsExported(name) && (p.filter == nil || p.filter(name, x.Field(i))) {
			shown = append(shown, i)
		}
	}
	p.block(len(shown) > 0, func() {
		for _, i := range shown {
			p.entry(t.Field(i).Name, x.Field(i))
		}
	})
}

func (p *writer) plain(x any) {
	switch v := x.(type) {
	case string:
		p.printf("%q", v)
	case token.Pos:
		if p.fset == nil {
			p.printf("%v", v)
		} else {
			p.printf("%s", p.fset.Position(v))
		}
	default:
		p.printf("%v", v)
	}
}
