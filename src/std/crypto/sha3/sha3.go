// Package sha3: digests of FIPS 202, of a fixed length or of any.
package sha3

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

// sponge takes in bytes and gives out others.
type sponge struct {
	lanes  [25]uint64
	at     int // bytes of the block that are done
	rate   int // bytes of a block
	suffix byte
	size   int
	gives  int // 1 once it gives out
}

// turns is how far each lane is rotated, in the order in which places are filled from one another.
var turns = [24]int{1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44}

// places is that order.
var places = [24]int{10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1}

// constants of the 24 rounds: bits of a shift register.
var constants = func() (all [24]uint64) {
	register := byte(1)
	for round := range all {
		for j := range 7 {
			if register&1 != 0 {
				all[round] |= 1 << (1<<j - 1)
			}
			carry := register >> 7
			register = register<<1 ^ carry*0x71
		}
	}
	return all
}()

// permute is Keccak-f[1600].
func permute(a *[25]uint64) {
	for _, constant := range constants {
		var c [5]uint64
		for x := range 5 {
			c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
		}
		for x := range 5 {
			d := c[(x+4)%5] ^ bits.RotateLeft64(c[(x+1)%5], 1)
			for y := 0; y < 25; y += 5 {
				a[x+y] ^= d
			}
		}
		moved := a[1]
		for i, to := range places {
			moved, a[to] = a[to], bits.RotateLeft64(moved, turns[i])
		}
		for y := 0; y < 25; y += 5 {
			row := [5]uint64(a[y : y+5])
			for x := range 5 {
				a[y+x] = row[x] ^ ^row[(x+1)%5]&row[(x+2)%5]
			}
		}
		a[0] ^= constant
	}
}

func (s *sponge) put(b byte) { s.lanes[s.at/8] ^= uint64(b) << (8 * (s.at % 8)) }

func (s *sponge) write(p []byte) (int, error) {
	if s.gives != 0 {
		panic("sha3: Write after Read")
	}
	for _, b := range p {
		s.put(b)
		if s.at++; s.at == s.rate {
			permute(&s.lanes)
			s.at = 0
		}
	}
	return len(p), nil
}

// read gives out bytes; before the first the last block is filled up.
func (s *sponge) read(out []byte) {
	if s.gives == 0 {
		s.put(s.suffix)
		s.at = s.rate - 1
		s.put(0x80)
		permute(&s.lanes)
		s.at, s.gives = 0, 1
	}
	for i := range out {
		if s.at == s.rate {
			permute(&s.lanes)
			s.at = 0
		}
		out[i] = byte(s.lanes[s.at/8] >> (8 * (s.at % 8)))
		s.at++
	}
}

func (s *sponge) reset() {
	s.lanes = [25]uint64{}
	s.at, s.gives = 0, 0
}

// ---- SHA-3 ------------------------------------------------------------------------------------------------------

// SHA3 is one of the four digests; its zero value is SHA3-256.
type SHA3 struct{ s sponge }

func newSHA3(size int) *SHA3 {
	return &SHA3{sponge{rate: 200 - 2*size, suffix: 0x06, size: size}}
}

// New224 returns a new SHA3-224.
func New224() *SHA3 { return newSHA3(28) }

// New256 returns a new SHA3-256.
func New256() *SHA3 { return newSHA3(32) }

// New384 returns a new SHA3-384.
func New384() *SHA3 { return newSHA3(48) }

// New512 returns a new SHA3-512.
func New512() *SHA3 { return newSHA3(64) }

func (s *SHA3) ready() *sponge {
	if s.s.rate == 0 {
		*s = *New256()
	}
	return &s.s
}

// Write adds p.
func (s *SHA3) Write(p []byte) (n int, err error) { return s.ready().write(p) }

// Sum appends the digest to b.
func (s *SHA3) Sum(b []byte) []byte {
	last := *s.ready()
	sum := make([]byte, last.size)
	last.read(sum)
	return append(b, sum...)
}

// Reset begins anew.
func (s *SHA3) Reset() { s.ready().reset() }

// Size is the length of the digest.
func (s *SHA3) Size() int { return s.ready().size }

// BlockSize is the length of a block.
func (s *SHA3) BlockSize() int { return s.ready().rate }

