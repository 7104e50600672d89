/** `why`: plain words, and edits that a real Go confirms. */
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Lab, type Output } from "gomem";
import { expect, test } from "vitest";
import { type Proposal, proposals } from "../../../src/lab/counterfactual.ts";
import type { Backend } from "../../../src/lab/backend.ts";
import { Compiler } from "../../../src/lab/compile.ts";
import { gorootUnits } from "../../exam/goroot.ts";
import { Oracle } from "../../exam/oracle.ts";
import { parseArchive, parseTruth } from "../../support/txtar.ts";

const article = "package main\n\nimport \"fmt\"\n\nfunc newInt() *int {\n\tx := 42\n\treturn &x\n}\n\nfunc main() {\n\tp := newInt()\n\tfmt.Println(*p)\n}\n";

function ask(source: string, line: string): string {
  const lab = new Lab();
  const shown: Output[] = [];
  lab.cell(`%%${line}\n${source}`, (o) => shown.push(o));
  return shown.map((o) => (o.kind === "text" ? o.text : o.kind === "error" ? o.traceback.join("\n") : "")).join("\n");
}

test("why names the line that sends a variable to the heap and an edit that keeps it", () => {
  const text = ask(article, "why x");
  expect(text).toContain("x is on the heap because its address is returned on line 8.");
  expect(text).toContain("return the int itself from newInt");
});

test("a name that the program does not have is answered with the nearest", () => {
  expect(ask(article, "why newIn")).toContain("gomem: why: the program has no newIn\n\tdid you mean \"why newInt\"?");
});

test("a variable without a line is on the stack", () => {
  expect(ask("package main\n\nfunc main() {\n\tcount := 1\n\tprintln(count)\n}\n", "why count")).toContain("count is on the stack or in a register");
});

test("in a program of several files the lines of source and the edit are those of the right file", () => {
  const files: Readonly<Record<string, string>> = {
    "main.go": "package main\n\nfunc main() {\n\tprintln(*other())\n}\n",
    "b.go": "package main\n\n// A comment.\n\nfunc other() *int {\n\tz := 5\n\tkeep = &z\n\treturn &z\n}\n\nvar keep *int\n\n//go:noinline\nfunc f() *int {\n\tw := 1\n\n\treturn &w\n}\n\nvar n = *f()\n",
  };
  const lab = new Lab({ files: { read: (path) => ({ text: files[path] ?? "" }), list: (path) => ({ paths: [path] }) } });
  const shown: Output[] = [];
  lab.command({ verb: "why", settings: [], flags: [], args: ["w", "main.go", "b.go"], line: 1, col: 1 }, (o) => shown.push(o));
  const text = shown.map((o) => (o.kind === "text" ? o.text : o.kind === "error" ? o.traceback.join("\n") : "")).join("\n");
  expect(text).toContain("./b.go:15:2: w is on the heap");
  expect(text).toContain("17 | return &w");
  expect(text).toContain("the edit in ./b.go:");
});

const go = spawnSync("go", ["version"]).status === 0;

/** Programs with one file: the truth cases of -m, then programs of Go's own test suite, every so many. */
function programs(oracle: Oracle): { readonly name: string; readonly file: string; readonly text: string }[] {
  const dir = "test/truth/m";
  const cases = readdirSync(dir).filter((n) => n.endsWith(".txtar")).sort().flatMap((name) => {
    const files = Object.entries(parseTruth(readFileSync(join(dir, name), "utf8")).sources);
    return files.length === 1 ? files.map(([file, text]) => ({ name, file, text })) : [];
  });
  const own = parseArchive(readFileSync("test/unit/lab/heap.txtar", "utf8")).files.map((f) => ({ name: f.name, file: f.name, text: f.text }));
  const heap = gorootUnits(oracle.goroot).filter((u) => u.action === "gorun" && /fmt\.|&\w|interface|\bany\b|noinline/.test(u.text) && u.text.length < 3000);
  return [...cases, ...own, ...heap.filter((_, i) => i % Math.ceil(heap.length / 160) === 0).map((u) => ({ name: u.id, file: u.file, text: u.text }))];
}

/** Proposals that are held against a real Go. Of one kind of edit at most a quarter, so that many kinds are among them. */
const WANTED = 200;

test.skipIf(!go)("every line that 200 proposals promise is gone in real Go as well (needs Go 1.26)", () => {
  const oracle = Oracle.find();
  if (!oracle) throw new Error("no Go");
  const compiler = new Compiler({} as Backend);
  const kinds = new Map<Proposal["sort"], number>();
  let tried = 0;
  const all = programs(oracle);
  for (const [{ name, file, text }, l] of [...all.slice(0, 40).map((p) => [p, true] as const), ...all.map((p) => [p, false] as const)]) {
    const subject = { files: [{ name: `./${file}`, text }] };
    const flags = { analyse: { l }, m: 1, allErrors: false, complete: true } as const;
    const { notes, errors, unsupported } = compiler.analyse(subject, flags);
    if (errors || unsupported) continue;
    for (const p of proposals(compiler, subject, notes, flags)) {
      const kind = p.sort;
      const times = kinds.get(kind) ?? 0;
      if (times >= WANTED * 0.3) continue;
      kinds.set(kind, times + 1);
      tried++;
      const truth = oracle.compile(file, p.edited, l && kind !== "without -l" ? ["-m", "-l"] : ["-m"]);
      expect(truth.exit, `${name}: ${p.says}\n${p.edited}\n${truth.text}`).toBe(0);
      for (const line of p.gone) expect(truth.text.split("\n"), `${name}: ${p.says}`).not.toContain(line);
    }
    if (tried >= WANTED) break;
  }
  expect(tried).toBeGreaterThanOrEqual(WANTED);
  expect(kinds.size).toBeGreaterThanOrEqual(12);
}, 300_000);
