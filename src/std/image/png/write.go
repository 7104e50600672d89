package png

import (
	"bufio"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"io"
	"strconv"
)

// CompressionLevel is how hard to try.
type CompressionLevel int

// Levels.
const (
	DefaultCompression CompressionLevel = -iota
	NoCompression
	BestSpeed
	BestCompression
)

// Encoder writes pictures.
type Encoder struct {
	CompressionLevel CompressionLevel
	BufferPool       EncoderBufferPool
}

// EncoderBufferPool keeps memory between pictures.
type EncoderBufferPool interface {
	Get() *EncoderBuffer
	Put(*EncoderBuffer)
}

// EncoderBuffer is what encoding needs.
type EncoderBuffer encoder

type encoder struct {
	out       io.Writer
	m         image.Image
	kind      uint8
	depth     int
	err       error
	head      [8]byte
	sum       [4]byte
	buffer    [4 * 256]byte
	rows      [filters][]byte // a row in all ways
	before    []byte
	text      *zlib.Writer
	textLevel int
	chunks    *bufio.Writer
}

// Encode writes a picture with the default level.
func Encode(w io.Writer, m image.Image) error { return new(Encoder).Encode(w, m) }

// Encode writes a picture.
func (enc *Encoder) Encode(w io.Writer, m image.Image) error {
	width, height := int64(m.Bounds().Dx()), int64(m.Bounds().Dy())
	if width <= 0 || height <= 0 || width >= 1<<32 || height >= 1<<32 {
		return FormatError("invalid image size: " + strconv.FormatInt(width, 10) + "x" + strconv.FormatInt(height, 10))
	}
	var e *encoder
	if enc.BufferPool != nil {
		e = (*encoder)(enc.BufferPool.Get())
		defer func() { enc.BufferPool.Put((*EncoderBuffer)(e)) }()
	}
	if e == nil {
		e = new(encoder)
	}
	e.out, e.m = w, m
	p := e.choose()
	_, e.err = io.WriteString(w, signature)
	e.header()
	if p != nil {
		e.colours(p)
	}
	if e.err == nil {
		e.data(enc.CompressionLevel)
	}
	e.chunk(nil, "IEND")
	return e.err
}

// choose chooses the kind of pixels, and answers the palette, if there is one.
func (e *encoder) choose() color.Palette {
	if _, ok := e.m.(image.PalettedImage); ok {
		if p, _ := e.m.ColorModel().(color.Palette); p != nil {
			e.kind, e.depth = palette, 8
			for depth := 4; depth > 0 && len(p) <= 1<<depth; depth /= 2 {
				e.depth = depth
			}
			return p
		}
	}
	e.kind, e.depth = all, 16
	switch e.m.ColorModel() {
	case color.GrayModel:
		e.kind, e.depth = grey, 8
		return nil
	case color.Gray16Model:
		e.kind = grey
		return nil
	case color.RGBAModel, color.NRGBAModel, color.AlphaModel:
		e.depth = 8
	}
	if opaque(e.m) {
		e.kind = colours
	}
	return nil
}

func opaque(m image.Image) bool {
	if m, ok := m.(interface{ Opaque() bool }); ok {
		return m.Opaque()
	}
	r := m.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if _, _, _, alpha := m.At(x, y).RGBA(); alpha != 0xffff {
				return false
			}
		}
	}
	return true
}

func (e *encoder) put(p []byte) {
	if e.err == nil {
		_, e.err = e.out.Write(p)
	}
}

// chunk writes a chunk: its length, name, bytes and sum.
func (e *encoder) chunk(data []byte, name string) {
	if e.err != nil {
		return
	}
	if int(uint32(len(data))) != len(data) {
		e.err = UnsupportedError(name + " chunk is too large: " + strconv.Itoa(len(data)))
		return
	}
	binary.BigEndian.PutUint32(e.head[:], uint32(len(data)))
	copy(e.head[4:], name)
	sum := crc32.Update(crc32.ChecksumIEEE(e.head[4:]), crc32.IEEETable, data)
	binary.BigEndian.PutUint32(e.sum[:], sum)
	e.put(e.head[:])
	e.put(data)
	e.put(e.sum[:])
}

func (e *encoder) header() {
	size := e.m.Bounds().Size()
	head := e.buffer[:13]
	clear(head)
	binary.BigEndian.PutUint32(head, uint32(size.X))
	binary.BigEndian.PutUint32(head[4:], uint32(size.Y))
	head[8], head[9] = uint8(e.depth), e.kind
	e.chunk(head, "IHDR")
}

// colours writes a palette, and how opaque its colours are, up to the last that isn't.
func (e *encoder) colours(p color.Palette) {
	if len(p) < 1 || len(p) > 256 {
		e.err = FormatError("bad palette length: " + strconv.Itoa(len(p)))
		return
	}
	list, alphas, clear := e.buffer[:0], e.buffer[3*256:3*256], 0
	for i, c := range p {
		of := color.NRGBAModel.Convert(c).(color.NRGBA)
		list = append(list, of.R, of.G, of.B)
		if alphas = append(alphas, of.A); of.A != 0xff {
			clear = i + 1
		}
	}
	e.chunk(list, "PLTE")
	if clear > 0 {
		e.chunk(alphas[:clear], "tRNS")
	}
}

// Write writes a part of the pixels, compressed.
func (e *encoder) Write(p []byte) (int, error) {
	if e.chunk(p, "IDAT"); e.err != nil {
		return 0, e.err
	}
	return len(p), nil
}

