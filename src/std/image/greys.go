// Pictures of one part a pixel: alpha or grey. Go keeps the original in image/image.go.
package image

import "image/color"

// Alpha is a picture in memory whose pixels are color.Alpha values, 1 byte each.
type Alpha struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewAlpha makes a picture of that area, all zero.
func NewAlpha(r Rectangle) *Alpha {
	m := &Alpha{Stride: r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(1, r, "Alpha"))
	return m
}

// ColorModel is color.AlphaModel.
func (m *Alpha) ColorModel() color.Model { return color.AlphaModel }

// Bounds is the area of the picture.
func (m *Alpha) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *Alpha) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + x - m.Rect.Min.X
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *Alpha) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+1 : first+1]
}

// At answers the colour of a pixel.
func (m *Alpha) At(x, y int) color.Color { return m.AlphaAt(x, y) }

// AlphaAt answers the colour of a pixel, zero outside the picture.
func (m *Alpha) AlphaAt(x, y int) (c color.Alpha) {
	if at := m.bytesAt(x, y); at != nil {
		c.A = at[0]
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *Alpha) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetAlpha(x, y, color.AlphaModel.Convert(c).(color.Alpha))
	}
}

// SetAlpha gives a pixel its colour; nothing happens outside the picture.
func (m *Alpha) SetAlpha(x, y int, c color.Alpha) {
	if at := m.bytesAt(x, y); at != nil {
		at[0] = c.A
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *Alpha) SubImage(r Rectangle) Image {
	part := &Alpha{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *Alpha) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.AlphaAt(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *Alpha) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque tells whether no pixel lets anything through.
func (m *Alpha) Opaque() bool { return opaque(m.Pix, m.Stride, m.Rect, 1, 1) }

// Alpha16 is a picture in memory whose pixels are color.Alpha16 values, 2 bytes each.
type Alpha16 struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewAlpha16 makes a picture of that area, all zero.
func NewAlpha16(r Rectangle) *Alpha16 {
	m := &Alpha16{Stride: 2 * r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(2, r, "Alpha16"))
	return m
}

// ColorModel is color.Alpha16Model.
func (m *Alpha16) ColorModel() color.Model { return color.Alpha16Model }

// Bounds is the area of the picture.
func (m *Alpha16) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *Alpha16) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + 2*(x-m.Rect.Min.X)
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *Alpha16) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+2 : first+2]
}

// At answers the colour of a pixel.
func (m *Alpha16) At(x, y int) color.Color { return m.Alpha16At(x, y) }

// Alpha16At answers the colour of a pixel, zero outside the picture.
func (m *Alpha16) Alpha16At(x, y int) (c color.Alpha16) {
	if at := m.bytesAt(x, y); at != nil {
		c.A = pair(at[0:])
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *Alpha16) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetAlpha16(x, y, color.Alpha16Model.Convert(c).(color.Alpha16))
	}
}

// SetAlpha16 gives a pixel its colour; nothing happens outside the picture.
func (m *Alpha16) SetAlpha16(x, y int, c color.Alpha16) {
	if at := m.bytesAt(x, y); at != nil {
		at[0], at[1] = uint8(c.A>>8), uint8(c.A)
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *Alpha16) SubImage(r Rectangle) Image {
	part := &Alpha16{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *Alpha16) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.Alpha16At(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *Alpha16) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque tells whether no pixel lets anything through.
func (m *Alpha16) Opaque() bool { return opaque(m.Pix, m.Stride, m.Rect, 2, 2) }

// Gray is a picture in memory whose pixels are color.Gray values, 1 byte each.
type Gray struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewGray makes a picture of that area, all zero.
func NewGray(r Rectangle) *Gray {
	m := &Gray{Stride: r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(1, r, "Gray"))
	return m
}

// ColorModel is color.GrayModel.
func (m *Gray) ColorModel() color.Model { return color.GrayModel }

// Bounds is the area of the picture.
func (m *Gray) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *Gray) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + x - m.Rect.Min.X
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *Gray) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+1 : first+1]
}

