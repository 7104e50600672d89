/** A process runs hand-made programs: goroutines, sleeping, deferred calls, panics, recover, deadlock, growing stacks, snapshots. */
import { expect, test } from "vitest";
import { Recorder } from "../../../src/record/recorder.ts";
import { DEFAULT_SETTINGS, NO_HOOKS, Process, type Exit } from "../../../src/runtime/index.ts";
import { type HandFunc, handProgram, type Step } from "./support/straight.ts";

const print = (n: number): Step => ({ entry: "printint", args: [BigInt(n)] });
const go = (name: string): Step => ({ entry: "newproc", args: [{ closure: name }] });
const defer = (name: string): Step => ({ entry: "deferproc", args: ["frame", { closure: name }] });
const sleep = (ns: number): Step => ({ entry: "sleep", args: [BigInt(ns)] });
const yields: Step = { entry: "gosched", args: [] };
const panicIndex: Step = { entry: "panicIndex", args: [3n, 3n] };
const recover: Step = { entry: "gorecover", args: ["frameEnd"] };
const COUNTER = 0x3000;

function start(funcs: HandFunc[], nativeStack = DEFAULT_SETTINGS.nativeStack): { process: Process; exit: Exit; out: () => string; recorder: Recorder } {
  let out = "";
  const recorder = new Recorder();
  const process = new Process({ ...DEFAULT_SETTINGS, nativeStack }, recorder, new Map(), { ...NO_HOOKS, write: (_, bytes) => (out += Buffer.from(bytes).toString("latin1")) });
  process.load(handProgram(funcs, "main.main"));
  const exit = process.run("main.main");
  return { process, exit, out: () => out, recorder };
}

test("main runs and returns", () => {
  const { exit, out } = start([{ name: "main.main", steps: [print(42)] }]);
  expect(exit).toEqual({ kind: "ok", code: 0 });
  expect(out()).toBe("42");
});

test("a started goroutine runs when main yields, and the last one started runs first", () => {
  const { out } = start([
    { name: "main.main", steps: [go("main.a"), go("main.b"), print(0), yields, print(3)] },
    { name: "main.a", steps: [print(1)] },
    { name: "main.b", steps: [print(2)] },
  ]);
  expect(out()).toBe("0213");
});

test("sleepers wake in the order of their times, and time jumps while nobody runs", () => {
  const { process, out } = start([
    { name: "main.main", steps: [go("main.a"), go("main.b"), sleep(5_000_000), print(9)] },
    { name: "main.a", steps: [sleep(2_000_000), print(2)] },
    { name: "main.b", steps: [sleep(1_000_000), print(1)] },
  ]);
  expect(out()).toBe("129");
  expect(process.now()).toBeGreaterThanOrEqual(5_000_000);
  expect(process.now()).toBeLessThan(5_100_000);
});

test("deferred calls run last first when a function returns, also when they wait", () => {
  const { exit, out } = start([
    { name: "main.main", defers: true, steps: [defer("main.a"), defer("main.b"), print(1)] },
    { name: "main.a", steps: [print(3)] },
    { name: "main.b", steps: [sleep(10), print(2)] },
  ]);
  expect(exit.kind).toBe("ok");
  expect(out()).toBe("123");
});

test("an uncaught panic prints Go's words and exits with 2", () => {
  const { exit, out } = start([{ name: "main.main", steps: [panicIndex] }]);
  expect(exit.code).toBe(2);
  expect(out()).toBe("panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\thand.go:1\n");
});

test("a deferred call that recovers lets the deferring function's caller go on", () => {
  const { exit, out } = start([
    { name: "main.main", steps: [{ call: "main.f" }, print(5)] },
    { name: "main.f", defers: true, steps: [defer("main.first"), defer("main.rec"), { call: "main.deep" }, print(99)] },
    { name: "main.deep", defers: true, steps: [defer("main.inner"), { call: "main.bad" }, print(98)] },
    { name: "main.bad", steps: [print(1), panicIndex, print(97)] },
    { name: "main.inner", steps: [sleep(100), print(2)] },
    { name: "main.rec", steps: [print(3), recover] },
    { name: "main.first", steps: [print(4)] },
  ]);
  expect(exit.kind).toBe("ok");
  expect(out()).toBe("12345");
});

test("recover in a function that the deferred function calls does nothing", () => {
  const { exit, out } = start([
    { name: "main.main", defers: true, steps: [defer("main.d"), panicIndex] },
    { name: "main.d", steps: [{ call: "main.helper" }] },
    { name: "main.helper", steps: [recover, print(1)] },
  ]);
  expect(exit.kind).toBe("panic");
  expect(out()).toMatch(/^1panic: runtime error/);
});

test("a panic in a deferred call replaces the one under way and both are told", () => {
  const { out } = start([
    { name: "main.main", defers: true, steps: [defer("main.d"), panicIndex] },
    { name: "main.d", steps: [{ entry: "panicDivide", args: [] }] },
  ]);
  expect(out()).toMatch(/^panic: runtime error: index out of range \[3\] with length 3\n\tpanic: runtime error: integer divide by zero\n\ngoroutine 1 \[running\]:\n/);
});

