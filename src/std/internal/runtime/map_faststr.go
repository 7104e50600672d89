package runtime

import "unsafe"

// The map operations for keys that are strings. They do what map.go does, with the key in hand.
//
// Go: internal/runtime/maps/runtime_faststr.go.

func findStr(t *rtype, m *hmap, key string) unsafe.Pointer {
	x := t.extra
	hash := strhash(key, m.seed)
	h2 := uint64(hash & 0x7f)
	if m.dirLen == 0 {
		return inGroupStr(x, m.dirPtr, h2, key)
	}
	tab := m.tableFor(hash)
	at := uint64(hash>>7) & tab.mask
	for step := uint64(1); ; step++ {
		group := tab.group(x, at)
		if slot := inGroupStr(x, group, h2, key); slot != nil {
			return slot
		}
		if empties(ctrlOf(group)) != 0 {
			return nil
		}
		at = (at + step) & tab.mask
	}
}

func inGroupStr(x *mapExtra, group unsafe.Pointer, h2 uint64, key string) unsafe.Pointer {
	for match := matches(ctrlOf(group), h2); match != 0; match &= match - 1 {
		slot := slotAt(x, group, first(match))
		if *(*string)(slot) == key {
			return slot
		}
	}
	return nil
}

func mapassign_faststr(t *rtype, m *hmap, key string) unsafe.Pointer {
	if m == nil {
		panicNilMap()
	}
	x := t.extra
	hash := strhash(key, m.seed)
	for {
		slot, found := slotForStr(t, m, hash, key)
		if slot == nil {
			continue
		}
		if !found {
			*(*string)(slot) = key
			if x.flags&mapIndirectElem != 0 {
				*(*unsafe.Pointer)(unsafe.Add(slot, x.elemOff)) = newobject(t.elem)
			}
		} else {
			*(*string)(slot) = key
		}
		return elemIn(x, slot)
	}
}

func slotForStr(t *rtype, m *hmap, hash uintptr, key string) (unsafe.Pointer, bool) {
	x := t.extra
	h2 := uint64(hash & 0x7f)
	if m.dirLen == 0 {
		if m.dirPtr == nil {
			m.firstGroup(x)
		}
		if slot := inGroupStr(x, m.dirPtr, h2, key); slot != nil {
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
		if slot := inGroupStr(x, group, h2, key); slot != nil {
			return slot, true
		}
		ctrl := ctrlOf(group)
		if free := ctrl & highBits; free != 0 {
			if empty := empties(ctrl); empty != 0 {
				return m.take(t, tab, group, first(empty), deleted, deletedSlot, h2), false
			}
			if deleted == nil {
				deleted, deletedSlot = group, first(free)
			}
		}
		at = (at + step) & tab.mask
	}
}

func mapdelete_faststr(t *rtype, m *hmap, key string) {
	if m == nil || m.used == 0 {
		return
	}
	slot := findStr(t, m, key)
	if slot == nil {
		return
	}
	x := t.extra
	if m.dirLen == 0 {
		m.erase(t, nil, m.dirPtr, slot)
		return
	}
	tab := m.tableFor(strhash(key, m.seed))
	from := uintptr(low(slot) - low(tab.groups))
	m.erase(t, tab, unsafe.Add(tab.groups, from/x.groupSize*x.groupSize), slot)
}
