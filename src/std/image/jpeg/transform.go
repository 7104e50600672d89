package jpeg

// block is 8×8 values.
type block [64]int32

// Cosines and sines of multiples of a sixteenth of pi, some times a root, with 60 bits behind the point.
const (
	cos1  = 1130768441178740757
	sin1  = 224923827593068887
	cos3  = 958619196450722178
	sin3  = 640528868967736374
	root  = 1630477228166597777
	cos6r = 623956622067911264
	sin6r = 1506364539328854985
)

// fixed rounds such a number to so many bits behind the point.
func fixed(x uint64, bits int) int32 { return int32((x + 1<<(59-bits)) >> (60 - bits)) }

// precision is how one direction of the transform computes.
type precision struct {
	drop, bits         int // of operands before they are turned, and of the factors
	rootDrop, rootBits int
}

var (
	columns = precision{drop: 0, bits: 18, rootDrop: 12, rootBits: 12}
	rows    = precision{drop: 14, bits: 14, rootDrop: 14, rootBits: 14}
)

// turn rotates two values, with three products.
func (p precision) turn(x, y int32, cosine, sine uint64) (int32, int32) {
	x, y = x>>p.drop, y>>p.drop
	c, s := fixed(cosine, p.bits), fixed(sine, p.bits)
	both := c * (x + y)
	return both + (s-c)*y, both - (c+s)*x
}

// both is the sum and the difference of two values.
func both(x, y int32) (int32, int32) { return x + y, x - y }

// cosines is the transform of eight values, by the algorithm of Loeffler, Ligtenberg and Moschytz; the two that need no factor are not scaled.
func (p precision) cosines(x *[8]int32) {
	var even, odd [4]int32
	for i := range 4 {
		even[i], odd[i] = both(x[i], x[7-i])
	}
	// odd[0] is the difference of the outermost.
	a, d := p.turn(odd[3], odd[0], cos3, sin3)
	b, c := p.turn(odd[2], odd[1], cos1, sin1)
	s0, s3 := both(even[0], even[3])
	s1, s2 := both(even[1], even[2])
	x[0], x[4] = both(s0, s1)
	x[2], x[6] = p.turn(s2, s3, cos6r, sin6r)
	a, c = both(a, c)
	d, b = both(d, b)
	factor := fixed(root, p.rootBits)
	x[3], x[5] = (b>>p.rootDrop)*factor, (c>>p.rootDrop)*factor
	x[1], x[7] = both(d, a)
}

// forward transforms a block: its columns, then its rows.
func forward(b *block) {
	var x [8]int32
	for i := range 8 {
		for j := range x {
			x[j] = b[8*j+i]
		}
		columns.cosines(&x)
		// Values are meant to lie around 0.
		x[0] = (x[0] - 8*128) << 18
		x[4] <<= 18
		for j := range x {
			b[8*j+i] = x[j]
		}
	}
	for j := 0; j < 64; j += 8 {
		x = [8]int32(b[j : j+8])
		rows.cosines(&x)
		for i := range x {
			b[j+i] = (x[i] + 1<<17) >> 18
		}
	}
}

// Factors with half the root.
const (
	half  = 815238614083298888
	cos6h = 311978311033955632
	sin6h = 753182269664427492
)

// inverse is how one direction of the transform back computes.
type inverse struct {
	evenDrop, evenBits int
	halfDrop, halfBits int
	oddDrop, oddBits   int
}

var (
	rowsBack    = inverse{0, 18, 0, 8, 2, 12}
	columnsBack = inverse{13, 12, 13, 14, 14, 12}
)

// values is the transform back of eight values, of which the first two are the sum and the difference of the even ones without a factor.
func (v inverse) values(x *[8]int32) {
	even := precision{drop: v.evenDrop, bits: v.evenBits}
	odd := precision{drop: v.oddDrop, bits: v.oddBits}
	c, d := even.turnBack(x[2], x[6], cos6h, sin6h)
	var sums [4]int32
	sums[0], sums[3] = both(x[0], d)
	sums[1], sums[2] = both(x[4], c)
	a, b := both(x[1], x[7])
	factor := fixed(half, v.halfBits)
	e, f := (x[3]>>v.halfDrop)*factor, (x[5]>>v.halfDrop)*factor
	a, e = both(a, e)
	b, f = both(b, f)
	b, a = odd.turnBack(b, a, cos3, sin3)
	e, f = odd.turnBack(e, f, cos1, sin1)
	for i, difference := range [4]int32{a, f, e, b} {
		x[i], x[7-i] = both(sums[i], difference)
	}
}

// turnBack rotates the other way.
func (p precision) turnBack(x, y int32, cosine, sine uint64) (int32, int32) {
	x, y = x>>p.drop, y>>p.drop
	c, s := fixed(cosine, p.bits), -fixed(sine, p.bits)
	both := c * (x + y)
	return both + (s-c)*y, both - (c+s)*x
}

// backward transforms a block back: its rows, then its columns.
func backward(b *block) {
	for j := 0; j < 64; j += 8 {
		x := [8]int32(b[j : j+8])
		x[0], x[4] = both(x[0]<<17, x[4]<<17)
		x[1], x[7] = x[1]<<7, x[7]<<7
		rowsBack.values(&x)
		copy(b[j:], x[:])
	}
	for i := range 8 {
		var x [8]int32
		for j := range x {
			x[j] = b[8*j+i]
		}
		sum, difference := both(x[0]+1<<19, x[4])
		x[0], x[4] = sum>>2, difference>>2
		columnsBack.values(&x)
		for j := range x {
			b[8*j+i] = x[j] >> 18
		}
	}
}
