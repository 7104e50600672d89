// Package gif reads and writes pictures of at most 256 colours, also moving ones.
package gif

import (
	"bufio"
	"compress/lzw"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
)

// What becomes of a picture before the next.
const (
	DisposalNone       = 0x01
	DisposalBackground = 0x02
	DisposalPrevious   = 0x03
)

// GIF is all pictures of a file, how long each stays in hundredths of a second, and how often they come: -1 once, 0 for ever.
type GIF struct {
	Image           []*image.Paletted
	Delay           []int
	LoopCount       int
	Disposal        []byte
	Config          image.Config
	BackgroundIndex byte
}

// Bytes with which something begins.
const (
	extension  = 0x21
	picture    = 0x2C
	trailer    = 0x3B
	plainText  = 0x01
	control    = 0xF9
	remark     = 0xFE
	programs   = 0xFF
	hasTable   = 1 << 7
	interlaced = 1 << 6
	looping    = "NETSCAPE2.0"
)

var (
	errLittle = errors.New("gif: not enough image data")
	errMuch   = errors.New("gif: too much image data")
	errPixel  = errors.New("gif: invalid pixel value")
)

type source interface {
	io.Reader
	io.ByteReader
}

// decoder reads a file.
type decoder struct {
	from        source
	gif         GIF
	table       color.Palette // of all pictures
	delay       int
	disposal    byte
	transparent int // -1: no colour
	room        [768]byte
}

// bytes reads so many.
func (d *decoder) bytes(n int) ([]byte, error) {
	_, err := io.ReadFull(d.from, d.room[:n])
	return d.room[:n], broken(err)
}

func (d *decoder) byte() (byte, error) {
	b, err := d.from.ReadByte()
	return b, broken(err)
}

