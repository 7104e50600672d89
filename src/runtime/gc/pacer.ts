/**
 * The pacer: decides at which heap size a collection starts, and how much a goroutine must help it.
 *
 * Arithmetic only. It reads no clock, touches no heap and starts nothing: collector.ts feeds it measurements, malloc.ts asks it.
 * Whole numbers stay below 2^53; where Go converts a double to an integer this truncates toward zero. `Infinity` stands where Go
 * has the largest uint64 ("no goal", "not triggered").
 *
 * Go: GOROOT/src/runtime/mgcpacer.go (gcControllerState).
 */

/** GOGC=off. Go spells it as a negative percentage. */
export const GC_OFF = -1;
/** No GOMEMLIMIT. */
export const NO_LIMIT = Infinity;
/** The nearest double. */
const MAX_INT64 = 2 ** 63;

/** The heap below which no collection starts at GOGC=100. Go: defaultHeapMinimum. */
const DEFAULT_HEAP_MINIMUM = 4 << 20;
/** Share of the processors that background workers take. */
const BACKGROUND_UTILIZATION = 0.25;
/** Share that the collector as a whole aims at; the same since Go 1.18. */
const GOAL_UTILIZATION = 0.25;
/** Sweeping gets at least this much allocation to finish in. Go: sweepMinHeapDistance. */
const SWEEP_MIN_DISTANCE = 1 << 20;
/** Between a trigger and its goal lies at least this. */
const MIN_RUNWAY = 64 << 10;
/** A memory limit's goal keeps this share and at least `LIMIT_MIN_HEADROOM` free. */
const LIMIT_HEADROOM_PERCENT = 3;
const LIMIT_MIN_HEADROOM = 1 << 20;
/** Triggers lie between 45/64 and 61/64 of the way from the marked heap to the goal. */
const MIN_TRIGGER = 45;
const MAX_TRIGGER = 61;
const TRIGGER_PARTS = 64;
/** A heap over its goal may go this far beyond. */
const MAX_OVERSHOOT = 1.1;
/** With GOGC=off a forced cycle paces as at this percentage. */
const OFF_PACING_PERCENT = 100_000;

/** What is mapped, for the memory limit. Bytes. */
export interface MappedMemory {
  /** All memory that is mapped and not released: heap, stacks, metadata. */
  readonly mappedReady: number;
  /** Free heap pages that were not released. */
  readonly heapFree: number;
  /** Bytes of allocated objects (slots). Go: totalAlloc - totalFree. */
  readonly heapAlloc: number;
}

/** The state of the pacer. Fields that callers set are said so; the rest is read only outside this file. */
export class Pacer {
  gogc: number;
  memoryLimit: number;
  /** Bytes marked by the last cycle. */
  heapMarked = 0;
  /** Scan work done in this cycle, by kind. Set through `work`. */
  heapScanWork = 0;
  stackScanWork = 0;
  globalsScanWork = 0;
  /** Scan work of the last cycle. */
  lastHeapScan = 0;
  lastStackScan = 0;
  /** Bytes of globals that may hold pointers (set by the process when units are linked). */
  globalsScan = 0;
  /** Bytes of all stacks in use (set by the stack pool). */
  maxStackScan = 0;
  /** heapLive when the running cycle began; Infinity if none runs. */
  triggered = Infinity;
  /** Allocation in bytes for each byte of scan work, per unit of processor time. */
  consMark = 0;
  readonly lastConsMark: [number, number, number, number] = [0, 0, 0, 0];
  runway = 0;
  sweepDistMinTrigger = 0;
  percentGoal = 0;
  heapMinimum = 0;
  /** The goal that the cycle which just ended had. */
  lastHeapGoal = 0;
  /** Nanoseconds of this cycle spent in assists and in idle workers (added by the collector). */
  assistTime = 0;
  idleTime = 0;
  /** Scan work that an allocated byte must pay, and the reverse. */
  assistWorkPerByte = 0;
  assistBytesPerWork = 0;
  /** Processors that mark all the time, and the share of each processor that marks in addition. */
  dedicatedWorkers = 0;
  fractionalUtilization = 0;
  maxIdleWorkers = 0;
  readonly #mapped: () => MappedMemory;

  /** heapLive and heapScan: `account` may lie in memory that others count in, too. */
  readonly #account: Float64Array;

