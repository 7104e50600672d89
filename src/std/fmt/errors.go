package fmt

import "errors"

// Errorf returns an error with a formatted text. Operands of %w are wrapped: Unwrap returns the one, or all of several.
func Errorf(format string, a ...any) (err error) {
	p := newPrinter()
	p.wrap = true
	p.formatted(format, a)
	text := string(p.buf)
	switch wrapped := p.wrapped; len(wrapped) {
	case 0:
		err = errors.New(text)
	case 1:
		inner, _ := a[wrapped[0]].(error)
		err = &wrapError{text, inner}
	default:
		err = &wrapErrors{text, operands(wrapped, a)}
	}
	p.release()
	return err
}

// operands returns the errors among a with these numbers, each once, in order.
func operands(wrapped []int, a []any) (errs []error) {
	sortInts(wrapped)
	for i, n := range wrapped {
		if i > 0 && wrapped[i-1] == n {
			continue
		}
		if e, ok := a[n].(error); ok {
			errs = append(errs, e)
		}
	}
	return errs
}

// sortInts sorts a few numbers.
func sortInts(list []int) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && list[j] < list[j-1]; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }
