// Package lzw: compression by codes for strings that were seen, as in GIF, TIFF and PDF.
package lzw

import (
	"bufio"
	"errors"
	"io"
)

// Order is which end of a byte comes first.
type Order int

const (
	LSB Order = iota
	MSB
)

const (
	widest = 12
	unset  = 1<<16 - 1
)

// Reader reads what a Writer wrote.
type Reader struct {
	from    io.ByteReader
	order   Order
	litBits uint
	width   uint
	bits    uint32
	count   uint
	failed  error
	clear   uint16
	newest  uint16
	last    uint16
	suffix  [1 << widest]byte
	prefix  [1 << widest]uint16
	ready   []byte
	text    []byte // room for one string
}

// NewReader returns a Reader of what r has; litWidth is how many bits a byte has.
func NewReader(r io.Reader, order Order, litWidth int) io.ReadCloser {
	in := new(Reader)
	in.Reset(r, order, litWidth)
	return in
}

// Reset makes r as new.
func (r *Reader) Reset(src io.Reader, order Order, litWidth int) {
	*r = Reader{order: order}
	if r.failed = checked(order, litWidth); r.failed != nil {
		return
	}
	from, ok := src.(io.ByteReader)
	if !ok && src != nil {
		from = bufio.NewReader(src)
	}
	r.from = from
	r.litBits = uint(litWidth)
	r.clear = 1 << r.litBits
	r.fresh()
}

func (r *Reader) fresh() {
	r.width = r.litBits + 1
	r.newest = r.clear + 1
	r.last = unset
}

// next reads a code.
func (r *Reader) next() (uint16, error) {
	for r.count < r.width {
		b, err := r.from.ReadByte()
		if err != nil {
			return 0, err
		}
		if r.order == LSB {
			r.bits |= uint32(b) << r.count
		} else {
			r.bits |= uint32(b) << (24 - r.count)
		}
		r.count += 8
	}
	r.count -= r.width
	if r.order == LSB {
		code := uint16(r.bits & (1<<r.width - 1))
		r.bits >>= r.width
		return code, nil
	}
	code := uint16(r.bits >> (32 - r.width))
	r.bits <<= r.width
	return code, nil
}

func (r *Reader) Read(b []byte) (int, error) {
	for len(r.ready) == 0 {
		if r.failed != nil {
			return 0, r.failed
		}
		r.more()
	}
	n := copy(b, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

// more decodes until some text is ready.
func (r *Reader) more() {
	r.ready = make([]byte, 0, 2<<widest)
	for len(r.ready) < 1<<widest && r.failed == nil {
		code, err := r.next()
		switch {
		case err == io.EOF:
			r.failed = io.ErrUnexpectedEOF
		case err != nil:
			r.failed = err
		case code == r.clear:
			r.fresh()
		case code == r.clear+1:
			r.failed = io.EOF
		case code > r.newest:
			r.failed = errors.New("lzw: invalid code")
		default:
			r.add(code)
		}
	}
}

// add appends what a code stands for, and gives the string before with its first byte a code.
func (r *Reader) add(code uint16) {
	at := code
	doubled := code == r.newest && r.last != unset
	if doubled {
		at = r.last
	}
	r.text = r.text[:0]
	for at >= r.clear {
		r.text = append(r.text, r.suffix[at])
		at = r.prefix[at]
	}
	first := byte(at)
	r.ready = append(r.ready, first)
	for i := len(r.text) - 1; i >= 0; i-- {
		r.ready = append(r.ready, r.text[i])
	}
	if doubled {
		r.ready = append(r.ready, first)
	}
	if r.last != unset {
		r.suffix[r.newest], r.prefix[r.newest] = first, r.last
	}
	r.last = code
	r.newest++
	if r.newest < 1<<r.width {
		return
	}
	if r.width == widest {
		// There is no room until the next clear code.
		r.last = unset
		r.newest--
		return
	}
	r.width++
}

// Close makes further reading fail; what it was given is not closed.
func (r *Reader) Close() error {
	r.failed = errClosed
	return nil
}
