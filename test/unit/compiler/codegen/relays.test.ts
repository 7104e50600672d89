import { expect, test } from "vitest";
import { Sources } from "../../../../src/base/source.ts";
import { analyseCode, checkCell, emit, emptyCellScope, Packages } from "../../../../src/compiler/index.ts";
import { stdImporter } from "../../../../src/std/index.ts";
import { importsOf } from "../../../../src/wasm/split.ts";

/** Kinds of imports in WebAssembly's numbers. */
const FUNCTION = 0;

/** Functions that a cell's module imports, runtime calls as `r.name`. */
function imported(text: string): string[] {
  const cell = checkCell({ name: "./cell1.go", text, number: 1, session: emptyCellScope(new Packages(stdImporter()), new Sources()) });
  const { program } = emit(analyseCode(cell), { once: cell.entry ?? "" });
  return importsOf(program?.wasm ?? new Uint8Array()).flatMap((i) => (i.kind === FUNCTION ? [i.module === "f" ? i.name : `${i.module}.${i.name}`] : []));
}

test("code that runs once imports no function", () => {
  expect(imported("xs := []int{1, 2}\nfmt.Println(xs[0])\nnew(int)")).toEqual([]);
});

test("what a loop calls is imported, but for what is rare even there", () => {
  expect(imported('fmt.Println("once")\nfor range 3 {\n\tfmt.Print("more")\n}')).toEqual(["fmt.Print"]);
  expect(imported('for range 3 {\n\tfmt.Println("more")\n}\nfmt.Println("once")')).toEqual(["fmt.Println"]);
});

test("what a function of the cell calls is imported, for it may be called often", () => {
  expect(imported("func f(xs []*int, i int) { xs[i] = new(int) }\nvar p = 1")).toEqual(["r.mallocgc", "r.gcWriteBarrier"]);
});
