// Package list is a doubly linked list. Its root is an element that closes the ring. Go: src/container/list/list.go.
package list

// Element is a place in a list.
type Element struct {
	next, prev *Element
	list       *List // nil once removed
	Value      any
}

// Next returns the element after e, nil at the end.
func (e *Element) Next() *Element { return e.inList(e.next) }

// Prev returns the element before e, nil at the beginning.
func (e *Element) Prev() *Element { return e.inList(e.prev) }

func (e *Element) inList(other *Element) *Element {
	if e.list == nil || other == &e.list.root {
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
func (l *List) Init() *List {
	l.root.next, l.root.prev, l.len = &l.root, &l.root, 0
	return l
}

func (l *List) ready() {
	if l.root.next == nil {
		l.Init()
	}
}

// Len returns the number of elements.
func (l *List) Len() int { return l.len }

// Front returns the first element, nil if there is none.
func (l *List) Front() *Element {
	if l.len == 0 {
		return nil
	}
	return l.root.next
}

// Back returns the last element, nil if there is none.
func (l *List) Back() *Element {
	if l.len == 0 {
		return nil
	}
	return l.root.prev
}

// link puts e after at.
func (l *List) link(e, at *Element) *Element {
	e.prev, e.next = at, at.next
	e.next.prev = e
	at.next = e
	e.list = l
	l.len++
	return e
}

// unlink takes e out.
func (l *List) unlink(e *Element) {
	e.prev.next, e.next.prev = e.next, e.prev
	e.next, e.prev, e.list = nil, nil, nil
	l.len--
}

// shift moves e after at.
func (l *List) shift(e, at *Element) {
	if e == at {
		return
	}
	e.prev.next, e.next.prev = e.next, e.prev
	e.prev, e.next = at, at.next
	at.next.prev = e
	at.next = e
}

// Remove takes e out, if it is in l, and returns its value.
func (l *List) Remove(e *Element) any {
	if e.list == l {
		l.unlink(e)
	}
	return e.Value
}

// PushFront puts v at the beginning.
func (l *List) PushFront(v any) *Element {
	l.ready()
	return l.link(&Element{Value: v}, &l.root)
}

// PushBack puts v at the end.
func (l *List) PushBack(v any) *Element {
	l.ready()
	return l.link(&Element{Value: v}, l.root.prev)
}

// InsertBefore puts v before mark, if that is in l.
func (l *List) InsertBefore(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.link(&Element{Value: v}, mark.prev)
}

// InsertAfter puts v after mark, if that is in l.
func (l *List) InsertAfter(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.link(&Element{Value: v}, mark)
}

// MoveToFront moves e to the beginning.
func (l *List) MoveToFront(e *Element) {
	if e.list == l && l.root.next != e {
		l.shift(e, &l.root)
	}
}

// MoveToBack moves e to the end.
func (l *List) MoveToBack(e *Element) {
	if e.list == l && l.root.prev != e {
		l.shift(e, l.root.prev)
	}
}

// MoveBefore moves e before mark.
func (l *List) MoveBefore(e, mark *Element) {
	if e.list == l && e != mark && mark.list == l {
		l.shift(e, mark.prev)
	}
}

// MoveAfter moves e after mark.
func (l *List) MoveAfter(e, mark *Element) {
	if e.list == l && e != mark && mark.list == l {
		l.shift(e, mark)
	}
}

// PushBackList puts a copy of other at the end.
func (l *List) PushBackList(other *List) {
	l.ready()
	e := other.Front()
	for n := other.Len(); n > 0; n-- {
		l.PushBack(e.Value)
		e = e.Next()
	}
}

// PushFrontList puts a copy of other at the beginning.
func (l *List) PushFrontList(other *List) {
	l.ready()
	e := other.Back()
	for n := other.Len(); n > 0; n-- {
		l.PushFront(e.Value)
		e = e.Prev()
	}
}
