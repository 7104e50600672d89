// Package bufio puts a buffer before a reader or behind a writer.
//
// reader.go, writer.go and scanner.go hold a type each. Go: src/bufio.
package bufio

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	usualSize  = 4096
	leastSize  = 16
	maxEmpties = 100 // reads in a row that bring nothing
)

// Errors.
var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")

	errNegativeRead = errors.New("bufio: reader returned negative count from Read")
)

// Reader reads through a buffer.
type Reader struct {
	buf          []byte
	rd           io.Reader
	r, w         int // what was read from rd and not yet from here is buf[r:w]
	err          error
	lastByte     int // for UnreadByte; -1 none
	lastRuneSize int // for UnreadRune; -1 none
}

// NewReaderSize returns a Reader with at least that much room; rd itself if it is one.
func NewReaderSize(rd io.Reader, size int) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= size {
		return b
	}
	return &Reader{buf: make([]byte, max(size, leastSize)), rd: rd, lastByte: -1, lastRuneSize: -1}
}

// NewReader returns a Reader with the usual room.
func NewReader(rd io.Reader) *Reader {
	if b, ok := rd.(*Reader); ok && len(b.buf) >= usualSize {
		return b
	}
	return &Reader{buf: make([]byte, usualSize), rd: rd, lastByte: -1, lastRuneSize: -1}
}

func (in *Reader) begin(room []byte, rd io.Reader) {
	*in = Reader{buf: room, rd: rd, lastByte: -1, lastRuneSize: -1}
}

// Size is the size of the buffer.
func (in *Reader) Size() int { return len(in.buf) }

// Reset throws away what is buffered and goes on with from.
func (in *Reader) Reset(from io.Reader) {
	if in == from {
		return
	}
	if in.buf == nil {
		in.buf = make([]byte, usualSize)
	}
	in.begin(in.buf, from)
}

// Buffered is the number of bytes that can be read without asking rd.
func (in *Reader) Buffered() int { return in.w - in.r }

func (in *Reader) takeError() error {
	err := in.err
	in.err = nil
	return err
}

// fill reads more from rd.
func (in *Reader) fill() {
	if in.r > 0 {
		copy(in.buf, in.buf[in.r:in.w])
		in.w -= in.r
		in.r = 0
	}
	if in.w >= len(in.buf) {
		panic("bufio: tried to fill full buffer")
	}
	for range maxEmpties {
		n, err := in.rd.Read(in.buf[in.w:])
		if n < 0 {
			panic(errNegativeRead)
		}
		in.w += n
		if err != nil {
			in.err = err
			return
		}
		if n > 0 {
			return
		}
	}
	in.err = io.ErrNoProgress
}

// Peek returns the next count bytes without reading them.
func (in *Reader) Peek(count int) ([]byte, error) {
	if count < 0 {
		return nil, ErrNegativeCount
	}
	in.lastByte, in.lastRuneSize = -1, -1
	for in.Buffered() < count && in.Buffered() < len(in.buf) && in.err == nil {
		in.fill()
	}
	if count > len(in.buf) {
		return in.buf[in.r:in.w], ErrBufferFull
	}
	var err error
	if have := in.Buffered(); have < count {
		count = have
		if err = in.takeError(); err == nil {
			err = ErrBufferFull
		}
	}
	return in.buf[in.r : in.r+count], err
}

// Discard skips count bytes.
func (in *Reader) Discard(count int) (discarded int, err error) {
	if count < 0 {
		return 0, ErrNegativeCount
	}
	if count == 0 {
		return 0, nil
	}
	in.lastByte, in.lastRuneSize = -1, -1
	for left := count; ; {
		if in.Buffered() == 0 {
			in.fill()
		}
		skip := min(in.Buffered(), left)
		in.r += skip
		if left -= skip; left == 0 {
			return count, nil
		}
		if in.err != nil {
			return count - left, in.takeError()
		}
	}
}

// Read implements io.Reader; it asks rd at most once.
func (in *Reader) Read(data []byte) (n int, err error) {
	if len(data) == 0 {
		if in.Buffered() > 0 {
			return 0, nil
		}
		return 0, in.takeError()
	}
	if in.r == in.w {
		if in.err != nil {
			return 0, in.takeError()
		}
		if len(data) >= len(in.buf) { // no need for the buffer
			if n, in.err = in.rd.Read(data); n < 0 {
				panic(errNegativeRead)
			}
			if n > 0 {
				in.lastByte, in.lastRuneSize = int(data[n-1]), -1
			}
			return n, in.takeError()
		}
		in.r, in.w = 0, 0
		if n, in.err = in.rd.Read(in.buf); n < 0 {
			panic(errNegativeRead)
		}
		if n == 0 {
			return 0, in.takeError()
		}
		in.w = n
	}
	n = copy(data, in.buf[in.r:in.w])
	in.r += n
	in.lastByte, in.lastRuneSize = int(in.buf[in.r-1]), -1
	return n, nil
}

