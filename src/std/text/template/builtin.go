package template

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"unicode"
)

// builtins are the functions that every template has. Some are done by the caller and stand here for their type.
func builtins() FuncMap {
	return FuncMap{
		"and": choose, "or": choose, "not": not, "call": callAny, "index": index, "slice": slice, "len": length,
		"html": HTMLEscaper, "js": JSEscaper, "urlquery": URLQueryEscaper,
		"print": fmt.Sprint, "printf": fmt.Sprintf, "println": fmt.Sprintln,
		"eq": eq, "ne": ne, "lt": lt, "le": le, "gt": gt, "ge": ge,
	}
}

var builtinValues = sync.OnceValue(func() map[string]reflect.Value {
	found := map[string]reflect.Value{}
	addFunctions(found, builtins())
	return found
})

func choose(arg0 reflect.Value, args ...reflect.Value) reflect.Value { panic("unreachable") }
func callAny(fn reflect.Value, args ...reflect.Value) reflect.Value  { panic("unreachable") }

func addFunctions(to map[string]reflect.Value, from FuncMap) {
	for name, fn := range from {
		if !isName(name) {
			panic(fmt.Errorf("function name %q is not a valid identifier", name))
		}
		v := reflect.ValueOf(fn)
		if v.Kind() != reflect.Func {
			panic("value for " + name + " not a function")
		}
		if err := checkFunction(name, v.Type()); err != nil {
			panic(err)
		}
		to[name] = v
	}
}

func isName(name string) bool {
	for i, c := range name {
		if c != '_' && !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c)) {
			return false
		}
	}
	return name != ""
}

// function is the function of a name, and whether it is built in.
func (t *Template) function(name string) (fn reflect.Value, builtin bool) {
	if t.kin != nil {
		t.lock.RLock()
		defer t.lock.RUnlock()
		if fn := t.callable[name]; fn.IsValid() {
			return fn, false
		}
	}
	return builtinValues()[name], true
}

// converted is v as an argument of type t: integers are converted to one another.
func converted(v reflect.Value, t reflect.Type) (reflect.Value, error) {
	if !v.IsValid() {
		if !nilable(t) {
			return v, fmt.Errorf("value is nil; should be of type %s", t)
		}
		v = reflect.Zero(t)
	}
	isInteger := func(k reflect.Kind) bool { return k >= reflect.Int && k <= reflect.Uintptr }
	switch {
	case v.Type().AssignableTo(t):
		return v, nil
	case isInteger(v.Kind()) && isInteger(t.Kind()):
		return v.Convert(t), nil
	}
	return v, fmt.Errorf("value has type %s; should be %s", v.Type(), t)
}

// position is an index as a number from 0 to most.
func position(v reflect.Value, most int) (int, error) {
	var at int64
	switch {
	case v.CanInt():
		at = v.Int()
	case v.CanUint():
		at = int64(v.Uint())
	case !v.IsValid():
		return 0, errors.New("cannot index slice/array with nil")
	default:
		return 0, fmt.Errorf("cannot index slice/array with type %s", v.Type())
	}
	if at < 0 || at > int64(most) {
		return 0, fmt.Errorf("index out of range: %d", at)
	}
	return int(at), nil
}

func index(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = unwrapped(item)
	if !item.IsValid() {
		return item, errors.New("index of untyped nil")
	}
	for _, at := range indexes {
		at = unwrapped(at)
		var isNil bool
		if item, isNil = behind(item); isNil {
			return item, errors.New("index of nil pointer")
		}
		switch item.Kind() {
		case reflect.Array, reflect.Slice, reflect.String:
			i, err := position(at, item.Len())
			if err != nil {
				return item, err
			}
			item = item.Index(i)
		case reflect.Map:
			key, err := converted(at, item.Type().Key())
			if err != nil {
				return item, err
			}
			elem := item.MapIndex(key)
			if !elem.IsValid() {
				elem = reflect.Zero(item.Type().Elem())
			}
			item = elem
		default:
			return item, fmt.Errorf("can't index item of type %s", item.Type())
		}
	}
	return item, nil
}

func slice(item reflect.Value, indexes ...reflect.Value) (reflect.Value, error) {
	item = unwrapped(item)
	if !item.IsValid() {
		return item, errors.New("slice of untyped nil")
	}
	item, isNil := behind(item)
	if isNil {
		return item, errors.New("slice of nil pointer")
	}
	count := len(indexes)
	if count > 3 {
		return item, fmt.Errorf("too many slice indexes: %d", count)
	}
	room := 0
	switch item.Kind() {
	case reflect.String:
		if count == 3 {
			return item, errors.New("cannot 3-index slice a string")
		}
		room = item.Len()
	case reflect.Array, reflect.Slice:
		room = item.Cap()
	default:
		return item, fmt.Errorf("can't slice item of type %s", item.Type())
	}
	at := [3]int{0, item.Len(), room}
	for i, v := range indexes {
		var err error
		if at[i], err = position(v, room); err != nil {
			return item, err
		}
	}
	for i := range at[:max(2, count)-1] {
		if at[i] > at[i+1] {
			return item, fmt.Errorf("invalid slice index: %d > %d", at[i], at[i+1])
		}
	}
	if count == 3 {
		return item.Slice3(at[0], at[1], at[2]), nil
	}
	return item.Slice(at[0], at[1]), nil
}

func length(arg reflect.Value) (int, error) {
	item, isNil := behind(arg)
	if isNil {
		return 0, errors.New("len of nil pointer")
	}
	switch item.Kind() {
	case reflect.Array, reflect.Chan, reflect.Map, reflect.Slice, reflect.String:
		return item.Len(), nil
	}
	return 0, fmt.Errorf("len of type %s", item.Type())
}

// callFunction is what {{call}} does; name is how the template calls the function.
func callFunction(name string, fn reflect.Value, args ...reflect.Value) (reflect.Value, error) {
	fn = unwrapped(fn)
	if !fn.IsValid() {
		return fn, errors.New("call of nil")
	}
	t := fn.Type()
	if t.Kind() != reflect.Func {
		return fn, fmt.Errorf("non-function %s of type %s", name, t)
	}
	if err := checkFunction(name, t); err != nil {
		return fn, err
	}
	want := t.NumIn()
	switch {
	case t.IsVariadic() && len(args) < want-1:
		return fn, fmt.Errorf("wrong number of args for %s: got %d want at least %d", name, len(args), want-1)
	case !t.IsVariadic() && len(args) != want:
		return fn, fmt.Errorf("wrong number of args for %s: got %d want %d", name, len(args), want)
	}
	list := make([]reflect.Value, len(args))
	for i, arg := range args {
		var err error
		if list[i], err = converted(unwrapped(arg), parameter(t, i)); err != nil {
			return fn, fmt.Errorf("arg %d: %w", i, err)
		}
	}
	return guarded(fn, list)
}

func truth(arg reflect.Value) bool {
	yes, _ := isTrue(unwrapped(arg))
	return yes
}

func not(arg reflect.Value) bool { return !truth(arg) }
