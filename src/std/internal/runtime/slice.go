package runtime

import "unsafe"

// Slices: making, growing, and moving from the stack to the heap. Capacities are exactly Go's, which follow from its size classes.
//
// Go: runtime/slice.go, runtime/msize.go.

// classSizes are the allocator's size classes. GOROOT/src/internal/runtime/gc/sizeclasses.go
var classSizes = [68]uint16{
	0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352, 384, 416, 448, 480, 512, 576, 640,
	704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192,
	9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
}

// roundupsize is the room that an object of n bytes gets, less its header.
func roundupsize(n uintptr, noscan bool) uintptr {
	if n > maxSmallObject {
		return (n + pageSize - 1) &^ (pageSize - 1)
	}
	extra := uintptr(0)
	if !noscan && n > headerFrom {
		extra = headerSize
	}
	class := *(*uint8)(cell(addrClassOf + (n+extra+7)>>3))
	return uintptr(classSizes[class]) - extra
}

// nextslicecap is the capacity that append wants for newLen elements.
func nextslicecap(newLen, oldCap int) int {
	if newLen > oldCap+oldCap {
		return newLen
	}
	if oldCap < 256 {
		return oldCap + oldCap
	}
	c := oldCap
	for uint(c) < uint(newLen) {
		c += (c + 3*256) >> 2
	}
	if c <= 0 {
		return newLen
	}
	return c
}

// mulTooLarge tells whether n elements of size bytes are more than can be addressed.
func mulTooLarge(size uintptr, n int) bool {
	return n < 0 || size != 0 && uintptr(n) > maxAlloc/size
}

// alloc is like mallocgc for any size; what the machine cannot address is out of memory.
func alloc(n uintptr, t *rtype, zero bool) unsafe.Pointer {
	if n >= maxWasmAlloc {
		throw("runtime: out of memory")
	}
	return mallocgc(uint32(n), t, zero)
}

func growslice(oldPtr unsafe.Pointer, newLen, oldCap, num int, et *rtype) (unsafe.Pointer, int, int) {
	if newLen < 0 {
		panicError("growslice: len out of range")
	}
	if et.size == 0 {
		return cell(addrZeroBase), newLen, newLen
	}
	newCap := nextslicecap(newLen, oldCap)
	if mulTooLarge(et.size, newCap) {
		panicError("growslice: len out of range")
	}
	noscan := et.ptrdata == 0
	capmem := roundupsize(et.size*uintptr(newCap), noscan)
	newCap = int(capmem / et.size)
	capmem = uintptr(newCap) * et.size
	oldLen := newLen - num
	var p unsafe.Pointer
	if noscan {
		p = alloc(capmem, nil, false)
		used := uintptr(newLen) * et.size
		memclr(unsafe.Add(p, used), capmem-used)
	} else {
		p = alloc(capmem, et, true)
		if oldLen > 0 && barrierOn() {
			bulkBarrier(et, p, oldPtr, oldLen)
		}
	}
	memmove(p, oldPtr, uintptr(oldLen)*et.size)
	return p, newLen, newCap
}

// growsliceBuf is growslice with a buffer in the caller's frame that may hold the elements.
func growsliceBuf(oldPtr unsafe.Pointer, newLen, oldCap, num int, et *rtype, buf unsafe.Pointer, bufLen int) (unsafe.Pointer, int, int) {
	if newLen > bufLen {
		return growslice(oldPtr, newLen, oldCap, num, et)
	}
	if oldLen := newLen - num; oldPtr != buf && oldLen != 0 {
		memmove(buf, oldPtr, uintptr(oldLen)*et.size)
	}
	newCap := int(roundupsize(uintptr(newLen)*et.size, et.ptrdata == 0) / et.size)
	if newLen < newCap {
		memclr(unsafe.Add(buf, uintptr(newLen)*et.size), uintptr(newCap-newLen)*et.size)
	}
	return buf, newLen, newCap
}

