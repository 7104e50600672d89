// Package palette: two palettes that are in use.
package palette

import "image/color"

// Plan9 is the palette of the Plan 9 operating system: 16 blocks of 16 colours, from dark to bright.
var Plan9 = plan9()

// WebSafe is the cube of six steps of red, green and blue.
var WebSafe = webSafe()

func webSafe() []color.Color {
	all := make([]color.Color, 0, 216)
	for i := range 216 {
		step := func(n int) uint8 { return uint8(n % 6 * 0x33) }
		all = append(all, color.RGBA{step(i / 36), step(i / 6), step(i), 0xff})
	}
	return all
}

// plan9 has four shades of each of 4×4×4 colours. A block has one red and one shade; where the greens and blues begin in it turns with both.
func plan9() []color.Color {
	all := make([]color.Color, 256)
	for block := range 16 {
		red, shade := block/4, block%4
		for n := range 16 {
			green, blue := n/4, n%4
			c := color.RGBA{A: 0xff}
			if most := max(red, green, blue); most == 0 {
				grey := uint8(0x11 * shade)
				c.R, c.G, c.B = grey, grey, grey
			} else {
				part := func(of int) uint8 { return uint8(of * 17 * (4*most + shade) / most) }
				c.R, c.G, c.B = part(red), part(green), part(blue)
			}
			all[16*block+(shade-red+n)&15] = c
		}
	}
	return all
}
