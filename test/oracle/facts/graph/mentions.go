package interleaved

// Added to the compiler by make.mjs: says, before anything is inlined, which functions of the compiled package each function
// mentions, in the order in which their bodies were read. One line a function, for stdout: instances, and afterwards the wrappers too.

import (
	"fmt"
	"os"
	"strings"

	"cmd/compile/internal/ir"
)

func factMentions(pkg *ir.Package) { FactMentions("##M", pkg.Funcs) }

// FactMentions prints them behind a marker; escape analysis asks once more, when calls have been inlined away.
func FactMentions(marker string, funcs []*ir.Func) {
	if os.Getenv("GRAPHS") == "" {
		return
	}
	for _, fn := range funcs {
		if !fn.Dupok() && (marker == "##M" || fn.Sym().Name[0] != 'w') || fn.OClosure != nil {
			continue
		}
		var names []string
		seen := map[string]bool{}
		add := func(callee *ir.Func) {
			if callee == nil || !callee.Dupok() || callee.OClosure != nil {
				return
			}
			if name := fmt.Sprint(callee); !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
		var do func(n ir.Node)
		do = func(n ir.Node) {
			switch n := n.(type) {
			case *ir.Name:
				if n.Class == ir.PFUNC {
					add(n.Func)
				}
			case *ir.SelectorExpr:
				if n.Op() == ir.OMETHEXPR || n.Op() == ir.OMETHVALUE {
					if name := ir.MethodExprName(n); name != nil {
						add(name.Func)
					}
				}
			case *ir.ClosureExpr:
				ir.Visit(n.Func, do)
			}
		}
		ir.Visit(fn, do)
		words := int64(0)
		for _, p := range fn.Type().Params() {
			if p.Sym != nil && p.Sym.Name == ".dict" {
				words = p.Type.Elem().NumElem()
			}
		}
		fmt.Printf("%s\t%v\t%t\t%d\t%s\n", marker, fn, fn.Wrapper(), words, strings.Join(names, "\t"))
	}
}
