/**
 * Small backing stores in the frame: for the first append to a slice that does not outlive the call, for the appends of a slice that
 * is moved to the heap later (exclusive.ts), and for a make whose size only the run decides.
 *
 * Everything is said in statements of the IR, so that code generation needs to know nothing of it. Runs after escape analysis.
 * The real compiler does this while it makes SSA; a slice that is appended to where it lies in memory has no buffer there either.
 *
 * Go: cmd/compile/internal/ssagen/ssa.go (append, move2heap, getBackingStoreInfo), walk/builtin.go (walkMakeSlice),
 * runtime/slice.go (growsliceBuf, moveSlice, moveSliceNoCap).
 */
import {
  address, type AppendExpr, assign, boolLiteral, convNop, declare, editChildren, editStmts, type Editor, type Expr, type Func, intLiteral, type MakeExpr, type Name,
  newTemp, sameSafeExpr, type SliceExpr, type Stmt, type XPos,
} from "../ir/index.ts";
import { basic, sizeof, type Type, under } from "../types/index.ts";
import { type ArgumentLeaks, BUFFER_BYTES, bufferedElement, clearedEarly, exclusiveSlices, type Moved } from "./exclusive.ts";

/** Gives the slices of `fn` buffers in its frame, where they can do with one. */
export function stackBuffers(fn: Func, leaks: ArgumentLeaks): void {
  const moved = exclusiveSlices(fn, leaks);
  const buffers = new Buffers(fn);
  editStmts(fn.body, buffers);
  for (const m of moved) buffers.moveToHeap(m);
  fn.body.unshift(...buffers.head);
}

interface Store {
  readonly elem: Type;
  readonly capacity: number;
  readonly array: Name;
  readonly used: Name;
  /** The code that takes it stands somewhere. */
  taken: boolean;
}

class Buffers implements Editor {
  /** Declarations at the beginning of the function. */
  readonly head: Stmt[] = [];
  readonly #fn: Func;
  readonly #stores = new Map<Expr, Store>();
  readonly #inPlace = new Set<Expr>();
  readonly #kept = new Set<Expr>();
  readonly #done = new Set<Expr>();

  constructor(fn: Func) {
    this.#fn = fn;
  }

  stmt(s: Stmt): Stmt {
    if (s.kind === "AS" && s.y?.kind === "APPEND" && s.y.args[0] && sameSafeExpr(s.x, s.y.args[0]) && !inRegisters(s.x)) this.#inPlace.add(s.y);
    if (isExpr(s)) return this.expr(s);
    editChildren(s, this);
    return s;
  }

