// Reading of texts into variables: the doors and the walk along a format. Go keeps the original in fmt/scan.go.
package fmt

import (
	"errors"
	"io"
	"os"
	"sync"
	"unicode/utf8"
)

// ScanState is what a Scanner reads from.
type ScanState interface {
	ReadRune() (r rune, size int, err error)
	UnreadRune() error
	SkipSpace()
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	Width() (wid int, ok bool)
	Read(buf []byte) (n int, err error)
}

// Scanner reads itself.
type Scanner interface {
	Scan(state ScanState, verb rune) error
}

// The three ways to treat ends of lines.
const (
	linesAreSpace = iota
	lineEndsAll
	lineMatches
)

// Scan reads words from standard input.
func Scan(a ...any) (n int, err error) { return newScan(os.Stdin, linesAreSpace).words(a) }

// Scanln reads the words of a line from standard input.
func Scanln(a ...any) (n int, err error) { return newScan(os.Stdin, lineEndsAll).words(a) }

// Scanf reads from standard input along a format.
func Scanf(format string, a ...any) (n int, err error) {
	return newScan(os.Stdin, lineMatches).along(format, a)
}

// Sscan reads words from a text.
func Sscan(str string, a ...any) (n int, err error) {
	return newScan(&textReader{str}, linesAreSpace).words(a)
}

// Sscanln reads the words of the first line of a text.
func Sscanln(str string, a ...any) (n int, err error) {
	return newScan(&textReader{str}, lineEndsAll).words(a)
}

// Sscanf reads from a text along a format.
func Sscanf(str string, format string, a ...any) (n int, err error) {
	return newScan(&textReader{str}, lineMatches).along(format, a)
}

// Fscan reads words from r.
func Fscan(r io.Reader, a ...any) (n int, err error) { return newScan(r, linesAreSpace).words(a) }

// Fscanln reads the words of a line from r.
func Fscanln(r io.Reader, a ...any) (n int, err error) { return newScan(r, lineEndsAll).words(a) }

// Fscanf reads from r along a format.
func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return newScan(r, lineMatches).along(format, a)
}

type textReader struct{ rest string }

func (t *textReader) Read(b []byte) (n int, err error) {
	n = copy(b, t.rest)
	t.rest = t.rest[n:]
	if n == 0 {
		err = io.EOF
	}
	return n, err
}

// runeReader gives the characters of a reader that has bytes alone, and takes one back.
type runeReader struct {
	from  io.Reader
	bytes [utf8.UTFMax]byte // read, not yet given
	count int
	last  rune
	size  int
	back  bool
}

func (rr *runeReader) ReadRune() (r rune, size int, err error) {
	if rr.back {
		rr.back = false
		return rr.last, rr.size, nil
	}
	for rr.count == 0 || !utf8.FullRune(rr.bytes[:rr.count]) {
		n, err := io.ReadFull(rr.from, rr.bytes[rr.count:rr.count+1])
		rr.count += n
		if n == 0 {
			if err != io.EOF || rr.count == 0 {
				return 0, 0, err
			}
			break
		}
	}
	rr.last, rr.size = utf8.DecodeRune(rr.bytes[:rr.count])
	rr.count = copy(rr.bytes[:], rr.bytes[rr.size:rr.count])
	return rr.last, rr.size, nil
}

func (rr *runeReader) UnreadRune() error {
	if rr.back {
		return errors.New("fmt: scanning called UnreadRune with no rune available")
	}
	rr.back = true
	return nil
}

// scanFault carries an error out of the depth of a scan.
type scanFault struct{ err error }

const (
	endless = 1 << 30
	ended   = -1
)

// scan is one call of a scanning function.
type scan struct {
	from  io.RuneScanner
	token []byte
	count int // characters taken
	limit int // no more than that many
	width int // of the verb
	lines int
	atEnd bool
}

func newScan(r io.Reader, lines int) *scan {
	s := idleScans.Get().(*scan)
	*s = scan{limit: endless, width: endless, lines: lines, token: s.token[:0]}
	if from, can := r.(io.RuneScanner); can {
		s.from = from
	} else {
		s.from = &runeReader{from: r}
	}
	return s
}

