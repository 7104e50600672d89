package runtime

import "unsafe"

// Maps: Swiss tables behind a directory, with exactly the allocations of Go 1.26.
//
// A map holds up to 8 entries in one group (8 control bytes, 8 slots). Beyond, it has a directory of tables; each table is an array of
// groups that doubles up to 1,024 slots and then splits in two by one more bit of the hash. A control byte is empty, deleted, or the low
// seven bits of the hash (h2); the other bits (h1) say where the search begins.
//
//	map:   used 8 · seed 8 · groups or directory 8 · its length 8 (0: one group) · depth, shift, tombstones · clears 8      48 bytes
//	table: used, capacity, room (2 each) · depth · index 8 · groups 8 · mask 8                                            32 bytes
//
// Go: internal/runtime/maps/{map,table,group}.go.

type hmap struct {
	used uint64
	seed uintptr
	// dirPtr is the only group, or the directory: an array of dirLen tables.
	dirPtr unsafe.Pointer
	dirLen int
	// The directory has 1<<depth entries; hash>>shift is the index in it.
	depth, shift uint8
	writing      uint8
	tombstones   bool
	// clears counts clear(m), so that an iterator notices.
	clears uint64
}

type table struct {
	used, capacity, room uint16
	depth                uint8
	// index is the table's first place in the directory, -1 once it was replaced.
	index  int
	groups unsafe.Pointer
	mask   uint64
}

const (
	groupSlots  = 8
	maxTable    = 1024
	ctrlEmpty   = 0x80
	ctrlDeleted = 0xfe

	lowBits   = 0x0101010101010101
	highBits  = 0x8080808080808080
	allEmpty  = highBits
	byteIndex = 0x0001020304050607
)

// matches has a high bit for each control byte that equals h2; a byte may be wrongly marked, keys decide.
func matches(ctrl, h2 uint64) uint64 {
	v := ctrl ^ lowBits*h2
	return (v - lowBits) &^ v & highBits
}

func empties(ctrl uint64) uint64 { return ctrl &^ (ctrl << 6) & highBits }

func fulls(ctrl uint64) uint64 { return ^ctrl & highBits }

// first is the slot of the lowest bit of a match that isn't 0.
func first(m uint64) uintptr { return uintptr(((m & -m) >> 7 * byteIndex) >> 56) }

func ctrlOf(group unsafe.Pointer) uint64 { return *(*uint64)(group) }

func setCtrl(group unsafe.Pointer, slot uintptr, c uint8) { *(*uint8)(unsafe.Add(group, slot)) = c }

func slotAt(x *mapExtra, group unsafe.Pointer, slot uintptr) unsafe.Pointer {
	return unsafe.Add(group, 8+slot*x.slotSize)
}

// keyIn and elemIn are the addresses of a slot's key and element, wherever they are held.
func keyIn(x *mapExtra, slot unsafe.Pointer) unsafe.Pointer {
	if x.flags&mapIndirectKey != 0 {
		return *(*unsafe.Pointer)(slot)
	}
	return slot
}

func elemIn(x *mapExtra, slot unsafe.Pointer) unsafe.Pointer {
	p := unsafe.Add(slot, x.elemOff)
	if x.flags&mapIndirectElem != 0 {
		return *(*unsafe.Pointer)(p)
	}
	return p
}

func makemap_small() *hmap {
	m := new(hmap)
	m.seed = uintptr(cheaprand())
	return m
}

func makemap(t *rtype, hint int, m *hmap) *hmap {
	if hint < 0 {
		hint = 0
	}
	if m == nil {
		m = new(hmap)
	}
	m.seed = uintptr(cheaprand())
	if hint <= groupSlots {
		if m.dirPtr != nil {
			*(*uint64)(m.dirPtr) = allEmpty
		}
		return m
	}
	x := t.extra
	target := uint64(hint) * 8 / 7
	dirLen := pow2(divUp(target, maxTable))
	if uint64(hint) > maxAlloc/8 || dirLen*maxTable/8*uint64(x.groupSize) > maxWasmAlloc && target*uint64(x.groupSize)/8 > maxAlloc {
		return m
	}
	dir := make([]*table, dirLen)
	for n := dirLen; n > 1; n >>= 1 {
		m.depth++
	}
	m.shift = 64 - m.depth
	for i := range dir {
		dir[i] = newTable(x, target/dirLen, i, m.depth)
	}
	m.dirPtr = unsafe.Pointer(unsafe.SliceData(dir))
	m.dirLen = int(dirLen)
	return m
}

