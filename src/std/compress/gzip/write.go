package gzip

import (
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

// Levels of compression.
const (
	NoCompression, BestSpeed, BestCompression = flate.NoCompression, flate.BestSpeed, flate.BestCompression
	DefaultCompression, HuffmanOnly           = flate.DefaultCompression, flate.HuffmanOnly
)

// Writer writes what is compressed to another writer. Its Header is written with the first bytes.
type Writer struct {
	Header
	out    io.Writer
	level  int
	begun  bool
	closed bool
	buffer [10]byte
	text   *flate.Writer
	sum    uint32
	size   uint32
	err    error
}

// NewWriter returns a Writer with the default level.
func NewWriter(w io.Writer) *Writer {
	z := &Writer{level: DefaultCompression}
	z.Reset(w)
	return z
}

// NewWriterLevel returns a Writer.
func NewWriterLevel(w io.Writer, level int) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("gzip: invalid compression level: %d", level)
	}
	z := &Writer{level: level}
	z.Reset(w)
	return z, nil
}

// Reset makes the Writer as new, for another writer.
func (z *Writer) Reset(w io.Writer) {
	if z.text != nil {
		z.text.Reset(w)
	}
	*z = Writer{Header: Header{OS: 255}, out: w, level: z.level, text: z.text}
}

// put writes bytes, if all went well so far.
func (z *Writer) put(p []byte) {
	if z.err == nil {
		_, z.err = z.out.Write(p)
	}
}

// latin writes a string and a byte 0.
func (z *Writer) latin(s string) {
	if z.err != nil {
		return
	}
	text := make([]byte, 0, len(s))
	for _, c := range s {
		if c == 0 || c > 0xff {
			z.err = errors.New("gzip.Write: non-Latin-1 header string")
			return
		}
		text = append(text, byte(c))
	}
	z.put(text)
	z.put([]byte{0})
}

func (z *Writer) begin() {
	z.begun = true
	z.buffer = [10]byte{0x1f, 0x8b, 8, 9: z.OS}
	if z.Extra != nil {
		z.buffer[3] |= hasExtra
	}
	if z.Name != "" {
		z.buffer[3] |= hasName
	}
	if z.Comment != "" {
		z.buffer[3] |= hasComment
	}
	if changed := z.ModTime; changed.After(time.Unix(0, 0)) {
		binary.LittleEndian.PutUint32(z.buffer[4:], uint32(changed.Unix()))
	}
	switch z.level {
	case BestCompression:
		z.buffer[8] = 2
	case BestSpeed:
		z.buffer[8] = 4
	}
	z.put(z.buffer[:])
	if z.Extra != nil {
		z.extra()
	}
	if z.Name != "" {
		z.latin(z.Name)
	}
	if z.Comment != "" {
		z.latin(z.Comment)
	}
	if z.err == nil && z.text == nil {
		z.text, _ = flate.NewWriter(z.out, z.level)
	}
}

func (z *Writer) extra() {
	if z.err != nil {
		return
	}
	if len(z.Extra) > 0xffff {
		z.err = errors.New("gzip.Write: Extra data is too large")
		return
	}
	z.put(binary.LittleEndian.AppendUint16(nil, uint16(len(z.Extra))))
	z.put(z.Extra)
}

// Write compresses p; it is written some time until Close.
func (z *Writer) Write(p []byte) (n int, err error) {
	if z.err == nil && !z.begun {
		z.begin()
	}
	if z.err != nil {
		return 0, z.err
	}
	z.sum, z.size = crc32.Update(z.sum, crc32.IEEETable, p), z.size+uint32(len(p))
	n, z.err = z.text.Write(p)
	return n, z.err
}

// Flush writes all there is.
func (z *Writer) Flush() error {
	if z.err != nil || z.closed {
		return z.err
	}
	if !z.begun {
		z.Write(nil)
	}
	if z.err == nil {
		z.err = z.text.Flush()
	}
	return z.err
}

// Close writes all there is, and the end. The other writer stays open.
func (z *Writer) Close() error {
	if z.err != nil || z.closed {
		return z.err
	}
	z.closed = true
	if !z.begun {
		z.Write(nil)
	}
	if z.err == nil {
		z.err = z.text.Close()
	}
	binary.LittleEndian.PutUint32(z.buffer[:], z.sum)
	binary.LittleEndian.PutUint32(z.buffer[4:], z.size)
	z.put(z.buffer[:8])
	return z.err
}
