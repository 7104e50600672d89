/**
 * Static initialisation: which package-level initialisers need no code.
 *
 * What can be laid out before the program runs leaves the initialising function, and so escape analysis never sees it.
 * Such assignments are collected in `data`: code generation runs them before anything else, and whatever they make (a
 * literal behind a pointer, a slice's array) lies in static data. A literal that is static but for some parts is split: its
 * static parts go to `data`, the others become assignments to a variable that stands for its storage.
 *
 * Go: cmd/compile/internal/staticinit/sched.go, pkginit/init.go.
 */
import {
  address, anySideEffects, assign, canonical, type CompLitExpr, type Expr, type Func, type InlinedCallExpr, isBlank, type Editor, type Name, type Node,
  noXPos, outerValue, type PackageIR, type PrintContext, type Stmt, typeString, visit, someNode, editChildren, type XPos, type CallExpr, type ConvExpr, intLiteral,
} from "../ir/index.ts";
import { sign } from "../constant/index.ts";
import { identical, isDirect, isInterface, isString, sizeof, type Type, under } from "../types/index.ts";
import { copyNode } from "./copy.ts";

/** Takes the static initialisers out of the package's initialising function and returns them as assignments. */
export function staticInit(ir: PackageIR, print: PrintContext, blank: Name): Stmt[] {
  const data: Stmt[] = [];
  for (const fn of ir.inits) if (fn.packageInit) schedule(fn, { data, out: [], print, blank, externs: ir.externs, seenMutation: false, relocationFree: /^crypto\/internal\/fips140(\/|$)/.test(ir.pkg.path), temps: 0, pointers: 0 });
  return data;
}

const HOLDS_ADDRESS: ReadonlySet<string> = new Set(["NAME", "METHEXPR", "ADDR", "PTRLIT", "STR2BYTES", "SLICELIT", "CLOSURE", "CONVIFACE"]);

interface Schedule {
  /** Assignments that take place before the program runs. */
  readonly data: Stmt[];
  /** What remains to be done by code. */
  readonly out: Stmt[];
  readonly print: PrintContext;
  readonly blank: Name;
  readonly externs: Name[];
  /** An initialiser so far may have changed another variable: copies of it are not static. */
  seenMutation: boolean;
  /** A package of the validated cryptography: its data must hold no address. */
  readonly relocationFree: boolean;
  temps: number;
  /** Pointers in interfaces, which have variables of their own. */
  pointers: number;
}

function schedule(fn: Func, s: Schedule): void {
  for (const stmt of fn.body) if (!tryStatic(s, stmt)) s.out.push(stmt);
  fn.body = s.out.length > 0 ? s.out : [{ kind: "BLOCK", pos: noXPos, init: [], list: [] }];
}

function tryStatic(s: Schedule, stmt: Stmt): boolean {
  switch (stmt.kind) {
    case "AS": {
      if (!stmt.y) return false;
      s.seenMutation ||= mayModify(stmt.y);
      if (isBlank(stmt.x) && !anySideEffects(stmt.y)) return true;
      return staticAssign(s, stmt.x, stmt.y, stmt.x.type, stmt.pos);
    }
    case "AS2DOTTYPE": case "AS2FUNC": case "AS2MAPR": case "AS2RECV":
      for (const y of stmt.rhs) s.seenMutation ||= mayModify(y);
      return stmt.lhs.every(isBlank) && !stmt.rhs.some(anySideEffects);
    default:
      return false;
  }
}

/** A variable for the storage of a literal, in static data. */
function staticTemp(s: Schedule, type: Type, pos: XPos): Name {
  const name: Name = {
    kind: "NAME", pos, init: [], sym: `.stmp_${s.temps++}`, type, class: "extern", addrtaken: true, used: true, byval: false, autotemp: true, staticTemp: true,
  };
  s.externs.push(name);
  return name;
}

const push = (s: Schedule, x: Expr, y: Expr, pos: XPos): true => {
  s.data.push(assign(pos, x, y));
  return true;
};

