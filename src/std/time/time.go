// Package time measures and shows time, on the virtual clock of the program.
//
// time.go: moments and their arithmetic; calendar.go: days, months, years; duration.go; layout.go: the pieces of a layout; format.go and
// parse.go: moments as text; zone.go: places; rules.go: their zones and when they change; timer.go: waiting; encode.go: JSON, text and
// binary. The zone database is zones.txt. Go: src/time.
package time

import (
	"internal/runtime"
	"math/bits"
)

// Time is a moment, with nanoseconds.
//
// The lowest 30 bits of wall are the nanoseconds. If the highest bit is 1, the 33 between are seconds since 1885 and ext is the
// monotonic clock; otherwise ext is seconds since the year 1.
type Time struct {
	wall uint64
	ext  int64
	loc  *Location // nil is UTC
}

const (
	hasMonotonic = 1 << 63
	nanoMask     = 1<<30 - 1

	secondsPerDay    = 86400
	unixToInternal   = 62135596800 // from the year 1 to 1970
	wallToInternal   = 59453308800 // from the year 1 to 1885
	earliestWall     = wallToInternal
	latestWall       = wallToInternal + 1<<33 - 1
	nanosecondsAtOne = 1e9
)

// started is the clock's reading when the program began.
var started = runtime.Nanotime() - 1

// Now returns the present moment.
func Now() Time {
	now := runtime.Nanotime()
	sec, nsec := now/nanosecondsAtOne, now%nanosecondsAtOne
	since := now - started
	sec += unixToInternal
	if sec < earliestWall || sec > latestWall {
		return Time{uint64(nsec), sec, Local}
	}
	return Time{hasMonotonic | uint64(sec-wallToInternal)<<30 | uint64(nsec), since, Local}
}

// Unix returns the moment so many seconds and nanoseconds after 1970 began.
func Unix(sec int64, nsec int64) Time {
	if nsec < 0 || nsec >= nanosecondsAtOne {
		n := nsec / nanosecondsAtOne
		sec += n
		if nsec -= n * nanosecondsAtOne; nsec < 0 {
			nsec += nanosecondsAtOne
			sec--
		}
	}
	return Time{uint64(nsec), sec + unixToInternal, Local}
}

// UnixMilli returns the moment so many milliseconds after 1970 began.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, msec%1e3*1e6) }

// UnixMicro returns the moment so many microseconds after 1970 began.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, usec%1e6*1e3) }

// Since returns the time that has passed since t.
func Since(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return clampedDifference(runtime.Nanotime()-started, t.ext)
	}
	return Now().Sub(t)
}

// Until returns the time until t.
func Until(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return clampedDifference(t.ext, runtime.Nanotime()-started)
	}
	return t.Sub(Now())
}

// seconds since the year 1.
func (at *Time) seconds() int64 {
	if at.wall&hasMonotonic != 0 {
		return wallToInternal + int64(at.wall<<1>>31)
	}
	return at.ext
}

func (at *Time) nanos() int64 { return int64(at.wall & nanoMask) }

// plain takes the monotonic clock off.
func (at Time) plain() Time {
	if at.wall&hasMonotonic != 0 {
		at.ext = at.seconds()
		at.wall &= nanoMask
	}
	return at
}

// both reports whether two moments have the monotonic clock.
func both(t, u *Time) bool { return t.wall&u.wall&hasMonotonic != 0 }

// IsZero reports whether at is the beginning of the year 1.
func (at Time) IsZero() bool { return at.seconds() == 0 && at.nanos() == 0 }

// After reports whether at is later than u.
func (at Time) After(u Time) bool { return at.Compare(u) > 0 }

// Before reports whether at is earlier than u.
func (at Time) Before(u Time) bool { return at.Compare(u) < 0 }

// Equal reports whether at and u are the same moment, wherever.
func (at Time) Equal(u Time) bool { return at.Compare(u) == 0 }

// Compare returns -1, 0 or 1.
func (at Time) Compare(u Time) int {
	a, b := at.ext, u.ext
	if !both(&at, &u) {
		a, b = at.seconds(), u.seconds()
		if a == b {
			a, b = at.nanos(), u.nanos()
		}
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Unix returns seconds since 1970 began.
func (at Time) Unix() int64 { return at.seconds() - unixToInternal }

// UnixMilli returns milliseconds since 1970 began.
func (at Time) UnixMilli() int64 { return at.Unix()*1e3 + at.nanos()/1e6 }

// UnixMicro returns microseconds since 1970 began.
func (at Time) UnixMicro() int64 { return at.Unix()*1e6 + at.nanos()/1e3 }

// UnixNano returns nanoseconds since 1970 began.
func (at Time) UnixNano() int64 { return at.Unix()*nanosecondsAtOne + at.nanos() }

// Add returns the moment d later.
func (at Time) Add(d Duration) Time {
	sec := at.seconds() + int64(d/nanosecondsAtOne)
	nsec := at.nanos() + int64(d%nanosecondsAtOne)
	switch {
	case nsec >= nanosecondsAtOne:
		nsec -= nanosecondsAtOne
		sec++
	case nsec < 0:
		nsec += nanosecondsAtOne
		sec--
	}
	if at.wall&hasMonotonic != 0 {
		mono := at.ext + int64(d)
		overflow := d < 0 && mono > at.ext || d > 0 && mono < at.ext
		if sec >= earliestWall && sec <= latestWall && !overflow {
			return Time{hasMonotonic | uint64(sec-wallToInternal)<<30 | uint64(nsec), mono, at.loc}
		}
	}
	return Time{uint64(nsec), sec, at.loc}
}

// clampedDifference is a - b, or the largest duration of its sign.
func clampedDifference(a, b int64) Duration {
	d := a - b
	switch {
	case d < 0 && a > b:
		return maxDuration
	case d > 0 && a < b:
		return minDuration
	}
	return Duration(d)
}

// Sub returns the time from u to at.
func (at Time) Sub(u Time) Duration {
	if both(&at, &u) {
		return clampedDifference(at.ext, u.ext)
	}
	d := Duration(at.seconds()-u.seconds())*Second + Duration(at.nanos()-u.nanos())
	switch {
	case u.Add(d).Equal(at):
		return d
	case at.Before(u):
		return minDuration
	}
	return maxDuration
}

// Truncate rounds down to a multiple of d since the year 1.
func (at Time) Truncate(d Duration) Time {
	at = at.plain()
	if d <= 0 {
		return at
	}
	rest, _ := at.modulo(d)
	return at.Add(-rest)
}

// Round rounds to the nearest multiple of d since the year 1, halves up.
func (at Time) Round(d Duration) Time {
	at = at.plain()
	if d <= 0 {
		return at
	}
	rest, _ := at.modulo(d)
	if rest+rest < rest || rest+rest >= d {
		return at.Add(d - rest)
	}
	return at.Add(-rest)
}

// modulo is the time since the year 1 divided by d: what is left, and whether the quotient is odd.
func (at *Time) modulo(d Duration) (rest Duration, odd bool) {
	sec, nsec := at.seconds(), at.nanos()
	negative := sec < 0
	if negative {
		sec = -sec
		if nsec = -nsec; nsec < 0 {
			nsec += nanosecondsAtOne
			sec--
		}
	}
	hi, lo := bits.Mul64(uint64(sec), nanosecondsAtOne)
	lo, carry := bits.Add64(lo, uint64(nsec), 0)
	quotient, left := bits.Div64((hi+carry)%uint64(d), lo, uint64(d))
	rest, odd = Duration(left), quotient&1 == 1
	if negative && rest != 0 {
		rest, odd = d-rest, !odd
	}
	return rest, odd
}
