/**
 * Go's library as the compiler sees it: facts and Go text by import path, read when a package is first asked for.
 *
 * The facts are generated (test/oracle/facts); what they mean is written in src/compiler/types/facts.ts, who turns them into types is
 * src/compiler/types/importfacts.ts.
 */
import { assetNames, assetText } from "../base/assets.ts";
import { encodeUtf8 } from "../base/source.ts";
import type { Importer, PackageFacts, Placed, VerboseFacts } from "../compiler/index.ts";

/** The library as the compiler sees it. Each package is read at most once by one importer. */
export function stdImporter(): Importer {
  const read = new Map<string, PackageFacts | undefined>();
  let paths: readonly string[] | undefined;
  return {
    facts(path) {
      if (!read.has(path)) read.set(path, readFacts(path));
      return read.get(path);
    },
    verbose: readVerbose,
    source: readSource,
    paths() {
      paths ??= JSON.parse(assetText("src/std/facts/paths.json") ?? "[]") as readonly string[];
      return paths;
    },
  };
}

/** The Go text of a package. */
function readSource(path: string): { name: string; text: string }[] {
  if (!PATH.test(path)) return [];
  const names = assetNames(`src/std/${path}`).filter((name) => name.endsWith(".go"));
  return names.map((name) => ({ name: `/usr/local/go/src/${path}/${name}`, text: encodeUtf8(assetText(`src/std/${path}/${name}`) ?? "") }));
}

const PATH = /^[a-z0-9]+(?:[./-]?[a-z0-9_]+)*$/i;

/** Which functions of the image have a form whose caller gives the memory for what they return (compiler/lower/placed.ts); written by build.ts. */
export const PLACED = "dist/std/placed.json";

/** Import paths are folders below `facts`; anything that could leave them is no package. */
function readFacts(path: string): PackageFacts | undefined {
  if (!PATH.test(path)) return undefined;
  const text = assetText(`src/std/facts/${path}.json`);
  if (text === undefined) return undefined;
  const facts = JSON.parse(text) as PackageFacts;
  const placed = JSON.parse(assetText(PLACED) ?? "{}") as Readonly<Record<string, Placed>>;
  for (const fn of facts.funcs) {
    const place = fn.recv === undefined ? placed[`${path}.${fn.name}`] : undefined;
    if (place) fn.place = place;
  }
  return facts;
}

/** An entry of a file in `facts/verbose`: lines, or the package that says the same. A line at the place of the one before begins with a tab. */
type VerboseEntry = VerboseFacts & { readonly name: string; readonly of?: string };

function readVerbose(path: string): ReadonlyMap<string, VerboseFacts> {
  const files = new Map<string, readonly VerboseEntry[]>();
  const file = (of: string): readonly VerboseEntry[] => {
    const read = files.get(of) ?? (JSON.parse(assetText(`src/std/facts/verbose/${of}.json`) ?? "[]") as readonly VerboseEntry[]);
    files.set(of, read);
    return read;
  };
  return new Map(file(path).map((entry) => [entry.name, placed(entry.of === undefined ? entry : file(entry.of).find((e) => e.name === entry.name) ?? entry)]));
}

function placed({ t, c, l, e }: VerboseEntry): VerboseFacts {
  const whole = (lines: readonly string[]): string[] => {
    let place = "";
    return lines.map((line) => {
      if (line.startsWith("\t")) return place + line.slice(1);
      place = line.slice(0, line.indexOf(": ") + 2);
      return line;
    });
  };
  return { ...(t && { t }), ...(c && { c }), ...(l && { l: whole(l) }), ...(e && { e: whole(e) }) };
}
