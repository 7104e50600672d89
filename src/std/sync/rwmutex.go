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
func (door *RWMutex) RLock() {
	if door.readerCount.Add(1) < 0 {
		runtime.Semacquire(&door.readerSem, false, waitRLock)
	}
}

// TryRLock goes in to read if there is no writer.
func (door *RWMutex) TryRLock() bool {
	if door.readerCount.Load() < 0 {
		return false
	}
	door.readerCount.Add(1)
	return true
}

// RUnlock ends a reading.
func (door *RWMutex) RUnlock() {
	left := door.readerCount.Add(-1)
	if left >= 0 {
		return
	}
	if left+1 == 0 || left+1 == -manyReaders {
		runtime.Throw("sync: RUnlock of unlocked RWMutex")
	}
	if door.readerWait.Add(-1) == 0 {
		runtime.Semrelease(&door.writerSem, false)
	}
}

// Lock keeps new readers out, waits for those inside and goes in to write.
func (door *RWMutex) Lock() {
	door.w.Lock()
	inside := door.readerCount.Add(-manyReaders) + manyReaders
	if inside != 0 && door.readerWait.Add(inside) != 0 {
		runtime.Semacquire(&door.writerSem, false, waitLock)
	}
}

// TryLock goes in to write if nobody is inside.
func (door *RWMutex) TryLock() bool {
	if !door.w.TryLock() {
		return false
	}
	if door.readerCount.CompareAndSwap(0, -manyReaders) {
		return true
	}
	door.w.Unlock()
	return false
}

// Unlock ends a writing and lets the readers in that wait.
func (door *RWMutex) Unlock() {
	waiting := door.readerCount.Add(manyReaders)
	if waiting >= manyReaders {
		runtime.Throw("sync: Unlock of unlocked RWMutex")
	}
	for ; waiting > 0; waiting-- {
		runtime.Semrelease(&door.readerSem, false)
	}
	door.w.Unlock()
}

// RLocker returns a Locker that reads.
func (door *RWMutex) RLocker() Locker { return (*rlocker)(door) }

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }
