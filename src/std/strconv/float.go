package strconv

import "math"

// FormatFloat returns f as text. fmt is one of b e E f g G x X; prec counts digits, -1 asks for the fewest that read back as f.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	var buf [32]byte
	return string(appendFloat(buf[:0], f, fmt, prec, bitSize))
}

// AppendFloat appends FormatFloat's text.
func AppendFloat(to []byte, f float64, fmt byte, prec, bitSize int) []byte {
	return appendFloat(to, f, fmt, prec, bitSize)
}

func appendFloat(to []byte, f float64, verb byte, prec, bitSize int) []byte {
	pattern, form := uint64(0), &double
	switch bitSize {
	case 32:
		pattern, form = uint64(math.Float32bits(float32(f))), &single
	case 64:
		pattern = math.Float64bits(f)
	default:
		panic("strconv: illegal AppendFloat/FormatFloat bitSize")
	}
	negative := pattern>>(form.exponent+form.mantissa) != 0
	exp := int(pattern>>form.mantissa) & (1<<form.exponent - 1)
	mant := pattern & (1<<form.mantissa - 1)
	if exp == 1<<form.exponent-1 {
		switch {
		case mant != 0:
			return append(to, "NaN"...)
		case negative:
			return append(to, "-Inf"...)
		}
		return append(to, "+Inf"...)
	}
	if exp == 0 {
		exp = 1
	} else {
		mant |= 1 << form.mantissa
	}
	exp += form.bias - int(form.mantissa)
	if negative {
		to = append(to, '-')
	}
	switch verb {
	case 'b':
		to = append(AppendUint(to, mant, 10), 'p')
		if exp >= 0 {
			to = append(to, '+')
		}
		return AppendInt(to, int64(exp), 10)
	case 'x', 'X':
		return appendHex(to, mant<<(60-form.mantissa), exp+int(form.mantissa), verb, prec)
	case 'e', 'E', 'f', 'g', 'G':
	default:
		if negative {
			to = to[:len(to)-1]
		}
		return append(to, '%', verb)
	}
	if prec < 0 {
		return appendShortest(to, mant, exp, form, verb)
	}
	return appendRounded(to, mant, exp, verb, prec)
}

func appendShortest(to []byte, mant uint64, exp int, form *format, verb byte) []byte {
	var buf [24]byte
	d := digits{buf[:0], 0}
	if mant != 0 {
		d = shortest(buf[:], mant, exp, form)
	}
	switch verb {
	case 'e', 'E':
		return appendScientific(to, d, len(d.d)-1, verb)
	case 'f':
		return appendPlain(to, d, max(len(d.d)-d.point, 0))
	}
	if x := d.point - 1; x < -4 || x >= 6 { // whatever the number of digits: as if six had been asked for
		return appendScientific(to, d, len(d.d)-1, verb+'e'-'g')
	}
	return appendPlain(to, d, max(len(d.d)-d.point, 0))
}

func appendRounded(to []byte, mant uint64, exp int, verb byte, prec int) []byte {
	var buf [mostDigits]byte
	d := exact(&buf, mant, exp)
	switch verb {
	case 'e', 'E':
		d = d.rounded(prec + 1)
		return appendScientific(to, d, prec, verb)
	case 'f':
		d = d.rounded(d.point + prec)
		return appendPlain(to, d, prec)
	}
	if prec == 0 {
		prec = 1
	}
	d = d.rounded(prec)
	limit := prec
	if limit > len(d.d) && len(d.d) >= d.point {
		limit = len(d.d)
	}
	if x := d.point - 1; x < -4 || x >= limit {
		return appendScientific(to, d, min(prec, len(d.d))-1, verb+'e'-'g')
	}
	return appendPlain(to, d, max(len(d.d)-d.point, 0))
}

// appendScientific writes d.ddde±dd with prec digits after the point.
func appendScientific(to []byte, d digits, prec int, verb byte) []byte {
	exp := 0
	if len(d.d) == 0 {
		to = append(to, '0')
	} else {
		exp = d.point - 1
		to = append(to, d.d[0])
	}
	if prec > 0 {
		to = append(to, '.')
		for i := 1; i <= prec; i++ {
			to = append(to, d.at(i))
		}
	}
	to = append(to, verb)
	return appendExponent(to, exp)
}

// appendExponent writes a sign and at least two digits.
func appendExponent(to []byte, exp int) []byte {
	if exp < 0 {
		to, exp = append(to, '-'), -exp
	} else {
		to = append(to, '+')
	}
	if exp < 10 {
		to = append(to, '0')
	}
	return AppendInt(to, int64(exp), 10)
}

// appendPlain writes ddd.ddd with prec digits after the point.
func appendPlain(to []byte, d digits, prec int) []byte {
	if d.point <= 0 {
		to = append(to, '0')
	}
	for i := 0; i < d.point; i++ {
		to = append(to, d.at(i))
	}
	if prec > 0 {
		to = append(to, '.')
		for i := 0; i < prec; i++ {
			to = append(to, d.at(d.point+i))
		}
	}
	return to
}

// at is the index-th digit; there are zeros on either side of those that are kept.
func (d *digits) at(index int) byte {
	if index < 0 || index >= len(d.d) {
		return '0'
	}
	return d.d[index]
}

// appendHex writes 0x1.hhhp±dd. The mantissa has 60 bits after its point and may not be normalized.
func appendHex(to []byte, mant uint64, exp int, verb byte, prec int) []byte {
	const one = uint64(1) << 60
	if mant == 0 {
		exp = 0
	}
	for mant != 0 && mant < one {
		mant <<= 1
		exp--
	}
	if prec >= 0 && prec < 15 {
		drop := uint(60 - 4*prec)
		rest := mant & (1<<drop - 1)
		mant >>= drop
		half := uint64(1) << (drop - 1)
		if rest > half || rest == half && mant&1 == 1 {
			mant++
		}
		mant <<= drop
		if mant >= 2*one {
			mant >>= 1
			exp++
		}
	}
	letters := "0123456789abcdef"
	if verb == 'X' {
		letters = "0123456789ABCDEF"
	}
	to = append(to, '0', verb, '0'+byte(mant>>60))
	mant = mant << 4
	if prec > 0 || prec < 0 && mant != 0 {
		to = append(to, '.')
		for i := 0; i < prec || prec < 0 && mant != 0; i++ {
			to = append(to, letters[mant>>60])
			mant <<= 4
		}
	}
	return appendExponent(append(to, verb+'p'-'x'), exp)
}
