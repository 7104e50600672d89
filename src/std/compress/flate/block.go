package flate

import "io"

// token is a byte, or a length and a distance of repeated text.
type token uint32

const isMatch token = 1 << 30

func match(length, back int) token { return isMatch | token(length-3)<<22 | token(back-1) }
func (t token) length() uint32     { return uint32(t-isMatch) >> 22 }
func (t token) back() uint32       { return uint32(t) & (1<<22 - 1) }

// blocks writes blocks, bit by bit.
type blocks struct {
	out  io.Writer
	bits uint64 // not yet in buf
	n    uint
	buf  []byte
	err  error

	literals, backs *coder
	sizes           *coder // of the lengths of codes
	literalCounts   [literals]int32
	backCounts      [distances]int32
	sizeCounts      [19]int32
	shape           []uint8 // the lengths of all codes, with repetitions
}

func newBlocks(out io.Writer) *blocks {
	return &blocks{out: out, buf: make([]byte, 0, 248), literals: newCoder(literals), backs: newCoder(distances), sizes: newCoder(19)}
}

func (b *blocks) reset(out io.Writer) {
	b.out, b.bits, b.n, b.buf, b.err = out, 0, 0, b.buf[:0], nil
}

func (b *blocks) write(p []byte) {
	if b.err == nil {
		_, b.err = b.out.Write(p)
	}
}

// put writes the lowest n bits.
func (b *blocks) put(value uint64, n uint) {
	if b.err != nil {
		return
	}
	b.bits |= value << b.n
	if b.n += n; b.n < 48 {
		return
	}
	x := b.bits
	b.buf = append(b.buf, byte(x), byte(x>>8), byte(x>>16), byte(x>>24), byte(x>>32), byte(x>>40))
	b.bits >>= 48
	b.n -= 48
	if len(b.buf) >= 240 {
		b.write(b.buf)
		b.buf = b.buf[:0]
	}
}

func (b *blocks) code(c code) { b.put(uint64(c.bits), uint(c.size)) }

// flush writes all bits, up to the end of a byte.
func (b *blocks) flush() {
	if b.err != nil {
		b.n = 0
		return
	}
	for ; b.n > 0; b.n -= min(b.n, 8) {
		b.buf = append(b.buf, byte(b.bits))
		b.bits >>= 8
	}
	b.bits = 0
	b.write(b.buf)
	b.buf = b.buf[:0]
}

// storedHeader begins a block of bytes as they are.
func (b *blocks) storedHeader(n int, last bool) {
	if b.err != nil {
		return
	}
	if last {
		b.put(1, 3)
	} else {
		b.put(0, 3)
	}
	b.flush()
	b.put(uint64(n), 16)
	b.put(uint64(^uint16(n)), 16)
}

func (b *blocks) stored(data []byte) {
	b.storedHeader(len(data), false)
	if b.err == nil {
		b.flush()
		b.write(data)
	}
}

// describe works out how the lengths of the codes are written: 16 repeats the last one, 17 and 18 repeat 0.
func (b *blocks) describe(literals, backs []code) {
	b.shape = b.shape[:0]
	clear(b.sizeCounts[:])
	var sizes [literalsAndBacks]uint8
	n := 0
	for _, list := range [][]code{literals, backs} {
		for _, c := range list {
			sizes[n] = uint8(c.size)
			n++
		}
	}
	for i := 0; i < n; {
		size, run := sizes[i], 1
		for i+run < n && sizes[i+run] == size {
			run++
		}
		i += run
		if size != 0 {
			b.emit(size)
			run--
			for run >= 3 {
				run -= b.repeat(16, 3, min(run, 6))
			}
		} else {
			for run >= 11 {
				run -= b.repeat(18, 11, min(run, 138))
			}
			if run >= 3 {
				run -= b.repeat(17, 3, run)
			}
		}
		for range run {
			b.emit(size)
		}
	}
	b.sizes.make(b.sizeCounts[:], 7)
}

const literalsAndBacks = literals + distances

func (b *blocks) emit(size uint8) {
	b.shape = append(b.shape, size)
	b.sizeCounts[size]++
}

func (b *blocks) repeat(symbol uint8, least, n int) int {
	b.emit(symbol)
	b.shape = append(b.shape, uint8(n-least))
	return n
}

// size is how many bits the block takes with codes of its own.
func (b *blocks) size(backs *coder, extra int) (bits, sizes int) {
	sizes = len(orderOfLengths)
	for sizes > 4 && b.sizeCounts[orderOfLengths[sizes-1]] == 0 {
		sizes--
	}
	bits = 17 + 3*sizes + b.sizes.bits(b.sizeCounts[:]) + int(b.sizeCounts[16])*2 + int(b.sizeCounts[17])*3 + int(b.sizeCounts[18])*7
	return bits + b.literals.bits(b.literalCounts[:]) + backs.bits(b.backCounts[:]) + extra, sizes
}

