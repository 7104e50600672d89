// Package base64 writes bytes as letters, 6 bits each. Go: src/encoding/base64.
package base64

import (
	"io"
	"strconv"
)

// Encoding is an alphabet with its padding.
type Encoding struct {
	alphabet string
	values   [256]uint8 // 255: no letter
	padding  rune
	strict   bool
}

const (
	StdPadding rune = '='
	NoPadding  rune = -1

	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	noValue = 255
)

// The usual encodings.
var (
	StdEncoding    = NewEncoding(letters + "+/")
	URLEncoding    = NewEncoding(letters + "-_")
	RawStdEncoding = StdEncoding.WithPadding(NoPadding)
	RawURLEncoding = URLEncoding.WithPadding(NoPadding)
)

// NewEncoding returns an encoding of 64 letters with =.
func NewEncoding(encoder string) *Encoding {
	if len(encoder) != 64 {
		panic("encoding alphabet is not 64-bytes long")
	}
	enc := &Encoding{alphabet: encoder, padding: StdPadding}
	for i := range enc.values {
		enc.values[i] = noValue
	}
	for i := range len(encoder) {
		switch c := encoder[i]; {
		case c == '\n' || c == '\r':
			panic("encoding alphabet contains newline character")
		case enc.values[c] != noValue:
			panic("encoding alphabet includes duplicate symbols")
		default:
			enc.values[c] = uint8(i)
		}
	}
	return enc
}

// WithPadding returns the encoding with another padding.
func (enc Encoding) WithPadding(padding rune) *Encoding {
	switch {
	case padding < NoPadding || padding == '\r' || padding == '\n' || padding > 0xff:
		panic("invalid padding")
	case padding != NoPadding && enc.values[byte(padding)] != noValue:
		panic("padding contained in alphabet")
	}
	enc.padding = padding
	return &enc
}

// Strict returns the encoding that refuses bits that mean nothing.
func (enc Encoding) Strict() *Encoding {
	enc.strict = true
	return &enc
}

// EncodedLen is the number of letters of n bytes.
func (enc *Encoding) EncodedLen(n int) int {
	if enc.padding == NoPadding {
		return n/3*4 + (n%3*8+5)/6
	}
	return (n + 2) / 3 * 4
}

// DecodedLen is the largest number of bytes of n letters.
func (enc *Encoding) DecodedLen(n int) int {
	if enc.padding == NoPadding {
		return n/4*3 + n%4*6/8
	}
	return n / 4 * 3
}

// AppendEncode appends the letters of src.
func (enc *Encoding) AppendEncode(dst, src []byte) []byte {
	for ; len(src) >= 3; src = src[3:] {
		v := uint(src[0])<<16 | uint(src[1])<<8 | uint(src[2])
		dst = append(dst, enc.alphabet[v>>18], enc.alphabet[v>>12&63], enc.alphabet[v>>6&63], enc.alphabet[v&63])
	}
	pads := 0
	switch len(src) {
	case 1:
		v := uint(src[0])
		dst, pads = append(dst, enc.alphabet[v>>2], enc.alphabet[v<<4&63]), 2
	case 2:
		v := uint(src[0])<<8 | uint(src[1])
		dst, pads = append(dst, enc.alphabet[v>>10], enc.alphabet[v>>4&63], enc.alphabet[v<<2&63]), 1
	}
	for ; pads > 0 && enc.padding != NoPadding; pads-- {
		dst = append(dst, byte(enc.padding))
	}
	return dst
}

// Encode writes the letters of src to dst.
func (enc *Encoding) Encode(dst, src []byte) { enc.AppendEncode(dst[:0:enc.EncodedLen(len(src))], src) }

// EncodeToString returns the letters of src.
func (enc *Encoding) EncodeToString(src []byte) string {
	return string(enc.AppendEncode(make([]byte, 0, enc.EncodedLen(len(src))), src))
}

// CorruptInputError is where a text is wrong.
type CorruptInputError int64

func (at CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(at), 10)
}

