package slog

import "time"

// Attr is a key with a value.
type Attr struct {
	Key   string
	Value Value
}

// String returns a string with its key.
func String(key, value string) Attr { return Attr{key, StringValue(value)} }

// Int returns an int with its key.
func Int(key string, value int) Attr { return Attr{key, IntValue(value)} }

// Int64 returns an int64 with its key.
func Int64(key string, value int64) Attr { return Attr{key, Int64Value(value)} }

// Uint64 returns a uint64 with its key.
func Uint64(key string, v uint64) Attr { return Attr{key, Uint64Value(v)} }

// Float64 returns a float64 with its key.
func Float64(key string, v float64) Attr { return Attr{key, Float64Value(v)} }

// Bool returns a bool with its key.
func Bool(key string, v bool) Attr { return Attr{key, BoolValue(v)} }

// Time returns a time with its key.
func Time(key string, v time.Time) Attr { return Attr{key, TimeValue(v)} }

// Duration returns a duration with its key.
func Duration(key string, v time.Duration) Attr { return Attr{key, DurationValue(v)} }

// Group returns attributes under one key.
func Group(key string, args ...any) Attr { return Attr{key, GroupValue(paired(args)...)} }

// GroupAttrs returns attributes under one key.
func GroupAttrs(key string, attrs ...Attr) Attr { return Attr{key, GroupValue(attrs...)} }

// Any returns any value with its key.
func Any(key string, value any) Attr { return Attr{key, AnyValue(value)} }

// Equal reports whether two attributes are the same.
func (pair Attr) Equal(other Attr) bool { return pair.Key == other.Key && pair.Value.Equal(other.Value) }

// String returns key=value.
func (pair Attr) String() string { return pair.Key + "=" + pair.Value.String() }

func (pair Attr) empty() bool { return pair.Key == "" && pair.Value.num == 0 && pair.Value.any == nil }

const noKey = "!BADKEY"

// pairOf makes an attribute of the first arguments and returns the others.
func pairOf(args []any) (Attr, []any) {
	switch first := args[0].(type) {
	case Attr:
		return first, args[1:]
	case string:
		if len(args) > 1 {
			return Any(first, args[1]), args[2:]
		}
	}
	return Any(noKey, args[0]), args[1:]
}

// paired makes attributes of keys, values and attributes.
func paired(args []any) (list []Attr) {
	for len(args) > 0 {
		var pair Attr
		pair, args = pairOf(args)
		list = append(list, pair)
	}
	return list
}
