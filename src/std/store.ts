/**
 * How a package of the library is stored: `PATH.unit` with what linking reads, `PATH.more` with what few runs ask for (resume code, call sites,
 * function records).
 *
 * Each is a file of parts (base/parts.ts). packUnit writes, openUnit reads. Texts of types, sites and functions are JSON of one thing each, parsed
 * one by one.
 */
import { type LibraryBody, type LibraryRef, type LibraryUnit, PLACE } from "../abi/library.ts";
import type { DataSymbol, FuncInfo, Program, Relocation, SiteInfo } from "../abi/program.ts";
import type { TypeDesc } from "../abi/types.ts";
import { bug } from "../base/bug.ts";
import { jsonBytes, later, numberBytes, parsedBytes, Parts, partsFile, type PartsHead, Pieces, pieceAt } from "../base/parts.ts";
import type { Position } from "../base/source.ts";
import { HOLE, type SplitFunc, type SplitModule, splitModule } from "../wasm/split.ts";

type StoredPosition = readonly [number, number, number];

interface UnitHead extends PartsHead<"data" | "symbols" | "roots" | "relocations" | "code" | "codeEnds" | "places" | "placeEnds" | "bodySignatures" | "forms" | "valueSlots" | "siteFrames" | "cold" | "types" | "typeEnds" | "funcs" | "refs" | "signatures" | "typeIds"> {
  readonly imports: readonly string[];
  readonly inits: readonly string[];
  readonly dataSize: number;
  readonly slots: number;
  readonly sites: number;
  readonly count: number;
}

interface MoreHead extends PartsHead<"code" | "codeEnds" | "places" | "placeEnds" | "infos" | "infoEnds" | "sites" | "siteEnds"> {
  readonly files: readonly string[];
  readonly resumeSignature: number;
}

// ---- writing ------------------------------------------------------------------------------------------------

/** Refs and signatures of a unit, numbered; normal and resume code share them. */
class Names {
  readonly refs: LibraryRef[] = [];
  readonly signatures: { params: readonly number[]; results: readonly number[] }[] = [];
  readonly #known = new Map<string, number>();

  ref(ref: LibraryRef): number {
    return this.#number(JSON.stringify(ref), () => this.refs.push(ref) - 1);
  }

  signature(type: { readonly params: readonly number[]; readonly results: readonly number[] } | undefined): number {
    if (!type) return bug("a function without a signature");
    return this.#number(JSON.stringify([type.params, type.results]), () => this.signatures.push(type) - 1);
  }

  #number(key: string, add: () => number): number {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const number = add();
    this.#known.set(key, number);
    return number;
  }
}

/** Places of a body as three numbers each. `own` answers the body that a function number of the module is. */
function placesOf(names: Names, module: SplitModule, func: SplitFunc, own: (name: string) => number | undefined, tables: ReadonlyMap<number, number>): number[] {
  return func.holes.flatMap(({ at, kind, target }) => {
    switch (kind) {
      case HOLE.type:
        return [at, PLACE.type, names.signature(module.types[target])];
      case HOLE.base: {
        const value = kind === HOLE.base && target === 1 ? (tables.get(readHole(func.body, at)) ?? -1) : 0;
        return [at, PLACE.data + target, value];
      }
      case HOLE.global: {
        const { module: from, name } = module.importedGlobals[target] ?? bug("a global that is not imported");
        if (from === "b" && !name.includes(" ")) return [at, name === "data" ? PLACE.data : name === "table" ? PLACE.table : PLACE.site, -1];
        return [at, PLACE.constant, names.ref({ module: from as "s", name })];
      }
      default: {
        const imported = module.importedFuncs[target];
        if (!imported) return [at, PLACE.call, names.ref({ module: "own", body: target - module.importedFuncs.length })];
        const { module: from, name } = imported;
        const body = from === "f" ? own(name) : undefined;
        if (body !== undefined) return [at, PLACE.call, names.ref({ module: "own", body })];
        if (from === "f") return [at, PLACE.call, names.ref({ module: "f", name })];
        return [at, PLACE.call, names.ref({ module: from as "r", name, signature: names.signature(module.types[imported.type]) })];
      }
    }
  });
}

const readHole = (bytes: Uint8Array, at: number): number => [0, 1, 2, 3, 4].reduce((n, i) => n | (((bytes[at + i] ?? 0) & 0x7f) << (7 * i)), 0);

