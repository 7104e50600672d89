package png

import (
	"image"
	"image/color"
	"io"
)

// pass is one of seven pictures that an interlaced one is made of: which columns and rows it has.
type pass struct{ everyX, everyY, fromX, fromY int }

var passes = [...]pass{{8, 8, 0, 0}, {8, 8, 4, 0}, {4, 8, 0, 4}, {4, 4, 2, 0}, {2, 4, 0, 2}, {2, 2, 1, 0}, {1, 2, 0, 1}}

// picture reads all pixels.
func (d *decoder) picture(text io.Reader) error {
	m, set := d.fresh()
	d.m = m
	if !d.interlaced {
		return d.rows(text, d.width, d.height, pass{1, 1, 0, 0}, set)
	}
	for _, p := range passes {
		width := (d.width - p.fromX + p.everyX - 1) / p.everyX
		height := (d.height - p.fromY + p.everyY - 1) / p.everyY
		if width == 0 || height == 0 {
			continue
		}
		if err := d.rows(text, width, height, p, set); err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) rows(text io.Reader, width, height int, p pass, set func(row []byte, i, x, y int)) error {
	bits := d.depth * samples[d.kind]
	size := (bits + 7) / 8
	row, up := make([]byte, 1+(bits*width+7)/8), make([]byte, 1+(bits*width+7)/8)
	for y := range height {
		if _, err := io.ReadFull(text, row); err != nil {
			if err == io.EOF || err == io.ErrUnexpectedEOF {
				return FormatError("not enough pixel data")
			}
			return err
		}
		filter := int(row[0])
		if filter >= filters {
			return FormatError("bad filter type")
		}
		now, before := row[1:], up[1:]
		if filter != asIs {
			for i := range now {
				now[i] += expected(filter, now, before, i, size)
			}
		}
		for x := range width {
			set(now, x, p.fromX+x*p.everyX, p.fromY+y*p.everyY)
		}
		row, up = up, row
	}
	return nil
}

// small is the number of a pixel that is smaller than a byte.
func (d *decoder) small(row []byte, i int) uint8 {
	if d.depth == 8 {
		return row[i]
	}
	bit := i * d.depth
	return row[bit/8] << (bit % 8) >> (8 - d.depth)
}

func wide(row []byte, i int) uint16 { return uint16(row[2*i])<<8 | uint16(row[2*i+1]) }

// fresh makes a picture of the right kind, and what sets a pixel of it to the one with number i in a row.
func (d *decoder) fresh() (image.Image, func(row []byte, i, x, y int)) {
	r := image.Rect(0, 0, d.width, d.height)
	switch {
	case d.kind == palette:
		m := image.NewPaletted(r, d.palette)
		return m, func(row []byte, i, x, y int) {
			index := d.small(row, i)
			if len(m.Palette) <= int(index) {
				m.Palette = m.Palette[:int(index)+1]
			}
			m.SetColorIndex(x, y, index)
		}
	case d.depth == 16:
		return d.fresh16(r)
	case d.kind == grey && !d.clear:
		m := image.NewGray(r)
		full := 0xff / (1<<d.depth - 1)
		return m, func(row []byte, i, x, y int) { m.SetGray(x, y, color.Gray{Y: d.small(row, i) * uint8(full)}) }
	case d.kind == colours && !d.clear:
		m := image.NewRGBA(r)
		return m, func(row []byte, i, x, y int) {
			m.SetRGBA(x, y, color.RGBA{R: row[3*i], G: row[3*i+1], B: row[3*i+2], A: 0xff})
		}
	}
	m := image.NewNRGBA(r)
	return m, func(row []byte, i, x, y int) { m.SetNRGBA(x, y, d.pixel(row, i)) }
}

// pixel is a pixel that may be transparent.
func (d *decoder) pixel(row []byte, i int) (c color.NRGBA) {
	switch clear := d.clearColour; d.kind {
	case grey:
		full := 0xff / (1<<d.depth - 1)
		light := d.small(row, i) * uint8(full)
		c = color.NRGBA{R: light, G: light, B: light, A: 0xff}
		if light == clear[1]*uint8(full) {
			c.A = 0
		}
	case greyAlpha:
		c = color.NRGBA{R: row[2*i], G: row[2*i], B: row[2*i], A: row[2*i+1]}
	case colours:
		c = color.NRGBA{R: row[3*i], G: row[3*i+1], B: row[3*i+2], A: 0xff}
		if c.R == clear[1] && c.G == clear[3] && c.B == clear[5] {
			c.A = 0
		}
	case all:
		c = color.NRGBA{R: row[4*i], G: row[4*i+1], B: row[4*i+2], A: row[4*i+3]}
	}
	return c
}

func (d *decoder) fresh16(r image.Rectangle) (image.Image, func(row []byte, i, x, y int)) {
	switch {
	case d.kind == grey && !d.clear:
		m := image.NewGray16(r)
		return m, func(row []byte, i, x, y int) { m.SetGray16(x, y, color.Gray16{Y: wide(row, i)}) }
	case d.kind == colours && !d.clear:
		m := image.NewRGBA64(r)
		return m, func(row []byte, i, x, y int) {
			m.SetRGBA64(x, y, color.RGBA64{R: wide(row, 3*i), G: wide(row, 3*i+1), B: wide(row, 3*i+2), A: 0xffff})
		}
	}
	m := image.NewNRGBA64(r)
	return m, func(row []byte, i, x, y int) { m.SetNRGBA64(x, y, d.pixel16(row, i)) }
}

func (d *decoder) pixel16(row []byte, i int) (c color.NRGBA64) {
	switch clear := d.clearColour[:]; d.kind {
	case grey:
		light := wide(row, i)
		c = color.NRGBA64{R: light, G: light, B: light, A: 0xffff}
		if light == wide(clear, 0) {
			c.A = 0
		}
	case greyAlpha:
		light := wide(row, 2*i)
		c = color.NRGBA64{R: light, G: light, B: light, A: wide(row, 2*i+1)}
	case colours:
		c = color.NRGBA64{R: wide(row, 3*i), G: wide(row, 3*i+1), B: wide(row, 3*i+2), A: 0xffff}
		if c.R == wide(clear, 0) && c.G == wide(clear, 1) && c.B == wide(clear, 2) {
			c.A = 0
		}
	case all:
		c = color.NRGBA64{R: wide(row, 4*i), G: wide(row, 4*i+1), B: wide(row, 4*i+2), A: wide(row, 4*i+3)}
	}
	return c
}
