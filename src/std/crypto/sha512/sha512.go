// Package sha512 is the digest SHA-512 and its shorter forms (FIPS 180-4). Go: src/crypto/sha512.
package sha512

import (
	"encoding/binary"
	"hash"
	"internal/block"
	"math/bits"
)

const (
	// Size is the number of bytes of a digest, BlockSize that of a block.
	Size      = 64
	Size224   = 28
	Size256   = 32
	Size384   = 48
	BlockSize = 128
)

// digest is the state; size says how much of it is the result.
type digest struct {
	start, state [8]uint64
	size         int
	buf          block.Buffer
}

func (sum *digest) begin(start [8]uint64, size int) {
	sum.start, sum.size = start, size
	sum.Reset()
}

var (
	start512     = [8]uint64{0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}
	start384     = [8]uint64{0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}
	start512_224 = [8]uint64{0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82, 0x679dd514582f9fcf, 0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1}
	start512_256 = [8]uint64{0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd, 0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2}
)

// New returns a digest.
func New() hash.Hash {
	return &digest{start: start512, state: start512, size: Size, buf: block.Of(BlockSize)}
}

// Sum512 returns the digest of data.
func Sum512(data []byte) (out [Size]byte) {
	var sum digest
	sum.begin(start512, Size)
	sum.Write(data)
	return sum.finished()
}

// New384 returns a digest of 384 bits.
func New384() hash.Hash {
	return &digest{start: start384, state: start384, size: Size384, buf: block.Of(BlockSize)}
}

// Sum384 returns the digest of 384 bits of data.
func Sum384(data []byte) (out [Size384]byte) {
	var sum digest
	sum.begin(start384, Size384)
	sum.Write(data)
	all := sum.finished()
	copy(out[:], all[:])
	return out
}

// New512_224 returns a digest of 224 bits.
func New512_224() hash.Hash {
	return &digest{start: start512_224, state: start512_224, size: Size224, buf: block.Of(BlockSize)}
}

// Sum512_224 returns the digest of 224 bits of data.
func Sum512_224(data []byte) (out [Size224]byte) {
	var sum digest
	sum.begin(start512_224, Size224)
	sum.Write(data)
	all := sum.finished()
	copy(out[:], all[:])
	return out
}

// New512_256 returns a digest of 256 bits.
func New512_256() hash.Hash {
	return &digest{start: start512_256, state: start512_256, size: Size256, buf: block.Of(BlockSize)}
}

// Sum512_256 returns the digest of 256 bits of data.
func Sum512_256(data []byte) (out [Size256]byte) {
	var sum digest
	sum.begin(start512_256, Size256)
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
		binary.BigEndian.PutUint64(out[8*i:], word)
	}
	return out
}

// roots are the fractions of the cube roots of the first 80 primes.
var roots = [80]uint64{
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
	0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
	0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
	0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
	0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
	0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
	0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
	0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
	0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
	0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
	0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
	0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
	0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
	0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
	0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
}

func (sum *digest) block(p []byte) {
	var words [80]uint64
	for i := range words {
		if i < 16 {
			words[i] = binary.BigEndian.Uint64(p[8*i:])
			continue
		}
		x, y := words[i-15], words[i-2]
		x = turn(x, 1) ^ turn(x, 8) ^ x>>7
		y = turn(y, 19) ^ turn(y, 61) ^ y>>6
		words[i] = words[i-16] + x + words[i-7] + y
	}
	s := sum.state
	for i, word := range words {
		a, e := s[0], s[4]
		t := s[7] + (turn(e, 14) ^ turn(e, 18) ^ turn(e, 41)) + (e&s[5] ^ ^e&s[6]) + roots[i] + word
		u := (turn(a, 28) ^ turn(a, 34) ^ turn(a, 39)) + (a&s[1] ^ a&s[2] ^ s[1]&s[2])
		s = [8]uint64{t + u, a, s[1], s[2], s[3] + t, e, s[5], s[6]}
	}
	for i, v := range s {
		sum.state[i] += v
	}
}

// turn rotates to the right.
func turn(x uint64, n int) uint64 { return bits.RotateLeft64(x, -n) }

// What follows ends the program as unsupported: the bytes of a digest under way.

func (sum *digest) MarshalBinary() ([]byte, error)
func (sum *digest) AppendBinary(b []byte) ([]byte, error)
func (sum *digest) UnmarshalBinary(data []byte) error
func (sum *digest) Clone() (hash.Cloner, error)
