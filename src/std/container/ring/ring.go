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

func (elem *Ring) alone() *Ring {
	elem.next, elem.prev = elem, elem
	return elem
}

// Next returns the next element.
func (elem *Ring) Next() *Ring {
	if elem.next == nil {
		return elem.alone()
	}
	return elem.next
}

// Prev returns the previous element.
func (elem *Ring) Prev() *Ring {
	if elem.next == nil {
		return elem.alone()
	}
	return elem.prev
}

// Move goes n elements on, back if n is negative.
func (elem *Ring) Move(n int) *Ring {
	if elem.next == nil {
		return elem.alone()
	}
	for ; n > 0; n-- {
		elem = elem.next
	}
	for ; n < 0; n++ {
		elem = elem.prev
	}
	return elem
}

// Link puts s after elem and returns what was there; in one ring it takes out what is between.
func (elem *Ring) Link(s *Ring) *Ring {
	n := elem.Next()
	if s != nil {
		p := s.Prev()
		elem.next, s.prev = s, elem
		n.prev, p.next = p, n
	}
	return n
}

// Unlink takes out n elements after elem.
func (elem *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return elem.Link(elem.Move(n + 1))
}

// Len counts the elements.
func (elem *Ring) Len() int {
	n := 0
	if elem != nil {
		n = 1
		for p := elem.Next(); p != elem; p = p.next {
			n++
		}
	}
	return n
}

// Do calls f with each value.
func (elem *Ring) Do(f func(any)) {
	if elem == nil {
		return
	}
	f(elem.Value)
	for p := elem.Next(); p != elem; p = p.next {
		f(p.Value)
	}
}
