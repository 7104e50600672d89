// Package zlib is the zlib format (RFC 1950): DEFLATE with a header and a checksum. Go: src/compress/zlib.
package zlib

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/adler32"
	"io"
)

// Levels of compression.
const (
	NoCompression, BestSpeed, BestCompression = flate.NoCompression, flate.BestSpeed, flate.BestCompression
	DefaultCompression, HuffmanOnly           = flate.DefaultCompression, flate.HuffmanOnly
)

// What can be wrong.
var (
	ErrHeader     = invalid("header")
	ErrDictionary = invalid("dictionary")
	ErrChecksum   = invalid("checksum")
)

func invalid(what string) error { return errors.New("zlib: invalid " + what) }

// Resetter is what readers can do besides: begin anew.
type Resetter interface {
	Reset(from io.Reader, known []byte) error
}

type reader struct {
	in     flate.Reader
	text   io.ReadCloser
	sum    hash.Hash32
	err    error
	buffer [4]byte
}

// NewReader returns a reader of what r has, decompressed.
func NewReader(r io.Reader) (io.ReadCloser, error) { return NewReaderDict(r, nil) }

// NewReaderDict is NewReader for what a writer that knows dict has written.
func NewReaderDict(r io.Reader, dict []byte) (io.ReadCloser, error) {
	z := new(reader)
	if err := z.Reset(r, dict); err != nil {
		return nil, err
	}
	return z, nil
}

func (z *reader) take(n int) ([]byte, error) {
	bytes := z.buffer[:n]
	if _, err := io.ReadFull(z.in, bytes); err != io.EOF {
		return bytes, err
	}
	return bytes, io.ErrUnexpectedEOF
}

func (z *reader) Reset(r io.Reader, dict []byte) error {
	*z = reader{text: z.text}
	in, ok := r.(flate.Reader)
	if !ok {
		in = bufio.NewReader(r)
	}
	z.in = in
	z.err = z.header(dict)
	return z.err
}

func (z *reader) header(dict []byte) error {
	head, err := z.take(2)
	if err != nil {
		return err
	}
	if head[0]&15 != 8 || head[0]>>4 > 7 || binary.BigEndian.Uint16(head)%31 != 0 {
		return ErrHeader
	}
	if head[1]&0x20 == 0 {
		if z.text == nil {
			dict = nil
		}
	} else {
		sum, err := z.take(4)
		if err != nil {
			return err
		}
		if binary.BigEndian.Uint32(sum) != adler32.Checksum(dict) {
			return ErrDictionary
		}
	}
	if z.text == nil {
		z.text = flate.NewReaderDict(z.in, dict)
	} else {
		z.text.(flate.Resetter).Reset(z.in, dict)
	}
	z.sum = adler32.New()
	return nil
}

func (z *reader) Read(p []byte) (n int, err error) {
	if z.err != nil {
		return 0, z.err
	}
	n, z.err = z.text.Read(p)
	z.sum.Write(p[:n])
	if z.err != io.EOF {
		return n, z.err
	}
	sum, err := z.take(4)
	switch {
	case err != nil:
		z.err = err
	case binary.BigEndian.Uint32(sum) != z.sum.Sum32():
		z.err = ErrChecksum
	}
	return n, z.err
}

func (z *reader) Close() error {
	if z.err == nil || z.err == io.EOF {
		z.err = z.text.Close()
	}
	return z.err
}

// Writer writes what is compressed to another writer.
type Writer struct {
	out    io.Writer
	level  int
	dict   []byte
	text   *flate.Writer
	sum    hash.Hash32
	err    error
	buffer [4]byte
	begun  bool
}

// NewWriter returns a Writer with the default level.
func NewWriter(w io.Writer) *Writer {
	return &Writer{out: w, level: DefaultCompression}
}

// NewWriterLevel returns a Writer.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	return NewWriterLevelDict(w, level, nil)
}

// NewWriterLevelDict returns a Writer for readers that know dict.
func NewWriterLevelDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("zlib: invalid compression level: %d", level)
	}
	return &Writer{out: w, level: level, dict: dict}, nil
}

// Reset makes the Writer as new, for another writer.
func (z *Writer) Reset(w io.Writer) {
	if z.text != nil {
		z.text.Reset(w)
	}
	if z.sum != nil {
		z.sum.Reset()
	}
	z.out, z.err, z.begun = w, nil, false
}

// begin writes the header, if it isn't written, and tells whether all went well so far.
func (z *Writer) begin() bool {
	if z.begun {
		return z.err == nil
	}
	z.begun = true
	strength := byte(0) // of the level, for readers to know
	switch z.level {
	case 2, 3, 4, 5:
		strength = 1
	case 6, DefaultCompression:
		strength = 2
	case 7, 8, 9:
		strength = 3
	}
	head := []byte{0x78, strength << 6}
	if z.dict != nil {
		head[1] |= 0x20
	}
	head[1] += 31 - byte(binary.BigEndian.Uint16(head)%31)
	if _, z.err = z.out.Write(head); z.err != nil {
		return false
	}
	if z.dict != nil {
		if z.number(adler32.Checksum(z.dict)); z.err != nil {
			return false
		}
	}
	if z.text == nil {
		z.text, z.err = flate.NewWriterDict(z.out, z.level, z.dict)
		z.sum = adler32.New()
	}
	return z.err == nil
}

func (z *Writer) number(n uint32) {
	binary.BigEndian.PutUint32(z.buffer[:], n)
	_, z.err = z.out.Write(z.buffer[:])
}

// Write compresses p; it is written some time until Close.
func (z *Writer) Write(p []byte) (n int, err error) {
	if !z.begin() {
		return 0, z.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if n, z.err = z.text.Write(p); z.err == nil {
		z.sum.Write(p)
	}
	return n, z.err
}

// Flush writes all there is.
func (z *Writer) Flush() error {
	if z.begin() {
		z.err = z.text.Flush()
	}
	return z.err
}

// Close writes all there is, and the end. The other writer stays open.
func (z *Writer) Close() error {
	if !z.begin() {
		return z.err
	}
	if z.err = z.text.Close(); z.err == nil {
		z.number(z.sum.Sum32())
	}
	return z.err
}
