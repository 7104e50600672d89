/**
 * The shipped image of Go's library: our Go text compiled when the package is built, one unit a package, read when a program needs it.
 *
 * `dist/std/PATH.json` holds what linking needs, `.wasm` the code, `.resume.wasm` the resume code, which few runs ever load. build.ts writes
 * them; this file reads them and decides which packages a program needs.
 */
import type { FuncInfo, Program, SiteInfo } from "../abi/program.ts";
import { assetBytes, assetText } from "../base/assets.ts";
import { bug } from "../base/bug.ts";
import type { Position } from "../base/source.ts";

/** Where the image lies inside the package. */
export const IMAGE = "dist/std";

/** A unit as it is stored; positions are `[file, line, col]` with an index into `files`. */
export interface StoredUnit {
  readonly imports: readonly string[];
  readonly files: readonly string[];
  readonly funcs: readonly (readonly [Omit<FuncInfo, "at">, StoredPosition])[];
  readonly sites: readonly StoredSite[];
  readonly program: Omit<Program, "wasm" | "resume" | "data" | "funcs" | "sites">;
  /** Base 64. */
  readonly data: string;
}

export type StoredPosition = readonly [number, number, number];
/** func, pointers, position, and what else a site has. */
export type StoredSite = readonly [number, readonly number[], StoredPosition, Partial<SiteInfo>?];

/** Units that every program needs, whatever it imports. */
export const ALWAYS = ["internal/runtime", "internal/desc", "runtime"] as const;

/** The image, read package by package; one for all processes. */
export class Image {
  readonly #units = new Map<string, { readonly imports: readonly string[]; readonly program: Program } | undefined>();

  /** The units that a program with these imports needs, each after those that it imports itself. */
  closure(imports: readonly string[]): Program[] {
    const order: Program[] = [];
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      const unit = this.#unit(path);
      if (!unit) return;
      for (const p of unit.imports) visit(p);
      order.push(unit.program);
    };
    for (const path of [...ALWAYS, ...imports]) visit(path);
    return order;
  }

  /** Functions and variables that a unit asks of the library and that nothing in `closure(imports)` has, by symbol. */
  missing(program: Program, imports: readonly string[], beside: readonly Program[] = []): string[] {
    const known = new Set([...this.closure(imports), ...beside].flatMap((p) => [...p.funcs, ...p.symbols].map((s) => s.symbol)));
    for (const own of [...program.funcs, ...program.symbols]) known.add(own.symbol);
    const asked = WebAssembly.Module.imports(new WebAssembly.Module(Uint8Array.from(program.wasm))).filter((i) => ["f", "s", "v"].includes(i.module));
    const related = program.relocations.flatMap((r) => ("symbol" in r.to ? [r.to.symbol] : []));
    return [...new Set([...asked.map((i) => i.name), ...related])].filter((symbol) => !known.has(symbol));
  }

  #unit(path: string): { readonly imports: readonly string[]; readonly program: Program } | undefined {
    if (!this.#units.has(path)) {
      const text = assetText(`${IMAGE}/${path}.json`);
      this.#units.set(path, text === undefined ? undefined : load(path, JSON.parse(text) as StoredUnit));
    }
    return this.#units.get(path);
  }
}

const missing = (path: string): never => bug(`the image of package ${path} is incomplete: build again`);

function load(path: string, stored: StoredUnit): { readonly imports: readonly string[]; readonly program: Program } {
  const at = ([file, line, col]: StoredPosition): Position => ({ file: stored.files[file] ?? "", line, col });
  let resume: Uint8Array | undefined;
  const program: Program = {
    ...stored.program,
    wasm: assetBytes(`${IMAGE}/${path}.wasm`) ?? missing(path),
    data: new Uint8Array(Buffer.from(stored.data, "base64")),
    funcs: stored.funcs.map(([info, place]) => ({ ...info, at: at(place) })),
    sites: stored.sites.map(([func, pointers, place, more]) => ({ func, pointers, at: at(place), ...more })),
    resume: () => {
      resume ??= assetBytes(`${IMAGE}/${path}.resume.wasm`) ?? missing(path);
      return resume;
    },
  };
  return { imports: stored.imports, program };
}
