package flag

import (
	"encoding"
	"fmt"
	"time"
)

// Var defines a flag.
func (set *FlagSet) Var(value Value, name string, usage string) {
	switch {
	case len(name) > 0 && name[0] == '-':
		panic(set.told("flag %q begins with -", name))
	case hasEquals(name):
		panic(set.told("flag %q contains =", name))
	}
	flag := &Flag{name, usage, value, value.String()}
	if _, again := set.formal[name]; again {
		if set.name == "" {
			panic(set.told("flag redefined: %s", name))
		}
		panic(set.told("%s flag redefined: %s", set.name, name))
	}
	if at := set.undef[name]; at != "" {
		panic(fmt.Sprintf("flag %s set at %s before being defined", name, at))
	}
	if set.formal == nil {
		set.formal = make(map[string]*Flag)
	}
	set.formal[name] = flag
}

// told makes a text and shows it as well.
func (set *FlagSet) told(format string, values ...any) string {
	text := fmt.Sprintf(format, values...)
	fmt.Fprintln(set.Output(), text)
	return text
}

func hasEquals(name string) bool {
	for i := range len(name) {
		if name[i] == '=' {
			return true
		}
	}
	return false
}

// TextVar defines a flag of a value that reads itself.
func (set *FlagSet) TextVar(p encoding.TextUnmarshaler, name string, value encoding.TextMarshaler, usage string) {
	text, err := value.MarshalText()
	if err == nil {
		err = p.UnmarshalText(text)
	}
	if err != nil {
		panic(err)
	}
	set.Var(textValue{p}, name, usage)
}

// Func defines a flag that calls a function.
func (set *FlagSet) Func(name, usage string, fn func(string) error) {
	set.Var(funcValue(fn), name, usage)
}

// BoolFunc defines a flag without argument that calls a function.
func (set *FlagSet) BoolFunc(name, usage string, fn func(string) error) {
	set.Var(boolFuncValue(fn), name, usage)
}

// Var defines a flag.
func Var(value Value, name string, usage string) { CommandLine.Var(value, name, usage) }

// TextVar defines a flag of a value that reads itself.
func TextVar(p encoding.TextUnmarshaler, name string, value encoding.TextMarshaler, usage string) {
	CommandLine.TextVar(p, name, value, usage)
}

// Func defines a flag that calls a function.
func Func(name, usage string, fn func(string) error) { CommandLine.Func(name, usage, fn) }

// BoolFunc defines a flag without argument that calls a function.
func BoolFunc(name, usage string, fn func(string) error) { CommandLine.BoolFunc(name, usage, fn) }

// BoolVar defines a flag whose value goes to *p.
func (set *FlagSet) BoolVar(p *bool, name string, value bool, usage string) {
	*p = value
	set.Var((*boolValue)(p), name, usage)
}

// Bool defines a flag and returns where its value goes.
func (set *FlagSet) Bool(name string, value bool, usage string) *bool {
	p := new(bool)
	set.BoolVar(p, name, value, usage)
	return p
}

// BoolVar defines a flag whose value goes to *p.
func BoolVar(p *bool, name string, value bool, usage string) {
	CommandLine.BoolVar(p, name, value, usage)
}

// Bool defines a flag and returns where its value goes.
func Bool(name string, value bool, usage string) *bool { return CommandLine.Bool(name, value, usage) }

// IntVar defines a flag whose value goes to *p.
func (set *FlagSet) IntVar(p *int, name string, value int, usage string) {
	*p = value
	set.Var((*intValue)(p), name, usage)
}

// Int defines a flag and returns where its value goes.
func (set *FlagSet) Int(name string, value int, usage string) *int {
	p := new(int)
	set.IntVar(p, name, value, usage)
	return p
}

// IntVar defines a flag whose value goes to *p.
func IntVar(p *int, name string, value int, usage string) { CommandLine.IntVar(p, name, value, usage) }

// Int defines a flag and returns where its value goes.
func Int(name string, value int, usage string) *int { return CommandLine.Int(name, value, usage) }

// Int64Var defines a flag whose value goes to *p.
func (set *FlagSet) Int64Var(p *int64, name string, value int64, usage string) {
	*p = value
	set.Var((*int64Value)(p), name, usage)
}

