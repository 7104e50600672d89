/**
 * Writes a function from its low form, as normal or as resume code (engine.md 6.2).
 *
 * Normal code takes parameters and returns values; before a call it stores its pointers and the site, after it asks CELL.unw and,
 * if set, stores the rest and returns. Resume code takes the frame, loads its locals and walks the same statements: each list that holds
 * resume points starts with a branch to the block that ends where the wanted point goes on. Polls stand behind their loop, because V8 lays code out in order.
 *
 * Go has nothing like it: its goroutines have stacks of their own.
 */
import { CELL, NATIVE_RATIO, UNWIND } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import type { Code, Label } from "../../wasm/code.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { LCall, LIf, LLabel, LLoop, LStmt, Site } from "../lower/index.ts";
import { Body, type Cold, type ModuleContext, type Ready, type Version } from "./body.ts";
import { emitCopy, emitZero } from "./bulk.ts";
import { abandon, emitCall, emitCallee, inPlaceOf, landCall } from "./calls.ts";
import { charge, defaultUnwind, leave, prologue, save, storeLocal } from "./edges.ts";
import type { LiveSet } from "./liveset.ts";
import { countCalls, countTraps, hasLoop, type Range } from "./points.ts";
import { loopPrologue, resumePrologue } from "./resumed.ts";
import { loadOp, storeOp } from "./words.ts";

/** A loop with more checks keeps them inside. */
const MAX_COLD = 100;

/** A loop with more calls leaves the fuel in its cell: they would all store and load it. */
const MAX_CALLS = 2;

/** Where a label's branches go, and which pointers are clean at all of them so far. */
interface Open {
  readonly label: Label;
  clean: LiveSet | undefined;
  /** Fuel is kept in a local inside; a branch that leaves the leaf loop stores it. */
  readonly fuel: number | undefined;
}

/** The code of `ready` in one version. */
export function emitFunc(module: ModuleContext, ready: Ready, version: Version): Code {
  for (const nesting of NESTING) {
    const body = new Body(module, ready, version, nesting);
    new Emitter(body).run();
    if (nesting === 0 || body.resume || body.room.left === module.inlining.room || fitsNative(body)) return body.code;
  }
  return bug("no way to write a function");
}

/** How deep calls stand in the place of calls; less where the function would take too much native stack. */
const NESTING = [3, 1, 0];

/** Whether a function takes no more native stack than its frame stands for, or only once. */
function fitsNative({ code, ready, module }: Body): boolean {
  return code.locals * LOCAL + NATIVE_FRAME <= NATIVE_RATIO * ready.frame.size || !module.inlining.recursive(ready);
}

/** Bytes of native stack for a local in V8's first tier, and for a function besides. */
const LOCAL = 8;
const NATIVE_FRAME = 128;

class Emitter {
  readonly body: Body;
  readonly #code: Code;
  readonly #ready: Ready;
  readonly #resume: boolean;
  readonly #labels = new Map<LLabel, Open>();
  /** Resume code: number of the point to go on at, 0 once there. */
  #state = 0;

  constructor(body: Body) {
    this.body = body;
    this.#code = body.code;
    this.#ready = body.ready;
    this.#resume = body.resume;
  }

