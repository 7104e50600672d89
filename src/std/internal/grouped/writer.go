// Package grouped writes text that is made of groups of bytes: what does not fill a group waits for the next bytes or the end.
//
// Of base32 and ascii85. Go: the encoders of each.
package grouped

import "io"

// Writer encodes what is written to it.
type Writer struct {
	to     io.Writer
	whole  int // bytes of a group
	most   int // bytes whose text has room
	encode func(text, data []byte) int
	failed error
	open   []byte
	text   [1024]byte
}

// New returns a Writer whose text goes to to; whole bytes become a group of so many letters, and encode tells how many it wrote.
func New(to io.Writer, whole, letters int, encode func(text, data []byte) int) *Writer {
	w := &Writer{to: to, whole: whole, encode: encode, open: make([]byte, 0, whole)}
	w.most = len(w.text) / letters * whole
	return w
}

func (w *Writer) put(data []byte) error {
	_, w.failed = w.to.Write(w.text[:w.encode(w.text[:], data)])
	return w.failed
}

func (w *Writer) Write(data []byte) (n int, err error) {
	if w.failed != nil {
		return 0, w.failed
	}
	if len(w.open) > 0 {
		n = min(w.whole-len(w.open), len(data))
		w.open = append(w.open, data[:n]...)
		if len(w.open) < w.whole {
			return n, nil
		}
		if err := w.put(w.open); err != nil {
			return n, err
		}
		w.open = w.open[:0]
	}
	for len(data)-n >= w.whole {
		size := min(w.most, (len(data)-n)/w.whole*w.whole)
		if err := w.put(data[n : n+size]); err != nil {
			return n, err
		}
		n += size
	}
	w.open = append(w.open, data[n:]...)
	return len(data), nil
}

// Close writes the last group, which may be short.
func (w *Writer) Close() error {
	if w.failed == nil && len(w.open) > 0 {
		w.put(w.open)
		w.open = w.open[:0]
	}
	return w.failed
}
