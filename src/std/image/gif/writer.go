package gif

import (
	"bufio"
	"bytes"
	"compress/lzw"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"io"
	"math/bits"
)

// Options of Encode: how many colours, who chooses them, who draws with them.
type Options struct {
	NumColors int
	Quantizer draw.Quantizer
	Drawer    draw.Drawer
}

type sink interface {
	io.Writer
	io.ByteWriter
	Flush() error
}

// encoder writes a file; the first error is kept.
type encoder struct {
	to     sink
	gif    GIF
	table  []byte // the colours of all pictures
	failed error
}

func (e *encoder) write(p ...byte) {
	if e.failed == nil {
		_, e.failed = e.to.Write(p)
	}
}

func (e *encoder) fail(text string) {
	if e.failed == nil {
		e.failed = errors.New(text)
	}
}

// tableBits is how many bits a table of so many colours is said to have, less one.
func tableBits(colours int) int {
	if colours < 2 {
		return 0
	}
	return bits.Len(uint(colours-1)) - 1
}

var errNil = "gif: cannot encode color table with nil entries"

// tableOf is a palette as the file has it, filled up with black to a power of two.
func (e *encoder) tableOf(p color.Palette) []byte {
	if len(p) > 256 {
		e.fail("gif: cannot encode color table with more than 256 entries")
		return nil
	}
	table := make([]byte, 3*(2<<tableBits(len(p))))
	for i, c := range p {
		if c == nil {
			e.fail(errNil)
			return nil
		}
		own, ok := c.(color.RGBA)
		if !ok {
			r, g, b, _ := c.RGBA()
			own = color.RGBA{R: byte(r >> 8), G: byte(g >> 8), B: byte(b >> 8)}
		}
		copy(table[3*i:], []byte{own.R, own.G, own.B})
	}
	return table
}

func appendNumbers(to []byte, numbers ...int) []byte {
	for _, n := range numbers {
		to = binary.LittleEndian.AppendUint16(to, uint16(n))
	}
	return to
}

func (e *encoder) header() {
	head := appendNumbers([]byte("GIF89a"), e.gif.Config.Width, e.gif.Config.Height)
	if p, ok := e.gif.Config.ColorModel.(color.Palette); ok && len(p) > 0 {
		e.write(append(head, hasTable|byte(tableBits(len(p))), e.gif.BackgroundIndex, 0)...)
		if e.failed == nil {
			e.table = e.tableOf(p)
			e.write(e.table...)
		}
	} else {
		e.write(append(head, 0, 0, 0)...)
	}
	if len(e.gif.Image) > 1 && e.gif.LoopCount >= 0 {
		loop := append([]byte{extension, programs, byte(len(looping))}, looping...)
		e.write(append(appendNumbers(append(loop, 3, 1), e.gif.LoopCount), 0)...)
	}
}

// picture writes one of the pictures.
func (e *encoder) picture(m *image.Paletted, delay int, disposal byte) {
	if e.failed != nil {
		return
	}
	transparent := e.check(m)
	if e.failed != nil {
		return
	}
	if delay > 0 || disposal != 0 || transparent >= 0 {
		flags := disposal << 2
		if transparent >= 0 {
			flags |= 1
		}
		e.write(append(appendNumbers([]byte{extension, control, 4, flags}, delay), byte(max(transparent, 0)), 0)...)
	}
	r := m.Rect
	e.write(appendNumbers([]byte{picture}, r.Min.X, r.Min.Y, r.Dx(), r.Dy())...)
	e.colours(m.Palette, transparent)
	if e.failed == nil {
		e.pixels(m)
	}
}

// check looks for what cannot be written, and answers which colour is transparent.
func (e *encoder) check(m *image.Paletted) (transparent int) {
	r := m.Rect
	switch {
	case len(m.Palette) == 0:
		e.fail("gif: cannot encode image block with empty palette")
	case r.Min.X < 0 || r.Min.Y < 0 || r.Max.X >= 1<<16 || r.Max.Y >= 1<<16:
		e.fail("gif: image block is too large to encode")
	case !r.In(image.Rect(0, 0, e.gif.Config.Width, e.gif.Config.Height)):
		e.fail("gif: image block is out of bounds")
	}
	for i, c := range m.Palette {
		if c == nil {
			e.fail(errNil)
			break
		}
		if _, _, _, a := c.RGBA(); a == 0 {
			return i
		}
	}
	return -1
}

// colours writes a picture's own table unless that of all will do.
func (e *encoder) colours(p color.Palette, transparent int) {
	if all, ok := e.gif.Config.ColorModel.(color.Palette); ok && len(p) <= len(all) && &all[0] == &p[0] {
		e.write(0)
		return
	}
	own := e.tableOf(p)
	if e.failed != nil {
		return
	}
	if len(own) <= len(e.table) {
		// The colour that is not seen may be any.
		a, b := bytes.Clone(own[:3*len(p)]), bytes.Clone(e.table[:3*len(p)])
		if transparent >= 0 {
			copy(a[3*transparent:], b[3*transparent:3*transparent+3])
		}
		if bytes.Equal(a, b) {
			e.write(0)
			return
		}
	}
	e.write(hasTable | byte(tableBits(len(p))))
	e.write(own...)
}

