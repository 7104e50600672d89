// Package errors makes errors and looks through the trees that wrapping builds.
//
// A tree is walked depth first: a node is asked before the errors it wraps.
// Go: src/errors/errors.go, wrap.go, join.go.
package errors

import "internal/desc"

// New returns an error that says text. No two calls return equal errors.
func New(text string) error { return &errorString{text} }

type errorString struct{ s string }

func (plain *errorString) Error() string { return plain.s }

// ErrUnsupported says that an operation cannot be done here, whatever the arguments.
var ErrUnsupported = New("unsupported operation")

// Unwrap returns the one error that err wraps, nil if there is none. Errors of Join are not looked into.
func Unwrap(err error) error {
	if w, ok := err.(interface{ Unwrap() error }); ok {
		return w.Unwrap()
	}
	return nil
}

// Is reports whether err or one of the errors it wraps equals target, or says so by a method Is.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	return contains(err, target, desc.Comparable(target))
}

func contains(err, target error, comparable bool) bool {
	for err != nil {
		if comparable && err == target {
			return true
		}
		if judge, ok := err.(interface{ Is(error) bool }); ok && judge.Is(target) {
			return true
		}
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, child := range many.Unwrap() {
				if contains(child, target, comparable) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return false
}

// As stores the first error of the tree that fits into the variable target points to, and reports whether there was one.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	want, at, ok := desc.Target(target)
	if !ok {
		panic("errors: target must be a non-nil pointer")
	}
	if !desc.IsInterface(want) && !desc.Implements(want, desc.Elem((*error)(nil))) {
		panic("errors: *target must be interface or implement error")
	}
	return search(err, target, func(e error) bool { return desc.Assign(e, want, at) })
}

// search offers each error of the tree to fits, then to its own method As.
func search(err error, target any, fits func(error) bool) bool {
	for err != nil {
		if fits(err) {
			return true
		}
		if judge, ok := err.(interface{ As(any) bool }); ok && judge.As(target) {
			return true
		}
		if many, ok := err.(interface{ Unwrap() []error }); ok {
			for _, child := range many.Unwrap() {
				if child != nil && search(child, target, fits) {
					return true
				}
			}
			return false
		}
		err = Unwrap(err)
	}
	return false
}

// AsType returns the first error of the tree whose type is E.
func AsType[E error](err error) (E, bool) {
	var found E
	if err == nil {
		return found, false
	}
	ok := search(err, &found, func(e error) bool {
		v, fits := e.(E)
		if fits {
			found = v
		}
		return fits
	})
	return found, ok
}

// Join wraps several errors; nil ones are left out, and if all are nil so is the result.
func Join(errs ...error) error {
	count := 0
	for _, err := range errs {
		if err != nil {
			count++
		}
	}
	if count == 0 {
		return nil
	}
	joined := &joinError{errs: make([]error, 0, count)}
	for _, err := range errs {
		if err != nil {
			joined.errs = append(joined.errs, err)
		}
	}
	return joined
}

type joinError struct{ errs []error }

// Error is the texts of the errors, a line each.
func (joined *joinError) Error() string {
	if len(joined.errs) == 1 {
		return joined.errs[0].Error()
	}
	text := []byte(joined.errs[0].Error())
	for _, err := range joined.errs[1:] {
		text = append(append(text, '\n'), err.Error()...)
	}
	return string(text)
}

func (joined *joinError) Unwrap() []error { return joined.errs }
