package flate

import (
	"bufio"
	"io"
)

const quick = 9 // bits by which codes are looked up at once

// decoder finds symbols by their codes.
type decoder struct {
	shortest uint
	table    [1 << quick]uint16 // symbol and length of the code that begins with such bits; length 0 if there is none, 15 if it is longer
	counts   [16]uint16         // of codes by length
	symbols  []uint16           // by their codes
}

// set makes the codes for such lengths; it tells whether there can be such codes.
func (d *decoder) set(sizes []uint8) bool {
	*d = decoder{symbols: d.symbols[:0]}
	longest := 0
	for _, size := range sizes {
		d.counts[size]++
		longest = max(longest, int(size))
	}
	d.counts[0] = 0
	if longest == 0 {
		return true
	}
	total, shortest := 0, 0
	for size := 1; size <= longest; size++ {
		total = total<<1 + int(d.counts[size])
		if shortest == 0 && d.counts[size] > 0 {
			shortest = size
		}
	}
	if total != 1<<longest && !(total == 1 && longest == 1) {
		return false
	}
	d.shortest = uint(shortest)
	next := 0
	for size := 1; size <= longest; size++ {
		next <<= 1
		for symbol, s := range sizes {
			if int(s) != size {
				continue
			}
			d.symbols = append(d.symbols, uint16(symbol))
			d.enter(next, size, symbol)
			next++
		}
	}
	return true
}

func (d *decoder) enter(code, size, symbol int) {
	bits := int(reversed(uint16(code), size))
	if size > quick {
		d.table[bits&(1<<quick-1)] = 15
		return
	}
	for ; bits < 1<<quick; bits += 1 << size {
		d.table[bits] = uint16(symbol<<4 | size)
	}
}

// long finds a symbol whose code is longer, and the code's length.
func (d *decoder) long(bits uint32) (symbol int, size uint) {
	code, first, index := 0, 0, 0
	for size = 1; size < 16; size++ {
		code |= int(bits >> (size - 1) & 1)
		count := int(d.counts[size])
		if code-first < count {
			return int(d.symbols[index+code-first]), size
		}
		index += count
		first = (first + count) << 1
		code <<= 1
	}
	return 0, size
}

// reader is what NewReader returns.
type reader struct {
	in     Reader
	own    *bufio.Reader
	offset int64
	bits   uint32
	n      uint

	literals, backs decoder
	sizes           [literals + 2 + 32]uint8

	window []byte // the last windowSize bytes, from 0 to at those of this round
	at     int
	whole  bool // the window was full
	given  int  // up to where it was given out
	ready  []byte

	step         func(*reader)
	last         bool
	fixed        bool // distances have no codes
	length, back int  // of what is still to be repeated or copied
	err          error
}

// NewReader returns a reader of what r has, decompressed. It reads more of r than it needs, unless r is a Reader.
func NewReader(r io.Reader) io.ReadCloser { return NewReaderDict(r, nil) }

// NewReaderDict is NewReader for what a writer that knows dict has written.
func NewReaderDict(r io.Reader, dict []byte) io.ReadCloser {
	f := new(reader)
	f.Reset(r, dict)
	return f
}

func (f *reader) Reset(r io.Reader, dict []byte) error {
	*f = reader{own: f.own, window: f.window, step: (*reader).block}
	if in, ok := r.(Reader); ok {
		f.in, f.own = in, nil
	} else {
		if f.own == nil {
			f.own = bufio.NewReader(r)
		} else {
			f.own.Reset(r)
		}
		f.in = f.own
	}
	if f.window == nil {
		f.window = make([]byte, windowSize)
	}
	if len(dict) >= windowSize {
		dict = dict[len(dict)-windowSize:]
		f.whole = true
	}
	f.at = copy(f.window, dict) % windowSize
	f.given = f.at
	return nil
}

func (f *reader) Read(p []byte) (int, error) {
	for {
		if len(f.ready) > 0 {
			n := copy(p, f.ready)
			if f.ready = f.ready[n:]; len(f.ready) == 0 {
				return n, f.err
			}
			return n, nil
		}
		if f.err != nil {
			return 0, f.err
		}
		if f.step(f); f.err != nil && len(f.ready) == 0 {
			f.flush()
		}
	}
}

func (f *reader) Close() error {
	if f.err == io.EOF {
		return nil
	}
	return f.err
}

