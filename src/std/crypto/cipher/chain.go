package cipher

import "bytes"

// chain is CBC: before it is encrypted, a block is mixed with the one before.
type chain struct {
	block  Block
	before []byte
	next   []byte
}

type (
	chainEncrypter struct{ chain }
	chainDecrypter struct{ chain }
)

func chainOf(b Block, iv []byte, who string) chain {
	if len(iv) != b.BlockSize() {
		panic("cipher." + who + ": IV length must equal block size")
	}
	return chain{b, bytes.Clone(iv), make([]byte, b.BlockSize())}
}

// NewCBCEncrypter returns CBC with a first block iv.
func NewCBCEncrypter(b Block, iv []byte) BlockMode {
	return &chainEncrypter{chainOf(b, iv, "NewCBCEncrypter")}
}

// NewCBCDecrypter returns the inverse of NewCBCEncrypter.
func NewCBCDecrypter(b Block, iv []byte) BlockMode {
	return &chainDecrypter{chainOf(b, iv, "NewCBCDecrypter")}
}

func (c *chain) BlockSize() int { return len(c.before) }

// SetIV sets what counts as the block before.
func (c *chain) SetIV(iv []byte) {
	if len(iv) != len(c.before) {
		panic("cipher: incorrect length IV")
	}
	copy(c.before, iv)
}

func (c *chain) check(dst, src []byte) {
	if len(src)%len(c.before) != 0 {
		panic("crypto/cipher: input not full blocks")
	}
	checkRoom(dst, src)
}

func (c *chainEncrypter) CryptBlocks(dst, src []byte) {
	c.check(dst, src)
	size := len(c.before)
	for ; len(src) > 0; dst, src = dst[size:], src[size:] {
		mix(c.before, src[:size], c.before)
		c.block.Encrypt(dst[:size], c.before)
		copy(c.before, dst)
	}
}

func (c *chainDecrypter) CryptBlocks(dst, src []byte) {
	c.check(dst, src)
	size := len(c.before)
	for ; len(src) > 0; dst, src = dst[size:], src[size:] {
		copy(c.next, src)
		c.block.Decrypt(dst[:size], src[:size])
		mix(dst, dst[:size], c.before)
		c.before, c.next = c.next, c.before
	}
}
