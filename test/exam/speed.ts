/**
 * What was promised of the analysis' speed, measured: `node .build/exam/speed.js [growth|sizes|process|warm]`.
 *
 * Growth over four packages of Go's library, files of sizes that no person writes, a whole process beside `go build`, one question in a
 * warm laboratory. Times are processor times, since machines are loaded; exit code 1 where a promise is not kept.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker, isMainThread, workerData } from "node:worker_threads";
import { Lab } from "gomem";
import { Workspace } from "../../dist/src/compiler/index.js";
import { stdImporter } from "../../dist/src/std/index.js";
import { packageUnits } from "./stdpackages.ts";

/** CPU time of this thread's process in ms. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

/** Prints a row and notes a broken promise. */
function row(what: string, found: string, kept: boolean): void {
  console.log(`${kept ? "ok  " : "MISS"} ${what.padEnd(52)} ${found}`);
  if (!kept) process.exitCode = 1;
}

/** Packages of very different sizes; the time of the largest may not be more than half above n log n, seen from any other. */
function growth(): void {
  const wanted = ["net/textproto", "strings", "encoding/json", "go/types"];
  const workspace = new Workspace(stdImporter());
  const rates: number[] = [];
  for (const { id, file: dir, flags: names } of packageUnits(wanted)) {
    const files = names.map((name) => ({ name: join(dir, name), text: readFileSync(join(dir, name), "latin1") }));
    const begun = cpu();
    workspace.analyse({ files, path: id, mode: "std", allErrors: true, goroot: "/usr/local/go" }, {});
    if (!wanted.includes(id)) continue;
    const [ms, bytes] = [cpu() - begun, files.reduce((n, f) => n + f.text.length, 0)];
    const rate = (ms / (bytes * Math.log2(bytes))) * 1e6;
    rates.push(rate);
    const lines = files.reduce((n, f) => n + f.text.split("\n").length, 0);
    row(`${id}, ${lines} lines`, `${ms.toFixed(0)} ms, ${rate.toFixed(1)} ns per byte and log2`, id !== "go/types" || (ms < 6000 && rate < 1.5 * Math.min(...rates)));
  }
}

/** Programs that only a generator writes. */
const generated: Readonly<Record<string, () => string>> = {
  "1,000 functions": () => many(1000, (i) => `func f${i}(p *int, s []string) (*int, error) {\n\tx := *p + ${i}\n\tif x > 3 {\n\t\treturn nil, fmt.Errorf("%d of %v", x, s)\n\t}\n\tfor _, w := range s {\n\t\tx += len(w)\n\t}\n\treturn &x, nil\n}\n`),
  "1,000 functions that call one another in a ring": () => many(1000, (i) => `func f${i}(n int, p, q **T) *T {\n\tif n == 0 {\n\t\treturn *p\n\t}\n\tt := &T{*q, n}\n\t*p = t\n\treturn f${(i + 1) % 1000}(n-1, q, p)\n}\n`, "type T struct {\n\tnext *T\n\tn int\n}\n"),
  "300 functions that all call all": () => many(300, (i) => `func f${i}(n int, p *T) *T {\n\tswitch n {\n${Array.from({ length: 300 }, (_, k) => `\tcase ${k}:\n\t\treturn f${k}(n-1, p.next)\n`).join("")}\t}\n\treturn p\n}\n`, "type T struct{ next *T }\n"),
  "one function of 20,000 statements": () => `package main\n\nvar sink []*int\n\nfunc main() {\n${Array.from({ length: 10_000 }, (_, i) => `\tx${i} := ${i}\n\tsink = append(sink, &x${i})\n`).join("")}}\n`,
  "a table of 20,000 rows": () => `package main\n\ntype row struct {\n\tname string\n\tp *int\n\tlist []int\n}\n\nvar one = 1\n\nvar table = []row{\n${Array.from({ length: 20_000 }, (_, i) => `\t{"row ${i}", &one, []int{${i}, ${i + 1}}},\n`).join("")}}\n\nfunc main() { println(len(table)) }\n`,
  "5,000 types with methods": () => many(5000, (i) => `type T${i} struct {\n\ta, b int\n\tnext *T${i}\n}\n\nfunc (t *T${i}) Get() *T${i} { return t.next }\n`),
  "200 instances of a generic type": () => many(200, (i) => `type K${i} struct{ n [${i}]int }\n\nfunc g${i}() int {\n\tvar l List[K${i}]\n\tl.Push(K${i}{})\n\treturn l.Len()\n}\n`, "type List[T any] struct{ items []T }\n\nfunc (l *List[T]) Push(x T) { l.items = append(l.items, x) }\nfunc (l *List[T]) Len() int { return len(l.items) }\n"),
};

function many(count: number, part: (i: number) => string, head = ""): string {
  const parts = Array.from({ length: count }, (_, i) => part(i));
  return `package main\n\n${parts.some((p) => p.includes("fmt.")) ? 'import "fmt"\n\n' : ""}${head}\n${parts.join("\n")}\nfunc main() {}\n`;
}

