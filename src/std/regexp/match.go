// The search for a match. All ways are tried in the order of preference; which splits were seen at which place is remembered,
// so that the time is bounded by the size of the program times the length of the text.
// Go keeps the original in regexp/backtrack.go and regexp/exec.go.
package regexp

import (
	"strings"
	"unicode/utf8"
)

// turn is something still to try: a way from an instruction, or a slot to put back.
type turn struct {
	at    int32
	slot  int32 // -1: a way
	place int
}

type machine struct {
	program *program
	longest bool
	text    string
	slots   []int
	best    []int
	turns   []turn
	seen    []uint64
	origin  int // the place of the first bit of seen
}

// idle are machines that nobody uses now.
var idle []*machine

func newMachine(of *Regexp, text string) *machine {
	var m *machine
	if last := len(idle) - 1; last >= 0 {
		m = idle[last]
		idle = idle[:last]
	} else {
		m = new(machine)
	}
	m.program, m.longest, m.text = of.program, of.longest, text
	n := of.program.slots
	if cap(m.slots) < n {
		m.slots = make([]int, n)
	}
	m.slots = m.slots[:n]
	return m
}

// release gives a machine back.
func (m *machine) release() {
	m.program, m.text = nil, ""
	idle = append(idle, m)
}

// find answers the slots of the first match that begins at or after a place, nil if there is none. The next call overwrites them.
func (m *machine) find(from int) []int {
	prog := m.program
	m.seen, m.origin = m.seen[:0], from
	for at := from; at <= len(m.text); {
		if prog.atStart && at > 0 {
			return nil
		}
		if prog.prefix != "" {
			ahead := strings.Index(m.text[at:], prog.prefix)
			if ahead < 0 {
				return nil
			}
			at += ahead
		}
		if m.try(at) {
			return m.best
		}
		if at == len(m.text) {
			return nil
		}
		_, size := utf8.DecodeRuneInString(m.text[at:])
		at += size
	}
	return nil
}

// fresh tells whether a split is at that place for the first time.
func (m *machine) fresh(split int32, place int) bool {
	bit := (place-m.origin)*m.program.splits + int(split)
	word := bit >> 6
	for len(m.seen) <= word {
		m.seen = append(m.seen, 0)
	}
	mask := uint64(1) << (uint(bit) & 63)
	if m.seen[word]&mask != 0 {
		return false
	}
	m.seen[word] |= mask
	return true
}

// try looks for a match that begins at a place.
func (m *machine) try(place int) bool {
	for i := range m.slots {
		m.slots[i] = -1
	}
	m.turns = append(m.turns[:0], turn{slot: -1, place: place})
	found := false
	for len(m.turns) > 0 {
		last := m.turns[len(m.turns)-1]
		m.turns = m.turns[:len(m.turns)-1]
		if last.slot >= 0 {
			m.slots[last.slot] = last.place
			continue
		}
		if !m.follow(last.at, last.place) {
			continue
		}
		if !found || m.slots[1] > m.best[1] {
			m.best = append(m.best[:0], m.slots...)
			found = true
		}
		if !m.longest || m.slots[1] == len(m.text) {
			break
		}
	}
	return found
}

// follow goes one way to its end.
func (m *machine) follow(at int32, place int) bool {
	code := m.program.code
	for {
		one := &code[at]
		at++
		switch one.op {
		case opSplit:
			if !m.fresh(one.number, place) {
				return false
			}
			m.turns = append(m.turns, turn{at: one.y, slot: -1, place: place})
			at = one.x
		case opJump:
			at = one.x
		case opSave:
			m.turns = append(m.turns, turn{slot: one.number, place: m.slots[one.number]})
			m.slots[one.number] = place
		case opCondition:
			if !m.holds(int(one.number), place) {
				return false
			}
		case opMatch:
			return true
		default:
			if place == len(m.text) {
				return false
			}
			r, size := rune(m.text[place]), 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(m.text[place:])
			}
			if one.op == opLetter && r != one.letter || one.op == opSet && !one.set.has(r) || one.op == opAnyButNewline && r == '\n' {
				return false
			}
			place += size
		}
	}
}

// holds tells whether a condition holds at a place.
func (m *machine) holds(which, place int) bool {
	text := m.text
	switch which {
	case textBegins:
		return place == 0
	case textEnds:
		return place == len(text)
	case lineBegins:
		return place == 0 || text[place-1] == '\n'
	case lineEnds:
		return place == len(text) || text[place] == '\n'
	}
	before := place > 0 && isWord(rune(text[place-1]))
	after := place < len(text) && isWord(rune(text[place]))
	return (before != after) == (which == wordEdge)
}

// all calls deliver with the slots of each match in turn, n of them at most.
func (of *Regexp) all(text string, n int, deliver func([]int)) {
	if n < 0 {
		n = len(text) + 1
	}
	m := newMachine(of, text)
	defer m.release()
	last := -1 // where the match before ended
	for from := 0; n > 0 && from <= len(text); {
		slots := m.find(from)
		if slots == nil {
			return
		}
		wanted := true
		if slots[1] > from {
			from = slots[1]
		} else {
			wanted = slots[0] != last // not an empty match right behind another
			from += width(text, from)
		}
		last = slots[1]
		if wanted {
			deliver(slots)
			n--
		}
	}
}

// width is the size of the character at a place, 1 at the end.
func width(text string, at int) int {
	if at >= len(text) {
		return 1
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return size
}
