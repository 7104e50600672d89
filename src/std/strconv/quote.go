package strconv

import (
	"internal/chars"
	"unicode/utf8"
	"unsafe"
)

const hexChars = "0123456789abcdef"

// style says which characters a quoted text escapes beyond those that it must.
type style struct {
	quote   byte
	ascii   bool // everything above ASCII
	graphic bool // what is not graphic, rather than what is not printable
}

// Quote returns text as a Go string literal.
func Quote(text string) string { return string(appendQuoted(room(text), text, style{quote: '"'})) }

// QuoteToASCII is Quote in ASCII.
func QuoteToASCII(text string) string {
	return string(appendQuoted(room(text), text, style{quote: '"', ascii: true}))
}

// QuoteToGraphic is Quote that leaves all graphic characters.
func QuoteToGraphic(text string) string {
	return string(appendQuoted(room(text), text, style{quote: '"', graphic: true}))
}

// AppendQuote appends Quote(text).
func AppendQuote(to []byte, text string) []byte { return appendQuoted(to, text, style{quote: '"'}) }

// AppendQuoteToASCII appends QuoteToASCII(text).
func AppendQuoteToASCII(to []byte, text string) []byte {
	return appendQuoted(to, text, style{quote: '"', ascii: true})
}

// AppendQuoteToGraphic appends QuoteToGraphic(text).
func AppendQuoteToGraphic(to []byte, text string) []byte {
	return appendQuoted(to, text, style{quote: '"', graphic: true})
}

// QuoteRune returns char as a Go character literal.
func QuoteRune(char rune) string { return string(appendQuotedRune(nil, char, style{quote: '\''})) }

// QuoteRuneToASCII is QuoteRune in ASCII.
func QuoteRuneToASCII(char rune) string {
	return string(appendQuotedRune(nil, char, style{quote: '\'', ascii: true}))
}

// QuoteRuneToGraphic is QuoteRune that leaves all graphic characters.
func QuoteRuneToGraphic(char rune) string {
	return string(appendQuotedRune(nil, char, style{quote: '\'', graphic: true}))
}

// AppendQuoteRune appends QuoteRune(char).
func AppendQuoteRune(to []byte, char rune) []byte {
	return appendQuotedRune(to, char, style{quote: '\''})
}

// AppendQuoteRuneToASCII appends QuoteRuneToASCII(char).
func AppendQuoteRuneToASCII(to []byte, char rune) []byte {
	return appendQuotedRune(to, char, style{quote: '\'', ascii: true})
}

// AppendQuoteRuneToGraphic appends QuoteRuneToGraphic(char).
func AppendQuoteRuneToGraphic(to []byte, char rune) []byte {
	return appendQuotedRune(to, char, style{quote: '\'', graphic: true})
}

// room is a buffer in which most quoted forms of text fit.
func room(text string) []byte { return make([]byte, 0, 3*len(text)/2) }

func appendQuoted(to []byte, text string, how style) []byte {
	to = append(to, how.quote)
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
			if size == 1 && r == utf8.RuneError {
				to = append(to, '\\', 'x', hexChars[text[i]>>4], hexChars[text[i]&15])
				i++
				continue
			}
		}
		to = appendEscaped(to, r, how)
		i += size
	}
	return append(to, how.quote)
}

func appendQuotedRune(to []byte, char rune, how style) []byte {
	if !utf8.ValidRune(char) {
		char = utf8.RuneError
	}
	return append(appendEscaped(append(to, how.quote), char, how), how.quote)
}

// appendEscaped writes one character as it stands in a literal.
func appendEscaped(to []byte, char rune, how style) []byte {
	if char == rune(how.quote) || char == '\\' {
		return append(to, '\\', byte(char))
	}
	if char < utf8.RuneSelf || !how.ascii {
		if IsPrint(char) || how.graphic && IsGraphic(char) {
			return utf8.AppendRune(to, char)
		}
	}
	if char >= '\a' && char <= '\r' {
		return append(to, '\\', "abtnvfr"[char-'\a'])
	}
	digits := 4
	switch {
	case char < ' ' || char == 0x7f:
		to, digits = append(to, '\\', 'x'), 2
	case !utf8.ValidRune(char):
		to, char = append(to, '\\', 'u'), utf8.RuneError
	case char < 0x10000:
		to = append(to, '\\', 'u')
	default:
		to, digits = append(to, '\\', 'U'), 8
	}
	for digits--; digits >= 0; digits-- {
		to = append(to, hexChars[char>>uint(4*digits)&15])
	}
	return to
}

