package jpeg

import (
	"image"
	"image/color"
	"io"
	"slices"
)

// FormatError says that something is no JPEG.
type FormatError string

func (e FormatError) Error() string { return "invalid JPEG format: " + string(e) }

// UnsupportedError says that a feature is not supported.
type UnsupportedError string

func (e UnsupportedError) Error() string { return "unsupported JPEG feature: " + string(e) }

// Reader is what was once wanted of a reader.
//
// Deprecated: nothing asks for it.
type Reader interface {
	io.ByteReader
	io.Reader
}

// component is brightness or one of the colours: how many blocks of it a square has, and its divisors.
type component struct {
	id, divisor  byte
	across, down int
}

// decoder reads a file that is in memory.
type decoder struct {
	data        []byte
	failed      error // at the end of data
	size        image.Point
	count       int
	components  [4]component
	simple      bool
	progressive bool
	interval    int
	skip        int // blocks that have nothing more
	jfif        bool
	adobe       int // what it says of colours, -1 if it says nothing
	divisors    [4][64]int32
	codes       [2][4]decoding
	kept        [4][]block
	planes      [3]plane
	grey        *image.Gray
	colours     *image.YCbCr
}

// take reads so many bytes.
func (d *decoder) take(n int) ([]byte, error) {
	if len(d.data) < n {
		return nil, d.failed
	}
	taken := d.data[:n]
	d.data = d.data[n:]
	return taken, nil
}

// marker goes to the next one.
func (d *decoder) marker() (byte, error) {
	for {
		two, err := d.take(2)
		if err != nil {
			return 0, err
		}
		before, at := two[0], two[1]
		for before != 0xff {
			one, err := d.take(1)
			if err != nil {
				return 0, err
			}
			before, at = at, one[0]
		}
		if at == 0 {
			continue
		}
		for at == 0xff {
			one, err := d.take(1)
			if err != nil {
				return 0, err
			}
			at = one[0]
		}
		return at, nil
	}
}

func (d *decoder) decode(r io.Reader, onlySize bool) error {
	var err error
	d.adobe = -1
	d.data, err = io.ReadAll(r)
	if d.failed = err; err == nil {
		d.failed = io.ErrUnexpectedEOF
	}
	if begin, err := d.take(2); err != nil {
		return err
	} else if begin[0] != 0xff || begin[1] != startOfImage {
		return FormatError("missing SOI marker")
	}
	for {
		marker, err := d.marker()
		if err != nil {
			return err
		}
		if marker == endOfImage {
			break
		}
		if marker >= 0xd0 && marker <= 0xd7 {
			continue
		}
		two, err := d.take(2)
		if err != nil {
			return err
		}
		n := int(two[0])<<8 + int(two[1]) - 2
		if n < 0 {
			return FormatError("short segment length")
		}
		done, err := d.segment(marker, n, onlySize)
		if err != nil || done {
			return err
		}
	}
	if onlySize {
		return FormatError("missing SOS marker")
	}
	if d.progressive {
		d.showAll()
	}
	return nil
}

// segment reads what follows a marker; done: all that was wanted is known.
func (d *decoder) segment(marker byte, n int, onlySize bool) (done bool, err error) {
	if marker == startOfScan && onlySize {
		return true, nil
	}
	whole := func(read func([]byte) error) error {
		data, err := d.take(n)
		if err != nil {
			return err
		}
		return read(data)
	}
	none := func([]byte) error { return nil }
	switch {
	case marker == baseline || marker == baseline+1 || marker == baseline+2:
		d.simple, d.progressive = marker == baseline, marker == baseline+2
		return onlySize && d.jfif, d.frame(n)
	case marker == startOfScan:
		return false, d.scan(n)
	case onlySize && (marker == codeTables || marker == divisorTable || marker == 0xdd):
		return false, whole(none)
	case marker == codeTables:
		return false, d.readCodes(n)
	case marker == divisorTable:
		return false, d.readDivisors(n)
	case marker == 0xdd:
		if n != 2 {
			return false, FormatError("DRI has wrong length")
		}
		return false, whole(func(b []byte) error {
			d.interval = int(b[0])<<8 + int(b[1])
			return nil
		})
	case marker == 0xe0 && n >= 5:
		return false, whole(func(b []byte) error {
			d.jfif = string(b[:5]) == "JFIF\x00"
			return nil
		})
	case marker == 0xee && n >= 12:
		return false, whole(func(b []byte) error {
			if string(b[:5]) == "Adobe" {
				d.adobe = int(b[11])
			}
			return nil
		})
	case marker >= 0xe0 && marker <= 0xef || marker == 0xfe:
		return false, whole(none)
	case marker < 0xc0:
		return false, FormatError("unknown marker")
	}
	return false, UnsupportedError("unknown marker")
}

func (d *decoder) scan(n int) error {
	if d.count == 4 {
		fourColours()
	}
	if d.count == 0 || n < 6 || n > 4+2*d.count || n%2 != 0 {
		return d.readScan(make([]byte, n))
	}
	data, err := d.take(n)
	if err != nil {
		return err
	}
	return d.readScan(data)
}

