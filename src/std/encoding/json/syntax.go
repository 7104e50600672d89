// Package json reads and writes JSON.
//
// syntax.go: whether a text is JSON and where it is not; encode.go and fields.go: Go values to JSON; decode.go: JSON to Go values;
// indent.go: JSON to JSON; stream.go: several values one after the other. Go: src/encoding/json.
package json

import "strconv"

// SyntaxError says where a text is no JSON.
type SyntaxError struct {
	msg    string
	Offset int64 // bytes read before the error
}

func (fault *SyntaxError) Error() string { return fault.msg }

// deepest is how far arrays and objects may be nested.
const deepest = 10000

// text is a JSON text that is being checked. Positions are offsets in data.
type text struct {
	data  []byte
	depth int
	fault *SyntaxError
	// short: the text ends before the value does, which more data could mend.
	short bool
}

// check reports whether data is one JSON value.
func check(data []byte) error {
	t := &text{data: data}
	end, ok := t.value(t.space(0))
	if ok {
		if end = t.space(end); end < len(data) {
			t.unexpected(end, "after top-level value")
		}
	}
	if t.fault != nil {
		return t.fault
	}
	return nil
}

// Valid reports whether data is one JSON value.
func Valid(data []byte) bool { return check(data) == nil }

// unfinished is unexpected in the middle of a number, word or escape, where Go takes the end of the text for a blank.
func (t *text) unfinished(i int, where string) (int, bool) {
	if i >= len(t.data) {
		t.short = true
		t.fault = &SyntaxError{"invalid character ' ' " + where, int64(len(t.data))}
		return i, false
	}
	return t.unexpected(i, where)
}

// unexpected notes the character at i, or that the text ends there.
func (t *text) unexpected(i int, where string) (int, bool) {
	if i >= len(t.data) {
		t.short = true
		t.fault = &SyntaxError{"unexpected end of JSON input", int64(len(t.data))}
	} else {
		t.fault = &SyntaxError{"invalid character " + quoteChar(t.data[i]) + " " + where, int64(i + 1)}
	}
	return i, false
}

func quoteChar(c byte) string {
	switch c {
	case '\'':
		return `'\''`
	case '"':
		return `'"'`
	}
	quoted := strconv.Quote(string(rune(c)))
	return "'" + quoted[1:len(quoted)-1] + "'"
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// at is the byte at i, 0 beyond the end.
func (t *text) at(i int) byte {
	if i < len(t.data) {
		return t.data[i]
	}
	return 0
}

func (t *text) space(i int) int {
	for i < len(t.data) && isBlank(t.data[i]) {
		i++
	}
	return i
}

// value checks the value that begins at i and returns where it ends.
func (t *text) value(i int) (end int, ok bool) {
	switch c := t.at(i); {
	case c == '{':
		return t.nested(i, t.object)
	case c == '[':
		return t.nested(i, t.array)
	case c == '"':
		return t.quoted(i)
	case c == 't':
		return t.word(i, "true")
	case c == 'f':
		return t.word(i, "false")
	case c == 'n':
		return t.word(i, "null")
	case c == '-' || isDigit(c):
		return t.number(i)
	}
	return t.unexpected(i, "looking for beginning of value")
}

func (t *text) nested(i int, inner func(int) (int, bool)) (int, bool) {
	if t.depth++; t.depth > deepest {
		t.fault = &SyntaxError{"exceeded max depth", int64(i + 1)}
		return i, false
	}
	end, ok := inner(i + 1)
	t.depth--
	return end, ok
}

func (t *text) object(i int) (end int, ok bool) {
	if i = t.space(i); t.at(i) == '}' {
		return i + 1, true
	}
	for {
		if t.at(i) != '"' {
			return t.unexpected(i, "looking for beginning of object key string")
		}
		if i, ok = t.quoted(i); !ok {
			return i, false
		}
		if i = t.space(i); t.at(i) != ':' {
			return t.unexpected(i, "after object key")
		}
		if i, ok = t.value(t.space(i + 1)); !ok {
			return i, false
		}
		switch i = t.space(i); t.at(i) {
		case ',':
			i = t.space(i + 1)
		case '}':
			return i + 1, true
		default:
			return t.unexpected(i, "after object key:value pair")
		}
	}
}

func (t *text) array(i int) (end int, ok bool) {
	if i = t.space(i); t.at(i) == ']' {
		return i + 1, true
	}
	for {
		if i, ok = t.value(i); !ok {
			return i, false
		}
		switch i = t.space(i); t.at(i) {
		case ',':
			i = t.space(i + 1)
		case ']':
			return i + 1, true
		default:
			return t.unexpected(i, "after array element")
		}
	}
}

func (t *text) word(i int, want string) (end int, ok bool) {
	for k := 1; k < len(want); k++ {
		if t.at(i+k) != want[k] {
			return t.unfinished(i+k, "in literal "+want+" (expecting "+quoteChar(want[k])+")")
		}
	}
	return i + len(want), true
}

func (t *text) quoted(i int) (end int, ok bool) {
	for i++; ; i++ {
		switch c := t.at(i); {
		case c == '"':
			return i + 1, true
		case c == '\\':
			i++
			switch t.at(i) {
			case 'b', 'f', 'n', 'r', 't', '\\', '/', '"':
			case 'u':
				for range 4 {
					i++
					if hexValue(t.at(i)) < 0 {
						return t.unfinished(i, "in \\u hexadecimal character escape")
					}
				}
			default:
				return t.unfinished(i, "in string escape code")
			}
		case c < ' ':
			return t.unexpected(i, "in string literal")
		}
	}
}

func hexValue(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func (t *text) digits(i int) int {
	for isDigit(t.at(i)) {
		i++
	}
	return i
}

func (t *text) number(i int) (end int, ok bool) {
	if t.at(i) == '-' {
		i++
	}
	switch c := t.at(i); {
	case c == '0':
		i++
	case isDigit(c):
		i = t.digits(i)
	default:
		return t.unfinished(i, "in numeric literal")
	}
	if t.at(i) == '.' {
		if i++; !isDigit(t.at(i)) {
			return t.unfinished(i, "after decimal point in numeric literal")
		}
		i = t.digits(i)
	}
	if t.at(i)|0x20 == 'e' {
		i++
		if c := t.at(i); c == '+' || c == '-' {
			i++
		}
		if !isDigit(t.at(i)) {
			return t.unfinished(i, "in exponent of numeric literal")
		}
		i = t.digits(i)
	}
	if i == len(t.data) {
		t.short = true // it may go on
	}
	return i, true
}