func (s *scan) fail(text string) { panic(scanFault{errors.New(text)}) }

func (s *scan) failWith(err error) { panic(scanFault{err}) }

// idleScans are those that nobody uses.
var idleScans = sync.Pool{New: func() any { return new(scan) }}

// caught turns a fault into the error of a call.
func caught(err *error) { take(recover(), err) }

// finished is caught at the end of a call; the scan is given back.
func (s *scan) finished(err *error) {
	if s.from = nil; cap(s.token) <= 1024 {
		idleScans.Put(s)
	}
	take(recover(), err)
}

func take(thrown any, err *error) {
	switch fault := thrown.(type) {
	case nil:
	case scanFault:
		*err = fault.err
	default:
		panic(fault)
	}
}

// Read is not for a Scanner.
func (s *scan) Read(buf []byte) (n int, err error) {
	return 0, errors.New("ScanState's Read should not be called. Use ReadRune")
}

// ReadRune takes a character.
func (s *scan) ReadRune() (r rune, size int, err error) {
	if s.atEnd || s.count >= s.limit {
		return 0, 0, io.EOF
	}
	r, size, err = s.from.ReadRune()
	if err == nil {
		s.count++
		s.atEnd = s.lines == lineEndsAll && r == '\n'
	} else if err == io.EOF {
		s.atEnd = true
	}
	return r, size, err
}

// UnreadRune puts the last character back.
func (s *scan) UnreadRune() error {
	s.from.UnreadRune()
	s.count--
	s.atEnd = false
	return nil
}

// Width answers the width of the verb, if it has one.
func (s *scan) Width() (wid int, ok bool) {
	if s.width != endless {
		return s.width, true
	}
	return 0, false
}

// SkipSpace takes what is space here.
func (s *scan) SkipSpace() {
	for {
		switch r := s.get(); {
		case r == ended:
			return
		case r == '\r' && s.sees("\n"):
		case r == '\n' && s.lines != linesAreSpace:
			s.fail("unexpected newline")
		case !isSpace(r):
			s.UnreadRune()
			return
		}
	}
}

// Token takes the characters that f wants.
func (s *scan) Token(skipSpace bool, f func(rune) bool) (tok []byte, err error) {
	defer caught(&err)
	if f == nil {
		f = notSpace
	}
	s.token = s.token[:0]
	if skipSpace {
		s.SkipSpace()
	}
	return s.while(f), nil
}

func (s *scan) while(f func(rune) bool) []byte {
	for r := s.get(); r != ended; r = s.get() {
		if !f(r) {
			s.UnreadRune()
			break
		}
		s.keep(r)
	}
	return s.token
}

func (s *scan) keep(r rune) { s.token = utf8.AppendRune(s.token, r) }

// get takes a character, ended if there is none.
func (s *scan) get() rune {
	r, _, err := s.ReadRune()
	if err == io.EOF {
		return ended
	}
	if err != nil {
		s.failWith(err)
	}
	return r
}

// must takes a character that has to be there.
func (s *scan) must() rune {
	r := s.get()
	if r == ended {
		s.failWith(io.ErrUnexpectedEOF)
	}
	return r
}

func within(r rune, of string) bool {
	for _, one := range of {
		if one == r {
			return true
		}
	}
	return false
}

// sees tells whether the next character is one of those.
func (s *scan) sees(of string) bool {
	r := s.get()
	if r != ended {
		s.UnreadRune()
	}
	return r != ended && within(r, of)
}

// take takes the next character if it is one of those.
func (s *scan) take(of string) bool {
	if !s.sees(of) {
		return false
	}
	s.get()
	return true
}

// accept is take, and keeps the character for the token.
func (s *scan) accept(of string) bool {
	r := s.get()
	switch {
	case r == ended:
		return false
	case within(r, of):
		s.keep(r)
		return true
	}
	s.UnreadRune()
	return false
}

