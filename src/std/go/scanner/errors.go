// Package scanner takes Go source text apart into words.
//
// errors.go: lists of errors; scanner.go: words; literals.go: comments, numbers and strings. Go: src/go/scanner.
package scanner

import (
	"cmp"
	"fmt"
	"go/token"
	"io"
	"sort"
	"strings"
)

// Error is what is wrong at a place.
type Error struct {
	Pos token.Position
	Msg string
}

func (e Error) Error() string {
	if e.Pos.Filename == "" && !e.Pos.IsValid() {
		return e.Msg
	}
	return e.Pos.String() + ": " + e.Msg
}

// ErrorList is a list of errors, and an error itself.
type ErrorList []*Error

// Add adds an error.
func (p *ErrorList) Add(pos token.Position, msg string) { *p = append(*p, &Error{Pos: pos, Msg: msg}) }

// Reset makes the list empty.
func (p *ErrorList) Reset() { *p = (*p)[:0] }

func (p ErrorList) Len() int      { return len(p) }
func (p ErrorList) Swap(i, j int) { p[i], p[j] = p[j], p[i] }

func (p ErrorList) Less(i, j int) bool {
	a, b := p[i], p[j]
	return cmp.Or(
		strings.Compare(a.Pos.Filename, b.Pos.Filename),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		strings.Compare(a.Msg, b.Msg),
	) < 0
}

// Sort sorts by place, then by text.
func (p ErrorList) Sort() { sort.Sort(p) }

// RemoveMultiples sorts and keeps the first error of each line.
func (p *ErrorList) RemoveMultiples() {
	p.Sort()
	var kept ErrorList = (*p)[:0]
	file, line := "", 0
	for _, e := range *p {
		if e.Pos.Filename != file || e.Pos.Line != line {
			file, line = e.Pos.Filename, e.Pos.Line
			kept = append(kept, e)
		}
	}
	*p = kept
}

func (p ErrorList) Error() string {
	if len(p) == 0 {
		return "no errors"
	}
	if len(p) == 1 {
		return p[0].Error()
	}
	return fmt.Sprintf("%s (and %d more errors)", p[0], len(p)-1)
}

// Err returns the list as an error, nil if it is empty.
func (p ErrorList) Err() error {
	if len(p) > 0 {
		return p
	}
	return nil
}

// PrintError prints an error, or each of a list, a line for each.
func PrintError(w io.Writer, err error) {
	list, ok := err.(ErrorList)
	if !ok {
		if err != nil {
			fmt.Fprintln(w, err)
		}
		return
	}
	for _, e := range list {
		fmt.Fprintln(w, e)
	}
}
