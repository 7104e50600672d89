package time

import (
	"internal/runtime"
	"unsafe"
)

// Sleep lets the goroutine wait.
func Sleep(d Duration) {
	if d > 0 {
		runtime.Sleep(int64(d))
	}
}

// timer is what Timer and Ticker point to: its first two fields are theirs.
type timer struct {
	C      <-chan Time
	set    bool
	send   chan Time
	f      func() // what AfterFunc was given
	fire   func() // called by the machine
	period Duration
}

// expire is called when the time has come. It must not wait: a value that nobody took stays, and the new one is dropped.
func (t *timer) expire() {
	if t.f != nil {
		go t.f()
		return
	}
	select {
	case t.send <- Now():
	default:
	}
}

func newTimer(f func(), d, period Duration) *timer {
	t := &timer{set: true, f: f, period: period}
	if f == nil {
		t.send = make(chan Time, 1)
		t.C = t.send
	}
	t.fire = t.expire
	t.start(d)
	return t
}

// start sets the clock; what lies beyond all time is at its end.
func (t *timer) start(d Duration) {
	when := runtime.Nanotime()
	if d > 0 {
		if when += int64(d); when < 0 {
			when = 1<<63 - 1
		}
	}
	runtime.StartTimer(unsafe.Pointer(t), when, int64(t.period), t.fire)
}

// stop reports whether the timer was still to fire, or had a value that nobody took: that one is gone too.
func (t *timer) stop() bool {
	active := runtime.StopTimer(unsafe.Pointer(t))
	if t.f == nil {
		select {
		case <-t.send:
			active = true
		default:
		}
	}
	return active
}

// Timer fires once.
type Timer struct {
	C         <-chan Time
	initTimer bool
}

// NewTimer sends the time on its channel after d.
func NewTimer(d Duration) *Timer { return (*Timer)(unsafe.Pointer(newTimer(nil, d, 0))) }

// AfterFunc calls f in a goroutine of its own after d.
func AfterFunc(d Duration, f func()) *Timer {
	return (*Timer)(unsafe.Pointer(newTimer(f, d, 0)))
}

// After returns a channel on which the time comes after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Stop prevents the timer from firing; false if it has, or was stopped.
func (alarm *Timer) Stop() bool {
	if !alarm.initTimer {
		panic("time: Stop called on uninitialized Timer")
	}
	return (*timer)(unsafe.Pointer(alarm)).stop()
}

// Reset lets the timer fire after d, whatever was before; true if it was still to fire.
func (alarm *Timer) Reset(d Duration) bool {
	if !alarm.initTimer {
		panic("time: Reset called on uninitialized Timer")
	}
	inner := (*timer)(unsafe.Pointer(alarm))
	active := inner.stop()
	inner.start(d)
	return active
}

// Ticker fires again and again.
type Ticker struct {
	C          <-chan Time
	initTicker bool
}

// NewTicker sends the time on its channel every d.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	return (*Ticker)(unsafe.Pointer(newTimer(nil, d, d)))
}

// Stop ends it.
func (ticker *Ticker) Stop() {
	if ticker.initTicker {
		(*timer)(unsafe.Pointer(ticker)).stop()
	}
}

// Reset changes the interval.
func (ticker *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if !ticker.initTicker {
		panic("time: Reset called on uninitialized Ticker")
	}
	inner := (*timer)(unsafe.Pointer(ticker))
	inner.stop()
	inner.period = d
	inner.start(d)
}

// Tick returns the channel of a new Ticker, nil if d is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
