package fmt

import "internal/desc"

// print writes one operand.
func (p *printer) print(arg any, verb rune) {
	p.arg = arg
	p.value = value{}
	if arg == nil {
		if verb == 'T' || verb == 'v' {
			p.form.padString("<nil>")
		} else {
			p.badVerb(verb)
		}
		return
	}
	switch verb {
	case 'T':
		p.form.str(typeName(arg))
		return
	case 'p':
		p.pointer(valueOf(arg), 'p')
		return
	}
	switch v := arg.(type) {
	case bool:
		p.boolean(v, verb)
	case float32:
		p.float(float64(v), 32, verb)
	case float64:
		p.float(v, 64, verb)
	case complex64:
		p.complex(complex128(v), 64, verb)
	case complex128:
		p.complex(v, 128, verb)
	case int:
		p.integer(uint64(v), true, verb)
	case int8:
		p.integer(uint64(v), true, verb)
	case int16:
		p.integer(uint64(v), true, verb)
	case int32:
		p.integer(uint64(v), true, verb)
	case int64:
		p.integer(uint64(v), true, verb)
	case uint:
		p.integer(uint64(v), false, verb)
	case uint8:
		p.integer(uint64(v), false, verb)
	case uint16:
		p.integer(uint64(v), false, verb)
	case uint32:
		p.integer(uint64(v), false, verb)
	case uint64:
		p.integer(v, false, verb)
	case uintptr:
		p.integer(uint64(v), false, verb)
	case string:
		p.str(v, verb)
	case []byte:
		p.bytes(v, verb, "[]byte")
	default:
		if inner, ok := reflected(arg); ok {
			p.reflectValue(inner, verb)
		} else if !p.methods(verb) {
			p.any(valueOf(arg), verb, 0)
		}
	}
}

// reflectValue prints what a reflect.Value holds.
func (p *printer) reflectValue(v value, verb rune) {
	if v.canInterface() {
		p.arg = v.whole()
		if p.methods(verb) {
			return
		}
	}
	p.any(v, verb, 0)
}

// badVerb tells that the operand has no such verb.
func (p *printer) badVerb(verb rune) {
	p.erroring = true
	p.complain(verb, "(")
	switch {
	case p.arg != nil:
		p.form.text(typeName(p.arg))
		p.form.byte('=')
		p.print(p.arg, 'v')
	case p.value.typ != nil:
		p.form.text(p.value.typeName())
		p.form.byte('=')
		p.any(p.value, 'v', 0)
	default:
		p.form.text("<nil>")
	}
	p.form.byte(')')
	p.erroring = false
}

func (p *printer) boolean(v bool, verb rune) {
	if verb == 't' || verb == 'v' {
		p.form.boolean(v)
	} else {
		p.badVerb(verb)
	}
}

