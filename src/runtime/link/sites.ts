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

/** The sites of one unit: ids from `base` on. */
interface UnitSites {
  readonly base: number;
  readonly sites: readonly SiteInfo[];
  readonly funcs: readonly LinkedFunc[];
}

/** The tables of one process. Most sites are never asked for, so they are looked up in their unit when they are. */
export class SiteTable {
  /** Sites that were asked for, by id. */
  readonly #known: (LinkedSite | undefined)[] = Array.from({ length: FIRST_SITE }, () => undefined);
  readonly #units: UnitSites[] = [];
  readonly #byResume = new Map<number, LinkedFunc>();
  readonly #byValue = new Map<number, LinkedFunc>();
  #next = FIRST_SITE;

  /** The id that the next unit's first site gets. */
  get next(): number {
    return this.#next;
  }

  /** Adds a unit's functions and sites. */
  addUnit(funcs: readonly LinkedFunc[], sites: readonly SiteInfo[]): void {
    for (const func of funcs) {
      this.#byResume.set(func.resume, func);
      if (func.value > 0) this.#byValue.set(func.value, func);
    }
    this.#units.push({ base: this.#next, sites, funcs });
    this.#next += sites.length;
    // No holes: an array with large gaps is slow.
    while (this.#known.length < this.#next) this.#known.push(undefined);
  }

  /** Forgets sites from `next` on. */
  truncate(next: number): void {
    this.#next = next;
    this.#known.length = Math.min(this.#known.length, next);
    while ((this.#units.at(-1)?.base ?? 0) >= next) this.#units.pop();
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
    let low = 0;
    let high = this.#units.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#units[middle]?.base ?? 0) <= id) low = middle;
      else high = middle - 1;
    }
    const unit = this.#units[low];
    const info = unit?.sites[id - unit.base];
    const func = info === undefined ? undefined : unit?.funcs[info.func];
    if (info === undefined || func === undefined) return bug(`no call site ${id}`);
    const site = { func, info };
    this.#known[id] = site;
    return site;
  }

  /** The function whose resume code is in table slot `index`. */
  byResume(index: number): LinkedFunc {
    return this.#byResume.get(index) ?? bug(`table slot ${index} holds no resume code`);
  }

  /** The function whose context-taking form is in table slot `index`. */
  byValue(index: number): LinkedFunc | undefined {
    return this.#byValue.get(index);
  }

  /** The function of a frame: by its site, or at state 0 by its resume code. */
  funcOf(state: number, resume: number): LinkedFunc {
    return state === 0 ? this.byResume(resume) : this.site(state).func;
  }
}
