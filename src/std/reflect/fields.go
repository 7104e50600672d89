package reflect

import (
	"internal/desc"
	"iter"
	"unsafe"
)

// NumField returns the number of fields.
func (val Value) NumField() int {
	val.mustBe(Struct, "reflect.Value.NumField")
	return len(val.typ.Fields())
}

// Field returns a field.
func (val Value) Field(index int) Value {
	val.mustBe(Struct, "reflect.Value.Field")
	fields := val.typ.Fields()
	if uint(index) >= uint(len(fields)) {
		panic("reflect: Field index out of range")
	}
	f := &fields[index]
	how := val.flag&(throughRO|inside|canAddress) | flag(f.Type.Kind)
	if f.PkgPath != "" {
		if f.Embedded != 0 {
			how |= embeddedRO
		} else {
			how |= throughRO
		}
	}
	p := val.ptr
	if val.flag&inside != 0 {
		p = unsafe.Add(p, f.Offset)
	}
	return Value{f.Type, p, how}
}

// FieldByIndex follows a path of fields, through pointers.
func (val Value) FieldByIndex(index []int) Value {
	if len(index) == 1 {
		return val.Field(index[0])
	}
	val.mustBe(Struct, "reflect.Value.FieldByIndex")
	for i, x := range index {
		if i > 0 && val.kind() == Pointer && val.typ.Elem.Kind == desc.Struct {
			if val.IsNil() {
				panic("reflect: indirection through nil pointer to embedded struct")
			}
			val = val.Elem()
		}
		val = val.Field(x)
	}
	return val
}

type nilEmbedded string

func (e nilEmbedded) Error() string { return string(e) }

// FieldByIndexErr is FieldByIndex that fails at a nil pointer.
func (val Value) FieldByIndexErr(index []int) (Value, error) {
	if len(index) == 1 {
		return val.Field(index[0]), nil
	}
	val.mustBe(Struct, "reflect.Value.FieldByIndexErr")
	for i, x := range index {
		if i > 0 && val.kind() == Pointer && val.typ.Elem.Kind == desc.Struct {
			if val.IsNil() {
				return Value{}, nilEmbedded("reflect: indirection through nil pointer to embedded struct field " + val.typ.Elem.Name)
			}
			val = val.Elem()
		}
		val = val.Field(x)
	}
	return val, nil
}

// FieldByName returns a field by its name, no value if there is none.
func (val Value) FieldByName(name string) Value {
	val.mustBe(Struct, "reflect.Value.FieldByName")
	if f, ok := toType(val.typ).FieldByName(name); ok {
		return val.FieldByIndex(f.Index)
	}
	return Value{}
}

// FieldByNameFunc returns the field whose name satisfies match.
func (val Value) FieldByNameFunc(match func(string) bool) Value {
	if f, ok := toType(val.typ).FieldByNameFunc(match); ok {
		return val.FieldByIndex(f.Index)
	}
	return Value{}
}

// Fields yields fields with their values.
func (val Value) Fields() iter.Seq2[StructField, Value] {
	return func(yield func(StructField, Value) bool) {
		t := val.Type()
		for i := range val.NumField() {
			if !yield(t.Field(i), val.Field(i)) {
				return
			}
		}
	}
}

// NumMethod returns the number of methods.
func (val Value) NumMethod() int {
	if val.typ == nil {
		panic(&ValueError{"reflect.Value.NumMethod", Invalid})
	}
	return toType(val.typ).NumMethod()
}

// Method returns a method with its receiver.
func (val Value) Method(index int) Value {
	if val.typ == nil {
		panic(&ValueError{"reflect.Value.Method", Invalid})
	}
	if uint(index) >= uint(val.NumMethod()) {
		panic("reflect: Method index out of range")
	}
	return boundMethod(val, index)
}

// MethodByName returns a method with its receiver, no value if there is none.
func (val Value) MethodByName(name string) Value {
	if val.typ == nil {
		panic(&ValueError{"reflect.Value.MethodByName", Invalid})
	}
	i := toType(val.typ).(*rtype).methodIndex(name)
	if i < 0 {
		return Value{}
	}
	return val.Method(i)
}

// Methods yields methods with their receiver.
func (val Value) Methods() iter.Seq2[Method, Value] {
	return func(yield func(Method, Value) bool) {
		t := val.Type()
		for i := range val.NumMethod() {
			if !yield(t.Method(i), val.Method(i)) {
				return
			}
		}
	}
}
