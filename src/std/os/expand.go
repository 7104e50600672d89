package os

// Expand replaces ${name} and $name in text by what value says of the name.
func Expand(text string, value func(string) string) string {
	var out []byte
	done := 0
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '$' {
			continue
		}
		out = append(out, text[done:i]...)
		name, width := variable(text[i+1:])
		switch {
		case name != "":
			out = append(out, value(name)...)
		case width == 0:
			out = append(out, '$') // Nothing of a name follows.
		}
		done = i + 1 + width
		i = done - 1
	}
	if done == 0 {
		return text
	}
	return string(out) + text[done:]
}

// ExpandEnv is Expand with the variables of the environment.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// variable returns the name at the start of text, which stands behind a dollar sign, and how much of text it takes. A broken ${ is
// taken without a name.
func variable(text string) (name string, width int) {
	if text[0] == '{' {
		if len(text) > 2 && text[2] == '}' && shellSpecial(text[1]) {
			return text[1:2], 3
		}
		for end := 1; end < len(text); end++ {
			if text[end] == '}' {
				return text[1:end], end + 1
			}
		}
		return "", 1
	}
	if shellSpecial(text[0]) {
		return text[:1], 1
	}
	for width < len(text) && wordByte(text[width]) {
		width++
	}
	return text[:width], width
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// shellSpecial reports whether c is a whole name: $1, $?, $# and the like.
func shellSpecial(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-':
		return true
	}
	return digit(c)
}

func wordByte(c byte) bool {
	lower := c | 0x20
	return c == '_' || digit(c) || lower >= 'a' && lower <= 'z'
}