  constructor(gogc: number, memoryLimit: number, mapped: () => MappedMemory, account = new Float64Array(2)) {
    this.#mapped = mapped;
    this.#account = account;
    this.gogc = gogc;
    this.memoryLimit = memoryLimit;
    this.setGogc(gogc);
    this.commit(true);
  }

  /** Bytes considered live: set through `update`. Moves in steps of a span. */
  get heapLive(): number {
    return this.#account[0]!;
  }

  set heapLive(bytes: number) {
    this.#account[0] = bytes;
  }

  /** Bytes of scannable heap: up to the last pointer of each object. */
  get heapScan(): number {
    return this.#account[1]!;
  }

  set heapScan(bytes: number) {
    this.#account[1] = bytes;
  }

  /** Sets the percentage; `commit` makes it count. Negative is off. */
  setGogc(gogc: number): void {
    this.gogc = gogc < 0 ? GC_OFF : gogc;
    this.heapMinimum = gogc < 0 ? Infinity : Math.floor((DEFAULT_HEAP_MINIMUM * gogc) / 100);
  }

  /** Fixes the goal for the next cycle. `sweepDone`: nothing of the last cycle is left to sweep. */
  commit(sweepDone: boolean): void {
    this.sweepDistMinTrigger = sweepDone ? 0 : this.heapLive + SWEEP_MIN_DISTANCE;
    const roots = this.lastStackScan + this.globalsScan;
    const goal = this.gogc < 0 ? Infinity : this.heapMarked + Math.floor(((this.heapMarked + roots) * this.gogc) / 100);
    this.percentGoal = Math.max(goal, this.heapMinimum);
    this.runway = Math.trunc(((this.consMark * (1 - GOAL_UTILIZATION)) / GOAL_UTILIZATION) * (this.lastHeapScan + roots));
  }

  /** The heap size at which the running or next cycle should have finished. MemStats.NextGC. */
  heapGoal(): number {
    return this.#goals().goal;
  }

  /** The heap size at which the next cycle starts. */
  trigger(): number {
    const { goal, minTrigger } = this.#goals();
    const marked = this.heapMarked;
    if (marked >= goal) return goal;
    const part = Math.floor((goal - marked) / TRIGGER_PARTS);
    const low = Math.max(minTrigger, marked, part * MIN_TRIGGER + marked);
    let high = part * MAX_TRIGGER + marked;
    if (goal > DEFAULT_HEAP_MINIMUM) high = Math.max(high, goal - DEFAULT_HEAP_MINIMUM);
    high = Math.max(high, low);
    const wanted = this.runway > goal ? low : goal - this.runway;
    return Math.min(Math.max(wanted, low), high);
  }

  /** A cycle starts on `procs` processors. `timed`: because none ran for two minutes. */
  startCycle(procs: number, timed = false): void {
    this.heapScanWork = 0;
    this.stackScanWork = 0;
    this.globalsScanWork = 0;
    this.assistTime = 0;
    this.idleTime = 0;
    this.triggered = this.heapLive;
    const wanted = procs * BACKGROUND_UTILIZATION;
    let dedicated = Math.floor(wanted + 0.5);
    const error = dedicated / wanted - 1;
    this.fractionalUtilization = 0;
    if (error < -0.3 || error > 0.3) {
      if (dedicated > wanted) dedicated--;
      this.fractionalUtilization = (wanted - dedicated) / procs;
    }
    this.dedicatedWorkers = dedicated;
    this.maxIdleWorkers = timed ? (dedicated > 0 ? 0 : 1) : procs - dedicated;
    this.revise();
  }

  /** Counts scan work done since the last call. */
  work(heap: number, stack: number, globals: number): void {
    this.heapScanWork += heap;
    this.stackScanWork += stack;
    this.globalsScanWork += globals;
  }

  /** The heap grew or shrank. While marking, `scan` is not counted and the assist ratio is made anew. */
  update(live: number, scan: number, marking: boolean): void {
    this.heapLive += live;
    if (marking) this.revise();
    else this.heapScan += scan;
  }

