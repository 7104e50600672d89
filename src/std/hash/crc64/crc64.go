// Package crc64: cyclic redundancy checks of 64 bits.
package crc64

import (
	"encoding/binary"
	"errors"
	"hash"
)

// Size of a checksum in bytes.
const Size = 8

// The two polynomials that are in use, reversed.
const (
	ISO  = 0xD800000000000000
	ECMA = 0xC96C5795D7870F42
)

// Table holds what each byte does to a sum.
type Table [256]uint64

var isoTable, ecmaTable = tableOf(ISO), tableOf(ECMA)

// MakeTable returns the table of a polynomial.
func MakeTable(poly uint64) *Table {
	switch poly {
	case ISO:
		return isoTable
	case ECMA:
		return ecmaTable
	}
	return tableOf(poly)
}

func tableOf(poly uint64) *Table {
	var table Table
	for i := range table {
		sum := uint64(i)
		for range 8 {
			sum = sum>>1 ^ poly&-(sum&1)
		}
		table[i] = sum
	}
	return &table
}

// Update returns the checksum of what crc is the checksum of, followed by p.
func Update(crc uint64, tab *Table, p []byte) uint64 {
	sum := ^crc
	for _, b := range p {
		sum = sum>>8 ^ tab[b^byte(sum)]
	}
	return ^sum
}

// Checksum returns that of data.
func Checksum(data []byte, tab *Table) uint64 { return Update(0, tab, data) }

// digest is a sum under way.
type digest struct {
	sum   uint64
	table *Table
}

// New returns a hash that computes the checksum of what is written to it.
func New(tab *Table) hash.Hash64 { return &digest{table: tab} }

func (d *digest) Write(p []byte) (n int, err error) {
	d.sum = Update(d.sum, d.table, p)
	return len(p), nil
}

func (d *digest) Sum64() uint64        { return d.sum }
func (d *digest) Sum(in []byte) []byte { return binary.BigEndian.AppendUint64(in, d.sum) }
func (d *digest) Reset()               { d.sum = 0 }
func (d *digest) Size() int            { return Size }
func (d *digest) BlockSize() int       { return 1 }

// A sum under way as bytes: its name, a checksum of the table, the sum.
const (
	name  = "crc\x02"
	bytes = len(name) + 2*Size
)

func (d *digest) AppendBinary(to []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(append(to, name...), sumOf(d.table)), d.sum), nil
}

func (d *digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(make([]byte, 0, bytes)) }

func (d *digest) UnmarshalBinary(state []byte) error {
	switch {
	case len(state) < len(name) || string(state[:len(name)]) != name:
		return errors.New("hash/crc64: invalid hash state identifier")
	case len(state) != bytes:
		return errors.New("hash/crc64: invalid hash state size")
	case binary.BigEndian.Uint64(state[len(name):]) != sumOf(d.table):
		return errors.New("hash/crc64: tables do not match")
	}
	d.sum = binary.BigEndian.Uint64(state[len(name)+Size:])
	return nil
}

func (d *digest) Clone() (hash.Cloner, error) {
	other := *d
	return &other, nil
}

func sumOf(table *Table) uint64 {
	var entries []byte
	if table != nil {
		for _, entry := range table {
			entries = binary.BigEndian.AppendUint64(entries, entry)
		}
	}
	return Checksum(entries, isoTable)
}