/** Each in a process of its own that may not use more than 2 GB. */
function sizes(): void {
  const folder = mkdtempSync(join(tmpdir(), "gomem-speed-"));
  for (const [what, text] of Object.entries(generated)) {
    const file = join(folder, "gen.go");
    writeFileSync(file, text());
    const done = spawnSync("/usr/bin/time", ["-f", "%U %S %M", process.execPath, "--max-old-space-size=1900", "dist/bundle/cli-main.cjs", "escape", file], { encoding: "latin1", maxBuffer: 1 << 28 });
    const [user = 0, system = 0, kilobytes = 0] = (done.stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
    row(what, `${(user + system).toFixed(1)} s, ${(kilobytes / 1024).toFixed(0)} MB, exit ${done.status}, ${done.stdout.split("\n").length} lines`, done.status === 0 && kilobytes < 2e6);
  }
  rmSync(folder, { recursive: true });
}

/** A program of a hundred lines; a number in it makes it another one each time. */
const hundred = (n: number): string => `package main

import (
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
)

type node struct {
	key         string
	left, right *node
	values      []int
}

type tree struct {
	root *node
	size int
}

var errEmpty = errors.New("empty ${n}")

func (t *tree) insert(key string, v int) *node {
	at := &t.root
	for *at != nil {
		switch c := strings.Compare(key, (*at).key); {
		case c < 0:
			at = &(*at).left
		case c > 0:
			at = &(*at).right
		default:
			(*at).values = append((*at).values, v)
			return *at
		}
	}
	*at = &node{key: key, values: []int{v}}
	t.size++
	return *at
}

func (n *node) walk(visit func(*node) bool) bool {
	if n == nil {
		return true
	}
	return n.left.walk(visit) && visit(n) && n.right.walk(visit)
}

func (t *tree) keys() ([]string, error) {
	if t.root == nil {
		return nil, errEmpty
	}
	keys := make([]string, 0, t.size)
	t.root.walk(func(n *node) bool {
		keys = append(keys, n.key)
		return true
	})
	return keys, nil
}

type counter interface{ count(string) int }

type letters map[rune]int

func (l letters) count(s string) int {
	for _, r := range s {
		l[r]++
	}
	return len(l)
}

func longest(words []string) (best string) {
	for _, w := range words {
		if len(w) > len(best) {
			best = w
		}
	}
	return
}

func report(c counter, words ...string) string {
	var b strings.Builder
	for i, w := range words {
		fmt.Fprintf(&b, "%d:%s=%d ", i, w, c.count(w))
	}
	return b.String()
}

func main() {
	t := &tree{}
	for i, w := range strings.Fields("the quick brown fox jumps over the lazy dog") {
		t.insert(w, i+${n})
	}
	keys, err := t.keys()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	sort.Slice(keys, func(i, j int) bool { return len(keys[i]) < len(keys[j]) })
	fmt.Println(keys, longest(keys), report(letters{}, keys...))
}
`;

/** gomem and go alternate; each source is new to both. */
function wholeProcess(): void {
  const folder = mkdtempSync(join(tmpdir(), "gomem-speed-"));
  const time = (command: string, args: readonly string[]): { readonly wall: number; readonly cpu: number } => {
    const begun = process.hrtime.bigint();
    const done = spawnSync("/usr/bin/time", ["-f", "%U %S", command, ...args], { encoding: "utf8", cwd: folder });
    const wall = Number(process.hrtime.bigint() - begun) / 1e6;
    const [user = 0, system = 0] = (done.stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
    return { wall, cpu: 1000 * (user + system) };
  };
  mkdirSync(join(folder, "out"));
  const [ours, go] = [[], []] as { wall: number; cpu: number }[][];
  for (let i = 0; i < 15; i++) {
    writeFileSync(join(folder, "prog.go"), hundred(i));
    ours?.push(time(process.execPath, [join(process.cwd(), "dist/bundle/cli-main.cjs"), "escape", "prog.go"]));
    go?.push(time("go", ["build", "-gcflags=-m", "-o", "out/prog", "prog.go"]));
  }
  rmSync(folder, { recursive: true });
  const [a, b] = [ours, go].map((list) => ({ wall: median((list ?? []).map((t) => t.wall)), cpu: median((list ?? []).map((t) => t.cpu)) }));
  if (!a || !b) return;
  row("100 lines, whole process, wall time to go build's", `${a.wall.toFixed(0)} to ${b.wall.toFixed(0)} ms: ${(a.wall / b.wall).toFixed(2)}`, a.wall < 1.5 * b.wall);
  row("the same in processor time", `${a.cpu.toFixed(0)} to ${b.cpu.toFixed(0)} ms: ${(a.cpu / b.cpu).toFixed(2)}`, a.cpu < 1.5 * b.cpu);
}

/** One question after many others. */
function warm(): void {
  const times: number[] = [];
  const lab = new Lab();
  for (let i = 0; i < 60; i++) {
    const begun = cpu();
    lab.cell(`%%escape\n${hundred(i)}`, () => undefined);
    times.push(cpu() - begun);
  }
  const ms = median(times.slice(30));
  row("100 lines in a warm laboratory", `${ms.toFixed(1)} ms, the first ${(times[0] ?? 0).toFixed(0)} ms`, ms <= 30);
}

const parts: Readonly<Record<string, () => void>> = { growth, sizes, process: wholeProcess, warm };

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url), { workerData: process.argv.slice(2), resourceLimits: { stackSizeMb: 500, maxOldGenerationSizeMb: 8192 } });
  worker.on("exit", (code) => {
    process.exitCode ||= code;
  });
} else for (const name of Object.keys(parts)) if ((workerData as string[]).length === 0 || (workerData as string[]).includes(name)) parts[name]?.();
