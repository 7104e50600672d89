/**
 * Break, continue, goto, fallthrough and labels of a function body: whether each has a target.
 *
 * In Go this is part of parsing: its errors come before those of types, and don't keep types from being checked.
 * Go: cmd/compile/internal/syntax/branches.go.
 */
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import { exprString } from "../syntax/index.ts";
import { at } from "./lists.ts";
import { type Message, place } from "./message.ts";
import * as messages from "./messages.ts";

/** Hears of an error. */
export type BranchReport = (pos: Pos, message: Message) => void;

interface Block {
  readonly parent: Block | undefined;
  readonly start: Pos;
  /** The labelled statement that it belongs to. */
  readonly labelled: ast.LabeledStmt | undefined;
}

interface LabelInfo {
  readonly block: Block;
  readonly stmt: ast.LabeledStmt;
  used: boolean;
}

/** What a branch without label leads to. */
interface Targets {
  readonly breaks?: ast.Stmt | undefined;
  readonly continues?: ast.ForStmt | undefined;
  /** Index of the clause of the innermost switch; -1 where it is not directly inside one. */
  readonly caseIndex: number;
}

/** Checks the branches of one function body; bodies of function literals are checked by themselves. */
export function checkBranches(body: ast.BlockStmt, report: BranchReport): void {
  const scope = new LabelScope(report);
  const open = scope.block(undefined, { caseIndex: -1 }, undefined, body.pos, body.list);
  for (const jump of open) {
    if (!jump.label) continue;
    const label = scope.labels.get(jump.label.value);
    if (label) {
      label.used = true;
      report(jump.label.pos, messages.jumpsIntoBlock(jump.label.value, place(label.block.start)));
    } else report(jump.label.pos, messages.labelNotDefined(jump.label.value));
  }
  for (const { used, stmt } of scope.labels.values()) if (!used) report(stmt.label.pos, messages.labelNotUsed(stmt.label.value));
}

class LabelScope {
  readonly labels = new Map<string, LabelInfo>();
  readonly #report: BranchReport;

  constructor(report: BranchReport) {
    this.#report = report;
  }

  /** Checks a block; answers the gotos in it whose labels have not come yet. */
  block(parent: Block | undefined, targets: Targets, labelled: ast.LabeledStmt | undefined, start: Pos, list: readonly ast.Stmt[]): ast.BranchStmt[] {
    const b: Block = { parent, start, labelled };
    const state = new BlockState();
    let end = list.length;
    while (end > 0 && at(list, end - 1).kind === "EmptyStmt") end--;
    for (let i = 0; i < end; i++) this.#stmt(b, state, targets, at(list, i), i === end - 1);
    return state.open;
  }

