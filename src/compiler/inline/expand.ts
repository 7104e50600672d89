/**
 * Replaces a call by the callee's body.
 *
 * The replacement binds the arguments to fresh variables, runs the copied body with its returns turned into assignments and jumps to
 * its end, and has the results as its values. A call of the library stays a call and is marked: what its body does is known from its
 * summary (std.ts).
 *
 * Go: cmd/compile/internal/inline/inl.go (mkinlcall, CalleeEffects), noder/reader.go (unifiedInlineCall, inlReturn).
 */
import { bug } from "../../base/bug.ts";
import {
  addInlinedCall, type AssignListStmt, type BlockStmt, editChildren, editStmts, type Expr, type Func, funcString, inlineIndex, type InlinedCallExpr,
  isBlank, type Name, type ReturnStmt, type Stmt, visitFuncsBottomUp, type XPos,
} from "../ir/index.ts";
import type { Site } from "./callee.ts";
import { type Inliner, placeOf } from "./context.ts";
import { canInline } from "./cost.ts";
import { expand, makeTemplate, type Template } from "./template.ts";

/** Inlines `fn` at the call and records it. */
export function inlineCall(o: Inliner, { caller, call }: Site, fn: Func): InlinedCallExpr {
  const inl = fn.inl ?? bug(`${fn.symbol} is not inlinable`);
  const index = addInlinedCall(o.ir.inlineTree, { parent: inlineIndex(call.pos), pos: call.pos, func: fn });
  o.notes.push({ kind: "inlining", at: placeOf(o, call.pos), func: funcString(fn, o.print) });
  const template = templateOf(o, fn);
  const { body, dcl } = expand({ ir: o.ir, caller, index }, fn, template);
  const inputs = (fn.recv ? 1 : 0) + fn.params.length;
  const params = dcl.slice(0, inputs);
  const results = dcl.slice(inputs, inputs + fn.results.length);
  const pos = call.pos;
  const init = [...call.init, ...calleeEffects(call.fun), bindArguments(pos, params, call.args)];
  if (!inl.canDelayResults) {
    for (const r of results) init.push({ kind: "DCL", pos, init: [], x: r }, { kind: "AS", pos, init: [], x: r, def: false });
  }
  init.push({ kind: "INLMARK", pos, init: [], index });
  const label = `.i${caller.label++}`;
  replaceReturns(body, { pos, label, results, declare: inl.canDelayResults });
  body.push({ kind: "LABEL", pos, init: [], label });
  caller.dcl.push(...dcl);
  return { kind: "INLCALL", pos, init, type: call.type, body, results, call };
}

/** The body to copy; that of another package's function is read now. */
function templateOf(o: Inliner, fn: Func): Template {
  const known = o.templates.get(fn);
  if (known) return known;
  decideElsewhere(o, fn.elsewhere?.() ?? bug(`no body of ${fn.symbol} to inline`));
  const made = makeTemplate(fn);
  o.templates.set(fn, made);
  return made;
}

/** Decides for functions of another package. */
export function decideElsewhere(o: Inliner, instances: readonly Func[]): void {
  // What may be inlined in turn was said when the other package was compiled.
  const quiet: Inliner = { ...o, notes: [], verbose: false, canInline: (inner) => canInline(quiet, inner) };
  visitFuncsBottomUp(instances, (group) => group.forEach((inner) => canInline(quiet, inner)));
  for (const inner of instances) inner.compiledElsewhere = true;
}

/** Without arguments (a function called from inside the library) the parameters are declared only. */
function bindArguments(pos: XPos, params: readonly Name[], args: readonly Expr[]): AssignListStmt {
  const binding: AssignListStmt = { kind: "AS2", pos, init: [], lhs: args.length === 0 ? [] : [...params], rhs: [...args], def: true };
  for (const p of params) {
    if (isBlank(p)) continue;
    binding.init.push({ kind: "DCL", pos, init: [], x: p });
    p.defn = binding;
  }
  return binding;
}

/** What evaluating the callee's expression does, apart from yielding a known function. */
function calleeEffects(fun: Expr): Stmt[] {
  const effects: Stmt[] = [];
  for (let at = fun; ; ) {
    effects.push(...at.init);
    if (at.kind === "CONVNOP" || at.kind === "PAREN") at = at.x;
    else if (at.kind === "INLCALL") {
      effects.push(...at.body);
      at = at.results[0] ?? bug("an inlined call without a result is called");
    } else return effects;
  }
}

interface Exit {
  readonly pos: XPos;
  readonly label: string;
  readonly results: readonly Name[];
  /** The only return declares the results' variables. */
  readonly declare: boolean;
}

function replaceReturns(body: Stmt[], exit: Exit): void {
  const editor = {
    expr: (x: Expr): Expr => {
      if (x.kind !== "NAME") editChildren(x, editor);
      return x;
    },
    stmt: (s: Stmt): Stmt => {
      const to = s.kind === "RETURN" ? replaceReturn(s, exit) : s;
      if (to.kind !== "NAME") editChildren(to, editor);
      return to;
    },
  };
  editStmts(body, editor);
}

function replaceReturn(n: ReturnStmt, { pos, label, results, declare }: Exit): BlockStmt {
  const list = [...n.init];
  if (n.results.length > 0) {
    const assign: AssignListStmt = { kind: "AS2", pos, init: [], lhs: [...results], rhs: n.results, def: false };
    if (declare) {
      for (const r of results) {
        list.push({ kind: "DCL", pos, init: [], x: r });
        r.defn = assign;
      }
    }
    list.push(assign);
  }
  list.push({ kind: "GOTO", pos, init: [], label });
  return { kind: "BLOCK", pos, init: [], list };
}
