/**
 * Functions that are instructions: calls of them are replaced where they stand.
 *
 * Only those that WebAssembly has exactly; everything else is called.
 *
 * Go: cmd/compile/internal/ssagen/intrinsics.go.
 */
import { bug } from "../../base/bug.ts";
import { OP } from "../../wasm/opcodes.ts";
import type { Fn, Value } from "./context.ts";
import { i64, type LExpr, op } from "./lir.ts";

type Intrinsic = (c: Fn, args: readonly LExpr[]) => Value;

const one = (code: number): Intrinsic => (_, [x]) => [op(code, x ?? bug("no operand"))];
const two = (code: number): Intrinsic => (_, [x, y]) => [op(code, x ?? bug("no operand"), y ?? bug("no operand"))];
const wide = (x: LExpr): LExpr => op(OP.i64_extend_i32_u, x);
const size = (x: LExpr | undefined): LExpr => op(OP.i32_wrap_i64, x ?? bug("no size"));
const need = (x: LExpr | undefined): LExpr => x ?? bug("no operand");

/** Position of the highest set bit plus one, of a 64-bit number. */
const length64 = (x: LExpr): LExpr => op(OP.i64_sub, i64(64), op(OP.i64_clz, x));

const TABLE: Readonly<Record<string, Intrinsic>> = {
  "internal/runtime.memmove": (c, [to, from, n]) => (c.emit({ kind: "copy", to: need(to), from: need(from), size: size(n) }), []),
  "internal/runtime.memclr": (c, [to, n]) => (c.emit({ kind: "zero", to: need(to), size: size(n) }), []),
  "internal/runtime.madeString": (_, [p, n]) => [need(p), need(n)],
  "internal/runtime.memequal": (c, args) => [c.leaf("memequal", args)],
  "internal/runtime.finditab": (c, args) => [c.leaf("finditab", args)],
  "internal/runtime.mapmove": (c, args) => [c.leaf("mapmove", args)],
  "internal/runtime.CompareStrings": (c, args) => [c.leaf("cmpstring", args)],
  "internal/runtime.IndexByte": (c, args) => [c.leaf("indexbyte", args)],
  "internal/runtime.CountByte": (c, args) => [c.leaf("countbyte", args)],
  "internal/runtime.Index": (c, args) => [c.leaf("memindex", args)],
  "internal/runtime.rand": (c) => [c.leaf("rand", [])],
  "internal/runtime.nanotime": (c) => [c.leaf("nanotime", [])],
  "internal/runtime.bulkBarrier": (c, args) => (c.leafCall("bulkBarrier", args), []),
  "internal/runtime.goready": (c, args) => (c.leafCall("goready", args), []),
  "math.Sqrt": one(OP.f64_sqrt), "math.sqrt": one(OP.f64_sqrt), "math.Floor": one(OP.f64_floor), "math.Ceil": one(OP.f64_ceil), "math.Trunc": one(OP.f64_trunc),
  "math.Abs": one(OP.f64_abs), "math.Copysign": two(OP.f64_copysign), "math.RoundToEven": one(OP.f64_nearest),
  "math.Float64bits": one(OP.i64_reinterpret_f64), "math.Float64frombits": one(OP.f64_reinterpret_i64),
  "math.Float32bits": one(OP.i32_reinterpret_f32), "math.Float32frombits": one(OP.f32_reinterpret_i32),
  "math/bits.TrailingZeros64": one(OP.i64_ctz), "math/bits.TrailingZeros": one(OP.i64_ctz),
  "math/bits.TrailingZeros32": (_, [x]) => [wide(op(OP.i32_ctz, need(x)))],
  "math/bits.LeadingZeros64": one(OP.i64_clz), "math/bits.LeadingZeros": one(OP.i64_clz),
  "math/bits.Len64": (_, [x]) => [length64(need(x))], "math/bits.Len": (_, [x]) => [length64(need(x))],
  "math/bits.Len32": (_, [x]) => [length64(wide(need(x)))],
  "math/bits.OnesCount64": one(OP.i64_popcnt), "math/bits.OnesCount": one(OP.i64_popcnt),
  "math/bits.RotateLeft64": two(OP.i64_rotl), "math/bits.RotateLeft": two(OP.i64_rotl),
  "math/bits.RotateLeft32": (_, [x, n]) => [op(OP.i32_rotl, need(x), size(n))],
};

/** Whether the instruction stands for the function even inside the package that declares it: those have no body there. */
const BODYLESS = /^internal\/runtime\./;

/** The value of a call of `symbol`, if that is no call. `own`: the function is compiled here. */
export function intrinsic(c: Fn, symbol: string, own: boolean, args: readonly LExpr[]): Value | undefined {
  const made = TABLE[symbol];
  if (!made || (own && !BODYLESS.test(symbol))) return undefined;
  return made(c, args);
}
