package image

import "image/color"

// YCbCrSubsampleRatio says how many pixels share a colour; each has its own light.
type YCbCrSubsampleRatio int

// Ratios.
const (
	YCbCrSubsampleRatio444 YCbCrSubsampleRatio = iota
	YCbCrSubsampleRatio422
	YCbCrSubsampleRatio420
	YCbCrSubsampleRatio440
	YCbCrSubsampleRatio411
	YCbCrSubsampleRatio410
)

func (s YCbCrSubsampleRatio) String() string {
	name := "Unknown"
	if s >= 0 && int(s) < len(shared) {
		name = shared[s].name
	}
	return "YCbCrSubsampleRatio" + name
}

// shared is over how many columns and rows a colour goes.
var shared = [...]struct {
	name          string
	columns, rows int
}{{"444", 1, 1}, {"422", 2, 1}, {"420", 2, 2}, {"440", 1, 2}, {"411", 4, 1}, {"410", 4, 2}}

func (s YCbCrSubsampleRatio) columns() int {
	if s < 0 || int(s) >= len(shared) {
		return 1
	}
	return shared[s].columns
}

func (s YCbCrSubsampleRatio) rows() int {
	if s < 0 || int(s) >= len(shared) {
		return 1
	}
	return shared[s].rows
}

// planes are sizes of the parts of a picture.
func (s YCbCrSubsampleRatio) planes(r Rectangle) (w, h, cw, ch int) {
	columns, rows := s.columns(), s.rows()
	return r.Dx(), r.Dy(), (r.Max.X+columns-1)/columns - r.Min.X/columns, (r.Max.Y+rows-1)/rows - r.Min.Y/rows
}

// YCbCr is a picture of video or JPEG.
type YCbCr struct {
	Y, Cb, Cr      []uint8
	YStride        int
	CStride        int
	SubsampleRatio YCbCrSubsampleRatio
	Rect           Rectangle
}

// NewYCbCr makes a picture.
func NewYCbCr(r Rectangle, subsampleRatio YCbCrSubsampleRatio) *YCbCr {
	w, h, cw, ch := subsampleRatio.planes(r)
	all := checked(w, h, cw, ch, 2, "NewYCbCr")
	m := new(YCbCr)
	*m = yCbCr(make([]byte, all), w*h, cw*ch)
	m.YStride, m.CStride, m.SubsampleRatio, m.Rect = w, cw, subsampleRatio, r
	return m
}

// checked is how many bytes a picture takes, with colours so often.
func checked(w, h, cw, ch, colours int, who string) int {
	const most = 1 << 47
	fits := w >= 0 && h >= 0 && cw >= 0 && ch >= 0 && (h == 0 || w <= most/h) && (ch == 0 || cw <= most/ch)
	if !fits {
		panic("image: " + who + " Rectangle has huge or negative dimensions")
	}
	return w*h + colours*cw*ch
}

// yCbCr cuts memory into the parts of a picture.
func yCbCr(pix []byte, light, colour int) YCbCr {
	blue, red := light+colour, light+2*colour
	return YCbCr{Y: pix[:light:light], Cb: pix[light:blue:blue], Cr: pix[blue:red:red]}
}

// ColorModel answers color.YCbCrModel.
func (m *YCbCr) ColorModel() color.Model { return color.YCbCrModel }

// Bounds answers where the picture has pixels.
func (m *YCbCr) Bounds() Rectangle { return m.Rect }

// At answers the colour of a pixel.
func (m *YCbCr) At(x, y int) color.Color { return m.YCbCrAt(x, y) }

// RGBA64At answers the colour of a pixel.
func (m *YCbCr) RGBA64At(x, y int) color.RGBA64 { return rgba64(m.YCbCrAt(x, y)) }

func rgba64(c color.Color) color.RGBA64 {
	red, green, blue, alpha := c.RGBA()
	return color.RGBA64{R: uint16(red), G: uint16(green), B: uint16(blue), A: uint16(alpha)}
}

// YCbCrAt answers the colour of a pixel.
func (m *YCbCr) YCbCrAt(x, y int) color.YCbCr {
	if !Pt(x, y).In(m.Rect) {
		return color.YCbCr{}
	}
	light, colour := m.YOffset(x, y), m.COffset(x, y)
	return color.YCbCr{Y: m.Y[light], Cb: m.Cb[colour], Cr: m.Cr[colour]}
}

// YOffset answers where a pixel's light lies.
func (m *YCbCr) YOffset(x, y int) int { return (y-m.Rect.Min.Y)*m.YStride + x - m.Rect.Min.X }

// COffset answers where a pixel's colour lies.
func (m *YCbCr) COffset(x, y int) int {
	columns, rows := m.SubsampleRatio.columns(), m.SubsampleRatio.rows()
	return (y/rows-m.Rect.Min.Y/rows)*m.CStride + x/columns - m.Rect.Min.X/columns
}

// SubImage answers a part of the picture, which shares its memory.
func (m *YCbCr) SubImage(r Rectangle) Image {
	r = r.Intersect(m.Rect)
	if r.Empty() {
		return &YCbCr{SubsampleRatio: m.SubsampleRatio}
	}
	light, colour := m.YOffset(r.Min.X, r.Min.Y), m.COffset(r.Min.X, r.Min.Y)
	part := *m
	part.Y, part.Cb, part.Cr, part.Rect = m.Y[light:], m.Cb[colour:], m.Cr[colour:], r
	return &part
}

