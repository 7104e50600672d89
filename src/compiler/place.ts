/** What a checked program has at a place of its text: questions of commands that edit or explain. */
import type { Position } from "../base/source.ts";
import type { Checked } from "./check.ts";
import { type Package, typeString } from "./types/index.ts";

/** The type of the variable that is declared at a place, as the program would write it. */
export function declaredTypeAt({ info, sources, pkg }: Checked, { file, line, col }: Position): string | undefined {
  for (const [name, obj] of info.defs) {
    if (obj?.kind !== "Var" || !obj.type) continue;
    const at = sources.position(name.pos);
    if (at.line === line && at.col === col && at.file === file) return typeString(obj.type, (p: Package) => (p === pkg ? "" : p.name));
  }
  return undefined;
}
