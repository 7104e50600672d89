/** What can be asked of types: identity, sizes, pointers, method sets, texts. */
import { describe, expect, it } from "vitest";
import {
  alignof, comparable, coreType, identical, implement, lookupFieldOrMethod, methodSet, missingMethod, offsetsof, pointerWords, ptrdata, sizeof, typeString, under,
} from "../../../../src/compiler/types/index.ts";
import { check } from "./support.ts";

describe("identity of types", () => {
  const p = check(`
    type T struct { a int; b string "tag" }
    type A = []T
    type G[P any] struct { x P }
    type S1 struct { f func(int, ...string) (x error) }
    type S2 struct { f func(y int, z ...string) error }
    type I interface { M(); N() }
    type J interface { N(); M() }
    var a A; var b []T; var c G[int]; var d G[int]; var e G[string]
    var f chan<- int; var g chan int
  `);

  it("aliases are their types, instances are the same if their arguments are", () => {
    expect(identical(p.type("a"), p.type("b"))).toBe(true);
    expect(identical(p.type("c"), p.type("d"))).toBe(true);
    expect(identical(p.type("c"), p.type("e"))).toBe(false);
  });

  it("names of parameters and the order of methods don't count, directions do", () => {
    expect(identical(under(p.type("S1")), under(p.type("S2")))).toBe(true);
    expect(identical(under(p.type("I")), under(p.type("J")))).toBe(true);
    expect(identical(p.type("I"), p.type("J"))).toBe(false);
    expect(identical(p.type("f"), p.type("g"))).toBe(false);
  });
});

describe("sizes on amd64", () => {
  const p = check(`
    type Mixed struct { a bool; b int64; c bool; s string; p *int; n [3]int32 }
    type Last struct { a int32; z struct{} }
    type Words struct { i int; s []byte; e any; m map[int]int; f func(); x [2]struct { n int; p *int } }
    type None struct { a int; b [4]float64; c complex128 }
  `);

  it("fields are aligned, and a trailing field of size 0 takes a byte", () => {
    const mixed = under(p.type("Mixed"));
    expect(mixed.kind === "Struct" && offsetsof(mixed.fields)).toEqual([0, 8, 16, 24, 40, 48]);
    expect([sizeof(mixed), alignof(mixed)]).toEqual([64, 8]);
    expect(sizeof(p.type("Last"))).toBe(8);
  });

  it("the pointer mask says which words hold pointers", () => {
    const word = (t: boolean): string => (t ? "1" : "0");
    expect(pointerWords(p.type("Words")).map(word).join("")).toBe("010011110101");
    expect(ptrdata(p.type("Words"))).toBe(96);
    expect(ptrdata(p.type("None"))).toBe(0);
  });
});

describe("methods", () => {
  const p = check(`
    type Base struct{}
    func (Base) V() {}
    func (*Base) P() {}
    type Outer struct { *Base; Other }
    type Other struct { Inner }
    type Inner struct{}
    func (Inner) V() {}
    func (Inner) deep() {}
    type G[T any] struct{ x T }
    func (g *G[T]) Get() T { return g.x }
    var g *G[string]
    type VP interface { V(); P() }
  `);

  it("the method set of a value leaves out what needs a pointer", () => {
    expect(methodSet(p.type("Base")).map((m) => m.obj.name)).toEqual(["V"]);
    expect(methodSet({ kind: "Pointer", elem: p.type("Base") }).map((m) => m.obj.name)).toEqual(["P", "V"]);
  });

  it("embedding promotes the shallowest, with the way to it", () => {
    expect(methodSet(p.type("Outer")).map((m) => [m.obj.name, m.index, m.indirect])).toEqual([
      ["P", [0, 1], true],
      ["V", [0, 0], true],
      ["deep", [1, 0, 1], false],
    ]);
    expect(missingMethod(p.type("Outer"), p.type("VP"))).toBeUndefined();
    expect(missingMethod(p.type("Base"), p.type("VP"))?.reason).toBe("ptrRecv");
    expect(implement(p.type("Outer"), p.type("VP"))).toBe(true);
    expect(implement(p.type("Base"), p.type("VP"))).toBe(false);
  });

  it("a method of an instance has the instance's types", () => {
    const found = lookupFieldOrMethod(p.type("g"), false, p.pkg, "Get");
    expect(found.obj?.type && typeString(found.obj.type)).toBe("func() string");
  });
});

describe("type sets", () => {
  const p = check(`
    type Num interface { ~int | ~float64 }
    type Both interface { Num; ~int | string }
    type Chans interface { chan int | <-chan int }
    func f[A Num, B Both, C Chans, D comparable, E any]() {}
  `);
  const f = p.type("f");
  const param = (i: number): ReturnType<typeof p.type> => (f.kind === "Signature" && f.typeParams[i]) || f;

  it("a core type exists where all types of the set agree", () => {
    expect(coreType(param(0))).toBeUndefined();
    const core = coreType(param(1));
    expect(core && typeString(core)).toBe("int");
    const chans = coreType(param(2));
    expect(chans && typeString(chans)).toBe("<-chan int");
  });

  it("comparable type parameters are those whose types all are", () => {
    expect([0, 1, 2, 3, 4].map((i) => comparable(param(i)))).toEqual([true, true, true, true, false]);
  });
});

describe("texts of types", () => {
  it("are those of Go's messages", () => {
    const p = check(`
      import "strings"
      var a struct { X, y int; strings.Builder "json:\\"b\\"" }
      var b func(x int, ys ...string) (n int, err error)
      var c chan (<-chan int)
      var d map[string]*[3]interface { M(any) error; ~[]byte }
      var e []any
      var f [2]func()
      func g[P interface{ ~int }, Q, R any](P) (q Q) { return }
    `);
    const text = (name: string): string => typeString(p.type(name), (pkg) => (pkg.path === "p" ? "" : pkg.name));
    expect(text("a")).toBe('struct{X int; y int; strings.Builder "json:\\"b\\""}');
    expect(text("b")).toBe("func(x int, ys ...string) (n int, err error)");
    expect(text("c")).toBe("chan (<-chan int)");
    expect(text("e")).toBe("[]any");
    expect(text("f")).toBe("[2]func()");
    expect(text("g")).toBe("func[P interface{~int}, Q, R any](P) (q Q)");
  });
});
