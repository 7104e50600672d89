/**
 * Expressions and statements in Go's words, as `-m` lines quote them.
 *
 * What the compiler added without the source saying so (implicit addresses, loads and conversions) is not printed: its
 * operand is. Constants show their type only where it is not the default one. Loops, switches and selects are named,
 * not spelled out.
 *
 * Go: cmd/compile/internal/ir/fmt.go.
 */
import { quoteRune, valueString, uint64Val } from "../constant/index.ts";
import { unalias } from "../types/index.ts";
import type { Value } from "../constant/index.ts";
import type { Expr, Func, LiteralExpr, MakeExpr, Name, Node, Stmt } from "./node.ts";
import { staticCalleeName } from "./value.ts";
import { type PrintContext, qualified, typeString } from "./typeprint.ts";

const SYMBOL: Readonly<Record<string, string>> = {
  ADD: "+", SUB: "-", OR: "|", XOR: "^", MUL: "*", DIV: "/", MOD: "%", AND: "&", ANDNOT: "&^", LSH: "<<", RSH: ">>",
  EQ: "==", NE: "!=", LT: "<", LE: "<=", GT: ">", GE: ">=", ANDAND: "&&", OROR: "||",
  NOT: "!", NEG: "-", PLUS: "+", BITNOT: "^", RECV: "<-", DEREF: "*", ADDR: "&",
  APPEND: "append", LEN: "len", CAP: "cap", COPY: "copy", DELETE: "delete", CLEAR: "clear", CLOSE: "close", MIN: "min", MAX: "max",
  PANIC: "panic", RECOVER: "recover", PRINT: "print", PRINTLN: "println", COMPLEX: "complex", REAL: "real", IMAG: "imag",
  UNSAFEADD: "unsafe.Add", UNSAFESLICE: "unsafe.Slice", UNSAFESTRING: "unsafe.String", UNSAFESLICEDATA: "unsafe.SliceData",
  UNSAFESTRINGDATA: "unsafe.StringData", BREAK: "break", CONTINUE: "continue", GOTO: "goto", FALL: "fallthrough", INLMARK: "inlmark",
};

const UNARY = 7;
const OPERAND = 8;

/** How tightly `n` binds, as Go's printer counts it. */
function precedence(n: Expr): number {
  switch (n.kind) {
    case "PLUS": case "NOT": case "BITNOT": case "NEG": case "ADDR": case "DEREF": case "RECV":
      return UNARY;
    case "MUL": case "DIV": case "MOD": case "LSH": case "RSH": case "AND": case "ANDNOT":
      return 6;
    case "ADD": case "SUB": case "OR": case "XOR":
      return 5;
    case "EQ": case "LT": case "LE": case "GE": case "GT": case "NE":
      return 4;
    case "ANDAND":
      return 2;
    case "OROR":
      return 1;
    case "TYPE":
      return unalias(n.type).kind === "Pointer" ? UNARY : OPERAND;
    case "CALLFUNC":
      return n.std ? 0 : OPERAND;
    // Ops that Go's table forgot: they get parentheses inside anything.
    case "CHECKNIL": case "ITAB": case "CLOSURE": case "PTRLIT": case "ADDSTR": case "COMPLEX": case "REAL": case "IMAG": case "RECOVER": case "INLCALL": case "RTYPE":
    case "STR2BYTESTMP": case "BYTES2STRTMP": case "DYNAMICDOTTYPE": case "DYNAMICDOTTYPE2": case "DYNAMICTYPE":
      return 0;
    default:
      return OPERAND;
  }
}

/** The name of `f` in messages: bare in its own package, else behind the package's name. */
export function funcString(f: Func, ctx: PrintContext): string {
  return qualified(f.printed, f.pkg, ctx);
}

