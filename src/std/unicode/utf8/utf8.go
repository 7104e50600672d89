// Package utf8 reads and writes characters in UTF-8.
//
// One decoder without tables (assemble) serves everything that reads; encoding is spelled out by length.
// Go: src/unicode/utf8/utf8.go.
package utf8

const (
	RuneError = '\uFFFD'
	RuneSelf  = 0x80
	MaxRune   = '\U0010FFFF'
	UTFMax    = 4
)

const (
	surrogateLow  = 0xD800
	surrogateHigh = 0xDFFF
)

// lead says of a first byte how many bytes its character has, and the range of the second one; size 0 is no first byte.
func lead(b byte) (size int, low, high byte) {
	switch {
	case b < 0xC2:
		return 0, 0, 0
	case b < 0xE0:
		return 2, 0x80, 0xBF
	case b == 0xE0:
		return 3, 0xA0, 0xBF
	case b == 0xED:
		return 3, 0x80, 0x9F
	case b < 0xF0:
		return 3, 0x80, 0xBF
	case b == 0xF0:
		return 4, 0x90, 0xBF
	case b < 0xF4:
		return 4, 0x80, 0xBF
	case b == 0xF4:
		return 4, 0x80, 0x8F
	}
	return 0, 0, 0
}

func isTail(b byte) bool { return b&0xC0 == 0x80 }

// assemble decodes a character of more than one byte out of up to four; n of them exist.
func assemble(b0, b1, b2, b3 byte, n int) (rune, int) {
	size, low, high := lead(b0)
	if size == 0 || n < size || b1 < low || b1 > high {
		return RuneError, 1
	}
	if size == 2 {
		return rune(b0&0x1F)<<6 | rune(b1&0x3F), 2
	}
	if !isTail(b2) {
		return RuneError, 1
	}
	if size == 3 {
		return rune(b0&0x0F)<<12 | rune(b1&0x3F)<<6 | rune(b2&0x3F), 3
	}
	if !isTail(b3) {
		return RuneError, 1
	}
	return rune(b0&0x07)<<18 | rune(b1&0x3F)<<12 | rune(b2&0x3F)<<6 | rune(b3&0x3F), 4
}

// DecodeRune returns the first character of p and its width; (RuneError, 0) if p is empty, (RuneError, 1) if it is invalid.
func DecodeRune(p []byte) (rune, int) {
	n := len(p)
	if n == 0 {
		return RuneError, 0
	}
	if p[0] < RuneSelf {
		return rune(p[0]), 1
	}
	switch n {
	case 1:
		return RuneError, 1
	case 2:
		return assemble(p[0], p[1], 0, 0, 2)
	case 3:
		return assemble(p[0], p[1], p[2], 0, 3)
	}
	return assemble(p[0], p[1], p[2], p[3], 4)
}

// DecodeRuneInString is DecodeRune of a string.
func DecodeRuneInString(s string) (rune, int) {
	n := len(s)
	if n == 0 {
		return RuneError, 0
	}
	if s[0] < RuneSelf {
		return rune(s[0]), 1
	}
	switch n {
	case 1:
		return RuneError, 1
	case 2:
		return assemble(s[0], s[1], 0, 0, 2)
	case 3:
		return assemble(s[0], s[1], s[2], 0, 3)
	}
	return assemble(s[0], s[1], s[2], s[3], 4)
}

// DecodeLastRune returns the last character of p and its width.
func DecodeLastRune(p []byte) (rune, int) {
	end := len(p)
	if end == 0 {
		return RuneError, 0
	}
	for start := end - 1; start >= 0 && start >= end-UTFMax; start-- {
		if !RuneStart(p[start]) {
			continue
		}
		if r, size := DecodeRune(p[start:end]); start+size == end {
			return r, size
		}
		break
	}
	return RuneError, 1
}

