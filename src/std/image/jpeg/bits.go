package jpeg

import "io"

// decoding are codes, by their length: the first and the last of each, and where its values begin.
type decoding struct {
	values      []byte
	first, last [16]int32
	from        [16]int32
}

func (d *decoder) readCodes(n int) error {
	for n > 0 {
		if n < 17 {
			return FormatError("DHT has wrong length")
		}
		head, err := d.take(17)
		if err != nil {
			return err
		}
		class, number := head[0]>>4, head[0]&15
		if class > 1 {
			return FormatError("bad Tc value")
		}
		if number > 3 || d.simple && number > 1 {
			return FormatError("bad Th value")
		}
		to := &d.codes[class][number]
		next, total := int32(0), int32(0)
		for i, count := range head[1:] {
			to.first[i], to.last[i], to.from[i] = next, next+int32(count)-1, total
			if count == 0 {
				to.last[i] = -1
			}
			total += int32(count)
			next = (next + int32(count)) << 1
		}
		if total == 0 {
			return FormatError("Huffman table has zero length")
		}
		if total > 256 {
			return FormatError("Huffman table has excessive length")
		}
		if n -= 17 + int(total); n < 0 {
			return FormatError("DHT has wrong length")
		}
		if to.values, err = d.take(int(total)); err != nil {
			return err
		}
	}
	return nil
}

// bitReader reads bits of a scan. A byte of ones is followed by a zero.
type bitReader struct {
	d     *decoder
	bits  byte
	count int
}

func (r *bitReader) bit() (int32, error) {
	if r.count == 0 {
		data := r.d.data
		if len(data) > 0 && data[0] != 0xff {
			r.d.data = data[1:]
		} else if len(data) > 1 {
			if data[1] != 0 {
				return 0, FormatError("missing 0xff00 sequence")
			}
			r.d.data = data[2:]
		} else if r.d.failed != io.ErrUnexpectedEOF {
			return 0, r.d.failed
		} else {
			return 0, FormatError("short Huffman data")
		}
		r.bits, r.count = data[0], 8
	}
	r.count--
	return int32(r.bits >> r.count & 1), nil
}

// number reads a number of so many bits.
func (r *bitReader) number(size int) (n int32, err error) {
	for range size {
		bit, err := r.bit()
		if err != nil {
			return 0, err
		}
		n = n<<1 | bit
	}
	return n, nil
}

// signed reads one of which the smaller half is negative.
func (r *bitReader) signed(size int) (int32, error) {
	n, err := r.number(size)
	if err == nil && n < 1<<size>>1 {
		n += 1 - 1<<size
	}
	return n, err
}

// value reads a code.
func (r *bitReader) value(by *decoding) (byte, error) {
	if by.values == nil {
		return 0, FormatError("uninitialized Huffman table")
	}
	code := int32(0)
	for i := range 16 {
		bit, err := r.bit()
		if err != nil {
			return 0, err
		}
		code |= bit
		if code <= by.last[i] {
			return by.values[by.from[i]+code-by.first[i]], nil
		}
		code <<= 1
	}
	return 0, FormatError("bad Huffman code")
}