func divUp(a, b uint64) uint64 { return (a + b - 1) / b }

func pow2(n uint64) uint64 {
	p := uint64(1)
	for p < n {
		p <<= 1
	}
	return p
}

func newTable(x *mapExtra, capacity uint64, index int, depth uint8) *table {
	capacity = pow2(max(capacity, groupSlots))
	t := &table{capacity: uint16(capacity), depth: depth, index: index, mask: capacity/groupSlots - 1}
	t.groups = newarray(x.group, int(capacity/groupSlots))
	for i := uint64(0); i <= t.mask; i++ {
		*(*uint64)(t.group(x, i)) = allEmpty
	}
	t.resetRoom()
	return t
}

func (t *table) resetRoom() { t.room = roomOf(t.capacity) }

// roomOf is how many slots of a table may be used: all but one of a small one, 7 of 8 otherwise.
func roomOf(capacity uint16) uint16 {
	if capacity <= groupSlots {
		return capacity - 1
	}
	return capacity / 8 * 7
}

func (t *table) group(x *mapExtra, i uint64) unsafe.Pointer {
	return unsafe.Add(t.groups, uintptr(i)*x.groupSize)
}

func (m *hmap) dirAt(i int) **table { return (**table)(unsafe.Add(m.dirPtr, i*8)) }

func (m *hmap) tableFor(hash uintptr) *table {
	if m.dirLen == 1 {
		return *m.dirAt(0)
	}
	return *m.dirAt(int(hash >> (m.shift & 63)))
}

// find is the slot that holds key, nil if there is none.
func (m *hmap) find(t *rtype, key unsafe.Pointer) unsafe.Pointer {
	x := t.extra
	if m.dirLen == 0 && m.used == 0 {
		return nil
	}
	hash := typehash(t.key, key, m.seed)
	h2 := uint64(hash & 0x7f)
	if m.dirLen == 0 {
		return findInGroup(t, x, m.dirPtr, h2, key)
	}
	tab := m.tableFor(hash)
	at := uint64(hash>>7) & tab.mask
	for step := uint64(1); ; step++ {
		group := tab.group(x, at)
		if slot := findInGroup(t, x, group, h2, key); slot != nil {
			return slot
		}
		if empties(ctrlOf(group)) != 0 {
			return nil
		}
		at = (at + step) & tab.mask
	}
}

func findInGroup(t *rtype, x *mapExtra, group unsafe.Pointer, h2 uint64, key unsafe.Pointer) unsafe.Pointer {
	for match := matches(ctrlOf(group), h2); match != 0; match &= match - 1 {
		slot := slotAt(x, group, first(match))
		if typeequal(t.key, key, keyIn(x, slot)) {
			return slot
		}
	}
	return nil
}

func mapaccess1(t *rtype, m *hmap, key unsafe.Pointer) unsafe.Pointer {
	elem, _ := mapaccess2(t, m, key)
	return elem
}

func mapaccess2(t *rtype, m *hmap, key unsafe.Pointer) (unsafe.Pointer, bool) {
	if m == nil || m.used == 0 {
		if t.extra.flags&mapHashMightFail != 0 {
			typehash(t.key, key, 0)
		}
		return cell(addrZero), false
	}
	slot := m.find(t, key)
	if slot == nil {
		return cell(addrZero), false
	}
	return elemIn(t.extra, slot), true
}

func mapassign(t *rtype, m *hmap, key unsafe.Pointer) unsafe.Pointer {
	if m == nil {
		panicNilMap()
	}
	x := t.extra
	hash := typehash(t.key, key, m.seed)
	for {
		slot, found := m.slotFor(t, hash, key)
		if slot == nil {
			continue
		}
		if !found {
			m.storeKey(t, slot, key)
		} else if x.flags&mapNeedKeyUpdate != 0 {
			typedmemmove(t.key, keyIn(x, slot), key)
		}
		return elemIn(x, slot)
	}
}

