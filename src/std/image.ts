/**
 * The shipped image of Go's library: our Go text compiled when the package is built, one unit a package, read when a program needs it.
 *
 * build.ts writes `dist/std/PATH.unit` and `.more` in the form of store.ts, `.shelf` beside them; this file reads them and decides which packages a program needs.
 */
import type { LibraryUnit } from "../abi/library.ts";
import type { Program } from "../abi/program.ts";
import { assetBytes } from "../base/assets.ts";
import { bug, NotBuilt } from "../base/bug.ts";
import { later } from "../base/parts.ts";
import { importsOf } from "../wasm/split.ts";
import { staleImage } from "./stamp.ts";
import { openUnit } from "./store.ts";

/** Where the image lies inside the package. */
export const IMAGE = "dist/std";

/** The functions of a package that stand in place of calls in other units (compiler/codegen/shelf.ts), as build.ts wrote them. */
export const shelfBytes = (path: string): Uint8Array | undefined => assetBytes(`${IMAGE}/${path}.shelf`);

/** Units that every program needs, whatever it imports. */
export const ALWAYS = ["internal/runtime", "internal/desc", "runtime"] as const;

/**
 * Units with variables of another package: its tables, which few programs use, so that the others need not load them. Their exported
 * variables are published under that package's path.
 */
export const ANNEXES: ReadonlyMap<string, string> = new Map([["unicode/tables", "unicode"]]);

/** The image, read package by package; one for all processes. */
export class Image {
  readonly #units = new Map<string, LibraryUnit | undefined>();
  /** What was asked for last: the cells of a session need the same. */
  #closure: { readonly of: string; readonly units: readonly LibraryUnit[] } | undefined;

  /** The units that a program with these imports needs, each after those that it imports itself. */
  closure(imports: readonly string[]): readonly LibraryUnit[] {
    const of = imports.join();
    if (this.#closure?.of !== of) this.#closure = { of, units: this.#closureOf(imports) };
    return this.#closure.units;
  }

  #closureOf(imports: readonly string[]): LibraryUnit[] {
    const order: LibraryUnit[] = [];
    const seen = new Set<string>();
    const visit = (path: string): void => {
      if (seen.has(path)) return;
      seen.add(path);
      const unit = this.#unit(path);
      if (!unit) return;
      for (const p of unit.imports()) visit(p);
      order.push(unit);
    };
    for (const path of [...ALWAYS, ...imports]) visit(path);
    return order;
  }

  /** A unit of which `sizes` is known; its file is read when somebody asks for more. */
  later(sizes: Pick<LibraryUnit, "path" | "dataSize" | "slots" | "sites" | "count" | "bodies">): LibraryUnit {
    const unit = later(() => this.#unit(sizes.path) ?? bug(`package ${sizes.path} has left the image`));
    return {
      path: sizes.path, dataSize: sizes.dataSize, slots: sizes.slots, sites: sizes.sites, count: sizes.count, bodies: sizes.bodies,
      imports: () => unit().imports(), inits: () => unit().inits(), data: () => unit().data(), symbols: () => unit().symbols(), roots: () => unit().roots(),
      relocations: () => unit().relocations(), funcs: () => unit().funcs(), refs: () => unit().refs(), signatures: () => unit().signatures(),
      numberOf: (symbol) => unit().numberOf(symbol), info: (n) => unit().info(n), site: (n) => unit().site(n), siteFrame: (n) => unit().siteFrame(n), valueSlot: (n) => unit().valueSlot(n),
      funcOfSlot: (slot) => unit().funcOfSlot(slot), cold: (n) => unit().cold(n), form: (n) => unit().form(n), body: (n) => unit().body(n), resume: (n) => unit().resume(n),
      type: (id) => unit().type(id),
    };
  }

  /** `imports`, and the annexes of them that `program` needs. */
  linked(program: Program, imports: readonly string[]): readonly string[] {
    const near = [...ANNEXES].filter(([, owner]) => imports.includes(owner));
    if (near.length === 0) return imports;
    const missing = this.missing(program, imports);
    return [...imports, ...near.filter(([, owner]) => missing.some((symbol) => symbol.startsWith(`${owner}.`))).map(([path]) => path)];
  }

  /** Functions and variables that a unit asks of the library and that neither `closure(imports)` nor `beside` has, by symbol. */
  missing(program: Program, imports: readonly string[], beside: readonly Program[] = []): string[] {
    const asked = (program.imports ?? importsOf(program.wasm)).flatMap((i) => (i.module === "f" || i.module === "s" || i.module === "v" ? [i.name] : []));
    const related = program.relocations.flatMap((r) => ("symbol" in r.to ? [r.to.symbol] : []));
    const known = new Set([program, ...beside].flatMap((p) => [...p.funcs, ...p.symbols].map((s) => s.symbol)));
    const open = new Set([...asked, ...related].filter((symbol) => !known.has(symbol)));
    if (open.size === 0) return [];
    const units = this.closure(imports);
    for (const { path, numberOf } of units) for (const symbol of open) if (symbol.startsWith(path) && numberOf(symbol) !== undefined) open.delete(symbol);
    for (const { symbols } of open.size === 0 ? [] : units) for (const { symbol } of symbols()) open.delete(symbol);
    return [...open].filter((symbol) => units.every((unit) => unit.numberOf(symbol) === undefined));
  }

  #check(): void {
    const stale = staleImage();
    if (stale !== undefined) throw new NotBuilt(`${stale}: run "npm run build"`);
  }

  #unit(path: string): LibraryUnit | undefined {
    if (!this.#units.has(path)) {
      if (this.#units.size === 0) this.#check();
      const bytes = assetBytes(`${IMAGE}/${path}.unit`);
      this.#units.set(path, bytes && openUnit(path, bytes, () => assetBytes(`${IMAGE}/${path}.more`) ?? bug(`the image of package ${path} is incomplete: build again`)));
    }
    return this.#units.get(path);
  }
}