func (e *encoder) data(level CompressionLevel) {
	how := zlib.DefaultCompression
	switch level {
	case NoCompression:
		how = zlib.NoCompression
	case BestSpeed:
		how = zlib.BestSpeed
	case BestCompression:
		how = zlib.BestCompression
	}
	if e.chunks == nil {
		e.chunks = bufio.NewWriterSize(e, 1<<15)
	} else {
		e.chunks.Reset(e)
	}
	if e.text == nil || e.textLevel != how {
		e.text, _ = zlib.NewWriterLevel(e.chunks, how)
		e.textLevel = how
	} else {
		e.text.Reset(e.chunks)
	}
	err := e.pixels(how)
	e.text.Close()
	if e.err = err; err == nil {
		e.err = e.chunks.Flush()
	}
}

// pixels writes the rows, each in the way that makes it smallest.
func (e *encoder) pixels(level int) error {
	r := e.m.Bounds()
	bits := e.depth * samples[e.kind]
	size := 1 + (bits*r.Dx()+7)/8
	for i := range e.rows {
		e.rows[i] = sized(e.rows[i], size)
		e.rows[i][0] = uint8(i)
	}
	e.before = sized(e.before, size)
	clear(e.before)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		e.row(e.rows[asIs][1:], r, y)
		best := asIs
		if level != zlib.NoCompression && e.kind != palette {
			best = e.smallest(bits / 8)
		}
		if _, err := e.text.Write(e.rows[best]); err != nil {
			return err
		}
		e.before, e.rows[asIs] = e.rows[asIs], e.before
		e.rows[asIs][0] = asIs
	}
	return nil
}

func sized(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}

// smallest writes the row in all ways and answers the one whose bytes, taken with their signs, are the smallest.
func (e *encoder) smallest(size int) (best int) {
	row, up := e.rows[asIs][1:], e.before[1:]
	least := 0
	for i, filter := range [...]int{above, nearest, asIs, left, average} {
		out, sum := e.rows[filter][1:], 0
		for k := range row {
			d := row[k]
			if filter != asIs {
				d -= expected(filter, row, up, k, size)
				out[k] = d
			}
			if sum += min(int(d), 256-int(d)); i > 0 && sum >= least {
				break
			}
		}
		if i == 0 || sum < least {
			best, least = filter, sum
		}
	}
	return best
}

// row fills out with the pixels of a row.
func (e *encoder) row(out []byte, r image.Rectangle, y int) {
	switch m := e.m.(type) {
	case *image.Gray:
		copy(out, m.Pix[(y-r.Min.Y)*m.Stride:][:r.Dx()])
		return
	case *image.NRGBA:
		pix := m.Pix[(y-r.Min.Y)*m.Stride:][:4*r.Dx()]
		if e.kind == all {
			copy(out, pix)
		} else {
			withoutAlpha(out, pix)
		}
		return
	case *image.RGBA:
		if e.kind == colours {
			withoutAlpha(out, m.Pix[(y-r.Min.Y)*m.Stride:][:4*r.Dx()])
			return
		}
	}
	if e.kind == palette {
		e.indices(out, r, y)
		return
	}
	out = out[:0]
	for x := r.Min.X; x < r.Max.X; x++ {
		out = e.pixel(out, e.m.At(x, y))
	}
}

func withoutAlpha(out, pix []byte) {
	for i, k := 0, 0; k < len(pix); i, k = i+3, k+4 {
		out[i], out[i+1], out[i+2] = pix[k], pix[k+1], pix[k+2]
	}
}

// indices puts numbers of colours together into bytes.
func (e *encoder) indices(out []byte, r image.Rectangle, y int) {
	m := e.m.(image.PalettedImage)
	if p, ok := e.m.(*image.Paletted); ok && e.depth == 8 {
		copy(out, p.Pix[(y-r.Min.Y)*p.Stride:][:r.Dx()])
		return
	}
	have, bits := uint8(0), 0
	n := 0
	for x := r.Min.X; x < r.Max.X; x++ {
		have = have<<e.depth | m.ColorIndexAt(x, y)
		if bits += e.depth; bits == 8 {
			out[n], have, bits = have, 0, 0
			n++
		}
	}
	if bits > 0 {
		out[n] = have << (8 - bits)
	}
}

func (e *encoder) pixel(out []byte, c color.Color) []byte {
	red, green, blue, _ := c.RGBA()
	switch {
	case e.kind == grey && e.depth == 8:
		return append(out, color.GrayModel.Convert(c).(color.Gray).Y)
	case e.kind == grey:
		return binary.BigEndian.AppendUint16(out, color.Gray16Model.Convert(c).(color.Gray16).Y)
	case e.kind == colours && e.depth == 8:
		return append(out, uint8(red>>8), uint8(green>>8), uint8(blue>>8))
	case e.kind == colours:
		out = binary.BigEndian.AppendUint16(out, uint16(red))
		out = binary.BigEndian.AppendUint16(out, uint16(green))
		return binary.BigEndian.AppendUint16(out, uint16(blue))
	case e.depth == 8:
		of := color.NRGBAModel.Convert(c).(color.NRGBA)
		return append(out, of.R, of.G, of.B, of.A)
	}
	of := color.NRGBA64Model.Convert(c).(color.NRGBA64)
	for _, part := range [...]uint16{of.R, of.G, of.B, of.A} {
		out = binary.BigEndian.AppendUint16(out, part)
	}
	return out
}
