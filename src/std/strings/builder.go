package strings

import (
	"unicode/utf8"
	"unsafe"
)

// Builder builds a string; its zero value is empty and ready. It must not be copied once it is in use.
type Builder struct {
	addr *Builder // itself, to notice copies
	buf  []byte
}

// claim notes the address of text at its first use and panics if it is another one later.
func (text *Builder) claim() {
	if text.addr == nil {
		// Hidden from escape analysis: a builder that points to itself need not be on the heap.
		text.addr = (*Builder)(hide(unsafe.Pointer(text)))
	} else if text.addr != text {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
}

// hide returns p by a way that escape analysis does not follow. Go: internal/abi.NoEscape.
func hide(p unsafe.Pointer) unsafe.Pointer {
	n := uintptr(p)
	return unsafe.Pointer(n ^ 0)
}

// String returns what was written; the memory is shared.
func (text *Builder) String() string { return unsafe.String(unsafe.SliceData(text.buf), len(text.buf)) }

// Len returns the number of bytes written.
func (text *Builder) Len() int { return len(text.buf) }

// Cap returns the size of the memory behind.
func (text *Builder) Cap() int { return cap(text.buf) }

// Reset makes text empty; strings made before keep their memory.
func (text *Builder) Reset() {
	text.addr = nil
	text.buf = nil
}

// Grow makes room for count more bytes.
func (text *Builder) Grow(count int) {
	text.claim()
	if count < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(text.buf)-len(text.buf) >= count {
		return
	}
	size := 2*cap(text.buf) + count
	larger := append([]byte(nil), make([]byte, size)...)[:len(text.buf)] // as large as the size class allows
	copy(larger, text.buf)
	text.buf = larger
}

// Write appends data.
func (text *Builder) Write(data []byte) (int, error) {
	text.claim()
	text.buf = append(text.buf, data...)
	return len(data), nil
}

// WriteByte appends char.
func (text *Builder) WriteByte(char byte) error {
	if text.addr != text {
		text.claim()
	}
	text.buf = append(text.buf, char)
	return nil
}

// WriteRune appends char in UTF-8.
func (text *Builder) WriteRune(char rune) (int, error) {
	if text.addr != text {
		text.claim()
	}
	if uint32(char) < utf8.RuneSelf {
		text.buf = append(text.buf, byte(char))
		return 1, nil
	}
	n := len(text.buf)
	text.buf = utf8.AppendRune(text.buf, char)
	return len(text.buf) - n, nil
}

// WriteString appends str.
func (text *Builder) WriteString(str string) (int, error) {
	if text.addr != text {
		text.claim()
	}
	text.buf = append(text.buf, str...)
	return len(str), nil
}
