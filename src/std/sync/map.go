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
func (m *Map) Load(key any) (value any, ok bool) {
	value, ok = m.m.entries[key]
	return value, ok
}

// Store sets the value of key.
func (m *Map) Store(key, value any) { m.Swap(key, value) }

// Clear takes everything out.
func (m *Map) Clear() { clear(m.m.entries) }

// LoadOrStore returns the value of key, after setting it if there was none.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	if actual, loaded = m.m.entries[key]; loaded {
		return actual, true
	}
	m.Swap(key, value)
	return value, false
}

// LoadAndDelete takes key out and returns its value.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	value, loaded = m.m.entries[key]
	delete(m.m.entries, key)
	return value, loaded
}

// Delete takes key out.
func (m *Map) Delete(key any) { delete(m.m.entries, key) }

// Swap sets the value of key and returns the old one.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	if m.m.entries == nil {
		m.m.entries = make(map[any]any)
	}
	previous, loaded = m.m.entries[key]
	m.m.entries[key] = value
	return previous, loaded
}

// CompareAndSwap sets the value of key if it is old.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	if value, ok := m.m.entries[key]; !ok || value != old {
		return false
	}
	m.m.entries[key] = new
	return true
}

// CompareAndDelete takes key out if its value is old.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	if value, ok := m.m.entries[key]; !ok || value != old {
		return false
	}
	delete(m.m.entries, key)
	return true
}

// Range calls f with each entry until it returns false.
func (m *Map) Range(f func(key, value any) bool) {
	for k, v := range m.m.entries {
		if !f(k, v) {
			return
		}
	}
}
