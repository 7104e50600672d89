// Repetitions, escapes and sets in brackets. Go keeps the original in regexp/syntax/parse.go.
package regexp

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

const mostTimes = 1000

// repeat reads a repetition; again tells that it was one and not a plain brace.
func (p *parser) repeat(text, repeated string) (rest string, again bool, err error) {
	one := node{kind: repetition, most: -1, lazy: p.modes.lazy}
	rest = text[1:]
	switch text[0] {
	case '+':
		one.least = 1
	case '?':
		one.most = 1
	case '{':
		least, most, after, is := counts(text)
		if !is {
			p.pushLetter('{')
			return rest, false, nil
		}
		rest, one.least, one.most = after, least, most
		if least < 0 || least > mostTimes || most > mostTimes || most >= 0 && least > most {
			return "", false, fault(syntax.ErrInvalidRepeatSize, text[:len(text)-len(rest)])
		}
	}
	if p.perl {
		if strings.HasPrefix(rest, "?") {
			rest, one.lazy = rest[1:], !one.lazy
		}
		if repeated != "" {
			return "", false, fault(syntax.ErrInvalidRepeatOp, repeated[:len(repeated)-len(rest)])
		}
	}
	items := p.top().items
	if len(items) == 0 {
		return "", false, fault(syntax.ErrMissingRepeatArgument, text[:len(text)-len(rest)])
	}
	last := len(items) - 1
	one.parts = []*node{items[last]}
	items[last] = &one
	if text[0] == '{' && (one.least > 1 || one.most > 1) && !fits(&one, mostTimes) {
		return "", false, fault(syntax.ErrInvalidRepeatSize, text[:len(text)-len(rest)])
	}
	if text[0] != '{' {
		one.which = int(text[0])
	}
	return rest, true, nil
}

// fits tells whether counted repetitions within each other stay below the limit.
func fits(n *node, limit int) bool {
	if n.kind == repetition && n.which == 0 {
		times := n.most
		if times == 0 {
			return true
		}
		if times < 0 {
			times = n.least
		}
		if times > limit {
			return false
		}
		if times > 0 {
			limit /= times
		}
	}
	for _, part := range n.parts {
		if !fits(part, limit) {
			return false
		}
	}
	return true
}

// counts reads "{2}", "{2,}" or "{2,5}"; a number too large is -1.
func counts(text string) (least, most int, rest string, is bool) {
	least, rest, is = number(text[1:])
	if !is || rest == "" {
		return 0, 0, "", false
	}
	most = least
	if rest[0] == ',' {
		rest = rest[1:]
		if strings.HasPrefix(rest, "}") {
			most = -1
		} else if most, rest, is = number(rest); !is {
			return 0, 0, "", false
		} else if most < 0 {
			least = -1
		}
	}
	if !strings.HasPrefix(rest, "}") {
		return 0, 0, "", false
	}
	return least, most, rest[1:], true
}

func number(text string) (n int, rest string, is bool) {
	size := 0
	for size < len(text) && text[size]-'0' <= 9 {
		if n >= 0 {
			n = 10*n + int(text[size]-'0')
		}
		if size++; n >= 1e9 {
			n = -1
		}
	}
	if size == 0 || size > 1 && text[0] == '0' {
		return 0, "", false
	}
	return n, text[size:], true
}

// backslash reads an escape outside brackets.
func (p *parser) backslash(text string) (string, error) {
	if p.perl && len(text) > 1 {
		after := text[2:]
		switch text[1] {
		case 'A':
			p.pushCondition(textBegins)
			return after, nil
		case 'z':
			p.pushCondition(textEnds)
			return after, nil
		case 'b':
			p.pushCondition(wordEdge)
			return after, nil
		case 'B':
			p.pushCondition(noWordEdge)
			return after, nil
		case 'C':
			return "", fault(syntax.ErrInvalidEscape, text[:2])
		case 'Q':
			plain, rest, _ := strings.Cut(after, `\E`)
			for plain != "" {
				r, more, err := next(plain)
				if err != nil {
					return "", err
				}
				p.pushLetter(r)
				plain = more
			}
			return rest, nil
		}
	}
	var of set
	rest, is, err := p.class(text, &of)
	if is || err != nil {
		if err == nil {
			p.pushSet(of)
		}
		return rest, err
	}
	r, rest, err := escaped(text)
	if err == nil {
		p.pushLetter(r)
	}
	return rest, err
}

// class reads \d and the like or \p{L}, if that is what the text begins with.
func (p *parser) class(text string, into *set) (rest string, is bool, err error) {
	if !p.perl || len(text) < 2 || text[0] != '\\' {
		return text, false, nil
	}
	kind := text[1]
	if of, known := perlClass(kind); known {
		into.addSet(of, p.modes.fold, kind < 'a')
		return text[2:], true, nil
	}
	if kind != 'p' && kind != 'P' {
		return text, false, nil
	}
	if len(text) == 2 {
		return "", false, fault(syntax.ErrInvalidCharRange, text)
	}
	negated := kind == 'P'
	first, rest, err := next(text[2:])
	if err != nil {
		return "", false, err
	}
	name := text[2 : len(text)-len(rest)]
	if first == '{' {
		end := strings.IndexByte(text, '}')
		if end < 0 || !utf8.ValidString(text[:end]) {
			return "", false, fault(syntax.ErrInvalidCharRange, text)
		}
		name, rest = text[3:end], text[end+1:]
	}
	if strings.HasPrefix(name, "^") {
		name, negated = name[1:], !negated
	}
	of, known := unicodeClass(name)
	if !known {
		return "", false, fault(syntax.ErrInvalidCharRange, text[:len(text)-len(rest)])
	}
	into.addSet(of, p.modes.fold, negated)
	return rest, true, nil
}

