/**
 * Statements of generated programs about order and identity: deferred calls in loops, captured loop variables, operands with effects, keys of interface
 * type, arrays in arrays, named functions and channels, embedded interfaces, constants, iterators that are left, flags of formats.
 */
import { expr, type Scope } from "./expressions.ts";
import { BOOL, comparable, FLOATS, INT, INTS, printable, STRING, type Ty } from "./types.ts";

/** Text of the declarations that these statements use; it stands once in a program. */
export const DEEP_HELPERS = `
func kindOf[T any](x T) string {
	switch y := any(x).(type) {
	case nil:
		return "nil"
	case int:
		return fmt.Sprint("int ", y+1)
	case []T:
		return "many"
	case fmt.Stringer:
		return "says " + y.String()
	case interface{ Get() int }:
		return fmt.Sprint("gets ", y.Get())
	case *T, func(T) T:
		return "about T"
	}
	return fmt.Sprintf("%T", x)
}

type getter interface{ Get() int }

type holds[T any] struct {
	in  T
	all []T
}

func (h *holds[T]) add(x T) *holds[T] { h.all = append(h.all, h.in); h.in = x; return h }
func (h holds[T]) each(yield func(int, T) bool) {
	for i, x := range h.all {
		if !yield(i, x) {
			return
		}
	}
	yield(len(h.all), h.in)
}
func (h holds[T]) kind() string { return kindOf(h.in) + kindOf(h.all) + kindOf(&h.in) }

type outer struct {
	getter
	*holds[string]
	_ int
	n int
}

type unary[T any] func(T) T

func (f unary[T]) twice(x T) T { return f(f(x)) }

type line chan int

func (l line) drain() (n int) {
	for x := range l {
		n = n*3 + x
	}
	return n
}

type grid [2][3]int

func (g grid) turned() (t [3][2]int) {
	for i, row := range g {
		for j := range row {
			t[j][i] = g[i][j]
		}
	}
	return
}
func (g *grid) bump(i int) *int { g[i&1][2]++; return &g[i&1][uint(i)%3] }

func nest(n int, f func(int) bool) func(func(int) bool) {
	return func(yield func(int) bool) {
		defer func() { steps = append(steps, -n) }()
		for i := range n {
			if f(i) && !yield(i) {
				return
			}
		}
	}
}
`;

const part = (s: Scope): Ty => s.chance.pick([INT, STRING, BOOL, ...INTS, ...FLOATS, ...s.types.filter((t) => t.k === "struct" && printable(t))]);

function deferred(s: Scope): string[] {
  const c = s.chance;
  const [i, x] = [s.fresh("i"), s.fresh("x")];
  const stop = c.percent(40) ? [`\t\tif ${i} == 2 { panic(fmt.Sprint("at ", ${i})) }`] : [];
  return [
    "func() {", `\tdefer func() { fmt.Println("end", recover()) }()`, `\t${x} := ${expr(s, INT, 2)}`,
    `\tfor ${i} := ${c.pick([`0; ${i} < ${1 + c.below(4)}; ${i}++`, `range ${1 + c.below(4)}`]).replace(/^range/, "range")} {`,
    `\t\tdefer func(a int, b ...any) { ${x}++; fmt.Print(a, b, ${i}, ${x}, " ") }(${x}, ${expr(s, part(s), 1)}, ${i})`,
    `\t\t${x} ${c.pick(["+=", "^=", "-="])} ${i} + 1`, ...(c.percent(30) ? ["\t\tdefer fmt.Print(tr(-1, " + x + '), ";")'] : []), ...stop, "\t}", "}()",
  ];
}

function captured(s: Scope): string[] {
  const c = s.chance;
  const [fs, i] = [s.fresh("fs"), s.fresh("i")];
  return [
    `var ${fs} []func(int) int`,
    `for ${i}, q := 0, ${expr(s, INT, 1)}; ${i} < ${2 + c.below(3)}; ${i}, q = ${i}+1, q+${i} {`,
    `\t${fs} = append(${fs}, func(d int) int { ${i} += d; q ^= ${i}; return q })`,
    ...(c.percent(40) ? [`\tif ${expr(s, BOOL, 1)} { continue }`] : []), `\tq += ${fs}[len(${fs})-1](${c.below(2)})`, "}",
    `for i, f := range ${fs} { fmt.Print(f(i), f(1), " ") }`, "fmt.Println()",
  ];
}

