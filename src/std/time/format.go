package time

// String returns at for reading, with the monotonic clock if it has one.
func (at Time) String() string {
	b := at.AppendFormat(make([]byte, 0, 64), "2006-01-02 15:04:05.999999999 -0700 MST")
	if at.wall&hasMonotonic != 0 {
		sign, m := byte('+'), uint64(at.ext)
		if at.ext < 0 {
			sign, m = '-', -m
		}
		b = append(append(b, " m="...), sign)
		if m >= 1e18 { // too many seconds for appendNumber's int of Go on small machines: as Go does it
			b = appendNumber(b, int(m/1e18), 0)
			b = appendNumber(b, int(m/1e9%1e9), 9)
		} else {
			b = appendNumber(b, int(m/1e9), 0)
		}
		b = appendNumber(append(b, '.'), int(m%1e9), 9)
	}
	return string(b)
}

// GoString returns at as a Go expression.
func (at Time) GoString() string {
	year, month, day := at.Date()
	hour, min, sec := at.Clock()
	b := append(make([]byte, 0, 72), "time.Date("...)
	b = appendNumber(b, year, 0)
	b = append(append(b, ", time."...), month.String()...)
	for _, n := range [...]int{day, hour, min, sec, at.Nanosecond()} {
		b = appendNumber(append(b, ", "...), n, 0)
	}
	b = append(b, ", "...)
	switch loc := at.Location(); loc {
	case UTC:
		b = append(b, "time.UTC"...)
	case Local:
		b = append(b, "time.Local"...)
	default:
		b = append(append(append(b, "time.Location("...), quote(loc.name)...), ')')
	}
	return string(append(b, ')'))
}

// Format returns at by a layout.
func (at Time) Format(layout string) string {
	var room [64]byte
	b := room[:0]
	if n := len(layout) + 10; n > len(room) {
		b = make([]byte, 0, n)
	}
	return string(at.AppendFormat(b, layout))
}

// appendNumber appends n with at least width digits.
func appendNumber(b []byte, n, width int) []byte {
	u := uint(n)
	if n < 0 {
		b = append(b, '-')
		u = -u
	}
	var digits [20]byte
	at := len(digits)
	for {
		at--
		digits[at] = '0' + byte(u%10)
		if u /= 10; u == 0 {
			break
		}
	}
	for len(digits)-at < width {
		at--
		digits[at] = '0'
	}
	return append(b, digits[at:]...)
}

// appendSpaced appends n with spaces up to width.
func appendSpaced(b []byte, n, width int) []byte {
	for limit := 10; width > 1; width, limit = width-1, limit*10 {
		if n < limit {
			b = append(b, ' ')
		}
	}
	return appendNumber(b, n, 0)
}

// AppendFormat appends at by a layout.
func (at Time) AppendFormat(b []byte, layout string) []byte {
	days, clock := at.split()
	year, month, day, yday := dateOf(days)
	hour, min, sec := clock/3600, clock/60%60, clock%60
	for layout != "" {
		before, f, digits, text, after := cutField(layout)
		b = append(b, before...)
		if f == noField {
			break
		}
		layout = after
		switch f {
		case longYear:
			b = appendNumber(b, year, 4)
		case shortYear:
			b = appendNumber(b, max(year, -year)%100, 2)
		case longMonth:
			b = append(b, month.String()...)
		case shortMonth:
			b = append(b, month.String()[:3]...)
		case numMonth:
			b = appendNumber(b, int(month), 0)
		case zeroMonth:
			b = appendNumber(b, int(month), 2)
		case longWeekday:
			b = append(b, at.Weekday().String()...)
		case shortWeekday:
			b = append(b, at.Weekday().String()[:3]...)
		case plainDay:
			b = appendNumber(b, day, 0)
		case spaceDay:
			b = appendSpaced(b, day, 2)
		case zeroDay:
			b = appendNumber(b, day, 2)
		case spaceYearDay:
			b = appendSpaced(b, yday, 3)
		case zeroYearDay:
			b = appendNumber(b, yday, 3)
		case fullHour:
			b = appendNumber(b, hour, 2)
		case halfHour:
			b = appendNumber(b, (hour+11)%12+1, 0)
		case zeroHalfHour:
			b = appendNumber(b, (hour+11)%12+1, 2)
		case plainMinute:
			b = appendNumber(b, min, 0)
		case zeroMinute:
			b = appendNumber(b, min, 2)
		case plainSecond:
			b = appendNumber(b, sec, 0)
		case zeroSecond:
			b = appendNumber(b, sec, 2)
		case upperPM:
			b = append(b, "AMPM"[hour/12*2:hour/12*2+2]...)
		case lowerPM:
			b = append(b, "ampm"[hour/12*2:hour/12*2+2]...)
		case zoneName:
			b = at.appendZoneName(b)
		case fractionZeros, fractionNines:
			b = appendFraction(b, at.Nanosecond(), digits, text[0], f == fractionNines)
		default:
			b = at.appendOffset(b, f)
		}
	}
	return b
}

func appendFraction(b []byte, nanos, digits int, point byte, trim bool) []byte {
	if trim && nanos == 0 {
		return b
	}
	start := len(b)
	b = appendNumber(append(b, point), nanos, 9)
	if digits < 9 {
		b = b[:start+1+digits]
	}
	if trim {
		for len(b) > start && b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
		if len(b) == start+1 {
			b = b[:start]
		}
	}
	for n := digits; n > 9 && !trim; n-- {
		b = append(b, '0')
	}
	return b
}

func (at *Time) appendZoneName(b []byte) []byte {
	name, offset := at.loc.zoneAt(at.Unix())
	if name != "" {
		return append(b, name...)
	}
	b, offset = appendSign(b, offset)
	b = appendNumber(b, offset/3600, 2)
	return appendNumber(b, offset/60%60, 2)
}

func appendSign(b []byte, offset int) ([]byte, int) {
	if offset/60 < 0 {
		return append(b, '-'), -offset
	}
	return append(b, '+'), offset
}

func (at *Time) appendOffset(b []byte, f field) []byte {
	_, offset := at.loc.zoneAt(at.Unix())
	if f <= zoneZ5 {
		if offset == 0 {
			return append(b, 'Z')
		}
		f += zoneNum - zoneZ
	}
	b, offset = appendSign(b, offset)
	b = appendNumber(b, offset/3600, 2)
	if f == zoneNum2 {
		return b
	}
	colon := f == zoneNum3 || f == zoneNum5
	if colon {
		b = append(b, ':')
	}
	b = appendNumber(b, offset/60%60, 2)
	if f != zoneNum4 && f != zoneNum5 {
		return b
	}
	if colon {
		b = append(b, ':')
	}
	return appendNumber(b, offset%60, 2)
}
