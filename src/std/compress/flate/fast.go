package flate

import (
	"encoding/binary"
	"math"
)

// fast finds repeated text with one place for each four bytes, in blocks of their own; the block before is remembered.
type fast struct {
	table  [1 << 14]entry
	last   []byte // the block before
	origin int32  // places count from here
}

// entry is four bytes and where they were last.
type entry struct {
	text  uint32
	place int32
}

func newFast() *fast { return &fast{origin: mostStored, last: make([]byte, 0, mostStored)} }

const lastOrigin = math.MaxInt32 - 2*mostStored

func slot(text uint32) uint32 { return text * 0x1e35a7bd >> (32 - 14) }

// reset forgets the block before.
func (f *fast) reset() {
	f.last = f.last[:0]
	if f.origin += windowSize; f.origin >= lastOrigin {
		f.rebase()
	}
}

// rebase makes places small again.
func (f *fast) rebase() {
	if len(f.last) == 0 {
		clear(f.table[:])
	} else {
		for i, e := range f.table {
			f.table[i].place = max(0, e.place-f.origin+windowSize+1)
		}
	}
	f.origin = windowSize + 1
}

// swap enters text as being at at and returns what was there before; found tells whether it is that text, near enough.
func (f *fast) swap(text uint32, at int32) (place int32, found bool) {
	e := &f.table[slot(text)]
	old := *e
	*e = entry{text, f.origin + at}
	place = old.place - f.origin
	return place, old.text == text && at-place <= windowSize
}

// tokens returns what stands for data.
func (f *fast) tokens(out []token, data []byte) []token {
	if f.origin >= lastOrigin {
		f.rebase()
	}
	const margin = 15
	if len(data) < margin+2 {
		f.origin += mostStored
		f.last = f.last[:0]
		return bytesAsTokens(out, data)
	}
	limit := int32(len(data) - margin)
	written, at := int32(0), int32(0)
	text := binary.LittleEndian.Uint32(data)
search:
	for {
		// The longer nothing is found, the fewer places are looked at.
		var place int32
		for skip := int32(32); ; {
			next := at + skip>>5
			if next > limit {
				break search
			}
			skip += skip >> 5
			var found bool
			if place, found = f.swap(text, at); found {
				break
			}
			at, text = next, binary.LittleEndian.Uint32(data[next:])
		}
		out = bytesAsTokens(out, data[written:at])
		for {
			more := f.same(data, at+4, place+4)
			out = append(out, match(int(more)+4, int(at-place)))
			at += more + 4
			written = at
			if at >= limit {
				break search
			}
			f.swap(binary.LittleEndian.Uint32(data[at-1:]), at-1)
			var found bool
			text = binary.LittleEndian.Uint32(data[at:])
			if place, found = f.swap(text, at); !found {
				at++
				text = binary.LittleEndian.Uint32(data[at:])
				break
			}
		}
	}
	out = bytesAsTokens(out, data[written:])
	f.origin += int32(len(data))
	f.last = append(f.last[:0], data...)
	return out
}

func bytesAsTokens(out []token, data []byte) []token {
	for _, c := range data {
		out = append(out, token(c))
	}
	return out
}

// same counts how many bytes at at are those at place, which may be in the block before.
func (f *fast) same(data []byte, at, place int32) (n int32) {
	text := data[at:min(int(at)+longest-4, len(data))]
	if place < 0 {
		from := int32(len(f.last)) + place
		if from < 0 {
			return 0
		}
		old := f.last[from:]
		for int(n) < len(text) && int(n) < len(old) {
			if text[n] != old[n] {
				return n
			}
			n++
		}
	}
	for int(n) < len(text) && text[n] == data[place+n] {
		n++
	}
	return n
}
