package url

import (
	"strconv"
	"strings"
)

// part is a part of a URL; each has its own bytes that stand for themselves.
type part uint8

const (
	inPath part = iota
	inSegment
	inHost
	inZone
	inUser
	inQuery
	inFragment
)

// plain are the bytes, beside letters and digits, that need no escape in a part.
var plain = [...]string{
	inPath:     "-_.~$&+,/:;=@",
	inSegment:  "-_.~$&+:=@",
	inHost:     "-_.~!$&'()*+,;=:[]<>\"",
	inZone:     "-_.~!$&'()*+,;=:[]<>\"",
	inUser:     "-_.~$&+,;=",
	inQuery:    "-_.~",
	inFragment: "-_.~$&+,/:;=?@!()*",
}

func isAlphanumeric(c byte) bool {
	return c-'0' < 10 || c|0x20-'a' < 26
}

func (in part) keeps(c byte) bool {
	return isAlphanumeric(c) || strings.IndexByte(plain[in], c) >= 0
}

// EscapeError is a percent sign without two hexadecimal digits.
type EscapeError string

func (e EscapeError) Error() string { return "invalid URL escape " + strconv.Quote(string(e)) }

// InvalidHostError is a byte that a host name cannot have.
type InvalidHostError string

func (e InvalidHostError) Error() string {
	return "invalid character " + strconv.Quote(string(e)) + " in host name"
}

// hexByte is the byte that the two digits after a percent sign at the start of s stand for.
func hexByte(s string) (byte, bool) {
	if len(s) < 3 {
		return 0, false
	}
	n, err := strconv.ParseUint(s[1:3], 16, 8)
	return byte(n), err == nil
}

// check says what is wrong with the escaped text of a part, if anything, and whether it says more than it looks.
func (in part) check(s string) (escaped bool, err error) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			escaped = true
			b, ok := hexByte(s[i:])
			if !ok {
				return false, EscapeError(s[i:min(len(s), i+3)])
			}
			// In a host only what is not ASCII is escaped, but for the percent sign before a zone.
			if in == inHost && b < 0x80 && b != '%' || in == inZone && b != '%' && b != ' ' && !inHost.keeps(b) {
				return false, EscapeError(s[i : i+3])
			}
			i += 2
		case c == '+' && in == inQuery:
			escaped = true
		case (in == inHost || in == inZone) && c < 0x80 && !in.keeps(c):
			return false, InvalidHostError(s[i : i+1])
		}
	}
	return escaped, nil
}

func (in part) unescape(s string) (string, error) {
	escaped, err := in.check(s)
	if err != nil || !escaped {
		if err != nil {
			s = ""
		}
		return s, err
	}
	var out strings.Builder
	out.Grow(len(s) - 2*strings.Count(s, "%"))
	for s != "" {
		c := s[0]
		s = s[1:]
		switch {
		case c == '%':
			b, _ := hexByte("%" + s)
			out.WriteByte(b)
			s = s[2:]
		case c == '+' && in == inQuery:
			out.WriteByte(' ')
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), nil
}

const digits = "0123456789ABCDEF"

func (in part) escape(s string) string {
	first := 0
	for first < len(s) && in.keeps(s[first]) {
		first++
	}
	if first == len(s) {
		return s
	}
	out := append(make([]byte, 0, len(s)+16), s[:first]...)
	for _, c := range []byte(s[first:]) {
		switch {
		case in.keeps(c):
			out = append(out, c)
		case c == ' ' && in == inQuery:
			out = append(out, '+')
		default:
			out = append(out, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(out)
}

// keptBy reports whether s could be the escaped text of a part: then it stands as it was written.
func (in part) keptBy(s string) bool {
	for i := range len(s) {
		if strings.IndexByte("!$&'()*+,;=:@[]%", s[i]) < 0 && !in.keeps(s[i]) {
			return false
		}
	}
	return true
}

// QueryEscape escapes s for a query.
func QueryEscape(s string) string { return inQuery.escape(s) }

// QueryUnescape is its inverse.
func QueryUnescape(s string) (string, error) { return inQuery.unescape(s) }

// PathEscape escapes s for a segment of a path.
func PathEscape(s string) string { return inSegment.escape(s) }

// PathUnescape is its inverse.
func PathUnescape(s string) (string, error) { return inSegment.unescape(s) }
