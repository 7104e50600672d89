package json

import "bytes"

// escape appends from with what HTML and JavaScript might misread escaped.
func escape(to, from []byte) ([]byte, error) {
	for i := 0; i < len(from); i++ {
		switch c := from[i]; {
		case c == '<' || c == '>' || c == '&':
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case c == 0xE2 && i+2 < len(from) && from[i+1] == 0x80 && from[i+2]&^1 == 0xA8:
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
	compact := make([]byte, 0, len(from))
	inString := false
	for i := 0; i < len(from); i++ {
		c := from[i]
		if !inString && isBlank(c) {
			continue
		}
		compact = append(compact, c)
		switch {
		case c == '"':
			inString = !inString
		case c == '\\' && inString:
			i++
			compact = append(compact, from[i])
		}
	}
	if escapeHTML {
		return escape(to, compact)
	}
	return append(to, compact...), nil
}

// Compact appends from without blanks.
func Compact(dst *bytes.Buffer, from []byte) error {
	out, err := appendCompact(nil, from, false)
	if err == nil {
		dst.Write(out)
	}
	return err
}

// Indent appends from on several lines.
func Indent(dst *bytes.Buffer, from []byte, head, indent string) error {
	out, err := appendIndent(nil, from, head, indent)
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
	line := func() {
		to = append(append(to, '\n'), head...)
		for range depth {
			to = append(to, indent...)
		}
	}
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
			line()
		}
		switch c {
		case '{', '[':
			opened = true
			to = append(to, c)
		case ',':
			to = append(to, c)
			line()
		case ':':
			to = append(to, c, ' ')
		case '}', ']':
			if opened {
				opened = false
			} else {
				depth--
				line()
			}
			to = append(to, c)
		default:
			inString = c == '"'
			to = append(to, c)
		}
	}
	return to, nil
}

// trailing is what of data is not blank.
func trailing(data []byte) []byte {
	for len(data) > 0 && isBlank(data[0]) {
		data = data[1:]
	}
	return data
}
