package csv

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Writer writes records.
type Writer struct {
	Comma   rune
	UseCRLF bool
	out     *bufio.Writer
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer { return &Writer{Comma: ',', out: bufio.NewWriter(w)} }

// Write writes a record.
func (w *Writer) Write(record []string) error {
	if !delimits(w.Comma) {
		return errDelimiter
	}
	for i, field := range record {
		if i > 0 {
			w.out.WriteRune(w.Comma)
		}
		if w.plain(field) {
			w.out.WriteString(field)
		} else {
			w.quote(field)
		}
	}
	end := "\n"
	if w.UseCRLF {
		end = "\r\n"
	}
	_, err := w.out.WriteString(end)
	return err
}

// plain reports whether a field needs no quotes.
func (w *Writer) plain(field string) bool {
	if field == "" {
		return true
	}
	if field == `\.` || strings.ContainsRune(field, w.Comma) || strings.ContainsAny(field, "\"\r\n") {
		return false
	}
	c, _ := utf8.DecodeRuneInString(field)
	return !unicode.IsSpace(c)
}

func (w *Writer) quote(field string) {
	w.out.WriteByte('"')
	for i := range len(field) {
		switch c := field[i]; {
		case c == '"':
			w.out.WriteString(`""`)
		case c == '\r' && w.UseCRLF: // It comes back with the end of the line.
		case c == '\n' && w.UseCRLF:
			w.out.WriteString("\r\n")
		default:
			w.out.WriteByte(c)
		}
	}
	w.out.WriteByte('"')
}

// Flush writes what is buffered.
func (w *Writer) Flush() { w.out.Flush() }

// Error returns what went wrong in Write or Flush.
func (w *Writer) Error() error {
	_, err := w.out.Write(nil)
	return err
}

// WriteAll writes records and flushes.
func (w *Writer) WriteAll(records [][]string) error {
	for _, record := range records {
		if err := w.Write(record); err != nil {
			return err
		}
	}
	return w.out.Flush()
}
