/**
 * Statements of generated programs. Every loop is bounded, every goroutine is waited for, nothing depends on chance or time.
 */
import { call, expr, index, type Scope, type Var } from "./expressions.ts";
import { deep } from "./deep.ts";
import { further } from "./more.ts";
import { ANY, BOOL, comparable, COMPLEX, FLOATS, func, INT, INTS, pointer, printable, slice, STRING, array, map, type Ty } from "./types.ts";

/** Around the statements: what may be left or begun again, and how deep they stand. */
export interface Around {
  readonly depth: number;
  readonly labels: readonly { readonly name: string; readonly loop: boolean }[];
  readonly inLoop: boolean;
  readonly results: readonly Ty[];
  /** Inside a function literal that is deferred or a goroutine's: no return with values, no jumps. */
  readonly closed?: boolean;
}

/** A type for a variable. */
export function anyType(s: Scope, depth = 2): Ty {
  const c = s.chance;
  const on = (): Ty => anyType(s, depth - 1);
  const structs = s.types.filter((t) => t.k === "struct");
  if (depth <= 0) return c.pick([...INTS, ...FLOATS, STRING, BOOL]);
  switch (c.below(14)) {
    case 0: case 1: return slice(on());
    case 2: return array(1 + c.below(4), on());
    case 3: return map(c.pick([INT, STRING, INTS[1] ?? INT, BOOL]), on());
    case 4: return structs.length > 0 ? pointer(c.pick(structs)) : INT;
    case 5: case 6: return c.pick(s.types.length > 0 ? s.types : [INT]);
    case 7: return func(Array.from({ length: c.below(3) }, on), on());
    case 8: return COMPLEX;
    case 9: return ANY;
    default: return c.pick([...INTS, INT, INT, ...FLOATS, STRING, BOOL]);
  }
}

export function block(s: Scope, a: Around, count: number): string[] {
  const inner = s.inner();
  return Array.from({ length: count }, () => statement(inner, a)).flat();
}

const indent = (lines: readonly string[]): string[] => lines.map((l) => `\t${l}`);

function declare(s: Scope, type: Ty, value: string | undefined): string[] {
  const v = { name: s.fresh(), type };
  const text = value === undefined ? `var ${v.name} ${type.name}` : s.chance.percent(50) ? `var ${v.name} ${type.name} = ${value}` : `${v.name} := ${type.name.startsWith("func") || type.name.startsWith("*") ? `(${type.name})` : type.name}(${value})`;
  s.vars.push(v);
  return [text, `_ = ${v.name}`];
}

/** Something that can be assigned to, of an int type if possible. */
function target(s: Scope): { readonly text: string; readonly type: Ty } | undefined {
  const c = s.chance;
  const found: { text: string; type: Ty }[] = [];
  for (const v of s.vars) {
    if (v.fixed) continue;
    found.push({ text: v.name, type: v.type });
    const u = v.type.k === "pointer" ? v.type.elem : v.type;
    if (u.k === "struct") for (const f of u.fields) found.push({ text: `${v.name}.${f.name}`, type: f.type });
    if (v.type.k === "array" || (v.type.k === "slice" && c.percent(30))) found.push({ text: `${v.name}[${index(s, v, 2)}]`, type: v.type.elem });
    if (v.type.k === "map") found.push({ text: `${v.name}[${expr(s, v.type.key, 1)}]`, type: v.type.elem });
  }
  return found.length > 0 ? c.pick(found) : undefined;
}

export function show(s: Scope): string[] {
  const vars = s.vars.filter((v) => printable(v.type));
  if (vars.length === 0) return [];
  const chosen = Array.from({ length: 1 + s.chance.below(3) }, () => s.chance.pick(vars).name);
  return [`fmt.Println(${chosen.join(", ")})`];
}

