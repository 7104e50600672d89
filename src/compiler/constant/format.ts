/**
 * Constants as the compiler prints them. Texts, not byte strings.
 *
 * Go: GOROOT/src/go/constant/value.go (String, ExactString), strconv (formatting of floats).
 */
import { bitLength } from "./bits.ts";
import { float64Val, toFloat } from "./convert.ts";
import { powerOfTen } from "./literal.ts";
import { quote } from "./printable.ts";
import { makeFloat64, makeScaled, type FloatValue, type Value } from "./value.ts";

/** A string longer than this many characters, quotes included, is shortened. */
const MAX_QUOTED = 72;

/** Short and readable: long strings are cut, floats have six digits. Go: Value.String; what `-m` and error messages show. */
export function valueString(x: Value): string {
  switch (x.kind) {
    case "unknown":
      return "unknown";
    case "bool":
      return String(x.value);
    case "string": {
      const quoted = [...quote(x.value)];
      return quoted.length > MAX_QUOTED ? `${quoted.slice(0, MAX_QUOTED - 3).join("")}...` : quoted.join("");
    }
    case "int":
      return x.value.toString();
    case "float":
      return floatString(x);
    case "complex":
      return `(${valueString(x.re)} + ${valueString(x.im)}i)`;
  }
}

/** The value to the last bit. Go: Value.ExactString. */
export function exactString(x: Value): string {
  switch (x.kind) {
    case "string":
      return quote(x.value);
    case "float": {
      if (x.exp === undefined) return x.den === 1n ? x.num.toString() : `${x.num}/${x.den}`;
      const magnitude = x.num < 0n ? -x.num : x.num;
      const length = bitLength(magnitude);
      const exp = length + x.exp;
      const digits = (magnitude << BigInt((4 - (length % 4)) % 4)).toString(16).replace(/0+$/, "");
      return `${x.num < 0n ? "-" : ""}0x.${digits}p${exp < 0 ? "" : "+"}${exp}`;
    }
    case "complex":
      return `(${exactString(x.re)} + ${exactString(x.im)}i)`;
    default:
      return valueString(x);
  }
}

function floatString(x: FloatValue): string {
  if (x.num === 0n) return "0";
  const { value } = float64Val(x);
  if (value === 0 || !Number.isFinite(value)) return hugeString(x);
  const six = formatFloat64(value, 6);
  // Go looks at the number as 512 bits hold it.
  const rounded = makeScaled(x.num, x.den, x.exp ?? 0);
  const whole = rounded.kind === "float" && (rounded.exp ?? 0) >= 0;
  return !whole && !six.includes(".") ? formatFloat64(value) : six;
}

// GOROOT/src/math: Ln2 / Ln10.
const LOG10_OF_2 = 0.30102999566398119521373889472449302676818988146210854131;

/** Beyond float64: six digits and a decimal exponent, which Go estimates from the binary one (so 7e-400 shows as 0.7e-399). */
function hugeString(x: FloatValue): string {
  const rounded = makeScaled(x.num, x.den, x.exp ?? 0);
  if (rounded.kind !== "float") return "unknown";
  const size = bitLength(rounded.num) + (rounded.exp ?? 0);
  const estimate = Math.trunc(size * LOG10_OF_2);
  const [power, scale] = powerOfTen(estimate < 0 ? -estimate : estimate);
  const { num, exp = 0 } = rounded;
  const mantissa = estimate < 0 ? makeScaled(num * power, 1n, exp + scale) : makeScaled(num, power, exp - scale);
  const { value } = float64Val(mantissa);
  const magnitude = value < 0 ? -value : value;
  const [m, e] = magnitude < 1 - 0.5e-6 ? [value * 10, estimate - 1] : magnitude >= 10 ? [value / 10, estimate + 1] : [value, estimate];
  return `${formatFloat64(m, 6)}e${e < 0 ? "" : "+"}${e}`;
}

/** num/den (both positive) rounded to `count` decimal digits, ties to even; the value is 0.digits * 10^point. */
function decimal(num: bigint, den: bigint, count: number): { readonly digits: string; readonly point: number } {
  let point = Math.floor((bitLength(num) - bitLength(den)) * 0.30103) + 1;
  for (;;) {
    const shift = count - point;
    const [a, b] = shift >= 0 ? [num * 10n ** BigInt(shift), den] : [num, den * 10n ** BigInt(-shift)];
    const twice = 2n * (a % b);
    const down = a / b;
    const rounded = twice > b || (twice === b && down % 2n === 1n) ? down + 1n : down;
    const digits = rounded.toString();
    if (down !== 0n && digits.length === count) return { digits, point };
    point += digits.length - count || -1;
  }
}

/** `%.<digits>g`, or `%g` (as few digits as tell the number apart) without `digits`. Go: strconv.FormatFloat. */
export function formatFloat64(value: number, digits?: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
  const magnitude = value < 0 ? -value : value;
  const { digits: all, point } = digits === undefined ? shortest(magnitude) : exactDigits(magnitude, digits);
  const kept = all.replace(/0+$/, "");
  const exp = point - 1;
  const limit = digits ?? 6;
  const body = exp < -4 || exp >= limit ? scientific(kept, exp) : plain(kept, point);
  return value < 0 ? `-${body}` : body;
}

function scientific(digits: string, exp: number): string {
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
  return `${digits[0] ?? ""}${fraction}e${exp < 0 ? "-" : "+"}${String(exp < 0 ? -exp : exp).padStart(2, "0")}`;
}

function plain(digits: string, point: number): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  return digits.length <= point ? digits.padEnd(point, "0") : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The language guarantees what Go computes: the fewest digits that read back as `value`, the closest of them. */
function shortest(value: number): { readonly digits: string; readonly point: number } {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

function exactDigits(value: number, count: number): { readonly digits: string; readonly point: number } {
  const exact = toFloat(makeFloat64(value));
  return exact.kind === "float" ? decimal(exact.num, exact.den, count) : { digits: "0", point: 1 };
}
