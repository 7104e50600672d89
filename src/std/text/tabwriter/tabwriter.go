// Package tabwriter sets tabbed text in columns: a column is as wide as its widest cell in a block of lines that all have it.
//
// Text is gathered in lines of cells until a line shows that the columns above it have ended. Go: src/text/tabwriter.
package tabwriter

import (
	"fmt"
	"io"
	"unicode/utf8"
)

// What a Writer may be told.
const (
	FilterHTML uint = 1 << iota
	StripEscape
	AlignRight
	DiscardEmptyColumns
	TabIndent
	Debug
)

// Escape stands before and after text in which nothing is special.
const Escape = '\xff'

// cell is a piece of text that a tab ends, or the last piece of a line.
type cell struct {
	size  int  // bytes
	width int  // characters
	htab  bool // ended by '\t', not by '\v'
}

// Writer sets what is written to it and writes it on.
type Writer struct {
	out                         io.Writer
	minwidth, tabwidth, padding int
	pads                        [8]byte
	flags                       uint
	text                        []byte // of all cells
	counted                     int    // bytes of text whose width is known
	open                        cell
	until                       byte // what ends the text in which nothing is special, 0 outside
	lines                       [][]cell
	widths                      []int
	failed                      error
}

// NewWriter returns a Writer; see Init.
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

// Init makes tw ready: the least width of a cell with its padding, the width of a tab, what is added to a cell, and with which character.
func (tw *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	tw.out, tw.minwidth, tw.tabwidth, tw.padding = output, minwidth, tabwidth, padding
	for i := range tw.pads {
		tw.pads[i] = padchar
	}
	if padchar == '\t' {
		flags &^= AlignRight // Tabs cannot stand before a text so that it ends somewhere.
	}
	tw.flags = flags
	tw.clear()
	return tw
}

func (tw *Writer) has(flag uint) bool { return tw.flags&flag != 0 }

func (tw *Writer) clear() {
	tw.text = tw.text[:0]
	tw.counted = 0
	tw.open = cell{}
	tw.until = 0
	tw.lines = append(tw.lines[:0], nil)
	tw.widths = tw.widths[:0]
}

// count adds the width of the text since the last call to the open cell.
func (tw *Writer) count() {
	tw.open.width += utf8.RuneCount(tw.text[tw.counted:])
	tw.counted = len(tw.text)
}

// endSpecial ends text in which nothing is special: tags have no width, entities that of a character.
func (tw *Writer) endSpecial() {
	switch tw.until {
	case Escape:
		tw.count()
		if !tw.has(StripEscape) {
			tw.open.width -= 2
		}
	case ';':
		tw.open.width++
	}
	tw.counted = len(tw.text)
	tw.until = 0
}

// endCell ends the open cell and returns how many cells its line has.
func (tw *Writer) endCell(htab bool) int {
	last := &tw.lines[len(tw.lines)-1]
	tw.open.htab = htab
	*last = append(*last, tw.open)
	tw.open = cell{}
	return len(*last)
}

// Write takes text.
func (tw *Writer) Write(buf []byte) (n int, err error) {
	defer tw.repanic("Write")
	done := 0
	take := func(to int) {
		tw.text = append(tw.text, buf[done:to]...)
		tw.open.size += to - done
	}
	for i, c := range buf {
		if tw.until != 0 {
			if c == tw.until {
				end := i + 1
				if c == Escape && tw.has(StripEscape) {
					end = i
				}
				take(end)
				done = i + 1
				tw.endSpecial()
			}
			continue
		}
		switch c {
		case '\t', '\v', '\n', '\f':
			take(i)
			tw.count()
			done = i + 1
			cells := tw.endCell(c == '\t')
			if c == '\n' || c == '\f' {
				tw.lines = append(tw.lines, nil)
				// A line of one cell ends all columns.
				if c == '\f' || cells == 1 {
					tw.set()
					if c == '\f' && tw.has(Debug) {
						tw.emit("---\n")
					}
				}
			}
		case Escape:
			take(i)
			tw.count()
			done = i
			if tw.has(StripEscape) {
				done++
			}
			tw.until = Escape
		case '<', '&':
			if tw.has(FilterHTML) {
				take(i)
				tw.count()
				done = i
				tw.until = '>'
				if c == '&' {
					tw.until = ';'
				}
			}
		}
		if tw.failed != nil {
			break
		}
	}
	take(len(buf))
	n, err = len(buf), tw.failed
	if err != nil {
		n, tw.failed = 0, nil
	}
	return n, err
}

