/**
 * Compiles our Go text of Go's library into the shipped image. Runs when the package is built, after tsc.
 *
 *   node dist/src/std/build.js [PACKAGE…]
 *
 * A package that cannot be compiled is named on standard error and left out, and the build has failed.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LibraryUnit } from "../abi/library.ts";
import type { Program } from "../abi/program.ts";
import type { TypeDesc } from "../abi/types.ts";
import { formatDiagnostic } from "../base/diagnostic.ts";
import { Sources } from "../base/source.ts";
import { analyse, check, emit, openShelf, Packages, type Shelf, type Shelved, shelfFile, type Sibling, siblingOf, type SourceText } from "../compiler/index.ts";
import { calledBy, coldFunctions } from "./cold.ts";
import { ALWAYS, ANNEXES, IMAGE } from "./image.ts";
import { PLACED, stdImporter } from "./importer.ts";
import { stampsText } from "./stamp.ts";
import { openUnit, packUnit } from "./store.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

interface GoPackage {
  readonly path: string;
  readonly files: readonly SourceText[];
  readonly imports: readonly string[];
}

/** What is known of the packages before: their texts, and what was decided about their functions. */
interface Known {
  readonly sources: Sources;
  readonly siblings: Map<string, Sibling>;
  /** Functions that later ones may have in place of calls, by path. */
  readonly shelved: Map<string, readonly Shelved[]>;
  readonly shelf: Shelf;
}

/** Every folder below src/std that holds Go text. */
function packages(dir = ""): GoPackage[] {
  const entries = readdirSync(join(root, "src/std", dir), { withFileTypes: true });
  const below = entries.filter((e) => e.isDirectory() && !(dir === "" && ["common", "facts"].includes(e.name))).flatMap((e) => packages(dir === "" ? e.name : `${dir}/${e.name}`));
  const names = entries.filter((e) => e.isFile() && e.name.endsWith(".go")).map((e) => e.name).sort();
  if (names.length === 0) return below;
  const files = names.map((name) => ({ name: `/usr/local/go/src/${dir}/${name}`, text: readFileSync(join(root, "src/std", dir, name), "latin1") }));
  return [...below, { path: dir, files, imports: [...new Set(files.flatMap((f) => importsOf(f.text)))].sort() }];
}

function importsOf(text: string): string[] {
  const heads = text.match(/^import\s+(?:\([^)]*\)|[^\n]*)/gm) ?? [];
  return heads.flatMap((head) => [...head.matchAll(/"([^"]+)"/g)].map((m) => m[1] ?? "")).filter((p) => p !== "unsafe");
}

/** Packages so that each comes after those it imports. */
function ordered(all: readonly GoPackage[]): GoPackage[] {
  const byPath = new Map(all.map((p) => [p.path, p]));
  const out: GoPackage[] = [];
  const seen = new Set<string>();
  const visit = (p: GoPackage): void => {
    if (seen.has(p.path)) return;
    seen.add(p.path);
    for (const path of p.imports) {
      const other = byPath.get(path);
      if (other) visit(other);
    }
    out.push(p);
  };
  for (const p of all) visit(p);
  return out;
}

function build(): void {
  const importer = new Packages(stdImporter());
  const shelved = new Map<string, readonly Shelved[]>();
  const known: Known = { sources: new Sources(), siblings: new Map(), shelved, shelf: openShelf((path) => shelfFile(shelved.get(path) ?? [])) };
  let bad = 0;
  rmSync(join(root, IMAGE), { recursive: true, force: true });
  const made: [GoPackage, Program][] = [];
  for (const p of ordered(packages())) {
    const result = compile(p, importer, known);
    if (typeof result !== "string") {
      made.push([p, result]);
      continue;
    }
    bad++;
    console.error(`gomem: package ${p.path} is left out: ${result}`);
  }
  const types = mergedTypes(made.map(([, program]) => program));
  const pack = (cold: (symbol: string) => boolean) => made.map(([p, program]) => packUnit(program, p.imports, program.types.map((t) => types.get(t.id) ?? t), cold));
  const units = pack(() => true).map(({ unit, more }, i) => openUnit(made[i]?.[0].path ?? "", unit, () => more));
  const cold = coldFunctions(units, called(units, importer));
  pack((symbol) => cold.has(symbol)).forEach(({ unit, more }, i) => {
    const path = made[i]?.[0].path ?? "";
    store(path, { unit, more, shelf: shelfFile((known.shelved.get(path) ?? []).filter((s) => !s.calls.some((symbol) => cold.has(symbol)))) });
  });
  const placed = made.flatMap(([, program]) => (program.placed ?? []).map(({ symbol, ...place }) => [symbol, place]));
  writeFileSync(join(root, PLACED), JSON.stringify(Object.fromEntries(placed)));
  if (bad > 0) process.exitCode = 1;
}

