/**
 * Further statements of generated programs: formats, method values, variadic and generic functions, goto, results that deferred calls change,
 * values that are copied whole, selects and labels.
 */
import { expr, type Scope } from "./expressions.ts";
import { BOOL, comparable, FLOATS, INT, INTS, printable, slice, STRING, type Ty } from "./types.ts";

/** Text of the declarations that these statements use; it stands once in a program. */
export const HELPERS = `
type pair[A, B any] struct {
	a A
	b B
}

func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.b, p.a} }
func (p *pair[A, B]) set(a A, b B)    { p.a, p.b = a, b }
func (p pair[A, B]) String() string   { return fmt.Sprintf("<%v|%v>", p.a, p.b) }

type chain[T any] struct {
	v    T
	next *chain[T]
}

func (l *chain[T]) push(v T) *chain[T] { return &chain[T]{v, l} }
func (l *chain[T]) each(yield func(int, T) bool) {
	for i := 0; l != nil; l, i = l.next, i+1 {
		if !yield(i, l.v) {
			return
		}
	}
}

type number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

func sum[T number](xs ...T) (t T) {
	for _, x := range xs {
		t += x
	}
	return
}

func fold[T, A any](xs []T, a A, f func(A, T) A) A {
	for _, x := range xs {
		a = f(a, x)
	}
	return a
}

func each[S ~[]T, T any](xs S, f func(T) T) S {
	out := make(S, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func all(xs ...any) int { return len(xs) }

type wide struct {
	a, b, c int64
	s       string
	f       float64
	g       [3]int16
	p       *wide
}

func (w wide) plus(n int64) wide { w.a += n; w.g[1]++; w.s += "."; return w }
func (w *wide) grow(n int64)     { w.b += n; w.g[n&1]-- }
func turn(w wide, n int) (wide, int) {
	w.c, w.a = w.a, w.c+int64(n)
	return w, int(w.g[0])
}
`;

const VERBS = ["%v", "%+v", "%T", "%v", "%d", "%x", "%q", "%8v", "%-6v|", "%t", "%s", "%08.3f", "%g", "%U", "%c", "%X", "%+d", "%e", "%5.1f", "%o", "%#x"];

/** Verbs that print a value without its type's package-level address: Go's syntax of pointers inside is left out by `printable`. */
function format(s: Scope): string[] {
  const vars = s.vars.filter((v) => printable(v.type));
  if (vars.length === 0) return [];
  const chosen = Array.from({ length: 1 + s.chance.below(3) }, () => s.chance.pick(vars));
  return [`fmt.Printf("${chosen.map(() => s.chance.pick(VERBS)).join(" ")}\\n", ${chosen.map((v) => v.name).join(", ")})`];
}

const someType = (s: Scope): Ty => s.chance.pick([INT, STRING, BOOL, ...INTS, ...FLOATS, ...s.types.filter((t) => t.k === "struct" && printable(t))]);

function generics(s: Scope): string[] {
  const c = s.chance;
  const [t, u] = [someType(s), someType(s)];
  const p = s.fresh("p");
  switch (c.below(4)) {
    case 0: return [
      `${p} := pair[${t.name}, ${u.name}]{${expr(s, t, 2)}, ${expr(s, u, 2)}}`,
      `${p}.set(${expr(s, t, 1)}, ${expr(s, u, 1)})`,
      `fmt.Println(${p}, ${p}.swap(), ${comparable(t) && comparable(u) ? `${p} == ${p}.swap().swap()` : "0"})`,
      `fmt.Printf("%T %v\\n", ${p}.swap(), &${p})`,
    ];
    case 1: return [
      `var ${p} *chain[${t.name}]`, `for range ${1 + c.below(3)} { ${p} = ${p}.push(${expr(s, t, 2)}) }`,
      `for i, x := range ${p}.each { if i == 2 { break }; fmt.Print(x, " ") }`, "fmt.Println()",
    ];
    case 2: {
      const n = c.pick([...INTS, ...FLOATS]);
      return [`fmt.Println(sum[${n.name}](), sum(${expr(s, n, 2)}, ${expr(s, n, 1)}), sum(${expr(s, slice(n), 2)}...))`];
    }
    default: return [
      `fmt.Println(fold(${expr(s, slice(t), 2)}, "", func(a string, x ${t.name}) string { return a + fmt.Sprint(x) }), len(each(${expr(s, slice(u), 2)}, func(x ${u.name}) ${u.name} { return ${expr(s, u, 1)} })))`,
    ];
  }
}

