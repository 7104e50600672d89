/** Random programs under a concurrent collector: nothing reachable is ever lost, and nothing unreachable stays. */
import { describe, expect, it } from "vitest";
import { Random } from "../../../../src/base/random.ts";
import { readMemStats } from "../../../../src/runtime/memstats.ts";
import { type Lab, type LabOptions, newLab } from "./lab.ts";

interface Kind {
  readonly size: number;
  readonly type: number;
  readonly words: readonly number[];
}

/** An object the mutator knows of: where it is, what it looks like, and what its pointer words should hold. */
interface Model {
  readonly p: number;
  readonly kind: Kind;
  readonly id: number;
  readonly refs: (Model | undefined)[];
}

const SHAPES: readonly (readonly [number, readonly number[]])[] = [
  [8, [0]], [16, [0]], [16, [1]], [24, [0, 2]], [48, [0, 1]], [64, [7]], [112, [0, 5, 13]], [512, [0, 63]], [520, [0, 64]], [2048, [3, 255]],
  [30000, [0, 3000]], [40000, [1, 4999]], [300000, [0, 20000, 37499]],
];

/** Scan work of all roots of a lab with 1,000 bytes of globals: those, Go's system stacks and the only stack. */
const ROOT_WORK = 1000 + 1200 + 1024;

/** The shapes that most objects have. */
const SMALL = 7;

/** A program that links, unlinks and forgets objects through globals and a stack, with the write barrier where Go has it. */
class Mutator {
  readonly lab: Lab;
  readonly #random: Random;
  readonly #kinds: Kind[];
  readonly #globals: (Model | undefined)[] = [];
  readonly #slots: number[] = [];
  #stack: Model[] = [];
  #next = 1;

  constructor(lab: Lab, seed: number) {
    this.lab = lab;
    this.#random = new Random(seed);
    this.#kinds = SHAPES.map(([size, words]) => ({ size, words, type: lab.type(size, words) }));
    for (let i = 0; i < 8; i++) {
      this.#slots.push(lab.global());
      this.#globals.push(undefined);
    }
  }

  step(): void {
    const r = this.#random;
    const roll = r.below(100);
    if (roll < 25) this.#allocate();
    else if (roll < 55) this.#link();
    else if (roll < 60) this.#store(r.below(8), this.#pick());
    else if (roll < 62) this.#store(r.below(8), undefined);
    else if (roll < 92) this.#walk();
    else if (roll < 94) this.#collect();
    else if (roll < 99) this.#stack.splice(r.below(this.#stack.length + 1), 1);
    else this.#stack = this.#stack.slice(-r.below(20));
    this.#sync();
  }

  /** Everything that globals and the stack reach. */
  reachable(): Set<Model> {
    const seen = new Set<Model>();
    const todo = [...this.#stack, ...this.#globals.filter((m) => m !== undefined)];
    for (let m = todo.pop(); m !== undefined; m = todo.pop()) {
      if (seen.has(m)) continue;
      seen.add(m);
      for (const ref of m.refs) if (ref) todo.push(ref);
    }
    return seen;
  }

  /** Every reachable object still holds its number and its pointers. */
  check(): void {
    const { memory, heap } = this.lab;
    heap.cache.sync();
    for (const m of this.reachable()) {
      const start = heap.objectStart(m.p);
      const span = heap.spans.ofObject(m.p);
      if (start === 0 || !heap.spans.allocated(span, heap.spans.index(span, start))) throw new Error(`object ${m.id} of ${m.kind.size} bytes is gone`);
      const tag = tagWord(m.kind);
      if (tag >= 0 && memory.u32[(m.p + tag * 8) >>> 2] !== m.id) throw new Error(`object ${m.id} of ${m.kind.size} bytes was overwritten`);
      m.kind.words.forEach((w, i) => {
        if (memory.u32[(m.p + w * 8) >>> 2] !== (m.refs[i]?.p ?? 0)) throw new Error(`a pointer of object ${m.id} changed`);
      });
    }
  }

  clear(): void {
    this.#stack = [];
    for (let i = 0; i < 8; i++) this.#store(i, undefined);
    this.#sync();
  }

  #collect(): void {
    const { collector } = this.lab;
    if (collector.marking) collector.step(this.#random.below(300));
    else if (this.#random.below(8) === 0) collector.begin();
    else collector.background(true);
  }

  #allocate(): void {
    const n = this.#random.below(20) === 0 ? SHAPES.length : SMALL;
    const kind = this.#kinds[this.#random.below(n)]!;
    const p = this.lab.malloc.allocate(kind.size, kind.type);
    const m: Model = { p, kind, id: this.#next++, refs: kind.words.map(() => undefined) };
    const tag = tagWord(kind);
    if (tag >= 0) this.lab.memory.u32[(p + tag * 8) >>> 2] = m.id;
    this.#stack.push(m);
    this.#sync();
    if (this.#random.below(3) > 0) this.#store(this.#random.below(8), m);
  }

  #link(): void {
    const from = this.#pick();
    if (!from) return;
    const i = this.#random.below(from.refs.length);
    const to = this.#random.below(5) === 0 ? undefined : this.#pick();
    this.#write(from.p + from.kind.words[i]! * 8, to?.p ?? 0);
    from.refs[i] = to;
  }

  /** Loads a pointer from an object onto the stack, and perhaps hides it there. */
  #walk(): void {
    const from = this.#pick();
    const i = from ? this.#random.below(from.refs.length) : 0;
    const to = from?.refs[i];
    if (!from || !to) return;
    this.#stack.push(to);
    this.#sync();
    if (this.#random.below(2) === 0) return;
    this.#write(from.p + from.kind.words[i]! * 8, 0);
    from.refs[i] = undefined;
  }

  #store(i: number, m: Model | undefined): void {
    this.#write(this.#slots[i]!, m?.p ?? 0);
    this.#globals[i] = m;
  }

  #write(slot: number, value: number): void {
    if (this.lab.collector.marking) this.lab.collector.barrier.store(slot, value);
    this.lab.memory.storePtr(slot, value);
  }

