// Package flag reads the flags of a command line.
//
// flag.go: sets of flags and how a command line is read; value.go: what a flag holds; define.go: how flags are defined. Go: src/flag.
package flag

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// ErrHelp is the error of -help and -h where no such flag is defined.
var ErrHelp = errors.New("flag: help requested")

// ErrorHandling says what happens when a command line is wrong.
type ErrorHandling int

const (
	ContinueOnError ErrorHandling = iota
	ExitOnError
	PanicOnError
)

// Flag is one flag.
type Flag struct {
	Name     string
	Usage    string
	Value    Value
	DefValue string
}

// FlagSet is a set of flags.
type FlagSet struct {
	Usage func()

	name          string
	parsed        bool
	actual        map[string]*Flag
	formal        map[string]*Flag
	args          []string
	errorHandling ErrorHandling
	output        io.Writer
	undef         map[string]string
}

// CommandLine is the set that the functions of the package work on.
var CommandLine *FlagSet

// Usage tells how the program is called.
var Usage = func() {
	fmt.Fprintln(CommandLine.Output(), "Usage of "+os.Args[0]+":")
	PrintDefaults()
}

func init() {
	name := ""
	if len(os.Args) > 0 {
		name = os.Args[0]
	}
	CommandLine = NewFlagSet(name, ExitOnError)
	CommandLine.Usage = func() { Usage() }
}

// NewFlagSet returns an empty set.
func NewFlagSet(name string, errorHandling ErrorHandling) *FlagSet {
	set := &FlagSet{name: name, errorHandling: errorHandling}
	set.Usage = set.defaultUsage
	return set
}

// Init gives the set another name and handling.
func (set *FlagSet) Init(name string, errorHandling ErrorHandling) {
	set.name, set.errorHandling = name, errorHandling
}

// Output is where messages go.
func (set *FlagSet) Output() io.Writer {
	if set.output == nil {
		return os.Stderr
	}
	return set.output
}

// Name returns the name.
func (set *FlagSet) Name() string { return set.name }

// ErrorHandling returns what happens when a command line is wrong.
func (set *FlagSet) ErrorHandling() ErrorHandling { return set.errorHandling }

// SetOutput sets where messages go.
func (set *FlagSet) SetOutput(output io.Writer) { set.output = output }