// broken: a file does not end in the middle.
func broken(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (d *decoder) start(r io.Reader) error {
	from, ok := r.(source)
	if !ok {
		from = bufio.NewReader(r)
	}
	d.from, d.gif.LoopCount, d.transparent = from, -1, -1
	head, err := d.bytes(13)
	if err != nil {
		return fmt.Errorf("gif: reading header: %v", err)
	}
	if version := string(head[:6]); version != "GIF87a" && version != "GIF89a" {
		return fmt.Errorf("gif: can't recognize format %q", version)
	}
	size := head[6:]
	d.gif.Config.Width, d.gif.Config.Height = int(binary.LittleEndian.Uint16(size)), int(binary.LittleEndian.Uint16(size[2:]))
	if flags := size[4]; flags&hasTable != 0 {
		d.gif.BackgroundIndex = size[5]
		if d.table, err = d.colours(flags); err != nil {
			return err
		}
	}
	d.gif.Config.ColorModel = d.table
	return nil
}

// decode reads pictures: all, or the first.
func (d *decoder) decode(r io.Reader, all bool) error {
	if err := d.start(r); err != nil {
		return err
	}
	for all || len(d.gif.Image) == 0 {
		kind, err := d.byte()
		if err != nil {
			return fmt.Errorf("gif: reading frames: %v", err)
		}
		switch kind {
		case extension:
			err = d.extension()
		case picture:
			err = d.picture()
		case trailer:
			if len(d.gif.Image) == 0 {
				return fmt.Errorf("gif: missing image data")
			}
			return nil
		default:
			err = fmt.Errorf("gif: unknown block type: 0x%.2x", kind)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *decoder) colours(flags byte) (color.Palette, error) {
	n := 2 << (flags & 7)
	values, err := d.bytes(3 * n)
	if err != nil {
		return nil, fmt.Errorf("gif: reading color table: %s", err)
	}
	table := make(color.Palette, n)
	for i := range table {
		table[i] = color.RGBA{values[3*i], values[3*i+1], values[3*i+2], 0xff}
	}
	return table, nil
}

// block reads one of the blocks that data is cut into; the last is empty.
func (d *decoder) block() ([]byte, error) {
	size, err := d.byte()
	if err != nil || size == 0 {
		return nil, err
	}
	return d.bytes(int(size))
}

func (d *decoder) extension() error {
	kind, err := d.byte()
	size := byte(0)
	if err == nil {
		switch kind {
		case control:
			return d.control()
		case plainText:
			size = 13
		case programs:
			size, err = d.byte()
		case remark:
		default:
			return fmt.Errorf("gif: unknown extension 0x%.2x", kind)
		}
	}
	var name []byte
	if err == nil {
		name, err = d.bytes(int(size))
	}
	loops := kind == programs && string(name) == looping
	for err == nil {
		var data []byte
		if data, err = d.block(); err == nil && len(data) == 0 {
			return nil
		}
		if loops && len(data) == 3 && data[0] == 1 {
			d.gif.LoopCount = int(binary.LittleEndian.Uint16(data[1:]))
		}
		loops = false
	}
	return fmt.Errorf("gif: reading extension: %v", err)
}

// control reads how the next picture is shown.
func (d *decoder) control() error {
	b, err := d.bytes(6)
	if err != nil {
		return fmt.Errorf("gif: can't read graphic control: %s", err)
	}
	if b[0] != 4 {
		return fmt.Errorf("gif: invalid graphic control extension block size: %d", b[0])
	}
	d.disposal = b[1] >> 2 & 7
	d.delay = int(binary.LittleEndian.Uint16(b[2:]))
	if b[1]&1 != 0 {
		d.transparent = int(b[4])
	}
	if b[5] != 0 {
		return fmt.Errorf("gif: invalid graphic control extension block terminator: %d", b[5])
	}
	return nil
}

func (d *decoder) picture() error {
	b, err := d.bytes(9)
	if err != nil {
		return fmt.Errorf("gif: can't read image descriptor: %s", err)
	}
	number := func(i int) int { return int(binary.LittleEndian.Uint16(b[i:])) }
	place := image.Rect(number(0), number(2), number(0)+number(4), number(2)+number(6))
	flags := b[8]
	if place.Max.X > d.gif.Config.Width || place.Max.Y > d.gif.Config.Height {
		return errors.New("gif: frame bounds larger than image bounds")
	}
	m := image.NewPaletted(place, nil)
	if m.Palette, err = d.palette(flags); err != nil {
		return err
	}
	if err := d.pixels(m); err != nil {
		return err
	}
	for _, pixel := range m.Pix {
		if int(pixel) >= len(m.Palette) {
			return errPixel
		}
	}
	if flags&interlaced != 0 {
		straighten(m)
	}
	d.gif.Image, d.gif.Delay, d.gif.Disposal = append(d.gif.Image, m), append(d.gif.Delay, d.delay), append(d.gif.Disposal, d.disposal)
	d.delay, d.transparent = 0, -1
	return nil
}

// palette is a picture's own, or that of all; a transparent colour is put into a copy.
func (d *decoder) palette(flags byte) (table color.Palette, err error) {
	own := flags&hasTable != 0
	if own {
		if table, err = d.colours(flags); err != nil {
			return nil, err
		}
	} else if table = d.table; table == nil {
		return nil, errors.New("gif: no color table")
	}
	if d.transparent < 0 {
		return table, nil
	}
	if !own {
		table = append(color.Palette(nil), table...)
	}
	for len(table) <= d.transparent {
		table = append(table, color.RGBA{})
	}
	table[d.transparent] = color.RGBA{}
	return table, nil
}

func (d *decoder) pixels(m *image.Paletted) error {
	bits, err := d.byte()
	if err != nil {
		return fmt.Errorf("gif: reading image data: %v", err)
	}
	if bits < 2 || bits > 8 {
		return fmt.Errorf("gif: pixel size in decode out of range: %d", bits)
	}
	blocks := &blocks{d: d}
	text := lzw.NewReader(blocks, lzw.LSB, int(bits))
	defer text.Close()
	if _, err := io.ReadFull(text, m.Pix); err != nil {
		if err = broken(err); err == io.ErrUnexpectedEOF {
			return errLittle
		}
		return fmt.Errorf("gif: reading image data: %v", err)
	}
	// The code for the end may be missing.
	n, err := text.Read(make([]byte, 1))
	switch {
	case n == 0 && (err == io.EOF || err == io.ErrUnexpectedEOF):
	case err != nil:
		return fmt.Errorf("gif: reading image data: %v", err)
	default:
		return errMuch
	}
	if err := blocks.end(); err == errMuch {
		return err
	} else if err != nil {
		return fmt.Errorf("gif: reading image data: %v", err)
	}
	return nil
}

// blocks is the data of blocks in a row.
type blocks struct {
	d      *decoder
	open   []byte
	failed error
}

func (b *blocks) fill() {
	if b.failed != nil {
		return
	}
	b.open, b.failed = b.d.block()
	if b.failed != nil {
		b.open = nil
	} else if len(b.open) == 0 {
		b.failed = io.EOF
	}
}

func (b *blocks) ReadByte() (byte, error) {
	if len(b.open) == 0 {
		if b.fill(); b.failed != nil {
			return 0, b.failed
		}
	}
	c := b.open[0]
	b.open = b.open[1:]
	return c, nil
}

func (b *blocks) Read(p []byte) (int, error) {
	if len(p) == 0 || b.failed != nil {
		return 0, b.failed
	}
	if len(b.open) == 0 {
		if b.fill(); b.failed != nil {
			return 0, b.failed
		}
	}
	n := copy(p, b.open)
	b.open = b.open[n:]
	return n, nil
}

// end looks for the empty block. One byte too many, which some programs write, does no harm.
func (b *blocks) end() error {
	if b.failed == nil && len(b.open) == 0 {
		if b.fill(); b.failed == nil && len(b.open) > 1 {
			return errMuch
		}
	}
	if b.failed == nil {
		b.fill()
	}
	switch b.failed {
	case io.EOF:
		return nil
	case nil:
		return errMuch
	}
	return b.failed
}

// straighten puts the rows of an interlaced picture in order.
func straighten(m *image.Paletted) {
	width, height := m.Rect.Dx(), m.Rect.Dy()
	rows := make([]uint8, 0, width*height)
	rows = rows[:width*height]
	from := m.Pix
	for _, pass := range [][2]int{{0, 8}, {4, 8}, {2, 4}, {1, 2}} {
		for y := pass[0]; y < height; y += pass[1] {
			from = from[copy(rows[y*width:(y+1)*width], from):]
		}
	}
	m.Pix = rows
}

// Decode reads the first picture.
func Decode(r io.Reader) (image.Image, error) {
	var d decoder
	if err := d.decode(r, false); err != nil {
		return nil, err
	}
	return d.gif.Image[0], nil
}

// DecodeAll reads all pictures.
func DecodeAll(r io.Reader) (*GIF, error) {
	var d decoder
	if err := d.decode(r, true); err != nil {
		return nil, err
	}
	return &d.gif, nil
}

// DecodeConfig reads the size and the colours of all pictures.
func DecodeConfig(r io.Reader) (image.Config, error) {
	var d decoder
	if err := d.start(r); err != nil {
		return image.Config{}, err
	}
	return d.gif.Config, nil
}

func init() { image.RegisterFormat("gif", "GIF8?a", Decode, DecodeConfig) }
