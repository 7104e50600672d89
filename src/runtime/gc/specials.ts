/**
 * Finalizers, cleanups and weak pointers: what happens when the collector finds an object unreachable.
 *
 * An object's specials are roots in part: a finalizer keeps all that its object reaches (not the object itself) and its function alive, a
 * cleanup its function, a weak pointer its handle. When the object's span is swept and the object isn't marked, a finalizer revives it for
 * one more cycle; without one, its weak handles become nil, its cleanups are queued and it goes. Who runs the queue is the process's business.
 *
 * Go: GOROOT/src/runtime/mfinal.go, mcleanup.go, mheap.go (specials), mgcsweep.go.
 */
import { type Heap, SPAN, visitPointers } from "../heap/index.ts";
import type { MarkLoop } from "./mark.ts";
import type { Sweep } from "./sweep.ts";
import type { PointerSink } from "./world.ts";

/** A function to be run, and for a finalizer the object that it gets. */
export interface Queued {
  readonly kind: "finalizer" | "cleanup";
  readonly closure: number;
  readonly object: number;
}

/** What is known of one slot. A slot of the tiny allocator holds several objects, so finalizers and weak pointers name theirs by its address. */
interface Special {
  readonly finalizers: { readonly pointer: number; readonly closure: number }[];
  readonly cleanups: { readonly id: number; readonly closure: number }[];
  /** `handle` is the address of the word that the weak pointers made from `pointer` share. */
  readonly weak: { readonly pointer: number; readonly handle: number }[];
}

/** The specials of one heap. */
export class Specials {
  readonly #heap: Heap;
  readonly #loop: MarkLoop;
  /** By start of the object's slot; and how many each span has. */
  readonly #bySlot = new Map<number, Special>();
  readonly #perSpan = new Map<number, number>();
  readonly #slotOfCleanup = new Map<number, number>();
  /** Finalizers to be run, those that are being run (the last first, as Go empties its blocks from the end), and cleanups. */
  readonly #finalizers: Queued[] = [];
  readonly #batch: Queued[] = [];
  readonly #cleanups: Queued[] = [];
  #nextId = 1;
  /** Called when something was queued. */
  onQueued: () => void = () => undefined;

  constructor(heap: Heap, loop: MarkLoop) {
    this.#heap = heap;
    this.#loop = loop;
  }

  /** Sets or (closure 0) removes the finalizer of the object at `p`; false if it has one already or `p` is no heap object. */
  setFinalizer(p: number, closure: number): boolean {
    const slot = this.#heap.objectStart(p);
    if (slot === 0) return false;
    const known = this.#bySlot.get(slot)?.finalizers ?? [];
    const at = known.findIndex((f) => f.pointer === p);
    if (closure === 0) {
      if (at >= 0) known.splice(at, 1);
      this.#drop(slot);
      return true;
    }
    if (at >= 0) return false;
    this.#of(slot).finalizers.push({ pointer: p, closure });
    this.#loop.shade(closure);
    return true;
  }

  /** Runs `closure`, a func(), some time after the object at `p` is gone; returns a number to stop it by, 0 if `p` is no heap object. */
  addCleanup(p: number, closure: number): number {
    const slot = this.#heap.objectStart(p);
    if (slot === 0) return 0;
    const id = this.#nextId++;
    this.#of(slot).cleanups.push({ id, closure });
    this.#slotOfCleanup.set(id, slot);
    this.#loop.shade(closure);
    return id;
  }

  stopCleanup(id: number): void {
    const slot = this.#slotOfCleanup.get(id);
    this.#slotOfCleanup.delete(id);
    const special = slot === undefined ? undefined : this.#bySlot.get(slot);
    const at = special?.cleanups.findIndex((c) => c.id === id) ?? -1;
    if (at >= 0) special?.cleanups.splice(at, 1);
    if (slot !== undefined) this.#drop(slot);
  }

  /** The word that all weak pointers made from `p` share; made by `allocate` (8 bytes without pointers) the first time. */
  weakHandle(p: number, allocate: () => number): number {
    const slot = this.#heap.objectStart(p);
    if (slot === 0) return 0;
    const known = this.#bySlot.get(slot)?.weak.find((w) => w.pointer === p);
    if (known) return known.handle;
    const handle = allocate();
    this.#heap.memory.storePtr(handle, p);
    this.#of(slot).weak.push({ pointer: p, handle });
    this.#loop.shade(handle);
    return handle;
  }