function methodValues(s: Scope): string[] {
  const values = s.vars.filter((v) => v.type.k === "struct" || v.type.k === "pointer" || v.type.k === "iface");
  if (values.length === 0) return [];
  const v = s.chance.pick(values);
  const f = s.fresh("m");
  const kept = v.type.k === "struct" || v.type.k === "pointer";
  const change = kept && !v.fixed && s.chance.percent(50) ? [`${v.name}.Add(${expr(s, INT, 1)})`] : [];
  const named = v.type.k === "struct" ? [`fmt.Println(${v.type.name}.Get(${v.name}), (*${v.type.name}).Get(&${v.name}))`] : v.type.k === "iface" ? [`fmt.Println(${v.type.name}.Add(${v.name}, 3))`] : [];
  return [`${f} := ${v.name}.${s.chance.pick(["Get", "Add"])}`, ...change, `_ = ${f}`, `if g, ok := any(${f}).(func() int); ok { fmt.Println(g()) }`, `if g, ok := any(${f}).(func(int) int); ok { fmt.Println(g(2)) }`, ...named];
}

function wides(s: Scope): string[] {
  const w = s.fresh("w");
  const n = (): string => expr(s, INT, 2);
  return [
    `${w} := wide{a: ${expr(s, INTS[4] ?? INT, 2)}, s: ${expr(s, STRING, 2)}, g: [3]int16{1: ${expr(s, INTS[2] ?? INT, 2)}}}`,
    `${w}.p = &wide{c: int64(${n()})}`,
    `${w}.grow(int64(${n()}))`,
    s.chance.pick([`${w}, _ = turn(${w}.plus(2), ${n()})`, `*${w}.p, ${w}.a = ${w}.plus(int64(${n()})), ${w}.p.c`, `${w}.p, ${w} = nil, *${w}.p`, `defer func(x wide) { fmt.Println("wide", x.a, x.g, ${w}.a) }(${w})`]),
    `{ x := ${w}; x.g[2] = 7; x.p = nil; fmt.Println(x, ${w}.g, x.g == ${w}.g, len(${w}.s) < 300) }`,
    `{ xs := []wide{${w}, {}, ${w}.plus(1)}; xs[0], xs[1] = xs[1], xs[0]; for _, x := range xs { x.a++; fmt.Print(x.a, x.b, x.g, " ") }; fmt.Println(xs[1].a) }`,
  ];
}

function results(s: Scope): string[] {
  const t = s.chance.pick([INT, STRING, ...FLOATS]);
  const more = t.k === "string" ? `r += fmt.Sprint(q)` : `r += r; q ^= 3`;
  return [
    `fmt.Println(func() (r ${t.name}, q int) {`,
    `\tdefer func() { if e := recover(); e != nil { fmt.Println("got", e); q = 9 }; ${more} }()`,
    `\tdefer func() { q += 5 }()`,
    `\tif ${expr(s, BOOL, 2)} { r = ${expr(s, t, 1)}; panic(${s.chance.pick([expr(s, STRING, 1), expr(s, INT, 1), 'fmt.Errorf("wrapped %d", q)'])}) }`,
    `\treturn ${expr(s, t, 2)}, ${expr(s, INT, 2)}`,
    "}())",
  ];
}

