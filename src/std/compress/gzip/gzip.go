// Package gzip is the gzip format (RFC 1952): DEFLATE with a header and a checksum. gzip.go: reading; write.go: writing. Go: src/compress/gzip.
package gzip

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"time"
)

// What can be wrong.
var (
	ErrChecksum = errors.New("gzip: invalid checksum")
	ErrHeader   = errors.New("gzip: invalid header")
)

// What a header has besides.
const (
	hasSum = 1 << (iota + 1)
	hasExtra
	hasName
	hasComment
)

// Header is what is said of the text.
type Header struct {
	Comment string
	Extra   []byte
	ModTime time.Time
	Name    string
	OS      byte
}

// Reader is a reader of what was compressed.
type Reader struct {
	Header
	in      flate.Reader
	text    io.ReadCloser
	sum     uint32
	size    uint32
	buffer  [512]byte
	err     error
	several bool // texts, one behind the other
}

// NewReader returns a Reader of what r has.
func NewReader(r io.Reader) (*Reader, error) {
	z := new(Reader)
	if err := z.Reset(r); err != nil {
		return nil, err
	}
	return z, nil
}

// Reset makes the Reader as new, for another reader.
func (z *Reader) Reset(r io.Reader) error {
	*z = Reader{text: z.text, several: true}
	in, ok := r.(flate.Reader)
	if !ok {
		in = bufio.NewReader(r)
	}
	z.in = in
	z.Header, z.err = z.header()
	return z.err
}

// Multistream says whether a text that follows belongs to this one.
func (z *Reader) Multistream(ok bool) { z.several = ok }

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// take reads into p and counts it for the header's sum.
func (z *Reader) take(p []byte) error {
	_, err := io.ReadFull(z.in, p)
	z.sum = crc32.Update(z.sum, crc32.IEEETable, p)
	return unexpected(err)
}

// latin reads a string up to a byte 0.
func (z *Reader) latin() (string, error) {
	var text []rune
	for i := range z.buffer {
		c, err := z.in.ReadByte()
		if err != nil {
			return "", unexpected(err)
		}
		if z.buffer[i] = c; c == 0 {
			z.sum = crc32.Update(z.sum, crc32.IEEETable, z.buffer[:i+1])
			return string(text), nil
		}
		text = append(text, rune(c))
	}
	return "", ErrHeader
}

func (z *Reader) header() (h Header, err error) {
	head := z.buffer[:10]
	if _, err = io.ReadFull(z.in, head); err != nil {
		return h, err
	}
	if head[0] != 0x1f || head[1] != 0x8b || head[2] != 8 {
		return h, ErrHeader
	}
	has := head[3]
	if t := binary.LittleEndian.Uint32(head[4:]); t > 0 {
		h.ModTime = time.Unix(int64(t), 0)
	}
	h.OS = head[9]
	z.sum = crc32.ChecksumIEEE(head)
	if has&hasExtra != 0 {
		if err = z.take(z.buffer[:2]); err != nil {
			return h, err
		}
		extra := make([]byte, binary.LittleEndian.Uint16(z.buffer[:]))
		if err = z.take(extra); err != nil {
			return h, err
		}
		h.Extra = extra
	}
	if has&hasName != 0 {
		if h.Name, err = z.latin(); err != nil {
			return h, err
		}
	}
	if has&hasComment != 0 {
		if h.Comment, err = z.latin(); err != nil {
			return h, err
		}
	}
	if has&hasSum != 0 {
		if _, err = io.ReadFull(z.in, z.buffer[:2]); err != nil {
			return h, unexpected(err)
		}
		if binary.LittleEndian.Uint16(z.buffer[:]) != uint16(z.sum) {
			return h, ErrHeader
		}
	}
	z.sum = 0
	if z.text == nil {
		z.text = flate.NewReader(z.in)
	} else {
		z.text.(flate.Resetter).Reset(z.in, nil)
	}
	return h, nil
}

// Read reads of the text.
func (z *Reader) Read(p []byte) (n int, err error) {
	for n == 0 && z.err == nil {
		n, z.err = z.text.Read(p)
		z.sum = crc32.Update(z.sum, crc32.IEEETable, p[:n])
		z.size += uint32(n)
		if z.err == io.EOF {
			z.err = z.end()
		} else {
			break
		}
	}
	return n, z.err
}

// end reads what stands behind a text, and the next header.
func (z *Reader) end() error {
	if _, err := io.ReadFull(z.in, z.buffer[:8]); err != nil {
		return unexpected(err)
	}
	if binary.LittleEndian.Uint32(z.buffer[:]) != z.sum || binary.LittleEndian.Uint32(z.buffer[4:]) != z.size {
		return ErrChecksum
	}
	z.sum, z.size = 0, 0
	if !z.several {
		return io.EOF
	}
	_, err := z.header()
	return err
}

// Close ends reading. The other reader stays open.
func (z *Reader) Close() error { return z.text.Close() }
