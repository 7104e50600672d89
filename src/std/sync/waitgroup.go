package sync

import (
	"internal/runtime"
	"sync/atomic"
)

// WaitGroup waits for a number of goroutines to end.
type WaitGroup struct {
	noCopy noCopy
	state  atomic.Uint64 // the counter in the high half, goroutines that wait in the low one
	sema   uint32
}

// Add changes the counter; at 0 those who wait go on.
func (group *WaitGroup) Add(delta int) {
	state := group.state.Add(uint64(delta) << 32)
	count, waiters := int32(state>>32), uint32(state)
	if count < 0 {
		panic("sync: negative WaitGroup counter")
	}
	if waiters != 0 && delta > 0 && count == int32(delta) {
		panic("sync: WaitGroup misuse: Add called concurrently with Wait")
	}
	if count > 0 || waiters == 0 {
		return
	}
	group.state.Store(0)
	for ; waiters > 0; waiters-- {
		runtime.Semrelease(&group.sema, false)
	}
}

// Done takes one off the counter.
func (group *WaitGroup) Done() { group.Add(-1) }

// Wait waits until the counter is 0.
func (group *WaitGroup) Wait() {
	if group.state.Load()>>32 == 0 {
		return
	}
	group.state.Add(1)
	runtime.Semacquire(&group.sema, false, waitWaitGroup)
	if group.state.Load() != 0 {
		panic("sync: WaitGroup is reused before previous Wait has returned")
	}
}

// Go calls f in a new goroutine that the group waits for.
func (group *WaitGroup) Go(f func()) {
	group.Add(1)
	go func() {
		defer func() {
			// A panic ends the program: who waits must not go on before.
			if x := recover(); x != nil {
				panic(x)
			}
			group.Done()
		}()
		f()
	}()
}
