/**
 * Natives of package time: the table of zones, which is read when a program first asks for a place.
 *
 * It knows nothing of what a line says; rules.go does. Go: time/zoneinfo_read.go, lib/time/zoneinfo.zip.
 */
import { assetText } from "../../base/assets.ts";
import type { NativeFunction, NativeMachine, Natives } from "../../runtime/index.ts";

const TABLE = "src/std/time/zones.txt";

/** The body of the function that zone.go declares without one. */
export const timeNatives: Natives = new Map<string, (machine: NativeMachine) => NativeFunction>([["time.placeText", placeText]]);

/** (name) → the line of that place behind its names, whether there is one. */
function placeText(machine: NativeMachine): NativeFunction {
  let lines: Map<string, string> | undefined;
  return (at: number, length: bigint) => {
    lines ??= readTable();
    const line = lines.get(machine.goString(at >>> 0, length));
    return line === undefined ? [0, 0n, 0] : [...machine.newString(line), 1];
  };
}

function readTable(): Map<string, string> {
  const lines = new Map<string, string>();
  for (const line of (assetText(TABLE) ?? "").split("\n")) {
    const end = line.indexOf("|");
    if (end >= 0) for (const name of line.slice(0, end).split(" ")) lines.set(name, line.slice(end + 1));
  }
  return lines;
}
