// Points and rectangles. Go keeps the original in image/geom.go.
package image

import (
	"image/color"
	"math/bits"
	"strconv"
)

// Point is a place on the grid of pixels.
type Point struct {
	X, Y int
}

// ZP is the place (0,0).
var ZP Point

// Pt makes a Point.
func Pt(X, Y int) Point { return Point{X: X, Y: Y} }

// String answers "(3,4)".
func (at Point) String() string {
	text := append(make([]byte, 0, 24), '(')
	text = append(strconv.AppendInt(text, int64(at.X), 10), ',')
	text = append(strconv.AppendInt(text, int64(at.Y), 10), ')')
	return string(text)
}

// Add adds both coordinates.
func (at Point) Add(by Point) Point { return Point{X: at.X + by.X, Y: at.Y + by.Y} }

// Sub subtracts both coordinates.
func (at Point) Sub(by Point) Point { return Point{X: at.X - by.X, Y: at.Y - by.Y} }

// Mul multiplies both coordinates.
func (at Point) Mul(k int) Point { return Point{X: at.X * k, Y: at.Y * k} }

// Div divides both coordinates.
func (at Point) Div(k int) Point { return Point{X: at.X / k, Y: at.Y / k} }

// Eq tells whether two points are the same.
func (at Point) Eq(other Point) bool { return at == other }

// In tells whether the point lies in the rectangle.
func (at Point) In(area Rectangle) bool {
	return at.X >= area.Min.X && at.Y >= area.Min.Y && at.X < area.Max.X && at.Y < area.Max.Y
}

// Mod answers the point of the rectangle that lies whole widths and heights away.
func (at Point) Mod(area Rectangle) Point {
	from := at.Sub(area.Min)
	return area.Min.Add(Point{X: remainder(from.X, area.Dx()), Y: remainder(from.Y, area.Dy())})
}

func remainder(x, n int) int {
	x %= n
	if x < 0 {
		x += n
	}
	return x
}

// Rectangle holds the points from Min up to, not including, Max.
type Rectangle struct {
	Min, Max Point
}

// ZR is the empty rectangle at (0,0).
var ZR Rectangle

// Rect makes a Rectangle; the corners may come in any order.
func Rect(x0, y0, x1, y1 int) Rectangle {
	return Rectangle{Min: Point{X: x0, Y: y0}, Max: Point{X: x1, Y: y1}}.Canon()
}

// String answers "(0,0)-(3,4)".
func (area Rectangle) String() string { return area.Min.String() + "-" + area.Max.String() }

// Dx is the width.
func (area Rectangle) Dx() int { return area.Max.X - area.Min.X }

// Dy is the height.
func (area Rectangle) Dy() int { return area.Max.Y - area.Min.Y }

// Size answers width and height.
func (area Rectangle) Size() Point { return area.Max.Sub(area.Min) }

// Add moves the rectangle.
func (area Rectangle) Add(by Point) Rectangle {
	return Rectangle{Min: area.Min.Add(by), Max: area.Max.Add(by)}
}

// Sub moves the rectangle the other way.
func (area Rectangle) Sub(by Point) Rectangle {
	return Rectangle{Min: area.Min.Sub(by), Max: area.Max.Sub(by)}
}

// Inset takes n off each side; a side too short for it shrinks to its middle.
func (area Rectangle) Inset(n int) Rectangle {
	area.Min.X, area.Max.X = shrunk(area.Min.X, area.Max.X, n)
	area.Min.Y, area.Max.Y = shrunk(area.Min.Y, area.Max.Y, n)
	return area
}

func shrunk(low, high, n int) (int, int) {
	if high-low < n+n {
		middle := (low + high) / 2
		return middle, middle
	}
	return low + n, high - n
}

// Intersect answers what two rectangles share.
func (area Rectangle) Intersect(other Rectangle) Rectangle {
	area.Min = Point{X: max(area.Min.X, other.Min.X), Y: max(area.Min.Y, other.Min.Y)}
	area.Max = Point{X: min(area.Max.X, other.Max.X), Y: min(area.Max.Y, other.Max.Y)}
	if area.Empty() {
		area = Rectangle{}
	}
	return area
}

// Union answers the smallest rectangle that holds both.
func (area Rectangle) Union(other Rectangle) Rectangle {
	switch {
	case area.Empty():
		return other
	case !other.Empty():
		area.Min = Point{X: min(area.Min.X, other.Min.X), Y: min(area.Min.Y, other.Min.Y)}
		area.Max = Point{X: max(area.Max.X, other.Max.X), Y: max(area.Max.Y, other.Max.Y)}
	}
	return area
}

// Empty tells whether no point lies in it.
func (area Rectangle) Empty() bool { return area.Max.X <= area.Min.X || area.Max.Y <= area.Min.Y }

// Eq tells whether both hold the same points.
func (area Rectangle) Eq(other Rectangle) bool {
	return area == other || area.Empty() && other.Empty()
}

// Overlaps tells whether they share a point.
func (area Rectangle) Overlaps(other Rectangle) bool {
	return !area.Empty() && !other.Empty() && !area.Intersect(other).Empty()
}

// In tells whether every point of it lies in the other.
func (area Rectangle) In(other Rectangle) bool {
	return area.Empty() || other.Min.X <= area.Min.X && other.Min.Y <= area.Min.Y && area.Max.X <= other.Max.X && area.Max.Y <= other.Max.Y
}

// Canon puts the corners in order.
func (area Rectangle) Canon() Rectangle {
	return Rectangle{
		Min: Point{X: min(area.Min.X, area.Max.X), Y: min(area.Min.Y, area.Max.Y)},
		Max: Point{X: max(area.Min.X, area.Max.X), Y: max(area.Min.Y, area.Max.Y)},
	}
}

// At is opaque inside and transparent outside.
func (area Rectangle) At(x, y int) color.Color {
	if Pt(x, y).In(area) {
		return color.Opaque
	}
	return color.Transparent
}

// RGBA64At is At with 16 bits a part.
func (area Rectangle) RGBA64At(x, y int) (of color.RGBA64) {
	if Pt(x, y).In(area) {
		of = color.RGBA64{R: 0xffff, G: 0xffff, B: 0xffff, A: 0xffff}
	}
	return of
}

// Bounds is the rectangle itself.
func (area Rectangle) Bounds() Rectangle { return area }

// ColorModel is that of 16 bits of alpha.
func (area Rectangle) ColorModel() color.Model { return color.Alpha16Model }

// room answers how many bytes a picture of that area needs.
func room(size int, area Rectangle, kind string) int {
	wide, high := area.Dx(), area.Dy()
	if wide >= 0 && high >= 0 {
		over, row := bits.Mul64(uint64(wide), uint64(size))
		if over == 0 {
			more, all := bits.Mul64(row, uint64(high))
			if more == 0 && int(all) >= 0 {
				return int(all)
			}
		}
	}
	panic("image: New" + kind + " Rectangle has huge or negative dimensions")
}
