/**
 * Tells whether the body of a library function in our own text is that of the real one, of which only a fingerprint is known.
 *
 * Never decides anything: it is for what -m=2 shows. test/oracle/facts/instances.mjs makes the same fingerprints from the real bodies.
 */
import { sha256 } from "../../base/sha256.ts";

/** The fingerprint of a body, whatever the type arguments of the instance `name` are. */
export function fingerprint(name: string, body: string): string {
  const args = argumentsOf(name).map((arg, i) => [arg, `\u00a7${i}`] as const).sort((a, b) => b[0].length - a[0].length);
  const general = args.reduce((text, [arg, to]) => text.replaceAll(arg, to), body);
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
