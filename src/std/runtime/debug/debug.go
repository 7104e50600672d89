// Package debug contains facilities for programs to debug themselves while they are running.
//
// Go: runtime/debug/{garbage,stack,mod}.go.
package debug

import (
	"internal/runtime"
	goruntime "runtime"
	"unsafe"
)

// SetGCPercent sets the garbage collection target percentage and returns the previous setting.
func SetGCPercent(percent int) int { return runtime.SetGCPercent(percent) }

// SetMemoryLimit provides the runtime with a soft memory limit and returns the previous one.
func SetMemoryLimit(limit int64) int64 { return runtime.SetMemoryLimit(limit) }

// FreeOSMemory forces a garbage collection followed by an attempt to return as much memory to the operating system as possible.
func FreeOSMemory() { runtime.FreeOSMemory() }

// SetMaxStack sets the maximum amount of memory that can be used by a single goroutine stack and returns the previous setting.
func SetMaxStack(bytes int) int { return runtime.SetMaxStack(bytes) }

// SetMaxThreads sets the maximum number of operating system threads that the Go program can use.
func SetMaxThreads(threads int) int { return 10000 }

// SetPanicOnFault controls the runtime's behavior when a program faults at an unexpected address.
func SetPanicOnFault(enabled bool) bool { return false }

// SetTraceback sets the amount of detail printed by the runtime in the traceback it prints before exiting.
func SetTraceback(level string) {}

// Stack returns a formatted stack trace of the goroutine that calls it.
func Stack() []byte {
	buf := make([]byte, 1024)
	for {
		n := goruntime.Stack(buf, false)
		if n < len(buf) {
			return buf[:n]
		}
		buf = make([]byte, 2*len(buf))
	}
}

// PrintStack prints to standard error the stack trace returned by runtime.Stack.
func PrintStack() { runtime.Write(2, Stack()) }

var _ unsafe.Pointer
