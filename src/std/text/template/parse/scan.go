package parse

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenFault tokenKind = iota // the text says what is wrong
	tokenEnd                    // of the input
	tokenText
	tokenComment
	tokenOpen  // {{
	tokenClose // }}
	tokenLeft  // (
	tokenRight // )
	tokenPipe
	tokenDeclare // :=
	tokenAssign  // =
	tokenComma
	tokenOther // another character
	tokenDot
	tokenField    // .x
	tokenVariable // $x
	tokenName     // a function
	tokenBool
	tokenNil
	tokenNumber
	tokenComplex
	tokenRune
	tokenString
	tokenKeyword
)

// token is a piece of a template. Space between tokens counts only where something stands before them.
type token struct {
	kind   tokenKind
	pos    Pos
	text   string
	line   int
	spaced bool // space stands before it
}

// String is the token as errors show it.
func (t token) String() string {
	switch {
	case t.kind == tokenEnd:
		return "EOF"
	case t.kind == tokenFault:
		return t.text
	case t.kind == tokenKeyword, t.kind == tokenNil, t.kind == tokenDot:
		return "<" + t.text + ">"
	case len(t.text) > 10:
		return fmt.Sprintf("%.10q...", t.text)
	}
	return fmt.Sprintf("%q", t.text)
}

var keywords = " block break continue define else end if range template with "

const blanks = " \t\r\n"

// scanner cuts a template into tokens.
type scanner struct {
	text        string
	open, close string // delimiters
	at          int
	line        int
	inside      bool // of an action
	depth       int  // of parentheses
	failed      bool
	comments    bool // are tokens
	asNames     string // keywords that are functions here
}

func newScanner(text, open, close string) *scanner {
	if open == "" {
		open = "{{"
	}
	if close == "" {
		close = "}}"
	}
	return &scanner{text: text, open: open, close: close, line: 1}
}

// take is the token of the next n bytes.
func (s *scanner) take(kind tokenKind, n int) token {
	t := token{kind: kind, pos: Pos(s.at), text: s.text[s.at : s.at+n], line: s.line}
	s.skip(n)
	return t
}

func (s *scanner) skip(n int) {
	s.line += strings.Count(s.text[s.at:s.at+n], "\n")
	s.at += n
}

// fault is the last token: what is wrong with the piece that begins here.
func (s *scanner) fault(format string, args ...any) token {
	s.failed = true
	return token{kind: tokenFault, pos: Pos(s.at), text: fmt.Sprintf(format, args...), line: s.line}
}

func (s *scanner) rest() string { return s.text[s.at:] }

func isBlank(c byte) bool { return strings.IndexByte(blanks, c) >= 0 }

// trimsAfter reports whether text begins with the marker that trims what stands before an action.
func trimsAfter(text string) bool { return len(text) > 1 && text[0] == '-' && isBlank(text[1]) }

// closing reports how long the end of an action at the beginning of text is, 0 if there is none, and whether it trims what follows.
func (s *scanner) closing(text string) (length int, trims bool) {
	if len(text) > 1 && isBlank(text[0]) && text[1] == '-' && strings.HasPrefix(text[2:], s.close) {
		return 2 + len(s.close), true
	}
	if strings.HasPrefix(text, s.close) {
		return len(s.close), false
	}
	return 0, false
}

func (s *scanner) next() token {
	switch {
	case s.failed:
		return token{kind: tokenEnd, text: "EOF", line: s.line}
	case s.inside:
		return s.action()
	}
	return s.outside()
}

// outside scans text, a comment or the beginning of an action.
func (s *scanner) outside() token {
	for {
		text := s.rest()
		at := strings.Index(text, s.open)
		if at < 0 {
			if text == "" {
				return token{kind: tokenEnd, pos: Pos(s.at), text: "EOF", line: s.line}
			}
			return s.take(tokenText, len(text))
		}
		after := text[at+len(s.open):]
		trims := trimsAfter(after)
		if at > 0 {
			shown := text[:at]
			if trims {
				shown = strings.TrimRight(shown, blanks)
			}
			t := s.take(tokenText, len(shown))
			s.skip(at - len(shown))
			if shown != "" {
				return t
			}
		}
		gap := 0
		if trims {
			gap = 2
		}
		if !strings.HasPrefix(after[gap:], "/*") {
			t := s.take(tokenOpen, len(s.open))
			s.skip(gap)
			s.inside = true
			s.depth = 0
			return t
		}
		s.skip(len(s.open) + gap)
		if t := s.comment(); t.kind == tokenFault || s.comments {
			return t
		}
	}
}

func (s *scanner) comment() token {
	text := s.rest()
	end := strings.Index(text[2:], "*/")
	if end < 0 {
		return s.fault("unclosed comment")
	}
	length := end + 4
	closing, trims := s.closing(text[length:])
	if closing == 0 {
		return s.fault("comment ends before closing delimiter")
	}
	t := s.take(tokenComment, length)
	s.finish(closing, trims)
	return t
}

// finish goes behind the end of an action.
func (s *scanner) finish(length int, trims bool) {
	s.skip(length)
	if trims {
		text := s.rest()
		s.skip(len(text) - len(strings.TrimLeft(text, blanks)))
	}
}

// action scans a token inside an action.
func (s *scanner) action() token {
	start := s.at
	for s.rest() != "" && isBlank(s.text[s.at]) {
		if n, _ := s.closing(s.rest()); n > 0 {
			break
		}
		s.skip(1)
	}
	t := s.piece()
	t.spaced = s.at > start && start < int(t.pos)
	return t
}

