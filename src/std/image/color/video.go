package color

// YCbCr is a colour of video and of JPEG: light, and how far it goes to blue and to red.
type YCbCr struct{ Y, Cb, Cr uint8 }

// NYCbCrA is YCbCr and how opaque it is.
type NYCbCrA struct {
	YCbCr
	A uint8
}

// CMYK is a colour of print.
type CMYK struct{ C, M, Y, K uint8 }

// Models of these colours.
var (
	YCbCrModel   = ModelFunc(asYCbCr)
	NYCbCrAModel = ModelFunc(asNYCbCrA)
	CMYKModel    = ModelFunc(asCMYK)
)

// part is a part of a colour as a fraction of 2^24, cut off and shifted.
func part(x int32, shift uint) uint32 {
	switch {
	case x < 0:
		return 0
	case x >= 1<<24:
		return 1<<(24-shift) - 1
	}
	return uint32(x) >> shift
}

// mixed is red, green and blue as fractions of 2^24.
func mixed(y, cb, cr uint8) (red, green, blue int32) {
	light, b, r := int32(y)*0x10101, int32(cb)-128, int32(cr)-128
	return light + 91881*r, light - 22554*b - 46802*r, light + 116130*b
}

// RGBToYCbCr makes one of the other.
func RGBToYCbCr(r, g, b uint8) (uint8, uint8, uint8) {
	red, green, blue := int32(r), int32(g), int32(b)
	light := (19595*red + 38470*green + 7471*blue + 1<<15) >> 16
	toBlue := -11056*red - 21712*green + 32768*blue + 257<<15
	toRed := 32768*red - 27440*green - 5328*blue + 257<<15
	return uint8(light), uint8(part(toBlue, 16)), uint8(part(toRed, 16))
}

// YCbCrToRGB makes one of the other.
func YCbCrToRGB(y, cb, cr uint8) (uint8, uint8, uint8) {
	red, green, blue := mixed(y, cb, cr)
	return uint8(part(red, 16)), uint8(part(green, 16)), uint8(part(blue, 16))
}

// RGBA answers the parts of the colour.
func (v YCbCr) RGBA() (red, green, blue, alpha uint32) {
	r, g, b := mixed(v.Y, v.Cb, v.Cr)
	return part(r, 8), part(g, 8), part(b, 8), 0xffff
}

// RGBA answers the parts of the colour.
func (v NYCbCrA) RGBA() (red, green, blue, alpha uint32) {
	red, green, blue, _ = v.YCbCr.RGBA()
	alpha = wide(v.A)
	return red * alpha / 0xffff, green * alpha / 0xffff, blue * alpha / 0xffff, alpha
}

func asYCbCr(from Color) Color {
	if same, ok := from.(YCbCr); ok {
		return same
	}
	red, green, blue, _ := from.RGBA()
	y, cb, cr := RGBToYCbCr(uint8(red>>8), uint8(green>>8), uint8(blue>>8))
	return YCbCr{y, cb, cr}
}

func asNYCbCrA(from Color) Color {
	switch same := from.(type) {
	case NYCbCrA:
		return same
	case YCbCr:
		return NYCbCrA{same, 0xff}
	}
	red, green, blue, alpha := from.RGBA()
	if alpha != 0 {
		red, green, blue = red*0xffff/alpha, green*0xffff/alpha, blue*0xffff/alpha
	}
	y, cb, cr := RGBToYCbCr(uint8(red>>8), uint8(green>>8), uint8(blue>>8))
	return NYCbCrA{YCbCr{y, cb, cr}, uint8(alpha >> 8)}
}

// RGBToCMYK makes one of the other.
func RGBToCMYK(r, g, b uint8) (uint8, uint8, uint8, uint8) {
	most := uint32(max(r, g, b))
	if most == 0 {
		return 0, 0, 0, 0xff
	}
	ink := func(part uint8) uint8 { return uint8((most - uint32(part)) * 0xff / most) }
	return ink(r), ink(g), ink(b), uint8(0xff - most)
}

// CMYKToRGB makes one of the other.
func CMYKToRGB(c, m, y, k uint8) (uint8, uint8, uint8) {
	red, green, blue, _ := CMYK{c, m, y, k}.RGBA()
	return uint8(red >> 8), uint8(green >> 8), uint8(blue >> 8)
}

// RGBA answers the parts of the colour.
func (v CMYK) RGBA() (red, green, blue, alpha uint32) {
	light := 0xffff - wide(v.K)
	left := func(ink uint8) uint32 { return (0xffff - wide(ink)) * light / 0xffff }
	return left(v.C), left(v.M), left(v.Y), 0xffff
}

func asCMYK(from Color) Color {
	if same, ok := from.(CMYK); ok {
		return same
	}
	red, green, blue, _ := from.RGBA()
	c, m, y, k := RGBToCMYK(uint8(red>>8), uint8(green>>8), uint8(blue>>8))
	return CMYK{c, m, y, k}
}
