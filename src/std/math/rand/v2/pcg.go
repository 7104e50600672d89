package rand

import (
	"errors"
	"math/bits"
)

// PCG is O'Neill's generator with 128 bits of state: a linear step, then DXSM mixing.
type PCG struct {
	hi uint64
	lo uint64
}

// NewPCG returns a PCG with this state.
func NewPCG(seed1, seed2 uint64) *PCG { return &PCG{seed1, seed2} }

// Seed begins anew.
func (gen *PCG) Seed(seed1, seed2 uint64) { gen.hi, gen.lo = seed1, seed2 }

// The constants of the step and of the mixing. pcg-random.org
const (
	stepHigh, stepLow = 0x2360ed051fc65da4, 0x4385df649fccf645
	addHigh, addLow   = 0x5851f42d4c957f2d, 0x14057b7ef767814f
	mixBy             = 0xda942042e4dd58b5
)

// Uint64 returns 64 random bits.
func (gen *PCG) Uint64() uint64 {
	high, low := bits.Mul64(gen.lo, stepLow)
	high += gen.hi*stepLow + gen.lo*stepHigh
	low, carry := bits.Add64(low, addLow, 0)
	high, _ = bits.Add64(high, addHigh, carry)
	gen.hi, gen.lo = high, low

	mixed := (high ^ high>>32) * mixBy
	return (mixed ^ mixed>>48) * (low | 1)
}

const pcgMark = "pcg:"

// AppendBinary appends the state.
func (gen *PCG) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, pcgMark...)
	return appendBig(appendBig(b, gen.hi), gen.lo), nil
}

// MarshalBinary returns the state.
func (gen *PCG) MarshalBinary() ([]byte, error) { return gen.AppendBinary(make([]byte, 0, 20)) }

// UnmarshalBinary sets the state.
func (gen *PCG) UnmarshalBinary(data []byte) error {
	if len(data) != len(pcgMark)+16 || string(data[:len(pcgMark)]) != pcgMark {
		return errors.New("invalid PCG encoding")
	}
	gen.hi, gen.lo = big(data[4:]), big(data[12:])
	return nil
}

func appendBig(b []byte, v uint64) []byte {
	for shift := 56; shift >= 0; shift -= 8 {
		b = append(b, byte(v>>shift))
	}
	return b
}

func big(b []byte) (v uint64) {
	for _, c := range b[:8] {
		v = v<<8 | uint64(c)
	}
	return v
}