/** A compiled package as the two files that it is stored in. */
export function packUnit(program: Program, imports: readonly string[], types: readonly TypeDesc[], cold: (symbol: string) => boolean): { readonly unit: Uint8Array; readonly more: Uint8Array } {
  const { funcs, sites } = program;
  const names = new Names();
  const module = splitModule(program.wasm, (program.patches ?? []).map((p) => ({ at: Math.floor(p / 4), kind: p % 4 })));
  const bySymbol = new Map(funcs.map((f, i) => [f.symbol, i]));
  const own = (name: string): number | undefined => bySymbol.get(name);
  const tables = new Map(funcs.flatMap((f, i) => (f.valueSlot >= 0 ? [[f.valueSlot, i] as const] : [])));
  const body = (split: SplitModule, func: SplitFunc, code: Pieces, places: Pieces): void => {
    code.add(func.body);
    places.add(numberBytes(placesOf(names, split, func, own, tables)));
  };
  const [code, places, resumeCode, resumePlaces, infos, siteTexts, typeTexts] = Array.from({ length: 7 }, () => new Pieces()) as [Pieces, Pieces, Pieces, Pieces, Pieces, Pieces, Pieces];
  for (const func of module.funcs) body(module, func, code, places);
  const resume = splitModule(program.resume(funcs.map((_, i) => i)), []);
  for (const f of funcs) body(resume, resume.funcs[(resume.exports.get(`r:${f.symbol}`) ?? bug(`no resume code of ${f.symbol}`)) - resume.importedFuncs.length] ?? bug("no body"), resumeCode, resumePlaces);
  const files: string[] = [];
  const place = (at: Position): StoredPosition => {
    const known = files.indexOf(at.file);
    return [known >= 0 ? known : files.push(at.file) - 1, at.line, at.col];
  };
  for (const { at, ...info } of funcs) infos.add(JSON.stringify({ ...info, at: place(at) }));
  for (const { at, inlined, ...site } of sites) {
    siteTexts.add(JSON.stringify({ ...site, at: place(at), ...(inlined ? { inlined: inlined.map((call) => ({ ...call, at: place(call.at) })) } : {}) }));
  }
  for (const type of types) typeTexts.add(JSON.stringify(type));
  const bodySignatures = numberBytes(module.funcs.map((f) => names.signature(module.types[f.type])));
  const resumeSignature = names.signature(resume.types[resume.funcs[0]?.type ?? 0] ?? { params: [], results: [] });
  const forms = numberBytes(funcs.map((f, i) => (module.exports.get(`s:${f.symbol}`) ?? i + module.importedFuncs.length) - module.importedFuncs.length));
  const head = {
    imports, inits: program.inits, dataSize: program.dataSize, slots: program.slots, sites: sites.length, count: funcs.length,
  };
  return {
    unit: partsFile(head, {
      data: program.data, symbols: jsonBytes(program.symbols), roots: numberBytes(program.symbols.flatMap((s) => s.pointers.map((p) => s.offset + p))),
      relocations: jsonBytes(program.relocations), code: code.bytes, codeEnds: code.ends, places: places.bytes, placeEnds: places.ends, bodySignatures, forms,
      siteFrames: numberBytes(sites.map(({ func }) => (funcs[func]?.symbol.startsWith(`${program.path}.`) ? (funcs[func]?.frame ?? 0) : 0))), valueSlots: numberBytes(funcs.map((f) => f.valueSlot)), cold: Uint8Array.from(funcs, (f) => Number(cold(f.symbol))), funcs: jsonBytes(funcs.map((f) => f.symbol)),
      refs: jsonBytes(names.refs), signatures: jsonBytes(names.signatures), typeIds: jsonBytes(types.map((t) => t.id)), types: typeTexts.bytes, typeEnds: typeTexts.ends,
    }),
    more: partsFile({ files, resumeSignature }, {
      code: resumeCode.bytes, codeEnds: resumeCode.ends, places: resumePlaces.bytes, placeEnds: resumePlaces.ends, infos: infos.bytes, infoEnds: infos.ends,
      sites: siteTexts.bytes, siteEnds: siteTexts.ends,
    }),
  };
}

// ---- reading ------------------------------------------------------------------------------------------------

const numbered = (names: readonly string[]): ReadonlyMap<string, number> => new Map(names.map((name, i) => [name, i]));

