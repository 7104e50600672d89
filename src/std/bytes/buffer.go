package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// ErrTooLarge is the panic of a buffer that cannot grow.
var ErrTooLarge = errors.New("bytes.Buffer: too large")

// Buffer is written at its end and read at its beginning; its zero value is empty and ready.
type Buffer struct {
	buf      []byte // what was not read is buf[off:]
	off      int
	lastRead readOp
}

// readOp says what was done last, so that it can be undone: the length of the character that was read, or one of these.
type readOp int8

const (
	opOther readOp = 0
	opRead  readOp = -1

	firstSize = 64
	leastRead = 512
)

// MinRead is the room that ReadFrom makes.
const MinRead = leastRead

// NewBuffer returns a buffer that has buf in it, and owns it.
func NewBuffer(buf []byte) *Buffer { return &Buffer{buf: buf} }

// NewBufferString returns a buffer that has s in it.
func NewBufferString(s string) *Buffer { return &Buffer{buf: []byte(s)} }

// Bytes returns what was not read, until the next change.
func (b *Buffer) Bytes() []byte { return b.buf[b.off:] }

// AvailableBuffer returns the empty room behind, to append to and write.
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }

// String returns what was not read; of nil "<nil>".
func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return string(b.buf[b.off:])
}

// Peek returns the next n bytes without reading them.
func (b *Buffer) Peek(n int) ([]byte, error) {
	if b.Len() < n {
		return b.buf[b.off:], io.EOF
	}
	return b.buf[b.off : b.off+n], nil
}

// Len is the number of bytes that were not read.
func (b *Buffer) Len() int { return len(b.buf) - b.off }

// Cap is the size of the memory.
func (b *Buffer) Cap() int { return cap(b.buf) }

// Available is the room that is left in the memory.
func (b *Buffer) Available() int { return cap(b.buf) - len(b.buf) }

// Truncate keeps only the first n bytes that were not read.
func (b *Buffer) Truncate(n int) {
	if n == 0 {
		b.Reset()
		return
	}
	b.lastRead = opOther
	if n < 0 || n > b.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	b.buf = b.buf[:b.off+n]
}

// Reset empties the buffer and keeps its memory.
func (b *Buffer) Reset() {
	b.buf = b.buf[:0]
	b.off = 0
	b.lastRead = opOther
}

// extend makes the buffer n bytes longer and returns where they begin.
func (b *Buffer) extend(n int) int {
	if end := len(b.buf); n <= cap(b.buf)-end {
		b.buf = b.buf[:end+n]
		return end
	}
	b.restart()
	length := b.Len()
	if length == 0 && n <= cap(b.buf) {
		b.buf = b.buf[:n]
		return 0
	}
	room := cap(b.buf)
	switch {
	case b.buf == nil && n <= firstSize:
		b.buf = make([]byte, n, firstSize)
		return 0
	case n <= room/2-length: // what was read makes room
		copy(b.buf, b.buf[b.off:])
	case room > int(^uint(0)>>1)-room-n:
		panic(ErrTooLarge)
	default:
		size := max(length+b.off+n, 2*(room-b.off))
		larger := append([]byte(nil), make([]byte, size)...)
		copy(larger, b.buf[b.off:])
		b.buf = larger
	}
	b.off = 0
	b.buf = b.buf[:length+n]
	return length
}

// Grow makes room for n more bytes.
func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	b.restart()
	end := b.extend(n)
	b.buf = b.buf[:end]
}

// restart begins at the front again if everything was read.
func (b *Buffer) restart() {
	if b.Len() == 0 && b.off != 0 {
		b.Reset()
	}
}

// Write appends p.
func (b *Buffer) Write(p []byte) (n int, err error) {
	b.lastRead = opOther
	at := b.extend(len(p))
	return copy(b.buf[at:], p), nil
}

// WriteString appends s.
func (b *Buffer) WriteString(s string) (n int, err error) {
	b.lastRead = opOther
	at := b.extend(len(s))
	return copy(b.buf[at:], s), nil
}

// WriteByte appends c.
func (b *Buffer) WriteByte(c byte) error {
	b.lastRead = opOther
	at := b.extend(1)
	b.buf[at] = c
	return nil
}

// WriteRune appends r in UTF-8.
func (b *Buffer) WriteRune(r rune) (n int, err error) {
	if uint32(r) < utf8.RuneSelf {
		b.WriteByte(byte(r))
		return 1, nil
	}
	b.lastRead = opOther
	at := b.extend(utf8.UTFMax)
	b.buf = utf8.AppendRune(b.buf[:at], r)
	return len(b.buf) - at, nil
}

// ReadFrom reads r to its end.
func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	b.lastRead = opOther
	for {
		b.restart()
		at := b.extend(leastRead)
		b.buf = b.buf[:at]
		m, err := r.Read(b.buf[at:cap(b.buf)])
		if m < 0 {
			panic(errors.New("bytes.Buffer: reader returned negative count from Read"))
		}
		b.buf = b.buf[:at+m]
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// WriteTo writes everything to w.
func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.lastRead = opOther
	if all := b.Len(); all > 0 {
		m, err := w.Write(b.buf[b.off:])
		if m > all {
			panic("bytes.Buffer.WriteTo: invalid Write count")
		}
		b.off += m
		n = int64(m)
		if err != nil {
			return n, err
		}
		if m != all {
			return n, io.ErrShortWrite
		}
	}
	b.Reset()
	return n, nil
}

// Read implements io.Reader.
func (b *Buffer) Read(p []byte) (n int, err error) {
	b.lastRead = opOther
	if b.Len() == 0 {
		b.Reset()
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(p, b.buf[b.off:])
	b.off += n
	if n > 0 {
		b.lastRead = opRead
	}
	return n, nil
}

// Next reads up to n bytes, until the next change.
func (b *Buffer) Next(n int) []byte {
	b.lastRead = opOther
	n = min(n, b.Len())
	data := b.buf[b.off : b.off+n]
	b.off += n
	if n > 0 {
		b.lastRead = opRead
	}
	return data
}

// ReadByte reads a byte.
func (b *Buffer) ReadByte() (byte, error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, io.EOF
	}
	c := b.buf[b.off]
	b.off++
	b.lastRead = opRead
	return c, nil
}

// ReadRune reads a character.
func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.buf[b.off:])
	b.off += size
	b.lastRead = readOp(size)
	return r, size, nil
}

// UnreadRune goes back before the character that ReadRune has just read.
func (b *Buffer) UnreadRune() error {
	if b.lastRead <= opOther {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	if b.off >= int(b.lastRead) { // growing may have moved everything to the front
		b.off -= int(b.lastRead)
	}
	b.lastRead = opOther
	return nil
}

// UnreadByte goes a byte back after something was read.
func (b *Buffer) UnreadByte() error {
	if b.lastRead == opOther {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.lastRead = opOther
	if b.off > 0 {
		b.off--
	}
	return nil
}

// upTo reads until delim; at the end without it.
func (b *Buffer) upTo(delim byte) (line []byte, err error) {
	end := len(b.buf)
	if i := IndexByte(b.buf[b.off:], delim); i >= 0 {
		end = b.off + i + 1
	} else {
		err = io.EOF
	}
	line = b.buf[b.off:end]
	b.off = end
	b.lastRead = opRead
	return line, err
}

// ReadBytes reads until delim, which is part of the result.
func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	part, err := b.upTo(delim)
	return append(line, part...), err
}

// ReadString is ReadBytes as a string.
func (b *Buffer) ReadString(delim byte) (line string, err error) {
	part, err := b.upTo(delim)
	return string(part), err
}