// need fails at the end of the input.
func (s *scan) need() {
	if s.get() == ended {
		s.failWith(io.EOF)
	}
	s.UnreadRune()
}

func isSpace(r rune) bool {
	switch {
	case r == ' ' || r >= '\t' && r <= '\r' || r == 0x85 || r == 0xA0:
		return true
	case r == 0x1680 || r >= 0x2000 && r <= 0x200a || r == 0x2028 || r == 0x2029:
		return true
	}
	return r == 0x202f || r == 0x205f || r == 0x3000
}

func notSpace(r rune) bool { return !isSpace(r) }

// words reads each variable in turn.
func (s *scan) words(a []any) (n int, err error) {
	defer s.finished(&err)
	for _, to := range a {
		s.one('v', to)
		n++
	}
	if s.lines == lineEndsAll {
		for r := s.get(); r != '\n' && r != ended; r = s.get() {
			if !isSpace(r) {
				s.fail("expected newline")
			}
		}
	}
	return n, nil
}

// along reads along a format.
func (s *scan) along(format string, a []any) (n int, err error) {
	defer s.finished(&err)
	rest := format
	for rest != "" {
		size, fits := s.literal(rest)
		if size > 0 && fits {
			rest = rest[size:]
			continue
		}
		if rest[0] != '%' {
			if !fits {
				s.fail("input does not match format")
			}
			break
		}
		rest = rest[1:]
		s.width = endless
		if width, digits := leadingNumber(rest); digits > 0 {
			s.width, rest = width, rest[digits:]
		}
		verb, size := utf8.DecodeRuneInString(rest)
		from := rest
		rest = rest[size:]
		if verb != 'c' {
			s.SkipSpace()
		}
		if verb == '%' {
			s.percent()
			continue
		}
		if n >= len(a) {
			s.fail("too few operands for format '%" + from + "'")
		}
		s.limit = min(endless, s.count+s.width)
		s.one(verb, a[n])
		n++
		s.limit = endless
	}
	if n < len(a) {
		s.fail("too many operands")
	}
	return n, nil
}

func (s *scan) percent() {
	s.SkipSpace()
	s.need()
	if !s.accept("%") {
		s.fail("missing literal %")
	}
}

func leadingNumber(text string) (n, digits int) {
	for digits < len(text) && text[digits]-'0' <= 9 && n < 1e6 {
		n = 10*n + int(text[digits]-'0')
		digits++
	}
	return n, digits
}

// literal matches the format up to the next verb; fits tells that the input did not differ.
func (s *scan) literal(format string) (size int, fits bool) {
	for size < len(format) {
		r, width := utf8.DecodeRuneInString(format[size:])
		if isSpace(r) {
			size += s.spaces(format[size:])
			continue
		}
		if r == '%' {
			if size+1 == len(format) {
				s.fail("missing verb: % at end of format string")
			}
			if format[size+1] != '%' {
				return size, true
			}
			size++
		}
		if s.must() != r {
			s.UnreadRune()
			return size, false
		}
		size += width
	}
	return size, true
}

// spaces matches a row of spaces of the format.
func (s *scan) spaces(format string) (size int) {
	lines, more := 0, false
	for size < len(format) {
		r, width := utf8.DecodeRuneInString(format[size:])
		if !isSpace(r) {
			break
		}
		if more = r != '\n'; !more {
			lines++
		}
		size += width
	}
	blank := func(r rune) rune {
		for isSpace(r) && r != '\n' {
			r = s.get()
		}
		return r
	}
	for i := 0; i < lines; i++ {
		if r := blank(s.get()); r != '\n' && r != ended {
			s.fail("newline in format does not match input")
		}
	}
	if !more {
		return size
	}
	r := s.get()
	if lines == 0 && r != ended && !isSpace(r) {
		s.fail("expected space in input to match format")
	}
	if lines == 0 && r == '\n' {
		s.fail("newline in input does not match format")
	}
	if blank(r) != ended {
		s.UnreadRune()
	}
	return size
}