func makeslice(et *rtype, len, cap int) unsafe.Pointer {
	if mulTooLarge(et.size, cap) || len < 0 || len > cap {
		if mulTooLarge(et.size, len) {
			panicMakeSliceLen()
		}
		panicMakeSliceCap()
	}
	return alloc(et.size*uintptr(cap), et, true)
}

// makeslicecopy is make([]T, toLen) with fromLen elements copied into it.
func makeslicecopy(et *rtype, toLen, fromLen int, from unsafe.Pointer) unsafe.Pointer {
	if mulTooLarge(et.size, toLen) {
		panicMakeSliceLen()
	}
	total := et.size * uintptr(toLen)
	n := min(toLen, fromLen)
	var to unsafe.Pointer
	if et.ptrdata == 0 {
		to = alloc(total, nil, false)
		copied := et.size * uintptr(n)
		memclr(unsafe.Add(to, copied), total-copied)
	} else {
		to = alloc(total, et, true)
		if n > 0 && barrierOn() {
			bulkBarrier(et, to, from, n)
		}
	}
	memmove(to, from, et.size*uintptr(n))
	return to
}

// noElements is the array of an empty slice that leaves the stack.
func noElements(old unsafe.Pointer) (unsafe.Pointer, int, int) {
	if old != nil {
		old = cell(addrZeroBase)
	}
	return old, 0, 0
}

// The moveSlice functions copy a slice that was built in a frame to the heap when it leaves its function.

func moveSlice(et *rtype, old unsafe.Pointer, len, cap int) (unsafe.Pointer, int, int) {
	if cap == 0 {
		return noElements(old)
	}
	p := alloc(uintptr(cap)*et.size, et, true)
	if barrierOn() {
		bulkBarrier(et, p, old, cap)
	}
	memmove(p, old, uintptr(cap)*et.size)
	return p, len, cap
}

func moveSliceNoScan(elemSize uintptr, old unsafe.Pointer, len, cap int) (unsafe.Pointer, int, int) {
	if cap == 0 {
		return noElements(old)
	}
	p := alloc(uintptr(cap)*elemSize, nil, false)
	memmove(p, old, uintptr(cap)*elemSize)
	return p, len, cap
}

func moveSliceNoCap(et *rtype, old unsafe.Pointer, len int) (unsafe.Pointer, int, int) {
	if len == 0 {
		return noElements(old)
	}
	used := uintptr(len) * et.size
	cap := roundupsize(used, false) / et.size
	p := alloc(cap*et.size, et, true)
	if barrierOn() {
		bulkBarrier(et, p, old, len)
	}
	memmove(p, old, used)
	return p, len, int(cap)
}

func moveSliceNoCapNoScan(elemSize uintptr, old unsafe.Pointer, len int) (unsafe.Pointer, int, int) {
	if len == 0 {
		return noElements(old)
	}
	used := uintptr(len) * elemSize
	room := roundupsize(used, true)
	p := alloc(room, nil, false)
	memmove(p, old, used)
	memclr(unsafe.Add(p, used), room-used)
	return p, len, int(room / elemSize)
}

// unsafeslice checks the arguments of unsafe.Slice.
func unsafeslice(et *rtype, p unsafe.Pointer, len int) {
	if len < 0 {
		panicError("unsafe.Slice: len out of range")
	}
	if p == nil && len > 0 {
		panicError("unsafe.Slice: ptr is nil and len is not zero")
	}
	if mulTooLarge(et.size, len) || et.size*uintptr(len) > maxWasmAlloc-uintptr(low(p)) {
		panicError("unsafe.Slice: len out of range")
	}
}

// unsafestring checks the arguments of unsafe.String.
func unsafestring(p unsafe.Pointer, len int) {
	if len < 0 {
		panicError("unsafe.String: len out of range")
	}
	if p == nil && len > 0 {
		panicError("unsafe.String: ptr is nil and len is not zero")
	}
	if uintptr(len) > maxWasmAlloc-uintptr(low(p)) {
		panicError("unsafe.String: len out of range")
	}
}
