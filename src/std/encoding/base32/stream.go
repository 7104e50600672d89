package base32

import (
	"internal/grouped"
	"io"
)

// NewEncoder returns a writer whose text goes to w; closing it writes the last group.
func NewEncoder(enc *Encoding, w io.Writer) io.WriteCloser {
	return grouped.New(w, whole, group, func(text, data []byte) int {
		enc.Encode(text, data)
		return enc.EncodedLen(len(data))
	})
}

// reader decodes what it reads.
type reader struct {
	failed error
	enc    *Encoding
	from   io.Reader
	ended  bool
	text   [1024]byte
	have   int // characters in text
	ready  []byte
	out    [1024 / group * whole]byte
}

// NewDecoder returns a reader of what the text of r is.
func NewDecoder(enc *Encoding, r io.Reader) io.Reader {
	return &reader{enc: enc, from: &joined{r}}
}

// joined leaves out line ends.
type joined struct{ from io.Reader }

func (j *joined) Read(p []byte) (int, error) {
	for {
		n, err := j.from.Read(p)
		if n <= 0 {
			return n, err
		}
		if kept := withoutLineEnds(p, p[:n]); err != nil || kept > 0 {
			return kept, err
		}
	}
}

// fill reads until there are `least` characters more, or no more can be had.
func (r *reader) fill(room []byte, least int) (n int, err error) {
	for n < least && err == nil {
		var more int
		more, err = r.from.Read(room[n:])
		n += more
	}
	if err != io.EOF || n >= least {
		return n, err
	}
	if n > 0 || (r.enc.padding != NoPadding && least < group) {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func (r *reader) Read(p []byte) (n int, err error) {
	if len(r.ready) == 0 {
		if r.failed != nil {
			return 0, r.failed
		}
		n, err = r.more(p)
	} else {
		n = copy(p, r.ready)
		r.ready = r.ready[n:]
		err = r.failed
	}
	if len(r.ready) > 0 {
		err = nil
	}
	return n, err
}

// more decodes the next groups, into p if they fit there.
func (r *reader) more(p []byte) (n int, err error) {
	wanted := min(max(r.enc.padTo(len(p)), group), len(r.text))
	least := 1
	if r.enc.padding != NoPadding {
		least = group - r.have
	}
	var got int
	got, r.failed = r.fill(r.text[r.have:wanted], least)
	r.have += got
	if r.have < least {
		return 0, r.failed
	}
	if got > 0 && r.ended {
		return 0, CorruptInputError(0)
	}
	size := r.have
	if r.enc.padding != NoPadding {
		size = size / group * group
	}
	if r.enc.DecodedLen(r.have) > len(p) {
		var made int
		made, r.ended, err = r.enc.decode(r.out[:], r.text[:size])
		n = copy(p, r.out[:made])
		r.ready = r.out[n:made]
	} else {
		n, r.ended, err = r.enc.decode(p, r.text[:size])
	}
	r.have = copy(r.text[:], r.text[size:r.have])
	if err != nil && (r.failed == nil || r.failed == io.EOF) {
		r.failed = err
	}
	return n, r.failed
}

// padTo answers the characters of whole groups for n bytes.
func (enc *Encoding) padTo(n int) int { return (n + whole - 1) / whole * group }
