// Package signal tells of signals of the system, of which none ever comes here: whoever waits for one waits for ever, as on a machine where nobody sends any.
// Go: src/os/signal.
package signal

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
)

// state is which signals are asked for, and which are ignored. An empty list stands for all.
var state struct {
	sync.Mutex
	ignoresAll bool
	ignored    []os.Signal
}

// Notify asks for signals in a channel.
func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	heed(sig)
}

// heed ends that signals are ignored.
func heed(sig []os.Signal) {
	state.Lock()
	defer state.Unlock()
	if len(sig) == 0 {
		state.ignoresAll, state.ignored = false, nil
	}
	state.ignored = slices.DeleteFunc(state.ignored, func(s os.Signal) bool { return slices.Contains(sig, s) })
}

// Stop ends what Notify has asked for.
func Stop(c chan<- os.Signal) {}

// Ignore ignores signals, all if none are given.
func Ignore(sig ...os.Signal) {
	state.Lock()
	defer state.Unlock()
	state.ignoresAll = state.ignoresAll || len(sig) == 0
	state.ignored = append(state.ignored, sig...)
}

// Ignored reports whether a signal is ignored.
func Ignored(sig os.Signal) bool {
	state.Lock()
	defer state.Unlock()
	return state.ignoresAll || slices.Contains(state.ignored, sig)
}

// Reset ends what Notify and Ignore have done.
func Reset(sig ...os.Signal) { heed(sig) }

// NotifyContext returns a context that ends at a signal, or when it is stopped.
func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stop context.CancelFunc) {
	heed(signals)
	ctx, stop = context.WithCancel(parent)
	return &named{ctx, signals}, stop
}

// named is a context that tells which signals end it.
type named struct {
	context.Context
	signals []os.Signal
}

func (c *named) String() string {
	name := "signal.NotifyContext(" + strings.TrimSuffix(fmt.Sprint(c.Context), ".WithCancel")
	if len(c.signals) > 0 {
		name += ", " + fmt.Sprint(c.signals)
	}
	return name + ")"
}
