// Package rc4 is the stream cipher RC4. Go: src/crypto/rc4.
package rc4

import (
	"strconv"
	"unsafe"
)

// KeySizeError says that a key is too short or too long.
type KeySizeError int

func (k KeySizeError) Error() string { return "crypto/rc4: invalid key size " + strconv.Itoa(int(k)) }

// Cipher is the cipher with a key: all bytes in some order, which changes with each byte of the text.
type Cipher struct {
	order [256]uint32
	i, j  uint8
}

// NewCipher returns the cipher with a key of 1 to 256 bytes.
func NewCipher(key []byte) (*Cipher, error) {
	if len(key) < 1 || len(key) > 256 {
		return nil, KeySizeError(len(key))
	}
	c := new(Cipher)
	for i := range c.order {
		c.order[i] = uint32(i)
	}
	var j uint8
	for i := range c.order {
		j += uint8(c.order[i]) + key[i%len(key)]
		c.order[i], c.order[j] = c.order[j], c.order[i]
	}
	return c, nil
}

// Reset forgets the key.
func (c *Cipher) Reset() { *c = Cipher{} }

// XORKeyStream encrypts or decrypts src.
func (c *Cipher) XORKeyStream(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	_ = dst[len(src)-1]
	to, from := uintptr(unsafe.Pointer(&dst[0])), uintptr(unsafe.Pointer(&src[0]))
	if n := uintptr(len(src)); to != from && to < from+n && from < to+n {
		panic("crypto/rc4: invalid buffer overlap")
	}
	for k, text := range src {
		c.i++
		x := c.order[c.i]
		c.j += uint8(x)
		y := c.order[c.j]
		c.order[c.i], c.order[c.j] = y, x
		dst[k] = text ^ uint8(c.order[uint8(x+y)])
	}
}
