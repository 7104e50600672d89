package runtime

import "unsafe"

// Strings: concatenation, conversion, comparison, decoding.
//
// Results that stay in the caller's frame get a buffer there (buf, 32 bytes); everything else is allocated without pointers.
//
// Go: runtime/string.go, runtime/utf8.go.

const tmpBuf = 32

// rawstring is room for a string of n bytes, in buf if it fits.
func rawstring(buf unsafe.Pointer, n int) unsafe.Pointer {
	if buf != nil && n <= tmpBuf {
		return buf
	}
	return alloc(uintptr(n), nil, false)
}

func concatstrings(buf unsafe.Pointer, a []string) string {
	last, n, count := 0, 0, 0
	for i, s := range a {
		if len(s) == 0 {
			continue
		}
		if n+len(s) < n {
			throw("string concatenation too long")
		}
		n += len(s)
		count++
		last = i
	}
	if count == 0 {
		return ""
	}
	// A single string is the result itself, unless it lies in a frame and the result does not.
	if count == 1 && (buf != nil || !onStack(unsafe.Pointer(unsafe.StringData(a[last])))) {
		return a[last]
	}
	p := rawstring(buf, n)
	at := p
	for _, s := range a {
		memmove(at, unsafe.Pointer(unsafe.StringData(s)), uintptr(len(s)))
		at = unsafe.Add(at, len(s))
	}
	return madeString(p, n)
}

func concatstring2(buf unsafe.Pointer, a0, a1 string) string {
	n := len(a0) + len(a1)
	if len(a0) == 0 || len(a1) == 0 || n < 0 {
		a := [2]string{a0, a1}
		return concatstrings(buf, a[:])
	}
	p := rawstring(buf, n)
	memmove(p, unsafe.Pointer(unsafe.StringData(a0)), uintptr(len(a0)))
	memmove(unsafe.Add(p, len(a0)), unsafe.Pointer(unsafe.StringData(a1)), uintptr(len(a1)))
	return madeString(p, n)
}

func concatstring3(buf unsafe.Pointer, a0, a1, a2 string) string {
	n := len(a0) + len(a1) + len(a2)
	if len(a0) != 0 && len(a1) != 0 && len(a0)+len(a1) > 0 && n > 0 {
		p := rawstring(buf, n)
		memmove(p, unsafe.Pointer(unsafe.StringData(a0)), uintptr(len(a0)))
		memmove(unsafe.Add(p, len(a0)), unsafe.Pointer(unsafe.StringData(a1)), uintptr(len(a1)))
		memmove(unsafe.Add(p, len(a0)+len(a1)), unsafe.Pointer(unsafe.StringData(a2)), uintptr(len(a2)))
		return madeString(p, n)
	}
	a := [3]string{a0, a1, a2}
	return concatstrings(buf, a[:])
}

// concatbytes is []byte of a concatenation.
func concatbytes(buf unsafe.Pointer, a []string) []byte {
	n := 0
	for _, s := range a {
		if n+len(s) < n {
			throw("string concatenation too long")
		}
		n += len(s)
	}
	if n == 0 {
		return unsafe.Slice((*byte)(cell(addrZeroBase)), 0)
	}
	b := rawbytes(buf, n)
	at := 0
	for _, s := range a {
		at += copy(b[at:], s)
	}
	return b
}

// rawbytes is a slice of n bytes whose capacity is the allocator's room; only the part beyond n is zeroed.
func rawbytes(buf unsafe.Pointer, n int) []byte {
	if buf != nil && n <= tmpBuf {
		memclr(buf, tmpBuf)
		return unsafe.Slice((*byte)(buf), tmpBuf)[:n]
	}
	room := roundupsize(uintptr(n), true)
	p := alloc(room, nil, false)
	memclr(unsafe.Add(p, n), room-uintptr(n))
	return unsafe.Slice((*byte)(p), int(room))[:n]
}

func slicebytetostring(buf unsafe.Pointer, p *byte, n int) string {
	switch {
	case n == 0:
		return ""
	case n == 1:
		return madeString(unsafe.Add(cell(addrSmallInts), uintptr(*p)*8), 1)
	}
	to := rawstring(buf, n)
	memmove(to, unsafe.Pointer(p), uintptr(n))
	return madeString(to, n)
}

func stringtoslicebyte(buf unsafe.Pointer, s string) []byte {
	b := rawbytes(buf, len(s))
	copy(b, s)
	return b
}

