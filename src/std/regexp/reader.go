// Matches in what a reader gives. Go keeps the original in regexp/regexp.go; it reads no further than it must.
package regexp

import (
	"io"
	"unicode/utf8"
)

// textOf reads r to its end. A byte that is no character stays one byte wide.
func textOf(r io.RuneReader) string {
	var text []byte
	for {
		c, width, err := r.ReadRune()
		if err != nil {
			return string(text)
		}
		if c == utf8.RuneError && width == 1 {
			text = append(text, 0xff)
		} else {
			text = utf8.AppendRune(text, c)
		}
	}
}

// MatchReader tells whether there is a match in what r gives.
func (of *Regexp) MatchReader(r io.RuneReader) bool { return of.MatchString(textOf(r)) }

// MatchReader tells whether there is a match in what r gives.
func MatchReader(pattern string, r io.RuneReader) (matched bool, err error) {
	of, err := Compile(pattern)
	if err != nil {
		return false, err
	}
	return of.MatchReader(r), nil
}

// FindReaderIndex answers where the first match begins and ends.
func (of *Regexp) FindReaderIndex(r io.RuneReader) (loc []int) { return of.FindStringIndex(textOf(r)) }

// FindReaderSubmatchIndex answers where the first match and its groups begin and end.
func (of *Regexp) FindReaderSubmatchIndex(r io.RuneReader) []int {
	return of.FindStringSubmatchIndex(textOf(r))
}
