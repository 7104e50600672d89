package runtime

import "unsafe"

// Boxing: the data word of an interface for a value that is no pointer. Small integers, zero strings and slices need no allocation.
//
// Go: runtime/iface.go (convT…).

func convT16(v uint16) unsafe.Pointer {
	if v < 256 {
		return unsafe.Add(cell(addrSmallInts), uintptr(v)*8)
	}
	p := mallocgc(2, nil, false)
	*(*uint16)(p) = v
	return p
}

func convT32(v uint32) unsafe.Pointer {
	if v < 256 {
		return unsafe.Add(cell(addrSmallInts), uintptr(v)*8)
	}
	p := mallocgc(4, nil, false)
	*(*uint32)(p) = v
	return p
}

func convT64(v uint64) unsafe.Pointer {
	if v < 256 {
		return unsafe.Add(cell(addrSmallInts), uintptr(v)*8)
	}
	p := mallocgc(8, nil, false)
	*(*uint64)(p) = v
	return p
}

func convTstring(v string) unsafe.Pointer {
	if v == "" {
		return cell(addrZero)
	}
	p := new(string)
	*p = v
	return unsafe.Pointer(p)
}

func convTslice(v []byte) unsafe.Pointer {
	if unsafe.SliceData(v) == nil {
		return cell(addrZero)
	}
	p := new([]byte)
	*p = v
	return unsafe.Pointer(p)
}

// convT boxes a copy of the value of type t at p.
func convT(t *rtype, p unsafe.Pointer) unsafe.Pointer {
	q := mallocgc(uint32(t.size), t, t.ptrdata != 0)
	if t.ptrdata != 0 && barrierOn() {
		bulkBarrier(t, q, p, 1)
	}
	memmove(q, p, t.size)
	return q
}
