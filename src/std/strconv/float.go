package strconv

import "math"

// FormatFloat returns f as text. fmt is one of b e E f g G x X; prec counts digits, -1 asks for the fewest that read back as f.
func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	var buf [32]byte
	return string(appendFloat(buf[:0], f, fmt, prec, bitSize))
}

// AppendFloat appends FormatFloat's text.
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	return appendFloat(dst, f, fmt, prec, bitSize)
}

func appendFloat(dst []byte, f float64, verb byte, prec, bitSize int) []byte {
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
			return append(dst, "NaN"...)
		case negative:
			return append(dst, "-Inf"...)
		}
		return append(dst, "+Inf"...)
	}
	if exp == 0 {
		exp = 1
	} else {
		mant |= 1 << form.mantissa
	}
	exp += form.bias - int(form.mantissa)
	if negative {
		dst = append(dst, '-')
	}
	switch verb {
	case 'b':
		dst = append(AppendUint(dst, mant, 10), 'p')
		if exp >= 0 {
			dst = append(dst, '+')
		}
		return AppendInt(dst, int64(exp), 10)
	case 'x', 'X':
		return appendHex(dst, mant<<(60-form.mantissa), exp+int(form.mantissa), verb, prec)
	case 'e', 'E', 'f', 'g', 'G':
	default:
		if negative {
			dst = dst[:len(dst)-1]
		}
		return append(dst, '%', verb)
	}
	if prec < 0 {
		return appendShortest(dst, mant, exp, form, verb)
	}
	return appendRounded(dst, mant, exp, verb, prec)
}

func appendShortest(dst []byte, mant uint64, exp int, form *format, verb byte) []byte {
	var buf [24]byte
	d := digits{buf[:0], 0}
	if mant != 0 {
		d = shortest(buf[:], mant, exp, form)
	}
	switch verb {
	case 'e', 'E':
		return appendScientific(dst, d, len(d.d)-1, verb)
	case 'f':
		return appendPlain(dst, d, max(len(d.d)-d.point, 0))
	}
	if x := d.point - 1; x < -4 || x >= 6 { // whatever the number of digits: as if six had been asked for
		return appendScientific(dst, d, len(d.d)-1, verb+'e'-'g')
	}
	return appendPlain(dst, d, max(len(d.d)-d.point, 0))
}

func appendRounded(dst []byte, mant uint64, exp int, verb byte, prec int) []byte {
	var buf [mostDigits]byte
	d := exact(&buf, mant, exp)
	switch verb {
	case 'e', 'E':
		d.round(prec + 1)
		return appendScientific(dst, d, prec, verb)
	case 'f':
		d.round(d.point + prec)
		return appendPlain(dst, d, prec)
	}
	if prec == 0 {
		prec = 1
	}
	d.round(prec)
	limit := prec
	if limit > len(d.d) && len(d.d) >= d.point {
		limit = len(d.d)
	}
	if x := d.point - 1; x < -4 || x >= limit {
		return appendScientific(dst, d, min(prec, len(d.d))-1, verb+'e'-'g')
	}
	return appendPlain(dst, d, max(len(d.d)-d.point, 0))
}

// appendScientific writes d.ddde±dd with prec digits after the point.
func appendScientific(dst []byte, d digits, prec int, verb byte) []byte {
	exp := 0
	if len(d.d) == 0 {
		dst = append(dst, '0')
	} else {
		exp = d.point - 1
		dst = append(dst, d.d[0])
	}
	if prec > 0 {
		dst = append(dst, '.')
		for i := 1; i <= prec; i++ {
			dst = append(dst, d.at(i))
		}
	}
	dst = append(dst, verb)
	return appendExponent(dst, exp)
}

// appendExponent writes a sign and at least two digits.
func appendExponent(dst []byte, exp int) []byte {
	if exp < 0 {
		dst, exp = append(dst, '-'), -exp
	} else {
		dst = append(dst, '+')
	}
	if exp < 10 {
		dst = append(dst, '0')
	}
	return AppendInt(dst, int64(exp), 10)
}

// appendPlain writes ddd.ddd with prec digits after the point.
func appendPlain(dst []byte, d digits, prec int) []byte {
	if d.point <= 0 {
		dst = append(dst, '0')
	}
	for i := 0; i < d.point; i++ {
		dst = append(dst, d.at(i))
	}
	if prec > 0 {
		dst = append(dst, '.')
		for i := 0; i < prec; i++ {
			dst = append(dst, d.at(d.point+i))
		}
	}
	return dst
}

// at is the i-th digit; there are zeros on either side of those that are kept.
func (d *digits) at(i int) byte {
	if i < 0 || i >= len(d.d) {
		return '0'
	}
	return d.d[i]
}

// appendHex writes 0x1.hhhp±dd. The mantissa has 60 bits after its point and may not be normalized.
func appendHex(dst []byte, mant uint64, exp int, verb byte, prec int) []byte {
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
	dst = append(dst, '0', verb, '0'+byte(mant>>60))
	mant = mant << 4
	if prec > 0 || prec < 0 && mant != 0 {
		dst = append(dst, '.')
		for i := 0; i < prec || prec < 0 && mant != 0; i++ {
			dst = append(dst, letters[mant>>60])
			mant <<= 4
		}
	}
	return appendExponent(append(dst, verb+'p'-'x'), exp)
}
