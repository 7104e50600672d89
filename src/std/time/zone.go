package time

import "errors"

// Location is a place with its time: a fixed offset from UTC, or zones that replace each other (rules.go).
type Location struct {
	name string
	zone []zone
	// When a zone begins, and the rule for later years.
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

// zoneAt returns name and offset of the time at place, sec seconds after 1970 began.
func (place *Location) zoneAt(sec int64) (name string, offset int) {
	switch {
	case place == nil || len(place.zone) == 0:
		return "UTC", 0
	case len(place.tx) == 1 && place.extend == "":
		z := &place.zone[place.tx[0].index]
		return z.name, z.offset
	}
	now := place.spanAt(sec)
	return now.name, now.offset
}

// String returns the name.
func (place *Location) String() string {
	if place == nil {
		return "UTC"
	}
	return place.name
}

// FixedZone returns a place that is always offset seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	l := &Location{name: name, zone: []zone{{name, offset, false}}, cacheStart: -1 << 63, cacheEnd: 1<<63 - 1}
	l.tx = []zoneTrans{{when: -1 << 63}}
	l.cacheZone = &l.zone[0]
	return l
}

// LoadLocation returns the place of that name: UTC, Local, or one of the shipped table.
func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	if outside(name) {
		return nil, errLocation
	}
	if rules, ok := placeText(name); ok {
		return placeWithRules(name, rules), nil
	}
	return nil, errors.New("unknown time zone " + name)
}

// placeText is what the shipped table of zones says of a place (native).
func placeText(name string) (rules string, ok bool)

var errLocation = errors.New("time: invalid location name")

// outside reports whether name would leave the folder of the zones.
func outside(name string) bool {
	for i := range len(name) {
		if name[i] == '\\' || i == 0 && name[i] == '/' {
			return true
		}
		if i > 0 && name[i] == '.' && name[i-1] == '.' {
			return true
		}
	}
	return false
}

func (at *Time) setLoc(l *Location) {
	if l == &utc {
		l = nil
	}
	*at = at.plain()
	at.loc = l
}

// UTC returns at in UTC.
func (at Time) UTC() Time {
	at.loc = nil
	return at
}

// Local returns at in local time.
func (at Time) Local() Time {
	at.loc = Local
	return at
}

// In returns at as it is at a place.
func (at Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == &utc {
		loc = nil
	}
	at.loc = loc
	return at
}

// Location returns the place.
func (at Time) Location() *Location {
	if at.loc == nil {
		return UTC
	}
	return at.loc
}

// Zone returns name and offset of the time at the place.
func (at Time) Zone() (name string, offset int) { return at.loc.zoneAt(at.Unix()) }

// ZoneBounds returns when the zone at the place began and when it ends; the zero time if it always was, or always will be.
func (at Time) ZoneBounds() (start, end Time) {
	now := at.loc.spanAt(at.Unix())
	if now.start != ever {
		start = Unix(now.start, 0)
		start.setLoc(at.loc)
	}
	if now.end != never {
		end = Unix(now.end, 0)
		end.setLoc(at.loc)
	}
	return start, end
}

// IsDST reports whether the place has summer time.
func (at Time) IsDST() bool { return at.loc.spanAt(at.Unix()).dst }
