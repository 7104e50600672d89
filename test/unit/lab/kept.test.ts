/** A program that runs again from what was kept of it does what it did when it was compiled. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { MAP } from "../../../src/abi/structs.ts";
import { analyseCode, check, emit, Packages } from "../../../src/compiler/index.ts";
import { Engine } from "../../../src/lab/engine.ts";
import { Again, defaultSettings, type Kept, Lab } from "../../../src/lab/index.ts";
import { openProgram, packProgram } from "../../../src/lab/kept.ts";
import { keptOf, moreOf, openCode } from "../../../src/lab/kept-code.ts";
import type { Exit, Process } from "../../../src/runtime/index.ts";
import { Image, stdImporter } from "../../../src/std/index.ts";
import type { Output } from "../../../src/views/index.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  "prints, allocates and collects": `
import ("fmt"; "runtime"; "strings"; "time")
type T struct { s string; next *T }
func (t *T) String() string { return "T(" + t.s + ")" }
var list *T
func main() {
	for i := range 20000 { list = &T{strings.Repeat("x", i%7), list} }
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Println(list, m.Mallocs, m.HeapAlloc, m.NumGC, time.Now().UnixNano(), map[string][]any{"a": {1, 2.5, list}})
	fmt.Printf("%p %T %v\\n", list, list, struct{ a, b any }{list.next.s, nil})
}`,
  "switches goroutines": `
import ("fmt"; "sync")
func main() {
	var wg sync.WaitGroup
	ch := make(chan int)
	for i := range 5 { wg.Add(1); go func() { defer wg.Done(); for j := range 50 { ch <- i*100 + j } }() }
	go func() { wg.Wait(); close(ch) }()
	n := 0
	for v := range ch { n = n*31 + v }
	fmt.Println(n)
}`,
  "dies of a panic in a nested call": `
import "fmt"
type E struct{ code int }
func (e E) Error() string { return fmt.Sprint("code ", e.code) }
func deep(n int, xs []int) int { if n == 0 { panic(E{xs[1]}) }; return deep(n-1, xs) + 1 }
func main() {
	defer func() { fmt.Println("deferred", recover()); var a []int; _ = a[len(a)+2] }()
	deep(5, []int{1, 2})
}`,
  "grows its stack and loops long": `
func grow(n int) int { var a [100]int; a[n%100] = n; if n == 0 { return 0 }; return grow(n-1) + a[n%100] }
func main() {
	println(grow(5000))
	s := uint32(1)
	for i := 0; i < 30_000_000; i++ { s = s*1664525 + 1013904223 }
	println(s)
}`,
  "uses much of the library": `
import ("encoding/json"; "errors"; "fmt"; "os"; "regexp"; "sort"; "strings"; "text/tabwriter"; "time"; "unicode")
type P struct { Name string \`json:"name"\`; Tags map[string][]int; When time.Duration; In any }
func main() {
	b, err := json.Marshal([]P{{"a", map[string][]int{"x": {1}}, time.Second, 1.5}, {Name: "b", In: errors.New("e")}})
	fmt.Println(string(b), err)
	var back []P
	fmt.Println(json.Unmarshal(b, &back), back, json.Unmarshal([]byte("{"), &back))
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0)
	for i, m := range regexp.MustCompile("[a-z]+([0-9]*)").FindAllStringSubmatch("ab12 cd3 e", -1) { fmt.Fprintf(w, "%d\\t%q\\t\\n", i, m) }
	w.Flush()
	xs := strings.FieldsFunc("q w,e r", func(r rune) bool { return !unicode.IsLetter(r) })
	sort.Slice(xs, func(i, j int) bool { return xs[i] > xs[j] })
	fmt.Println(xs, time.Unix(1e9, 0).UTC())
	defer fmt.Println("last")
	var m = map[any]int{1: 2}
	m[func() {}] = 1
}`,
  "leaves with a code": `
import "os"
func main() { os.Stdout.WriteString("bye"); os.Exit(3) }`,
};

/** The same things, long enough for something to get busy. */
const LONGER: Readonly<Record<string, string>> = {
  "prints, allocates and collects": PROGRAMS["prints, allocates and collects"]!.replace("20000", "200000"),
  "switches goroutines": PROGRAMS["switches goroutines"]!.replace("range 50 {", "range 20000 {"),
};

test.each(Object.keys(PROGRAMS))("a program that %s", (name) => {
  const files = { read: () => ({ text: `package main\n${PROGRAMS[name]}\n` }), list: (path: string) => ({ paths: [path] }) };
  const call = { verb: "run", settings: [], flags: [], args: ["main.go"], line: 0, col: 0 };
  let packed: Kept | undefined;
  const first: Output[] = [];
  new Lab({ files, keep: (_, pack) => (packed = pack()) }).command(call, (o) => first.push(o));
  expect(first.length).toBeGreaterThan(0);
  for (let round = 0; round < 2; round++) {
    const again: Output[] = [];
    // Bytes of a file lie anywhere in their buffer.
    const moved = Buffer.concat([Buffer.alloc(1 + round), packed?.program ?? Buffer.alloc(0)]).subarray(1 + round);
    new Again({}, { program: moved, code: packed?.code }).command(call, (o) => again.push(o));
    expect(again).toEqual(first);
  }
});

