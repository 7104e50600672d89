package time

// Zones of a place: which one holds when. The lines of zones.txt say it (test/oracle/zones.mjs describes them). Go: time/zoneinfo.go.

const (
	ever  = -1 << 63
	never = 1<<63 - 1
)

// span is a zone with the time during which it holds: seconds after 1970 began.
type span struct {
	name       string
	offset     int
	start, end int64
	dst        bool
}

// spanAt returns the zone that holds at a moment.
func (place *Location) spanAt(sec int64) span {
	if place == nil || len(place.zone) == 0 {
		return span{"UTC", 0, ever, never, false}
	}
	tx := place.tx
	if len(tx) == 0 || sec < tx[0].when {
		end := int64(never)
		if len(tx) > 0 {
			end = tx[0].when
		}
		return place.zone[place.firstZone()].during(ever, end)
	}
	// tx[low] has begun, tx[high] has not.
	low, high := 0, len(tx)
	for high-low > 1 {
		if middle := low + (high-low)/2; sec < tx[middle].when {
			high = middle
		} else {
			low = middle
		}
	}
	if high == len(tx) && place.extend != "" {
		if s, ok := yearly(place.extend, tx[low].when, sec); ok {
			return s
		}
	}
	end := int64(never)
	if high < len(tx) {
		end = tx[high].when
	}
	return place.zone[tx[low].index].during(tx[low].when, end)
}

func (z *zone) during(start, end int64) span { return span{z.name, z.offset, start, end, z.isDST} }

// firstZone is the zone before the first change: one that no change leads to, else a winter time.
func (place *Location) firstZone() int {
	reached := false
	for i := range place.tx {
		reached = reached || place.tx[i].index == 0
	}
	if !reached {
		return 0
	}
	if first := int(place.tx[0].index); place.zone[first].isDST {
		for i := first - 1; i >= 0; i-- {
			if !place.zone[i].isDST {
				return i
			}
		}
	}
	for i := range place.zone {
		if !place.zone[i].isDST {
			return i
		}
	}
	return 0
}

// offsetOfClock returns the offset of a moment that is told as clocks at the place show it.
func (place *Location) offsetOfClock(sec int64) int {
	if place == nil || len(place.zone) == 0 {
		return 0
	}
	now := place.spanAt(sec)
	if utc := sec - int64(now.offset); now.offset != 0 && (utc < now.start || utc >= now.end) {
		return place.spanAt(utc).offset
	}
	return now.offset
}

// offsetOfName returns the offset of the zone called name, at best one that holds at that moment, told as its clocks show it.
func (place *Location) offsetOfName(name string, sec int64) (offset int, ok bool) {
	if place == nil || len(place.zone) == 0 {
		return 0, name == "UTC"
	}
	for i := range place.zone {
		if z := &place.zone[i]; z.name == name {
			if now := place.spanAt(sec - int64(z.offset)); now.name == name {
				return now.offset, true
			}
		}
	}
	for i := range place.zone {
		if z := &place.zone[i]; z.name == name {
			return z.offset, true
		}
	}
	return 0, false
}

// placeWithRules makes a place of its line: zones, changes, rule for later years.
func placeWithRules(name, line string) *Location {
	l := &Location{name: name}
	r := &ruleText{line}
	for !r.skip('|') {
		z := zone{name: r.until(',')}
		z.offset = r.number()
		if r.skip(',') {
			r.number()
			z.isDST = true
		}
		r.skip(';')
		l.zone = append(l.zone, z)
	}
	var when int64
	for !r.skip('|') {
		when += r.base36()
		l.tx = append(l.tx, zoneTrans{when: when, index: r.rest[0] - 'A'})
		r.rest = r.rest[1:]
	}
	if len(l.tx) == 0 {
		l.tx = []zoneTrans{{when: ever}}
	}
	l.extend = r.rest
	return l
}

// ruleText reads what is left of a line.
type ruleText struct{ rest string }

