// Package hmac signs messages with a key and a digest (FIPS 198-1). Go: src/crypto/hmac.
package hmac

import (
	"crypto/subtle"
	"hash"
)

// keyed is a digest of the message behind one form of the key, in a digest behind the other.
type keyed struct {
	inner, outer       hash.Hash
	innerPad, outerPad []byte
}

// New returns an HMAC with the digest that h makes.
func New(h func() hash.Hash, key []byte) hash.Hash {
	mac := &keyed{inner: h(), outer: h()}
	size := mac.inner.BlockSize()
	if len(key) > size {
		mac.outer.Write(key)
		key = mac.outer.Sum(nil)
	}
	pad := func(with byte) []byte {
		out := make([]byte, size)
		copy(out, key)
		for i := range out {
			out[i] ^= with
		}
		return out
	}
	mac.innerPad, mac.outerPad = pad(0x36), pad(0x5c)
	mac.Reset()
	return mac
}

func (mac *keyed) Write(data []byte) (int, error) { return mac.inner.Write(data) }
func (mac *keyed) Size() int                      { return mac.outer.Size() }
func (mac *keyed) BlockSize() int                 { return mac.inner.BlockSize() }

func (mac *keyed) Reset() {
	mac.inner.Reset()
	mac.inner.Write(mac.innerPad)
}

func (mac *keyed) Sum(after []byte) []byte {
	mac.outer.Reset()
	mac.outer.Write(mac.outerPad)
	mac.outer.Write(mac.inner.Sum(nil))
	return mac.outer.Sum(after)
}

// Equal compares two signatures.
func Equal(mac1, mac2 []byte) bool { return subtle.ConstantTimeCompare(mac1, mac2) == 1 }