  #stmt(b: Block, state: BlockState, targets: Targets, first: ast.Stmt, last: boolean): void {
    let s = first;
    let labelled: ast.LabeledStmt | undefined;
    while (s.kind === "LabeledStmt") {
      if (s.label.value !== "_") {
        this.#label(b, state, s);
        labelled = s;
      }
      s = s.stmt;
    }
    const inner = (t: Targets, start: Pos, list: readonly ast.Stmt[]): void => void state.open.push(...this.block(b, t, labelled, start, list));
    const nested: Targets = { ...targets, caseIndex: -1 };
    switch (s.kind) {
      case "DeclStmt": {
        const v = s.decls.find((d) => d.kind === "VarDecl");
        if (v?.kind === "VarDecl") state.declare(v.pos, v.names[0]?.value ?? "_");
        return;
      }
      case "AssignStmt":
        if (s.def) state.declare(s.pos, exprString(s.lhs));
        return;
      case "BranchStmt":
        return this.#branch(b, state, targets, s, last);
      case "BlockStmt":
        return inner(nested, s.pos, s.list);
      case "IfStmt":
        inner(nested, s.then.pos, s.then.list);
        if (s.else) inner(nested, s.else.pos, [s.else]);
        return;
      case "ForStmt":
        return inner({ breaks: s, continues: s, caseIndex: -1 }, s.body.pos, s.body.list);
      case "SwitchStmt":
        return s.body.forEach((clause, caseIndex) => inner({ breaks: s, continues: targets.continues, caseIndex }, clause.pos, clause.body));
      case "SelectStmt":
        for (const clause of s.body) inner({ breaks: s, continues: targets.continues, caseIndex: -1 }, clause.pos, clause.body);
        return;
      default:
        return;
    }
  }

  #label(b: Block, state: BlockState, s: ast.LabeledStmt): void {
    const name = s.label.value;
    const known = this.labels.get(name);
    if (known) this.#report(s.label.pos, messages.labelAlreadyDefined(name, place(known.stmt.label.pos)));
    const label: LabelInfo = known ?? { block: b, stmt: s, used: false };
    this.labels.set(name, label);
    for (const jump of state.take(name)) {
      label.used = true;
      const over = state.jumpsOver(jump);
      if (over && jump.label) this.#report(jump.label.pos, messages.jumpsOverDeclaration(name, over.name, place(over.pos)));
    }
  }

  #branch(b: Block, state: BlockState, targets: Targets, s: ast.BranchStmt, last: boolean): void {
    if (!s.label) return this.#unlabelled(targets, s, last);
    const name = s.label.value;
    const label = this.labels.get(name);
    if (label) label.used = true;
    if (s.tok === "goto") {
      if (!label || !isInside(b, label.block)) state.open.push(s);
      return;
    }
    if (s.tok === "fallthrough") return;
    if (!label) return this.#report(s.label.pos, messages.branchLabelNotDefined(s.tok, name));
    const target = encloses(b, label.stmt) ? label.stmt.stmt.kind : "none";
    const valid = target === "ForStmt" || (s.tok === "break" && (target === "SwitchStmt" || target === "SelectStmt"));
    if (!valid) this.#report(s.label.pos, messages.invalidBranchLabel(s.tok, name));
  }

  #unlabelled({ breaks, continues, caseIndex }: Targets, s: ast.BranchStmt, last: boolean): void {
    if (s.tok === "break" && !breaks) this.#report(s.pos, messages.breakOutside());
    if (s.tok === "continue" && !continues) this.#report(s.pos, messages.continueOutside());
    if (s.tok !== "fallthrough") return;
    if (breaks?.kind !== "SwitchStmt") return this.#report(s.pos, messages.fallthroughMisplaced());
    if (breaks.tag?.kind === "TypeSwitchGuard") return this.#report(s.pos, messages.fallthroughTypeSwitch());
    if (caseIndex < 0 || !last) return this.#report(s.pos, messages.fallthroughMisplaced());
    if (caseIndex + 1 === breaks.body.length) this.#report(s.pos, messages.fallthroughFinal());
  }
}

/** Gotos of one block that wait for their labels, and the last declaration that they must not jump over. */
class BlockState {
  open: ast.BranchStmt[] = [];
  #declared: { readonly pos: Pos; readonly name: string } | undefined;
  #bad: ReadonlySet<ast.BranchStmt> = new Set();

  declare(pos: Pos, name: string): void {
    this.#declared = { pos, name };
    this.#bad = new Set(this.open);
  }

  jumpsOver(jump: ast.BranchStmt): { readonly pos: Pos; readonly name: string } | undefined {
    return this.#bad.has(jump) ? this.#declared : undefined;
  }

  /** Takes out the gotos that wait for this label. */
  take(name: string): ast.BranchStmt[] {
    const found = this.open.filter((jump) => jump.label?.value === name);
    this.open = this.open.filter((jump) => jump.label?.value !== name);
    return found;
  }
}

function isInside(b: Block, outer: Block): boolean {
  for (let p: Block | undefined = b; p; p = p.parent) if (p === outer) return true;
  return false;
}

function encloses(b: Block, s: ast.LabeledStmt): boolean {
  for (let p: Block | undefined = b; p; p = p.parent) if (p.labelled === s) return true;
  return false;
}