/** A name as an expression prints it. */
export function nameString(n: Name, ctx: PrintContext): string {
  if (n.sym.startsWith("~b")) return "_";
  if (n.place !== undefined) return n.place;
  if (n.runtime) return `runtime.${n.sym}`;
  return qualified(n.func && n.class === "func" ? n.func.printed : n.sym, n.func?.pkg ?? n.pkg, ctx);
}

/** `n` as `%v` prints it: an expression or a statement. */
export function nodeString(n: Node | undefined, ctx: PrintContext): string {
  if (!n) return "<nil>";
  return isStatement(n) ? stmtString(n, ctx) : exprString(n, ctx);
}

/** `list` as the statements of a body: joined by `; `. */
export const bodyString = (list: readonly Stmt[], ctx: PrintContext): string => list.map((s) => nodeString(s, ctx)).join("; ");

const exprs = (list: readonly Expr[], ctx: PrintContext): string => list.map((x) => nodeString(x, ctx)).join(", ");

type PureStmt = Exclude<Node, Expr | { kind: "SEND" }>;

const STATEMENT: ReadonlySet<string> = new Set([
  "AS", "AS2", "AS2DOTTYPE", "AS2FUNC", "AS2MAPR", "AS2RECV", "ASOP", "BLOCK", "BREAK", "CASE", "CONTINUE", "DCL", "DEFER", "FALL", "FOR",
  "GOTO", "IF", "LABEL", "GO", "RANGE", "RETURN", "SELECT", "SWITCH", "TAILCALL", "INLMARK", "SELRECV2", "COMM", "TYPESW",
]);
const isStatement = (n: Node): n is PureStmt => STATEMENT.has(n.kind);

/** A statement in one line. */
export function stmtString(n: PureStmt, ctx: PrintContext): string {
  switch (n.kind) {
    case "DCL":
      return `var ${nameString(n.x, ctx)} ${typeString(n.x.type, ctx)}`;
    case "AS":
      return `${nodeString(n.x, ctx)} ${n.def ? ":=" : "="} ${nodeString(n.y, ctx)}`;
    case "ASOP":
      if (n.incDec) return nodeString(n.x, ctx) + (n.op === "ADD" ? "++" : "--");
      return `${nodeString(n.x, ctx)} ${SYMBOL[n.op] ?? n.op}= ${nodeString(n.y, ctx)}`;
    case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE":
      return `${exprs(n.lhs, ctx)} ${n.def ? ":=" : "="} ${exprs(n.rhs, ctx)}`;
    case "BLOCK":
      return bodyString(n.list, ctx);
    case "RETURN":
      return `return ${exprs(n.results, ctx)}`;
    case "GO": case "DEFER":
      return `${n.kind === "GO" ? "go" : "defer"} ${nodeString(n.call, ctx)}`;
    case "IF": {
      const first = n.init[0];
      const simple = n.init.length === 1 && first && first.init.length === 0 ? `${nodeString(first, ctx)}; ` : "";
      const otherwise = n.else.length > 0 ? ` else { ${bodyString(n.else, ctx)} }` : "";
      return `if ${simple}${nodeString(n.cond, ctx)} { ${bodyString(n.body, ctx)} }${otherwise}`;
    }
    case "FOR": case "RANGE":
      return "for loop";
    case "SELECT":
      return "select statement";
    case "SWITCH":
      return "switch statement";
    case "CASE":
      return `${n.list.length > 0 ? `case ${exprs(n.list, ctx)}` : "default"}: ${bodyString(n.body, ctx)}`;
    case "BREAK": case "CONTINUE": case "GOTO": case "FALL":
      return n.label === undefined ? (SYMBOL[n.kind] ?? n.kind) : `${SYMBOL[n.kind] ?? n.kind} ${n.label}`;
    case "LABEL":
      return `${n.label}: `;
    case "TAILCALL": case "INLMARK": case "SELRECV2": case "COMM": case "TYPESW":
      return `<node ${SYMBOL[n.kind] ?? n.kind}>`;
  }
}