func (e *encoder) pixels(m *image.Paletted) {
	width := max(tableBits(len(m.Palette))+1, 2)
	e.write(byte(width))
	out := &cutter{e: e}
	text := lzw.NewWriter(out, lzw.LSB, width)
	columns := m.Rect.Dx()
	for y := 0; y < m.Rect.Dy() && e.failed == nil; y++ {
		row := m.Pix[y*m.Stride:]
		if _, err := text.Write(row[:columns]); e.failed == nil {
			e.failed = err
		}
	}
	text.Close()
	out.close()
}

// cutter cuts data into blocks.
type cutter struct {
	e    *encoder
	open []byte
}

func (c *cutter) WriteByte(b byte) error {
	if c.e.failed == nil {
		if c.open = append(c.open, b); len(c.open) == 255 {
			c.flush()
		}
	}
	return c.e.failed
}

func (c *cutter) flush() {
	c.e.write(append([]byte{byte(len(c.open))}, c.open...)...)
	c.open = c.open[:0]
}

func (c *cutter) Write(p []byte) (int, error) {
	for i, b := range p {
		if err := c.WriteByte(b); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// Flush does nothing: a block is as long as it can be.
func (c *cutter) Flush() error { return c.e.failed }

func (c *cutter) close() {
	if len(c.open) > 0 {
		c.flush()
	}
	c.e.write(0)
	c.e.flush()
}

func (e *encoder) flush() {
	if e.failed == nil {
		e.failed = e.to.Flush()
	}
}

// EncodeAll writes all pictures.
func EncodeAll(w io.Writer, g *GIF) error {
	switch {
	case len(g.Image) == 0:
		return errors.New("gif: must provide at least one image")
	case len(g.Image) != len(g.Delay):
		return errors.New("gif: mismatched image and delay lengths")
	case g.Disposal != nil && len(g.Image) != len(g.Disposal):
		return errors.New("gif: mismatched image and disposal lengths")
	}
	e := encoder{gif: *g}
	if e.gif.Config == (image.Config{}) {
		size := g.Image[0].Rect.Max
		e.gif.Config.Width, e.gif.Config.Height = size.X, size.Y
	} else if model := e.gif.Config.ColorModel; model != nil {
		if _, ok := model.(color.Palette); !ok {
			return errors.New("gif: GIF color model must be a color.Palette")
		}
	}
	to, ok := w.(sink)
	if !ok {
		to = bufio.NewWriter(w)
	}
	e.to = to
	e.header()
	for i, m := range g.Image {
		var disposal byte
		if g.Disposal != nil {
			disposal = g.Disposal[i]
		}
		e.picture(m, g.Delay[i], disposal)
	}
	e.write(trailer)
	e.flush()
	return e.failed
}

// Encode writes one picture; what has more colours than a file can have is drawn with those of Plan 9, or with chosen ones.
func Encode(w io.Writer, m image.Image, o *Options) error {
	r := m.Bounds()
	if r.Dx() >= 1<<16 || r.Dy() >= 1<<16 {
		return errors.New("gif: image is too large to encode")
	}
	var how Options
	if o != nil {
		how = *o
	}
	if how.NumColors < 1 || how.NumColors > 256 {
		how.NumColors = 256
	}
	if how.Drawer == nil {
		how.Drawer = draw.FloydSteinberg
	}
	own := paletted(m, how)
	if own.Rect.Min != (image.Point{}) {
		moved := *own
		moved.Rect = moved.Rect.Sub(moved.Rect.Min)
		own = &moved
	}
	config := image.Config{ColorModel: own.Palette, Width: r.Dx(), Height: r.Dy()}
	return EncodeAll(w, &GIF{Image: []*image.Paletted{own}, Delay: []int{0}, Config: config})
}

func paletted(m image.Image, how Options) *image.Paletted {
	r := m.Bounds()
	own, ok := m.(*image.Paletted)
	if p, has := m.ColorModel().(color.Palette); !ok && has {
		own, ok = image.NewPaletted(r, p), true
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				own.Set(x, y, p.Convert(m.At(x, y)))
			}
		}
	}
	if ok && len(own.Palette) <= how.NumColors {
		return own
	}
	own = image.NewPaletted(r, palette.Plan9[:how.NumColors])
	if how.Quantizer != nil {
		own.Palette = how.Quantizer.Quantize(make(color.Palette, 0, how.NumColors), m)
	}
	how.Drawer.Draw(own, r, m, r.Min)
	return own
}
