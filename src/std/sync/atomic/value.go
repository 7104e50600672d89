package atomic

import "internal/desc"

// Value is a shared value; all values that are stored in it have one type.
type Value struct{ v any }

// Load returns the value, nil if none was stored.
func (got *Value) Load() (val any) { return got.v }

// Store sets the value.
func (got *Value) Store(val any) { got.replace(val, "store") }

// Swap sets the value and returns the old one.
func (val *Value) Swap(new any) (old any) { return val.replace(new, "swap") }

func (got *Value) replace(val any, what string) (old any) {
	if val == nil {
		panic("sync/atomic: " + what + " of nil value into Value")
	}
	old = got.v
	if old != nil && !desc.SameType(old, val) {
		panic("sync/atomic: " + what + " of inconsistently typed value into Value")
	}
	got.v = val
	return old
}

// CompareAndSwap sets the value if it is old.
func (val *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && !desc.SameType(old, new) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	if val.v != nil && !desc.SameType(val.v, new) {
		panic("sync/atomic: compare and swap of inconsistently typed value into Value")
	}
	if val.v != old {
		return false
	}
	val.v = new
	return true
}
