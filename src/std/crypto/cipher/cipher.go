// Package cipher makes ciphers for texts of any length of ciphers for blocks.
//
// cipher.go: what they are; chain.go: CBC, in which each block depends on those before; stream.go: CFB, OFB, CTR, which make a stream of bits; gcm.go: GCM,
// which also tells whether a text was changed. AES counts as any other cipher here. Go: src/crypto/cipher.
package cipher

import (
	"io"
	"unsafe"
)

// Block is a cipher for blocks.
type Block interface {
	BlockSize() int
	Encrypt(dst, src []byte)
	Decrypt(dst, src []byte)
}

// BlockMode is a cipher for whole blocks.
type BlockMode interface {
	BlockSize() int
	CryptBlocks(dst, src []byte)
}

// Stream is a cipher for any number of bytes.
type Stream interface {
	XORKeyStream(dst, src []byte)
}

// AEAD is a cipher that tells whether a text was changed.
type AEAD interface {
	NonceSize() int
	Overhead() int
	Seal(dst, nonce, plaintext, additionalData []byte) []byte
	Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error)
}

// StreamReader reads what is decrypted.
type StreamReader struct {
	S Stream
	R io.Reader
}

// Read reads and decrypts.
func (r StreamReader) Read(dst []byte) (n int, err error) {
	n, err = r.R.Read(dst)
	r.S.XORKeyStream(dst[:n], dst[:n])
	return n, err
}

// StreamWriter writes what is encrypted.
type StreamWriter struct {
	S   Stream
	W   io.Writer
	Err error // no longer used
}

// Write encrypts and writes.
func (w StreamWriter) Write(src []byte) (n int, err error) {
	text := make([]byte, len(src))
	w.S.XORKeyStream(text, src)
	if n, err = w.W.Write(text); n != len(src) && err == nil {
		err = io.ErrShortWrite
	}
	return n, err
}

// Close closes the writer, if it can be closed.
func (w StreamWriter) Close() error {
	if c, ok := w.W.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// isAES tells whether a cipher is that of crypto/aes.
func isAES(b Block) bool {
	_, ok := b.(interface{ IsAES() })
	return ok
}

// overlap tells whether two slices share memory; those that begin together don't count if exact is set.
func overlap(a, b []byte, exact bool) bool {
	if len(a) == 0 || len(b) == 0 || exact && &a[0] == &b[0] {
		return false
	}
	at := func(s []byte, i int) uintptr { return uintptr(unsafe.Pointer(&s[i])) }
	return at(a, 0) <= at(b, len(b)-1) && at(b, 0) <= at(a, len(a)-1)
}

func checkRoom(dst, src []byte) {
	if len(dst) < len(src) {
		panic("crypto/cipher: output smaller than input")
	}
	checkOverlap("crypto/cipher", dst[:len(src)], src)
}

func checkOverlap(who string, dst, src []byte) {
	if overlap(dst, src, true) {
		panic(who + ": invalid buffer overlap")
	}
}

// mix sets dst to a ^ b, as far as both go, and answers how far.
func mix(dst, a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		dst[i] = a[i] ^ b[i]
	}
	return n
}
