// Package sha256 is the digest SHA-256 and SHA-224 (FIPS 180-4). Go: src/crypto/sha256.
package sha256

import (
	"encoding/binary"
	"hash"
	"internal/block"
	"math/bits"
)

const (
	// Size is the number of bytes of a digest, BlockSize that of a block.
	Size      = 32
	Size224   = 28
	BlockSize = 64
)

// digest is the state; size says how much of it is the result.
type digest struct {
	start, state [8]uint32
	size         int
	buf          block.Buffer
}

func (sum *digest) begin(start [8]uint32, size int) {
	sum.start, sum.size = start, size
	sum.Reset()
}

var (
	start256 = [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	start224 = [8]uint32{0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4}
)

// New returns a digest.
func New() hash.Hash {
	return &digest{start: start256, state: start256, size: Size, buf: block.Of(BlockSize)}
}

// Sum256 returns the digest of data.
func Sum256(data []byte) (out [Size]byte) {
	var sum digest
	sum.begin(start256, Size)
	sum.Write(data)
	return sum.finished()
}

// New224 returns a digest of 224 bits.
func New224() hash.Hash {
	return &digest{start: start224, state: start224, size: Size224, buf: block.Of(BlockSize)}
}

// Sum224 returns the digest of 224 bits of data.
func Sum224(data []byte) (out [Size224]byte) {
	var sum digest
	sum.begin(start224, Size224)
	sum.Write(data)
	all := sum.finished()
	copy(out[:], all[:])
	return out
}

func (sum *digest) Reset() {
	sum.state, sum.buf = sum.start, block.Of(BlockSize)
}

func (sum *digest) Size() int      { return sum.size }
func (sum *digest) BlockSize() int { return BlockSize }

func (sum *digest) Write(p []byte) (n int, err error) {
	for b, rest := sum.buf.Next(p); b != nil; b, rest = sum.buf.Next(rest) {
		sum.block(b)
	}
	return len(p), nil
}

func (sum *digest) Sum(in []byte) []byte {
	out := sum.finished()
	return append(in, out[:sum.size]...)
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

// roots are the fractions of the cube roots of the first 64 primes.
var roots = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}

func (sum *digest) block(p []byte) {
	var words [64]uint32
	for i := range words {
		if i < 16 {
			words[i] = binary.BigEndian.Uint32(p[4*i:])
			continue
		}
		x, y := words[i-15], words[i-2]
		x = turn(x, 7) ^ turn(x, 18) ^ x>>3
		y = turn(y, 17) ^ turn(y, 19) ^ y>>10
		words[i] = words[i-16] + x + words[i-7] + y
	}
	s := sum.state
	for i, word := range words {
		a, e := s[0], s[4]
		t := s[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e&s[5] ^ ^e&s[6]) + roots[i] + word
		u := (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a&s[1] ^ a&s[2] ^ s[1]&s[2])
		s = [8]uint32{t + u, a, s[1], s[2], s[3] + t, e, s[5], s[6]}
	}
	for i, v := range s {
		sum.state[i] += v
	}
}

// turn rotates to the right.
func turn(x uint32, n int) uint32 { return bits.RotateLeft32(x, -n) }

// What follows ends the program as unsupported: the bytes of a digest under way.

func (sum *digest) MarshalBinary() ([]byte, error)
func (sum *digest) AppendBinary(b []byte) ([]byte, error)
func (sum *digest) UnmarshalBinary(data []byte) error
func (sum *digest) Clone() (hash.Cloner, error)