// DecodeLastRuneInString is DecodeLastRune of a string.
func DecodeLastRuneInString(s string) (rune, int) {
	end := len(s)
	if end == 0 {
		return RuneError, 0
	}
	for start := end - 1; start >= 0 && start >= end-UTFMax; start-- {
		if !RuneStart(s[start]) {
			continue
		}
		if r, size := DecodeRuneInString(s[start:end]); start+size == end {
			return r, size
		}
		break
	}
	return RuneError, 1
}

// FullRune reports whether p begins with a whole character; an invalid byte counts as one.
func FullRune(p []byte) bool {
	switch len(p) {
	case 0:
		return false
	case 1:
		return complete(p[0], 0, 0, 1)
	case 2:
		return complete(p[0], p[1], 0, 2)
	}
	return complete(p[0], p[1], p[2], len(p))
}

// FullRuneInString is FullRune of a string.
func FullRuneInString(s string) bool {
	switch len(s) {
	case 0:
		return false
	case 1:
		return complete(s[0], 0, 0, 1)
	case 2:
		return complete(s[0], s[1], 0, 2)
	}
	return complete(s[0], s[1], s[2], len(s))
}

// complete decides it from the first three bytes: a wrong one among them ends the character early.
func complete(b0, b1, b2 byte, n int) bool {
	if b0 < RuneSelf {
		return true
	}
	size, low, high := lead(b0)
	if n >= size {
		return true
	}
	if n > 1 && (b1 < low || b1 > high) {
		return true
	}
	return n > 2 && !isTail(b2)
}

// RuneLen returns the number of bytes of r in UTF-8, -1 if it is no valid character.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r >= surrogateLow && r <= surrogateHigh:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// EncodeRune writes r into p, which must be long enough, and returns the number of bytes.
func EncodeRune(p []byte, r rune) int {
	if uint32(r) < RuneSelf {
		p[0] = byte(r)
		return 1
	}
	n := RuneLen(r)
	if n < 0 {
		r, n = RuneError, 3
	}
	_ = p[n-1]
	for i := n - 1; i > 0; i-- {
		p[i] = 0x80 | byte(r)&0x3F
		r >>= 6
	}
	p[0] = byte(uint(0xF00)>>uint(n)) | byte(r)
	return n
}

// AppendRune appends r to p.
func AppendRune(p []byte, r rune) []byte {
	if uint32(r) < RuneSelf {
		return append(p, byte(r))
	}
	switch RuneLen(r) {
	case 2:
		return append(p, 0xC0|byte(r>>6), 0x80|byte(r)&0x3F)
	case 3:
		return append(p, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	case 4:
		return append(p, 0xF0|byte(r>>18), 0x80|byte(r>>12)&0x3F, 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return append(p, 0xEF, 0xBF, 0xBD)
}

// RuneCount counts the characters of p; each invalid byte is one.
func RuneCount(p []byte) int {
	count := 0
	for i := 0; i < len(p); count++ {
		if p[i] < RuneSelf {
			i++
			continue
		}
		_, size := DecodeRune(p[i:])
		i += size
	}
	return count
}

// RuneCountInString is RuneCount of a string.
func RuneCountInString(s string) (n int) {
	for range s {
		n++
	}
	return n
}

// RuneStart reports whether b is not a later byte of a character.
func RuneStart(b byte) bool { return !isTail(b) }

// Valid reports whether p is UTF-8 throughout.
func Valid(p []byte) bool {
	for i := 0; i < len(p); {
		if p[i] < RuneSelf {
			i++
			continue
		}
		r, size := DecodeRune(p[i:])
		if r == RuneError && size == 1 {
			return false
		}
		i += size
	}
	return true
}

// ValidString is Valid of a string.
func ValidString(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < RuneSelf {
			i++
			continue
		}
		r, size := DecodeRuneInString(s[i:])
		if r == RuneError && size == 1 {
			return false
		}
		i += size
	}
	return true
}

// ValidRune reports whether r can be encoded.
func ValidRune(r rune) bool { return RuneLen(r) > 0 }
