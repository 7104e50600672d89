// Package runtime is what compiled code calls for maps, channels, select, strings, slices, hashing and equality.
//
// It is ordinary Go over unsafe: the machine itself (allocation, parking, panics) is reached through functions without a body, which are
// the entries of src/abi/entries.ts, and through the cells of src/abi/structs.ts. Pointers are never turned into integers here, since an
// integer shows the address that a program would see and not the offset in memory.
//
// Go keeps the originals in runtime and internal/runtime/maps.
package runtime

import "unsafe"

// rtype is a type descriptor: DESC of src/abi/types.ts.
type rtype struct {
	size       uintptr
	ptrdata    uintptr
	hash       uint32
	kind       uint8
	align      uint8
	flags      uint8
	_          uint8
	mask       *byte
	str        string
	name       string
	pkgPath    string
	elem       *rtype
	key        *rtype
	len        int
	fields     unsafe.Pointer
	fieldCount int
	methods    unsafe.Pointer
	methodN    int
	ptrTo      *rtype
	extra      *mapExtra
	number     int
}

// mapExtra is what linking adds to a map type: MAP_EXTRA of src/abi/types.ts.
type mapExtra struct {
	group     *rtype
	groupSize uintptr
	slotSize  uintptr
	elemOff   uintptr
	flags     uintptr
}

// field is a field of a struct type: FIELD of src/abi/types.ts.
type field struct {
	name     string
	pkgPath  string
	typ      *rtype
	offset   uintptr
	embedded uintptr
	tag      string
}

// itab is an interface's method table: ITAB of src/abi/types.ts.
type itab struct {
	inter *rtype
	typ   *rtype
	hash  uint32
}

// eface and iface are the two words of an interface value.
type eface struct {
	typ  *rtype
	data unsafe.Pointer
}

type iface struct {
	tab  *itab
	data unsafe.Pointer
}

// Flags of a type: DESC_FLAG.
const (
	flagComparable = 1
	flagPlain      = 2
	flagDirect     = 4
)

// Flags of a map type: MAP_FLAG.
const (
	mapNeedKeyUpdate = 1
	mapHashMightFail = 2
	mapIndirectKey   = 4
	mapIndirectElem  = 8
)

// Kinds: KIND of src/abi/types.ts.
const (
	kindBool       = 1
	kindFloat32    = 13
	kindFloat64    = 14
	kindComplex64  = 15
	kindComplex128 = 16
	kindArray      = 17
	kindInterface  = 20
	kindString     = 24
	kindStruct     = 25
)

// g is the part of a goroutine that lies in memory: G of src/runtime/sched/goroutine.ts.
type g struct {
	id         int
	param      unsafe.Pointer
	waiting    *sudog
	selectDone uint32
}

// Entries of the machine (src/abi/entries.ts).
func mallocgc(size uint32, t *rtype, zero bool) unsafe.Pointer
func newarray(t *rtype, n int) unsafe.Pointer
func bulkBarrier(t *rtype, dst, src unsafe.Pointer, n int)
func memequal(a, b unsafe.Pointer, n int) bool
func mapmove(t *rtype, m *hmap, from, left, right *table, bit uint64) bool
func rand() uint64
func gopark(reason int32)
func goready(gp unsafe.Pointer)
func panicPlain(text string)
func panicError(text string)
func panicNilMap()
func panicMakeSliceLen()
func panicMakeSliceCap()
func panicUncomparable(t *rtype, what int32)
func throw(text string)

// memmove and memclr are leaves of the machine, madeString is no call: the string of n bytes at p, without a check.
func memmove(dst, src unsafe.Pointer, n uintptr)
func memclr(p unsafe.Pointer, n uintptr)
func madeString(p unsafe.Pointer, n int) string

// Machine cells: CELL and MAP of src/abi/structs.ts.
const (
	cellSP         = 0x1008
	cellG          = 0x1014
	cellBarrier    = 0x1018
	cellStackTop   = 0x102c
	addrZero       = 0x2000
	addrSmallInts  = 0x2400
	addrZeroBase   = 0x2c00
	addrClassOf    = 0xa000
	zeroAreaSize   = 1024
	maxAlloc       = 1 << 47
	maxWasmAlloc   = 1 << 32
	pageSize       = 8192
	maxSmallObject = 32760
	headerFrom     = 512
	headerSize     = 8
)

// cell is the address of a fixed place in memory.
func cell(offset uintptr) unsafe.Pointer { return unsafe.Add(unsafe.Pointer(nil), offset) }

func getg() *g { return *(**g)(cell(cellG)) }

func barrierOn() bool { return *(*uint32)(cell(cellBarrier)) != 0 }

// onStack tells whether p points into the running goroutine's stack.
func onStack(p unsafe.Pointer) bool {
	at := low(p)
	return at >= *(*uint32)(cell(cellSP)) && at < *(*uint32)(cell(cellStackTop))
}

// low is the offset of p in memory: the low half of the word that holds it.
func low(p unsafe.Pointer) uint32 { return *(*uint32)(unsafe.Pointer(&p)) }

// newobject is a zeroed value of type t on the heap.
func newobject(t *rtype) unsafe.Pointer { return mallocgc(uint32(t.size), t, true) }

// typedmemmove copies a value of type t, telling the collector where that matters.
func typedmemmove(t *rtype, dst, src unsafe.Pointer) {
	if dst == src {
		return
	}
	if t.ptrdata != 0 && barrierOn() {
		bulkBarrier(t, dst, src, 1)
	}
	if t.size == 8 {
		*(*uint64)(dst) = *(*uint64)(src)
		return
	}
	memmove(dst, src, t.size)
}

// typedmemclr zeroes a value of type t.
func typedmemclr(t *rtype, p unsafe.Pointer) {
	if t.ptrdata != 0 && barrierOn() {
		bulkBarrier(t, p, nil, 1)
	}
	if t.size == 8 {
		*(*uint64)(p) = 0
		return
	}
	memclr(p, t.size)
}

// chance is the state of the generator behind cheaprand; the machine gives its first value.
var chance uint64

// cheaprand is a number whose quality is enough for map seeds and the order of select (xorshift64*).
func cheaprand() uint64 {
	if chance == 0 {
		chance = rand() | 1
	}
	x := chance
	x ^= x >> 12
	x ^= x << 25
	x ^= x >> 27
	chance = x
	return x * 0x2545f4914f6cdd1d
}

// cheaprandn is a number below n.
func cheaprandn(n uint32) uint32 { return uint32((cheaprand() >> 32) * uint64(n) >> 32) }