  /** The pointer that a weak handle stands for, 0 if the object is gone. The object lives on from here as long as it is held. */
  strong(handle: number, sweep: Sweep, marking: boolean): number {
    const pointer = this.#heap.memory.loadPtr(handle);
    if (pointer === 0) return 0;
    sweep.ensure(this.#heap.spans.of(pointer));
    const still = this.#heap.memory.loadPtr(handle);
    if (marking && still !== 0) this.#loop.shade(still);
    return still;
  }

  /** Takes what is to be run next; the caller keeps it alive. */
  take(): Queued | undefined {
    if (this.#batch.length === 0) this.#batch.push(...this.#finalizers.splice(0));
    return this.#batch.pop() ?? this.#cleanups.shift();
  }

  /** Functions that wait to be run. */
  get waiting(): number {
    return this.#finalizers.length + this.#batch.length + this.#cleanups.length;
  }

  /** Hands the queue's pointers to `sink`. */
  queueRoots(sink: PointerSink): void {
    for (const q of [...this.#finalizers, ...this.#batch, ...this.#cleanups]) {
      sink(q.closure);
      sink(q.object);
    }
  }

  /** Hands what specials keep alive to `sink`. */
  roots(sink: PointerSink): void {
    const { spans, memory } = this.#heap;
    for (const [slot, special] of this.#bySlot) {
      for (const f of special.finalizers) sink(f.closure);
      if (special.finalizers.length > 0) {
        const s = spans.of(slot);
        visitPointers(spans, s, slot, 0, spans.elemSize(s), (word) => sink(memory.u32[word >>> 2]!));
      }
      for (const c of special.cleanups) sink(c.closure);
      for (const w of special.weak) sink(w.handle);
    }
  }

  /** Before `span` is swept: looks after its unmarked objects that have specials. */
  beforeSweep(span: number): void {
    if (this.#perSpan.size === 0 || !this.#perSpan.has(span)) return;
    const { spans } = this.#heap;
    const marks = spans.marks(span);
    for (let i = 0; i < spans.nelems(span); i++) {
      const slot = spans.slot(span, i);
      const special = this.#bySlot.get(slot);
      if (special && !spans.bit(marks, i)) this.#died(slot, special, () => spans.setBit(marks, i));
    }
  }

  #died(slot: number, special: Special, revive: () => void): void {
    for (const w of special.weak.splice(0)) this.#heap.memory.storePtr(w.handle, 0);
    const finalizers = special.finalizers.splice(0);
    if (finalizers.length > 0) {
      revive();
      for (const f of finalizers) this.#finalizers.push({ kind: "finalizer", closure: f.closure, object: f.pointer });
    } else {
      for (const c of special.cleanups.toReversed()) {
        this.#cleanups.push({ kind: "cleanup", closure: c.closure, object: 0 });
        this.#slotOfCleanup.delete(c.id);
      }
      special.cleanups.length = 0;
    }
    this.#drop(slot);
    this.onQueued();
  }

  #of(slot: number): Special {
    let special = this.#bySlot.get(slot);
    if (special === undefined) {
      special = { finalizers: [], cleanups: [], weak: [] };
      this.#bySlot.set(slot, special);
      const span = this.#heap.spans.of(slot);
      this.#perSpan.set(span, (this.#perSpan.get(span) ?? 0) + 1);
      this.#heap.spans.set(span, SPAN.flags, this.#heap.spans.get(span, SPAN.flags) | 2);
    }
    return special;
  }

  /** Forgets a record that says nothing any more. */
  #drop(slot: number): void {
    const special = this.#bySlot.get(slot);
    if (special === undefined || special.finalizers.length > 0 || special.cleanups.length > 0 || special.weak.length > 0) return;
    this.#bySlot.delete(slot);
    const span = this.#heap.spans.of(slot);
    const left = (this.#perSpan.get(span) ?? 1) - 1;
    if (left === 0) this.#perSpan.delete(span);
    else this.#perSpan.set(span, left);
  }

  /** Everything, for a snapshot. */
  save(): SpecialsState {
    return structuredClone({
      slots: [...this.#bySlot], finalizers: this.#finalizers, batch: this.#batch, cleanups: this.#cleanups, nextId: this.#nextId,
    });
  }

  /** Back to what `save` gave. */
  restore(state: SpecialsState): void {
    const { slots, finalizers, batch, cleanups, nextId } = structuredClone(state);
    this.#bySlot.clear();
    this.#perSpan.clear();
    this.#slotOfCleanup.clear();
    for (const [slot, special] of slots) {
      const own = this.#of(slot);
      own.finalizers.push(...special.finalizers);
      own.weak.push(...special.weak);
      own.cleanups.push(...special.cleanups);
      for (const c of special.cleanups) this.#slotOfCleanup.set(c.id, slot);
    }
    this.#finalizers.splice(0, Infinity, ...finalizers);
    this.#batch.splice(0, Infinity, ...batch);
    this.#cleanups.splice(0, Infinity, ...cleanups);
    this.#nextId = nextId;
  }
}

/** What a snapshot keeps of the specials. */
export interface SpecialsState {
  readonly slots: readonly (readonly [number, Special])[];
  readonly finalizers: readonly Queued[];
  readonly batch: readonly Queued[];
  readonly cleanups: readonly Queued[];
  readonly nextId: number;
}
