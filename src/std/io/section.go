package io

import "errors"

var (
	errWhence = errors.New("Seek: invalid whence")
	errOffset = errors.New("Seek: invalid offset")
)

// LimitReader reads at most n bytes.
func LimitReader(in Reader, n int64) Reader { return &LimitedReader{in, n} }

// LimitedReader reads N more bytes of R.
type LimitedReader struct {
	R Reader
	N int64
}

func (lim *LimitedReader) Read(data []byte) (n int, err error) {
	if lim.N <= 0 {
		return 0, EOF
	}
	if int64(len(data)) > lim.N {
		data = data[:lim.N]
	}
	n, err = lim.R.Read(data)
	lim.N -= int64(n)
	return n, err
}

// SectionReader reads a part of a ReaderAt.
type SectionReader struct {
	r                   ReaderAt
	base, off, limit, n int64
}

// NewSectionReader reads n bytes of r from place on.
func NewSectionReader(r ReaderAt, place int64, n int64) *SectionReader {
	limit := int64(1<<63 - 1)
	if place <= limit-n {
		limit = place + n
	}
	return &SectionReader{r, place, place, limit, n}
}

func (part *SectionReader) Read(data []byte) (n int, err error) {
	left := part.limit - part.off
	if left <= 0 {
		return 0, EOF
	}
	if int64(len(data)) > left {
		data = data[:left]
	}
	n, err = part.r.ReadAt(data, part.off)
	part.off += int64(n)
	return n, err
}

func (part *SectionReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case SeekStart:
		offset += part.base
	case SeekCurrent:
		offset += part.off
	case SeekEnd:
		offset += part.limit
	default:
		return 0, errWhence
	}
	if offset < part.base {
		return 0, errOffset
	}
	part.off = offset
	return offset - part.base, nil
}

func (part *SectionReader) ReadAt(data []byte, place int64) (n int, err error) {
	if place < 0 || place >= part.Size() {
		return 0, EOF
	}
	place += part.base
	left := part.limit - place
	if int64(len(data)) <= left {
		return part.r.ReadAt(data, place)
	}
	n, err = part.r.ReadAt(data[:left], place)
	if err == nil {
		err = EOF
	}
	return n, err
}

// Size is the length of the part.
func (part *SectionReader) Size() int64 { return part.limit - part.base }

// Outer returns what NewSectionReader was given.
func (part *SectionReader) Outer() (r ReaderAt, off int64, n int64) { return part.r, part.base, part.n }

// OffsetWriter writes to a WriterAt from a place on.
type OffsetWriter struct {
	w         WriterAt
	base, off int64
}

// NewOffsetWriter writes to w from place on.
func NewOffsetWriter(w WriterAt, place int64) *OffsetWriter { return &OffsetWriter{w, place, place} }

func (part *OffsetWriter) Write(data []byte) (n int, err error) {
	n, err = part.w.WriteAt(data, part.off)
	part.off += int64(n)
	return n, err
}

func (part *OffsetWriter) WriteAt(data []byte, place int64) (n int, err error) {
	if place < 0 {
		return 0, errOffset
	}
	return part.w.WriteAt(data, part.base+place)
}

func (part *OffsetWriter) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case SeekStart:
		offset += part.base
	case SeekCurrent:
		offset += part.off
	default:
		return 0, errWhence
	}
	if offset < part.base {
		return 0, errOffset
	}
	part.off = offset
	return offset - part.base, nil
}