function ordered(s: Scope): string[] {
  const c = s.chance;
  const [a, i, m, p] = [s.fresh("a"), s.fresh("i"), s.fresh("m"), s.fresh("p")];
  const n = (): string => c.pick([`tr(${s.next.n++}, ${i}&3)`, `(${i}+1)&3`, "2", `func() int { ${i}++; steps = append(steps, ${i}); return ${i} & 3 }()`]);
  const v = (): string => c.pick([`${a}[${n()}]`, `${m}[${n()}]`, `${p}.n`, i, `tr(${s.next.n++}, ${expr(s, INT, 1)})`, `len(${p}.s)`, `*${p}.q`]);
  const place = (): string => c.pick([`${a}[${n()}]`, `${m}[${n()}]`, `${p}.n`, i, `*${p}.q`, `${p}.g[${n()}&1][${n()}%3]`]);
  return [
    `${a}, ${i}, ${m} := []int{1, 2, 3, 4, 5}, ${c.below(4)}, map[int]int{1: 10}`, `${p} := &struct { n int; s string; q *int; g [2][3]int }{s: "xyz", q: &${a}[2]}`,
    ...Array.from({ length: 2 + c.below(3) }, () => c.pick([
      `${place()}, ${place()} = ${v()}, ${v()}`, `${place()} ${c.pick(["+=", "-=", "|=", "*="])} ${v()}`, `${place()}++`,
      `${place()}, ${place()}, ${i} = ${v()}, ${v()}, ${c.below(4)}`, `${p}, ${place()} = ${p}, ${v()}`, `fmt.Println(${v()}, ${v()}, ${v()})`,
      `${a} = append(${a}[:4], ${v()}, ${v()})`, `fmt.Println([]int{${v()}, ${v()}}, map[int]int{${n()}: ${v()}}, [2]any{${v()}, ${v()}})`,
      `fmt.Println(func(a, b, c int) int { return a*100 + b*10 + c }(${v()}, ${v()}, ${v()}))`,
    ])),
    `fmt.Println(${a}[:5], ${i}, len(${m}), ${m}[1], ${p}.n, *${p}.q, ${p}.g)`,
  ];
}

function anyKeys(s: Scope): string[] {
  const m = s.fresh("m");
  const structs = s.types.filter((t) => t.k === "struct");
  const key = (): string => expr(s, s.chance.pick([INT, STRING, BOOL, ...INTS, ...FLOATS, ...structs, ...s.types]), 1);
  const entries = Array.from({ length: 3 }, key);
  return [
    `${m} := map[any]int{}`, "func() {", `\tdefer func() { if r := recover(); r != nil { fmt.Println(r, len(${m})) } }()`,
    ...entries.map((k, i) => `\t${m}[${k}] += ${i + 1}`), `\t_, ok := ${m}[${s.chance.percent(50) ? key() : (entries[0] ?? "1")}]`, `\tfmt.Println(ok, len(${m}))`,
    `\tn := 0`, `\tfor k, v := range ${m} { if any(k) == k { n += v }; delete(${m}, k) }`, `\tfmt.Println(n, len(${m}))`, "}()",
  ];
}

function grids(s: Scope): string[] {
  const c = s.chance;
  const g = s.fresh("g");
  const n = (): string => expr(s, INT, 1);
  return [
    `${g} := grid{{${n()}, ${n()}}, 1: {2: ${n()}}}`, `*${g}.bump(id(${n()})) = ${n()}`,
    `{ h := ${g}; h[${c.below(2)}], h[1][uint(${n()})%3] = [3]int{${n()}}, 5; k := [...]grid{h, ${g}, 3: {}}; k[3] = k[0]; k[0][0][0]++; fmt.Println(h == ${g}, k[3] == h, k[0], len(k), ${g}.turned()) }`,
    `for i, row := range ${g} { ${g}[1][i] = row[0] + i; row[1] = 9; if p := &${g}; p[i] == row { fmt.Print("same ") } }`,
    `fmt.Println(${g}, any(${g}) == any(grid(${g})), any(${g}) == any([2][3]int(${g})))`,
  ];
}

