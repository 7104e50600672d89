// Package jpeg reads and writes photographs. Those of four colours end the program as unsupported when they are read.
package jpeg

import (
	"bufio"
	"errors"
	"image"
	"image/color"
	"io"
	"math/bits"
)

// DefaultQuality is that of Encode without options.
const DefaultQuality = 75

// Options of Encode: the quality, from 1 to 100.
type Options struct{ Quality int }

// Markers of the parts of a file.
const (
	startOfImage = 0xd8
	endOfImage   = 0xd9
	baseline     = 0xc0
	codeTables   = 0xc4
	divisorTable = 0xdb
	startOfScan  = 0xda
)

type sink interface {
	io.Writer
	io.ByteWriter
	Flush() error
}

// encoder writes a file; the first error is kept.
type encoder struct {
	to       sink
	failed   error
	divisors [2][64]byte
	codes    [4][256]code
	bits     uint32 // what is not yet a byte, from the top
	count    uint
}

// code is the bits that stand for a value.
type code struct {
	bits uint32
	size uint
}

// zigzag is where in a block the values of the file's order lie: along diagonals, up and down.
var zigzag = func() (all [64]int) {
	x, y := 0, 0
	for i := range all {
		all[i] = 8*y + x
		switch up := (x+y)%2 == 0; {
		case up && x == 7:
			y++
		case up && y == 0:
			x++
		case up:
			x, y = x+1, y-1
		case y == 7:
			x++
		case x == 0:
			y++
		default:
			x, y = x-1, y+1
		}
	}
	return all
}()

func (e *encoder) write(p ...byte) {
	if e.failed == nil {
		_, e.failed = e.to.Write(p)
	}
}

// part writes a part with its marker and its length.
func (e *encoder) part(marker byte, data []byte) {
	size := len(data) + 2
	e.write(append([]byte{0xff, marker, byte(size >> 8), byte(size)}, data...)...)
}

// prepare makes divisors for a quality, and the codes.
func (e *encoder) prepare(quality int) {
	quality = min(max(quality, 1), 100)
	scale := 200 - 2*quality
	if quality < 50 {
		scale = 5000 / quality
	}
	for i, table := range divisors {
		for j, d := range table {
			e.divisors[i][j] = byte(min(max((int(d)*scale+50)/100, 1), 255))
		}
	}
	for i, t := range tables {
		next, k := uint32(0), 0
		for size, n := range t.counts {
			for range n {
				e.codes[i][t.values[k]] = code{next, uint(size + 1)}
				next++
				k++
			}
			next <<= 1
		}
	}
}

// ---- bits -------------------------------------------------------------------------------------------------------

// put writes bits. A byte of ones is followed by a zero, lest it be taken for a marker.
func (e *encoder) put(c code) {
	e.bits |= c.bits << (32 - c.size - e.count)
	for e.count += c.size; e.count >= 8; e.count -= 8 {
		b := byte(e.bits >> 24)
		e.bits <<= 8
		if e.failed == nil {
			e.failed = e.to.WriteByte(b)
		}
		if b == 0xff {
			e.write(0)
		}
	}
}

// value writes a value behind so many zeros: the code of both numbers of bits, then the value's own.
func (e *encoder) value(table int, zeros, v int32) {
	own := v
	if v < 0 {
		v, own = -v, own-1
	}
	size := uint(bits.Len32(uint32(v)))
	e.put(e.codes[table][byte(zeros)<<4|byte(size)])
	if size > 0 {
		e.put(code{uint32(own) & (1<<size - 1), size})
	}
}

// rounded divides to the nearest.
func rounded(a, b int32) int32 {
	if a < 0 {
		return -((b>>1 - a) / b)
	}
	return (a + b>>1) / b
}

// block writes a block and answers its first value, which the next of its kind is told from.
func (e *encoder) block(b *block, kind int, before int32) int32 {
	forward(b)
	first := rounded(b[0], 8*int32(e.divisors[kind][0]))
	e.value(2*kind, 0, first-before)
	zeros := int32(0)
	for i := 1; i < 64; i++ {
		v := rounded(b[zigzag[i]], 8*int32(e.divisors[kind][i]))
		if v == 0 {
			zeros++
			continue
		}
		for ; zeros > 15; zeros -= 16 {
			e.put(e.codes[2*kind+1][0xf0])
		}
		e.value(2*kind+1, zeros, v)
		zeros = 0
	}
	if zeros > 0 {
		e.put(e.codes[2*kind+1][0])
	}
	return first
}

