package scanner

import (
	"fmt"
	"strings"
)

func lower(ch rune) rune   { return ch | 0x20 }
func decimal(ch rune) bool { return '0' <= ch && ch <= '9' }

// value is that of a digit, 16 for all else.
func value(ch rune) int {
	switch l := lower(ch); {
	case decimal(ch):
		return int(ch - '0')
	case 'a' <= l && l <= 'f':
		return int(l-'a') + 10
	}
	return 16
}

// number is a literal while it is taken.
type number struct {
	base    int
	kind    string
	prefix  rune // 0 if it has none
	digits  bool
	breaks  bool // it has _
	invalid rune // a digit that is too large
}

// digits takes digits from ch on.
func (s *Scanner) digits(n *number, ch rune, base int) (after rune, some bool) {
	for limit := max(base, 10); ch == '_' || value(ch) < limit; ch = s.next() {
		if ch == '_' {
			n.breaks = true
			continue
		}
		some = true
		if value(ch) >= base && n.invalid == 0 {
			n.invalid = ch
		}
	}
	return ch, some
}

// number takes a number from ch on, which may stand behind a point.
func (s *Scanner) number(ch rune, point bool) (tok, after rune) {
	n := &number{base: 10, kind: "decimal literal"}
	var some bool
	if tok = Float; !point {
		tok = Int
		if ch == '0' {
			ch = s.prefix(n)
		}
		ch, some = s.digits(n, ch, n.base)
		n.digits = n.digits || some
		if point = ch == '.' && s.has(ScanFloats); point {
			ch = s.next()
		}
	}
	if point {
		tok = Float
		if n.prefix == 'o' || n.prefix == 'b' {
			s.wrong("invalid radix point in " + n.kind)
		}
		ch, some = s.digits(n, ch, n.base)
		n.digits = n.digits || some
	}
	if !n.digits {
		s.wrong(n.kind + " has no digits")
	}
	tok, ch = s.exponent(n, tok, ch)
	if tok == Int && n.invalid != 0 {
		s.wrong(fmt.Sprintf("invalid digit %q in %s", n.invalid, n.kind))
	}
	if n.breaks {
		s.end = s.text.Len() - s.lookahead()
		if badBreak(s.TokenText()) {
			s.wrong("'_' must separate successive digits")
		}
	}
	return tok, ch
}

// prefix takes a first 0 and what follows it.
func (s *Scanner) prefix(n *number) rune {
	ch := s.next()
	switch lower(ch) {
	case 'x':
		n.base, n.kind, n.prefix = 16, "hexadecimal literal", 'x'
	case 'o':
		n.base, n.kind, n.prefix = 8, "octal literal", 'o'
	case 'b':
		n.base, n.kind, n.prefix = 2, "binary literal", 'b'
	default:
		n.base, n.kind, n.prefix, n.digits = 8, "octal literal", '0', true
		return ch
	}
	return s.next()
}

func (s *Scanner) exponent(n *number, tok, ch rune) (kind, after rune) {
	e := lower(ch)
	switch {
	case e != 'e' && e != 'p' || !s.has(ScanFloats):
		if n.prefix == 'x' && tok == Float {
			s.wrong("hexadecimal mantissa requires a 'p' exponent")
		}
		return tok, ch
	case e == 'e' && n.prefix != 0 && n.prefix != '0':
		s.wrong(fmt.Sprintf("%q exponent requires decimal mantissa", ch))
	case e == 'p' && n.prefix != 'x':
		s.wrong(fmt.Sprintf("%q exponent requires hexadecimal mantissa", ch))
	}
	if ch = s.next(); ch == '+' || ch == '-' {
		ch = s.next()
	}
	ch, some := s.digits(n, ch, 10)
	if !some {
		s.wrong("exponent has no digits")
	}
	return Float, ch
}

// badBreak tells whether a _ isn't between digits; a prefix counts as one.
func badBreak(lit string) bool {
	hex, before := false, byte('.')
	if len(lit) >= 2 && lit[0] == '0' && strings.ContainsRune("xob", lower(rune(lit[1]))) {
		hex, before = lower(rune(lit[1])) == 'x', '0'
		lit = lit[2:]
	}
	for _, c := range lit {
		kind := byte('.')
		if c == '_' {
			kind = '_'
		} else if decimal(c) || hex && value(c) < 16 {
			kind = '0'
		}
		if kind == '_' && before != '0' || kind == '.' && before == '_' {
			return true
		}
		before = kind
	}
	return before == '_'
}

// quoted takes what is between quotes, up to the second, and counts its characters.
func (s *Scanner) quoted(quote rune) (n int) {
	for ch := s.next(); ch != quote; n++ {
		switch {
		case ch == '\n' || ch < 0:
			s.wrong("literal not terminated")
			return n
		case ch == '\\':
			ch = s.escape(quote)
		default:
			ch = s.next()
		}
	}
	return n
}

// escape takes what follows a backslash.
func (s *Scanner) escape(quote rune) rune {
	ch := s.next()
	switch ch {
	case 'a', 'b', 'f', 'n', 'r', 't', 'v', '\\', quote:
		return s.next()
	case '0', '1', '2', '3', '4', '5', '6', '7':
		return s.escaped(ch, 8, 3)
	case 'x':
		return s.escaped(s.next(), 16, 2)
	case 'u':
		return s.escaped(s.next(), 16, 4)
	case 'U':
		return s.escaped(s.next(), 16, 8)
	}
	s.wrong("invalid char escape")
	return ch
}

// escaped takes n digits.
func (s *Scanner) escaped(ch rune, base, n int) rune {
	for ; n > 0; n-- {
		if value(ch) >= base {
			s.wrong("invalid char escape")
			break
		}
		ch = s.next()
	}
	return ch
}

func (s *Scanner) raw() {
	for ch := s.next(); ch != '`'; ch = s.next() {
		if ch < 0 {
			s.wrong("literal not terminated")
			return
		}
	}
}

// comment takes a comment whose first / is taken; ch is the character behind that.
func (s *Scanner) comment(ch rune) rune {
	if ch == '/' {
		for ch != '\n' && ch >= 0 {
			ch = s.next()
		}
		return ch
	}
	for ch = s.next(); ; {
		if ch < 0 {
			s.wrong("comment not terminated")
			return ch
		}
		star := ch == '*'
		if ch = s.next(); star && ch == '/' {
			return s.next()
		}
	}
}
