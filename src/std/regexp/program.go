// The program of an expression: instructions in a row, of which only splits and jumps lead elsewhere.
// Go keeps the original in regexp/syntax/compile.go.
package regexp

import "unicode/utf8"

// The instructions.
const (
	opLetter = iota
	opSet
	opAny
	opAnyButNewline
	opCondition
	opSave  // remember the place in a slot
	opSplit // try x, then y
	opJump
	opMatch
)

type instruction struct {
	op     uint8
	number int32 // the slot, the condition, or which split this is
	x, y   int32
	letter rune
	set    *set
}

type program struct {
	code    []instruction
	splits  int
	slots   int
	atStart bool   // matches at the start of the text alone
	prefix  string // every match begins with it
}

func compile(tree *node, captures int) *program {
	to := &program{slots: 2 * (captures + 1)}
	to.put(instruction{op: opSave})
	to.emit(tree)
	to.put(instruction{op: opSave, number: 1})
	to.put(instruction{op: opMatch})
	to.look()
	return to
}

func (to *program) put(one instruction) int32 {
	to.code = append(to.code, one)
	return int32(len(to.code) - 1)
}

func (to *program) here() int32 { return int32(len(to.code)) }

func (to *program) split() int32 {
	to.splits++
	return to.put(instruction{op: opSplit, number: int32(to.splits - 1)})
}

// lead says where a split goes: into the body or past it.
func (to *program) lead(split, body, past int32, lazy bool) {
	if lazy {
		body, past = past, body
	}
	to.code[split].x, to.code[split].y = body, past
}

// empty tells whether a node can match the empty text.
func empty(n *node) bool {
	switch n.kind {
	case nothing, condition:
		return true
	case capture:
		return empty(n.parts[0])
	case repetition:
		return n.least == 0 || empty(n.parts[0])
	case sequence:
		for _, part := range n.parts {
			if !empty(part) {
				return false
			}
		}
		return true
	case choice:
		for _, part := range n.parts {
			if empty(part) {
				return true
			}
		}
	}
	return false
}

func (to *program) emit(n *node) {
	switch n.kind {
	case letter:
		to.put(instruction{op: opLetter, letter: n.letter})
	case oneOf:
		to.put(instruction{op: opSet, set: n.set})
	case anything:
		to.put(instruction{op: opAny})
	case anythingButNewline:
		to.put(instruction{op: opAnyButNewline})
	case condition:
		to.put(instruction{op: opCondition, number: int32(n.which)})
	case capture:
		to.put(instruction{op: opSave, number: int32(2 * n.which)})
		to.emit(n.parts[0])
		to.put(instruction{op: opSave, number: int32(2*n.which + 1)})
	case sequence:
		for _, part := range n.parts {
			to.emit(part)
		}
	case choice:
		to.emitChoice(n.parts)
	case repetition:
		to.emitRepetition(n)
	}
}

func (to *program) emitChoice(parts []*node) {
	var ends []int32
	for i, part := range parts {
		if i == len(parts)-1 {
			to.emit(part)
			break
		}
		fork := to.split()
		to.emit(part)
		ends = append(ends, to.put(instruction{op: opJump}))
		to.lead(fork, fork+1, to.here(), false)
	}
	for _, at := range ends {
		to.code[at].x = to.here()
	}
}

// plain looks through repetitions that change nothing.
func plain(n *node) *node {
	for n.kind == repetition {
		inner := plain(n.parts[0])
		same := inner.kind == repetition && inner.least == n.least && inner.most == n.most && inner.lazy == n.lazy &&
			n.least <= 1 && (n.most < 0 || n.most == 1)
		if inner.kind != nothing && !same && (n.least != 1 || n.most != 1) {
			break
		}
		n = inner
	}
	return n
}

func (to *program) emitRepetition(n *node) {
	if n = plain(n); n.kind != repetition {
		to.emit(n)
		return
	}
	body := plain(n.parts[0])
	for i := 1; i < n.least; i++ {
		to.emit(body)
	}
	switch {
	case n.most < 0 && n.least > 0:
		to.emitLoop(body, n.lazy)
	case n.most < 0 && empty(body):
		fork := to.split()
		to.emitLoop(body, n.lazy)
		to.lead(fork, fork+1, to.here(), n.lazy)
	case n.most < 0:
		fork := to.split()
		to.emit(body)
		to.put(instruction{op: opJump, x: fork})
		to.lead(fork, fork+1, to.here(), n.lazy)
	default:
		if n.least > 0 {
			to.emit(body)
		}
		var forks []int32
		for i := n.least; i < n.most; i++ {
			forks = append(forks, to.split())
			to.emit(body)
		}
		for _, fork := range forks {
			to.lead(fork, fork+1, to.here(), n.lazy)
		}
	}
}

// emitLoop writes the body once or more.
func (to *program) emitLoop(body *node, lazy bool) {
	first := to.here()
	to.emit(body)
	again := to.split()
	to.lead(again, first, to.here(), lazy)
}

// look finds out what every match begins with.
func (to *program) look() {
	var text []byte
	for at := 1; ; at++ {
		switch one := to.code[at]; {
		case one.op == opSave:
			continue
		case one.op == opLetter && one.letter != utf8.RuneError:
			text = utf8.AppendRune(text, one.letter)
			continue
		case one.op == opCondition && one.number == textBegins && len(text) == 0:
			to.atStart = true
		}
		break
	}
	to.prefix = string(text)
}
