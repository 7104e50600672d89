package runtime

import "unsafe"

// Channels: a ring of elements and two queues of goroutines that wait.
//
// A value goes straight from sender to receiver when one waits, otherwise through the ring. A goroutine that waits hangs in the queue by
// a sudog that says where its value is; that may be in its frame, which stays where it is while it waits.
//
// Go: runtime/chan.go.

// hchan has Go's size, 112 bytes; the elements follow it if they have no pointers.
type hchan struct {
	count   uint
	size    uint
	buf     unsafe.Pointer
	elem    uint16
	closed  uint32
	timer   unsafe.Pointer
	typ     *rtype
	sendx   uint
	recvx   uint
	recvq   waitq
	sendq   waitq
	bubble  unsafe.Pointer
	// words is the size of an element of 1 to 3 words, else 0.
	words uintptr
}

// waitq is a doubly linked list of sudogs.
type waitq struct {
	first, last *sudog
}

// sudog is a goroutine in a channel's queue. Its size is that of Go's (the 112-byte class).
type sudog struct {
	g          *g
	next, prev *sudog
	elem       unsafe.Pointer
	c          *hchan
	// waitlink chains the sudogs of one select.
	waitlink *sudog
	// ticket is the select's case.
	ticket   int
	isSelect bool
	success  bool
	_        [5]uintptr
}

// Reasons to wait: WAIT_REASONS of src/runtime/sched/goroutine.ts.
const (
	waitSemacquire    = 13
	waitReceiveNil    = 15
	waitSendNil       = 16
	waitSelectNoCases = 17
	waitSelect        = 18
	waitChanReceive   = 19
	waitChanSend      = 20
	waitCond          = 21
	chanHeader        = 112
	maxChanAlloc      = maxAlloc - chanHeader
)

// idle are sudogs that are used again. One is there from the start: Go's runtime has used it before main begins.
var idle = &firstIdle
var firstIdle sudog

func acquireSudog() *sudog {
	s := idle
	if s == nil {
		return new(sudog)
	}
	idle = s.next
	s.next = nil
	return s
}

// releaseSudog puts s, which is in no queue, back. Its g may stay: structures of goroutines are never freed.
func releaseSudog(s *sudog) {
	s.elem = nil
	s.c = nil
	s.waitlink = nil
	s.ticket = 0
	s.isSelect = false
	s.next = idle
	idle = s
}

func (q *waitq) enqueue(s *sudog) {
	s.next = nil
	s.prev = q.last
	if q.last == nil {
		q.first = s
	} else {
		q.last.next = s
	}
	q.last = s
}

// dequeue takes the first goroutine that still waits: one in a select that was served elsewhere is passed over.
func (q *waitq) dequeue() *sudog {
	for {
		s := q.first
		if s == nil {
			return nil
		}
		q.remove(s)
		if s.isSelect {
			if s.g.selectDone != 0 {
				continue
			}
			s.g.selectDone = 1
		}
		return s
	}
}

// remove takes s out of the queue, if it is in it.
func (q *waitq) remove(s *sudog) {
	if s.prev == nil && s.next == nil && q.first != s {
		return
	}
	if s.prev != nil {
		s.prev.next = s.next
	} else {
		q.first = s.next
	}
	if s.next != nil {
		s.next.prev = s.prev
	} else {
		q.last = s.prev
	}
	s.next = nil
	s.prev = nil
}

func makechan(t *rtype, size int) *hchan {
	et := t.elem
	if size < 0 || et.size != 0 && uintptr(size) > maxChanAlloc/et.size {
		panicPlain("makechan: size out of range")
	}
	mem := uintptr(size) * et.size
	var c *hchan
	switch {
	case mem == 0:
		c = (*hchan)(mallocgc(chanHeader, nil, true))
		c.buf = unsafe.Pointer(c)
	case et.ptrdata == 0:
		c = (*hchan)(alloc(chanHeader+mem, nil, true))
		c.buf = unsafe.Add(unsafe.Pointer(c), chanHeader)
	default:
		c = new(hchan)
		c.buf = alloc(mem, et, true)
	}
	c.elem = uint16(et.size)
	if et.size&7 == 0 && et.size <= 24 {
		c.words = et.size >> 3
	}
	c.typ = et
	c.size = uint(size)
	return c
}

func (c *hchan) at(i uint) unsafe.Pointer { return unsafe.Add(c.buf, uintptr(i)*c.typ.size) }

// move copies one element.
func (c *hchan) move(dst, src unsafe.Pointer) {
	if c.typ.ptrdata != 0 && barrierOn() {
		typedmemmove(c.typ, dst, src)
		return
	}
	switch c.words {
	case 1:
		*(*uint64)(dst) = *(*uint64)(src)
	case 2:
		*(*[2]uint64)(dst) = *(*[2]uint64)(src)
	case 3:
		*(*[3]uint64)(dst) = *(*[3]uint64)(src)
	default:
		memmove(dst, src, c.typ.size)
	}
}

// push and pop move one element into and out of the ring; a nil address means that nobody wants the value.
func (c *hchan) push(elem unsafe.Pointer) {
	c.move(c.at(c.sendx), elem)
	c.sendx++
	if c.sendx == c.size {
		c.sendx = 0
	}
	c.count++
}

