package fmt

import "unicode/utf8"

// largest is the greatest width, precision or argument number that a format may have.
const largest = 1e6

// directive is the state of reading one format string.
type directive struct {
	format string
	at     int
	args   []any
	arg    int // number of the next argument
	// indexed: an argument number has just been read, and is not used yet.
	indexed bool
}

// formatted writes a format string with its operands.
func (p *printer) formatted(format string, a []any) {
	d := directive{format: format, args: a}
	p.reordered = false
	for {
		start := d.at
		for d.at < len(format) && format[d.at] != '%' {
			d.at++
		}
		p.form.text(format[start:d.at])
		if d.at >= len(format) {
			break
		}
		d.at++
		p.goodIndex = true
		d.indexed = false
		p.form.reset()
		p.flags(&d)
		if !p.shortVerb(&d) && !p.verb(&d) {
			break
		}
	}
	if !p.reordered && d.arg < len(a) {
		p.extra(a[d.arg:])
	}
}

func (p *printer) flags(d *directive) {
	f := &p.form
	for ; d.at < len(d.format); d.at++ {
		switch d.format[d.at] {
		case '#':
			f.sharp = true
		case '0':
			f.zero = true
		case '+':
			f.plus = true
		case '-':
			f.minus = true
		case ' ':
			f.space = true
		default:
			return
		}
	}
}

// shortVerb does the common case of a lower-case letter that follows at once.
func (p *printer) shortVerb(d *directive) bool {
	if d.at >= len(d.format) || d.arg >= len(d.args) {
		return false
	}
	c := d.format[d.at]
	if c < 'a' || c > 'z' {
		return false
	}
	d.at++
	p.operand(d, rune(c))
	return true
}

// operand prints the next argument.
func (p *printer) operand(d *directive, verb rune) {
	f := &p.form
	if verb == 'w' {
		p.wrapped = append(p.wrapped, d.arg)
	}
	if verb == 'v' || verb == 'w' {
		f.sharpV, f.sharp = f.sharp, false
		f.plusV, f.plus = f.plus, false
	}
	arg := d.args[d.arg]
	d.arg++
	p.print(arg, verb)
}

// verb reads argument numbers, width, precision and the verb, and prints; false if the format ends in between.
func (p *printer) verb(d *directive) bool {
	p.number(d)
	p.width(d)
	p.precision(d)
	if !d.indexed {
		p.number(d)
	}
	if d.at >= len(d.format) {
		p.form.text("%!(NOVERB)")
		return false
	}
	verb, size := utf8.DecodeRuneInString(d.format[d.at:])
	d.at += size
	switch {
	case verb == '%':
		p.form.byte('%')
	case !p.goodIndex:
		p.complain(verb, "(BADINDEX)")
	case d.arg >= len(d.args):
		p.complain(verb, "(MISSING)")
	default:
		p.operand(d, verb)
	}
	return true
}

func (p *printer) complain(verb rune, what string) {
	p.form.text("%!")
	p.buf = utf8.AppendRune(p.buf, verb)
	p.form.text(what)
}

func (p *printer) width(d *directive) {
	f := &p.form
	if d.at < len(d.format) && d.format[d.at] == '*' {
		d.at++
		f.width, f.hasWidth = d.intOperand()
		if !f.hasWidth {
			f.text("%!(BADWIDTH)")
		}
		if f.width < 0 {
			f.width = -f.width
			f.minus = true
			f.zero = false
		}
		d.indexed = false
		return
	}
	f.width, f.hasWidth = d.decimal()
	if d.indexed && f.hasWidth {
		p.goodIndex = false
	}
}

func (p *printer) precision(d *directive) {
	f := &p.form
	if d.at+1 >= len(d.format) || d.format[d.at] != '.' { // a point at the end is taken for the verb
		return
	}
	d.at++
	if d.indexed {
		p.goodIndex = false
	}
	p.number(d)
	if d.at < len(d.format) && d.format[d.at] == '*' {
		d.at++
		f.prec, f.hasPrec = d.intOperand()
		if f.prec < 0 {
			f.prec, f.hasPrec = 0, false
		}
		if !f.hasPrec {
			f.text("%!(BADPREC)")
		}
		d.indexed = false
		return
	}
	f.prec, f.hasPrec = d.decimal()
	if !f.hasPrec { // "%." is "%.0"
		f.prec, f.hasPrec = 0, true
	}
}

// decimal reads a number, if there is one.
func (d *directive) decimal() (n int, ok bool) {
	n, ok, d.at = number(d.format, d.at, len(d.format))
	return n, ok
}

// number reads the number that begins at i. One that is too large uses up the text.
func number(s string, i, end int) (n int, ok bool, next int) {
	for ; i < end && s[i] >= '0' && s[i] <= '9'; i++ {
		if n > largest {
			return 0, false, end
		}
		n = n*10 + int(s[i]-'0')
		ok = true
	}
	return n, ok, i
}

// intOperand takes an argument that a * stands for.
func (d *directive) intOperand() (n int, ok bool) {
	if d.arg >= len(d.args) {
		return 0, false
	}
	n, ok = intOf(d.args[d.arg])
	d.arg++
	if n > largest || n < -largest {
		return 0, false
	}
	return n, ok
}

// number reads an argument number such as [2], if there is one.
func (p *printer) number(d *directive) {
	d.indexed = false
	rest := d.format[d.at:]
	if rest == "" || rest[0] != '[' {
		return
	}
	p.reordered = true
	end := 1
	for end < len(rest) && rest[end] != ']' {
		end++
	}
	if len(rest) < 3 || end == len(rest) {
		d.at++
		p.goodIndex = false
		return
	}
	n, ok, next := number(rest, 1, end)
	d.at += end + 1
	if !ok || next != end {
		p.goodIndex = false
		return
	}
	d.indexed = true
	if n < 1 || n > len(d.args) {
		p.goodIndex = false
		return
	}
	d.arg = n - 1
}

// extra tells of operands that no verb asked for.
func (p *printer) extra(a []any) {
	p.form.reset()
	p.form.text("%!(EXTRA ")
	for i, arg := range a {
		if i > 0 {
			p.form.text(", ")
		}
		if arg == nil {
			p.form.text("<nil>")
			continue
		}
		p.form.text(typeName(arg))
		p.form.byte('=')
		p.print(arg, 'v')
	}
	p.form.byte(')')
}