func (p *printer) integer(v uint64, signed bool, verb rune) {
	f := &p.form
	switch verb {
	case 'v':
		if f.sharpV && !signed {
			f.hexWord(v, true)
		} else {
			f.integer(v, 10, signed, verb, lowerDigits)
		}
	case 'd':
		f.integer(v, 10, signed, verb, lowerDigits)
	case 'b':
		f.integer(v, 2, signed, verb, lowerDigits)
	case 'o', 'O':
		f.integer(v, 8, signed, verb, lowerDigits)
	case 'x':
		f.integer(v, 16, signed, verb, lowerDigits)
	case 'X':
		f.integer(v, 16, signed, verb, upperDigits)
	case 'c':
		f.char(v)
	case 'q':
		f.quotedChar(v)
	case 'U':
		f.codePoint(v)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) float(v float64, size int, verb rune) {
	switch verb {
	case 'v':
		p.form.float(v, size, 'g', -1)
	case 'b', 'g', 'G', 'x', 'X':
		p.form.float(v, size, byte(verb), -1)
	case 'f', 'e', 'E':
		p.form.float(v, size, byte(verb), 6)
	case 'F':
		p.form.float(v, size, 'f', 6)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) complex(v complex128, size int, verb rune) {
	switch verb {
	case 'v', 'b', 'g', 'G', 'x', 'X', 'f', 'F', 'e', 'E':
		plus := p.form.plus
		p.form.byte('(')
		p.float(real(v), size/2, verb)
		p.form.plus = true
		p.float(imag(v), size/2, verb)
		p.form.text("i)")
		p.form.plus = plus
	default:
		p.badVerb(verb)
	}
}

func (p *printer) str(v string, verb rune) {
	f := &p.form
	switch verb {
	case 'v':
		if f.sharpV {
			f.quoted(v)
		} else {
			f.str(v)
		}
	case 's':
		f.str(v)
	case 'x':
		f.hexString(v, nil, lowerDigits)
	case 'X':
		f.hexString(v, nil, upperDigits)
	case 'q':
		f.quoted(v)
	default:
		p.badVerb(verb)
	}
}

func (p *printer) bytes(v []byte, verb rune, typ string) {
	f := &p.form
	switch verb {
	case 'v', 'd':
		p.byteList(v, verb, typ)
	case 's':
		f.bytes(v)
	case 'x':
		f.hexBytes(v, lowerDigits)
	case 'X':
		f.hexBytes(v, upperDigits)
	case 'q':
		f.quoted(string(v))
	default:
		p.any(valueOf(v), verb, 0)
	}
}

func (f *form) hexBytes(v []byte, digits string) {
	if v == nil {
		f.hexString("", nil, digits)
	} else {
		f.hexString("", v, digits)
	}
}

func (p *printer) byteList(v []byte, verb rune, typ string) {
	f := &p.form
	if f.sharpV {
		f.text(typ)
		if v == nil {
			f.text("(nil)")
			return
		}
		f.byte('{')
		for i, c := range v {
			if i > 0 {
				f.text(", ")
			}
			f.hexWord(uint64(c), true)
		}
		f.byte('}')
		return
	}
	f.byte('[')
	for i, c := range v {
		if i > 0 {
			f.byte(' ')
		}
		f.integer(uint64(c), 10, false, verb, lowerDigits)
	}
	f.byte(']')
}

// pointer prints the address in a pointer, map, channel, function, slice or unsafe pointer.
func (p *printer) pointer(v value, verb rune) {
	f := &p.form
	switch v.kind() {
	case desc.Chan, desc.Func, desc.Map, desc.Pointer, desc.Slice, desc.UnsafePointer:
	default:
		p.badVerb(verb)
		return
	}
	u := uint64(v.address())
	switch verb {
	case 'v':
		switch {
		case f.sharpV:
			f.byte('(')
			f.text(v.typeName())
			f.text(")(")
			if u == 0 {
				f.text("nil")
			} else {
				f.hexWord(u, true)
			}
			f.byte(')')
		case u == 0:
			f.padString("<nil>")
		default:
			f.hexWord(u, !f.sharp)
		}
	case 'p':
		f.hexWord(u, !f.sharp)
	case 'b', 'o', 'd', 'x', 'X':
		p.integer(u, false, verb)
	default:
		p.badVerb(verb)
	}
}

// methods lets the operand print itself, if it can for this verb.
func (p *printer) methods(verb rune) (handled bool) {
	if p.erroring {
		return false
	}
	if verb == 'w' {
		if _, ok := p.arg.(error); !ok || !p.wrap {
			p.badVerb(verb)
			return true
		}
		verb = 'v'
	}
	if v, ok := p.arg.(Formatter); ok {
		p.callFormat(v, verb)
		return true
	}
	if p.form.sharpV {
		if v, ok := p.arg.(GoStringer); ok {
			p.callGoString(v, verb)
			return true
		}
		return false
	}
	switch verb {
	case 'v', 's', 'x', 'X', 'q':
		switch v := p.arg.(type) {
		case error:
			p.callError(v, verb)
			return true
		case Stringer:
			p.callString(v, verb)
			return true
		}
	}
	return false
}

func (p *printer) callFormat(v Formatter, verb rune) {
	defer p.rescue(v, verb, "Format")
	v.Format(p, verb)
}

func (p *printer) callGoString(v GoStringer, verb rune) {
	defer p.rescue(v, verb, "GoString")
	p.form.str(v.GoString())
}

func (p *printer) callError(v error, verb rune) {
	defer p.rescue(v, verb, "Error")
	p.str(v.Error(), verb)
}

func (p *printer) callString(v Stringer, verb rune) {
	defer p.rescue(v, verb, "String")
	p.str(v.String(), verb)
}

// rescue prints the panic of a method in its place; a nil receiver prints <nil>.
func (p *printer) rescue(arg any, verb rune, method string) {
	err := recover()
	if err == nil {
		return
	}
	if v := valueOf(arg); v.kind() == desc.Pointer && v.isNil() {
		p.form.text("<nil>")
		return
	}
	if p.panicking {
		panic(err)
	}
	kept := p.form.flags
	p.form.flags = flags{}
	p.complain(verb, "(PANIC=")
	p.form.text(method)
	p.form.text(" method: ")
	p.panicking = true
	p.print(err, 'v')
	p.panicking = false
	p.form.byte(')')
	p.form.flags = kept
}

// any prints a value by its kind. Methods of parts are called, those of the operand itself (depth 0) were asked before.
func (p *printer) any(v value, verb rune, depth int) {
	if depth > 0 && v.canInterface() {
		p.arg = v.whole()
		if p.methods(verb) {
			return
		}
	}
	p.arg, p.value = nil, v // what a wrong verb tells of
	f := &p.form
	switch v.kind() {
	case desc.Invalid:
		switch {
		case depth == 0:
			f.text("<invalid reflect.Value>")
		case verb == 'v':
			f.text("<nil>")
		default:
			p.badVerb(verb)
		}
	case desc.Bool:
		p.boolean(v.bool(), verb)
	case desc.Int, desc.Int8, desc.Int16, desc.Int32, desc.Int64:
		p.integer(uint64(v.int()), true, verb)
	case desc.Uint, desc.Uint8, desc.Uint16, desc.Uint32, desc.Uint64, desc.Uintptr:
		p.integer(v.uint(), false, verb)
	case desc.Float32:
		p.float(v.float(), 32, verb)
	case desc.Float64:
		p.float(v.float(), 64, verb)
	case desc.Complex64:
		p.complex(v.complex(), 64, verb)
	case desc.Complex128:
		p.complex(v.complex(), 128, verb)
	case desc.String:
		p.str(v.str(), verb)
	case desc.Map:
		p.mapping(v, verb, depth)
	case desc.Struct:
		p.structure(v, verb, depth)
	case desc.Interface:
		p.inInterface(v, verb, depth)
	case desc.Array, desc.Slice:
		p.list(v, verb, depth)
	case desc.Pointer:
		if depth == 0 && !v.isNil() {
			switch inner := v.elem(); inner.kind() {
			case desc.Array, desc.Slice, desc.Struct, desc.Map:
				f.byte('&')
				p.any(inner, verb, 1)
				return
			}
		}
		p.pointer(v, verb)
	case desc.Chan, desc.Func, desc.UnsafePointer:
		p.pointer(v, verb)
	}
}

// between stands between two parts: a comma in Go syntax.
func (p *printer) between() {
	if p.form.sharpV {
		p.form.text(", ")
	} else {
		p.form.byte(' ')
	}
}

func (p *printer) mapping(v value, verb rune, depth int) {
	f := &p.form
	end := byte(']')
	if f.sharpV {
		f.text(v.typeName())
		if v.isNil() {
			f.text("(nil)")
			return
		}
		f.byte('{')
		end = '}'
	} else {
		f.text("map[")
	}
	list := v.entries()
	sort(list)
	for i, e := range list {
		if i > 0 {
			p.between()
		}
		p.any(e.key, verb, depth+1)
		f.byte(':')
		p.any(e.elem, verb, depth+1)
	}
	f.byte(end)
}

func (p *printer) structure(v value, verb rune, depth int) {
	f := &p.form
	if f.sharpV {
		f.text(v.typeName())
	}
	f.byte('{')
	for i := range v.fieldCount() {
		if i > 0 {
			p.between()
		}
		part, name := v.field(i)
		if f.plusV || f.sharpV {
			f.text(name)
			f.byte(':')
		}
		if part.kind() == desc.Interface {
			if inner := part.elem(); inner.typ != nil {
				part = inner
			}
		}
		p.any(part, verb, depth+1)
	}
	f.byte('}')
}

func (p *printer) inInterface(v value, verb rune, depth int) {
	inner := v.elem()
	switch {
	case inner.typ != nil:
		p.any(inner, verb, depth+1)
	case p.form.sharpV:
		p.form.text(v.typeName())
		p.form.text("(nil)")
	default:
		p.form.text("<nil>")
	}
}

func (p *printer) list(v value, verb rune, depth int) {
	f := &p.form
	switch verb {
	case 's', 'q', 'x', 'X':
		if v.elemKind() == desc.Uint8 {
			p.bytes(v.bytes(), verb, v.typeName())
			return
		}
	}
	open, end := byte('['), byte(']')
	if f.sharpV {
		f.text(v.typeName())
		if v.kind() == desc.Slice && v.isNil() {
			f.text("(nil)")
			return
		}
		open, end = '{', '}'
	}
	f.byte(open)
	for i := range v.len() {
		if i > 0 {
			p.between()
		}
		p.any(v.index(i), verb, depth+1)
	}
	f.byte(end)
}
