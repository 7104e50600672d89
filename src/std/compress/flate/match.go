package flate

import (
	"encoding/binary"
	"math"
)

const (
	shortest   = 4 // repeated text that is looked for
	hashBits   = 17
	mostTokens = 1 << 14 // in a block
	lookAhead  = shortest + longest
)

// effort is how hard a level looks for repeated text.
type effort struct {
	good  int // with so much found, look at a quarter of the places
	lazy  int // with so much found, don't look for more one byte further on; 0: never look there
	nice  int // enough
	tries int // places to look at
	enter int // at levels that aren't lazy: repeated text is entered in the table up to this length
}

var efforts = [...]effort{
	2: {4, 0, 16, 8, 5},
	3: {4, 0, 32, 32, 6},
	4: {4, 4, 16, 16, 0},
	5: {8, 16, 32, 32, 0},
	6: {8, 16, 128, 128, 0},
	7: {8, 32, 128, 256, 0},
	8: {32, 128, 258, 1024, 0},
	9: {32, 258, 258, 4096, 0},
}

// finder looks for repeated text in a window that slides over what is written.
type finder struct {
	effort
	window []byte
	at     int // where it looks
	end    int // of what is in the window
	start  int // of the block

	// head has the last place of four bytes, by their hash, and before the place before each place; both count from origin.
	head   [1 << hashBits]uint32
	before [windowSize]uint32
	origin int
	place  int // the last place of the bytes at at
	limit  int // of places that are entered

	length, back int  // of what was found last
	waits        bool // the byte before at is not written yet
	tokens       []token
}

func (f *finder) reset() {
	clear(f.head[:])
	clear(f.before[:])
	f.origin, f.place, f.at, f.end, f.start, f.limit = 1, -1, 0, 0, 0, 0
	f.length, f.back, f.waits = shortest-1, 0, false
	f.tokens = f.tokens[:0]
}

// enter enters a place in the table and returns the one that it hides.
func (f *finder) enter(at int) uint32 {
	const factor = 0x1e35a7bd
	hash := binary.BigEndian.Uint32(f.window[at:]) * factor >> (32 - hashBits)
	hidden := f.head[hash]
	f.before[at%windowSize] = hidden
	f.head[hash] = uint32(at + f.origin)
	return hidden
}

// preset fills the window with text that counts as written.
func (f *finder) preset(dict []byte) {
	if len(dict) > windowSize {
		dict = dict[len(dict)-windowSize:]
	}
	n := copy(f.window, dict)
	for at := 0; at+shortest <= n; at++ {
		f.enter(at)
	}
	f.at, f.end = n, n
}

// fill takes as much as there is room for. A window that is used up slides on by half.
func (f *finder) fill(data []byte) int {
	if f.at >= 2*windowSize-lookAhead {
		copy(f.window, f.window[windowSize:])
		f.at -= windowSize
		f.end -= windowSize
		if f.start >= windowSize {
			f.start -= windowSize
		} else {
			f.start = math.MaxInt32 // no longer in the window
		}
		if f.origin += windowSize; f.origin > 1<<24 {
			f.rebase(f.origin - 1)
		}
	}
	n := copy(f.window[f.end:], data)
	f.end += n
	return n
}

// rebase makes all places smaller.
func (f *finder) rebase(by int) {
	f.origin -= by
	f.place -= by
	for _, table := range [][]uint32{f.head[:], f.before[:]} {
		for i, v := range table {
			table[i] = uint32(max(0, int(v)-by))
		}
	}
}

// find looks for the longest repetition of what is at at.
func (f *finder) find(ahead int) {
	text := f.window[f.at : f.at+min(ahead, longest)]
	enough := min(len(text), f.nice)
	best := shortest - 1
	tries := f.tries
	if best >= f.good {
		tries /= 4
	}
	first := f.at - windowSize
	for place := f.place - f.origin; tries > 0; tries-- {
		if f.window[place+best] == text[best] {
			n := 0
			for n < len(text) && f.window[place+n] == text[n] {
				n++
			}
			if n > best && (n > shortest || f.at-place <= 4096) {
				best, f.length, f.back = n, n, f.at-place
				if n >= enough {
					return
				}
			}
		}
		if place == first {
			return
		}
		place = int(f.before[place%windowSize]) - f.origin
		if place < first || place < 0 {
			return
		}
	}
}

// look looks at what is in the window; all of it, if the text ends here or is flushed. It gives blocks to write.
func (f *finder) look(all bool, write func(tokens []token, data []byte)) {
	if f.end-f.at < lookAhead && !all {
		return
	}
	f.limit = f.end - (shortest - 1)
	for {
		ahead := f.end - f.at
		if ahead < lookAhead && (!all || ahead == 0) {
			break
		}
		if f.at < f.limit {
			f.place = int(f.enter(f.at))
		}
		if f.lazy == 0 {
			f.now(ahead)
		} else {
			f.later(ahead)
		}
		if len(f.tokens) == mostTokens {
			f.give(write)
		}
	}
	if all {
		if f.waits {
			f.tokens = append(f.tokens, token(f.window[f.at-1]))
			f.waits = false
		}
		if len(f.tokens) > 0 {
			f.give(write)
		}
	}
}

// give gives a block: all that the tokens stand for, which is up to at, or one byte less if that waits.
func (f *finder) give(write func(tokens []token, data []byte)) {
	to := f.at
	if f.waits {
		to--
	}
	var data []byte
	if f.start <= to {
		data = f.window[f.start:to]
	}
	f.start = to
	if to > 0 {
		write(f.tokens, data)
	}
	f.tokens = f.tokens[:0]
}

// reachable tells whether there is a place to look at.
func (f *finder) reachable() bool { return f.place-f.origin >= max(0, f.at-windowSize) }

// now takes the first repetition that it finds.
func (f *finder) now(ahead int) {
	f.length, f.back = shortest-1, 0
	if f.reachable() && ahead >= shortest {
		f.find(ahead)
	}
	if f.length < shortest {
		f.tokens = append(f.tokens, token(f.window[f.at]))
		f.at++
		return
	}
	f.tokens = append(f.tokens, match(f.length, f.back))
	to := f.at + f.length
	if f.length <= f.effort.enter {
		f.enterAll(f.at+1, to)
	}
	f.at = to
}

func (f *finder) enterAll(from, to int) {
	for at := from; at < min(to, f.limit); at++ {
		f.enter(at)
	}
}

// later takes a repetition only after it has looked whether there is a longer one a byte further on.
func (f *finder) later(ahead int) {
	length, back := f.length, f.back
	f.length, f.back = shortest-1, 0
	if f.reachable() && ahead > length && length < f.lazy {
		f.find(ahead)
	}
	if length >= shortest && f.length <= length {
		f.tokens = append(f.tokens, match(length, back))
		to := f.at + length - 1
		f.enterAll(f.at+1, to)
		f.at, f.length, f.waits = to, shortest-1, false
		return
	}
	if f.waits {
		f.tokens = append(f.tokens, token(f.window[f.at-1]))
	}
	f.at++
	f.waits = true
}
