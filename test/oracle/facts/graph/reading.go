package noder

// Added to the compiler by make.mjs: says in which order objects, their dictionaries and bodies are read, as lines for stdout.
//
//	##O kind name     an object with type arguments is read; what that mentions follows, up to ##o
//	##Q kind name     one that has been read is mentioned
//	##P name          its body is put on the stack
//	##D kind name     and so is its dictionary, which is read as ##d … ##o
//	##Y type          a type needs wrappers
//	##B name          a body is read, up to ##o

import (
	"fmt"
	"strings"

	"cmd/compile/internal/ir"
	"cmd/compile/internal/types"
	"internal/pkgbits"
)

// factKey is T and the link string of a type, or F and the printed name of a function.
func factKey(sym *types.Sym, tag pkgbits.CodeObj) string {
	if tag == pkgbits.ObjType {
		return "T\t" + sym.Pkg.Path + "." + sym.Name
	}
	return "F\t" + sym.Pkg.Name + "." + sym.Name
}

func factEnd() { fmt.Println("##o") }

func factRead(dict *readerDict, tag pkgbits.CodeObj) func() {
	sym := dict.baseSym
	if sym == nil || sym.IsBlank() || tag == pkgbits.ObjConst || tag == pkgbits.ObjVar {
		return func() {}
	}
	if !dict.hasTypeParams() {
		if sym.Def != nil {
			return func() {}
		}
		fmt.Printf("##O\t-\t-\n")
		return factEnd
	}
	if sym.Def != nil {
		fmt.Printf("##Q\t%s\n", factKey(sym, tag))
		return func() {}
	}
	fmt.Printf("##O\t%s\n", factKey(sym, tag))
	return factEnd
}

func factDict(key string) func() {
	fmt.Printf("##d\t%s\n", key)
	return factEnd
}

func factBody(fn *ir.Func) func() {
	fmt.Printf("##B\t%v\n", fn)
	return factEnd
}

func (r *reader) factNeed(typ *types.Type) {
	if !typ.IsPtr() && !r.importedDef() && (typ.Sym() == nil || strings.Contains(typ.Sym().Name, "[") || typ.IsShape()) {
		fmt.Printf("##Y\t%s\n", typ.LinkString())
	}
}

func (r *reader) factQueue(fn *ir.Func) {
	if r.hasTypeParams() && r.curfn == nil {
		fmt.Printf("##P\t%v\n", fn)
	}
}
