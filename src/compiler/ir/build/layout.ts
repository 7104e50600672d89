/**
 * What stands in the dictionary of a generic function or type, and in which order.
 *
 * Found by building the generic bodies once for *markers*: shapes that stand for one type parameter each. Whatever that build
 * asks a dictionary for is an entry; the entries of an instance are those of the layout with the type arguments put in. The
 * order of asking is kept too, so that a shaped body knows the number of each word it reads.
 *
 * Go: cmd/compile/internal/noder/writer.go (writerDict).
 */
import { noPos } from "../../../base/source.ts";
import {
  coreType, emptyInterface, instantiate, type Func as FuncObj, localType, type NamedType, subst, type Substitution, substitution, type Type, type TypeParamType, unalias, under, type Var,
} from "../../types/index.ts";
import { linkString } from "../typeprint.ts";
import type { PackageState } from "./context.ts";
import { isShape } from "./shape.ts";

/** Who has a dictionary: a generic function, or a generic type for all its methods. */
export type Owner = FuncObj | NamedType;

export type WordKind = "method" | "sub" | "type" | "itab";

/** One request for a word: its section and its number there. */
export interface Word {
  readonly kind: WordKind;
  readonly index: number;
}

/** The sections of a dictionary, in terms of markers. */
export interface Layout {
  /** The number of the type parameter that each marker stands for: every method of a type has its own markers. */
  readonly markers: Map<NamedType, number>;
  /** What composite types with markers were in the source: the real compiler tells them apart by where they are written. */
  readonly origins: Map<Type, Type>;
  readonly written: Map<Type, number>;
  readonly methods: string[];
  readonly subs: { readonly key: string; readonly owner: Owner; readonly args: readonly Type[] }[];
  readonly types: Type[];
  readonly itabs: { readonly key: string; readonly type: Type; readonly iface: Type }[];
  /** By function: the words that its body asks for, in order. */
  readonly requests: Map<FuncObj, Word[]>;
}

/** Reading position in the requests of one body; in a build for markers, where they are written. */
export interface DictUse {
  readonly layout: Layout;
  readonly words: Word[];
  readonly recording: boolean;
  next: number;
}

/** An empty layout. */
export const newLayout = (): Layout => ({ markers: new Map(), origins: new Map(), written: new Map(), methods: [], subs: [], types: [], itabs: [], requests: new Map() });

/** New markers that stand for `params`. One whose constraint says what it is made of is made of that. */
export function addMarkers(s: PackageState, l: Layout, params: readonly TypeParamType[], shapes: readonly Type[]): Substitution {
  const turn = params.length === 0 ? 0 : l.markers.size / params.length;
  const made = params.map((p, i) => marker(p, shapes[i] ?? emptyInterface, turn));
  made.forEach((m, i) => l.markers.set(m, i));
  const markers = substitution(params, made);
  params.forEach((p, i) => {
    const core = coreType(p);
    const [own, m] = [core && subst(core, markers, s.instances), made[i]];
    if (!core || !own || !m || own === core) return;
    rememberOrigin(l, core, own);
    m.underlying = own;
    m.rhs = own;
  });
  return markers;
}

function marker(p: TypeParamType, shape: Type, turn: number): NamedType {
  const underlying = under(shape);
  const obj = { kind: "TypeName", name: `$${p.index}${"'".repeat(turn)}`, pos: noPos, ...(isShape(shape) && shape.kind === "Named" && shape.obj.pkg ? { pkg: shape.obj.pkg } : {}), type: undefined } as const;
  return { kind: "Named", obj, typeParams: [], typeArgs: [], underlying, methods: [], rhs: underlying };
}

/** Number of words of a dictionary. */
export const wordCount = (l: Layout): number => l.methods.length + l.subs.length + l.types.length + l.itabs.length;

/** Number of a word in the whole dictionary. */
export function wordIndex(l: Layout, { kind, index }: Word): number {
  switch (kind) {
    case "method":
      return index;
    case "sub":
      return l.methods.length + index;
    case "type":
      return l.methods.length + l.subs.length + index;
    case "itab":
      return l.methods.length + l.subs.length + l.types.length + index;
  }
}

// ---- recording ----------------------------------------------------------------------------------------------

/** Adds `type` to the types of a dictionary, if it depends on a type parameter; returns its number. */
export function addType(s: PackageState, l: Layout, type: Type): number {
  if (!mentions(type, l)) return -1;
  const key = typeKey(s, l, type);
  const known = l.types.findIndex((t) => typeKey(s, l, t) === key);
  return known >= 0 ? known : l.types.push(type) - 1;
}

