// Package draw puts one picture on another, through a mask if there is one.
//
// draw.go: colours are put one by one; quantize.go: pictures with a palette. Each pixel is worked out by the formula of Go's, whose special cases
// give the same. Go: src/image/draw.
package draw

import (
	"image"
	"image/color"
)

const full = 1<<16 - 1

// Image is a picture whose pixels can be set.
type Image interface {
	image.Image
	Set(x, y int, c color.Color)
}

// RGBA64Image is an Image that needs no allocation for a colour.
type RGBA64Image interface {
	image.RGBA64Image
	Set(x, y int, c color.Color)
	SetRGBA64(x, y int, c color.RGBA64)
}

// Quantizer makes a palette for a picture.
type Quantizer interface {
	Quantize(p color.Palette, m image.Image) color.Palette
}

// Op is how pixels are put together.
type Op int

const (
	// Over shows what is below as far as the picture is transparent, Src doesn't.
	Over Op = iota
	Src
)

// Drawer is a way of drawing.
type Drawer interface {
	Draw(dst Image, r image.Rectangle, src image.Image, sp image.Point)
}

// Draw draws in this way.
func (op Op) Draw(dst Image, r image.Rectangle, src image.Image, sp image.Point) {
	Draw(dst, r, src, sp, op)
}

// Draw is DrawMask without a mask.
func Draw(dst Image, r image.Rectangle, src image.Image, sp image.Point, op Op) {
	DrawMask(dst, r, src, sp, nil, image.Point{}, op)
}

// drawing is what is to be drawn.
type drawing struct {
	dst      Image
	r        image.Rectangle
	src      image.Image
	sp       image.Point
	mask     image.Image
	mp       image.Point
	op       Op
	backward bool // else what is yet to be read would be overwritten
}

// clip leaves out what isn't in all pictures.
func (d *drawing) clip() {
	from := d.r.Min
	d.r = d.r.Intersect(d.dst.Bounds())
	d.r = d.r.Intersect(d.src.Bounds().Add(from.Sub(d.sp)))
	if d.mask != nil {
		d.r = d.r.Intersect(d.mask.Bounds().Add(from.Sub(d.mp)))
	}
	d.sp = d.sp.Add(d.r.Min.Sub(from))
	d.mp = d.mp.Add(d.r.Min.Sub(from))
	at, to := d.sp, d.r.Min
	d.backward = image.Image(d.dst) == d.src && d.r.Overlaps(d.r.Add(at.Sub(to))) && (at.Y < to.Y || at.Y == to.Y && at.X < to.X)
}

// DrawMask puts the part of src that begins at sp on the area r of dst, as far as the part of mask that begins at mp lets it through.
func DrawMask(dst Image, r image.Rectangle, src image.Image, sp image.Point, mask image.Image, mp image.Point, op Op) {
	d := &drawing{dst: dst, r: r, src: src, sp: sp, mask: mask, mp: mp, op: op}
	if d.clip(); d.r.Empty() {
		return
	}
	if op == Src && mask == nil && d.same() {
		return
	}
	if to, ok := dst.(*image.RGBA); ok {
		d.each(func(x, y int, from, through image.Point) { d.onRGBA(to.Pix[to.PixOffset(x, y):], from, through) })
		return
	}
	to, wide := dst.(RGBA64Image)
	if _, ok := src.(image.RGBA64Image); !ok {
		wide = false
	}
	if _, ok := mask.(image.RGBA64Image); mask != nil && !ok {
		wide = false
	}
	if wide {
		d.each(func(x, y int, from, through image.Point) { d.onWide(to, x, y, from, through) })
		return
	}
	d.each(d.onAny)
}

// each calls put for each pixel, with its place in the source and in the mask.
func (d *drawing) each(put func(x, y int, from, through image.Point)) {
	size := d.r.Size()
	for j := range size.Y {
		for i := range size.X {
			by := image.Pt(i, j)
			if d.backward {
				by = image.Pt(size.X-1-i, size.Y-1-j)
			}
			at := d.r.Min.Add(by)
			put(at.X, at.Y, d.sp.Add(by), d.mp.Add(by))
		}
	}
}

