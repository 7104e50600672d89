/**
 * Equality functions that the compiler makes for types whose values are not compared byte by byte. They come to be when the descriptor of
 * such a type is needed early: for the method table of a conversion to an interface. Only -m=2 speaks of them; code compares
 * values in its own way.
 *
 * Go: cmd/compile/internal/reflectdata (alg.go geneq, reflect.go writeType, itabLsym), compare/compare.go.
 */
import { isEmptyInterface, isInterface, methodSet, offsetsof, type SignatureType, sizeof, type Type, typeSet, under, type Var } from "../../types/index.ts";
import { linkString } from "../typeprint.ts";
import type { Builder } from "./context.ts";
import { emptySignature, newFunc } from "./make.ts";
import { hasShape } from "./shape.ts";

/** A conversion of `type` to `iface`, or an assertion the other way, needs a method table: both types are described now. */
export function meetMethodTable(b: Builder, type: Type, iface: Type): void {
  const s = b.state;
  const to = under(iface);
  if (!s.verbose || s.mode !== "shape" || isInterface(type) || to.kind !== "Interface" || isEmptyInterface(to) || hasShape(type) || hasShape(iface)) return;
  const key = `${linkString(type, s.print)},${linkString(iface, s.print)}`;
  if (s.described.has(key)) return;
  s.described.add(key);
  describe(b, iface);
  describe(b, type);
}

/** Goes through what the descriptor of `t` refers to, in the order in which it is written. */
function describe(b: Builder, t: Type): void {
  const s = b.state;
  if (t.kind === "Alias") return describe(b, t.target);
  const key = linkString(t, s.print);
  if (s.described.has(key) || hasShape(t)) return;
  s.described.add(key);
  const base = t.kind === "Pointer" && t.elem.kind === "Named" ? t.elem : t;
  if (base.kind === "Basic" || base.kind === "TypeParam" || base.kind === "Tuple" || (base.kind === "Named" && base.obj.pkg !== s.checked.pkg && base.typeArgs.length === 0)) return;
  if (algorithm(t) === "special") makeEquality(b, t);
  if (t.kind !== "Pointer") describe(b, { kind: "Pointer", elem: t });
  describeParts(b, under(t));
  if (isInterface(t)) return;
  for (const { obj } of methodSet(t)) if (obj.type?.kind === "Signature") describe(b, withReceiver(t, obj.type));
}

function describeParts(b: Builder, u: Type): void {
  switch (u.kind) {
    case "Array":
      describe(b, u.elem);
      return describe(b, { kind: "Slice", elem: u.elem });
    case "Slice": case "Chan": case "Pointer":
      return describe(b, u.elem);
    case "Map":
      describe(b, u.key);
      return describe(b, u.elem);
    case "Signature":
      for (const v of [...u.params, ...u.results]) if (v.type) describe(b, v.type);
      return;
    case "Interface":
      for (const m of typeSet(u).methods) if (m.type?.kind === "Signature") describe(b, bare(m.type));
      return;
    case "Struct":
      for (const f of u.fields) if (f.type) describe(b, f.type);
      return;
    default:
      return;
  }
}

const bare = ({ params, results, variadic }: SignatureType): SignatureType => ({ kind: "Signature", typeParams: [], recvTypeParams: [], params, results, variadic });

function withReceiver(t: Type, sig: SignatureType): SignatureType {
  const recv = { kind: "Var", name: "", pos: 0, type: t, embedded: false, role: "param", used: true } as unknown as Var;
  return bare({ ...sig, params: [recv, ...sig.params] });
}

/** How values are compared: as memory, not at all, by a function made for the type, or by one that the runtime has. Go: types.AlgType. */
function algorithm(t: Type): "memory" | "none" | "special" | "own" {
  const u = under(t);
  switch (u.kind) {
    case "Basic":
      return /string|float|complex/.test(u.basic) ? "own" : "memory";
    case "Interface":
      return "own";
    case "Slice": case "Map": case "Signature":
      return "none";
    case "Array": {
      const elem = algorithm(u.elem);
      if (elem === "memory" || elem === "none") return elem;
      return u.len === 0 ? "memory" : u.len === 1 ? elem : "special";
    }
    case "Struct":
      return structAlgorithm(u.fields, t);
    default:
      return "memory";
  }
}

function structAlgorithm(fields: readonly Var[], t: Type): ReturnType<typeof algorithm> {
  const of = (f: Var): ReturnType<typeof algorithm> => (f.type ? algorithm(f.type) : "memory");
  const [only] = fields;
  if (fields.length === 1 && only && only.name !== "_") return of(only);
  if (fields.some((f) => of(f) === "none")) return "none";
  const ends = endsOf(fields, t);
  return fields.some((f, i) => of(f) !== "memory" || f.name === "_" || ends[i]?.padded) ? "special" : "memory";
}

/** Where each field begins and ends, and whether there is a hole behind it. */
function endsOf(fields: readonly Var[], t: Type): { readonly from: number; readonly to: number; readonly padded: boolean }[] {
  const offsets = offsetsof(fields);
  return fields.map((f, i) => {
    const from = offsets[i] ?? 0;
    const to = from + (f.type ? sizeof(f.type) : 0);
    return { from, to, padded: (offsets[i + 1] ?? sizeof(t)) !== to };
  });
}

