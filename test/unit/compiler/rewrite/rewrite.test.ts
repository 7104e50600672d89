/** The passes between building and escape analysis, each on its own. */
import { describe, expect, test } from "vitest";
import { encodeUtf8 } from "../../../../src/base/source.ts";
import { check } from "../../../../src/compiler/check.ts";
import { bodyString, type Built, buildPackage, type Func, nodeString } from "../../../../src/compiler/ir/index.ts";
import { dropDeadLocals, makeWrappers, perIterationVariables, staticInit } from "../../../../src/compiler/rewrite/index.ts";
import { stdImporter } from "../../../../src/std/index.ts";

function build(source: string): Built {
  const checked = check({ files: [{ name: "./prog.go", text: encodeUtf8(`package main\n${source}`) }], importer: stdImporter() });
  expect(checked.diagnostics).toEqual([]);
  return buildPackage(checked, "shape");
}

function func(b: Built, printed: string): Func {
  const found = b.ir.funcs.find((fn) => fn.printed === printed);
  if (!found) throw new Error(`no function ${printed}`);
  return found;
}

describe("dead locals", () => {
  test("an assignment that nobody reads goes, with what it captured", () => {
    const b = build("func f(p int) int { x := p; g := func() int { return x }; y := 1; _ = g; y = p; return y }");
    dropDeadLocals(b.ir.funcs, b.builder.state.blank);
    expect(bodyString(func(b, "f").body, b.print)).toBe("x := p; g := func literal; y := 1; _ = g; y = p; return y");
    const c = build("func f(p int) int { x := p; g := func() int { return x }; if false { g() }; return p }");
    dropDeadLocals(c.ir.funcs, c.builder.state.blank);
    expect(bodyString(func(c, "f").body, c.print)).toBe("_ := 0; _ := 0; return p");
  });

  test("a value with effects stays", () => {
    const b = build("func g() int { return 1 }\nfunc f() { x := g(); if false { _ = x } }");
    dropDeadLocals(b.ir.funcs, b.builder.state.blank);
    expect(bodyString(func(b, "f").body, b.print)).toBe("x := g()");
  });
});

describe("loop variables", () => {
  test("a captured variable of a three-clause loop is copied in and out of each iteration", () => {
    const b = build("func use(func() int) {}\nfunc f() { for i := 0; i < 3; i++ { if i == 1 { continue }; use(func() int { return i }) } }");
    const fn = func(b, "f");
    perIterationVariables(fn);
    const [loop] = fn.body;
    if (loop?.kind !== "FOR") throw new Error("no loop");
    expect(loop.cond).toBeUndefined();
    expect(loop.body.map((s) => nodeString(s, b.print))).toEqual([
      "i := .autotmp_1", "if var .autotmp_2 bool; .autotmp_2 { .autotmp_2 = false } else { i++ }", "if !(i < 3) { break }", "if i == 1 { goto .3clNext_1 }",
      "use(func literal)", ".3clNext_1: ", ".autotmp_1 = i",
    ]);
  });

  test("a variable that stays inside its iteration is left alone", () => {
    const b = build("func f() (s int) { for i := 0; i < 3; i++ { s += i }; for _, p := range []int{1} { s += p }; return }");
    const fn = func(b, "f");
    perIterationVariables(fn);
    expect(fn.dcl.filter((n) => n.autotemp)).toEqual([]);
  });

  test("a range loop assigns a temporary, from which the body takes its own variable", () => {
    const b = build("func f(s []int) (ps []*int) { for _, v := range s { ps = append(ps, &v) }; return }");
    const fn = func(b, "f");
    perIterationVariables(fn);
    const [loop] = fn.body;
    if (loop?.kind !== "RANGE") throw new Error("no loop");
    expect([loop.value && nodeString(loop.value, b.print), loop.body[0] && nodeString(loop.body[0], b.print)]).toEqual([".autotmp_3", "v := .autotmp_3"]);
  });
});

describe("static initialisation", () => {
  test("literals need no code, calls and maps do, and a literal may be split", () => {
    const b = build(`
      type T struct{ a, b int }
      func g() int { return 1 }
      var p = &T{1, 2}
      var s = []int{1, 2}
      var f = func() {}
      var i any = 3
      var m = map[string]int{"a": 1}
      var c = g()
      var q = &T{1, c}
    `);
    b.ir.staticInits = staticInit(b.ir, b.print, b.builder.state.blank);
    expect(func(b, "init").body.map((s) => nodeString(s, b.print))).toEqual(['m = map[string]int{...}', "c = g()", "(int)(main..stmp_3@8) = c"]);
    expect(b.ir.staticInits.map((s) => nodeString(s, b.print)).slice(0, 3)).toEqual(["p = &.stmp_0", ".stmp_0.a = 1", ".stmp_0.b = 2"]);
  });
});

describe("wrappers", () => {
  test("pointers get value methods, structs the methods of what they embed", () => {
    const b = build("type E struct{}\nfunc (E) V() {}\nfunc (*E) P() {}\ntype S struct{ E }\ntype Q struct{ *E }\nfunc main() {}");
    const made: string[] = [];
    makeWrappers(b.builder, [], (fn) => void made.push(fn.printed));
    expect(made).toEqual(["(*E).V", "(*S).P", "S.V", "(*S).V", "Q.P", "(*Q).P", "Q.V", "(*Q).V"]);
  });
});
