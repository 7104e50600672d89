/**
 * Generated programs: well-typed, deterministic, ended by themselves. One seed gives one program of several independent units, so that one build
 * of the real compiler judges many.
 */
import { type Callable, expr, Scope } from "./expressions.ts";
import { DEEP_HELPERS } from "./deep.ts";
import { HELPERS } from "./more.ts";
import { anyType, type Around, show, statement } from "./statements.ts";
import { Chance, type Field, INT, INTS, STRING, type Ty } from "./types.ts";

const PRELUDE = `package main

import "fmt"

var steps []int

//go:noinline
func id[T any](x T) T { return x }

func tr[T any](n int, x T) T {
	steps = append(steps, n)
	return x
}

func as[T any](x any) T {
	v, _ := x.(T)
	return v
}

func same(a, b any) bool { return a == b }

func at[T any](s []T, i int) (x T) {
	if len(s) > 0 {
		x = s[uint(i)%uint(len(s))]
	}
	return x
}

func cut(s string, i, j int) string {
	if len(s) > 40 {
		s = s[:40]
	}
	i = int(uint(i) % uint(len(s)+1))
	j = i + int(uint(j)%uint(len(s)-i+1))
	return s[i:j]
}

func part[T any](s []T, i, j int) []T {
	i = int(uint(i) % uint(len(s)+1))
	j = i + int(uint(j)%uint(cap(s)-i+1))
	return s[i:j]
}

func count(n int) func(yield func(int, int) bool) {
	return func(yield func(int, int) bool) {
		for i := range int(uint(n) % 4) {
			if !yield(i, i*i) {
				return
			}
		}
	}
}

func run(n int, f func()) {
	fmt.Println("# unit", n)
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("panic:", r)
		}
		fmt.Println(steps)
		steps = nil
	}()
	f()
}
`;

/** The text of the program of \`units\` units that the seed gives. */
export function program(seed: number, units: number): string {
  const made = Array.from({ length: units }, (_, i) => unit(new Chance(seed * 1000 + i), i));
  return `${PRELUDE}${HELPERS}${DEEP_HELPERS}\n${made.join("\n")}\nfunc main() {\n${made.map((_, i) => `\trun(${i}, unit${i})\n`).join("")}}\n`;
}

/** The text of one unit alone. */
export const single = (seed: number, i: number): string => `${PRELUDE}${HELPERS}${DEEP_HELPERS}\n${unit(new Chance(seed * 1000 + i), i)}\nfunc main() { run(${i}, unit${i}) }\n`;

function unit(c: Chance, n: number): string {
  const { types, text } = declareTypes(c, n);
  const calls: Callable[] = [];
  const functions: string[] = [];
  for (let i = 0; i < 3; i++) {
    const f = declareFunction(c, n, i, types, calls);
    functions.push(f.text);
    calls.push(f.callable);
  }
  const s = new Scope(c, calls, types);
  const around: Around = { depth: 3, labels: [], inLoop: false, results: [] };
  const inner = s.inner();
  const body = Array.from({ length: 6 }, () => [...block2(inner, around)]).flat();
  return `${text}\n${functions.join("\n")}\nfunc unit${n}() {\n${[...body, ...show(inner), ...show(inner)].map((l) => `\t${l}\n`).join("")}}\n`;
}

/** Two statements that share their scope with what follows. */
function block2(s: Scope, a: Around): string[] {
  const lines: string[] = [];
  for (let i = 0; i < 2; i++) lines.push(...statement(s, a));
  return lines;
}

function declareTypes(c: Chance, n: number): { readonly types: readonly Ty[]; readonly text: string } {
  const types: Ty[] = [];
  const texts: string[] = [];
  const base = c.pick(INTS);
  const number: Ty = { ...base, name: `N${n}` };
  texts.push(`type N${n} ${base.name}\n\nfunc (x N${n}) Get() int { return int(x) }\nfunc (x N${n}) Add(d int) int { x += N${n}(d); return int(x) }`);
  const impls: Ty[] = [number];
  const s = new Scope(c, [], []);
  for (let i = 0; i < 2; i++) {
    const name = `S${n}_${i}`;
    const fields: Field[] = Array.from({ length: 1 + c.below(4) }, (_, j) => ({ name: `F${i}${j}`, type: anyType(s, 1 + c.below(2)) })).filter((f) => f.type.k !== "func" && f.type.k !== "any");
    fields.push({ name: `X${i}`, type: INT });
    const embeds = i === 1 && c.percent(60) ? types.find((t) => t.k === "struct") : undefined;
    const t: Ty = { k: "struct", name, fields, ...(embeds ? { embeds } : {}) };
    types.push(t);
    const pointerMethods = c.percent(50);
    texts.push(`type ${name} struct {\n${embeds ? `\t${embeds.name}\n` : ""}${fields.map((f) => `\t${f.name} ${f.type.name}\n`).join("")}}\n`);
    texts.push(`func (s ${name}) Get() int { return s.X${i} }\nfunc (s ${pointerMethods ? "*" : ""}${name}) Add(d int) int { s.X${i} += d; return s.X${i} }`);
    impls.push(pointerMethods ? { k: "pointer", name: `*${name}`, elem: t } : t);
  }
  texts.push(`type I${n} interface {\n\tGet() int\n\tAdd(int) int\n}`);
  types.push(number, { k: "iface", name: `I${n}`, impls });
  return { types, text: texts.join("\n") };
}

function declareFunction(c: Chance, n: number, i: number, types: readonly Ty[], calls: readonly Callable[]): { readonly callable: Callable; readonly text: string } {
  const s = new Scope(c, [...calls], types);
  const params = Array.from({ length: c.below(4) }, () => ({ name: s.fresh("a"), type: anyType(s, 1) }));
  s.vars.push(...params);
  const results = Array.from({ length: c.percent(30) ? 2 : 1 }, () => c.percent(30) ? c.pick([INT, STRING]) : anyType(s, 1));
  const named = c.percent(30);
  const names = results.map((t) => ({ name: s.fresh("res"), type: t }));
  if (named) s.vars.push(...names);
  const body = block2(s, { depth: 2, labels: [], inLoop: false, results });
  const last = results.map((t) => expr(s, t, 2)).join(", ");
  const signature = named ? names.map((v) => `${v.name} ${v.type.name}`).join(", ") : results.map((t) => t.name).join(", ");
  const callable = { name: `f${n}_${i}`, params: params.map((p) => p.type), results };
  const text = `func ${callable.name}(${params.map((p) => `${p.name} ${p.type.name}`).join(", ")}) (${signature}) {\n${body.map((l) => `\t${l}\n`).join("")}\treturn ${last}\n}\n`;
  return { callable, text };
}
