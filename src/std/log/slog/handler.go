package slog

import (
	"context"
	"errors"
	"io"
	"log"
	"slices"
	"sync"
)

// Handler takes records.
type Handler interface {
	Enabled(context.Context, Level) bool
	Handle(context.Context, Record) error
	WithAttrs(attrs []Attr) Handler
	WithGroup(name string) Handler
}

// Keys of what every record has.
const (
	TimeKey    = "time"
	LevelKey   = "level"
	MessageKey = "msg"
	SourceKey  = "source"
)

// HandlerOptions change what handlers write.
type HandlerOptions struct {
	AddSource   bool
	Level       Leveler
	ReplaceAttr func(groups []string, a Attr) Attr
}

// commonHandler is what text and JSON handlers are. It writes attributes that all its records have when they are added.
type commonHandler struct {
	json   bool
	opts   HandlerOptions
	done   []byte   // attributes that are written already
	prefix string   // of keys in text, by the groups that are open in done
	groups []string // all of them
	open   int      // how many of them are open in done
	mu     *sync.Mutex
	w      io.Writer
}

func newCommon(json bool, w io.Writer, opts *HandlerOptions) *commonHandler {
	h := &commonHandler{json: json, w: w, mu: new(sync.Mutex)}
	if opts != nil {
		h.opts = *opts
	}
	return h
}

func (h *commonHandler) copied() *commonHandler {
	c := *h
	c.done, c.groups = slices.Clip(h.done), slices.Clip(h.groups)
	return &c
}

func (h *commonHandler) enabled(at Level) bool {
	if h.opts.Level == nil {
		return at >= LevelInfo
	}
	return at >= h.opts.Level.Level()
}

func (h *commonHandler) withGroup(name string) *commonHandler {
	c := h.copied()
	c.groups = append(c.groups, name)
	return c
}

func (h *commonHandler) withAttrs(attrs []Attr) *commonHandler {
	if !slices.ContainsFunc(attrs, func(a Attr) bool { return !a.emptyGroup() }) {
		return h
	}
	c := h.copied()
	out := c.begin(c.done)
	out.prefix = h.prefix
	out.more = len(c.done) > 0 && !(c.json && c.done[len(c.done)-1] == '{')
	out.openGroups()
	if out.attrs(attrs) {
		c.done, c.prefix, c.open = out.buf, out.prefix, len(c.groups)
	}
	return c
}

func (h *commonHandler) handle(event Record) error {
	out := h.begin(nil)
	out.record(event)
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := h.w.Write(out.buf)
	return err
}

// TextHandler writes records as key=value pairs.
type TextHandler struct{ *commonHandler }

// NewTextHandler returns a handler that writes text.
func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler {
	return &TextHandler{newCommon(false, w, opts)}
}

// Enabled reports whether records of a level are written.
func (h *TextHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

// WithAttrs returns a handler whose records have more attributes.
func (h *TextHandler) WithAttrs(attrs []Attr) Handler { return &TextHandler{h.withAttrs(attrs)} }

// WithGroup returns a handler whose further attributes are in a group.
func (h *TextHandler) WithGroup(name string) Handler { return &TextHandler{h.withGroup(name)} }

// Handle writes a record.
func (h *TextHandler) Handle(_ context.Context, r Record) error { return h.handle(r) }

// JSONHandler writes records as JSON objects.
type JSONHandler struct{ *commonHandler }

// NewJSONHandler returns a handler that writes JSON.
func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler {
	return &JSONHandler{newCommon(true, w, opts)}
}

// Enabled reports whether records of a level are written.
func (h *JSONHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

// WithAttrs returns a handler whose records have more attributes.
func (h *JSONHandler) WithAttrs(attrs []Attr) Handler { return &JSONHandler{h.withAttrs(attrs)} }

// WithGroup returns a handler whose further attributes are in a group.
func (h *JSONHandler) WithGroup(name string) Handler { return &JSONHandler{h.withGroup(name)} }

// Handle writes a record.
func (h *JSONHandler) Handle(_ context.Context, r Record) error { return h.handle(r) }

// plainHandler hands records to package log: the default, until another one is set.
type plainHandler struct{ common commonHandler }

func (h *plainHandler) Enabled(_ context.Context, level Level) bool {
	return level >= logLoggerLevel.Level()
}

func (h *plainHandler) Handle(_ context.Context, event Record) error {
	out := h.common.begin(nil)
	out.buf = append(out.buf, event.Level.String()+" "+event.Message...)
	out.more = true
	out.rest(event)
	return log.Output(4, string(out.buf))
}

func (h *plainHandler) WithAttrs(attrs []Attr) Handler {
	return &plainHandler{*h.common.withAttrs(attrs)}
}

func (h *plainHandler) WithGroup(name string) Handler {
	return &plainHandler{*h.common.withGroup(name)}
}

// DiscardHandler takes nothing.
var DiscardHandler Handler = discardHandler{}

type discardHandler struct{}

func (to discardHandler) Enabled(context.Context, Level) bool  { return false }
func (to discardHandler) Handle(context.Context, Record) error { return nil }
func (to discardHandler) WithAttrs([]Attr) Handler             { return to }
func (to discardHandler) WithGroup(string) Handler             { return to }

// MultiHandler hands records to several handlers.
type MultiHandler struct{ multi []Handler }

// NewMultiHandler returns a handler that hands records to all of handlers.
func NewMultiHandler(handlers ...Handler) *MultiHandler {
	return &MultiHandler{append([]Handler{}, handlers...)}
}

// Enabled reports whether any of them takes records of a level.
func (all *MultiHandler) Enabled(ctx context.Context, l Level) bool {
	return slices.ContainsFunc(all.multi, func(h Handler) bool { return h.Enabled(ctx, l) })
}

// Handle hands a record to those that take its level.
func (all *MultiHandler) Handle(ctx context.Context, r Record) error {
	var faults []error
	for _, h := range all.multi {
		if h.Enabled(ctx, r.Level) {
			faults = append(faults, h.Handle(ctx, r.Clone()))
		}
	}
	return errors.Join(faults...)
}

func (all *MultiHandler) each(change func(Handler) Handler) Handler {
	changed := make([]Handler, len(all.multi))
	for i, h := range all.multi {
		changed[i] = change(h)
	}
	return &MultiHandler{changed}
}

// WithAttrs returns handlers whose records have more attributes.
func (all *MultiHandler) WithAttrs(attrs []Attr) Handler {
	return all.each(func(h Handler) Handler { return h.WithAttrs(attrs) })
}

// WithGroup returns handlers whose further attributes are in a group.
func (all *MultiHandler) WithGroup(name string) Handler {
	return all.each(func(h Handler) Handler { return h.WithGroup(name) })
}
