package flate

import (
	"errors"
	"fmt"
	"io"
)

// Writer writes what is compressed to another writer.
type Writer struct {
	level int
	out   *blocks
	find  *finder // levels 2 to 9
	fast  *fast   // level 1
	block []byte  // of the other levels
	err   error
	toks  []token
	dict  []byte
}

// aside stands for the writer of a Writer with a dictionary.
type aside struct{ io.Writer }

var errClosed = errors.New("flate: closed writer")

// NewWriter returns a Writer.
func NewWriter(w io.Writer, level int) (*Writer, error) {
	if level < HuffmanOnly || level > BestCompression {
		return nil, fmt.Errorf("flate: invalid compression level %d: want value in range [-2, 9]", level)
	}
	if level == DefaultCompression {
		level = 6
	}
	z := &Writer{level: level, out: newBlocks(w)}
	if level < 2 {
		z.block = make([]byte, 0, mostStored)
		if level == BestSpeed {
			z.fast = newFast()
		}
		return z, nil
	}
	z.find = &finder{effort: efforts[level], window: make([]byte, 2*windowSize), tokens: make([]token, 0, mostTokens+1)}
	z.find.reset()
	return z, nil
}

// NewWriterDict returns a Writer for readers that know dict.
func NewWriterDict(w io.Writer, level int, dict []byte) (*Writer, error) {
	z, err := NewWriter(&aside{w}, level)
	if err != nil {
		return nil, err
	}
	z.dict = append(z.dict, dict...)
	z.preset()
	return z, nil
}

func (z *Writer) preset() {
	if z.find != nil {
		z.find.preset(z.dict)
	}
}

// Write compresses data; it is written some time until Close.
func (z *Writer) Write(data []byte) (n int, err error) {
	for left := data; len(left) > 0 && z.err == nil; {
		z.step(false)
		taken := 0
		if z.find != nil {
			taken = z.find.fill(left)
		} else {
			taken = min(len(left), cap(z.block)-len(z.block))
			z.block = append(z.block, left[:taken]...)
		}
		left = left[taken:]
	}
	if z.err != nil {
		return 0, z.err
	}
	return len(data), nil
}

// step writes a block if there is enough for one, or if all has to be written.
func (z *Writer) step(all bool) {
	if z.find != nil {
		z.find.look(all, z.out.block)
		z.err = z.out.err
		return
	}
	n := len(z.block)
	if n == 0 || n < cap(z.block) && !all {
		return
	}
	switch {
	case z.level == NoCompression:
		z.out.stored(z.block)
	case z.level == HuffmanOnly:
		z.out.plainBlock(z.block)
	default:
		z.stepFast(n)
	}
	z.err = z.out.err
	z.block = z.block[:0]
}

func (z *Writer) stepFast(n int) {
	if n < 128 {
		if n <= 16 {
			z.out.stored(z.block)
		} else {
			z.out.plainBlock(z.block)
		}
		z.fast.reset()
		return
	}
	z.toks = z.fast.tokens(z.toks[:0], z.block)
	if len(z.toks) > n-n>>4 {
		z.out.plainBlock(z.block)
	} else {
		z.out.ownBlock(z.toks, z.block)
	}
}

// Flush writes all there is, and an empty block for the reader to know.
func (z *Writer) Flush() error {
	if z.err != nil {
		return z.err
	}
	if z.step(true); z.err == nil {
		z.out.storedHeader(0, false)
		z.out.flush()
		z.err = z.out.err
	}
	return z.err
}

// Close writes all there is, and the end.
func (z *Writer) Close() error {
	if z.err == errClosed {
		return nil
	}
	if z.err != nil {
		return z.err
	}
	if z.step(true); z.err != nil {
		return z.err
	}
	if z.out.storedHeader(0, true); z.out.err != nil {
		return z.out.err
	}
	if z.out.flush(); z.out.err != nil {
		return z.out.err
	}
	z.err = errClosed
	return nil
}

// Reset makes the Writer as new, for another writer.
func (z *Writer) Reset(dst io.Writer) {
	w, withDict := z.out.out.(*aside)
	if withDict {
		w.Writer = dst
		dst = w
	}
	z.out.reset(dst)
	z.err, z.block = nil, z.block[:0]
	if z.find != nil {
		z.find.reset()
	}
	if z.fast != nil {
		z.fast.reset()
	}
	if withDict {
		z.preset()
	}
}
