package reflect

import (
	"internal/desc"
	"internal/runtime"
	"unsafe"
)

// SelectDir says what a case of Select does.
type SelectDir int

const (
	_ SelectDir = iota
	SelectSend
	SelectRecv
	SelectDefault
)

// SelectCase is a case of Select.
type SelectCase struct {
	Dir  SelectDir
	Chan Value
	Send Value
}

// Select serves one of the cases.
func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool) {
	if len(cases) > 65536 {
		panic("reflect.Select: too many cases (max 65536)")
	}
	// The machine wants sends before receives.
	list := make([]runtime.Case, 0, len(cases))
	where := make([]int, 0, len(cases))
	fallback, sends := -1, 0
	add := func(i int, c Value, p unsafe.Pointer) {
		list = append(list, runtime.Case{Chan: c.word(), Elem: p})
		where = append(where, i)
	}
	for i := range cases {
		switch c := &cases[i]; c.Dir {
		case SelectDefault:
			fallback = defaultCase(c, i, fallback)
		case SelectSend:
			if p := c.given(); c.Chan.IsValid() {
				add(i, c.Chan, p)
				sends++
			}
		case SelectRecv:
			c.checkReceive()
		default:
			panic("reflect.Select: invalid Dir")
		}
	}
	for i := range cases {
		if c := &cases[i]; c.Dir == SelectRecv && c.Chan.IsValid() {
			add(i, c.Chan, desc.New(c.Chan.typ.Elem))
		}
	}
	at, ok := runtime.Select(list, sends, fallback < 0)
	if at < 0 {
		return fallback, Value{}, false
	}
	chosen = where[at]
	if at >= sends {
		t := cases[chosen].Chan.typ.Elem
		recv = Value{t, list[at].Elem, flag(t.Kind) | inside}
		if t.Flags&desc.FlagDirect != 0 {
			recv = Value{t, *(*unsafe.Pointer)(list[at].Elem), flag(t.Kind)}
		}
	}
	return chosen, recv, ok
}

func defaultCase(c *SelectCase, i, before int) int {
	switch {
	case before >= 0:
		panic("reflect.Select: multiple default cases")
	case c.Chan.IsValid():
		panic("reflect.Select: default case has Chan value")
	case c.Send.IsValid():
		panic("reflect.Select: default case has Send value")
	}
	return i
}

// given checks a send and returns where its value lies; a case without channel never goes on.
func (c *SelectCase) given() unsafe.Pointer {
	if !c.Chan.IsValid() {
		return nil
	}
	c.Chan.mustBe(Chan, "reflect.Select")
	c.Chan.mustBeExported("reflect.Select")
	if ChanDir(c.Chan.typ.Len)&SendDir == 0 {
		panic("reflect.Select: SendDir case using recv-only channel")
	}
	if !c.Send.IsValid() {
		panic("reflect.Select: SendDir case missing Send value")
	}
	c.Send.mustBeExported("reflect.Select")
	p := desc.New(c.Chan.typ.Elem)
	c.Send.fit("reflect.Select", c.Chan.typ.Elem).store(p)
	return p
}

func (c *SelectCase) checkReceive() {
	if c.Send.IsValid() {
		panic("reflect.Select: RecvDir case has Send value")
	}
	if !c.Chan.IsValid() {
		return
	}
	c.Chan.mustBe(Chan, "reflect.Select")
	c.Chan.mustBeExported("reflect.Select")
	if ChanDir(c.Chan.typ.Len)&RecvDir == 0 {
		panic("reflect.Select: RecvDir case using send-only channel")
	}
}
