/** Functions that stand in place of their calls: a program cannot tell, nor can anybody who looks at its stacks, its clock or its events. */
import { describe, expect, test } from "vitest";
import { runIn } from "../lower/run.ts";

const cases: [title: string, body: string, declarations: string][] = [
  ["a function that calls itself", "println(fib(22))", "func fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }"],
  ["recursion deep enough to move the stack", "println(deep(200000))", "func deep(n int) int { if n == 0 { return 0 }; return deep(n-1) + 1 }"],
  ["two that call each other", "println(even(100001))", "func even(n int) bool { if n == 0 { return true }; return odd(n-1) }\nfunc odd(n int) bool { if n == 0 { return false }; return even(n-1) }"],
  ["func values, known and unknown", "s := 0; for i := range 20000 { s += all[i%3](i) + twice(all[0], i) }; println(s)",
    "var all = []func(int) int{func(x int) int { return x + 1 }, func(x int) int { return x * 3 & 255 }, func(x int) int { for i := range 3 { x += i }; return x }}\n" +
      "//go:noinline\nfunc twice(f func(int) int, x int) int { return f(f(x)) }"],
  ["closures that allocate", "var fs []func() int; for i := range 3000 { fs = append(fs, func() int { p := new(int); *p = i; keep = p; return *p }) }; s := 0; for _, f := range fs { s += f() }; println(s)",
    "var keep *int"],
  ["methods by way of an interface", "s := 0; for i := range 30000 { s += shapes[i%3].area(i) }; println(s)",
    "type shape interface{ area(int) int }\ntype a struct{ n int }\ntype b struct{ n int }\ntype c int\nfunc (x *a) area(i int) int { x.n += i; return x.n & 7 }\n" +
      "func (x *b) area(i int) int { return x.n * i }\nfunc (x c) area(i int) int { return int(x) }\nvar shapes = []shape{&a{1}, &b{2}, c(3)}"],
  ["a panic from inside, which a caller recovers", "for i := range 9 { println(try(i)) }",
    "//go:noinline\nfunc try(i int) (r int) { defer func() { if e := recover(); e != nil { r = -i } }(); return pick(tab, i) + pick(tab[:4], i) }\n" +
      "var tab = []int{5, 4, 3, 2, 1, 0}\n//go:noinline\nfunc pick(t []int, i int) int { if i == 7 { panic(i) }; return t[i] / t[i] }"],
  ["a panic that nobody recovers", "println(outer(3))", "//go:noinline\nfunc outer(i int) int { return inner(i) + 1 }\n//go:noinline\nfunc inner(i int) int { s := []int{1, 2}; return s[i] }"],
  ["goroutines that are preempted and wait inside", "c := make(chan int); for i := range 4 { go func() { t := 0; for j := range 60000 { t += step(c, j, i) }; c <- t }() }; s := 0; for range 4 * 7 { s += <-c }; println(s)",
    "//go:noinline\nfunc step(c chan int, j, i int) int { if j%10000 == 9999 { c <- j; return 1 }; return j ^ i }"],
];

describe("nobody can tell whether a function stands in place of its call", () => {
  test.each(cases)("%s", (_, body, declarations) => {
    const [fast, small] = [false, true].map((how) => runIn(body, declarations, () => undefined, how));
    expect(fast?.out).toBe(small?.out);
    expect(fast?.process.clock.now()).toBe(small?.process.clock.now());
    expect(fast?.recorder.hash()).toBe(small?.recorder.hash());
  });
});
