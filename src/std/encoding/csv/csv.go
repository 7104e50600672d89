// Package csv reads and writes comma-separated values (RFC 4180).
//
// csv.go: reading; write.go: writing. Go: src/encoding/csv.
package csv

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// ParseError says where a record is wrong.
type ParseError struct {
	StartLine int // of the record
	Line      int // of the mistake
	Column    int // in bytes, from 1
	Err       error
}

func (bad *ParseError) Error() string {
	switch {
	case bad.Err == ErrFieldCount:
		return fmt.Sprintf("record on line %d: %v", bad.Line, bad.Err)
	case bad.StartLine != bad.Line:
		return fmt.Sprintf("record on line %d; parse error on line %d, column %d: %v", bad.StartLine, bad.Line, bad.Column, bad.Err)
	}
	return fmt.Sprintf("parse error on line %d, column %d: %v", bad.Line, bad.Column, bad.Err)
}

func (bad *ParseError) Unwrap() error { return bad.Err }

// What can be wrong.
var (
	ErrBareQuote  = errors.New("bare \" in non-quoted-field")
	ErrQuote      = errors.New("extraneous or missing \" in quoted-field")
	ErrFieldCount = errors.New("wrong number of fields")

	// ErrTrailingComma is no longer returned.
	ErrTrailingComma = errors.New("extra delimiter at end of line")
)

var errDelimiter = errors.New("csv: invalid field or comment delimiter")

func delimits(r rune) bool {
	return r != 0 && r != '"' && r != '\r' && r != '\n' && utf8.ValidRune(r) && r != utf8.RuneError
}

// Reader reads records.
type Reader struct {
	Comma            rune
	Comment          rune // a line that begins with it is passed over, if it isn't 0
	FieldsPerRecord  int  // 0: as many as the first record has; below 0: any number
	LazyQuotes       bool
	TrimLeadingSpace bool
	ReuseRecord      bool
	TrailingComma    bool // no longer used

	in     *bufio.Reader
	line   int
	offset int64

	raw       []byte // a line that the buffer of in cannot hold
	text      []byte // the fields of the record, one behind the other
	ends      []int
	positions []position
	last      []string
}

type position struct{ line, col int }

// NewReader returns a Reader of what in has.
func NewReader(in io.Reader) *Reader { return &Reader{Comma: ',', in: bufio.NewReader(in)} }

// Read returns the next record; io.EOF at the end.
func (r *Reader) Read() (record []string, err error) {
	if !r.ReuseRecord {
		return r.record(nil)
	}
	record, err = r.record(r.last)
	r.last = record
	return record, err
}

// ReadAll returns the records that are left.
func (r *Reader) ReadAll() (records [][]string, err error) {
	for {
		record, err := r.record(nil)
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
}

// FieldPos returns line and column of a field of the last record.
func (r *Reader) FieldPos(field int) (line, column int) {
	if field < 0 || field >= len(r.positions) {
		panic("out of range index passed to FieldPos")
	}
	at := r.positions[field]
	return at.line, at.col
}

// InputOffset returns how many bytes were read as records.
func (r *Reader) InputOffset() int64 { return r.offset }

// nextLine returns a line with its end, which is always \n. The last one may have none; then the error is not io.EOF yet.
func (r *Reader) nextLine() ([]byte, error) {
	line, err := r.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		r.raw = append(r.raw[:0], line...)
		for err == bufio.ErrBufferFull {
			line, err = r.in.ReadSlice('\n')
			r.raw = append(r.raw, line...)
		}
		line = r.raw
	}
	n := len(line)
	if n > 0 && err == io.EOF {
		err = nil
		if line[n-1] == '\r' {
			line = line[:n-1]
		}
	}
	r.line++
	r.offset += int64(n)
	if n >= 2 && line[len(line)-1] == '\n' && line[n-2] == '\r' {
		line[n-2] = '\n'
		line = line[:n-1]
	}
	return line, err
}

// lineEnd is the length of the end of a line: 1 or 0.
func lineEnd(line []byte) int {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		return 1
	}
	return 0
}

func first(b []byte) rune {
	c, _ := utf8.DecodeRune(b)
	return c
}

// content returns the next line that has a record.
func (r *Reader) content() ([]byte, error) {
	for {
		line, err := r.nextLine()
		switch {
		case r.Comment != 0 && first(line) == r.Comment:
		case err == nil && len(line) == lineEnd(line):
		default:
			return line, err
		}
		if err != nil {
			return nil, err
		}
	}
}