// CanBackquote reports whether text can stand between back quotes, on one line.
func CanBackquote(text string) bool {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
		case r == utf8.RuneError && size == 1, r == '\ufeff', r < ' ' && r != '\t', r == '`', r == 0x7f:
			return false
		}
	}
	return true
}

// IsPrint reports whether char is printable: a letter, mark, number, punctuation, symbol or the ASCII space.
func IsPrint(char rune) bool {
	if char < 0x7f {
		return char >= ' '
	}
	return chars.IsPrint(char)
}

// IsGraphic reports whether char is printable or a space of another kind.
func IsGraphic(char rune) bool { return IsPrint(char) || chars.Of(char) == chars.Zs }

// UnquoteChar reads the first character or byte of an escaped text that stands between quotes of the given kind.
func UnquoteChar(text string, quote byte) (value rune, multibyte bool, tail string, err error) {
	value, multibyte, n := unescape(text, quote)
	if n == 0 {
		return 0, false, "", ErrSyntax
	}
	return value, multibyte, text[n:], nil
}

// unescape returns the first character of text, whether it needs UTF-8, and how many bytes it took: 0 if it is wrong.
func unescape(text string, quote byte) (value rune, multibyte bool, n int) {
	if text == "" {
		return 0, false, 0
	}
	switch c := text[0]; {
	case c == quote && (quote == '\'' || quote == '"'):
		return 0, false, 0
	case c >= utf8.RuneSelf:
		r, size := utf8.DecodeRuneInString(text)
		return r, true, size
	case c != '\\':
		return rune(c), false, 1
	}
	if len(text) < 2 {
		return 0, false, 0
	}
	switch c := text[1]; c {
	case 'a', 'b', 't', 'n', 'v', 'f', 'r':
		for i := 0; ; i++ {
			if "abtnvfr"[i] == c {
				return rune('\a' + i), false, 2
			}
		}
	case 'x':
		return hexEscape(text, 2)
	case 'u':
		return hexEscape(text, 4)
	case 'U':
		return hexEscape(text, 8)
	case '\\':
		return '\\', false, 2
	case '\'', '"':
		if c == quote {
			return rune(c), false, 2
		}
	case '0', '1', '2', '3', '4', '5', '6', '7':
		if len(text) < 4 {
			break
		}
		for _, d := range []byte(text[1:4]) {
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

func hexEscape(text string, digits int) (rune, bool, int) {
	if len(text) < 2+digits {
		return 0, false, 0
	}
	value := rune(0)
	for _, c := range []byte(text[2 : 2+digits]) {
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

// QuotedPrefix returns the literal at the beginning of text.
func QuotedPrefix(text string) (string, error) {
	n, _ := literal(text, nil, false)
	if n == 0 {
		return "", ErrSyntax
	}
	return text[:n], nil
}

// Unquote reads text as a Go string or character literal.
func Unquote(text string) (string, error) {
	n, plain := literal(text, nil, false)
	if n == 0 || n != len(text) {
		return "", ErrSyntax
	}
	if plain {
		return text[1 : n-1], nil
	}
	out := make([]byte, 0, n)
	literal(text, &out, true)
	return unsafe.String(unsafe.SliceData(out), len(out)), nil
}

// literal returns the length of the literal at the beginning of text, 0 if there is none, and whether what is between its quotes is
// its value. With write, the value is appended to out.
func literal(text string, out *[]byte, write bool) (n int, plain bool) {
	if len(text) < 2 {
		return 0, false
	}
	quote := text[0]
	switch quote {
	case '`':
		return rawLiteral(text, out, write)
	case '"', '\'':
	default:
		return 0, false
	}
	plain = true
	count := 0
	for i := 1; i < len(text); {
		if text[i] == quote {
			return i + 1, plain // one character or none between single quotes
		}
		if text[i] == '\n' || quote == '\'' && count == 1 {
			return 0, false
		}
		r, multibyte, size := unescape(text[i:], quote)
		if size == 0 {
			return 0, false
		}
		if text[i] == '\\' || r == utf8.RuneError && size == 1 {
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
func rawLiteral(text string, out *[]byte, write bool) (n int, plain bool) {
	plain = true
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '`':
			return i + 1, plain
		case text[i] == '\r':
			plain = false
		case write:
			*out = append(*out, text[i])
		}
	}
	return 0, false
}