/** Functions of the library that the common programs beside this file call. */
function called(units: readonly LibraryUnit[], importer: Packages): Set<string> {
  const all = new Set<string>();
  for (const name of readdirSync(join(root, "src/std/common")).sort()) {
    const text = readFileSync(join(root, "src/std/common", name), "latin1");
    const { program, unsupported } = emit(analyse(check({ files: [{ name, text }], importer }), {}));
    if (!program) throw new Error(`${name}: ${unsupported.map(formatDiagnostic).join("\n\t")}`);
    const wanted = closureOf(units, importsOf(text));
    for (const symbol of calledBy(program, wanted)) all.add(symbol);
  }
  return all;
}

/** The units that a program with these imports holds. */
function closureOf(units: readonly LibraryUnit[], imports: readonly string[]): LibraryUnit[] {
  const wanted = new Set<string>([...ALWAYS, ...imports]);
  for (const path of wanted) for (const p of units.find((u) => u.path === path)?.imports() ?? []) wanted.add(p);
  return units.filter((u) => wanted.has(u.path));
}

/** Every type with the code of its methods, whichever unit has it. */
function mergedTypes(programs: readonly Program[]): Map<string, TypeDesc> {
  const merged = new Map<string, TypeDesc>();
  for (const desc of programs.flatMap((p) => p.types)) {
    const known = merged.get(desc.id);
    merged.set(desc.id, known ? withCode(known, desc) : desc);
  }
  return merged;
}

/** `desc` with the code of methods that only `other` knows. */
function withCode(desc: TypeDesc, other: TypeDesc): TypeDesc {
  if (!desc.methods) return desc;
  const methods = desc.methods.map((m) => {
    const symbol = m.symbol ?? other.methods?.find((o) => o.name === m.name && o.pkgPath === m.pkgPath)?.symbol;
    return symbol === undefined ? m : { ...m, symbol };
  });
  return { ...desc, methods };
}

/** Compiles one package, or answers what stood in the way. */
function compile(p: GoPackage, importer: Packages, known: Known): Program | string {
  try {
    const checked = check({ files: p.files, path: p.path, importer, mode: "std", sources: known.sources, siblings: new Map(known.siblings) });
    if (checked.diagnostics.length > 0) return checked.diagnostics.map(formatDiagnostic).join("\n\t");
    importer.add(checked.pkg);
    const analysed = analyse(checked, {});
    const { program, shelved, unsupported } = emit(analysed, { placed: true, shelf: known.shelf });
    known.shelved.set(p.path, shelved ?? []);
    known.siblings.set(p.path, leaksOf(siblingOf(analysed), program?.placed ?? []));
    if (!program) return unsupported.slice(0, 8).map(formatDiagnostic).join("\n\t");
    new WebAssembly.Module(Uint8Array.from(program.wasm));
    return published(p.path, program);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 6).join("\n\t") : String(error);
  }
}

/** How the functions of a package leak. None of them is inlined elsewhere: a body may call what only its own package knows to be the machine's. */
function leaksOf(sibling: Sibling, placed: NonNullable<Program["placed"]>): Sibling {
  const places = new Map(placed.map(({ symbol, ...place }) => [symbol, { place }]));
  return { ...sibling, decided: new Map([...sibling.decided].map(([symbol, { tags }]) => [symbol, { tags, ...places.get(symbol) }])) };
}

/** An annex: its exported variables are those of the package that it belongs to. */
function published(path: string, program: Program): Program {
  const owner = ANNEXES.get(path);
  if (owner === undefined) return program;
  const name = (symbol: string): string => (/^[A-Z]\w*$/.test(symbol.slice(path.length + 1)) ? owner + symbol.slice(path.length) : symbol);
  return { ...program, symbols: program.symbols.map((s) => ({ ...s, symbol: name(s.symbol) })) };
}

function store(path: string, files: Readonly<Record<"unit" | "more" | "shelf", Uint8Array>>): void {
  const file = join(root, IMAGE, path);
  mkdirSync(dirname(file), { recursive: true });
  for (const [ending, bytes] of Object.entries(files)) writeFileSync(`${file}.${ending}`, bytes);
}

build();
writeFileSync(join(root, IMAGE, "built.json"), stampsText());
