/**
 * Syntax that the compiler writes itself when it rewrites a range over a function: names, constants, assignments, tests.
 *
 * Each node is made with its final position, and with the facts that the checker would have recorded.
 */
import type { Pos } from "../../../base/source.ts";
import { noPos } from "../../../base/source.ts";
import { makeInt64 } from "../../constant/index.ts";
import type * as ast from "../../syntax/ast.ts";
import { basic, type SignatureType, type Type, type Var } from "../../types/index.ts";
import type { Name } from "../node.ts";
import { xpos } from "../positions.ts";
import type { Made } from "./context.ts";
import { convNop, literal } from "./make.ts";

/** Makes syntax together with its facts. */
export class RangeSyntax {
  readonly #made: Made;

  constructor(made: Made) {
    this.#made = made;
  }

  variable(name: string, type: Type, pos: Pos = noPos): Var {
    return { kind: "Var", name, pos, type, embedded: false, role: "local", used: true };
  }

  /** A mention of `v`. */
  use(v: Var, pos: Pos): ast.Name {
    const n: ast.Name = { kind: "Name", pos, value: v.name };
    this.#made.uses.set(n, v);
    this.#made.types.set(n, { mode: "variable", type: v.type ?? basic.int });
    return n;
  }

  /** A mention of `true` or `false`: for the compiler a constant that is converted to bool. */
  bool(value: boolean, pos: Pos): ast.Expr {
    const n: ast.Name = { kind: "Name", pos, value: String(value) };
    this.#made.types.set(n, { mode: "value", type: basic.bool });
    this.#made.helpers.set(n, () => convNop(xpos(pos), basic.bool, literal(xpos(noPos), basic["untyped bool"], { kind: "bool", value }), true));
    return n;
  }

  int(value: number, pos: Pos): ast.BasicLit {
    const n: ast.BasicLit = { kind: "BasicLit", pos, value: String(value), lit: "int", bad: false };
    this.#made.types.set(n, { mode: "constant", type: basic.int, value: makeInt64(value) });
    return n;
  }

  /** `var v = value`, or without a value. */
  declare(v: Var, pos: Pos, value?: ast.Expr): ast.DeclStmt {
    const name: ast.Name = { kind: "Name", pos, value: v.name };
    this.#made.defs.set(name, v);
    this.#made.types.set(name, { mode: "variable", type: v.type ?? basic.int });
    return { kind: "DeclStmt", pos, decls: [{ kind: "VarDecl", pos, names: [name], ...(value ? { values: value } : {}), pragmas: [] }] };
  }

  assign(lhs: ast.Expr, rhs: ast.Expr, pos: Pos): ast.AssignStmt {
    return { kind: "AssignStmt", pos, def: false, incDec: false, lhs, rhs };
  }

  /** `if x op y { body }`. */
  when(op: "==" | "!=" | "<" | ">", x: ast.Expr, y: ast.Expr, body: readonly ast.Stmt[], pos: Pos): ast.IfStmt {
    const cond: ast.Operation = { kind: "Operation", pos, op, x, y };
    this.#made.types.set(cond, { mode: "value", type: basic.bool });
    return { kind: "IfStmt", pos, cond, then: this.block(body, pos) };
  }

  block(list: readonly ast.Stmt[], pos: Pos, rbrace: Pos = pos): ast.BlockStmt {
    return { kind: "BlockStmt", pos, list, rbrace };
  }

  returns(pos: Pos, results?: ast.Expr): ast.ReturnStmt {
    return { kind: "ReturnStmt", pos, ...(results ? { results } : {}) };
  }

  /** The call of a function of the run-time system. */
  helper(name: string, sig: SignatureType, args: readonly ast.Expr[], pos: Pos): ast.CallExpr {
    const fun: ast.Name = { kind: "Name", pos, value: `runtime.${name}` };
    const callee: Name = {
      kind: "NAME", pos: xpos(noPos), init: [], sym: name, type: sig, class: "func", addrtaken: false, used: true, byval: false, autotemp: false, runtime: true,
    };
    this.#made.helpers.set(fun, () => callee);
    this.#made.types.set(fun, { mode: "value", type: sig });
    const call: ast.CallExpr = { kind: "CallExpr", pos, fun, args, hasDots: false };
    const result = sig.results[0]?.type;
    this.#made.types.set(call, { mode: result ? "value" : "novalue", type: result ?? { kind: "Tuple", vars: [] } });
    return call;
  }

  /** Records the facts of a made expression. */
  typed<T extends ast.Expr>(x: T, type: Type): T {
    this.#made.types.set(x, { mode: "value", type });
    return x;
  }
}

/** A signature without receiver and type parameters. */
export const plainSignature = (params: readonly Var[], results: readonly Var[]): SignatureType => ({
  kind: "Signature", typeParams: [], recvTypeParams: [], params, results, variadic: false,
});
