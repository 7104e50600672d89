/**
 * Takes a picture of the heap at a stop: every object, every pointer, every root (record/snapshot.ts).
 *
 * Reads only; the heap is as it was afterwards. O(objects + pointer words).
 *
 * Go: GOROOT/src/runtime/heapdump.go.
 */
import { DESC } from "../../abi/types.ts";
import { type Heap, MAX_BITMAP_SIZE, SPAN, visitPointers } from "../heap/index.ts";
import type { HeapSnapshot, Root, RootKind } from "../../record/snapshot.ts";
import type { Collector } from "./collector.ts";
import type { World } from "./world.ts";

const COLOUR = { white: 0, grey: 1, black: 2 } as const;

/** What the process can say of a root: the name of the variable at a global word, of a goroutine. */
export interface RootNames {
  global(word: number): string;
  goroutine(i: number): string;
}

/** The heap now. */
export function takeSnapshot(heap: Heap, collector: Collector, world: World, names: RootNames, time: number): HeapSnapshot {
  const addr: number[] = [];
  const size: number[] = [];
  const site: number[] = [];
  const type: number[] = [];
  const colour: number[] = [];
  const spanOf: number[] = [];
  const index = new Map<number, number>();
  heap.forEachObject((slot, bytes, span, i) => {
    index.set(slot, addr.length);
    addr.push(slot);
    size.push(bytes);
    site.push(heap.sites.of(slot));
    type.push(typeNumber(heap, span, slot));
    colour.push(COLOUR[collector.marker.colour(span, i)]);
    spanOf.push(span);
  });
  const find = (p: number): number => index.get(heap.objectStart(p)) ?? -1;
  const firstEdge: number[] = [0];
  const edges: number[] = [];
  for (const [i, slot] of addr.entries()) {
    visitPointers(heap.spans, spanOf[i]!, slot, 0, size[i]!, (word) => {
      const to = find(heap.memory.u32[word >>> 2]!);
      if (to >= 0) edges.push(to);
    });
    firstEdge.push(edges.length);
  }
  const roots = findRoots(heap, world, names, find);
  return { time, cycle: collector.started, marking: collector.marking, addr, size, site, type, colour, firstEdge, edges, roots };
}

function findRoots(heap: Heap, world: World, names: RootNames, find: (p: number) => number): Root[] {
  const roots: Root[] = [];
  const add = (kind: RootKind, name: string, p: number): void => {
    const to = find(p);
    if (to >= 0) roots.push({ kind, name, to });
  };
  const words = world.globalWords();
  for (let i = 0; i < words.length; i++) add("global", names.global(words[i]!), heap.memory.u32[words[i]! >>> 2]!);
  for (let g = 0; g < world.goroutines(); g++) world.peekStack(g, (p) => add("stack", names.goroutine(g), p));
  world.otherRoots((p) => add("other", "runtime", p));
  return roots;
}

/** The number of the object's type where the heap knows it: headers and large objects. */
function typeNumber(heap: Heap, span: number, slot: number): number {
  const { spans, memory } = heap;
  if (spans.noscan(span)) return 0;
  const large = spans.get(span, SPAN.spanClass) < 2;
  if (!large && spans.elemSize(span) <= MAX_BITMAP_SIZE) return 0;
  const type = large ? spans.get(span, SPAN.largeType) : memory.u32[slot >>> 2]!;
  return type === 0 ? 0 : memory.loadInt(type + DESC.number);
}