export function statement(s: Scope, a: Around): string[] {
  const c = s.chance;
  const x = (t: Ty, depth = 3): string => expr(s, t, depth);
  if (a.depth <= 0) return c.percent(50) ? assignment(s) : show(s);
  const deeper: Around = { ...a, depth: a.depth - 1 };
  switch (c.below(35)) {
    case 0: case 1: case 2: case 3: {
      const t = anyType(s);
      return declare(s, t, c.percent(90) || t.k === "pointer" || t.k === "func" || t.k === "iface" ? x(t) : undefined);
    }
    case 4: case 5: case 6: case 7: return assignment(s);
    case 8: case 9: return show(s);
    case 10: return [`if ${c.percent(20) ? `t := ${x(INT, 1)}; t > 3 || ` : ""}${x(BOOL)} {`, ...indent(block(s, deeper, 2)), ...(c.percent(50) ? ["} else {", ...indent(block(s, deeper, 2))] : []), "}"];
    case 11: case 12: return loop(s, deeper);
    case 13: return choice(s, deeper);
    case 14: return typeSwitch(s, deeper);
    case 15: return [`func() {`, `\tdefer func() {`, ...indent(indent(block(s, { ...deeper, closed: true, inLoop: false, labels: [] }, 1))), `\t\tif r := recover(); r != nil { fmt.Println("recovered", r) }`, `\t}()`, ...indent(block(s, { ...deeper, closed: true, inLoop: false, labels: [] }, 3)), ...(c.percent(30) ? [`\tif ${x(BOOL, 2)} { panic(${x(c.pick([INT, STRING, FLOATS[0] ?? INT]), 2)}) }`] : []), `}()`];
    case 16: return [`for range ${1 + c.below(3)} {`, ...indent(block(s, { ...deeper, inLoop: true, labels: a.closed ? [] : a.labels }, 2)), "}"];
    case 17: return goroutines(s, deeper);
    case 18: return jump(s, a);
    case 19: {
      const many = s.calls.filter((f) => f.results.length === 2);
      if (many.length === 0) return [];
      const f = c.pick(many);
      const [p, q] = f.results.map((t) => ({ name: s.fresh(), type: t }));
      if (!p || !q) return [];
      const line = `${p.name}, ${q.name} := ${call(s, f, 3)}`;
      s.vars.push(p, q);
      return [line, `_, _ = ${p.name}, ${q.name}`];
    }
    case 20: {
      const maps = s.vars.filter((v) => v.type.k === "map");
      if (maps.length === 0) return [];
      const m = c.pick(maps);
      if (m.type.k !== "map") return [];
      return c.percent(60) ? [`delete(${m.name}, ${x(m.type.key)})`] : [`if e, ok := ${m.name}[${x(m.type.key)}]; ok { _ = e; fmt.Println("there", len(${m.name})) }`];
    }
    case 21: {
      const slices = s.vars.filter((v) => v.type.k === "slice");
      if (slices.length === 0) return [];
      const v = c.pick(slices);
      return c.percent(50) ? [`copy(${v.name}, ${x(v.type)})`] : c.percent(50) ? [`clear(${v.name})`] : [`if len(${v.name}) > 1 { ${v.name}[0], ${v.name}[len(${v.name})-1] = ${v.name}[len(${v.name})-1], ${v.name}[0] }`];
    }
    case 22: return iterate(s, deeper);
    case 23: case 24: case 25: case 26: case 27: case 28: return further(s, a.inLoop);
    case 29: case 30: case 31: case 32: case 33: return deep(s, a.inLoop);
    default: return [`defer func() { ${c.percent(50) ? "recover(); " : ""}fmt.Println("deferred", ${x(INT, 2)}) }()`].slice(0, a.inLoop ? 0 : 1);
  }
}

function assignment(s: Scope): string[] {
  const c = s.chance;
  const t = target(s);
  if (!t) return [];
  if (t.type.k === "int" && c.percent(50)) {
    if (c.percent(30)) return [`${t.text}${c.pick(["++", "--"])}`];
    if (c.percent(30)) return [`${t.text} ${c.pick(["<<=", ">>="])} ${expr(s, INTS[6] ?? INT, 2)} & 15`];
    return [`${t.text} ${c.pick(["+=", "-=", "*=", "&=", "|=", "^=", "&^="])} ${expr(s, t.type, 2)}`];
  }
  if (t.type.k === "string" && c.percent(40)) return [`${t.text} += ${expr(s, t.type, 2)}`, `if len(${t.text}) > 200 { ${t.text} = "" }`];
  if ((t.type.k === "float" || t.type.k === "complex") && c.percent(40)) return [`${t.text} ${c.pick(["+=", "-=", "*=", "/="])} ${expr(s, t.type, 2)}`];
  const other = c.percent(25) ? target(s) : undefined;
  if (other) return [`${t.text}, ${other.text} = ${expr(s, t.type, 2)}, ${expr(s, other.type, 2)}`];
  return [`${t.text} = ${expr(s, t.type)}`];
}

function loop(s: Scope, a: Around): string[] {
  const c = s.chance;
  const label = c.percent(40) && !a.closed ? s.fresh("L") : undefined;
  const inner = s.inner();
  const inside: Around = { ...a, inLoop: true, labels: label ? [...a.labels, { name: label, loop: true }] : a.labels };
  const i: Var = { name: s.fresh("i"), type: INT, fixed: true };
  inner.vars.push(i);
  const head = c.percent(50) ? `for ${i.name} := 0; ${i.name} < ${1 + c.below(5)}; ${i.name}++ {` : `for ${i.name} := range ${1 + c.below(5)} {`;
  const body = block(inner, inside, 3);
  const used = label ? [`if ${i.name} == 3 { ${c.pick(["break", "continue"])} ${label} }`] : [`_ = ${i.name}`];
  return [...(label ? [`${label}:`] : []), head, ...indent([...used, ...body]), "}"];
}

