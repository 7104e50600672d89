import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../../src/base/diagnostic.ts";
import { encodeUtf8, Sources } from "../../../../src/base/source.ts";
import { exprString, parseCell, parseFile } from "../../../../src/compiler/syntax/index.ts";

/** The file of `text`, which must be free of errors. */
function parsed(text: string) {
  const sources = new Sources();
  const source = sources.add("./a.go", encodeUtf8(text));
  const { file, errors } = parseFile(source, sources);
  expect(errors.map(formatDiagnostic)).toEqual([]);
  if (!file) throw new Error("no file");
  return { file, at: (pos: number) => pos - source.base };
}

describe("positions in the tree", () => {
  it("puts a call at its parenthesis, a selector at its dot and an operation at its operator", () => {
    const text = "package p\nvar x = a.f(b) + c[1]\n";
    const { file, at } = parsed(text);
    const [decl] = file.decls;
    if (decl?.kind !== "VarDecl" || decl.values?.kind !== "Operation") throw new Error("not a sum");
    const sum = decl.values;
    expect(text[at(sum.pos)]).toBe("+");
    expect([text[at(sum.x.pos)], sum.y && text[at(sum.y.pos)]]).toEqual(["(", "["]);
    expect(sum.x.kind === "CallExpr" && text[at(sum.x.fun.pos)]).toBe(".");
  });

  it("counts bytes, not characters", () => {
    const { file, at } = parsed("package p\nvar 世 = x\n");
    const [decl] = file.decls;
    if (decl?.kind !== "VarDecl") throw new Error("no variable");
    expect(decl.names[0]?.value).toBe("世");
    expect(at(decl.values?.pos ?? 0)).toBe(20);
  });
});

describe("operators", () => {
  it("binds by Go's five levels and to the left", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["a - b - c", "((a-b)-c)"],
      ["a + b*c<<d", "(a+((b*c)<<d))"],
      ["a || b && c == d+e", "(a||(b&&(c==(d+e))))"],
      ["-a * b", "((-a)*b)"],
      ["a == b != c", "((a==b)!=c)"],
    ];
    for (const [text, want] of cases) {
      const [decl] = parsed(`package p\nvar _ = ${text}\n`).file.decls;
      if (decl?.kind !== "VarDecl" || !decl.values) throw new Error("no value");
      expect(parenthesized(decl.values)).toBe(want);
    }
  });
});

type Tree = Parameters<typeof exprString>[0];
function parenthesized(e: Tree): string {
  if (e.kind !== "Operation") return exprString(e);
  return e.y ? `(${parenthesized(e.x)}${e.op}${parenthesized(e.y)})` : `(${e.op}${parenthesized(e.x)})`;
}

describe("a name before a bracket in a type declaration", () => {
  const typeOf = (text: string) => {
    const [decl] = parsed(`package p\n${text}\n`).file.decls;
    if (decl?.kind !== "TypeDecl") throw new Error("no type");
    return { params: decl.typeParams.map((f) => `${f.name?.value} ${exprString(f.type)}`), type: exprString(decl.type) };
  };

  it("is a type parameter where a constraint follows, an array length otherwise", () => {
    expect(typeOf("type T[P any] struct{}")).toEqual({ params: ["P any"], type: "struct{}" });
    expect(typeOf("type T[P *C] int")).toEqual({ params: [], type: "[P * C]int" });
    expect(typeOf("type T[P *C,] int")).toEqual({ params: ["P *C"], type: "int" });
    expect(typeOf("type T[P *struct{}] int")).toEqual({ params: ["P *struct{}"], type: "int" });
    expect(typeOf("type T[P []E, E any] int")).toEqual({ params: ["P []E", "E any"], type: "int" });
    expect(typeOf("type T[P, Q interface{ ~int | string }] int")).toEqual({
      params: ["P interface{~int | string}", "Q interface{~int | string}"],
      type: "int",
    });
    expect(typeOf("type T [N]int")).toEqual({ params: [], type: "[N]int" });
  });
});

describe("a cell", () => {
  const kinds = (text: string) => {
    const sources = new Sources();
    const { cell, errors } = parseCell(sources.add("./cell1.go", encodeUtf8(text)), sources);
    expect(errors.map(formatDiagnostic)).toEqual([]);
    return cell?.items.map((item) => item.kind);
  };

  it("mixes declarations, functions and statements", () => {
    expect(kinds('import "fmt"\nfunc f() {}\nx := 1\nvar y int\nfmt.Println(x, y)\nx')).toEqual([
      "ImportDecl", "FuncDecl", "AssignStmt", "VarDecl", "ExprStmt", "ExprStmt",
    ]);
  });

  it("tells a method from a function literal that is called", () => {
    expect(kinds("func (t T) m() int { return 1 }\nfunc(x int) int { return x }(3)")).toEqual(["FuncDecl", "ExprStmt"]);
  });
});