// header begins a block with codes of its own.
func (b *blocks) header(literals, backs, sizes int) {
	b.put(4, 3)
	b.put(uint64(literals-257), 5)
	b.put(uint64(backs-1), 5)
	b.put(uint64(sizes-4), 4)
	for _, symbol := range orderOfLengths[:sizes] {
		b.put(uint64(b.sizes.codes[symbol].size), 3)
	}
	for i := 0; i < len(b.shape); i++ {
		symbol := b.shape[i]
		b.code(b.sizes.codes[symbol])
		if symbol >= 16 {
			i++
			b.put(uint64(b.shape[i]), [3]uint{2, 3, 7}[symbol-16])
		}
	}
}

// count counts symbols and makes their codes; it answers up to which they occur.
func (b *blocks) count(tokens []token) (nLiterals, nBacks int) {
	clear(b.literalCounts[:])
	clear(b.backCounts[:])
	for _, t := range tokens {
		if t < isMatch {
			b.literalCounts[t]++
			continue
		}
		b.literalCounts[blockEnd+1+lengths.symbol(t.length())]++
		b.backCounts[backs.symbol(t.back())]++
	}
	b.literalCounts[blockEnd]++
	nLiterals, nBacks = literals, distances
	for b.literalCounts[nLiterals-1] == 0 {
		nLiterals--
	}
	for nBacks > 0 && b.backCounts[nBacks-1] == 0 {
		nBacks--
	}
	if nBacks == 0 {
		nBacks, b.backCounts[0] = 1, 1
	}
	b.literals.make(b.literalCounts[:], 15)
	b.backs.make(b.backCounts[:], 15)
	return nLiterals, nBacks
}

// block writes tokens in the way that takes the fewest bits; data is the text they stand for, nil if it is no longer known.
func (b *blocks) block(tokens []token, data []byte) {
	if b.err != nil {
		return
	}
	nLiterals, nBacks := b.count(tokens)
	extra, storable := 0, data != nil && len(data) <= mostStored
	if storable {
		for i, bits := range lengths.extra {
			extra += int(b.literalCounts[blockEnd+1+i]) * int(bits)
		}
		for i, bits := range backs.extra {
			extra += int(b.backCounts[i]) * int(bits)
		}
	}
	fixed := 3 + fixedLiterals.bits(b.literalCounts[:]) + fixedBacks.bits(b.backCounts[:]) + extra
	b.describe(b.literals.codes[:nLiterals], b.backs.codes[:nBacks])
	own, sizes := b.size(b.backs, extra)
	switch {
	case storable && (len(data)+5)*8 < min(own, fixed):
		b.stored(data)
	case own < fixed:
		b.header(nLiterals, nBacks, sizes)
		b.tokens(tokens, b.literals.codes, b.backs.codes)
	default:
		b.put(2, 3)
		b.tokens(tokens, fixedLiterals.codes, fixedBacks.codes)
	}
}

// ownBlock is block with codes of its own, unless they gain next to nothing.
func (b *blocks) ownBlock(tokens []token, data []byte) {
	if b.err != nil {
		return
	}
	nLiterals, nBacks := b.count(tokens)
	b.describe(b.literals.codes[:nLiterals], b.backs.codes[:nBacks])
	bits, sizes := b.size(b.backs, 0)
	if (len(data)+5)*8 < bits+bits>>4 {
		b.stored(data)
		return
	}
	b.header(nLiterals, nBacks, sizes)
	b.tokens(tokens, b.literals.codes, b.backs.codes)
}

// plainBlock is ownBlock for bytes of which none are repeated.
func (b *blocks) plainBlock(data []byte) {
	if b.err != nil {
		return
	}
	clear(b.literalCounts[:])
	for _, c := range data {
		b.literalCounts[c]++
	}
	b.literalCounts[blockEnd], b.backCounts[0] = 1, 1
	b.literals.make(b.literalCounts[:], 15)
	b.describe(b.literals.codes[:blockEnd+1], noBacks.codes[:1])
	bits, sizes := b.size(noBacks, 0)
	if (len(data)+5)*8 < bits+bits>>4 {
		b.stored(data)
		return
	}
	b.header(blockEnd+1, 1, sizes)
	for _, c := range data {
		b.code(b.literals.codes[c])
	}
	b.code(b.literals.codes[blockEnd])
}

func (b *blocks) tokens(tokens []token, literalCodes, backCodes []code) {
	for _, t := range tokens {
		if t < isMatch {
			b.code(literalCodes[t])
			continue
		}
		i := lengths.symbol(t.length())
		b.code(literalCodes[blockEnd+1+i])
		b.put(uint64(t.length())-uint64(lengths.base[i]), uint(lengths.extra[i]))
		i = backs.symbol(t.back())
		b.code(backCodes[i])
		b.put(uint64(t.back())-uint64(backs.base[i]), uint(backs.extra[i]))
	}
	b.code(literalCodes[blockEnd])
}
