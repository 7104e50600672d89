// Package runtime contains operations that interact with Go's runtime system. The machine behind them is reached through internal/runtime.
//
// Go: runtime/{extern,debug,symtab,mfinal}.go.
package runtime

import (
	"internal/runtime"
	"unsafe"
)

// GOOS, GOARCH and Compiler are those of the toolchain that is imitated.
const (
	GOOS     = "linux"
	GOARCH   = "amd64"
	Compiler = "gc"
)

// MemProfileRate controls the fraction of memory allocations that are recorded in the memory profile; nothing is sampled here.
var MemProfileRate int = 512 * 1024

// GC runs a garbage collection and blocks the caller until it is complete.
func GC() { runtime.GC() }

// Gosched yields the processor, allowing other goroutines to run.
func Gosched() { runtime.Yield() }

// Goexit terminates the goroutine that calls it, running all deferred calls.
func Goexit() { runtime.Goexit() }

// NumGoroutine returns the number of goroutines that currently exist.
func NumGoroutine() int { return runtime.NumGoroutine() }

// NumCPU returns the number of logical CPUs usable by the current process.
func NumCPU() int { return runtime.Procs(0) }

// NumCgoCall returns the number of cgo calls made by the current process.
func NumCgoCall() int64 { return 0 }

// GOMAXPROCS sets the maximum number of CPUs that can be executing simultaneously and returns the previous setting.
func GOMAXPROCS(n int) int { return runtime.Procs(n) }

// SetDefaultGOMAXPROCS updates GOMAXPROCS to the runtime default.
func SetDefaultGOMAXPROCS() {}

// LockOSThread wires the calling goroutine to its current operating system thread.
func LockOSThread() {}

// UnlockOSThread undoes an earlier call to LockOSThread.
func UnlockOSThread() {}

// Breakpoint executes a breakpoint trap.
func Breakpoint() {}

// KeepAlive marks its argument as currently reachable.
//
//go:noinline
func KeepAlive(x any) {}

// Version returns the Go tree's version string.
func Version() string { return "go1.26.8" }

// GOROOT returns the root of the Go tree.
func GOROOT() string { return "/usr/local/go" }

// SetBlockProfileRate controls the fraction of goroutine blocking events that are reported in the blocking profile.
func SetBlockProfileRate(rate int) {}

// SetMutexProfileFraction controls the fraction of mutex contention events that are reported in the mutex profile.
func SetMutexProfileFraction(rate int) int { return 0 }

// Stack formats a stack trace of the calling goroutine into buf and returns the number of bytes written.
func Stack(buf []byte, all bool) int {
	return runtime.Stack(unsafe.Pointer(unsafe.SliceData(buf)), len(buf), all)
}

// SetFinalizer sets the finalizer associated with obj to the provided finalizer function.
func SetFinalizer(obj any, finalizer any) {
	runtime.SetFinalizer(obj, finalizer)
}

// Cleanup is a handle to a cleanup call for a specific object.
type Cleanup struct {
	id  uint64
	ptr uintptr
}

// AddCleanup attaches a cleanup function to ptr. Some time after ptr is no longer reachable, the runtime will call cleanup(arg).
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	id := runtime.AddCleanup(unsafe.Pointer(ptr), func() { cleanup(arg) })
	return Cleanup{id, uintptr(unsafe.Pointer(ptr))}
}

// Stop cancels the cleanup call.
func (c Cleanup) Stop() { runtime.StopCleanup(c.id) }

// panicwrap is called by wrappers of methods with value receivers when the pointer is nil.
func panicwrap() { runtime.WrapperPanic() }
