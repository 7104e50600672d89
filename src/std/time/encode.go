package time

import "errors"

// AppendText appends at by RFC 3339.
func (at Time) AppendText(b []byte) ([]byte, error) { return at.appendStrict(b, "Time.AppendText: ") }

// MarshalText returns at by RFC 3339.
func (at Time) MarshalText() ([]byte, error) {
	return at.appendStrict(make([]byte, 0, len(RFC3339Nano)), "Time.MarshalText: ")
}

// MarshalJSON returns at by RFC 3339, in quotes.
func (at Time) MarshalJSON() ([]byte, error) {
	b, err := at.appendStrict(append(make([]byte, 0, len(RFC3339Nano)+2), '"'), "Time.MarshalJSON: ")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

// appendStrict fails on what RFC 3339 has no form for.
func (at Time) appendStrict(b []byte, who string) ([]byte, error) {
	if year := at.Year(); year < 0 || year > 9999 {
		return nil, errors.New(who + "year outside of range [0,9999]")
	}
	if _, offset := at.Zone(); offset <= -24*3600 || offset >= 24*3600 {
		return nil, errors.New(who + "timezone hour outside of range [0,23]")
	}
	return at.AppendFormat(b, RFC3339Nano), nil
}

// UnmarshalText reads RFC 3339.
func (at *Time) UnmarshalText(data []byte) error {
	var err error
	*at, err = Parse(RFC3339, string(data))
	return err
}

// UnmarshalJSON reads RFC 3339 in quotes.
func (at *Time) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return errors.New("Time.UnmarshalJSON: input is not a JSON string")
	}
	return at.UnmarshalText(data[1 : len(data)-1])
}

// The binary form: its version, seconds since the year 1, nanoseconds, minutes east of UTC (-1: UTC itself); in the second version seconds of the offset too.
const (
	binaryMinutes = 1
	binarySeconds = 2
	binarySize    = 1 + 8 + 4 + 2
)

// AppendBinary appends the binary form of at.
func (at Time) AppendBinary(b []byte) ([]byte, error) {
	version, minutes, seconds := byte(binaryMinutes), -1, 0
	if at.Location() != UTC {
		_, offset := at.Zone()
		minutes, seconds = offset/60, offset%60
		if minutes < -1<<15 || minutes == -1 || minutes >= 1<<15 {
			return b, errors.New("Time.MarshalBinary: unexpected zone offset")
		}
		if seconds != 0 {
			version = binarySeconds
		}
	}
	b = append(b, version)
	b = appendBytes(b, uint64(at.Unix()+unixToInternal), 8)
	b = appendBytes(b, uint64(at.Nanosecond()), 4)
	b = appendBytes(b, uint64(minutes), 2)
	if version == binarySeconds {
		b = append(b, byte(seconds))
	}
	return b, nil
}

// appendBytes appends the last n bytes of x.
func appendBytes(b []byte, x uint64, n int) []byte {
	for n--; n >= 0; n-- {
		b = append(b, byte(x>>uint(8*n)))
	}
	return b
}

// MarshalBinary returns the binary form of at.
func (at Time) MarshalBinary() ([]byte, error) {
	b, err := at.AppendBinary(make([]byte, 0, binarySize+1))
	if err != nil {
		return nil, err
	}
	return b, nil
}

// UnmarshalBinary reads the binary form.
func (at *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return errors.New("Time.UnmarshalBinary: no data")
	}
	version, size := data[0], binarySize
	if version == binarySeconds {
		size++
	} else if version != binaryMinutes {
		return errors.New("Time.UnmarshalBinary: unsupported version")
	}
	if len(data) != size {
		return errors.New("Time.UnmarshalBinary: invalid length")
	}
	var parts [3]uint64
	rest := data[1:]
	for i, n := range [3]int{8, 4, 2} {
		for _, c := range rest[:n] {
			parts[i] = parts[i]<<8 | uint64(c)
		}
		rest = rest[n:]
	}
	offset := 60 * int(int16(parts[2]))
	if version == binarySeconds {
		offset += int(rest[0])
	}
	moment := Unix(int64(parts[0])-unixToInternal, int64(int32(parts[1])))
	_, local := moment.Zone()
	switch offset {
	case -60:
		*at = moment.UTC()
	case local:
		*at = moment
	default:
		*at = moment.In(FixedZone("", offset))
	}
	return nil
}

// GobEncode returns the binary form of at.
func (at Time) GobEncode() ([]byte, error) { return at.MarshalBinary() }

// GobDecode reads the binary form.
func (at *Time) GobDecode(data []byte) error { return at.UnmarshalBinary(data) }