// Flush sets what has been gathered, whether or not its columns have ended.
func (tw *Writer) Flush() error {
	defer tw.repanic("Flush")
	tw.set()
	err := tw.failed
	tw.failed = nil
	return err
}

// repanic passes a panic of the writer below on.
func (tw *Writer) repanic(in string) {
	if e := recover(); e != nil {
		if in == "Flush" {
			tw.clear()
		}
		panic(fmt.Sprintf("tabwriter: panic during %s (%v)", in, e))
	}
}

func (tw *Writer) set() {
	if tw.open.size > 0 {
		if tw.until != 0 {
			tw.endSpecial()
		}
		tw.count()
		tw.endCell(false)
	}
	tw.block(0, 0, len(tw.lines))
	tw.clear()
}

// block sets lines[from:to], whose first len(widths) columns are known; their text begins at byte at. It returns where it ends.
func (tw *Writer) block(at, from, to int) int {
	column := len(tw.widths)
	for line := from; line < to; line++ {
		if column >= len(tw.lines[line])-1 {
			continue
		}
		// A block of lines with this column begins here.
		at = tw.print(at, from, line)
		end := line
		width, empty := tw.minwidth, true
		for ; end < to && column < len(tw.lines[end])-1; end++ {
			c := tw.lines[end][column]
			width = max(width, c.width+tw.padding)
			empty = empty && c.width == 0 && !c.htab
		}
		if empty && tw.has(DiscardEmptyColumns) {
			width = 0
		}
		tw.widths = append(tw.widths, width)
		at = tw.block(at, line, end)
		tw.widths = tw.widths[:column]
		from, line = end, end-1
	}
	return tw.print(at, from, to)
}

// print writes lines[from:to]; their text begins at byte at. It returns where it ends.
func (tw *Writer) print(at, from, to int) int {
	for i := from; i < to; i++ {
		indent := tw.has(TabIndent)
		for j, c := range tw.lines[i] {
			if j > 0 && tw.has(Debug) {
				tw.emit("|")
			}
			text := tw.text[at : at+c.size]
			at += c.size
			if c.size > 0 {
				indent = false
			}
			if c.size > 0 && !tw.has(AlignRight) {
				tw.emit(string(text))
			}
			if j < len(tw.widths) {
				tw.pad(c.width, tw.widths[j], indent)
			}
			if c.size > 0 && tw.has(AlignRight) {
				tw.emit(string(text))
			}
		}
		if i+1 < len(tw.lines) {
			tw.emit("\n")
		}
	}
	return at
}

// pad fills a cell up to its width.
func (tw *Writer) pad(have, width int, indent bool) {
	if tw.pads[0] != '\t' && !indent {
		tw.repeat(tw.pads[0], width-have)
		return
	}
	if tw.tabwidth > 0 {
		upTo := func(n int) int { return (n + tw.tabwidth - 1) / tw.tabwidth }
		tw.repeat('\t', upTo(upTo(width)*tw.tabwidth-have))
	}
}

func (tw *Writer) repeat(c byte, n int) {
	if n <= 0 {
		return
	}
	many := make([]byte, n)
	for i := range many {
		many[i] = c
	}
	tw.emit(string(many))
}

func (tw *Writer) emit(text string) {
	if tw.failed != nil {
		return
	}
	n, err := tw.out.Write([]byte(text))
	if err == nil && n != len(text) {
		err = io.ErrShortWrite
	}
	tw.failed = err
}
