// Package pbkdf2 makes keys of passwords: RFC 8018, 5.2.
package pbkdf2

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// Key returns a key of so many bytes; iter is how often the hash is taken of each of them.
func Key[Hash hash.Hash](h func() Hash, password string, salt []byte, iter, keyLength int) ([]byte, error) {
	return derived(func() hash.Hash { return h() }, password, salt, iter, keyLength)
}

func derived(h func() hash.Hash, password string, salt []byte, rounds, size int) ([]byte, error) {
	if size <= 0 {
		return nil, errors.New("pkbdf2: keyLength must be larger than 0")
	}
	mac := hmac.New(h, []byte(password))
	if int64(size) > (1<<32-1)*int64(mac.Size()) {
		return nil, errors.New("pbkdf2: keyLength too long")
	}
	var key []byte
	for block := uint32(1); len(key) < size; block++ {
		mac.Reset()
		mac.Write(salt)
		mac.Write([]byte{byte(block >> 24), byte(block >> 16), byte(block >> 8), byte(block)})
		sum := mac.Sum(nil)
		all := append([]byte(nil), sum...)
		for range rounds - 1 {
			mac.Reset()
			mac.Write(sum)
			sum = mac.Sum(sum[:0])
			for i, b := range sum {
				all[i] ^= b
			}
		}
		key = append(key, all...)
	}
	return key[:size], nil
}
