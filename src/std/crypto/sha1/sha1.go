// Package sha1 is the digest SHA-1 (RFC 3174). Go: src/crypto/sha1.
package sha1

import (
	"encoding/binary"
	"hash"
	"internal/block"
	"math/bits"
)

const (
	// Size is the number of bytes of a digest, BlockSize that of a block.
	Size      = 20
	BlockSize = 64
)

type digest struct {
	state [5]uint32
	buf   block.Buffer
}

// initial is the state before the first block.
var initial = [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}

// New returns a digest.
func New() hash.Hash { return &digest{state: initial, buf: block.Of(BlockSize)} }

func (sum *digest) Reset() {
	sum.state, sum.buf = initial, block.Of(BlockSize)
}

func (sum *digest) Size() int      { return Size }
func (sum *digest) BlockSize() int { return BlockSize }

func (sum *digest) Write(p []byte) (n int, err error) {
	for b, rest := sum.buf.Next(p); b != nil; b, rest = sum.buf.Next(rest) {
		sum.block(b)
	}
	return len(p), nil
}

func (sum *digest) Sum(in []byte) []byte {
	out := sum.finished()
	return append(in, out[:]...)
}

// finished is the digest of what was written so far, which may go on.
func (sum *digest) finished() (out [Size]byte) {
	last := *sum
	tail, n := last.buf.Tail(false)
	last.Write(tail[:n])
	for i, word := range last.state {
		binary.BigEndian.PutUint32(out[4*i:], word)
	}
	return out
}

// Sum returns the digest of data.
func Sum(data []byte) (out [Size]byte) {
	var sum digest
	sum.Reset()
	sum.Write(data)
	return sum.finished()
}

func (sum *digest) block(p []byte) {
	var words [80]uint32
	for i := range words {
		if i < 16 {
			words[i] = binary.BigEndian.Uint32(p[4*i:])
		} else {
			words[i] = bits.RotateLeft32(words[i-3]^words[i-8]^words[i-14]^words[i-16], 1)
		}
	}
	a, b, c, d, e := sum.state[0], sum.state[1], sum.state[2], sum.state[3], sum.state[4]
	for i, word := range words {
		var mix uint32
		switch i / 20 {
		case 0:
			mix = (b&c | ^b&d) + 0x5a827999
		case 1:
			mix = (b ^ c ^ d) + 0x6ed9eba1
		case 2:
			mix = (b&c | b&d | c&d) + 0x8f1bbcdc
		case 3:
			mix = (b ^ c ^ d) + 0xca62c1d6
		}
		a, b, c, d, e = bits.RotateLeft32(a, 5)+mix+e+word, a, bits.RotateLeft32(b, 30), c, d
	}
	sum.state[0] += a
	sum.state[1] += b
	sum.state[2] += c
	sum.state[3] += d
	sum.state[4] += e
}

// What follows ends the program as unsupported: the bytes of a digest under way.

func (sum *digest) MarshalBinary() ([]byte, error)
func (sum *digest) AppendBinary(b []byte) ([]byte, error)
func (sum *digest) UnmarshalBinary(data []byte) error
func (sum *digest) Clone() (hash.Cloner, error)
