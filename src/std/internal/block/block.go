// Package block cuts what is written to a digest into blocks and pads the last one, as all digests since MD4 do.
package block

// Buffer holds bytes until there is a block of them.
type Buffer struct {
	size  int // of a block
	fill  int
	total uint64
	data  [128]byte
}

// Start empties the buffer; blocks have size bytes.
func (buf *Buffer) Start(size int) { *buf = Buffer{size: size} }

// Write hands whole blocks to digest.
func (buf *Buffer) Write(p []byte, digest func(block []byte)) {
	buf.total += uint64(len(p))
	if buf.fill > 0 {
		n := copy(buf.data[buf.fill:buf.size], p)
		buf.fill += n
		p = p[n:]
		if buf.fill < buf.size {
			return
		}
		digest(buf.data[:buf.size])
		buf.fill = 0
	}
	for ; len(p) >= buf.size; p = p[buf.size:] {
		digest(p[:buf.size])
	}
	buf.fill = copy(buf.data[:], p)
}

// Finish pads with a one, zeros and the length in bits: the last bytes of the block, lowest first or last.
func (buf *Buffer) Finish(lowFirst bool, digest func(block []byte)) {
	length := buf.total * 8
	tail := buf.size / 8 // bytes of the length
	pad := make([]byte, 0, 2*buf.size)
	pad = append(pad, 0x80)
	for (buf.fill+len(pad)+tail)%buf.size != 0 {
		pad = append(pad, 0)
	}
	for i := range tail {
		shift := uint(8 * i)
		if !lowFirst {
			shift = uint(8 * (tail - 1 - i))
		}
		pad = append(pad, byte(length>>shift))
	}
	buf.Write(pad, digest)
}
