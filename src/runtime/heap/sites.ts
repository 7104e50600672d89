/**
 * What each allocation site has allocated, and which site allocated each object.
 *
 * A site is the global number of a call in compiled code (abi/program.ts, SiteInfo). An object holds a short number of its site, one
 * u16 for 16 bytes of arena, so that live bytes can be told by site at any time without an event per object. Counts are exact.
 *
 * Go: the memory profile samples the same once every 512 KiB (GOROOT/src/runtime/mprof.go).
 */
import { CELL, FRAME } from "../../abi/structs.ts";
import type { Memory } from "../memory.ts";
import { type Layout, MAX_SITES, SITE_RECORD, SITE_SHIFT } from "./layout.ts";

/** Offsets in a site's record: two doubles, the number that its objects carry, and the bytes of its frame if it stands in the runtime itself (see `current`). */
export const SITE = { count: 0, bytes: 8, number: 16, up: 20 } as const;
/** Objects carry 16 bits; sites that allocate after so many others share the last number. */
const MAX_NUMBERS = 65535;

/** The counters of all sites of a process. */
export class SiteTable {
  readonly #memory: Memory;
  readonly #layout: Layout;
  /** Site of each number; 0 stands for allocations of the runtime itself. */
  #siteOf: number[] = [0];

  constructor(memory: Memory, layout: Layout) {
    this.#memory = memory;
    this.#layout = layout;
  }

  /** Bytes of the frame of a site that stands in the runtime's own Go text, 0 for other sites. Given by who knows the functions. */
  ownFrame: (site: number) => number = () => 0;

  /** Who allocates now: the site that is under way in the innermost frame that is not the runtime's own (`make`, `append` and maps allocate there). */
  current(): number {
    const m = this.#memory;
    let frame = m.u32[CELL.sp >>> 2]!;
    if (frame === 0) return 0;
    for (;;) {
      const site = m.u32[(frame + FRAME.state) >>> 2]!;
      const up = this.#up(site);
      if (up === 0) return site;
      frame += up;
    }
  }

  /** Asked once a site: compiled code goes by the record (fast.ts). */
  #up(site: number): number {
    if (site >= MAX_SITES) return this.ownFrame(site);
    const m = this.#memory;
    const at = this.#layout.sites + site * SITE_RECORD;
    if (m.i32[(at + SITE.number) >>> 2]! !== 0) return 0;
    return (m.i32[(at + SITE.up) >>> 2]! ||= this.ownFrame(site));
  }

  /** Counts an object of `slot` bytes at `p` for `site`, and remembers the site with the object. O(1). */
  count(site: number, p: number, slot: number): void {
    const m = this.#memory;
    const at = this.#layout.sites + (site < MAX_SITES ? site : 0) * SITE_RECORD;
    m.f64[at >>> 3]! += 1;
    m.f64[(at + SITE.bytes) >>> 3]! += slot;
    let number = m.i32[(at + SITE.number) >>> 2]!;
    if (number === 0 && site !== 0) {
      number = this.#siteOf.length <= MAX_NUMBERS ? this.#siteOf.push(site) - 1 : MAX_NUMBERS;
      m.i32[(at + SITE.number) >>> 2] = number;
    }
    m.u16[(this.#layout.siteOf >>> 1) + ((p - this.#layout.arena) >>> SITE_SHIFT)] = number;
  }

  /** The site that allocated the object with slot start `p`. Objects of 8 bytes share a number with their neighbour. */
  of(p: number): number {
    const number = this.#memory.u16[(this.#layout.siteOf >>> 1) + ((p - this.#layout.arena) >>> SITE_SHIFT)]!;
    return this.#siteOf[number] ?? 0;
  }

  /** Objects and bytes that `site` has allocated since the process began. */
  totals(site: number): { readonly objects: number; readonly bytes: number } {
    const at = (this.#layout.sites + (site < MAX_SITES ? site : 0) * SITE_RECORD) >>> 3;
    return { objects: this.#memory.f64[at]!, bytes: this.#memory.f64[at + 1]! };
  }

  /** Sites that have allocated, in the order of their first allocation; 0 (the runtime) first. */
  used(): readonly number[] {
    return this.#siteOf;
  }

  /** Where the records that hold something end. */
  get end(): number {
    const last = this.#siteOf.length > MAX_NUMBERS ? MAX_SITES - 1 : this.#siteOf.reduce((n, site) => Math.max(n, Math.min(site, MAX_SITES - 1)), 0);
    return this.#layout.sites + (last + 1) * SITE_RECORD;
  }

  save(): readonly number[] {
    return [...this.#siteOf];
  }

  restore(sites: readonly number[]): void {
    this.#siteOf = [...sites];
  }
}
