/**
 * A compiled and linked program as bytes, to be run again without the compiler: pack makes them, open reads them, again.ts runs them.
 *
 * Whose bytes they are, where they lie and whether they still hold is the business of who keeps them (cli/cache.ts). Programs of several packages
 * and very large ones are not packed. Knows nothing of commands: it is loaded in place of the laboratory.
 *
 * Go: the build cache of cmd/go (cmd/go/internal/cache).
 */
import type { FuncInfo, Program, SiteInfo } from "../abi/program.ts";
import type { TypeDesc } from "../abi/types.ts";
import { bug } from "../base/bug.ts";
import { jsonBytes, later, numberBytes, parsedBytes, Parts, partsFile, type PartsHead, Pieces, pieceAt } from "../base/parts.ts";
import type { ImageImport, ImageModule, ImageRef, ImageUnit, LinkImage } from "../runtime/index.ts";
import type { Linked, Runnable } from "./engine.ts";

/** Code beyond this is not kept: its resume code, of which a run asks a tenth, would have to be made as well. */
const LARGEST = 400_000;

/** What is read in any case. */
interface Head extends PartsHead<
  | "wasm" | "patches" | "sites" | "siteEnds" | "resume" | "resumeEnds" | "loops" | "loopEnds" | "own" | "ownEnds"
  | "ranges" | "bytes" | "texts" | "typeIds" | "typeAt" | "typeHome" | "typeDesc" | "typeOwn" | "itabs" | "modules" | "moduleEnds" | "linked"
> {
  readonly path: string;
  readonly slots: number;
  readonly inits: readonly string[];
  readonly entry?: string;
  readonly funcs: readonly FuncInfo[];
  readonly symbols: Program["symbols"];
  readonly siteCount: number;
  /** Names of the runtime's own modules. */
  readonly own: readonly string[];
  readonly used: number;
  readonly allSlots: number;
  readonly units: readonly ImageUnit[];
  readonly program: LinkImage["program"];
  readonly imports: readonly ImageImport[];
  /** Of each module: what it imports, and how many numbers of `linked` are its bodies, doors and values. */
  readonly modules: readonly { readonly imports: readonly ImageRef[]; readonly counts: readonly [number, number, number] }[];
}

/** A program as bytes; undefined if it is not to be kept. */
export function packProgram({ program, before }: Runnable, image: LinkImage | undefined, own: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined {
  if (!image || (before?.length ?? 0) > 0 || program.wasm.length > LARGEST) return undefined;
  const [resume, loops, sites, modules, ownCode] = [new Pieces(), new Pieces(), new Pieces(), new Pieces(), new Pieces()];
  program.funcs.forEach((f, i) => {
    resume.add(program.resume([i]));
    loops.add(f.loops ? program.resumeLoops(i) : new Uint8Array());
  });
  for (const site of program.sites) sites.add(JSON.stringify(site));
  for (const module of image.modules) modules.add(module.bytes);
  for (const bytes of own.values()) ownCode.add(bytes);
  const { space, types } = image;
  const head = {
    path: program.path, slots: program.slots, inits: program.inits, ...(program.entry === undefined ? {} : { entry: program.entry }), funcs: program.funcs, symbols: program.symbols,
    own: [...own.keys()], siteCount: program.sites.length, used: space.used, allSlots: image.slots, units: image.units, program: image.program, imports: image.imports,
    modules: image.modules.map((m) => ({ imports: m.imports, counts: [m.bodies.length, m.doors.length, m.values.length] })),
  };
  return partsFile(head, {
    wasm: program.wasm, patches: numberBytes(program.patches ?? []), sites: sites.bytes, siteEnds: sites.ends, resume: resume.bytes, resumeEnds: resume.ends,
    own: ownCode.bytes, ownEnds: ownCode.ends, loops: loops.bytes, loopEnds: loops.ends,
    ranges: numberBytes(space.ranges), bytes: space.bytes, texts: numberBytes(space.texts), typeIds: jsonBytes(types.ids()), typeAt: numberBytes(types.at),
    typeHome: numberBytes(types.home), typeDesc: numberBytes(types.desc), typeOwn: jsonBytes(types.own()), itabs: numberBytes(types.itabs), modules: modules.bytes, moduleEnds: modules.ends,
    linked: numberBytes(image.modules.flatMap((m) => [...Array.from(m.bodies), ...Array.from(m.doors), ...Array.from(m.values)])),
  });
}

/** The program that packProgram made these bytes of. */
export function openProgram(bytes: Uint8Array): Linked {
  const parts = new Parts<Head>(bytes);
  const { path, slots, inits, entry, funcs, symbols, siteCount } = parts.head;
  const resume = pieces(parts, "resume", "resumeEnds");
  const own = pieces(parts, "own", "ownEnds");
  const loops = pieces(parts, "loops", "loopEnds");
  const site = pieces(parts, "sites", "siteEnds");
  return {
    program: {
      path, wasm: parts.bytes("wasm"), patches: Array.from(parts.numbers("patches")), funcs, symbols, slots, siteCount,
      site: (n) => (n < siteCount ? (parsedBytes(site(n)) as SiteInfo) : undefined),
      resume: ([func, ...more]) => (func === undefined || more.length > 0 ? bug("resume code is kept function by function") : resume(func)),
      resumeLoops: loops,
    },
    image: imageOf(parts), own: new Map(parts.head.own.map((name, n) => [name, own(n)])), inits, ...(entry === undefined ? {} : { entry }),
  };
}

function imageOf(parts: Parts<Head>): LinkImage {
  const { used, allSlots, units, program, imports } = parts.head;
  return {
    space: { used, ranges: parts.numbers("ranges"), bytes: parts.bytes("bytes"), texts: parts.numbers("texts") },
    types: {
      ids: later(() => parts.json("typeIds") as string[]), at: parts.numbers("typeAt"), home: parts.numbers("typeHome"), desc: parts.numbers("typeDesc"),
      own: later(() => parts.json("typeOwn") as TypeDesc[]), itabs: parts.numbers("itabs"),
    },
    units, program, imports, slots: allSlots, modules: modulesOf(parts),
  };
}

function modulesOf(parts: Parts<Head>): ImageModule[] {
  const bytes = pieces(parts, "modules", "moduleEnds");
  const linked = parts.numbers("linked");
  let at = 0;
  const take = (n: number): Int32Array => linked.subarray(at, (at += n));
  return parts.head.modules.map(({ imports, counts: [bodies, doors, values] }, n) => ({ bytes: bytes(n), imports, bodies: take(bodies), doors: take(doors), values: take(values) }));
}

/** The pieces of a part, found when the first is asked for. */
function pieces(parts: Parts<Head>, name: "own" | "resume" | "loops" | "sites" | "modules", ends: "ownEnds" | "resumeEnds" | "loopEnds" | "siteEnds" | "moduleEnds"): (n: number) => Uint8Array {
  const all = later(() => ({ bytes: parts.bytes(name), ends: parts.numbers(ends) }));
  return (n) => pieceAt(all().bytes, all().ends, n);
}
