/**
 * Go's library as the compiler sees it: facts and Go text by import path, read when a package is first asked for.
 *
 * The facts are generated (test/oracle/facts); what they mean is written in src/compiler/types/facts.ts, who turns them into types is
 * src/compiler/types/importfacts.ts.
 */
import { assetNames, assetText } from "../base/assets.ts";
import { encodeUtf8 } from "../base/source.ts";
import type { Importer, PackageFacts } from "../compiler/index.ts";

/** The library as the compiler sees it. Each package is read at most once by one importer. */
export function stdImporter(): Importer {
  const read = new Map<string, PackageFacts | undefined>();
  let paths: readonly string[] | undefined;
  return {
    facts(path) {
      if (!read.has(path)) read.set(path, readFacts(path));
      return read.get(path);
    },
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

/** Import paths are folders below `facts`; anything that could leave them is no package. */
function readFacts(path: string): PackageFacts | undefined {
  if (!PATH.test(path)) return undefined;
  const text = assetText(`src/std/facts/${path}.json`);
  return text === undefined ? undefined : (JSON.parse(text) as PackageFacts);
}