// skip takes c off, if it is next.
func (r *ruleText) skip(c byte) bool {
	if r.rest == "" || r.rest[0] != c {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// until takes the text before c off, and c.
func (r *ruleText) until(c byte) string {
	for i := range len(r.rest) {
		if r.rest[i] == c {
			text := r.rest[:i]
			r.rest = r.rest[i+1:]
			return text
		}
	}
	return ""
}

func (r *ruleText) number() int {
	negative := r.skip('-')
	if !negative {
		r.skip('+')
	}
	n := 0
	for r.rest != "" && r.rest[0] >= '0' && r.rest[0] <= '9' {
		n = n*10 + int(r.rest[0]-'0')
		r.rest = r.rest[1:]
	}
	if negative {
		return -n
	}
	return n
}

func (r *ruleText) base36() int64 {
	negative := r.skip('-')
	n := int64(0)
	for ; r.rest != "" && (r.rest[0] >= '0' && r.rest[0] <= '9' || r.rest[0] >= 'a'); r.rest = r.rest[1:] {
		if c := r.rest[0]; c >= 'a' {
			n = n*36 + int64(c-'a') + 10
		} else {
			n = n*36 + int64(c-'0')
		}
	}
	if negative {
		return -n
	}
	return n
}

// clock reads hours, and minutes and seconds if they are there, as seconds.
func (r *ruleText) clock() int {
	sign := 1
	if r.rest != "" && r.rest[0] == '-' {
		sign = -1
	}
	s := r.number() * 3600
	for unit := 60; unit > 0 && r.skip(':'); unit /= 60 {
		s += sign * unit * r.number()
	}
	return s
}

// zoneName reads letters, or what stands in angle brackets.
func (r *ruleText) zoneName() string {
	if r.skip('<') {
		return r.until('>')
	}
	n := 0
	for n < len(r.rest) && (r.rest[n]|0x20) >= 'a' && (r.rest[n]|0x20) <= 'z' {
		n++
	}
	name := r.rest[:n]
	r.rest = r.rest[n:]
	return name
}

// change reads a day like M3.2.0/2, a weekday of a week of a month, and tells when it is in a year: seconds after the year began, at offset.
func (r *ruleText) change(year, offset int) int64 {
	r.skip('M')
	month := r.number()
	r.skip('.')
	week := r.number()
	r.skip('.')
	weekday := r.number()
	at := 2 * 3600
	if r.skip('/') {
		at = r.clock()
	}
	first := daysBefore(year, month, 1)
	// The first day of the year 1 was a Monday.
	day := weekday - int((first+1)%7)
	if day < 0 {
		day += 7
	}
	next := int(daysBefore(year+month/12, month%12+1, 1) - first)
	for week--; week > 0 && day+7 < next; week-- {
		day += 7
	}
	return (first-daysBefore(year, 1, 1)+int64(day))*secondsPerDay + int64(at-offset)
}

// yearly returns the zone at a moment by a rule like EST5EDT,M3.2.0,M11.1.0; it holds from the last change on.
func yearly(rule string, last, sec int64) (s span, ok bool) {
	r := &ruleText{rule}
	winter := zone{name: r.zoneName()}
	winter.offset = -r.clock()
	if winter.name == "" {
		return s, false
	}
	if r.rest == "" {
		return winter.during(last, never), true
	}
	summer := zone{r.zoneName(), winter.offset + 3600, true}
	if r.rest != "" && r.rest[0] != ',' {
		summer.offset = -r.clock()
	}
	if !r.skip(',') {
		return s, false
	}
	year, _, _, _ := dateOf(floorDiv(sec+unixToInternal, secondsPerDay))
	begin := daysBefore(year, 1, 1)*secondsPerDay - unixToInternal
	from := begin + r.change(year, winter.offset)
	if !r.skip(',') {
		return s, false
	}
	to := begin + r.change(year, summer.offset)
	if to < from {
		from, to, winter, summer = to, from, summer, winter
	}
	switch {
	case sec < from:
		return winter.during(begin, from), true
	case sec >= to:
		return winter.during(to, begin+365*secondsPerDay), true
	}
	return summer.during(from, to), true
}
