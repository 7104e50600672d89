// Package sync makes goroutines wait for one another.
//
// Goroutines take turns on one thread and are stopped only in loops and calls, so plain reads and writes of a word or two are atomic
// here; what remains of Go's algorithms is who waits, who is woken, and who may overtake whom. That order is Go's.
// mutex.go, rwmutex.go, waitgroup.go, once.go, cond.go, pool.go, map.go. Go: src/sync, src/internal/sync.
package sync

import "internal/runtime"

// Reasons to wait, as a traceback tells them: WAIT_REASONS of src/runtime/sched/goroutine.ts.
const (
	waitCond      = 21
	waitMutex     = 22
	waitRLock     = 23
	waitLock      = 24
	waitWaitGroup = 25
)

// Locker is what can be locked and unlocked.
type Locker interface {
	Lock()
	Unlock()
}

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

// Mutex lets one goroutine at a time through.
type Mutex struct {
	_  noCopy
	mu mutex
}

type mutex struct {
	state int32 // bits below; above them the number of goroutines that wait
	sema  uint32
}

const (
	locked   = 1 << iota
	woken    // a goroutine was woken and has not run yet: no other needs to be
	starving // one has waited for long: the mutex goes to those who wait, in order
	oneWaiter

	patience = 1e6 // nanoseconds
)

// Lock waits until the mutex is free and takes it.
func (lock *Mutex) Lock() {
	if lock.mu.state == 0 {
		lock.mu.state = locked
		return
	}
	lock.mu.wait()
}

// TryLock takes the mutex if it is free.
func (lock *Mutex) TryLock() bool {
	if lock.mu.state&(locked|starving) != 0 {
		return false
	}
	lock.mu.state |= locked
	return true
}

// wait takes a mutex that is not free. Who is woken has to take it like any other, and may find it taken again.
func (m *mutex) wait() {
	since := int64(0)
	hungry, awake := false, false
	for {
		old := m.state
		next := old
		if old&starving == 0 {
			next |= locked
		}
		queue := old&(locked|starving) != 0
		if queue {
			next += oneWaiter
		}
		if hungry && old&locked != 0 {
			next |= starving
		}
		if awake {
			next &^= woken
		}
		m.state = next
		if !queue {
			return
		}
		waited := since != 0
		if !waited {
			since = runtime.Nanotime()
		}
		runtime.Semacquire(&m.sema, waited, waitMutex)
		hungry = hungry || runtime.Nanotime()-since > patience
		if m.state&starving != 0 { // it was handed over: only the books must be set right
			m.state += locked - oneWaiter
			if !hungry || m.state>>3 == 0 {
				m.state -= starving
			}
			return
		}
		awake = true
	}
}

// Unlock gives the mutex free; any goroutine may do it.
func (lock *Mutex) Unlock() {
	if lock.mu.state == locked {
		lock.mu.state = 0
		return
	}
	lock.mu.state -= locked
	if lock.mu.state != 0 {
		lock.mu.wake()
	}
}

func (m *mutex) wake() {
	if (m.state+locked)&locked == 0 {
		runtime.Throw("sync: unlock of unlocked mutex")
	}
	if m.state&starving != 0 {
		runtime.Semrelease(&m.sema, true)
		return
	}
	if m.state>>3 == 0 || m.state&(locked|woken|starving) != 0 {
		return
	}
	m.state = m.state - oneWaiter | woken
	runtime.Semrelease(&m.sema, false)
}
