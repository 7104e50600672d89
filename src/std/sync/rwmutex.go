package sync

import (
	"internal/runtime"
	"sync/atomic"
)

// RWMutex lets many readers or one writer through.
type RWMutex struct {
	w           Mutex // writers queue here
	writerSem   uint32
	readerSem   uint32
	readerCount atomic.Int32 // less manyReaders while a writer waits or writes
	readerWait  atomic.Int32 // readers that the writer waits for
}

const manyReaders = 1 << 30

// RLock waits for writers and goes in to read.
func (rw *RWMutex) RLock() {
	if rw.readerCount.Add(1) < 0 {
		runtime.Semacquire(&rw.readerSem, false, waitRLock)
	}
}

// TryRLock goes in to read if there is no writer.
func (rw *RWMutex) TryRLock() bool {
	if rw.readerCount.Load() < 0 {
		return false
	}
	rw.readerCount.Add(1)
	return true
}

// RUnlock ends a reading.
func (rw *RWMutex) RUnlock() {
	left := rw.readerCount.Add(-1)
	if left >= 0 {
		return
	}
	if left+1 == 0 || left+1 == -manyReaders {
		runtime.Throw("sync: RUnlock of unlocked RWMutex")
	}
	if rw.readerWait.Add(-1) == 0 {
		runtime.Semrelease(&rw.writerSem, false)
	}
}

// Lock keeps new readers out, waits for those inside and goes in to write.
func (rw *RWMutex) Lock() {
	rw.w.Lock()
	inside := rw.readerCount.Add(-manyReaders) + manyReaders
	if inside != 0 && rw.readerWait.Add(inside) != 0 {
		runtime.Semacquire(&rw.writerSem, false, waitLock)
	}
}

// TryLock goes in to write if nobody is inside.
func (rw *RWMutex) TryLock() bool {
	if !rw.w.TryLock() {
		return false
	}
	if rw.readerCount.CompareAndSwap(0, -manyReaders) {
		return true
	}
	rw.w.Unlock()
	return false
}

// Unlock ends a writing and lets the readers in that wait.
func (rw *RWMutex) Unlock() {
	waiting := rw.readerCount.Add(manyReaders)
	if waiting >= manyReaders {
		runtime.Throw("sync: Unlock of unlocked RWMutex")
	}
	for ; waiting > 0; waiting-- {
		runtime.Semrelease(&rw.readerSem, false)
	}
	rw.w.Unlock()
}

// RLocker returns a Locker that reads.
func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
