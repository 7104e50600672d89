package slog

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
	"unsafe"
)

// Kind tells what a Value holds.
type Kind int

const (
	KindAny Kind = iota
	KindBool
	KindDuration
	KindFloat64
	KindInt64
	KindString
	KindTime
	KindUint64
	KindGroup
	KindLogValuer
)

// String returns the name.
func (what Kind) String() string {
	if what < KindAny || what > KindLogValuer {
		return "<unknown slog.Kind>"
	}
	return [...]string{"Any", "Bool", "Duration", "Float64", "Int64", "String", "Time", "Uint64", "Group", "LogValuer"}[what]
}

// Value is a value of any type; of common ones it needs no memory of its own. A number is in num and its kind in any; of a string or group num is the
// length and any points to the first byte or attribute; of a time any is its location, or the time itself where nanoseconds do not say it.
type Value struct {
	_   [0]func()
	num uint64
	any any
}

type (
	textStart  *byte
	groupStart *Attr
	timePlace  *time.Location
	wholeTime  time.Time
	kindItself Kind // a Kind that is the value
)

// Kind returns the kind.
func (val Value) Kind() Kind {
	switch held := val.any.(type) {
	case Kind:
		return held
	case textStart:
		return KindString
	case groupStart:
		return KindGroup
	case timePlace, wholeTime:
		return KindTime
	case LogValuer:
		return KindLogValuer
	}
	return KindAny
}

// StringValue returns a string as a value.
func StringValue(value string) Value {
	return Value{num: uint64(len(value)), any: textStart(unsafe.StringData(value))}
}

// IntValue returns an int as a value.
func IntValue(v int) Value { return Int64Value(int64(v)) }

// Int64Value returns an int64 as a value.
func Int64Value(v int64) Value { return Value{num: uint64(v), any: KindInt64} }

// Uint64Value returns a uint64 as a value.
func Uint64Value(v uint64) Value { return Value{num: v, any: KindUint64} }

// Float64Value returns a float64 as a value.
func Float64Value(v float64) Value { return Value{num: math.Float64bits(v), any: KindFloat64} }

// BoolValue returns a bool as a value.
func BoolValue(v bool) Value {
	val := Value{any: KindBool}
	if v {
		val.num = 1
	}
	return val
}

// DurationValue returns a duration as a value.
func DurationValue(v time.Duration) Value { return Value{num: uint64(v), any: KindDuration} }

// TimeValue returns a time as a value, without its monotonic part.
func TimeValue(v time.Time) Value {
	if v.IsZero() {
		return Value{any: timePlace(nil)}
	}
	if ns := v.UnixNano(); time.Unix(0, ns).Equal(v) {
		return Value{num: uint64(ns), any: timePlace(v.Location())}
	}
	return Value{any: wholeTime(v.Round(0))}
}

// GroupValue returns attributes as a value; empty groups among them are left out.
func GroupValue(as ...Attr) Value {
	if slices.ContainsFunc(as, Attr.emptyGroup) {
		as = slices.DeleteFunc(slices.Clone(as), Attr.emptyGroup)
	}
	return Value{num: uint64(len(as)), any: groupStart(unsafe.SliceData(as))}
}

func (pair Attr) emptyGroup() bool { return pair.Value.Kind() == KindGroup && pair.Value.num == 0 }

// AnyValue returns any value as a value.
func AnyValue(v any) Value {
	switch v := v.(type) {
	case string:
		return StringValue(v)
	case bool:
		return BoolValue(v)
	case int:
		return IntValue(v)
	case int8:
		return Int64Value(int64(v))
	case int16:
		return Int64Value(int64(v))
	case int32:
		return Int64Value(int64(v))
	case int64:
		return Int64Value(v)
	case uint:
		return Uint64Value(uint64(v))
	case uint8:
		return Uint64Value(uint64(v))
	case uint16:
		return Uint64Value(uint64(v))
	case uint32:
		return Uint64Value(uint64(v))
	case uint64:
		return Uint64Value(v)
	case uintptr:
		return Uint64Value(uint64(v))
	case float32:
		return Float64Value(float64(v))
	case float64:
		return Float64Value(v)
	case time.Duration:
		return DurationValue(v)
	case time.Time:
		return TimeValue(v)
	case []Attr:
		return GroupValue(v...)
	case Kind:
		return Value{any: kindItself(v)}
	case Value:
		return v
	}
	return Value{any: v}
}

