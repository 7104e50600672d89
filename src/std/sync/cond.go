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

// Wait unlocks cond.L, waits to be woken, and locks it again.
func (cond *Cond) Wait() {
	cond.checker.check()
	w := cond.notify.add()
	cond.L.Unlock()
	runtime.Semacquire(&w.sema, false, waitCond)
	w.next = spare
	spare = w
	cond.L.Lock()
}

// Signal wakes the goroutine that waits longest.
func (cond *Cond) Signal() {
	cond.checker.check()
	cond.notify.wakeOne()
}

// Broadcast wakes all that wait.
func (cond *Cond) Broadcast() {
	cond.checker.check()
	for last := cond.notify.last; cond.notify.first != nil; {
		end := cond.notify.first == last
		cond.notify.wakeOne()
		if end {
			break
		}
	}
}