test("a program of several packages and one that does not compile are not kept", () => {
  const texts: Readonly<Record<string, string>> = {
    "go.mod": "module m\n", "main.go": 'package main\n\nimport "m/p"\n\nfunc main() { println(p.N) }\n', "p/p.go": "package p\n\nvar N = 1\n", "bad.go": "package main\n\nfunc main() { x := 1 }\n",
  };
  const files = {
    read: (path: string) => (texts[path.replace(/^\.\//, "")] === undefined ? { problem: "no such file" } : { text: texts[path.replace(/^\.\//, "")] ?? "" }),
    list: (path: string) => ({ paths: path.includes("p") ? ["p/p.go"] : [path] }),
  };
  const kept: (Kept | undefined)[] = [];
  const lab = new Lab({ files, keep: (_, pack) => kept.push(pack()) });
  for (const file of ["main.go", "bad.go"]) lab.command({ verb: "run", settings: [], flags: [], args: [file], line: 0, col: 0 }, () => undefined);
  expect(kept.filter((k) => k !== undefined)).toEqual([]);
});

/** Process state that a later part of the run could depend on. */
function stateOf({ process, exit }: { readonly process: Process; readonly exit: Exit }): unknown {
  process.collector.finishMark();
  const { linker, memory, space, heap } = process;
  return {
    exit, now: process.now(), stats: process.memStats(), used: space.used, heap: heap.usedRanges(), types: [...linker.types.all()].map((t) => [t.desc.id, t.at, t.number]),
    data: createHash("sha256").update(memory.bytes(MAP.data, space.used - MAP.data)).digest("hex"), events: process.recorder.hash(),
    functions: linker.linkedLibrary(), roots: [...linker.rootWords()],
  };
}

test.each(Object.keys(PROGRAMS))("the process of a program that %s is the same in memory, types, clock and events when it was put together from its image", (name) => {
  const files = [{ name: "./main.go", text: `package main\n${PROGRAMS[name]}\n` }];
  const { program } = emit(analyseCode(check({ files, importer: new Packages(stdImporter()) })));
  if (!program) throw new Error("no program");
  const imports = [...files[0]!.text.matchAll(/"([a-z/]+)"/g)].map((m) => m[1] ?? "").filter((path) => new Image().closure([path]).some((unit) => unit.path === path));
  const hooks = { interrupted: () => false, stdin: () => undefined, args: [] };
  const run = new Engine({ ...hooks, keeps: true }, new Image()).run({ program, imports }, defaultSettings, () => undefined);
  const packed = packProgram({ program, imports }, run.image?.(), run.own);
  const again = new Engine(hooks, new Image()).again(openProgram(packed ?? new Uint8Array(0)), defaultSettings, () => undefined);
  expect(stateOf(again)).toEqual(stateOf(run));
  const ids = [...run.process.linker.types.all()].map((t) => t.desc.id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
});

test.each(["prints, allocates and collects", "switches goroutines", "grows its stack and loops long"])("a program that %s does the same with the machine code that its runs have left, in memory, clock and events", (name) => {
  const files = [{ name: "./main.go", text: `package main\n${LONGER[name] ?? PROGRAMS[name]}\n` }];
  const { program } = emit(analyseCode(check({ files, importer: new Packages(stdImporter()) })));
  if (!program) throw new Error("no program");
  const imports = [...files[0]!.text.matchAll(/"([a-z/]+)"/g)].map((m) => m[1] ?? "").filter((path) => new Image().closure([path]).some((unit) => unit.path === path));
  const hooks = { interrupted: () => false, stdin: () => undefined, args: [], keeps: true };
  const run = new Engine(hooks, new Image()).run({ program, imports }, defaultSettings, () => undefined);
  let kept = keptOf(packProgram({ program, imports }, run.image?.(), run.own), run.process);
  for (let runs = 1; runs <= 4; runs++) {
    if (!kept?.code) throw new Error("no code was kept");
    const code = openCode(kept.code);
    expect(code.modules.size).toBeGreaterThan(1);
    expect(code.runs).toBe(Math.min(runs, 3));
    const again = new Engine(hooks, new Image()).again({ ...openProgram(kept.program), code }, defaultSettings, () => undefined);
    expect(stateOf(again)).toEqual(stateOf(run));
    kept = moreOf(kept.program, again.process, code) ?? kept;
  }
  expect([...openCode(kept?.code ?? new Uint8Array()).busy]).toContain("main.main");
});

test("machine code that V8 does not take, and such of other modules, is left alone", () => {
  const files = [{ name: "./main.go", text: `package main\n${LONGER["switches goroutines"]}\n` }];
  const { program } = emit(analyseCode(check({ files, importer: new Packages(stdImporter()) })));
  if (!program) throw new Error("no program");
  const hooks = { interrupted: () => false, stdin: () => undefined, args: [], keeps: true };
  const run = new Engine(hooks, new Image()).run({ program, imports: ["fmt", "sync"] }, defaultSettings, () => undefined);
  const kept = keptOf(packProgram({ program, imports: ["fmt", "sync"] }, run.image?.(), run.own), run.process);
  const { modules, ...code } = openCode(kept?.code ?? new Uint8Array());
  const other = (change: (bytes: Uint8Array) => Uint8Array, of: "bytes" | "code") => new Map([...modules].map(([n, m]) => [n, { ...m, [of]: change(m[of]) }]));
  const flip = (at: number) => (bytes: Uint8Array) => Uint8Array.from(bytes, (b, i) => (i === at ? b ^ 1 : b));
  for (const changed of [other(flip(5), "code"), other((b) => b.subarray(0, 9), "code"), other(flip(40), "bytes"), new Map()]) {
    const again = new Engine(hooks, new Image()).again({ ...openProgram(kept?.program ?? new Uint8Array()), code: { ...code, modules: changed } }, defaultSettings, () => undefined);
    expect(stateOf(again)).toEqual(stateOf(run));
  }
});
