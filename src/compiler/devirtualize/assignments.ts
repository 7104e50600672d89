/**
 * All values that a local interface variable may hold, and from them its one dynamic type.
 *
 * Nil is no obstacle: calling a method on it panics either way. A variable whose address is taken may hold anything.
 *
 * Go: cmd/compile/internal/devirtualize/devirtualize.go (concreteType1, State).
 */
import { type AssignListStmt, canonical, type CallExpr, type Expr, type Func, type InlinedCallExpr, isBlank, type Name, type Node, outerValue, visit } from "../ir/index.ts";
import { type Dynamic, LibraryTypes } from "./library.ts";
import { identical, isInteger, isInterface, isString, type Type, under } from "../types/index.ts";

/** A value of unknown type, one of a known type, an expression to look into, or the result of a call. */
type Assigned =
  | { readonly kind: "unknown" }
  | { readonly kind: "type"; readonly type: Type }
  | { readonly kind: "value"; readonly value: Expr }
  | { readonly kind: "result"; readonly call: CallExpr; readonly index: number };

const UNKNOWN: Assigned = { kind: "unknown" };

/** What is known of the assignments of the functions looked at. */
export class Assignments {
  readonly #assigned = new Map<Name, Assigned[]>();
  /** Calls that were inlined since their results were assigned. */
  readonly #inlined = new Map<CallExpr, InlinedCallExpr>();
  readonly #library = new LibraryTypes();
  readonly #analysed = new Set<Func>();

  /** The one concrete type that `n` can have, if it is not nil. */
  concreteType(n: Expr): Dynamic | undefined {
    const found = this.#typeOf(n, new Set());
    return found === "nil" ? undefined : found;
  }

  /** A method of a type that only the library's facts know. */
  libraryMethod(base: CallExpr, type: Type, sel: string, signature: Type): Name | undefined {
    return this.#library.method(base, type, sel, signature);
  }

  /** Assignments in an inlined body count from now on; the call's results are now known expressions. */
  inlinedCall(fn: Func, call: CallExpr, inlined: InlinedCallExpr): void {
    if (!this.#analysed.has(fn)) return;
    this.#analyse(inlined.init);
    this.#analyse(inlined.body);
    this.#inlined.set(call, inlined);
  }

  /** "nil": nothing but nil is ever assigned, or the search came back to where it began. */
  #typeOf(start: Expr, seen: Set<Name>): Dynamic | "nil" | undefined {
    let n = start;
    for (;;) {
      if (!isInterface(n.type)) return { type: n.type };
      if (n.kind === "CONVNOP" || n.kind === "CONVIFACE" || n.kind === "PAREN" || n.kind === "DOTTYPE" || n.kind === "DOTTYPE2") n = n.x;
      else if (n.kind === "INLCALL" && n.results[0]) n = n.results[0];
      else break;
    }
    if (isCall(n)) return this.#library.ofResult(n, 0);
    if (n.kind !== "NAME") return undefined;
    const name = canonical(n);
    if (name.class !== "auto" || !name.curfn || name.addrtaken) return undefined;
    if (seen.has(name)) return "nil";
    seen.add(name);
    return this.#typeOfAll(this.#of(name, name.curfn), seen);
  }

