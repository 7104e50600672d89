/**
 * The text of a crash, as Go writes it to standard error: the panics or the fatal error, then the goroutines.
 *
 * Up to the first `goroutine N [` line it equals Go's; after it functions and lines are given, but no arguments and no offsets
 * (decisions.md 24).
 *
 * Go: runtime/panic.go (printpanics, dopanic_m), runtime/error.go (printpanicval), runtime/traceback.go.
 */
import type { ByteString } from "../../base/source.ts";
import type { Position } from "../../base/source.ts";
import { FRAME } from "../../abi/structs.ts";
import { KIND } from "../../abi/types.ts";
import type { Linker } from "../link/index.ts";
import type { Memory } from "../memory.ts";
import { type Goroutine, type Panicking, WAIT_REASONS } from "../sched/index.ts";
import { HELPER_SITE } from "../sched/index.ts";
import { framesOf, type Frame } from "../stack/index.ts";
import { formatComplex, formatFloat32, formatFloat64, formatHex } from "../values/index.ts";

/** What a crash text is made from. */
export interface CrashPorts {
  readonly memory: Memory;
  readonly linker: Linker;
  /** What a program sees of an address. */
  readonly visible: (address: number) => bigint;
  /** Virtual nanoseconds. */
  readonly now: () => number;
  /** Also says where in its function a frame stands, as debug.Stack does: by the number of the site, since there is no machine code. */
  readonly offsets?: boolean;
}

/** `panic: … [recovered]` lines of a goroutine's chain of panics, oldest first, and the signal line of a memory fault. */
export const panicText = (c: CrashPorts, g: Goroutine): ByteString => chainText(c, g, panicValueText) + signalText(g);

/** The text of a fatal error in `g`: below the panics whose deferred calls ran into it, if any, whose methods nobody calls any more. */
export function fatalInText(c: CrashPorts, g: Goroutine, text: ByteString): ByteString {
  const chain = chainText(c, g, rawValueText);
  return `${chain}${chain === "" ? "" : "\t"}${fatalText(text)}${signalText(g)}`;
}

function chainText(c: CrashPorts, g: Goroutine, shown: (c: CrashPorts, p: Panicking) => ByteString): ByteString {
  let text = "";
  let previous: Panicking | undefined;
  for (const [i, p] of g.panics.entries()) {
    const repeated = previous !== undefined && sameValue(previous, p);
    // A value that is panicked again right after it was recovered is told once. Go: repanicked.
    if (previous !== undefined && !repeated && !previous.goexit) text += "\t";
    const newer = g.panics[i + 1];
    const again = newer !== undefined && sameValue(p, newer);
    if (!p.goexit && !repeated) {
      const mark = !p.recovered ? "" : again ? " [recovered, repanicked]" : " [recovered]";
      text += `panic: ${shown(c, p)}${mark}\n`;
    }
    previous = p;
  }
  return text;
}

function signalText(g: Goroutine): ByteString {
  const fault = g.panics.find((p) => p.fault !== undefined)?.fault;
  return fault === undefined ? "" : `[signal SIGSEGV: segmentation violation code=0x1 addr=${formatHex(fault)} pc=0x0]\n`;
}

/** Whether two panics in a row carry the same value: the second one panicked what it had recovered. */
const sameValue = (a: Panicking, b: Panicking): boolean => a.word !== 0 && a.word === b.word && a.data === b.data;

/** `fatal error: …`. */
export const fatalText = (text: ByteString): ByteString => `fatal error: ${indented(text)}\n`;

/** A blank line, the goroutine's header and its frames. */
export function goroutineText(c: CrashPorts, g: Goroutine): ByteString {
  const waited = g.status === "waiting" ? Math.floor((c.now() - g.since) / 60e9) : 0;
  const state = g.status === "waiting" ? (WAIT_REASONS[g.reason] ?? "waiting") : g.status;
  let text = `\ngoroutine ${g.id} [${state}${waited >= 1 ? `, ${waited} minutes` : ""}]:\n`;
  text += framesText(c, g);
  if (g.parent > 0 && g.site > 0) {
    const site = c.linker.sites.site(g.site);
    const name = site.info.inlined?.length ? (site.info.inlined[0]?.symbol ?? "") : site.func.info.symbol;
    text += `created by ${shownName(name)} in goroutine ${g.parent}\n\t${place(site.info.at)}\n`;
  }
  return text;
}

/** The innermost 50 and the outermost 50 frames that are shown. Go: tracebackInnerFrames, tracebackOuterFrames. */
function framesText(c: CrashPorts, g: Goroutine): ByteString {
  let text = "";
  let shown = 0;
  const last: Frame[] = [];
  for (const frame of framesOf({ memory: c.memory, sites: c.linker.sites }, g.sp, g.stack.hi)) {
    if (shown < SHOWN_FRAMES) {
      const lines = frameText(c, frame, shown === 0);
      if (lines !== "") shown++;
      text += lines;
    } else if (isShown(c, frame)) {
      last[(shown - SHOWN_FRAMES) % SHOWN_FRAMES] = frame;
      shown++;
    }
  }
  const elided = shown - 2 * SHOWN_FRAMES;
  if (elided > 0) text += `...${elided} frames elided...\n`;
  const oldest = elided > 0 ? elided % SHOWN_FRAMES : 0;
  for (const frame of [...last.slice(oldest), ...last.slice(0, oldest)]) text += frameText(c, frame, false);
  return text;
}