// slotFor is the slot of key, made if it isn't there; nil if the table had to grow, so that the search must begin again.
func (m *hmap) slotFor(t *rtype, hash uintptr, key unsafe.Pointer) (unsafe.Pointer, bool) {
	x := t.extra
	h2 := uint64(hash & 0x7f)
	if m.dirLen == 0 {
		if m.dirPtr == nil {
			m.firstGroup(x)
		}
		if slot := findInGroup(t, x, m.dirPtr, h2, key); slot != nil {
			return slot, true
		}
		return m.takeSmall(t, h2), false
	}
	tab := m.tableFor(hash)
	at := uint64(hash>>7) & tab.mask
	var deleted unsafe.Pointer
	var deletedSlot uintptr
	for step := uint64(1); ; step++ {
		group := tab.group(x, at)
		if slot := findInGroup(t, x, group, h2, key); slot != nil {
			return slot, true
		}
		ctrl := ctrlOf(group)
		if free := ctrl & highBits; free != 0 {
			i := first(free)
			if empties(ctrl) != 0 {
				return m.take(t, tab, group, first(empties(ctrl)), deleted, deletedSlot, h2), false
			}
			if deleted == nil {
				deleted, deletedSlot = group, i
			}
		}
		at = (at + step) & tab.mask
	}
}

// firstGroup gives an empty map its only group.
func (m *hmap) firstGroup(x *mapExtra) {
	m.dirPtr = newarray(x.group, 1)
	*(*uint64)(m.dirPtr) = allEmpty
}

// takeSmall takes a free slot of the only group; nil if the map had to become a table.
func (m *hmap) takeSmall(t *rtype, h2 uint64) unsafe.Pointer {
	if m.used == groupSlots {
		m.toTable(t)
		return nil
	}
	free := ctrlOf(m.dirPtr) & highBits
	i := first(free)
	setCtrl(m.dirPtr, i, uint8(h2))
	m.used++
	return slotAt(t.extra, m.dirPtr, i)
}

// take uses the empty slot at the end of a search, or the deleted one met on the way; nil if the table had to grow.
func (m *hmap) take(t *rtype, tab *table, group unsafe.Pointer, i uintptr, deleted unsafe.Pointer, deletedSlot uintptr, h2 uint64) unsafe.Pointer {
	if deleted != nil {
		group, i = deleted, deletedSlot
		tab.room++
	} else if tab.room == 0 {
		tab.prune(t, m)
	}
	if tab.room == 0 {
		m.grow(t, tab)
		return nil
	}
	setCtrl(group, i, uint8(h2))
	tab.room--
	tab.used++
	m.used++
	return slotAt(t.extra, group, i)
}

// storeKey fills a new slot: the key, and rooms for key and element if they are held by pointer.
func (m *hmap) storeKey(t *rtype, slot, key unsafe.Pointer) {
	x := t.extra
	if x.flags&mapIndirectKey != 0 {
		*(*unsafe.Pointer)(slot) = newobject(t.key)
	}
	typedmemmove(t.key, keyIn(x, slot), key)
	if x.flags&mapIndirectElem != 0 {
		*(*unsafe.Pointer)(unsafe.Add(slot, x.elemOff)) = newobject(t.elem)
	}
}

// toTable moves a full group into the first table of a new directory.
func (m *hmap) toTable(t *rtype) {
	x := t.extra
	tab := newTable(x, 2*groupSlots, 0, 0)
	for i := uintptr(0); i < groupSlots; i++ {
		m.copySlot(t, tab, slotAt(x, m.dirPtr, i))
	}
	dir := make([]*table, 1)
	dir[0] = tab
	m.dirPtr = unsafe.Pointer(unsafe.SliceData(dir))
	m.dirLen = 1
	m.depth = 0
	m.shift = 64
}

