/** A program that runs again from what was kept of it does what it did when it was compiled. */
import { expect, test } from "vitest";
import { Again, Lab } from "../../../src/lab/index.ts";
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
  "leaves with a code": `
import "os"
func main() { os.Stdout.WriteString("bye"); os.Exit(3) }`,
};

test.each(Object.keys(PROGRAMS))("a program that %s", (name) => {
  const files = { read: () => ({ text: `package main\n${PROGRAMS[name]}\n` }), list: (path: string) => ({ paths: [path] }) };
  const call = { verb: "run", settings: [], flags: [], args: ["main.go"], line: 0, col: 0 };
  let packed: Uint8Array | undefined;
  const first: Output[] = [];
  new Lab({ files, keep: (_, pack) => (packed = pack()) }).command(call, (o) => first.push(o));
  expect(first.length).toBeGreaterThan(0);
  for (let round = 0; round < 2; round++) {
    const again: Output[] = [];
    // Bytes of a file lie anywhere in their buffer.
    const moved = Buffer.concat([Buffer.alloc(1 + round), packed ?? Buffer.alloc(0)]).subarray(1 + round);
    new Again({}, moved).command(call, (o) => again.push(o));
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
  const kept: (Uint8Array | undefined)[] = [];
  const lab = new Lab({ files, keep: (_, pack) => kept.push(pack()) });
  for (const file of ["main.go", "bad.go"]) lab.command({ verb: "run", settings: [], flags: [], args: [file], line: 0, col: 0 }, () => undefined);
  expect(kept.filter((k) => k !== undefined)).toEqual([]);
});
