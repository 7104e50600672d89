package template

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// failsafe stands where a value could do harm.
const failsafe = "ZgotmplZ"

// replaced puts what `by` answers in place of characters; "" keeps one.
func replaced(s string, by func(c rune) string) string {
	var out strings.Builder
	kept := 0
	for i := 0; i < len(s); {
		c, width := utf8.DecodeRuneInString(s[i:])
		if text := by(c); text != "" {
			out.WriteString(s[kept:i])
			out.WriteString(text)
			kept = i + width
		}
		i += width
	}
	if kept == 0 {
		return s
	}
	out.WriteString(s[kept:])
	return out.String()
}

// ---- HTML -------------------------------------------------------------------------------------------------------

// entities replaces what has a meaning in HTML. `whole`: an ampersand too, which of HTML may begin an entity.
func entities(whole bool) func(c rune) string {
	return func(c rune) string {
		switch c {
		case 0:
			return "\uFFFD"
		case '"', '\'', '+':
			return fmt.Sprintf("&#%d;", c)
		case '<':
			return "&lt;"
		case '>':
			return "&gt;"
		case '&':
			if whole {
				return "&amp;"
			}
		}
		return ""
	}
}

// unquoted replaces also what ends a value without quotes, and what browsers drop there.
func unquoted(whole bool) func(c rune) string {
	more := entities(whole)
	return func(c rune) string {
		switch c {
		case 0:
			return "&#xfffd;"
		case '\t', '\n', '\v', '\f', '\r', ' ', '=', '`':
			return fmt.Sprintf("&#%d;", c)
		}
		if c >= 0xfdd0 && c <= 0xfdef || c >= 0xfff0 && c <= 0xffff {
			return fmt.Sprintf("&#x%x;", c)
		}
		return more(c)
	}
}

func unquotedValue(args ...any) string {
	s, is := textOf(args)
	if s == "" {
		return failsafe
	}
	if is == isHTML {
		s = withoutTags(s)
	}
	return replaced(s, unquoted(is != isHTML))
}

func quotedValue(args ...any) string {
	s, is := textOf(args)
	if is == isHTML {
		s = withoutTags(s)
	}
	return replaced(s, entities(is != isHTML))
}

func rcdata(args ...any) string {
	s, is := textOf(args)
	return replaced(s, entities(is != isHTML))
}

func htmlText(args ...any) string {
	s, is := textOf(args)
	if is == isHTML {
		return s
	}
	return replaced(s, entities(true))
}

func attributeName(args ...any) string {
	s, is := textOf(args)
	if is == isAttr {
		return s
	}
	s = strings.ToLower(s)
	if s == "" || attributeContent(s) != plain {
		return failsafe
	}
	for _, c := range []byte(s) {
		if !isDigit(c) && (c < 'a' || c > 'z') {
			return failsafe
		}
	}
	return s
}

func nothing(args ...any) string { return "" }

// withoutTags is the text of a document.
func withoutTags(html string) string {
	s := []byte(html)
	var out strings.Builder
	var at place
	onlyText := true
	i := 0
	for i < len(s) {
		if at.delim != noDelim {
			end := bytes.IndexAny(s[i:], delimEnds[at.delim])
			if end < 0 {
				break
			}
			i += end
			if at.delim != noQuote {
				i++
			}
			at = place{state: inTag, element: at.element}
			continue
		}
		state := at.state
		if at.element != noElement && !state.isTag() {
			state = inRCDATA
		}
		next, n := steps[state](at, s[i:])
		if at.state == inText || at.state == inRCDATA {
			out.Write(s[i:textEnd(s, i, i+n, next.state != at.state)])
		} else {
			onlyText = false
		}
		at = next
		i += n
	}
	if onlyText {
		return html
	}
	if at.state == inText || at.state == inRCDATA {
		out.Write(s[i:])
	}
	return out.String()
}

// textEnd is where the text s[i:end] ends, if it may be followed by a tag.
func textEnd(s []byte, i, end int, tag bool) int {
	if tag {
		if last := bytes.LastIndexByte(s[i:end], '<'); last >= 0 {
			return i + last
		}
	}
	return end
}

// ---- URL --------------------------------------------------------------------------------------------------------

func safeURL(args ...any) string {
	s, is := textOf(args)
	if is != isURL && !isHarmless(s) {
		return "#" + failsafe
	}
	return s
}

// isHarmless tells whether a URL has no protocol, or one that runs nothing.
func isHarmless(s string) bool {
	protocol, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(protocol, "/") {
		return true
	}
	return strings.EqualFold(protocol, "http") || strings.EqualFold(protocol, "https") || strings.EqualFold(protocol, "mailto")
}

func escapedURL(args ...any) string {
	s, is := textOf(args)
	return percent(s, is == isURL)
}

