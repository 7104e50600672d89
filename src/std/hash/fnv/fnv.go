// Package fnv is the hash of Fowler, Noll and Vo: multiply by a prime and mix a byte in, or the other way round (the variants with a).
// Go: src/hash/fnv.
package fnv

import (
	"encoding/binary"
	"hash"
	"math/bits"
)

const (
	offset32, prime32 = 2166136261, 16777619
	offset64, prime64 = 14695981039346656037, 1099511628211
	offset128High     = 0x6c62272e07bb0142
	offset128Low      = 0x62b821756295c58d
	prime128Low       = 0x13b
	prime128Shift     = 24 // the prime is 2^88 + prime128Low
)

type (
	sum32   uint32
	sum32a  uint32
	sum64   uint64
	sum64a  uint64
	sum128  [2]uint64
	sum128a [2]uint64
)

// New32 is FNV-1 of 32 bits.
func New32() hash.Hash32 {
	h := sum32(offset32)
	return &h
}

// New32a is FNV-1a of 32 bits.
func New32a() hash.Hash32 {
	h := sum32a(offset32)
	return &h
}

// New64 is FNV-1 of 64 bits.
func New64() hash.Hash64 {
	h := sum64(offset64)
	return &h
}

// New64a is FNV-1a of 64 bits.
func New64a() hash.Hash64 {
	h := sum64a(offset64)
	return &h
}

// New128 is FNV-1 of 128 bits.
func New128() hash.Hash { return &sum128{offset128High, offset128Low} }

// New128a is FNV-1a of 128 bits.
func New128a() hash.Hash { return &sum128a{offset128High, offset128Low} }

func (h *sum32) Reset()   { *h = offset32 }
func (h *sum32a) Reset()  { *h = offset32 }
func (h *sum64) Reset()   { *h = offset64 }
func (h *sum64a) Reset()  { *h = offset64 }
func (h *sum128) Reset()  { *h = sum128{offset128High, offset128Low} }
func (h *sum128a) Reset() { *h = sum128a{offset128High, offset128Low} }

func (h *sum32) Sum32() uint32  { return uint32(*h) }
func (h *sum32a) Sum32() uint32 { return uint32(*h) }
func (h *sum64) Sum64() uint64  { return uint64(*h) }
func (h *sum64a) Sum64() uint64 { return uint64(*h) }

// word is a sum that fits in one.
type word interface{ ~uint32 | ~uint64 }

// multiplied takes bytes into a sum that is multiplied before each.
func multiplied[W word](sum, prime W, data []byte) W {
	for i := range data {
		sum = sum*prime ^ W(data[i])
	}
	return sum
}

// mixed takes bytes into a sum that is multiplied after each.
func mixed[W word](sum, prime W, data []byte) W {
	for i := range data {
		sum = (sum ^ W(data[i])) * prime
	}
	return sum
}

func (h *sum32) Write(data []byte) (int, error) {
	*h = multiplied(*h, prime32, data)
	return len(data), nil
}

func (h *sum32a) Write(data []byte) (int, error) {
	*h = mixed(*h, prime32, data)
	return len(data), nil
}

func (h *sum64) Write(data []byte) (int, error) {
	*h = multiplied(*h, prime64, data)
	return len(data), nil
}

func (h *sum64a) Write(data []byte) (int, error) {
	*h = mixed(*h, prime64, data)
	return len(data), nil
}

// times multiplies by the prime of 128 bits.
func times(high, low uint64) (uint64, uint64) {
	carry, l := bits.Mul64(low, prime128Low)
	return carry + low<<prime128Shift + high*prime128Low, l
}

func (h *sum128) Write(data []byte) (int, error) {
	for _, c := range data {
		h[0], h[1] = times(h[0], h[1])
		h[1] ^= uint64(c)
	}
	return len(data), nil
}

func (h *sum128a) Write(data []byte) (int, error) {
	for _, c := range data {
		h[1] ^= uint64(c)
		h[0], h[1] = times(h[0], h[1])
	}
	return len(data), nil
}

func (h *sum32) Size() int        { return 4 }
func (h *sum32a) Size() int       { return 4 }
func (h *sum64) Size() int        { return 8 }
func (h *sum64a) Size() int       { return 8 }
func (h *sum128) Size() int       { return 16 }
func (h *sum128a) Size() int      { return 16 }
func (h *sum32) BlockSize() int   { return 1 }
func (h *sum32a) BlockSize() int  { return 1 }
func (h *sum64) BlockSize() int   { return 1 }
func (h *sum64a) BlockSize() int  { return 1 }
func (h *sum128) BlockSize() int  { return 1 }
func (h *sum128a) BlockSize() int { return 1 }

func (h *sum32) Sum(data []byte) []byte  { return binary.BigEndian.AppendUint32(data, uint32(*h)) }
func (h *sum32a) Sum(data []byte) []byte { return binary.BigEndian.AppendUint32(data, uint32(*h)) }
func (h *sum64) Sum(data []byte) []byte  { return binary.BigEndian.AppendUint64(data, uint64(*h)) }
func (h *sum64a) Sum(data []byte) []byte { return binary.BigEndian.AppendUint64(data, uint64(*h)) }

func (h *sum128) Sum(data []byte) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(data, h[0]), h[1])
}

func (h *sum128a) Sum(data []byte) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(data, h[0]), h[1])
}

// What follows ends the program as unsupported: the bytes of a sum under way.

func (h *sum32) MarshalBinary() ([]byte, error)
func (h *sum32) AppendBinary(b []byte) ([]byte, error)
func (h *sum32) UnmarshalBinary(data []byte) error
func (h *sum32) Clone() (hash.Cloner, error)
func (h *sum32a) MarshalBinary() ([]byte, error)
func (h *sum32a) AppendBinary(b []byte) ([]byte, error)
func (h *sum32a) UnmarshalBinary(data []byte) error
func (h *sum32a) Clone() (hash.Cloner, error)
func (h *sum64) MarshalBinary() ([]byte, error)
func (h *sum64) AppendBinary(b []byte) ([]byte, error)
func (h *sum64) UnmarshalBinary(data []byte) error
func (h *sum64) Clone() (hash.Cloner, error)
func (h *sum64a) MarshalBinary() ([]byte, error)
func (h *sum64a) AppendBinary(b []byte) ([]byte, error)
func (h *sum64a) UnmarshalBinary(data []byte) error
func (h *sum64a) Clone() (hash.Cloner, error)
func (h *sum128) MarshalBinary() ([]byte, error)
func (h *sum128) AppendBinary(b []byte) ([]byte, error)
func (h *sum128) UnmarshalBinary(data []byte) error
func (h *sum128) Clone() (hash.Cloner, error)
func (h *sum128a) MarshalBinary() ([]byte, error)
func (h *sum128a) AppendBinary(b []byte) ([]byte, error)
func (h *sum128a) UnmarshalBinary(data []byte) error
func (h *sum128a) Clone() (hash.Cloner, error)
