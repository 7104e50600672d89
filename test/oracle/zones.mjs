/**
 * Reads the zone database that comes with a real Go (GOROOT/lib/time/zoneinfo.zip, the public IANA tables) and writes src/std/time/zones.txt,
 * the table of time.LoadLocation: a line for each set of rules,
 *
 *     names, separated by blanks|zones: name,seconds east,1 for summer time;…|moments of change|rule for later years
 *
 * The moments are seconds since 1970 in base 36, each after the first as the distance from the one before, followed by the letter of the zone
 * that begins (A is the first). Needs go on PATH.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
const zip = readFileSync(join(root, "lib/time/zoneinfo.zip"));

/** Names and bytes of the stored files of the archive, by its central directory. */
function* entries() {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, nameLen, extraLen, noteLen, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
    const name = zip.toString("latin1", at + 46, at + 46 + nameLen);
    at += 46 + nameLen + extraLen + noteLen;
    if (name.endsWith("/")) continue;
    if (method !== 0) throw new Error(`${name} is compressed`);
    const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    yield [name, zip.subarray(begin, begin + size)];
  }
}

/** Numbers of a TZif header: isutc, isstd, leap seconds, changes, zones, characters. */
const counts = (b, at) => [0, 1, 2, 3, 4, 5].map((i) => b.readUInt32BE(at + 20 + 4 * i));

/** The line of one file, without names. RFC 9636: the second, 64-bit block and the footer. */
function rules(b) {
  const [utc0, std0, leap0, times0, types0, chars0] = counts(b, 0);
  let at = 44 + 5 * times0 + 6 * types0 + chars0 + 8 * leap0 + std0 + utc0;
  const [utc, std, leap, times, types, chars] = counts(b, at);
  at += 44;
  const whens = Array.from({ length: times }, (_, i) => b.readBigInt64BE(at + 8 * i));
  const which = at + 8 * times;
  const names = which + times + 6 * types;
  const zones = Array.from({ length: types }, (_, i) => {
    const z = which + times + 6 * i;
    const from = names + b[z + 5];
    return `${b.toString("latin1", from, b.indexOf(0, from))},${b.readInt32BE(z)}${b[z + 4] ? ",1" : ""}`;
  });
  let last = 0n;
  const moments = whens.map((when, i) => {
    const step = (when - last).toString(36);
    last = when;
    if (b[which + i] > 25) throw new Error("more zones than letters");
    return step + String.fromCharCode(65 + b[which + i]);
  });
  const footer = b.toString("latin1", names + chars + 12 * leap + std + utc).trim();
  if (/J|,\d+[/,]/.test(footer.replace(/<[^>]*>|^[A-Z]+/g, ""))) throw new Error(`a rule by day of the year: ${footer}`);
  return `${zones.join(";")}|${moments.join("")}|${footer}`;
}

const lines = new Map();
for (const [name, bytes] of entries()) {
  const line = rules(bytes);
  lines.set(line, [...(lines.get(line) ?? []), name]);
}
const text = [...lines].map(([line, names]) => `${names.sort().join(" ")}|${line}\n`).sort().join("");
writeFileSync(fileURLToPath(new URL("../../src/std/time/zones.txt", import.meta.url)), text, "latin1");
console.log(lines.size, "sets of rules,", text.length, "bytes");
