/**
 * How print, println and crash texts write numbers.
 *
 * Integers and floats only; strings are written as they are. fmt and strconv are Go text of their own.
 *
 * Go: runtime/print.go; since Go 1.26 floats are written in their shortest form ('g', -1).
 */

/** `v` as strconv.FormatFloat(v, 'g', -1, 64). */
export const formatFloat64 = (v: number): string => formatShortest(v, v.toExponential());

/** `v`, a float32, as strconv.FormatFloat(v, 'g', -1, 32). */
export function formatFloat32(v: number): string {
  for (let digits = 0; digits < 9; digits++) {
    const text = v.toExponential(digits);
    if (Math.fround(Number(text)) === v) return formatShortest(v, text);
  }
  return formatShortest(v, v.toExponential());
}

/** A complex number from its parts as texts. */
export function formatComplex(re: string, im: string): string {
  return `(${re}${im.startsWith("-") || im.startsWith("+") ? "" : "+"}${im}i)`;
}

/** `exponential` is the shortest form as JavaScript writes it: `1.5e+21`. Go's %g switches to it below 1e-4 and from 1e6 on. */
function formatShortest(v: number, exponential: string): string {
  if (Number.isNaN(v)) return "NaN";
  if (v === Infinity) return "+Inf";
  if (v === -Infinity) return "-Inf";
  const sign = v < 0 || Object.is(v, -0) ? "-" : "";
  const [mantissa = "0", power = "0"] = exponential.replace(/^-/, "").split("e");
  const digits = mantissa.replace(".", "").replace(/0+$/, "") || "0";
  const exponent = Number(power);
  if (v !== 0 && (exponent < -4 || exponent >= SHORTEST_LIMIT)) {
    const point = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    const size = Math.abs(exponent);
    return `${sign}${point}e${exponent < 0 ? "-" : "+"}${size < 10 ? "0" : ""}${size}`;
  }
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return sign + digits.padEnd(exponent + 1, "0");
  return `${sign}${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** internal/strconv/ftoa.go (formatDigits): with the shortest digits, %e from this exponent on. */
const SHORTEST_LIMIT = 6;

/** `v` in hexadecimal as pointers are printed. */
export const formatHex = (v: bigint | number): string => `0x${v.toString(16)}`;
