package scanner

import (
	"bytes"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
)

// comment takes a comment whose first / is taken, and says where its first line end is (0 if it has none).
func (s *Scanner) comment() (text string, newline int) {
	from, closed := s.offset-1, true
	next := 0
	if s.took('/') {
		for s.ch != '\n' && s.ch != end {
			s.next()
		}
		if next = s.offset; s.ch == '\n' {
			next++
		}
	} else {
		s.next()
		closed = false
		for s.ch != end && !closed {
			if s.ch == '\n' && newline == 0 {
				newline = s.offset
			}
			star := s.ch == '*'
			s.next()
			closed = star && s.took('/')
		}
		next = s.offset
		if !closed {
			s.wrong(from, "comment not terminated")
		}
	}
	lit := s.src[from:s.offset]
	block := lit[1] == '*'
	if !block {
		lit = bytes.TrimSuffix(lit, []byte("\r"))
	}
	if closed && (block || from == s.lineStart) && bytes.HasPrefix(lit[2:], []byte("line ")) {
		s.directive(next, from, lit)
	}
	return withoutCR(lit, block), newline
}

// withoutCR is text without carriage returns, but for those that keep a block comment from ending.
func withoutCR(text []byte, block bool) string {
	if bytes.IndexByte(text, '\r') < 0 {
		return string(text)
	}
	var kept []byte
	for i, c := range text {
		closes := block && len(kept) > 2 && kept[len(kept)-1] == '*' && i+1 < len(text) && text[i+1] == '/'
		if c != '\r' || closes {
			kept = append(kept, c)
		}
	}
	return string(kept)
}

// directive reads what a comment says of the lines that follow: file:line or file:line:column.
func (s *Scanner) directive(next, from int, comment []byte) {
	const most = 1 << 30
	text := string(comment[len("//line "):])
	if comment[1] == '*' {
		text = strings.TrimSuffix(text, "*/")
	}
	from += len("//line ")
	colon := strings.LastIndexByte(text, ':')
	if colon < 0 {
		return
	}
	wrong := func(what string, at int) { s.wrong(from+at, "invalid "+what+" number: "+text[at:]) }
	line, err := strconv.ParseUint(text[colon+1:], 10, 0)
	if err != nil {
		wrong("line", colon+1)
		return
	}
	column, hasColumn := 0, false
	if before := strings.LastIndexByte(text[:colon], ':'); before >= 0 {
		if n, err := strconv.ParseUint(text[before+1:colon], 10, 0); err == nil {
			if line == 0 || line > most {
				wrong("column", colon+1)
				return
			}
			column, hasColumn, line = int(line), true, n
			text, colon = text[:colon], before
		}
	}
	if line == 0 || line > most {
		wrong("line", colon+1)
		return
	}
	name := text[:colon]
	switch {
	case name == "" && hasColumn:
		name = s.file.Position(s.file.Pos(from)).Filename
	case name != "":
		if name = filepath.Clean(name); !filepath.IsAbs(name) {
			name = filepath.Join(s.dir, name)
		}
	}
	s.file.AddLineColumnInfo(next, name, int(line), column)
}

func lower(c rune) rune { return c | 0x20 }

// value is that of a digit, 16 for all else.
func value(c rune) int {
	switch l := lower(c); {
	case digit(c):
		return int(c - '0')
	case 'a' <= l && l <= 'f':
		return int(l-'a') + 10
	}
	return 16
}

// number is a literal while it is taken.
type number struct {
	base    int
	kind    string // what it is called
	prefix  rune   // 0 if it has none
	digits  bool
	breaks  bool // it has _
	invalid int  // where a digit is too large, -1 if none is
}

func (s *Scanner) digits(n *number, base int) (some bool) {
	for limit := max(base, 10); s.ch == '_' || value(s.ch) < limit; s.next() {
		if s.ch == '_' {
			n.breaks = true
			continue
		}
		some = true
		if value(s.ch) >= base && n.invalid < 0 {
			n.invalid = s.offset
		}
	}
	return some
}

func (s *Scanner) number() (token.Token, string) {
	from, tok := s.offset, token.ILLEGAL
	n := &number{base: 10, kind: "decimal literal", invalid: -1}
	if s.ch != '.' {
		tok = token.INT
		if s.took('0') {
			s.prefix(n)
		}
		n.digits = s.digits(n, n.base) || n.digits
	}
	if s.ch == '.' {
		tok = token.FLOAT
		if n.prefix == 'o' || n.prefix == 'b' {
			s.wrong(s.offset, "invalid radix point in "+n.kind)
		}
		s.next()
		n.digits = s.digits(n, n.base) || n.digits
	}
	if !n.digits {
		s.wrong(s.offset, n.kind+" has no digits")
	}
	tok = s.exponent(n, tok)
	if s.took('i') {
		tok = token.IMAG
	}
	lit := s.since(from)
	if tok == token.INT && n.invalid >= 0 {
		s.wrong(n.invalid, "invalid digit %q in %s", lit[n.invalid-from], n.kind)
	}
	if n.breaks {
		if i := badBreak(lit); i >= 0 {
			s.wrong(from+i, "'_' must separate successive digits")
		}
	}
	return tok, lit
}