/** Assigns `y` to `x` statically if that is possible; else leaves it to code. */
function assignOrRun(s: Schedule, x: Expr, y: Expr): void {
  if (staticAssign(s, x, y, y.type, y.pos)) return;
  const blank = isBlank(outerValue(x));
  if (!blank) tellPlace(s, x, y.type);
  s.out.push(assign(y.pos, blank ? s.blank : x, y));
}

/** Lets `x` print as Go prints a place in static data. */
function tellPlace(s: Schedule, x: Expr, type: Type): void {
  const place = placeText(s, x, type, 0);
  if (place !== undefined && (x.kind === "NAME" || x.kind === "DOT" || x.kind === "INDEX")) x.place = place;
}

/** Where the second word of an interface begins. */
const INTERFACE_DATA = 8;

/** Place `offset` bytes behind that of `x`. */
function placeText(s: Schedule, x: Expr, type: Type, offset: number): string | undefined {
  const base = outerValue(x);
  return base.kind === "NAME" ? `(${typeString(type, s.print)})(${s.print.local.path}.${base.sym}@${offsetIn(x) + offset})` : undefined;
}

/** Byte offset of a fixed part in its variable. */
function offsetIn(x: Expr): number {
  if (x.kind === "DOT") return x.offset + offsetIn(x.x);
  if (x.kind !== "INDEX" || x.index.kind !== "LITERAL" || x.index.value.kind !== "int") return 0;
  return Number(x.index.value.value) * sizeof(x.type) + offsetIn(x.x);
}

/** Whether `x = y0` was done statically. Go: Schedule.StaticAssign. */
function staticAssign(s: Schedule, x: Expr, y0: Expr, type: Type, pos: XPos): boolean {
  let y = y0;
  while (y.kind === "CONVNOP") y = y.x;
  if (s.relocationFree && (HOLDS_ADDRESS.has(y.kind) || (y.kind === "LITERAL" && y.value.kind === "string" && y.value.value !== ""))) return false;
  switch (y.kind) {
    case "NAME":
      return staticCopy(s, x, y, type, pos);
    case "METHEXPR":
      return push(s, x, y0, pos);
    case "NIL":
      return true;
    case "LITERAL":
      return push(s, x, y0, pos);
    case "ADDR": {
      const base = staticBase(y.x);
      return base?.class === "extern" && push(s, x, y0, pos);
    }
    case "PTRLIT": {
      const temp = staticTemp(s, y.x.type, y.pos);
      s.data.push(assign(pos, x, address(y.pos, temp)));
      assignOrRun(s, temp, y.x);
      return true;
    }
    case "STR2BYTES":
      return isGlobal(x) && y.x.kind === "LITERAL" && push(s, x, y0, pos);
    case "SLICELIT":
      return sliceLiteral(s, x, y, pos);
    case "ARRAYLIT": case "STRUCTLIT":
      parts(s, x, y);
      return true;
    case "CLOSURE":
      return y.func.closureVars.length === 0 && push(s, x, y0, pos);
    case "CONVIFACE":
      return interfaceValue(s, x, y, pos);
    case "INLCALL":
      return inlinedCall(s, x, y, type, pos);
    case "CALLFUNC":
      return isStaticLibraryCall(y) && push(s, x, y0, pos);
    default:
      return false;
  }
}

const isGlobal = (x: Expr): boolean => {
  const name = outerValue(x);
  return name.kind === "NAME" && name.class === "extern";
};

/** The variable that `x` is a fixed part of. */
function staticBase(x: Expr): Name | undefined {
  if (x.kind === "NAME") return x;
  if (x.kind === "DOT") return staticBase(x.x);
  return x.kind === "INDEX" && under(x.x.type).kind === "Array" && x.index.kind === "LITERAL" ? staticBase(x.x) : undefined;
}

