// Package testing measures functions: allocations and virtual time. Tests themselves are the business of go test, which is not here.
//
// testing.go: counting, and what a benchmark tells; bench.go: benchmarks. Go: src/testing.
package testing

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"time"
)

// AllocsPerRun returns how many allocations a call of f makes on average, in whole numbers.
func AllocsPerRun(runs int, f func()) (avg float64) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f() // what happens only once is not counted
	before := allocations()
	for range runs {
		f()
	}
	return float64((allocations() - before) / uint64(runs))
}

func allocations() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs
}

// Short reports whether tests should be brief. Only go test knows.
func Short() bool { panic("testing: Short called before Parse") }

// Verbose reports whether tests should tell more.
func Verbose() bool { return false }

// Testing reports whether go test runs the program: no.
func Testing() bool { return false }

// CoverMode returns how statements are counted: not at all.
func CoverMode() string { return "" }

// Init declares the flags of go test.
func Init() {}

// common is what a test and a benchmark tell. User code knows its size, nothing more.
type common struct {
	mu     sync.Mutex
	name   string
	failed bool
	left   bool // skipped
	_      [504 - 32]byte
}

func (c *common) log(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	fmt.Fprint(os.Stdout, "    ", text)
}

// Name returns the name of the test.
func (c *common) Name() string { return c.name }

// Helper marks the caller as one whose lines are not told.
func (c *common) Helper() {}

// Fail marks the test as failed.
func (c *common) Fail() { c.failed = true }

// Failed reports whether the test failed.
func (c *common) Failed() bool { return c.failed }

// FailNow ends the test as failed.
func (c *common) FailNow() {
	c.failed = true
	runtime.Goexit()
}

// SkipNow ends the test as skipped.
func (c *common) SkipNow() {
	c.left = true
	runtime.Goexit()
}

// Skipped reports whether the test was skipped.
func (c *common) Skipped() bool { return c.left }

// Log tells something.
func (c *common) Log(args ...any) { c.log(fmt.Sprintln(args...)) }

// Logf is Log with a format.
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...) + "\n") }

// Error is Log and Fail.
func (c *common) Error(args ...any) {
	c.Log(args...)
	c.Fail()
}

// Errorf is Logf and Fail.
func (c *common) Errorf(format string, args ...any) {
	c.Logf(format, args...)
	c.Fail()
}

// Fatal is Log and FailNow.
func (c *common) Fatal(args ...any) {
	c.Log(args...)
	c.FailNow()
}

// Fatalf is Logf and FailNow.
func (c *common) Fatalf(format string, args ...any) {
	c.Logf(format, args...)
	c.FailNow()
}

// Skip is Log and SkipNow.
func (c *common) Skip(args ...any) {
	c.Log(args...)
	c.SkipNow()
}

// Skipf is Logf and SkipNow.
func (c *common) Skipf(format string, args ...any) {
	c.Logf(format, args...)
	c.SkipNow()
}

// BenchmarkResult is what a benchmark found.
type BenchmarkResult struct {
	N         int
	T         time.Duration
	Bytes     int64 // in one iteration
	MemAllocs uint64
	MemBytes  uint64
	Extra     map[string]float64
}

// per returns a metric, from Extra if it has it.
func (r BenchmarkResult) per(unit string, total int64) int64 {
	if v, ok := r.Extra[unit]; ok {
		return int64(v)
	}
	if r.N <= 0 {
		return 0
	}
	return total / int64(r.N)
}

// NsPerOp returns the nanoseconds of an iteration.
func (r BenchmarkResult) NsPerOp() int64 { return r.per("ns/op", r.T.Nanoseconds()) }

// AllocsPerOp returns the allocations of an iteration.
func (r BenchmarkResult) AllocsPerOp() int64 { return r.per("allocs/op", int64(r.MemAllocs)) }

// AllocedBytesPerOp returns the bytes that an iteration allocates.
func (r BenchmarkResult) AllocedBytesPerOp() int64 { return r.per("B/op", int64(r.MemBytes)) }

// MemString tells bytes and allocations.
func (r BenchmarkResult) MemString() string {
	return fmt.Sprintf("%8d B/op\t%8d allocs/op", r.AllocedBytesPerOp(), r.AllocsPerOp())
}

// String tells iterations, time and speed.
func (r BenchmarkResult) String() string {
	text := fmt.Sprintf("%8d", r.N)
	if ns := float64(r.T.Nanoseconds()) / float64(r.N); ns != 0 {
		digits := 0
		for limit := 99.95; digits < 4 && ns < limit; limit /= 10 {
			digits++
		}
		text += fmt.Sprintf("\t%*.*f ns/op", 10+min(digits, 1)+digits, digits, ns)
	}
	if r.Bytes > 0 && r.T > 0 && r.N > 0 {
		text += fmt.Sprintf("\t%7.2f MB/s", float64(r.Bytes)*float64(r.N)/1e6/r.T.Seconds())
	}
	return text
}
