// Package md5 is the digest MD5 (RFC 1321). Go: src/crypto/md5.
package md5

import (
	"encoding/binary"
	"hash"
	"internal/block"
	"math/bits"
)

const (
	// Size is the number of bytes of a digest, BlockSize that of a block.
	Size      = 16
	BlockSize = 64
)

type digest struct {
	state [4]uint32
	buf   block.Buffer
}

// initial is the state before the first block.
var initial = [4]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}

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
	tail, n := last.buf.Tail(true)
	last.Write(tail[:n])
	for i, word := range last.state {
		binary.LittleEndian.PutUint32(out[4*i:], word)
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

// sines are the 64 constants: the sines of 1 to 64, times 2^32.
var sines = [64]uint32{
	0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
	0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
	0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
	0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
}

var turns = [4][4]int{{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}

func (sum *digest) block(p []byte) {
	var words [16]uint32
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(p[4*i:])
	}
	a, b, c, d := sum.state[0], sum.state[1], sum.state[2], sum.state[3]
	for i, constant := range sines {
		var mix uint32
		var word int
		switch i / 16 {
		case 0:
			mix, word = b&c|^b&d, i
		case 1:
			mix, word = d&b|^d&c, 5*i+1
		case 2:
			mix, word = b^c^d, 3*i+5
		case 3:
			mix, word = c^(b|^d), 7*i
		}
		mix += a + constant + words[word&15]
		a, d, c = d, c, b
		b += bits.RotateLeft32(mix, turns[i/16][i&3])
	}
	sum.state[0] += a
	sum.state[1] += b
	sum.state[2] += c
	sum.state[3] += d
}

// What follows ends the program as unsupported: the bytes of a digest under way.

func (sum *digest) MarshalBinary() ([]byte, error)
func (sum *digest) AppendBinary(b []byte) ([]byte, error)
func (sum *digest) UnmarshalBinary(data []byte) error
func (sum *digest) Clone() (hash.Cloner, error)