  /** Makes the assist ratio anew from what is left to do and to allocate. */
  revise(): void {
    const percent = this.gogc < 0 ? OFF_PACING_PERCENT : this.gogc;
    const done = this.heapScanWork + this.stackScanWork + this.globalsScanWork;
    let goal = this.heapGoal();
    let expected = this.lastHeapScan + this.lastStackScan + this.globalsScan;
    const most = this.heapScan + this.maxStackScan + this.globalsScan;
    if (done > expected) {
      // Division by zero becomes the smallest integer on amd64.
      const extended = expected === 0 ? -Infinity : Math.trunc(((goal - this.triggered) / expected) * most) + this.triggered;
      const hard = Math.trunc((1.0 + percent / 100.0) * goal);
      goal = Math.min(extended, hard);
      expected = most;
    }
    if (this.heapLive > goal) {
      goal = Math.trunc(goal * MAX_OVERSHOOT);
      expected = most;
    }
    const work = Math.max(expected - done, 1000);
    const room = Math.max(goal - this.heapLive, 1);
    this.assistWorkPerByte = work / room;
    this.assistBytesPerWork = room / work;
  }

  /** Marking took `elapsed` nanoseconds on `procs` processors: learns the ratio of allocation to marking. */
  endCycle(elapsed: number, procs: number): void {
    this.lastHeapGoal = this.heapGoal();
    // Without allocation during the mark phase there is nothing to learn from.
    if (this.heapLive <= this.triggered) return;
    let utilization = BACKGROUND_UTILIZATION;
    let idle = 0;
    if (elapsed > 0) {
      utilization += this.assistTime / (elapsed * procs);
      idle = this.idleTime / (elapsed * procs);
    }
    const work = this.heapScanWork + this.stackScanWork + this.globalsScanWork;
    const current = ((this.heapLive - this.triggered) * (utilization + idle)) / (work * (1 - utilization));
    const last = this.lastConsMark;
    this.consMark = Math.max(current, last[0], last[1], last[2], last[3]);
    last[0] = last[1];
    last[1] = last[2];
    last[2] = last[3];
    last[3] = current;
  }

  /** The cycle found `marked` bytes (objects allocated while it ran included). */
  resetLive(marked: number): void {
    this.heapMarked = marked;
    this.heapLive = marked;
    this.heapScan = this.heapScanWork;
    this.lastHeapScan = this.heapScanWork;
    this.lastStackScan = this.stackScanWork;
    this.triggered = Infinity;
  }

  /** All numbers, for a snapshot. */
  save(): Record<string, number | number[]> {
    const state: Record<string, number | number[]> = {};
    for (const [name, value] of Object.entries(this)) {
      if (typeof value === "number") state[name] = value;
    }
    state["lastConsMark"] = [...this.lastConsMark];
    return state;
  }

  /** Back to what `save` gave. */
  restore(state: Record<string, number | number[]>): void {
    Object.assign(this, { ...state, lastConsMark: [...(state["lastConsMark"] as number[])] });
  }

  #goals(): { readonly goal: number; readonly minTrigger: number } {
    const limited = this.#limitGoal();
    if (limited < this.percentGoal) return { goal: limited, minTrigger: 0 };
    let goal = Math.max(this.percentGoal, this.sweepDistMinTrigger);
    if (this.triggered !== Infinity && goal < this.triggered + MIN_RUNWAY) goal = this.triggered + MIN_RUNWAY;
    return { goal, minTrigger: this.sweepDistMinTrigger };
  }

  /** The goal that keeps all mapped memory below the limit, less a headroom. No limit is Go's largest int64, which is a goal only where GOGC sets none. */
  #limitGoal(): number {
    if (this.memoryLimit === NO_LIMIT && this.percentGoal !== Infinity) return Infinity;
    const limit = Math.min(this.memoryLimit, MAX_INT64);
    const { mappedReady, heapFree, heapAlloc } = this.#mapped();
    const nonHeap = mappedReady - heapFree - heapAlloc;
    const over = Math.max(0, mappedReady - limit);
    if (nonHeap + over >= limit) return this.heapMarked;
    let goal = limit - (nonHeap + over);
    const headroom = Math.max(Math.floor(goal / 100) * LIMIT_HEADROOM_PERCENT, LIMIT_MIN_HEADROOM);
    goal = goal < headroom || goal - headroom < headroom ? headroom : goal - headroom;
    return Math.max(goal, this.heapMarked);
  }
}