/** Remembers that `made` is what `source` is with markers in it. */
export function rememberOrigin(l: Layout, source0: Type, made: Type): void {
  const source = source0.kind === "Alias" ? unalias(source0) : source0;
  if (source === made || l.origins.has(made) || source.kind !== made.kind) return;
  l.origins.set(made, source);
  const pairs = (a: readonly Var[], b: readonly Var[]): void => a.forEach((v, i) => {
    const other = b[i]?.type;
    if (v.type && other) rememberOrigin(l, v.type, other);
  });
  if (source.kind === "Map" && made.kind === "Map") rememberOrigin(l, source.key, made.key);
  if ("elem" in source && "elem" in made) rememberOrigin(l, source.elem, made.elem);
  if (source.kind === "Struct" && made.kind === "Struct") pairs(source.fields, made.fields);
  if (source.kind !== "Signature" || made.kind !== "Signature") return;
  pairs(source.params, made.params);
  pairs(source.results, made.results);
}

/** Names are the same everywhere; a composite type is itself only. */
function typeKey(s: PackageState, l: Layout, type: Type): string {
  if (type.kind === "Named" || type.kind === "Basic" || type.kind === "Alias") return linkString(type, s.print);
  const origin = l.origins.get(type) ?? type;
  const number = l.written.get(origin) ?? l.written.size;
  l.written.set(origin, number);
  return `#${number}`;
}

/** Adds a conversion of `type` to `iface`: both types, and the pair where one of them depends on a type parameter. */
export function addConversion(s: PackageState, l: Layout, type: Type, iface: Type): void {
  const a = addType(s, l, type);
  const b = addType(s, l, iface);
  if (a < 0 && b < 0) return;
  const key = `${typeKey(s, l, type)} ${typeKey(s, l, iface)}`;
  if (!l.itabs.some((i) => i.key === key)) l.itabs.push({ key, type, iface });
}

/** Adds the dictionary of another generic thing; returns its number. */
export function addSub(s: PackageState, l: Layout, owner: Owner, args: readonly Type[]): number {
  const name = owner.kind === "Func" ? owner.name : owner.obj.name;
  const key = `${name}[${args.map((t) => typeKey(s, l, t)).join(",")}]`;
  const known = l.subs.findIndex((x) => x.key === key);
  return known >= 0 ? known : l.subs.push({ key, owner, args }) - 1;
}

/** Adds a method of a type parameter; returns its number. */
export function addMethod(l: Layout, key: string): number {
  const known = l.methods.indexOf(key);
  return known >= 0 ? known : l.methods.push(key) - 1;
}

/** Whether a marker of `l` occurs in `t`. */
function mentions(t: Type, l: Layout): boolean {
  let found = false;
  replace(t, (m) => {
    found ||= l.markers.has(m);
    return m;
  });
  return found;
}

/** `t` with type arguments in place of the markers of `l`. */
export function fillIn(s: PackageState, t: Type, l: Layout, args: readonly Type[]): Type {
  return replace(t, (m) => args[l.markers.get(m) ?? -1] ?? m, s);
}

/** `t` with each defined type without type arguments replaced by what `f` says. */
export function replace(t: Type, f: (n: NamedType) => Type, s?: PackageState): Type {
  const sub = (u: Type): Type => replace(u, f, s);
  const vars = (list: readonly Var[]): Var[] => list.map((v) => (v.type ? { ...v, type: sub(v.type) } : v));
  switch (t.kind) {
    case "Alias":
      return t.obj.pkg ? sub(unalias(t)) : t;
    case "Named": {
      const origin = t.origin ?? t;
      const outer = origin.local?.args.map(sub);
      const own = s && origin.local && outer && outer.some((a, i) => a !== origin.local?.args[i]) ? localType(origin.local.decl, outer, s.instances) : origin;
      if (t.typeArgs.length === 0) return origin.local ? own : f(t);
      const args = t.typeArgs.map(sub);
      if (!s || !t.origin || (own === origin && args.every((a, i) => a === t.typeArgs[i]))) return t;
      return instantiate(own, args, s.instances);
    }
    case "Pointer": case "Slice": case "Array": case "Chan": {
      const elem = sub(t.elem);
      return elem === t.elem ? t : { ...t, elem };
    }
    case "Map": {
      const [key, elem] = [sub(t.key), sub(t.elem)];
      return key === t.key && elem === t.elem ? t : { ...t, key, elem };
    }
    case "Struct": {
      const fields = vars(t.fields);
      return fields.every((v, i) => v.type === t.fields[i]?.type) ? t : { ...t, fields };
    }
    case "Signature": {
      const [params, results] = [vars(t.params), vars(t.results)];
      const same = params.every((v, i) => v.type === t.params[i]?.type) && results.every((v, i) => v.type === t.results[i]?.type);
      return same ? t : { ...t, params, results };
    }
    case "Tuple":
      return { ...t, vars: vars(t.vars) };
    case "Interface": {
      const methods = t.methods.map((m) => (m.type ? { ...m, type: sub(m.type) } : m));
      const embeddeds = t.embeddeds.map(sub);
      if (methods.every((m, i) => m.type === t.methods[i]?.type) && embeddeds.every((e, i) => e === t.embeddeds[i])) return t;
      return { kind: "Interface", methods, embeddeds, implicit: t.implicit };
    }
    default:
      return t;
  }
}
