package runtime

import "unsafe"

// Iteration over maps: begins at a random entry, sees every entry that stays exactly once, also while the map grows.
//
// The iterator walks the tables that were there when it came to them. If one was replaced meanwhile, its keys are looked up again in the
// map as it is now; a key that is gone is skipped, one that never equals itself (NaN) is taken as it was.
//
// Go: internal/runtime/maps/table.go (Iter).

type mapiter struct {
	key, elem unsafe.Pointer
	typ       *rtype
	m         *hmap
	// Where the walk begins, in a table and in the directory.
	offset, dirOffset uint64
	clears            uint64
	// depth is the directory's when the iterator looked last.
	depth uint8
	// dirIndex is -1 for a map that was one group at the start.
	dirIndex int
	tab      *table
	group    unsafe.Pointer
	index    uint64
}

func mapiterinit(t *rtype, m *hmap, it *mapiter) {
	it.typ = t
	if m == nil || m.used == 0 {
		it.key = nil
		return
	}
	it.m = m
	it.offset = cheaprand()
	it.dirOffset = cheaprand()
	it.depth = m.depth
	it.clears = m.clears
	if m.dirLen == 0 {
		it.dirIndex = -1
		it.group = m.dirPtr
	}
	mapiternext(it)
}

func mapiternext(it *mapiter) {
	m := it.m
	if m == nil {
		it.key = nil
		return
	}
	if it.dirIndex < 0 {
		it.nextSmall()
		return
	}
	if it.depth != m.depth {
		grown := m.depth - it.depth
		it.dirIndex <<= grown
		it.dirOffset <<= grown
		it.depth = m.depth
	}
	for it.dirIndex < m.dirLen {
		if it.tab == nil {
			it.enterTable()
		}
		if it.nextInTable() {
			return
		}
		it.dirIndex += 1 << (m.depth - it.tab.depth)
		it.tab = nil
		it.group = nil
		it.index = 0
	}
	it.key = nil
	it.elem = nil
}

// nextSmall goes on in what was the only group.
func (it *mapiter) nextSmall() {
	x := it.typ.extra
	for it.index < groupSlots {
		i := uintptr(it.index+it.offset) & (groupSlots - 1)
		it.index++
		if *(*uint8)(unsafe.Add(it.group, i))&ctrlEmpty != 0 {
			continue
		}
		if it.take(slotAt(x, it.group, i), it.m.dirLen > 0) {
			return
		}
	}
	it.key = nil
	it.elem = nil
}

// enterTable finds the table at the present place of the directory; a walk that begins inside a table's places goes back to its first.
func (it *mapiter) enterTable() {
	at := int((uint64(it.dirIndex) + it.dirOffset) & uint64(it.m.dirLen-1))
	tab := *it.m.dirAt(at)
	if tab.index != at {
		it.dirOffset -= uint64(at - tab.index)
	}
	it.tab = tab
}

// nextInTable goes to the next entry of the present table; false if there is none.
func (it *mapiter) nextInTable() bool {
	x := it.typ.extra
	tab := it.tab
	last := uint64(tab.capacity) - 1
	for it.index <= last {
		i := (it.index + it.offset) & last
		slot := uintptr(i & (groupSlots - 1))
		if slot == 0 || it.group == nil {
			it.group = tab.group(x, i/groupSlots)
		}
		it.index++
		if *(*uint8)(unsafe.Add(it.group, slot))&ctrlEmpty != 0 {
			continue
		}
		if it.take(slotAt(x, it.group, slot), tab.index == -1) {
			return true
		}
	}
	return false
}

// take stops at an entry; if its table was replaced, at what the map holds for the key now.
func (it *mapiter) take(slot unsafe.Pointer, replaced bool) bool {
	t, x := it.typ, it.typ.extra
	key := keyIn(x, slot)
	if replaced {
		now := it.m.find(t, key)
		switch {
		case now != nil:
			slot = now
			key = keyIn(x, slot)
		case it.clears != it.m.clears || typeequal(t.key, key, key):
			return false
		}
	}
	it.key = key
	it.elem = elemIn(x, slot)
	return true
}
