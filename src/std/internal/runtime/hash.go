package runtime

import "unsafe"

// Hashing and equality of values by their type descriptor.
//
// Plain memory is hashed and compared in one go; otherwise part by part, as the language defines equality: +0 equals -0, NaN equals
// nothing (and hashes at random, so that many NaN keys spread), strings by content, interfaces by dynamic type and value.
//
// Go: runtime/alg.go.

const (
	mix1 = 0x9e3779b97f4a7c15
	mix2 = 0xbf58476d1ce4e5b9
	mix3 = 0x94d049bb133111eb
)

// hash64 mixes one word into a hash: two rounds of multiply and shift.
func hash64(x uint64, seed uintptr) uintptr {
	h := (x ^ uint64(seed)) * mix1
	h ^= h >> 32
	h *= mix2
	return uintptr(h ^ h>>29)
}

// memhash mixes n bytes into a hash. From 4 bytes on the last word overlaps the one before, so there is no loop for what is left.
func memhash(p unsafe.Pointer, seed uintptr, n uintptr) uintptr {
	h := uint64(seed) ^ uint64(n)*mix3
	switch {
	case n > 8:
		last := *(*uint64)(unsafe.Add(p, n-8))
		for ; n > 8; n -= 8 {
			h = (h ^ *(*uint64)(p)) * mix1
			h ^= h >> 32
			p = unsafe.Add(p, 8)
		}
		return hash64(h^last, seed)
	case n == 8:
		return hash64(h^*(*uint64)(p), seed)
	case n >= 4:
		return hash64(h^uint64(*(*uint32)(p))<<32^uint64(*(*uint32)(unsafe.Add(p, n-4))), seed)
	case n > 0:
		return hash64(h^uint64(*(*byte)(p))<<16^uint64(*(*byte)(unsafe.Add(p, n>>1)))<<8^uint64(*(*byte)(unsafe.Add(p, n-1))), seed)
	}
	return hash64(h, seed)
}

func strhash(s string, seed uintptr) uintptr {
	return memhash(unsafe.Pointer(unsafe.StringData(s)), seed, uintptr(len(s)))
}

func f64hash(f float64, seed uintptr) uintptr {
	switch {
	case f == 0:
		return hash64(0, seed)
	case f != f:
		return hash64(cheaprand(), seed)
	}
	return hash64(*(*uint64)(unsafe.Pointer(&f)), seed)
}

// typehash hashes the value of type t at p.
func typehash(t *rtype, p unsafe.Pointer, seed uintptr) uintptr {
	if t.flags&flagPlain != 0 {
		switch t.size {
		case 8:
			return hash64(*(*uint64)(p), seed)
		case 4:
			return hash64(uint64(*(*uint32)(p)), seed)
		case 16:
			// What memhash answers.
			h := (uint64(seed) ^ mix3<<4&(1<<64-1) ^ *(*uint64)(p)) * mix1
			return hash64(h^h>>32^*(*uint64)(unsafe.Add(p, 8)), seed)
		}
		return memhash(p, seed, t.size)
	}
	switch t.kind {
	case kindString:
		return strhash(*(*string)(p), seed)
	case kindFloat32:
		return f64hash(float64(*(*float32)(p)), seed)
	case kindFloat64:
		return f64hash(*(*float64)(p), seed)
	case kindComplex64:
		c := (*[2]float32)(p)
		return f64hash(float64(c[1]), f64hash(float64(c[0]), seed))
	case kindComplex128:
		c := (*[2]float64)(p)
		return f64hash(c[1], f64hash(c[0], seed))
	case kindInterface:
		return interhash(t, p, seed)
	case kindArray:
		for i := 0; i < t.len; i++ {
			seed = typehash(t.elem, unsafe.Add(p, uintptr(i)*t.elem.size), seed)
		}
		return seed
	case kindStruct:
		for i := 0; i < t.fieldCount; i++ {
			f := (*field)(unsafe.Add(t.fields, uintptr(i)*unsafe.Sizeof(field{})))
			if f.name != "_" {
				seed = typehash(f.typ, unsafe.Add(p, f.offset), seed)
			}
		}
		return seed
	}
	panicUncomparable(t, 1)
	return 0
}

func interhash(t *rtype, p unsafe.Pointer, seed uintptr) uintptr {
	typ, data := dynamic(t, p)
	if typ == nil {
		return hash64(0, seed)
	}
	if typ.flags&flagComparable == 0 {
		panicUncomparable(typ, 1)
	}
	if typ.flags&flagDirect != 0 {
		return hash64(uint64(low(data)), seed^uintptr(typ.hash))
	}
	return typehash(typ, data, seed^uintptr(typ.hash))
}

// dynamic is the dynamic type and the data word of the interface value at p.
func dynamic(t *rtype, p unsafe.Pointer) (*rtype, unsafe.Pointer) {
	e := (*eface)(p)
	if t.fieldCount == 0 || e.typ == nil {
		return e.typ, e.data
	}
	i := (*iface)(p)
	return i.tab.typ, i.data
}

// typeequal compares the values of type t at p and q.
func typeequal(t *rtype, p, q unsafe.Pointer) bool {
	if t.flags&flagPlain != 0 {
		switch t.size {
		case 8:
			return *(*uint64)(p) == *(*uint64)(q)
		case 16:
			return *(*uint64)(p) == *(*uint64)(q) && *(*uint64)(unsafe.Add(p, 8)) == *(*uint64)(unsafe.Add(q, 8))
		}
		return memequal(p, q, int(t.size))
	}
	switch t.kind {
	case kindString:
		return *(*string)(p) == *(*string)(q)
	case kindFloat32:
		return *(*float32)(p) == *(*float32)(q)
	case kindFloat64:
		return *(*float64)(p) == *(*float64)(q)
	case kindComplex64:
		c, d := (*[2]float32)(p), (*[2]float32)(q)
		return c[0] == d[0] && c[1] == d[1]
	case kindComplex128:
		c, d := (*[2]float64)(p), (*[2]float64)(q)
		return c[0] == d[0] && c[1] == d[1]
	case kindInterface:
		typ, x := dynamic(t, p)
		other, y := dynamic(t, q)
		return typ == other && efaceeq(typ, x, y)
	case kindArray:
		for i := 0; i < t.len; i++ {
			at := uintptr(i) * t.elem.size
			if !typeequal(t.elem, unsafe.Add(p, at), unsafe.Add(q, at)) {
				return false
			}
		}
		return true
	case kindStruct:
		for i := 0; i < t.fieldCount; i++ {
			f := (*field)(unsafe.Add(t.fields, uintptr(i)*unsafe.Sizeof(field{})))
			if f.name != "_" && !typeequal(f.typ, unsafe.Add(p, f.offset), unsafe.Add(q, f.offset)) {
				return false
			}
		}
		return true
	}
	panicUncomparable(t, 0)
	return false
}

// efaceeq compares the data words of two interface values that have the same dynamic type t.
func efaceeq(t *rtype, x, y unsafe.Pointer) bool {
	if t == nil {
		return true
	}
	if t.flags&flagComparable == 0 {
		panicUncomparable(t, 0)
	}
	if t.flags&flagDirect != 0 {
		return x == y
	}
	return typeequal(t, x, y)
}

// ifaceeq is the same for interfaces with methods.
func ifaceeq(tab *itab, x, y unsafe.Pointer) bool {
	if tab == nil {
		return true
	}
	return efaceeq(tab.typ, x, y)
}
