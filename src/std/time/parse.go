package time

// ParseError says what of a text did not fit the layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func (bad *ParseError) Error() string {
	text := "parsing time " + quote(bad.Value)
	if bad.Message != "" {
		return text + bad.Message
	}
	return text + " as " + quote(bad.Layout) + ": cannot parse " + quote(bad.ValueElem) + " as " + quote(bad.LayoutElem)
}

// Parse reads a moment by a layout, in UTC unless the text says otherwise.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is Parse where the place is loc unless the text says otherwise.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

// reading is what has been read of a moment; -1 is not yet.
type reading struct {
	rest                   string
	year, month, day, yday int
	hour, min, sec, nsec   int
	am, pm                 bool
	place                  *Location
	offset                 int
	hasOffset              bool
	zone                   string
	outOfRange             string // what is
	nextIsFraction         bool   // the layout's next field is a fraction
	digits                 int    // of the present fraction, in the layout
}

func parse(layout, value string, defaultPlace, localPlace *Location) (Time, error) {
	fail := func(elem, rest, message string) (Time, error) {
		return Time{}, &ParseError{string([]byte(layout)), string([]byte(value)), elem, string([]byte(rest)), message}
	}
	r := reading{rest: value, month: -1, day: -1, yday: -1}
	for left := layout; ; {
		before, f, digits, text, after := cutField(left)
		if rest, ok := skipText(r.rest, before); !ok {
			return fail(before, rest, "")
		} else {
			r.rest = rest
		}
		if f == noField {
			if r.rest != "" {
				return fail("", r.rest, ": extra text: "+quote(r.rest))
			}
			break
		}
		left = after
		_, next, _, _, _ := cutField(left)
		r.nextIsFraction = next == fractionZeros || next == fractionNines
		r.digits = digits
		whole := r.rest
		ok := r.field(f)
		if r.outOfRange != "" {
			return fail(text, r.rest, ": "+r.outOfRange+" out of range")
		}
		if !ok {
			return fail(text, whole, "")
		}
	}
	if r.pm && r.hour < 12 {
		r.hour += 12
	} else if r.am && r.hour == 12 {
		r.hour = 0
	}
	if message := r.settleDay(); message != "" {
		return fail("", r.rest, ": "+message)
	}
	if r.day < 1 || r.day > daysIn(Month(r.month), r.year) {
		return fail("", r.rest, ": day out of range")
	}
	return r.moment(defaultPlace, localPlace), nil
}

// skipText takes the text between fields off; spaces match any number of spaces.
func skipText(value, text string) (rest string, ok bool) {
	for text != "" {
		if text[0] == ' ' {
			if value != "" && value[0] != ' ' {
				return value, false
			}
			text, value = cutSpaces(text), cutSpaces(value)
			continue
		}
		if value == "" || value[0] != text[0] {
			return value, false
		}
		text, value = text[1:], value[1:]
	}
	return value, true
}

func cutSpaces(s string) string {
	for s != "" && s[0] == ' ' {
		s = s[1:]
	}
	return s
}

// number reads one or two digits; exactly two if fixed.
func (r *reading) number(fixed bool) (n int, ok bool) {
	s := r.rest
	switch {
	case !digitAt(s, 0):
		return 0, false
	case digitAt(s, 1):
		r.rest = s[2:]
		return int(s[0]-'0')*10 + int(s[1]-'0'), true
	case fixed:
		return 0, false
	}
	r.rest = s[1:]
	return int(s[0] - '0'), true
}

// name reads one of the names, by their first short letters if short is not 0, whatever the case.
func (r *reading) name(names []string, short int) (index int, ok bool) {
	for i, name := range names {
		if short > 0 {
			name = name[:short]
		}
		if len(r.rest) >= len(name) && sameLetters(r.rest[:len(name)], name) {
			r.rest = r.rest[len(name):]
			return i, true
		}
	}
	return -1, false
}

func sameLetters(a, b string) bool {
	for i := range len(a) {
		x, y := a[i], b[i]
		if x != y {
			if x |= 0x20; x != y|0x20 || x < 'a' || x > 'z' {
				return false
			}
		}
	}
	return true
}

// limited reads a number of at most high.
func (r *reading) limited(n *int, fixed bool, high int, what string) (ok bool) {
	*n, ok = r.number(fixed)
	if *n > high {
		r.outOfRange = what
	}
	return ok
}

