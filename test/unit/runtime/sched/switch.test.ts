/** Goroutines switch in WebAssembly exactly as they do by way of the scheduler's TypeScript: same output, same time, same events. */
import { expect, test } from "vitest";
import { count } from "../../../../src/record/reader.ts";
import { SCHED } from "../../../../src/runtime/sched/cells.ts";
import { runIn } from "../../compiler/lower/run.ts";

/** A reason of SCHED.attention that nobody takes away: every switch goes through TypeScript. */
const ALWAYS = 0x100;

const PROGRAMS: readonly (readonly [title: string, declarations: string, body: string])[] = [
  ["two goroutines hand a number to one another", "", `
    ping, pong := make(chan int), make(chan int)
    go func() { for v := range ping { pong <- v + 1 }; close(pong) }()
    sum := 0
    for i := 0; i < 3000; i++ { ping <- i; sum += <-pong }
    close(ping)
    _, open := <-pong
    println(sum, open)`],
  ["more goroutines than the ring holds wait for one channel", "", `
    in, out := make(chan int), make(chan int, 3)
    for i := 0; i < 700; i++ { go func() { out <- <-in*2 + i }() }
    go func() { for i := 0; i < 700; i++ { in <- i } }()
    sum := 0
    for i := 0; i < 700; i++ { v := <-out; sum = sum*31 + v }
    println(sum)`],
  ["goroutines begin and end, some with large stacks, some by panics and Goexit", "func deep(n int) int { if n == 0 { return 1 }; var a [20]int; a[n%20] = n; return deep(n-1) + a[n%20]%2 }", `
    out := make(chan int)
    sum := 0
    for i := 0; i < 2000; i++ {
      go func() { out <- i }()
      sum += <-out
      if i%100 == 7 { go func() { defer func() { recover(); out <- 1 }(); panic(i) }(); sum += <-out }
      if i%100 == 8 { go func() { out <- deep(100) }(); sum = sum*7 + <-out }
    }
    for i := 0; i < 600; i++ { go func() { if i%3 == 0 { go func() { out <- 1 }() }; out <- i }() }
    for i := 0; i < 800; i++ { sum = sum*3 + <-out }
    println(sum)`],
  ["busy loops, selects and garbage", "var kept [64]*[100]int", `
    done := make(chan int)
    a, b := make(chan int, 2), make(chan int)
    work := func(n int) { x := n; for i := 0; i < 400000; i++ { x = x*7 + i; if i%50 == 0 { kept[x&63] = new([100]int) } }; done <- x }
    for i := 0; i < 5; i++ { go work(i) }
    go func() { for i := 0; i < 500; i++ { select { case a <- i: case b <- -i: } }; close(a) }()
    sum, left := 0, 5
    for left > 0 {
      select {
      case v, ok := <-a: if ok { sum += v } else { a = nil }
      case v := <-b: sum += v * 3
      case v := <-done: sum ^= v; left--
      }
    }
    println(sum)`],
  ...[2, 5, 300].map((n) => [`${n} goroutines yield to one another`, 'import "runtime"', `
    done := make(chan int, 1)
    order := 0
    for i := 0; i < ${n}; i++ {
      go func() {
        for j := 0; j < 200; j++ { order = order*31 + i; if (i+j)%7 != 0 { runtime.Gosched() } else { done <- i; <-done } }
        done <- i
      }()
    }
    for i := 0; i < ${n}; i++ { <-done; runtime.Gosched() }
    println(order)`] as const),
];

for (const [title, declarations, body] of PROGRAMS) {
  test(title, () => {
    const runs = [0, ALWAYS].map((reason) => {
      const { process, out } = runIn(body, declarations, (p) => p.memory.store32(SCHED.attention, reason));
      const record = process.recorder.record();
      return { out, now: process.now(), hash: process.recorder.hash(), events: [count(record, "goPark"), count(record, "goReady"), count(record, "gcEnd")] };
    });
    expect(runs[0]?.out).not.toBe("");
    expect(runs[0]).toEqual(runs[1]);
  });
}

test("switches beyond those that a record keeps are counted all the same", () => {
  const counted = (rounds: number): { readonly parks: number; readonly readies: number; readonly kept: number } => {
    const { process } = runIn(`
      c := make(chan int)
      go func() { for range c { } }()
      for i := 0; i < ${rounds}; i++ { c <- i }
      println("done")`, "", () => undefined);
    const record = process.recorder.record();
    return { parks: count(record, "goPark"), readies: count(record, "goReady"), kept: record.goReady?.rows ?? 0 };
  };
  const [none, some, many] = [counted(0), counted(30_000), counted(150_000)];
  expect(some.kept).toBe(some.readies);
  expect(many.kept).toBeLessThan(many.readies);
  expect(many.parks - none.parks).toBe(5 * (some.parks - none.parks));
  expect(many.readies - none.readies).toBe(5 * (some.readies - none.readies));
});
