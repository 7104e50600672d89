/**
 * All functions and call sites that are linked: what a frame in memory is.
 *
 * A frame holds the table index of its function's resume code and a site id (0 at entry). From these the walker of stacks finds function,
 * size, live pointer slots and position. Site ids 1 … 15 are those of the helper frames of sched/trampoline.ts.
 *
 * Go: runtime/symtab.go (findfunc, funcdata), runtime/stkframe.go.
 */
import { bug } from "../../base/bug.ts";
import type { FuncInfo, SiteInfo } from "../../abi/program.ts";

/** A linked function. */
export interface LinkedFunc {
  readonly info: FuncInfo;
  /** Table index of its resume code. */
  readonly resume: number;
  /** Table index of its context-taking form, 0 if there is none. */
  readonly value: number;
  /** Global id of the unit's site 0. */
  readonly siteBase: number;
  /** True for helper frames, which no traceback shows. */
  readonly helper: boolean;
  /** How often its hot loops were sent into resume code (decisions 18). */
  reentries: number;
}

/** A linked call site. */
export interface LinkedSite {
  readonly func: LinkedFunc;
  readonly info: SiteInfo;
}

/** Sites below this number belong to helper frames. */
export const FIRST_SITE = 16;

/** The sites and table slots of one unit: ids and slots from the bases on. What it says of them it may look up when it is asked. */
export interface UnitSites {
  readonly siteBase: number;
  readonly sites: number;
  readonly tableBase: number;
  readonly slots: number;
  readonly site: (n: number) => SiteInfo | undefined;
  readonly func: (n: number) => LinkedFunc | undefined;
  /** Of the package that is our counterpart of what Go's own runtime does for a program: bytes of the frame of the function with this site. */
  readonly ownFrame?: (n: number) => number;
  /** The function with this resume slot, or with this value slot, counted from the table base. */
  readonly byResume: (slot: number) => LinkedFunc | undefined;
  readonly byValue: (slot: number) => LinkedFunc | undefined;
}

/** The tables of one process. Most sites are never asked for, so they are looked up in their unit when they are. */
export class SiteTable {
  /** Sites that were asked for, by id. */
  readonly #known: (LinkedSite | undefined)[] = Array.from({ length: FIRST_SITE }, () => undefined);
  readonly #units: UnitSites[] = [];
  readonly #byResume = new Map<number, LinkedFunc>();
  #next = FIRST_SITE;

  /** The id that the next unit's first site gets. */
  get next(): number {
    return this.#next;
  }

  /** Adds a unit, whose site base is `next`. */
  addUnit(unit: UnitSites): void {
    this.#units.push(unit);
    this.#next += unit.sites;
    this.#known.length = this.#next;
  }

  /** How much there is, to be given to `restore`. */
  save(): { readonly next: number; readonly units: number } {
    return { next: this.#next, units: this.#units.length };
  }

  /** Forgets what came after `save`. */
  restore({ next, units }: { readonly next: number; readonly units: number }): void {
    this.#next = next;
    this.#known.length = Math.min(this.#known.length, next);
    this.#units.length = Math.min(this.#units.length, units);
  }

  /** Names a site of a helper frame. */
  setHelper(id: number, site: LinkedSite): void {
    this.#known[id] = site;
    this.#byResume.set(site.func.resume, site.func);
  }

  /** The site with this id. */
  site(id: number): LinkedSite {
    return this.#known[id] ?? this.#find(id);
  }

  #find(id: number): LinkedSite {
    const unit = this.#unitBy("siteBase", id);
    const info = unit?.site(id - unit.siteBase);
    const func = info === undefined ? undefined : unit?.func(info.func);
    if (info === undefined || func === undefined) return bug(`no call site ${id}`);
    const site = { func, info };
    this.#known[id] = site;
    return site;
  }

  /** The last unit whose base is not above `n`: bases only grow. */
  #unitBy(base: "siteBase" | "tableBase", n: number): UnitSites | undefined {
    let low = 0;
    let high = this.#units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#units[middle]?.[base] ?? 0) <= n) low = middle;
      else high = middle - 1;
    }
    return this.#units[low];
  }

  /** The function whose resume code is in table slot `index`. */
  byResume(index: number): LinkedFunc {
    const known = this.#byResume.get(index);
    if (known) return known;
    const unit = this.#unitBy("tableBase", index);
    const func = unit?.byResume(index - unit.tableBase) ?? bug(`table slot ${index} holds no resume code`);
    this.#byResume.set(index, func);
    return func;
  }

  /** The function whose context-taking form is in table slot `index`. */
  byValue(index: number): LinkedFunc | undefined {
    const unit = this.#unitBy("tableBase", index);
    return unit?.byValue(index - unit.tableBase);
  }

  /** Bytes of the frame of a site in the runtime's own Go text, 0 for other sites. */
  ownFrame(id: number): number {
    const unit = id < FIRST_SITE ? undefined : this.#unitBy("siteBase", id);
    return unit?.ownFrame?.(id - unit.siteBase) ?? 0;
  }

  /** The function of a frame: by its site, or at state 0 by its resume code. */
  funcOf(state: number, resume: number): LinkedFunc {
    return state === 0 ? this.byResume(resume) : this.site(state).func;
  }
}
