// Package ring is a ring of elements; any of them stands for all. Go: src/container/ring/ring.go.
package ring

// Ring is an element; its zero value is a ring of one.
type Ring struct {
	next, prev *Ring
	Value      any
}

// New returns a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	first := new(Ring)
	last := first
	for ; n > 1; n-- {
		r := &Ring{prev: last}
		last.next = r
		last = r
	}
	last.next, first.prev = first, last
	return first
}

func (r *Ring) alone() *Ring {
	r.next, r.prev = r, r
	return r
}

// Next returns the next element.
func (r *Ring) Next() *Ring {
	if r.next == nil {
		return r.alone()
	}
	return r.next
}

// Prev returns the previous element.
func (r *Ring) Prev() *Ring {
	if r.next == nil {
		return r.alone()
	}
	return r.prev
}

// Move goes n elements on, back if n is negative.
func (r *Ring) Move(n int) *Ring {
	if r.next == nil {
		return r.alone()
	}
	for ; n > 0; n-- {
		r = r.next
	}
	for ; n < 0; n++ {
		r = r.prev
	}
	return r
}

// Link puts s after r and returns what was there; in one ring it takes out what is between.
func (r *Ring) Link(s *Ring) *Ring {
	n := r.Next()
	if s != nil {
		p := s.Prev()
		r.next, s.prev = s, r
		n.prev, p.next = p, n
	}
	return n
}

// Unlink takes out n elements after r.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

// Len counts the elements.
func (r *Ring) Len() int {
	n := 0
	if r != nil {
		n = 1
		for p := r.Next(); p != r; p = p.next {
			n++
		}
	}
	return n
}

// Do calls f with each value.
func (r *Ring) Do(f func(any)) {
	if r == nil {
		return
	}
	f(r.Value)
	for p := r.Next(); p != r; p = p.next {
		f(p.Value)
	}
}
