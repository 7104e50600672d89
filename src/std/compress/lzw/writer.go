package lzw

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

const (
	lastCode = 1<<12 - 1
	noCode   = 1<<32 - 1
)

// sink is where a Writer's bytes go.
type sink interface {
	io.ByteWriter
	Flush() error
}

// Writer compresses what is written to it.
type Writer struct {
	to      sink
	litBits uint
	order   Order
	width   uint // of codes now
	bits    uint32
	count   uint // of bits
	newest  uint32
	limit   uint32 // the first code that is too wide
	last    uint32 // not yet written
	failed  error
	codes   map[uint32]uint32 // code of a string and a byte more
}

var (
	errClosed = errors.New("lzw: reader/writer is closed")
	errFull   = errors.New("lzw: out of codes")
)

// NewWriter returns a Writer whose bytes go to w; litWidth is how many bits a byte has.
func NewWriter(w io.Writer, order Order, litWidth int) io.WriteCloser {
	out := new(Writer)
	out.Reset(w, order, litWidth)
	return out
}

// Reset makes w as new.
func (w *Writer) Reset(dst io.Writer, order Order, litWidth int) {
	*w = Writer{order: order, last: noCode}
	if w.failed = checked(order, litWidth); w.failed != nil {
		return
	}
	to, ok := dst.(sink)
	if !ok && dst != nil {
		to = bufio.NewWriter(dst)
	}
	w.to = to
	w.litBits = uint(litWidth)
	w.fresh()
}

func checked(order Order, litWidth int) error {
	if order != LSB && order != MSB {
		return errors.New("lzw: unknown order")
	}
	if litWidth < 2 || litWidth > 8 {
		return fmt.Errorf("lzw: litWidth %d out of range", litWidth)
	}
	return nil
}

// fresh forgets all strings.
func (w *Writer) fresh() {
	w.width = w.litBits + 1
	w.newest = w.clear() + 1
	w.limit = 1 << w.width
	w.codes = map[uint32]uint32{}
}

func (w *Writer) clear() uint32 { return 1 << w.litBits }

// put writes a code.
func (w *Writer) put(code uint32) error {
	if w.order == LSB {
		w.bits |= code << w.count
	} else {
		w.bits |= code << (32 - w.width - w.count)
	}
	for w.count += w.width; w.count >= 8; w.count -= 8 {
		if err := w.to.WriteByte(w.first()); err != nil {
			return err
		}
		if w.order == LSB {
			w.bits >>= 8
		} else {
			w.bits <<= 8
		}
	}
	return nil
}

// first is the byte that is complete next.
func (w *Writer) first() byte {
	if w.order == LSB {
		return byte(w.bits)
	}
	return byte(w.bits >> 24)
}

// take counts a new string; errFull says that all were forgotten.
func (w *Writer) take() error {
	w.newest++
	if w.newest == w.limit {
		w.width++
		w.limit <<= 1
	}
	if w.newest < lastCode {
		return nil
	}
	if err := w.put(w.clear()); err != nil {
		return err
	}
	w.fresh()
	return errFull
}

func (w *Writer) Write(p []byte) (n int, err error) {
	if w.failed != nil || len(p) == 0 {
		return 0, w.failed
	}
	for _, b := range p {
		if uint32(b) >= w.clear() {
			w.failed = errors.New("lzw: input byte too large for the litWidth")
			return 0, w.failed
		}
	}
	rest, code := p, w.last
	if code == noCode {
		if err := w.put(w.clear()); err != nil {
			return 0, err
		}
		code, rest = uint32(p[0]), p[1:]
	}
	for _, b := range rest {
		longer := code<<8 | uint32(b)
		if known, ok := w.codes[longer]; ok {
			code = known
			continue
		}
		if w.failed = w.put(code); w.failed != nil {
			return 0, w.failed
		}
		code = uint32(b)
		switch err := w.take(); err {
		case nil:
			w.codes[longer] = w.newest
		case errFull:
		default:
			w.failed = err
			return 0, err
		}
	}
	w.last = code
	return len(p), nil
}

// Close writes what is left; what it was given is not closed.
func (w *Writer) Close() error {
	if w.failed == errClosed {
		return nil
	}
	if w.failed != nil {
		return w.failed
	}
	w.failed = errClosed
	if w.last == noCode {
		if err := w.put(w.clear()); err != nil {
			return err
		}
	} else {
		if err := w.put(w.last); err != nil {
			return err
		}
		if err := w.take(); err != nil && err != errFull {
			return err
		}
	}
	if err := w.put(w.clear() + 1); err != nil {
		return err
	}
	if w.count > 0 {
		if err := w.to.WriteByte(w.first()); err != nil {
			return err
		}
	}
	return w.to.Flush()
}