// Opaque answers that it is.
func (m *YCbCr) Opaque() bool { return true }

// NYCbCrA is YCbCr and how opaque each pixel is.
type NYCbCrA struct {
	YCbCr
	A       []uint8
	AStride int
}

// NewNYCbCrA makes a picture.
func NewNYCbCrA(r Rectangle, subsampleRatio YCbCrSubsampleRatio) *NYCbCrA {
	w, h, cw, ch := subsampleRatio.planes(r)
	all := checked(w, 2*h, cw, ch, 2, "NewNYCbCrA")
	pix := make([]byte, all)
	m := &NYCbCrA{YCbCr: yCbCr(pix, w*h, cw*ch), A: pix[all-w*h:], AStride: w}
	m.YStride, m.CStride, m.SubsampleRatio, m.Rect = w, cw, subsampleRatio, r
	return m
}

// ColorModel answers color.NYCbCrAModel.
func (m *NYCbCrA) ColorModel() color.Model { return color.NYCbCrAModel }

// At answers the colour of a pixel.
func (m *NYCbCrA) At(x, y int) color.Color { return m.NYCbCrAAt(x, y) }

// RGBA64At answers the colour of a pixel.
func (m *NYCbCrA) RGBA64At(x, y int) color.RGBA64 { return rgba64(m.NYCbCrAAt(x, y)) }

// NYCbCrAAt answers the colour of a pixel.
func (m *NYCbCrA) NYCbCrAAt(x, y int) color.NYCbCrA {
	if !Pt(x, y).In(m.Rect) {
		return color.NYCbCrA{}
	}
	return color.NYCbCrA{YCbCr: m.YCbCrAt(x, y), A: m.A[m.AOffset(x, y)]}
}

// AOffset answers where it lies how opaque a pixel is.
func (m *NYCbCrA) AOffset(x, y int) int { return (y-m.Rect.Min.Y)*m.AStride + x - m.Rect.Min.X }

// SubImage answers a part of the picture, which shares its memory.
func (m *NYCbCrA) SubImage(r Rectangle) Image {
	r = r.Intersect(m.Rect)
	if r.Empty() {
		return &NYCbCrA{YCbCr: YCbCr{SubsampleRatio: m.SubsampleRatio}}
	}
	part := m.YCbCr.SubImage(r).(*YCbCr)
	return &NYCbCrA{YCbCr: *part, A: m.A[m.AOffset(r.Min.X, r.Min.Y):], AStride: m.AStride}
}

// Opaque tells whether all pixels are.
func (m *NYCbCrA) Opaque() bool {
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			if m.A[m.AOffset(x, y)] != 0xff {
				return false
			}
		}
	}
	return true
}

// CMYK is a picture for print.
type CMYK struct {
	Pix    []uint8
	Stride int
	Rect   Rectangle
}

// NewCMYK makes a picture.
func NewCMYK(r Rectangle) *CMYK {
	return &CMYK{Pix: make([]uint8, room(4, r, "CMYK")), Stride: 4 * r.Dx(), Rect: r}
}

// ColorModel answers color.CMYKModel.
func (m *CMYK) ColorModel() color.Model { return color.CMYKModel }

// Bounds answers where the picture has pixels.
func (m *CMYK) Bounds() Rectangle { return m.Rect }

// At answers the colour of a pixel.
func (m *CMYK) At(x, y int) color.Color { return m.CMYKAt(x, y) }

// RGBA64At answers the colour of a pixel.
func (m *CMYK) RGBA64At(x, y int) color.RGBA64 { return rgba64(m.CMYKAt(x, y)) }

// CMYKAt answers the colour of a pixel.
func (m *CMYK) CMYKAt(x, y int) color.CMYK {
	if !Pt(x, y).In(m.Rect) {
		return color.CMYK{}
	}
	at := m.Pix[m.PixOffset(x, y):]
	return color.CMYK{C: at[0], M: at[1], Y: at[2], K: at[3]}
}

// PixOffset answers where a pixel lies.
func (m *CMYK) PixOffset(x, y int) int { return (y-m.Rect.Min.Y)*m.Stride + 4*(x-m.Rect.Min.X) }

// Set sets the colour of a pixel.
func (m *CMYK) Set(x, y int, c color.Color) { m.SetCMYK(x, y, color.CMYKModel.Convert(c).(color.CMYK)) }

// SetRGBA64 sets the colour of a pixel.
func (m *CMYK) SetRGBA64(x, y int, c color.RGBA64) { m.Set(x, y, c) }

// SetCMYK sets the colour of a pixel.
func (m *CMYK) SetCMYK(x, y int, c color.CMYK) {
	if Pt(x, y).In(m.Rect) {
		copy(m.Pix[m.PixOffset(x, y):], []uint8{c.C, c.M, c.Y, c.K})
	}
}

// SubImage answers a part of the picture, which shares its memory.
func (m *CMYK) SubImage(r Rectangle) Image {
	r = r.Intersect(m.Rect)
	if r.Empty() {
		return new(CMYK)
	}
	return &CMYK{Pix: m.Pix[m.PixOffset(r.Min.X, r.Min.Y):], Stride: m.Stride, Rect: r}
}

// Opaque answers that it is.
func (m *CMYK) Opaque() bool { return true }
