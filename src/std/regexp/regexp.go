// Package regexp searches with regular expressions, in time bounded by the size of the expression times that of the text.
// Not here: the sets of scripts (\p{Greek}) searching what an io.RuneReader gives, LiteralPrefix. Go keeps the original in regexp/regexp.go.
package regexp

import (
	"strconv"
	"strings"
)

// Regexp is a compiled expression.
type Regexp struct {
	expr    string
	program *program
	names   []string
	longest bool
}

// Compile reads an expression.
func Compile(expr string) (*Regexp, error) { return build(expr, true) }

// CompilePOSIX reads an expression as POSIX egrep does; the longest match wins.
func CompilePOSIX(expr string) (*Regexp, error) { return build(expr, false) }

func build(expr string, perl bool) (*Regexp, error) {
	tree, p, err := parse(expr, perl)
	if err != nil {
		return nil, err
	}
	made := &Regexp{expr: expr, names: p.names, longest: !perl}
	made.program = compile(tree, p.captures)
	return made, nil
}

func quoted(expr string) string {
	if !strconv.CanBackquote(expr) {
		return strconv.Quote(expr)
	}
	return "`" + expr + "`"
}

// MustCompile is Compile that panics.
func MustCompile(str string) *Regexp {
	made, err := build(str, true)
	if err == nil {
		return made
	}
	panic("regexp: Compile(" + quoted(str) + "): " + err.Error())
}

// MustCompilePOSIX is CompilePOSIX that panics.
func MustCompilePOSIX(str string) *Regexp {
	made, err := build(str, false)
	if err == nil {
		return made
	}
	panic("regexp: CompilePOSIX(" + quoted(str) + "): " + err.Error())
}

// String answers the expression.
func (of *Regexp) String() string { return of.expr }

// Copy answers another of the same.
func (of *Regexp) Copy() *Regexp {
	twin := *of
	return &twin
}

// Longest makes the longest match win from now on.
func (of *Regexp) Longest() { of.longest = true }

// NumSubexp is the number of groups in parentheses.
func (of *Regexp) NumSubexp() int { return len(of.names) - 1 }

// SubexpNames answers the names of the groups; the first is that of the whole, always empty.
func (of *Regexp) SubexpNames() []string { return of.names }

// SubexpIndex answers the number of the first group of a name, -1 if there is none.
func (of *Regexp) SubexpIndex(name string) int {
	for number, one := range of.names {
		if name != "" && one == name {
			return number
		}
	}
	return -1
}

// MarshalText answers the expression.
func (of *Regexp) MarshalText() ([]byte, error) { return []byte(of.expr), nil }

// AppendText appends the expression.
func (of *Regexp) AppendText(b []byte) ([]byte, error) { return append(b, of.expr...), nil }

// UnmarshalText compiles the text.
func (of *Regexp) UnmarshalText(text []byte) error {
	made, err := build(string(text), true)
	if err == nil {
		*of = *made
	}
	return err
}

// MatchString tells whether the text holds a match.
func (of *Regexp) MatchString(s string) bool {
	m := newMachine(of, s)
	found := m.find(0) != nil
	m.release()
	return found
}

// Match tells whether the text holds a match.
func (of *Regexp) Match(b []byte) bool { return of.MatchString(view(b)) }

// MatchString compiles an expression and tells whether the text holds a match.
func MatchString(pattern string, s string) (matched bool, err error) {
	made, err := build(pattern, true)
	return err == nil && made.MatchString(s), err
}

// Match compiles an expression and tells whether the text holds a match.
func Match(pattern string, b []byte) (matched bool, err error) { return MatchString(pattern, view(b)) }

const special = "\\.+*?()|[]{}^$"

// QuoteMeta escapes what has a meaning in expressions.
func QuoteMeta(s string) string {
	if !strings.ContainsAny(s, special) {
		return s
	}
	out := make([]byte, 0, 2*len(s))
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(special, s[i]) >= 0 {
			out = append(out, '\\')
		}
		out = append(out, s[i])
	}
	return string(out)
}

// Split cuts the text at the matches, into n parts at most.
func (of *Regexp) Split(s string, n int) []string {
	switch {
	case n == 0:
		return nil
	case of.expr != "" && s == "":
		return []string{""}
	}
	parts := make([]string, 0, 8)
	begin, end := 0, 0
	full := false
	of.all(s, n, func(slots []int) {
		if full = full || n > 0 && len(parts) == n-1; full {
			return
		}
		end = slots[0]
		if slots[1] != 0 {
			parts = append(parts, s[begin:end])
		}
		begin = slots[1]
	})
	if end != len(s) {
		parts = append(parts, s[begin:])
	}
	return parts
}
