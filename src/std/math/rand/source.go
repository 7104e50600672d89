package rand

// The generator adds the numbers 607 and 273 places back (Mitchell and Reeds).
const (
	places   = 607
	distance = 273
)

type generator struct {
	tap, feed int
	words     [places]int64
}

// NewSource returns the generator that a seed begins.
func NewSource(seed int64) Source {
	g := new(generator)
	g.Seed(seed)
	return g
}

// congruential is one step of a simpler generator, which spreads the seed.
func congruential(x int32) int32 {
	const a, m = 48271, 1<<31 - 1
	return int32(int64(x) * a % m)
}

// Seed begins anew.
func (g *generator) Seed(seed int64) {
	g.tap, g.feed = 0, places-distance
	seed %= 1<<31 - 1
	if seed < 0 {
		seed += 1<<31 - 1
	}
	if seed == 0 {
		seed = 89482311
	}
	x := int32(seed)
	for range 20 {
		x = congruential(x)
	}
	for i := range g.words {
		word := uint64(0)
		for b := range 8 {
			word |= uint64(initial[8*i+b]) << uint(8*b)
		}
		for _, shift := range [...]uint{40, 20, 0} {
			x = congruential(x)
			word ^= uint64(x) << shift
		}
		g.words[i] = int64(word)
	}
}

// Uint64 returns the next number.
func (g *generator) Uint64() uint64 {
	if g.tap--; g.tap < 0 {
		g.tap += places
	}
	if g.feed--; g.feed < 0 {
		g.feed += places
	}
	sum := g.words[g.feed] + g.words[g.tap]
	g.words[g.feed] = sum
	return uint64(sum)
}

// Int63 returns the next number without its highest bit.
func (g *generator) Int63() int64 { return int64(g.Uint64() &^ (1 << 63)) }