function named(s: Scope): string[] {
  const c = s.chance;
  const [f, l, o] = [s.fresh("f"), s.fresh("l"), s.fresh("o")];
  const t = part(s);
  const impl = s.types.find((u) => u.k === "iface");
  const inner = impl && c.percent(70) ? `getter(${expr(s, impl, 2)})` : "nil";
  return [
    `${f} := unary[${t.name}](func(x ${t.name}) ${t.name} { steps = append(steps, ${s.next.n++}); ${c.percent(50) ? `return ${expr(s, t, 1)}` : "return x"} })`,
    `fmt.Println(${f}.twice(${expr(s, t, 1)}), unary[${t.name}].twice(${f}, ${expr(s, t, 1)}), ${f} == nil)`,
    `${l} := make(line, 4)`, `for i := range 3 { (chan<- int)(${l}) <- i + ${c.below(9)} }`, `close(${l})`, `fmt.Println((line)((chan int)(${l})).drain(), len(${l}), cap(${l}))`,
    `${o} := outer{getter: ${inner}, holds: &holds[string]{in: ${expr(s, STRING, 1)}}, n: 3}`,
    `func() { defer func() { if r := recover(); r != nil { fmt.Println("outer", r) } }(); fmt.Println(len(${o}.add("z").all), ${o}.kind(), ${o}.in); g := ${o}.Get; fmt.Println(g(), getter.Get(${o})) }()`,
    `fmt.Println(kindOf(${expr(s, t, 1)}), kindOf[any](${expr(s, t, 1)}), (&holds[${t.name}]{}).add(${expr(s, t, 1)}).kind())`,
  ];
}

function constants(s: Scope): string[] {
  const c = s.chance;
  const [k, a] = [s.fresh("K"), s.fresh("q")];
  return [
    "{", `\tconst (`, `\t\t${k}0 = iota*${1 + c.below(5)} ${c.pick(["+", "-", "^"])} ${c.below(9)}`, `\t\t${k}1`, "\t\t_", `\t\t${k}3 float64 = 1 << iota / ${1 + c.below(7)}.0`, `\t\t${k}4`, `\t\t${k}5 = 's' + iota`, "\t)",
    `\tconst ${k}6 = (${c.below(9)} + ${c.below(9)}i) * (${c.below(5)} - 2i)`, `\tconst ${k}7 = 1<<${60 + c.below(60)} >> ${c.below(60) + 57} | ${c.below(64)}`,
    `\t${a} := [${k}0&3 + 1]int{${k}0 & 3: 7}`, `\tfmt.Println(${k}0, ${k}1, ${k}3, ${k}4, ${k}5, ${k}6, real(${k}6), ${k}7%1000, ${a}, ${k}3/3, 7/2*2.0, 'a'*2, -5%3, len("héllo"), ${k}1<<3>>1)`,
    `\tvar x uint8 = ${c.below(256)}; var y int8 = ${c.below(256) - 128}`, `\tfmt.Println(x<<${c.below(9)}, x>>1<<1, y>>${c.below(9)}, -y, ^x, x*x, y*y, y/${c.pick(["-1", "3", "-7"])}, y%${c.pick(["-1", "3", "-7"])}, x&^15, uint16(y), int16(x), int8(x), uint32(y)>>28, float32(y)/3)`,
    `\tfunc() { defer func() { fmt.Println(recover()) }(); n := ${c.below(6) - 2}; fmt.Println(x<<n, 1<<n, int64(-8)>>n) }()`, "}",
  ];
}

