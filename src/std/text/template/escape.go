package template

import (
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// escaped writes b with some of its bytes replaced: instead returns what stands for the beginning of its argument and how many bytes that is,
// 0 if they stand for themselves.
func escaped(w io.Writer, b []byte, instead func(b []byte) (string, int)) {
	from := 0
	for i := 0; i < len(b); {
		text, n := instead(b[i:])
		if n == 0 {
			i++
			continue
		}
		w.Write(b[from:i])
		io.WriteString(w, text)
		i += n
		from = i
	}
	w.Write(b[from:])
}

var inHTML = map[byte]string{0: "\uFFFD", '"': "&#34;", '\'': "&#39;", '&': "&amp;", '<': "&lt;", '>': "&gt;"}

// HTMLEscape writes b so that HTML shows it.
func HTMLEscape(w io.Writer, b []byte) {
	escaped(w, b, func(b []byte) (string, int) {
		text, special := inHTML[b[0]]
		if !special {
			return "", 0
		}
		return text, 1
	})
}

// HTMLEscapeString returns s so that HTML shows it.
func HTMLEscapeString(s string) string {
	if !strings.ContainsAny(s, "\x00\"'&<>") {
		return s
	}
	var out strings.Builder
	HTMLEscape(&out, []byte(s))
	return out.String()
}

// HTMLEscaper does so with what fmt.Sprint makes of args.
func HTMLEscaper(args ...any) string { return HTMLEscapeString(textOf(args)) }

func specialInJS(c rune) bool {
	return c < ' ' || c >= utf8.RuneSelf || strings.IndexByte(`\'"<>&=`, byte(c)) >= 0
}

// JSEscape writes b for a string of JavaScript.
func JSEscape(w io.Writer, b []byte) {
	escaped(w, b, func(b []byte) (string, int) {
		c := b[0]
		switch {
		case !specialInJS(rune(c)):
			return "", 0
		case c == '\\' || c == '\'' || c == '"':
			return `\` + string(rune(c)), 1
		case c < utf8.RuneSelf:
			return fmt.Sprintf(`\u%04X`, c), 1
		}
		r, n := utf8.DecodeRune(b)
		if unicode.IsPrint(r) {
			return string(b[:n]), n
		}
		return fmt.Sprintf(`\u%04X`, r), n
	})
}

// JSEscapeString returns s for a string of JavaScript.
func JSEscapeString(s string) string {
	if strings.IndexFunc(s, specialInJS) < 0 {
		return s
	}
	var out strings.Builder
	JSEscape(&out, []byte(s))
	return out.String()
}

// JSEscaper does so with what fmt.Sprint makes of args.
func JSEscaper(args ...any) string { return JSEscapeString(textOf(args)) }

// URLQueryEscaper escapes what fmt.Sprint makes of args for a query.
func URLQueryEscaper(args ...any) string { return url.QueryEscape(textOf(args)) }

func textOf(args []any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	for i, arg := range args {
		if shown, ok := printable(reflect.ValueOf(arg)); ok {
			args[i] = shown
		}
	}
	return fmt.Sprint(args...)
}
