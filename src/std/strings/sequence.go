package strings

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Lines yields the lines of s with their ends.
func Lines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s != "" {
			end := IndexByte(s, '\n') + 1
			if end == 0 {
				end = len(s)
			}
			line := s[:end]
			s = s[end:]
			if !yield(line) {
				return
			}
		}
	}
}

// SplitSeq yields what Split returns.
func SplitSeq(s, sep string) iter.Seq[string] { return sequence(s, sep, 0) }

// SplitAfterSeq yields what SplitAfter returns.
func SplitAfterSeq(s, sep string) iter.Seq[string] { return sequence(s, sep, len(sep)) }

func sequence(s, sep string, keep int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if sep == "" {
			for rest := s; rest != ""; {
				_, size := utf8.DecodeRuneInString(rest)
				if !yield(rest[:size]) {
					return
				}
				rest = rest[size:]
			}
			return
		}
		rest := s
		for at := Index(rest, sep); at >= 0; at = Index(rest, sep) {
			if !yield(rest[:at+keep]) {
				return
			}
			rest = rest[at+len(sep):]
		}
		yield(rest)
	}
}

// FieldsSeq yields what Fields returns.
func FieldsSeq(s string) iter.Seq[string] { return FieldsFuncSeq(s, unicode.IsSpace) }

// FieldsFuncSeq yields what FieldsFunc returns.
func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := -1
		for i, r := range s {
			if !f(r) {
				if from < 0 {
					from = i
				}
				continue
			}
			if from >= 0 && !yield(s[from:i]) {
				return
			}
			from = -1
		}
		if from >= 0 {
			yield(s[from:])
		}
	}
}
