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

// EncodedLen is the number of letters of count bytes.
func (enc *Encoding) EncodedLen(count int) int {
	if enc.padding == NoPadding {
		return count/3*4 + (count%3*8+5)/6
	}
	return (count + 2) / 3 * 4
}

// DecodedLen is the largest number of bytes of count letters.
func (enc *Encoding) DecodedLen(count int) int {
	if enc.padding == NoPadding {
		return count/4*3 + count%4*6/8
	}
	return count / 4 * 3
}

// AppendEncode appends the letters of from.
func (enc *Encoding) AppendEncode(to, from []byte) []byte {
	for ; len(from) >= 3; from = from[3:] {
		v := uint(from[0])<<16 | uint(from[1])<<8 | uint(from[2])
		to = append(to, enc.alphabet[v>>18], enc.alphabet[v>>12&63], enc.alphabet[v>>6&63], enc.alphabet[v&63])
	}
	pads := 0
	switch len(from) {
	case 1:
		v := uint(from[0])
		to, pads = append(to, enc.alphabet[v>>2], enc.alphabet[v<<4&63]), 2
	case 2:
		v := uint(from[0])<<8 | uint(from[1])
		to, pads = append(to, enc.alphabet[v>>10], enc.alphabet[v>>4&63], enc.alphabet[v<<2&63]), 1
	}
	for ; pads > 0 && enc.padding != NoPadding; pads-- {
		to = append(to, byte(enc.padding))
	}
	return to
}

// Encode writes the letters of from into the slice to.
func (enc *Encoding) Encode(to, from []byte) {
	enc.AppendEncode(to[:0:enc.EncodedLen(len(from))], from)
}

// EncodeToString returns the letters of from.
func (enc *Encoding) EncodeToString(from []byte) string {
	return string(enc.AppendEncode(make([]byte, 0, enc.EncodedLen(len(from))), from))
}

// CorruptInputError is where a text is wrong.
type CorruptInputError int64

func (at CorruptInputError) Error() string {
	return "illegal base64 data at input byte " + strconv.FormatInt(int64(at), 10)
}

// AppendDecode appends the bytes that from spells; line ends do not count.
func (enc *Encoding) AppendDecode(to, from []byte) ([]byte, error) {
	for i := 0; i < len(from); {
		group, n := uint(0), 0
		for n < 4 {
			if i == len(from) {
				if n == 0 {
					return to, nil
				}
				if n == 1 || enc.padding != NoPadding {
					return to, CorruptInputError(i - n)
				}
				break
			}
			c := from[i]
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
				return to, CorruptInputError(i - 1)
			}
			at, ok := enc.ending(from, i, n)
			if !ok {
				return to, CorruptInputError(at)
			}
			i = at
			to, ok = enc.partial(to, group, n)
			if !ok {
				return to, CorruptInputError(i - 1)
			}
			if i < len(from) {
				return to, CorruptInputError(i)
			}
			return to, nil
		}
		ok := true
		if to, ok = enc.partial(to, group, n); !ok {
			return to, CorruptInputError(i - 1)
		}
	}
	return to, nil
}

// ending reads what must follow the first padding after count letters: another one after two of them, and line ends.
func (enc *Encoding) ending(from []byte, index, count int) (at int, ok bool) {
	skip := func() {
		for index < len(from) && (from[index] == '\n' || from[index] == '\r') {
			index++
		}
	}
	skip()
	if count == 2 {
		if index == len(from) {
			return len(from), false
		}
		if rune(from[index]) != enc.padding {
			return index - 1, false
		}
		index++
		skip()
	}
	return index, true
}

// partial appends the bytes of count letters.
func (enc *Encoding) partial(to []byte, group uint, count int) ([]byte, bool) {
	group <<= uint(6 * (4 - count))
	rest := group & 0xffffff
	switch count {
	case 2:
		return append(to, byte(group>>16)), !enc.strict || rest&0xffff == 0
	case 3:
		return append(to, byte(group>>16), byte(group>>8)), !enc.strict || rest&0xff == 0
	}
	return append(to, byte(group>>16), byte(group>>8), byte(group)), true
}

// Decode writes the bytes that from spells into the slice to.
func (enc *Encoding) Decode(to, from []byte) (n int, err error) {
	out, err := enc.AppendDecode(to[:0], from)
	return len(out), err
}

// DecodeString returns the bytes that text spells.
func (enc *Encoding) DecodeString(text string) ([]byte, error) {
	return enc.AppendDecode(make([]byte, 0, enc.DecodedLen(len(text))), []byte(text))
}

// encoder writes letters of whole groups; the rest when it is closed.
type encoder struct {
	enc  *Encoding
	to   io.Writer
	rest []byte
	err  error
}

// NewEncoder writes the letters of what is written to it to out; Close at the end.
func NewEncoder(enc *Encoding, out io.Writer) io.WriteCloser { return &encoder{enc: enc, to: out} }

func (out *encoder) Write(data []byte) (n int, err error) {
	if out.err != nil {
		return 0, out.err
	}
	all := append(out.rest, data...)
	whole := len(all) / 3 * 3
	if whole > 0 {
		_, out.err = out.to.Write(out.enc.AppendEncode(nil, all[:whole]))
	}
	out.rest = append([]byte(nil), all[whole:]...)
	return len(data), out.err
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

// NewDecoder reads the bytes that the text of in spells.
func NewDecoder(enc *Encoding, in io.Reader) io.Reader { return &decoder{enc: enc, from: in} }

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
