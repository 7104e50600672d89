package sync

import "unsafe"

// Pool keeps values for later use. A collection takes what was not used since the last one: the runtime empties `local` into `victim`
// for every pool of allPools, and drops what was in victim.
type Pool struct {
	noCopy     noCopy
	local      unsafe.Pointer // *shelf
	localSize  uintptr
	victim     unsafe.Pointer // *shelf
	victimSize uintptr

	// New makes a value when there is none.
	New func() any
}

// shelf is what a pool holds: the value put last, and the others.
type shelf struct {
	private any
	shared  []any
}

// allPools are the pools that have a shelf.
var allPools []*Pool

func (s *shelf) take() (x any) {
	if s == nil {
		return nil
	}
	if x = s.private; x != nil {
		s.private = nil
		return x
	}
	if n := len(s.shared); n > 0 {
		x = s.shared[n-1]
		s.shared[n-1] = nil
		s.shared = s.shared[:n-1]
	}
	return x
}

// Put gives x to the pool.
func (pool *Pool) Put(x any) {
	if x == nil {
		return
	}
	if pool.local == nil {
		pool.local = unsafe.Pointer(&shelf{})
		pool.localSize = 1
		pool.register()
	}
	s := (*shelf)(pool.local)
	if s.private == nil {
		s.private = x
	} else {
		s.shared = append(s.shared, x)
	}
}

func (pool *Pool) register() {
	for _, known := range allPools {
		if known == pool {
			return
		}
	}
	allPools = append(allPools, pool)
}

// Get takes a value out, or makes one.
func (pool *Pool) Get() any {
	x := (*shelf)(pool.local).take()
	if x == nil {
		x = (*shelf)(pool.victim).take()
	}
	if x == nil && pool.New != nil {
		x = pool.New()
	}
	return x
}
