// Package maphash: hashes for tables, which differ from seed to seed and from run to run.
package maphash

import (
	"hash"
	"math"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"unsafe"
)

// Seed chooses one of many functions.
type Seed struct{ s uint64 }

const size = 128

// Hash hashes what is written to it. One that was not given a seed takes one.
type Hash struct {
	_     [0]func()
	seed  Seed
	state Seed
	buf   [size]byte
	n     int
}

// MakeSeed returns a new Seed.
func MakeSeed() Seed {
	for {
		if s := rand.Uint64(); s != 0 {
			return Seed{s}
		}
	}
}

func (s Seed) check() uint64 {
	if s.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
	return s.s
}

// mix folds a product of 128 bits.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a, b)
	return high ^ low
}

const (
	odd1 = 0x9e3779b97f4a7c15
	odd2 = 0xd6e8feb86659fd93
)

func word(state, x uint64) uint64 { return mix(state^odd1, x^odd2) + odd1 }

func text(state uint64, s string) uint64 {
	state = word(state, uint64(len(s)))
	for len(s) > 0 {
		var x uint64
		n := min(8, len(s))
		for i := range n {
			x |= uint64(s[i]) << (8 * i)
		}
		state = word(state, x)
		s = s[n:]
	}
	return state
}

// Bytes is the hash of b.
func Bytes(seed Seed, b []byte) uint64 {
	return String(seed, unsafe.String(unsafe.SliceData(b), len(b)))
}

// String is the hash of s. Longer texts are hashed in the pieces in which a Hash takes them.
func String(seed Seed, s string) uint64 {
	state := seed.check()
	for len(s) > size {
		state = text(state, s[:size])
		s = s[size:]
	}
	return last(text(state, s))
}

func last(state uint64) uint64 { return mix(state, odd2) ^ state }

func (h *Hash) start() {
	if h.seed.s == 0 {
		h.SetSeed(MakeSeed())
	}
}

// flush takes in what is in the buffer, which is full.
func (h *Hash) flush() {
	h.state.s = text(h.state.s, string(h.buf[:h.n]))
	h.n = 0
}

// Write adds b.
func (h *Hash) Write(b []byte) (int, error) {
	return h.WriteString(unsafe.String(unsafe.SliceData(b), len(b)))
}

// WriteString adds s.
func (h *Hash) WriteString(s string) (int, error) {
	h.start()
	for rest := s; len(rest) > 0; {
		if h.n == size {
			h.flush()
		}
		n := copy(h.buf[h.n:], rest)
		h.n += n
		rest = rest[n:]
	}
	return len(s), nil
}

// WriteByte adds b.
func (h *Hash) WriteByte(b byte) error {
	h.start()
	if h.n == size {
		h.flush()
	}
	h.buf[h.n] = b
	h.n++
	return nil
}

// Seed returns the seed.
func (h *Hash) Seed() Seed {
	h.start()
	return h.seed
}

// SetSeed begins anew with a seed.
func (h *Hash) SetSeed(seed Seed) {
	seed.check()
	h.seed, h.state, h.n = seed, seed, 0
}

// Reset begins anew.
func (h *Hash) Reset() {
	h.start()
	h.state, h.n = h.seed, 0
}

// Sum64 is the hash of what was added.
func (h *Hash) Sum64() uint64 {
	h.start()
	return last(text(h.state.s, string(h.buf[:h.n])))
}

// Sum appends the hash to b.
func (h *Hash) Sum(b []byte) []byte {
	x := h.Sum64()
	for shift := 56; shift >= 0; shift -= 8 {
		b = append(b, byte(x>>shift))
	}
	return b
}

// Size is 8.
func (h *Hash) Size() int { return 8 }

// BlockSize is that of the buffer.
func (h *Hash) BlockSize() int { return len(h.buf) }

// Clone returns a copy.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.start()
	other := *h
	return &other, nil
}

// Comparable is the hash of v: equal values have the same.
func Comparable[T comparable](seed Seed, v T) uint64 { return last(valueOf(seed.check(), &v)) }

// WriteComparable adds x.
func WriteComparable[T comparable](h *Hash, x T) { h.add(&x) }

func (h *Hash) add(p any) {
	h.start()
	h.state.s = valueOf(word(h.state.s, uint64(h.n)), p)
}

// valueOf hashes what p points to.
func valueOf(state uint64, p any) uint64 { return value(state, reflect.ValueOf(p).Elem()) }

func value(state uint64, v reflect.Value) uint64 {
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return word(state, 1)
		}
		return word(state, 0)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return word(state, uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return word(state, v.Uint())
	case reflect.Float32, reflect.Float64:
		return float(state, v.Float())
	case reflect.Complex64, reflect.Complex128:
		return float(float(state, real(v.Complex())), imag(v.Complex()))
	case reflect.String:
		return text(state, v.String())
	case reflect.Array:
		for i := range v.Len() {
			state = value(state, v.Index(i))
		}
		return state
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "_" {
				state = value(state, v.Field(i))
			}
		}
		return state
	case reflect.Interface:
		if v.IsNil() {
			return word(state, 0)
		}
		return value(text(state, v.Elem().Type().String()), v.Elem())
	case reflect.Chan, reflect.Pointer, reflect.UnsafePointer:
		return word(state, uint64(v.Pointer()))
	}
	panic("hash of unhashable type " + v.Type().String())
}

// float: both zeros are equal, and what is no number equals nothing.
func float(state uint64, x float64) uint64 {
	switch {
	case x == 0:
		return word(state, 0)
	case x != x:
		return word(state, rand.Uint64())
	}
	return word(state, math.Float64bits(x))
}
