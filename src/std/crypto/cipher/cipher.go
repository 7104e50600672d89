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
	Encrypt(to, block []byte)
	Decrypt(to, block []byte)
}

// BlockMode is a cipher for whole blocks.
type BlockMode interface {
	CryptBlocks(to, blocks []byte)
	BlockSize() int
}

// Stream is a cipher for any number of bytes.
type Stream interface {
	XORKeyStream(to, text []byte)
}

// AEAD is a cipher that tells whether a text was changed; open stands beside it unhidden and is watched over as well.
type AEAD interface {
	NonceSize() int
	Overhead() int
	Seal(to, once, text, open []byte) []byte
	Open(to, once, hidden, open []byte) ([]byte, error)
}

// StreamReader reads what is decrypted.
type StreamReader struct {
	S Stream
	R io.Reader
}

// Read reads and decrypts.
func (r StreamReader) Read(room []byte) (n int, err error) {
	n, err = r.R.Read(room)
	text := room[:n]
	r.S.XORKeyStream(text, text)
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
	closer, can := w.W.(io.Closer)
	if !can {
		return nil
	}
	return closer.Close()
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
	const who = "crypto/cipher"
	if need := len(src); need > len(dst) {
		panic(who + ": output smaller than input")
	}
	checkOverlap(who, dst[:len(src)], src)
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
