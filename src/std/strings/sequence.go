package strings

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// Lines yields the lines of text with their ends.
func Lines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for text != "" {
			end := IndexByte(text, '\n') + 1
			if end == 0 {
				end = len(text)
			}
			line := text[:end]
			text = text[end:]
			if !yield(line) {
				return
			}
		}
	}
}

// SplitSeq yields what Split returns.
func SplitSeq(text, mark string) iter.Seq[string] { return sequence(text, mark, 0) }

// SplitAfterSeq yields what SplitAfter returns.
func SplitAfterSeq(text, mark string) iter.Seq[string] { return sequence(text, mark, len(mark)) }

func sequence(text, mark string, keep int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if mark == "" {
			for rest := text; rest != ""; {
				_, size := utf8.DecodeRuneInString(rest)
				if !yield(rest[:size]) {
					return
				}
				rest = rest[size:]
			}
			return
		}
		rest := text
		for at := Index(rest, mark); at >= 0; at = Index(rest, mark) {
			if !yield(rest[:at+keep]) {
				return
			}
			rest = rest[at+len(mark):]
		}
		yield(rest)
	}
}

// FieldsSeq yields what Fields returns.
func FieldsSeq(text string) iter.Seq[string] { return FieldsFuncSeq(text, unicode.IsSpace) }

// FieldsFuncSeq yields what FieldsFunc returns.
func FieldsFuncSeq(text string, test func(rune) bool) iter.Seq[string] {
	return func(yield func(string) bool) {
		from := -1
		for i, r := range text {
			if !test(r) {
				if from < 0 {
					from = i
				}
				continue
			}
			if from >= 0 && !yield(text[from:i]) {
				return
			}
			from = -1
		}
		if from >= 0 {
			yield(text[from:])
		}
	}
}