function makeEquality(b: Builder, t: Type): void {
  const s = b.state;
  const name = `.eq.${linkString(t, s.print)}`;
  const fn = newFunc({ pkg: s.checked.pkg, printed: `type.${name}`, pos: s.autogenerated, namePos: s.autogenerated, type: emptySignature });
  fn.dupok = true;
  fn.wrapper = true;
  const escape = leakOf(t).flatMap((leak) => [leakLines(name, "p", leak), leakLines(name, "q", leak)].flat());
  fn.canned = { can: [`<autogenerated>:1: cannot inline type.${name}: marked go:noinline`], inlining: [], escape, plain: escape, bounds: [] };
  s.funcs.push(fn);
}

/** How both parameters get to a function of the runtime: texts with @ for the parameter, and the call. */
interface Leak {
  readonly derefs: 0 | 1;
  readonly steps: readonly (readonly [text: string, why: string])[];
  readonly call: string;
}

function leakLines(name: string, param: string, { derefs, steps, call }: Leak): string[] {
  const at = "<autogenerated>:1";
  const said = steps.map(([text, why]) => `${at}:     from ${text.replaceAll("@", param)} (${why}) at ${at}`);
  return [
    `${at}: parameter ${param} leaks to {heap} for ${name} with derefs=${derefs}:`, `${at}:   flow: {heap} ← ${"*".repeat(derefs)}${param}:`, ...said,
    `${at}:     from ${call.replaceAll("@", "p")} (call parameter) at ${at}`,
  ];
}

function leakOf(t: Type): Leak[] {
  const u = under(t);
  if (u.kind === "Struct") return structLeak(u.fields, t, "@", []);
  if (u.kind !== "Array") return [];
  const elem = under(u.elem);
  const into = (index: string): Leak["steps"] => [["@", "indirection"], [`@[${index}]`, "fixed-array-index-of"]];
  if (elem.kind === "Basic") {
    if (elem.basic !== "string") return [];
    // Lengths are compared first, three at a time, and then contents; a loop of one turn is none.
    const index = u.len === 1 ? "0" : `.autotmp_${Math.floor(u.len / 3) > 1 ? 4 : 3}`;
    return [{ derefs: 1, steps: into(index), call: `runtime.memequal(<node SPTR>, <node SPTR>, uintptr(len(@[${index}])))` }];
  }
  if (elem.kind !== "Struct" || canPanic(u.elem)) return [];
  const index = Math.floor(u.len / 2) > 1 ? `.autotmp_${Math.floor(u.len / 4) > 1 ? 4 : 3}` : "0";
  const runs = elem.fields.filter((f) => f.name !== "_");
  if (!runs.some((f) => f.type && algorithm(f.type) !== "memory")) return [];
  return structLeak(elem.fields, u.elem, `@[${index}]`, into(index));
}

/** The first field whose address or contents are given away: an address counts more. */
function structLeak(fields: readonly Var[], t: Type, x: string, before: Leak["steps"]): Leak[] {
  const dot = (f: Var): readonly [string, string] => [`${x}.${f.name}`, x === "@" ? "dot of pointer" : "dot"];
  const ends = endsOf(fields, t);
  for (let i = 0; i < fields.length; ) {
    const [f, next] = [fields[i], runEnd(fields, t, i)];
    const size = (ends[next - 1]?.to ?? 0) - (ends[i]?.from ?? 0);
    if (f && isRun(f) && Math.ceil(size / 8) > 4) {
      const other = `${x}.${f.name}`.replaceAll("@", "q");
      return [{ derefs: 0, steps: [...before, dot(f), [`&${x}.${f.name}`, "address-of"]], call: `runtime.memequal(&${x}.${f.name}, &${other}, uintptr(${size}))` }];
    }
    i = next;
  }
  const text = fields.find((f) => f.name !== "_" && f.type && under(f.type).kind === "Basic" && algorithm(f.type) === "own" && isText(f.type));
  return text ? [{ derefs: 1, steps: [...before, dot(text)], call: `runtime.memequal(<node SPTR>, <node SPTR>, uintptr(len(${x}.${text.name})))` }] : [];
}

const isText = (t: Type): boolean => {
  const u = under(t);
  return u.kind === "Basic" && u.basic === "string";
};

const isRun = (f: Var): boolean => f.name !== "_" && f.type !== undefined && algorithm(f.type) === "memory";

/** The field after the run of memory that begins at field `i`. Go: compare.Memrun. */
function runEnd(fields: readonly Var[], t: Type, i: number): number {
  const ends = endsOf(fields, t);
  const first = fields[i];
  let next = i + 1;
  if (!first || !isRun(first)) return next;
  for (let f = fields[next]; f && isRun(f) && !ends[next - 1]?.padded; f = fields[next]) next++;
  return next;
}

/** Whether comparing may panic: there are interfaces inside. */
function canPanic(t: Type): boolean {
  const u = under(t);
  if (u.kind === "Interface") return true;
  if (u.kind === "Array") return canPanic(u.elem);
  return u.kind === "Struct" && u.fields.some((f) => f.name !== "_" && f.type !== undefined && canPanic(f.type));
}