// field reads one field.
func (r *reading) field(f field) (ok bool) {
	switch f {
	case shortYear:
		if len(r.rest) < 2 {
			return false
		}
		text := r.rest[:2]
		r.rest = r.rest[2:]
		if r.year, ok = signedInt(text); !ok {
			return false
		}
		if r.year >= 69 {
			r.year += 1900
		} else {
			r.year += 2000
		}
		return true
	case longYear:
		if len(r.rest) < 4 || !digitAt(r.rest, 0) {
			return false
		}
		text := r.rest[:4]
		r.rest = r.rest[4:]
		r.year, ok = signedInt(text)
		return ok
	case shortMonth, longMonth:
		short := 0
		if f == shortMonth {
			short = 3
		}
		r.month, ok = r.name(monthNames[:], short)
		r.month++
		return ok
	case numMonth, zeroMonth:
		r.month, ok = r.number(f == zeroMonth)
		if ok && (r.month < 1 || r.month > 12) {
			r.outOfRange = "month"
		}
		return ok
	case shortWeekday:
		_, ok = r.name(dayNames[:], 3)
		return ok
	case longWeekday:
		_, ok = r.name(dayNames[:], 0)
		return ok
	case plainDay, spaceDay, zeroDay:
		if f == spaceDay && r.rest != "" && r.rest[0] == ' ' {
			r.rest = r.rest[1:]
		}
		r.day, ok = r.number(f == zeroDay)
		return ok
	case spaceYearDay, zeroYearDay:
		return r.yearDay(f == zeroYearDay)
	case fullHour:
		return r.limited(&r.hour, false, 23, "hour")
	case halfHour, zeroHalfHour:
		return r.limited(&r.hour, f == zeroHalfHour, 12, "hour")
	case plainMinute, zeroMinute:
		return r.limited(&r.min, f == zeroMinute, 59, "minute")
	case plainSecond, zeroSecond:
		return r.second(f == zeroSecond)
	case upperPM:
		return r.half("AM", "PM")
	case lowerPM:
		return r.half("am", "pm")
	case zoneName:
		return r.zoneName()
	case fractionZeros:
		n := 1 + r.digits
		return len(r.rest) >= n && r.fraction(n)
	case fractionNines:
		if len(r.rest) < 2 || r.rest[0] != '.' && r.rest[0] != ',' || !digitAt(r.rest, 1) {
			return true
		}
		n := 1
		for digitAt(r.rest, n) {
			n++
		}
		return r.fraction(n)
	}
	return r.zoneOffset(f)
}

func (r *reading) yearDay(fixed bool) bool {
	for range 2 {
		if !fixed && r.rest != "" && r.rest[0] == ' ' {
			r.rest = r.rest[1:]
		}
	}
	n, v := 0, 0
	for ; n < 3 && digitAt(r.rest, n); n++ {
		v = v*10 + int(r.rest[n]-'0')
	}
	if n == 0 || fixed && n != 3 {
		return false
	}
	r.yday, r.rest = v, r.rest[n:]
	return true
}

// second reads a second, with its fraction where the layout has none.
func (r *reading) second(fixed bool) bool {
	v, ok := r.number(fixed)
	if !ok {
		return false
	}
	if r.sec = v; v > 59 {
		r.outOfRange = "second"
		return true
	}
	if len(r.rest) < 2 || r.rest[0] != '.' && r.rest[0] != ',' || !digitAt(r.rest, 1) || r.nextIsFraction {
		return true
	}
	n := 2
	for digitAt(r.rest, n) {
		n++
	}
	return r.fraction(n)
}

// fraction reads a point and n-1 digits.
func (r *reading) fraction(n int) bool {
	text := r.rest[:n]
	r.rest = r.rest[n:]
	if text[0] != '.' && text[0] != ',' {
		return false
	}
	if n > 10 {
		text, n = text[:10], 10
	}
	v, ok := signedInt(text[1:])
	if !ok {
		return false
	}
	if v < 0 {
		r.outOfRange = "fractional second"
		return true
	}
	for ; n < 10; n++ {
		v *= 10
	}
	r.nsec = v
	return true
}

// signedInt reads a whole text as a number with an optional sign.
func signedInt(s string) (int, bool) {
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	u, _, rest, ok := leadingInt(s)
	if !ok || rest != "" {
		return 0, false
	}
	if negative {
		return -int(u), true
	}
	return int(u), true
}

func (r *reading) half(am, pm string) bool {
	if len(r.rest) < 2 {
		return false
	}
	text := r.rest[:2]
	r.rest = r.rest[2:]
	r.am, r.pm = r.am || text == am, r.pm || text == pm
	return text == am || text == pm
}

