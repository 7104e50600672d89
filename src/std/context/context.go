// Package context carries deadlines, cancellation and values down a tree of calls.
//
// A context that can be cancelled knows its children and cancels them with it; one that cannot passes everything on.
// Go: src/context.
package context

import (
	"errors"
	"sync"
	"time"
)

// Context is a node of the tree.
type Context interface {
	// Deadline is when the context is cancelled by itself; false if it is not.
	Deadline() (time.Time, bool)
	// Done is closed when the context is cancelled; nil if it never is.
	Done() <-chan struct{}
	// Err is Canceled or DeadlineExceeded once Done is closed.
	Err() error
	// Value is what the context or one above it holds under a key.
	Value(key any) any
}

type (
	// CancelFunc cancels a context.
	CancelFunc func()
	// CancelCauseFunc cancels a context and says why.
	CancelCauseFunc func(error)
)

// Err is one of the two.
var (
	Canceled               = errors.New("context canceled")
	DeadlineExceeded error = deadlineExceededError{}
)

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return }
func (emptyCtx) Done() <-chan struct{}                   { return nil }
func (emptyCtx) Err() error                              { return nil }
func (emptyCtx) Value(key any) any                       { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

// Background is the root.
func Background() Context { return backgroundCtx{} }

// TODO is a root for where it is not clear yet which context belongs there.
func TODO() Context { return todoCtx{} }

// own is the key by which a context that can be cancelled answers with itself.
var own int

// cancelCtx can be cancelled.
type cancelCtx struct {
	Context

	mu       sync.Mutex
	done     chan struct{}
	children []child // in the order in which they came
	err      error
	cause    error
}

type child interface {
	cancel(fromParent bool, err, cause error)
}

func (node *cancelCtx) Value(key any) any {
	if key == &own {
		return node
	}
	return node.Context.Value(key)
}

func (node *cancelCtx) Done() <-chan struct{} {
	node.mu.Lock()
	defer node.mu.Unlock()
	if node.done == nil {
		node.done = make(chan struct{})
	}
	return node.done
}

func (node *cancelCtx) Err() error {
	node.mu.Lock()
	defer node.mu.Unlock()
	return node.err
}

func (node *cancelCtx) String() string { return name(node.Context) + ".WithCancel" }

// closed is the Done channel of contexts that nobody had asked for one.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// attach makes self a child of the context above that can be cancelled, if there is one.
func (node *cancelCtx) attach(parent Context, self child) {
	node.Context = parent
	done := parent.Done()
	if done == nil {
		return
	}
	select {
	case <-done:
		self.cancel(false, parent.Err(), Cause(parent))
		return
	default:
	}
	if p, ok := parent.Value(&own).(*cancelCtx); ok && p.Done() == done {
		p.mu.Lock()
		err := p.err
		if err == nil {
			p.children = append(p.children, self)
		}
		p.mu.Unlock()
		if err != nil {
			self.cancel(false, err, p.cause)
		}
		return
	}
	if watcher, ok := parent.(afterFuncer); ok {
		node.mu.Lock()
		node.Context = watched{parent, watcher.AfterFunc(func() { self.cancel(true, parent.Err(), Cause(parent)) })}
		node.mu.Unlock()
		return
	}
	go func() { // a context of somebody else's: somebody has to watch it
		select {
		case <-done:
			self.cancel(false, parent.Err(), Cause(parent))
		case <-node.Done():
		}
	}()
}

// afterFuncer is a context of somebody else's that calls when it is cancelled.
type afterFuncer interface{ AfterFunc(func()) func() bool }

// watched is such a parent; stop ends the watch.
type watched struct {
	Context
	stop func() bool
}

// detach takes self out of its parent's children.
func (node *cancelCtx) detach(self child) {
	if parent, ok := node.Context.(watched); ok {
		parent.stop()
		return
	}
	p, ok := node.Context.Value(&own).(*cancelCtx)
	if !ok {
		return
	}
	p.mu.Lock()
	for i, other := range p.children {
		if other == self {
			last := len(p.children) - 1
			copy(p.children[i:], p.children[i+1:])
			p.children[last] = nil
			p.children = p.children[:last]
			break
		}
	}
	p.mu.Unlock()
}

func (node *cancelCtx) cancel(fromParent bool, err, cause error) {
	node.finish(node, fromParent, err, cause)
}

func (node *cancelCtx) finish(self child, fromParent bool, err, cause error) {
	if cause == nil {
		cause = err
	}
	node.mu.Lock()
	if node.err != nil {
		node.mu.Unlock()
		return
	}
	node.err, node.cause = err, cause
	if node.done == nil {
		node.done = closed
	} else {
		close(node.done)
	}
	children := node.children
	node.children = nil
	node.mu.Unlock()
	for _, other := range children {
		other.cancel(true, err, cause)
	}
	if !fromParent {
		node.detach(self)
	}
}

func check(parent Context) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
}

