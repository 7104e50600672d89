package slog

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
)

// Level is how important a record is.
type Level int

const (
	LevelDebug Level = -4
	LevelInfo  Level = 0
	LevelWarn  Level = 4
	LevelError Level = 8
)

// named are the levels with names, most important first; the last also names what is below it.
var named = [...]struct {
	name  string
	level Level
}{{"ERROR", LevelError}, {"WARN", LevelWarn}, {"INFO", LevelInfo}, {"DEBUG", LevelDebug}}

// String returns the name of the next lower level that has one, and the distance to it.
func (at Level) String() string {
	from := named[len(named)-1]
	for _, n := range named {
		if at >= n.level {
			from = n
			break
		}
	}
	if at == from.level {
		return from.name
	}
	return fmt.Sprintf("%s%+d", from.name, int(at-from.level))
}

// Level returns the level itself.
func (at Level) Level() Level { return at }

// MarshalJSON returns the name in quotes.
func (at Level) MarshalJSON() ([]byte, error) { return strconv.AppendQuote(nil, at.String()), nil }

// AppendText appends the name.
func (at Level) AppendText(b []byte) ([]byte, error) { return append(b, at.String()...), nil }

// MarshalText returns the name.
func (at Level) MarshalText() ([]byte, error) { return []byte(at.String()), nil }

// UnmarshalJSON reads a name in quotes.
func (at *Level) UnmarshalJSON(data []byte) error {
	name, err := strconv.Unquote(string(data))
	if err != nil {
		return err
	}
	return at.UnmarshalText([]byte(name))
}

// UnmarshalText reads a name, in any case, with a distance.
func (at *Level) UnmarshalText(data []byte) error {
	text := string(data)
	fail := func(err error) error { return fmt.Errorf("slog: level string %q: %w", text, err) }
	name, distance := text, 0
	if i := strings.IndexAny(text, "+-"); i >= 0 {
		var err error
		if distance, err = strconv.Atoi(text[i:]); err != nil {
			return fail(err)
		}
		name = text[:i]
	}
	for _, n := range named {
		if strings.EqualFold(n.name, name) {
			*at = n.level + Level(distance)
			return nil
		}
	}
	return fail(errors.New("unknown name"))
}

// LevelVar is a level that can be changed while others use it.
type LevelVar struct{ val atomic.Int64 }

// Level returns the level.
func (now *LevelVar) Level() Level { return Level(now.val.Load()) }

// Set sets the level.
func (now *LevelVar) Set(l Level) { now.val.Store(int64(l)) }

// String returns LevelVar(name).
func (now *LevelVar) String() string { return fmt.Sprintf("LevelVar(%s)", now.Level()) }

// AppendText appends the name.
func (now *LevelVar) AppendText(b []byte) ([]byte, error) { return now.Level().AppendText(b) }

// MarshalText returns the name.
func (now *LevelVar) MarshalText() ([]byte, error) { return now.Level().MarshalText() }

// UnmarshalText reads a name.
func (now *LevelVar) UnmarshalText(data []byte) error {
	var l Level
	err := l.UnmarshalText(data)
	if err == nil {
		now.Set(l)
	}
	return err
}

// Leveler has a level.
type Leveler interface {
	Level() Level
}
