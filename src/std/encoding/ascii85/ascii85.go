// Package ascii85: four bytes as five printable characters, as in PostScript.
package ascii85

import (
	"internal/grouped"
	"io"
	"strconv"
)

// MaxEncodedLen is the most characters that n bytes take.
func MaxEncodedLen(n int) int { return 5 * ((n + 3) / 4) }

// Encode writes to dst what src is and answers how many characters that are.
func Encode(dst, src []byte) int {
	n := 0
	for len(src) > 0 {
		size := min(4, len(src))
		var word uint32
		for i := range 4 {
			word <<= 8
			if i < size {
				word |= uint32(src[i])
			}
		}
		src = src[size:]
		if word == 0 && size == 4 {
			clear(dst[n : n+5])
			dst[n] = 'z'
			n++
			continue
		}
		var digits [5]byte
		for i := 4; i >= 0; i-- {
			digits[i] = '!' + byte(word%85)
			word /= 85
		}
		copy(dst[n:n+5], digits[:])
		n += size + 1
	}
	return n
}

// CorruptInputError is the offset of what is no character of this encoding.
type CorruptInputError int64

func (e CorruptInputError) Error() string {
	return "illegal ascii85 data at input byte " + strconv.FormatInt(int64(e), 10)
}

// Decode writes to dst what src is: whole words, and with flush also what follows the last one. It stops where dst has no room for a word.
func Decode(dst, src []byte, flush bool) (ndst, nsrc int, err error) {
	var word uint32
	digits := 0
	for i, c := range src {
		if len(dst)-ndst < 4 {
			return ndst, nsrc, nil
		}
		if c <= ' ' {
			continue
		}
		if c == 'z' && digits == 0 {
			digits = 5
		} else if c >= '!' && c <= 'u' {
			word = 85*word + uint32(c) - '!'
			digits++
		} else {
			return 0, 0, CorruptInputError(i)
		}
		if digits == 5 {
			ndst += putWord(dst[ndst:], word, 4)
			nsrc = i + 1
			word, digits = 0, 0
		}
	}
	if !flush {
		return ndst, nsrc, nil
	}
	if digits == 1 {
		return 0, 0, CorruptInputError(len(src))
	}
	if digits > 0 {
		// Rounded up, so that the bytes that are there come out.
		for range 5 - digits {
			word = 85*word + 84
		}
		ndst += putWord(dst[ndst:], word, digits-1)
	}
	return ndst, len(src), nil
}

// putWord writes the first n bytes of a word.
func putWord(dst []byte, word uint32, n int) int {
	for i := range n {
		dst[i] = byte(word >> (24 - 8*i))
	}
	return n
}

// NewEncoder returns a writer whose text goes to w; closing it writes what is left.
func NewEncoder(w io.Writer) io.WriteCloser { return grouped.New(w, 4, 5, Encode) }

// reader decodes what it reads.
type reader struct {
	failed, readFailed error
	from               io.Reader
	text               [1024]byte
	have               int
	ready              []byte
	out                [1024]byte
}

// NewDecoder returns a reader of what the text of r is.
func NewDecoder(r io.Reader) io.Reader { return &reader{from: r} }

func (r *reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	for r.failed == nil && len(r.ready) == 0 {
		r.more()
	}
	if len(r.ready) == 0 || r.failed != nil {
		return 0, r.failed
	}
	n = copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

// more decodes what has been read; if that gives nothing it reads on.
func (r *reader) more() {
	if r.have > 0 {
		made, used, err := Decode(r.out[:], r.text[:r.have], r.readFailed != nil)
		r.failed = err
		if made > 0 {
			r.ready = r.out[:made]
			r.have = copy(r.text[:], r.text[used:r.have])
			return
		}
		if err != nil {
			return
		}
		// White space alone must not fill the room.
		kept := r.text[:0]
		for _, c := range r.text[:r.have] {
			if c > ' ' {
				kept = append(kept, c)
			}
		}
		r.have = len(kept)
	}
	if r.readFailed != nil {
		r.failed = r.readFailed
		return
	}
	var got int
	got, r.readFailed = r.from.Read(r.text[r.have:])
	r.have += got
}