// fields is a record while it is taken apart.
type fields struct {
	r     *Reader
	start int // line of the record
	line  []byte
	at    position
	err   error // of reading
}

func (f *fields) skip(n int) {
	f.line = f.line[n:]
	f.at.col += n
}

func (f *fields) wrong(col int, err error) error {
	return &ParseError{StartLine: f.start, Line: f.at.line, Column: col, Err: err}
}

func (r *Reader) endField(at position) {
	r.ends = append(r.ends, len(r.text))
	r.positions = append(r.positions, at)
}

func (r *Reader) record(out []string) ([]string, error) {
	if r.Comma == r.Comment || !delimits(r.Comma) || r.Comment != 0 && !delimits(r.Comment) {
		return nil, errDelimiter
	}
	line, err := r.content()
	if err == io.EOF {
		return nil, err
	}
	f := &fields{r: r, start: r.line, line: line, at: position{r.line, 1}, err: err}
	r.text, r.ends, r.positions = r.text[:0], r.ends[:0], r.positions[:0]
	var bad error
	for more := true; more && bad == nil; {
		if r.TrimLeadingSpace {
			spaces := bytes.IndexFunc(f.line, func(c rune) bool { return !unicode.IsSpace(c) })
			if spaces < 0 {
				f.line = f.line[len(f.line)-lineEnd(f.line):]
				f.skip(len(f.line))
			} else {
				f.skip(spaces)
			}
		}
		if len(f.line) > 0 && f.line[0] == '"' {
			more, bad = f.quoted()
		} else {
			more, bad = f.plain()
		}
	}
	if bad == nil {
		bad = f.err
	}
	return r.finish(out, f.start, bad)
}

// plain takes a field without quotes and the comma behind it, and says whether there is one.
func (f *fields) plain() (more bool, err error) {
	r := f.r
	field, width := f.line, utf8.RuneLen(r.Comma)
	end := bytes.IndexRune(f.line, r.Comma)
	if end >= 0 {
		field = field[:end]
	} else {
		field = field[:len(field)-lineEnd(field)]
	}
	if quote := bytes.IndexByte(field, '"'); quote >= 0 && !r.LazyQuotes {
		return false, f.wrong(f.at.col+quote, ErrBareQuote)
	}
	r.text = append(r.text, field...)
	r.endField(f.at)
	if end >= 0 {
		f.skip(end + width)
	}
	return end >= 0, nil
}

// quoted takes a field between quotes, which may go over lines, and the comma behind it.
func (f *fields) quoted() (more bool, err error) {
	r, start := f.r, f.at
	f.skip(1)
	for {
		if len(f.line) == 0 {
			// The file ends inside of the quotes.
			if !r.LazyQuotes && f.err == nil {
				return false, f.wrong(f.at.col, ErrQuote)
			}
			r.endField(start)
			return false, nil
		}
		end := bytes.IndexByte(f.line, '"')
		if end < 0 {
			r.text = append(r.text, f.line...)
			if f.err != nil {
				return false, nil
			}
			f.at.col += len(f.line)
			f.line, f.err = r.nextLine()
			if len(f.line) > 0 {
				f.at = position{f.at.line + 1, 1}
			}
			if f.err == io.EOF {
				f.err = nil
			}
			continue
		}
		r.text = append(r.text, f.line[:end]...)
		f.skip(end + 1)
		switch c := first(f.line); {
		case len(f.line) > 0 && c == '"':
			r.text = append(r.text, '"')
			f.skip(1)
		case len(f.line) > 0 && c == r.Comma:
			f.skip(utf8.RuneLen(c))
			r.endField(start)
			return true, nil
		case len(f.line) == lineEnd(f.line):
			r.endField(start)
			return false, nil
		case r.LazyQuotes:
			r.text = append(r.text, '"')
		default:
			return false, f.wrong(f.at.col-1, ErrQuote)
		}
	}
}

// finish makes the record's strings, all of one piece of memory, and counts them.
func (r *Reader) finish(out []string, start int, err error) ([]string, error) {
	all := string(r.text)
	if out = out[:0]; cap(out) < len(r.ends) {
		out = make([]string, 0, len(r.ends))
	}
	from := 0
	for _, end := range r.ends {
		out = append(out, all[from:end])
		from = end
	}
	switch {
	case r.FieldsPerRecord == 0:
		r.FieldsPerRecord = len(out)
	case r.FieldsPerRecord > 0 && len(out) != r.FieldsPerRecord && err == nil:
		err = &ParseError{StartLine: start, Line: start, Column: 1, Err: ErrFieldCount}
	}
	return out, err
}