// copySlot puts an entry whose key isn't in tab yet into it.
func (m *hmap) copySlot(t *rtype, tab *table, from unsafe.Pointer) {
	x := t.extra
	tab.place(x, typehash(t.key, keyIn(x, from), m.seed), from)
}

// place copies the slot at from to where its hash leads. The new table isn't reachable by others, but the collector must hear of pointers.
func (tab *table) place(x *mapExtra, hash uintptr, from unsafe.Pointer) {
	at := uint64(hash>>7) & tab.mask
	for step := uint64(1); ; step++ {
		group := tab.group(x, at)
		if free := ctrlOf(group) & highBits; free != 0 {
			i := first(free)
			copyWords(slotAt(x, group, i), from, x.slotSize, x.group.ptrdata != 0)
			setCtrl(group, i, uint8(hash&0x7f))
			tab.used++
			tab.room--
			return
		}
		at = (at + step) & tab.mask
	}
}

// copyWords copies a slot into fresh memory; while the collector marks, each word that may be a pointer is written by a pointer store.
func copyWords(to, from unsafe.Pointer, n uintptr, pointers bool) {
	if pointers && barrierOn() && n&7 == 0 {
		for at := uintptr(0); at < n; at += 8 {
			word := *(*uint64)(unsafe.Add(from, at))
			if word>>32 == 0 {
				*(*unsafe.Pointer)(unsafe.Add(to, at)) = *(*unsafe.Pointer)(unsafe.Add(from, at))
			} else {
				*(*uint64)(unsafe.Add(to, at)) = word
			}
		}
		return
	}
	memmove(to, from, n)
}

// grow replaces a full table by one of twice the size, or by two.
func (m *hmap) grow(t *rtype, tab *table) {
	if tab.capacity*2 <= maxTable {
		bigger := newTable(t.extra, uint64(tab.capacity)*2, tab.index, tab.depth)
		if !mapmove(t, m, tab, bigger, nil, 0) {
			x := t.extra
			for i := uint64(0); i <= tab.mask; i++ {
				group := tab.group(x, i)
				for match := fulls(ctrlOf(group)); match != 0; match &= match - 1 {
					m.copySlot(t, bigger, slotAt(x, group, first(match)))
				}
			}
		}
		m.install(bigger)
		tab.index = -1
		return
	}
	m.split(t, tab)
}

func (m *hmap) split(t *rtype, tab *table) {
	x := t.extra
	depth := tab.depth + 1
	left := newTable(x, maxTable, -1, depth)
	right := newTable(x, maxTable, -1, depth)
	bit := uintptr(1) << (64 - depth)
	if !mapmove(t, m, tab, left, right, uint64(bit)) {
		for i := uint64(0); i <= tab.mask; i++ {
			group := tab.group(x, i)
			for match := fulls(ctrlOf(group)); match != 0; match &= match - 1 {
				slot := slotAt(x, group, first(match))
				hash := typehash(t.key, keyIn(x, slot), m.seed)
				if hash&bit == 0 {
					left.place(x, hash, slot)
				} else {
					right.place(x, hash, slot)
				}
			}
		}
	}
	if tab.depth == m.depth {
		m.doubleDirectory()
	}
	left.index = tab.index
	m.install(left)
	right.index = left.index + 1<<(m.depth-left.depth)
	m.install(right)
	tab.index = -1
}

func (m *hmap) doubleDirectory() {
	dir := make([]*table, m.dirLen*2)
	for i := 0; i < m.dirLen; i++ {
		tab := *m.dirAt(i)
		dir[2*i], dir[2*i+1] = tab, tab
		if tab.index == i {
			tab.index = 2 * i
		}
	}
	m.depth++
	m.shift--
	m.dirPtr = unsafe.Pointer(unsafe.SliceData(dir))
	m.dirLen *= 2
}

// install enters a table into all its places in the directory.
func (m *hmap) install(tab *table) {
	n := 1 << (m.depth - tab.depth)
	for i := 0; i < n; i++ {
		*m.dirAt(tab.index + i) = tab
	}
}

