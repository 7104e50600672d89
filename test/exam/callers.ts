/**
 * Programs that call each function of a library package in each way that a summary must stand: compiler.md 13 counts the ways.
 *
 * Types and names come from the facts; what the calls print is asked of the real compiler. A function whose types another package
 * cannot write down has no caller.
 */
import type { FuncFacts, PackageFacts, TypeIndex } from "../../dist/src/compiler/types/facts.js";

/** The ways to call. */
export const KINDS = ["dropped", "returned", "looped", "constants", "literals", "boxed", "nested", "thrice", "value", "captured", "deferred", "big"] as const;
export type Kind = (typeof KINDS)[number];

export interface Caller {
  readonly name: string;
  readonly text: string;
}

/** Parameters of the caller, statements before the call, and the argument. */
interface Argument {
  readonly params: readonly string[];
  readonly before: readonly string[];
  readonly text: string;
}

/** Writes callers of one package. */
export class CallerWriter {
  readonly #facts: PackageFacts;
  readonly #imports = new Map<string, string>();
  #serial = 0;

  constructor(facts: PackageFacts) {
    this.#facts = facts;
  }

  /** The functions and methods that can be called from outside. */
  functions(): FuncFacts[] {
    const types = new Set(this.#facts.named.map((n) => n.name));
    return this.#facts.funcs.filter((fn) => {
      if (!exported(fn.name) || fn.tparams || fn.rtparams || fn.unknown) return false;
      const recv = fn.recv?.replace("*", "");
      if (recv !== undefined && (!exported(recv) || !types.has(recv) || this.#isInterface(recv))) return false;
      return [...fn.sig.params, ...fn.sig.results].every((v) => this.#spell(v.t) !== undefined);
    });
  }

  /** The callers of `kind`, of all functions. */
  callers(kind: Kind): Caller[] {
    const all = this.functions();
    const some = kind === "big" ? all.filter((_, i) => i % Math.ceil(all.length / 3) === 0) : all;
    return some.flatMap((fn, i) => {
      const name = `${kind}${i}`;
      const text = this.#caller(kind, name, fn, all, all.indexOf(fn));
      return text === undefined ? [] : [{ name, text }];
    });
  }

  /** A program of `callers`, and the first line of each. */
  program(callers: readonly Caller[]): { readonly text: string; readonly lines: readonly number[] } {
    const used = [...this.#imports].filter(([, as]) => callers.some((c) => new RegExp(`(?<![.\\w])${as}\\.`).test(c.text)));
    const head = ["package main", "", ...used.map(([path, as]) => `import ${as} "${path}"`), "", "var sink any", "", "func main() {}", ""];
    const lines: number[] = [];
    let at = head.length + 1;
    for (const { text } of callers) {
      lines.push(at);
      at += text.split("\n").length;
    }
    return { text: [...head, ...callers.map((c) => c.text)].join("\n"), lines };
  }

  #isInterface(name: string): boolean {
    const named = this.#facts.named.find((n) => n.name === name);
    return named !== undefined && this.#facts.types[named.t]?.k === "iface";
  }

  #import(path: string): string {
    const known = this.#imports.get(path);
    if (known !== undefined) return known;
    const base = (path.split("/").at(-1) ?? path).replace(/^v\d+$/, path.split("/").at(-2) ?? "").replaceAll(/\W/g, "_");
    const as = [...this.#imports.values()].includes(base) ? `${base}_${this.#imports.size}` : base;
    this.#imports.set(path, as);
    return as;
  }

  /** The type as another package writes it; undefined where it cannot. */
  #spell(index: TypeIndex): string | undefined {
    const t = this.#facts.types[index];
    const wrap = (before: string, i: TypeIndex): string | undefined => {
      const inner = this.#spell(i);
      return inner === undefined ? undefined : before + inner;
    };
    switch (t?.k) {
      case "basic":
        return t.name.startsWith("untyped") ? undefined : t.name === "Pointer" ? `${this.#import("unsafe")}.Pointer` : t.name;
      case "ref":
        if (t.args || !exported(t.name) || /(^|\/)(internal|vendor)(\/|$)/.test(t.path)) return undefined;
        return `${this.#import(t.path)}.${t.name}`;
      case "ptr":
        return wrap("*", t.elem);
      case "slice":
        return wrap("[]", t.elem);
      case "array":
        return wrap(`[${t.len}]`, t.elem);
      case "map": {
        const key = this.#spell(t.key);
        return key === undefined ? undefined : wrap(`map[${key}]`, t.elem);
      }
      case "chan":
        return wrap(t.dir === "send" ? "chan<- " : t.dir === "recv" ? "<-chan " : "chan ", t.elem);
      case "func":
        return this.#signature(index, "");
      case "iface":
        return t.methods.length + t.embeds.length === 0 ? "any" : undefined;
      default:
        return undefined;
    }
  }

  /** `func(p…) (r…)`; with a prefix, parameters and results are named. */
  #signature(index: TypeIndex, prefix: string): string | undefined {
    const t = this.#facts.types[index];
    if (t?.k !== "func") return undefined;
    const list = (vars: readonly { readonly t: TypeIndex }[], letter: string): string | undefined => {
      const parts = vars.map((v, i) => {
        const text = this.#spell(v.t);
        const dots = t.sig.variadic && letter === "p" && i === vars.length - 1;
        return text === undefined ? undefined : `${prefix === "" ? "" : `${prefix}${letter}${i} `}${dots ? `...${text.slice(2)}` : text}`;
      });
      return parts.includes(undefined) ? undefined : parts.join(", ");
    };
    const [params, results] = [list(t.sig.params, "p"), list(t.sig.results, "r")];
    return params === undefined || results === undefined ? undefined : `func(${params})${results === "" ? "" : ` (${results})`}`;
  }

