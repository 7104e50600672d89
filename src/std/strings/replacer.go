package strings

import (
	"io"
	"sync"
)

// Replacer replaces several strings at once. It may be used by several goroutines.
type Replacer struct {
	once   sync.Once
	r      replacer
	oldnew []string
}

type replacer interface {
	Replace(s string) string
	WriteString(w io.Writer, s string) (n int, err error)
}

// NewReplacer takes pairs of old and new. Where several olds match at a place, the one given first counts.
func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 != 0 {
		panic("strings.NewReplacer: odd argument count")
	}
	return &Replacer{oldnew: append([]string(nil), oldnew...)}
}

func (rep *Replacer) ready() replacer {
	rep.once.Do(func() {
		rep.r = newPairs(rep.oldnew)
		rep.oldnew = nil
	})
	return rep.r
}

// Replace returns text with everything replaced.
func (rep *Replacer) Replace(text string) string { return rep.ready().Replace(text) }

// WriteString writes text to out with everything replaced.
func (rep *Replacer) WriteString(out io.Writer, text string) (n int, err error) {
	return rep.ready().WriteString(out, text)
}

// pairs is a list of replacements with, for each first byte, a chain of those whose old begins with it.
type pairs struct {
	list  []pair
	first [256]int // index + 1
	empty int      // the pair whose old is "", index + 1
}

type pair struct {
	old, new string
	next     int // in the chain, index + 1
}

func newPairs(oldnew []string) *pairs {
	p := &pairs{list: make([]pair, 0, len(oldnew)/2)}
	for i := 0; i < len(oldnew); i += 2 {
		p.list = append(p.list, pair{old: oldnew[i], new: oldnew[i+1]})
	}
	for i := len(p.list) - 1; i >= 0; i-- {
		if old := p.list[i].old; old == "" {
			p.empty = i + 1
		} else {
			p.list[i].next = p.first[old[0]]
			p.first[old[0]] = i + 1
		}
	}
	return p
}

// match returns the pair that applies at the beginning of text: the first given of those that match.
func (p *pairs) match(text string, allowEmpty bool) *pair {
	found := 0
	if text != "" {
		for i := p.first[text[0]]; i != 0; i = p.list[i-1].next {
			if HasPrefix(text, p.list[i-1].old) {
				found = i
				break
			}
		}
	}
	if allowEmpty && p.empty != 0 && (found == 0 || p.empty < found) {
		found = p.empty
	}
	if found == 0 {
		return nil
	}
	return &p.list[found-1]
}

// each hands the pieces of the result to write, unchanged ones and new ones, and reports whether anything was replaced.
func (p *pairs) each(text string, write func(string) bool) (changed bool) {
	kept, emptyBefore := 0, false
	for i := 0; i <= len(text); {
		m := p.match(text[i:], !emptyBefore)
		emptyBefore = m != nil && m.old == ""
		if m == nil {
			i++
			continue
		}
		changed = true
		if i > kept && !write(text[kept:i]) || !write(m.new) {
			return true
		}
		i += len(m.old)
		kept = i
	}
	if changed && kept < len(text) {
		write(text[kept:])
	}
	return changed
}

func (p *pairs) Replace(text string) string {
	var b Builder
	if !p.each(text, func(piece string) bool { b.WriteString(piece); return true }) {
		return text
	}
	return b.String()
}

func (p *pairs) WriteString(out io.Writer, text string) (n int, err error) {
	write := func(piece string) bool {
		var m int
		m, err = io.WriteString(out, piece)
		n += m
		return err == nil
	}
	if !p.each(text, write) {
		write(text)
	}
	return n, err
}
