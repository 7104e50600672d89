package fmt

import (
	"io"
	"os"
	"sync"
	"unicode/utf8"
)

// State is what a Formatter is given: the flags of the verb, and where to write.
type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

// Formatter is a value that formats itself for any verb.
type Formatter interface{ Format(f State, verb rune) }

// Stringer is a value that has a text.
type Stringer interface{ String() string }

// GoStringer is a value that has a Go expression, for %#v.
type GoStringer interface{ GoString() string }

// printer is the state of one call. Printers are kept for the next call.
type printer struct {
	buf []byte
	// arg is the present argument; value is it (or a part of it) where it was looked into.
	arg   any
	value value
	form  form
	// reordered: the format has numbered arguments; goodIndex: the present one exists.
	reordered, goodIndex bool
	// panicking: a panic of a method is being printed; erroring: a wrong verb is, so methods are not called.
	panicking, erroring bool
	// wrap: this is Errorf, and %w allowed; wrapped are the numbers of its arguments.
	wrap    bool
	wrapped []int
}

// idle are printers that nobody uses.
var idle = sync.Pool{New: func() any { return new(printer) }}

func newPrinter() *printer {
	p := idle.Get().(*printer)
	p.panicking, p.erroring, p.wrap = false, false, false
	p.form.out = &p.buf
	p.form.reset()
	return p
}

// release puts p back, without what it refers to; a large buffer is given up.
func (p *printer) release() {
	if cap(p.buf) > 64*1024 {
		p.buf = nil
	}
	p.buf = p.buf[:0]
	p.arg, p.value = nil, value{}
	p.wrapped = p.wrapped[:0]
	idle.Put(p)
}

// Write makes a printer a State.
func (p *printer) Write(b []byte) (int, error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString is Write of a string.
func (p *printer) WriteString(s string) (int, error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

// Width returns the width of the verb, if it has one.
func (p *printer) Width() (int, bool) { return p.form.width, p.form.hasWidth }

// Precision returns the precision of the verb, if it has one.
func (p *printer) Precision() (int, bool) { return p.form.prec, p.form.hasPrec }

// Flag reports whether the verb has flag c.
func (p *printer) Flag(c int) bool {
	f := &p.form
	switch c {
	case '-':
		return f.minus
	case '+':
		return f.plus || f.plusV
	case '#':
		return f.sharp || f.sharpV
	case ' ':
		return f.space
	case '0':
		return f.zero
	}
	return false
}

// FormatString returns the verb with its flags as it was written.
func FormatString(state State, verb rune) string {
	b := append(make([]byte, 0, 16), '%')
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	var f form
	f.out = &b
	if w, ok := state.Width(); ok {
		f.integer(uint64(w), 10, true, 'd', lowerDigits)
	}
	if prec, ok := state.Precision(); ok {
		f.byte('.')
		f.integer(uint64(prec), 10, true, 'd', lowerDigits)
	}
	return string(utf8.AppendRune(b, verb))
}

// Print writes to standard output; a space stands between operands if neither is a string.
func Print(a ...any) (n int, err error) { return Fprint(os.Stdout, a...) }

// Printf writes by a format to standard output.
func Printf(format string, a ...any) (n int, err error) { return Fprintf(os.Stdout, format, a...) }

// Println writes to standard output; a space stands between operands and a newline at the end.
func Println(a ...any) (n int, err error) { return Fprintln(os.Stdout, a...) }

// Fprint is Print to w.
func Fprint(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.all(a)
	n, err = w.Write(p.buf)
	p.release()
	return n, err
}

// Fprintf is Printf to w.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	p := newPrinter()
	p.formatted(format, a)
	n, err = w.Write(p.buf)
	p.release()
	return n, err
}

// Fprintln is Println to w.
func Fprintln(w io.Writer, a ...any) (n int, err error) {
	p := newPrinter()
	p.line(a)
	n, err = w.Write(p.buf)
	p.release()
	return n, err
}

// Sprint returns what Print writes.
func Sprint(a ...any) string {
	p := newPrinter()
	p.all(a)
	s := string(p.buf)
	p.release()
	return s
}

// Sprintf returns what Printf writes.
func Sprintf(format string, a ...any) string {
	p := newPrinter()
	p.formatted(format, a)
	s := string(p.buf)
	p.release()
	return s
}

// Sprintln returns what Println writes.
func Sprintln(a ...any) string {
	p := newPrinter()
	p.line(a)
	s := string(p.buf)
	p.release()
	return s
}

// Append appends what Print writes.
func Append(b []byte, a ...any) []byte {
	p := newPrinter()
	p.all(a)
	b = append(b, p.buf...)
	p.release()
	return b
}

// Appendf appends what Printf writes.
func Appendf(b []byte, format string, a ...any) []byte {
	p := newPrinter()
	p.formatted(format, a)
	b = append(b, p.buf...)
	p.release()
	return b
}

// Appendln appends what Println writes.
func Appendln(b []byte, a ...any) []byte {
	p := newPrinter()
	p.line(a)
	b = append(b, p.buf...)
	p.release()
	return b
}

func (p *printer) all(a []any) {
	afterString := false
	for i, arg := range a {
		isString := kindOf(arg) == kindString
		if i > 0 && !isString && !afterString {
			p.form.byte(' ')
		}
		p.print(arg, 'v')
		afterString = isString
	}
}

func (p *printer) line(a []any) {
	for i, arg := range a {
		if i > 0 {
			p.form.byte(' ')
		}
		p.print(arg, 'v')
	}
	p.form.byte('\n')
}
