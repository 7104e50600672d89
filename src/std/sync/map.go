package sync

// Map is a map that goroutines share. (Goroutines take turns, so an ordinary map does.)
type Map struct {
	_ noCopy
	m sharedMap
}

type sharedMap struct {
	entries map[any]any
	_       [5]uintptr // as large as Go's
}

// Load returns the value of key.
func (table *Map) Load(key any) (value any, ok bool) {
	value, ok = table.m.entries[key]
	return value, ok
}

// Store sets the value of key.
func (table *Map) Store(key, value any) { table.Swap(key, value) }

// Clear takes everything out.
func (table *Map) Clear() { clear(table.m.entries) }

// LoadOrStore returns the value of key, after setting it if there was none.
func (table *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	if actual, loaded = table.m.entries[key]; loaded {
		return actual, true
	}
	table.Swap(key, value)
	return value, false
}

// LoadAndDelete takes key out and returns its value.
func (table *Map) LoadAndDelete(key any) (value any, loaded bool) {
	value, loaded = table.m.entries[key]
	delete(table.m.entries, key)
	return value, loaded
}

// Delete takes key out.
func (table *Map) Delete(key any) { delete(table.m.entries, key) }

// Swap sets the value of key and returns the old one.
func (table *Map) Swap(key, value any) (previous any, loaded bool) {
	if table.m.entries == nil {
		table.m.entries = make(map[any]any)
	}
	previous, loaded = table.m.entries[key]
	table.m.entries[key] = value
	return previous, loaded
}

// CompareAndSwap sets the value of key if it is old.
func (table *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	if value, ok := table.m.entries[key]; !ok || value != old {
		return false
	}
	table.m.entries[key] = new
	return true
}

// CompareAndDelete takes key out if its value is old.
func (table *Map) CompareAndDelete(key, old any) (deleted bool) {
	if value, ok := table.m.entries[key]; !ok || value != old {
		return false
	}
	delete(table.m.entries, key)
	return true
}

// Range calls f with each entry until it returns false.
func (table *Map) Range(f func(key, value any) bool) {
	for k, v := range table.m.entries {
		if !f(k, v) {
			return
		}
	}
}
