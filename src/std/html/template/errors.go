package template

import (
	"fmt"
	"text/template/parse"
)

// Error says what is wrong with a template, and where.
type Error struct {
	ErrorCode   ErrorCode
	Node        parse.Node
	Name        string
	Line        int
	Description string
}

// ErrorCode tells kinds of errors apart.
type ErrorCode int

const (
	OK                   ErrorCode = iota
	ErrAmbigContext                // a URL of which it is not known where its parts begin
	ErrBadHTML                     // what no browser reads in one way
	ErrBranchEnd                   // branches that end in different places
	ErrEndContext                  // a template that ends inside a tag, a script …
	ErrNoSuchTemplate              // a template that is called and not there
	ErrOutputContext               // a recursive template of which it is not known where it ends
	ErrPartialCharset              // an action inside [ ] of a regular expression
	ErrPartialEscape               // an action behind a backslash
	ErrRangeLoopReentry            // a loop that ends elsewhere than it begins
	ErrSlashAmbig                  // a slash that may divide or begin a regular expression
	ErrPredefinedEscaper           // html or urlquery in the middle of a pipeline
	ErrJSTemplate                  // no longer in use
)

func (e *Error) Error() string {
	at := ""
	if e.Node != nil {
		at, _ = (*parse.Tree)(nil).ErrorContext(e.Node)
	} else if e.Line != 0 {
		at = fmt.Sprintf("%s:%d", e.Name, e.Line)
	} else if at = e.Name; at == "" {
		return "html/template: " + e.Description
	}
	return "html/template:" + at + ": " + e.Description
}

func errorf(code ErrorCode, node parse.Node, line int, format string, args ...any) *Error {
	return &Error{ErrorCode: code, Node: node, Line: line, Description: fmt.Sprintf(format, args...)}
}
