/**
 * Functions for which the compiler has own instructions on amd64: a call of one costs its node and is never inlined.
 *
 * Only for packages that are analysed from their text; facts say it of the functions that programs can call.
 *
 * Go: cmd/compile/internal/ssagen/intrinsics.go.
 */
import type { Func } from "../ir/index.ts";

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
const each = (ops: string, types: string): string => ops.split(" ").flatMap((op) => types.split(" ").map((t) => op + t)).join(" ");

/** By import path. */
const INTRINSICS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["internal/runtime/math", words("Add64 Mul64 MulUintptr")],
  ["crypto/internal/constanttime", words("Select boolToUint8")],
  ["math/big", words("mulWW")],
  ["math", words("Ceil FMA Floor RoundToEven Trunc sqrt")],
  ["math/bits", words(`Add Add64 Sub Sub64 Mul Mul64 Div Div64 ReverseBytes32 ReverseBytes64 ${each("Len OnesCount", "16 32 64")} Len Len8 OnesCount `
    + "RotateLeft RotateLeft8 RotateLeft16 RotateLeft32 RotateLeft64 TrailingZeros8 TrailingZeros16 TrailingZeros32 TrailingZeros64")],
  ["internal/runtime/sys", words("Bswap32 Bswap64 GetCallerPC GetCallerSP GetClosurePtr Len8 Len64 OnesCount64 Prefetch PrefetchStreamed TrailingZeros8 TrailingZeros32 TrailingZeros64")],
  ["sync/atomic", words(`${each("Add And Or", "Int32 Int64 Uint32 Uint64 Uintptr")} ${each("CompareAndSwap Load Store Swap", "Int32 Int64 Uint32 Uint64 Uintptr")} LoadPointer`)],
  ["sync", words("runtime_LoadAcquintptr runtime_StoreReluintptr")],
  ["runtime", words("KeepAlive slicebytetostringtmp")],
  ["internal/runtime/maps", words("bitsetFirst bitsetRemoveBelow bitsetLowestSet bitsetShiftOutLowest ctrlGroupMatchH2 ctrlGroupMatchEmpty ctrlGroupMatchEmptyOrDeleted ctrlGroupMatchFull")],
  ["internal/runtime/atomic", words(`And And8 And32 And64 Or Or8 Or32 Or64 Cas Cas64 CasRel Casint32 Casint64 Casp1 Casuintptr Load Load8 Load64 LoadAcq LoadAcq64 LoadAcquintptr `
    + `Loadp Loaduint Loadint32 Loadint64 Loaduintptr Store Store8 Store64 StoreRel StoreRel64 StoreReluintptr Storeint32 Storeint64 StorepNoWB Storeuintptr ${each("Xadd Xchg", "int32 int64 uintptr 64")} Xadd Xchg Xchg8`)],
]);

/** Whether calls of `fn` become instructions. */
export const isIntrinsic = (fn: Func): boolean => INTRINSICS.get(fn.pkg.path)?.has(fn.printed) === true;
