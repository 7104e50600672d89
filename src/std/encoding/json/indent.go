package json

import "bytes"

// escape appends src with what HTML and JavaScript might misread escaped.
func escape(dst, src []byte) ([]byte, error) {
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '<' || c == '>' || c == '&':
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case c == 0xE2 && i+2 < len(src) && src[i+1] == 0x80 && src[i+2]&^1 == 0xA8:
			dst = append(dst, '\\', 'u', '2', '0', '2', hexDigits[src[i+2]&15])
			i += 2
		default:
			dst = append(dst, c)
		}
	}
	return dst, nil
}

// appendCompact appends src without blanks.
func appendCompact(dst, src []byte, escapeHTML bool) ([]byte, error) {
	if err := check(src); err != nil {
		return dst, err
	}
	compact := make([]byte, 0, len(src))
	inString := false
	for i := 0; i < len(src); i++ {
		c := src[i]
		if !inString && isBlank(c) {
			continue
		}
		compact = append(compact, c)
		switch {
		case c == '"':
			inString = !inString
		case c == '\\' && inString:
			i++
			compact = append(compact, src[i])
		}
	}
	if escapeHTML {
		return escape(dst, compact)
	}
	return append(dst, compact...), nil
}

// Compact appends src without blanks.
func Compact(dst *bytes.Buffer, src []byte) error {
	out, err := appendCompact(nil, src, false)
	if err == nil {
		dst.Write(out)
	}
	return err
}

// Indent appends src on several lines.
func Indent(dst *bytes.Buffer, src []byte, prefix, indent string) error {
	out, err := appendIndent(nil, src, prefix, indent)
	if err == nil {
		dst.Write(out)
	}
	return err
}

func appendIndent(dst, src []byte, prefix, indent string) ([]byte, error) {
	if err := check(src); err != nil {
		return dst, err
	}
	depth, inString, opened := 0, false, false
	line := func() {
		dst = append(append(dst, '\n'), prefix...)
		for range depth {
			dst = append(dst, indent...)
		}
	}
	for i := 0; i < len(src); i++ {
		c := src[i]
		if inString {
			dst = append(dst, c)
			switch c {
			case '\\':
				i++
				dst = append(dst, src[i])
			case '"':
				inString = false
			}
			continue
		}
		if isBlank(c) {
			if depth == 0 && i > 0 && len(trailing(src[i:])) == 0 {
				dst = append(dst, src[i:]...) // blanks at the end stay
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
			dst = append(dst, c)
		case ',':
			dst = append(dst, c)
			line()
		case ':':
			dst = append(dst, c, ' ')
		case '}', ']':
			if opened {
				opened = false
			} else {
				depth--
				line()
			}
			dst = append(dst, c)
		default:
			inString = c == '"'
			dst = append(dst, c)
		}
	}
	return dst, nil
}

// trailing is what of s is not blank.
func trailing(s []byte) []byte {
	for len(s) > 0 && isBlank(s[0]) {
		s = s[1:]
	}
	return s
}
