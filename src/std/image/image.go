// Package image holds pictures in memory, and finds out in which format one is written (format.go).
// Go keeps the original in image/image.go and image/names.go.
package image

import "image/color"

// Image is a grid of colours.
type Image interface {
	Bounds() Rectangle
	At(column, row int) color.Color
	ColorModel() color.Model // what its colours may be
}

// RGBA64Image answers its colours without an allocation.
type RGBA64Image interface {
	Image
	RGBA64At(column, row int) color.RGBA64
}

// PalettedImage has a palette.
type PalettedImage interface {
	Image
	ColorIndexAt(column, row int) uint8
}

// Config is what is known of a picture before its pixels.
type Config struct {
	ColorModel    color.Model
	Width, Height int
}

// Four pictures without end.
var (
	Black       = NewUniform(color.Black)
	White       = NewUniform(color.White)
	Transparent = NewUniform(color.Transparent)
	Opaque      = NewUniform(color.Opaque)
)

// pair reads two bytes, the greater first.
func pair(at []uint8) uint16 { return uint16(at[0])<<8 + uint16(at[1]) }

// opaque tells whether the last part of every pixel is full.
func opaque(pix []uint8, stride int, area Rectangle, size, width int) bool {
	if area.Empty() {
		return true
	}
	for y := 0; y < area.Dy(); y++ {
		row := pix[y*stride:]
		for last := size; last <= size*area.Dx(); last += size {
			for _, part := range row[last-width : last] {
				if part != 0xff {
					return false
				}
			}
		}
	}
	return true
}

// Uniform is a picture without end of one colour, and a colour itself.
type Uniform struct {
	C color.Color
}

// NewUniform makes a Uniform.
func NewUniform(c color.Color) *Uniform {
	m := new(Uniform)
	m.C = c
	return m
}

// RGBA answers the parts of its colour.
func (m *Uniform) RGBA() (red, green, blue, alpha uint32) { return m.C.RGBA() }

// ColorModel answers the picture itself, a model of one colour.
func (m *Uniform) ColorModel() color.Model { return m }

// Convert answers its colour.
func (m *Uniform) Convert(color.Color) color.Color { return m.C }

// Bounds is very large.
func (m *Uniform) Bounds() Rectangle {
	const far = 1_000_000_000
	return Rectangle{Min: Pt(-far, -far), Max: Pt(far, far)}
}

// At answers its colour.
func (m *Uniform) At(x, y int) color.Color { return m.C }

// RGBA64At answers its colour with 16 bits a part.
func (m *Uniform) RGBA64At(x, y int) color.RGBA64 {
	red, green, blue, alpha := m.C.RGBA()
	return color.RGBA64{R: uint16(red), G: uint16(green), B: uint16(blue), A: uint16(alpha)}
}

// Opaque tells whether the colour is.
func (m *Uniform) Opaque() bool {
	_, _, _, alpha := m.C.RGBA()
	return alpha == 0xffff
}
