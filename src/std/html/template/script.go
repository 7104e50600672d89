package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"
)

const jsSpace = "\f\n\r\t\v\u0020\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

// words of JavaScript that an expression may follow
const beforeExpression = " break case continue delete do else finally in instanceof return throw try typeof void "

// slashAfter tells what a slash would be after s.
func slashAfter(s []byte, before slash) slash {
	s = bytes.TrimRight(s, jsSpace)
	if len(s) == 0 {
		return before
	}
	n := len(s)
	last := s[n-1]
	switch {
	case last == '+' || last == '-':
		// x++ ends an operand, x+ and x+++ do not.
		if run := n - len(bytes.TrimRight(s, string(last))); run%2 == 0 {
			return divSlash
		}
		return regexpSlash
	case last == '.':
		if n > 1 && isDigit(s[n-2]) {
			return divSlash
		}
		return regexpSlash
	case strings.IndexByte(",<>=*%&|^?!~([:;{}", last) >= 0:
		return regexpSlash
	}
	begin := n
	for begin > 0 && isNameJS(rune(s[begin-1])) {
		begin--
	}
	if begin < n && strings.Contains(beforeExpression, " "+string(s[begin:])+" ") {
		return regexpSlash
	}
	return divSlash
}

func isNameJS(c rune) bool {
	return c < 0x80 && (isLetter(byte(c)) || isDigit(byte(c))) || c == '$' || c == '_'
}

var scriptTag = regexp.MustCompile("(?i)<(/?)script")

// jsValue writes a value as JSON.
func jsValue(args ...any) string {
	marshaler := reflect.TypeFor[json.Marshaler]()
	var value any
	if len(args) == 1 {
		value = pointed(args[0], marshaler)
		switch v := value.(type) {
		case JS:
			return string(v)
		case JSStr:
			return `"` + string(v) + `"`
		case json.Marshaler:
		case fmt.Stringer:
			value = v.String()
		}
	} else {
		for i, arg := range args {
			args[i] = pointed(arg, marshaler)
		}
		value = fmt.Sprint(args...)
	}
	data, err := json.Marshal(value)
	if err != nil {
		// The error is a comment, which it must not end.
		text := scriptTag.ReplaceAllString(err.Error(), `\x3C${1}script`)
		text = strings.ReplaceAll(text, "*/", "* /")
		return " /* " + strings.ReplaceAll(text, "<!--", `\x3C!--`) + " */null "
	}
	if len(data) == 0 {
		return " null "
	}
	text := replaced(string(data), lineEnds)
	first, _ := utf8.DecodeRune(data)
	last, _ := utf8.DecodeLastRune(data)
	if isNameJS(first) || isNameJS(last) {
		return " " + text + " "
	}
	return text
}

// lineEnds are the two that JSON has in strings and JavaScript had not.
func lineEnds(c rune) string {
	if c == '\u2028' || c == '\u2029' {
		return fmt.Sprintf(`\u%x`, c)
	}
	return ""
}

// jsEscapes replaces what ends a string, what ends the script, and the characters of more by what is beside them.
func jsEscapes(more func(c rune) string) func(c rune) string {
	return func(c rune) string {
		switch {
		case c == '\t':
			return `\t`
		case c == '\n':
			return `\n`
		case c == '\f':
			return `\f`
		case c == '\r':
			return `\r`
		case c < ' ' || strings.ContainsRune("\"&'+<>", c):
			return fmt.Sprintf(`\u%04x`, c)
		case c == '/':
			return `\/`
		}
		if text := more(c); text != "" {
			return text
		}
		return lineEnds(c)
	}
}

func jsString(args ...any) string {
	s, is := textOf(args)
	return replaced(s, jsEscapes(func(c rune) string {
		if c == '`' {
			return `\u0060`
		}
		if c == '\\' && is != isJSStr {
			return `\\`
		}
		return ""
	}))
}

func jsTemplate(args ...any) string {
	s, _ := textOf(args)
	return replaced(s, jsEscapes(func(c rune) string {
		switch c {
		case '`', '$', '{', '}':
			return fmt.Sprintf(`\u%04x`, c)
		case '\\':
			return `\\`
		}
		return ""
	}))
}

func jsRegexp(args ...any) string {
	s, _ := textOf(args)
	if s == "" {
		return "(?:)"
	}
	return replaced(s, jsEscapes(func(c rune) string {
		if strings.ContainsRune(`$()*-.?[\]^{|}`, c) {
			return `\` + string(c)
		}
		return ""
	}))
}
