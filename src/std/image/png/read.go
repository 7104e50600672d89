package png

import (
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"io"
)

// What was read so far.
const (
	nothing = iota
	theHeader
	thePalette
	theTransparency
	thePixels
	theEnd
)

type decoder struct {
	in            io.Reader
	m             image.Image
	sum           uint32
	width, height int
	depth         int
	kind          int
	palette       color.Palette
	stage         int
	left          uint32 // of the chunk of pixels
	buffer        [3 * 256]byte
	interlaced    bool
	clear         bool // one colour is
	clearColour   [6]byte
}

func init() { image.RegisterFormat("png", signature, Decode, DecodeConfig) }

// Decode reads a picture.
func Decode(r io.Reader) (image.Image, error) {
	d := &decoder{in: r}
	err := d.signature()
	for err == nil && d.stage != theEnd {
		err = d.chunk(false)
	}
	if err != nil {
		return nil, unexpected(err)
	}
	return d.m, nil
}

// DecodeConfig reads what is known of a picture before its pixels.
func DecodeConfig(r io.Reader) (image.Config, error) {
	d := &decoder{in: r}
	err := d.signature()
	for err == nil && (d.stage < theHeader || d.kind == palette && d.stage < theTransparency) {
		err = d.chunk(true)
	}
	if err != nil {
		return image.Config{}, unexpected(err)
	}
	var model color.Model
	switch {
	case d.kind == palette:
		model = d.palette
	case d.kind == grey && d.depth < 16:
		model = color.GrayModel
	case d.kind == grey:
		model = color.Gray16Model
	case d.kind == colours && d.depth == 8:
		model = color.RGBAModel
	case d.kind == colours:
		model = color.RGBA64Model
	case d.depth == 8:
		model = color.NRGBAModel
	default:
		model = color.NRGBA64Model
	}
	return image.Config{ColorModel: model, Width: d.width, Height: d.height}, nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (d *decoder) signature() error {
	head := d.buffer[:len(signature)]
	if _, err := io.ReadFull(d.in, head); err != nil {
		return err
	}
	if string(head) != signature {
		return FormatError("not a PNG file")
	}
	return nil
}

// take reads n bytes of a chunk.
func (d *decoder) take(n int) ([]byte, error) {
	data := d.buffer[:n]
	if _, err := io.ReadFull(d.in, data); err != nil {
		return nil, err
	}
	d.sum = crc32.Update(d.sum, crc32.IEEETable, data)
	return data, nil
}

// check reads the sum behind a chunk.
func (d *decoder) check() error {
	sum := d.buffer[:4]
	if _, err := io.ReadFull(d.in, sum); err != nil {
		return err
	}
	if binary.BigEndian.Uint32(sum) != d.sum {
		return FormatError("invalid checksum")
	}
	return nil
}

// begin reads the length and name of a chunk.
func (d *decoder) begin() (length uint32, name string, err error) {
	head := d.buffer[:8]
	if _, err := io.ReadFull(d.in, head); err != nil {
		return 0, "", err
	}
	d.sum = crc32.ChecksumIEEE(head[4:])
	return binary.BigEndian.Uint32(head), string(head[4:]), nil
}

func (d *decoder) chunk(onlyConfig bool) error {
	length, name, err := d.begin()
	if err != nil {
		return err
	}
	inOrder, next := true, d.stage
	read := d.skip
	switch name {
	case "IHDR":
		inOrder, next, read = d.stage == nothing, theHeader, d.header
	case "PLTE":
		inOrder, next, read = d.stage == theHeader, thePalette, d.colours
	case "tRNS":
		inOrder = d.stage == theHeader && d.kind != palette || d.stage == thePalette && (d.kind == palette || d.kind == colours)
		next, read = theTransparency, d.transparency
	case "IDAT":
		inOrder = d.stage >= theHeader && d.stage <= thePixels && (d.stage != theHeader || d.kind != palette)
		if d.stage != thePixels {
			next, read = thePixels, d.pixels
			if onlyConfig {
				read = func(uint32) error { return nil }
			}
		}
	case "IEND":
		inOrder, next, read = d.stage == thePixels, theEnd, d.end
	}
	if !inOrder {
		return FormatError("chunk out of order")
	}
	d.stage = next
	return read(length)
}

func (d *decoder) skip(length uint32) error {
	if length > 0x7fffffff {
		return FormatError(fmt.Sprintf("Bad chunk length: %d", length))
	}
	for length > 0 {
		n := min(length, uint32(len(d.buffer)))
		if _, err := d.take(int(n)); err != nil {
			return err
		}
		length -= n
	}
	return d.check()
}

func (d *decoder) end(length uint32) error {
	if length != 0 {
		return FormatError("bad IEND length")
	}
	return d.check()
}

func (d *decoder) header(length uint32) error {
	if length != 13 {
		return FormatError("bad IHDR length")
	}
	head, err := d.take(13)
	if err != nil {
		return err
	}
	switch {
	case head[10] != 0:
		return UnsupportedError("compression method")
	case head[11] != 0:
		return UnsupportedError("filter method")
	case head[12] > 1:
		return FormatError("invalid interlace method")
	}
	d.interlaced = head[12] == 1
	width, height := int32(binary.BigEndian.Uint32(head)), int32(binary.BigEndian.Uint32(head[4:]))
	if width <= 0 || height <= 0 {
		return FormatError("non-positive dimension")
	}
	if pixels := int(width) * int(height); pixels != pixels*8/8 {
		return UnsupportedError("dimension overflow")
	}
	d.width, d.height, d.depth, d.kind = int(width), int(height), int(head[8]), int(head[9])
	known := false
	switch d.depth {
	case 1, 2, 4:
		known = d.kind == grey || d.kind == palette
	case 8:
		known = d.kind == grey || d.kind == colours || d.kind == palette || d.kind == greyAlpha || d.kind == all
	case 16:
		known = d.kind == grey || d.kind == colours || d.kind == greyAlpha || d.kind == all
	}
	if !known {
		return UnsupportedError(fmt.Sprintf("bit depth %d, color type %d", head[8], head[9]))
	}
	return d.check()
}

func (d *decoder) colours(length uint32) error {
	n := int(length / 3)
	if length%3 != 0 || n <= 0 || n > 256 || n > 1<<d.depth {
		return FormatError("bad PLTE length")
	}
	list, err := d.take(3 * n)
	if err != nil {
		return err
	}
	switch d.kind {
	case palette:
		d.palette = make(color.Palette, 256)
		for i := range d.palette {
			c := color.RGBA{A: 0xff}
			if i < n {
				c.R, c.G, c.B = list[3*i], list[3*i+1], list[3*i+2]
			}
			d.palette[i] = c
		}
		d.palette = d.palette[:n]
	case grey, greyAlpha:
		return FormatError("PLTE, color type mismatch")
	}
	return d.check()
}

func (d *decoder) transparency(length uint32) error {
	fits := false
	switch d.kind {
	case grey:
		fits = length == 2
	case colours:
		fits = length == 6
	case palette:
		fits = length <= 256
	default:
		return FormatError("tRNS, color type mismatch")
	}
	if !fits {
		return FormatError("bad tRNS length")
	}
	list, err := d.take(int(length))
	if err != nil {
		return err
	}
	if d.kind != palette {
		d.clear = true
		copy(d.clearColour[:], list)
		return d.check()
	}
	if len(d.palette) < len(list) {
		d.palette = d.palette[:len(list)]
	}
	for i, alpha := range list {
		c := d.palette[i].(color.RGBA)
		d.palette[i] = color.NRGBA{R: c.R, G: c.G, B: c.B, A: alpha}
	}
	return d.check()
}

// Read reads of the chunks of pixels.
func (d *decoder) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for d.left == 0 {
		if err := d.check(); err != nil {
			return 0, err
		}
		length, name, err := d.begin()
		if err != nil {
			return 0, err
		}
		if d.left = length; name != "IDAT" {
			return 0, FormatError("not enough pixel data")
		}
	}
	n, err := d.in.Read(p[:min(len(p), int(d.left))])
	d.sum = crc32.Update(d.sum, crc32.IEEETable, p[:n])
	d.left -= uint32(n)
	return n, err
}

func (d *decoder) pixels(length uint32) (err error) {
	d.left = length
	text, err := zlib.NewReader(d)
	if err != nil {
		return err
	}
	defer text.Close()
	if err = d.picture(text); err != nil {
		return err
	}
	n := 0
	for i := 0; n == 0 && err == nil; i++ {
		if i == 100 {
			return io.ErrNoProgress
		}
		n, err = text.Read(d.buffer[:1])
	}
	switch {
	case err != nil && err != io.EOF:
		return FormatError(err.Error())
	case n != 0 || d.left != 0:
		return FormatError("too much pixel data")
	}
	return d.check()
}
