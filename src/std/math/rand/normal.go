package rand

import "internal/ziggurat"

// NormFloat64 returns a normally distributed number (mean 0, deviation 1).
func (gen *Rand) NormFloat64() float64 {
	for {
		bits := gen.Uint32()
		if x, ok := ziggurat.Normal(gen, int32(bits), bits&127); ok {
			return x
		}
	}
}

// ExpFloat64 returns an exponentially distributed number (rate 1).
func (gen *Rand) ExpFloat64() float64 {
	for {
		bits := gen.Uint32()
		if x, ok := ziggurat.Exponential(gen, bits, bits&255); ok {
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
