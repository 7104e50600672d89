/**
 * Strings: concatenation and the conversions between strings, bytes and runes. The work is done by our Go text in internal/runtime.
 *
 * A result that does not escape gets a buffer of 32 bytes in the frame, as in Go.
 *
 * Go: cmd/compile/internal/walk/expr.go (walkAddString), convert.go.
 */
import { MAP } from "../../abi/structs.ts";
import { bug } from "../../base/bug.ts";
import { stringVal } from "../constant/index.ts";
import { I32, I64, OP } from "../../wasm/opcodes.ts";
import type { ConvExpr, Expr } from "../ir/index.ts";
import type { Fn, Value } from "./context.ts";
import { single, value } from "./operand.ts";
import { intKind } from "./kinds.ts";
import { i32, i64, type LExpr, op } from "./lir.ts";

/** Go: tmpstringbufsize. */
const BUFFER = 32;

/** A buffer in the frame for a result that does not escape, else nil. */
function buffer(c: Fn, inFrame: boolean, size = BUFFER): LExpr {
  return inFrame ? c.frame(c.object(size, [])) : i32(0);
}

/** x + y + ... */
export function addStrings(c: Fn, list: readonly Expr[], inFrame: boolean): Value {
  const flat = list.flatMap(flatten);
  const alloc = { what: "string concatenation", type: "string" };
  const buf = buffer(c, inFrame);
  if (flat.length === 2 || flat.length === 3) {
    const parts = flat.flatMap((x) => value(c, x));
    return c.text(flat.length === 2 ? "concatstring2" : "concatstring3", [buf, ...parts], alloc);
  }
  const parts = flat.map((x) => value(c, x).map((v, i) => c.save(v, i === 0)));
  const pointers = parts.map((_, i) => i * 16);
  const object = c.outgoingObject(parts.length * 16, pointers);
  parts.forEach((part, i) => {
    c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: c.frame(object, i * 16), x: op(OP.i64_extend_i32_u, part[0] ?? bug("no pointer")) });
    c.emit({ kind: "store", op: OP.i64_store, offset: 0, addr: c.frame(object, i * 16 + 8), x: part[1] ?? bug("no length") });
  });
  const result = c.text("concatstrings", [buf, c.frame(object), i64(parts.length), i64(parts.length)], alloc, [object]);
  c.outgoing = 0;
  return result;
}

function flatten(n: Expr): Expr[] {
  if (n.kind === "ADDSTR" && n.init.length === 0) return n.list.flatMap(flatten);
  return [n];
}

/** The bytes of a constant: an array of just their number, not of a size class. Go: walkStringToBytes. */
function constantBytes(c: Fn, n: ConvExpr, size: number, inFrame: boolean): Value {
  const from = value(c, n.x)[0] ?? bug("no pointer");
  if (size === 0) return [i32(MAP.zerobase), i64(0), i64(0)];
  const alloc = { what: "[]byte(string)", type: "[]byte" };
  const to = inFrame && size <= MAX_FRAME_BYTES ? c.frame(c.object(size, [])) : c.save(c.entry("mallocgc", [i32(size), i32(0), i32(0)], alloc)[0] ?? bug("no object"), true);
  c.copy(to, from, size);
  return [to, i64(size), i64(size)];
}

/** Longer constants are on the heap even if they could stay, since our stacks begin smaller. */
const MAX_FRAME_BYTES = 65536;

/** Between strings, byte slices, rune slices and runes. */
export function convertText(c: Fn, n: ConvExpr): Value {
  const inFrame = n.esc === "none";
  switch (n.kind) {
    case "BYTES2STR": {
      const [ptr, len] = value(c, n.x);
      return c.text("slicebytetostring", [buffer(c, inFrame), ptr ?? bug("no pointer"), len ?? bug("no length")], { what: "string(bytes)", type: "string" });
    }
    case "BYTES2STRTMP": return value(c, n.x).slice(0, 2);
    case "STR2BYTES":
      if (n.x.kind === "LITERAL") return constantBytes(c, n, stringVal(n.x.value).length, inFrame);
      return c.text("stringtoslicebyte", [buffer(c, inFrame), ...value(c, n.x)], { what: "[]byte(string)", type: "[]byte" });
    case "STR2BYTESTMP": {
      const [ptr, len] = value(c, n.x);
      const length = c.reuse(len ?? bug("no length"));
      const p = c.reuse(ptr ?? bug("no pointer"), true);
      // The bytes of an empty string are an empty slice, not a nil one.
      return [{ kind: "choose", type: I32, cond: p, x: p, y: i32(MAP.zerobase) }, length, length];
    }
    case "RUNES2STR": return c.text("slicerunetostring", [buffer(c, inFrame), ...value(c, n.x)], { what: "string(runes)", type: "string" });
    case "STR2RUNES": return c.text("stringtoslicerune", [buffer(c, inFrame, 4 * BUFFER), ...value(c, n.x)], { what: "[]rune(string)", type: "[]rune" });
    case "RUNESTR": {
      const k = intKind(n.x.type);
      const x = single(c, n.x);
      const wide = x.type === I64 ? x : op(k?.signed === false ? OP.i64_extend_i32_u : OP.i64_extend_i32_s, x);
      return c.text("intstring", [buffer(c, inFrame, 4), wide], { what: "string(rune)", type: "string" });
    }
    default: return bug(`${n.kind} is no conversion of text`);
  }
}