/** `x = y`, where `y` is a variable that was initialised before. */
function staticCopy(s: Schedule, x: Expr, y: Name, type: Type, pos: XPos): boolean {
  if (y.class === "func") return push(s, x, y, pos);
  const defn = y.defn;
  if (y.class !== "extern" || y.pkg || defn?.kind !== "AS" || !defn.y || isString(y.type) || s.seenMutation) return false;
  let from = defn.y;
  while (from.kind === "CONVNOP" && !identical(from.type, type)) from = from.x;
  switch (from.kind) {
    case "NIL": case "LITERAL": case "METHEXPR": case "PTRLIT": case "SLICELIT":
      return push(s, x, y, pos);
    case "ADDR":
      return from.x.kind === "NAME" && from.x.class === "extern" && push(s, x, y, pos);
    case "NAME":
      if (staticCopy(s, x, from, type, pos)) return true;
      s.out.push(assign(pos, x, from));
      return true;
    case "ARRAYLIT": case "STRUCTLIT":
      // What code computed for `y` is copied by code; the rest is static.
      return isStatic(from) ? push(s, x, y, pos) : (s.out.push(assign(pos, x, y)), true);
    default:
      return false;
  }
}

/** Whether a literal has nothing in it that code must compute. */
function isStatic(y: Expr): boolean {
  return !someNode(y, (n) => n.kind === "CALLFUNC" || n.kind === "CALLINTER" || n.kind === "INLCALL" || n.kind === "RECV" || n.kind === "MAPLIT");
}

function sliceLiteral(s: Schedule, x: Expr, y: CompLitExpr, pos: XPos): boolean {
  const t = under(y.type);
  if (t.kind !== "Slice") return false;
  const temp = staticTemp(s, { kind: "Array", len: y.len, elem: t.elem }, y.pos);
  s.data.push(assign(pos, x, { kind: "SLICEARR", pos: y.pos, init: [], type: y.type, x: address(y.pos, temp, true) }));
  parts(s, temp, y);
  return true;
}

/** Assigns each element of a literal to its place in `x`. */
function parts(s: Schedule, x: Expr, y: CompLitExpr): void {
  let next = 0;
  for (const element of y.list) {
    let place: Expr;
    let value: Expr = element;
    if (element.kind === "STRUCTKEY") {
      if (element.field === "_") continue;
      value = element.value;
      place = { kind: "DOT", pos: element.pos, init: [], type: element.type, x, sel: element.field, offset: element.offset, index: element.index };
    } else {
      if (element.kind === "KEY") {
        value = element.value;
        if (element.key.kind === "LITERAL" && element.key.value.kind === "int") next = Number(element.key.value.value);
      }
      place = { kind: "INDEX", pos: value.pos, init: [], type: value.type, x, index: intLiteral(value.pos, next), bounded: true };
      next++;
    }
    if (!isZero(value)) assignOrRun(s, place, value);
  }
}

function isZero(x: Expr): boolean {
  if (x.kind === "NIL") return true;
  if (x.kind !== "LITERAL") return false;
  const { value } = x;
  if (value.kind === "string") return value.value === "";
  if (value.kind === "bool") return !value.value;
  return (value.kind === "int" || value.kind === "float") && sign(value) === 0;
}

function interfaceValue(s: Schedule, x: Expr, y: ConvExpr, pos: XPos): boolean {
  let value: Expr = y;
  while (value.kind === "CONVIFACE") value = value.x;
  if (isInterface(value.type)) return value.kind === "NIL";
  const direct = isDirect(value.type);
  if (direct && isBlank(outerValue(x))) {
    if (!staticAssign(s, s.blank, value, value.type, value.pos)) s.out.push(assign(value.pos, s.blank, value));
    return true;
  }
  // The value is laid out in storage of its own; an interface around it points there. A pointer is the interface's own second word.
  const temp = staticTemp(s, value.type, value.pos);
  const place = direct ? placeText(s, x, value.type, INTERFACE_DATA) : undefined;
  if (direct) {
    // Go has no variable there, so that it counts none.
    temp.sym = `.data_${s.pointers++}`;
    s.temps--;
  }
  assignOrRun(s, temp, value);
  if (place !== undefined) temp.place = place;
  return push(s, x, { ...y, x: temp, init: [], inPlace: true }, pos);
}

// ---- inlined calls ------------------------------------------------------------------------------------------

