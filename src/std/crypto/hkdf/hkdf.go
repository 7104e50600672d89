// Package hkdf makes keys of a secret: RFC 5869.
package hkdf

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// Extract makes of a secret a key that Expand makes others of.
func Extract[H hash.Hash](h func() H, secret, salt []byte) ([]byte, error) {
	return extracted(func() hash.Hash { return h() }, secret, salt), nil
}

// Expand makes a key of so many bytes, for the use that info tells.
func Expand[H hash.Hash](h func() H, pseudorandomKey []byte, info string, keyLength int) ([]byte, error) {
	return expanded(func() hash.Hash { return h() }, pseudorandomKey, info, keyLength)
}

// Key does both.
func Key[Hash hash.Hash](h func() Hash, secret, salt []byte, info string, keyLength int) ([]byte, error) {
	plain := func() hash.Hash { return h() }
	return expanded(plain, extracted(plain, secret, salt), info, keyLength)
}

func extracted(h func() hash.Hash, secret, salt []byte) []byte {
	if salt == nil {
		salt = make([]byte, h().Size())
	}
	mac := hmac.New(h, salt)
	mac.Write(secret)
	return mac.Sum(nil)
}

func expanded(h func() hash.Hash, key []byte, info string, size int) ([]byte, error) {
	mac := hmac.New(h, key)
	if size > 255*mac.Size() {
		return nil, errors.New("hkdf: requested key length too large")
	}
	var out, block []byte
	for n := byte(1); len(out) < size; n++ {
		mac.Reset()
		mac.Write(block)
		mac.Write([]byte(info))
		mac.Write([]byte{n})
		block = mac.Sum(block[:0])
		out = append(out, block...)
	}
	return out[:size], nil
}