  #typeOfAll(list: readonly Assigned[], seen: Set<Name>): Dynamic | "nil" | undefined {
    let found: Dynamic | undefined;
    for (const a of list) {
      const t = this.#typeOfAssigned(a, seen);
      if (t === "nil") continue;
      if (!t || (found && !sameType(found.type, t.type))) return undefined;
      found = t;
    }
    return found ?? "nil";
  }

  #typeOfAssigned(a: Assigned, seen: Set<Name>): Dynamic | "nil" | undefined {
    switch (a.kind) {
      case "unknown":
        return undefined;
      case "type":
        return { type: a.type };
      case "value":
        return this.#typeOf(a.value, seen);
      case "result": {
        const value = this.#inlined.get(a.call)?.results[a.index];
        return value ? this.#typeOf(value, seen) : this.#library.ofResult(a.call, a.index);
      }
    }
  }

  #of(name: Name, fn: Func): readonly Assigned[] {
    if (!this.#analysed.has(fn)) {
      this.#analysed.add(fn);
      this.#analyse(fn.body);
    }
    return this.#assigned.get(name) ?? [];
  }

  #analyse(list: readonly Node[]): void {
    for (const n of list) visit(n, (m) => this.#look(m));
  }

  /** Notes that `target` gets `value`, if that is of interest. */
  #assign(target: Expr | undefined, value: Assigned): void {
    if (target?.kind !== "NAME" || isBlank(target)) return;
    const outer = outerValue(target);
    if (outer.kind !== "NAME" || !outer.curfn || !isInterface(outer.type)) return;
    const name = canonical(outer);
    if (name.class !== "auto" || (value.kind === "value" && value.value.kind === "NIL")) return;
    const list = this.#assigned.get(name) ?? [];
    this.#assigned.set(name, list);
    list.push(value.kind === "type" && isInterface(value.type) ? UNKNOWN : value);
  }

  #assignResult(target: Expr | undefined, call: CallExpr, result: number): void {
    const sig = under(call.fun.type);
    const type = sig.kind === "Signature" ? sig.results[result]?.type : undefined;
    this.#assign(target, type && !isInterface(type) ? { kind: "type", type } : { kind: "result", call, index: result });
  }

  #look(n: Node): void {
    switch (n.kind) {
      case "AS": {
        const value = n.y && withoutParens(n.y);
        if (!value) return;
        if (isCall(value)) this.#assignResult(n.x, value, 0);
        else this.#assign(n.x, { kind: "value", value });
        return;
      }
      case "AS2":
        n.lhs.forEach((target, i) => {
          const value = n.rhs[i];
          if (value) this.#assign(target, { kind: "value", value });
        });
        return;
      case "AS2DOTTYPE":
        if (n.rhs[0]) this.#assign(n.lhs[0], { kind: "value", value: n.rhs[0] });
        return;
      case "AS2MAPR": case "AS2RECV": case "SELRECV2":
        if (n.rhs[0]) this.#assign(n.lhs[0], { kind: "type", type: elementType(n.rhs[0]) });
        return;
      case "AS2FUNC":
        return this.#lookResults(n);
      case "RANGE":
        return this.#lookRange(n.x.type, n.key, n.value);
      case "SWITCH":
        if (n.tag?.kind !== "TYPESW") return;
        for (const clause of n.cases) this.#assign(clause.var, { kind: "value", value: n.tag.x });
        return;
      case "CLOSURE":
        if (this.#analysed.has(n.func)) return;
        this.#analysed.add(n.func);
        this.#analyse(n.func.body);
        return;
      default:
    }
  }

  #lookResults(n: AssignListStmt): void {
    const value = n.rhs[0] && withoutParens(n.rhs[0]);
    if (!value) return;
    n.lhs.forEach((target, i) => {
      if (isCall(value)) this.#assignResult(target, value, i);
      else if (value.kind === "INLCALL" && value.results[i]) this.#assign(target, { kind: "value", value: value.results[i] });
    });
  }

  #lookRange(over: Type, key: Expr | undefined, value: Expr | undefined): void {
    const t = under(pointedArray(over));
    if (t.kind === "Array" || t.kind === "Slice") this.#assign(value, { kind: "type", type: t.elem });
    else if (t.kind === "Chan") this.#assign(key, { kind: "type", type: t.elem });
    else if (t.kind === "Map") {
      this.#assign(key, { kind: "type", type: t.key });
      this.#assign(value, { kind: "type", type: t.elem });
    } else if (!isInteger(t) && !isString(t)) this.#assign(value, UNKNOWN);
  }
}

function withoutParens(n: Expr): Expr {
  let at = n;
  while (at.kind === "PAREN") at = at.x;
  return at;
}

const isCall = (n: Expr): n is CallExpr => n.kind === "CALLFUNC" || n.kind === "CALLINTER";

/** The type of the value in a comma-ok expression. */
function elementType(n: Expr): Type {
  return n.type.kind === "Tuple" ? (n.type.vars[0]?.type ?? n.type) : n.type;
}

/** Whether two types are one as Go's compiler keeps them: a struct type that is written twice is two. */
function sameType(a: Type, b: Type): boolean {
  if (a === b) return true;
  if (a.kind === "Pointer" && b.kind === "Pointer") return sameType(a.elem, b.elem);
  return a.kind !== "Struct" && identical(a, b);
}

/** The array behind a pointer to it; any other type as it is. */
function pointedArray(t: Type): Type {
  const u = under(t);
  return u.kind === "Pointer" ? u.elem : t;
}
