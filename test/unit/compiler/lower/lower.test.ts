/** What lowering promises: Go's arithmetic, its order of evaluation, its checks, wherever a value lives. */
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

const cases: [title: string, body: string, want: string, declarations?: string][] = [
  ["small integers wrap", "x := int8(127); x++; println(x); y := uint16(0); y--; println(y)", "-128\n65535\n"],
  ["the smallest integer divided by minus one is itself", "x, y := -9223372036854775808, -1; println(x/y, x%y)", "-9223372036854775808 0\n"],
  ["a shift by the width or more leaves nothing but the sign", "n := uint(70); x := -8; println(x<<n, x>>n, uint8(200)>>(n-68))", "0 -1 50\n"],
  ["variables are swapped at once", "a, b := 1, 2; a, b = b, a; println(a, b)", "2 1\n"],
  ["a struct is rebuilt from its own fields", "p := P{1, 2}; p = P{p.y, p.x}; println(p.x, p.y)", "2 1\n", "type P struct{ x, y int }"],
  ["an index on the left is evaluated before the assignment", "i := 0; a := [2]int{}; i, a[i] = 1, 5; println(i, a[0], a[1])", "1 5 0\n"],
  ["a map element is assigned before a later nil dereference panics",
    "m := map[int]int{}; defer func() { recover(); println(m[2]) }(); var p *int; m[2], *p = 42, 2", "42\n"],
  ["keys and values of a map literal are evaluated in order", "_ = map[int]int{f(1): f(2), f(3): f(4)}", "1\n2\n3\n4\n", "func f(x int) int { println(x); return x }"],
  ["a variable of a loop is new in each round", "var fs []func(); for i := 0; i < 3; i++ { fs = append(fs, func() { println(i) }) }; for _, f := range fs { f() }", "0\n1\n2\n"],
  ["a range copies the array and not the slice", "a := [2]int{1, 2}; for i, v := range a { a[1] = 9; println(i, v) }; s := a[:]; for _, v := range s { s[1] = 7; println(v) }",
    "0 1\n1 2\n1\n7\n"],
  ["a deferred call sets the result after a panic", "println(f())", "7\n", "func f() (x int) { defer func() { recover(); x = 7 }(); panic(1) }"],
  ["deferred calls of a loop run last first", "for i := range 3 { defer println(i) }", "2\n1\n0\n"],
  ["goto jumps back and forth", "i := 0\nback:\n\tif i < 3 { println(i); i++; goto back }\n\tgoto end\nend:\n\tprintln(\"end\")", "0\n1\n2\nend\n"],
  ["fallthrough goes on with the next clause", "switch x := 2; x { case 2: println(2); fallthrough; case 3: println(3); default: println(0) }", "2\n3\n"],
  ["a dense switch finds every case", "for i := range 8 { switch i { case 1: print(\"a\"); case 2: print(\"b\"); case 3: print(\"c\"); case 5: print(\"d\"); case 6: print(\"e\"); default: print(\".\") } }",
    ".abc.de."],
  ["a type switch binds each type", "for _, x := range []any{1, \"s\", nil, E{}} { switch v := x.(type) { case int: println(v + 1); case string: println(v + \"!\"); case nil: println(\"nil\"); case error: println(v.Error()) } }",
    "2\ns!\nnil\nerr\n", "type E struct{}\nfunc (E) Error() string { return \"err\" }"],
  ["equal interfaces hold equal values", "var a, b any = P{1, \"x\"}, P{1, \"x\"}; println(a == b, a == any(1))", "true false\n", "type P struct { n int; s string }"],
  ["a large struct is passed and returned by value", "b := B{}; b.a[3] = 4; c := f(b); println(b.a[3], c.a[3])", "4 5\n", "type B struct{ a [20]int }\nfunc f(b B) B { b.a[3]++; return b }"],
  ["promoted methods work through interfaces", "var i I = W{&T{3}}; println(i.M())", "3\n", "type T struct{ n int }\nfunc (t *T) M() int { return t.n }\ntype W struct{ *T }\ntype I interface{ M() int }"],
  ["method values keep their receiver", "t := T(1); f := t.M; t = 5; println(f())", "1\n", "type T int\nfunc (t T) M() int { return int(t) }"],
  ["goroutines meet at channels", "c := make(chan int); go func() { for i := range 3 { c <- i }; close(c) }(); for x := range c { println(x) }", "0\n1\n2\n"],
  ["a select takes what is ready", "a, b := make(chan int, 1), make(chan string, 1); b <- \"x\"; select { case n := <-a: println(n); case s, ok := <-b: println(s, ok) }; select { case <-a: default: println(\"none\") }",
    "x true\nnone\n"],
  ["strings are compared, joined and cut", "s := \"ab\"; t := s + \"c\"; println(t > s, t[1:], len(t), string([]byte(t)[:2]) == s)", "true bc 3 true\n"],
  ["runes are decoded", "for i, r := range \"aé\\xff\" { println(i, r) }", "0 97\n1 233\n3 65533\n"],
  ["conversions of floats saturate as on amd64", "x := 1e30; y := 3.9; println(int64(x), uint8(int(y)))", "-9223372036854775808 3\n"],
];

describe("a lowered program does what Go says", () => {
  test.each(cases)("%s", (_, body, want, declarations) => {
    expect(run(body, declarations)).toBe(want);
  });

  test.each([
    ["an index", "s := []int{1}; i := 3; println(s[i])", "panic: runtime error: index out of range [3] with length 1"],
    ["a slice bound", "s := []int{1}; i := 3; println(len(s[:i]))", "panic: runtime error: slice bounds out of range [:3] with capacity 1"],
    ["a division", "x := 0; println(1 / x)", "panic: runtime error: integer divide by zero"],
    ["a nil pointer", "var p *int; println(*p)", "panic: runtime error: invalid memory address or nil pointer dereference"],
    ["a nil map", "var m map[int]int; m[1] = 1", "panic: assignment to entry in nil map"],
    ["a type assertion", "var x any = 1; println(x.(string))", "panic: interface conversion: interface {} is int, not string"],
  ])("%s that goes wrong panics in Go's words", (_, body, want) => {
    expect(run(body).split("\n")[0]).toBe(want);
  });
});
