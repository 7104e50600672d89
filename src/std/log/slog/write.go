package slog

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// output is a record that is being written.
type output struct {
	*commonHandler
	buf    []byte
	prefix string   // of keys in text
	more   bool     // a separator comes before the next key
	path   []string // the groups that are open, for ReplaceAttr
}

func (h *commonHandler) begin(buf []byte) *output {
	return &output{commonHandler: h, buf: buf, path: append([]string(nil), h.groups[:h.open]...)}
}

func (out *output) text(s string) { out.buf = append(out.buf, s...) }

// record writes a whole record.
func (out *output) record(event Record) {
	if out.json {
		out.text("{")
	}
	path := out.path
	out.path = nil
	replaced := out.opts.ReplaceAttr != nil
	if t := event.Time.Round(0); !event.Time.IsZero() {
		if replaced {
			out.attr(Time(TimeKey, t))
		} else {
			out.key(TimeKey)
			out.time(t)
		}
	}
	if replaced {
		out.attr(Any(LevelKey, event.Level))
	} else {
		out.key(LevelKey)
		out.quoted(event.Level.String())
	}
	if out.opts.AddSource {
		place := event.Source()
		if place == nil {
			place = &Source{}
		}
		out.attr(Any(SourceKey, place))
	}
	if replaced {
		out.attr(String(MessageKey, event.Message))
	} else {
		out.key(MessageKey)
		out.quoted(event.Message)
	}
	out.path = path
	out.rest(event)
	out.text("\n")
}

// rest writes the attributes of the handler and of the record.
func (out *output) rest(event Record) {
	if n := len(out.done); n > 0 {
		out.separate()
		out.buf = append(out.buf, out.done...)
		out.more = !(out.json && out.done[n-1] == '{')
	}
	open := out.open
	if event.NumAttrs() > 0 {
		out.prefix = out.commonHandler.prefix
		start := len(out.buf)
		out.openGroups()
		any := false
		event.Attrs(func(pair Attr) bool {
			any = out.attr(pair) || any
			return true
		})
		if any {
			open = len(out.groups)
		} else {
			out.buf = out.buf[:start]
		}
	}
	if out.json {
		out.text(strings.Repeat("}", open+1))
	}
}

func (out *output) separate() {
	switch {
	case !out.more:
	case out.json:
		out.text(",")
	default:
		out.text(" ")
	}
}

func (out *output) openGroups() {
	for _, name := range out.groups[out.open:] {
		out.openGroup(name)
	}
}

func (out *output) openGroup(name string) {
	if out.json {
		out.key(name)
		out.text("{")
		out.more = false
	} else {
		out.prefix += name + "."
	}
	out.path = append(out.path, name)
}

// attrs writes attributes and reports whether there were any.
func (out *output) attrs(list []Attr) (any bool) {
	for _, pair := range list {
		any = out.attr(pair) || any
	}
	return any
}

// attr writes an attribute, unless it is empty.
func (out *output) attr(pair Attr) bool {
	pair.Value = pair.Value.Resolve()
	if replace := out.opts.ReplaceAttr; replace != nil && pair.Value.Kind() != KindGroup {
		pair = replace(out.path, pair)
		pair.Value = pair.Value.Resolve()
	}
	if pair.empty() {
		return false
	}
	if place, ok := pair.Value.any.(*Source); ok {
		if place == nil || *place == (Source{}) {
			return false
		}
		pair.Value = StringValue(fmt.Sprintf("%s:%d", place.File, place.Line))
		if out.json {
			pair.Value = place.group()
		}
	}
	if pair.Value.Kind() == KindGroup {
		return out.group(pair.Key, pair.Value.Group())
	}
	out.key(pair.Key)
	out.value(pair.Value)
	return true
}

// group writes a group; one without a name is written as its attributes.
func (out *output) group(name string, list []Attr) bool {
	if len(list) == 0 {
		return true
	}
	start, prefix, path := len(out.buf), out.prefix, out.path
	if name != "" {
		out.openGroup(name)
	}
	if !out.attrs(list) {
		out.buf = out.buf[:start]
		return false
	}
	if name == "" {
		return true
	}
	if out.json {
		out.text("}")
	}
	out.prefix, out.path, out.more = prefix, path, true
	return true
}