// same draws pictures of one kind, whose bytes need not be looked at, and pictures with a palette.
func (d *drawing) same() bool {
	switch to := d.dst.(type) {
	case *image.NRGBA:
		if from, ok := d.src.(*image.NRGBA); ok {
			d.bytes(to.Pix[to.PixOffset(d.r.Min.X, d.r.Min.Y):], to.Stride, from.Pix[from.PixOffset(d.sp.X, d.sp.Y):], from.Stride, 4)
			return true
		}
	case *image.NRGBA64:
		if from, ok := d.src.(*image.NRGBA64); ok {
			d.bytes(to.Pix[to.PixOffset(d.r.Min.X, d.r.Min.Y):], to.Stride, from.Pix[from.PixOffset(d.sp.X, d.sp.Y):], from.Stride, 8)
			return true
		}
	case *image.Paletted:
		if from, ok := d.src.(*image.Uniform); ok {
			index := uint8(to.Palette.Index(from.C))
			d.each(func(x, y int, _, _ image.Point) { to.Pix[to.PixOffset(x, y)] = index })
			return true
		}
		if !d.backward {
			quantize(d.dst, d.r, d.src, d.sp, false)
			return true
		}
	}
	return false
}

// bytes copies rows.
func (d *drawing) bytes(to []byte, stride int, from []byte, fromStride, size int) {
	rows, n := d.r.Dy(), size*d.r.Dx()
	for i := range rows {
		if d.r.Min.Y > d.sp.Y {
			i = rows - 1 - i
		}
		copy(to[i*stride:][:n], from[i*fromStride:][:n])
	}
}

// colour is that of a pixel of the source.
func (d *drawing) colour(at image.Point) (r, g, b, a uint32) {
	if wide, ok := d.src.(image.RGBA64Image); ok {
		c := wide.RGBA64At(at.X, at.Y)
		return uint32(c.R), uint32(c.G), uint32(c.B), uint32(c.A)
	}
	return d.src.At(at.X, at.Y).RGBA()
}

// let is how much the mask lets through.
func (d *drawing) let(at image.Point) (a uint32) {
	if d.mask == nil {
		return full
	}
	_, _, _, a = d.mask.At(at.X, at.Y).RGBA()
	return a
}

func (d *drawing) onRGBA(pix []byte, from, through image.Point) {
	r, g, b, a := d.colour(from)
	let := d.let(through)
	if d.op == Src {
		pix[0], pix[1], pix[2], pix[3] = uint8(r*let/full>>8), uint8(g*let/full>>8), uint8(b*let/full>>8), uint8(a*let/full>>8)
		return
	}
	left := (full - a*let/full) * 0x101
	mix := func(old uint8, part uint32) uint8 { return uint8((uint32(old)*left + part*let) / full >> 8) }
	if let == full { // in two steps, lest the sum overflow
		mix = func(old uint8, part uint32) uint8 { return uint8((uint32(old)*left/full + part) >> 8) }
	}
	pix[0], pix[1], pix[2], pix[3] = mix(pix[0], r), mix(pix[1], g), mix(pix[2], b), mix(pix[3], a)
}

func (d *drawing) onWide(to RGBA64Image, x, y int, from, through image.Point) {
	let := d.let(through)
	switch {
	case let == 0 && d.op == Src:
		to.SetRGBA64(x, y, color.RGBA64{})
	case let == 0 && d.mask != nil:
	case let == full && d.op == Src:
		to.SetRGBA64(x, y, d.src.(image.RGBA64Image).RGBA64At(from.X, from.Y))
	default:
		old := to.RGBA64At(x, y)
		to.SetRGBA64(x, y, d.mixed(from, let, uint32(old.R), uint32(old.G), uint32(old.B), uint32(old.A)))
	}
}

// mixed is a pixel of the source over an old one.
func (d *drawing) mixed(from image.Point, let, oldR, oldG, oldB, oldA uint32) color.RGBA64 {
	r, g, b, a := d.colour(from)
	left := full - a*let/full
	if d.op == Src {
		left = 0
	}
	mix := func(old, part uint32) uint16 { return uint16((old*left + part*let) / full) }
	return color.RGBA64{R: mix(oldR, r), G: mix(oldG, g), B: mix(oldB, b), A: mix(oldA, a)}
}

func (d *drawing) onAny(x, y int, from, through image.Point) {
	let := d.let(through)
	switch {
	case let == 0 && d.op == Src:
		d.dst.Set(x, y, color.Transparent)
	case let == 0:
	case let == full && d.op == Src:
		d.dst.Set(x, y, d.src.At(from.X, from.Y))
	default:
		r, g, b, a := d.dst.At(x, y).RGBA()
		c := d.mixed(from, let, r, g, b, a)
		d.dst.Set(x, y, &c)
	}
}
