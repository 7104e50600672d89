// Package adler32 is Adler's checksum: the sum of the bytes and the sum of the sums. Go: src/hash/adler32.
package adler32

import (
	"encoding/binary"
	"hash"
)

// Size is the number of bytes of a checksum.
const Size = 4

const modulus = 65521

type digest uint32

// New returns a checksum.
func New() hash.Hash32 {
	sum := digest(1)
	return &sum
}

func update(sum uint32, data []byte) uint32 {
	low, high := sum&0xffff, sum>>16
	for _, c := range data {
		low = (low + uint32(c)) % modulus
		high = (high + low) % modulus
	}
	return high<<16 | low
}

// Checksum returns the checksum of data.
func Checksum(data []byte) uint32 { return update(1, data) }

func (sum *digest) Write(data []byte) (n int, err error) {
	*sum = digest(update(uint32(*sum), data))
	return len(data), nil
}

func (sum *digest) Sum32() uint32        { return uint32(*sum) }
func (sum *digest) Sum(in []byte) []byte { return binary.BigEndian.AppendUint32(in, uint32(*sum)) }
func (sum *digest) Reset()               { *sum = 1 }
func (sum *digest) Size() int            { return Size }
func (sum *digest) BlockSize() int       { return 4 }

// What follows ends the program as unsupported: the bytes of a digest under way.

func (sum *digest) MarshalBinary() ([]byte, error)
func (sum *digest) AppendBinary(b []byte) ([]byte, error)
func (sum *digest) UnmarshalBinary(data []byte) error
func (sum *digest) Clone() (hash.Cloner, error)
