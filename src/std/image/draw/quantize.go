package draw

import (
	"image"
	"image/color"
)

// FloydSteinberg draws with the nearest colours and spreads what is wrong over the neighbours.
var FloydSteinberg Drawer = floydSteinberg{}

type floydSteinberg struct{}

func (floydSteinberg) Draw(dst Image, r image.Rectangle, src image.Image, sp image.Point) {
	d := &drawing{dst: dst, r: r, src: src, sp: sp}
	if d.clip(); !d.r.Empty() {
		quantize(dst, d.r, src, d.sp, true)
	}
}

// parts are red, green, blue and alpha.
type parts [4]int32

func partsOf(c color.Color) parts {
	r, g, b, a := c.RGBA()
	return parts{int32(r), int32(g), int32(b), int32(a)}
}

// nearest is the number of the colour that differs least.
func nearest(list []parts, c parts) (best int) {
	least := ^uint32(0)
	for i, p := range list {
		sum := uint32(0)
		for k := range p {
			by := uint32(c[k] - p[k])
			sum += by * by >> 2
		}
		if sum < least {
			best, least = i, sum
		}
		if sum == 0 {
			break
		}
	}
	return best
}

// quantize draws with the colours that dst has. What is wrong with a pixel goes to those behind it (7/16) and below it (3, 5 and 1), if spread is set.
func quantize(dst Image, r image.Rectangle, src image.Image, sp image.Point, spread bool) {
	p, paletted := dst.(*image.Paletted)
	var list []parts
	if paletted {
		for _, c := range p.Palette {
			list = append(list, partsOf(c))
		}
		paletted = list != nil
	}
	row, below := make([]parts, r.Dx()+2), make([]parts, r.Dx()+2)
	for y := range r.Dy() {
		for x := range r.Dx() {
			c := partsOf(src.At(sp.X+x, sp.Y+y))
			if spread {
				for k := range c {
					c[k] = min(max(c[k]+row[x+1][k]/16, 0), full)
				}
			}
			var got parts
			if paletted {
				i := nearest(list, c)
				p.Pix[p.PixOffset(r.Min.X+x, r.Min.Y+y)] = uint8(i)
				got = list[i]
			} else {
				dst.Set(r.Min.X+x, r.Min.Y+y, &color.RGBA64{R: uint16(c[0]), G: uint16(c[1]), B: uint16(c[2]), A: uint16(c[3])})
				if spread {
					got = partsOf(dst.At(r.Min.X+x, r.Min.Y+y))
				}
			}
			if !spread {
				continue
			}
			for k := range c {
				wrong := c[k] - got[k]
				below[x][k] += wrong * 3
				below[x+1][k] += wrong * 5
				below[x+2][k] += wrong
				row[x+2][k] += wrong * 7
			}
		}
		row, below = below, row
		clear(below)
	}
}
