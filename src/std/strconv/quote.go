package strconv

import (
	"internal/chars"
	"unicode/utf8"
)

const hexChars = "0123456789abcdef"

// style says which characters a quoted text escapes beyond those that it must.
type style struct {
	quote   byte
	ascii   bool // everything above ASCII
	graphic bool // what is not graphic, rather than what is not printable
}

// Quote returns s as a Go string literal.
func Quote(s string) string { return string(appendQuoted(room(s), s, style{quote: '"'})) }

// QuoteToASCII is Quote in ASCII.
func QuoteToASCII(s string) string {
	return string(appendQuoted(room(s), s, style{quote: '"', ascii: true}))
}

// QuoteToGraphic is Quote that leaves all graphic characters.
func QuoteToGraphic(s string) string {
	return string(appendQuoted(room(s), s, style{quote: '"', graphic: true}))
}

// AppendQuote appends Quote(s).
func AppendQuote(dst []byte, s string) []byte { return appendQuoted(dst, s, style{quote: '"'}) }

// AppendQuoteToASCII appends QuoteToASCII(s).
func AppendQuoteToASCII(dst []byte, s string) []byte {
	return appendQuoted(dst, s, style{quote: '"', ascii: true})
}

// AppendQuoteToGraphic appends QuoteToGraphic(s).
func AppendQuoteToGraphic(dst []byte, s string) []byte {
	return appendQuoted(dst, s, style{quote: '"', graphic: true})
}

// QuoteRune returns r as a Go character literal.
func QuoteRune(r rune) string { return string(appendQuotedRune(nil, r, style{quote: '\''})) }

// QuoteRuneToASCII is QuoteRune in ASCII.
func QuoteRuneToASCII(r rune) string {
	return string(appendQuotedRune(nil, r, style{quote: '\'', ascii: true}))
}

// QuoteRuneToGraphic is QuoteRune that leaves all graphic characters.
func QuoteRuneToGraphic(r rune) string {
	return string(appendQuotedRune(nil, r, style{quote: '\'', graphic: true}))
}

// AppendQuoteRune appends QuoteRune(r).
func AppendQuoteRune(dst []byte, r rune) []byte { return appendQuotedRune(dst, r, style{quote: '\''}) }

// AppendQuoteRuneToASCII appends QuoteRuneToASCII(r).
func AppendQuoteRuneToASCII(dst []byte, r rune) []byte {
	return appendQuotedRune(dst, r, style{quote: '\'', ascii: true})
}

// AppendQuoteRuneToGraphic appends QuoteRuneToGraphic(r).
func AppendQuoteRuneToGraphic(dst []byte, r rune) []byte {
	return appendQuotedRune(dst, r, style{quote: '\'', graphic: true})
}

// room is a buffer in which most quoted forms of s fit.
func room(s string) []byte { return make([]byte, 0, 3*len(s)/2) }

func appendQuoted(dst []byte, s string, how style) []byte {
	dst = append(dst, how.quote)
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
			if size == 1 && r == utf8.RuneError {
				dst = append(dst, '\\', 'x', hexChars[s[i]>>4], hexChars[s[i]&15])
				i++
				continue
			}
		}
		dst = appendEscaped(dst, r, how)
		i += size
	}
	return append(dst, how.quote)
}

func appendQuotedRune(dst []byte, r rune, how style) []byte {
	if !utf8.ValidRune(r) {
		r = utf8.RuneError
	}
	return append(appendEscaped(append(dst, how.quote), r, how), how.quote)
}

// appendEscaped writes one character as it stands in a literal.
func appendEscaped(dst []byte, r rune, how style) []byte {
	if r == rune(how.quote) || r == '\\' {
		return append(dst, '\\', byte(r))
	}
	if r < utf8.RuneSelf || !how.ascii {
		if IsPrint(r) || how.graphic && IsGraphic(r) {
			return utf8.AppendRune(dst, r)
		}
	}
	if r >= '\a' && r <= '\r' {
		return append(dst, '\\', "abtnvfr"[r-'\a'])
	}
	digits := 4
	switch {
	case r < ' ' || r == 0x7f:
		dst, digits = append(dst, '\\', 'x'), 2
	case !utf8.ValidRune(r):
		dst, r = append(dst, '\\', 'u'), utf8.RuneError
	case r < 0x10000:
		dst = append(dst, '\\', 'u')
	default:
		dst, digits = append(dst, '\\', 'U'), 8
	}
	for digits--; digits >= 0; digits-- {
		dst = append(dst, hexChars[r>>uint(4*digits)&15])
	}
	return dst
}

// CanBackquote reports whether s can stand between back quotes, on one line.
func CanBackquote(s string) bool {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		switch {
		case r == utf8.RuneError && size == 1, r == '\ufeff', r < ' ' && r != '\t', r == '`', r == 0x7f:
			return false
		}
	}
	return true
}

