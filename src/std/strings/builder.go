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

// claim notes the address of b at its first use and panics if it is another one later.
func (b *Builder) claim() {
	if b.addr == nil {
		// Hidden from escape analysis: a builder that points to itself need not be on the heap.
		b.addr = (*Builder)(hide(unsafe.Pointer(b)))
	} else if b.addr != b {
		panic("strings: illegal use of non-zero Builder copied by value")
	}
}

// hide returns p by a way that escape analysis does not follow. Go: internal/abi.NoEscape.
func hide(p unsafe.Pointer) unsafe.Pointer {
	n := uintptr(p)
	return unsafe.Pointer(n ^ 0)
}

// String returns what was written; the memory is shared.
func (b *Builder) String() string { return unsafe.String(unsafe.SliceData(b.buf), len(b.buf)) }

// Len returns the number of bytes written.
func (b *Builder) Len() int { return len(b.buf) }

// Cap returns the size of the memory behind.
func (b *Builder) Cap() int { return cap(b.buf) }

// Reset makes b empty; strings made before keep their memory.
func (b *Builder) Reset() {
	b.addr = nil
	b.buf = nil
}

// Grow makes room for n more bytes.
func (b *Builder) Grow(n int) {
	b.claim()
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
	if cap(b.buf)-len(b.buf) >= n {
		return
	}
	size := 2*cap(b.buf) + n
	larger := append([]byte(nil), make([]byte, size)...)[:len(b.buf)] // as large as the size class allows
	copy(larger, b.buf)
	b.buf = larger
}

// Write appends p.
func (b *Builder) Write(p []byte) (int, error) {
	b.claim()
	b.buf = append(b.buf, p...)
	return len(p), nil
}

// WriteByte appends c.
func (b *Builder) WriteByte(c byte) error {
	b.claim()
	b.buf = append(b.buf, c)
	return nil
}

// WriteRune appends r in UTF-8.
func (b *Builder) WriteRune(r rune) (int, error) {
	b.claim()
	n := len(b.buf)
	b.buf = utf8.AppendRune(b.buf, r)
	return len(b.buf) - n, nil
}

// WriteString appends s.
func (b *Builder) WriteString(s string) (int, error) {
	b.claim()
	b.buf = append(b.buf, s...)
	return len(s), nil
}
