package image

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"sync"
)

// ErrFormat is the error of text in no known format.
var ErrFormat = errors.New("image: unknown format")

// format is a way of writing pictures.
type format struct {
	name, magic string
	decode      func(io.Reader) (Image, error)
	config      func(io.Reader) (Config, error)
}

var formats struct {
	sync.Mutex
	list []format
}

// RegisterFormat makes a format known to Decode: by its first bytes, of which ? is any.
func RegisterFormat(name, magic string, decode func(io.Reader) (Image, error), decodeConfig func(io.Reader) (Config, error)) {
	formats.Lock()
	defer formats.Unlock()
	formats.list = append(formats.list, format{name, magic, decode, decodeConfig})
}

// peeker is a reader that can be looked into.
type peeker interface {
	io.Reader
	Peek(int) ([]byte, error)
}

// find finds the format of what r has.
func find(r io.Reader) (peeker, format) {
	in, ok := r.(peeker)
	if !ok {
		in = bufio.NewReader(r)
	}
	formats.Lock()
	list := slices.Clone(formats.list)
	formats.Unlock()
	for _, f := range list {
		head, err := in.Peek(len(f.magic))
		if err != nil || len(head) != len(f.magic) {
			continue
		}
		same := true
		for i, c := range head {
			same = same && (f.magic[i] == c || f.magic[i] == '?')
		}
		if same {
			return in, f
		}
	}
	return in, format{}
}

// Decode reads a picture in a known format, and tells which.
func Decode(r io.Reader) (Image, string, error) {
	in, f := find(r)
	if f.decode == nil {
		return nil, "", ErrFormat
	}
	m, err := f.decode(in)
	return m, f.name, err
}

// DecodeConfig is Decode for what is known before the pixels.
func DecodeConfig(r io.Reader) (Config, string, error) {
	in, f := find(r)
	if f.config == nil {
		return Config{}, "", ErrFormat
	}
	c, err := f.config(in)
	return c, f.name, err
}