func (r *reading) zoneOffset(f field) bool {
	if f <= zoneZ5 {
		if r.rest != "" && r.rest[0] == 'Z' {
			r.rest = r.rest[1:]
			r.place = UTC
			return true
		}
		f += zoneNum - zoneZ
	}
	form := [...]string{"+hhmm", "+hh", "+hh:mm", "+hhmmss", "+hh:mm:ss"}[f-zoneNum]
	if len(r.rest) < len(form) {
		return false
	}
	text := r.rest[:len(form)]
	for i := range len(form) {
		if form[i] == ':' && text[i] != ':' {
			return false
		}
	}
	r.rest = r.rest[len(form):]
	var parts [3]int
	good, part := true, 0
	for i := 1; i < len(form) && good; i += 2 {
		if form[i] == ':' {
			i++
		}
		if good = digitAt(text, i) && digitAt(text, i+1); good {
			parts[part] = int(text[i]-'0')*10 + int(text[i+1]-'0')
			part++
		}
	}
	switch {
	case parts[2] > 60:
		r.outOfRange = "time zone offset second"
	case parts[1] > 60:
		r.outOfRange = "time zone offset minute"
	case parts[0] > 24:
		r.outOfRange = "time zone offset hour"
	}
	r.hasOffset = true
	r.offset = (parts[0]*60+parts[1])*60 + parts[2]
	if text[0] == '-' {
		r.offset = -r.offset
	}
	return good && (text[0] == '+' || text[0] == '-')
}

func (r *reading) zoneName() bool {
	if begins(r.rest, "UTC") {
		r.place = UTC
		r.rest = r.rest[3:]
		return true
	}
	n := zoneNameLength(r.rest)
	if n == 0 {
		return false
	}
	r.zone, r.rest = r.rest[:n], r.rest[n:]
	return true
}

// zoneNameLength is the length of what looks like the name of a zone: 3 letters, 4 or 5 with a T at the end, GMT+3, +03.
func zoneNameLength(s string) int {
	switch {
	case len(s) < 3:
		return 0
	case begins(s, "ChST") || begins(s, "MeST"):
		return 4
	case begins(s, "GMT"):
		return 3 + hoursLength(s[3:])
	case s[0] == '+' || s[0] == '-':
		return hoursLength(s)
	}
	n := 0
	for n < 6 && n < len(s) && s[n] >= 'A' && s[n] <= 'Z' {
		n++
	}
	if n == 3 || n == 5 && s[4] == 'T' || n == 4 && (s[3] == 'T' || begins(s, "WITA")) {
		return n
	}
	return 0
}

// hoursLength is the length of a sign and a number of hours at the beginning of s, 0 if there is none.
func hoursLength(s string) int {
	if s == "" || s[0] != '-' && s[0] != '+' {
		return 0
	}
	hours, digits, _, ok := leadingInt(s[1:])
	if !ok || digits == 0 || hours > 23 {
		return 0
	}
	return 1 + digits
}

// settleDay makes month and day of the day of the year, and of what was not given.
func (r *reading) settleDay() string {
	if r.yday < 0 {
		if r.month < 0 {
			r.month = 1
		}
		if r.day < 0 {
			r.day = 1
		}
		return ""
	}
	days := 365
	if leap(r.year) {
		days = 366
	}
	if r.yday < 1 || r.yday > days {
		return "day-of-year out of range"
	}
	_, month, day, _ := dateOf(daysBefore(r.year, 1, r.yday))
	if r.month >= 0 && r.month != int(month) {
		return "day-of-year does not match month"
	}
	if r.day >= 0 && r.day != day {
		return "day-of-year does not match day"
	}
	r.month, r.day = int(month), day
	return ""
}

// moment puts together what was read.
func (r *reading) moment(defaultPlace, localPlace *Location) Time {
	at := func(l *Location) Time {
		return Date(r.year, Month(r.month), r.day, r.hour, r.min, r.sec, r.nsec, l)
	}
	zone := string([]byte(r.zone))
	switch {
	case r.place != nil:
		return at(r.place)
	case r.hasOffset && r.offset != -1:
		t := at(UTC)
		t.ext -= int64(r.offset)
		localName, localOffset := localPlace.zoneAt(t.Unix())
		if r.offset == localOffset && (zone == "" || zone == localName) {
			t.setLoc(localPlace)
		} else {
			t.setLoc(FixedZone(zone, r.offset))
		}
		return t
	case zone == "":
		return at(defaultPlace)
	}
	t := at(UTC)
	offset, ok := localPlace.offsetOfName(zone, t.Unix())
	if ok {
		t.ext -= int64(offset)
		t.setLoc(localPlace)
		return t
	}
	if len(zone) > 3 && zone[:3] == "GMT" {
		offset, _ = signedInt(zone[3:])
		offset *= 3600
	}
	t.setLoc(FixedZone(zone, offset))
	return t
}
