// Package iter has the types of iterators, and turns one that pushes into one that is pulled.
//
// A pulled iterator runs in a goroutine of its own that waits between values. Go: src/iter/iter.go (there: coroutines of the runtime).
package iter

import "runtime"

// Seq calls yield with one value after the other, until yield returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 is Seq of pairs.
type Seq2[K, V any] func(yield func(K, V) bool)

// pull is the state of a pulled iterator, shared by both sides; only one of them runs at a time.
type pull struct {
	resume, ready chan struct{}
	started, done bool
	awaited       bool // next waits for a value
	how           ending
	panicked      any
}

// ending is how an iterator came to its end.
type ending int

const (
	returned ending = iota
	panicked
	exited
)

func newPull() *pull { return &pull{resume: make(chan struct{}), ready: make(chan struct{})} }

// step lets the iterator run until it has a value or is at its end.
func (p *pull) step(run func()) {
	if p.started {
		p.resume <- struct{}{}
	} else {
		p.started = true
		go p.run(run)
	}
	<-p.ready
	switch p.how {
	case panicked:
		panic(p.panicked)
	case exited:
		runtime.Goexit()
	}
}

func (p *pull) run(run func()) {
	p.how = exited
	defer func() {
		if e := recover(); e != nil {
			p.how, p.panicked = panicked, e
		}
		p.done = true
		p.ready <- struct{}{}
	}()
	run()
	p.how = returned
}

// ask is the part of next that knows no types; false at the end.
func (p *pull) ask(run func(), who string) bool {
	if p.done {
		return false
	}
	if p.awaited {
		panic(who + ": next called again before yield")
	}
	p.awaited = true
	p.step(run)
	return !p.done
}

// wanted reports whether yield may give a value.
func (p *pull) wanted(who string) bool {
	if !p.done && !p.awaited {
		panic(who + ": yield called again before next")
	}
	return !p.done
}

// give hands a value over and waits; false if no more are wanted.
func (p *pull) give() bool {
	p.awaited = false
	p.how = returned
	p.ready <- struct{}{}
	<-p.resume
	p.how = exited
	return !p.done
}

// stop ends the iterator early.
func (p *pull) stop() {
	if p.done {
		return
	}
	p.done = true
	if p.started {
		p.step(nil)
	}
}

// Pull returns functions that get the next value and that end the iteration.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	var value V
	p := newPull()
	run := func() {
		seq(func(v V) bool {
			if !p.wanted("iter.Pull") {
				return false
			}
			value = v
			return p.give()
		})
	}
	next = func() (v V, ok bool) {
		if !p.ask(run, "iter.Pull") {
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
			if !p.wanted("iter.Pull2") {
				return false
			}
			key, value = k, v
			return p.give()
		})
	}
	next = func() (k K, v V, ok bool) {
		if !p.ask(run, "iter.Pull2") {
			return k, v, false
		}
		k, key = key, k
		v, value = value, v
		return k, v, true
	}
	return next, p.stop
}
