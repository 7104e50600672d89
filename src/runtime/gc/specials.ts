/**
 * Finalizers, cleanups and weak pointers: what happens when the collector finds an object unreachable.
 *
 * An object's specials are roots in part: a finalizer keeps all that its object reaches (not the object itself) and its function alive, a
 * cleanup its function, a weak pointer its handle. When the object's span is swept and the object isn't marked, a finalizer revives it for
 * one more cycle; without one, its weak handles become nil, its cleanups are queued and it goes. Who runs the queue is the process's business.
 *
 * Go: GOROOT/src/runtime/mfinal.go, mcleanup.go, mheap.go (specials), mgcsweep.go.
 */
import { type Heap, visitPointers } from "../heap/index.ts";
import type { MarkLoop } from "./mark.ts";
import type { Sweep } from "./sweep.ts";
import type { PointerSink } from "./world.ts";

/** A function to be run, and for a finalizer the object that it gets. */
export interface Queued {
  readonly kind: "finalizer" | "cleanup";
  readonly closure: number;
  readonly object: number;
}

interface Special {
  /** As given: an address inside the object. */
  readonly pointer: number;
  finalizer: number;
  readonly cleanups: { readonly id: number; readonly closure: number }[];
  /** Address of the word that weak pointers share, 0 if there is none. */
  weak: number;
}

/** The specials of one heap. */
export class Specials {
  readonly #heap: Heap;
  readonly #loop: MarkLoop;
  /** By start of the object's slot; and how many each span has. */
  readonly #bySlot = new Map<number, Special>();
  readonly #perSpan = new Map<number, number>();
  readonly #slotOfCleanup = new Map<number, number>();
  readonly #queue: Queued[] = [];
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
    const known = this.#bySlot.get(slot);
    if (closure === 0) {
      if (known) known.finalizer = 0;
      this.#drop(slot);
      return true;
    }
    if (known && known.finalizer !== 0) return false;
    this.#of(slot, p).finalizer = closure;
    this.#loop.shade(closure);
    return true;
  }

  /** Runs `closure`, a func(), some time after the object at `p` is gone; returns a number to stop it by, 0 if `p` is no heap object. */
  addCleanup(p: number, closure: number): number {
    const slot = this.#heap.objectStart(p);
    if (slot === 0) return 0;
    const id = this.#nextId++;
    this.#of(slot, p).cleanups.push({ id, closure });
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

  /** The word that all weak pointers to the object at `p` share; made by `allocate` (8 bytes without pointers) the first time. */
  weakHandle(p: number, allocate: () => number): number {
    const slot = this.#heap.objectStart(p);
    if (slot === 0) return 0;
    const known = this.#bySlot.get(slot)?.weak ?? 0;
    if (known !== 0) return known;
    const handle = allocate();
    this.#heap.memory.storePtr(handle, slot);
    this.#of(slot, p).weak = handle;
    this.#loop.shade(handle);
    return handle;
  }

  /** The slot start that a weak handle stands for, 0 if the object is gone. The object lives on from here as long as it is held. */
  strong(handle: number, sweep: Sweep, marking: boolean): number {
    const slot = this.#heap.memory.loadPtr(handle);
    if (slot === 0) return 0;
    sweep.ensure(this.#heap.spans.of(slot));
    const still = this.#heap.memory.loadPtr(handle);
    if (marking && still !== 0) this.#loop.shade(still);
    return still;
  }

  /** Takes what is to be run next; the caller keeps it alive. */
  take(): Queued | undefined {
    return this.#queue.shift();
  }

  /** Functions that wait to be run. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Hands the queue's pointers to `sink`. */
  queueRoots(sink: PointerSink): void {
    for (const q of this.#queue) {
      sink(q.closure);
      sink(q.object);
    }
  }

  /** Hands what specials keep alive to `sink`. */
  roots(sink: PointerSink): void {
    const { spans, memory } = this.#heap;
    for (const [slot, special] of this.#bySlot) {
      if (special.finalizer !== 0) {
        sink(special.finalizer);
        const s = spans.of(slot);
        visitPointers(spans, s, slot, 0, spans.elemSize(s), (word) => sink(memory.u32[word >>> 2]!));
      }
      for (const c of special.cleanups) sink(c.closure);
      if (special.weak !== 0) sink(special.weak);
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
    if (special.weak !== 0) this.#heap.memory.storePtr(special.weak, 0);
    special.weak = 0;
    if (special.finalizer !== 0) {
      revive();
      this.#queue.push({ kind: "finalizer", closure: special.finalizer, object: special.pointer });
      special.finalizer = 0;
    } else {
      for (const c of special.cleanups) {
        this.#queue.push({ kind: "cleanup", closure: c.closure, object: 0 });
        this.#slotOfCleanup.delete(c.id);
      }
      special.cleanups.length = 0;
    }
    this.#drop(slot);
    this.onQueued();
  }

  #of(slot: number, pointer: number): Special {
    let special = this.#bySlot.get(slot);
    if (special === undefined) {
      special = { pointer, finalizer: 0, cleanups: [], weak: 0 };
      this.#bySlot.set(slot, special);
      const span = this.#heap.spans.of(slot);
      this.#perSpan.set(span, (this.#perSpan.get(span) ?? 0) + 1);
    }
    return special;
  }

  /** Forgets a record that says nothing any more. */
  #drop(slot: number): void {
    const special = this.#bySlot.get(slot);
    if (special === undefined || special.finalizer !== 0 || special.cleanups.length > 0 || special.weak !== 0) return;
    this.#bySlot.delete(slot);
    const span = this.#heap.spans.of(slot);
    const left = (this.#perSpan.get(span) ?? 1) - 1;
    if (left === 0) this.#perSpan.delete(span);
    else this.#perSpan.set(span, left);
  }

  /** Everything, for a snapshot. */
  save(): SpecialsState {
    return structuredClone({ slots: [...this.#bySlot], queue: this.#queue, nextId: this.#nextId });
  }

  /** Back to what `save` gave. */
  restore(state: SpecialsState): void {
    const { slots, queue, nextId } = structuredClone(state);
    this.#bySlot.clear();
    this.#perSpan.clear();
    this.#slotOfCleanup.clear();
    for (const [slot, special] of slots) {
      const own = this.#of(slot, special.pointer);
      own.finalizer = special.finalizer;
      own.weak = special.weak;
      own.cleanups.push(...special.cleanups);
      for (const c of special.cleanups) this.#slotOfCleanup.set(c.id, slot);
    }
    this.#queue.splice(0, this.#queue.length, ...queue);
    this.#nextId = nextId;
  }
}

/** What a snapshot keeps of the specials. */
export interface SpecialsState {
  readonly slots: readonly (readonly [number, Special])[];
  readonly queue: readonly Queued[];
  readonly nextId: number;
}
