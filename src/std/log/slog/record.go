package slog

import (
	"runtime"
	"slices"
	"time"
)

// near is how many attributes a record holds without memory of their own.
const near = 5

// Record is an event.
type Record struct {
	Time    time.Time
	Message string
	Level   Level
	PC      uintptr

	front  [near]Attr
	nFront int
	back   []Attr
}

// NewRecord returns a record without attributes.
func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	return Record{Time: t, Message: msg, Level: level, PC: pc}
}

// Clone returns a copy to which attributes can be added.
func (event Record) Clone() Record {
	event.back = slices.Clip(event.back)
	return event
}

// NumAttrs returns how many attributes there are.
func (event Record) NumAttrs() int { return event.nFront + len(event.back) }

// Attrs calls f with each attribute until it returns false.
func (event Record) Attrs(f func(Attr) bool) {
	for _, list := range [][]Attr{event.front[:event.nFront], event.back} {
		for _, pair := range list {
			if !f(pair) {
				return
			}
		}
	}
}

func (event *Record) add(pair Attr, more int) {
	switch {
	case pair.emptyGroup():
	case event.nFront < near:
		event.front[event.nFront] = pair
		event.nFront++
	default:
		if event.back == nil {
			event.back = make([]Attr, 0, more+1)
		}
		event.back = append(event.back, pair)
	}
}

// AddAttrs adds attributes; empty groups are left out.
func (event *Record) AddAttrs(attrs ...Attr) {
	if cap(event.back) > len(event.back) && !event.back[:len(event.back)+1][len(event.back)].empty() && event.nFront+len(attrs) > near {
		// Another copy of the record has added attributes there.
		event.back = append(slices.Clip(event.back), String("!BUG", "AddAttrs unsafely called on copy of Record made without using Record.Clone"))
	}
	for i, pair := range attrs {
		event.add(pair, len(attrs)-i-1)
	}
}

// Add adds keys with values, and attributes.
func (event *Record) Add(args ...any) {
	for len(args) > 0 {
		var pair Attr
		pair, args = pairOf(args)
		event.add(pair, len(args)/2)
	}
}

// Source is a place in a program.
type Source struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}

// Source returns where the record was made, nil if that is not known.
func (event Record) Source() *Source {
	if event.PC == 0 {
		return nil
	}
	frame, _ := runtime.CallersFrames([]uintptr{event.PC}).Next()
	return &Source{frame.Function, frame.File, frame.Line}
}

func (place *Source) group() Value {
	var list []Attr
	if place.Function != "" {
		list = append(list, String("function", place.Function))
	}
	if place.File != "" {
		list = append(list, String("file", place.File))
	}
	if place.Line != 0 {
		list = append(list, Int("line", place.Line))
	}
	return GroupValue(list...)
}