/** Bodies whose code and places are in these parts. */
function bodiesOf(parts: Parts<PartsHead<string>>, signature: (n: number) => number): (n: number) => LibraryBody {
  const [code, codeEnds, places, placeEnds] = [parts.bytes("code"), parts.numbers("codeEnds"), parts.numbers("places"), parts.numbers("placeEnds")];
  return (n) => ({
    bytes: pieceAt(code, codeEnds, n),
    places: places.subarray(n === 0 ? 0 : (placeEnds[n - 1] ?? 0) / 4, (placeEnds[n] ?? 0) / 4),
    signature: signature(n),
  });
}

/** The unit that is stored in these files; the second is read when it is needed. */
export function openUnit(path: string, bytes: Uint8Array, more: () => Uint8Array): LibraryUnit {
  const parts = new Parts<UnitHead>(bytes);
  const { head } = parts;
  const [signatures, forms, valueSlots, typeEnds] = [parts.numbers("bodySignatures"), parts.numbers("forms"), parts.numbers("valueSlots"), parts.numbers("typeEnds")];
  const types = parts.bytes("types");
  const typeNumbers = later(() => numbered(parts.json("typeIds") as string[]));
  const funcs = later(() => parts.json("funcs") as string[]);
  const funcNumbers = later(() => numbered(funcs()));
  const cold = parts.bytes("cold");
  const descs = new Map<string, TypeDesc>();
  const siteFrames = later(() => parts.numbers("siteFrames"));
  const moreOf = later(() => openMore(more()));
  return {
    path, imports: () => head.imports, inits: () => head.inits, data: () => parts.bytes("data"), dataSize: head.dataSize,
    symbols: later(() => parts.json("symbols") as DataSymbol[]), roots: later(() => parts.numbers("roots")), relocations: () => parts.json("relocations") as Relocation[],
    slots: head.slots, sites: head.sites, count: head.count, funcs, bodies: signatures.length,
    numberOf: (symbol) => funcNumbers().get(symbol),
    refs: later(() => parts.json("refs") as LibraryRef[]),
    signatures: later(() => parts.json("signatures") as ReturnType<LibraryUnit["signatures"]>),
    cold: (n) => cold[n] === 1,
    info: (n) => moreOf().info(n),
    site: (n) => moreOf().site(n),
    resume: (n) => moreOf().resume(n),
    siteFrame: (n) => siteFrames()[n] ?? bug(`no site ${n} in ${path}`),
    valueSlot: (n) => valueSlots[n] ?? -1,
    funcOfSlot: (slot) => valueSlots.indexOf(slot),
    form: (n) => forms[n] ?? bug(`no function ${n} in ${path}`),
    body: bodiesOf(parts, (n) => signatures[n] ?? bug(`no body ${n} in ${path}`)),
    type: (id) => {
      const n = typeNumbers().get(id);
      if (n === undefined) return undefined;
      const desc = descs.get(id) ?? (parsedBytes(pieceAt(types, typeEnds, n)) as TypeDesc);
      descs.set(id, desc);
      return desc;
    },
  };
}

type StoredSite = Omit<SiteInfo, "at" | "inlined"> & { readonly at: StoredPosition; readonly inlined?: readonly { readonly symbol: string; readonly at: StoredPosition }[] };

function openMore(bytes: Uint8Array): Pick<LibraryUnit, "info" | "site" | "resume"> {
  const parts = new Parts<MoreHead>(bytes);
  const at = ([file, line, col]: StoredPosition): Position => ({ file: parts.head.files[file] ?? "", line, col });
  const [infos, infoEnds, sites, siteEnds] = [parts.bytes("infos"), parts.numbers("infoEnds"), parts.bytes("sites"), parts.numbers("siteEnds")];
  return {
    info: (n) => {
      const stored = parsedBytes(pieceAt(infos, infoEnds, n)) as Omit<FuncInfo, "at"> & { readonly at: StoredPosition };
      return { ...stored, at: at(stored.at) };
    },
    site: (n) => {
      const { inlined, ...stored } = parsedBytes(pieceAt(sites, siteEnds, n)) as StoredSite;
      return { ...stored, at: at(stored.at), ...(inlined ? { inlined: inlined.map((call) => ({ ...call, at: at(call.at) })) } : {}) };
    },
    resume: bodiesOf(parts, () => parts.head.resumeSignature),
  };
}
