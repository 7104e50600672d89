// Package html escapes text for HTML, and reads what stands for characters; names.go has their names.
// Go: src/html.
package html

import (
	"strings"
	"unicode/utf8"
)

// usual are the characters that EscapeString escapes, with what it writes.
var usual = strings.NewReplacer("&", "&amp;", "'", "&#39;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")

// EscapeString escapes the five characters that HTML takes for its own.
func EscapeString(s string) string { return usual.Replace(s) }

// UnescapeString replaces what stands for a character by the character.
func UnescapeString(s string) string {
	var out strings.Builder
	for {
		at := strings.IndexByte(s, '&')
		if at < 0 {
			if out.Len() == 0 {
				return s
			}
			out.WriteString(s)
			return out.String()
		}
		text, n := character(s[at:])
		out.WriteString(s[:at] + text)
		s = s[at+n:]
	}
}

// character is what the text at the beginning of s, which begins with an ampersand, stands for, and how long it is.
func character(s string) (text string, n int) {
	rest := s[1:]
	if strings.HasPrefix(rest, "#") {
		return numbered(s)
	}
	n = 0
	for n < len(rest) && (rest[n]|0x20-'a' < 26 || rest[n]-'0' < 10) {
		n++
	}
	if n == 0 {
		return "&", 1
	}
	if n < len(rest) && rest[n] == ';' {
		if text = named(rest[:n+1]); text != "" {
			return text, n + 2
		}
	}
	if text = named(rest[:n]); text != "" {
		return text, n + 1
	}
	for short := min(n-1, longestBare); short > 1; short-- {
		if text = named(rest[:short]); text != "" {
			return text, short + 1
		}
	}
	return s[:n+1], n + 1
}

// numbered reads &#65; or &#x41; with or without the semicolon.
func numbered(s string) (text string, n int) {
	n = 2
	base := rune(10)
	if n < len(s) && s[n]|0x20 == 'x' {
		base = 16
		n++
	}
	code := rune(0)
	for ; n < len(s); n++ {
		c := s[n]
		digit := rune(99)
		switch {
		case c-'0' < 10:
			digit = rune(c - '0')
		case c|0x20-'a' < 6:
			digit = rune(c|0x20-'a') + 10
		}
		if digit >= base {
			break
		}
		code = min(code*base+digit, utf8.MaxRune+1)
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	if n <= len("&#1") {
		return "&", 1 // Go takes so little for nothing
	}
	switch {
	case code >= 0x80 && code <= 0x9f:
		return string([]rune(windows)[code-0x80]), n
	case code == 0 || code > utf8.MaxRune || code >= 0xd800 && code <= 0xdfff:
		return "\uFFFD", n
	}
	return string(code), n
}

// windows are the characters 0x80 to 0x9f of Windows-1252, which HTML takes these numbers for.
const windows = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
