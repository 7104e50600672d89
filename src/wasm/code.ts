/**
 * The body of one function, written instruction by instruction.
 *
 * Blocks are named by what `block`, `loop` and `if` return, so a branch says its target and not a depth:
 *
 *     const c = new Code(1);                    // one parameter: local 0
 *     const i = c.local(I32);
 *     const top = c.loop();
 *     c.get(i); c.i32(1); c.op(OP.i32_add); c.tee(i);
 *     c.get(0); c.op(OP.i32_lt_u); c.brIf(top);
 *     c.end();
 *
 * Nothing is checked here: WebAssembly's own validation does that.
 */
import { ByteWriter } from "./bytes.ts";
import { alignmentOf, OP, type V128, type ValType } from "./opcodes.ts";

/** An open block, loop or if: its nesting depth, counted from 1 (0 is the function itself). */
export type Label = number;

type LocalType = ValType | typeof V128;

const NO_RESULT = 0x40;

export class Code {
  readonly #out = new ByteWriter();
  readonly #params: number;
  readonly #locals: LocalType[] = [];
  readonly #patches: { readonly at: number; readonly kind: number }[] = [];
  #depth = 0;

  constructor(params: number) {
    this.#params = params;
  }

  /** A new local, set to zero at entry; returns its index. */
  local(type: LocalType): number {
    return this.#params + this.#locals.push(type) - 1;
  }

  /** How many locals there are, parameters included. */
  get locals(): number {
    return this.#params + this.#locals.length;
  }

  get(local: number): void {
    this.#out.u8(OP.local_get);
    this.#out.u32(local);
  }

  set(local: number): void {
    this.#out.u8(OP.local_set);
    this.#out.u32(local);
  }

  tee(local: number): void {
    this.#out.u8(OP.local_tee);
    this.#out.u32(local);
  }

  globalGet(index: number): void {
    this.#out.u8(OP.global_get);
    this.#out.u32(index);
  }

  globalSet(index: number): void {
    this.#out.u8(OP.global_set);
    this.#out.u32(index);
  }

  i32(value: number): void {
    this.#out.u8(OP.i32_const);
    this.#out.s32(value);
  }

  /** A constant that whoever links the module adds something to; `kind` is theirs. `ModuleBuilder.patches` tells where it ended up. */
  patched(value: number, kind: number): void {
    this.#out.u8(OP.i32_const);
    this.#patches.push({ at: this.#out.length, kind });
    this.#out.padded32(value);
  }

  i64(value: number | bigint): void {
    this.#out.u8(OP.i64_const);
    this.#out.s64(value);
  }

  f32(value: number): void {
    this.#out.u8(OP.f32_const);
    this.#out.f32(value);
  }

  f64(value: number): void {
    this.#out.u8(OP.f64_const);
    this.#out.f64(value);
  }

  /** An instruction without immediates. */
  op(op: number): void {
    if (op < 0x100) return this.#out.u8(op);
    this.#out.u8(op >>> 8);
    this.#out.u32(op & 0xff);
  }

  /** A load or store at the address on the stack plus `offset`, with natural alignment unless `align` (log2) says less. */
  mem(op: number, offset: number, align = alignmentOf(op)): void {
    this.op(op);
    this.#out.u32(align);
    this.#out.u32(offset);
  }

  /** (destination, source, length) → nothing. */
  memoryCopy(): void {
    this.op(OP.memory_copy);
    this.#out.u8(0);
    this.#out.u8(0);
  }

  /** (destination, byte, length) → nothing. */
  memoryFill(): void {
    this.op(OP.memory_fill);
    this.#out.u8(0);
  }

  memorySize(): void {
    this.#out.u8(OP.memory_size);
    this.#out.u8(0);
  }

  memoryGrow(): void {
    this.#out.u8(OP.memory_grow);
    this.#out.u8(0);
  }

  call(func: number): void {
    this.#out.u8(OP.call);
    this.#out.u32(func);
  }

  /** Calls through a table; the table index is on top of the stack. */
  callIndirect(type: number, table = 0): void {
    this.#out.u8(OP.call_indirect);
    this.#out.u32(type);
    this.#out.u32(table);
  }

  /** Opens a block; a branch to it leaves it. */
  block(result?: ValType): Label {
    return this.#open(OP.block, result);
  }

  /** Opens a loop; a branch to it starts it again. */
  loop(result?: ValType): Label {
    return this.#open(OP.loop, result);
  }

  /** Opens what runs if the i32 on the stack is not zero. */
  if(result?: ValType): Label {
    return this.#open(OP.if, result);
  }

  else(): void {
    this.#out.u8(OP.else);
  }

  /** Closes the innermost open block, loop or if. */
  end(): void {
    this.#out.u8(OP.end);
    this.#depth--;
  }

  br(label: Label): void {
    this.#out.u8(OP.br);
    this.#out.u32(this.#depth - label);
  }

  brIf(label: Label): void {
    this.#out.u8(OP.br_if);
    this.#out.u32(this.#depth - label);
  }

  /** Branches to the label whose number is on the stack; numbers beyond the last go to `otherwise`. */
  brTable(labels: readonly Label[], otherwise: Label): void {
    this.#out.u8(OP.br_table);
    this.#out.u32(labels.length);
    for (const label of labels) this.#out.u32(this.#depth - label);
    this.#out.u32(this.#depth - otherwise);
  }

  return(): void {
    this.#out.u8(OP.return);
  }

  drop(): void {
    this.#out.u8(OP.drop);
  }

  /** Writes the finished body, locals first, with its length; returns where its patched constants are in `out`. */
  writeTo(out: ByteWriter): { readonly at: number; readonly kind: number }[] {
    const body = new ByteWriter(this.#out.length + 16);
    writeLocals(body, this.#locals);
    const head = body.length;
    body.append(this.#out);
    body.u8(OP.end);
    out.sized(body);
    const start = out.length - body.length + head;
    return this.#patches.map(({ at, kind }) => ({ at: start + at, kind }));
  }

  #open(op: number, result: ValType | undefined): Label {
    this.#out.u8(op);
    this.#out.u8(result ?? NO_RESULT);
    return ++this.#depth;
  }
}

/** Local declarations: runs of equal types are one entry. */
function writeLocals(out: ByteWriter, locals: readonly LocalType[]): void {
  const runs: { type: LocalType; count: number }[] = [];
  for (const type of locals) {
    const last = runs[runs.length - 1];
    if (last?.type === type) last.count++;
    else runs.push({ type, count: 1 });
  }
  out.u32(runs.length);
  for (const run of runs) {
    out.u32(run.count);
    out.u8(run.type);
  }
}