  // ---- arguments ----

  /** A parameter of the caller as the argument. */
  #plain(index: TypeIndex, dots: boolean): Argument {
    const name = `a${this.#serial++}`;
    return { params: [`${name} ${this.#spell(index)}`], before: [], text: dots ? `${name}...` : name };
  }

  /** What may live on the stack: addresses of locals, literals, converted values. */
  #local(index: TypeIndex, dots: boolean): Argument {
    const t = this.#facts.types[index];
    const n = this.#serial++;
    const elem = t?.k === "slice" ? this.#spell(t.elem) : undefined;
    if (t?.k === "slice" && dots) {
      const params = elem === "any" ? [`e${n} int`, `f${n} string`] : [`e${n} ${elem}`, `f${n} ${elem}`];
      return { params, before: [], text: `e${n}, f${n}` };
    }
    if (t?.k === "slice") return { params: [`e${n} ${elem}`], before: [], text: `[]${elem}{e${n}}` };
    if (t?.k === "ptr" && this.#spell(t.elem) !== undefined) return { params: [], before: [`var v${n} ${this.#spell(t.elem)}`], text: `&v${n}` };
    if (this.#spell(index) === "any") return { params: [`e${n} int`], before: [], text: `e${n}` };
    return this.#plain(index, dots);
  }

  #constant(index: TypeIndex, dots: boolean): Argument | undefined {
    const t = this.#facts.types[index];
    if (t?.k === "slice" && !dots && this.#spell(t.elem) === "byte") return { params: [], before: [], text: '[]byte("abcdef")' };
    if (t?.k === "slice" && !dots) return { params: [], before: [], text: `make(${this.#spell(index)}, 5)` };
    if (t?.k !== "basic") return undefined;
    if (t.name === "string") return { params: [], before: [], text: '"h\\u00e9llo"' };
    if (t.name === "bool") return { params: [], before: [], text: "true" };
    return /^(u?int|byte|rune|float)/.test(t.name) ? { params: [], before: [], text: "7" } : undefined;
  }

  #literal(index: TypeIndex): Argument | undefined {
    const text = this.#signature(index, "q");
    return text === undefined ? undefined : { params: [], before: [], text: `${text} { return }` };
  }

  // ---- callers ----

  #receiver(fn: FuncFacts, local: boolean): Argument | undefined {
    if (fn.recv === undefined) return undefined;
    const n = this.#serial++;
    const base = `${this.#import(this.#facts.path)}.${fn.recv.replace("*", "")}`;
    if (local) return { params: [], before: [`var r${n} ${base}`], text: `r${n}` };
    return { params: [`r${n} ${fn.recv.startsWith("*") ? "*" : ""}${base}`], before: [], text: `r${n}` };
  }

  #call(fn: FuncFacts, choose: (index: TypeIndex, dots: boolean, i: number) => Argument, local: boolean): { readonly params: string[]; readonly before: string[]; readonly fun: string; readonly args: string } {
    const recv = this.#receiver(fn, local);
    const args = fn.sig.params.map((p, i) => choose(p.t, fn.sig.variadic === true && i === fn.sig.params.length - 1, i));
    const all = [...(recv ? [recv] : []), ...args];
    const fun = recv ? `${recv.text}.${fn.name}` : `${this.#import(this.#facts.path)}.${fn.name}`;
    return { params: all.flatMap((a) => a.params), before: all.flatMap((a) => a.before), fun, args: args.map((a) => a.text).join(", ") };
  }

  #results(fn: FuncFacts): string[] {
    return fn.sig.results.map((r) => this.#spell(r.t) ?? "");
  }

  #caller(kind: Kind, name: string, fn: FuncFacts, all: readonly FuncFacts[], index: number): string | undefined {
    this.#serial = 0;
    const local = (t: TypeIndex, dots: boolean): Argument => this.#local(t, dots);
    const plain = (t: TypeIndex, dots: boolean): Argument => this.#plain(t, dots);
    const results = this.#results(fn);
    const write = (params: readonly string[], result: string, body: readonly string[]): string => `func ${name}(${params.join(", ")}) ${result}{\n${body.map((l) => `\t${l}\n`).join("")}}\n`;
    const simple = (choose: typeof local, isLocal: boolean, line: (call: string) => string, result = ""): string => {
      const { params, before, fun, args } = this.#call(fn, choose, isLocal);
      return write(params, result, [...before, line(`${fun}(${args})`)]);
    };
    switch (kind) {
      case "dropped":
        return simple(local, true, (call) => call);
      case "returned":
        return results.length === 0 ? undefined : simple(plain, false, (call) => `return ${call}`, `(${results.join(", ")}) `);
      case "looped": {
        const { params, before, fun, args } = this.#call(fn, local, true);
        const outside = results.map((r, i) => `var s${i} ${r}`);
        const assigned = results.length === 0 ? "" : `${results.map((_, i) => `s${i}`).join(", ")} = `;
        const used = results.length === 0 ? [] : [`return ${results.map((_, i) => `s${i}`).join(", ")}`];
        return write([...params, "times int"], results.length === 0 ? "" : `(${results.join(", ")}) `, [...outside, "for i := 0; i < times; i++ {", ...before, `${assigned}${fun}(${args})`, "}", ...used]);
      }
      case "constants": {
        let any = false;
        const choose = (t: TypeIndex, dots: boolean): Argument => {
          const c = this.#constant(t, dots);
          any ||= c !== undefined;
          return c ?? this.#plain(t, dots);
        };
        const text = simple(choose, false, (call) => call);
        return any ? text : undefined;
      }
      case "literals": {
        let any = false;
        const choose = (t: TypeIndex, dots: boolean): Argument => {
          const c = this.#literal(t);
          any ||= c !== undefined;
          return c ?? this.#local(t, dots);
        };
        const text = simple(choose, true, (call) => call);
        return any ? text : undefined;
      }
      case "boxed":
        return results.length === 1 && results[0] !== "any" ? simple(local, true, (call) => `sink = ${call}`) : undefined;
      case "nested": {
        let any = false;
        const choose = (t: TypeIndex, dots: boolean): Argument => {
          const inner = dots || any ? undefined : all.find((g) => g !== fn && g.sig.results.length === 1 && g.sig.results[0]?.t === t);
          if (!inner) return this.#local(t, dots);
          any = true;
          const { params, before, fun, args } = this.#call(inner, local, true);
          return { params, before, text: `${fun}(${args})` };
        };
        const text = simple(choose, true, (call) => call);
        return any ? text : undefined;
      }
      case "thrice": {
        const calls = [0, 1, 2].map((k) => this.#call(all[(index + k) % all.length] ?? fn, k === 1 ? local : plain, k === 1));
        return write(calls.flatMap((c) => c.params), "", calls.flatMap((c) => [...c.before, `${c.fun}(${c.args})`]));
      }
      case "value": {
        const { params, before, fun, args } = this.#call(fn, local, true);
        return write(params, "", [...before, `f := ${fun}`, "println(f == nil)", `f(${args})`]);
      }
      case "captured": {
        const { params, before, fun, args } = this.#call(fn, plain, true);
        return write(params, "func() ", [...before, "return func() {", `${fun}(${args})`, "}"]);
      }
      case "deferred": {
        const { params, before, fun, args } = this.#call(fn, local, true);
        return write(params, "", [...before, `${index % 2 === 0 ? "defer" : "go"} ${fun}(${args})`]);
      }
      case "big": {
        const { params, before, fun, args } = this.#call(fn, plain, true);
        return write([...params, "x int"], "int ", [...before, `${fun}(${args})`, ...Array.from({ length: 1700 }, () => "x += 1"), "return x"]);
      }
    }
  }
}

const exported = (name: string): boolean => /^\p{Lu}/u.test(name);
