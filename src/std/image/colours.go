// Pictures of four parts a pixel. Go keeps the original in image/image.go.
package image

import "image/color"

// RGBA is a picture in memory whose pixels are color.RGBA values, 4 bytes each.
type RGBA struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewRGBA makes a picture of that area, all zero.
func NewRGBA(r Rectangle) *RGBA {
	m := &RGBA{Stride: 4 * r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(4, r, "RGBA"))
	return m
}

// ColorModel is color.RGBAModel.
func (m *RGBA) ColorModel() color.Model { return color.RGBAModel }

// Bounds is the area of the picture.
func (m *RGBA) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *RGBA) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + 4*(x-m.Rect.Min.X)
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *RGBA) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+4 : first+4]
}

// At answers the colour of a pixel.
func (m *RGBA) At(x, y int) color.Color { return m.RGBAAt(x, y) }

// RGBAAt answers the colour of a pixel, zero outside the picture.
func (m *RGBA) RGBAAt(x, y int) (c color.RGBA) {
	if at := m.bytesAt(x, y); at != nil {
		c.R, c.G, c.B, c.A = at[0], at[1], at[2], at[3]
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *RGBA) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetRGBA(x, y, color.RGBAModel.Convert(c).(color.RGBA))
	}
}

// SetRGBA gives a pixel its colour; nothing happens outside the picture.
func (m *RGBA) SetRGBA(x, y int, c color.RGBA) {
	if at := m.bytesAt(x, y); at != nil {
		at[0] = c.R
		at[1] = c.G
		at[2] = c.B
		at[3] = c.A
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *RGBA) SubImage(r Rectangle) Image {
	part := &RGBA{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *RGBA) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.RGBAAt(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *RGBA) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque tells whether no pixel lets anything through.
func (m *RGBA) Opaque() bool { return opaque(m.Pix, m.Stride, m.Rect, 4, 1) }

// RGBA64 is a picture in memory whose pixels are color.RGBA64 values, 8 bytes each.
type RGBA64 struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewRGBA64 makes a picture of that area, all zero.
func NewRGBA64(r Rectangle) *RGBA64 {
	m := &RGBA64{Stride: 8 * r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(8, r, "RGBA64"))
	return m
}

// ColorModel is color.RGBA64Model.
func (m *RGBA64) ColorModel() color.Model { return color.RGBA64Model }

// Bounds is the area of the picture.
func (m *RGBA64) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *RGBA64) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + 8*(x-m.Rect.Min.X)
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *RGBA64) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+8 : first+8]
}

// At answers the colour of a pixel.
func (m *RGBA64) At(x, y int) color.Color { return m.RGBA64At(x, y) }

// RGBA64At answers the colour of a pixel, zero outside the picture.
func (m *RGBA64) RGBA64At(x, y int) (c color.RGBA64) {
	if at := m.bytesAt(x, y); at != nil {
		c.R, c.G, c.B, c.A = pair(at[0:]), pair(at[2:]), pair(at[4:]), pair(at[6:])
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *RGBA64) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetRGBA64(x, y, color.RGBA64Model.Convert(c).(color.RGBA64))
	}
}

// SetRGBA64 gives a pixel its colour; nothing happens outside the picture.
func (m *RGBA64) SetRGBA64(x, y int, c color.RGBA64) {
	if at := m.bytesAt(x, y); at != nil {
		at[0], at[1] = uint8(c.R>>8), uint8(c.R)
		at[2], at[3] = uint8(c.G>>8), uint8(c.G)
		at[4], at[5] = uint8(c.B>>8), uint8(c.B)
		at[6], at[7] = uint8(c.A>>8), uint8(c.A)
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *RGBA64) SubImage(r Rectangle) Image {
	part := &RGBA64{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// Opaque tells whether no pixel lets anything through.
func (m *RGBA64) Opaque() bool { return opaque(m.Pix, m.Stride, m.Rect, 8, 2) }

// NRGBA is a picture in memory whose pixels are color.NRGBA values, 4 bytes each.
type NRGBA struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewNRGBA makes a picture of that area, all zero.
func NewNRGBA(r Rectangle) *NRGBA {
	m := &NRGBA{Stride: 4 * r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(4, r, "NRGBA"))
	return m
}

// ColorModel is color.NRGBAModel.
func (m *NRGBA) ColorModel() color.Model { return color.NRGBAModel }

// Bounds is the area of the picture.
func (m *NRGBA) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *NRGBA) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + 4*(x-m.Rect.Min.X)
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *NRGBA) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+4 : first+4]
}