func (c *hchan) pop(elem unsafe.Pointer) {
	p := c.at(c.recvx)
	if elem != nil {
		c.move(elem, p)
	}
	if c.typ.ptrdata != 0 {
		typedmemclr(c.typ, p)
	}
	c.recvx++
	if c.recvx == c.size {
		c.recvx = 0
	}
	c.count--
}

// wake lets a goroutine that waited go on; ok is what its operation comes back with.
func wake(s *sudog, ok bool) {
	gp := s.g
	gp.param = unsafe.Pointer(s)
	s.success = ok
	goready(unsafe.Pointer(gp))
}

// trySend sends if that needs no waiting.
func (c *hchan) trySend(elem unsafe.Pointer) bool {
	if c.closed != 0 {
		panicPlain("send on closed channel")
	}
	if c.recvq.first != nil && c.giveTo(elem) {
		return true
	}
	if c.count < c.size {
		c.push(elem)
		return true
	}
	return false
}

// giveTo hands a value to the receiver that waits longest; false if all of them were served elsewhere.
func (c *hchan) giveTo(elem unsafe.Pointer) bool {
	s := c.recvq.dequeue()
	if s == nil {
		return false
	}
	if s.elem != nil {
		c.move(s.elem, elem)
		s.elem = nil
	}
	wake(s, true)
	return true
}

// tryRecv receives if that needs no waiting: done, and whether a value came.
func (c *hchan) tryRecv(elem unsafe.Pointer) (done, ok bool) {
	if c.closed != 0 {
		if c.count == 0 {
			if elem != nil {
				typedmemclr(c.typ, elem)
			}
			return true, false
		}
	} else if c.sendq.first != nil {
		if s := c.sendq.dequeue(); s != nil {
			c.takeFrom(s, elem)
			return true, true
		}
	}
	if c.count > 0 {
		c.pop(elem)
		return true, true
	}
	return false, false
}

// takeFrom receives while a sender waits: its own value, or the oldest of the full ring, whose place its value takes.
func (c *hchan) takeFrom(s *sudog, elem unsafe.Pointer) {
	if c.size == 0 {
		if elem != nil {
			c.move(elem, s.elem)
		}
	} else {
		p := c.at(c.recvx)
		if elem != nil {
			c.move(elem, p)
		}
		c.move(p, s.elem)
		c.recvx++
		if c.recvx == c.size {
			c.recvx = 0
		}
		c.sendx = c.recvx
	}
	s.elem = nil
	wake(s, true)
}

// hang puts the running goroutine into q; gopark must follow, then unhang.
func (c *hchan) hang(q *waitq, elem unsafe.Pointer) {
	gp := getg()
	s := acquireSudog()
	s.g = gp
	s.elem = elem
	s.c = c
	gp.waiting = s
	gp.param = nil
	q.enqueue(s)
}

// unhang is for the goroutine that was woken; false if that was a close.
func unhang() bool {
	gp := getg()
	s := gp.waiting
	gp.waiting = nil
	gp.param = nil
	releaseSudog(s)
	return s.success
}

func chansend1(c *hchan, elem unsafe.Pointer) {
	if c == nil {
		gopark(waitSendNil)
		throw("unreachable")
	}
	if c.closed == 0 && c.recvq.first == nil && c.count < c.size {
		c.push(elem)
		return
	}
	if c.trySend(elem) {
		return
	}
	c.hang(&c.sendq, elem)
	gopark(waitChanSend)
	if !unhang() {
		panicPlain("send on closed channel")
	}
}

func chanrecv1(c *hchan, elem unsafe.Pointer) {
	chanrecv2(c, elem)
}

func chanrecv2(c *hchan, elem unsafe.Pointer) bool {
	if c == nil {
		gopark(waitReceiveNil)
		throw("unreachable")
	}
	if c.sendq.first == nil && c.count > 0 {
		c.pop(elem)
		return true
	}
	if done, ok := c.tryRecv(elem); done {
		return ok
	}
	c.hang(&c.recvq, elem)
	gopark(waitChanReceive)
	return unhang()
}

func closechan(c *hchan) {
	if c == nil {
		panicPlain("close of nil channel")
	}
	if c.closed != 0 {
		panicPlain("close of closed channel")
	}
	c.closed = 1
	// All receivers are made ready first, then all senders (which panic).
	var all waitq
	for s := c.recvq.dequeue(); s != nil; s = c.recvq.dequeue() {
		if s.elem != nil {
			typedmemclr(c.typ, s.elem)
			s.elem = nil
		}
		all.enqueue(s)
	}
	for s := c.sendq.dequeue(); s != nil; s = c.sendq.dequeue() {
		s.elem = nil
		all.enqueue(s)
	}
	for s := all.first; s != nil; s = all.first {
		all.remove(s)
		wake(s, false)
	}
}

func selectnbsend(c *hchan, elem unsafe.Pointer) bool {
	return c != nil && c.trySend(elem)
}

func selectnbrecv(elem unsafe.Pointer, c *hchan) (selected, received bool) {
	if c == nil {
		return false, false
	}
	return c.tryRecv(elem)
}

func block() {
	gopark(waitSelectNoCases)
	throw("unreachable")
}
