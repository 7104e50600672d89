package binary

import (
	"errors"
	"io"
)

// The longest forms: 7 bits a byte.
const (
	MaxVarintLen16 = 3
	MaxVarintLen32 = 5
	MaxVarintLen64 = 10
)

var errOverflow = errors.New("binary: varint overflows a 64-bit integer")

// AppendUvarint appends value, 7 bits a byte, lowest first; all bytes but the last have their top bit set.
func AppendUvarint(room []byte, value uint64) []byte {
	for ; value >= 0x80; value >>= 7 {
		room = append(room, byte(value)|0x80)
	}
	return append(room, byte(value))
}

// PutUvarint writes value into room and returns the number of bytes.
func PutUvarint(room []byte, value uint64) int {
	n := 0
	for ; value >= 0x80; value >>= 7 {
		room[n] = byte(value) | 0x80
		n++
	}
	room[n] = byte(value)
	return n + 1
}

// Uvarint reads a number and returns how many bytes it had: 0 if room is too short, negative if it is too large.
func Uvarint(room []byte) (uint64, int) {
	x := uint64(0)
	for i, c := range room {
		if i == MaxVarintLen64 || i == MaxVarintLen64-1 && c > 1 && c < 0x80 {
			return 0, -(i + 1)
		}
		x |= uint64(c&0x7f) << uint(7*i)
		if c < 0x80 {
			return x, i + 1
		}
	}
	return 0, 0
}

// fold puts the sign into the lowest bit.
func fold(value int64) uint64 { return uint64(value<<1) ^ uint64(value>>63) }

func unfold(u uint64) int64 { return int64(u>>1) ^ -int64(u&1) }

// AppendVarint appends a signed number.
func AppendVarint(room []byte, value int64) []byte { return AppendUvarint(room, fold(value)) }

// PutVarint writes a signed number into room.
func PutVarint(room []byte, value int64) int { return PutUvarint(room, fold(value)) }

// Varint reads a signed number.
func Varint(room []byte) (int64, int) {
	u, n := Uvarint(room)
	return unfold(u), n
}

// ReadUvarint reads a number from r.
func ReadUvarint(r io.ByteReader) (uint64, error) {
	x := uint64(0)
	for i := range MaxVarintLen64 {
		c, err := r.ReadByte()
		if err != nil {
			if i > 0 && err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return x, err
		}
		if i == MaxVarintLen64-1 && c > 1 && c < 0x80 {
			return x, errOverflow
		}
		x |= uint64(c&0x7f) << uint(7*i)
		if c < 0x80 {
			return x, nil
		}
	}
	return x, errOverflow
}

// ReadVarint reads a signed number from r.
func ReadVarint(r io.ByteReader) (int64, error) {
	u, err := ReadUvarint(r)
	return unfold(u), err
}