// flush makes what is in the window and wasn't given out ready.
func (f *reader) flush() {
	f.ready = f.window[f.given:f.at]
	if f.given = f.at; f.at == len(f.window) {
		f.at, f.given, f.whole = 0, 0, true
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (f *reader) corrupt() { f.err = CorruptInputError(f.offset) }

// need reads until there are n bits; it tells whether there are.
func (f *reader) need(n uint) bool {
	for f.n < n {
		c, err := f.in.ReadByte()
		if err != nil {
			f.err = unexpected(err)
			return false
		}
		f.offset++
		f.bits |= uint32(c) << f.n
		f.n += 8
	}
	return true
}

// take takes n bits, which have to be there.
func (f *reader) take(n uint) int {
	value := f.bits & (1<<n - 1)
	f.bits >>= n
	f.n -= n
	return int(value)
}

// symbol reads a code. Bits that aren't read yet count as 0: what such a code asks for is read, though the real one may be shorter.
func (f *reader) symbol(d *decoder) (symbol int, ok bool) {
	for size := d.shortest; f.need(size); {
		found := d.table[f.bits&(1<<quick-1)]
		symbol, size = int(found>>4), uint(found&15)
		if size == 15 {
			symbol, size = d.long(f.bits)
		}
		if size == 0 {
			f.corrupt()
			return 0, false
		}
		if size <= f.n {
			f.take(size)
			return symbol, true
		}
	}
	return 0, false
}

// block begins a block.
func (f *reader) block() {
	if !f.need(3) {
		return
	}
	f.last = f.take(1) == 1
	switch f.take(2) {
	case 0:
		f.storedBlock()
	case 1:
		f.fixed = true
		f.literals.set(fixedLengths())
		f.codes()
	case 2:
		f.fixed = false
		if f.describedCodes() {
			f.codes()
		}
	default:
		f.corrupt()
	}
}

// end ends a block.
func (f *reader) end() {
	if f.last {
		if f.at > f.given {
			f.flush()
		}
		f.err = io.EOF
	}
	f.step = (*reader).block
}

func (f *reader) storedBlock() {
	f.n, f.bits = 0, 0
	var head [4]byte
	n, err := io.ReadFull(f.in, head[:])
	f.offset += int64(n)
	if err != nil {
		f.err = unexpected(err)
		return
	}
	f.length = int(head[0]) | int(head[1])<<8
	if head[0]^head[2] != 0xff || head[1]^head[3] != 0xff {
		f.corrupt()
		return
	}
	if f.length == 0 {
		f.flush()
		f.end()
		return
	}
	f.copyStored()
}

func (f *reader) copyStored() {
	room := f.window[f.at:]
	n, err := io.ReadFull(f.in, room[:min(len(room), f.length)])
	f.offset += int64(n)
	f.length -= n
	f.at += n
	switch {
	case err != nil:
		f.err = unexpected(err)
	case f.at == len(f.window) || f.length > 0:
		f.flush()
		f.step = (*reader).copyStored
	default:
		f.end()
	}
}

// describedCodes reads which codes a block has.
func (f *reader) describedCodes() bool {
	if !f.need(14) {
		return false
	}
	nLiterals, nBacks, nSizes := f.take(5)+257, f.take(5)+1, f.take(4)+4
	if nLiterals > literals || nBacks > distances {
		f.corrupt()
		return false
	}
	var sizes [19]uint8
	for _, symbol := range orderOfLengths[:nSizes] {
		if !f.need(3) {
			return false
		}
		sizes[symbol] = uint8(f.take(3))
	}
	if !f.literals.set(sizes[:]) {
		f.corrupt()
		return false
	}
	all := f.sizes[:nLiterals+nBacks]
	for i := 0; i < len(all); {
		symbol, ok := f.symbol(&f.literals)
		if !ok {
			return false
		}
		if symbol < 16 {
			all[i] = uint8(symbol)
			i++
			continue
		}
		bits, run, value := uint(2), 3, uint8(0)
		switch symbol {
		case 16:
			if i == 0 {
				f.corrupt()
				return false
			}
			value = all[i-1]
		case 17:
			bits = 3
		case 18:
			bits, run = 7, 11
		}
		if !f.need(bits) {
			return false
		}
		if run += f.take(bits); i+run > len(all) {
			f.corrupt()
			return false
		}
		for range run {
			all[i] = value
			i++
		}
	}
	if !f.literals.set(all[:nLiterals]) || !f.backs.set(all[nLiterals:]) {
		f.corrupt()
		return false
	}
	// There is an end at least, so that many bits can be read at once.
	f.literals.shortest = max(f.literals.shortest, uint(all[blockEnd]))
	return true
}

// codes reads bytes and repetitions until the window is full or the block ends.
func (f *reader) codes() {
	for {
		symbol, ok := f.symbol(&f.literals)
		switch {
		case !ok:
			return
		case symbol < blockEnd:
			f.window[f.at] = byte(symbol)
			if f.at++; f.at == len(f.window) {
				f.flush()
				f.step = (*reader).codes
				return
			}
			continue
		case symbol == blockEnd:
			f.end()
			return
		case symbol >= literals:
			f.corrupt()
			return
		}
		if !f.repetition(symbol - blockEnd - 1) {
			return
		}
		if f.repeat(); f.length > 0 || f.at == len(f.window) {
			f.flush()
			f.step = (*reader).repeated
			return
		}
	}
}

// repetition reads the rest of a length, and a distance.
func (f *reader) repetition(symbol int) bool {
	extra := uint(lengths.extra[symbol])
	if !f.need(extra) {
		return false
	}
	f.length = 3 + int(lengths.base[symbol]) + f.take(extra)
	if f.fixed {
		if !f.need(5) {
			return false
		}
		symbol = int(reversed(uint16(f.take(5)), 5))
	} else {
		var ok bool
		if symbol, ok = f.symbol(&f.backs); !ok {
			return false
		}
	}
	if symbol >= distances {
		f.corrupt()
		return false
	}
	extra = uint(backs.extra[symbol])
	if !f.need(extra) {
		return false
	}
	f.back = 1 + int(backs.base[symbol]) + f.take(extra)
	if f.back > f.at && !f.whole || f.back > len(f.window) {
		f.corrupt()
		return false
	}
	return true
}

// repeat repeats as much as there is room for.
func (f *reader) repeat() {
	from := f.at - f.back
	if from < 0 {
		from += len(f.window)
	}
	for f.length > 0 && f.at < len(f.window) {
		f.window[f.at] = f.window[from]
		f.at++
		f.length--
		if from++; from == len(f.window) {
			from = 0
		}
	}
}

// repeated goes on with a repetition.
func (f *reader) repeated() {
	if f.repeat(); f.length > 0 || f.at == len(f.window) {
		f.flush()
		return
	}
	f.codes()
}
