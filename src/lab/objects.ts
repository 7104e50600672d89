/** What to call an object of the heap: by the place that allocated it, by its type, by its address. */
import type { HeapSnapshot } from "../record/snapshot.ts";
import type { Process } from "../runtime/index.ts";
import { placeOfSite } from "./measure.ts";

/** The place that allocates at a site; of the library its function. */
export function siteText(process: Process, site: number): string {
  const { at, func } = placeOfSite(process, site);
  if (at.line === 0) return "the runtime";
  return at.file.startsWith("/usr/local/go/") ? func : `${at.file}:${at.line}:${at.col}`;
}

/** The type of this number; 0 is none that the heap knows. */
export function typeText(process: Process, number: number): string {
  if (number === 0) return "(not kept)";
  for (const t of process.linker.types.all()) if (t.number === number) return t.desc.string;
  return `type ${number}`;
}

/** `0xc000012345, 24 bytes, allocated at ./main.go:3:4`. */
export function objectText(process: Process, s: HeapSnapshot, i: number): string {
  const type = s.type[i] ? `${typeText(process, s.type[i] ?? 0)}, ` : "";
  return `0x${process.visible(s.addr[i] ?? 0).toString(16)}: ${type}${s.size[i]} bytes, allocated at ${siteText(process, s.site[i] ?? 0)}`;
}
