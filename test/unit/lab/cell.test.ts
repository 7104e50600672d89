import { describe, expect, it } from "vitest";
import { cellStatus, splitCell } from "../../../src/lab/cell.ts";

const verbs = ["escape", "heap", "stack", "gc", "run", "step", "set", "trace", "assert", "why", "grow-stack", "help", "metrics", "explain",
"allocs", "bench"];

/** A cell's parts in short: Go text as it is, a command as its verb. */
const parts = (text: string): string[] =>
  splitCell(text, verbs).map((part) => {
    if (part.kind === "go") return `go@${part.line} ${part.text.trim()}`;
    if (part.kind === "error") return `error ${part.diagnostic.message}${part.diagnostic.hint ? ` (${part.diagnostic.hint})` : ""}`;
    return `${part.kind}@${part.command.line}:${part.command.col} ${part.command.verb}`;
  });

const command = (line: string) => {
  const [part] = splitCell(line, verbs);
  if (part?.kind !== "command") throw new Error(`${line} is ${part?.kind}`);
  return part.command;
};

describe("which lines are commands", () => {
  const go = [
    "heap := 1", "heap, x := 1, 2", "step()", "stack.Push(x)", "gc++", "run <- v", "trace = true", "step:", "set[i] = 2", "heap = 1",
    "heap += 2", "run{}.f()",
    "heap - 1", "x = heap", "gc(\n\theap,\n)", "run /* why */ ()", "heap & mask", "assert (x)",
    "return x", "go run()", "return No // or not?", "x := `what?`", "defer step()", "var heap int", "type heap int",
  ];
  it.each(go)("%s stays Go", (line) => {
    expect(parts(line)).toEqual([`go@1 ${line}`]);
  });

  const commands = [
    "gc", "gc // now", "gc # now", "heap -top=3", "escape -m=2 newInt", "GOGC=50 heap", "GOGC=50 GODEBUG=gctrace=1 gc", "%gc",
    "escape ./...", "escape .", "escape ..",
    "escape main.go",
    'why "x"', "run -- f(1)", "run --seed=2", "metrics /gc/heap", "allocs *p", "why &x", "grow-stack", "grow-stack -depth=3", "assert allocs(f) == 0",
    "explain ./a.go:3:4: moved to heap: x", "stack   ",
  ];
  it.each(commands)("%s is a command", (line) => {
    expect(splitCell(line, verbs).map((p) => p.kind)).toEqual(["command"]);
  });

  it("leaves every form of a Go statement that begins with a verb's name to Go", () => {
    const forms = [
      "V := 1", "V = x", "V, x = x, V", "V += 1", "V <<= 2", "V &^= m", "V++", "V--", "V <- x", "V()", "V(1, x)", "V[i] = x", "V[i](x)",
      "V.f()", "V.f = 1", "V.(T).f()", "V{}.f()",
      "V: for {\n}", "V + x", "V - x", "V * x", "V / x", "V % x", "V & x", "V | x", "V ^ x", "V << 1", "V == x", "V && x", "V || x",
      "V[T](x)", "V[1:2]", "V /* c */ ()", "V\t= x", "V   := 2",
    ];
    for (const verb of verbs.filter((v) => !v.includes("-"))) {
      for (const form of forms) {
        const line = form.replaceAll("V", verb);
        expect(parts(line)).toEqual([`go@1 ${line}`]);
      }
    }
  });

  it("asks no line inside a bracket, a string, a comment or an open statement", () => {
    const text = "f(\nheap,\n)\nx := `\ngc\n`\n/*\ngc\n*/\ny :=\nheap\nfunc g() {\n\tgc\n}";
    expect(parts(text)).toEqual([`go@1 ${text}`]);
  });

  it("takes a verb with a variable's name for the command, and the same in parentheses for the variable", () => {
    expect(parts("stack\n(stack)")).toEqual(["command@1:1 stack", "go@2 (stack)"]);
  });

  it("keeps commands between statements in their place", () => {
    expect(parts("p := newInt()\n  gc                 // a collection exactly here\nheap -top=3\nruntime.KeepAlive(p)\n")).toEqual([
      "go@1 p := newInt()", "command@2:3 gc", "command@3:1 heap", "go@4 runtime.KeepAlive(p)",
    ]);
  });

  it("leaves out comments that begin with # as in a script", () => {
    expect(parts("#!/usr/bin/env gomem\n# first\nx := 1\n\t# second\ngc")).toEqual(["go@3 x := 1", "command@5:1 gc"]);
  });

  it("finds a command behind a comment, and behind a whole file", () => {
    expect(parts("// first\n/* of\nall */\ngc")).toEqual(["command@4:1 gc"]);
    expect(parts("package main\n\nfunc main() {\n}\n\nescape")).toEqual(["go@1 package main\n\nfunc main() {\n}", "command@6:1 escape"]);
  });
});

