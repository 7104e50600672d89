package hex

import "io"

// room is how many digits are under way at once.
const room = 1024

// writer writes the digits of what is written to it.
type writer struct {
	to     io.Writer
	failed error
	text   [room]byte
}

// NewEncoder returns a writer whose digits go to w.
func NewEncoder(w io.Writer) io.Writer { return &writer{to: w} }

func (w *writer) Write(data []byte) (n int, err error) {
	for len(data) > 0 && w.failed == nil {
		size := min(len(data), room/2)
		var out int
		out, w.failed = w.to.Write(w.text[:Encode(w.text[:], data[:size])])
		n += out / 2
		data = data[size:]
	}
	return n, w.failed
}

// reader reads digits.
type reader struct {
	from   io.Reader
	failed error
	open   []byte // digits that were read
	text   [room]byte
}

// NewDecoder returns a reader of what the digits of r are.
func NewDecoder(r io.Reader) io.Reader { return &reader{from: r} }

func (r *reader) Read(p []byte) (n int, err error) {
	if len(r.open) < 2 && r.failed == nil {
		r.fill()
	}
	p = p[:min(len(p), len(r.open)/2)]
	n, err = Decode(p, r.open[:2*len(p)])
	r.open = r.open[2*n:]
	if err != nil {
		r.open, r.failed = nil, err
	}
	if len(r.open) < 2 {
		return n, r.failed
	}
	return n, nil
}

func (r *reader) fill() {
	kept := copy(r.text[:], r.open)
	got, err := r.from.Read(r.text[kept:])
	r.open, r.failed = r.text[:kept+got], err
	if err != io.EOF || len(r.open)%2 == 0 {
		return
	}
	// An odd digit is one too few, if it is a digit.
	last := r.open[len(r.open)-1]
	r.failed = io.ErrUnexpectedEOF
	if _, err := Decode(make([]byte, 1), []byte{'0', last}); err != nil {
		r.failed = InvalidByteError(last)
	}
}
