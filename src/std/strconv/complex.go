package strconv

// FormatComplex returns (a+bi), each part as FormatFloat writes it.
func FormatComplex(c complex128, fmt byte, prec, bitSize int) string {
	if bitSize != 64 && bitSize != 128 {
		panic("invalid bitSize")
	}
	var buf [64]byte
	text := appendFloat(append(buf[:0], '('), real(c), fmt, prec, bitSize/2)
	at := len(text)
	text = appendFloat(append(text, '+'), imag(c), fmt, prec, bitSize/2)
	if text[at+1] == '+' || text[at+1] == '-' { // the part brought its sign
		text = append(text[:at], text[at+1:]...)
	}
	return string(append(text, "i)"...))
}

// ParseComplex reads N, Ni or N±Ni, perhaps in parentheses.
func ParseComplex(text string, bitSize int) (complex128, error) {
	size := 64
	if bitSize == 64 {
		size = 32
	}
	body := text
	if len(text) >= 2 && text[0] == '(' && text[len(text)-1] == ')' {
		body = text[1 : len(text)-1]
	}
	var late error // out of range, told only if the rest is well formed
	part := func() (float64, bool) {
		f, n, err := parseFloatPrefix(body, size)
		if err != nil {
			if err.(*NumError).Err != ErrRange {
				return 0, false
			}
			late = failure("ParseComplex", text, ErrRange)
		}
		body = body[n:]
		return f, true
	}
	bad := func() (complex128, error) { return 0, failure("ParseComplex", text, ErrSyntax) }
	re, ok := part()
	if !ok {
		return bad()
	}
	if body == "" {
		return complex(re, 0), late
	}
	switch body[0] {
	case '+':
		if len(body) > 1 && body[1] != '+' { // "+NaNi": NaN takes no sign
			body = body[1:]
		}
	case '-':
	case 'i':
		if body == "i" {
			return complex(0, re), late
		}
		return bad()
	default:
		return bad()
	}
	im, ok := part()
	if !ok || body != "i" {
		return bad()
	}
	return complex(re, im), late
}
