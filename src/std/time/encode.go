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
