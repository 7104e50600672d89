package runtime

import (
	"internal/runtime"
	"unsafe"
)

// Caller reports file and line number information about function invocations on the calling goroutine's stack.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if runtime.Callers(skip+1, unsafe.Pointer(&pcs), 1) < 1 {
		return
	}
	_, file, line, _, _ = runtime.PCInfo(pcs[0])
	return pcs[0], file, line, true
}

// Callers fills the slice pc with the return program counters of function invocations on the calling goroutine's stack.
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 {
		return 0
	}
	return runtime.Callers(skip, unsafe.Pointer(unsafe.SliceData(pc)), len(pc))
}

// A Func represents a Go function in the running binary.
type Func struct {
	name  string
	entry uintptr
	file  string
	line  int
}

// FuncForPC returns a *Func describing the function that contains the given program counter address, or else nil.
func FuncForPC(pc uintptr) *Func {
	name, file, line, entry, _ := runtime.PCInfo(pc)
	if name == "" {
		return nil
	}
	return funcOf(name, file, line, entry)
}

// known are the functions that were asked for: there is one Func for each.
var known map[string]*Func

func funcOf(name, file string, line int, entry uintptr) *Func {
	f := known[name]
	if f == nil {
		f = &Func{name, entry, file, line}
		if known == nil {
			known = map[string]*Func{}
		}
		known[name] = f
	}
	return f
}

// Name returns the name of the function.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry returns the entry address of the function.
func (f *Func) Entry() uintptr { return f.entry }

// FileLine returns the file name and line number of the source code corresponding to the program counter pc.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line, _, _ = runtime.PCInfo(pc)
	return file, line
}

// A Frame is the information returned by Frames for each call frame.
type Frame struct {
	PC        uintptr
	Func      *Func
	Function  string
	File      string
	Line      int
	startLine int
	Entry     uintptr
	funcInfo  struct{ code, module unsafe.Pointer }
}

// Frames may be used to get function/file/line information for a slice of PC values returned by Callers.
type Frames struct {
	callers []uintptr
}

// CallersFrames takes a slice of PC values returned by Callers and prepares to return function/file/line information.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns a Frame representing the next call frame in the slice of PC values.
func (ci *Frames) Next() (frame Frame, more bool) {
	if len(ci.callers) == 0 {
		return Frame{}, false
	}
	pc := ci.callers[0]
	ci.callers = ci.callers[1:]
	name, file, line, entry, inlined := runtime.PCInfo(pc)
	frame = Frame{PC: pc, Function: name, File: file, Line: line, Entry: entry}
	if !inlined {
		frame.Func = funcOf(name, file, line, entry)
	}
	return frame, len(ci.callers) > 0
}
