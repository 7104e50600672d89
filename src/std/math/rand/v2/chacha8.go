package rand

import (
	"errors"
	"math/bits"
)

// ChaCha8 is a generator on the cipher of that name, as c2sp.org/chacha8rand says it: from a key of 32 bytes come four batches of four
// blocks each; the last 32 bytes of the last are the next key.
type ChaCha8 struct {
	state   batches
	readBuf [8]byte
	readLen int // of readBuf, from its end
}

const (
	batchWords = 32 // words of 64 bits in a batch
	keyWords   = 4
	blocks     = 4  // in a batch
	lastBatch  = 12 // counter of the last batch of a key
)

type batches struct {
	words   [batchWords]uint64
	key     [keyWords]uint64
	used    uint32
	usable  uint32
	counter uint32
}

// NewChaCha8 returns a generator with this key.
func NewChaCha8(seed [32]byte) *ChaCha8 {
	gen := new(ChaCha8)
	gen.Seed(seed)
	return gen
}

// Seed begins anew.
func (gen *ChaCha8) Seed(seed [32]byte) {
	for i := range keyWords {
		gen.state.key[i] = little(seed[8*i:])
	}
	gen.state.fill(0)
	gen.readLen = 0
	gen.readBuf = [8]byte{}
}

// Uint64 returns 64 random bits.
func (gen *ChaCha8) Uint64() uint64 {
	s := &gen.state
	if s.used == s.usable {
		s.next()
	}
	s.used++
	return s.words[s.used-1]
}

// next makes the batch after this one.
func (s *batches) next() {
	if s.counter < lastBatch {
		s.fill(s.counter + blocks)
		return
	}
	copy(s.key[:], s.words[batchWords-keyWords:])
	s.fill(0)
}

// fill makes the batch with this counter. Word w of block b is half of word 2w + b/2.
func (s *batches) fill(counter uint32) {
	s.counter, s.used, s.usable = counter, 0, batchWords
	if counter == lastBatch {
		s.usable -= keyWords
	}
	for b := range uint32(blocks) {
		at, shift := b/2, 32*(b%2)
		for w, v := range s.block(counter + b) {
			place := &s.words[2*uint32(w)+at]
			*place = *place&^(0xffffffff<<shift) | uint64(v)<<shift
		}
	}
}

// block is a ChaCha block of eight rounds, of which only the key is added to the result.
func (s *batches) block(counter uint32) [16]uint32 {
	x := [16]uint32{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}
	for i, k := range s.key {
		x[4+2*i], x[5+2*i] = uint32(k), uint32(k>>32)
	}
	key := [8]uint32(x[4:12])
	x[12] = counter
	for range 4 {
		for column := range 4 {
			quarter(&x, column, 4+column, 8+column, 12+column)
		}
		for diagonal := range 4 {
			quarter(&x, diagonal, 4+(diagonal+1)%4, 8+(diagonal+2)%4, 12+(diagonal+3)%4)
		}
	}
	for i, k := range key {
		x[4+i] += k
	}
	return x
}

func quarter(x *[16]uint32, a, b, c, d int) {
	for _, turn := range [2][2]int{{16, 12}, {8, 7}} {
		x[a] += x[b]
		x[d] = bits.RotateLeft32(x[d]^x[a], turn[0])
		x[c] += x[d]
		x[b] = bits.RotateLeft32(x[b]^x[c], turn[1])
	}
}

// Read fills p with random bytes; what is left of a word is given next.
func (gen *ChaCha8) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if gen.readLen == 0 {
			v := gen.Uint64()
			for i := range gen.readBuf {
				gen.readBuf[i] = byte(v >> (8 * i))
			}
			gen.readLen = len(gen.readBuf)
		}
		took := copy(p[n:], gen.readBuf[len(gen.readBuf)-gen.readLen:])
		gen.readLen -= took
		n += took
	}
	return n, nil
}

const (
	chachaMark = "chacha8:"
	readMark   = "readbuf:"
)

// AppendBinary appends the state: what is left of a word, how many words were used, the key.
func (gen *ChaCha8) AppendBinary(b []byte) ([]byte, error) {
	if gen.readLen > 0 {
		b = append(append(b, readMark...), byte(gen.readLen))
		b = append(b, gen.readBuf[len(gen.readBuf)-gen.readLen:]...)
	}
	s := &gen.state
	b = appendBig(append(b, chachaMark...), uint64(s.counter/blocks*batchWords+s.used))
	for _, k := range s.key {
		for shift := 0; shift < 64; shift += 8 {
			b = append(b, byte(k>>shift))
		}
	}
	return b, nil
}

// MarshalBinary returns the state.
func (gen *ChaCha8) MarshalBinary() ([]byte, error) { return gen.AppendBinary(make([]byte, 0, 64)) }

// UnmarshalBinary sets the state.
func (gen *ChaCha8) UnmarshalBinary(data []byte) error {
	if n := len(readMark); len(data) >= n && string(data[:n]) == readMark {
		data = data[n:]
		if len(data) == 0 || len(data) < 1+int(data[0]) {
			return errors.New("invalid ChaCha8 Read buffer encoding")
		}
		left := data[1 : 1+data[0]]
		gen.readLen = copy(gen.readBuf[len(gen.readBuf)-len(left):], left)
		data = data[1+len(left):]
	}
	n := len(chachaMark)
	if len(data) != n+8+8*keyWords || string(data[:n]) != chachaMark || big(data[n:]) > 4*batchWords-keyWords {
		return errors.New("invalid ChaCha8 encoding")
	}
	used := uint32(big(data[n:]))
	for i := range gen.state.key {
		gen.state.key[i] = little(data[n+8+8*i:])
	}
	gen.state.fill(used / batchWords * blocks)
	gen.state.used = used % batchWords
	return nil
}

func little(b []byte) (v uint64) {
	for i := range 8 {
		v |= uint64(b[i]) << (8 * i)
	}
	return v
}
