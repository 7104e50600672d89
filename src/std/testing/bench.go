package testing

import (
	"runtime"
	"time"
)

// B runs a benchmark. The places of its fields are those of Go, because programs ask for N.
type B struct {
	common
	importPath string
	state      *int
	N          int
	previousN  int
	took       time.Duration
	fn         func(b *B)
	_          [24]byte
	bytes      int64
	_          bool
	timerOn    bool
	report     bool
	result     BenchmarkResult
	_          int
	started    time.Time // in place of the counters at the start
	allocs     uint64    // of the result, less what they were at the start while the timer runs
	_          map[string]float64
	loop       struct{ n, i uint64 }
	size       uint64
}

// target is the virtual time that a benchmark should run.
const target = time.Second

// Benchmark runs f with more and more iterations until they take a second of virtual time.
func Benchmark(f func(b *B)) BenchmarkResult {
	b := &B{fn: f}
	for n := 1; ; {
		b.once(n)
		if b.loop.n > 0 {
			n = b.N
		}
		if b.failed || b.left || b.took >= target || n >= 1e9 || b.loop.n > 0 {
			break
		}
		guess := int64(target) * int64(n) / max(int64(b.took), 1)
		n = int(max(min(guess+guess/5, 100*int64(n), 1e9), int64(n)+1))
	}
	b.result.N, b.result.T, b.result.Bytes = b.N, b.took, b.bytes
	b.result.MemAllocs, b.result.MemBytes = b.allocs, b.size
	return b.result
}

// once runs n iterations, in a goroutine that may end itself.
func (b *B) once(n int) {
	runtime.GC()
	b.N = n
	b.ResetTimer()
	done := make(chan bool)
	go func() {
		defer close(done)
		b.StartTimer()
		b.fn(b)
		b.StopTimer()
	}()
	<-done
	b.previousN = n
}

func (b *B) counters() (allocs, size uint64) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.Mallocs, stats.TotalAlloc
}

// StartTimer lets the time run.
func (b *B) StartTimer() {
	if b.timerOn {
		return
	}
	allocs, size := b.counters()
	b.allocs -= allocs
	b.size -= size
	b.started = time.Now()
	b.timerOn = true
}

// StopTimer stops the time.
func (b *B) StopTimer() {
	if !b.timerOn {
		return
	}
	b.took += time.Since(b.started)
	allocs, size := b.counters()
	b.allocs += allocs
	b.size += size
	b.timerOn = false
}

// ResetTimer forgets time and allocations so far.
func (b *B) ResetTimer() {
	running := b.timerOn
	b.timerOn = false
	b.took, b.allocs, b.size = 0, 0, 0
	b.result.Extra = nil
	if running {
		b.StartTimer()
	}
}

// Elapsed returns the time so far.
func (b *B) Elapsed() time.Duration {
	if b.timerOn {
		return b.took + time.Since(b.started)
	}
	return b.took
}

// SetBytes says how many bytes an iteration works on.
func (b *B) SetBytes(n int64) { b.bytes = n }

// ReportAllocs asks for the allocations too.
func (b *B) ReportAllocs() { b.report = true }

// ReportMetric adds a metric.
func (b *B) ReportMetric(n float64, unit string) {
	if b.result.Extra == nil {
		b.result.Extra = map[string]float64{}
	}
	b.result.Extra[unit] = n
}

// Loop reports whether there is another iteration; it counts them itself.
func (b *B) Loop() bool {
	l := &b.loop
	if l.n == 0 {
		l.n, l.i = 1, 0
		b.ResetTimer()
		b.StartTimer()
	}
	if l.i == l.n {
		if took := b.Elapsed(); took < target && l.n < 1e9 {
			guess := uint64(target) * l.n / uint64(max(took, 1))
			l.n = max(min(guess+guess/5, 100*l.n, 1e9), l.n+1)
		} else {
			b.StopTimer()
			b.N = int(l.i)
			return false
		}
	}
	l.i++
	return true
}
