package rand

import "math"

// Distributions by the ziggurat of Marsaglia and Tsang: the area under a curve is cut into layers of equal size, and nearly always a
// point of a layer is known to lie below the curve without asking it. The tables are calculated when first needed, as in the paper.

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

// NormFloat64 returns a normally distributed number (mean 0, deviation 1).
func (gen *Rand) NormFloat64() float64 {
	t := &normal
	if !t.ready {
		prepareNormal()
	}
	for {
		j := int32(gen.Uint32())
		i := j & 127
		x := float64(j) * float64(t.w[i])
		size := uint32(max(j, -j))
		switch {
		case size < t.k[i]:
			return x
		case i == 0:
			return gen.normalTail(j)
		case t.f[i]+float32(gen.Float64())*(t.f[i-1]-t.f[i]) < float32(math.Exp(-.5*x*x)):
			return x
		}
	}
}

// normalTail returns a number beyond the last layer, with the sign of j.
func (gen *Rand) normalTail(j int32) float64 {
	for {
		x := -math.Log(gen.Float64()) * (1.0 / normalEnd)
		y := -math.Log(gen.Float64())
		if y+y < x*x {
			continue
		}
		if j > 0 {
			return normalEnd + x
		}
		return -normalEnd - x
	}
}

// ExpFloat64 returns an exponentially distributed number (rate 1).
func (gen *Rand) ExpFloat64() float64 {
	t := &exponential
	if !t.ready {
		prepareExponential()
	}
	for {
		j := gen.Uint32()
		i := j & 255
		x := float64(j) * float64(t.w[i])
		switch {
		case j < t.k[i]:
			return x
		case i == 0:
			return exponentialEnd - math.Log(gen.Float64())
		case t.f[i]+float32(gen.Float64())*(t.f[i-1]-t.f[i]) < float32(math.Exp(-x)):
			return x
		}
	}
}
