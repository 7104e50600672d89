package runtime

import "unsafe"

// What the packages of the library reach of the machine. Go code outside it cannot import this package.

func gc()
func readMemStats(p unsafe.Pointer)
func nanotime() int64
func sleep(ns int64)
func exit(code int)
func goexit()
func write(fd int32, p unsafe.Pointer, n int)

// Functions of the machine for package strings.

// CompareStrings returns -1, 0 or 1.
//
//go:noescape
func CompareStrings(a, b string) int

// IndexByte returns where c first stands in s, -1 if nowhere.
//
//go:noescape
func IndexByte(s string, c byte) int

// CountByte returns how often c stands in s.
//
//go:noescape
func CountByte(s string, c byte) int

// Index returns where part, of at least 2 bytes and not longer than s, first stands in s; -1 if nowhere; -2 - i if it does not stand below i
// and the search beyond was given up, because the ends of part match too often.
//
//go:noescape
func Index(s, part string) int

// GC runs a garbage collection and sweeps everything.
func GC() {
	gc()
	// Go yields while it sweeps, so what the collection made ready runs before the caller goes on.
	gosched()
}

// ReadMemStats fills the runtime.MemStats at p.
func ReadMemStats(p unsafe.Pointer) { readMemStats(p) }

// Nanotime is the virtual clock, in nanoseconds since 1970.
func Nanotime() int64 { return nanotime() }

// Sleep lets the running goroutine wait for ns nanoseconds of virtual time.
func Sleep(ns int64) { sleep(ns) }

// Exit ends the program.
func Exit(code int) { exit(code) }

// Goexit runs the deferred calls of the running goroutine and ends it.
func Goexit() { goexit() }

// Write writes to standard output (1) or error (2).
func Write(fd int, b []byte) { write(int32(fd), unsafe.Pointer(unsafe.SliceData(b)), len(b)) }

// Rand is a seeded random number.
func Rand() uint64 { return rand() }

// Throw ends the program with a fatal error.
func Throw(text string) { throw(text) }

// PanicPlain panics with a runtime.Error of this text.
func PanicPlain(text string) { panicPlain(text) }

// Timers. The owner is the Go object by which a timer is stopped; f is called on the system stack and must not wait.

func startTimer(owner unsafe.Pointer, when, period int64, f func())
func stopTimer(owner unsafe.Pointer) bool

// StartTimer calls f at virtual time when (nanoseconds since 1970), and every period nanoseconds after if that isn't 0.
func StartTimer(owner unsafe.Pointer, when, period int64, f func()) {
	startTimer(owner, when, period, f)
}

// StopTimer stops the timer of owner; false if it had fired or was never set.
func StopTimer(owner unsafe.Pointer) bool { return stopTimer(owner) }

func numGoroutine() int

// NumGoroutine is the number of goroutines that exist.
func NumGoroutine() int { return numGoroutine() }

func setGCPercent(percent int32) int32
func setMemoryLimit(limit int64) int64
func freeOSMemory()

// SetGCPercent is debug.SetGCPercent.
func SetGCPercent(percent int) int { return int(setGCPercent(int32(percent))) }

// SetMemoryLimit is debug.SetMemoryLimit.
func SetMemoryLimit(limit int64) int64 { return setMemoryLimit(limit) }

// FreeOSMemory is debug.FreeOSMemory.
func FreeOSMemory() { freeOSMemory() }

func procs(n int) int
func setMaxStack(n int) int
func callers(skip int, pcs unsafe.Pointer, max int) int
func funcPC(closure unsafe.Pointer) uintptr
func pcInfo(pc uintptr) (name, file string, line int, entry uintptr, inlined bool)
func stackText(buf unsafe.Pointer, n int, all bool) int

// Procs is GOMAXPROCS; n above 0 sets it. The previous value is returned.
func Procs(n int) int { return procs(n) }

// SetMaxStack is debug.SetMaxStack.
func SetMaxStack(n int) int { return setMaxStack(n) }

// Callers writes the program counters of the functions on the stack to pcs; skip 0 is the function that calls it.
func Callers(skip int, pcs unsafe.Pointer, max int) int { return callers(skip+1, pcs, max) }

// FuncPC is the program counter of a function value's code, 0 of nil.
func FuncPC(closure unsafe.Pointer) uintptr { return funcPC(closure) }

// PCInfo tells the function and place of a program counter that Callers gave, and whether its body stands in another function there.
func PCInfo(pc uintptr) (name, file string, line int, entry uintptr, inlined bool) { return pcInfo(pc) }

// Stack writes the traceback of the running goroutine (or of all) to buf.
func Stack(buf unsafe.Pointer, n int, all bool) int { return stackText(buf, n, all) }
