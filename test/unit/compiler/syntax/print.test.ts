import { describe, expect, it } from "vitest";
import { encodeUtf8, Sources } from "../../../../src/base/source.ts";
import { exprString, parseFile } from "../../../../src/compiler/syntax/index.ts";

/** The expression as messages show it. */
function shown(text: string): string {
  const sources = new Sources();
  const { file, errors } = parseFile(sources.add("a.go", encodeUtf8(`package p\nvar _ = ${text}\n`)), sources);
  const [decl] = file?.decls ?? [];
  if (errors.length > 0 || decl?.kind !== "VarDecl" || !decl.values) throw new Error(`not an expression: ${text}`);
  return exprString(decl.values);
}

describe("expressions in messages", () => {
  it.each([
    ["a+b*c", "a + b * c"], ["-x", "-x"], ["<-ch", "<-ch"], ["(a)", "(a)"], ["f(a, b...)", "f(a, b...)"], ["a.b.c", "a.b.c"], ["a[1:2:3]",
    "a[1:2:3]"], ["a[:]", "a[:]"],
    ["x.(T)", "x.(T)"], ["T{1, 2}", "T{…}"], ["T{}", "T{}"], ["[...]int{1}", "[...]int{…}"],
    ["func(a, b int, c string) (x, y int) { return }", "func(a, b int, c string) (x, y int) {…}"],
    ["func() {}", "func() {}"], ["map[string][]int(nil)", "map[string][]int(nil)"], ["(chan (<-chan int))(nil)",
    "(chan (<-chan int))(nil)"], ["(chan<- int)(nil)", "(chan<- int)(nil)"],
    ["struct{a, b int; c string `t`; *E}{}", "struct{a, b int; c string `t`; *E}{}"], ["interface{ M(int) string; ~int | E }(nil)",
    "interface{M(int) string; ~int | E}(nil)"],
    ["G[int, string]{}", "G[int, string]{}"], ["&T{x: 1}", "&T{…}"], ['"ä\\n"', '"ä\\n"'],
  ])("%s", (text, want) => {
    expect(shown(text)).toBe(want);
  });
});
