/**
 * Exact constants: booleans, byte strings, integers, rationals and complex numbers, as the compiler computes with them.
 *
 * The room knows values, not types: whether a constant fits its type is the checker's question.
 *
 * Go: GOROOT/src/go/constant.
 */
export type { Value } from "./value.ts";
export {
  bitLen, boolVal, denom, imag, int64Val, makeBool, makeComplex, makeFloat64, makeImag, makeInt64, makeRational, makeString, makeUnknown, numer, real, sign,
  stringVal, uint64Val,
} from "./value.ts";
export { float32Val, float64Val, roundTo, toComplex, toFloat, toInt } from "./convert.ts";
export { binaryOp, compare, type CompareOp, type ConstantOp, shift, unaryOp } from "./operate.ts";
export { fromExactString, makeFromLiteral } from "./literal.ts";
export { exactString, formatFloat64, valueString } from "./format.ts";
export { isPrint, quote, quoteRune, runeWidth } from "./printable.ts";
