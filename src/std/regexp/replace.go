// Replacing. Go keeps the original in regexp/regexp.go.
package regexp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// replace copies the text with something else in place of each match; it answers nil if there was none.
func (of *Regexp) replace(text string, put func(out []byte, slots []int) []byte) []byte {
	var out []byte
	m := newMachine(of, text)
	defer m.release()
	done := 0 // the end of the match before
	for from := 0; from <= len(text); {
		slots := m.find(from)
		if slots == nil {
			break
		}
		begin, end := slots[0], slots[1]
		out = append(out, text[done:begin]...)
		if end > done || begin == 0 {
			out = put(out, slots)
		}
		done = end
		if out == nil {
			out = []byte{}
		}
		from = max(end, from+width(text, from))
	}
	if out != nil {
		out = append(out, text[done:]...)
	}
	return out
}

func (of *Regexp) replaced(text string, put func(out []byte, slots []int) []byte) string {
	if out := of.replace(text, put); out != nil {
		return string(out)
	}
	return text
}

func (of *Regexp) replacedBytes(b []byte, put func(out []byte, slots []int) []byte) []byte {
	if out := of.replace(view(b), put); out != nil {
		return out
	}
	return append([]byte(nil), b...)
}

// ReplaceAllString replaces each match; $1 and ${name} in repl stand for groups.
func (of *Regexp) ReplaceAllString(src, repl string) string {
	return of.replaced(src, func(out []byte, slots []int) []byte { return of.expand(out, repl, src, slots) })
}

// ReplaceAllLiteralString replaces each match by repl as it is.
func (of *Regexp) ReplaceAllLiteralString(src, repl string) string {
	return of.replaced(src, func(out []byte, slots []int) []byte { return append(out, repl...) })
}

// ReplaceAllStringFunc replaces each match by what repl makes of it.
func (of *Regexp) ReplaceAllStringFunc(src string, repl func(string) string) string {
	return of.replaced(src, func(out []byte, slots []int) []byte { return append(out, repl(part(src, slots, 0))...) })
}

// ReplaceAll replaces each match; $1 and ${name} in repl stand for groups.
func (of *Regexp) ReplaceAll(src, repl []byte) []byte {
	template := string(repl)
	return of.replacedBytes(src, func(out []byte, slots []int) []byte { return of.expand(out, template, view(src), slots) })
}

// ReplaceAllLiteral replaces each match by repl as it is.
func (of *Regexp) ReplaceAllLiteral(src, repl []byte) []byte {
	return of.replacedBytes(src, func(out []byte, slots []int) []byte { return append(out, repl...) })
}

// ReplaceAllFunc replaces each match by what repl makes of it.
func (of *Regexp) ReplaceAllFunc(src []byte, repl func([]byte) []byte) []byte {
	return of.replacedBytes(src, func(out []byte, slots []int) []byte { return append(out, repl(src[slots[0]:slots[1]])...) })
}

// Expand appends the template with the groups of a match in their places.
func (of *Regexp) Expand(dst []byte, template []byte, src []byte, match []int) []byte {
	return of.expand(dst, string(template), view(src), match)
}

// ExpandString is Expand of texts.
func (of *Regexp) ExpandString(dst []byte, template string, src string, match []int) []byte {
	return of.expand(dst, template, src, match)
}

func (of *Regexp) expand(out []byte, template, src string, slots []int) []byte {
	for {
		plain, rest, more := strings.Cut(template, "$")
		out = append(out, plain...)
		if !more {
			return out
		}
		template = rest
		if strings.HasPrefix(rest, "$") {
			out, template = append(out, '$'), rest[1:]
			continue
		}
		name, size := groupName(rest)
		if size == 0 {
			out = append(out, '$')
			continue
		}
		template = rest[size:]
		if group := of.group(name, slots); group >= 0 {
			out = append(out, part(src, slots, group)...)
		}
	}
}

// groupName reads "name" or "{name}"; the size is 0 if it is neither.
func groupName(text string) (name string, size int) {
	braced := strings.HasPrefix(text, "{")
	if braced {
		text, size = text[1:], 2
	}
	end := 0
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		end += n
	}
	if end == 0 || braced && !strings.HasPrefix(text[end:], "}") {
		return "", 0
	}
	return text[:end], size + end
}

// group answers the number of a group that took part in the match, -1 if there is none of that name.
func (of *Regexp) group(name string, slots []int) int {
	number, digits := 0, true
	for i := 0; i < len(name) && digits; i++ {
		digits = name[i]-'0' <= 9 && number < 1e8
		number = 10*number + int(name[i]-'0')
	}
	if digits && (name[0] != '0' || len(name) == 1) {
		if 2*number+1 < len(slots) && slots[2*number] >= 0 {
			return number
		}
		return -1
	}
	for i, one := range of.names {
		if one == name && 2*i+1 < len(slots) && slots[2*i] >= 0 {
			return i
		}
	}
	return -1
}
