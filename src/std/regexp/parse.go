// The tree of an expression. Go keeps the original in regexp/syntax/parse.go.
package regexp

import (
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The kinds of nodes.
const (
	nothing = iota // matches the empty text
	letter
	oneOf // a set
	anything
	anythingButNewline
	condition
	capture
	sequence
	choice
	repetition
)

// The conditions upon a place.
const (
	textBegins = iota
	textEnds
	lineBegins
	lineEnds
	wordEdge
	noWordEdge
)

type node struct {
	kind   uint8
	lazy   bool
	which  int // condition, or number of the capture
	least  int
	most   int // -1 without limit
	letter rune
	set    *set
	parts  []*node
}

// modes are the flags (?imsU).
type modes struct{ fold, lines, newline, lazy bool }

// level is an open group.
type level struct {
	choices []*node
	items   []*node
	modes   modes
	capture int // 0: none
}

type parser struct {
	whole    string
	perl     bool
	modes    modes
	levels   []level
	captures int
	names    []string
}

func fault(code syntax.ErrorCode, text string) error {
	return &syntax.Error{Code: code, Expr: text}
}

// next takes a character off the text.
func next(text string) (r rune, rest string, err error) {
	r, size := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && size == 1 {
		return 0, "", fault(syntax.ErrInvalidUTF8, text)
	}
	return r, text[size:], nil
}

func (p *parser) top() *level { return &p.levels[len(p.levels)-1] }

func (p *parser) push(n *node) {
	open := p.top()
	open.items = append(open.items, n)
}

func (p *parser) pushCondition(which int) { p.push(&node{kind: condition, which: which}) }

func (p *parser) pushLetter(r rune) {
	if p.modes.fold && unicode.SimpleFold(r) != r {
		var cases set
		cases.addFolded(r, r)
		p.pushSet(cases)
		return
	}
	p.push(&node{kind: letter, letter: r})
}

func (p *parser) pushSet(of set) {
	of.tidy()
	of.finish()
	p.push(&node{kind: oneOf, set: &of})
}

func (p *parser) open(number int) {
	p.levels = append(p.levels, level{modes: p.modes, capture: number})
}

// joined makes one node of several in a row.
func joined(kind uint8, parts []*node) *node {
	switch len(parts) {
	case 0:
		return &node{}
	case 1:
		return parts[0]
	}
	return &node{kind: kind, parts: parts}
}

// endChoice closes the current alternative of the current group.
func (p *parser) endChoice() {
	open := p.top()
	open.choices = append(open.choices, joined(sequence, open.items))
	open.items = nil
}

// close ends a group and puts its node in the group around it.
func (p *parser) close() error {
	if len(p.levels) == 1 {
		return fault(syntax.ErrUnexpectedParen, p.whole)
	}
	p.endChoice()
	done := *p.top()
	p.levels = p.levels[:len(p.levels)-1]
	p.modes = done.modes
	inner := joined(choice, done.choices)
	if done.capture > 0 {
		inner = &node{kind: capture, which: done.capture, parts: []*node{inner}}
	}
	p.push(inner)
	if len(p.levels) > 1000 {
		return fault(syntax.ErrNestingDepth, p.whole)
	}
	return nil
}

// parse makes the tree of an expression.
func parse(text string, perl bool) (*node, *parser, error) {
	p := &parser{whole: text, perl: perl, names: []string{""}}
	p.modes.lines = !perl
	p.levels = []level{{}}
	rest, repeated := text, "" // repeated: the text from the repetition just read
	for rest != "" {
		before := rest
		var err error
		again := false
		switch c := rest[0]; c {
		case '(':
			if perl && strings.HasPrefix(rest, "(?") {
				rest, err = p.special(rest)
			} else {
				p.captures++
				p.names = append(p.names, "")
				p.open(p.captures)
				rest = rest[1:]
			}
		case ')':
			err = p.close()
			rest = rest[1:]
		case '|':
			p.endChoice()
			rest = rest[1:]
		case '^', '$':
			which := textBegins
			if p.modes.lines {
				which = lineBegins
			}
			if c == '$' {
				which++
			}
			p.pushCondition(which)
			rest = rest[1:]
		case '.':
			kind := uint8(anythingButNewline)
			if p.modes.newline {
				kind = anything
			}
			p.push(&node{kind: kind})
			rest = rest[1:]
		case '[':
			rest, err = p.brackets(rest)
		case '\\':
			rest, err = p.backslash(rest)
		case '*', '+', '?', '{':
			rest, again, err = p.repeat(rest, repeated)
		default:
			var r rune
			if r, rest, err = next(rest); err == nil {
				p.pushLetter(r)
			}
		}
		if err != nil {
			return nil, nil, err
		}
		repeated = ""
		if again {
			repeated = before
		}
	}
	if len(p.levels) > 1 {
		return nil, nil, fault(syntax.ErrMissingParen, text)
	}
	p.endChoice()
	return joined(choice, p.levels[0].choices), p, nil
}

// special reads what stands after "(?": a name or modes.
func (p *parser) special(text string) (string, error) {
	start := 0
	if strings.HasPrefix(text, "(?P<") && len(text) > 4 {
		start = 4
	} else if strings.HasPrefix(text, "(?<") && len(text) > 3 {
		start = 3
	}
	if start == 0 {
		return p.setModes(text)
	}
	end := strings.IndexByte(text, '>')
	if end < 0 {
		if !utf8.ValidString(text) {
			return "", fault(syntax.ErrInvalidUTF8, text)
		}
		return "", fault(syntax.ErrInvalidNamedCapture, text)
	}
	name := text[start:end]
	if !utf8.ValidString(name) {
		return "", fault(syntax.ErrInvalidUTF8, name)
	}
	good := name != ""
	for i := 0; i < len(name); i++ {
		good = good && isWord(rune(name[i]))
	}
	if !good {
		return "", fault(syntax.ErrInvalidNamedCapture, text[:end+1])
	}
	p.captures++
	p.names = append(p.names, name)
	p.open(p.captures)
	return text[end+1:], nil
}

// setModes reads modes as in "(?i-s)" or "(?i-s:".
func (p *parser) setModes(text string) (string, error) {
	to, on, seen := p.modes, true, true
	rest := text[2:]
	for rest != "" {
		var c rune
		var err error
		if c, rest, err = next(rest); err != nil {
			return "", err
		}
		switch {
		case c == 'i':
			to.fold, seen = on, true
		case c == 'm':
			to.lines, seen = on, true
		case c == 's':
			to.newline, seen = on, true
		case c == 'U':
			to.lazy, seen = on, true
		case c == '-' && on:
			on, seen = false, false
		case (c == ':' || c == ')') && seen:
			if c == ':' {
				p.open(0)
			}
			p.modes = to
			return rest, nil
		default:
			return "", fault(syntax.ErrInvalidPerlOp, text[:len(text)-len(rest)])
		}
	}
	return "", fault(syntax.ErrInvalidPerlOp, text)
}
