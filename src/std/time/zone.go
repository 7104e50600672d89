package time

import "errors"

// Location is a place with its time: a fixed offset from UTC.
type Location struct {
	name string
	zone []zone
	// What Go has for places whose time changes.
	tx         []zoneTrans
	extend     string
	cacheStart int64
	cacheEnd   int64
	cacheZone  *zone
}

type zone struct {
	name   string
	offset int // seconds east of UTC
	isDST  bool
}

type zoneTrans struct {
	when         int64
	index        uint8
	isstd, isutc bool
}

// UTC is universal time; Local is the time of the machine, which is UTC.
var (
	UTC   *Location = &utc
	Local *Location = &local
)

var utc = Location{name: "UTC"}
var local = Location{name: "Local"}

// zoneAt returns name and offset of the time at l.
func (l *Location) zoneAt() (name string, offset int) {
	if l == nil || len(l.zone) == 0 {
		return "UTC", 0
	}
	return l.zone[0].name, l.zone[0].offset
}

// String returns the name.
func (l *Location) String() string {
	if l == nil {
		return "UTC"
	}
	return l.name
}

// FixedZone returns a place that is always offset seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	l := &Location{name: name, zone: []zone{{name, offset, false}}, cacheStart: -1 << 63, cacheEnd: 1<<63 - 1}
	l.tx = []zoneTrans{{when: -1 << 63}}
	l.cacheZone = &l.zone[0]
	return l
}

// LoadLocation returns UTC or Local; of no other place the time is known here.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	return nil, errors.New("unknown time zone " + name)
}

func (t *Time) setLoc(l *Location) {
	if l == &utc {
		l = nil
	}
	*t = t.plain()
	t.loc = l
}

// UTC returns t in UTC.
func (t Time) UTC() Time {
	t.loc = nil
	return t
}

// Local returns t in local time.
func (t Time) Local() Time {
	t.loc = Local
	return t
}

// In returns t as it is at a place.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == &utc {
		loc = nil
	}
	t.loc = loc
	return t
}

// Location returns the place.
func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// Zone returns name and offset of the time at the place.
func (t Time) Zone() (name string, offset int) { return t.loc.zoneAt() }

// ZoneBounds returns when the offset began and will end: never.
func (t Time) ZoneBounds() (start, end Time) { return Time{}, Time{} }

// IsDST reports whether the place has summer time.
func (t Time) IsDST() bool { return false }
