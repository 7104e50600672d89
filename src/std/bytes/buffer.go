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

// NewBuffer returns a buffer that has room in it, and owns it.
func NewBuffer(room []byte) *Buffer { return &Buffer{buf: room} }

// NewBufferString returns a buffer that has text in it.
func NewBufferString(text string) *Buffer { return &Buffer{buf: []byte(text)} }

// Bytes returns what was not read, until the next change.
func (store *Buffer) Bytes() []byte { return store.buf[store.off:] }

// AvailableBuffer returns the empty room behind, to append to and write.
func (store *Buffer) AvailableBuffer() []byte { return store.buf[len(store.buf):] }

// String returns what was not read; of nil "<nil>".
func (store *Buffer) String() string {
	if store == nil {
		return "<nil>"
	}
	return string(store.buf[store.off:])
}

// Peek returns the next count bytes without reading them.
func (store *Buffer) Peek(count int) ([]byte, error) {
	if store.Len() < count {
		return store.buf[store.off:], io.EOF
	}
	return store.buf[store.off : store.off+count], nil
}

// Len is the number of bytes that were not read.
func (store *Buffer) Len() int { return len(store.buf) - store.off }

// Cap is the size of the memory.
func (store *Buffer) Cap() int { return cap(store.buf) }

// Available is the room that is left in the memory.
func (store *Buffer) Available() int { return cap(store.buf) - len(store.buf) }

// Truncate keeps only the first count bytes that were not read.
func (store *Buffer) Truncate(count int) {
	if count == 0 {
		store.Reset()
		return
	}
	store.lastRead = opOther
	if count < 0 || count > store.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	store.buf = store.buf[:store.off+count]
}

// Reset empties the buffer and keeps its memory.
func (store *Buffer) Reset() {
	store.buf = store.buf[:0]
	store.off = 0
	store.lastRead = opOther
}

// extend makes the buffer count bytes longer and returns where they begin.
func (store *Buffer) extend(count int) int {
	if end := len(store.buf); count <= cap(store.buf)-end {
		store.buf = store.buf[:end+count]
		return end
	}
	store.restart()
	length := store.Len()
	if length == 0 && count <= cap(store.buf) {
		store.buf = store.buf[:count]
		return 0
	}
	room := cap(store.buf)
	switch {
	case store.buf == nil && count <= firstSize:
		store.buf = make([]byte, count, firstSize)
		return 0
	case count <= room/2-length: // what was read makes room
		copy(store.buf, store.buf[store.off:])
	case room > int(^uint(0)>>1)-room-count:
		panic(ErrTooLarge)
	default:
		size := max(length+store.off+count, 2*(room-store.off))
		larger := append([]byte(nil), make([]byte, size)...)
		copy(larger, store.buf[store.off:])
		store.buf = larger
	}
	store.off = 0
	store.buf = store.buf[:length+count]
	return length
}

// Grow makes room for count more bytes.
func (store *Buffer) Grow(count int) {
	if count < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	store.restart()
	end := store.extend(count)
	store.buf = store.buf[:end]
}

// restart begins at the front again if everything was read.
func (store *Buffer) restart() {
	if store.Len() == 0 && store.off != 0 {
		store.Reset()
	}
}

// Write appends data.
func (store *Buffer) Write(data []byte) (n int, err error) {
	if end := len(store.buf); len(data) <= cap(store.buf)-end {
		store.lastRead = opOther
		store.buf = store.buf[:end+len(data)]
		return copy(store.buf[end:], data), nil
	}
	store.lastRead = opOther
	at := store.extend(len(data))
	return copy(store.buf[at:], data), nil
}

// WriteString appends text.
func (store *Buffer) WriteString(text string) (n int, err error) {
	if end := len(store.buf); len(text) <= cap(store.buf)-end {
		store.lastRead = opOther
		store.buf = store.buf[:end+len(text)]
		return copy(store.buf[end:], text), nil
	}
	store.lastRead = opOther
	at := store.extend(len(text))
	return copy(store.buf[at:], text), nil
}

