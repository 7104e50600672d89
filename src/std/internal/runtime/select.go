package runtime

import "unsafe"

// select: looks at the cases in random order; if none can go on, waits in the queues of all.
//
// Go: runtime/select.go.

// scase is a case: the channel, and where its value is or goes.
type scase struct {
	c    *hchan
	elem unsafe.Pointer
}

// inFrame is how many cases are handled without an allocation.
const inFrame = 32

// selectgo serves one of the cases; sends come first. It returns its index, and whether a value was received; -1 for the default.
func selectgo(cases *scase, nsends, nrecvs int, block bool) (int, bool) {
	n := nsends + nrecvs
	all := unsafe.Slice(cases, n)
	var room [inFrame]uint16
	order := room[:0]
	if n > inFrame {
		order = make([]uint16, 0, n)
	}
	for i := range all {
		if all[i].c == nil {
			continue
		}
		order = append(order, 0)
		j := cheaprandn(uint32(len(order)))
		order[len(order)-1] = order[j]
		order[j] = uint16(i)
	}
	for _, at := range order {
		i := int(at)
		k := &all[i]
		if i < nsends {
			if k.c.trySend(k.elem) {
				return i, false
			}
		} else if done, ok := k.c.tryRecv(k.elem); done {
			return i, ok
		}
	}
	if !block {
		return -1, false
	}
	if len(order) == 0 {
		gopark(waitSelectNoCases)
		throw("unreachable")
	}
	return waitForCase(all, order, nsends)
}

func waitForCase(all []scase, order []uint16, nsends int) (int, bool) {
	gp := getg()
	gp.selectDone = 0
	gp.param = nil
	var chain *sudog
	for _, at := range order {
		i := int(at)
		k := &all[i]
		s := acquireSudog()
		s.g = gp
		s.isSelect = true
		s.elem = k.elem
		s.c = k.c
		s.ticket = i
		s.waitlink = chain
		chain = s
		if i < nsends {
			k.c.sendq.enqueue(s)
		} else {
			k.c.recvq.enqueue(s)
		}
	}
	gp.waiting = chain
	gopark(waitSelect)
	gp = getg()
	winner := (*sudog)(gp.param)
	gp.param = nil
	chosen, ok := -1, false
	for s := gp.waiting; s != nil; {
		next := s.waitlink
		if s == winner {
			chosen, ok = s.ticket, s.success
		} else if s.ticket < nsends {
			s.c.sendq.remove(s)
		} else {
			s.c.recvq.remove(s)
		}
		releaseSudog(s)
		s = next
	}
	gp.waiting = nil
	if chosen < nsends && !ok {
		panicPlain("send on closed channel")
	}
	if chosen < nsends {
		ok = false
	}
	return chosen, ok
}
