/**
 * Expressions and simple statements as messages show them: on one line, bodies and elements left out (`T{…}`, `func() {…}`).
 *
 * Go: cmd/compile/internal/syntax/printer.go (String, that is ShortForm).
 */
import { unreachable } from "../../base/bug.ts";
import { decodeUtf8 } from "../../base/source.ts";
import type { BasicLit, ChanType, Expr, Field, FuncType, SimpleStmt, StructType } from "./ast.ts";

/** `e` in Go's short form. */
export function exprString(e: Expr): string {
  switch (e.kind) {
    case "BadExpr":
      return "<bad expr>";
    case "Name":
      return e.value;
    case "BasicLit":
      return decodeUtf8(e.value);
    case "FuncLit":
      return `${exprString(e.type)} {${e.body.list.length > 0 ? "…" : ""}}`;
    case "CompositeLit":
      return `${e.type ? exprString(e.type) : ""}{${e.elems.length > 0 ? "…" : ""}}`;
    case "ParenExpr":
      return `(${exprString(e.x)})`;
    case "SelectorExpr":
      return `${exprString(e.x)}.${e.sel.value}`;
    case "IndexExpr":
      return `${exprString(e.x)}[${exprString(e.index)}]`;
    case "SliceExpr": {
      const [low, high, max] = e.index;
      return `${exprString(e.x)}[${optional(low)}:${optional(high)}${max ? `:${exprString(max)}` : ""}]`;
    }
    case "AssertExpr":
      return `${exprString(e.x)}.(${exprString(e.type)})`;
    case "TypeSwitchGuard":
      return `${e.lhs ? `${e.lhs.value} := ` : ""}${exprString(e.x)}.(type)`;
    case "CallExpr":
      return `${exprString(e.fun)}(${exprList(e.args)}${e.hasDots ? "..." : ""})`;
    case "Operation":
      return e.y ? `${exprString(e.x)} ${e.op} ${exprString(e.y)}` : `${e.op}${exprString(e.x)}`;
    case "KeyValueExpr":
      return `${exprString(e.key)}: ${exprString(e.value)}`;
    case "ListExpr":
      return exprList(e.elems);
    case "ArrayType":
      return `[${e.len ? exprString(e.len) : "..."}]${exprString(e.elem)}`;
    case "SliceType":
      return `[]${exprString(e.elem)}`;
    case "DotsType":
      return `...${exprString(e.elem)}`;
    case "StructType":
      return `struct{${fieldGroups(e).join("; ")}}`;
    case "FuncType":
      return `func${signature(e)}`;
    case "InterfaceType":
      return `interface{${e.methods.map(method).join("; ")}}`;
    case "MapType":
      return `map[${exprString(e.key)}]${exprString(e.value)}`;
    case "ChanType":
      return chanString(e);
    default:
      return unreachable(e);
  }
}

/** `s` in Go's short form. */
export function stmtString(s: SimpleStmt): string {
  switch (s.kind) {
    case "EmptyStmt":
      return "";
    case "ExprStmt":
      return exprString(s.x);
    case "SendStmt":
      return `${exprString(s.chan)} <- ${exprString(s.value)}`;
    case "AssignStmt": {
      const op = s.def ? ":" : (s.op ?? "");
      return s.rhs ? `${exprString(s.lhs)} ${op}= ${exprString(s.rhs)}` : `${exprString(s.lhs)}${op}${op}`;
    }
    case "RangeClause":
      return `${s.lhs ? `${exprString(s.lhs)} ${s.def ? ":=" : "="} ` : ""}range ${exprString(s.x)}`;
    default:
      return unreachable(s);
  }
}

const optional = (e: Expr | undefined): string => (e ? exprString(e) : "");
const exprList = (list: readonly Expr[]): string => list.map(exprString).join(", ");

function chanString(e: ChanType): string {
  const head = e.dir === "recv" ? "<-chan" : e.dir === "send" ? "chan<-" : "chan";
  const elem = exprString(e.elem);
  return e.dir === "both" && e.elem.kind === "ChanType" && e.elem.dir === "recv" ? `${head} (${elem})` : `${head} ${elem}`;
}

function method(m: Field): string {
  return m.name && m.type.kind === "FuncType" ? `${m.name.value}${signature(m.type)}` : exprString(m.type);
}

function signature({ params, results }: FuncType): string {
  const [only] = results;
  if (!only) return `(${parameters(params)})`;
  const result = results.length === 1 && !only.name ? exprString(only.type) : `(${parameters(results)})`;
  return `(${parameters(params)}) ${result}`;
}

/** Parameters; names that share one type node are grouped. */
function parameters(list: readonly Field[]): string {
  const shown = list.map((f, i) => {
    if (!f.name) return exprString(f.type);
    const next = list[i + 1];
    return next?.name && next.type === f.type ? f.name.value : `${f.name.value} ${exprString(f.type)}`;
  });
  return shown.join(", ");
}

/** The fields of a struct, those of one declaration together. */
function fieldGroups({ fields, tags }: StructType): string[] {
  const groups: string[] = [];
  for (let i = 0; i < fields.length; ) {
    const first = fields[i];
    if (!first) break;
    let end = i + 1;
    while (first.name && fields[end]?.name && fields[end]?.type === first.type) end++;
    const names = fields.slice(i, end).map((f) => f.name?.value ?? "");
    const tag: BasicLit | undefined = tags[i];
    groups.push(`${first.name ? `${names.join(", ")} ` : ""}${exprString(first.type)}${tag ? ` ${decodeUtf8(tag.value)}` : ""}`);
    i = end;
  }
  return groups;
}
