// Package color holds colours and the models that turn one kind into another. The models of printing and of video (CMYK, YCbCr) are not here.
// Go keeps the original in image/color/color.go.
package color

// Color answers its alpha-premultiplied parts, each between 0 and 0xffff.
type Color interface {
	RGBA() (r, g, b, a uint32)
}

// Model turns any colour into one of its own kind.
type Model interface {
	Convert(c Color) Color
}

type modelFunc struct {
	f func(Color) Color
}

func (m *modelFunc) Convert(from Color) Color { return m.f(from) }

// ModelFunc makes a Model of a function.
func ModelFunc(f func(Color) Color) Model {
	m := new(modelFunc)
	m.f = f
	return m
}

type (
	// RGBA is a premultiplied colour of 8 bits a part.
	RGBA struct{ R, G, B, A uint8 }
	// RGBA64 is a premultiplied colour of 16 bits a part.
	RGBA64 struct{ R, G, B, A uint16 }
	// NRGBA is a colour of 8 bits a part, not multiplied by its alpha.
	NRGBA struct{ R, G, B, A uint8 }
	// NRGBA64 is a colour of 16 bits a part, not multiplied by its alpha.
	NRGBA64 struct{ R, G, B, A uint16 }
	// Alpha is an alpha of 8 bits.
	Alpha struct{ A uint8 }
	// Alpha16 is an alpha of 16 bits.
	Alpha16 struct{ A uint16 }
	// Gray is a grey of 8 bits.
	Gray struct{ Y uint8 }
	// Gray16 is a grey of 16 bits.
	Gray16 struct{ Y uint16 }
)

// wide spreads 8 bits over 16: 0xff becomes 0xffff.
func wide(part uint8) uint32 { return uint32(part) * 0x101 }

// RGBA spreads the four bytes.
func (v RGBA) RGBA() (red, green, blue, alpha uint32) {
	return wide(v.R), wide(v.G), wide(v.B), wide(v.A)
}

// RGBA answers the parts as they are.
func (v RGBA64) RGBA() (red, green, blue, alpha uint32) {
	return uint32(v.R), uint32(v.G), uint32(v.B), uint32(v.A)
}

// RGBA multiplies by the alpha.
func (v NRGBA) RGBA() (red, green, blue, alpha uint32) {
	by := uint32(v.A)
	return wide(v.R) * by / 0xff, wide(v.G) * by / 0xff, wide(v.B) * by / 0xff, wide(v.A)
}

// RGBA multiplies by the alpha.
func (v NRGBA64) RGBA() (red, green, blue, alpha uint32) {
	by := uint32(v.A)
	return uint32(v.R) * by / 0xffff, uint32(v.G) * by / 0xffff, uint32(v.B) * by / 0xffff, by
}

// RGBA is a white of that alpha.
func (v Alpha) RGBA() (red, green, blue, alpha uint32) {
	all := wide(v.A)
	return all, all, all, all
}

// RGBA is a white of that alpha.
func (v Alpha16) RGBA() (red, green, blue, alpha uint32) {
	all := uint32(v.A)
	return all, all, all, all
}

// RGBA is an opaque grey.
func (v Gray) RGBA() (red, green, blue, alpha uint32) {
	all := wide(v.Y)
	return all, all, all, 0xffff
}

// RGBA is an opaque grey.
func (v Gray16) RGBA() (red, green, blue, alpha uint32) {
	all := uint32(v.Y)
	return all, all, all, 0xffff
}

// The models of the kinds above.
var (
	RGBAModel    = ModelFunc(asRGBA)
	RGBA64Model  = ModelFunc(asRGBA64)
	NRGBAModel   = ModelFunc(asNRGBA)
	NRGBA64Model = ModelFunc(asNRGBA64)
	AlphaModel   = ModelFunc(asAlpha)
	Alpha16Model = ModelFunc(asAlpha16)
	GrayModel    = ModelFunc(asGray)
	Gray16Model  = ModelFunc(asGray16)
)

// Four colours by name.
var (
	Black       = Gray16{}
	White       = Gray16{Y: 0xffff}
	Transparent = Alpha16{}
	Opaque      = Alpha16{A: 0xffff}
)

func asRGBA(from Color) Color {
	if _, same := from.(RGBA); same {
		return from
	}
	red, green, blue, alpha := from.RGBA()
	return RGBA{R: uint8(red >> 8), G: uint8(green >> 8), B: uint8(blue >> 8), A: uint8(alpha >> 8)}
}

func asRGBA64(from Color) Color {
	if _, same := from.(RGBA64); same {
		return from
	}
	red, green, blue, alpha := from.RGBA()
	return RGBA64{R: uint16(red), G: uint16(green), B: uint16(blue), A: uint16(alpha)}
}

// divided takes the alpha out of the parts again.
func divided(from Color) (red, green, blue, alpha uint32) {
	red, green, blue, alpha = from.RGBA()
	if alpha == 0 {
		return 0, 0, 0, 0
	}
	if alpha != 0xffff {
		red, green, blue = red*0xffff/alpha, green*0xffff/alpha, blue*0xffff/alpha
	}
	return red, green, blue, alpha
}

func asNRGBA(from Color) Color {
	if _, same := from.(NRGBA); same {
		return from
	}
	red, green, blue, alpha := divided(from)
	return NRGBA{R: uint8(red >> 8), G: uint8(green >> 8), B: uint8(blue >> 8), A: uint8(alpha >> 8)}
}

func asNRGBA64(from Color) Color {
	if _, same := from.(NRGBA64); same {
		return from
	}
	red, green, blue, alpha := divided(from)
	return NRGBA64{R: uint16(red), G: uint16(green), B: uint16(blue), A: uint16(alpha)}
}

func asAlpha(from Color) Color {
	if _, same := from.(Alpha); same {
		return from
	}
	_, _, _, alpha := from.RGBA()
	return Alpha{A: uint8(alpha >> 8)}
}

func asAlpha16(from Color) Color {
	if _, same := from.(Alpha16); same {
		return from
	}
	_, _, _, alpha := from.RGBA()
	return Alpha16{A: uint16(alpha)}
}

// light is the brightness of a colour, in 32 bits of which the upper 16 are whole.
func light(from Color) uint32 {
	red, green, blue, _ := from.RGBA()
	return 19595*red + 38470*green + 7471*blue + 0x8000
}

func asGray(from Color) Color {
	if _, same := from.(Gray); same {
		return from
	}
	return Gray{Y: uint8(light(from) >> 24)}
}

func asGray16(from Color) Color {
	if _, same := from.(Gray16); same {
		return from
	}
	return Gray16{Y: uint16(light(from) >> 16)}
}

// Palette is a list of colours and, as a Model, the nearest of them.
type Palette []Color

// Convert answers the nearest colour of the palette.
func (list Palette) Convert(from Color) Color {
	if len(list) > 0 {
		return list[list.Index(from)]
	}
	return nil
}

// Index answers the place of the nearest colour; the first of several equally near ones.
func (list Palette) Index(from Color) int {
	red, green, blue, alpha := from.RGBA()
	nearest, least := 0, uint32(0xffffffff)
	for place, one := range list {
		r, g, b, a := one.RGBA()
		distance := apart(red, r) + apart(green, g) + apart(blue, b) + apart(alpha, a)
		if distance < least {
			nearest, least = place, distance
		}
		if distance == 0 {
			break
		}
	}
	return nearest
}

// apart is a quarter of the square of the difference; four of them fit 32 bits.
func apart(x, y uint32) uint32 {
	return ((x - y) * (x - y)) >> 2
}
