package parse

import (
	"fmt"
	"strconv"
	"strings"
)

// NumberNode is a number: every kind of value that it can be.
type NumberNode struct {
	base
	IsInt      bool
	IsUint     bool
	IsFloat    bool
	IsComplex  bool
	Int64      int64
	Uint64     uint64
	Float64    float64
	Complex128 complex128
	Text       string
}

func (n *NumberNode) String() string                { return n.Text }
func (n *NumberNode) writeTo(out *strings.Builder) { out.WriteString(n.Text) }

// Copy returns a copy.
func (n *NumberNode) Copy() Node { c := *n; return &c }

// read finds out what the text of a token stands for.
func (n *NumberNode) read(kind tokenKind) error {
	switch kind {
	case tokenRune:
		return n.readRune()
	case tokenComplex:
		if _, err := fmt.Sscan(n.Text, &n.Complex128); err != nil {
			return err
		}
		n.fromComplex()
		return nil
	}
	if im, ok := strings.CutSuffix(n.Text, "i"); ok {
		if f, err := strconv.ParseFloat(im, 64); err == nil {
			n.Complex128 = complex(0, f)
			n.fromComplex()
			return nil
		}
	}
	return n.readReal()
}

func (n *NumberNode) readRune() error {
	r, _, rest, err := strconv.UnquoteChar(n.Text[1:], n.Text[0])
	if err != nil {
		return err
	}
	if rest != "'" {
		return fmt.Errorf("malformed character constant: %s", n.Text)
	}
	n.IsInt, n.IsUint, n.IsFloat = true, true, true
	n.Int64, n.Uint64, n.Float64 = int64(r), uint64(r), float64(r)
	return nil
}

func (n *NumberNode) readReal() error {
	u, errU := strconv.ParseUint(n.Text, 0, 64)
	i, errI := strconv.ParseInt(n.Text, 0, 64)
	n.IsInt = errI == nil
	n.IsUint = errU == nil || n.IsInt && i == 0
	if n.IsInt {
		n.Int64 = i
	}
	if n.IsUint {
		n.Uint64 = u
	}
	switch {
	case n.IsInt:
		n.setFloat(float64(i))
		return nil
	case n.IsUint:
		n.setFloat(float64(u))
		return nil
	}
	f, err := strconv.ParseFloat(n.Text, 64)
	if err != nil {
		return fmt.Errorf("illegal number syntax: %q", n.Text)
	}
	if !strings.ContainsAny(n.Text, ".eEpP") {
		return fmt.Errorf("integer overflow: %q", n.Text)
	}
	n.setFloat(f)
	n.fromFloat()
	return nil
}

func (n *NumberNode) setFloat(f float64) { n.IsFloat, n.Float64 = true, f }

// fromFloat makes it an integer too, if the float is one.
func (n *NumberNode) fromFloat() {
	f := n.Float64
	if n.IsInt = float64(int64(f)) == f; n.IsInt {
		n.Int64 = int64(f)
	}
	if n.IsUint = float64(uint64(f)) == f; n.IsUint {
		n.Uint64 = uint64(f)
	}
}

// fromComplex makes it a real number too, if it has no imaginary part.
func (n *NumberNode) fromComplex() {
	n.IsComplex = true
	if imag(n.Complex128) == 0 {
		n.setFloat(real(n.Complex128))
		n.fromFloat()
	}
}
