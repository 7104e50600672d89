// Package block cuts what is written to a digest into blocks and pads the last one, as all digests since MD4 do.
package block

// Buffer holds bytes until there is a block of them.
type Buffer struct {
	size  int // of a block
	fill  int
	total uint64
	data  [128]byte
}

// Of is an empty buffer for blocks of size bytes.
func Of(size int) Buffer { return Buffer{size: size} }

// Next returns the first block of what is held and p, and the rest of p; without a whole block it holds p and returns none.
func (buf *Buffer) Next(p []byte) (block, rest []byte) {
	if buf.fill == 0 && len(p) >= buf.size {
		buf.total += uint64(buf.size)
		return p[:buf.size], p[buf.size:]
	}
	n := copy(buf.data[buf.fill:buf.size], p)
	buf.fill += n
	buf.total += uint64(n)
	if buf.fill < buf.size {
		return nil, nil
	}
	buf.fill = 0
	return buf.data[:buf.size], p[n:]
}

// Tail is what ends the last block: a one, zeros and the length in bits in the last bytes, lowest first or last.
func (buf *Buffer) Tail(lowFirst bool) (tail [256]byte, n int) {
	length := buf.total * 8
	count := buf.size / 8 // bytes of the length
	n = 2*buf.size - buf.fill
	if 1+count <= buf.size-buf.fill {
		n -= buf.size
	}
	tail[0] = 0x80
	for i := range 8 {
		at := n - 1 - i
		if lowFirst {
			at = n - count + i
		}
		tail[at] = byte(length >> (8 * i))
	}
	return tail, n
}
