package atomic

import "internal/desc"

// Value is a shared value; all values that are stored in it have one type.
type Value struct{ v any }

// Load returns the value, nil if none was stored.
func (v *Value) Load() (val any) { return v.v }

// Store sets the value.
func (v *Value) Store(val any) { v.replace(val, "store") }

// Swap sets the value and returns the old one.
func (v *Value) Swap(new any) (old any) { return v.replace(new, "swap") }

func (v *Value) replace(val any, what string) (old any) {
	if val == nil {
		panic("sync/atomic: " + what + " of nil value into Value")
	}
	old = v.v
	if old != nil && !desc.SameType(old, val) {
		panic("sync/atomic: " + what + " of inconsistently typed value into Value")
	}
	v.v = val
	return old
}

// CompareAndSwap sets the value if it is old.
func (v *Value) CompareAndSwap(old, new any) (swapped bool) {
	if new == nil {
		panic("sync/atomic: compare and swap of nil value into Value")
	}
	if old != nil && !desc.SameType(old, new) {
		panic("sync/atomic: compare and swap of inconsistently typed values")
	}
	if v.v != nil && !desc.SameType(v.v, new) {
		panic("sync/atomic: compare and swap of inconsistently typed value into Value")
	}
	if v.v != old {
		return false
	}
	v.v = new
	return true
}
