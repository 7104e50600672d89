// Package scanner takes a text apart into words like those of Go; which words there are can be chosen.
//
// scanner.go: characters and words; literals.go: numbers, strings and comments. Go: src/text/scanner.
package scanner

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"unicode"
	"unicode/utf8"
)

// Position is a place in a text.
type Position struct {
	Filename string
	Offset   int // from 0, in bytes
	Line     int // from 1
	Column   int // from 1, in characters
}

// IsValid reports whether the place has a line.
func (pos *Position) IsValid() bool { return pos.Line > 0 }

func (pos Position) String() string {
	name := pos.Filename
	if name == "" {
		name = "<input>"
	}
	if pos.IsValid() {
		name += fmt.Sprintf(":%d:%d", pos.Line, pos.Column)
	}
	return name
}

// Kinds of words; a character that is no word stands for itself.
const (
	EOF = -(iota + 1)
	Ident
	Int
	Float
	Char
	String
	RawString
	Comment
	skipComment
)

// Which words there are.
const (
	ScanIdents     = 1 << -Ident
	ScanInts       = 1 << -Int
	ScanFloats     = 1 << -Float
	ScanChars      = 1 << -Char
	ScanStrings    = 1 << -String
	ScanRawStrings = 1 << -RawString
	ScanComments   = 1 << -Comment
	SkipComments   = 1 << -skipComment
	GoTokens       = ScanIdents | ScanFloats | ScanChars | ScanStrings | ScanRawStrings | ScanComments | SkipComments
)

// GoWhitespace are the characters between words.
const GoWhitespace = 1<<'\t' | 1<<'\n' | 1<<'\r' | 1<<' '

var names = [...]string{"EOF", "Ident", "Int", "Float", "Char", "String", "RawString", "Comment"}

// TokenString names a word or a character.
func TokenString(tok rune) string {
	if i := int(EOF - tok); i >= 0 && i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%q", string(tok))
}

// Scanner takes what a reader has apart.
type Scanner struct {
	in         io.Reader
	buffer     [1025]byte
	from, to   int // what of buffer is read and not taken
	taken      int // bytes so far
	line       int
	column     int
	lineBefore int // its length
	size       int // of the character that was taken last
	text       bytes.Buffer
	collects   int // whether text is that of a word
	end        int // of the word in text
	ch         rune

	Error       func(s *Scanner, msg string)
	ErrorCount  int
	Mode        uint
	Whitespace  uint64
	IsIdentRune func(ch rune, i int) bool
	Position    // of the last word
}

// unread is the character before the first is read.
const unread = -2

// Init makes the Scanner read src.
func (s *Scanner) Init(src io.Reader) *Scanner {
	s.in, s.from, s.to, s.taken = src, 0, 0, 0
	s.line, s.column, s.lineBefore, s.size = 1, 0, 0, 0
	s.collects, s.end, s.ch = 0, 0, unread
	s.text.Reset()
	s.Error, s.ErrorCount, s.Mode, s.Whitespace = nil, 0, GoTokens, GoWhitespace
	s.Line = 0
	return s
}

// fill reads until there is a whole character, or no more.
func (s *Scanner) fill() {
	for s.from == s.to || !utf8.FullRune(s.buffer[s.from:s.to]) {
		s.to = copy(s.buffer[:], s.buffer[s.from:s.to])
		s.from = 0
		n, err := s.in.Read(s.buffer[s.to : len(s.buffer)-1])
		s.to += n
		if err != nil {
			if err != io.EOF {
				s.wrong(err.Error())
			}
			return
		}
	}
}

// next takes a character.
func (s *Scanner) next() rune {
	if s.from == s.to || s.buffer[s.from] >= utf8.RuneSelf {
		s.fill()
	}
	if s.from == s.to {
		if s.size > 0 {
			s.column++
		}
		s.size = 0
		return EOF
	}
	ch, size := utf8.DecodeRune(s.buffer[s.from:s.to])
	if s.collects != 0 {
		s.text.Write(s.buffer[s.from : s.from+size])
	}
	s.from += size
	s.taken += size
	s.size = size
	s.column++
	switch {
	case ch == utf8.RuneError && size == 1:
		s.wrong("invalid UTF-8 encoding")
	case ch == 0:
		s.wrong("invalid character NUL")
	case ch == '\n':
		s.line++
		s.lineBefore, s.column = s.column, 0
	}
	return ch
}

