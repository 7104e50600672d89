package jpeg

import (
	"image"
)

// scan is one pass over some of the components.
type scan struct {
	d          *decoder
	parts      []part
	first, end int // of the values of a block that it has
	low        int // bits that come later
	refines    bool
	bits       bitReader
	before     [4]int32
}

// part is a component and its codes.
type part struct {
	index         int
	first, others *decoding
}

func (d *decoder) readScan(data []byte) error {
	n := len(data)
	if d.count == 0 {
		return FormatError("missing SOF marker")
	}
	if n < 6 || n > 4+2*d.count || n%2 != 0 {
		return FormatError("SOS has wrong length")
	}
	if n != 4+2*int(data[0]) {
		return FormatError("SOS length inconsistent with number of components")
	}
	s := &scan{d: d, end: 63}
	sampling := 0
	for i := 1; i < n-3; i += 2 {
		index := -1
		for j, c := range d.components[:d.count] {
			if c.id == data[i] {
				index = j
			}
		}
		if index < 0 {
			return FormatError("unknown component selector")
		}
		for _, p := range s.parts {
			if p.index == index {
				return FormatError("repeated component selector")
			}
		}
		sampling += d.components[index].across * d.components[index].down
		first, others := data[i+1]>>4, data[i+1]&15
		if first > 3 || d.simple && first > 1 {
			return FormatError("bad Td value")
		}
		if others > 3 || d.simple && others > 1 {
			return FormatError("bad Ta value")
		}
		s.parts = append(s.parts, part{index, &d.codes[0][first], &d.codes[1][others]})
	}
	if d.count > 1 && sampling > 10 {
		return FormatError("total sampling factors too large")
	}
	if d.progressive {
		if err := s.progress(data[n-3:]); err != nil {
			return err
		}
	}
	return s.run()
}

// progress reads which values and which of their bits a scan has.
func (s *scan) progress(data []byte) error {
	s.first, s.end, s.low = int(data[0]), int(data[1]), int(data[2]&15)
	high := int(data[2] >> 4)
	switch {
	case s.first == 0 && s.end != 0, s.first > s.end, s.end > 63:
		return FormatError("bad spectral selection bounds")
	case s.first != 0 && len(s.parts) != 1:
		return FormatError("progressive AC coefficients for more than one component")
	case high != 0 && high != s.low+1:
		return FormatError("bad successive approximation values")
	}
	s.refines = high != 0
	return nil
}

// run reads the blocks, in the order in which their squares lie.
func (s *scan) run() error {
	d := s.d
	across, down := d.squares()
	if d.planes[0].pixels == nil {
		d.prepare(across, down)
	}
	s.bits = bitReader{d: d}
	number, squares, marker := 0, 0, byte(0)
	for my := range down {
		for mx := range across {
			for _, p := range s.parts {
				c := &d.components[p.index]
				for j := range c.across * c.down {
					x, y := c.across*mx+j%c.across, c.down*my+j/c.across
					if len(s.parts) == 1 {
						// Of one component the blocks stand row by row, and only those that are seen.
						x, y = number%(across*c.across), number/(across*c.across)
						number++
						if 8*x >= d.size.X || 8*y >= d.size.Y {
							continue
						}
					}
					if err := s.block(p, x, y, across*c.across); err != nil {
						return err
					}
				}
			}
			squares++
			if d.interval > 0 && squares%d.interval == 0 && squares < across*down {
				if err := d.restart(0xd0 + marker); err != nil {
					return err
				}
				marker = (marker + 1) % 8
				s.bits, s.before, s.d.skip = bitReader{d: d}, [4]int32{}, 0
			}
		}
	}
	return nil
}

func (s *scan) block(p part, x, y, stride int) error {
	d := s.d
	b := new(block)
	if d.progressive {
		if d.kept[p.index] == nil {
			across, down := d.squares()
			d.kept[p.index] = make([]block, across*down*d.components[p.index].across*d.components[p.index].down)
		}
		b = &d.kept[p.index][y*stride+x]
	}
	var err error
	if s.refines {
		err = s.refine(b, p)
	} else {
		err = s.values(b, p)
	}
	if err == nil && !d.progressive {
		d.show(b, x, y, p.index)
	}
	return err
}

// values reads those of a block.
func (s *scan) values(b *block, p part) error {
	i := s.first
	if i == 0 {
		i++
		size, err := s.bits.value(p.first)
		if err != nil {
			return err
		}
		if size > 16 {
			return UnsupportedError("excessive DC component")
		}
		delta, err := s.bits.signed(int(size))
		if err != nil {
			return err
		}
		s.before[p.index] += delta
		b[0] = s.before[p.index] << s.low
	}
	if i <= s.end && s.d.skip > 0 {
		s.d.skip--
		return nil
	}
	for ; i <= s.end; i++ {
		v, err := s.bits.value(p.others)
		if err != nil {
			return err
		}
		zeros, size := int(v>>4), int(v&15)
		if size == 0 && zeros != 15 {
			if err := s.rest(zeros); err != nil {
				return err
			}
			s.d.skip--
			return nil
		}
		i += zeros
		if size == 0 {
			continue
		}
		if i > s.end {
			break
		}
		own, err := s.bits.signed(size)
		if err != nil {
			return err
		}
		b[zigzag[i]] = own << s.low
	}
	return nil
}

