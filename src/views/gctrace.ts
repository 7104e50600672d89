/**
 * Collections as Go's own traces print them: GODEBUG=gctrace=1 and gcpacertrace=1, byte for byte.
 *
 * Times come from the virtual clock, so they are a model's; every other field means what it means in Go.
 *
 * Go: gcMarkTermination in GOROOT/src/runtime/mgc.go, startCycle and endCycle in mgcpacer.go.
 */
import type { CycleRecord } from "../record/cycle.ts";

const MB = 1 << 20;

/** `gc 1 @0.012s 2%: 0.018+1.2+0.025 ms clock, … ms cpu, 3->4->0 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 1 P`. */
export function gctraceLine(c: CycleRecord): string {
  const clock = [c.markAt - c.sweepTermAt, c.markTermAt - c.markAt, c.endAt - c.markTermAt].map(milliseconds).join("+");
  const first = milliseconds(c.procs * (c.markAt - c.sweepTermAt));
  const last = milliseconds(c.procs * (c.endAt - c.markTermAt));
  const mark = [c.assistTime, c.dedicatedTime + c.fractionalTime, c.idleTime].map(milliseconds).join("/");
  const heap = [c.heapStart, c.heapEnd, c.heapMarked].map(megabytes).join("->");
  const sizes = `${heap} MB, ${megabytes(c.goal)} MB goal, ${megabytes(c.stackScan)} MB stacks, ${megabytes(c.globalsScan)} MB globals`;
  const at = decimals(Math.floor(c.sweepTermAt / 1e6), 3);
  const forced = c.why === "forced" ? " (forced)" : "";
  return `gc ${c.number} @${at}s ${Math.trunc(c.gcFraction * 100)}%: ${clock} ms clock, ${first}+${mark}+${last} ms cpu, ${sizes}, ${c.procs} P${forced}`;
}

/** The two lines that gcpacertrace prints of a cycle; the second only if something was allocated while it marked. */
export function pacerTraceLines(c: CycleRecord): string[] {
  const plan = `workers=${c.dedicatedWorkers}+${goFloat(c.fractionalUtilization)}`;
  const scan = `scan ${megabytes(c.heapScanAtStart)} MB in ${megabytes(c.heapStart)}->${megabytes(c.goalAtStart)} MB`;
  const lines = [`pacer: assist ratio=${goFloat(c.assistRatio)} (${scan}) ${plan}`];
  if (c.heapEnd <= c.heapStart) return lines;
  const work = `${c.heapScanWork}+${c.stackScan}+${c.globalsScan} B work (${c.expectedWork} B exp.)`;
  const growth = `in ${c.heapStart} B -> ${c.heapEnd} B (∆goal ${c.heapEnd - c.goal}, cons/mark ${goFloat(c.consMark)})`;
  lines.push(`pacer: ${Math.trunc(c.utilization * 100)}% CPU (25 exp.) for ${work} ${growth}`);
  return lines;
}

const megabytes = (n: number): number => Math.floor(n / MB);

/** Nanoseconds as milliseconds: whole from 10 ms on, below two digits but at most three decimals. Go: fmtNSAsMS. */
export function milliseconds(ns: number): string {
  if (ns >= 10e6) return String(Math.floor(ns / 1e6));
  let x = Math.floor(ns / 1e3);
  if (x === 0) return "0";
  let places = 3;
  for (; x >= 100; places--) x = Math.floor(x / 10);
  return decimals(x, places);
}

/** A whole number with its last digits behind the point. */
function decimals(n: number, places: number): string {
  const digits = String(n).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A float64 as Go's print writes it: shortest, with an exponent below 1e-4 and from 1e6 on (strconv: format g, precision -1). */
export function goFloat(x: number): string {
  if (Number.isNaN(x)) return "NaN";
  if (!Number.isFinite(x)) return x > 0 ? "+Inf" : "-Inf";
  if (x === 0) return Object.is(x, -0) ? "-0" : "0";
  const [mantissa = "0", exponent = "0"] = x.toExponential().split("e");
  const e = Number(exponent);
  const digits = mantissa.replace("-", "").replace(".", "");
  if (e < -4 || e >= 6) return `${mantissa}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
  const sign = x < 0 ? "-" : "";
  if (e < 0) return `${sign}0.${"0".repeat(-e - 1)}${digits}`;
  const whole = digits.slice(0, e + 1).padEnd(e + 1, "0");
  return digits.length > e + 1 ? `${sign}${whole}.${digits.slice(e + 1)}` : sign + whole;
}
