/**
 * Code generation: the IR of a package to a Program.
 *
 * Lowers every function, lays out frames and data, writes the module; resume code is written when the runtime asks for it. A function with a construct
 * that we cannot do makes the whole unit unsupported: no program runs that lacks a part.
 *
 * Go: cmd/compile/internal/gc (compile.go, obj.go).
 */
import { bug } from "../../base/bug.ts";
import { type Diagnostic, Unsupported } from "../../base/diagnostic.ts";
import { I32 } from "../../wasm/opcodes.ts";
import type { FuncInfo, PlacedMemory, Program, SiteInfo } from "../../abi/program.ts";
import { type Expr, type Func, inliningStack, type Name, type PackageIR, type Stmt } from "../ir/index.ts";
import { outerValue } from "../ir/index.ts";
import { int64Val, toInt } from "../constant/index.ts";
import { type Func as Method, isDirect, under } from "../types/index.ts";
import { directForm, freeContext, isThinWrapper, initialise, isStaticCall, type LFunc, lowerFunc, onlyReturns, placedLiteral, placedSymbol, signatureOf, type StaticData } from "../lower/index.ts";
import { normalModule, type Places, prepare, resumeModule } from "./assemble.ts";
import type { Ready } from "./body.ts";
import { liveWords, stackObjects } from "./frame.ts";
import { shelfOf } from "./inline.ts";
import type { Shelved } from "./shelf.ts";
import { interfaceMethods } from "./typedesc.ts";
import { UnitBuilder, type UnitInput } from "./unit.ts";

export { openShelf, type Shelf, type Shelved, shelfFile, unshelve } from "./shelf.ts";
export type { UnitInput } from "./unit.ts";

/** A program, or what in it we cannot do. */
export interface Generated {
  readonly program?: Program;
  /** Of a package of the library: functions that other units may have in place of calls. */
  readonly shelved?: readonly Shelved[];
  readonly unsupported: readonly Diagnostic[];
}

/** The program that an analysed package is. */
export function emitProgram(input: UnitInput): Generated {
  const unit = new UnitBuilder(input);
  const unsupported: Diagnostic[] = [];
  const lowered: LFunc[] = [];
  for (const f of unit.funcs) if (f.recv) unit.valueForm(f.symbol);
  if (input.ir.pkg.name !== "main") unit.describeDeclared();
  const calls = staticCalls(input.ir);
  const leftover = staticData(unit, input.ir, calls.found);
  for (const name of input.ir.externs) unit.variable(name);
  const funcs = unit.funcs.map((f) => (calls.inits.has(f) ? { ...f, body: f.body.filter((s) => !calls.found.includes(s)) } : f));
  const all = leftover ? [leftover, ...funcs] : funcs;
  for (const f of all) {
    const made = attempt(f, unit, unsupported);
    if (made) lowered.push(made);
  }
  const placed = input.placed ? unit.funcs.flatMap((f) => placedForm(f, unit)) : [];
  lowered.push(...placed.map((p) => p.form));
  if (unsupported.length > 0) return { unsupported };
  for (const f of all) if (f.closure) unit.valueForm(f.symbol);
  for (const f of lowered) if (f.params.length === 0 && f.results.length === 0) unit.valueForm(f.symbol);
  const inits = [...(leftover ? [leftover.symbol] : []), ...input.ir.inits.map((f) => f.symbol)];
  const { ready, program } = assemble(unit, input, lowered, inits);
  return {
    program: placed.length > 0 ? { ...program, placed: placed.map((p) => p.memory) } : program, ...(input.placed ? { shelved: shelfOf(ready, unit.zeroStart) } : {}), unsupported,
  };
}

/** The second form of a function that returns a literal, and what memory it wants. */
function placedForm(f: Func, unit: UnitBuilder): { readonly form: LFunc; readonly memory: PlacedMemory }[] {
  const fresh = placedLiteral(f);
  if (!fresh) return [];
  const literal = fresh.kind === "PTRLIT" ? fresh : undefined;
  const { size, pointers } = unit.layouts.of(literal?.x.type ?? fresh.type);
  const fields = literal && onlyReturns(f) ? storedParameters(f, literal.x) : undefined;
  const to = f.results[0]?.type;
  const isInterface = to && under(to).kind === "Interface";
  const result = isInterface && literal ? { result: { iface: unit.types.id(to), type: unit.types.id(literal.type) } } : {};
  const memory = { symbol: f.symbol, size, pointers, ...(fields && (!isInterface || interfaceMethods(to).length > 0) ? { fields, ...result } : {}) };
  return [{ form: lowerFunc(unit, { ...f, symbol: placedSymbol(f.symbol) }, fresh), memory }];
}

