// Package json reads and writes JSON.
//
// syntax.go: whether a text is JSON and where it is not; encode.go and fields.go: Go values to JSON; decode.go and literal.go: JSON to Go values;
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
func (t *text) unfinished(at int, where string) (int, bool) {
	if at >= len(t.data) {
		t.short = true
		t.fault = &SyntaxError{"invalid character ' ' " + where, int64(len(t.data))}
		return at, false
	}
	return t.unexpected(at, where)
}

// unexpected notes the character at at, or that the text ends there.
func (t *text) unexpected(at int, where string) (int, bool) {
	if at >= len(t.data) {
		t.short = true
		t.fault = &SyntaxError{"unexpected end of JSON input", int64(len(t.data))}
	} else {
		t.fault = &SyntaxError{"invalid character " + quoteChar(t.data[at]) + " " + where, int64(at + 1)}
	}
	return at, false
}

func quoteChar(char byte) string {
	switch char {
	case '\'':
		return `'\''`
	case '"':
		return `'"'`
	}
	quoted := strconv.Quote(string(rune(char)))
	return "'" + quoted[1:len(quoted)-1] + "'"
}

func isBlank(char byte) bool { return char == ' ' || char == '\t' || char == '\n' || char == '\r' }

func isDigit(char byte) bool { return char >= '0' && char <= '9' }

// at is the byte at index, 0 beyond the end.
func (t *text) at(index int) byte {
	if index < len(t.data) {
		return t.data[index]
	}
	return 0
}

func (t *text) space(at int) int {
	for at < len(t.data) && isBlank(t.data[at]) {
		at++
	}
	return at
}

// value checks the value that begins at index and returns where it ends.
func (t *text) value(index int) (end int, ok bool) {
	switch c := t.at(index); {
	case c == '{':
		return t.nested(index, t.object)
	case c == '[':
		return t.nested(index, t.array)
	case c == '"':
		return t.quoted(index)
	case c == 't':
		return t.word(index, "true")
	case c == 'f':
		return t.word(index, "false")
	case c == 'n':
		return t.word(index, "null")
	case c == '-' || isDigit(c):
		return t.number(index)
	}
	return t.unexpected(index, "looking for beginning of value")
}

func (t *text) nested(at int, inner func(int) (int, bool)) (int, bool) {
	if t.depth++; t.depth > deepest {
		t.fault = &SyntaxError{"exceeded max depth", int64(at + 1)}
		return at, false
	}
	end, ok := inner(at + 1)
	t.depth--
	return end, ok
}

func (t *text) object(index int) (end int, ok bool) {
	if index = t.space(index); t.at(index) == '}' {
		return index + 1, true
	}
	for {
		if t.at(index) != '"' {
			return t.unexpected(index, "looking for beginning of object key string")
		}
		if index, ok = t.quoted(index); !ok {
			return index, false
		}
		if index = t.space(index); t.at(index) != ':' {
			return t.unexpected(index, "after object key")
		}
		if index, ok = t.value(t.space(index + 1)); !ok {
			return index, false
		}
		switch index = t.space(index); t.at(index) {
		case ',':
			index = t.space(index + 1)
		case '}':
			return index + 1, true
		default:
			return t.unexpected(index, "after object key:value pair")
		}
	}
}

func (t *text) array(index int) (end int, ok bool) {
	if index = t.space(index); t.at(index) == ']' {
		return index + 1, true
	}
	for {
		if index, ok = t.value(index); !ok {
			return index, false
		}
		switch index = t.space(index); t.at(index) {
		case ',':
			index = t.space(index + 1)
		case ']':
			return index + 1, true
		default:
			return t.unexpected(index, "after array element")
		}
	}
}

func (t *text) word(index int, want string) (end int, ok bool) {
	for k := 1; k < len(want); k++ {
		if t.at(index+k) != want[k] {
			return t.unfinished(index+k, "in literal "+want+" (expecting "+quoteChar(want[k])+")")
		}
	}
	return index + len(want), true
}

func (t *text) quoted(index int) (end int, ok bool) {
	for index++; ; index++ {
		switch c := t.at(index); {
		case c == '"':
			return index + 1, true
		case c == '\\':
			index++
			switch t.at(index) {
			case 'b', 'f', 'n', 'r', 't', '\\', '/', '"':
			case 'u':
				for range 4 {
					index++
					if hexValue(t.at(index)) < 0 {
						return t.unfinished(index, "in \\u hexadecimal character escape")
					}
				}
			default:
				return t.unfinished(index, "in string escape code")
			}
		case c < ' ':
			return t.unexpected(index, "in string literal")
		}
	}
}

func hexValue(char byte) int {
	switch {
	case isDigit(char):
		return int(char - '0')
	case char|0x20 >= 'a' && char|0x20 <= 'f':
		return int(char|0x20-'a') + 10
	}
	return -1
}

func (t *text) digits(index int) int {
	for isDigit(t.at(index)) {
		index++
	}
	return index
}

func (t *text) number(index int) (end int, ok bool) {
	if t.at(index) == '-' {
		index++
	}
	switch c := t.at(index); {
	case c == '0':
		index++
	case isDigit(c):
		index = t.digits(index)
	default:
		return t.unfinished(index, "in numeric literal")
	}
	if t.at(index) == '.' {
		if index++; !isDigit(t.at(index)) {
			return t.unfinished(index, "after decimal point in numeric literal")
		}
		index = t.digits(index)
	}
	if t.at(index)|0x20 == 'e' {
		index++
		if c := t.at(index); c == '+' || c == '-' {
			index++
		}
		if !isDigit(t.at(index)) {
			return t.unfinished(index, "in exponent of numeric literal")
		}
		index = t.digits(index)
	}
	if index == len(t.data) {
		t.short = true // it may go on
	}
	return index, true
}
