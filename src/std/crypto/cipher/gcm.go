package cipher

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"slices"
)

// gcm is GCM (NIST SP 800-38D): a stream of encrypted numbers, and a tag that depends on all of the text.
type gcm struct {
	block     Block
	nonceSize int
	tagSize   int
	hashKey   element
}

// element is one of the field of 2^128 numbers; the highest bit of high is the coefficient of 1.
type element struct{ high, low uint64 }

const (
	gcmBlock = 16
	gcmNonce = 12
)

var errOpen = errors.New("cipher: message authentication failed")

// NewGCM returns GCM with nonces of 12 bytes and tags of 16.
func NewGCM(cipher Block) (AEAD, error) { return newGCM(cipher, gcmNonce, gcmBlock) }

// NewGCMWithNonceSize returns GCM with other nonces.
func NewGCMWithNonceSize(cipher Block, size int) (AEAD, error) { return newGCM(cipher, size, gcmBlock) }

// NewGCMWithTagSize returns GCM with shorter tags.
func NewGCMWithTagSize(cipher Block, tagSize int) (AEAD, error) {
	return newGCM(cipher, gcmNonce, tagSize)
}

func newGCM(b Block, nonceSize, tagSize int) (AEAD, error) {
	switch {
	case tagSize < 12 || tagSize > gcmBlock:
		return nil, errors.New("cipher: incorrect tag size given to GCM")
	case nonceSize <= 0:
		return nil, errors.New("cipher: the nonce can't have zero length")
	case b.BlockSize() != gcmBlock:
		return nil, errors.New("cipher: NewGCM requires 128-bit block cipher")
	}
	g := &gcm{block: b, nonceSize: nonceSize, tagSize: tagSize}
	var zero, key [gcmBlock]byte
	b.Encrypt(key[:], zero[:])
	g.hashKey = read(key[:])
	return g, nil
}