  #pick(): Model | undefined {
    const known = [...this.#stack, ...this.#globals.filter((m) => m !== undefined)];
    let m = known[this.#random.below(Math.max(1, known.length))];
    for (let hops = this.#random.below(12); m && hops > 0; hops--) m = m.refs[this.#random.below(m.refs.length)] ?? m;
    return m;
  }

  #sync(): void {
    this.lab.stack.length = 0;
    for (const m of this.#stack) this.lab.stack.push(m.p);
  }
}

/** A word of the kind that is no pointer, to hold the object's number; -1 if there is none. */
function tagWord(kind: Kind): number {
  for (let w = 0; w < kind.size / 8; w++) if (!kind.words.includes(w)) return w;
  return -1;
}

export function runMutator(seed: number, steps: number, options: LabOptions): Mutator {
  const mutator = new Mutator(newLab({ gogc: 1, globalsScan: 1000, limit: 128 << 20, ...options }), seed);
  for (let i = 0; i < steps; i++) {
    mutator.step();
    if (i % 500 === 0) mutator.check();
  }
  mutator.check();
  return mutator;
}

describe("a concurrent collection", () => {
  it("never loses a reachable object, for many random programs", () => {
    let cycles = 0;
    for (let seed = 1; seed <= 40; seed++) cycles += runMutator(seed, 3000, { markStep: seed % 2 === 0 ? 50 : 1000, wasm: seed % 4 < 2 }).lab.collector.cycles.length;
    expect(cycles).toBeGreaterThan(100);
  });

  it("frees exactly the unreachable objects once two forced collections are over", () => {
    for (let seed = 100; seed < 110; seed++) {
      const mutator = runMutator(seed, 2000, { markStep: 100 });
      mutator.lab.collector.collect();
      mutator.lab.collector.collect();
      const live = new Set([...mutator.reachable()].map((m) => mutator.lab.heap.objectStart(m.p)));
      const found = new Set<number>();
      mutator.lab.heap.forEachObject((slot) => found.add(slot));
      expect(found).toEqual(live);
    }
  });

  it("ends with an empty heap when every root is dropped", () => {
    const mutator = runMutator(7, 3000, {});
    mutator.clear();
    mutator.lab.collector.collect();
    mutator.lab.collector.collect();
    const stats = readMemStats(mutator.lab.heap, mutator.lab.collector, mutator.lab.clock, 0);
    expect([stats.HeapObjects, stats.HeapAlloc, stats.HeapInuse]).toEqual([0, 0, 0]);
  });

  it("keeps its books: what was allocated is live or freed", () => {
    const { lab } = runMutator(3, 5000, {});
    const stats = readMemStats(lab.heap, lab.collector, lab.clock, 0);
    let objects = 0;
    let bytes = 0;
    lab.heap.forEachObject((_, size) => {
      objects++;
      bytes += size;
    });
    expect([stats.HeapObjects, stats.HeapAlloc]).toEqual([objects, bytes]);
  });

  it("keeps an object that moves from an unscanned one to the scanned stack", () => {
    const lab = newLab({ globalsScan: 1000 });
    const node = lab.type(8, [0]);
    const nodes = Array.from({ length: 2000 }, () => lab.malloc.allocate(8, node));
    for (let i = 1; i < nodes.length; i++) lab.memory.storePtr(nodes[i - 1]!, nodes[i]!);
    lab.stack.push(nodes[0]!);
    lab.collector.begin();
    // Globals and stacks are roots of their own size; one more byte of work is the first span of nodes.
    lab.collector.step(ROOT_WORK + 1);
    const spans = lab.heap.spans;
    const white = (p: number): boolean => !spans.bit(spans.marks(spans.of(p)), spans.index(spans.of(p), p));
    const cut = nodes.findIndex((p) => white(p));
    expect(cut).toBeGreaterThan(1);
    const rest = nodes[cut]!;
    lab.stack.push(rest);
    lab.collector.barrier.store(nodes[cut - 1]!, 0);
    lab.memory.storePtr(nodes[cut - 1]!, 0);
    lab.collector.finishMark();
    lab.collector.sweep.finish();
    let left = 0;
    lab.heap.forEachObject(() => left++);
    expect(left).toBe(nodes.length);
  });

  it("starts the first cycle one span above 61/64 of 4 MiB, or at it", () => {
    const lab = newLab();
    const node = lab.type(64, [0]);
    for (let i = 0; i < 100_000 && lab.collector.started === 0; i++) lab.malloc.allocate(64, node);
    expect(lab.collector.pacer.triggered).toBe(3_997_696);
  });

  it("is the same in TypeScript and in WebAssembly, to the last event", () => {
    for (let seed = 200; seed < 220; seed++) {
      const [a, b] = [false, true].map((wasm) => {
        const { lab } = runMutator(seed, 2000, { wasm, markStep: 500 });
        lab.collector.collect();
        return { hash: lab.recorder.hash(), cycles: lab.collector.cycles, stats: readMemStats(lab.heap, lab.collector, lab.clock, 0) };
      });
      expect(b).toEqual(a);
    }
  });

  it("counts the first cycle once, although it allocates its workers", () => {
    const lab = newLab();
    lab.malloc.bootstrap(0);
    const node = lab.type(64, [0]);
    while (lab.collector.cycles.length === 0) lab.malloc.allocate(64, node);
    expect(lab.collector.cycles.map((c) => [c.number, c.heapStart])).toEqual([[1, 4_005_888]]);
  });

  it("gives the same events for the same program", () => {
    const hashes = [1, 2].map(() => runMutator(11, 3000, {}).lab.recorder.hash());
    expect(hashes[0]).toBe(hashes[1]);
  });

  it("runs again from a snapshot as it ran the first time", () => {
    const lab = newLab({ gogc: 50 });
    const node = lab.type(48, [0, 1]);
    const root = lab.global();
    const work = (): number[] => {
      const seen: number[] = [];
      for (let i = 0; i < 60_000; i++) {
        const p = lab.malloc.allocate(48, node);
        if (i % 7 === 0) {
          if (lab.collector.marking) lab.collector.barrier.store(root, p);
          lab.memory.storePtr(root, p);
        }
        if (i % 100 === 0) seen.push(p);
      }
      return seen;
    };
    work();
    lab.collector.finishMark();
    const ranges = lab.heap.usedRanges().map(([from, to]) => [from, lab.memory.bytes(from, Math.min(to, lab.memory.size) - from).slice()] as const);
    const saved = { heap: lab.heap.save(), collector: lab.collector.save() };
    const first = work();
    for (const [i, [, to]] of lab.heap.usedRanges().entries()) {
      const [from = 0, bytes = new Uint8Array()] = ranges[i] ?? [];
      lab.memory.bytes(from, Math.min(to, lab.memory.size) - from).fill(0);
      lab.memory.bytes(from, bytes.length).set(bytes);
    }
    lab.heap.restore(saved.heap);
    lab.collector.restore(saved.collector);
    expect(work()).toEqual(first);
  });
});
