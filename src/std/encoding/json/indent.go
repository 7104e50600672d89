package json

import "bytes"

// escape appends from with what HTML and JavaScript might misread escaped.
func escape(to, from []byte) ([]byte, error) {
	for i := 0; i < len(from); i++ {
		switch c := from[i]; {
		case c == '<' || c == '>' || c == '&':
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case lineEnd(from[i:]):
			to = append(to, '\\', 'u', '2', '0', '2', hexDigits[from[i+2]&15])
			i += 2
		default:
			to = append(to, c)
		}
	}
	return to, nil
}

// appendCompact appends from without blanks.
func appendCompact(to, from []byte, escapeHTML bool) ([]byte, error) {
	if err := check(from); err != nil {
		return to, err
	}
	inString := false
	for i := 0; i < len(from); i++ {
		c := from[i]
		if !inString && isBlank(c) {
			continue
		}
		switch {
		case c == '"':
			inString = !inString
		case c == '\\' && inString:
			i++
			to = append(to, c, from[i])
			continue
		case escapeHTML && (c == '<' || c == '>' || c == '&'):
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			continue
		case escapeHTML && lineEnd(from[i:]):
			to = append(to, '\\', 'u', '2', '0', '2', hexDigits[from[i+2]&15])
			i += 2
			continue
		}
		to = append(to, c)
	}
	return to, nil
}

// lineEnd tells whether data begins with one of the line ends of JavaScript that JSON has no escape for.
func lineEnd(data []byte) bool {
	return data[0] == 0xE2 && len(data) > 2 && data[1] == 0x80 && data[2]&^1 == 0xA8
}

// Compact appends from without blanks.
func Compact(dst *bytes.Buffer, from []byte) error {
	dst.Grow(len(from))
	out, err := appendCompact(dst.AvailableBuffer(), from, false)
	if err == nil {
		dst.Write(out)
	}
	return err
}

// Indent appends from on several lines.
func Indent(dst *bytes.Buffer, from []byte, head, indent string) error {
	dst.Grow(2 * len(from))
	out, err := appendIndent(dst.AvailableBuffer(), from, head, indent)
	if err == nil {
		dst.Write(out)
	}
	return err
}

func appendIndent(to, from []byte, head, indent string) ([]byte, error) {
	if err := check(from); err != nil {
		return to, err
	}
	depth, inString, opened := 0, false, false
	for i := 0; i < len(from); i++ {
		c := from[i]
		if inString {
			to = append(to, c)
			switch c {
			case '\\':
				i++
				to = append(to, from[i])
			case '"':
				inString = false
			}
			continue
		}
		if isBlank(c) {
			if depth == 0 && i > 0 && len(trailing(from[i:])) == 0 {
				to = append(to, from[i:]...) // blanks at the end stay
				break
			}
			continue
		}
		if opened && c != ']' && c != '}' {
			opened = false
			depth++
			to = appendLine(to, head, indent, depth)
		}
		switch c {
		case '{', '[':
			opened = true
			to = append(to, c)
		case ',':
			to = appendLine(append(to, c), head, indent, depth)
		case ':':
			to = append(to, c, ' ')
		case '}', ']':
			if opened {
				opened = false
			} else {
				depth--
				to = appendLine(to, head, indent, depth)
			}
			to = append(to, c)
		default:
			inString = c == '"'
			to = append(to, c)
		}
	}
	return to, nil
}

// appendLine begins a line.
func appendLine(to []byte, head, indent string, depth int) []byte {
	to = append(append(to, '\n'), head...)
	for range depth {
		to = append(to, indent...)
	}
	return to
}

// trailing is what of data is not blank.
func trailing(data []byte) []byte {
	for len(data) > 0 && isBlank(data[0]) {
		data = data[1:]
	}
	return data
}
