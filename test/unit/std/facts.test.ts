/** The facts of Go's library as the compiler reads them. */
import { describe, expect, test } from "vitest";
import type { FuncFacts } from "../../../src/compiler/types/facts.ts";
import { importPackage, type ImportWorld } from "../../../src/compiler/types/importfacts.ts";
import { methodsOf, under } from "../../../src/compiler/types/under.ts";
import type { NamedType, Package, Type } from "../../../src/compiler/types/type.ts";
import { stdImporter } from "../../../src/std/index.ts";

const importer = stdImporter();

function func(path: string, name: string, recv?: string): FuncFacts {
  const found = importer.facts(path)?.funcs.find((f) => f.name === name && f.recv === recv);
  if (!found) throw new Error(`no facts of ${path}.${name}`);
  return found;
}

/** Packages made from facts, each once. */
function world(): ImportWorld & { readonly made: Map<string, Package> } {
  const made = new Map<string, Package>();
  let ids = 0;
  const self: ImportWorld & { readonly made: Map<string, Package> } = {
    made,
    package(path) {
      const known = made.get(path);
      if (known) return known;
      const facts = importer.facts(path);
      if (!facts) throw new Error(`no facts of ${path}`);
      const pkg = importPackage(facts, self);
      made.set(path, pkg);
      return pkg;
    },
    instantiate(origin, args): NamedType {
      if (origin.kind !== "Named") throw new Error("an alias is instantiated");
      return { kind: "Named", obj: origin.obj, origin, typeParams: [], typeArgs: args, underlying: undefined, methods: [] };
    },
    typeParamId: () => ids++,
    verbose: () => new Map(),
  };
  return self;
}

function named(pkg: Package, name: string): NamedType {
  const obj = pkg.scope.names.get(name);
  const type = obj?.kind === "TypeName" ? obj.type : undefined;
  if (type?.kind !== "Named") throw new Error(`${name} is no named type`);
  return type;
}

describe("facts", () => {
  test("exist for every package that a program may import, all of one version of Go", () => {
    const versions = new Set(importer.paths().map((path) => importer.facts(path)?.go));
    expect(importer.paths().length).toBeGreaterThan(170);
    expect([...versions]).toEqual(["go1.26.8"]);
  });

  test("don't exist for other paths, nor for files beside them", () => {
    for (const path of ["nosuch", "../index", "fmt/", "/etc/passwd", "paths/../fmt", ""]) expect(importer.facts(path)).toBeUndefined();
  });

  test("say what the compiler concluded about a function", () => {
    expect(func("errors", "New")).toMatchObject({ cost: 6, i: [["errors.New", -1]], n: [["PTRLIT", "&errors.errorString{...}", 1, 0]], g: [1, 2, -1, 2, 0, 0] });
    expect(func("math/bits", "TrailingZeros64").intr).toBe(true);
    expect(func("fmt", "Println")).toMatchObject({ cost: 72, i: [["fmt.Println", -1]], g: [-1, 0, 1] });
    expect(func("sort", "Search").pc?.map((call) => call.slice(0, 6))).toEqual([["z1", 0, 2, 0, [4], [[-4, 0]]]]);
  });

  test("say so where nothing is known of a function's arguments", () => {
    const unknown = importer.paths().flatMap((p) => importer.facts(p)?.funcs.filter((f) => f.unknown) ?? []);
    expect(unknown.length).toBeLessThan(200);
    expect(unknown.every((f) => f.i === undefined && f.g === undefined && /^\p{Lu}/u.test(f.name))).toBe(true);
  });
});

describe("packages made from facts", () => {
  test("have constants with exact values", () => {
    const value = (path: string, name: string): unknown => {
      const obj = world().package(path).scope.names.get(name);
      return obj?.kind === "Const" ? obj.value : undefined;
    };
    expect(value("time", "Second")).toEqual({ kind: "int", value: 1_000_000_000n });
    expect(value("math", "MaxUint64")).toEqual({ kind: "int", value: 2n ** 64n - 1n });
    expect(value("math", "Pi")).toMatchObject({ kind: "float" });
    expect(value("time", "Kitchen")).toEqual({ kind: "string", value: "3:04PM" });
  });

  test("read other packages only when a type needs them", () => {
    const w = world();
    w.package("fmt");
    expect([...w.made.keys()]).toEqual(["fmt"]);
    const stringer = under(named(w.package("fmt"), "Stringer"));
    expect(stringer.kind).toBe("Interface");
    expect([...w.made.keys()]).toEqual(["fmt"]);
    under(named(w.package("os"), "File"));
    expect(w.made.has("io/fs")).toBe(false);
  });

  test("keep unexported fields, which decide sizes", () => {
    const builder = under(named(world().package("strings"), "Builder"));
    expect(builder.kind === "Struct" && builder.fields.map((f) => [f.name, f.type?.kind])).toEqual([["addr", "Pointer"], ["buf", "Slice"]]);
  });

  test("give methods of generic types parameters of their own", () => {
    const pointer = named(world().package("sync/atomic"), "Pointer");
    under(pointer);
    const load = methodsOf(pointer).find((m) => m.name === "Load");
    const type: Type | undefined = load?.type;
    if (type?.kind !== "Signature") throw new Error("Load has no signature");
    expect(load?.ptrRecv).toBe(true);
    expect(type.recvTypeParams).toHaveLength(1);
    expect(type.recvTypeParams[0]).not.toBe(pointer.typeParams[0]);
    const result = type.results[0]?.type;
    expect(result?.kind === "Pointer" && result.elem).toBe(type.recvTypeParams[0]);
  });

  test("have a hidden name for what other packages may not use", () => {
    expect(world().package("errors").scope.names.has("errorString")).toBe(true);
    expect(world().package("fmt").scope.names.has("newPrinter")).toBe(false);
  });
});