/** An inlined function that only returns a value: the arguments take the place of its parameters. Go: staticAssignInlinedCall. */
function inlinedCall(s: Schedule, x: Expr, call: InlinedCallExpr, type: Type, pos: XPos): boolean {
  const [bind, mark] = call.init;
  if (call.init.length !== 2 || bind?.kind !== "AS2" || mark?.kind !== "INLMARK") return false;
  const value = onlyResult(call);
  if (!value) return false;
  const params = bind.lhs.flatMap((p) => (p.kind === "NAME" ? [p] : []));
  if (params.some((p) => p.addrtaken) || bind.rhs.some(anySideEffects)) return false;
  const count = new Map<Name, number>();
  let closure = false;
  visit(value, (n) => {
    if (n.kind === "NAME") count.set(n, (count.get(n) ?? 0) + 1);
    if (n.kind === "CLOSURE") closure ||= n.func.closureVars.length > 0;
  });
  const args = new Map<Name, Expr>();
  for (const [i, p] of params.entries()) {
    const arg = bind.rhs[i];
    if (!arg || ((count.get(p) ?? 0) > 1 && !canRepeat(arg))) return false;
    args.set(p, arg);
  }
  return !closure && staticAssign(s, x, substitute(value, args), type, pos);
}

/** The value of a body that is one return statement. */
function onlyResult(call: InlinedCallExpr): Expr | undefined {
  const [block, label] = call.body;
  if (call.body.length !== 2 || block?.kind !== "BLOCK" || label?.kind !== "LABEL") return undefined;
  const [dcl, as, jump] = block.list;
  if (block.list.length !== 3 || dcl?.kind !== "DCL" || as?.kind !== "AS2" || jump?.kind !== "GOTO" || jump.label !== label.label) return undefined;
  return as.lhs.length === 1 && as.lhs[0] === dcl.x ? as.rhs[0] : undefined;
}

const MADE: ReadonlySet<Node["kind"]> = new Set(["MAKECHAN", "MAKEMAP", "MAKESLICE", "MAPLIT", "NEW", "PTRLIT", "SLICELIT", "STR2BYTES", "STR2RUNES"]);

/** Whether evaluating `x` twice gives the same value. */
const canRepeat = (x: Expr): boolean => !anySideEffects(x) && !someNode(x, (n) => MADE.has(n.kind));

function substitute(x: Expr, args: ReadonlyMap<Name, Expr>): Expr {
  if (x.kind === "NAME") return args.get(x) ?? x;
  if (x.kind === "LITERAL" || x.kind === "NIL" || x.kind === "TYPE") return x;
  const copy = copyNode(x);
  editChildren(copy, substitution(args));
  return copy;
}

/** Statements stand in calls inlined below: they pass the parameters on. */
const substitution = (args: ReadonlyMap<Name, Expr>): Editor => ({
  expr: (x) => substitute(x, args),
  stmt: (s) => {
    if (s.kind === "NAME") return s;
    const copy: Exclude<Stmt, Name> = copyNode(s);
    editChildren(copy, substitution(args));
    return copy;
  },
});

/** Whether a call of the library, inlined, is a literal of its arguments: errors.New and its like. */
function isStaticLibraryCall(call: CallExpr): boolean {
  const facts = call.fun.kind === "NAME" || call.fun.kind === "METHEXPR" ? (call.fun.kind === "NAME" ? call.fun.facts : call.fun.func.facts) : undefined;
  if (!facts?.i || facts.i.length !== 1 || call.args.some(anySideEffects)) return false;
  return (facts.n ?? []).length > 0 && (facts.n ?? []).every(([kind]) => kind === "PTRLIT");
}

/** Whether evaluating `n` may change a variable of this package. */
function mayModify(n: Node): boolean {
  const safe = (x: Expr): boolean => {
    let at = outerValue(x);
    while (at.kind === "DEREF") at = outerValue(at.x);
    return at.kind === "NAME" && !(canonical(at).class === "extern" && !at.pkg);
  };
  return someNode(n, (m) => {
    switch (m.kind) {
      case "CALLFUNC":
        return !isStaticLibraryCall(m);
      case "CALLINTER": case "APPEND": case "CLEAR": case "COPY":
        return true;
      case "AS": case "ASOP":
        return !safe(m.x);
      case "AS2": case "AS2DOTTYPE": case "AS2FUNC": case "AS2MAPR": case "AS2RECV":
        return !m.lhs.every(safe);
      default:
        return false;
    }
  });
}
