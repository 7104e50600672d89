/** Random functions in low form: nested ifs, loops, labels, early returns, calls three deep. From a seed. */
import { Random } from "../../../../src/base/random.ts";
import type { FuncRef, LExpr, LFunc, LLabel, LStmt, Local, Site } from "../../../../src/compiler/lower/lir.ts";
import { get, i32, i64, op, tee } from "../../../../src/compiler/lower/lir.ts";
import { noXPos } from "../../../../src/compiler/ir/positions.ts";
import { I64, OP } from "../../../../src/wasm/opcodes.ts";

const region = { parent: undefined };
const site = (): Site => ({ at: noXPos, region, order: 0, objects: [], number: 0 });
const ask: FuncRef = { module: "n", name: "ask", params: [I64], results: [I64] };
const own = (name: string): FuncRef => ({ module: "own", name, params: [I64], results: [I64] });

/** A program of three functions, `main` last. */
export function randomProgram(seed: number): LFunc[] {
  const random = new Random(seed);
  return [new Maker(random, []).func("leaf"), new Maker(random, ["leaf"]).func("middle"), new Maker(random, ["leaf", "middle"]).func("main")];
}

class Maker {
  readonly #random: Random;
  readonly #callees: readonly string[];
  readonly #locals: Local[] = [];
  /** Loop counters, which nothing but their loop sets. */
  readonly #vars: Local[] = [];
  readonly #labels: LLabel[] = [];
  #left = 30;

  constructor(random: Random, callees: readonly string[]) {
    this.#random = random;
    this.#callees = callees;
  }

  func(symbol: string): LFunc {
    const param = this.#local();
    for (let i = 0; i < 4; i++) this.#vars.push(this.#local());
    this.#vars.push(param);
    const body = [...this.#list(3), { kind: "return" as const, values: [this.#expr(2)] }];
    return {
      symbol, at: noXPos, params: [param], results: [I64], hasContext: false, locals: this.#locals, objects: [], body, cost: 3, hasDefer: false, pinned: [], pinnedObjects: [], unpreemptible: false, tail: false,
    };
  }

  #local(): Local {
    const l: Local = { id: this.#locals.length, type: I64, pointer: false };
    this.#locals.push(l);
    return l;
  }

  #var(): Local {
    return this.#vars[this.#random.below(this.#vars.length)]!;
  }

  #expr(depth: number): LExpr {
    const pick = this.#random.below(depth === 0 ? 2 : 6);
    if (pick === 0) return i64(this.#random.below(10));
    if (pick === 1) return get(this.#var());
    if (pick === 2) return { kind: "choose", type: I64, cond: this.#cond(), x: this.#expr(depth - 1), y: this.#expr(depth - 1) };
    if (pick === 3) return tee(this.#var(), this.#expr(depth - 1));
    return op([OP.i64_add, OP.i64_sub, OP.i64_mul, OP.i64_xor][this.#random.below(4)]!, this.#expr(depth - 1), this.#expr(depth - 1));
  }

  #cond(): LExpr {
    return op(OP.i64_lt_s, op(OP.i64_and, this.#expr(1), i64(15)), i64(this.#random.below(16)));
  }

  #list(depth: number): LStmt[] {
    const out: LStmt[] = [];
    for (let n = this.#random.below(5); n >= 0; n--) out.push(...this.#stmt(depth));
    return out;
  }

  #stmt(depth: number): LStmt[] {
    if (--this.#left < 0) return [];
    const pick = this.#random.below(depth === 0 ? 5 : 10);
    switch (pick) {
      case 0: case 1: return [{ kind: "set", local: this.#var(), x: this.#expr(2) }];
      case 2: return [{ kind: "call", target: ask, args: [this.#expr(1)], results: [this.#random.below(4) === 0 ? undefined : this.#var()], site: site(), may: "block" }];
      case 3: {
        const callee = this.#callees[this.#random.below(this.#callees.length + 1)];
        if (callee === undefined) return [];
        return [{ kind: "call", target: own(callee), args: [this.#expr(1)], results: [this.#var()], site: site(), may: "block" }];
      }
      case 4: {
        const label = this.#labels[this.#random.below(this.#labels.length + 1)];
        if (label) return [{ kind: "br", label, cond: this.#cond() }];
        return this.#random.below(4) === 0 ? [{ kind: "if", cond: this.#cond(), then: [{ kind: "return", values: [this.#expr(1)] }], else: [] }] : [];
      }
      case 5: case 6: return [{ kind: "if", cond: this.#cond(), then: this.#list(depth - 1), else: this.#random.below(2) ? this.#list(depth - 1) : [] }];
      case 7: {
        const label: LLabel = { name: "b" };
        this.#labels.push(label);
        const body = this.#list(depth - 1);
        this.#labels.pop();
        return [{ kind: "block", label, body }];
      }
      default: return this.#loop(depth);
    }
  }

  #loop(depth: number): LStmt[] {
    const counter = this.#local();
    const out: LLabel = { name: "out" };
    const again: LLabel = { name: "again" };
    this.#labels.push(out, again);
    const body = this.#list(depth - 1);
    this.#labels.length -= 2;
    const rounds = this.#random.below(6);
    return [
      { kind: "set", local: counter, x: i64(0) },
      {
        kind: "loop", out, again, cost: 5, site: site(), body: [
          { kind: "br", label: out, cond: op(OP.i64_ge_s, get(counter), i64(rounds)) },
          { kind: "set", local: counter, x: op(OP.i64_add, get(counter), i64(1)) },
          { kind: "eval", x: i32(0) },
          ...body,
        ],
      },
    ];
  }
}
