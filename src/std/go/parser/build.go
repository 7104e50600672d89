package parser

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
)

// versionOf returns the least Go version with which the condition of a build line can be true.
func versionOf(line string) (version string, ok bool) {
	text, ok := strings.CutPrefix(strings.TrimSpace(line), "//go:build")
	if !ok || text == "" || text[0] != ' ' && text[0] != '\t' {
		return "", false
	}
	c := &condition{text: text}
	value := c.either(true)
	c.space()
	if c.err != nil || c.text != "" {
		return "", false
	}
	switch {
	case value < 0:
		return "", true
	case value == 0:
		return "go1", true
	}
	return "go1." + strconv.Itoa(value), true
}

// condition is a build condition while it is read. A value is the minor version that is needed, -1 if any will do.
type condition struct {
	text string
	err  error
}

func (c *condition) space() { c.text = strings.TrimLeft(c.text, " \t") }

func (c *condition) got(mark string) bool {
	c.space()
	rest, ok := strings.CutPrefix(c.text, mark)
	c.text = rest
	return ok
}

// either reads x || y. Of a condition that has to be false (sure is not set) both have to be.
func (c *condition) either(sure bool) int {
	value := c.both(sure)
	for c.got("||") {
		if other := c.both(sure); sure {
			value = min(value, other)
		} else {
			value = max(value, other)
		}
	}
	return value
}

func (c *condition) both(sure bool) int {
	value := c.not(sure)
	for c.got("&&") {
		if other := c.not(sure); sure {
			value = max(value, other)
		} else {
			value = min(value, other)
		}
	}
	return value
}

func (c *condition) not(sure bool) int {
	if c.got("!") {
		if c.space(); strings.HasPrefix(c.text, "!") {
			c.err = errors.New("double negation not allowed")
			return -1
		}
		return c.not(!sure)
	}
	if c.got("(") {
		value := c.either(sure)
		if !c.got(")") {
			c.err = errors.New("missing close paren")
		}
		return value
	}
	c.space()
	n := strings.IndexFunc(c.text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.' })
	if n < 0 {
		n = len(c.text)
	}
	tag := c.text[:n]
	c.text = c.text[n:]
	if tag == "" {
		c.err = errors.New("unexpected end of expression")
	}
	switch _, minor, _ := strings.Cut(tag, "go1."); {
	case !sure:
		return -1
	case tag == "go1":
		return 0
	default:
		if n, err := strconv.Atoi(minor); err == nil {
			return n
		}
		return -1
	}
}