// prefix takes what follows a first 0.
func (s *Scanner) prefix(n *number) {
	switch lower(s.ch) {
	case 'x':
		n.base, n.kind, n.prefix = 16, "hexadecimal literal", 'x'
	case 'o':
		n.base, n.kind, n.prefix = 8, "octal literal", 'o'
	case 'b':
		n.base, n.kind, n.prefix = 2, "binary literal", 'b'
	default:
		n.base, n.kind, n.prefix, n.digits = 8, "octal literal", '0', true
		return
	}
	s.next()
}

func (s *Scanner) exponent(n *number, tok token.Token) token.Token {
	e := lower(s.ch)
	switch {
	case e != 'e' && e != 'p':
		if n.prefix == 'x' && tok == token.FLOAT {
			s.wrong(s.offset, "hexadecimal mantissa requires a 'p' exponent")
		}
		return tok
	case e == 'e' && n.prefix != 0 && n.prefix != '0':
		s.wrong(s.offset, "%q exponent requires decimal mantissa", s.ch)
	case e == 'p' && n.prefix != 'x':
		s.wrong(s.offset, "%q exponent requires hexadecimal mantissa", s.ch)
	}
	s.next()
	if s.ch == '+' || s.ch == '-' {
		s.next()
	}
	if !s.digits(n, 10) {
		s.wrong(s.offset, "exponent has no digits")
	}
	return token.FLOAT
}

// badBreak is the index of a _ that isn't between digits (a prefix counts as one), -1 if there is none.
func badBreak(lit string) int {
	at, hex, before := 0, false, byte('.')
	if len(lit) >= 2 && lit[0] == '0' && strings.ContainsRune("xob", lower(rune(lit[1]))) {
		at, hex, before = 2, lower(rune(lit[1])) == 'x', '0'
	}
	for ; at < len(lit); at++ {
		c := rune(lit[at])
		kind := byte('.')
		if c == '_' {
			kind = '_'
		} else if digit(c) || hex && value(c) < 16 {
			kind = '0'
		}
		if kind == '_' && before != '0' {
			return at
		}
		if kind == '.' && before == '_' {
			return at - 1
		}
		before = kind
	}
	if before == '_' {
		return len(lit) - 1
	}
	return -1
}

// escape takes what follows a backslash, and says whether it is right.
func (s *Scanner) escape(quote rune) bool {
	from := s.offset
	count, base, limit := 0, 16, unicode.MaxRune
	switch s.ch {
	case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', quote:
		s.next()
		return true
	case '0', '1', '2', '3', '4', '5', '6', '7':
		count, base, limit = 3, 8, 255
	case 'x':
		count, limit = 2, 255
	case 'u':
		count = 4
	case 'U':
		count = 8
	case end:
		s.wrong(from, "escape sequence not terminated")
		return false
	default:
		s.wrong(from, "unknown escape sequence")
		return false
	}
	if base == 16 {
		s.next()
	}
	code := 0
	for range count {
		d := value(s.ch)
		if d >= base {
			if s.ch == end {
				s.wrong(s.offset, "escape sequence not terminated")
			} else {
				s.wrong(s.offset, "illegal character %#U in escape sequence", s.ch)
			}
			return false
		}
		code = code*base + d
		s.next()
	}
	if code > int(limit) || 0xD800 <= code && code < 0xE000 {
		s.wrong(from, "escape sequence is invalid Unicode code point")
		return false
	}
	return true
}

// char takes a rune whose first quote is taken.
func (s *Scanner) char() string {
	from, good, count := s.offset-1, true, 0
	for !s.took('\'') {
		if s.ch == '\n' || s.ch == end {
			if good {
				s.wrong(from, "rune literal not terminated")
			}
			return s.since(from)
		}
		count++
		if s.took('\\') {
			good = s.escape('\'') && good
		} else {
			s.next()
		}
	}
	if good && count != 1 {
		s.wrong(from, "illegal rune literal")
	}
	return s.since(from)
}

// text takes a string whose first quote is taken.
func (s *Scanner) text() string {
	from := s.offset - 1
	for !s.took('"') {
		if s.ch == '\n' || s.ch == end {
			s.wrong(from, "string literal not terminated")
			break
		}
		if s.took('\\') {
			s.escape('"')
		} else {
			s.next()
		}
	}
	return s.since(from)
}

// raw takes a raw string whose first quote is taken; size is its length with carriage returns.
func (s *Scanner) raw() (text string, size int) {
	from := s.offset - 1
	for !s.took('`') {
		if s.ch == end {
			s.wrong(from, "raw string literal not terminated")
			break
		}
		s.next()
	}
	lit := s.src[from:s.offset]
	return withoutCR(lit, false), len(lit)
}

// StringEnd tells go/parser where the last string ended: its text may lack carriage returns. Programs can't see it.
func StringEnd(s *Scanner) token.Pos { return s.stringEnd }
