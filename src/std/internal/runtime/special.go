package runtime

import "unsafe"

// Finalizers, cleanups and weak pointers, as far as they are Go: checks, and the goroutine that runs what the collector has queued.
//
// Go: runtime/mfinal.go, runtime/mcleanup.go, internal/weak.

func setFinalizer(p, f unsafe.Pointer) int
func addCleanup(p unsafe.Pointer, f func()) uint64
func stopCleanup(id uint64)
func weakHandle(p unsafe.Pointer) unsafe.Pointer
func weakStrong(handle unsafe.Pointer) unsafe.Pointer
func nextSpecial() (kind int, f, object unsafe.Pointer)
func startSystem(f func())

const (
	kindFunc    = 19
	kindPointer = 22

	waitFinalizer = 10
)

// specialsRun tells whether the goroutine that runs finalizers and cleanups exists.
var specialsRun bool

func startSpecials() {
	if !specialsRun {
		specialsRun = true
		startSystem(runSpecials)
	}
}

// runSpecials runs what the collector has queued, one after another. The kinds tell how the function is called (machine.ts).
func runSpecials() {
	for {
		kind, f, object := nextSpecial()
		switch kind {
		case 0:
			gopark(waitFinalizer)
		case 1:
			(*(*func())(unsafe.Pointer(&f)))()
		case 2:
			(*(*func(unsafe.Pointer))(unsafe.Pointer(&f)))(object)
		case 3:
			(*(*func(unsafe.Pointer) int)(unsafe.Pointer(&f)))(object)
		case 4:
			(*(*func(unsafe.Pointer) uint32)(unsafe.Pointer(&f)))(object)
		case 5:
			(*(*func(unsafe.Pointer) string)(unsafe.Pointer(&f)))(object)
		case 6:
			(*(*func(unsafe.Pointer) any)(unsafe.Pointer(&f)))(object)
		}
	}
}

// SetFinalizer is runtime.SetFinalizer.
func SetFinalizer(obj, finalizer any) {
	o, f := (*eface)(unsafe.Pointer(&obj)), (*eface)(unsafe.Pointer(&finalizer))
	if o.typ == nil {
		throw("runtime.SetFinalizer: first argument is nil")
	}
	if o.typ.kind != kindPointer {
		throw("runtime.SetFinalizer: first argument is " + o.typ.str + ", not pointer")
	}
	if o.data == nil {
		throw("nil elem type!")
	}
	if f.typ == nil {
		setFinalizer(o.data, nil)
		return
	}
	if f.typ.kind != kindFunc {
		throw("runtime.SetFinalizer: second argument is " + f.typ.str + ", not a function")
	}
	if f.typ.len != 0 {
		throw("runtime.SetFinalizer: cannot pass " + o.typ.str + " to finalizer " + f.typ.str + " because dotdotdot")
	}
	if f.typ.fieldCount != 1 {
		throw("runtime.SetFinalizer: cannot pass " + o.typ.str + " to finalizer " + f.typ.str)
	}
	call := f.data
	param := *(**rtype)(f.typ.fields)
	switch {
	case param == o.typ:
	case param.kind == kindPointer && param.elem == o.typ.elem:
	case param.kind == kindInterface && param.fieldCount == 0:
		typ := o.typ
		fn := *(*func(any))(unsafe.Pointer(&call))
		wrapped := func(p unsafe.Pointer) {
			e := eface{typ, p}
			fn(*(*any)(unsafe.Pointer(&e)))
		}
		call = *(*unsafe.Pointer)(unsafe.Pointer(&wrapped))
	default:
		throw("runtime.SetFinalizer: cannot pass " + o.typ.str + " to finalizer " + f.typ.str)
	}
	if f.typ.methodN == 1 {
		call = withArea(call, *(**rtype)(f.typ.methods))
	}
	startSpecials()
	switch setFinalizer(o.data, call) {
	case 1:
		throw("runtime.SetFinalizer: finalizer already set")
	case 2:
		throw("runtime.SetFinalizer: pointer not in allocated block")
	case 3: // an inner byte, which only the tiny allocator hands out
		if o.typ.elem.ptrdata != 0 || o.typ.elem.size >= 16 {
			throw("runtime.SetFinalizer: pointer not at beginning of allocated block")
		}
	}
}

// withArea is a finalizer that gives call room for a result that comes back in memory; call itself where results don't.
func withArea(call unsafe.Pointer, result *rtype) unsafe.Pointer {
	if result.kind != kindArray && (result.kind != kindStruct || result.size <= 48) {
		return call
	}
	wrapped := func(p unsafe.Pointer) {
		area := mallocgc(uint32(result.size), result, true)
		(*(*func(area, p unsafe.Pointer))(unsafe.Pointer(&call)))(area, p)
	}
	return *(*unsafe.Pointer)(unsafe.Pointer(&wrapped))
}

// AddCleanup is runtime.AddCleanup with its argument bound.
func AddCleanup(p unsafe.Pointer, f func()) uint64 {
	if p == nil {
		panicPlain("runtime.AddCleanup: ptr is nil")
	}
	startSpecials()
	return addCleanup(p, f)
}

// StopCleanup takes a cleanup back.
func StopCleanup(id uint64) { stopCleanup(id) }

// WeakHandle is the word that all weak pointers to the object at p share; it becomes nil when the object is gone.
func WeakHandle(p unsafe.Pointer) unsafe.Pointer { return weakHandle(p) }

// WeakStrong is the object that a weak handle stands for, nil if it is gone.
func WeakStrong(handle unsafe.Pointer) unsafe.Pointer { return weakStrong(handle) }

func wrapperPanic()

// WrapperPanic is the panic of a method with a value receiver that was called through a nil pointer.
func WrapperPanic() { wrapperPanic() }