// rest reads for how many blocks, this one too, there is nothing more.
func (s *scan) rest(size int) error {
	more, err := s.bits.number(size)
	s.d.skip = int(uint16(1<<size | more))
	return err
}

// refine reads one more bit of each value.
func (s *scan) refine(b *block, p part) error {
	delta := int32(1) << s.low
	if s.first == 0 {
		bit, err := s.bits.number(1)
		if bit != 0 {
			b[0] |= delta
		}
		return err
	}
	i := s.first
	for s.d.skip == 0 && i <= s.end {
		v, err := s.bits.value(p.others)
		if err != nil {
			return err
		}
		zeros, size, fresh := int(v>>4), v&15, int32(0)
		if size == 0 && zeros != 15 {
			if err := s.rest(zeros); err != nil {
				return err
			}
			break
		}
		if size > 1 {
			return FormatError("unexpected Huffman code")
		}
		if size == 1 {
			bit, err := s.bits.number(1)
			if err != nil {
				return err
			}
			if fresh = delta; bit == 0 {
				fresh = -delta
			}
		}
		if i, err = s.refineKnown(b, i, zeros, delta); err != nil {
			return err
		}
		if i > s.end {
			return FormatError("too many coefficients")
		}
		if fresh != 0 {
			b[zigzag[i]] = fresh
		}
		i++
	}
	if s.d.skip == 0 {
		return nil
	}
	s.d.skip--
	_, err := s.refineKnown(b, i, -1, delta)
	return err
}

// refineKnown reads a bit for each value that is not zero, up to behind so many that are.
func (s *scan) refineKnown(b *block, i, zeros int, delta int32) (int, error) {
	for ; i <= s.end; i++ {
		v := &b[zigzag[i]]
		if *v == 0 {
			if zeros == 0 {
				break
			}
			zeros--
			continue
		}
		bit, err := s.bits.number(1)
		if err != nil {
			return 0, err
		}
		switch {
		case bit == 0:
		case *v >= 0:
			*v += delta
		default:
			*v -= delta
		}
	}
	return i, nil
}

// ---- planes -----------------------------------------------------------------------------------------------------

// plane is where the values of a component go.
type plane struct {
	pixels []byte
	stride int
}

// squares is how many of the smallest squares that have all components there are.
func (d *decoder) squares() (across, down int) {
	c := d.components[0]
	return (d.size.X + 8*c.across - 1) / (8 * c.across), (d.size.Y + 8*c.down - 1) / (8 * c.down)
}

// prepare makes the picture, which has room for whole squares.
func (d *decoder) prepare(across, down int) {
	seen := image.Rectangle{Max: d.size}
	if d.count == 1 {
		m := image.NewGray(image.Rect(0, 0, 8*across, 8*down))
		d.planes[0] = plane{m.Pix, m.Stride}
		d.grey = m.SubImage(seen).(*image.Gray)
		return
	}
	c := d.components
	ratios := map[[2]int]image.YCbCrSubsampleRatio{
		{1, 1}: image.YCbCrSubsampleRatio444, {1, 2}: image.YCbCrSubsampleRatio440, {2, 1}: image.YCbCrSubsampleRatio422, {2, 2}: image.YCbCrSubsampleRatio420,
		{4, 1}: image.YCbCrSubsampleRatio411, {4, 2}: image.YCbCrSubsampleRatio410,
	}
	ratio, ok := ratios[[2]int{c[0].across / c[1].across, c[0].down / c[1].down}]
	if !ok {
		panic("unreachable")
	}
	m := image.NewYCbCr(image.Rect(0, 0, 8*c[0].across*across, 8*c[0].down*down), ratio)
	d.planes = [3]plane{{m.Y, m.YStride}, {m.Cb, m.CStride}, {m.Cr, m.CStride}}
	d.colours = m.SubImage(seen).(*image.YCbCr)
}

// show puts a block where it is seen.
func (d *decoder) show(b *block, x, y, index int) {
	for i, factor := range d.divisors[d.components[index].divisor] {
		b[zigzag[i]] *= factor
	}
	backward(b)
	p := d.planes[index]
	to := p.pixels[8*(y*p.stride+x):]
	for j := range 8 {
		for i := range 8 {
			to[j*p.stride+i] = byte(min(max(b[8*j+i], -128), 127) + 128)
		}
	}
}

// showAll shows what the scans of a progressive picture have gathered.
func (d *decoder) showAll() {
	across, _ := d.squares()
	for index, blocks := range d.kept[:d.count] {
		if blocks == nil {
			continue
		}
		c, whole := d.components[index], d.components[0]
		height, width := 8*whole.down/c.down, 8*whole.across/c.across
		for y := 0; y*height < d.size.Y; y++ {
			for x := 0; x*width < d.size.X; x++ {
				d.show(&blocks[y*across*c.across+x], x, y, index)
			}
		}
	}
}