function left(s: Scope): string[] {
  const c = s.chance;
  const [l, t] = [s.fresh("L"), part(s)];
  const leave = (): string => c.pick([`continue ${l}`, `break ${l}`, "break", "continue", `return ${expr(s, t, 1)}, i*10 + j`, 'panic("left")']);
  return [
    `fmt.Println(func() (r ${t.name}, n int) {`, `\tdefer func() { if e := recover(); e != nil { n = -1; fmt.Println(e) } }()`, `${l}:`,
    `\tfor i := range nest(${1 + c.below(4)}, func(k int) bool { return k != ${c.below(4)} }) {`, `\t\tdefer func() { n += i; fmt.Print("d", i, " ") }()`,
    `\t\tfor j := range ${c.pick(["nest(3, func(int) bool { return true })", "3", "[]int{4, 5, 6}"])} {`, `\t\t\tif i+j == ${c.below(6)} { ${leave()} }`, `\t\t\tif i+j > 40 { continue ${l} }`, `\t\t\tif ${expr(s, BOOL, 1)} { ${leave()} }`, `\t\t\tn += j`,
    `\t\t\tswitch { case j == 1: if i == 1 { ${leave()} }; fallthrough; default: n++ }`, "\t\t}", "\t}", `\treturn ${expr(s, t, 1)}, n`, "}())",
  ];
}

function texts(s: Scope): string[] {
  const c = s.chance;
  const flags = (): string => ["+", "-", "#", " ", "0"].filter(() => c.percent(25)).join("");
  const verb = (): string => `%${flags()}${c.percent(40) ? c.below(14) : ""}${c.percent(30) ? `.${c.below(9)}` : ""}${c.pick([..."vvvdsqxXtcUeEfgGobT"])}`;
  const values = s.vars.filter((v) => printable(v.type));
  const value = (): string => (values.length > 0 && c.percent(60) ? c.pick(values).name : expr(s, part(s), 2));
  const boxed = (): string => c.pick([value(), `[]any{${value()}, nil, ${value()}}`, `&struct { A any; b []${c.pick(INTS).name} }{A: ${value()}}`, `map[string]any{"k": ${value()}, "a": ${value()}}`, `struct { error }{fmt.Errorf("e %v", ${value()})}.Error()`, `pair[any, bool]{a: ${value()}}`, `[]byte(${expr(s, STRING, 1)})`]);
  const str = s.fresh("t");
  return [
    `fmt.Printf("${verb()}|${verb()}|${verb()}\\n", ${boxed()}, ${boxed()}, ${boxed()})`,
    ...(c.percent(40) ? [`${str} := ${expr(s, STRING, 3)}`, `for i, r := range ${str} { fmt.Print(i, ":", r, " "); if i > 20 { break } }`, `fmt.Printf("%d %q %x %d %v\\n", len(${str}), ${str}, ${str}, len([]rune(${str})), []byte(${str}) != nil)`, `for i := range []byte(${str}) { if ${str}[i:] < ${str} { fmt.Print(i, ${str}[i], " ") }; if i > 9 { break } }`, "fmt.Println()"] : []),
  ];
}

function turns(s: Scope): string[] {
  const c = s.chance;
  const [a, b, d] = [s.fresh("ca"), s.fresh("cb"), s.fresh("done")];
  const t = part(s);
  const sent = s.fresh("x");
  return [
    "{", `\t${a}, ${b}, ${d} := make(chan ${t.name}), make(chan func() int), make(chan struct{})`, `\t${sent} := ${expr(s, t, 2)}`,
    `\tgo func() { defer close(${d}); n := 0; for { select { case x, ok := <-${a}: if !ok { return }; n++; fmt.Print(x == ${comparable(t) ? sent : "x"}, n, " "); case f := <-${b}: n += f() } } }()`,
    `\tfor i := range ${1 + c.below(4)} { if i%2 == ${c.below(2)} { ${a} <- ${sent} } else { ${b} <- func() int { i *= 2; return i } } }`,
    `\tclose(${a})`, `\t<-${d}`, `\t_, ok := <-${d}`, "\tfmt.Println(ok)", "}",
  ].map((l) => (comparable(t) ? l : l.replace("x == x", "len(fmt.Sprint(x)) > 0")));
}

/** One of these, by chance. */
export function deep(s: Scope, inLoop: boolean): string[] {
  const list: ((s: Scope) => string[])[] = [captured, ordered, ordered, anyKeys, grids, named, constants, left, texts, texts, turns];
  if (!inLoop) list.push(deferred);
  return s.chance.pick(list)(s);
}
