/** Runs programs: links Go's library and a program into a process, and turns what it writes into outputs. One process for each run. */
import type { Program } from "../abi/program.ts";
import { Recorder } from "../record/recorder.ts";
import { machineCode, type Usually } from "../base/machine-code.ts";
import { later } from "../base/parts.ts";
import { DEFAULT_SETTINGS, type Exit, type KeptCode, type LinkableProgram, type LinkImage, Modules, Process } from "../runtime/index.ts";
import { type Image, stdNatives } from "../std/index.ts";
import { gctraceLine, type Output } from "../views/index.ts";
import type { Settings } from "./settings.ts";

export interface EngineHooks {
  /** Asked at every preemption point. */
  readonly interrupted: () => boolean;
  /** What comes next on standard input; undefined is end of file. */
  readonly stdin: () => string | Uint8Array | undefined;
  /** os.Args[1:]. */
  readonly args: readonly string[];
  /** Programs are run to be kept: the answer of `run` has what linking made. */
  readonly keeps?: boolean;
  /** Does something under V8's usual flags, where they are changed while a program runs. */
  readonly usually?: Usually;
  /** Bytes of native stack that compiled code may use; small by default, large where the thread was given more. */
  readonly nativeStack?: number;
}

/** A compiled program and the packages of the library that it imports. */
export interface Runnable {
  readonly program: Program;
  readonly imports: readonly string[];
  /** Other packages of the program, each after those it imports. */
  readonly before?: readonly Program[];
}

/** A program that was linked before, in another process. */
export interface Linked {
  readonly program: LinkableProgram;
  readonly image: LinkImage;
  readonly inits: readonly string[];
  readonly entry?: string;
  /** The runtime's own modules. */
  readonly own: ReadonlyMap<string, Uint8Array>;
  /** Machine code that its runs have left. */
  readonly code?: KeptCode | undefined;
}

/** A process that was started before anybody asked for it, for one kind of program. */
interface Spare {
  readonly key: string;
  readonly process: Process;
  /** Tells it where its output goes. */
  readonly attach: (show: Show) => void;
}

type Show = (output: Output) => void;

export class Engine {
  readonly #hooks: EngineHooks;
  readonly #image: Image;
  /** The runtime's own modules, written once for all processes. */
  readonly #own = new Map<string, Uint8Array>();
  #spare: Spare | undefined;
  #made = 0;
  /** The kind of the last program that was run. */
  #last: { readonly settings: Settings; readonly imports: readonly string[] } | undefined;

  constructor(hooks: EngineHooks, image: Image) {
    this.#hooks = hooks;
    this.#image = image;
  }