func newCancel(parent Context) *cancelCtx {
	check(parent)
	c := &cancelCtx{}
	c.attach(parent, c)
	return c
}

// canceller is the function by which a user of node cancels it.
func canceller(node child) CancelFunc {
	return func() { node.cancel(false, Canceled, nil) }
}

// WithCancel returns a context that can be cancelled.
func WithCancel(parent Context) (Context, CancelFunc) {
	node := newCancel(parent)
	return node, canceller(node)
}

// WithCancelCause is WithCancel with a reason.
func WithCancelCause(parent Context) (Context, CancelCauseFunc) {
	node := newCancel(parent)
	return node, func(why error) { node.cancel(false, Canceled, why) }
}

// Cause returns why a context was cancelled.
func Cause(c Context) error {
	if own, ok := c.Value(&own).(*cancelCtx); ok {
		own.mu.Lock()
		cause := own.cause
		own.mu.Unlock()
		if cause != nil {
			return cause
		}
	}
	return c.Err()
}

// timerCtx is cancelled when its time is over.
type timerCtx struct {
	cancelCtx
	timer    *time.Timer
	deadline time.Time
}

func (node *timerCtx) Deadline() (deadline time.Time, ok bool) { return node.deadline, true }

func (node *timerCtx) String() string {
	return name(node.Context) + ".WithDeadline(" + node.deadline.String() + " [" + time.Until(node.deadline).String() + "])"
}

func (node *timerCtx) cancel(fromParent bool, err, cause error) {
	node.finish(node, fromParent, err, cause)
	node.mu.Lock()
	if node.timer != nil {
		node.timer.Stop()
		node.timer = nil
	}
	node.mu.Unlock()
}

// WithDeadline returns a context that is cancelled at d.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) { return until(parent, d, nil) }

// WithDeadlineCause is WithDeadline with a reason.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	return until(parent, d, cause)
}

// until makes the contexts that end at a time: below a parent that ends sooner, plain ones.
func until(parent Context, end time.Time, why error) (Context, CancelFunc) {
	check(parent)
	if sooner, ok := parent.Deadline(); ok && sooner.Before(end) {
		node := newCancel(parent)
		return node, canceller(node)
	}
	node := &timerCtx{deadline: end}
	node.attach(parent, node)
	node.arm(why)
	return node, canceller(node)
}

// arm cancels the context at its time, at once if that is over.
func (node *timerCtx) arm(why error) {
	expire := func() { node.cancel(false, DeadlineExceeded, why) }
	left := time.Until(node.deadline)
	if left <= 0 {
		expire()
		return
	}
	node.mu.Lock()
	defer node.mu.Unlock()
	if node.err == nil {
		node.timer = time.AfterFunc(left, expire)
	}
}

// WithTimeout returns a context that is cancelled after a time.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return until(parent, time.Now().Add(timeout), nil)
}

// WithTimeoutCause is WithTimeout with a reason.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return until(parent, time.Now().Add(timeout), cause)
}

type valueCtx struct {
	Context
	key, val any
}

// WithValue returns a context with a value.
func WithValue(parent Context, key, val any) Context {
	check(parent)
	switch {
	case key == nil:
		panic("nil key")
	case !comparable(key):
		panic("key is not comparable")
	}
	return &valueCtx{Context: parent, key: key, val: val}
}

func (node *valueCtx) Value(key any) any {
	if node.key == key {
		return node.val
	}
	return node.Context.Value(key)
}

func (node *valueCtx) String() string {
	return name(node.Context) + ".WithValue(" + text(node.key) + ", " + text(node.val) + ")"
}

type withoutCancelCtx struct{ c Context }

// WithoutCancel returns a context with the values of parent that is never cancelled.
func WithoutCancel(parent Context) Context {
	check(parent)
	return withoutCancelCtx{parent}
}

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return }
func (withoutCancelCtx) Done() <-chan struct{}                   { return nil }
func (withoutCancelCtx) Err() error                              { return nil }

func (node withoutCancelCtx) Value(key any) any {
	if key == &own {
		return nil
	}
	return node.c.Value(key)
}

func (node withoutCancelCtx) String() string { return name(node.c) + ".WithoutCancel" }

type afterFuncCtx struct {
	cancelCtx
	once sync.Once
	f    func()
}

func (node *afterFuncCtx) cancel(fromParent bool, err, cause error) {
	node.finish(node, fromParent, err, cause)
	node.once.Do(func() { go node.f() })
}

// AfterFunc calls test in a goroutine of its own when ctx is cancelled; stop prevents it.
func AfterFunc(ctx Context, test func()) (stop func() bool) {
	a := &afterFuncCtx{f: test}
	a.attach(ctx, a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.cancel(false, Canceled, nil)
		}
		return stopped
	}
}
