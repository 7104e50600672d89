/**
 * Expressions of generated programs: always well-typed, never constant where a constant could overflow or divide by zero.
 *
 * Most of what they do is defined by the language; where it leaves the order open (a variable beside a call that changes it), the real compiler
 * is deterministic, and ours follows it.
 */
import { ANY, BOOL, type Chance, comparable, COMPLEX, FLOATS, func, INT, INTS, STRING, type Ty } from "./types.ts";

export interface Var {
  readonly name: string;
  readonly type: Ty;
  /** A loop variable or the like, which must not be assigned. */
  readonly fixed?: boolean;
}

/** A function of the unit that may be called. */
export interface Callable {
  readonly name: string;
  readonly params: readonly Ty[];
  readonly results: readonly Ty[];
}

/** What an expression may use. */
export class Scope {
  readonly chance: Chance;
  vars: Var[];
  readonly calls: readonly Callable[];
  /** Types of the unit. */
  readonly types: readonly Ty[];
  next: { n: number };
  /** How deep function literals stand in one another. */
  depth: number;

  constructor(chance: Chance, calls: readonly Callable[], types: readonly Ty[], vars: Var[] = [], next = { n: 0 }, depth = 0) {
    this.chance = chance;
    this.calls = calls;
    this.types = types;
    this.vars = vars;
    this.next = next;
    this.depth = depth;
  }

  inner(): Scope {
    return new Scope(this.chance, this.calls, this.types, [...this.vars], this.next, this.depth);
  }

  fresh(prefix = "v"): string {
    return `${prefix}${this.next.n++}`;
  }

  of(t: Ty): Var[] {
    return this.vars.filter((v) => v.type.name === t.name);
  }
}

/** A value of type `t`. */
export function expr(s: Scope, t: Ty, depth = 3): string {
  const c = s.chance;
  const vars = s.of(t);
  if (vars.length > 0 && c.percent(depth <= 0 ? 80 : 30)) return c.pick(vars).name;
  if (depth <= 0) return literal(s, t);
  if (c.percent(12)) {
    const part = partOf(s, t, depth);
    if (part) return part;
  }
  if (c.percent(10)) {
    const calls = s.calls.filter((f) => f.results.length === 1 && f.results[0]?.name === t.name);
    if (calls.length > 0) return call(s, c.pick(calls), depth);
  }
  if (c.percent(6)) return `tr(${s.next.n++}, ${expr(s, t, depth - 1)})`;
  if (c.percent(4) && s.depth < 2) return `func() ${t.name} { return ${expr(s, t, depth - 1)} }()`;
  return compound(s, t, depth);
}

export const call = (s: Scope, f: Callable, depth: number): string => `${f.name}(${f.params.map((p) => expr(s, p, depth - 1)).join(", ")})`;

/** A part of some variable: a field, an element, what a pointer points to. */
function partOf(s: Scope, t: Ty, depth: number): string | undefined {
  const found: string[] = [];
  for (const v of s.vars) {
    const u = v.type.k === "pointer" ? v.type.elem : v.type;
    if (u.k === "struct") {
      for (const f of u.fields) if (f.type.name === t.name) found.push(`${v.name}.${f.name}`);
      if (u.embeds?.k === "struct") for (const f of u.embeds.fields) if (f.type.name === t.name) found.push(`${v.name}.${f.name}`);
    }
    if (v.type.k === "array" && v.type.elem.name === t.name) found.push(`${v.name}[${index(s, v, depth)}]`);
    if (v.type.k === "slice" && v.type.elem.name === t.name) found.push(s.chance.percent(15) ? `${v.name}[${index(s, v, depth)}]` : `at(${v.name}, ${expr(s, INT, depth - 1)})`);
    if (v.type.k === "map" && v.type.elem.name === t.name) found.push(`${v.name}[${expr(s, v.type.key, depth - 1)}]`);
    if (v.type.k === "pointer" && v.type.elem.name === t.name) found.push(`(*${v.name})`);
    if (v.type.k === "func" && v.type.result.name === t.name) found.push(`${v.name}(${v.type.params.map((p) => expr(s, p, depth - 1)).join(", ")})`);
    if (v.type.k === "iface" && t.name === "int") found.push(s.chance.percent(50) ? `${v.name}.Get()` : `${v.name}.Add(${expr(s, INT, depth - 1)})`);
    if (v.type.k === "any" && comparable(t) && t.k !== "iface") found.push(`as[${t.name}](${v.name})`);
  }
  return found.length > 0 ? s.chance.pick(found) : undefined;
}

