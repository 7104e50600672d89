// Pictures of places in a palette. Go keeps the original in image/image.go.
package image

import "image/color"

// Paletted is a picture in memory whose pixels are places in Palette.
type Paletted struct {
	Pix     []uint8
	Stride  int
	Rect    Rectangle
	Palette color.Palette
}

// NewPaletted makes a picture of that area; every pixel has the first colour.
func NewPaletted(r Rectangle, p color.Palette) *Paletted {
	m := &Paletted{Stride: r.Dx(), Rect: r, Palette: p}
	m.Pix = make([]uint8, room(1, r, "Paletted"))
	return m
}

// ColorModel is the palette.
func (m *Paletted) ColorModel() color.Model { return m.Palette }

// Bounds is the area of the picture.
func (m *Paletted) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel is.
func (m *Paletted) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + x - m.Rect.Min.X
}

// At answers the colour of a pixel; outside the picture the first of the palette.
func (m *Paletted) At(x, y int) color.Color {
	if len(m.Palette) > 0 {
		return m.Palette[m.ColorIndexAt(x, y)]
	}
	return nil
}

// RGBA64At is At with 16 bits a part.
func (m *Paletted) RGBA64At(x, y int) color.RGBA64 {
	if len(m.Palette) > 0 {
		return color.RGBA64Model.Convert(m.At(x, y)).(color.RGBA64)
	}
	return color.RGBA64{}
}

// ColorIndexAt answers the place of a pixel's colour, 0 outside the picture.
func (m *Paletted) ColorIndexAt(x, y int) (index uint8) {
	if Pt(x, y).In(m.Rect) {
		index = m.Pix[m.PixOffset(x, y)]
	}
	return index
}

// SetColorIndex gives a pixel the colour at that place.
func (m *Paletted) SetColorIndex(x, y int, index uint8) {
	if Pt(x, y).In(m.Rect) {
		m.Pix[m.PixOffset(x, y)] = index
	}
}

// Set gives a pixel the nearest colour of the palette.
func (m *Paletted) Set(x, y int, c color.Color) {
	if Pt(x, y).In(m.Rect) {
		m.SetColorIndex(x, y, uint8(m.Palette.Index(c)))
	}
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *Paletted) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// SubImage answers the part in r, over the same bytes.
func (m *Paletted) SubImage(r Rectangle) Image {
	part := &Paletted{Palette: m.Palette}
	if r = r.Intersect(m.Rect); !r.Empty() {
		part.Rect, part.Stride = r, m.Stride
		part.Pix = m.Pix[m.PixOffset(r.Min.X, r.Min.Y):]
	}
	return part
}

// Opaque tells whether every colour in use is opaque.
func (m *Paletted) Opaque() bool {
	var used [256]bool
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			used[m.ColorIndexAt(x, y)] = true
		}
	}
	for place, one := range m.Palette {
		if _, _, _, alpha := one.RGBA(); used[place] && alpha != 0xffff {
			return false
		}
	}
	return true
}
