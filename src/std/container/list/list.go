// Package list is a doubly linked list. Its root is an element that closes the ring. Go: src/container/list/list.go.
package list

// Element is a place in a list.
type Element struct {
	next, prev *Element
	list       *List // nil once removed
	Value      any
}

// Next returns the element after elem, nil at the end.
func (elem *Element) Next() *Element { return elem.inList(elem.next) }

// Prev returns the element before elem, nil at the beginning.
func (elem *Element) Prev() *Element { return elem.inList(elem.prev) }

func (elem *Element) inList(other *Element) *Element {
	if elem.list == nil || other == &elem.list.root {
		return nil
	}
	return other
}

// List is a list; its zero value is empty and ready.
type List struct {
	root Element // next is the first element, prev the last
	len  int
}

// New returns an empty list.
func New() *List { return new(List).Init() }

// Init empties the list.
func (list *List) Init() *List {
	list.root.next, list.root.prev, list.len = &list.root, &list.root, 0
	return list
}

func (list *List) ready() {
	if list.root.next == nil {
		list.Init()
	}
}

// Len returns the number of elements.
func (list *List) Len() int { return list.len }

// Front returns the first element, nil if there is none.
func (list *List) Front() *Element {
	if list.len == 0 {
		return nil
	}
	return list.root.next
}

// Back returns the last element, nil if there is none.
func (list *List) Back() *Element {
	if list.len == 0 {
		return nil
	}
	return list.root.prev
}

// link puts e after at.
func (chain *List) link(e, at *Element) *Element {
	e.prev, e.next = at, at.next
	e.next.prev = e
	at.next = e
	e.list = chain
	chain.len++
	return e
}

// unlink takes e out.
func (chain *List) unlink(e *Element) {
	e.prev.next, e.next.prev = e.next, e.prev
	e.next, e.prev, e.list = nil, nil, nil
	chain.len--
}

// shift moves e after at.
func (list *List) shift(e, at *Element) {
	if e == at {
		return
	}
	e.prev.next, e.next.prev = e.next, e.prev
	e.prev, e.next = at, at.next
	at.next.prev = e
	at.next = e
}

// Remove takes e out, if it is in chain, and returns its value.
func (chain *List) Remove(e *Element) any {
	if e.list == chain {
		chain.unlink(e)
	}
	return e.Value
}

// PushFront puts v at the beginning.
func (list *List) PushFront(v any) *Element {
	list.ready()
	return list.link(&Element{Value: v}, &list.root)
}

// PushBack puts v at the end.
func (list *List) PushBack(v any) *Element {
	list.ready()
	return list.link(&Element{Value: v}, list.root.prev)
}

// InsertBefore puts v before mark, if that is in chain.
func (chain *List) InsertBefore(v any, mark *Element) *Element {
	if mark.list != chain {
		return nil
	}
	return chain.link(&Element{Value: v}, mark.prev)
}

// InsertAfter puts v after mark, if that is in chain.
func (chain *List) InsertAfter(v any, mark *Element) *Element {
	if mark.list != chain {
		return nil
	}
	return chain.link(&Element{Value: v}, mark)
}

// MoveToFront moves e to the beginning.
func (chain *List) MoveToFront(e *Element) {
	if e.list == chain && chain.root.next != e {
		chain.shift(e, &chain.root)
	}
}

// MoveToBack moves e to the end.
func (chain *List) MoveToBack(e *Element) {
	if e.list == chain && chain.root.prev != e {
		chain.shift(e, chain.root.prev)
	}
}

// MoveBefore moves e before mark.
func (chain *List) MoveBefore(e, mark *Element) {
	if e.list == chain && e != mark && mark.list == chain {
		chain.shift(e, mark.prev)
	}
}

// MoveAfter moves e after mark.
func (chain *List) MoveAfter(e, mark *Element) {
	if e.list == chain && e != mark && mark.list == chain {
		chain.shift(e, mark)
	}
}

// PushBackList puts a copy of other at the end.
func (list *List) PushBackList(other *List) {
	list.ready()
	e := other.Front()
	for n := other.Len(); n > 0; n-- {
		list.PushBack(e.Value)
		e = e.Next()
	}
}

// PushFrontList puts a copy of other at the beginning.
func (list *List) PushFrontList(other *List) {
	list.ready()
	e := other.Back()
	for n := other.Len(); n > 0; n-- {
		list.PushFront(e.Value)
		e = e.Prev()
	}
}
