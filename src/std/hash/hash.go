// Package hash has the interfaces of checksums. Go: src/hash/hash.go.
package hash

import "io"

// Hash takes bytes and sums them up.
type Hash interface {
	io.Writer
	Sum(after []byte) []byte
	Reset()
	Size() int
	BlockSize() int
}

// Hash32 is a Hash of 32 bits.
type Hash32 interface {
	Hash
	Sum32() uint32
}

// Hash64 is a Hash of 64 bits.
type Hash64 interface {
	Hash
	Sum64() uint64
}

// Cloner is a Hash that can be copied.
type Cloner interface {
	Hash
	Clone() (Cloner, error)
}

// XOF is a Hash of any length.
type XOF interface {
	io.Writer
	io.Reader
	Reset()
	BlockSize() int
}