// frame reads the size and the components.
func (d *decoder) frame(n int) error {
	if d.count != 0 {
		return FormatError("multiple SOF markers")
	}
	if n != 9 && n != 15 && n != 18 {
		return UnsupportedError("number of components")
	}
	d.count = (n - 6) / 3
	data, err := d.take(n)
	if err != nil {
		return err
	}
	if data[0] != 8 {
		return UnsupportedError("precision")
	}
	d.size = image.Pt(int(data[3])<<8+int(data[4]), int(data[1])<<8+int(data[2]))
	if int(data[5]) != d.count {
		return FormatError("SOF has wrong length")
	}
	for i := range d.count {
		b := data[6+3*i:]
		c := component{id: b[0], divisor: b[2], across: int(b[1] >> 4), down: int(b[1] & 15)}
		if slices.ContainsFunc(d.components[:i], func(o component) bool { return o.id == c.id }) {
			return FormatError("repeated component identifier")
		}
		d.components[i] = c
		if err := d.check(i); err != nil {
			return err
		}
	}
	return nil
}

// check looks at how a component is sampled.
func (d *decoder) check(i int) error {
	ratio := UnsupportedError("luma/chroma subsampling ratio")
	all, c := &d.components, &d.components[i]
	if c.divisor > 3 {
		return FormatError("bad Tq value")
	}
	if c.across < 1 || c.across > 4 || c.down < 1 || c.down > 4 {
		return FormatError("luma/chroma subsampling ratio")
	}
	bad := c.across == 3 || c.down == 3
	same := func(o component) bool { return o.across == c.across && o.down == c.down }
	switch {
	case bad:
	case d.count == 1:
		c.across, c.down = 1, 1
	case d.count == 4 && i == 0:
		bad = c.across != c.down || c.across > 2
	case d.count == 4 && i < 3:
		bad = c.across != 1 || c.down != 1
	case d.count == 4:
		bad = !same(all[0])
	case i == 0:
		bad = c.down == 4
	case i == 1:
		bad = all[0].across%c.across != 0 || all[0].down%c.down != 0
	default:
		bad = !same(all[1])
	}
	if bad {
		return ratio
	}
	return nil
}

func (d *decoder) readDivisors(n int) error {
	for n > 0 {
		head, err := d.take(1)
		if err != nil {
			return err
		}
		n--
		wide := int(head[0] >> 4)
		if head[0]&15 > 3 {
			return FormatError("bad Tq value")
		}
		if wide > 1 {
			return FormatError("bad Pq value")
		}
		size := 64 << wide
		if n < size {
			break
		}
		n -= size
		data, err := d.take(size)
		if err != nil {
			return err
		}
		for i := range 64 {
			v := int32(data[i<<wide])
			if wide == 1 {
				v = v<<8 | int32(data[2*i+1])
			}
			d.divisors[head[0]&15][i] = v
		}
	}
	if n != 0 {
		return FormatError("DQT has wrong length")
	}
	return nil
}

// restart looks for a marker behind which nothing depends on what was before.
func (d *decoder) restart(marker byte) error {
	two, err := d.take(2)
	if err != nil {
		return err
	}
	before, at := two[0], two[1]
	for before != 0xff || at != marker {
		keep := at == 0xff
		if before == 0xff && !keep && at != 0 {
			return FormatError("bad RST marker")
		}
		if !keep {
			one, err := d.take(1)
			if err != nil {
				return err
			}
			at = one[0]
		}
		before = at
		one, err := d.take(1)
		if err != nil {
			return err
		}
		at = one[0]
	}
	return nil
}

// isRGB tells that the components are red, green and blue.
func (d *decoder) isRGB() bool {
	if d.jfif {
		return false
	}
	c := d.components
	return d.adobe == 0 || c[0].id == 'R' && c[1].id == 'G' && c[2].id == 'B'
}

// Decode reads a picture.
func Decode(r io.Reader) (image.Image, error) {
	var d decoder
	if err := d.decode(r, false); err != nil {
		return nil, err
	}
	switch {
	case d.grey != nil:
		return d.grey, nil
	case d.colours == nil:
		return nil, FormatError("missing SOS marker")
	case !d.isRGB():
		return d.colours, nil
	}
	m := image.NewRGBA(d.colours.Rect)
	scale := d.components[0].across / d.components[1].across
	for y := range m.Rect.Dy() {
		bright, other := d.colours.YOffset(0, y), d.colours.COffset(0, y)
		for x := range m.Rect.Dx() {
			m.SetRGBA(x, y, color.RGBA{d.colours.Y[bright+x], d.colours.Cb[other+x/scale], d.colours.Cr[other+x/scale], 255})
		}
	}
	return m, nil
}

// DecodeConfig reads the size and the kind of a picture.
func DecodeConfig(r io.Reader) (image.Config, error) {
	var d decoder
	if err := d.decode(r, true); err != nil {
		return image.Config{}, err
	}
	model := color.YCbCrModel
	switch {
	case d.count == 0:
		return image.Config{}, FormatError("missing SOF marker")
	case d.count == 1:
		model = color.GrayModel
	case d.count == 4:
		model = color.CMYKModel
	case d.isRGB():
		model = color.RGBAModel
	}
	return image.Config{ColorModel: model, Width: d.size.X, Height: d.size.Y}, nil
}

func init() { image.RegisterFormat("jpeg", "\xff\xd8", Decode, DecodeConfig) }
