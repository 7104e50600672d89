package hex

import (
	"errors"
	"io"
	"strings"
)

// line is how many bytes a line of a dump shows.
const line = 16

// Dump shows data as hexdump -C does.
func Dump(data []byte) string {
	var out strings.Builder
	d := Dumper(&out)
	d.Write(data)
	d.Close()
	return out.String()
}

// dumper writes what it is given in lines.
type dumper struct {
	to     io.Writer
	row    [line]byte
	filled int
	done   uint
	closed bool
}

// Dumper returns a writer that shows on w what is written to it, as hexdump -C does.
func Dumper(w io.Writer) io.WriteCloser { return &dumper{to: w} }

func (d *dumper) Write(data []byte) (n int, err error) {
	if d.closed {
		return 0, errors.New("encoding/hex: dumper closed")
	}
	for n < len(data) {
		took := copy(d.row[d.filled:], data[n:])
		d.filled += took
		n += took
		if d.filled == line {
			if err = d.flush(); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (d *dumper) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	if d.filled == 0 {
		return nil
	}
	return d.flush()
}

// flush writes the row: its place, its bytes, and what of them is ASCII.
func (d *dumper) flush() error {
	var out []byte
	for shift := 28; shift >= 0; shift -= 4 {
		out = append(out, digits[d.done>>uint(shift)&15])
	}
	out = append(out, ' ')
	for i := range line {
		if i == 0 || i == line/2 {
			out = append(out, ' ')
		}
		if i < d.filled {
			out = append(out, digits[d.row[i]>>4], digits[d.row[i]&15], ' ')
		} else {
			out = append(out, "   "...)
		}
	}
	out = append(out, " |"...)
	for _, b := range d.row[:d.filled] {
		if b < ' ' || b > '~' {
			b = '.'
		}
		out = append(out, b)
	}
	out = append(out, "|\n"...)
	d.done += uint(d.filled)
	d.filled = 0
	_, err := d.to.Write(out)
	return err
}
