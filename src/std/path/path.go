// Package path takes apart paths with slashes. Go: src/path.
package path

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Clean returns the shortest path that means the same.
func Clean(path string) string {
	if path == "" {
		return "."
	}
	rooted := path[0] == '/'
	var parts []string
	for part := range strings.SplitSeq(path, "/") {
		switch part {
		case "", ".":
		case "..":
			if n := len(parts); n > 0 && parts[n-1] != ".." {
				parts = parts[:n-1]
			} else if !rooted {
				parts = append(parts, "..")
			}
		default:
			parts = append(parts, part)
		}
	}
	clean := strings.Join(parts, "/")
	switch {
	case rooted:
		return "/" + clean
	case clean == "":
		return "."
	}
	return clean
}

// Split splits after the last slash.
func Split(path string) (dir, file string) {
	at := strings.LastIndexByte(path, '/') + 1
	return path[:at], path[at:]
}

// Join puts elements together with slashes between them.
func Join(elem ...string) string {
	var parts []string
	for _, e := range elem {
		if e != "" || len(parts) > 0 {
			parts = append(parts, e)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return Clean(strings.Join(parts, "/"))
}

// Ext returns what follows the last dot of the last element, with the dot.
func Ext(path string) string {
	_, file := Split(path)
	if at := strings.LastIndexByte(file, '.'); at >= 0 {
		return file[at:]
	}
	return ""
}

// Base returns the last element.
func Base(path string) string {
	if path == "" {
		return "."
	}
	path = strings.TrimRight(path, "/")
	if path == "" {
		return "/"
	}
	_, file := Split(path)
	return file
}

// IsAbs reports whether path begins at the root.
func IsAbs(path string) bool { return strings.HasPrefix(path, "/") }

// Dir returns everything but the last element.
func Dir(path string) string {
	dir, _ := Split(path)
	return Clean(dir)
}

// ErrBadPattern says that a pattern is malformed.
var ErrBadPattern = errors.New("syntax error in pattern")

// Match reports whether name matches a shell pattern as a whole.
func Match(pattern, name string) (matched bool, err error) {
	matched, ok := match(pattern, name)
	if !ok || !matched && !wellFormed(pattern) {
		return false, ErrBadPattern
	}
	return matched, nil
}

// match tries the pattern; not ok if it met a malformed part.
func match(pattern, name string) (matched, ok bool) {
	for pattern != "" {
		switch pattern[0] {
		case '*':
			for pattern != "" && pattern[0] == '*' {
				pattern = pattern[1:]
			}
			for {
				if m, good := match(pattern, name); m || !good {
					return m, good
				}
				if name == "" || name[0] == '/' {
					return false, true
				}
				name = name[1:]
			}
		case '?':
			if name == "" || name[0] == '/' {
				return false, true
			}
			_, n := utf8.DecodeRuneInString(name)
			pattern, name = pattern[1:], name[n:]
		case '[':
			if name == "" {
				return false, true
			}
			r, n := utf8.DecodeRuneInString(name)
			in, rest, good := class(pattern, r)
			if !good {
				return false, false
			}
			if !in {
				return false, true
			}
			pattern, name = rest, name[n:]
		default:
			if pattern[0] == '\\' {
				if pattern = pattern[1:]; pattern == "" {
					return false, false
				}
			}
			if name == "" || pattern[0] != name[0] {
				return false, true
			}
			pattern, name = pattern[1:], name[1:]
		}
	}
	return name == "", true
}

// class reads [a-z] or [^a-z] and reports whether char is in it.
func class(pattern string, char rune) (in bool, rest string, ok bool) {
	pattern = pattern[1:]
	negated := pattern != "" && pattern[0] == '^'
	if negated {
		pattern = pattern[1:]
	}
	for count := 0; ; count++ {
		if pattern != "" && pattern[0] == ']' && count > 0 {
			return in != negated, pattern[1:], true
		}
		low, after, good := classChar(pattern)
		if !good {
			return false, "", false
		}
		high := low
		if after[0] == '-' {
			if high, after, good = classChar(after[1:]); !good {
				return false, "", false
			}
		}
		in = in || low <= char && char <= high
		pattern = after
	}
}

// classChar reads one character of a class; something must follow it.
func classChar(text string) (r rune, rest string, ok bool) {
	if text == "" || text[0] == '-' || text[0] == ']' {
		return 0, "", false
	}
	if text[0] == '\\' {
		if text = text[1:]; text == "" {
			return 0, "", false
		}
	}
	r, n := utf8.DecodeRuneInString(text)
	if r == utf8.RuneError && n == 1 || len(text) == n {
		return 0, "", false
	}
	return r, text[n:], true
}

// wellFormed reads a whole pattern.
func wellFormed(pattern string) bool {
	for pattern != "" {
		switch pattern[0] {
		case '[':
			_, rest, ok := class(pattern, 0)
			if !ok {
				return false
			}
			pattern = rest
			continue
		case '\\':
			if pattern = pattern[1:]; pattern == "" {
				return false
			}
		}
		pattern = pattern[1:]
	}
	return true
}
