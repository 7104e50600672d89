/**
 * Mark work in portions: queued objects, write barrier, root jobs, with what it costs. Who pays is the caller's business.
 *
 * Go: gcDrain, gcDrainN in GOROOT/src/runtime/mgcmark.go.
 */
import type { Costs } from "../cost.ts";
import type { Barrier } from "./barrier.ts";
import type { Marker, MarkLoop } from "./mark.ts";
import type { Pacer } from "./pacer.ts";
import type { Roots } from "./roots.ts";

/** Background workers look every so much work whether they should stop. Go: drainCheckThreshold. */
const CHECK_WORK = 100_000;
/** Work is booked in steps of this. Go: gcCreditSlack. */
const CREDIT_STEP = 2000;

/** What mark work is done with. */
export interface DrainParts {
  readonly marker: Marker;
  readonly loop: MarkLoop;
  readonly barrier: Barrier;
  readonly roots: Roots;
  readonly pacer: Pacer;
  readonly costs: Costs;
  /** Stress: nobody does more than about so much work at a time. */
  readonly step: number;
}

/** The mark work of the running cycle. */
export class Drain {
  readonly #p: DrainParts;
  /** Nanoseconds of work that nobody has paid for yet. */
  #spent = 0;

  constructor(parts: DrainParts) {
    this.#p = parts;
  }

  /** Nanoseconds since the last call. */
  takeSpent(): number {
    const spent = this.#spent;
    this.#spent = 0;
    return spent;
  }

  /** Whether all roots are scanned and nothing is grey; makes grey what the write barrier recorded. */
  done(): boolean {
    const { roots, marker, barrier } = this.#p;
    return roots.done && marker.empty && !(barrier.flush() && !marker.empty);
  }

  /** An assist's way: queued objects first, root jobs when there are none, for `work` bytes or until nothing is left. Returns the work. */
  assist(work: number): number {
    const { roots, marker, barrier, step } = this.#p;
    const limit = Math.min(work, step);
    let done = 0;
    while (done < limit) {
      const scanned = this.#objects(Math.min(limit - done, CHECK_WORK));
      done += scanned;
      if (scanned > 0 || !marker.empty) continue;
      if (barrier.flush() && !marker.empty) continue;
      if (roots.done) break;
      done += this.#rootJob();
    }
    return done;
  }

  /** A worker's way: roots first, then objects. `stop` is asked after each root job and every 100,000 bytes. Returns the work. */
  worker(stop: (work: number) => boolean): number {
    const { roots, step } = this.#p;
    let work = 0;
    let unchecked = 0;
    while (!this.done()) {
      if (!roots.done) {
        work += this.#rootJob();
        if (stop(work)) break;
        continue;
      }
      const scanned = this.#objects(CREDIT_STEP);
      work += scanned;
      unchecked += scanned;
      if (unchecked < Math.min(CHECK_WORK, step)) continue;
      unchecked = 0;
      if (work >= step || stop(work)) break;
    }
    return work;
  }

  #objects(work: number): number {
    const { marker, loop, pacer, costs } = this.#p;
    const before = marker.objectsScanned;
    const done = loop.drain(work);
    pacer.work(done, 0, 0);
    this.#spent += (marker.objectsScanned - before) * costs.markObject + done * costs.markByte;
    return done;
  }

  #rootJob(): number {
    const { roots, pacer, costs } = this.#p;
    const job = roots.next(costs);
    pacer.work(0, job.stackWork, job.globalsWork);
    this.#spent += job.nanos;
    return job.stackWork + job.globalsWork;
  }
}
