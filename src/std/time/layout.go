package time

// Layouts. The moment they show is January 2nd 2006, 15:04:05, 7 hours west of UTC.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// A field is a part of a layout that stands for a part of a moment.
type field int

const (
	noField field = iota
	longMonth
	shortMonth
	numMonth
	zeroMonth
	longWeekday
	shortWeekday
	plainDay
	spaceDay
	zeroDay
	spaceYearDay
	zeroYearDay
	fullHour
	halfHour
	zeroHalfHour
	plainMinute
	zeroMinute
	plainSecond
	zeroSecond
	longYear
	shortYear
	upperPM
	lowerPM
	zoneName
	zoneZ // with Z for UTC: Z0700, Z07, Z07:00, Z070000, Z07:00:00, in the order of zoneForms
	zoneZ2
	zoneZ3
	zoneZ4
	zoneZ5
	zoneNum // without
	zoneNum2
	zoneNum3
	zoneNum4
	zoneNum5
	fractionZeros
	fractionNines
)

// zoneForms are the ways to write an offset, longest first where one begins another.
var zoneForms = [...]struct {
	text string
	add  field
}{{"070000", 3}, {"07:00:00", 4}, {"0700", 0}, {"07:00", 2}, {"07", 1}}

func begins(s, prefix string) bool { return len(s) >= len(prefix) && s[:len(prefix)] == prefix }

func lowerFollows(s string) bool { return s != "" && s[0] >= 'a' && s[0] <= 'z' }

// cutField splits a layout at its first field. digits is the number of digits of a fraction.
func cutField(layout string) (before string, f field, digits int, text, after string) {
	for i := range len(layout) {
		if f, n, digits := fieldAt(layout[i:]); f != noField {
			if f == longYear && layout[i] == '_' { // "_2006" is an underscore and a year
				i, n = i+1, 4
			}
			return layout[:i], f, digits, layout[i : i+n], layout[i+n:]
		}
	}
	return layout, noField, 0, "", ""
}

// fieldAt returns the field at the beginning of s and its length.
func fieldAt(s string) (f field, n, digits int) {
	switch s[0] {
	case 'J':
		switch {
		case begins(s, "January"):
			return longMonth, 7, 0
		case begins(s, "Jan") && !lowerFollows(s[3:]):
			return shortMonth, 3, 0
		}
	case 'M':
		switch {
		case begins(s, "Monday"):
			return longWeekday, 6, 0
		case begins(s, "Mon") && !lowerFollows(s[3:]):
			return shortWeekday, 3, 0
		case begins(s, "MST"):
			return zoneName, 3, 0
		}
	case '0':
		if len(s) >= 3 && s[1] == '0' && s[2] == '2' {
			return zeroYearDay, 3, 0
		}
		if len(s) >= 2 && s[1] >= '1' && s[1] <= '6' {
			return [...]field{zeroMonth, zeroDay, zeroHalfHour, zeroMinute, zeroSecond, shortYear}[s[1]-'1'], 2, 0
		}
	case '1':
		if begins(s, "15") {
			return fullHour, 2, 0
		}
		return numMonth, 1, 0
	case '2':
		if begins(s, "2006") {
			return longYear, 4, 0
		}
		return plainDay, 1, 0
	case '_':
		switch {
		case begins(s, "_2006"):
			return longYear, 5, 0
		case begins(s, "_2"):
			return spaceDay, 2, 0
		case begins(s, "__2"):
			return spaceYearDay, 3, 0
		}
	case '3':
		return halfHour, 1, 0
	case '4':
		return plainMinute, 1, 0
	case '5':
		return plainSecond, 1, 0
	case 'P':
		if begins(s, "PM") {
			return upperPM, 2, 0
		}
	case 'p':
		if begins(s, "pm") {
			return lowerPM, 2, 0
		}
	case '-', 'Z':
		for _, form := range zoneForms {
			if begins(s[1:], form.text) {
				if s[0] == 'Z' {
					return zoneZ + form.add, 1 + len(form.text), 0
				}
				return zoneNum + form.add, 1 + len(form.text), 0
			}
		}
	case '.', ',':
		if len(s) < 2 || s[1] != '0' && s[1] != '9' {
			break
		}
		n = 1
		for n < len(s) && s[n] == s[1] {
			n++
		}
		switch {
		case digitAt(s, n): // no end of a fraction
		case s[1] == '0':
			return fractionZeros, n, n - 1
		default:
			return fractionNines, n, n - 1
		}
	}
	return noField, 0, 0
}
