/**
 * Makes calls through interfaces static where only one dynamic type is possible.
 *
 * The inliner asks at every call and tells of every call it inlined, since a result's type may be known only then. Looks at a
 * function's assignments at most once.
 *
 * Go: cmd/compile/internal/devirtualize/devirtualize.go.
 */
import type { Note } from "../../record/notes.ts";
import { noPos, type Position, type Sources } from "../../base/source.ts";
import {
  type CallExpr, exprString, type Expr, type Func, hasShape, type InlinedCallExpr, isShape, outermostPos, type PackageIR, type PrintContext, type SelectorExpr, type TypeAssertExpr,
  typeString, type XPos,
} from "../ir/index.ts";
import { type Package, type Type, under, type Var } from "../types/index.ts";
import { Assignments } from "./assignments.ts";
import { implementsByShape } from "./shapes.ts";

/** A method chosen on a value of concrete type. */
export interface SelectedMethod {
  /** A METHEXPR; or a DOTINTER, where the method is that of an embedded interface. */
  readonly fun: Expr;
  /** The receiver, ready to be the first argument; absent for a DOTINTER. */
  readonly recv?: Expr;
}

/** What the devirtualizer needs from its caller. */
export interface DevirtualizeOptions {
  readonly ir: PackageIR;
  readonly sources: Sources;
  readonly print: PrintContext;
  readonly notes: Note[];
  /** The IR is what code is made of: nothing may be in it that only messages know. */
  readonly forCode?: boolean;
  /** `x.sel` for an `x` of concrete type. Go: typecheck.XDotMethod and FixMethodCall. */
  selectMethod(x: Expr, sel: string, pkg: Package | undefined, pos: XPos): SelectedMethod;
}

/** One run over the calls of a package. */
export class Devirtualizing {
  readonly #o: DevirtualizeOptions;
  readonly #assignments = new Assignments();

  constructor(o: DevirtualizeOptions) {
    this.#o = o;
  }

  /** Makes `call` static if its receiver's dynamic type is known. */
  staticCall(call: CallExpr): void {
    const sel = call.fun;
    if (call.goDefer || call.kind !== "CALLINTER" || sel.kind !== "DOTINTER") return;
    const found = this.#assignments.concreteType(sel.x);
    if (!found) return;
    const { type, base } = found;
    if (base) return this.#makeOfLibrary(call, sel, type, base);
    if (!implementsByShape(type, sel.x.type) || isShape(type)) return;
    const shown = typeString(type, this.#o.print);
    if (hasShape(type)) return this.#refuse(call, `shaped receiver ${shown}`);
    if (hasShape(sel.x.type)) return this.#refuse(call, `shaped interface ${typeString(sel.x.type, this.#o.print)}`);
    this.#make(call, sel, type, shown);
  }

  /** Learns of the results of a call that was inlined into `fn`. */
  inlinedCall(fn: Func, call: CallExpr, inlined: InlinedCallExpr): void {
    this.#assignments.inlinedCall(fn, call, inlined);
  }

  #make(call: CallExpr, sel: SelectorExpr, type: Type, shown: string): void {
    const { print, notes } = this.#o;
    const asserted: TypeAssertExpr = { kind: "DOTTYPE", pos: call.pos, init: [], type, x: sel.x, useNilPanic: true };
    const { fun, recv } = this.#o.selectMethod(asserted, sel.sel, sel.selPkg, sel.pos);
    notes.push({ kind: "devirtualizing", at: this.#place(call.pos), call: exprString(sel, print), type: shown, partially: recv === undefined });
    call.fun = fun;
    if (!recv) return;
    call.kind = "CALLFUNC";
    call.args = [recv, ...call.args];
  }

  /** A method of a library type that only messages can speak of: code goes on calling through the interface. */
  #makeOfLibrary(call: CallExpr, sel: SelectorExpr, type: Type, base: CallExpr): void {
    const { print, notes, ir } = this.#o;
    const method = this.#o.forCode ? undefined : this.#assignments.libraryMethod(base, type, sel.sel, sel.type);
    const sig = under(sel.type);
    if (!method || sig.kind !== "Signature") return;
    ir.forNotes = true;
    notes.push({ kind: "devirtualizing", at: this.#place(call.pos), call: exprString(sel, print), type: typeString(type, print), partially: false });
    const asserted: TypeAssertExpr = { kind: "DOTTYPE", pos: call.pos, init: [], type, x: sel.x, useNilPanic: true };
    const self: Var = { kind: "Var", name: "", pos: noPos, type, embedded: false, role: "param", used: true };
    call.kind = "CALLFUNC";
    call.fun = {
      kind: "METHEXPR", pos: sel.pos, init: [], type: { ...sig, params: [self, ...sig.params] }, x: { kind: "TYPE", pos: sel.pos, init: [], type }, sel: sel.sel, func: method,
    };
    call.args = [asserted, ...call.args];
    call.base = base;
  }

  #refuse(call: CallExpr, reason: string): void {
    this.#o.notes.push({ kind: "cannotDevirtualize", at: this.#place(call.pos), call: exprString(call, this.#o.print), reason });
  }

  #place(pos: XPos): Position {
    return this.#o.sources.position(outermostPos(this.#o.ir.inlineTree, pos));
  }
}
