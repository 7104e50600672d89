package sync

import (
	"internal/runtime"
	"unsafe"
)

// Pool keeps values for later use. A collection takes what was not used since the last one: the runtime turns `local` of every pool of allPools
// into its `victim`, and drops what was in victim.
//
// Its allocations are Go's: shelves for all processors at the first use after a collection, then rings of 8, 16, 32 … values.
// Go: sync/pool.go, sync/poolqueue.go.
type Pool struct {
	noCopy     noCopy
	local      unsafe.Pointer // *[processors]shelf
	localSize  uintptr
	victim     unsafe.Pointer // *[processors]shelf
	victimSize uintptr

	// New makes a value when there is none.
	New func() any
}

// shelf is what a processor holds of a pool: the value put last, and the others, in rings from newest to oldest. We have one processor.
type shelf struct {
	private    any
	head, tail *ring
	_          [96]byte
}

// ring holds values that were put one after another, in a power of two of places.
type ring struct {
	first, end uint32 // of the values, counted without end
	vals       []any
	newer      *ring
	older      *ring
}

const firstRing = 8

// allPools are the pools in use since the last collection, oldPools those with victims.
var allPools, oldPools []*Pool

func (s *shelf) push(x any) {
	r := s.head
	if r == nil {
		r = &ring{vals: make([]any, firstRing)}
		s.head, s.tail = r, r
	} else if int(r.end-r.first) == len(r.vals) {
		r = &ring{vals: make([]any, 2*len(r.vals)), older: r}
		s.head.newer = r
		s.head = r
	}
	r.vals[r.end&uint32(len(r.vals)-1)] = x
	r.end++
}

// pop takes the newest of the shared values.
func (s *shelf) pop() any {
	for r := s.head; r != nil; r = r.older {
		if r.end != r.first {
			r.end--
			return r.out(r.end)
		}
	}
	return nil
}

// popOldest takes the oldest of the shared values; rings that are used up are dropped.
func (s *shelf) popOldest() any {
	for r := s.tail; r != nil; r = s.tail {
		if r.end != r.first {
			r.first++
			return r.out(r.first - 1)
		}
		if r.newer == nil {
			return nil
		}
		s.tail = r.newer
		s.tail.older = nil
	}
	return nil
}

func (r *ring) out(at uint32) any {
	p := &r.vals[at&uint32(len(r.vals)-1)]
	x := *p
	*p = nil
	return x
}

// shelf is the pool's shelf of the processor; made at the first use since a collection.
func (pool *Pool) shelf() *shelf {
	if pool.localSize == 0 {
		if pool.local == nil {
			allPools = append(allPools, pool)
		}
		all := make([]shelf, runtime.Procs(0))
		pool.local = unsafe.Pointer(unsafe.SliceData(all))
		pool.localSize = uintptr(len(all))
	}
	return (*shelf)(pool.local)
}

// Put gives x to the pool.
func (pool *Pool) Put(x any) {
	if x == nil {
		return
	}
	s := pool.shelf()
	if s.private == nil {
		s.private = x
	} else {
		s.push(x)
	}
}

// Get takes a value out, or makes one.
func (pool *Pool) Get() any {
	s := pool.shelf()
	x := s.private
	s.private = nil
	if x == nil {
		if x = s.pop(); x == nil {
			x = pool.fromVictim()
		}
	}
	if x == nil && pool.New != nil {
		x = pool.New()
	}
	return x
}

// fromVictim takes a value that was there at the last collection; once there is none, nobody looks again.
func (pool *Pool) fromVictim() any {
	if pool.victimSize == 0 {
		return nil
	}
	s := (*shelf)(pool.victim)
	if x := s.private; x != nil {
		s.private = nil
		return x
	}
	x := s.popOldest()
	if x == nil {
		pool.victimSize = 0
	}
	return x
}