func normalURL(args ...any) string {
	s, _ := textOf(args)
	return percent(s, true)
}

// percent writes bytes as %xx. `whole`: s is a URL, what has a meaning in it stays.
func percent(s string, whole bool) string {
	var out strings.Builder
	for i := range len(s) {
		c := s[i]
		keeps := isLetter(c) || isDigit(c) || strings.IndexByte("-._~", c) >= 0
		if whole && !keeps {
			keeps = strings.IndexByte("!#$&*+,/:;=?@[]", c) >= 0 || c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])
		}
		if keeps {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02x", c)
		}
	}
	return out.String()
}

func safeSrcset(args ...any) string {
	s, is := textOf(args)
	switch is {
	case isSrcset:
		return s
	case isURL:
		return strings.ReplaceAll(percent(s, true), ",", "%2c")
	}
	images := strings.Split(s, ",")
	for i, image := range images {
		images[i] = safeImage(image)
	}
	return strings.Join(images, ",")
}

const htmlSpace = " \t\n\f\r"

// safeImage is one image of a srcset: a URL and a word or two about its size.
func safeImage(s string) string {
	rest := strings.TrimLeft(s, htmlSpace)
	space := s[:len(s)-len(rest)]
	url, about := rest, ""
	if i := strings.IndexAny(rest, htmlSpace); i >= 0 {
		url, about = rest[:i], rest[i:]
	}
	for _, c := range []byte(about) {
		if !isLetter(c) && !isDigit(c) && strings.IndexByte(htmlSpace, c) < 0 {
			return "#" + failsafe
		}
	}
	if !isHarmless(url) {
		return "#" + failsafe
	}
	return space + percent(url, true) + about
}

// ---- CSS --------------------------------------------------------------------------------------------------------

func cssText(args ...any) string {
	s, _ := textOf(args)
	var out strings.Builder
	for i, c := range s {
		if c == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			out.WriteByte(s[i])
			continue
		}
		switch {
		case c == '\\':
			out.WriteString(`\\`)
		case c == 0 || c < 0x80 && strings.IndexByte("\t\n\f\r\"&'()+/:;<>{}", byte(c)) >= 0:
			fmt.Fprintf(&out, `\%x`, c)
			// What follows must not be taken for another digit.
			if next := i + 1; next == len(s) || isHex(s[next]) || strings.IndexByte(htmlSpace, s[next]) >= 0 {
				out.WriteByte(' ')
			}
		default:
			out.WriteRune(c)
		}
	}
	return out.String()
}

func cssValue(args ...any) string {
	s, is := textOf(args)
	if is == isCSS {
		return s
	}
	b := decodedCSS([]byte(s))
	var letters []byte
	for i, c := range b {
		if c == 0 || strings.IndexByte("\"'()/;@[\\]`{}<>", c) >= 0 || c == '-' && i > 0 && b[i-1] == '-' {
			return failsafe
		}
		if c != '-' && c < utf8.RuneSelf && isNameCSS(rune(c)) {
			letters = append(letters, c)
		}
	}
	letters = bytes.ToLower(letters)
	if bytes.Contains(letters, []byte("expression")) || bytes.Contains(letters, []byte("mozbinding")) {
		return failsafe
	}
	return string(b)
}

// isNameCSS tells what a name of CSS is made of.
func isNameCSS(c rune) bool {
	if c < 0x80 {
		return isLetter(byte(c)) || isDigit(byte(c)) || c == '-' || c == '_'
	}
	return c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000 && c <= 0x10ffff
}

// decodedCSS is what a text of CSS means.
func decodedCSS(s []byte) []byte {
	if bytes.IndexByte(s, '\\') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(out, s...)
		}
		out, s = append(out, s[:i]...), s[i:]
		if len(s) < 2 {
			return out
		}
		n := 1
		var c rune
		for n < len(s) && n < 7 && isHex(s[n]) {
			c = c<<4 | hexValue(s[n])
			n++
		}
		if n == 1 {
			_, width := utf8.DecodeRune(s[1:])
			out, s = append(out, s[1:1+width]...), s[1+width:]
			continue
		}
		if c > utf8.MaxRune {
			c, n = c>>4, n-1
		}
		out, s = utf8.AppendRune(out, c), s[n:]
		// One space behind the number belongs to it.
		if bytes.HasPrefix(s, []byte("\r\n")) {
			s = s[2:]
		} else if len(s) > 0 && strings.IndexByte(htmlSpace, s[0]) >= 0 {
			s = s[1:]
		}
	}
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isHex(c byte) bool    { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func hexValue(c byte) rune {
	if isDigit(c) {
		return rune(c - '0')
	}
	return rune(c|0x20-'a') + 10
}