  /** Runs a program from its inits and entry to its end. */
  run(runnable: Runnable, settings: Settings, show: Show): { readonly process: Process; readonly exit: Exit; readonly image?: () => LinkImage; readonly own: ReadonlyMap<string, Uint8Array> } {
    this.#last = { settings, imports: runnable.imports };
    const process = this.start(settings, runnable.imports, show);
    for (const unit of runnable.before ?? []) process.load(unit);
    const unit = process.load(runnable.program);
    const image = this.#hooks.keeps ? process.linker.capture(unit) : undefined;
    return { process, exit: process.run(runnable.program.entry), own: this.#own, ...(image ? { image } : {}) };
  }

  /** Runs a program that was linked before. */
  again({ program, image, inits, entry, own, code }: Linked, settings: Settings, show: Show): { readonly process: Process; readonly exit: Exit } {
    for (const [name, bytes] of own) this.#own.set(name, bytes);
    const { process, attach } = this.#fresh("", settings, code);
    attach(show);
    process.adopt(image, image.units.map((u) => this.#image.later(u)), program, inits);
    return { process, exit: process.run(entry) };
  }

  /** A process that holds the packages that `imports` need, and nothing else. */
  start(settings: Settings, imports: readonly string[], show: Show): Process {
    const key = this.#key(settings, imports);
    const spare = this.#spare?.key === key ? this.#spare : this.#make(key, settings, imports);
    if (spare === this.#spare) this.#spare = undefined;
    spare.attach(show);
    return spare.process;
  }

  /** Starts a process for a program like the last one, while nobody waits. */
  prepare(settings: Settings): void {
    const { settings: wanted, imports } = this.#last ?? { settings, imports: ["fmt"] };
    const key = this.#key(wanted, imports);
    if (this.#spare?.key !== key) this.#spare = this.#make(key, wanted, imports);
  }

  #key(settings: Settings, imports: readonly string[]): string {
    return JSON.stringify([settings, this.#image.closure(imports).map((p) => p.path)]);
  }

  #make(key: string, settings: Settings, imports: readonly string[]): Spare {
    const spare = this.#fresh(key, settings);
    if (this.#hooks.keeps) spare.process.linker.record();
    this.extend(spare.process, imports);
    return spare;
  }

  /** A process that holds nothing. */
  #fresh(key: string, settings: Settings, code?: KeptCode): Spare {
    let show: Show = () => undefined;
    const shown: Show = (output) => show(output);
    const text = { 1: new Decoder("stdout", shown), 2: new Decoder("stderr", shown) };
    const input = new LineReader(this.#hooks.stdin);
    const process = new Process(
      {
        ...DEFAULT_SETTINGS, gogc: settings.gogc, memoryLimit: settings.gomemlimit, procs: settings.gomaxprocs, seed: settings.seed, heapLimit: settings.heaplimit,
        ...(this.#hooks.nativeStack === undefined ? {} : { nativeStack: this.#hooks.nativeStack }),
      },
      new Recorder(),
      stdNatives(),
      {
        write: (fd, bytes) => text[fd === 2 ? 2 : 1].write(bytes),
        crashed: () => undefined,
        interrupted: this.#hooks.interrupted,
        stdin: (n) => input.read(n),
        stopped: () => "go on",
        own: this.#own, ...(this.#hooks.keeps ? { modules: new Modules(later(() => machineCode(this.#hooks.usually)), code) } : {}),
      },
    );
    if (this.#made++ > 0) process.weigh();
    if (settings.gctrace) process.collector.onCycle = (cycle) => shown({ kind: "stream", name: "stderr", text: `${gctraceLine(cycle)}\n` });
    return { key, process, attach: (to) => (show = to) };
  }

  /** Links the packages that `imports` need and that the process does not hold yet. */
  extend(process: Process, imports: readonly string[]): void {
    const held = new Set(process.linker.units.map((u) => u.path));
    process.hold(this.#image.closure(imports).filter((unit) => !held.has(unit.path)));
  }
}

/** Turns bytes into whole code points: a sequence that is cut between two writes waits for its rest. */
class Decoder {
  readonly #name: "stdout" | "stderr";
  readonly #show: (output: Output) => void;
  readonly #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  /** Bytes at the end of the last write that have not been shown. */
  #rest: Uint8Array = new Uint8Array(0);

  constructor(name: "stdout" | "stderr", show: (output: Output) => void) {
    this.#name = name;
    this.#show = show;
  }

  write(bytes: Uint8Array): void {
    const text = this.#utf8.decode(bytes, { stream: true });
    if (!text.includes("\ufffd") && this.#rest.length === 0 && Buffer.byteLength(text) === bytes.length) {
      if (text !== "") this.#show({ kind: "stream", name: this.#name, text });
      return;
    }
    const all = Buffer.concat([this.#rest, bytes]);
    const end = all.length - unfinished(all);
    this.#rest = all.subarray(end);
    const written = all.subarray(0, end);
    if (text !== "") this.#show({ kind: "stream", name: this.#name, text, ...(Buffer.from(text).equals(written) ? {} : { bytes: written }) });
  }
}

/** How many bytes at the end begin a sequence that the next write may finish. */
function unfinished(bytes: Uint8Array): number {
  for (let n = 1; n <= Math.min(3, bytes.length); n++) {
    const b = bytes[bytes.length - n] ?? 0;
    if (b >= 0xc0) return n < (b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2) ? n : 0;
    if (b < 0x80) return 0;
  }
  return 0;
}

/** Standard input by lines, handed out in pieces of the size that is asked for. */
class LineReader {
  readonly #next: () => string | Uint8Array | undefined;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(next: () => string | Uint8Array | undefined) {
    this.#next = next;
  }

  read(n: number): Uint8Array {
    if (this.#rest.length === 0) {
      const next = this.#next() ?? "";
      this.#rest = typeof next === "string" ? Buffer.from(next, "utf8") : next;
    }
    const piece = this.#rest.subarray(0, n);
    this.#rest = this.#rest.subarray(n);
    return piece;
  }
}