// WriteByte appends char. What needs no call comes first: that part stands in place of calls.
func (store *Buffer) WriteByte(char byte) error {
	if end := len(store.buf); end < cap(store.buf) {
		store.lastRead = opOther
		store.buf = store.buf[:end+1]
		store.buf[end] = char
		return nil
	}
	store.lastRead = opOther
	at := store.extend(1)
	store.buf[at] = char
	return nil
}

// WriteRune appends char in UTF-8.
func (store *Buffer) WriteRune(char rune) (n int, err error) {
	if uint32(char) < utf8.RuneSelf {
		store.WriteByte(byte(char))
		return 1, nil
	}
	store.lastRead = opOther
	at := store.extend(utf8.UTFMax)
	store.buf = utf8.AppendRune(store.buf[:at], char)
	return len(store.buf) - at, nil
}

// ReadFrom reads in to its end.
func (store *Buffer) ReadFrom(in io.Reader) (n int64, err error) {
	store.lastRead = opOther
	for {
		store.restart()
		at := store.extend(leastRead)
		store.buf = store.buf[:at]
		m, err := in.Read(store.buf[at:cap(store.buf)])
		if m < 0 {
			panic(errors.New("bytes.Buffer: reader returned negative count from Read"))
		}
		store.buf = store.buf[:at+m]
		n += int64(m)
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}

// WriteTo writes everything to out.
func (store *Buffer) WriteTo(out io.Writer) (n int64, err error) {
	store.lastRead = opOther
	if all := store.Len(); all > 0 {
		m, err := out.Write(store.buf[store.off:])
		if m > all {
			panic("bytes.Buffer.WriteTo: invalid Write count")
		}
		store.off += m
		n = int64(m)
		if err != nil {
			return n, err
		}
		if m != all {
			return n, io.ErrShortWrite
		}
	}
	store.Reset()
	return n, nil
}

// Read implements io.Reader.
func (store *Buffer) Read(data []byte) (n int, err error) {
	store.lastRead = opOther
	if store.Len() == 0 {
		store.Reset()
		if len(data) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(data, store.buf[store.off:])
	store.off += n
	if n > 0 {
		store.lastRead = opRead
	}
	return n, nil
}

// Next reads up to count bytes, until the next change.
func (store *Buffer) Next(count int) []byte {
	store.lastRead = opOther
	count = min(count, store.Len())
	data := store.buf[store.off : store.off+count]
	store.off += count
	if count > 0 {
		store.lastRead = opRead
	}
	return data
}

// ReadByte reads a byte.
func (store *Buffer) ReadByte() (byte, error) {
	if store.Len() == 0 {
		store.Reset()
		return 0, io.EOF
	}
	c := store.buf[store.off]
	store.off++
	store.lastRead = opRead
	return c, nil
}

// ReadRune reads a character.
func (store *Buffer) ReadRune() (r rune, size int, err error) {
	if store.Len() == 0 {
		store.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(store.buf[store.off:])
	store.off += size
	store.lastRead = readOp(size)
	return r, size, nil
}

// UnreadRune goes back before the character that ReadRune has just read.
func (store *Buffer) UnreadRune() error {
	if store.lastRead <= opOther {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	if store.off >= int(store.lastRead) { // growing may have moved everything to the front
		store.off -= int(store.lastRead)
	}
	store.lastRead = opOther
	return nil
}

// UnreadByte goes a byte back after something was read.
func (store *Buffer) UnreadByte() error {
	if store.lastRead == opOther {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	store.lastRead = opOther
	if store.off > 0 {
		store.off--
	}
	return nil
}

// upTo reads until stop; at the end without it.
func (store *Buffer) upTo(stop byte) (line []byte, err error) {
	end := len(store.buf)
	if i := IndexByte(store.buf[store.off:], stop); i >= 0 {
		end = store.off + i + 1
	} else {
		err = io.EOF
	}
	line = store.buf[store.off:end]
	store.off = end
	store.lastRead = opRead
	return line, err
}

// ReadBytes reads until stop, which is part of the result.
func (store *Buffer) ReadBytes(stop byte) (line []byte, err error) {
	part, err := store.upTo(stop)
	return append(line, part...), err
}

// ReadString is ReadBytes as a string.
func (store *Buffer) ReadString(stop byte) (line string, err error) {
	part, err := store.upTo(stop)
	return string(part), err
}