// At answers the colour of a pixel.
func (m *Gray) At(x, y int) color.Color { return m.GrayAt(x, y) }

// GrayAt answers the colour of a pixel, zero outside the picture.
func (m *Gray) GrayAt(x, y int) (c color.Gray) {
	if at := m.bytesAt(x, y); at != nil {
		c.Y = at[0]
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *Gray) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetGray(x, y, color.GrayModel.Convert(c).(color.Gray))
	}
}

// SetGray gives a pixel its colour; nothing happens outside the picture.
func (m *Gray) SetGray(x, y int, c color.Gray) {
	if at := m.bytesAt(x, y); at != nil {
		at[0] = c.Y
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *Gray) SubImage(r Rectangle) Image {
	part := &Gray{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *Gray) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.GrayAt(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *Gray) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque is always true of a grey picture.
func (m *Gray) Opaque() bool { return true }

// Gray16 is a picture in memory whose pixels are color.Gray16 values, 2 bytes each.
type Gray16 struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewGray16 makes a picture of that area, all zero.
func NewGray16(r Rectangle) *Gray16 {
	m := &Gray16{Stride: 2 * r.Dx(), Rect: r}
	m.Pix = make([]uint8, room(2, r, "Gray16"))
	return m
}

// ColorModel is color.Gray16Model.
func (m *Gray16) ColorModel() color.Model { return color.Gray16Model }

// Bounds is the area of the picture.
func (m *Gray16) Bounds() Rectangle { return m.Rect }

// PixOffset answers where in Pix a pixel begins.
func (m *Gray16) PixOffset(x, y int) int {
	return m.Stride*(y-m.Rect.Min.Y) + 2*(x-m.Rect.Min.X)
}

// bytesAt answers the bytes of a pixel, nothing outside the picture.
func (m *Gray16) bytesAt(x, y int) []uint8 {
	if !Pt(x, y).In(m.Rect) {
		return nil
	}
	first := m.PixOffset(x, y)
	return m.Pix[first : first+2 : first+2]
}

// At answers the colour of a pixel.
func (m *Gray16) At(x, y int) color.Color { return m.Gray16At(x, y) }

// Gray16At answers the colour of a pixel, zero outside the picture.
func (m *Gray16) Gray16At(x, y int) (c color.Gray16) {
	if at := m.bytesAt(x, y); at != nil {
		c.Y = pair(at[0:])
	}
	return c
}

// Set gives a pixel the nearest colour.
func (m *Gray16) Set(x, y int, c color.Color) {
	if at := m.bytesAt(x, y); at != nil {
		m.SetGray16(x, y, color.Gray16Model.Convert(c).(color.Gray16))
	}
}

// SetGray16 gives a pixel its colour; nothing happens outside the picture.
func (m *Gray16) SetGray16(x, y int, c color.Gray16) {
	if at := m.bytesAt(x, y); at != nil {
		at[0], at[1] = uint8(c.Y>>8), uint8(c.Y)
	}
}

// SubImage answers the part in r, over the same bytes.
func (m *Gray16) SubImage(r Rectangle) Image {
	part := &Gray16{Rect: r.Intersect(m.Rect)}
	if !part.Rect.Empty() {
		part.Stride, part.Pix = m.Stride, m.Pix[m.PixOffset(part.Rect.Min.X, part.Rect.Min.Y):]
	} else {
		part.Rect = Rectangle{}
	}
	return part
}

// RGBA64At is At with 16 bits a part.
func (m *Gray16) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(m.Gray16At(x, y)).(color.RGBA64)
}

// SetRGBA64 is Set of a colour of 16 bits a part.
func (m *Gray16) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// Opaque is always true of a grey picture.
func (m *Gray16) Opaque() bool { return true }