// ---- pictures ---------------------------------------------------------------------------------------------------

// pixels answers brightness and colour of a place, which may lie behind the edge.
func pixels(m image.Image) func(x, y int) (byte, byte, byte) {
	last := m.Bounds().Max.Sub(image.Pt(1, 1))
	var at func(x, y int) (byte, byte, byte)
	switch m := m.(type) {
	case *image.Gray:
		at = func(x, y int) (byte, byte, byte) { return m.Pix[m.PixOffset(x, y)], 0, 0 }
	case *image.RGBA:
		at = func(x, y int) (byte, byte, byte) {
			p := m.Pix[m.PixOffset(x, y):]
			return color.RGBToYCbCr(p[0], p[1], p[2])
		}
	case *image.YCbCr:
		at = func(x, y int) (byte, byte, byte) {
			c := m.COffset(x, y)
			return m.Y[m.YOffset(x, y)], m.Cb[c], m.Cr[c]
		}
	default:
		at = func(x, y int) (byte, byte, byte) {
			r, g, b, _ := m.At(x, y).RGBA()
			return color.RGBToYCbCr(byte(r>>8), byte(g>>8), byte(b>>8))
		}
	}
	return func(x, y int) (byte, byte, byte) { return at(min(x, last.X), min(y, last.Y)) }
}

func (e *encoder) grey(m image.Image) {
	at, r := pixels(m), m.Bounds()
	before := int32(0)
	for y := r.Min.Y; y < r.Max.Y; y += 8 {
		for x := r.Min.X; x < r.Max.X; x += 8 {
			var b block
			for i := range b {
				v, _, _ := at(x+i%8, y+i/8)
				b[i] = int32(v)
			}
			before = e.block(&b, 0, before)
		}
	}
}

// colour writes squares of 16×16: four blocks of brightness, and one of each colour with a value for each 2×2.
func (e *encoder) colour(m image.Image) {
	at, r := pixels(m), m.Bounds()
	var before [3]int32
	for y := r.Min.Y; y < r.Max.Y; y += 16 {
		for x := r.Min.X; x < r.Max.X; x += 16 {
			var colours [2]block
			for quarter := range 4 {
				var b block
				left, top := quarter%2*8, quarter/2*8
				for i := range b {
					bright, cb, cr := at(x+left+i%8, y+top+i/8)
					b[i] = int32(bright)
					to := (top+i/8)/2*8 + (left+i%8)/2
					colours[0][to] += int32(cb)
					colours[1][to] += int32(cr)
				}
				before[0] = e.block(&b, 0, before[0])
			}
			for k := range colours {
				for i := range colours[k] {
					colours[k][i] = (colours[k][i] + 2) >> 2
				}
				before[1+k] = e.block(&colours[k], 1, before[1+k])
			}
		}
	}
}

// Encode writes a picture.
func Encode(w io.Writer, m image.Image, o *Options) error {
	size := m.Bounds().Size()
	if size.X >= 1<<16 || size.Y >= 1<<16 {
		return errors.New("jpeg: image is too large to encode")
	}
	to, ok := w.(sink)
	if !ok {
		to = bufio.NewWriter(w)
	}
	e := encoder{to: to}
	quality := DefaultQuality
	if o != nil {
		quality = o.Quality
	}
	e.prepare(quality)
	_, isGrey := m.(*image.Gray)
	e.write(0xff, startOfImage)
	e.part(divisorTable, append(append(append([]byte{0}, e.divisors[0][:]...), 1), e.divisors[1][:]...))
	frame := []byte{8, byte(size.Y >> 8), byte(size.Y), byte(size.X >> 8), byte(size.X)}
	scan := []byte{1, 1, 0}
	if isGrey {
		frame = append(frame, 1, 1, 0x11, 0)
	} else {
		frame = append(frame, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1)
		scan = []byte{3, 1, 0, 2, 0x11, 3, 0x11}
	}
	e.part(baseline, frame)
	var codes []byte
	for i, t := range tables {
		if i < 2 || !isGrey {
			codes = append(append(append(codes, byte(i/2|i%2<<4)), t.counts...), t.values...)
		}
	}
	e.part(codeTables, codes)
	e.part(startOfScan, append(scan, 0, 63, 0))
	if isGrey {
		e.grey(m)
	} else {
		e.colour(m)
	}
	e.put(code{0x7f, 7})
	e.write(0xff, endOfImage)
	if e.failed == nil {
		e.failed = e.to.Flush()
	}
	return e.failed
}