func (s *scanner) piece() token {
	text := s.rest()
	if n, trims := s.closing(text); n > 0 {
		if s.depth > 0 {
			return s.fault("unclosed left paren")
		}
		s.inside = false
		skipped := n - len(s.close)
		s.skip(skipped)
		t := s.take(tokenClose, len(s.close))
		s.finish(0, trims)
		return t
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case text == "":
		return s.fault("unclosed action")
	case r == '(':
		s.depth++
		return s.take(tokenLeft, 1)
	case r == ')':
		s.depth--
		if s.depth < 0 {
			return s.fault("unexpected right paren")
		}
		return s.take(tokenRight, 1)
	case r == '|':
		return s.take(tokenPipe, 1)
	case r == '=':
		return s.take(tokenAssign, 1)
	case r == ',':
		return s.take(tokenComma, 1)
	case r == ':':
		if !strings.HasPrefix(text, ":=") {
			return s.fault("expected :=")
		}
		return s.take(tokenDeclare, 2)
	case r == '"' || r == '\'':
		return s.quoted(byte(r))
	case r == '`':
		end := strings.IndexByte(text[1:], '`')
		if end < 0 {
			return s.fault("unterminated raw quoted string")
		}
		return s.take(tokenString, end+2)
	case r == '$':
		return s.word(tokenVariable, tokenVariable)
	case r == '.' && (len(text) < 2 || text[1]-'0' > 9):
		return s.word(tokenField, tokenDot)
	case r == '.' || r == '+' || r == '-' || r-'0' < 10 && r >= '0':
		return s.number()
	case isWordRune(r):
		return s.name()
	case r < utf8.RuneSelf && unicode.IsPrint(r):
		return s.take(tokenOther, 1)
	}
	s.skip(size)
	return s.fault("unrecognized character in action: %#U", r)
}

// quoted scans a string or a rune.
func (s *scanner) quoted(quote byte) token {
	text := s.rest()
	for i := 1; i < len(text) && text[i] != '\n'; i++ {
		switch text[i] {
		case quote:
			if quote == '"' {
				return s.take(tokenString, i+1)
			}
			return s.take(tokenRune, i+1)
		case '\\':
			if i+1 < len(text) && text[i+1] != '\n' {
				i++
			}
		}
	}
	if quote == '"' {
		return s.fault("unterminated quoted string")
	}
	return s.fault("unterminated character constant")
}

func isWordRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

func wordLength(text string) int {
	if i := strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) }); i >= 0 {
		return i
	}
	return len(text)
}

// endsWord reports whether text may follow a word at once; if not, fault tells what does.
func (s *scanner) endsWord(text string) bool {
	return text == "" || strings.IndexByte(blanks+".,|:)(", text[0]) >= 0 || strings.HasPrefix(text, s.close)
}

func (s *scanner) badCharacter(text string) token {
	r, _ := utf8.DecodeRuneInString(text)
	return s.fault("bad character %#U", r)
}

// word scans a period or dollar sign and the word behind it; bare is the kind of the sign alone.
func (s *scanner) word(kind, bare tokenKind) token {
	text := s.rest()
	if s.endsWord(text[1:]) {
		return s.take(bare, 1)
	}
	n := 1 + wordLength(text[1:])
	if !s.endsWord(text[n:]) {
		return s.badCharacter(text[n:])
	}
	return s.take(kind, n)
}

func (s *scanner) name() token {
	text := s.rest()
	n := wordLength(text)
	if !s.endsWord(text[n:]) {
		return s.badCharacter(text[n:])
	}
	word := text[:n]
	kind := tokenName
	switch {
	case word == "true" || word == "false":
		kind = tokenBool
	case word == "nil":
		kind = tokenNil
	case strings.Contains(keywords, " "+word+" ") && !strings.Contains(s.asNames, " "+word+" "):
		kind = tokenKeyword
	}
	return s.take(kind, n)
}

// number scans a number, or two of which the second is imaginary. That it is well formed is for strconv to say.
func (s *scanner) number() token {
	text := s.rest()
	n, ok := numberLength(text)
	kind := tokenNumber
	if ok && n < len(text) && (text[n] == '+' || text[n] == '-') {
		var more int
		more, ok = numberLength(text[n:])
		n += more
		ok = ok && text[n-1] == 'i'
		kind = tokenComplex
	}
	if !ok {
		return s.fault("bad number syntax: %q", text[:n])
	}
	return s.take(kind, n)
}

// numberLength is how far a number goes; not ok if a letter follows, which then counts.
func numberLength(text string) (n int, ok bool) {
	one := func(set string) bool {
		if n < len(text) && strings.IndexByte(set, text[n]) >= 0 {
			n++
			return true
		}
		return false
	}
	digits, exponent := "0123456789_", "eE"
	one("+-")
	if one("0") {
		switch {
		case one("xX"):
			digits, exponent = "0123456789abcdefABCDEF_", "pP"
		case one("oO"):
			digits, exponent = "01234567_", ""
		case one("bB"):
			digits, exponent = "01_", ""
		}
	}
	many := func(set string) {
		for one(set) {
		}
	}
	many(digits)
	if one(".") {
		many(digits)
	}
	if one(exponent) {
		one("+-")
		many("0123456789_")
	}
	one("i")
	if r, size := utf8.DecodeRuneInString(text[n:]); size > 0 && isWordRune(r) {
		return n + size, false
	}
	return n, true
}
