// Package io has the interfaces of reading and writing, and what can be built of them alone.
//
// io.go: interfaces and copying; multi.go: several readers or writers as one; section.go: parts; pipe.go: a writer that is read.
// Go: src/io.
package io

import "errors"

// Where Seek counts from.
const (
	SeekStart   = 0
	SeekCurrent = 1
	SeekEnd     = 2
)

// Errors of reading and writing.
var (
	EOF              = errors.New("EOF")
	ErrUnexpectedEOF = errors.New("unexpected EOF")
	ErrShortWrite    = errors.New("short write")
	ErrShortBuffer   = errors.New("short buffer")
	ErrNoProgress    = errors.New("multiple Read calls return no data or error")

	errInvalidWrite = errors.New("invalid write result")
)

type Reader interface {
	Read(into []byte) (int, error)
}

type Writer interface {
	Write(data []byte) (int, error)
}

type Closer interface{ Close() error }

type Seeker interface {
	Seek(by int64, from int) (int64, error)
}

type ReadWriter interface {
	Reader
	Writer
}

type ReadCloser interface {
	Reader
	Closer
}

type WriteCloser interface {
	Writer
	Closer
}

type ReadWriteCloser interface {
	Reader
	Writer
	Closer
}

type ReadSeeker interface {
	Reader
	Seeker
}

type ReadSeekCloser interface {
	Reader
	Seeker
	Closer
}

type WriteSeeker interface {
	Writer
	Seeker
}

type ReadWriteSeeker interface {
	Reader
	Writer
	Seeker
}

type ReaderFrom interface {
	ReadFrom(in Reader) (int64, error)
}

type WriterTo interface {
	WriteTo(out Writer) (int64, error)
}

type ReaderAt interface {
	ReadAt(into []byte, at int64) (int, error)
}

type WriterAt interface {
	WriteAt(data []byte, at int64) (int, error)
}

type ByteReader interface{ ReadByte() (byte, error) }

type ByteScanner interface {
	ByteReader
	UnreadByte() error
}

type ByteWriter interface{ WriteByte(c byte) error }

type RuneReader interface {
	ReadRune() (char rune, width int, err error)
}

type RuneScanner interface {
	RuneReader
	UnreadRune() error
}

type StringWriter interface {
	WriteString(text string) (int, error)
}

// WriteString writes text, by out's own WriteString if it has one.
func WriteString(out Writer, text string) (n int, err error) {
	if sw, ok := out.(StringWriter); ok {
		return sw.WriteString(text)
	}
	return out.Write([]byte(text))
}

// ReadAtLeast reads at least least bytes into room.
func ReadAtLeast(in Reader, room []byte, least int) (n int, err error) {
	if len(room) < least {
		return 0, ErrShortBuffer
	}
	for n < least && err == nil {
		var m int
		m, err = in.Read(room[n:])
		n += m
	}
	switch {
	case n >= least:
		return n, nil
	case n > 0 && err == EOF:
		return n, ErrUnexpectedEOF
	}
	return n, err
}

// ReadFull fills room.
func ReadFull(in Reader, room []byte) (n int, err error) { return ReadAtLeast(in, room, len(room)) }

// ReadAll reads to the end.
func ReadAll(in Reader) ([]byte, error) {
	all := make([]byte, 0, 512)
	for {
		if len(all) == cap(all) {
			all = append(all, 0)[:len(all)]
		}
		n, err := in.Read(all[len(all):cap(all)])
		all = all[:len(all)+n]
		switch err {
		case nil:
		case EOF:
			return all, nil
		default:
			return all, err
		}
	}
}

// Copy copies from src to dst until src ends.
func Copy(dst Writer, src Reader) (written int64, err error) { return transfer(dst, src, nil) }

// CopyBuffer is Copy through a buffer of the caller's.
func CopyBuffer(dst Writer, src Reader, room []byte) (written int64, err error) {
	if room != nil && len(room) == 0 {
		panic("empty buffer in CopyBuffer")
	}
	return transfer(dst, src, room)
}

// CopyN copies n bytes.
func CopyN(dst Writer, src Reader, n int64) (int64, error) {
	done, err := Copy(dst, &LimitedReader{R: src, N: n})
	switch {
	case done == n:
		return n, nil
	case err == nil && done < n:
		return done, EOF
	}
	return done, err
}

func transfer(dst Writer, src Reader, room []byte) (written int64, err error) {
	if from, ok := src.(WriterTo); ok {
		return from.WriteTo(dst)
	}
	if to, ok := dst.(ReaderFrom); ok {
		return to.ReadFrom(src)
	}
	if room == nil {
		size := 32 * 1024
		if l, ok := src.(*LimitedReader); ok && l.N < int64(size) {
			size = max(1, int(l.N))
		}
		room = make([]byte, size)
	}
	for {
		n, readErr := src.Read(room)
		if n > 0 {
			m, writeErr := dst.Write(room[:n])
			if m < 0 || m > n {
				m = 0
				if writeErr == nil {
					writeErr = errInvalidWrite
				}
			}
			written += int64(m)
			if writeErr != nil {
				return written, writeErr
			}
			if m != n {
				return written, ErrShortWrite
			}
		}
		if readErr == EOF {
			return written, nil
		}
		if readErr != nil {
			return written, readErr
		}
	}
}

// NopCloser gives in a Close that does nothing.
func NopCloser(in Reader) ReadCloser {
	if _, ok := in.(WriterTo); ok {
		return nopCloserWriterTo{in}
	}
	return nopCloser{in}
}

type nopCloser struct{ Reader }

func (nopCloser) Close() error { return nil }

type nopCloserWriterTo struct{ Reader }

func (nopCloserWriterTo) Close() error { return nil }

func (keep nopCloserWriterTo) WriteTo(out Writer) (n int64, err error) {
	return keep.Reader.(WriterTo).WriteTo(out)
}

// Discard takes everything and keeps nothing.
var Discard Writer = discard{}

type discard struct{}

func (discard) Write(data []byte) (int, error)       { return len(data), nil }
func (discard) WriteString(text string) (int, error) { return len(text), nil }

func (discard) ReadFrom(in Reader) (n int64, err error) {
	buf := make([]byte, 8192)
	for {
		m, err := in.Read(buf)
		n += int64(m)
		if err == EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}