function jumps(s: Scope): string[] {
  const l = s.fresh("G");
  const i = s.fresh("j");
  if (s.chance.percent(50)) {
    return [
      "func() {", `\t${i} := 0`, `${l}:`, `\t${i}++`, `\tfmt.Print(${i}, " ")`, `\tif ${i} < ${1 + s.chance.below(4)} && ${expr(s, BOOL, 2)} { goto ${l} }`, "\tfmt.Println()", "}()",
    ];
  }
  return [
    `${l}:`, `for ${i} := range 4 {`, `\tswitch x := ${i} + ${s.chance.below(3)}; {`, `\tcase x == 1 && ${expr(s, BOOL, 2)}: continue ${l}`, `\tcase x == 2: if ${expr(s, BOOL, 2)} { break ${l} }; fallthrough`,
    `\tcase x > 3: fmt.Print("big ")`, `\tdefault: func() { ${i} += ${s.chance.below(2)} }()`, "\t}", `\tfmt.Print(${i}, " ")`, "}", "fmt.Println()",
  ];
}

function selects(s: Scope): string[] {
  const [a, b, n] = [s.fresh("ca"), s.fresh("cb"), s.fresh("n")];
  const t = someType(s);
  return [
    "{", `\t${a}, ${b} := make(chan ${t.name}, ${1 + s.chance.below(2)}), make(chan int)`, `\tgo func() { for i := range 3 { ${b} <- i * i }; close(${b}) }()`,
    `\tfor ${n} := 0; ${n} < 6; ${n}++ {`, `\t\tif ${n}%2 == 0 {`, `\t\t\tselect {`, `\t\t\tcase ${a} <- ${expr(s, t, 2)}: fmt.Print("sent ")`, `\t\t\tdefault: fmt.Print("full ", len(${a}), " ")`, "\t\t\t}", "\t\t} else {",
    `\t\t\tx, ok := <-${b}`, `\t\t\tfmt.Print(x, ok, " ")`, "\t\t}", "\t}", `\tclose(${a})`, `\tfor x := range ${a} { fmt.Print(x, ";") }`, "\tfmt.Println()", "}",
  ];
}

function aliases(s: Scope): string[] {
  const t = someType(s);
  const v = s.fresh("s");
  const x = (): string => expr(s, t, 1);
  return [
    `${v} := make([]${t.name}, 3, ${3 + s.chance.below(5)})`,
    `{ x := append(${v}, ${x()}); y := append(${v}[:2:${2 + s.chance.below(2)}], ${x()}); z := ${v}[1:]; z[0] = ${x()}; fmt.Println(x, y, z, ${v}, len(y), cap(z)) }`,
    `{ a := [3]${t.name}(${v}); b := a; b[1] = ${x()}; p := &a; for i, e := range p { p[2] = ${x()}; if i == 2 { fmt.Println(e) } }; fmt.Println(a, b) }`,
    `fmt.Println(copy(${v}[1:], ${v}), ${v})`,
  ];
}

function keyed(s: Scope): string[] {
  const keys = s.types.filter((t) => t.k === "struct" && comparable(t) && printable(t));
  const k = s.chance.pick([...keys, { k: "array", name: "[2]string", n: 2, elem: STRING } as Ty, STRING, ...FLOATS]);
  const m = s.fresh("m");
  return [
    `${m} := map[${k.name}][]int{}`, `for i := range 4 { k := ${expr(s, k, 2)}; ${m}[k] = append(${m}[k], i, len(${m})); if i == 2 { delete(${m}, k) } }`,
    `{ n, t := 0, 0; for k, v := range ${m} { if k == k { n++ }; t += len(v) }; fmt.Println(n, t, len(${m}), len(${m}[${expr(s, k, 1)}])) }`,
  ];
}

/** One of these, by chance. */
export function further(s: Scope, inLoop: boolean): string[] {
  const list: ((s: Scope) => string[])[] = [format, format, generics, methodValues, results, jumps, selects, aliases, keyed];
  if (!inLoop) list.push(wides);
  return s.chance.pick(list)(s);
}

