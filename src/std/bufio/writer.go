package bufio

import (
	"io"
	"unicode/utf8"
)

// Writer writes through a buffer; Flush at the end. After an error it takes nothing more.
type Writer struct {
	err error
	buf []byte
	n   int
	wr  io.Writer
}

// NewWriterSize returns a Writer with at least that much room; out itself if it is one.
func NewWriterSize(out io.Writer, size int) *Writer {
	if b, ok := out.(*Writer); ok && len(b.buf) >= size {
		return b
	}
	if size <= 0 {
		size = usualSize
	}
	return &Writer{buf: make([]byte, size), wr: out}
}

// NewWriter returns a Writer with the usual room.
func NewWriter(out io.Writer) *Writer {
	if b, ok := out.(*Writer); ok && len(b.buf) >= usualSize {
		return b
	}
	return &Writer{buf: make([]byte, usualSize), wr: out}
}

// Size is the size of the buffer.
func (out *Writer) Size() int { return len(out.buf) }

// Reset throws away what is buffered and goes on with to.
func (out *Writer) Reset(to io.Writer) {
	if out == to {
		return
	}
	if out.buf == nil {
		out.buf = make([]byte, usualSize)
	}
	out.err, out.n, out.wr = nil, 0, to
}

// Flush writes what is buffered.
func (out *Writer) Flush() error {
	if out.err != nil || out.n == 0 {
		return out.err
	}
	n, err := out.wr.Write(out.buf[:out.n])
	if n < out.n && err == nil {
		err = io.ErrShortWrite
	}
	if err != nil {
		if n > 0 && n < out.n {
			copy(out.buf, out.buf[n:out.n])
		}
		out.n -= n
		out.err = err
		return err
	}
	out.n = 0
	return nil
}

// Available is the room that is left.
func (out *Writer) Available() int { return len(out.buf) - out.n }

// AvailableBuffer returns the empty room, to append to and write.
func (out *Writer) AvailableBuffer() []byte { return out.buf[out.n:][:0] }

// Buffered is the number of bytes that were not written yet.
func (out *Writer) Buffered() int { return out.n }

// Write implements io.Writer.
func (out *Writer) Write(data []byte) (nn int, err error) {
	if out.err == nil && len(data) <= len(out.buf)-out.n { // stands in place of calls
		n := copy(out.buf[out.n:], data)
		out.n += n
		return n, nil
	}
	for len(data) > out.Available() && out.err == nil {
		var n int
		if out.n == 0 { // no need for the buffer
			n, out.err = out.wr.Write(data)
		} else {
			n = copy(out.buf[out.n:], data)
			out.n += n
			out.Flush()
		}
		nn += n
		data = data[n:]
	}
	if out.err != nil {
		return nn, out.err
	}
	n := copy(out.buf[out.n:], data)
	out.n += n
	return nn + n, nil
}

// WriteByte writes a byte.
func (out *Writer) WriteByte(char byte) error {
	if out.err != nil {
		return out.err
	}
	if out.Available() <= 0 && out.Flush() != nil {
		return out.err
	}
	out.buf[out.n] = char
	out.n++
	return nil
}

// WriteRune writes char in UTF-8.
func (out *Writer) WriteRune(char rune) (size int, err error) {
	if uint32(char) < utf8.RuneSelf {
		if err = out.WriteByte(byte(char)); err != nil {
			return 0, err
		}
		return 1, nil
	}
	if out.err != nil {
		return 0, out.err
	}
	if out.Available() < utf8.UTFMax {
		if out.Flush(); out.err != nil {
			return 0, out.err
		}
		if out.Available() < utf8.UTFMax { // a very small buffer
			return out.WriteString(string(char))
		}
	}
	size = utf8.EncodeRune(out.buf[out.n:], char)
	out.n += size
	return size, nil
}

// WriteString writes text.
func (out *Writer) WriteString(text string) (int, error) {
	if out.err == nil && len(text) <= len(out.buf)-out.n { // stands in place of calls
		n := copy(out.buf[out.n:], text)
		out.n += n
		return n, nil
	}
	var direct io.StringWriter
	written := 0
	for len(text) > out.Available() && out.err == nil {
		var n int
		if out.n == 0 && direct == nil {
			direct, _ = out.wr.(io.StringWriter)
		}
		if out.n == 0 && direct != nil {
			n, out.err = direct.WriteString(text)
		} else {
			n = copy(out.buf[out.n:], text)
			out.n += n
			out.Flush()
		}
		written += n
		text = text[n:]
	}
	if out.err != nil {
		return written, out.err
	}
	n := copy(out.buf[out.n:], text)
	out.n += n
	return written + n, nil
}

// ReadFrom reads in to its end.
func (out *Writer) ReadFrom(in io.Reader) (n int64, err error) {
	if out.err != nil {
		return 0, out.err
	}
	from, direct := out.wr.(io.ReaderFrom)
	for {
		if out.Available() == 0 {
			if err := out.Flush(); err != nil {
				return n, err
			}
		}
		if direct && out.Buffered() == 0 {
			m, err := from.ReadFrom(in)
			out.err = err
			return n + m, err
		}
		m := 0
		for tries := 0; tries < maxEmpties; tries++ {
			if m, err = in.Read(out.buf[out.n:]); m != 0 || err != nil {
				break
			}
		}
		if m == 0 && err == nil {
			return n, io.ErrNoProgress
		}
		out.n += m
		n += int64(m)
		if err != nil {
			break
		}
	}
	if err == io.EOF {
		if err = nil; out.Available() == 0 {
			err = out.Flush()
		}
	}
	return n, err
}

// ReadWriter is a Reader and a Writer.
type ReadWriter struct {
	*Reader
	*Writer
}

// NewReadWriter puts a Reader and a Writer together.
func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }
