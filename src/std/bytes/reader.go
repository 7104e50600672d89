package bytes

import (
	"errors"
	"io"
	"unicode/utf8"
)

// whose stands at the beginning of what can go wrong.
const whose = "bytes.Reader."

// Reader reads from a slice.
type Reader struct {
	s        []byte
	i        int64 // next byte
	prevRune int   // where the character that was read last began; -1 if something else was done since
}

// NewReader returns a reader at the beginning of data.
func NewReader(data []byte) *Reader { return &Reader{data, 0, -1} }

// rest is what was not read yet.
func (in *Reader) rest() []byte {
	if in.i >= int64(len(in.s)) {
		return nil
	}
	return in.s[in.i:]
}

// Len returns the number of bytes not read yet.
func (in *Reader) Len() int { return len(in.rest()) }

// Size returns the length of the whole slice.
func (in *Reader) Size() int64 { return int64(len(in.s)) }

// Read implements io.Reader.
func (in *Reader) Read(data []byte) (n int, err error) {
	left := in.rest()
	if len(left) == 0 {
		return 0, io.EOF
	}
	in.prevRune = -1
	n = copy(data, left)
	in.i += int64(n)
	return n, nil
}

// ReadAt implements io.ReaderAt.
func (in *Reader) ReadAt(data []byte, place int64) (n int, err error) {
	switch {
	case place < 0:
		return 0, errors.New(whose + "ReadAt: negative offset")
	case place >= int64(len(in.s)):
		return 0, io.EOF
	}
	if n = copy(data, in.s[place:]); n < len(data) {
		err = io.EOF
	}
	return n, err
}

// ReadByte implements io.ByteReader.
func (in *Reader) ReadByte() (byte, error) {
	in.prevRune = -1
	left := in.rest()
	if len(left) == 0 {
		return 0, io.EOF
	}
	in.i++
	return left[0], nil
}

// UnreadByte goes a byte back.
func (in *Reader) UnreadByte() error {
	if in.i <= 0 {
		return errors.New(whose + "UnreadByte: at beginning of slice")
	}
	in.prevRune = -1
	in.i--
	return nil
}

// ReadRune implements io.RuneReader.
func (in *Reader) ReadRune() (ch rune, size int, err error) {
	left := in.rest()
	if len(left) == 0 {
		in.prevRune = -1
		return 0, 0, io.EOF
	}
	in.prevRune = int(in.i)
	ch, size = utf8.DecodeRune(left)
	in.i += int64(size)
	return ch, size, nil
}

// UnreadRune goes back before the character that ReadRune has just read.
func (in *Reader) UnreadRune() error {
	if in.i <= 0 {
		return errors.New(whose + "UnreadRune: at beginning of slice")
	}
	if in.prevRune < 0 {
		return errors.New(whose + "UnreadRune: previous operation was not ReadRune")
	}
	in.i, in.prevRune = int64(in.prevRune), -1
	return nil
}

// Seek implements io.Seeker.
func (in *Reader) Seek(offset int64, whence int) (int64, error) {
	in.prevRune = -1
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += in.i
	case io.SeekEnd:
		offset += int64(len(in.s))
	default:
		return 0, errors.New(whose + "Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New(whose + "Seek: negative position")
	}
	in.i = offset
	return offset, nil
}

// WriteTo implements io.WriterTo.
func (in *Reader) WriteTo(out io.Writer) (n int64, err error) {
	in.prevRune = -1
	left := in.rest()
	if len(left) == 0 {
		return 0, nil
	}
	m, err := out.Write(left)
	if m > len(left) {
		panic(whose + "WriteTo: invalid Write count")
	}
	in.i += int64(m)
	if m < len(left) && err == nil {
		err = io.ErrShortWrite
	}
	return int64(m), err
}

// Reset makes in read from data.
func (in *Reader) Reset(data []byte) { *in = Reader{data, 0, -1} }
