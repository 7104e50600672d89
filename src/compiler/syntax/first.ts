/**
 * Rule bodies of a token grammar and the sets of tokens that may begin them.
 *
 * The one place that looks into ohm-js's own classes of rule bodies.
 */
import { bug } from "../../base/bug.ts";
import { EOF, spelling } from "./tokens.ts";

/** A rule's body or a part of one: an object of ohm-js, known by the name of its class. */
export interface Body {
  readonly obj?: string;
  readonly ruleName?: string;
  readonly terms?: readonly Body[];
  readonly factors?: readonly Body[];
  readonly expr?: Body;
}

export type Rules = ReadonlyMap<string, Body>;

/** A body in plain words. */
export interface Shape {
  readonly kind: "Terminal" | "Apply" | "Alt" | "Seq" | "Opt" | "Star" | "Lookahead" | "Not";
  /** Of an Apply. */
  readonly name: string;
  /** Of a Terminal: its token. */
  readonly terminal: number;
  readonly spelling: string;
  readonly parts: readonly Body[];
}

/** Names of all rules used in `body`. */
export function appliedRules(body: Body): readonly string[] {
  const s = shape(body);
  return s.kind === "Apply" ? [s.name] : s.parts.flatMap(appliedRules);
}

/** What kind of body `body` is, and its parts. */
export function shape(body: Body): Shape {
  const kind = body.constructor.name;
  const base = { name: "", terminal: EOF, spelling: "", parts: [] as readonly Body[] };
  switch (kind) {
    case "Terminal": {
      const terminal = body.obj?.charCodeAt(0) ?? bug("an empty terminal");
      return { ...base, kind, terminal, spelling: spelling(terminal) };
    }
    case "Apply":
      return { ...base, kind, name: body.ruleName ?? "" };
    case "Alt":
    case "Seq": {
      const parts = (kind === "Alt" ? body.terms : body.factors) ?? [];
      return { ...base, kind, parts };
    }
    case "Opt":
    case "Star":
    case "Lookahead":
    case "Not": {
      const inner = body.expr ?? bug(`${kind} of nothing`);
      return { ...base, kind, parts: [inner] };
    }
    default:
      return bug(`the grammar compiler does not know ohm-js's ${kind}`);
  }
}

/** The tokens that may begin each rule, and those that may begin a body. `also` adds tokens that a rule takes with a complaint. */
export function firstSets(rules: Rules, also: (rule: string) => readonly number[]) {
  const sets = new Map<string, Set<number>>();
  const nullable = new Map<string, boolean>();
  for (const name of rules.keys()) {
    sets.set(name, new Set(also(name)));
    nullable.set(name, false);
  }
  const inspect = (body: Body): { tokens: ReadonlySet<number>; empty: boolean } => {
    const s = shape(body);
    const parts = s.parts;
    switch (s.kind) {
      case "Terminal":
        return { tokens: new Set([s.terminal]), empty: false };
      case "Apply":
        if (s.name === "end") return { tokens: new Set([EOF]), empty: true };
        return { tokens: sets.get(s.name) ?? bug(`no rule ${s.name}`), empty: nullable.get(s.name) === true };
      case "Alt": {
        const all = parts.map(inspect);
        return { tokens: new Set(all.flatMap((a) => [...a.tokens])), empty: all.some((a) => a.empty) };
      }
      case "Seq":
        return inspectSequence(parts);
      case "Opt":
      case "Star":
        return { tokens: inspect(parts[0] as Body).tokens, empty: true };
      default:
        return { tokens: new Set(), empty: true };
    }
  };
  const inspectSequence = (parts: readonly Body[]): { tokens: ReadonlySet<number>; empty: boolean } => {
    const tokens = new Set<number>();
    const excluded = new Set<number>();
    for (const part of parts) {
      if (shape(part).kind === "Not") for (const t of inspect(shape(part).parts[0] as Body).tokens) excluded.add(t);
      const first = inspect(part);
      for (const t of first.tokens) if (!excluded.has(t)) tokens.add(t);
      if (!first.empty) return { tokens, empty: false };
    }
    return { tokens, empty: true };
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, body] of rules) {
      const { tokens, empty } = inspect(body);
      const known = sets.get(name) ?? bug(name);
      const before = known.size;
      for (const t of tokens) known.add(t);
      if (known.size !== before || nullable.get(name) !== empty) changed = true;
      nullable.set(name, empty);
    }
  }
  const known = new Map<Body, ReadonlySet<number>>();
  return {
    of: (rule: string): ReadonlySet<number> => sets.get(rule) ?? bug(`no rule ${rule}`),
    ofBody(body: Body): ReadonlySet<number> {
      const tokens = known.get(body) ?? inspect(body).tokens;
      known.set(body, tokens);
      return tokens;
    },
  };
}