// brackets reads a set in brackets.
func (p *parser) brackets(text string) (string, error) {
	var of set
	rest := text[1:]
	negated := strings.HasPrefix(rest, "^")
	if negated {
		rest = rest[1:]
		if !p.perl {
			of.add('\n', '\n')
		}
	}
	for first := true; first || !strings.HasPrefix(rest, "]"); first = false {
		if !p.perl && !first && strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "-]") {
			_, size := utf8.DecodeRuneInString(rest[1:])
			return "", fault(syntax.ErrInvalidCharRange, rest[:1+size])
		}
		if strings.HasPrefix(rest, "[:") {
			if end := strings.Index(rest[2:], ":]"); end >= 0 {
				name := rest[2 : end+2]
				named, known := posixClass(strings.TrimPrefix(name, "^"))
				if !known {
					return "", fault(syntax.ErrInvalidCharRange, rest[:end+4])
				}
				of.addSet(named, p.modes.fold, name[0] == '^')
				rest = rest[end+4:]
				continue
			}
		}
		after, is, err := p.class(rest, &of)
		if err == nil && !is {
			after, err = p.span(rest, text, &of)
		}
		if err != nil {
			return "", err
		}
		rest = after
	}
	of.tidy()
	if negated {
		of.negate()
	}
	p.pushSet(of)
	return rest[1:], nil
}

// span reads one character of a set, or two with a dash between.
func (p *parser) span(text, whole string, into *set) (string, error) {
	low, rest, err := member(text, whole)
	if err != nil {
		return "", err
	}
	high := low
	if len(rest) > 1 && rest[0] == '-' && rest[1] != ']' {
		if high, rest, err = member(rest[1:], whole); err != nil {
			return "", err
		}
		if low > high {
			return "", fault(syntax.ErrInvalidCharRange, text[:len(text)-len(rest)])
		}
	}
	if p.modes.fold {
		into.addFolded(low, high)
	} else {
		into.add(low, high)
	}
	return rest, nil
}

func member(text, whole string) (rune, string, error) {
	switch {
	case text == "":
		return 0, "", fault(syntax.ErrMissingBracket, whole)
	case text[0] == '\\':
		return escaped(text)
	}
	return next(text)
}

// escaped reads an escape that stands for one character.
func escaped(text string) (rune, string, error) {
	if len(text) == 1 {
		return 0, "", fault(syntax.ErrTrailingBackslash, "")
	}
	c, rest, err := next(text[1:])
	if err != nil {
		return 0, "", err
	}
	value := rune(-1)
	switch {
	case c == '0' || c > '0' && c < '8' && rest != "" && rest[0]-'0' < 8:
		value = c - '0'
		for n := 0; n < 2 && rest != "" && rest[0]-'0' < 8; n++ {
			value = 8*value + rune(rest[0]-'0')
			rest = rest[1:]
		}
	case c == 'x':
		value, rest, err = hexadecimal(rest)
		if err != nil {
			return 0, "", err
		}
	case c < utf8.RuneSelf && (c == '_' || !isWord(c)):
		value = c
	default:
		if at := strings.IndexByte("afnrtv", byte(c)); c < utf8.RuneSelf && at >= 0 {
			value = rune("\a\f\n\r\t\v"[at])
		}
	}
	if value < 0 {
		return 0, "", fault(syntax.ErrInvalidEscape, text[:len(text)-len(rest)])
	}
	return value, rest, nil
}

func digit(c rune) rune {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}

// hexadecimal reads "7F" or "{10FFFF}"; the value is -1 if it is neither.
func hexadecimal(text string) (value rune, rest string, err error) {
	if text == "" {
		return -1, "", nil
	}
	c, rest, err := next(text)
	if err != nil {
		return 0, "", err
	}
	if c != '{' {
		high := digit(c)
		if c, rest, err = next(rest); err != nil {
			return 0, "", err
		}
		if low := digit(c); high >= 0 && low >= 0 {
			return 16*high + low, rest, nil
		}
		return -1, rest, nil
	}
	for n := 0; rest != ""; n++ {
		if c, rest, err = next(rest); err != nil {
			return 0, "", err
		}
		if c == '}' && n > 0 {
			return value, rest, nil
		}
		d := digit(c)
		value = 16*value + d
		if d < 0 || value > unicode.MaxRune {
			return -1, rest, nil
		}
	}
	return -1, rest, nil
}

// isWord tells whether a character is one of \w.
func isWord(r rune) bool {
	return r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}
