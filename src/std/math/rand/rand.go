// Package rand has pseudo-random numbers. A source with a seed gives the numbers of Go; the functions of the package take theirs from
// the seed of the run.
//
// source.go: the generator; rand.go: what is made of its numbers; normal.go: distributions. Go: src/math/rand.
package rand

import "internal/runtime"

// Source gives whole numbers below 2^63.
type Source interface {
	Int63() int64
	Seed(seed int64)
}

// Source64 gives numbers of 64 bits too.
type Source64 interface {
	Source
	Uint64() uint64
}

// Rand makes numbers of all kinds out of a Source.
type Rand struct {
	src Source
	s64 Source64 // src, if it is one

	readVal int64
	readPos int8
}

// New returns a Rand on a source.
func New(src Source) *Rand {
	s64, _ := src.(Source64)
	return &Rand{src: src, s64: s64}
}

// chance is the source of the run.
type chance struct{}

func (chance) Int63() int64    { return int64(runtime.Rand() >> 1) }
func (chance) Uint64() uint64  { return runtime.Rand() }
func (chance) Seed(seed int64) {}

var global = New(chance{})

// Seed begins anew.
func (r *Rand) Seed(seed int64) {
	r.src.Seed(seed)
	r.readPos = 0
}

// Int63 returns a number below 2^63.
func (r *Rand) Int63() int64 { return r.src.Int63() }

// Uint32 returns 32 random bits.
func (r *Rand) Uint32() uint32 { return uint32(r.Int63() >> 31) }

// Uint64 returns 64 random bits.
func (r *Rand) Uint64() uint64 {
	if r.s64 != nil {
		return r.s64.Uint64()
	}
	return uint64(r.Int63())>>31 | uint64(r.Int63())<<32
}

// Int31 returns a number below 2^31.
func (r *Rand) Int31() int32 { return int32(r.Int63() >> 32) }

// Int returns a number that is not negative.
func (r *Rand) Int() int { return int(uint(r.Int63())) }

// Int63n returns a number below n.
func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if n&(n-1) == 0 {
		return r.Int63() & (n - 1)
	}
	fair := int64(1<<63 - 1 - (1<<63)%uint64(n))
	v := r.Int63()
	for v > fair {
		v = r.Int63()
	}
	return v % n
}

// Int31n returns a number below n.
func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if n&(n-1) == 0 {
		return r.Int31() & (n - 1)
	}
	fair := int32(1<<31 - 1 - (1<<31)%uint32(n))
	v := r.Int31()
	for v > fair {
		v = r.Int31()
	}
	return v % n
}

// below is Int31n by multiplication (Lemire), which Shuffle uses.
func (r *Rand) below(n int32) int32 {
	v := r.Uint32()
	product := uint64(v) * uint64(n)
	low := uint32(product)
	if low < uint32(n) {
		for limit := uint32(-n) % uint32(n); low < limit; low = uint32(product) {
			v = r.Uint32()
			product = uint64(v) * uint64(n)
		}
	}
	return int32(product >> 32)
}

// Intn returns a number below n.
func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	if n <= 1<<31-1 {
		return int(r.Int31n(int32(n)))
	}
	return int(r.Int63n(int64(n)))
}

// Float64 returns a number from 0 to 1, 1 excluded.
func (r *Rand) Float64() float64 {
	for {
		if f := float64(r.Int63()) / (1 << 63); f != 1 {
			return f
		}
	}
}

// Float32 returns a number from 0 to 1, 1 excluded.
func (r *Rand) Float32() float32 {
	for {
		if f := float32(r.Float64()); f != 1 {
			return f
		}
	}
}

// Perm returns the numbers below n in random order.
func (r *Rand) Perm(n int) []int {
	m := make([]int, n)
	for i := range m {
		j := r.Intn(i + 1)
		m[i] = m[j]
		m[j] = i
	}
	return m
}

// Shuffle calls swap so that n things come into random order.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		if i > 1<<31-1-1 {
			swap(i, int(r.Int63n(int64(i+1))))
		} else {
			swap(i, int(r.below(int32(i+1))))
		}
	}
}

// Read fills p with random bytes.
func (r *Rand) Read(p []byte) (n int, err error) {
	for n = range p {
		if r.readPos == 0 {
			r.readVal = r.Int63()
			r.readPos = 7
		}
		p[n] = byte(r.readVal)
		r.readVal >>= 8
		r.readPos--
	}
	return len(p), nil
}

// Seed does nothing, as in Go since 1.24: the numbers of the package's functions come from the run.
func Seed(seed int64) {}

// The functions of the package are methods of a Rand that nobody can seed.

func Int63() int64                       { return global.Int63() }
func Uint32() uint32                     { return global.Uint32() }
func Uint64() uint64                     { return global.Uint64() }
func Int31() int32                       { return global.Int31() }
func Int() int                           { return global.Int() }
func Int63n(n int64) int64               { return global.Int63n(n) }
func Int31n(n int32) int32               { return global.Int31n(n) }
func Intn(n int) int                     { return global.Intn(n) }
func Float64() float64                   { return global.Float64() }
func Float32() float32                   { return global.Float32() }
func Perm(n int) []int                   { return global.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }
func Read(p []byte) (n int, err error)   { return global.Read(p) }
func NormFloat64() float64               { return global.NormFloat64() }
func ExpFloat64() float64                { return global.ExpFloat64() }
