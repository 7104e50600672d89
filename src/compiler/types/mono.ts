/**
 * Finds generic code that would need infinitely many instances, because type parameters grow on their way round a cycle.
 *
 * Nodes are type parameters and local types that depend on them; an edge says that one flows into another, heavier if it
 * is wrapped in a larger type. Go: types2/mono.go.
 */
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { report } from "./errors.ts";
import { typeSet } from "./identical.ts";
import { at } from "./lists.ts";
import { text } from "./message.ts";
import { startPos } from "./positions.ts";
import { isAliasName } from "./typestring.ts";
import { unalias } from "./under.ts";
import { invalidType } from "./universe.ts";
import type { NamedType, Scope, Type, TypeName, TypeParamType, Var } from "./type.ts";

interface Vertex {
  weight: number;
  /** The edge that gave it its weight. */
  from: number;
  steps: number;
  readonly obj: TypeName;
}

interface Edge {
  readonly to: number;
  readonly from: number;
  readonly weight: number;
  readonly pos: Pos;
  readonly type: Type;
}

/** The graph of one package. */
export interface MonoGraph {
  readonly vertices: Vertex[];
  readonly edges: Edge[];
  /** Receiver type parameters stand for those of their type. */
  readonly canonical: Map<TypeParamType, TypeParamType>;
  readonly index: Map<TypeName, number>;
}

export const newMonoGraph = (): MonoGraph => ({ vertices: [], edges: [], canonical: new Map(), index: new Map() });

/** Records that a generic type or function is instantiated. */
export function recordMono(c: Checker, pos: Pos, params: readonly TypeParamType[], args: readonly Type[], written: readonly ast.Expr[]): void {
  params.forEach((p, i) => {
    const arg = args[i];
    if (!arg || p.obj.pkg !== c.pkg) return;
    const where = written[i];
    assign(c, where ? startPos(where) : pos, p, arg);
  });
}

function assign(c: Checker, pos: Pos, p: TypeParamType, arg: Type): void {
  const flow = (from: number, t: Type): void => {
    c.mono.edges.push({ to: paramVertex(c.mono, p), from, weight: t === arg ? 0 : 1, pos, type: arg });
  };
  const vars = (list: readonly Var[]): void => {
    for (const v of list) walk(v.type ?? invalidType);
  };
  const walk = (t0: Type): void => {
    const t = unalias(t0);
    switch (t.kind) {
      case "TypeParam":
        return flow(paramVertex(c.mono, t), t);
      case "Named": {
        const from = localVertex(c, t.origin ?? t);
        if (from >= 0) flow(from, t);
        for (const a of t.typeArgs) walk(a);
        return;
      }
      case "Array":
      case "Slice":
      case "Pointer":
      case "Chan":
        return walk(t.elem);
      case "Map":
        walk(t.key);
        return walk(t.elem);
      case "Interface":
        for (const m of typeSet(t).methods) walk(m.type ?? invalidType);
        return;
      case "Signature":
        vars(t.params);
        return vars(t.results);
      case "Struct":
        return vars(t.fields);
      default:
        return;
    }
  };
  walk(arg);
}

function paramVertex(g: MonoGraph, p: TypeParamType): number {
  const { obj } = g.canonical.get(p) ?? p;
  const known = g.index.get(obj);
  if (known !== undefined) return known;
  g.index.set(obj, g.vertices.length);
  return g.vertices.push({ weight: 0, from: -1, steps: 0, obj }) - 1;
}

/** The node of a type declared inside a generic function; -1 for other types. */
function localVertex(c: Checker, n: NamedType): number {
  const { obj } = n;
  const root = c.pkg.scope;
  if (obj.pkg !== c.pkg || obj.parent === root) return -1;
  const g = c.mono;
  const known = g.index.get(obj);
  if (known !== undefined) return known;
  let vertex = -1;
  for (let scope: Scope | undefined = obj.parent; scope && scope !== root; scope = scope.parent) {
    for (const name of scope.names.values()) {
      if (name.kind !== "TypeName" || isAliasName(name) || name.pos >= obj.pos || name.type?.kind !== "TypeParam") continue;
      if (vertex < 0) vertex = g.vertices.push({ weight: 0, from: -1, steps: 0, obj }) - 1;
      g.edges.push({ to: vertex, from: paramVertex(g, name.type), weight: 1, pos: obj.pos, type: name.type });
    }
  }
  g.index.set(obj, vertex);
  return vertex;
}

/** Reports an instantiation cycle if there is one: a path that gets heavier each time round. */
export function checkMono(c: Checker): void {
  const { vertices, edges } = c.mono;
  for (let again = true; again; ) {
    again = false;
    for (let i = 0; i < edges.length; i++) {
      const edge = at(edges, i);
      const from = at(vertices, edge.from);
      const to = at(vertices, edge.to);
      const weight = from.weight + edge.weight;
      if (weight <= to.weight) continue;
      to.from = i;
      to.steps = from.steps + 1;
      if (to.steps === vertices.length) return reportLoop(c, edge.to);
      to.weight = weight;
      again = true;
    }
  }
}

function reportLoop(c: Checker, start: number): void {
  const { vertices, edges } = c.mono;
  const path: number[] = [];
  let v = start;
  while (!path.includes(v)) {
    path.push(v);
    v = at(edges, at(vertices, v).from).from;
  }
  const loop = path.slice(path.indexOf(v));
  const lines = loop.map((w) => {
    const edge = at(edges, at(vertices, w).from);
    const { obj } = at(vertices, edge.to);
    const how = obj.type?.kind === "Named" ? "implicitly parameterized by" : "instantiated as";
    return { at: edge.pos, message: text`${obj.name} ${how} ${edge.type}` };
  });
  report(c, [{ at: at(vertices, v).obj, message: text`instantiation cycle:` }, ...lines]);
}
