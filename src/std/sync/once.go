package sync

import (
	"sync/atomic"
	"unsafe"
)

// Once does something once.
type Once struct {
	_    noCopy
	done atomic.Bool
	m    Mutex
}

// Do calls f if this is the first call of Do; others wait until it has returned.
func (once *Once) Do(f func()) {
	if *(*uint32)(unsafe.Pointer(&once.done)) == 0 {
		once.first(f)
	}
}

func (once *Once) first(f func()) {
	once.m.Lock()
	defer once.m.Unlock()
	if !once.done.Load() {
		defer once.done.Store(true)
		f()
	}
}

// attempt is one call of a function, whose panic is repeated to everybody who asks.
type attempt struct {
	once     Once
	valid    bool
	panicked any
}

func (a *attempt) do(f func()) {
	a.once.Do(func() {
		defer func() {
			if !a.valid {
				a.panicked = recover()
				panic(a.panicked)
			}
		}()
		f()
		a.valid = true
	})
	if !a.valid {
		panic(a.panicked)
	}
}

// OnceFunc returns a function that calls f once.
func OnceFunc(f func()) func() {
	var a attempt
	return func() { a.do(f) }
}

// OnceValue returns a function that calls f once and returns what that returned.
func OnceValue[T any](f func() T) func() T {
	var a attempt
	var result T
	return func() T {
		a.do(func() { result = f() })
		return result
	}
}

// OnceValues is OnceValue of two results.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var a attempt
	var first T1
	var second T2
	return func() (T1, T2) {
		a.do(func() { first, second = f() })
		return first, second
	}
}