/** An index into `v`, seldom out of range. */
export function index(s: Scope, v: Var, depth: number): string {
  if (v.type.k === "array") return s.chance.percent(50) ? String(s.chance.below(v.type.n)) : `uint(id(${expr(s, INT, depth - 1)}))%${v.type.n}`;
  if (s.chance.percent(3)) return `id(${s.chance.below(9) - 1})`;
  return `uint(id(${expr(s, INT, depth - 1)}))%uint(max(len(${v.name}), 1))`;
}

const ARITHMETIC = ["+", "-", "*", "&", "|", "^", "&^"];

function compound(s: Scope, t: Ty, depth: number): string {
  const c = s.chance;
  const x = (u: Ty = t): string => expr(s, u, depth - 1);
  switch (t.k) {
    case "int": return integer(s, t, depth);
    case "float":
      switch (c.below(5)) {
        case 0: return `${t.name}(id(${x(c.pick([...INTS, ...FLOATS]))}))`;
        case 1: return `-${wrapped(x())}`;
        case 2: return `${c.pick(["min", "max"])}(id(${x()}), ${x()})`;
        default: return `(id(${x()}) ${c.pick(["+", "-", "*", "/"])} ${x()})`;
      }
    case "complex":
      if (c.percent(30)) return `complex(id(${x(FLOATS[0])}), ${x(FLOATS[0])})`;
      return `(id(${x()}) ${c.pick(["+", "-", "*", "/"])} ${x()})`;
    case "string":
      switch (c.below(7)) {
        case 0: return `string(rune(${x(INTS[3])}))`;
        case 1: return `fmt.Sprint(${x(c.pick([INT, BOOL, STRING, ...FLOATS]))})`;
        case 2: return `cut(${x()}, ${x(INT)}, ${x(INT)})`;
        case 3: return `string([]byte(${x()}))`;
        case 4: return `string([]rune(${x()}))`;
        default: return `(${x()} + ${x()})`;
      }
    case "bool": return boolean(s, depth);
    case "slice":
      switch (c.below(5)) {
        case 0: return `append(${x()}, ${x(t.elem)})`;
        case 1: return `append(${x()}, ${x()}...)`;
        case 2: return `part(${x()}, ${x(INT)}, ${x(INT)})`;
        case 3: return `make(${t.name}, uint(id(${x(INT)}))%5)`;
        default: return `${t.name}{${Array.from({ length: c.below(4) }, () => x(t.elem)).join(", ")}}`;
      }
    case "pointer": return c.percent(85) ? `&${composite(s, t.elem, depth)}` : `new(${t.elem.name})`;
    case "func": return closure(s, t, depth);
    case "iface": return x(c.pick(t.impls));
    case "any": return x(c.pick([INT, STRING, BOOL, ...s.types.filter((u) => u.k === "struct")]));
    default: return composite(s, t, depth);
  }
}

/** A composite literal. */
function composite(s: Scope, t: Ty, depth: number): string {
  const x = (u: Ty): string => expr(s, u, depth - 1);
  switch (t.k) {
    case "struct": {
      const parts = t.fields.filter(() => s.chance.percent(70)).map((f) => `${f.name}: ${x(f.type)}`);
      if (t.embeds && s.chance.percent(60)) parts.push(`${t.embeds.name}: ${x(t.embeds)}`);
      return `${t.name}{${parts.join(", ")}}`;
    }
    case "array": return s.chance.percent(70) ? `${t.name}{${Array.from({ length: t.n }, () => x(t.elem)).join(", ")}}` : `${t.name}{${s.chance.below(t.n)}: ${x(t.elem)}}`;
    case "map": return `${t.name}{${keys(s, t.key).map((k) => `${k}: ${x(t.elem)}`).join(", ")}}`;
    default: return literal(s, t);
  }
}

/** Different constant keys. */
function keys(s: Scope, t: Ty): string[] {
  const all = t.k === "string" ? ['""', '"a"', '"bc"', '"é"'] : t.k === "bool" ? ["true", "false"] : ["0", "1", "7", "100"];
  return t.k === "string" || t.k === "bool" || t.k === "int" ? all.filter(() => s.chance.percent(50)) : [];
}

