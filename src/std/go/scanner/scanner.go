package scanner

import (
	"fmt"
	"go/token"
	"path/filepath"
	"unicode"
	"unicode/utf8"
)

// ErrorHandler is told what is wrong.
type ErrorHandler func(pos token.Position, msg string)

// Mode is a set of flags.
type Mode uint

// ScanComments makes comments words.
const ScanComments Mode = 1

// Scanner takes the text of a file apart.
type Scanner struct {
	file *token.File
	dir  string // of the file
	src  []byte
	err  ErrorHandler
	mode Mode

	ch        rune // the character at offset; end at the end
	offset    int
	after     int // of the character behind it
	lineStart int
	ended     bool      // a line that ends here ends a statement
	nlPos     token.Pos // of a line end in a comment, which is the next word
	stringEnd token.Pos // of the last string: \r is left out of its text

	ErrorCount int
}

const (
	mark = 0xFEFF // of byte order
	end  = -1
)

// Init makes the scanner read src. The file has to be as long.
func (s *Scanner) Init(file *token.File, src []byte, err ErrorHandler, mode Mode) {
	if file.Size() != len(src) {
		panic(fmt.Sprintf("file size (%d) does not match src len (%d)", file.Size(), len(src)))
	}
	dir, _ := filepath.Split(file.Name())
	*s = Scanner{file: file, dir: dir, src: src, err: err, mode: mode, ch: ' ', nlPos: s.nlPos, stringEnd: s.stringEnd}
	s.next()
	if s.ch == mark {
		s.next()
	}
}

func (s *Scanner) wrong(offset int, format string, args ...any) {
	s.ErrorCount++
	if s.err == nil {
		return
	}
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	s.err(s.file.Position(s.file.Pos(offset)), format)
}

// next goes to the next character.
func (s *Scanner) next() {
	newLine := s.ch == '\n'
	s.offset = min(s.after, len(s.src))
	if newLine {
		s.lineStart = s.offset
		s.file.AddLine(s.offset)
	}
	if s.after >= len(s.src) {
		s.ch = end
		return
	}
	left := s.src[s.after:]
	r, size := rune(left[0]), 1
	if r == 0 {
		s.wrong(s.offset, "illegal character NUL")
	}
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRune(left)
		switch {
		case r == mark && s.offset > 0:
			s.wrong(s.offset, "illegal byte order mark")
		case r == utf8.RuneError && size == 1 && s.offset == 0 && len(left) >= 2 && (string(left[:2]) == "\xff\xfe" || string(left[:2]) == "\xfe\xff"):
			s.wrong(s.offset, "illegal UTF-8 encoding (got UTF-16)")
			size += len(left)
		case r == utf8.RuneError && size == 1:
			s.wrong(s.offset, "illegal UTF-8 encoding")
		}
	}
	s.after += size
	s.ch = r
}

// follow is the byte behind the character, 0 at the end.
func (s *Scanner) follow() byte {
	if s.after < len(s.src) {
		return s.src[s.after]
	}
	return 0
}

// took goes on if the character is c.
func (s *Scanner) took(c rune) bool {
	if s.ch != c {
		return false
	}
	s.next()
	return true
}

func (s *Scanner) since(offset int) string { return string(s.src[offset:s.offset]) }

func letter(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c >= utf8.RuneSelf && unicode.IsLetter(c)
}

func digit(c rune) bool { return '0' <= c && c <= '9' }

func (s *Scanner) name() string {
	from := s.offset
	for letter(s.ch) || digit(s.ch) || s.ch >= utf8.RuneSelf && unicode.IsDigit(s.ch) {
		s.next()
	}
	return s.since(from)
}

// Scan returns the next word: where it is, which it is, and its text where it has one of its own. At the end it is EOF.
func (s *Scanner) Scan() (pos token.Pos, tok token.Token, lit string) {
	for {
		if s.nlPos.IsValid() {
			pos, s.nlPos = s.nlPos, token.NoPos
			return pos, token.SEMICOLON, "\n"
		}
		for s.ch == ' ' || s.ch == '\t' || s.ch == '\r' || s.ch == '\n' && !s.ended {
			s.next()
		}
		pos = s.file.Pos(s.offset)
		if s.ch == '/' && (s.follow() == '/' || s.follow() == '*') {
			s.next()
			text, newline := s.comment()
			if s.ended && newline > 0 {
				s.nlPos, s.ended = s.file.Pos(newline), false
			}
			if s.mode&ScanComments == 0 {
				continue
			}
			return pos, token.COMMENT, text
		}
		tok, lit, s.ended = s.word(pos)
		return pos, tok, lit
	}
}