// Next takes a character and returns it; the word is forgotten.
func (s *Scanner) Next() rune {
	s.collects, s.Line = 0, 0
	s.text.Reset()
	s.end = 0
	ch := s.Peek()
	if ch != EOF {
		s.ch = s.next()
	}
	return ch
}

// Peek returns the next character.
func (s *Scanner) Peek() rune {
	if s.ch == unread {
		if s.ch = s.next(); s.ch == '\uFEFF' {
			s.ch = s.next()
		}
	}
	return s.ch
}

func (s *Scanner) wrong(msg string) {
	s.end = s.text.Len() - s.lookahead()
	s.ErrorCount++
	if s.Error != nil {
		s.Error(s, msg)
		return
	}
	pos := s.Position
	if !pos.IsValid() {
		pos = s.Pos()
	}
	fmt.Fprintf(os.Stderr, "%s: %s\n", pos, msg)
}

// lookahead is how much of text doesn't belong to the word: the last character.
func (s *Scanner) lookahead() int {
	if s.collects == 0 {
		return 0
	}
	return min(s.size, s.text.Len())
}

// place is that of the last character.
func (s *Scanner) place() (line, column int) {
	if s.column > 0 {
		return s.line, s.column
	}
	return s.line - 1, s.lineBefore
}

// Pos returns the place behind the last character or word that was returned.
func (s *Scanner) Pos() (pos Position) {
	pos.Filename, pos.Offset = s.Filename, s.taken-s.size
	if pos.Line, pos.Column = s.place(); s.column <= 0 && s.lineBefore <= 0 {
		pos.Line, pos.Column = 1, 1
	}
	return pos
}

// TokenText returns the text of the last word.
func (s *Scanner) TokenText() string { return string(s.text.Bytes()[:max(s.end, 0)]) }

func (s *Scanner) inName(ch rune, i int) bool {
	if s.IsIdentRune != nil {
		return ch != EOF && s.IsIdentRune(ch, i)
	}
	return ch == '_' || unicode.IsLetter(ch) || i > 0 && unicode.IsDigit(ch)
}

func (s *Scanner) has(mode uint) bool { return s.Mode&mode != 0 }

// Scan returns the next word or character; EOF at the end.
func (s *Scanner) Scan() rune {
	ch := s.Peek()
	for {
		s.collects, s.Line, s.end = 0, 0, 0
		s.text.Reset()
		for s.Whitespace&(1<<uint(ch)) != 0 {
			ch = s.next()
		}
		s.collects = 1
		if s.size > 0 {
			s.text.Write(s.last())
		}
		s.Offset = s.taken - s.size
		s.Line, s.Column = s.place()
		tok, after, comment := s.word(ch)
		if comment {
			ch = after
			continue
		}
		s.end = s.text.Len() - s.lookahead()
		s.ch = after
		s.collects = 0
		return tok
	}
}

// last are the bytes of the character that was taken last.
func (s *Scanner) last() []byte { return s.buffer[s.from-s.size : s.from] }

// word takes the word that begins with ch, and the character behind it; comment tells whether it is one that is passed over.
func (s *Scanner) word(ch rune) (tok, after rune, comment bool) {
	switch {
	case s.inName(ch, 0):
		if !s.has(ScanIdents) {
			return ch, s.next(), false
		}
		after = s.next()
		for i := 1; s.inName(after, i); i++ {
			after = s.next()
		}
		return Ident, after, false
	case decimal(ch):
		if !s.has(ScanInts | ScanFloats) {
			return ch, s.next(), false
		}
		tok, after = s.number(ch, false)
		return tok, after, false
	case ch == EOF:
		return EOF, EOF, false
	case ch == '"' && s.has(ScanStrings):
		s.quoted('"')
		return String, s.next(), false
	case ch == '\'' && s.has(ScanChars):
		if s.quoted('\'') != 1 {
			s.wrong("invalid char literal")
		}
		return Char, s.next(), false
	case ch == '`' && s.has(ScanRawStrings):
		s.raw()
		return RawString, s.next(), false
	}
	after = s.next()
	switch {
	case ch == '.' && decimal(after) && s.has(ScanFloats):
		tok, after = s.number(after, true)
		return tok, after, false
	case ch == '/' && (after == '/' || after == '*') && s.has(ScanComments):
		if s.has(SkipComments) {
			s.collects = 0
			s.text.Reset()
			return 0, s.comment(after), true
		}
		return Comment, s.comment(after), false
	}
	return ch, after, false
}