func stringtoslicerune(buf unsafe.Pointer, s string) []rune {
	n := countrunes(s)
	var a []rune
	if buf != nil && n <= tmpBuf {
		memclr(buf, tmpBuf*4)
		a = unsafe.Slice((*rune)(buf), tmpBuf)[:n]
	} else {
		room := roundupsize(uintptr(n)*4, true)
		p := alloc(room, nil, false)
		memclr(unsafe.Add(p, n*4), room-uintptr(n)*4)
		a = unsafe.Slice((*rune)(p), int(room/4))[:n]
	}
	i := 0
	for at := 0; at < len(s); {
		a[i], at = decoderune(s, at)
		i++
	}
	return a
}

func slicerunetostring(buf unsafe.Pointer, a []rune) string {
	var tmp [4]byte
	n := 0
	for _, r := range a {
		n += encoderune(&tmp, r)
	}
	if n == 0 {
		return ""
	}
	p := rawstring(buf, n+3)
	at := 0
	for _, r := range a {
		w := encoderune(&tmp, r)
		for i := 0; i < w; i++ {
			*(*byte)(unsafe.Add(p, at+i)) = tmp[i]
		}
		at += w
	}
	return madeString(p, n)
}

func intstring(buf unsafe.Pointer, v int64) string {
	if int64(rune(v)) != v {
		v = runeError
	}
	var tmp [4]byte
	n := encoderune(&tmp, rune(v))
	p := buf
	if p == nil {
		p = alloc(4, nil, false)
	}
	*(*uint32)(p) = *(*uint32)(unsafe.Pointer(&tmp))
	return madeString(p, n)
}

const runeError = 0xfffd

// encoderune writes r in UTF-8 and returns the number of bytes.
func encoderune(p *[4]byte, r rune) int {
	c := uint32(r)
	switch {
	case c < 0x80:
		p[0] = byte(c)
		return 1
	case c < 0x800:
		p[0] = 0xc0 | byte(c>>6)
		p[1] = 0x80 | byte(c)&0x3f
		return 2
	case c > 0x10ffff || 0xd800 <= c && c < 0xe000:
		c = runeError
	}
	if c < 0x10000 {
		p[0] = 0xe0 | byte(c>>12)
		p[1] = 0x80 | byte(c>>6)&0x3f
		p[2] = 0x80 | byte(c)&0x3f
		return 3
	}
	p[0] = 0xf0 | byte(c>>18)
	p[1] = 0x80 | byte(c>>12)&0x3f
	p[2] = 0x80 | byte(c>>6)&0x3f
	p[3] = 0x80 | byte(c)&0x3f
	return 4
}

// decoderune reads the rune at s[k:] and where the next one begins; what is no UTF-8 is one byte of runeError.
func decoderune(s string, k int) (rune, int) {
	c := uint32(s[k])
	left := len(s) - k
	switch {
	case c < 0x80:
		return rune(c), k + 1
	case 0xc2 <= c && c < 0xe0:
		if left > 1 && tail(s[k+1]) {
			return rune(c&0x1f<<6 | uint32(s[k+1])&0x3f), k + 2
		}
	case 0xe0 <= c && c < 0xf0:
		if left > 2 && tail(s[k+1]) && tail(s[k+2]) {
			r := c&0x0f<<12 | uint32(s[k+1])&0x3f<<6 | uint32(s[k+2])&0x3f
			if r >= 0x800 && (r < 0xd800 || r >= 0xe000) {
				return rune(r), k + 3
			}
		}
	case 0xf0 <= c && c < 0xf8:
		if left > 3 && tail(s[k+1]) && tail(s[k+2]) && tail(s[k+3]) {
			r := c&0x07<<18 | uint32(s[k+1])&0x3f<<12 | uint32(s[k+2])&0x3f<<6 | uint32(s[k+3])&0x3f
			if r >= 0x10000 && r <= 0x10ffff {
				return rune(r), k + 4
			}
		}
	}
	return runeError, k + 1
}

// tail tells whether c continues a UTF-8 sequence.
func tail(c byte) bool { return c&0xc0 == 0x80 }

func countrunes(s string) int {
	n := 0
	for at := 0; at < len(s); n++ {
		if s[at] < 0x80 {
			at++
		} else {
			_, at = decoderune(s, at)
		}
	}
	return n
}