// ReadByte reads a byte.
func (in *Reader) ReadByte() (byte, error) {
	if at := in.r; at < in.w { // stands in place of calls
		c := in.buf[at]
		in.r = at + 1
		in.lastByte, in.lastRuneSize = int(c), -1
		return c, nil
	}
	in.lastRuneSize = -1
	for in.r == in.w {
		if in.err != nil {
			return 0, in.takeError()
		}
		in.fill()
	}
	c := in.buf[in.r]
	in.r++
	in.lastByte = int(c)
	return c, nil
}

// UnreadByte goes a byte back after something was read.
func (in *Reader) UnreadByte() error {
	if in.lastByte < 0 || in.r == 0 && in.w > 0 {
		return ErrInvalidUnreadByte
	}
	if in.r > 0 {
		in.r--
	} else {
		in.w = 1
	}
	in.buf[in.r] = byte(in.lastByte)
	in.lastByte, in.lastRuneSize = -1, -1
	return nil
}

// ReadRune reads a character.
func (in *Reader) ReadRune() (r rune, size int, err error) {
	for in.r+utf8.UTFMax > in.w && !utf8.FullRune(in.buf[in.r:in.w]) && in.err == nil && in.Buffered() < len(in.buf) {
		in.fill()
	}
	in.lastRuneSize = -1
	if in.r == in.w {
		return 0, 0, in.takeError()
	}
	r, size = utf8.DecodeRune(in.buf[in.r:in.w])
	in.r += size
	in.lastByte, in.lastRuneSize = int(in.buf[in.r-1]), size
	return r, size, nil
}

// UnreadRune goes back before the character that ReadRune has just read.
func (in *Reader) UnreadRune() error {
	if in.lastRuneSize < 0 || in.r < in.lastRuneSize {
		return ErrInvalidUnreadRune
	}
	in.r -= in.lastRuneSize
	in.lastByte, in.lastRuneSize = -1, -1
	return nil
}

// ReadSlice reads until stop and returns a part of the buffer, good until the next read.
func (in *Reader) ReadSlice(stop byte) (line []byte, err error) {
	for searched := 0; ; {
		if i := bytes.IndexByte(in.buf[in.r+searched:in.w], stop); i >= 0 {
			i += searched
			line = in.buf[in.r : in.r+i+1]
			in.r += i + 1
			break
		}
		if in.err != nil {
			line = in.buf[in.r:in.w]
			in.r = in.w
			err = in.takeError()
			break
		}
		if in.Buffered() >= len(in.buf) {
			in.r = in.w
			line = in.buf
			err = ErrBufferFull
			break
		}
		searched = in.w - in.r
		in.fill()
	}
	if n := len(line); n > 0 {
		in.lastByte, in.lastRuneSize = int(line[n-1]), -1
	}
	return line, err
}

// ReadLine reads a line without its end; isPrefix says that it is longer than the buffer.
func (in *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = in.ReadSlice('\n')
	if err == ErrBufferFull {
		if n := len(line); n > 0 && line[n-1] == '\r' { // \n may follow
			if in.r == 0 {
				panic("bufio: tried to rewind past start of buffer")
			}
			in.r--
			line = line[:n-1]
		}
		return line, true, nil
	}
	if len(line) == 0 {
		if err != nil {
			line = nil
		}
		return line, false, err
	}
	if n := len(line); line[n-1] == '\n' {
		line = line[:n-1]
		if n > 1 && line[n-2] == '\r' {
			line = line[:n-2]
		}
	}
	return line, false, nil
}

// ReadBytes reads until stop, which is part of the result.
func (in *Reader) ReadBytes(stop byte) ([]byte, error) {
	var all []byte
	for {
		part, err := in.ReadSlice(stop)
		all = append(all, part...)
		if err != ErrBufferFull {
			if all == nil {
				all = []byte{}
			}
			return all, err
		}
	}
}

// ReadString is ReadBytes as a string.
func (in *Reader) ReadString(stop byte) (string, error) {
	part, err := in.ReadSlice(stop)
	if err != ErrBufferFull {
		return string(part), err
	}
	var all strings.Builder
	for err == ErrBufferFull {
		all.Write(part)
		part, err = in.ReadSlice(stop)
	}
	all.Write(part)
	return all.String(), err
}

// WriteTo writes everything to out.
func (in *Reader) WriteTo(out io.Writer) (n int64, err error) {
	in.lastByte, in.lastRuneSize = -1, -1
	if in.r < in.w {
		if n, err = in.flushTo(out); err != nil {
			return n, err
		}
	}
	if r, ok := in.rd.(io.WriterTo); ok {
		m, err := r.WriteTo(out)
		return n + m, err
	}
	if to, ok := out.(io.ReaderFrom); ok {
		m, err := to.ReadFrom(in.rd)
		return n + m, err
	}
	if in.w-in.r < len(in.buf) {
		in.fill()
	}
	for in.r < in.w {
		m, err := in.flushTo(out)
		n += m
		if err != nil {
			return n, err
		}
		in.fill()
	}
	if in.err == io.EOF {
		in.err = nil
	}
	return n, in.takeError()
}

func (in *Reader) flushTo(out io.Writer) (int64, error) {
	n, err := out.Write(in.buf[in.r:in.w])
	if n < 0 {
		panic(errors.New("bufio: writer returned negative count from Write"))
	}
	in.r += n
	return int64(n), err
}
