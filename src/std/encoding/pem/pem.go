// Package pem: blocks of base64 between lines that say BEGIN and END.
package pem

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"
)

// Block is what stands between two such lines.
type Block struct {
	Type    string
	Headers map[string]string
	Bytes   []byte
}

const (
	begin  = "-----BEGIN "
	end    = "-----END "
	dashes = "-----"
	width  = 64
)

// lineOf cuts the first line off data; white space at its end is not part of it.
func lineOf(data []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(data, []byte("\n"))
	if len(line) < len(data) {
		line = bytes.TrimSuffix(line, []byte("\r"))
	}
	return bytes.TrimRight(line, " \t"), rest
}

// Decode finds the next block in data and answers it with what follows it. Where there is none, rest is all of data.
func Decode(data []byte) (p *Block, rest []byte) {
	left := data
	for {
		at := bytes.Index(left, []byte("\n"+end))
		if at < 0 {
			return nil, data
		}
		// What follows this END line, with its type, is where the search goes on if the block is none.
		after := left[at+1+len(end):]
		from := bytes.LastIndex(left[:at], []byte(begin))
		if from >= 0 && (from == 0 || left[from-1] == '\n') {
			block, behind, over := parse(left[from+len(begin):], len(after))
			if over {
				return nil, data
			}
			if block != nil {
				return block, behind
			}
		}
		left = after
	}
}

// parse reads a block whose BEGIN is before text; the last `trailer` bytes of text follow the word END. over: nothing can be found any more.
func parse(text []byte, trailer int) (block *Block, rest []byte, over bool) {
	// Until means how many bytes of text are left where the line feed before END stands.
	until := trailer + len(end) + 1
	kind, text := lineOf(text)
	kind, ok := bytes.CutSuffix(kind, []byte(dashes))
	if !ok {
		return nil, nil, false
	}
	headers := map[string]string{}
	for {
		if len(text) == 0 {
			return nil, nil, true
		}
		line, next := lineOf(text)
		key, value, found := bytes.Cut(line, []byte(":"))
		if !found {
			break
		}
		headers[string(bytes.TrimSpace(key))] = string(bytes.TrimSpace(value))
		text = next
	}
	body := len(text) - until
	if len(headers) > 0 && body < 0 {
		return nil, nil, trailer > len(text)
	}
	last := text[len(text)-trailer:]
	size := len(kind) + len(dashes)
	if len(last) < size || !bytes.HasPrefix(last, kind) || !bytes.HasSuffix(last[:size], []byte(dashes)) {
		return nil, nil, false
	}
	behind, rest := lineOf(last[size:])
	if len(behind) > 0 {
		return nil, nil, false
	}
	content := []byte{}
	if body > 0 {
		text = bytes.Map(func(c rune) rune {
			if c == ' ' || c == '\t' {
				return -1
			}
			return c
		}, text[:body])
		content = make([]byte, base64.StdEncoding.DecodedLen(len(text)))
		n, err := base64.StdEncoding.Decode(content, text)
		if err != nil {
			return nil, nil, false
		}
		content = content[:n]
	}
	return &Block{Type: string(kind), Headers: headers, Bytes: content}, rest, false
}

// folder breaks what is written to it into lines.
type folder struct {
	to   io.Writer
	line []byte
}

func (f *folder) Write(text []byte) (int, error) {
	for i, c := range text {
		f.line = append(f.line, c)
		if len(f.line) == width {
			if err := f.flush(); err != nil {
				return i, err
			}
		}
	}
	return len(text), nil
}

func (f *folder) flush() error {
	if len(f.line) == 0 {
		return nil
	}
	_, err := f.to.Write(append(f.line, '\n'))
	f.line = f.line[:0]
	return err
}

// Encode writes b to out.
func Encode(out io.Writer, b *Block) error {
	names := make([]string, 0, len(b.Headers))
	for name := range b.Headers {
		if strings.Contains(name, ":") {
			return errors.New("pem: cannot encode a header key that contains a colon")
		}
		names = append(names, name)
	}
	// The kind of processing comes first (RFC 1421), the others in their order.
	const first = "Proc-Type"
	slices.SortFunc(names, func(a, b string) int {
		if a == first {
			return -1
		}
		if b == first {
			return 1
		}
		return strings.Compare(a, b)
	})
	head := begin + b.Type + dashes + "\n"
	for _, name := range names {
		head += name + ": " + b.Headers[name] + "\n"
	}
	if len(names) > 0 {
		head += "\n"
	}
	if _, err := io.WriteString(out, head); err != nil {
		return err
	}
	lines := &folder{to: out, line: make([]byte, 0, width+1)}
	body := base64.NewEncoder(base64.StdEncoding, lines)
	if _, err := body.Write(b.Bytes); err != nil {
		return err
	}
	body.Close()
	lines.flush()
	_, err := io.WriteString(out, end+b.Type+dashes+"\n")
	return err
}

// EncodeToMemory is the text of b; nil if it has none.
func EncodeToMemory(b *Block) []byte {
	var out bytes.Buffer
	if Encode(&out, b) != nil {
		return nil
	}
	return out.Bytes()
}
