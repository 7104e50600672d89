package context

import "internal/desc"

// name is what a context is called.
func name(c Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return desc.TypeOf(c).Str
}

// text shows a key or value without package fmt.
func text(v any) string {
	switch s := v.(type) {
	case interface{ String() string }:
		return s.String()
	case string:
		return s
	case nil:
		return "<nil>"
	}
	return desc.TypeOf(v).Str
}

func comparable(v any) bool { return desc.Comparable(v) }
