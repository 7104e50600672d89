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

// zoneAt returns name and offset of the time at place.
func (place *Location) zoneAt() (name string, offset int) {
	if place == nil || len(place.zone) == 0 {
		return "UTC", 0
	}
	return place.zone[0].name, place.zone[0].offset
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

// LoadLocation returns UTC or Local; another place ends the program as unsupported, since its time is not known here.
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
	first := name
	for i := range len(name) {
		if name[i] == '/' {
			first = name[:i]
			break
		}
	}
	for from := 0; from < len(zones); {
		to := from
		for zones[to] != ' ' {
			to++
		}
		if zones[from:to] == first {
			return placeWithRules(name)
		}
		from = to + 1
	}
	return nil, errors.New("unknown time zone " + name)
}

func placeWithRules(name string) (*Location, error)

// zones are the names that zones begin with: areas, and places without one.
const zones = "Africa America Antarctica Arctic Asia Atlantic Australia Brazil Canada Chile Etc Europe Indian Mexico Pacific US " +
	"CET CST6CDT Cuba EET EST EST5EDT Egypt Eire Factory GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel Jamaica Japan " +
	"Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey UCT Universal W-SU WET Zulu "

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
func (at Time) Zone() (name string, offset int) { return at.loc.zoneAt() }

// ZoneBounds returns when the offset began and will end: never.
func (at Time) ZoneBounds() (start, end Time) { return Time{}, Time{} }

// IsDST reports whether the place has summer time.
func (at Time) IsDST() bool { return false }
