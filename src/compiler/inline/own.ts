/**
 * Tells whether the body of a library function in our own text is that of the real one, of which only a fingerprint is known.
 *
 * Never decides anything: it is for what -m=2 shows. test/oracle/facts/instances.mjs makes the same fingerprints from the real bodies.
 */
import { sha256 } from "../../base/sha256.ts";

/** More places than these are not tried. */
const MOST_PLACES = 8;

/**
 * Whether the body of the instance `name` has a fingerprint, whatever its type arguments are. A type that the body itself names may be
 * one of them (`int` in `Seq2[int,E]`), so each place is tried both ways.
 */
export function hasFingerprint(name: string, body: string, print: string): boolean {
  const parts = generalised(name, body).split(/(\u00a7\d)/);
  const args = argumentsOf(name);
  const places = Math.min((parts.length - 1) / 2, MOST_PLACES);
  for (let kept = 0; kept < 2 ** places; kept++) {
    const text = parts.map((part, i) => (i % 2 === 1 && (i - 1) / 2 < places && (kept >> ((i - 1) / 2)) & 1 ? (args[Number(part.slice(1))] ?? part) : part));
    if (fingerprint(text.join("")) === print) return true;
  }
  return false;
}

/** The body with numbers in place of the type arguments. */
function generalised(name: string, body: string): string {
  const args = argumentsOf(name).map((arg, i) => [arg, `\u00a7${i}`] as const).sort((a, b) => b[0].length - a[0].length);
  return args.reduce((text, [arg, to]) => text.replaceAll(arg, to), body);
}

function fingerprint(general: string): string {
  return [...sha256(general).slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The type arguments in a name. */
function argumentsOf(name: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = name.indexOf("[") + 1;
  for (let i = from; from > 0 && i < name.length; i++) {
    const c = name[i] ?? "";
    if (depth === 0 && (c === "," || c === "]")) {
      found.push(name.slice(from, i));
      from = i + 1;
      if (c === "]") break;
    } else if ("[({".includes(c)) depth++;
    else if ("])}".includes(c)) depth--;
  }
  return found;
}
