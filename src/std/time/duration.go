package time

// Duration is a length of time in nanoseconds.
type Duration int64

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

// String returns span as 72h3m0.5s; below a second in ms, µs or ns.
func (span Duration) String() string {
	var buf [32]byte
	return string(span.write(&buf))
}

// write fills buf from its end.
func (span Duration) write(buf *[32]byte) []byte {
	at := len(buf)
	put := func(c byte) {
		at--
		buf[at] = c
	}
	whole := func(v uint64) {
		for put('0' + byte(v%10)); v >= 10; put('0' + byte(v%10)) {
			v /= 10
		}
	}
	// fraction writes the last n digits of v after a point, without zeros at the end, and returns what is before.
	fraction := func(v uint64, n int) uint64 {
		any := false
		for ; n > 0; n-- {
			if c := byte(v % 10); any || c != 0 {
				any = true
				put('0' + c)
			}
			v /= 10
		}
		if any {
			put('.')
		}
		return v
	}
	u := uint64(span)
	if span < 0 {
		u = -u
	}
	put('s')
	switch {
	case u == 0:
		put('0')
	case u < uint64(Microsecond):
		put('n')
		whole(u)
	case u < uint64(Millisecond):
		put("µ"[1])
		put("µ"[0])
		whole(fraction(u, 3))
	case u < uint64(Second):
		put('m')
		whole(fraction(u, 6))
	default:
		u = fraction(u, 9)
		whole(u % 60)
		if u /= 60; u > 0 {
			put('m')
			whole(u % 60)
			if u /= 60; u > 0 {
				put('h')
				whole(u)
			}
		}
	}
	if span < 0 {
		put('-')
	}
	return buf[at:]
}

// Nanoseconds returns span in nanoseconds.
func (span Duration) Nanoseconds() int64 { return int64(span) }

// Microseconds returns span in microseconds.
func (span Duration) Microseconds() int64 { return int64(span / Microsecond) }

// Milliseconds returns span in milliseconds.
func (span Duration) Milliseconds() int64 { return int64(span / Millisecond) }

func (span Duration) in(unit Duration) float64 {
	return float64(span/unit) + float64(span%unit)/float64(unit)
}

// Seconds returns span in seconds.
func (span Duration) Seconds() float64 { return span.in(Second) }

// Minutes returns span in minutes.
func (span Duration) Minutes() float64 { return span.in(Minute) }

// Hours returns span in hours.
func (span Duration) Hours() float64 { return span.in(Hour) }

// Truncate rounds towards 0 to a multiple of m.
func (span Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return span
	}
	return span - span%m
}

// Round rounds to the nearest multiple of m, halves away from 0.
func (span Duration) Round(m Duration) Duration {
	if m <= 0 {
		return span
	}
	rest := span % m
	if span < 0 {
		rest = -rest
		if uint64(rest)*2 < uint64(m) {
			return span + rest
		}
		if down := span - m + rest; down < span {
			return down
		}
		return minDuration
	}
	if uint64(rest)*2 < uint64(m) {
		return span - rest
	}
	if up := span + m - rest; up > span {
		return up
	}
	return maxDuration
}

// Abs returns span without its sign.
func (span Duration) Abs() Duration {
	switch {
	case span >= 0:
		return span
	case span == minDuration:
		return maxDuration
	}
	return -span
}

func unitOf(s string) uint64 {
	switch s {
	case "ns":
		return uint64(Nanosecond)
	case "us", "µs", "μs": // two characters look like a micro sign
		return uint64(Microsecond)
	case "ms":
		return uint64(Millisecond)
	case "s":
		return uint64(Second)
	case "m":
		return uint64(Minute)
	case "h":
		return uint64(Hour)
	}
	return 0
}

const largestDuration = 1 << 63

// ParseDuration reads a sum of decimal numbers with units, such as 1h15m30.918s.
func ParseDuration(s string) (Duration, error) {
	bad := func(what string) (Duration, error) {
		return 0, &parseDurationError{what, s}
	}
	rest, negative := s, false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		rest, negative = s[1:], s[0] == '-'
	}
	if rest == "0" {
		return 0, nil
	}
	if rest == "" {
		return bad("invalid duration")
	}
	sum := uint64(0)
	for rest != "" {
		value, digits, after, ok := leadingInt(rest)
		if !ok {
			return bad("invalid duration")
		}
		rest = after
		part, scale := uint64(0), 1.0
		if rest != "" && rest[0] == '.' {
			var n int
			part, scale, n = leadingFraction(rest[1:])
			rest = rest[1+n:]
			digits += n
		}
		if digits == 0 {
			return bad("invalid duration")
		}
		end := 0
		for end < len(rest) && rest[end] != '.' && !digitAt(rest, end) {
			end++
		}
		if end == 0 {
			return bad("missing unit in duration")
		}
		unit := unitOf(rest[:end])
		if unit == 0 {
			return bad("unknown unit " + quote(rest[:end]) + " in duration")
		}
		rest = rest[end:]
		if value > largestDuration/unit {
			return bad("invalid duration")
		}
		value *= unit
		if part > 0 {
			value += uint64(float64(part) * (float64(unit) / scale))
		}
		sum += value
		if value > largestDuration || sum > largestDuration {
			return bad("invalid duration")
		}
	}
	if negative {
		return -Duration(sum), nil
	}
	if sum == largestDuration {
		return bad("invalid duration")
	}
	return Duration(sum), nil
}

// leadingInt reads digits; not ok if the number is larger than any duration.
func leadingInt(s string) (x uint64, digits int, rest string, ok bool) {
	i := 0
	for ; digitAt(s, i); i++ {
		if x > largestDuration/10 {
			return 0, 0, "", false
		}
		if x = x*10 + uint64(s[i]-'0'); x > largestDuration {
			return 0, 0, "", false
		}
	}
	return x, i, s[i:], true
}

// leadingFraction reads digits after a point: x/scale. What does not fit any more is left out.
func leadingFraction(s string) (x uint64, scale float64, digits int) {
	scale = 1
	full := false
	for ; digitAt(s, digits); digits++ {
		if full || x > (largestDuration-1)/10 {
			full = true
			continue
		}
		y := x*10 + uint64(s[digits]-'0')
		if y > largestDuration {
			full = true
			continue
		}
		x = y
		scale *= 10
	}
	return x, scale, digits
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

const hexDigits = "0123456789abcdef"

// parseDurationError says what is wrong with the text of a duration.
type parseDurationError struct {
	message string
	value   string
}

func (bad *parseDurationError) Error() string {
	return "time: " + bad.message + " " + quote(bad.value)
}

// quote puts s between quotes; what is no printable ASCII is written as bytes.
func quote(s string) string {
	out := append(make([]byte, 0, len(s)+2), '"')
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' || c >= 0x80:
			out = append(out, '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
		case c == '"' || c == '\\':
			out = append(out, '\\', c)
		default:
			out = append(out, c)
		}
	}
	return string(append(out, '"'))
}
