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
func (gen *Rand) Seed(seed int64) {
	gen.src.Seed(seed)
	gen.readPos = 0
}

// Int63 returns a number below 2^63.
func (gen *Rand) Int63() int64 { return gen.src.Int63() }

// Uint32 returns 32 random bits.
func (gen *Rand) Uint32() uint32 { return uint32(gen.Int63() >> 31) }

// Uint64 returns 64 random bits.
func (gen *Rand) Uint64() uint64 {
	if gen.s64 != nil {
		return gen.s64.Uint64()
	}
	return uint64(gen.Int63())>>31 | uint64(gen.Int63())<<32
}

// Int31 returns a number below 2^31.
func (gen *Rand) Int31() int32 { return int32(gen.Int63() >> 32) }

// Int returns a number that is not negative.
func (gen *Rand) Int() int { return int(uint(gen.Int63())) }

// Int63n returns a number below n.
func (gen *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if n&(n-1) == 0 {
		return gen.Int63() & (n - 1)
	}
	fair := int64(1<<63 - 1 - (1<<63)%uint64(n))
	v := gen.Int63()
	for v > fair {
		v = gen.Int63()
	}
	return v % n
}

// Int31n returns a number below n.
func (gen *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	if n&(n-1) == 0 {
		return gen.Int31() & (n - 1)
	}
	fair := int32(1<<31 - 1 - (1<<31)%uint32(n))
	v := gen.Int31()
	for v > fair {
		v = gen.Int31()
	}
	return v % n
}

// below is Int31n by multiplication (Lemire), which Shuffle uses.
func (gen *Rand) below(n int32) int32 {
	v := gen.Uint32()
	product := uint64(v) * uint64(n)
	low := uint32(product)
	if low < uint32(n) {
		for limit := uint32(-n) % uint32(n); low < limit; low = uint32(product) {
			v = gen.Uint32()
			product = uint64(v) * uint64(n)
		}
	}
	return int32(product >> 32)
}

// Intn returns a number below count.
func (gen *Rand) Intn(count int) int {
	if count <= 0 {
		panic("invalid argument to Intn")
	}
	if count <= 1<<31-1 {
		return int(gen.Int31n(int32(count)))
	}
	return int(gen.Int63n(int64(count)))
}

// Float64 returns a number from 0 to 1, 1 excluded.
func (gen *Rand) Float64() float64 {
	for {
		if f := float64(gen.Int63()) / (1 << 63); f != 1 {
			return f
		}
	}
}

// Float32 returns a number from 0 to 1, 1 excluded.
func (gen *Rand) Float32() float32 {
	for {
		if f := float32(gen.Float64()); f != 1 {
			return f
		}
	}
}

// Perm returns the numbers below count in random order.
func (gen *Rand) Perm(count int) []int {
	m := make([]int, count)
	for i := range m {
		j := gen.Intn(i + 1)
		m[i] = m[j]
		m[j] = i
	}
	return m
}

// Shuffle calls swap so that count things come into random order.
func (gen *Rand) Shuffle(count int, swap func(i, j int)) {
	if count < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := count - 1; i > 0; i-- {
		if i > 1<<31-1-1 {
			swap(i, int(gen.Int63n(int64(i+1))))
		} else {
			swap(i, int(gen.below(int32(i+1))))
		}
	}
}

// Read fills data with random bytes.
func (gen *Rand) Read(data []byte) (n int, err error) {
	for n = range data {
		if gen.readPos == 0 {
			gen.readVal = gen.Int63()
			gen.readPos = 7
		}
		data[n] = byte(gen.readVal)
		gen.readVal >>= 8
		gen.readPos--
	}
	return len(data), nil
}

// Seed does nothing, as in Go since 1.24: the numbers of the package's functions come from the run.
func Seed(seed int64) {}

// The functions of the package are methods of a Rand that nobody can seed.

func Int63() int64                           { return global.Int63() }
func Uint32() uint32                         { return global.Uint32() }
func Uint64() uint64                         { return global.Uint64() }
func Int31() int32                           { return global.Int31() }
func Int() int                               { return global.Int() }
func Int63n(n int64) int64                   { return global.Int63n(n) }
func Int31n(n int32) int32                   { return global.Int31n(n) }
func Intn(count int) int                     { return global.Intn(count) }
func Float64() float64                       { return global.Float64() }
func Float32() float32                       { return global.Float32() }
func Perm(count int) []int                   { return global.Perm(count) }
func Shuffle(count int, swap func(i, j int)) { global.Shuffle(count, swap) }
func Read(data []byte) (n int, err error)    { return global.Read(data) }
func NormFloat64() float64                   { return global.NormFloat64() }
func ExpFloat64() float64                    { return global.ExpFloat64() }