const SHOWN_FRAMES = 50;

function isShown(c: CrashPorts, frame: Frame): boolean {
  if (frame.func.helper) return c.memory.load32(frame.at + FRAME.state) === HELPER_SITE.marker;
  return !isHidden(frame.func.info.symbol) && !frame.func.info.wrapper;
}

/** All other goroutines of the program, by number. */
export function otherGoroutines(c: CrashPorts, all: Iterable<Goroutine>, except: Goroutine | undefined): ByteString {
  let text = "";
  for (const g of all) if (g !== except && !g.system && g.status !== "dead") text += goroutineText(c, g);
  return text;
}

function frameText(c: CrashPorts, frame: Frame, first: boolean): ByteString {
  if (frame.func.helper) {
    const marker = c.memory.load32(frame.at + FRAME.state) === HELPER_SITE.marker;
    return marker && !first ? "panic({...})\n\t/usr/local/go/src/runtime/panic.go\n" : "";
  }
  const { info } = frame.func;
  if (isHidden(info.symbol) || info.wrapper) return "";
  let text = "";
  let at = frame.site?.at ?? info.at;
  for (const inlined of frame.site?.inlined ?? []) {
    if (!isHidden(inlined.symbol)) text += `${shownName(inlined.symbol)}(...)\n\t${place(at)}\n`;
    at = inlined.at;
  }
  const offset = c.offsets ? ` +0x${Math.max(c.memory.load32(frame.at + FRAME.state) - frame.func.siteBase, 0).toString(16)}` : "";
  return `${text}${shownName(info.symbol)}(${info.params === "" ? "" : "..."})\n\t${place(at)}${offset}\n`;
}

/** Functions of the runtime are not shown, but for those a program can call. */
function isHidden(symbol: string): boolean {
  if (symbol.startsWith("internal/runtime.")) return true;
  return symbol.startsWith("runtime.") && !/^runtime\.(\(\*?)?[A-Z]/.test(symbol);
}

/** A generic function's name without its type arguments. */
function shownName(symbol: string): string {
  const open = symbol.indexOf("[");
  if (open < 0) return symbol;
  const close = symbol.lastIndexOf("]");
  return `${symbol.slice(0, open)}[...]${symbol.slice(close + 1)}`;
}

const place = (at: Position): string => `${at.file}:${at.line}`;

/** A panic's value without its own words. */
function rawValueText(c: CrashPorts, p: Panicking): ByteString {
  if (p.word !== 0) return typedValueText(c, p);
  const error = /^runtime error: (.*)$/s.exec(p.text ?? "");
  return error ? `runtime.errorString("${error[1]}")` : panicValueText(c, p);
}

/** A panic's value in words. */
export function panicValueText(c: CrashPorts, p: Panicking): ByteString {
  if (p.text !== undefined) return indented(p.text);
  return p.word === 0 ? "nil" : typedValueText(c, p);
}

function typedValueText(c: CrashPorts, p: Panicking): ByteString {
  const { desc } = c.linker.types.at(p.word);
  const value = basicText(c, desc.kind, p.data);
  if (value === undefined) return `(${desc.string}) ${formatHex(c.visible(p.data))}`;
  if (!desc.named || desc.pkgPath === "") return desc.kind === KIND.String ? indented(value) : value;
  if (desc.kind === KIND.String) return `${desc.string}("${indented(value)}")`;
  return desc.kind === KIND.Complex64 || desc.kind === KIND.Complex128 ? desc.string + value : `${desc.string}(${value})`;
}

/** A value of a basic kind that lies at `at`; undefined for other kinds. */
function basicText({ memory: m }: CrashPorts, kind: number, at: number): ByteString | undefined {
  switch (kind) {
    case KIND.Bool:
      return String(m.loadU8(at) !== 0);
    case KIND.Int:
    case KIND.Int64:
      return String(m.loadI64(at));
    case KIND.Int8:
      return String((m.loadU8(at) << 24) >> 24);
    case KIND.Int16:
      return String((m.loadU16(at) << 16) >> 16);
    case KIND.Int32:
      return String(m.load32(at));
    case KIND.Uint:
    case KIND.Uint64:
    case KIND.Uintptr:
      return String(BigInt.asUintN(64, m.loadI64(at)));
    case KIND.Uint8:
      return String(m.loadU8(at));
    case KIND.Uint16:
      return String(m.loadU16(at));
    case KIND.Uint32:
      return String(m.loadU32(at));
    case KIND.Float32:
      return formatFloat32(m.loadF32(at));
    case KIND.Float64:
      return formatFloat64(m.loadF64(at));
    case KIND.Complex64:
      return formatComplex(formatFloat32(m.loadF32(at)), formatFloat32(m.loadF32(at + 4)));
    case KIND.Complex128:
      return formatComplex(formatFloat64(m.loadF64(at)), formatFloat64(m.loadF64(at + 8)));
    case KIND.String:
      return m.readString(m.loadPtr(at), m.loadInt(at + 8));
    default:
      return undefined;
  }
}

/** Lines after the first are indented, so that no value can look like a goroutine's header. */
const indented = (text: ByteString): ByteString => text.replace(/\n/g, "\n\t");
