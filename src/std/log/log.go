// Package log writes lines with a time stamp. Go: src/log.
package log

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// What stands before each line.
const (
	Ldate = 1 << iota
	Ltime
	Lmicroseconds
	Llongfile
	Lshortfile
	LUTC
	Lmsgprefix
	LstdFlags = Ldate | Ltime
)

// Logger writes lines to a writer.
type Logger struct {
	outMu     sync.Mutex
	out       io.Writer
	prefix    *string
	flag      atomic.Int32
	isDiscard atomic.Bool
}

var std = New(os.Stderr, "", LstdFlags)

// New returns a Logger.
func New(out io.Writer, prefix string, flag int) *Logger {
	return &Logger{out: out, prefix: &prefix, flag: number(flag), isDiscard: boolean(out == io.Discard)}
}

func number(n int) (v atomic.Int32) {
	v.Store(int32(n))
	return v
}

func boolean(b bool) (v atomic.Bool) {
	v.Store(b)
	return v
}

// Default returns the Logger of the package's functions.
func Default() *Logger { return std }

// SetOutput sets where lines go.
func (logger *Logger) SetOutput(w io.Writer) {
	logger.outMu.Lock()
	defer logger.outMu.Unlock()
	logger.out = w
	logger.isDiscard.Store(w == io.Discard)
}

// Writer returns where lines go.
func (logger *Logger) Writer() io.Writer {
	logger.outMu.Lock()
	defer logger.outMu.Unlock()
	return logger.out
}

// Flags returns what stands before each line.
func (logger *Logger) Flags() int { return int(logger.flag.Load()) }

// SetFlags sets what stands before each line.
func (logger *Logger) SetFlags(flag int) { logger.flag.Store(int32(flag)) }

// Prefix returns the text before each line.
func (logger *Logger) Prefix() string {
	if logger.prefix == nil {
		return ""
	}
	return *logger.prefix
}

// SetPrefix sets the text before each line.
func (logger *Logger) SetPrefix(prefix string) { logger.prefix = &prefix }

// padded appends n with at least width digits.
func padded(b []byte, n, width int) []byte {
	if n >= 10 || width > 1 {
		b = padded(b, n/10, width-1)
	}
	return append(b, '0'+byte(n%10))
}

// head appends what stands before the message.
func (logger *Logger) head(b []byte, now time.Time, file string, line int) []byte {
	flag := logger.Flags()
	if flag&Lmsgprefix == 0 {
		b = append(b, logger.Prefix()...)
	}
	if flag&LUTC != 0 {
		now = now.UTC()
	}
	if flag&Ldate != 0 {
		year, month, day := now.Date()
		b = append(padded(b, year, 4), '/')
		b = append(padded(b, int(month), 2), '/')
		b = append(padded(b, day, 2), ' ')
	}
	if flag&(Ltime|Lmicroseconds) != 0 {
		hour, min, sec := now.Clock()
		b = append(padded(b, hour, 2), ':')
		b = append(padded(b, min, 2), ':')
		b = padded(b, sec, 2)
		if flag&Lmicroseconds != 0 {
			b = padded(append(b, '.'), now.Nanosecond()/1e3, 6)
		}
		b = append(b, ' ')
	}
	if flag&(Llongfile|Lshortfile) != 0 {
		if flag&Lshortfile != 0 {
			for i := len(file) - 1; i > 0; i-- {
				if file[i] == '/' {
					file = file[i+1:]
					break
				}
			}
		}
		b = append(append(b, file...), ':')
		b = append(padded(b, line, 1), ": "...)
	}
	if flag&Lmsgprefix != 0 {
		b = append(b, logger.Prefix()...)
	}
	return b
}

// Output writes one line; calldepth counts the functions between it and the line that is told.
func (logger *Logger) Output(calldepth int, s string) error { return logger.write(calldepth+1, s) }

func (logger *Logger) write(calldepth int, s string) error {
	if logger.isDiscard.Load() {
		return nil
	}
	now := time.Now()
	file, line := "", 0
	if logger.Flags()&(Llongfile|Lshortfile) != 0 {
		var ok bool
		if _, file, line, ok = runtime.Caller(calldepth); !ok {
			file, line = "???", 0
		}
	}
	room := idle.Get().(*[]byte)
	b := append(logger.head((*room)[:0], now, file, line), s...)
	if len(s) == 0 || s[len(s)-1] != '\n' {
		b = append(b, '\n')
	}
	if *room = b; cap(b) > 64<<10 {
		*room = nil
	}
	defer idle.Put(room)
	logger.outMu.Lock()
	defer logger.outMu.Unlock()
	_, err := logger.out.Write(b)
	return err
}

// idle are buffers that nobody uses.
var idle = sync.Pool{New: func() any { return new([]byte) }}

func (logger *Logger) Print(v ...any)                 { logger.write(2, fmt.Sprint(v...)) }
func (logger *Logger) Printf(format string, v ...any) { logger.write(2, fmt.Sprintf(format, v...)) }
func (logger *Logger) Println(v ...any)               { logger.write(2, fmt.Sprintln(v...)) }

func (logger *Logger) Fatal(v ...any) {
	logger.write(2, fmt.Sprint(v...))
	os.Exit(1)
}

func (logger *Logger) Fatalf(format string, v ...any) {
	logger.write(2, fmt.Sprintf(format, v...))
	os.Exit(1)
}

func (logger *Logger) Fatalln(v ...any) {
	logger.write(2, fmt.Sprintln(v...))
	os.Exit(1)
}

func (logger *Logger) Panic(v ...any) {
	s := fmt.Sprint(v...)
	logger.write(2, s)
	panic(s)
}

func (logger *Logger) Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	logger.write(2, s)
	panic(s)
}

func (logger *Logger) Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	logger.write(2, s)
	panic(s)
}

// The functions of the package are methods of one Logger, which writes to standard error.

func SetOutput(w io.Writer)                { std.SetOutput(w) }
func Writer() io.Writer                    { return std.Writer() }
func Flags() int                           { return std.Flags() }
func SetFlags(flag int)                    { std.SetFlags(flag) }
func Prefix() string                       { return std.Prefix() }
func SetPrefix(prefix string)              { std.SetPrefix(prefix) }
func Output(calldepth int, s string) error { return std.write(calldepth+1, s) }
func Print(v ...any)                       { std.write(2, fmt.Sprint(v...)) }
func Printf(format string, v ...any)       { std.write(2, fmt.Sprintf(format, v...)) }
func Println(v ...any)                     { std.write(2, fmt.Sprintln(v...)) }

func Fatal(v ...any) {
	std.write(2, fmt.Sprint(v...))
	os.Exit(1)
}

func Fatalf(format string, v ...any) {
	std.write(2, fmt.Sprintf(format, v...))
	os.Exit(1)
}

func Fatalln(v ...any) {
	std.write(2, fmt.Sprintln(v...))
	os.Exit(1)
}

func Panic(v ...any) {
	s := fmt.Sprint(v...)
	std.write(2, s)
	panic(s)
}

func Panicf(format string, v ...any) {
	s := fmt.Sprintf(format, v...)
	std.write(2, s)
	panic(s)
}

func Panicln(v ...any) {
	s := fmt.Sprintln(v...)
	std.write(2, s)
	panic(s)
}