// Clone returns a copy.
func (s *SHA3) Clone() (hash.Cloner, error) {
	s.ready()
	other := *s
	return &other, nil
}

// Sum224 is the digest of data.
func Sum224(data []byte) [28]byte { return [28]byte(sum(New224(), data)) }

// Sum256 is the digest of data.
func Sum256(data []byte) [32]byte { return [32]byte(sum(New256(), data)) }

// Sum384 is the digest of data.
func Sum384(data []byte) [48]byte { return [48]byte(sum(New384(), data)) }

// Sum512 is the digest of data.
func Sum512(data []byte) [64]byte { return [64]byte(sum(New512(), data)) }

func sum(h *SHA3, data []byte) []byte {
	h.Write(data)
	return h.Sum(nil)
}

// ---- SHAKE ------------------------------------------------------------------------------------------------------

// SHAKE gives out as many bytes as are read; its zero value is SHAKE256.
type SHAKE struct {
	s     sponge
	start []byte // what is taken in before all else
}

// NewSHAKE128 returns a new SHAKE128.
func NewSHAKE128() *SHAKE { return &SHAKE{s: sponge{rate: 168, suffix: 0x1f, size: 32}} }

// NewSHAKE256 returns a new SHAKE256.
func NewSHAKE256() *SHAKE { return &SHAKE{s: sponge{rate: 136, suffix: 0x1f, size: 64}} }

// NewCSHAKE128 returns a SHAKE128 of a function's name and a customisation.
func NewCSHAKE128(N, S []byte) *SHAKE { return customised(NewSHAKE128(), N, S) }

// NewCSHAKE256 returns a SHAKE256 of a function's name and a customisation.
func NewCSHAKE256(N, S []byte) *SHAKE { return customised(NewSHAKE256(), N, S) }

func customised(s *SHAKE, name, custom []byte) *SHAKE {
	if len(name) == 0 && len(custom) == 0 {
		return s
	}
	s.s.suffix = 0x04
	s.start = lengthFirst(nil, uint64(s.s.rate))
	for _, text := range [][]byte{name, custom} {
		s.start = append(lengthFirst(s.start, uint64(len(text))*8), text...)
	}
	if over := len(s.start) % s.s.rate; over > 0 {
		s.start = append(s.start, make([]byte, s.s.rate-over)...)
	}
	s.s.write(s.start)
	return s
}

// lengthFirst appends a number behind the number of its bytes.
func lengthFirst(to []byte, x uint64) []byte {
	number := binary.BigEndian.AppendUint64(nil, x)
	for len(number) > 1 && number[0] == 0 {
		number = number[1:]
	}
	return append(append(to, byte(len(number))), number...)
}

func (s *SHAKE) ready() *sponge {
	if s.s.rate == 0 {
		*s = *NewSHAKE256()
	}
	return &s.s
}

// Write adds p; it panics once something was read.
func (s *SHAKE) Write(p []byte) (n int, err error) { return s.ready().write(p) }

// Read gives out bytes, without end.
func (s *SHAKE) Read(p []byte) (n int, err error) {
	s.ready().read(p)
	return len(p), nil
}

// Reset begins anew.
func (s *SHAKE) Reset() {
	s.ready().reset()
	s.s.write(s.start)
}

// BlockSize is the length of a block.
func (s *SHAKE) BlockSize() int { return s.ready().rate }

// SumSHAKE128 gives out so many bytes of data.
func SumSHAKE128(data []byte, length int) []byte { return given(NewSHAKE128(), data, length) }

// SumSHAKE256 gives out so many bytes of data.
func SumSHAKE256(data []byte, length int) []byte { return given(NewSHAKE256(), data, length) }

func given(s *SHAKE, data []byte, length int) []byte {
	out := make([]byte, length)
	s.Write(data)
	s.Read(out)
	return out
}

// What follows ends the program as unsupported: the bytes of a digest under way.

func (s *SHA3) MarshalBinary() ([]byte, error)
func (s *SHA3) AppendBinary(p []byte) ([]byte, error)
func (s *SHA3) UnmarshalBinary(data []byte) error
func (s *SHAKE) MarshalBinary() ([]byte, error)
func (s *SHAKE) AppendBinary(p []byte) ([]byte, error)
func (s *SHAKE) UnmarshalBinary(data []byte) error
