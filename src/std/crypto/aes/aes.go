// Package aes is the cipher AES (FIPS 197). Go: src/crypto/aes.
package aes

import (
	"crypto/cipher"
	"encoding/binary"
	"math/bits"
	"strconv"
	"unsafe"
)

// BlockSize is the number of bytes of a block.
const BlockSize = 16

// KeySizeError says that a key is too short or too long.
type KeySizeError int

func (k KeySizeError) Error() string { return "crypto/aes: invalid key size " + strconv.Itoa(int(k)) }

// Block is the cipher with a key: four words for each round, and one before.
type Block struct {
	keys [60]uint32
	n    int
}

// boxes are the substitution of a byte (its inverse in the field of 256 numbers, with its bits mixed) and the inverse of that.
var box, inverse = boxes()

// double is twice an element of the field.
func double(x byte) byte {
	if x&0x80 != 0 {
		return x<<1 ^ 0x1b
	}
	return x << 1
}

func boxes() (box, inverse [256]byte) {
	// p goes over all elements as powers of 3, q over their inverses.
	p, q := byte(1), byte(1)
	for {
		p ^= double(p)
		q ^= q << 1
		q ^= q << 2
		q ^= q << 4
		if q&0x80 != 0 {
			q ^= 0x09
		}
		box[p] = q ^ bits.RotateLeft8(q, 1) ^ bits.RotateLeft8(q, 2) ^ bits.RotateLeft8(q, 3) ^ bits.RotateLeft8(q, 4) ^ 0x63
		if p == 1 {
			break
		}
	}
	box[0] = 0x63
	for i, c := range box {
		inverse[c] = byte(i)
	}
	return box, inverse
}

// NewCipher returns the cipher with a key of 16, 24 or 32 bytes.
func NewCipher(key []byte) (cipher.Block, error) {
	switch len(key) {
	case 16, 24, 32:
	default:
		return nil, KeySizeError(len(key))
	}
	words := len(key) / 4
	c := &Block{n: 4 * (words + 7)}
	for i := range words {
		c.keys[i] = binary.BigEndian.Uint32(key[4*i:])
	}
	round := byte(1)
	for i := words; i < c.n; i++ {
		w := c.keys[i-1]
		if i%words == 0 {
			w = substituted(bits.RotateLeft32(w, 8)) ^ uint32(round)<<24
			round = double(round)
		} else if words > 6 && i%words == 4 {
			w = substituted(w)
		}
		c.keys[i] = c.keys[i-words] ^ w
	}
	return c, nil
}

func substituted(w uint32) uint32 {
	return uint32(box[w>>24])<<24 | uint32(box[w>>16&255])<<16 | uint32(box[w>>8&255])<<8 | uint32(box[w&255])
}

// IsAES marks the type for crypto/cipher. Programs can't see it.
func (c *Block) IsAES() {}

// BlockSize returns the number of bytes of a block.
func (c *Block) BlockSize() int { return BlockSize }

func check(dst, src []byte) {
	switch {
	case len(src) < BlockSize:
		panic("crypto/aes: input not full block")
	case len(dst) < BlockSize:
		panic("crypto/aes: output not full block")
	}
	if to, from := uintptr(unsafe.Pointer(&dst[0])), uintptr(unsafe.Pointer(&src[0])); to != from && to < from+BlockSize && from < to+BlockSize {
		panic("crypto/aes: invalid buffer overlap")
	}
}

// state is a block: four columns of four bytes.
type state [BlockSize]byte

func (c *Block) addKey(s *state, round int) {
	for i, k := range c.keys[4*round : 4*round+4] {
		binary.BigEndian.PutUint32(s[4*i:], binary.BigEndian.Uint32(s[4*i:])^k)
	}
}

// Encrypt encrypts a block.
func (c *Block) Encrypt(dst, src []byte) {
	check(dst, src)
	s, last := state(src), c.n/4-1
	c.addKey(&s, 0)
	for round := 1; round <= last; round++ {
		// Each byte is replaced, and row r goes r columns to the left.
		old := s
		for i := range s {
			s[i] = box[old[(i+i%4*4)%BlockSize]]
		}
		if round < last {
			for i := 0; i < BlockSize; i += 4 {
				mixColumn(s[i : i+4])
			}
		}
		c.addKey(&s, round)
	}
	copy(dst, s[:])
}

// mixColumn multiplies a column by 2 1 1 3, row by row turned.
func mixColumn(x []byte) {
	sum, first := x[0]^x[1]^x[2]^x[3], x[0]
	for i := range 3 {
		x[i] ^= sum ^ double(x[i]^x[i+1])
	}
	x[3] ^= sum ^ double(x[3]^first)
}

// Decrypt decrypts a block.
func (c *Block) Decrypt(dst, src []byte) {
	check(dst, src)
	s, last := state(src), c.n/4-1
	for round := last; round >= 1; round-- {
		c.addKey(&s, round)
		if round < last {
			for i := 0; i < BlockSize; i += 4 {
				unmixColumn(s[i : i+4])
			}
		}
		old := s
		for i := range s {
			s[(i+i%4*4)%BlockSize] = inverse[old[i]]
		}
	}
	c.addKey(&s, 0)
	copy(dst, s[:])
}

// unmixColumn is the inverse of mixColumn: its matrix is that of mixColumn times 5 0 4 0.
func unmixColumn(x []byte) {
	even, odd := double(double(x[0]^x[2])), double(double(x[1]^x[3]))
	x[0] ^= even
	x[2] ^= even
	x[1] ^= odd
	x[3] ^= odd
	mixColumn(x)
}