test("Goexit runs deferred calls and ends only its goroutine; without others main's end is a deadlock", () => {
  const { exit, out } = start([
    { name: "main.main", steps: [go("main.g"), yields, print(2), { entry: "goexit", args: [] }] },
    { name: "main.g", defers: true, steps: [defer("main.d"), { entry: "goexit", args: [] }, print(9)] },
    { name: "main.d", steps: [print(1)] },
  ]);
  expect(exit.kind).toBe("fatal");
  expect(out()).toBe("12fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n");
});

test("a program whose goroutines all wait ends with Go's words", () => {
  const { exit, out } = start([{ name: "main.main", steps: [{ entry: "gopark", args: [19] }] }]);
  expect(exit.code).toBe(2);
  expect(out()).toBe("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\thand.go:1\n");
});

test("os.Exit ends the program at once", () => {
  const { exit, out } = start([{ name: "main.main", defers: true, steps: [defer("main.d"), { entry: "exit", args: [3n] }] }, { name: "main.d", steps: [print(1)] }]);
  expect(exit).toEqual({ kind: "exit", code: 3 });
  expect(out()).toBe("");
});

const recursion: HandFunc[] = [
  { name: "main.main", steps: [{ call: "main.rec" }, print(7)] },
  { name: "main.rec", frame: 96, goFrame: 80, steps: [{ unless: COUNTER }, { call: "main.rec" }] },
];

test("a deep recursion outgrows its room and the native stack, and comes back", () => {
  for (const nativeStack of [DEFAULT_SETTINGS.nativeStack, 20_000]) {
    let out = "";
    const process = new Process({ ...DEFAULT_SETTINGS, nativeStack }, new Recorder(), new Map(), { ...NO_HOOKS, write: (_, b) => (out += Buffer.from(b).toString()) });
    process.load(handProgram(recursion, "main.main"));
    process.memory.store32(COUNTER, 50_000);
    expect(process.run("main.main").kind).toBe("ok");
    expect(out).toBe("7");
  }
});

test("Go's stack doubles at the depths that Go measures", () => {
  const recorder = new Recorder();
  const process = new Process(DEFAULT_SETTINGS, recorder, new Map(), NO_HOOKS);
  process.load(handProgram([{ name: "main.main", goFrame: 48, steps: [{ call: "main.rec" }] }, recursion[1]!], "main.main"));
  process.memory.store32(COUNTER, 800);
  process.run("main.main");
  const table = recorder.record().stackGrow!;
  // runtime.md 5: locals 80 below a function with locals 48: the call at depth 12 (counted from 0) makes the first growth.
  const uses = Array.from({ length: table.rows }, (_, i) => table.data[i * table.width + 4]);
  expect(uses.map((used) => (used! - 96) / 88)).toEqual([12, 35, 82, 175, 361, 734]);
});

test("infinite recursion is Go's stack overflow", { timeout: 60_000 }, () => {
  const { exit, out } = start([{ name: "main.main", frame: 4096, goFrame: 4000, steps: [{ call: "main.main" }] }]);
  expect(exit.code).toBe(2);
  expect(out().slice(0, 400)).toMatch(/^runtime: goroutine stack exceeds 1000000000-byte limit\nruntime: sp=0x\w+ stack=\[0x\w+, 0x\w+\]\nfatal error: stack overflow\n/);
});

test("a snapshot takes back what a run did", () => {
  let out = "";
  const process = new Process(DEFAULT_SETTINGS, new Recorder(), new Map(), { ...NO_HOOKS, write: (_, b) => (out += Buffer.from(b).toString()) });
  process.load(handProgram(recursion, "main.main"));
  process.memory.store32(COUNTER, 10);
  const before = process.snapshot();
  for (let i = 0; i < 2; i++) {
    expect(process.run("main.main").kind).toBe("ok");
    expect(process.memory.load32(COUNTER)).toBe(0);
    before.restore();
    expect(process.memory.load32(COUNTER)).toBe(10);
  }
  expect(out).toBe("77");
});

test("an interrupt stops a run at its next poll, and the run can go on", () => {
  let stop = true;
  let out = "";
  const hooks = { ...NO_HOOKS, interrupted: () => stop, write: (_: number, b: Uint8Array) => (out += Buffer.from(b).toString()) };
  const process = new Process(DEFAULT_SETTINGS, new Recorder(), new Map(), hooks);
  process.load(handProgram([{ name: "main.main", steps: [print(1), { entry: "poll", args: [2] }, print(2)] }], "main.main"));
  expect(process.run("main.main").kind).toBe("interrupted");
  expect(out).toBe("1");
  stop = false;
  expect(process.resume().kind).toBe("ok");
  expect(out).toBe("12");
});