// Int64 defines a flag and returns where its value goes.
func (set *FlagSet) Int64(name string, value int64, usage string) *int64 {
	p := new(int64)
	set.Int64Var(p, name, value, usage)
	return p
}

// Int64Var defines a flag whose value goes to *p.
func Int64Var(p *int64, name string, value int64, usage string) {
	CommandLine.Int64Var(p, name, value, usage)
}

// Int64 defines a flag and returns where its value goes.
func Int64(name string, value int64, usage string) *int64 {
	return CommandLine.Int64(name, value, usage)
}

// UintVar defines a flag whose value goes to *p.
func (set *FlagSet) UintVar(p *uint, name string, value uint, usage string) {
	*p = value
	set.Var((*uintValue)(p), name, usage)
}

// Uint defines a flag and returns where its value goes.
func (set *FlagSet) Uint(name string, value uint, usage string) *uint {
	p := new(uint)
	set.UintVar(p, name, value, usage)
	return p
}

// UintVar defines a flag whose value goes to *p.
func UintVar(p *uint, name string, value uint, usage string) {
	CommandLine.UintVar(p, name, value, usage)
}

// Uint defines a flag and returns where its value goes.
func Uint(name string, value uint, usage string) *uint { return CommandLine.Uint(name, value, usage) }

// Uint64Var defines a flag whose value goes to *p.
func (set *FlagSet) Uint64Var(p *uint64, name string, value uint64, usage string) {
	*p = value
	set.Var((*uint64Value)(p), name, usage)
}

// Uint64 defines a flag and returns where its value goes.
func (set *FlagSet) Uint64(name string, value uint64, usage string) *uint64 {
	p := new(uint64)
	set.Uint64Var(p, name, value, usage)
	return p
}

// Uint64Var defines a flag whose value goes to *p.
func Uint64Var(p *uint64, name string, value uint64, usage string) {
	CommandLine.Uint64Var(p, name, value, usage)
}

// Uint64 defines a flag and returns where its value goes.
func Uint64(name string, value uint64, usage string) *uint64 {
	return CommandLine.Uint64(name, value, usage)
}

// StringVar defines a flag whose value goes to *p.
func (set *FlagSet) StringVar(p *string, name string, value string, usage string) {
	*p = value
	set.Var((*stringValue)(p), name, usage)
}

// String defines a flag and returns where its value goes.
func (set *FlagSet) String(name string, value string, usage string) *string {
	p := new(string)
	set.StringVar(p, name, value, usage)
	return p
}

// StringVar defines a flag whose value goes to *p.
func StringVar(p *string, name string, value string, usage string) {
	CommandLine.StringVar(p, name, value, usage)
}

// String defines a flag and returns where its value goes.
func String(name string, value string, usage string) *string {
	return CommandLine.String(name, value, usage)
}

// Float64Var defines a flag whose value goes to *p.
func (set *FlagSet) Float64Var(p *float64, name string, value float64, usage string) {
	*p = value
	set.Var((*floatValue)(p), name, usage)
}

// Float64 defines a flag and returns where its value goes.
func (set *FlagSet) Float64(name string, value float64, usage string) *float64 {
	p := new(float64)
	set.Float64Var(p, name, value, usage)
	return p
}

// Float64Var defines a flag whose value goes to *p.
func Float64Var(p *float64, name string, value float64, usage string) {
	CommandLine.Float64Var(p, name, value, usage)
}

// Float64 defines a flag and returns where its value goes.
func Float64(name string, value float64, usage string) *float64 {
	return CommandLine.Float64(name, value, usage)
}

// DurationVar defines a flag whose value goes to *p.
func (set *FlagSet) DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	*p = value
	set.Var((*durationValue)(p), name, usage)
}

// Duration defines a flag and returns where its value goes.
func (set *FlagSet) Duration(name string, value time.Duration, usage string) *time.Duration {
	p := new(time.Duration)
	set.DurationVar(p, name, value, usage)
	return p
}

// DurationVar defines a flag whose value goes to *p.
func DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	CommandLine.DurationVar(p, name, value, usage)
}

// Duration defines a flag and returns where its value goes.
func Duration(name string, value time.Duration, usage string) *time.Duration {
	return CommandLine.Duration(name, value, usage)
}
