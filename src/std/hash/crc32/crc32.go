// Package crc32 is the cyclic redundancy check of 32 bits, by a table of 256 entries. Go: src/hash/crc32.
package crc32

import (
	"encoding/binary"
	"hash"
)

// Size is the number of bytes of a checksum.
const Size = 4

// Polynomials, their bits in reversed order.
const (
	IEEE       = 0xedb88320
	Castagnoli = 0x82f63b78
	Koopman    = 0xeb31d82e
)

// Table is a polynomial, worked out for each byte.
type Table [256]uint32

// IEEETable is the table of the usual polynomial.
var IEEETable = work(IEEE)

// MakeTable returns the table of a polynomial.
func MakeTable(poly uint32) *Table {
	if poly == IEEE {
		return IEEETable
	}
	return work(poly)
}

// work works a table out.
func work(poly uint32) *Table {
	t := new(Table)
	for i := range t {
		crc := uint32(i)
		for range 8 {
			odd := crc & 1
			crc >>= 1
			if odd != 0 {
				crc ^= poly
			}
		}
		t[i] = crc
	}
	return t
}

// Update adds bytes to a checksum.
func Update(crc uint32, tab *Table, data []byte) uint32 {
	crc = ^crc
	for _, c := range data {
		crc = tab[byte(crc)^c] ^ crc>>8
	}
	return ^crc
}

// Checksum returns the checksum of data.
func Checksum(data []byte, tab *Table) uint32 { return Update(0, tab, data) }

// ChecksumIEEE returns the usual checksum of data.
func ChecksumIEEE(data []byte) uint32 { return Update(0, IEEETable, data) }

type digest struct {
	crc uint32
	tab *Table
}

// New returns a checksum by a table.
func New(tab *Table) hash.Hash32 { return &digest{0, tab} }

// NewIEEE returns the usual checksum.
func NewIEEE() hash.Hash32 { return &digest{0, IEEETable} }

func (sum *digest) Write(data []byte) (n int, err error) {
	sum.crc = Update(sum.crc, sum.tab, data)
	return len(data), nil
}

func (sum *digest) Sum32() uint32        { return sum.crc }
func (sum *digest) Sum(in []byte) []byte { return binary.BigEndian.AppendUint32(in, sum.crc) }
func (sum *digest) Reset()               { sum.crc = 0 }
func (sum *digest) Size() int            { return Size }
func (sum *digest) BlockSize() int       { return 1 }

// What follows ends the program as unsupported: the bytes of a digest under way.

func (sum *digest) MarshalBinary() ([]byte, error)
func (sum *digest) AppendBinary(b []byte) ([]byte, error)
func (sum *digest) UnmarshalBinary(data []byte) error
func (sum *digest) Clone() (hash.Cloner, error)
