package cipher

import "bytes"

// stream is bits that a text is mixed with. more makes the next of them, from the ones before or from the text.
type stream struct {
	block Block
	state []byte // is encrypted next
	bits  []byte
	used  int
	kind  int
}

const (
	counter   = iota // the state counts
	output           // the state is the bits before
	encrypter        // the state is the text before, encrypted
	decrypter
)

func streamOf(b Block, iv []byte, kind int, who string) Stream {
	size := b.BlockSize()
	if len(iv) != size {
		panic("cipher." + who + ": IV length must equal block size")
	}
	return &stream{block: b, state: bytes.Clone(iv), bits: make([]byte, size), used: size, kind: kind}
}

// NewCTR returns a stream of encrypted numbers, from iv on.
func NewCTR(block Block, iv []byte) Stream {
	if isAES(block) && len(iv) != block.BlockSize() {
		panic("bad IV length")
	}
	return streamOf(block, iv, counter, "NewCTR")
}

// NewOFB returns a stream of iv, encrypted again and again.
func NewOFB(b Block, iv []byte) Stream { return streamOf(b, iv, output, "NewOFB") }

// NewCFBEncrypter returns a stream that depends on the text.
func NewCFBEncrypter(block Block, iv []byte) Stream { return streamOf(block, iv, encrypter, "newCFB") }

// NewCFBDecrypter returns the inverse of NewCFBEncrypter.
func NewCFBDecrypter(block Block, iv []byte) Stream { return streamOf(block, iv, decrypter, "newCFB") }

func (s *stream) XORKeyStream(dst, src []byte) {
	switch {
	case s.kind != counter || !isAES(s.block):
		checkRoom(dst, src)
	case len(dst) < len(src):
		panic("crypto/aes: len(dst) < len(src)")
	default:
		checkOverlap("crypto/aes", dst[:len(src)], src)
	}
	for len(src) > 0 {
		if s.used == len(s.bits) {
			s.more()
		}
		if s.kind == decrypter {
			copy(s.state[s.used:], src)
		}
		n := mix(dst, src, s.bits[s.used:])
		if s.kind == encrypter {
			copy(s.state[s.used:], dst[:n])
		}
		s.used += n
		dst, src = dst[n:], src[n:]
	}
}

func (s *stream) more() {
	s.block.Encrypt(s.bits, s.state)
	s.used = 0
	switch s.kind {
	case output:
		copy(s.state, s.bits)
	case counter:
		count(s.state)
	}
}

// count adds 1 to a number, the greatest byte first.
func count(number []byte) {
	for i := len(number) - 1; i >= 0; i-- {
		if number[i]++; number[i] != 0 {
			return
		}
	}
}
