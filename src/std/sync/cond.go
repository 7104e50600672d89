package sync

import (
	"internal/runtime"
	"unsafe"
)

// Cond is a place where goroutines wait to be told of something.
type Cond struct {
	noCopy  noCopy
	L       Locker // held while the condition is looked at
	notify  notifyList
	checker copyChecker
}

// notifyList is a queue; its size is that of Go's.
type notifyList struct {
	first, last *waiter
	_           [2]uintptr
}

type waiter struct {
	sema uint32
	next *waiter
}

// spare are waiters that are used again.
var spare *waiter

func (l *notifyList) add() *waiter {
	w := spare
	if w == nil {
		w = &waiter{}
	} else {
		spare = w.next
	}
	w.next = nil
	if l.last == nil {
		l.first = w
	} else {
		l.last.next = w
	}
	l.last = w
	return w
}

func (l *notifyList) wakeOne() {
	w := l.first
	if w == nil {
		return
	}
	l.first = w.next
	if l.first == nil {
		l.last = nil
	}
	runtime.Semrelease(&w.sema, false)
}

type copyChecker uintptr

func (c *copyChecker) check() {
	at := copyChecker(uintptr(unsafe.Pointer(c)))
	if *c == 0 {
		*c = at
	} else if *c != at {
		panic("sync.Cond is copied")
	}
}

// NewCond returns a Cond with locker l.
func NewCond(l Locker) *Cond { return &Cond{L: l} }

// Wait unlocks c.L, waits to be woken, and locks it again.
func (c *Cond) Wait() {
	c.checker.check()
	w := c.notify.add()
	c.L.Unlock()
	runtime.Semacquire(&w.sema, false, waitCond)
	w.next = spare
	spare = w
	c.L.Lock()
}

// Signal wakes the goroutine that waits longest.
func (c *Cond) Signal() {
	c.checker.check()
	c.notify.wakeOne()
}

// Broadcast wakes all that wait.
func (c *Cond) Broadcast() {
	c.checker.check()
	for last := c.notify.last; c.notify.first != nil; {
		end := c.notify.first == last
		c.notify.wakeOne()
		if end {
			break
		}
	}
}
