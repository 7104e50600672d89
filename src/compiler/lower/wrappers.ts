/**
 * Functions that lowering makes: the code behind method values, behind methods in itabs, behind T.M of an interface.
 *
 * Each only loads its receiver and calls the method, so it has no frame: its callee stands directly above the caller, as recover wants it.
 *
 * Go: cmd/compile/internal/noder (methodWrapper), reflectdata.
 */
import { ITAB } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { I32, I64, OP, type ValType } from "../../wasm/opcodes.ts";
import type { MethodExpr, MethodValueExpr } from "../ir/index.ts";
import { noXPos } from "../ir/index.ts";
import { type SignatureType, type Type, under } from "../types/index.ts";
import type { Fn } from "./context.ts";
import { type FrameObject, get, i32, type LCall, type LExpr, type LFunc, load, type Local, type LStmt, plus, type Site } from "./lir.ts";
import type { Leaf } from "../../abi/leaves.ts";
import type { Unit } from "./unit.ts";

/** A function without a frame that passes its parameters on. `receiver` makes the callee's first arguments from the context or the first parameter. */
export interface Forward {
  readonly symbol: string;
  /** Parameters that are not passed on as they are: an interface's data word, an interface. */
  readonly head: readonly ValType[];
  /** Result addresses, before the head. */
  readonly areas: number;
  readonly rest: readonly ValType[];
  readonly results: readonly ValType[];
  readonly hasContext: boolean;
  /** (head parameters, context) → the callee's arguments between the result addresses and the rest. */
  readonly receiver: (head: readonly Local[], context: Local | undefined) => readonly LExpr[];
  readonly target: (params: ValType[], results: ValType[], head: readonly Local[], context: Local | undefined) => LCall["target"];
  /** What the callee gets as its context, if anything. */
  readonly context: LExpr | undefined;
}

const wrapperSite = (): Site => ({ at: noXPos, region: { parent: undefined }, order: 0, objects: [], number: 0 });

/** The low form of a forwarding function. */
export function forwarding(f: Forward): LFunc {
  const locals: Local[] = [];
  const local = (type: ValType): Local => {
    const l: Local = { id: locals.length, type, pointer: false };
    locals.push(l);
    return l;
  };
  const areas = Array.from({ length: f.areas }, () => local(I32));
  const head = f.head.map(local);
  const rest = f.rest.map(local);
  const context = f.hasContext ? local(I32) : undefined;
  const args: LExpr[] = [...areas.map(get), ...f.receiver(head, context), ...rest.map(get), ...(f.context ? [f.context] : [])];
  const call: LStmt = {
    kind: "call", target: f.target(args.map((a) => a.type), [...f.results], head, context), args, results: f.results.map(() => undefined), site: wrapperSite(), may: "block",
  };
  return {
    symbol: f.symbol, at: noXPos, params: [...locals], results: f.results, hasContext: f.hasContext, locals, objects: [], body: [call], cost: 0, hasDefer: false,
    pinned: [], pinnedObjects: [], unpreemptible: false, tail: true,
  };
}

/** A pointer that must not be nil, in a function without a frame. */
export function checked(x: Local): LExpr {
  return { kind: "trap", type: I32, bad: { kind: "op", type: I32, op: OP.i32_eqz, x: get(x) }, panic: "panicNil", args: [i32(0)], site: wrapperSite(), x: get(x) };
}

/** How many results of a signature go by address. */
export const areaCount = (unit: Unit, sig: SignatureType): number => unit.layouts.resultAreas(resultsOf(sig)).filter((area) => area).length;

const resultsOf = (sig: SignatureType): Type[] => sig.results.map((r) => r.type ?? bug("a result without type"));

/** The leaves of results that do not come back by address. */
function resultLeaves(unit: Unit, sig: SignatureType): Leaf[] {
  const types = resultsOf(sig);
  const areas = unit.layouts.resultAreas(types);
  return types.flatMap((t, i) => (areas[i] ? [] : unit.layouts.leaves(t)));
}

/** A signature's own parameters in WebAssembly types, without result addresses. */
export function parameterTypes(unit: Unit, sig: SignatureType): ValType[] {
  return sig.params.flatMap((p) => {
    const l = unit.layouts.of(p.type ?? bug("a parameter without type"));
    return l.byAddress ? [I32] : (l.leaves ?? []).map((leaf) => leaf.type);
  });
}

/** The WebAssembly results of a signature. */
export const resultTypes = (unit: Unit, sig: SignatureType): ValType[] => resultLeaves(unit, sig).map((leaf) => leaf.type);

