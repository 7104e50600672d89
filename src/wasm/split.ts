/**
 * Takes a module apart: its functions as bytes that can stand in any other module, and the places in them that another module must fill in.
 *
 * Reads what code.ts writes (every call, type and global number is found by walking the instructions); a global that is imported becomes a constant,
 * since its value is known when the function is put to use. Knows nothing of Go.
 *
 * WebAssembly core specification 2.0, chapter 5 (binary format).
 */
import { bug } from "../base/bug.ts";
import { ByteWriter } from "./bytes.ts";
import { OP } from "./opcodes.ts";

/** What a place in a function holds: five bytes of LEB128 each. `base` is a constant that `patches` named. */
export const HOLE = { call: 0, type: 1, global: 2, base: 3 } as const;

export interface Hole {
  /** Offset in the body. */
  readonly at: number;
  readonly kind: number;
  /** Function, type or global number in the old module; for `base` the kind of patch. */
  readonly target: number;
}

export interface SplitFunc {
  readonly type: number;
  /** Locals and instructions, without their length. */
  readonly body: Uint8Array;
  readonly holes: readonly Hole[];
}

export interface SplitImport {
  readonly module: string;
  readonly name: string;
  /** Number of its type, for functions. */
  readonly type: number;
}

/** A module in parts; function and global numbers count imports first. */
export interface SplitModule {
  readonly types: readonly { readonly params: readonly number[]; readonly results: readonly number[] }[];
  readonly importedFuncs: readonly SplitImport[];
  readonly importedGlobals: readonly SplitImport[];
  readonly funcs: readonly SplitFunc[];
  /** Functions by export name. */
  readonly exports: ReadonlyMap<string, number>;
}

/** Where in a module a five-byte constant waits for a base, and which. */
export interface Patch {
  readonly at: number;
  readonly kind: number;
}

/** Reads numbers and names from front to back. */
class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  u8(): number {
    return this.bytes[this.at++] ?? bug("a module ends too early");
  }

  u32(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.u8();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  name(): string {
    const length = this.u32();
    this.at += length;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + this.at - length, length).toString("utf8");
  }

  list<T>(item: () => T): T[] {
    return Array.from({ length: this.u32() }, item);
  }
}

/** Where each section of a module begins, by number. */
function sections(bytes: Uint8Array): Map<number, number> {
  const found = new Map<number, number>();
  const r = new Reader(bytes, 8);
  while (r.at < bytes.length) {
    const id = r.u8();
    const length = r.u32();
    found.set(id, r.at);
    r.at += length;
  }
  return found;
}

/** What a module imports, without compiling it. */
export function importsOf(bytes: Uint8Array): (SplitImport & { readonly kind: number })[] {
  const start = sections(bytes).get(2);
  if (start === undefined) return [];
  const r = new Reader(bytes, start);
  return r.list(() => {
    const module = r.name();
    const name = r.name();
    const kind = r.u8();
    return { module, name, kind, type: importType(r, kind) };
  });
}

/** Reads past the type of an import; answers the number of a function's. */
function importType(r: Reader, kind: number): number {
  if (kind === 0) return r.u32();
  if (kind === 1) r.u8();
  if (kind === 3) {
    r.at += 2;
    return -1;
  }
  if (r.u8() !== 0) r.u32();
  r.u32();
  return -1;
}

/** Takes `bytes` apart; `patches` are the constants that wait for a base. */
export function splitModule(bytes: Uint8Array, patches: readonly Patch[]): SplitModule {
  const found = sections(bytes);
  const section = <T>(id: number, item: (r: Reader) => T): T[] => {
    const start = found.get(id);
    if (start === undefined) return [];
    const r = new Reader(bytes, start);
    return r.list(() => item(r));
  };
  const types = section(1, (r) => {
    r.u8();
    return { params: r.list(() => r.u8()), results: r.list(() => r.u8()) };
  });
  const imports = importsOf(bytes);
  const funcTypes = section(3, (r) => r.u32());
  const exports = section(7, (r) => ({ name: r.name(), kind: r.u8(), index: r.u32() }));
  const waiting = new Map(patches.map(({ at, kind }) => [at, kind]));
  const bodies = section(10, (r) => {
    const end = r.u32() + r.at;
    const body = rewrite(r, end, waiting);
    r.at = end;
    return body;
  });
  return {
    types,
    importedFuncs: imports.filter((i) => i.kind === 0),
    importedGlobals: imports.filter((i) => i.kind === 3),
    funcs: bodies.map((body, i) => ({ type: funcTypes[i] ?? bug("a function without a type"), ...body })),
    exports: new Map(exports.filter((e) => e.kind === 0).map((e) => [e.name, e.index])),
  };
}

/** Copies one body, making room for five bytes wherever another module's numbers will stand. */
function rewrite(r: Reader, end: number, patches: ReadonlyMap<number, number>): { body: Uint8Array; holes: Hole[] } {
  const out = new ByteWriter(end - r.at + 64);
  const holes: Hole[] = [];
  let copied = r.at;
  const copy = (): void => {
    out.raw(r.bytes.subarray(copied, r.at));
    copied = r.at;
  };
  const hole = (kind: number, target: number): void => {
    holes.push({ at: out.length, kind, target });
    out.padded32(0);
    copied = r.at;
  };
  r.list(() => (r.u32(), r.u8()));
  while (r.at < end) {
    const op = r.u8();
    switch (op) {
      case OP.call:
        copy();
        hole(HOLE.call, r.u32());
        break;
      case OP.call_indirect:
        copy();
        hole(HOLE.type, r.u32());
        r.u8();
        break;
      case OP.global_get:
        r.at--;
        copy();
        r.at++;
        out.u8(OP.i32_const);
        hole(HOLE.global, r.u32());
        break;
      case OP.i32_const: {
        const kind = patches.get(r.at);
        if (kind === undefined) skip(r, op);
        else {
          copy();
          holes.push({ at: out.length, kind: HOLE.base, target: kind });
          r.at += 5;
        }
        break;
      }
      default:
        skip(r, op);
    }
  }
  copy();
  return { body: out.bytes(), holes };
}

/** Reads past what follows an instruction. */
function skip(r: Reader, op: number): void {
  if (op >= OP.i32_load && op <= OP.i64_store32) {
    r.u32();
    r.u32();
    return;
  }
  switch (op) {
    case OP.block: case OP.loop: case OP.if: case OP.memory_size: case OP.memory_grow:
      r.u8();
      return;
    case OP.br: case OP.br_if: case OP.local_get: case OP.local_set: case OP.local_tee: case OP.i32_const: case OP.i64_const:
      while (r.u8() >= 0x80);
      return;
    case OP.br_table:
      r.list(() => r.u32());
      r.u32();
      return;
    case OP.f32_const:
      r.at += 4;
      return;
    case OP.f64_const:
      r.at += 8;
      return;
    case 0xfc: {
      const second = r.u32();
      r.at += second === (OP.memory_copy & 0xff) ? 2 : second === (OP.memory_fill & 0xff) ? 1 : 0;
      return;
    }
    case 0xfd: {
      const second = r.u32();
      if (second !== (OP.v128_load & 0xff) && second !== (OP.v128_store & 0xff)) return;
      r.u32();
      r.u32();
      return;
    }
    case OP.global_set:
      return bug("a function that sets a global");
    default:
      if (op === OP.unreachable || op === OP.nop || op === OP.else || op === OP.end || op === OP.return || op === OP.drop || op === OP.select) return;
      if (op < OP.i32_eqz || op > OP.i64_extend32_s) bug(`instruction 0x${op.toString(16)} is not known here`);
  }
}
