// Package rand has pseudo-random numbers of the second kind: sources of 64 bits, no seed of the package. A source with a seed gives the
// numbers of Go; the functions of the package take theirs from the seed of the run.
//
// rand.go: what is made of the bits; global.go: the functions of the package; pcg.go, chacha8.go: sources. Go: src/math/rand/v2.
package rand

import (
	"internal/ziggurat"
	"math/bits"
)

// Source gives 64 random bits.
type Source interface{ Uint64() uint64 }

// Rand makes numbers of all kinds out of a Source.
type Rand struct{ src Source }

// New returns a Rand on a source.
func New(src Source) *Rand { return &Rand{src} }

// Uint64 returns 64 random bits.
func (gen *Rand) Uint64() uint64 { return gen.src.Uint64() }

// Int64 returns a number below 2^63.
func (gen *Rand) Int64() int64 { return int64(gen.src.Uint64() << 1 >> 1) }

// Uint32 returns 32 random bits.
func (gen *Rand) Uint32() uint32 { return uint32(gen.src.Uint64() >> 32) }

// Int32 returns a number below 2^31.
func (gen *Rand) Int32() int32 { return int32(gen.src.Uint64() >> 33) }

// Int returns a number that is not negative.
func (gen *Rand) Int() int { return int(gen.src.Uint64() << 1 >> 1) }

// Uint returns as many random bits as fit.
func (gen *Rand) Uint() uint { return uint(gen.src.Uint64()) }

// below returns a fair number below n by multiplication (Lemire); numbers that fit take 32 bits only.
func (gen *Rand) below(n uint64) uint64 {
	if n>>32 == 0 {
		return uint64(gen.below32(uint32(n)))
	}
	if n&(n-1) == 0 {
		return gen.Uint64() & (n - 1)
	}
	high, low := bits.Mul64(gen.Uint64(), n)
	if low < n {
		for unfair := -n % n; low < unfair; {
			high, low = bits.Mul64(gen.Uint64(), n)
		}
	}
	return high
}

func (gen *Rand) below32(n uint32) uint32 {
	if n&(n-1) == 0 {
		return uint32(gen.Uint64()) & (n - 1)
	}
	product := uint64(gen.Uint32()) * uint64(n)
	if uint32(product) < n {
		for unfair := -n % n; uint32(product) < unfair; {
			product = uint64(gen.Uint32()) * uint64(n)
		}
	}
	return uint32(product >> 32)
}

// Int64N returns a number below n.
func (gen *Rand) Int64N(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int64N")
	}
	return int64(gen.below(uint64(n)))
}

// Uint64N returns a number below n.
func (gen *Rand) Uint64N(n uint64) uint64 {
	if n == 0 {
		panic("invalid argument to Uint64N")
	}
	return gen.below(n)
}

// Int32N returns a number below n.
func (gen *Rand) Int32N(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int32N")
	}
	return int32(gen.below(uint64(n)))
}

// Uint32N returns a number below n.
func (gen *Rand) Uint32N(n uint32) uint32 {
	if n == 0 {
		panic("invalid argument to Uint32N")
	}
	return uint32(gen.below(uint64(n)))
}

// IntN returns a number below n.
func (gen *Rand) IntN(n int) int {
	if n <= 0 {
		panic("invalid argument to IntN")
	}
	return int(gen.below(uint64(n)))
}

// UintN returns a number below n.
func (gen *Rand) UintN(n uint) uint {
	if n == 0 {
		panic("invalid argument to UintN")
	}
	return uint(gen.below(uint64(n)))
}

// Float64 returns a number from 0 to 1, 1 excluded: 53 bits.
func (gen *Rand) Float64() float64 { return float64(gen.Uint64()<<11>>11) / (1 << 53) }

// Float32 returns a number from 0 to 1, 1 excluded: 24 bits.
func (gen *Rand) Float32() float32 { return float32(gen.Uint32()<<8>>8) / (1 << 24) }

// Perm returns the numbers below n in random order.
func (gen *Rand) Perm(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	gen.Shuffle(n, func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// Shuffle calls swap so that n things come into random order.
func (gen *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for last := n - 1; last > 0; last-- {
		swap(last, int(gen.below(uint64(last+1))))
	}
}

// NormFloat64 returns a normally distributed number (mean 0, deviation 1).
func (gen *Rand) NormFloat64() float64 {
	for {
		u := gen.Uint64()
		if x, ok := ziggurat.Normal(gen, int32(u), uint32(u>>32)&127); ok {
			return x
		}
	}
}

// ExpFloat64 returns an exponentially distributed number (rate 1).
func (gen *Rand) ExpFloat64() float64 {
	for {
		u := gen.Uint64()
		if x, ok := ziggurat.Exponential(gen, uint32(u), uint32(u>>32)&255); ok {
			return x
		}
	}
}

// Zipf gives numbers of which k has the chance (v+k)^-s.
type Zipf struct {
	r   *Rand
	law ziggurat.Power
}

// NewZipf returns a source of numbers from 0 to imax; s must be above 1, v at least 1.
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf {
	z := &Zipf{r: r}
	if !z.law.Init(s, v, imax) {
		return nil
	}
	return z
}

// Uint64 returns the next number.
func (z *Zipf) Uint64() uint64 {
	if z == nil {
		panic("rand: nil Zipf")
	}
	return z.law.Next(z.r)
}
