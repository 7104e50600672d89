package bytes

import (
	"iter"
	"unicode"
)

// each yields pieces one after the other.
func each(pieces [][]byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for _, p := range pieces {
			if !yield(p) {
				return
			}
		}
	}
}

// Lines yields the lines of data with their ends.
func Lines(data []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(data) > 0 {
			end := IndexByte(data, '\n') + 1
			if end == 0 {
				end = len(data)
			}
			line := data[:end:end]
			data = data[end:]
			if !yield(line) {
				return
			}
		}
	}
}

// SplitSeq yields what Split returns.
func SplitSeq(data, mark []byte) iter.Seq[[]byte] { return each(Split(data, mark)) }

// SplitAfterSeq yields what SplitAfter returns.
func SplitAfterSeq(data, mark []byte) iter.Seq[[]byte] { return each(SplitAfter(data, mark)) }

// FieldsSeq yields what Fields returns.
func FieldsSeq(data []byte) iter.Seq[[]byte] { return each(FieldsFunc(data, unicode.IsSpace)) }

// FieldsFuncSeq yields what FieldsFunc returns.
func FieldsFuncSeq(data []byte, test func(rune) bool) iter.Seq[[]byte] {
	return each(FieldsFunc(data, test))
}
