package runtime

import "unsafe"

// Semaphores and notification lists: what package sync waits on.
//
// A semaphore is a number in somebody's struct; those who wait for it hang in a table by its address, first come first served.
//
// Go: runtime/sema.go.

// semaBuckets is the size of the table. Go: semTabSize.
const semaBuckets = 251

var semaTable [semaBuckets]waitq

func gosched()

func semaQueue(addr *uint32) *waitq {
	return &semaTable[low(unsafe.Pointer(addr))>>3%semaBuckets]
}

func trySema(addr *uint32) bool {
	if *addr == 0 {
		return false
	}
	*addr--
	return true
}

// Semacquire waits until *addr is above 0 and takes one. lifo puts the goroutine before the others; reason is what a traceback says.
func Semacquire(addr *uint32, lifo bool, reason int32) {
	if trySema(addr) {
		return
	}
	q := semaQueue(addr)
	gp := getg()
	s := acquireSudog()
	s.g = gp
	s.elem = unsafe.Pointer(addr)
	for {
		if lifo {
			s.next = q.first
			if q.first == nil {
				q.last = s
			} else {
				q.first.prev = s
			}
			q.first = s
		} else {
			q.enqueue(s)
		}
		gp.waiting = s
		gopark(reason)
		if s.ticket != 0 || trySema(addr) {
			break
		}
	}
	gp.waiting = nil
	releaseSudog(s)
}

// Semrelease adds one to *addr and wakes who waits longest. handoff gives it the turn at once.
func Semrelease(addr *uint32, handoff bool) {
	*addr++
	q := semaQueue(addr)
	s := q.first
	for s != nil && s.elem != unsafe.Pointer(addr) {
		s = s.next
	}
	if s == nil {
		return
	}
	q.remove(s)
	if handoff && trySema(addr) {
		s.ticket = 1
	}
	handed := s.ticket == 1
	goready(unsafe.Pointer(s.g))
	if handed {
		gosched()
	}
}

// NotifyList is the queue of a sync.Cond. Go: notifyList.
type NotifyList struct {
	queue waitq
}

// Wait hangs the running goroutine into the list until it is notified.
func (l *NotifyList) Wait() {
	gp := getg()
	s := acquireSudog()
	s.g = gp
	l.queue.enqueue(s)
	gp.waiting = s
	gopark(waitCond)
	gp.waiting = nil
	releaseSudog(s)
}

// NotifyOne wakes the goroutine that waits longest.
func (l *NotifyList) NotifyOne() {
	if s := l.queue.first; s != nil {
		l.queue.remove(s)
		goready(unsafe.Pointer(s.g))
	}
}

// NotifyAll wakes all that wait now.
func (l *NotifyList) NotifyAll() {
	for l.queue.first != nil {
		l.NotifyOne()
	}
}

// Yield lets other goroutines run.
func Yield() { gosched() }

// Park waits until Ready is called for the address that Self gives; reason is what a traceback says.
func Park(reason int32) { gopark(reason) }

// Ready makes a goroutine that waits in Park runnable.
func Ready(gp unsafe.Pointer) { goready(gp) }

// Self is the running goroutine.
func Self() unsafe.Pointer { return unsafe.Pointer(getg()) }

// GoroutineID is the number of the running goroutine.
func GoroutineID() int { return getg().id }