/** The leaves of a receiver of type `t` that lies in memory at `addr`, as a callee wants them. */
export function receiverFrom(unit: Unit, t: Type, addr: () => LExpr, offset: number): LExpr[] {
  const l = unit.layouts.of(t);
  if (l.byAddress) return [plus(addr(), offset)];
  return (l.leaves ?? bug("a receiver in memory")).map((leaf) => load(leaf.load, addr(), offset + leaf.offset));
}

/** The slot of the code behind x.M as a value. */
export function methodValueWrapper(c: Fn, n: MethodValueExpr): LExpr {
  const { unit } = c;
  const recv = n.x.type;
  const sig = under(n.type);
  if (sig.kind !== "Signature") return bug("a method value that is no function");
  const symbol = n.func ? `${unit.codeOf(n.func)}-fm` : `${unit.typeName(recv)}.${n.sel}-fm`;
  if (unit.isOwn(symbol)) return unit.valueForm(symbol);
  const shape = { symbol, head: [], areas: areaCount(unit, sig), rest: parameterTypes(unit, sig), results: resultTypes(unit, sig), hasContext: true };
  const context = (l: Local | undefined): LExpr => get(l ?? bug("no context"));
  if (under(recv).kind === "Interface") {
    const at = ITAB.methods + 8 * unit.methodIndex(recv, n.sel, "");
    unit.add(forwarding({
      ...shape, receiver: (_, l) => [load(OP.i32_load, context(l), 16)], context: i32(0),
      target: (params, results, _, l) => ({ module: "table", params, results, index: load(OP.i32_load, load(OP.i32_load, context(l), 8), at) }),
    }));
  } else {
    const code = unit.codeOf(n.func ?? bug("a method value without a method"));
    unit.add(forwarding({
      ...shape, receiver: (_, l) => receiverFrom(unit, recv, () => context(l), 8), context: i32(0),
      target: (params, results) => unit.func(code, params, results, n.pos),
    }));
  }
  return unit.valueForm(symbol);
}

/** I.M as a function: its first parameter is the interface. */
export function interfaceMethodWrapper(c: Fn, n: MethodExpr, sig: SignatureType): LExpr {
  const { unit } = c;
  const iface = n.x.type;
  const symbol = `${unit.typeName(iface)}.${n.sel}`;
  const own: SignatureType = { ...sig, params: sig.params.slice(1) };
  if (!unit.hasMade(symbol)) {
    const at = ITAB.methods + 8 * unit.methodIndex(iface, n.sel, "");
    unit.add(forwarding({
      symbol, head: [I32, I32], areas: areaCount(unit, sig), rest: parameterTypes(unit, own), results: resultTypes(unit, sig), hasContext: false,
      receiver: (head) => [get(head[1] ?? bug("no data word"))], context: i32(0),
      target: (params, results, head) => ({ module: "table", params, results, index: load(OP.i32_load, checked(head[0] ?? bug("no itab")), at) }),
    }));
  }
  return unit.staticClosure(symbol, sig);
}

/**
 * The code that an itab holds for a method of an array (or a struct of one) that an interface holds directly, since it is one pointer: the data word is put into
 * memory, because the method wants its receiver by address.
 */
export function directForm(unit: Unit, symbol: string, code: string, sig: SignatureType): LFunc {
  const locals: Local[] = [];
  const local = (type: ValType, pointer = false): Local => {
    const l: Local = { id: locals.length, type, pointer };
    locals.push(l);
    return l;
  };
  const areas = Array.from({ length: areaCount(unit, sig) }, () => local(I32, true));
  const word = local(I32, true);
  const rest = sig.params.flatMap((p) => {
    const l = unit.layouts.of(p.type ?? bug("a parameter without type"));
    return l.byAddress ? [local(I32, true)] : (l.leaves ?? []).map((leaf) => local(leaf.type, leaf.pointer));
  });
  local(I32);
  const params = [...locals];
  const results = resultLeaves(unit, sig).map((leaf) => local(leaf.type, leaf.pointer));
  const object: FrameObject = { size: 8, pointers: [0], region: "call", order: 0, offset: 0 };
  const receiver: LExpr = { kind: "frame", type: I32, object, offset: 0 };
  const args = [...areas.map(get), receiver, ...rest.map(get), i32(0)];
  const body: LStmt[] = [
    { kind: "store", op: OP.i64_store, offset: 0, addr: receiver, x: { kind: "op", type: I64, op: OP.i64_extend_i32_u, x: get(word) } },
    {
      kind: "call", target: unit.func(code, args.map((a) => a.type), results.map((r) => r.type)), args, results,
      site: { ...wrapperSite(), objects: [object] }, may: "block",
    },
    { kind: "return", values: results.map(get) },
  ];
  return {
    symbol, at: noXPos, params, results: results.map((r) => r.type), hasContext: true, locals, objects: [object], body, cost: 0, hasDefer: false, pinned: [], pinnedObjects: [], unpreemptible: false, tail: false,
  };
}
