/**
 * Two questions that programs ask often and whose answer is mostly the same as before, as WebAssembly: whether a recover() finds a panic, and which
 * itab belongs to an interface and a type. Only where that cannot be told here is TypeScript asked.
 *
 * Itabs that were found are kept in a table of ITABS.size places, by both addresses; whoever changes types empties it (link/descriptors.ts).
 *
 * Go: gorecover in runtime/panic.go; the caches of runtime/iface.go (itabTable, typeAssertCache).
 */
import { CELL, ITABS } from "../../abi/structs.ts";
import { Code } from "../../wasm/code.ts";
import { I32, OP } from "../../wasm/opcodes.ts";
import { G } from "./cells.ts";

/** `gorecover(frame) → word, data`; `recover` is the function that looks for a panic. */
export function recoverCode(recover: number): Code {
  const c = new Code(1);
  c.i32(0);
  c.mem(OP.i32_load, CELL.g);
  c.mem(OP.i32_load, G.panics);
  c.op(OP.i32_eqz);
  c.if();
  c.i32(0);
  c.i32(0);
  c.return();
  c.end();
  c.get(0);
  c.call(recover);
  return c;
}

/** `finditab(interface, type) → itab or 0`; `find` is the function that makes what is not there. */
export function itabCode(find: number): Code {
  const [inter, type] = [0, 1];
  const c = new Code(2);
  const at = c.local(I32);
  // Descriptors are multiples of 8; those of one package lie close together.
  c.get(inter);
  c.i32(ITABS.mix);
  c.op(OP.i32_mul);
  c.get(type);
  c.op(OP.i32_xor);
  c.i32(3);
  c.op(OP.i32_shr_u);
  c.get(type);
  c.i32(11);
  c.op(OP.i32_shr_u);
  c.op(OP.i32_xor);
  c.i32(ITABS.size - 1);
  c.op(OP.i32_and);
  c.i32(4);
  c.op(OP.i32_shl);
  c.set(at);
  for (const [local, offset] of [[inter, ITABS.inter], [type, ITABS.type]] as const) {
    c.get(at);
    c.mem(OP.i32_load, offset);
    c.get(local);
    c.op(OP.i32_eq);
  }
  c.op(OP.i32_and);
  c.if();
  c.get(at);
  c.mem(OP.i32_load, ITABS.itab);
  c.return();
  c.end();
  c.get(at);
  c.get(inter);
  c.get(type);
  c.call(find);
  c.mem(OP.i32_store, ITABS.itab);
  for (const [local, offset] of [[inter, ITABS.inter], [type, ITABS.type]] as const) {
    c.get(at);
    c.get(local);
    c.mem(OP.i32_store, offset);
  }
  c.get(at);
  c.mem(OP.i32_load, ITABS.itab);
  return c;
}
