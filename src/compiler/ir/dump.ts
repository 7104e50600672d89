/**
 * The IR of a function as an indented tree, one node a line: what `go tool compile -W=2` shows, without types and flags.
 *
 * For tests and for a reader who wants to see what the inliner counts. A node's `init` stands before it, its children below.
 *
 * Go: cmd/compile/internal/ir/fmt.go (dumpNode).
 */
import { valueString } from "../constant/index.ts";
import type { Sources } from "../../base/source.ts";
import type { Func, InlinedCall, Node, XPos } from "./node.ts";
import { formatXPos } from "./positions.ts";
import { someChild } from "./visit.ts";

/** What dumping needs to say positions. */
export interface DumpContext {
  readonly sources: Sources;
  readonly inlineTree: readonly InlinedCall[];
}

/** The body of `fn`, a line for each node. */
export function dumpFunc(fn: Func, ctx: DumpContext): string[] {
  const lines: string[] = [];
  for (const stmt of fn.body) dump(stmt, 1, ctx, lines);
  return lines;
}

function dump(n: Node, depth: number, ctx: DumpContext, lines: string[]): void {
  for (const stmt of n.init) dump(stmt, depth + 1, ctx, lines);
  lines.push(`${".   ".repeat(depth)}${heading(n)}${place(n, ctx)}`);
  const inits = new Set<Node>(n.init);
  if (n.kind === "TYPESW" && n.tag !== undefined) lines.push(`${".   ".repeat(depth + 1)}NONAME-${n.tag}`);
  someChild(n, (child) => {
    if (!inits.has(child)) dump(child, depth + 1, ctx, lines);
    return false;
  });
}

/** Names and types are shared: where they were declared says nothing about this use. */
function place(n: Node, ctx: DumpContext): string {
  if (n.kind === "NAME" || n.kind === "TYPE") return "";
  return n.pos === (0 as XPos) ? "" : ` # ${formatXPos(ctx.sources, ctx.inlineTree, n.pos)}`;
}

function heading(n: Node): string {
  const implicit = "implicit" in n && n.implicit === true && n.kind !== "DOT" && n.kind !== "DOTPTR" ? " Implicit" : "";
  switch (n.kind) {
    case "NAME":
      return `NAME-${n.sym}`;
    case "LITERAL":
      return `LITERAL-${valueString(n.value)}`;
    case "DOT": case "DOTPTR": case "DOTINTER": case "METHVALUE": case "METHEXPR":
      return `${n.kind} ${n.sel}`;
    case "STRUCTKEY":
      return `STRUCTKEY ${n.field}`;
    case "ASOP":
      return `ASOP-${n.op}${n.incDec ? " IncDec" : ""}`;
    case "CLOSURE":
      return `CLOSURE ${n.func.printed}`;
    case "AS": case "AS2": case "AS2FUNC": case "AS2RECV": case "AS2MAPR": case "AS2DOTTYPE": case "SELRECV2": case "RANGE":
      return `${n.kind}${n.def ? " Def" : ""}${n.kind === "RANGE" && n.distinctVars ? " DistinctVars" : ""}`;
    case "CALLFUNC": case "CALLINTER": case "APPEND":
      return `${n.kind}${n.isDDD ? " IsDDD" : ""}`;
    case "COMM":
      return "CASE";
    case "GOTO": case "BREAK": case "CONTINUE": case "LABEL":
      return n.label === undefined ? n.kind : `${n.kind} ${n.label}`;
    case "FOR":
      return `FOR${n.distinctVars ? " DistinctVars" : ""}`;
    default:
      return n.kind + implicit;
  }
}