func (out *output) key(name string) {
	out.separate()
	switch {
	case out.json:
		out.quoted(name)
		out.text(":")
	case out.prefix != "" && !needsQuotes(out.prefix) && name == "":
		out.text(strconv.Quote(out.prefix) + "=")
	default:
		out.quoted(out.prefix + name)
		out.text("=")
	}
	out.more = true
}

// quoted writes a string: in text in quotes only if it needs them.
func (out *output) quoted(s string) {
	switch {
	case out.json:
		out.buf = appendJSON(out.buf, s)
	case needsQuotes(s):
		out.buf = strconv.AppendQuote(out.buf, s)
	default:
		out.text(s)
	}
}

func needsQuotes(s string) bool {
	return s == "" || !utf8.ValidString(s) || strings.IndexFunc(s, func(c rune) bool {
		return c == '=' || c == '"' || c == utf8.RuneError || unicode.IsSpace(c) || c != 0x7f && !unicode.IsPrint(c)
	}) >= 0
}

func (out *output) time(t time.Time) {
	if !out.json {
		// Three digits, whatever they are.
		out.buf = t.AppendFormat(out.buf, "2006-01-02T15:04:05.000Z07:00")
		return
	}
	if y := t.Year(); y < 0 || y >= 10000 {
		out.fault(errors.New("time.Time year outside of range [0,9999]"))
	}
	out.text(`"`)
	out.buf = t.AppendFormat(out.buf, time.RFC3339Nano)
	out.text(`"`)
}

func (out *output) fault(err error) { out.quoted(fmt.Sprintf("!ERROR:%v", err)) }

// value writes a value; what goes wrong with it is written in its place.
func (out *output) value(val Value) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if p := reflect.ValueOf(val.any); p.Kind() == reflect.Pointer && p.IsNil() {
			out.quoted("<nil>")
		} else {
			out.quoted(fmt.Sprintf("!PANIC: %v", r))
		}
	}()
	write := out.textValue
	if out.json {
		write = out.jsonValue
	}
	if err := write(val); err != nil {
		out.fault(err)
	}
}

func (out *output) textValue(val Value) error {
	switch val.Kind() {
	case KindString:
		out.quoted(val.text())
		return nil
	case KindTime:
		out.time(val.Time())
		return nil
	case KindAny:
		break
	default:
		out.buf = val.appendTo(out.buf)
		return nil
	}
	if speaker, ok := val.any.(encoding.TextMarshaler); ok {
		text, err := speaker.MarshalText()
		if err == nil {
			out.quoted(string(text))
		}
		return err
	}
	if list := reflect.ValueOf(val.any); list.Kind() == reflect.Slice && list.Type().Elem().Kind() == reflect.Uint8 {
		out.text(strconv.Quote(string(list.Bytes())))
		return nil
	}
	out.quoted(fmt.Sprintf("%+v", val.Any()))
	return nil
}

func (out *output) jsonValue(val Value) error {
	switch val.Kind() {
	case KindString:
		out.quoted(val.text())
	case KindTime:
		out.time(val.Time())
	case KindDuration:
		out.buf = strconv.AppendInt(out.buf, int64(val.num), 10)
	case KindInt64, KindUint64, KindBool:
		out.buf = val.appendTo(out.buf)
	case KindFloat64, KindAny:
		held := val.Any()
		_, speaks := held.(json.Marshaler)
		if err, ok := held.(error); ok && !speaks {
			out.quoted(err.Error())
			return nil
		}
		var text bytes.Buffer
		to := json.NewEncoder(&text)
		to.SetEscapeHTML(false)
		if err := to.Encode(held); err != nil {
			return err
		}
		out.buf = append(out.buf, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
	default:
		panic(fmt.Sprintf("bad kind: %s", val.Kind()))
	}
	return nil
}

// appendJSON appends a string as JSON writes it, without escapes for HTML.
func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i, c := range s {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', byte(c))
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c == '\u2028' || c == '\u2029':
			b = append(b, `\u202`...)
			b = append(b, hex[c&15])
		case c == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			b = append(b, `\ufffd`...)
		default:
			b = utf8.AppendRune(b, c)
		}
	}
	return append(b, '"')
}
