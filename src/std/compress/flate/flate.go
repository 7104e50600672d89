// Package flate is the DEFLATE format (RFC 1951): repeated text is named by distance and length, and all of it is written in codes of few bits.
//
// flate.go: what writing and reading share; write.go: Writer; match.go, fast.go: finding repeated text; block.go: blocks of codes; code.go: codes;
// read.go: reading. What is written is byte for byte what Go's writes. Go: src/compress/flate.
package flate

import (
	"io"
	"math/bits"
	"strconv"
)

// Levels of compression.
const (
	NoCompression      = 0
	BestSpeed          = 1
	BestCompression    = 9
	DefaultCompression = -1
	HuffmanOnly        = -2 // no repeated text is looked for
)

const (
	windowSize = 1 << 15 // how far back repeated text may lie
	longest    = 258     // repeated text
	mostStored = 65535   // bytes in a stored block
	blockEnd   = 256     // the symbol
	literals   = 286     // symbols for bytes, the end and lengths
	distances  = 30
)

// symbols of a kind: the first value of each, and how many bits follow that say which.
type ranges struct {
	base  []uint16
	extra []uint8
}

// lengths are those of repeated text, distances where it lies. Each four (two) symbols in a row have as many bits, then there is one more.
var (
	lengths = made(29, 4)
	backs   = made(distances, 2)
)

func made(n, step int) ranges {
	r := ranges{make([]uint16, n), make([]uint8, n)}
	next := 0
	for i := range n {
		if i >= 2*step {
			r.extra[i] = uint8(i/step - 1)
		}
		r.base[i] = uint16(next)
		next += 1 << r.extra[i]
	}
	if step == 4 { // the longest has a symbol of its own
		r.base[n-1], r.extra[n-1] = longest-3, 0
	}
	return r
}

// symbol returns the symbol of a value.
func (r ranges) symbol(value uint32) int {
	low, high := 0, len(r.base)
	for high-low > 1 {
		if mid := (low + high) / 2; uint32(r.base[mid]) <= value {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// orderOfLengths is how the lengths of the codes for lengths of codes are written.
var orderOfLengths = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

func reversed(code uint16, size int) uint16 { return bits.Reverse16(code << (16 - size)) }

// fixedLengths are the lengths of codes that need not be written.
func fixedLengths() []uint8 {
	sizes := make([]uint8, 288)
	for i := range sizes {
		switch {
		case i < 144:
			sizes[i] = 8
		case i < 256:
			sizes[i] = 9
		case i < 280:
			sizes[i] = 7
		default:
			sizes[i] = 8
		}
	}
	return sizes
}

// CorruptInputError is where what is read can't be right.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return at("corrupt input before", int64(e))
}

// at says what was wrong and where.
func at(what string, offset int64) string {
	return "flate: " + what + " offset " + strconv.FormatInt(offset, 10)
}

// InternalError is a mistake of this package.
type InternalError string

func (e InternalError) Error() string { return "flate: internal error: " + string(e) }

// ReadError is no longer returned.
type ReadError struct {
	Offset int64
	Err    error
}

func (e *ReadError) Error() string {
	return at("read error at", e.Offset) + ": " + e.Err.Error()
}

// WriteError is no longer returned.
type WriteError struct {
	Offset int64
	Err    error
}

func (e *WriteError) Error() string {
	return at("write error at", e.Offset) + ": " + e.Err.Error()
}

// Resetter is what readers can do besides: begin anew.
type Resetter interface {
	Reset(from io.Reader, known []byte) error
}

// Reader is what is read from as it is; from all else more may be read than belongs to the text.
type Reader interface {
	io.Reader
	io.ByteReader
}