// AppendDecode appends the bytes that src spells; line ends do not count.
func (enc *Encoding) AppendDecode(dst, src []byte) ([]byte, error) {
	for i := 0; i < len(src); {
		group, n := uint(0), 0
		for n < 4 {
			if i == len(src) {
				if n == 0 {
					return dst, nil
				}
				if n == 1 || enc.padding != NoPadding {
					return dst, CorruptInputError(i - n)
				}
				break
			}
			c := src[i]
			i++
			if v := enc.values[c]; v != noValue {
				group = group<<6 | uint(v)
				n++
				continue
			}
			if c == '\n' || c == '\r' {
				continue
			}
			if rune(c) != enc.padding || n < 2 {
				return dst, CorruptInputError(i - 1)
			}
			at, ok := enc.ending(src, i, n)
			if !ok {
				return dst, CorruptInputError(at)
			}
			i = at
			dst, ok = enc.partial(dst, group, n)
			if !ok {
				return dst, CorruptInputError(i - 1)
			}
			if i < len(src) {
				return dst, CorruptInputError(i)
			}
			return dst, nil
		}
		ok := true
		if dst, ok = enc.partial(dst, group, n); !ok {
			return dst, CorruptInputError(i - 1)
		}
	}
	return dst, nil
}

// ending reads what must follow the first padding after n letters: another one after two of them, and line ends.
func (enc *Encoding) ending(src []byte, i, n int) (at int, ok bool) {
	skip := func() {
		for i < len(src) && (src[i] == '\n' || src[i] == '\r') {
			i++
		}
	}
	skip()
	if n == 2 {
		if i == len(src) {
			return len(src), false
		}
		if rune(src[i]) != enc.padding {
			return i - 1, false
		}
		i++
		skip()
	}
	return i, true
}

// partial appends the bytes of n letters.
func (enc *Encoding) partial(dst []byte, group uint, n int) ([]byte, bool) {
	group <<= uint(6 * (4 - n))
	rest := group & 0xffffff
	switch n {
	case 2:
		return append(dst, byte(group>>16)), !enc.strict || rest&0xffff == 0
	case 3:
		return append(dst, byte(group>>16), byte(group>>8)), !enc.strict || rest&0xff == 0
	}
	return append(dst, byte(group>>16), byte(group>>8), byte(group)), true
}

// Decode writes the bytes that src spells to dst.
func (enc *Encoding) Decode(dst, src []byte) (n int, err error) {
	out, err := enc.AppendDecode(dst[:0], src)
	return len(out), err
}

// DecodeString returns the bytes that s spells.
func (enc *Encoding) DecodeString(s string) ([]byte, error) {
	return enc.AppendDecode(make([]byte, 0, enc.DecodedLen(len(s))), []byte(s))
}

// encoder writes letters of whole groups; the rest when it is closed.
type encoder struct {
	enc  *Encoding
	to   io.Writer
	rest []byte
	err  error
}

// NewEncoder writes the letters of what is written to it to w; Close at the end.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser { return &encoder{enc: enc, to: w} }

func (out *encoder) Write(p []byte) (n int, err error) {
	if out.err != nil {
		return 0, out.err
	}
	all := append(out.rest, p...)
	whole := len(all) / 3 * 3
	if whole > 0 {
		_, out.err = out.to.Write(out.enc.AppendEncode(nil, all[:whole]))
	}
	out.rest = append([]byte(nil), all[whole:]...)
	return len(p), out.err
}

func (out *encoder) Close() error {
	if out.err == nil && len(out.rest) > 0 {
		_, out.err = out.to.Write(out.enc.AppendEncode(nil, out.rest))
		out.rest = nil
	}
	return out.err
}

// decoder reads everything at once: a text is seldom longer than memory.
type decoder struct {
	enc  *Encoding
	from io.Reader
	data []byte
	err  error
	read bool
}

// NewDecoder reads the bytes that the text of r spells.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader { return &decoder{enc: enc, from: r} }

func (in *decoder) Read(p []byte) (n int, err error) {
	if !in.read {
		in.read = true
		text, err := io.ReadAll(in.from)
		in.data, in.err = in.enc.AppendDecode(nil, text)
		if err != nil {
			in.err = err
		}
	}
	if len(in.data) == 0 {
		if in.err != nil {
			return 0, in.err
		}
		return 0, io.EOF
	}
	n = copy(p, in.data)
	in.data = in.data[n:]
	return n, nil
}
