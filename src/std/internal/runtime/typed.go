package runtime

import "unsafe"

// What internal/desc (and by it fmt, errors and reflect) may use of this package: values of a type known only by its descriptor.
// Types are passed as plain pointers, since descriptors have another name there.

func finditab(inter, t *rtype) *itab

// TypedMove copies a value of type t.
func TypedMove(t, dst, src unsafe.Pointer) { typedmemmove((*rtype)(t), dst, src) }

// TypedSwap exchanges two values of type t, word by word.
func TypedSwap(t, p, q unsafe.Pointer) {
	typ := (*rtype)(t)
	if typ.ptrdata != 0 && barrierOn() {
		bulkBarrier(typ, p, q, 1)
		bulkBarrier(typ, q, p, 1)
	}
	at := uintptr(0)
	for ; at+8 <= typ.size; at += 8 {
		a, b := (*uint64)(unsafe.Add(p, at)), (*uint64)(unsafe.Add(q, at))
		*a, *b = *b, *a
	}
	for ; at < typ.size; at++ {
		a, b := (*uint8)(unsafe.Add(p, at)), (*uint8)(unsafe.Add(q, at))
		*a, *b = *b, *a
	}
}

// TypedClear zeroes a value of type t.
func TypedClear(t, p unsafe.Pointer) { typedmemclr((*rtype)(t), p) }

// NewObject is a zeroed value of type t on the heap.
func NewObject(t unsafe.Pointer) unsafe.Pointer { return newobject((*rtype)(t)) }

// NewArray is a zeroed array of n values of type t on the heap.
func NewArray(t unsafe.Pointer, n int) unsafe.Pointer { return newarray((*rtype)(t), n) }

// FindItab is the method table of type t for interface inter, nil if it lacks a method.
func FindItab(inter, t unsafe.Pointer) unsafe.Pointer {
	return unsafe.Pointer(finditab((*rtype)(inter), (*rtype)(t)))
}

// Equal reports whether two values of type t are equal; it panics if they cannot be compared.
func Equal(t, p, q unsafe.Pointer) bool { return typeequal((*rtype)(t), p, q) }

// MapIter walks a map.
type MapIter struct{ it mapiter }

// Start goes to the first entry of map m of type t.
func (i *MapIter) Start(t, m unsafe.Pointer) { mapiterinit((*rtype)(t), (*hmap)(m), &i.it) }

// Next goes to the next entry.
func (i *MapIter) Next() { mapiternext(&i.it) }

// Key is where the present key lies, nil at the end.
func (i *MapIter) Key() unsafe.Pointer { return i.it.key }

// Elem is where the present element lies.
func (i *MapIter) Elem() unsafe.Pointer { return i.it.elem }

// MapLen is the number of entries.
func MapLen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return int((*hmap)(m).used)
}

// MakeMap is make(map, hint) of map type t.
func MakeMap(t unsafe.Pointer, hint int) unsafe.Pointer {
	return unsafe.Pointer(makemap((*rtype)(t), hint, nil))
}

// MapFind is where the element of a key lies, nil if the map does not have it.
func MapFind(t, m, key unsafe.Pointer) unsafe.Pointer {
	p, ok := mapaccess2((*rtype)(t), (*hmap)(m), key)
	if !ok {
		return nil
	}
	return p
}

// MapPlace is where the element of a key belongs; the key is put in.
func MapPlace(t, m, key unsafe.Pointer) unsafe.Pointer {
	return mapassign((*rtype)(t), (*hmap)(m), key)
}

// MapDelete takes a key out.
func MapDelete(t, m, key unsafe.Pointer) { mapdelete((*rtype)(t), (*hmap)(m), key) }

// MapClear takes everything out.
func MapClear(t, m unsafe.Pointer) { mapclear((*rtype)(t), (*hmap)(m)) }

// MakeChan is make(chan, size) of channel type t.
func MakeChan(t unsafe.Pointer, size int) unsafe.Pointer {
	return unsafe.Pointer(makechan((*rtype)(t), size))
}

// ChanSend sends the value at p; without wait only if it need not wait.
func ChanSend(c, p unsafe.Pointer, wait bool) bool {
	if !wait {
		return selectnbsend((*hchan)(c), p)
	}
	chansend1((*hchan)(c), p)
	return true
}

// ChanRecv receives into p; without wait only if it need not wait.
func ChanRecv(c, p unsafe.Pointer, wait bool) (selected, received bool) {
	if !wait {
		return selectnbrecv(p, (*hchan)(c))
	}
	return true, chanrecv2((*hchan)(c), p)
}

// ChanClose closes a channel.
func ChanClose(c unsafe.Pointer) { closechan((*hchan)(c)) }

// ChanLen is len of a channel.
func ChanLen(c unsafe.Pointer) int {
	if c == nil {
		return 0
	}
	return int((*hchan)(c).count)
}

// ChanCap is cap of a channel.
func ChanCap(c unsafe.Pointer) int {
	if c == nil {
		return 0
	}
	return int((*hchan)(c).size)
}

// SliceCopy is copy of n elements of type t.
func SliceCopy(t, dst, src unsafe.Pointer, n int) {
	et := (*rtype)(t)
	size := et.size * uintptr(n)
	if et.ptrdata != 0 && barrierOn() {
		bulkBarrier(et, dst, src, n)
	}
	memmove(dst, src, size)
}

// GrowSlice is growslice: room for num more elements of type t.
func GrowSlice(t, old unsafe.Pointer, newLen, oldCap, num int) (p unsafe.Pointer, room int) {
	p, _, room = growslice(old, newLen, oldCap, num, (*rtype)(t))
	return p, room
}
