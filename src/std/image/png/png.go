// Package png reads and writes PNG pictures.
//
// png.go: what both share; write.go, read.go, pixels.go (of a row that was read). Go: src/image/png.
package png

// signature is what a file begins with.
const signature = "\x89PNG\r\n\x1a\n"

// FormatError is what is wrong with a picture.
type FormatError string

func (e FormatError) Error() string { return "png: invalid format: " + string(e) }

// UnsupportedError is what this package can't do.
type UnsupportedError string

func (e UnsupportedError) Error() string { return "png: unsupported feature: " + string(e) }

// Kinds of pixels, as the file names them.
const (
	grey      = 0
	colours   = 2
	palette   = 3
	greyAlpha = 4
	all       = 6
)

// samples is how many numbers a pixel has.
var samples = [...]int{grey: 1, colours: 3, palette: 1, greyAlpha: 2, all: 4}

// Ways of writing a row: as differences from bytes before it.
const (
	asIs    = iota
	left    // from the pixel before
	above   // from the row before
	average // of both
	nearest // of left, above and the pixel between them, the one next to left + above - between
	filters
)

func distance(a, b int) int {
	if a > b {
		return a - b
	}
	return b - a
}

func nearestOf(left, above, between uint8) uint8 {
	l, a, b := int(left), int(above), int(between)
	guess := l + a - b
	toLeft, toAbove, toBetween := distance(guess, l), distance(guess, a), distance(guess, b)
	switch {
	case toLeft <= toAbove && toLeft <= toBetween:
		return left
	case toAbove <= toBetween:
		return above
	}
	return between
}

// expected is what a filter takes the byte at i to be, from the row and the row above; a pixel has size bytes.
func expected(filter int, row, up []byte, i, size int) uint8 {
	var l, between uint8
	if i >= size {
		l, between = row[i-size], up[i-size]
	}
	switch filter {
	case left:
		return l
	case above:
		return up[i]
	case average:
		return uint8((int(l) + int(up[i])) / 2)
	case nearest:
		return nearestOf(l, up[i], between)
	}
	return 0
}