  /** The statements in place of a call; whether control reaches their end. */
  inPlace(): boolean {
    const { fn } = this.#ready;
    if (!this.#list(fn.body)) return false;
    if (fn.results.length === 0) return true;
    this.#code.op(OP.unreachable);
    return false;
  }

  run(): void {
    const { fn } = this.#ready;
    if (fn.tail) return this.#tail();
    if (this.#resume) this.#state = this.body.loopsOnly ? loopPrologue(this.body) : resumePrologue(this.body);
    else if (!this.#ready.points.frameless) prologue(this.body);
    else charge(this.body, fn.cost);
    if (this.#keepsFuel()) {
      this.body.fuel = this.body.scratch("fuel", I64);
      if (this.#resume) this.body.reloadFuel();
    }
    if (!this.#list(fn.body)) return this.#code.op(OP.unreachable);
    if (fn.results.length > 0) return this.#code.op(OP.unreachable);
    this.body.syncFuel();
    leave(this.body);
  }

  /** Whether the whole function has its fuel in a local, because much that charges stands in it. */
  #keepsFuel(): boolean {
    const { fn, points } = this.#ready;
    if (points.frameless || fn.unpreemptible || fn.hasDefer) return false;
    const calls = { kind: "block", label: { name: "" }, body: fn.body } as const;
    const real = countCalls(calls, (call) => inPlaceOf(this.body, call));
    return real <= MAX_CALLS && (points.loops.length > 0 || countCalls(calls, () => []) > real);
  }

  /** A function that is nothing but one call: no frame, its callee answers our caller. */
  #tail(): void {
    const { fn, frame } = this.#ready;
    const code = this.#code;
    if (this.#resume) {
      if (fn.hasContext) {
        this.body.loadCell(OP.i32_load, CELL.context);
        code.set(this.body.local(fn.params[fn.params.length - 1] ?? bug("no context parameter")));
      }
      code.get(this.body.frame);
      code.i32(frame.size);
      code.op(OP.i32_add);
      code.set(this.body.frame);
    }
    for (const s of fn.body) {
      if (s.kind === "set") {
        this.body.expr(s.x);
        code.set(this.body.local(s.local));
      } else if (s.kind === "call") {
        emitCallee(this.body, s);
        if (this.#resume || fn.results.length === 0) for (const _ of s.target.results) code.drop();
        if (this.#resume) this.#returned();
      } else if (s.kind !== "return") bug(`${s.kind} in a tail function`);
    }
  }

  /** Where the callee has not unwound, the caller is on top. */
  #returned(): void {
    this.body.loadCell(OP.i32_load, CELL.unw);
    this.#code.op(OP.i32_eqz);
    this.#code.if();
    this.body.storeStackPointer();
    this.#code.end();
  }

  // ---- statements -------------------------------------------------------------------------------------------

  #range(s: LStmt): Range {
    return this.#ready.points.ranges.get(s) ?? bug("a statement that was not numbered");
  }

  /** Whether this version may have to go on at a point inside `s`. */
  #holdsPoint(s: LStmt): boolean {
    if (!this.#resume) return false;
    const range = this.#range(s);
    return range.high >= range.low && (!this.body.loopsOnly || hasLoop(s));
  }

  /** Writes `stmts`; returns whether control can reach their end. */
  #list(stmts: readonly LStmt[]): boolean {
    const landing = this.#resume ? stmts.filter((s) => this.#holdsPoint(s)) : [];
    return landing.length === 0 ? this.#plain(stmts) : this.#landingList(stmts, landing);
  }

  #plain(stmts: readonly LStmt[]): boolean {
    for (const s of stmts) if (!this.#stmt(s)) return false;
    return true;
  }

  /**
   * A list with resume points: nested blocks, one for each statement that holds some. Each ends just before that statement (or, for a
   * call, just behind it), and the list begins with a branch to the one that is wanted.
   */
  #landingList(stmts: readonly LStmt[], landing: readonly LStmt[]): boolean {
    const code = this.#code;
    const after: (Label | undefined)[] = [];
    const land: Label[] = [];
    for (let i = landing.length - 1; i >= 0; i--) {
      after[i] = landing[i]?.kind === "call" ? code.block() : undefined;
      land[i] = code.block();
    }
    const low = this.#range(landing[0] ?? bug("no landing place")).low;
    const table: Label[] = [];
    // Between two places there may be points at which another version goes on.
    landing.forEach((s, i) => { while (table.length <= this.#range(s).high - low) table.push(land[i] ?? 0); });
    code.get(this.#state);
    code.if();
    code.get(this.#state);
    code.i32(low - 1);
    code.op(OP.i32_sub);
    code.brTable(table, table[table.length - 1] ?? 0);
    code.end();
    let reaches = true;
    let next = 0;
    for (const s of stmts) {
      if (s !== landing[next]) {
        if (reaches) reaches = this.#stmt(s);
        continue;
      }
      const behind = after[next];
      next++;
      if (behind !== undefined && s.kind === "call") {
        if (reaches && this.#stmt(s)) code.br(behind);
        code.end();
        landCall(this.body, s, this.#state);
        code.end();
        reaches = true;
      } else {
        code.end();
        reaches = this.#stmt(s);
      }
    }
    return reaches;
  }

  #stmt(s: LStmt): boolean {
    const code = this.#code;
    switch (s.kind) {
      case "set":
        this.body.expr(s.x);
        code.set(this.body.local(s.local));
        this.body.clean.delete(s.local.id);
        // The next site may be that of a panic, which stores nothing.
        if (this.#ready.fn.pinned.includes(s.local)) storeLocal(this.body, s.local);
        return true;
      case "store":
        this.body.expr(s.addr);
        this.body.expr(s.x);
        code.mem(s.op, s.offset);
        return true;
      case "copy":
        emitCopy(this.body, s.to, s.from, s.size);
        return true;
      case "zero":
        emitZero(this.body, s.to, s.size);
        return true;
      case "eval":
        this.body.expr(s.x);
        code.drop();
        return true;
      case "leafCall":
        this.body.leaf(s.fn, s.args);
        return true;
      case "call": return this.#call(s);
      case "if": return this.#if(s);
      case "block": {
        const label = code.block();
        const open: Open = { label, clean: undefined, fuel: this.body.fuel };
        this.#labels.set(s.label, open);
        const reaches = this.#list(s.body);
        code.end();
        return this.#join(open, reaches);
      }
      case "loop": return this.body.cold ? this.#loop(s) : this.#outermostLoop(s);
      case "br": return this.#branch(s);
      case "switch": return this.#switch(s);
      case "return":
        this.#return(s.values);
        return false;
      case "abandon":
        abandon(this.body);
        return false;
    }
  }

  /** Behind a label: what is clean on every way there. Returns whether there is one. */
  #join(open: Open, reaches: boolean): boolean {
    if (!open.clean) return reaches;
    if (reaches) this.body.clean.intersect(open.clean);
    else this.body.clean = open.clean;
    return true;
  }

  #call(s: LCall): boolean {
    const live = this.#ready.points.live.get(s.site) ?? bug("a call without liveness");
    return emitCall(this.body, s, live, (inner) => new Emitter(inner).inPlace());
  }

  #if(s: LIf): boolean {
    const code = this.#code;
    if (this.#holdsPoint(s)) {
      code.get(this.#state);
      code.if(I32);
      code.get(this.#state);
      code.i32(this.#range(s).middle - 1);
      code.op(OP.i32_le_u);
      code.else();
      this.body.expr(s.cond);
      code.end();
    } else this.body.expr(s.cond);
    code.if();
    const before = this.body.clean.copy();
    const first = this.#list(s.then);
    const afterFirst = this.body.clean;
    this.body.clean = before;
    let second = true;
    if (s.else.length > 0) {
      code.else();
      second = this.#list(s.else);
    }
    code.end();
    if (first && second) this.body.clean.intersect(afterFirst);
    else if (first) this.body.clean = afterFirst;
    return first || second;
  }

  #branch(s: Extract<LStmt, { kind: "br" }>): boolean {
    const code = this.#code;
    const open = this.#labels.get(s.label) ?? bug(`a branch to ${s.label.name}, which is not open`);
    const leaves = this.body.fuel !== undefined && open.fuel === undefined;
    if (s.cond) this.body.expr(s.cond);
    if (open.clean) open.clean.intersect(this.body.clean);
    else open.clean = this.body.clean.copy();
    if (!leaves) {
      if (s.cond) code.brIf(open.label);
      else code.br(open.label);
      return s.cond !== undefined;
    }
    if (s.cond) code.if();
    this.body.syncFuel();
    code.br(open.label);
    if (s.cond) code.end();
    return s.cond !== undefined;
  }

  #switch(s: Extract<LStmt, { kind: "switch" }>): boolean {
    const target = (l: LLabel): Label => {
      const open = this.#labels.get(l) ?? bug(`a branch to ${l.name}, which is not open`);
      if (this.body.fuel !== undefined && open.fuel === undefined) bug("a switch that leaves a leaf loop");
      if (open.clean) open.clean.intersect(this.body.clean);
      else open.clean = this.body.clean.copy();
      return open.label;
    };
    this.body.expr(s.x);
    this.#code.brTable(s.labels.map(target), target(s.otherwise));
    return false;
  }

  #return(values: Extract<LStmt, { kind: "return" }>["values"]): void {
    const code = this.#code;
    const { host } = this.body;
    if (host) {
      values.forEach((v) => this.body.expr(v));
      for (const r of host.results.slice().reverse()) {
        if (r) code.set(host.body.local(r));
        else code.drop();
      }
      return code.br(host.done());
    }
    values.forEach((v, i) => {
      if (this.#resume) code.i32(0);
      this.body.expr(v);
      if (this.#resume) code.mem(storeOp(v.type), CELL.results + 8 * i);
    });
    this.body.syncFuel();
    leave(this.body);
    code.return();
  }

  // ---- loops ------------------------------------------------------------------------------------------------

  /** A loop that no other encloses, and behind it what happens where its checks fail. */
  #outermostLoop(s: LLoop): boolean {
    const code = this.#code;
    const checks = countTraps(s.body, MAX_COLD + 1, (call) => inPlaceOf(this.body, call));
    if (checks === 0 || checks > MAX_COLD) return this.#loop(s);
    const after = code.block();
    const labels = Array.from({ length: checks }, () => code.block()).reverse();
    const cold: Cold = { labels, pending: [] };
    this.body.cold = cold;
    const reaches = this.#loop(s);
    this.body.cold = undefined;
    if (reaches) code.br(after);
    else code.op(OP.unreachable);
    const { fuel } = this.body;
    const clean = this.body.cleanAround();
    for (let i = 0; i < checks; i++) {
      code.end();
      const failed = cold.pending[i];
      if (!failed) {
        code.op(OP.unreachable);
        continue;
      }
      failed.body.fuel = failed.fuel;
      failed.body.setCleanAround(failed.clean);
      failed.body.panic(failed.trap);
    }
    this.body.fuel = fuel;
    this.body.setCleanAround(clean);
    code.end();
    return reaches;
  }

  #loop(s: LLoop): boolean {
    const code = this.#code;
    const { points } = this.#ready;
    const outer = this.body.fuel;
    if (this.#ready.fn.unpreemptible) return this.#plainLoop(s);
    const takesFuel = outer === undefined && (points.leafLoops.has(s) || countCalls(s, (call) => inPlaceOf(this.body, call)) <= MAX_CALLS);
    if (this.#resume) this.#enterLoopAt(s.site);
    if (takesFuel) {
      this.body.fuel = this.body.scratch("fuel", I64);
      this.body.reloadFuel();
    }
    this.body.clean.subtract(points.assigned.get(s) ?? bug("a loop without its assignments"));
    const out: Open = { label: code.block(), clean: undefined, fuel: this.body.fuel };
    this.#labels.set(s.out, out);
    const restart = this.#resume ? undefined : code.loop();
    const cold = code.block();
    const top = code.loop();
    const again: Open = { label: code.block(), clean: undefined, fuel: this.body.fuel };
    this.#labels.set(s.again, again);
    const reaches = this.#list(s.body);
    code.end();
    const repeats = this.#join(again, reaches);
    if (repeats) {
      this.#chargeRound(s.cost);
      code.brIf(cold);
      code.br(top);
    }
    code.end();
    if (repeats) code.op(OP.unreachable);
    code.end();
    if (repeats) {
      this.#poll(s.site);
      if (restart !== undefined) {
        this.body.reloadFuel();
        code.br(restart);
      }
    } else code.op(OP.unreachable);
    if (restart !== undefined) {
      code.end();
      code.op(OP.unreachable);
    }
    code.end();
    this.body.fuel = outer;
    if (!out.clean) {
      if (takesFuel) this.body.fuel = undefined;
      return false;
    }
    this.body.clean = out.clean;
    if (takesFuel) {
      code.i32(0);
      code.get(this.body.scratch("fuel", I64));
      code.mem(OP.i64_store, CELL.fuel);
    }
    return true;
  }

  /** A loop that only charges for its rounds. */
  #plainLoop(s: LLoop): boolean {
    const code = this.#code;
    this.body.clean.subtract(this.#ready.points.assigned.get(s) ?? bug("a loop without its assignments"));
    const out: Open = { label: code.block(), clean: undefined, fuel: undefined };
    this.#labels.set(s.out, out);
    const top = code.loop();
    const again: Open = { label: code.block(), clean: undefined, fuel: undefined };
    this.#labels.set(s.again, again);
    const reaches = this.#list(s.body);
    code.end();
    if (this.#join(again, reaches)) {
      charge(this.body, s.cost);
      code.br(top);
    }
    code.end();
    code.op(OP.unreachable);
    code.end();
    if (!out.clean) return false;
    this.body.clean = out.clean;
    return true;
  }

  /** A loop that is resumed at its own poll is entered at its head, with nothing more to find. */
  #enterLoopAt(site: Site): void {
    const code = this.#code;
    code.get(this.#state);
    code.i32(site.number - 1);
    code.op(OP.i32_eq);
    code.if();
    code.i32(0);
    code.set(this.#state);
    code.end();
  }

  /** Takes the cost of one round and leaves on the stack whether the fuel is used up. */
  #chargeRound(cost: number): void {
    const code = this.#code;
    const fuel = this.body.fuel ?? this.body.scratch("fuel", I64);
    if (this.body.fuel === undefined) {
      code.i32(0);
      this.body.loadCell(OP.i64_load, CELL.fuel);
    } else code.get(fuel);
    code.i64(cost);
    code.op(OP.i64_sub);
    code.tee(fuel);
    if (this.body.fuel === undefined) {
      code.mem(OP.i64_store, CELL.fuel);
      code.get(fuel);
    }
    code.i64(0);
    code.op(OP.i64_lt_s);
  }

  /**
   * The fuel is used up: asks the runtime, which may have normal code unwind or go on in resume code (tier-up). Resume code always leaves, to be
   * entered anew at this loop: so its loop needs no second one around it.
   */
  #poll(site: Site): void {
    const code = this.#code;
    const answer = this.body.scratch("answer", I32);
    this.body.syncFuel();
    this.body.storeStackPointer();
    save(this.body, site);
    code.i32(this.#resume ? 1 : 0);
    code.call(this.body.module.func({ module: "r", name: "poll", params: [], results: [] }));
    if (this.#resume) return this.#leaveForPoll(answer);
    code.tee(answer);
    code.if();
    this.#reenter(answer);
    code.end();
  }

  #leaveForPoll(answer: number): void {
    const code = this.#code;
    code.set(answer);
    this.body.loadCell(OP.i32_load, CELL.unw);
    code.op(OP.i32_eqz);
    code.if();
    code.i32(0);
    code.i32(UNWIND.block);
    code.i32(UNWIND.reenter);
    code.get(answer);
    code.i32(1);
    code.op(OP.i32_eq);
    code.op(OP.select);
    code.mem(OP.i32_store, CELL.unw);
    code.end();
    code.return();
  }

  /** Goes on in resume code, entered anew as often as it asks, and returns its results. */
  #reenter(answer: number): void {
    const code = this.#code;
    const { results } = this.#ready.fn;
    code.get(answer);
    code.i32(1);
    code.op(OP.i32_eq);
    code.if();
    defaultUnwind(this.body);
    this.body.bail();
    code.end();
    const top = code.loop();
    this.body.storeUnwind(UNWIND.none);
    code.get(this.body.frame);
    this.body.resumeIndex();
    const { enter } = this.body.module;
    if (enter === undefined) code.callIndirect(this.body.module.type([I32], []));
    else code.call(enter);
    this.body.loadCell(OP.i32_load, CELL.unw);
    code.i32(UNWIND.reenter);
    code.op(OP.i32_eq);
    code.brIf(top);
    code.end();
    this.body.loadCell(OP.i32_load, CELL.unw);
    code.if();
    this.body.bail();
    code.end();
    results.forEach((type, i) => this.body.loadCell(loadOp(type), CELL.results + 8 * i));
    code.return();
  }
}