// want panics unless the value is of a kind.
func (val Value) want(k Kind) {
	if have := val.Kind(); have != k {
		panic(fmt.Sprintf("Value kind is %s, not %s", have, k))
	}
}

// Int64 returns an int64.
func (val Value) Int64() int64 {
	val.want(KindInt64)
	return int64(val.num)
}

// Uint64 returns a uint64.
func (val Value) Uint64() uint64 {
	val.want(KindUint64)
	return val.num
}

// Bool returns a bool.
func (val Value) Bool() bool {
	val.want(KindBool)
	return val.num == 1
}

// Duration returns a duration.
func (val Value) Duration() time.Duration {
	val.want(KindDuration)
	return time.Duration(val.num)
}

// Float64 returns a float64.
func (val Value) Float64() float64 {
	val.want(KindFloat64)
	return math.Float64frombits(val.num)
}

// Time returns a time.
func (val Value) Time() time.Time {
	val.want(KindTime)
	switch held := val.any.(type) {
	case wholeTime:
		return time.Time(held)
	case timePlace:
		if held != nil {
			return time.Unix(0, int64(val.num)).In(held)
		}
	}
	return time.Time{}
}

// Group returns the attributes of a group.
func (val Value) Group() []Attr {
	first, ok := val.any.(groupStart)
	if !ok {
		panic("Group: bad kind")
	}
	return unsafe.Slice((*Attr)(first), val.num)
}

// LogValuer returns what can say its value.
func (val Value) LogValuer() LogValuer { return val.any.(LogValuer) }

func (val Value) text() string { return unsafe.String((*byte)(val.any.(textStart)), val.num) }

// Any returns the value.
func (val Value) Any() any {
	switch val.Kind() {
	case KindBool:
		return val.Bool()
	case KindDuration:
		return val.Duration()
	case KindFloat64:
		return val.Float64()
	case KindInt64:
		return val.Int64()
	case KindString:
		return val.text()
	case KindTime:
		return val.Time()
	case KindUint64:
		return val.num
	case KindGroup:
		return val.Group()
	}
	if k, ok := val.any.(kindItself); ok {
		return Kind(k)
	}
	return val.any
}

// Equal reports whether two values are the same.
func (val Value) Equal(other Value) bool {
	k := val.Kind()
	if k != other.Kind() {
		return false
	}
	switch k {
	case KindString:
		return val.text() == other.text()
	case KindFloat64:
		return val.Float64() == other.Float64()
	case KindTime:
		return val.Time().Equal(other.Time())
	case KindGroup:
		return slices.EqualFunc(val.Group(), other.Group(), Attr.Equal)
	case KindAny, KindLogValuer:
		return val.any == other.any
	}
	return val.num == other.num
}

// String returns the value as text.
func (val Value) String() string {
	if val.Kind() == KindString {
		return val.text()
	}
	return string(val.appendTo(nil))
}

// appendTo appends the value as fmt.Sprint writes it.
func (val Value) appendTo(b []byte) []byte {
	switch val.Kind() {
	case KindString:
		return append(b, val.text()...)
	case KindInt64:
		return strconv.AppendInt(b, val.Int64(), 10)
	case KindUint64:
		return strconv.AppendUint(b, val.num, 10)
	case KindFloat64:
		return strconv.AppendFloat(b, val.Float64(), 'g', -1, 64)
	case KindBool:
		return strconv.AppendBool(b, val.Bool())
	case KindDuration:
		return append(b, val.Duration().String()...)
	case KindTime:
		return append(b, val.Time().String()...)
	case KindGroup:
		return fmt.Append(b, val.Group())
	}
	return fmt.Append(b, val.any)
}

// LogValuer says its value when it is logged.
type LogValuer interface {
	LogValue() Value
}

// mostValues is how often a value may name another one.
const mostValues = 100

// Resolve asks LogValuers until there is another value; a panic becomes an error.
func (val Value) Resolve() (rv Value) {
	from := val
	defer func() {
		if r := recover(); r != nil {
			rv = AnyValue(fmt.Errorf("LogValue panicked\n%s", callers(3, 5)))
		}
	}()
	for range mostValues {
		if val.Kind() != KindLogValuer {
			return val
		}
		val = val.LogValuer().LogValue()
	}
	return AnyValue(fmt.Errorf("LogValue called too many times on %T", from.Any()))
}

// callers ends the program as unsupported: what is on the stack is not told as Go tells it.
func callers(skip, count int) string
