/** Checking packages: what goes into the side tables, in which order variables are initialised, when the checker gives up. */
import { describe, expect, it } from "vitest";
import type * as ast from "../../../../src/compiler/syntax/index.ts";
import { exprString } from "../../../../src/compiler/syntax/index.ts";
import { typeString } from "../../../../src/compiler/types/index.ts";
import { exactString } from "../../../../src/compiler/constant/index.ts";
import { check, type CheckedText } from "./support.ts";

/** Types and values of all expressions that are printed as `text`. */
function recorded(p: CheckedText, text: string): string[] {
  const out: string[] = [];
  for (const [e, tv] of p.info.types) {
    if (exprString(e as ast.Expr) !== text) continue;
    out.push(`${tv.mode} ${typeString(tv.type)}${tv.value ? ` ${exactString(tv.value)}` : ""}`);
  }
  return out;
}

describe("types of expressions are final", () => {
  it("untyped constants have the type that their place gives them", () => {
    const p = check(`
      var f float32 = 1
      var i interface{} = 'x'
      func g(n uint8) bool { return n == 200 }
      var s uint = 3
      var h int64 = 7 << s
    `);
    expect(p.lines).toEqual([]);
    expect(recorded(p, "1")).toEqual(["constant float32 1"]);
    expect(recorded(p, "'x'")).toEqual(["constant rune 120"]);
    expect(recorded(p, "200")).toEqual(["constant uint8 200"]);
    expect(recorded(p, "7")).toEqual(["constant int64 7"]);
  });

  it("a read with a second value is a pair", () => {
    const p = check(`var m map[string]int; var v, ok = m["a"]`);
    expect(recorded(p, `m["a"]`)).toEqual(["mapindex (int, bool)"]);
  });

  it("spellings any, byte and rune are kept", () => {
    const p = check(`var a any; var b []byte; var c map[rune]uint8`);
    expect([p.type("a"), p.type("b"), p.type("c")].map((t) => typeString(t))).toEqual(["any", "[]byte", "map[rune]uint8"]);
  });

  it("a generic function is recorded with its instance", () => {
    const p = check(`func id[T any](x T) T { return x }; var a = id("s"); var b = id[int8](3)`);
    const instances = [...p.info.instances].map(([n, i]) => `${n.value}[${i.typeArgs.map((t) => typeString(t)).join(",")}]`);
    expect(instances).toEqual(["id[string]", "id[int8]"]);
    expect(typeString(p.type("b"))).toBe("int8");
  });
});

describe("initialisation order", () => {
  const order = (text: string): string[] => check(text).info.initOrder.map((i) => i.lhs.map((v) => v.name).join(","));

  it("is that of the text but for dependencies, also through functions", () => {
    expect(order(`var a = c + b; var b = f(); var c = 1; func f() int { return d }; var d = 3; var e = 4`)).toEqual(["c", "d", "b", "a", "e"]);
  });

  it("initialises the variables of one call together", () => {
    expect(order(`var x, y = g(); var z = y; func g() (int, int) { return w, 1 }; var w = 2`)).toEqual(["w", "x,y", "z"]);
  });

  it("reports a cycle through a function", () => {
    expect(check(`var a = f(); func f() int { return a }`).lines).toEqual([
      "p.go:1:16: initialization cycle for a\n\tp.go:1:16: a refers to f\n\tp.go:1:30: f refers to a",
    ]);
  });
});

describe("errors", () => {
  it("stop at the tenth, sorted by place", () => {
    const many = check(Array.from({ length: 12 }, (_, i) => `var x${i} = y${i}`).join("\n"));
    expect(many.lines).toHaveLength(11);
    expect(many.lines[10]).toBe("p.go:10:10: too many errors");
    expect(check(Array.from({ length: 12 }, (_, i) => `var x${i} = y${i}`).join("\n"), { allErrors: true }).lines).toHaveLength(12);
  });

  it("name the version that a construct needs", () => {
    expect(check(`func f() { for range 3 {} }`, { version: 21 }).lines).toEqual([
      "p.go:1:33: cannot range over 3 (untyped int constant): requires go1.22 or later (-lang was set to go1.21; check go.mod)",
    ]);
  });
});

describe("cells", () => {
  it("may leave variables unused and name packages without importing them", () => {
    const p = check(`func f() { x := strings.ToUpper("a"); y := rand.Intn(3) }`, { cell: true });
    expect(p.lines).toEqual([]);
    expect(p.pkg.imports.map((i) => i.path)).toEqual(["strings", "math/rand"]);
  });

  it("import again what was imported, and say in their own words what a name is", () => {
    const undeclared = (name: string): string | undefined => (name === "x" ? "x is local to main; declare it with var" : undefined);
    const p = check(`import "fmt"; import "fmt"; func f() { fmt.Println(x, y) }`, { cell: true }, { undeclared });
    expect(p.lines).toEqual(["p.go:1:63: x is local to main; declare it with var", "p.go:1:66: undefined: y"]);
  });

  it("report other errors as ever", () => {
    expect(check(`func f() { strings.Foo() }`, { cell: true }).lines).toEqual(["p.go:1:31: undefined: strings.Foo"]);
  });
});
