// Package slog logs records of attributes.
//
// logger.go: loggers; record.go, attr.go, value.go, level.go: what is logged; handler.go: handlers; write.go: how they write records.
// Go: src/log/slog.
package slog

import (
	"bytes"
	"context"
	"log"
	"runtime"
	"sync/atomic"
	"time"
)

// Logger makes records and hands them to a handler.
type Logger struct{ handler Handler }

var (
	defaultLogger  atomic.Pointer[Logger]
	logLoggerLevel LevelVar
)

func init() { defaultLogger.Store(New(&plainHandler{})) }

// New returns a logger.
func New(h Handler) *Logger {
	if h == nil {
		panic("nil Handler")
	}
	return &Logger{h}
}

// Default returns the logger of the functions of this package.
func Default() *Logger { return defaultLogger.Load() }

// SetDefault sets the logger of the functions of this package, and of package log.
func SetDefault(l *Logger) {
	defaultLogger.Store(l)
	if _, plain := l.handler.(*plainHandler); !plain {
		places := log.Flags()&(log.Lshortfile|log.Llongfile) != 0
		log.SetOutput(&bridge{l.handler, &logLoggerLevel, places})
		log.SetFlags(0)
	}
}

// SetLogLoggerLevel sets the level of what goes from package log to the default logger or the other way.
func SetLogLoggerLevel(level Level) (oldLevel Level) {
	oldLevel = logLoggerLevel.Level()
	logLoggerLevel.Set(level)
	return oldLevel
}

// bridge makes records of what package log writes.
type bridge struct {
	h      Handler
	level  Leveler
	places bool
}

func (to *bridge) Write(line []byte) (int, error) {
	level := to.level.Level()
	if !to.h.Enabled(context.Background(), level) {
		return 0, nil
	}
	var pc uintptr
	if to.places {
		pc = placeOf(4)
	}
	event := NewRecord(time.Now(), level, string(bytes.TrimSuffix(line, []byte{'\n'})), pc)
	return len(line), to.h.Handle(context.Background(), event)
}

// NewLogLogger returns a logger of package log whose lines go to h.
func NewLogLogger(h Handler, level Level) *log.Logger {
	return log.New(&bridge{h, level, true}, "", 0)
}

func placeOf(skip int) uintptr {
	var pcs [1]uintptr
	runtime.Callers(skip+1, pcs[:])
	return pcs[0]
}

// Handler returns the handler.
func (to *Logger) Handler() Handler { return to.handler }

// Enabled reports whether records of a level are handled.
func (to *Logger) Enabled(ctx context.Context, level Level) bool {
	if ctx == nil {
		ctx = context.Background()
	}
	return to.handler.Enabled(ctx, level)
}

// With returns a logger whose records have more attributes.
func (to *Logger) With(args ...any) *Logger {
	if len(args) == 0 {
		return to
	}
	return &Logger{to.handler.WithAttrs(paired(args))}
}

// WithGroup returns a logger whose further attributes are in a group.
func (to *Logger) WithGroup(name string) *Logger {
	if name == "" {
		return to
	}
	return &Logger{to.handler.WithGroup(name)}
}

// event logs a record of the caller of its caller.
func (to *Logger) event(ctx context.Context, level Level, msg string, args []any, attrs []Attr) {
	if ctx == nil {
		ctx = context.Background()
	}
	if !to.Enabled(ctx, level) {
		return
	}
	made := NewRecord(time.Now(), level, msg, placeOf(3))
	made.Add(args...)
	made.AddAttrs(attrs...)
	to.handler.Handle(ctx, made)
}

// Log logs a record.
func (to *Logger) Log(ctx context.Context, level Level, msg string, args ...any) {
	to.event(ctx, level, msg, args, nil)
}

// LogAttrs logs a record of attributes.
func (to *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	to.event(ctx, level, msg, nil, attrs)
}

// Debug logs at LevelDebug.
func (to *Logger) Debug(msg string, args ...any) { to.event(nil, LevelDebug, msg, args, nil) }

// Info logs at LevelInfo.
func (to *Logger) Info(msg string, args ...any) { to.event(nil, LevelInfo, msg, args, nil) }

// Warn logs at LevelWarn.
func (to *Logger) Warn(msg string, args ...any) { to.event(nil, LevelWarn, msg, args, nil) }

// Error logs at LevelError.
func (to *Logger) Error(msg string, args ...any) { to.event(nil, LevelError, msg, args, nil) }

// DebugContext logs at LevelDebug with a context.
func (to *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	to.event(ctx, LevelDebug, msg, args, nil)
}

// InfoContext logs at LevelInfo with a context.
func (to *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	to.event(ctx, LevelInfo, msg, args, nil)
}

// WarnContext logs at LevelWarn with a context.
func (to *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	to.event(ctx, LevelWarn, msg, args, nil)
}

// ErrorContext logs at LevelError with a context.
func (to *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	to.event(ctx, LevelError, msg, args, nil)
}

// With returns the default logger with more attributes.
func With(args ...any) *Logger { return Default().With(args...) }

// Log logs a record with the default logger.
func Log(ctx context.Context, level Level, msg string, args ...any) {
	Default().event(ctx, level, msg, args, nil)
}

// LogAttrs logs a record of attributes with the default logger.
func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	Default().event(ctx, level, msg, nil, attrs)
}

// Debug logs at LevelDebug with the default logger.
func Debug(msg string, args ...any) { Default().event(nil, LevelDebug, msg, args, nil) }

// Info logs at LevelInfo with the default logger.
func Info(msg string, args ...any) { Default().event(nil, LevelInfo, msg, args, nil) }

// Warn logs at LevelWarn with the default logger.
func Warn(msg string, args ...any) { Default().event(nil, LevelWarn, msg, args, nil) }

// Error logs at LevelError with the default logger.
func Error(msg string, args ...any) { Default().event(nil, LevelError, msg, args, nil) }

// DebugContext logs at LevelDebug with the default logger and a context.
func DebugContext(ctx context.Context, msg string, args ...any) {
	Default().event(ctx, LevelDebug, msg, args, nil)
}

// InfoContext logs at LevelInfo with the default logger and a context.
func InfoContext(ctx context.Context, msg string, args ...any) {
	Default().event(ctx, LevelInfo, msg, args, nil)
}

// WarnContext logs at LevelWarn with the default logger and a context.
func WarnContext(ctx context.Context, msg string, args ...any) {
	Default().event(ctx, LevelWarn, msg, args, nil)
}

// ErrorContext logs at LevelError with the default logger and a context.
func ErrorContext(ctx context.Context, msg string, args ...any) {
	Default().event(ctx, LevelError, msg, args, nil)
}