// prune turns deleted slots that no search passes into empty ones.
func (tab *table) prune(t *rtype, m *hmap) {
	gone := roomOf(tab.capacity) - tab.used - tab.room
	if gone*10 < tab.capacity {
		return
	}
	x := t.extra
	var needed [maxTable / groupSlots]bool
	for i := uint64(0); i <= tab.mask; i++ {
		group := tab.group(x, i)
		for match := fulls(ctrlOf(group)); match != 0; match &= match - 1 {
			key := keyIn(x, slotAt(x, group, first(match)))
			if !typeequal(t.key, key, key) {
				// The search for such a key ends nowhere, so all are needed.
				return
			}
			at := uint64(typehash(t.key, key, m.seed)>>7) & tab.mask
			for step := uint64(1); at != i; step++ {
				if ctrlOf(tab.group(x, at))&highBits != 0 {
					needed[at] = true
				}
				at = (at + step) & tab.mask
			}
		}
	}
	for i := uint64(0); i <= tab.mask; i++ {
		if needed[i] {
			continue
		}
		group := tab.group(x, i)
		for j := uintptr(0); j < groupSlots; j++ {
			if *(*uint8)(unsafe.Add(group, j)) == ctrlDeleted {
				setCtrl(group, j, ctrlEmpty)
				tab.room++
			}
		}
	}
}

func mapdelete(t *rtype, m *hmap, key unsafe.Pointer) {
	if m == nil || m.used == 0 {
		if t.extra.flags&mapHashMightFail != 0 {
			typehash(t.key, key, 0)
		}
		return
	}
	x := t.extra
	hash := typehash(t.key, key, m.seed)
	h2 := uint64(hash & 0x7f)
	if m.dirLen == 0 {
		if slot := findInGroup(t, x, m.dirPtr, h2, key); slot != nil {
			m.erase(t, nil, m.dirPtr, slot)
		}
		return
	}
	tab := m.tableFor(hash)
	at := uint64(hash>>7) & tab.mask
	for step := uint64(1); ; step++ {
		group := tab.group(x, at)
		if slot := findInGroup(t, x, group, h2, key); slot != nil {
			m.erase(t, tab, group, slot)
			return
		}
		if empties(ctrlOf(group)) != 0 {
			return
		}
		at = (at + step) & tab.mask
	}
}

// erase empties a slot of the only group (tab nil) or of a table.
func (m *hmap) erase(t *rtype, tab *table, group, slot unsafe.Pointer) {
	x := t.extra
	if x.flags&mapIndirectKey != 0 {
		*(*unsafe.Pointer)(slot) = nil
	} else if t.key.ptrdata != 0 {
		typedmemclr(t.key, slot)
	}
	elem := unsafe.Add(slot, x.elemOff)
	if x.flags&mapIndirectElem != 0 {
		*(*unsafe.Pointer)(elem) = nil
	} else {
		typedmemclr(t.elem, elem)
	}
	i := uintptr(low(slot)-low(group)-8) / max(x.slotSize, 1)
	m.used--
	switch {
	case tab == nil:
		setCtrl(group, i, ctrlEmpty)
	case empties(ctrlOf(group)) != 0:
		tab.used--
		setCtrl(group, i, ctrlEmpty)
		tab.room++
	default:
		tab.used--
		setCtrl(group, i, ctrlDeleted)
		m.tombstones = true
	}
	if m.used == 0 {
		m.seed = uintptr(cheaprand())
	}
}

func mapclear(t *rtype, m *hmap) {
	if m == nil || m.used == 0 && !m.tombstones {
		return
	}
	x := t.extra
	if m.dirLen == 0 {
		clearGroup(x, m.dirPtr)
	}
	var last *table
	for i := 0; i < m.dirLen; i++ {
		tab := *m.dirAt(i)
		if tab == last {
			continue
		}
		for j := uint64(0); j <= tab.mask; j++ {
			clearGroup(x, tab.group(x, j))
		}
		tab.used = 0
		tab.resetRoom()
		last = tab
	}
	m.used = 0
	m.tombstones = false
	m.clears++
	m.seed = uintptr(cheaprand())
}

func clearGroup(x *mapExtra, group unsafe.Pointer) {
	typedmemclr(x.group, group)
	*(*uint64)(group) = allEmpty
}
