/** Functions of the library that stand in place of their calls in a program: nobody can tell, whoever looks at its output, its clock or its events. */
import { describe, expect, test } from "vitest";
import { analyse, check, emit, openShelf, Packages, type Shelf } from "../../../../src/compiler/index.ts";
import { Recorder } from "../../../../src/record/recorder.ts";
import { DEFAULT_SETTINGS, NO_HOOKS, Process } from "../../../../src/runtime/index.ts";
import { Image, shelfBytes, stdImporter, stdNatives } from "../../../../src/std/index.ts";

const image = new Image();
const importer = new Packages(stdImporter());
const shelf = openShelf(shelfBytes);

const cases: [title: string, imports: string[], body: string, declarations?: string][] = [
  ["a builder that is filled in small pieces", ["strings"], "var b strings.Builder; for i := range 5000 { b.WriteByte(byte(i)); b.WriteString(\"ab\"); b.WriteRune(rune(i)) }; println(b.Len(), b.String()[4000:4010])"],
  ["a builder that was copied", ["strings"], "var b strings.Builder; b.WriteByte('a'); c := b; c.WriteByte('b')"],
  ["no builder at all", ["strings"], "for i := range 3 { println(try(i)) }", "func try(i int) (r int) { defer func() { if recover() != nil { r = -i } }(); var b *strings.Builder; if i == 0 { b = new(strings.Builder) }; b.WriteByte('a'); return b.Len() }"],
  ["a stack that grows in a call of the library", ["strings"], "var b strings.Builder; println(deep(20000, &b), b.Len())",
    "func deep(n int, b *strings.Builder) int { if n == 0 { return 0 }; b.WriteByte(byte(n)); b.WriteString(\"abc\"); return deep(n-1, b) + 1 }"],
  ["goroutines that wait for a mutex", ["sync"], "var mu sync.Mutex; var wg sync.WaitGroup; s := 0; for g := range 5 { wg.Add(1); go func() { for i := range 9000 { mu.Lock(); s += i & g; mu.Unlock() }; wg.Done() }() }; wg.Wait(); println(s)"],
  ["a mutex that is not locked", ["sync"], "var mu sync.Mutex; mu.Lock(); mu.Unlock(); mu.Unlock()"],
  ["counters", ["sync/atomic"], "var n atomic.Int64; for i := range 40000 { n.Add(int64(i)); if n.CompareAndSwap(10, 11) { println(i) } }; println(n.Load())"],
  ["runes", ["unicode/utf8", "unicode"], "s := 0; for i := range 3000 { s += utf8.RuneLen(rune(i * 97)); r, n := utf8.DecodeRuneInString(\"a\\xc3\\xa9\"[i%6:]); s += int(r) + n; if unicode.IsLetter(rune(i)) || unicode.IsDigit(rune(i)) { s++ } }; println(s)"],
  ["sorting by an interface", ["sort"], "a := make([]int, 3000); for i := range a { a[i] = i * 7919 % 3001 }; sort.Sort(sort.Reverse(sort.IntSlice(a))); println(a[0], a[9], sort.SearchInts(a, 5))"],
];

function run(imports: readonly string[], body: string, declarations: string, from: Shelf | undefined): { readonly out: string; readonly at: number; readonly hash: string } {
  const text = `package main\nimport (\n${imports.map((path) => `"${path}"`).join("\n")}\n)\n${declarations}\nfunc main() {\n${body}\n}\n`;
  const checked = check({ files: [{ name: "./prog.go", text }], path: "main", importer, mode: "program" });
  if (checked.diagnostics.length > 0) throw new Error(checked.diagnostics.map((d) => d.message).join("\n"));
  const { program } = emit(analyse(checked, {}), from ? { shelf: from } : {});
  if (!program) throw new Error("unsupported");
  let out = "";
  const recorder = new Recorder();
  const process = new Process(DEFAULT_SETTINGS, recorder, stdNatives(), { ...NO_HOOKS, write: (_, bytes) => { out += Buffer.from(bytes).toString("latin1"); } });
  process.hold(image.closure(imports));
  process.load(program);
  process.run(program.entry);
  return { out, at: Number(process.clock.now()), hash: String(recorder.hash()) };
}

describe("nobody can tell whether a function of the library stands in place of its call", () => {
  test.each(cases)("%s", (_, imports, body, declarations = "") => {
    expect(run(imports, body, declarations, shelf)).toEqual(run(imports, body, declarations, undefined));
  });
});

test("small functions are on the shelf as a whole, larger ones with their quick part", () => {
  expect(shelf.find("unicode/utf8.RuneLen")?.quick).toBeUndefined();
  expect(shelf.find("strings.(*Builder).WriteByte")?.quick).toBe(true);
  expect(shelf.find("strings.Fields")).toBeUndefined();
});