/** Where a literal stores parameters of its function; undefined if it stores anything else. */
function storedParameters(f: Func, x: Expr): PlacedMemory["fields"] {
  if (x.kind !== "STRUCTLIT") return undefined;
  const fields = x.list.map((e) => (e.kind === "STRUCTKEY" && e.value.kind === "NAME" ? { offset: e.offset, param: f.params.indexOf(e.value) } : undefined));
  return fields.every((e) => e !== undefined && e.param >= 0) ? fields.flatMap((e) => e ?? []) : undefined;
}

/** Initialisers of package variables that can be laid out like those that static initialisation found, because a library call only stores constants. */
function staticCalls(ir: PackageIR): { readonly inits: ReadonlySet<Func>; readonly found: readonly Stmt[] } {
  const inits = new Set(ir.inits.filter((f) => f.packageInit));
  const found = [...inits].flatMap((f) => f.body.filter((s) => s.kind === "AS" && s.y?.kind === "CALLFUNC" && isStaticCall(s.y) && isVariable(outerValue(s.x))));
  return { inits, found };
}

const isVariable = (x: Expr): boolean => x.kind === "NAME" && x.class === "extern" && x.sym !== "_";

function attempt(f: Func, unit: UnitBuilder, unsupported: Diagnostic[]): LFunc | undefined {
  try {
    return lowerFunc(unit, f);
  } catch (e) {
    if (!(e instanceof Unsupported)) throw e;
    unsupported.push(e.diagnostic);
    return undefined;
  }
}

function assemble(unit: UnitBuilder, input: UnitInput, lowered: readonly LFunc[], inits: readonly string[]): { readonly ready: readonly Ready[]; readonly program: Program } {
  const types = unit.types.describe();
  for (const [symbol, { code, method, own }] of unit.types.direct) if (own && unit.isOwn(code)) addDirectForm(unit, symbol, code, method);
  const funcs = [...lowered, ...unit.made];
  const ready = prepare(funcs);
  const places: Places = { values: unit.valueSlots(ready.length), zeroStart: unit.zeroStart, small: input.small, ...(input.once === undefined ? {} : { once: input.once }), ...(input.shelf ? { shelf: input.shelf } : {}) };
  const main = input.ir.pkg.name === "main" ? `${unit.path}.main` : undefined;
  const program: Program = {
    path: unit.path, ...normalModule(ready, places), funcs: ready.map((r) => funcInfo(unit, r, places, input.ir)),
    sites: ready.flatMap((r, i) => siteInfos(unit, r, i, input.ir)), data: unit.data0, dataSize: unit.dataSize, symbols: unit.allSymbols(),
    relocations: unit.finalRelocations(), types, slots: ready.length + places.values.size, inits,
    ...(main !== undefined && unit.isOwn(main) ? { entry: main } : {}),
    resume: (some) => resumeModule(ready, some.map((i) => ready[i] ?? bug(`no function ${i}`)), places, "resume"),
    resumeLoops: (i) => resumeModule(ready, [ready[i] ?? bug(`no function ${i}`)], places, "loops"),
  };
  return { ready, program };
}

function addDirectForm(unit: UnitBuilder, symbol: string, code: string, method: Method): void {
  if (method.type?.kind !== "Signature") return bug(`${method.name} has no signature`);
  unit.add(directForm(unit, symbol, code, method.type));
  unit.valueForm(symbol);
}

function funcInfo(unit: UnitBuilder, r: Ready, places: Places, ir: PackageIR): FuncInfo {
  const { fn, frame } = r;
  const objects = stackObjects(fn);
  const source = ir.funcs.find((f) => f.symbol === fn.symbol);
  return {
    symbol: fn.symbol, frame: frame.size, goFrame: frame.goFrame, at: unit.position(fn.at), resumeSlot: r.resumeSlot, valueSlot: places.values.get(fn.symbol) ?? -1,
    hasDefer: fn.hasDefer, ...(fn.symbol === places.once ? { once: true } : {}), ...(r.points.loops.length > 0 && !fn.unpreemptible ? { loops: true } : {}), ...(fn.deferSite ? { deferSite: r.firstSite + fn.deferSite.number - 1 } : {}),
    ...(fn.openDefers ? { openDefers: { at: fn.openDefers.object.offset, count: fn.openDefers.count } } : {}), ...((source && isThinWrapper(source)) || fn.tail ? { wrapper: true } : {}),
    ...(objects.length > 0 ? { stackObjects: objects.map((o) => ({ at: o.offset, size: o.size, pointers: o.pointers })) } : {}),
    params: signatureOf(fn.params.slice(0, fn.params.length - (fn.hasContext ? 1 : 0)).map((p) => p.type)), results: signatureOf(fn.results),
  };
}

