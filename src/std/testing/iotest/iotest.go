// Package iotest: readers and writers that are difficult.
package iotest

import (
	"errors"
	"io"
	"log"
)

// reading is a Reader that is a function.
type reading func(p []byte) (int, error)

func (r reading) Read(p []byte) (int, error) { return r(p) }

type writing func(p []byte) (int, error)

func (w writing) Write(p []byte) (int, error) { return w(p) }

// OneByteReader reads one byte at a time.
func OneByteReader(r io.Reader) io.Reader {
	return reading(func(p []byte) (int, error) {
		if len(p) == 0 {
			return 0, nil
		}
		return r.Read(p[:1])
	})
}

// HalfReader reads half of what it is asked for.
func HalfReader(r io.Reader) io.Reader {
	return reading(func(p []byte) (int, error) { return r.Read(p[:(len(p)+1)/2]) })
}

// DataErrReader gives the error with the last data.
func DataErrReader(r io.Reader) io.Reader {
	room := make([]byte, 1024)
	var ahead []byte
	return reading(func(p []byte) (n int, err error) {
		for {
			if len(ahead) == 0 {
				var got int
				got, err = r.Read(room)
				ahead = room[:got]
			}
			if n > 0 || err != nil {
				return n, err
			}
			n = copy(p, ahead)
			ahead = ahead[n:]
		}
	})
}

// ErrTimeout is what TimeoutReader answers.
var ErrTimeout = errors.New("timeout")

// TimeoutReader fails at the second read that would have data.
func TimeoutReader(r io.Reader) io.Reader {
	reads := 0
	return reading(func(p []byte) (int, error) {
		if reads++; reads == 2 {
			return 0, ErrTimeout
		}
		return r.Read(p)
	})
}

// ErrReader always fails with err.
func ErrReader(err error) io.Reader {
	return reading(func([]byte) (int, error) { return 0, err })
}

// TruncateWriter drops silently what comes after n bytes.
func TruncateWriter(w io.Writer, n int64) io.Writer {
	return writing(func(p []byte) (int, error) {
		kept := int(min(int64(len(p)), max(n, 0)))
		if kept == 0 && n <= 0 {
			return len(p), nil
		}
		done, err := w.Write(p[:kept])
		n -= int64(done)
		if err == nil {
			done = len(p)
		}
		return done, err
	})
}

// NewWriteLogger logs each write.
func NewWriteLogger(prefix string, w io.Writer) io.Writer {
	return writing(func(p []byte) (int, error) { return logged(prefix, p, w.Write) })
}

// NewReadLogger logs each read.
func NewReadLogger(prefix string, r io.Reader) io.Reader {
	return reading(func(p []byte) (int, error) { return logged(prefix, p, r.Read) })
}

func logged(prefix string, p []byte, do func([]byte) (int, error)) (n int, err error) {
	if n, err = do(p); err != nil {
		log.Printf("%s %x: %v", prefix, p[:n], err)
	} else {
		log.Printf("%s %x", prefix, p[:n])
	}
	return n, err
}