/** The expression that is printed for `n`: implicit operations show as their operand. */
function explicit(n: Expr): Expr {
  let at = n;
  while ((at.kind === "ADDR" || at.kind === "DEREF" || at.kind === "CONV" || at.kind === "CONVNOP" || at.kind === "CONVIFACE") && at.implicit) at = at.x;
  return at;
}

/** An expression, in parentheses where it binds less tightly than `prec`. */
export function exprString(n: Expr | Extract<Node, { kind: "SEND" }>, ctx: PrintContext, prec = 0): string {
  if (n.kind === "SEND") return `${exprString(n.chan, ctx, 3)} <- ${exprString(n.value, ctx, 4)}`;
  const shown = explicit(n);
  const own = precedence(shown);
  return prec > own ? `(${operation(shown, own, ctx)})` : operation(shown, own, ctx);
}

function operation(n: Expr, prec: number, ctx: PrintContext): string {
  const plain = (x: Expr | undefined): string => nodeString(x, ctx);
  if ((n.kind === "DOT" || n.kind === "INDEX") && n.place !== undefined) return n.place;
  switch (n.kind) {
    case "NAME":
      return nameString(n, ctx);
    case "NIL":
      return "nil";
    case "LITERAL":
      return literalString(n, ctx);
    case "TYPE":
      return typeString(n.type, ctx);
    case "PAREN":
      return `(${plain(n.x)})`;
    case "CLOSURE":
      return "func literal";
    case "PTRLIT":
      return `&${plain(n.x)}`;
    case "STRUCTLIT": case "ARRAYLIT": case "SLICELIT": case "MAPLIT":
      return n.implicit ? "... argument" : `${typeString(n.type, ctx)}{${n.list.length > 0 ? "..." : ""}}`;
    case "KEY":
      return `${plain(n.key)}:${plain(n.value)}`;
    case "STRUCTKEY":
      return `${n.field}:${plain(n.value)}`;
    case "DOT": case "DOTPTR": case "DOTINTER": case "METHVALUE": case "METHEXPR":
      return `${exprString(n.x, ctx, prec)}.${n.sel}`;
    case "DOTTYPE": case "DOTTYPE2":
      return `${exprString(n.x, ctx, prec)}.(${typeString(n.type, ctx)})`;
    case "INDEX": case "INDEXMAP":
      return `${exprString(n.x, ctx, prec)}[${plain(n.index)}]`;
    case "SLICE": case "SLICESTR": case "SLICEARR": case "SLICE3": case "SLICE3ARR": {
      const max = n.kind === "SLICE3" || n.kind === "SLICE3ARR" ? `:${n.max ? plain(n.max) : ""}` : "";
      return `${exprString(n.x, ctx, prec)}[${n.low ? plain(n.low) : ""}:${n.high ? plain(n.high) : ""}${max}]`;
    }
    case "SLICEHEADER":
      return `sliceheader{${plain(n.ptr)},${plain(n.len)},${plain(n.cap)}}`;
    case "CONV": case "CONVIFACE": case "CONVNOP": case "BYTES2STR": case "RUNES2STR": case "STR2BYTES": case "STR2RUNES": case "RUNESTR":
    case "SLICE2ARR": case "SLICE2ARRPTR": {
      const type = typeString(n.type, ctx);
      return `${hasName(n) ? type : `(${type})`}(${plain(n.x)})`;
    }
    case "LEN": case "CAP": case "CLEAR": case "CLOSE": case "PANIC": case "REAL": case "IMAG":
    case "COMPLEX": case "COPY": case "UNSAFEADD": case "UNSAFESLICE": case "DELETE": case "MAX": case "MIN": case "RECOVER": case "PRINT": case "PRINTLN":
      return `${SYMBOL[n.kind] ?? n.kind}(${exprs(n.args, ctx)})`;
    case "APPEND":
      return `append(${exprs(n.args, ctx)}${n.isDDD ? "..." : ""})`;
    case "NEW":
      return n.rtype ? "new(<node DYNAMICTYPE>)" : `new(${typeString(n.type.kind === "Pointer" ? n.type.elem : n.type, ctx)})`;
    case "CALLFUNC": case "CALLINTER":
      // An inlined library call prints as its result, like any inlined call.
      if (n.std) return (n.std.base && n.fun.kind !== "METHEXPR" ? n.std.base.std?.then : staticCalleeName(n.fun))?.facts?.rn?.[0] ?? "~r0";
      return `${exprString(n.fun, ctx, prec)}(${exprs(n.args, ctx)}${n.isDDD ? "..." : ""})`;
    case "INLCALL":
      return n.results.length === 1 ? plain(n.results[0]) : `(.${n.results.map((x) => nodeString(x, ctx)).join("; ")})`;
    case "MAKESLICE": case "MAKEMAP": case "MAKECHAN":
      return makeString(n, ctx);
    case "PLUS": case "NEG": case "BITNOT": case "NOT": case "RECV": case "ADDR": {
      const symbol = SYMBOL[n.kind] ?? n.kind;
      return symbol + (n.x.kind === n.kind ? " " : "") + exprString(n.x, ctx, prec + 1);
    }
    case "DEREF":
      return `*${exprString(n.x, ctx, prec + 1)}`;
    case "ADD": case "AND": case "ANDNOT": case "DIV": case "EQ": case "GE": case "GT": case "LE": case "LT": case "LSH": case "MOD": case "MUL":
    case "NE": case "OR": case "RSH": case "SUB": case "XOR": case "ANDAND": case "OROR":
      return `${exprString(n.x, ctx, prec)} ${SYMBOL[n.kind] ?? n.kind} ${exprString(n.y, ctx, prec + 1)}`;
    case "ADDSTR":
      return n.list.map((x) => exprString(x, ctx, prec)).join(" + ");
    default:
      return `<node ${SYMBOL[n.kind] ?? n.kind}>`;
  }
}