// IsPrint reports whether r is printable: a letter, mark, number, punctuation, symbol or the ASCII space.
func IsPrint(r rune) bool {
	if r < 0x7f {
		return r >= ' '
	}
	return chars.IsPrint(r)
}

// IsGraphic reports whether r is printable or a space of another kind.
func IsGraphic(r rune) bool { return IsPrint(r) || chars.Of(r) == chars.Zs }

// UnquoteChar reads the first character or byte of an escaped text that stands between quotes of the given kind.
func UnquoteChar(s string, quote byte) (value rune, multibyte bool, tail string, err error) {
	value, multibyte, n := unescape(s, quote)
	if n == 0 {
		return 0, false, "", ErrSyntax
	}
	return value, multibyte, s[n:], nil
}

// unescape returns the first character of s, whether it needs UTF-8, and how many bytes it took: 0 if it is wrong.
func unescape(s string, quote byte) (value rune, multibyte bool, n int) {
	if s == "" {
		return 0, false, 0
	}
	switch c := s[0]; {
	case c == quote && (quote == '\'' || quote == '"'):
		return 0, false, 0
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(s)
		return r, true, size
	case c != '\\':
		return rune(c), false, 1
	}
	if len(s) < 2 {
		return 0, false, 0
	}
	switch c := s[1]; c {
	case 'a', 'b', 't', 'n', 'v', 'f', 'r':
		for i := 0; ; i++ {
			if "abtnvfr"[i] == c {
				return rune('\a' + i), false, 2
			}
		}
	case 'x':
		return hexEscape(s, 2)
	case 'u':
		return hexEscape(s, 4)
	case 'U':
		return hexEscape(s, 8)
	case '\\':
		return '\\', false, 2
	case '\'', '"':
		if c == quote {
			return rune(c), false, 2
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(s) < 4 {
			break
		}
		for _, d := range []byte(s[1:4]) {
			if d < '0' || d > '7' {
				return 0, false, 0
			}
			value = value<<3 | rune(d-'0')
		}
		if value <= 255 {
			return value, false, 4
		}
	}
	return 0, false, 0
}

func hexEscape(s string, digits int) (rune, bool, int) {
	if len(s) < 2+digits {
		return 0, false, 0
	}
	value := rune(0)
	for _, c := range []byte(s[2 : 2+digits]) {
		d := digitValue(c)
		if d > 15 {
			return 0, false, 0
		}
		value = value<<4 | rune(d)
	}
	if digits == 2 {
		return value, false, 4
	}
	if !utf8.ValidRune(value) {
		return 0, false, 0
	}
	return value, true, 2 + digits
}

// QuotedPrefix returns the literal at the beginning of s.
func QuotedPrefix(s string) (string, error) {
	n, _ := literal(s, nil, false)
	if n == 0 {
		return "", ErrSyntax
	}
	return s[:n], nil
}

// Unquote reads s as a Go string or character literal.
func Unquote(s string) (string, error) {
	n, plain := literal(s, nil, false)
	if n == 0 || n != len(s) {
		return "", ErrSyntax
	}
	if plain {
		return s[1 : n-1], nil
	}
	out := make([]byte, 0, n)
	literal(s, &out, true)
	return string(out), nil
}

// literal returns the length of the literal at the beginning of s, 0 if there is none, and whether what is between its quotes is
// its value. With write, the value is appended to out.
func literal(s string, out *[]byte, write bool) (n int, plain bool) {
	if len(s) < 2 {
		return 0, false
	}
	quote := s[0]
	switch quote {
	case '`':
		return rawLiteral(s, out, write)
	case '"', '\'':
	default:
		return 0, false
	}
	plain = true
	count := 0
	for i := 1; i < len(s); {
		if s[i] == quote {
			return i + 1, plain // one character or none between single quotes
		}
		if s[i] == '\n' || quote == '\'' && count == 1 {
			return 0, false
		}
		r, multibyte, size := unescape(s[i:], quote)
		if size == 0 {
			return 0, false
		}
		if s[i] == '\\' || r == utf8.RuneError && size == 1 {
			plain = false
		}
		if write {
			if r < utf8.RuneSelf || !multibyte {
				*out = append(*out, byte(r))
			} else {
				*out = utf8.AppendRune(*out, r)
			}
		}
		count++
		i += size
	}
	return 0, false
}

// rawLiteral is literal between back quotes, where carriage returns do not count.
func rawLiteral(s string, out *[]byte, write bool) (n int, plain bool) {
	plain = true
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '`':
			return i + 1, plain
		case s[i] == '\r':
			plain = false
		case write:
			*out = append(*out, s[i])
		}
	}
	return 0, false
}
