package time

// Month is a month, January is 1.
type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

// Weekday is a day of the week, Sunday is 0.
type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

var monthNames = [...]string{
	"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
}
var dayNames = [...]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// String returns the English name.
func (month Month) String() string {
	if month >= January && month <= December {
		return monthNames[month-1]
	}
	return "%!Month(" + unsigned(uint64(month)) + ")"
}

// String returns the English name.
func (day Weekday) String() string {
	if day >= Sunday && day <= Saturday {
		return dayNames[day]
	}
	return "%!Weekday(" + unsigned(uint64(day)) + ")"
}

func unsigned(u uint64) string {
	if u < 10 {
		return string(rune('0' + u))
	}
	return unsigned(u/10) + string(rune('0'+u%10))
}

// Days are counted from March 1st of the year 0, so that the leap day is the last of a year, and 400 years (an era) are always as long.
const (
	daysPerEra   = 146097
	daysToYear1  = 306 // from March 1st of year 0 to January 1st of year 1
	yearsPerEra  = 400
	daysInFirst4 = 1460
)

// daysBefore is the number of days from the year 1 to a date; day may be any number.
func daysBefore(year, month, day int) int64 {
	m := month - 3
	if m < 0 {
		m += 12
		year--
	}
	era := floorDiv(int64(year), yearsPerEra)
	y := int64(year) - era*yearsPerEra
	return era*daysPerEra + y*365 + y/4 - y/100 + int64((153*m+2)/5) + int64(day) - 1 - daysToYear1
}

// dateOf is the date so many days after the year 1 began; yday counts from 1.
func dateOf(days int64) (year int, month Month, day, yday int) {
	days += daysToYear1
	era := floorDiv(days, daysPerEra)
	d := days - era*daysPerEra
	y := (d - d/daysInFirst4 + d/36524 - d/146096) / 365
	d -= y*365 + y/4 - y/100
	m := (5*d + 2) / 153
	day = int(d-(153*m+2)/5) + 1
	year = int(era*yearsPerEra + y)
	month = Month(m + 3)
	yday = int(d) + 60
	if month > 12 {
		month -= 12
		year++
		yday = int(d) - 305
	} else if leap(year) {
		yday++
	}
	return year, month, day, yday
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func leap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(m Month, year int) int {
	switch {
	case m == February && leap(year):
		return 29
	case m == February:
		return 28
	case m == April || m == June || m == September || m == November:
		return 30
	}
	return 31
}

// localSeconds is seconds since the year 1 as a clock at the place shows them.
func (at *Time) localSeconds() int64 {
	s := at.seconds()
	_, offset := at.loc.zoneAt(s - unixToInternal)
	return s + int64(offset)
}

func (at *Time) split() (days int64, rest int) {
	s := at.localSeconds()
	days = floorDiv(s, secondsPerDay)
	return days, int(s - days*secondsPerDay)
}

// Date returns year, month and day.
func (at Time) Date() (year int, month Month, day int) {
	days, _ := at.split()
	year, month, day, _ = dateOf(days)
	return year, month, day
}

// Clock returns hour, minute and second.
func (at Time) Clock() (hour, min, sec int) {
	_, rest := at.split()
	return rest / 3600, rest / 60 % 60, rest % 60
}

// Year returns the year.
func (at Time) Year() int {
	year, _, _ := at.Date()
	return year
}

// Month returns the month.
func (at Time) Month() Month {
	_, month, _ := at.Date()
	return month
}

// Day returns the day of the month.
func (at Time) Day() int {
	_, _, day := at.Date()
	return day
}

// YearDay returns the day of the year, from 1.
func (at Time) YearDay() int {
	days, _ := at.split()
	_, _, _, yday := dateOf(days)
	return yday
}

// Weekday returns the day of the week.
func (at Time) Weekday() Weekday {
	days, _ := at.split()
	w := (days + 1) % 7 // the year 1 began on a Monday
	if w < 0 {
		w += 7
	}
	return Weekday(w)
}

// ISOWeek returns year and number of the week; the week of a Thursday is in that Thursday's year.
func (at Time) ISOWeek() (year, week int) {
	days, _ := at.split()
	thursday := days - int64(at.Weekday()+6)%7 + 3
	year, _, _, yday := dateOf(thursday)
	return year, (yday-1)/7 + 1
}

// Hour returns the hour.
func (at Time) Hour() int {
	_, rest := at.split()
	return rest / 3600
}

// Minute returns the minute.
func (at Time) Minute() int {
	_, rest := at.split()
	return rest / 60 % 60
}

// Second returns the second.
func (at Time) Second() int {
	_, rest := at.split()
	return rest % 60
}

// Nanosecond returns what is left of the second.
func (at Time) Nanosecond() int { return int(at.nanos()) }

// normal carries so that 0 <= low < base.
func normal(high, low, base int) (int, int) {
	n := low / base
	if low%base < 0 {
		n--
	}
	return high + n, low - n*base
}

// Date returns the moment that clock and calendar at a place show so. Values beyond their range carry over.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int(month) - 1
	year, m = normal(year, m, 12)
	sec, nsec = normal(sec, nsec, nanosecondsAtOne)
	min, sec = normal(min, sec, 60)
	hour, min = normal(hour, min, 60)
	day, hour = normal(day, hour, 24)
	s := daysBefore(year, m+1, day)*secondsPerDay + int64(hour*3600+min*60+sec)
	t := Time{uint64(nsec), s - int64(loc.offsetOfClock(s-unixToInternal)), nil}
	t.setLoc(loc)
	return t
}

// AddDate adds to the date; days beyond a month's end carry over.
func (at Time) AddDate(years int, months int, days int) Time {
	year, month, day := at.Date()
	hour, min, sec := at.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, at.Nanosecond(), at.Location())
}
