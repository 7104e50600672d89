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

/** The tables of one process. */
export class SiteTable {
  readonly #sites: (LinkedSite | undefined)[] = Array.from({ length: FIRST_SITE }, () => undefined);
  readonly #byResume = new Map<number, LinkedFunc>();
  readonly #byValue = new Map<number, LinkedFunc>();

  /** The id that the next unit's first site gets. */
  get next(): number {
    return this.#sites.length;
  }

  /** Adds a function; its sites follow by `addSite`. */
  addFunc(func: LinkedFunc): void {
    this.#byResume.set(func.resume, func);
    if (func.value > 0) this.#byValue.set(func.value, func);
  }

  /** Adds the next site. */
  addSite(func: LinkedFunc, info: SiteInfo): void {
    this.#sites.push({ func, info });
  }

  /** Forgets sites from `next` on. */
  truncate(next: number): void {
    this.#sites.length = next;
  }

  /** Names a site of a helper frame. */
  setHelper(id: number, site: LinkedSite): void {
    this.#sites[id] = site;
    this.#byResume.set(site.func.resume, site.func);
  }

  /** The site with this id. */
  site(id: number): LinkedSite {
    return this.#sites[id] ?? bug(`no call site ${id}`);
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
