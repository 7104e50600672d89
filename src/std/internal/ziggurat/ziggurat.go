// Package ziggurat turns random bits into distributions, by the method of Marsaglia and Tsang: the area under a curve is cut into layers
// of equal size, and nearly always a point of a layer is known to lie below the curve without asking it. The tables are calculated when
// first needed, as in the paper. math/rand and math/rand/v2 differ only in where the bits come from.
package ziggurat

import "math"

// Uniform gives numbers from 0 to 1, 1 excluded.
type Uniform interface{ Float64() float64 }

const (
	normalEnd      = 3.442619855899
	exponentialEnd = 7.69711747013104972
)

var normal struct {
	ready bool
	k     [128]uint32
	w, f  [128]float32
}

var exponential struct {
	ready bool
	k     [256]uint32
	w, f  [256]float32
}

func prepareNormal() {
	const scale, area = 1 << 31, 9.91256303526217e-3
	t := &normal
	curve := func(x float64) float64 { return math.Exp(-.5 * x * x) }
	x, before := normalEnd, normalEnd
	base := area / curve(x)
	t.k[0] = uint32(x / base * scale)
	t.w[0], t.w[127] = float32(base/scale), float32(x/scale)
	t.f[0], t.f[127] = 1, float32(curve(x))
	for i := 126; i >= 1; i-- {
		x = math.Sqrt(-2 * math.Log(area/x+curve(x)))
		t.k[i+1] = uint32(x / before * scale)
		before = x
		t.f[i] = float32(curve(x))
		t.w[i] = float32(x / scale)
	}
	t.ready = true
}

func prepareExponential() {
	const scale, area = 1 << 32, 3.949659822581572e-3
	t := &exponential
	x, before := exponentialEnd, exponentialEnd
	base := area / math.Exp(-x)
	t.k[0] = uint32(x / base * scale)
	t.w[0], t.w[255] = float32(base/scale), float32(x/scale)
	t.f[0], t.f[255] = 1, float32(math.Exp(-x))
	for i := 254; i >= 1; i-- {
		x = -math.Log(area/x + math.Exp(-x))
		t.k[i+1] = uint32(x / before * scale)
		before = x
		t.f[i] = float32(math.Exp(-x))
		t.w[i] = float32(x / scale)
	}
	t.ready = true
}

// Normal returns the normally distributed number of 32 bits and a layer below 128; not ok if other bits are needed.
func Normal(gen Uniform, bits int32, layer uint32) (x float64, ok bool) {
	t := &normal
	if !t.ready {
		prepareNormal()
	}
	x = float64(bits) * float64(t.w[layer])
	size := uint32(max(bits, -bits))
	switch {
	case size < t.k[layer]:
		return x, true
	case layer == 0:
		return normalTail(gen, bits), true
	}
	return x, t.f[layer]+float32(gen.Float64())*(t.f[layer-1]-t.f[layer]) < float32(math.Exp(-.5*x*x))
}

// normalTail returns a number beyond the last layer, with the sign of bits.
func normalTail(gen Uniform, bits int32) float64 {
	for {
		x := -math.Log(gen.Float64()) * (1.0 / normalEnd)
		y := -math.Log(gen.Float64())
		if y+y < x*x {
			continue
		}
		if bits > 0 {
			return normalEnd + x
		}
		return -normalEnd - x
	}
}

// Exponential returns the exponentially distributed number of 32 bits and a layer below 256; not ok if other bits are needed.
func Exponential(gen Uniform, bits uint32, layer uint32) (x float64, ok bool) {
	t := &exponential
	if !t.ready {
		prepareExponential()
	}
	x = float64(bits) * float64(t.w[layer])
	switch {
	case bits < t.k[layer]:
		return x, true
	case layer == 0:
		return exponentialEnd - math.Log(gen.Float64()), true
	}
	return x, t.f[layer]+float32(gen.Float64())*(t.f[layer-1]-t.f[layer]) < float32(math.Exp(-x))
}

// Power is the law by which Zipf's numbers fall: k has the chance (v+k)^-s. Hörmann and Derflinger, rejection-inversion.
type Power struct {
	Most         float64
	V, Q, S      float64
	OneLess      float64 // 1 - q
	OneLessInv   float64
	AtMost, Span float64
}

// Init sets the law up for numbers from 0 to most; false if there is no such law.
func (p *Power) Init(s, v float64, most uint64) bool {
	if s <= 1 || v < 1 {
		return false
	}
	p.Most, p.V, p.Q = float64(most), v, s
	p.OneLess = 1 - s
	p.OneLessInv = 1 / p.OneLess
	p.AtMost = p.integral(p.Most + 0.5)
	p.Span = p.integral(0.5) - math.Exp(math.Log(v)*(-s)) - p.AtMost
	p.S = 1 - p.inverse(p.integral(1.5)-math.Exp(-s*math.Log(v+1)))
	return true
}

func (p *Power) integral(x float64) float64 {
	return math.Exp(p.OneLess*math.Log(p.V+x)) * p.OneLessInv
}

func (p *Power) inverse(x float64) float64 {
	return math.Exp(p.OneLessInv*math.Log(p.OneLess*x)) - p.V
}

// Next returns a number by the law.
func (p *Power) Next(gen Uniform) uint64 {
	for {
		u := p.AtMost + gen.Float64()*p.Span
		x := p.inverse(u)
		k := math.Floor(x + 0.5)
		if k-x <= p.S || u >= p.integral(k+0.5)-math.Exp(-math.Log(k+p.V)*p.Q) {
			return uint64(k)
		}
	}
}