  expr(x: Expr): Expr {
    if (x.kind === "NAME" || this.#done.has(x)) return x;
    this.#done.add(x);
    // append(s, make([]T, n)...) makes nothing.
    if (x.kind === "APPEND" && x.isDDD && x.args[1]?.kind === "MAKESLICE" && !x.args[1].cap) this.#kept.add(x.args[1]);
    editChildren(x, this);
    if (x.kind === "APPEND") this.#append(x);
    return x.kind === "MAKESLICE" && !this.#kept.has(x) ? this.#make(x) : x;
  }

  #append(n: AppendExpr): void {
    const slice = n.args[0];
    if (!slice || n.esc !== "none" || n.isDDD || n.args.length < 2 || this.#inPlace.has(n)) return;
    const store = this.#storeFor(slice, n.pos);
    const more = n.args.length - 1;
    if (!store || more > store.capacity || (!n.useBuf && store.taken)) return;
    if (n.useBuf && clearedEarly(store.elem) && !store.taken) this.head.push(assign(n.pos, store.array, undefined));
    store.taken = true;
    const temp = newTemp(this.#fn, n.pos, slice.type);
    n.args[0] = temp;
    const grow = n.useBuf ? stepUp(n.pos, temp, store, more) : takeWhole(n.pos, temp, store, more);
    n.init.push(declare(n.pos, temp), assign(n.pos, temp, slice, true), grow);
  }

  /** The buffer of the slice that `of` stands for. */
  #storeFor(of: Expr, pos: XPos): Store | undefined {
    const known = this.#stores.get(of);
    if (known) return known;
    const elem = bufferedElement(of.type);
    if (!elem || sizeof(elem) === 0) return undefined;
    const capacity = Math.floor(BUFFER_BYTES / sizeof(elem));
    const array = this.#array(elem, capacity, pos);
    const used = newTemp(this.#fn, pos, basic.bool);
    const store: Store = { elem, capacity, array, used, taken: false };
    this.head.push(declare(pos, used), assign(pos, used, boolLiteral(pos, false), true));
    this.#stores.set(of, store);
    return store;
  }

  #array(elem: Type, len: number, pos: XPos): Name {
    const array = newTemp(this.#fn, pos, { kind: "Array", len, elem });
    array.addrtaken = true;
    this.head.push(declare(pos, array));
    return array;
  }

  /** make([]T, len, cap) that does not escape, of a size known at run time only. */
  #make(n: MakeExpr): Expr {
    const elem = bufferedElement(n.type);
    const size = n.cap ?? n.len;
    if (n.esc !== "none" || !n.len || !size || size.kind === "LITERAL" || !elem || sizeof(elem) === 0) return n;
    const { pos } = n;
    const capacity = Math.floor(BUFFER_BYTES / sizeof(elem));
    const array = this.#array(elem, capacity, pos);
    const slice = newTemp(this.#fn, pos, n.type);
    const init: Stmt[] = [...n.init, declare(pos, slice)];
    const fixed = (x: Expr): Expr => {
      if (x.kind === "LITERAL") return x;
      const temp = newTemp(this.#fn, pos, x.type);
      init.push(declare(pos, temp), assign(pos, temp, x, true));
      return temp;
    };
    const len = fixed(n.len);
    const cap = n.cap ? fixed(n.cap) : len;
    const heap: MakeExpr = { kind: "MAKESLICE", pos, init: [], type: n.type, len, ...(n.cap ? { cap } : {}), esc: "heap" };
    const [wideLen, wideCap] = [conv(pos, basic.uint64, len), conv(pos, basic.uint64, cap)];
    const fits = binary(pos, "LE", basic.bool, wideCap, intLiteral(pos, capacity, basic.uint64));
    const cond: Expr = { kind: "ANDAND", pos, init: [], type: basic.bool, x: fits, y: binary(pos, "LE", basic.bool, wideLen, wideCap) };
    const body = [assign(pos, array, undefined), assign(pos, slice, whole(pos, n.type, array, len, cap))];
    init.push({ kind: "IF", pos, init: [], cond, body, else: [assign(pos, slice, heap)] });
    return { ...convNop(pos, n.type, slice, true), init };
  }

  /** Before the slice is given away, what lies in its buffer goes to the heap. */
  moveToHeap({ variable, transition, keepCapacity }: Moved): void {
    const store = this.#stores.get(variable);
    if (!store?.taken || transition.kind === "NAME") return;
    const { pos } = transition;
    const temp = newTemp(this.#fn, pos, variable.type);
    const len = lenOf(pos, variable);
    const cap = keepCapacity ? capOf(pos, variable) : rounded(pos, len, store.elem);
    const made: MakeExpr = { kind: "MAKESLICE", pos, init: [], type: variable.type, len, cap, esc: "heap" };
    const from: Expr = keepCapacity ? { kind: "SLICE", pos, init: [], type: variable.type, x: variable, high: capOf(pos, variable) } : variable;
    const to: Expr = keepCapacity ? { kind: "SLICE", pos, init: [], type: variable.type, x: temp, high: capOf(pos, temp) } : temp;
    const body: Stmt[] = [
      declare(pos, temp), assign(pos, temp, made, true), { kind: "COPY", pos, init: [], type: basic.int, args: [to, from] }, assign(pos, variable, temp),
    ];
    const cond = keepCapacity ? within(pos, variable, store) : binary(pos, "EQ", basic.bool, dataOf(pos, variable, store.elem), startOf(pos, store));
    transition.init = [{ kind: "IF", pos, init: [], cond, body, else: [] }, ...transition.init];
  }
}

/** if n > cap(s) && len(s) == 0 && !used { s = store[:0:K]; used = true }, for a store that is all zeros. */
function takeWhole(pos: XPos, slice: Name, store: Store, more: number): Stmt {
  const and = (x: Expr, y: Expr): Expr => ({ kind: "ANDAND", pos, init: [], type: basic.bool, x, y });
  const empty = binary(pos, "EQ", basic.bool, lenOf(pos, slice), intLiteral(pos, 0, basic.int));
  const full = binary(pos, "GT", basic.bool, intLiteral(pos, more, basic.int), capOf(pos, slice));
  const cond = and(and(full, empty), { kind: "NOT", pos, init: [], type: basic.bool, x: store.used });
  const all = intLiteral(pos, store.capacity, basic.int);
  const body = [
    assign(pos, store.array, undefined), assign(pos, slice, whole(pos, slice.type, store.array, intLiteral(pos, 0, basic.int), all)),
    assign(pos, store.used, boolLiteral(pos, true)),
  ];
  return { kind: "IF", pos, init: [], cond, body, else: [] };
}

/** The slice's elements go to the buffer, whose capacity is that of the next size class. */
function stepUp(pos: XPos, slice: Name, store: Store, more: number): Stmt {
  const len = lenOf(pos, slice);
  const newLen = binary(pos, "ADD", basic.int, len, intLiteral(pos, more, basic.int));
  const full = binary(pos, "GT", basic.bool, newLen, capOf(pos, slice));
  const fits = binary(pos, "LE", basic.bool, newLen, intLiteral(pos, store.capacity, basic.int));
  const all = intLiteral(pos, store.capacity, basic.int);
  const buffer = whole(pos, slice.type, store.array, all, all);
  const rest: Expr = { kind: "SLICE", pos, init: [], type: slice.type, x: buffer, low: newLen, high: rounded(pos, newLen, store.elem) };
  const body: Stmt[] = [
    { kind: "COPY", pos, init: [], type: basic.int, args: [buffer, slice] },
    { kind: "CLEAR", pos, init: [], type: basic.int, args: [rest] },
    assign(pos, slice, whole(pos, slice.type, store.array, len, rounded(pos, newLen, store.elem))),
  ];
  return { kind: "IF", pos, init: [], cond: { kind: "ANDAND", pos, init: [], type: basic.bool, x: full, y: fits }, body, else: [] };
}

/** How many elements the size class of `count` of them holds; classes of these sizes are multiples of eight bytes. */
function rounded(pos: XPos, count: Expr, elem: Type): Expr {
  const size = sizeof(elem);
  if (size % 8 === 0) return count;
  const number = (n: number): Expr => intLiteral(pos, n, basic.int);
  const bytes = binary(pos, "ADD", basic.int, binary(pos, "MUL", basic.int, count, number(size)), number(7));
  return binary(pos, "DIV", basic.int, binary(pos, "ANDNOT", basic.int, bytes, number(7)), number(size));
}

/** Whether the slice lies in its buffer, perhaps not at its beginning. */
function within(pos: XPos, slice: Name, store: Store): Expr {
  const number = (x: Expr): Expr => convNop(pos, basic.uintptr, convNop(pos, basic["unsafe.Pointer"], x));
  const offset = binary(pos, "SUB", basic.uintptr, number(dataOf(pos, slice, store.elem)), number(startOf(pos, store)));
  return binary(pos, "LT", basic.bool, offset, intLiteral(pos, BUFFER_BYTES, basic.uintptr));
}

const binary = (pos: XPos, kind: "EQ" | "LE" | "LT" | "GT" | "ADD" | "SUB" | "MUL" | "DIV" | "ANDNOT", type: Type, x: Expr, y: Expr): Expr => ({
  kind, pos, init: [], type, x, y,
});
const lenOf = (pos: XPos, slice: Expr): Expr => ({ kind: "LEN", pos, init: [], type: basic.int, args: [slice] });
const capOf = (pos: XPos, slice: Expr): Expr => ({ kind: "CAP", pos, init: [], type: basic.int, args: [slice] });
const conv = (pos: XPos, type: Type, x: Expr): Expr => ({ kind: "CONV", pos, init: [], type, x });
const dataOf = (pos: XPos, slice: Expr, elem: Type): Expr => ({ kind: "UNSAFESLICEDATA", pos, init: [], type: { kind: "Pointer", elem }, args: [slice] });
const startOf = (pos: XPos, store: Store): Expr => convNop(pos, { kind: "Pointer", elem: store.elem }, address(pos, store.array));

/** array[:len:cap]. */
const whole = (pos: XPos, type: Type, array: Name, len: Expr, cap: Expr): SliceExpr => ({
  kind: "SLICE3ARR", pos, init: [], type, x: address(pos, array, true), high: len, max: cap,
});

/** Whether a variable, or the field of one, is no place in memory: then no append is done in place. Go: canSSA. */
function inRegisters(x: Expr): boolean {
  let base = x;
  while (base.kind === "DOT") base = base.x;
  if (base.kind !== "NAME" || base.addrtaken || (base.class !== "auto" && base.class !== "param" && base.class !== "result")) return false;
  if (base.outer && !base.byval) return false;
  return base.class !== "result" || base.curfn?.hasDefer !== true ? fitsRegisters(base.type) : false;
}

function fitsRegisters(t: Type): boolean {
  const u = under(t);
  if (sizeof(t) > 4 * 8) return false;
  if (u.kind === "Array") return u.len <= 1 && fitsRegisters(u.elem);
  return u.kind !== "Struct" || (u.fields.length <= 4 && u.fields.every((f) => f.type !== undefined && fitsRegisters(f.type)));
}

const STATEMENTS: ReadonlySet<string> = new Set([
  "AS", "AS2", "AS2FUNC", "AS2RECV", "AS2MAPR", "AS2DOTTYPE", "SELRECV2", "ASOP", "DCL", "BLOCK", "IF", "FOR", "RANGE", "SWITCH", "SELECT", "SEND", "RETURN", "GO",
  "DEFER", "BREAK", "CONTINUE", "GOTO", "FALL", "LABEL", "TAILCALL", "INLMARK",
]);
const isExpr = (s: Stmt): s is Expr => !STATEMENTS.has(s.kind);