function integer(s: Scope, t: Extract<Ty, { k: "int" }>, depth: number): string {
  const c = s.chance;
  const x = (u: Ty = t): string => expr(s, u, depth - 1);
  switch (c.below(12)) {
    case 0: return `${t.name}(id(${x(c.pick(INTS))}))`;
    case 1: return `(id(${x()}) ${c.pick(["/", "%"])} (${x()} | 1))`;
    case 2: return `(id(${x()}) ${c.pick(["/", "%"])} ${c.percent(10) ? `id(${x()})` : `(id(${x()}) | 1)`})`;
    case 3: return `(id(${x()}) ${c.pick(["<<", ">>"])} (${x(c.pick(INTS.filter((i) => !i.signed)))} & ${c.pick(["7", "31", "63", "127"])}))`;
    case 4: return `(id(${x()}) ${c.pick(["<<", ">>"])} ${c.below(70)})`;
    case 5: return `${c.pick(["-", "^"])}${wrapped(x())}`;
    case 6: return `${c.pick(["min", "max"])}(id(${x()}), ${x()})`;
    case 7: return t.name === "int" ? `len(${x(c.pick([STRING, ...s.vars.filter((v) => v.type.k === "slice" || v.type.k === "map").map((v) => v.type)]))})` : `${t.name}(id(${x(FLOATS[0])}))`;
    case 8: return `(id(${x()}) ${c.pick(["/", "%"])} ${c.pick(["3", "7", "10", "64", "127"])})`;
    default: return `(id(${x()}) ${c.pick(ARITHMETIC)} ${x()})`;
  }
}

function boolean(s: Scope, depth: number): string {
  const c = s.chance;
  const x = (u: Ty): string => expr(s, u, depth - 1);
  switch (c.below(6)) {
    case 0: return `!${wrapped(x(BOOL))}`;
    case 1: return `(${x(BOOL)} ${c.pick(["&&", "||"])} ${x(BOOL)})`;
    case 2: {
      const candidates = s.vars.map((v) => v.type).filter(comparable);
      const t = candidates.length > 0 ? c.pick(candidates) : INT;
      return `(id[${t.name}](${x(t)}) ${c.pick(["==", "!="])} id[${t.name}](${x(t)}))`;
    }
    case 3: {
      const values = s.vars.filter((v) => v.type.k === "any" || v.type.k === "iface");
      if (values.length > 0) return `same(${c.pick(values).name}, ${x(ANY)})`;
      return `(id(${x(STRING)}) ${c.pick(["<", "<=", ">"])} ${x(STRING)})`;
    }
    default: {
      const t = c.pick([...INTS, ...FLOATS, STRING]);
      return `(id(${x(t)}) ${c.pick(["==", "!=", "<", "<=", ">", ">="])} ${x(t)})`;
    }
  }
}

function closure(s: Scope, t: Extract<Ty, { k: "func" }>, depth: number): string {
  const inner = s.inner();
  inner.depth++;
  const params = t.params.map((p) => {
    const v = { name: inner.fresh("p"), type: p };
    inner.vars.push(v);
    return `${v.name} ${p.name}`;
  });
  const changed = s.vars.filter((v) => !v.fixed && v.type.k === "int");
  const effect = changed.length > 0 && s.chance.percent(60) ? `${s.chance.pick(changed).name} ${s.chance.pick(["+=", "-=", "^="])} ${s.chance.below(5) + 1}; ` : "";
  return `func(${params.join(", ")}) ${t.result.name} { ${effect}return ${expr(inner, t.result, Math.min(depth - 1, 2))} }`;
}

const wrapped = (x: string): string => `id(${x})`;

export function literal(s: Scope, t: Ty): string {
  const c = s.chance;
  switch (t.k) {
    case "int": {
      const least = t.signed ? -(2n ** BigInt(t.bits - 1)) : 0n;
      const most = t.signed ? 2n ** BigInt(t.bits - 1) - 1n : 2n ** BigInt(t.bits) - 1n;
      const v = c.pick([0n, 1n, 2n, 3n, 5n, 10n, 100n, least, most, most - 1n, most / 2n + 1n, t.signed ? -1n : 1n, t.signed ? -7n : 7n]);
      return `${t.name}(${v})`;
    }
    case "float": return `${t.name}(${c.pick(["0", "1", "-1.5", "0.1", "3.25", "1e10", "-2e-5", "1e30", "123456.789", "0x1p-20"])})`;
    case "complex": return `${t.name}(${c.pick(["0", "1", "2i", "1.5-2i", "-3+0.25i"])})`;
    case "string": return c.pick(['""', '"a"', '"bc"', '"héllo"', '"日本"', '"x\\ny"', '"\\xff\\x00z"', "`raw`"]);
    case "bool": return c.pick(["true", "false"]);
    case "slice": return c.percent(20) ? `${t.name}(nil)` : `${t.name}{${Array.from({ length: c.below(3) }, () => literal(s, t.elem)).join(", ")}}`;
    case "array": return `${t.name}{}`;
    case "map": return `${t.name}{}`;
    case "struct": return `${t.name}{}`;
    case "pointer": return `&${t.elem.k === "struct" || t.elem.k === "array" ? `${t.elem.name}{}` : "?"}`;
    case "func": return closure(s, func(t.params, t.result) as Extract<Ty, { k: "func" }>, 0);
    case "iface": return literal(s, c.pick(t.impls));
    case "any": return literal(s, c.pick([INT, STRING, BOOL, COMPLEX]));
  }
}