// sorted returns flags by name.
func sorted(flags map[string]*Flag) []*Flag {
	list := make([]*Flag, 0, len(flags))
	for _, flag := range flags {
		list = append(list, flag)
	}
	slices.SortFunc(list, func(a, b *Flag) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// VisitAll calls fn with every flag.
func (set *FlagSet) VisitAll(fn func(*Flag)) {
	for _, flag := range sorted(set.formal) {
		fn(flag)
	}
}

// Visit calls fn with the flags that were set.
func (set *FlagSet) Visit(fn func(*Flag)) {
	for _, flag := range sorted(set.actual) {
		fn(flag)
	}
}

// Lookup returns a flag, nil if there is none.
func (set *FlagSet) Lookup(name string) *Flag { return set.formal[name] }

// Set sets a flag.
func (set *FlagSet) Set(name, value string) error { return set.set(name, value) }

// set is called by Set, of a set or of the package: a flag that is not there yet remembers who called that.
func (set *FlagSet) set(name, value string) error {
	flag, ok := set.formal[name]
	if !ok {
		if set.undef == nil {
			set.undef = map[string]string{}
		}
		_, file, line, known := runtime.Caller(2)
		if !known {
			file, line = "?", 0
		}
		set.undef[name] = fmt.Sprintf("%s:%d", file, line)
		return fmt.Errorf("no such flag -%v", name)
	}
	return set.give(flag, value)
}

// give sets a flag and remembers that it was.
func (set *FlagSet) give(flag *Flag, value string) error {
	err := flag.Value.Set(value)
	if err == nil {
		if set.actual == nil {
			set.actual = map[string]*Flag{}
		}
		set.actual[flag.Name] = flag
	}
	return err
}

// UnquoteUsage takes the name of the value out of `back quotes` in a usage text, or makes one by its type.
func UnquoteUsage(flag *Flag) (name string, usage string) {
	usage = flag.Usage
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		if inside, after, ok := strings.Cut(rest, "`"); ok {
			return inside, before + inside + after
		}
	}
	switch value := flag.Value.(type) {
	case boolean:
		if value.IsBoolFlag() {
			return "", usage
		}
		return "value", usage
	case *durationValue:
		return "duration", usage
	case *floatValue:
		return "float", usage
	case *intValue, *int64Value:
		return "int", usage
	case *stringValue:
		return "string", usage
	case *uintValue, *uint64Value:
		return "uint", usage
	}
	return "value", usage
}

// PrintDefaults tells of every flag.
func (set *FlagSet) PrintDefaults() {
	var failed []error
	set.VisitAll(func(flag *Flag) {
		const indent = "\n    \t"
		operand, about := UnquoteUsage(flag)
		if operand != "" {
			operand = " " + operand
		}
		head, gap := "  -"+flag.Name+operand, indent
		if len(head) <= 4 { // a flag of one letter
			gap = "\t"
		}
		var b strings.Builder
		b.WriteString(head + gap + strings.ReplaceAll(about, "\n", indent))
		if zero, err := zeroValue(flag); err != nil {
			failed = append(failed, err)
		} else if !zero {
			shown := flag.DefValue
			if _, quoted := flag.Value.(*stringValue); quoted {
				shown = strconv.Quote(shown)
			}
			b.WriteString(" (default " + shown + ")")
		}
		fmt.Fprint(set.Output(), b.String(), "\n")
	})
	if len(failed) == 0 {
		return
	}
	fmt.Fprintln(set.Output())
	for _, err := range failed {
		fmt.Fprintln(set.Output(), err)
	}
}

func (set *FlagSet) defaultUsage() {
	if set.name == "" {
		fmt.Fprintf(set.Output(), "Usage:\n")
	} else {
		fmt.Fprintf(set.Output(), "Usage of %s:\n", set.name)
	}
	set.PrintDefaults()
}

// NFlag is the number of flags that were set.
func (set *FlagSet) NFlag() int { return len(set.actual) }

// Arg returns the i-th argument after the flags.
func (set *FlagSet) Arg(i int) string {
	if i < 0 || i >= len(set.args) {
		return ""
	}
	return set.args[i]
}

// NArg is the number of arguments after the flags.
func (set *FlagSet) NArg() int { return len(set.args) }

// Args returns the arguments after the flags.
func (set *FlagSet) Args() []string { return set.args }

// Parsed reports whether Parse was called.
func (set *FlagSet) Parsed() bool { return set.parsed }

// complain tells what is wrong, and how it is done right.
func (set *FlagSet) complain(format string, a ...any) error {
	text := fmt.Sprintf(format, a...)
	fmt.Fprintln(set.Output(), text)
	set.usage()
	return errors.New(text)
}

func (set *FlagSet) usage() {
	if set.Usage == nil {
		set.defaultUsage()
	} else {
		set.Usage()
	}
}

// Parse reads flags up to the first argument that is none.
func (set *FlagSet) Parse(arguments []string) error {
	set.parsed = true
	set.args = arguments
	for {
		more, err := set.one()
		if more {
			continue
		}
		if err == nil {
			return nil
		}
		switch set.errorHandling {
		case ContinueOnError:
			return err
		case ExitOnError:
			if err == ErrHelp {
				os.Exit(0)
			}
			os.Exit(2)
		case PanicOnError:
			panic(err)
		}
	}
}

// one reads one flag; false if there is none.
func (set *FlagSet) one() (more bool, err error) {
	if len(set.args) == 0 {
		return false, nil
	}
	arg := set.args[0]
	if len(arg) < 2 || arg[0] != '-' {
		return false, nil
	}
	name := arg[1:]
	if name[0] == '-' {
		if name = name[1:]; name == "" { // "--" ends the flags
			set.args = set.args[1:]
			return false, nil
		}
	}
	if name == "" || name[0] == '-' || name[0] == '=' {
		return false, set.complain("bad flag syntax: %s", arg)
	}
	set.args = set.args[1:]
	name, value, hasValue := cutValue(name)
	flag, ok := set.formal[name]
	if !ok {
		if name == "help" || name == "h" {
			set.usage()
			return false, ErrHelp
		}
		return false, set.complain("flag provided but not defined: -%s", name)
	}
	if err := set.assign(flag, value, hasValue); err != nil {
		return false, err
	}
	return true, nil
}

// assign gives a flag the value that stands behind its `=`; without one, the next argument, or true if it needs none.
func (set *FlagSet) assign(flag *Flag, value string, given bool) error {
	b, ok := flag.Value.(boolean)
	alone := ok && b.IsBoolFlag()
	switch {
	case given:
	case alone:
		value = "true"
	case len(set.args) == 0:
		return set.complain("flag needs an argument: -%s", flag.Name)
	default:
		value, set.args = set.args[0], set.args[1:]
	}
	err := set.give(flag, value)
	switch {
	case err == nil:
		return nil
	case !alone:
		return set.complain("invalid value %q for flag -%s: %v", value, flag.Name, err)
	case given:
		return set.complain("invalid boolean value %q for -%s: %v", value, flag.Name, err)
	}
	return set.complain("invalid boolean flag %s: %v", flag.Name, err)
}

// cutValue splits name=value; the name has one character at least.
func cutValue(s string) (name, value string, ok bool) {
	for i := 1; i < len(s); i++ {
		if s[i] == '=' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// The functions of the package work on CommandLine.

func VisitAll(fn func(*Flag))      { CommandLine.VisitAll(fn) }
func Visit(fn func(*Flag))         { CommandLine.Visit(fn) }
func Lookup(name string) *Flag     { return CommandLine.Lookup(name) }
func Set(name, value string) error { return CommandLine.set(name, value) }
func PrintDefaults()               { CommandLine.PrintDefaults() }
func NFlag() int                   { return CommandLine.NFlag() }
func Arg(i int) string             { return CommandLine.Arg(i) }
func NArg() int                    { return CommandLine.NArg() }
func Args() []string               { return CommandLine.Args() }
func Parsed() bool                 { return CommandLine.Parsed() }
func Parse() {
	CommandLine.Parse(os.Args[1:])
}