// word takes a word and says whether a line that ends behind it ends a statement.
func (s *Scanner) word(pos token.Pos) (tok token.Token, lit string, ends bool) {
	c := s.ch
	switch {
	case letter(c):
		lit = s.name()
		if tok = token.IDENT; len(lit) > 1 {
			tok = token.Lookup(lit)
		}
		ends = tok == token.IDENT || tok == token.BREAK || tok == token.CONTINUE || tok == token.FALLTHROUGH || tok == token.RETURN
		return tok, lit, ends
	case digit(c), c == '.' && digit(rune(s.follow())):
		tok, lit = s.number()
		return tok, lit, true
	}
	s.next()
	switch c {
	case end:
		if s.ended {
			return token.SEMICOLON, "\n", false
		}
		return token.EOF, "", false
	case '\n':
		return token.SEMICOLON, "\n", false
	case ';':
		return token.SEMICOLON, ";", false
	case '"':
		lit = s.text()
		s.stringEnd = pos + token.Pos(len(lit))
		return token.STRING, lit, true
	case '`':
		lit, size := s.raw()
		s.stringEnd = pos + token.Pos(size)
		return token.STRING, lit, true
	case '\'':
		return token.CHAR, s.char(), true
	}
	if tok = s.operator(c); tok != token.ILLEGAL {
		switch tok {
		case token.RPAREN, token.RBRACK, token.RBRACE, token.INC, token.DEC:
			ends = true
		}
		return tok, "", ends
	}
	switch c {
	case mark: // next has told
	case '“', '”':
		s.wrong(s.file.Offset(pos), "curly quotation mark %q (use neutral %q)", c, '"')
	default:
		s.wrong(s.file.Offset(pos), "illegal character %#U", c)
	}
	return token.ILLEGAL, string(c), s.ended
}

// equal is with if = follows, otherwise without.
func (s *Scanner) equal(without, with token.Token) token.Token {
	if s.took('=') {
		return with
	}
	return without
}

// operator takes the rest of an operator that begins with c.
func (s *Scanner) operator(c rune) token.Token {
	switch c {
	case '(':
		return token.LPAREN
	case ')':
		return token.RPAREN
	case '[':
		return token.LBRACK
	case ']':
		return token.RBRACK
	case '{':
		return token.LBRACE
	case '}':
		return token.RBRACE
	case ',':
		return token.COMMA
	case '~':
		return token.TILDE
	case ':':
		return s.equal(token.COLON, token.DEFINE)
	case '=':
		return s.equal(token.ASSIGN, token.EQL)
	case '!':
		return s.equal(token.NOT, token.NEQ)
	case '*':
		return s.equal(token.MUL, token.MUL_ASSIGN)
	case '/':
		return s.equal(token.QUO, token.QUO_ASSIGN)
	case '%':
		return s.equal(token.REM, token.REM_ASSIGN)
	case '^':
		return s.equal(token.XOR, token.XOR_ASSIGN)
	case '.':
		if s.ch == '.' && s.follow() == '.' {
			s.next()
			s.next()
			return token.ELLIPSIS
		}
		return token.PERIOD
	case '+':
		if s.took('+') {
			return token.INC
		}
		return s.equal(token.ADD, token.ADD_ASSIGN)
	case '-':
		if s.took('-') {
			return token.DEC
		}
		return s.equal(token.SUB, token.SUB_ASSIGN)
	case '|':
		if s.took('|') {
			return token.LOR
		}
		return s.equal(token.OR, token.OR_ASSIGN)
	case '&':
		switch {
		case s.took('&'):
			return token.LAND
		case s.took('^'):
			return s.equal(token.AND_NOT, token.AND_NOT_ASSIGN)
		}
		return s.equal(token.AND, token.AND_ASSIGN)
	case '<':
		switch {
		case s.took('-'):
			return token.ARROW
		case s.took('<'):
			return s.equal(token.SHL, token.SHL_ASSIGN)
		}
		return s.equal(token.LSS, token.LEQ)
	case '>':
		if s.took('>') {
			return s.equal(token.SHR, token.SHR_ASSIGN)
		}
		return s.equal(token.GTR, token.GEQ)
	}
	return token.ILLEGAL
}
