/**
 * `step`, `back`, `until`: one collection, slowly. The program stands still, so each step is the collector's alone: it turns grey objects black
 * and white ones grey.
 *
 * `back` looks at earlier pictures of the same cycle; the collector itself never goes backwards.
 */
import { type HeapSnapshot, reachable } from "../../record/snapshot.ts";
import { grouped, sizeText, triColourChart } from "../../views/index.ts";
import { siteText } from "../objects.ts";
import { settingsLine } from "../settings.ts";
import { worldOf } from "../world.ts";
import type { World } from "../session.ts";
import { type Command, CommandError, type Context } from "./command.ts";

/** Bytes of scan work in one step: about one small object. */
const WORK = 64;
/** Pictures of one cycle. */
const MOST = 2000;

/** A cycle that is being stepped through. */
export interface Stepping {
  readonly world: World;
  /** One picture for each step so far; the first is before anything is marked. */
  readonly pictures: HeapSnapshot[];
  /** Which one is looked at. */
  at: number;
  over: boolean;
}

export const step: Command = {
  verb: "step",
  group: "run",
  summary: "the collector, slowly: mark a little and show white, grey and black objects",
  syntax: "step [n]",
  flags: [],
  maxArgs: 1,
  examples: [
    { line: "step", says: "begin a cycle, or mark a little more of it" },
    { line: "step 10", says: "ten steps at once" },
  ],
  goEquivalent: "none: Go does not tell",
  goSource: "runtime/mgcmark.go (gcDrain)",
  run(context, call) {
    const n = count(call.args[0], "step");
    const before = context.session.stepping;
    const s = stepping(context, call.settings.length > 0);
    // The first step of a cycle shows how it begins.
    for (let i = s === before ? 0 : 1; i < n; i++) if (!advance(s)) break;
    tell(context, s);
  },
};

export const back: Command = {
  verb: "back",
  group: "run",
  summary: "earlier pictures of the cycle that is being stepped through",
  syntax: "back [n]",
  flags: [],
  maxArgs: 1,
  examples: [{ line: "back 3", says: "three steps back; step goes forward again" }],
  goSource: "runtime/mgcmark.go",
  run(context, call) {
    const s = context.session.stepping;
    if (!s) throw new CommandError("back: no cycle is being stepped through", "step");
    s.at = Math.max(0, s.at - count(call.args[0], "back"));
    tell(context, s);
  },
};

export const until: Command = {
  verb: "until",
  group: "run",
  summary: "step until a condition holds: done, or a number of grey, black or white objects",
  syntax: "until done | grey=n | black=n | white=n",
  flags: [],
  maxArgs: 1,
  examples: [
    { line: "until done", says: "to the end of marking" },
    { line: "until black=5", says: "until five objects are black" },
  ],
  goSource: "runtime/mgcmark.go",
  run(context, call) {
    const word = [...call.settings.map((s) => `${s.name}=${s.value}`), ...call.args][0] ?? "done";
    const [, colour = "", number = ""] = /^(white|grey|black)=(\d+)$/.exec(word) ?? [];
    if (word !== "done" && colour === "") throw new CommandError(`until: can't wait for ${word}`, "until done");
    const s = stepping(context, false);
    const holds = (): boolean => colour !== "" && tallyOf(s)[colour as Colour] === Number(number);
    while (!holds() && advance(s));
    tell(context, s);
  },
};

function count(word: string | undefined, verb: string): number {
  if (word === undefined) return 1;
  if (!/^[1-9]\d{0,5}$/.test(word)) throw new CommandError(`${verb}: invalid number ${JSON.stringify(word)}`, `${verb} 10`);
  return Number(word);
}

/** The cycle under way in the live state; a new one if there is none. */
function stepping(context: Context, anew: boolean): Stepping {
  const { session } = context;
  const known = session.stepping;
  if (known && !anew && known.world === session.world && !(known.over && known.at === known.pictures.length - 1)) return known;
  const world = worldOf(context, { verb: "step", settings: [], flags: [], args: [], line: 0, col: 0 });
  if (!world) throw new CommandError("step: no program has run yet", "run a cell with Go first");
  world.process.collector.finishMark();
  world.process.collector.begin();
  const made: Stepping = { world, pictures: [world.process.heapSnapshot(true)], at: 0, over: false };
  session.stepping = made;
  return made;
}

/** One step forward, until something of the program has changed its colour; false at the end. */
function advance(s: Stepping): boolean {
  if (s.at < s.pictures.length - 1) return ++s.at > 0;
  const last = s.pictures.at(-1);
  if (s.over || !last || s.pictures.length >= MOST) return false;
  for (let i = 0; i < MOST && !s.over; i++) {
    s.over = !s.world.process.collector.step(WORK);
    const now = s.over ? marked(last) : s.world.process.heapSnapshot(true);
    if (!s.over && now.colour.every((c, k) => c === last.colour[k] || now.site[k] === 0)) continue;
    s.pictures.push(now);
    s.at++;
    return true;
  }
  return false;
}

/** How a cycle ends: what can be reached is black. The collector's own bits mean nothing any more by then. */
const marked = (s: HeapSnapshot): HeapSnapshot => ({ ...s, colour: reachable(s).map((r) => (r ? 2 : 0)) });

const COLOURS = ["white", "grey", "black"] as const;
type Colour = (typeof COLOURS)[number];

/** Objects of the program by colour. */
function tallyOf({ pictures, at }: Stepping): Record<Colour, number> {
  const counts = { white: 0, grey: 0, black: 0 };
  const s = pictures[at];
  s?.colour.forEach((c, i) => {
    const colour = COLOURS[c];
    if (s.site[i] !== 0 && colour) counts[colour]++;
  });
  return counts;
}

function tell(context: Context, s: Stepping): void {
  const { white, grey, black } = tallyOf(s);
  const last = s.over && s.at === s.pictures.length - 1;
  const end = last ? "; marking is over: what is white is garbage" : "";
  const picture = s.pictures[s.at];
  const text = `step ${s.at}: ${grouped(white)} white, ${grouped(grey)} grey, ${grouped(black)} black${end}`;
  context.show({ kind: "text", text }, { schema: "gomem.v1", verb: "step", step: s.at, white, grey, black, over: last });
  if (!picture) return;
  const { process } = s.world;
  context.show(triColourChart(s.pictures, { at: s.at, subtitle: settingsLine(s.world.settings), label: (i) => `${sizeText(picture.size[i] ?? 0)}, ${siteText(process, picture.site[i] ?? 0)}` }));
}