func read(b []byte) element {
	return element{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}

// times is the product of two elements.
func (x element) times(y element) (z element) {
	for i := range 128 {
		bit := x.high >> (63 - i%64)
		if i >= 64 {
			bit = x.low >> (127 - i)
		}
		if bit&1 != 0 {
			z.high ^= y.high
			z.low ^= y.low
		}
		carry := y.low & 1
		y.low = y.low>>1 | y.high<<63
		y.high >>= 1
		if carry != 0 {
			y.high ^= 0xe1 << 56
		}
	}
	return z
}

// hash goes on with a hash over data, which is filled up with zeros.
func (g *gcm) hash(sum element, data []byte) element {
	for len(data) > 0 {
		var block [gcmBlock]byte
		data = data[copy(block[:], data):]
		sum = g.mixed(sum, read(block[:]))
	}
	return sum
}

func (g *gcm) mixed(sum, next element) element {
	return element{sum.high ^ next.high, sum.low ^ next.low}.times(g.hashKey)
}

// first is the number that the tag is encrypted with; the text begins with the next.
func (g *gcm) first(nonce []byte) (number [gcmBlock]byte) {
	if len(nonce) == gcmNonce {
		copy(number[:], nonce)
		number[gcmBlock-1] = 1
		return number
	}
	sum := g.mixed(g.hash(element{}, nonce), element{0, uint64(len(nonce)) * 8})
	binary.BigEndian.PutUint64(number[:], sum.high)
	binary.BigEndian.PutUint64(number[8:], sum.low)
	return number
}

// crypt mixes the text with encrypted numbers behind first; only the last four bytes count.
func (g *gcm) crypt(dst, src []byte, number [gcmBlock]byte) {
	var bits [gcmBlock]byte
	for len(src) > 0 {
		count(number[gcmBlock-4:])
		g.block.Encrypt(bits[:], number[:])
		n := mix(dst, src, bits[:])
		dst, src = dst[n:], src[n:]
	}
}

// tag is that of an encrypted text.
func (g *gcm) tag(text, more []byte, number [gcmBlock]byte) (tag [gcmBlock]byte) {
	sum := g.hash(g.hash(element{}, more), text)
	sum = g.mixed(sum, element{uint64(len(more)) * 8, uint64(len(text)) * 8})
	g.block.Encrypt(tag[:], number[:])
	binary.BigEndian.PutUint64(tag[:], binary.BigEndian.Uint64(tag[:])^sum.high)
	binary.BigEndian.PutUint64(tag[8:], binary.BigEndian.Uint64(tag[8:])^sum.low)
	return tag
}

func (g *gcm) NonceSize() int { return g.nonceSize }
func (g *gcm) Overhead() int  { return g.tagSize }

func (g *gcm) checkNonce(nonce []byte) {
	if len(nonce) != g.nonceSize {
		panic("crypto/cipher: incorrect nonce length given to GCM")
	}
}

// room makes room for n bytes behind dst, and checks that nothing there is still to be read.
func room(dst []byte, n int, text, more []byte) (all, out []byte) {
	all = slices.Grow(dst, n)[:len(dst)+n]
	out = all[len(dst):]
	if overlap(out, text, true) {
		panic("crypto/cipher: invalid buffer overlap of output and input")
	}
	if overlap(out, more, false) {
		panic("crypto/cipher: invalid buffer overlap of output and additional data")
	}
	return all, out
}

func (g *gcm) Seal(dst, nonce, plaintext, additionalData []byte) []byte {
	g.checkNonce(nonce)
	if uint64(len(plaintext)) > 1<<36-32 {
		panic("crypto/cipher: message too large for GCM")
	}
	all, out := room(dst, len(plaintext)+g.tagSize, plaintext, additionalData)
	number := g.first(nonce)
	text := out[:len(plaintext)]
	g.crypt(text, plaintext, number)
	tag := g.tag(text, additionalData, number)
	copy(out[len(text):], tag[:])
	return all
}

func (g *gcm) Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error) {
	g.checkNonce(nonce)
	n := len(ciphertext) - g.tagSize
	if n < 0 || uint64(n) > 1<<36-32 {
		return nil, errOpen
	}
	all, out := room(dst, n, ciphertext, additionalData)
	number := g.first(nonce)
	tag := g.tag(ciphertext[:n], additionalData, number)
	if subtle.ConstantTimeCompare(tag[:g.tagSize], ciphertext[n:]) != 1 {
		clear(out)
		return nil, errOpen
	}
	g.crypt(out, ciphertext[:n], number)
	return all, nil
}

// random is GCM with nonces of its own, which stand before the text.
type random struct{ *gcm }

// NewGCMWithRandomNonce returns GCM that makes its nonces.
func NewGCMWithRandomNonce(cipher Block) (AEAD, error) {
	if !isAES(cipher) {
		return nil, errors.New("cipher: NewGCMWithRandomNonce requires aes.Block")
	}
	g, err := newGCM(cipher, gcmNonce, gcmBlock)
	if err != nil {
		return nil, err
	}
	return random{g.(*gcm)}, nil
}

func (r random) NonceSize() int { return 0 }
func (r random) Overhead() int  { return gcmNonce + gcmBlock }

func (r random) checkNone(nonce []byte) {
	if len(nonce) != 0 {
		panic("crypto/cipher: non-empty nonce passed to GCMWithRandomNonce")
	}
}

func (r random) Seal(dst, nonce, plaintext, additionalData []byte) []byte {
	r.checkNone(nonce)
	text := slices.Clone(plaintext)
	all, out := room(dst, len(text)+r.Overhead(), plaintext, additionalData)
	rand.Read(out[:gcmNonce])
	r.gcm.Seal(out[gcmNonce:gcmNonce], out[:gcmNonce], text, additionalData)
	return all
}

func (r random) Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error) {
	r.checkNone(nonce)
	if len(ciphertext) < r.Overhead() {
		return nil, errOpen
	}
	return r.gcm.Open(dst, ciphertext[:gcmNonce], slices.Clone(ciphertext[gcmNonce:]), additionalData)
}