function makeString(n: MakeExpr, ctx: PrintContext): string {
  const type = typeString(n.type, ctx);
  if (n.cap) return `make(${type}, ${nodeString(n.len, ctx)}, ${nodeString(n.cap, ctx)})`;
  if (n.len && (n.kind === "MAKESLICE" || !isUntyped(n.len))) return `make(${type}, ${nodeString(n.len, ctx)})`;
  return `make(${type})`;
}

const isUntyped = (n: Expr): boolean => n.type.kind === "Basic" && n.type.basic.startsWith("untyped");

/** Whether the type of `n` has a name of its own (predeclared ones included), so that it needs no parentheses. */
function hasName(n: Expr): boolean {
  const t = n.type;
  if (t.kind === "Alias") return !t.obj.pkg || t.target.kind === "Named" || t.target.kind === "Basic";
  return t.kind === "Named" || t.kind === "Basic" || t.kind === "TypeParam";
}

const MAX_RUNE = 0x10ffffn;

/** A constant: its value, inside a conversion where its type is not the default one of its kind. */
function literalString(n: LiteralExpr, ctx: PrintContext): string {
  const t = n.type;
  if (t.kind === "Basic" && (t.name === "rune" || t.basic === "untyped rune")) {
    const { value, exact } = uint64Val(n.value);
    if (exact && value <= MAX_RUNE) return quoteRune(Number(value));
  }
  const text = valueString(n.value);
  return t.kind === "Basic" && isDefault(t.basic, t.name, n.value) ? text : `${typeString(t, ctx)}(${text})`;
}

const DEFAULTS: Readonly<Record<Value["kind"], readonly string[]>> = {
  unknown: [], bool: ["bool", "untyped bool"], string: ["string", "untyped string"], int: ["int", "untyped int"],
  float: ["float64", "untyped float"], complex: ["complex128", "untyped complex"],
};
const isDefault = (basic: string, name: string, value: Value): boolean => basic === name && DEFAULTS[value.kind].includes(basic);