/** Ranges over values. */
function iterate(s: Scope, a: Around): string[] {
  const c = s.chance;
  const inner = s.inner();
  const inside: Around = { ...a, inLoop: true };
  const key: Var = { name: s.fresh("k"), type: INT, fixed: true };
  const from = s.vars.filter((v) => v.type.k === "slice" || v.type.k === "array" || v.type.k === "string");
  if (c.percent(40) || from.length === 0) {
    const value: Var = { name: s.fresh("e"), type: INT };
    inner.vars.push(key, value);
    return [`for ${key.name}, ${value.name} := range count(${expr(s, INT, 2)}) {`, `\t_, _ = ${key.name}, ${value.name}`, ...indent(block(inner, inside, 2)), "}"];
  }
  const v = c.pick(from);
  const elem: Ty = v.type.k === "slice" || v.type.k === "array" ? v.type.elem : (INTS[3] ?? INT);
  const value: Var = { name: s.fresh("e"), type: elem };
  inner.vars.push(key, value);
  return [`for ${key.name}, ${value.name} := range ${v.name} {`, `\t_, _ = ${key.name}, ${value.name}`, `\tif ${key.name} > 6 { break }`, ...indent(block(inner, inside, 2)), "}"];
}

function choice(s: Scope, a: Around): string[] {
  const c = s.chance;
  if (c.percent(40)) {
    return ["switch {", ...Array.from({ length: 3 }, () => [`case ${expr(s, BOOL, 2)}:`, ...indent(block(s, a, 1)), ...(c.percent(20) ? ["\tfallthrough"] : [])]).flat(), "default:", ...indent(show(s)), "}"];
  }
  const t = c.pick([INT, INTS[1] ?? INT, STRING]);
  const cases = t.k === "string" ? ['""', '"a"', '"bc"', '"héllo"'] : ["0", "1, 2", "-1", "100"];
  return [`switch ${expr(s, t, 2)} {`, ...cases.flatMap((k) => [`case ${k}:`, ...indent(block(s, a, 1))]), "default:", ...indent(block(s, a, 1)), "}"];
}

function typeSwitch(s: Scope, a: Around): string[] {
  const values = s.vars.filter((v) => v.type.k === "any" || v.type.k === "iface");
  if (values.length === 0) return [];
  const v = s.chance.pick(values);
  const types = (v.type.k === "iface" ? v.type.impls : [INT, STRING, BOOL, ...s.types.filter((t) => t.k === "struct")]).filter((t) => comparable(t) || t.k === "struct");
  return [
    `switch z := any(${v.name}).(type) {`,
    ...types.flatMap((t) => {
      const inner = s.inner();
      inner.vars.push({ name: "z", type: t });
      return [`case ${t.name}:`, ...indent(["_ = z", ...block(inner, { ...a, depth: 0 }, 1)])];
    }),
    "default:", '\tfmt.Println("other", z == nil)', "}",
  ];
}

function goroutines(s: Scope, a: Around): string[] {
  const ch = s.fresh("c");
  const t = s.chance.pick([INT, STRING, ...s.types.filter((u) => u.k === "struct")]);
  const v: Var = { name: s.fresh("r"), type: t };
  const inner = s.inner();
  const n = 1 + s.chance.below(4);
  // What is sent is found first: a goroutine that reads what others write is no program with one answer.
  const sent = s.fresh("x");
  const lines = [`${ch} := make(chan ${t.name}, ${s.chance.below(3)})`, `${sent} := ${expr(s, t, 2)}`, `go func() {`, `\tdefer close(${ch})`, `\tdefer func() { if r := recover(); r != nil { fmt.Println("in goroutine", r) } }()`, `\tfor range ${n} { ${ch} <- ${sent} }`, `}()`];
  if (s.chance.percent(50)) {
    inner.vars.push(v);
    return ["{", ...indent([...lines, `for ${v.name} := range ${ch} {`, `\t_ = ${v.name}`, ...indent(block(inner, { ...a, depth: 0, inLoop: true }, 1)), "}"]), "}"];
  }
  const done = s.fresh("d");
  return ["{", ...indent([...lines, `for ${done} := 0; ${done} < ${n + 2}; ${done}++ {`, "\tselect {", `\tcase ${v.name}, ok := <-${ch}:`, `\t\tfmt.Println(ok, len(fmt.Sprint(${v.name})) > 0)`, `\tcase <-(chan int)(nil):`, `\t\tfmt.Println("never")`, "\t}", "}"]), "}"];
}

function jump(s: Scope, a: Around): string[] {
  const c = s.chance;
  if (a.closed) return a.inLoop ? [`if ${expr(s, BOOL, 2)} { ${c.pick(["break", "continue"])} }`] : [];
  if (a.inLoop && c.percent(60)) {
    const label = a.labels.length > 0 && c.percent(50) ? ` ${c.pick(a.labels).name}` : "";
    return [`if ${expr(s, BOOL, 2)} { ${c.pick(["break", "continue"])}${label} }`];
  }
  return [`if ${expr(s, BOOL, 2)} { return ${a.results.map((t) => expr(s, t, 2)).join(", ")} }`];
}