// At answers the colour of a pixel.
func (m *NRGBA) At(x, y int) color.Color { return m.NRGBAAt(x, y) }

// NRGBAAt answers the colour of a pixel, zero outside the picture.
func (m *NRGBA) NRGBAAt(x, y int) (c color.NRGBA) {
	if at := m.bytesAt(x, y); at != nil {
		c.R, c.G, c.B, c.A = at[0], at[1], at[2], at[3]
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *NRGBA) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetNRGBA(x, y, color.NRGBAModel.Convert(c).(color.NRGBA))
	}
}

// SetNRGBA gives a pixel its colour; nothing happens outside the picture.
func (m *NRGBA) SetNRGBA(x, y int, c color.NRGBA) {
	if at := m.bytesAt(x, y); at != nil {
		at[0] = c.R
		at[1] = c.G
		at[2] = c.B
		at[3] = c.A
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *NRGBA) SubImage(r Rectangle) Image {
	part := &NRGBA{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *NRGBA) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.NRGBAAt(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *NRGBA) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque tells whether no pixel lets anything through.
func (m *NRGBA) Opaque() bool { return opaque(m.Pix, m.Stride, m.Rect, 4, 1) }

// NRGBA64 is a picture in memory whose pixels are color.NRGBA64 values, 8 bytes each.
type NRGBA64 struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewNRGBA64 makes a picture of that area, all zero.
func NewNRGBA64(r Rectangle) *NRGBA64 {
	m := &NRGBA64{Stride: 8 * r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(8, r, "NRGBA64"))
	return m
}

// ColorModel is color.NRGBA64Model.
func (m *NRGBA64) ColorModel() color.Model { return color.NRGBA64Model }

// Bounds is the area of the picture.
func (m *NRGBA64) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *NRGBA64) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + 8*(x-m.Rect.Min.X)
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *NRGBA64) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+8 : first+8]
}

// At answers the colour of a pixel.
func (m *NRGBA64) At(x, y int) color.Color { return m.NRGBA64At(x, y) }

// NRGBA64At answers the colour of a pixel, zero outside the picture.
func (m *NRGBA64) NRGBA64At(x, y int) (c color.NRGBA64) {
	if at := m.bytesAt(x, y); at != nil {
		c.R, c.G, c.B, c.A = pair(at[0:]), pair(at[2:]), pair(at[4:]), pair(at[6:])
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *NRGBA64) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetNRGBA64(x, y, color.NRGBA64Model.Convert(c).(color.NRGBA64))
	}
}

// SetNRGBA64 gives a pixel its colour; nothing happens outside the picture.
func (m *NRGBA64) SetNRGBA64(x, y int, c color.NRGBA64) {
	if at := m.bytesAt(x, y); at != nil {
		at[0], at[1] = uint8(c.R>>8), uint8(c.R)
		at[2], at[3] = uint8(c.G>>8), uint8(c.G)
		at[4], at[5] = uint8(c.B>>8), uint8(c.B)
		at[6], at[7] = uint8(c.A>>8), uint8(c.A)
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *NRGBA64) SubImage(r Rectangle) Image {
	part := &NRGBA64{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *NRGBA64) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.NRGBA64At(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *NRGBA64) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque tells whether no pixel lets anything through.
func (m *NRGBA64) Opaque() bool { return opaque(m.Pix, m.Stride, m.Rect, 8, 2) }
