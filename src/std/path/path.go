// Package path takes apart paths with slashes. Go: src/path.
package path

import (
	"errors"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// cleaner writes a path without needless elements; as long as it writes what it reads, it writes nothing.
type cleaner struct {
	from string
	out  []byte // nil as long as it equals from
	n    int
}

func (to *cleaner) put(c byte) {
	if to.out == nil {
		if to.n < len(to.from) && to.from[to.n] == c {
			to.n++
			return
		}
		to.out = make([]byte, len(to.from))
		copy(to.out, to.from[:to.n])
	}
	to.out[to.n] = c
	to.n++
}

// drop takes the last element back.
func (to *cleaner) drop(least int) {
	text := to.from
	if to.out != nil {
		text = unsafe.String(unsafe.SliceData(to.out), len(to.out))
	}
	to.n = max(least, strings.LastIndexByte(text[:to.n], '/'))
}

// Clean returns the shortest path that means the same.
func Clean(path string) string {
	if path == "" {
		return "."
	}
	to := cleaner{from: path}
	root := 0
	if path[0] == '/' {
		to.put('/')
		root = 1
	}
	least := root // elements before it stay: the root, or climbs above the beginning
	for rest, more := path, true; more; {
		var part string
		part, rest, more = strings.Cut(rest, "/")
		if part == "" || part == "." || part == ".." && to.n == root && root == 1 {
			continue
		}
		if part == ".." && to.n > least {
			to.drop(least)
			continue
		}
		if to.n > root {
			to.put('/')
		}
		for i := range len(part) {
			to.put(part[i])
		}
		if part == ".." {
			least = to.n
		}
	}
	switch {
	case to.n == 0:
		return "."
	case to.out == nil:
		return path[:to.n]
	}
	return string(to.out[:to.n])
}

// Split splits after the last slash.
func Split(path string) (dir, file string) {
	at := strings.LastIndexByte(path, '/') + 1
	return path[:at], path[at:]
}

// Join puts elements together with slashes between them.
func Join(elem ...string) string {
	size := 0
	for _, e := range elem {
		size += len(e) + 1
	}
	joined := make([]byte, 0, size)
	for _, e := range elem {
		if len(joined) > 0 {
			joined = append(joined, '/')
		}
		joined = append(joined, e...)
	}
	if len(joined) == 0 {
		return ""
	}
	return Clean(string(joined))
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
