// Package iter has the types of iterators, and turns one that pushes into one that is pulled.
//
// A pulled iterator runs in a goroutine of its own that waits between values. Go: src/iter/iter.go (there: coroutines of the runtime).
package iter

// Seq calls yield with one value after the other, until yield returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 is Seq of pairs.
type Seq2[K, V any] func(yield func(K, V) bool)

// pull is the state of a pulled iterator, shared by both sides; only one of them runs at a time.
type pull struct {
	resume, ready chan struct{}
	started, done bool
	stopping      bool
	panicked      any
	hasPanic      bool
}

func newPull() *pull { return &pull{resume: make(chan struct{}), ready: make(chan struct{})} }

// step lets the iterator run until it has a value or is at its end.
func (p *pull) step(run func()) {
	if !p.started {
		p.started = true
		go func() {
			defer func() {
				if e := recover(); e != nil {
					p.panicked, p.hasPanic = e, true
				}
				p.done = true
				p.ready <- struct{}{}
			}()
			run()
		}()
	} else {
		p.resume <- struct{}{}
	}
	<-p.ready
	if p.hasPanic {
		p.hasPanic = false
		panic(p.panicked)
	}
}

// give hands a value over and waits; false if no more are wanted.
func (p *pull) give() bool {
	p.ready <- struct{}{}
	<-p.resume
	return !p.stopping
}

// stop ends the iterator early.
func (p *pull) stop() {
	if p.done {
		return
	}
	p.stopping = true
	if !p.started {
		p.done = true
		return
	}
	p.step(nil)
}

// Pull returns functions that get the next value and that end the iteration.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var value V
	p := newPull()
	run := func() {
		seq(func(v V) bool {
			value = v
			return p.give()
		})
	}
	next = func() (v V, ok bool) {
		if p.done {
			return v, false
		}
		p.step(run)
		if p.done {
			return v, false
		}
		v, value = value, v
		return v, true
	}
	return next, p.stop
}

// Pull2 is Pull of pairs.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	var key K
	var value V
	p := newPull()
	run := func() {
		seq(func(k K, v V) bool {
			key, value = k, v
			return p.give()
		})
	}
	next = func() (k K, v V, ok bool) {
		if p.done {
			return k, v, false
		}
		p.step(run)
		if p.done {
			return k, v, false
		}
		k, key = key, k
		v, value = value, v
		return k, v, true
	}
	return next, p.stop
}