function siteInfos(unit: UnitBuilder, r: Ready, func: number, ir: PackageIR): SiteInfo[] {
  return r.points.sites.map((site) => {
    const inlined = inliningStack(ir.inlineTree, site.at).reverse().map((call) => ({ symbol: call.func.symbol, at: unit.position(call.pos) }));
    const { pointers, objects } = liveWords(r.fn, r.points, r.frame, site);
    return {
      func, pointers, ...(objects.length > 0 ? { objects } : {}), at: unit.position(site.at), ...(inlined.length > 0 ? { inlined } : {}),
      ...(site.alloc ? { alloc: site.alloc } : {}),
    };
  });
}

// ---- static initialisation ----------------------------------------------------------------------------------

/** Writes what is static into data; what data cannot hold becomes a function that runs first. */
function staticData(unit: UnitBuilder, ir: PackageIR, calls: readonly Stmt[]): Func | undefined {
  const statics: readonly Stmt[] = [...(ir.staticInits ?? []), ...calls];
  const [first] = ir.funcs;
  if (statics.length === 0 || !first) return undefined;
  const c = freeContext(unit, first);
  const pieces = new Map<Expr, StaticData>();
  const rest: Stmt[] = [];
  const words = new Map(statics.flatMap((s) => dataWord(s)));
  for (const s of statics) {
    const name = s.kind === "AS" ? outerValue(s.x) : undefined;
    if (name?.kind === "NAME" && name.sym !== "_" && !pieces.has(name) && !words.has(name)) pieces.set(name, unit.initialisedVariable(name));
  }
  for (const [name, x] of words) {
    const piece = pieces.get(outerValue(x));
    const offset = offsetOf(unit, x);
    if (!piece || offset === undefined) continue;
    const word = within(piece, offset + 8);
    pieces.set(name, word);
    unit.alias(name, { kind: "base", type: I32, of: "data", offset: word.offset });
  }
  for (const s of statics) {
    const name = s.kind === "AS" ? outerValue(s.x) : undefined;
    const piece = name && pieces.get(name);
    const offset = s.kind === "AS" ? offsetOf(unit, s.x) : undefined;
    if (s.kind !== "AS" || !s.y || !piece || offset === undefined) rest.push(s);
    else if (!initialise(c, within(piece, offset), s.y)) rest.push(s);
  }
  if (rest.length === 0) return undefined;
  const name = { ...first.name, sym: "init.data" };
  return { ...first, name, symbol: `${unit.path}.init.data`, printed: "init.data", body: rest, params: [], results: [], dcl: [], closureVars: [], closures: [], hasDefer: false, wrapper: true };
}

/** A pointer-shaped value that static initialisation put into an interface: its temporary is the interface's data word. */
function dataWord(s: Stmt): [Name, Expr][] {
  const y = s.kind === "AS" ? s.y : undefined;
  return s.kind === "AS" && y?.kind === "CONVIFACE" && y.x.kind === "NAME" && y.x.staticTemp && isDirect(y.x.type) ? [[y.x, s.x]] : [];
}

const within = (piece: StaticData, offset: number): StaticData => ({
  offset: piece.offset + offset, address: piece.address, write: (at, value, size) => piece.write(offset + at, value, size), relocate: (at, to) => piece.relocate(offset + at, to),
});

/** Where in its variable a place lies, if that is constant. */
function offsetOf(unit: UnitBuilder, x: Expr): number | undefined {
  switch (x.kind) {
    case "NAME": return 0;
    case "PAREN": return offsetOf(unit, x.x);
    case "DOT": {
      const base = offsetOf(unit, x.x);
      return base === undefined ? undefined : base + x.offset;
    }
    case "INDEX": {
      const base = under(x.x.type).kind === "Array" && x.index.kind === "LITERAL" ? offsetOf(unit, x.x) : undefined;
      if (base === undefined || x.index.kind !== "LITERAL") return undefined;
      return base + Number(int64Val(toInt(x.index.value)).value) * unit.layouts.of(x.type).size;
    }
    default: return undefined;
  }
}