describe("reading a command", () => {
  it("parts settings, flags, arguments and a call", () => {
    expect(command('GOGC=50 GOMEMLIMIT=64MiB escape -m=2 -gcflags="-m=2 -l" -src main.go f(1, "a b") -- g(2,  3) // end')).toEqual({
      verb: "escape",
      settings: [{ name: "GOGC", value: "50" }, { name: "GOMEMLIMIT", value: "64MiB" }],
      flags: [{ name: "m", value: "2" }, { name: "gcflags", value: "-m=2 -l" }, { name: "src" }],
      args: ["main.go", 'f(1, "a b")'],
      call: "g(2,  3)",
      line: 1,
      col: 1,
    });
  });

  it("takes one dash or two, and a number with a sign for an argument", () => {
    expect(command("heap --top=3 -by=site -1")).toMatchObject({ flags: [{ name: "top", value: "3" }, { name: "by", value: "site" }], args: ["-1"] });
  });

  it("keeps an apostrophe and an open bracket as they are", () => {
    expect(command("explain it don't (move").args).toEqual(["it", "don't", "(move"]);
  });

  it("reads help in three ways", () => {
    expect(["escape?", "?escape", "help escape"].map((line) => [command(line).verb, ...command(line).args])).toEqual([
      ["help", "escape"], ["help", "escape"], ["help", "escape"],
    ]);
    expect(command("mcache?").args).toEqual(["mcache"]);
  });
});

describe("the first line", () => {
  it("applies a %% command to the rest of the cell", () => {
    const [part] = splitCell("%%escape -m=2\nfunc f() {}\ngc\n", verbs);
    expect(part).toMatchObject({ kind: "magic", body: "func f() {}\ngc\n", line: 2, command: { verb: "escape", flags: [{ name: "m",
    value: "2" }] } });
  });

  it("is the only place of one", () => {
    expect(parts("x := 1\n%%escape")).toEqual(["go@1 x := 1", "error a line with %% must be the first of its cell"]);
  });
});

describe("what is no command and no Go", () => {
  it("is reported as what it is nearer to", () => {
    expect(parts("escpe main.go")).toEqual(['error unknown command "escpe" (escape)']);
    expect(parts("%esacpe")).toEqual(['error unknown command "esacpe" (escape)']);
    expect(parts("%timeit f()")).toEqual(['error unknown command "timeit" (allocs)']);
    expect(parts("foo bar")).toEqual(["go@1 foo bar"]);
    expect(parts("!ls")[0]).toMatch(/must replay anywhere; use a terminal/);
  });
});

describe("is a cell complete", () => {
  it.each([
    ["x := 1", "complete"], ["gc", "complete"], ["func f() {", "incomplete"], ["x := `a", "incomplete"], ["x := 1 +", "incomplete"],
    ["/* open", "incomplete"],
    ["f(1,", "incomplete"], ["x := )", "invalid"], ["", "complete"],
    ["for i := 0; i < 3; i++ {\n}", "complete"], ["package main\nfunc main() {}", "complete"], ["if x", "invalid"],
  ] as const)("%j is %s", (text, want) => {
    expect(cellStatus(text, verbs)).toBe(want);
  });
});
