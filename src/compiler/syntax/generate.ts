/**
 * The grammar compiler: turns grammar/go.ohm into the text of a parser, when the package is built.
 *
 * The parser is predictive: one function a rule, every choice made by the next token (or two), no backtracking, no memo
 * table. It accepts what ohm-js accepts with the same grammar (a test compares them), calls one action a rule
 * (actions.ts) and asks a table (sites.ts) what to say and where to go on when an item of a rule is missing. Of Go it knows
 * nothing: what it knows is the shapes of rules that a parser meets (lists, sequences, suffixes).
 *
 * The classes of a rule's body are ohm-js 17.5's own and not documented; an unknown one is an error here.
 */
import * as ohm from "ohm-js";
import { bug } from "../../base/bug.ts";
import { appliedRules, type Body, firstSets, type Rules, shape } from "./first.ts";
import type { Site } from "./recovery.ts";
import { EOF, isTokenName, token, TOKEN_LIMIT } from "./tokens.ts";

/** What the generator asks of the surroundings of the parser. */
export interface Surroundings {
  /** What to do where an item is missing, by `Rule.item` or `Rule`. */
  readonly sites: Readonly<Record<string, Site>>;
  /** Number of parameters of each rule's action (the state and the start included); a rule without one passes its only child on. */
  readonly arities: Readonly<Record<string, number>>;
}

/** The grammar's text with every token replaced by its code unit, as ohm-js reads it. */
export function tokenGrammarText(grammarText: string): string {
  const withoutComments = grammarText.replace(/^\s*\/\/.*$/gm, "");
  return withoutComments.replace(/"([^"]+)"/g, (_, name: string) => {
    if (!isTokenName(name)) bug(`the grammar names an unknown token "${name}"`);
    return `"\\u{${token(name).toString(16)}}"`;
  });
}

/** The token grammar as an ohm-js grammar. */
export function tokenGrammar(grammarText: string): ohm.Grammar {
  return ohm.grammar(tokenGrammarText(grammarText));
}

/** JavaScript of a module that exports `createParser`. */
export function generateParser(grammarText: string, starts: readonly string[], around: Surroundings): string {
  const rules = reachable(tokenGrammar(grammarText), starts);
  return new Generator(rules, around).module(starts);
}

/** Rule bodies by name, of the rules that `starts` lead to. */
function reachable(grammar: ohm.Grammar, starts: readonly string[]): Rules {
  const all = (grammar as unknown as { readonly rules: Readonly<Record<string, { readonly body: Body }>> }).rules;
  const found = new Map<string, Body>();
  const visit = (name: string): void => {
    if (name === "end" || found.has(name)) return;
    const { body } = all[name] ?? bug(`no rule ${name}`);
    found.set(name, body);
    for (const used of appliedRules(body)) visit(used);
  };
  for (const name of starts) visit(name);
  return found;
}

/** A list `X (sep X)* last? sep?` inside a sequence, with the token that closes it. */
interface ListShape {
  readonly first: Body;
  readonly rest: Body;
  readonly separator: number;
  /** A token after which the list must end (`...` of arguments). */
  readonly last?: number;
  readonly close: number;
  /** How many factors of the sequence the list takes, the closing token not counted. */
  readonly factors: number;
}

/** What the code of one rule is made of. */
interface Code {
  readonly rule: string;
  readonly children: string[];
  readonly lines: string[];
  readonly left: boolean;
}

class Generator {
  readonly #rules: Rules;
  readonly #around: Surroundings;
  readonly #first: ReturnType<typeof firstSets>;
  /** Rules that are called with what stands to their left. */
  readonly #suffixes = new Set<string>();
  readonly #sets: string[] = [];
  readonly #siteNames = new Set<string>();

  constructor(rules: Rules, around: Surroundings) {
    this.#rules = rules;
    this.#around = around;
    const also = (rule: string): readonly number[] => (around.sites[rule]?.also ?? []).map(token);
    this.#first = firstSets(rules, also);
    for (const [key, site] of Object.entries(around.sites)) if (site.suffix) this.#suffixes.add(key);
  }

  module(starts: readonly string[]): string {
    const functions = [...this.#rules.keys()].filter((name) => !isTokenRule(name)).map((name) => this.#rule(name));
    this.#checkSites();
    const actions = Object.keys(this.#around.arities).filter((name) => this.#rules.has(name) || name === EMPTY_ITEM);
    return `// Made by src/compiler/syntax/generate.ts from grammar/go.ohm.
export function createParser(actions, sites, LEAVE) {
const EMPTY = [];
let T, P = 0, S, E, F = 0;
${actions.map((name) => `const a_${name} = actions.${name};`).join("\n")}
${[...this.#siteNames].map((name) => `const ${siteVariable(name)} = sites[${JSON.stringify(name)}];`).join("\n")}
${this.#sets.join("\n")}
${functions.join("\n")}
const rules = {${[...this.#rules.keys()].filter((name) => !isTokenRule(name)).map((name) => `${name}: r_${name}`).join(", ")}};
const registers = {
  get at() { return P; }, set at(p) { P = p; },
  get depth() { return F; },
  get kind() { return T[P]; },
  call(rule, left) { return rules[rule](left); },
};
return {
  registers,
  parse(start, kinds, state, recovery) {
    T = kinds; P = 0; F = 0; S = state; E = recovery;
    try { return rules[start](); } finally { T = S = E = undefined; }
  },
  starts: ${JSON.stringify(starts)},
};
}
`;
  }

  #rule(name: string): string {
    const body = this.#rules.get(name) ?? bug(`no rule ${name}`);
    const code: Code = { rule: name, children: [], lines: [], left: this.#suffixes.has(name) };
    if (this.#around.sites[name]?.nests) code.lines.push("F++;");
    if (shape(body).kind === "Alt") this.#choice(code, body);
    else this.#sequence(code, factorsOf(body));
    const nested = this.#around.sites[name]?.nests ? "F--;" : "";
    const declared = code.children.length > 0 ? `let ${code.children.join(", ")};` : "";
    const finish = `${nested}${this.#finish(code)}`;
    const lines = code.lines.join("\n").replaceAll(LEAVE_HERE, finish);
    return `function r_${name}(${code.left ? "left" : ""}) {\nconst q = P;${declared}\n${lines}\n${finish}\n}`;
  }

  /** The statement that ends a rule's function. */
  #finish(code: Code): string {
    const arity = this.#around.arities[code.rule];
    if (arity === undefined) {
      if (code.children.length !== 1) bug(`rule ${code.rule} has ${code.children.length} children and no action`);
      return code.left && code.children[0] === undefined ? "return left;" : `return ${code.children[0]};`;
    }
    const args = ["S", "q", ...(code.left ? ["left"] : []), ...code.children];
    if (arity !== args.length) bug(`the action of ${code.rule} takes ${arity} parameters, the rule gives ${args.join(", ")}`);
    return `return a_${code.rule}(${args.join(", ")});`;
  }

  /** What a site is shown of a rule: what stands to its left, then its children so far. */
  #shown(code: Code, children: readonly string[]): readonly string[] {
    return code.left ? ["left", ...children] : children;
  }

  #child(code: Code): string {
    const name = `c${code.children.length}`;
    code.children.push(name);
    return name;
  }

  // ---- choices

  #choice(code: Code, body: Body): void {
    const c = this.#child(code);
    const { parts } = shape(body);
    const known = this.#site(code.rule);
    const site = known?.say || known?.recover ? known : undefined;
    const branches = parts.map((part, i) => {
      const target = appliedRule(part);
      const call = `${c} = r_${target}(${code.left && this.#suffixes.has(target) ? "left" : ""});`;
      const last = i === parts.length - 1 && !site;
      return last ? `{ ${call} }` : `if (${this.#test(part)}${this.#guard(code, target, code.left ? ["left"] : [])}) { ${call} }`;
    });
    if (site) branches.push(`{ ${this.#miss(code, c, code.rule, 0, [])} }`);
    code.lines.push(branches.join(" else "));
  }

  // ---- sequences

  #sequence(code: Code, factors: readonly Body[]): void {
    for (let i = 0; i < factors.length; ) {
      const list = listAt(factors, i);
      const sequence = list ? undefined : this.#sequencePattern(code, factors, i);
      if (list && this.#around.sites[code.rule]?.list !== undefined) {
        this.#list(code, list);
        i += list.factors;
      } else if (sequence !== undefined) i += sequence;
      else {
        this.#factor(code, factors[i] as Body, factors[i + 1]);
        i++;
      }
    }
  }

  #factor(code: Code, factor: Body, next: Body | undefined): void {
    const s = shape(factor);
    switch (s.kind) {
      case "Lookahead":
      case "Not":
        break;
      case "Terminal":
        this.#tokenItem(code, factor);
        break;
      case "Apply":
        if (s.name === "end") break;
        if (isTokenRule(s.name)) this.#tokenItem(code, factor);
        else this.#ruleItem(code, s.name);
        break;
      case "Opt":
        this.#optional(code, s.parts[0] as Body);
        break;
      case "Star":
        this.#repetition(code, s.parts[0] as Body, next);
        break;
      default:
        bug(`rule ${code.rule} holds an item of kind ${s.kind}`);
    }
  }

  /** A token that must stand here. Its child is the token's index. */
  #tokenItem(code: Code, item: Body): void {
    const c = this.#child(code);
    const label = itemLabel(item);
    const also = this.#around.sites[label]?.also;
    const wanted = this.#firstOf(item)[0] ?? EOF;
    const miss = this.#miss(code, c, `${code.rule}.${label}`, wanted, code.children.slice(0, -1));
    if (also) {
      const strict = shape(this.#rules.get(label) ?? bug(label)).terminal;
      this.#siteNames.add(label);
      code.lines.push(`if (T[P] === ${strict}) ${c} = P++; else { ${c} = E.miss(${siteVariable(label)}, ${strict}, EMPTY); }`);
    } else code.lines.push(`if (${this.#test(item)}) ${c} = P++; else { ${miss} }`);
  }

  /** A rule that must stand here. */
  #ruleItem(code: Code, name: string): void {
    const c = this.#child(code);
    const key = `${code.rule}.${name}`;
    const site = this.#site(key);
    const call = `${c} = r_${name}(${this.#suffixes.has(name) ? (code.children.at(-2) ?? "left") : ""});`;
    if (!site) {
      code.lines.push(call);
      return;
    }
    const before = site.before ? `${siteVariable(key)}.before(E, [${code.children.slice(0, -1).join(", ")}]);` : "";
    if (!site.say && !site.recover) {
      code.lines.push(`${before}${call}`);
      return;
    }
    const test = site.on ? `!(${this.#memberTest(site.on.map(token))})` : this.#memberTest([...this.#first.of(name)]);
    code.lines.push(`${before}if (${test}) ${call} else { ${this.#miss(code, c, key, 0, code.children.slice(0, -1))} }`);
  }

  #optional(code: Code, item: Body): void {
    const s = shape(item);
    const earlier = this.#shown(code, code.children);
    const c = this.#child(code);
    const label = itemLabel(item);
    const key = `${code.rule}.${label}`;
    const site = this.#site(key);
    const enter = site?.unless ? `!(${this.#memberTest(site.unless.map(token))})` : this.#test(item);
    const guard = site?.guard ? ` && ${siteVariable(key)}.guard(E, [${earlier.join(", ")}])` : "";
    const before = site?.before ? `${siteVariable(key)}.before(E, [${earlier.join(", ")}]);` : "";
    if (s.kind === "Terminal" || (s.kind === "Apply" && isTokenRule(s.name))) {
      const inner: Code = { ...code, lines: [], children: code.children.slice(0, -1) };
      this.#tokenItem(inner, item);
      code.lines.push(`if (${enter}${guard}) { ${before}${inner.lines.join(" ")} }`);
      return;
    }
    const left = code.left && this.#suffixes.has(s.name) ? "left" : "";
    code.lines.push(`if (${enter}${guard}) { ${before}${c} = r_${appliedRule(item)}(${left}); }`);
  }

  #repetition(code: Code, item: Body, next: Body | undefined): void {
    const s = shape(item);
    if (s.kind === "Seq") {
      this.#separated(code, s.parts, next);
      return;
    }
    const name = appliedRule(item);
    if (this.#suffixes.has(name)) {
      this.#fold(code, name);
      return;
    }
    const c = this.#child(code);
    const close = next && shape(next).kind === "Terminal" ? shape(next).terminal : undefined;
    const test = close === undefined ? this.#test(item) : `T[P] !== ${close} && T[P] !== ${EOF}`;
    code.lines.push(`${c} = EMPTY; if (${test}) { ${c} = []; do ${c}.push(r_${name}()); while (${test}); }`);
  }

  /** `Suffix*`: each suffix is given what stands to its left. */
  #fold(code: Code, name: string): void {
    const previous = code.children.pop() ?? bug(`${code.rule} begins with a suffix`);
    code.children.push(previous);
    const branches = shape(this.#rules.get(name) ?? bug(name)).parts.map((part) => {
      const target = appliedRule(part);
      const guard = this.#guard({ ...code, rule: name }, target, [previous]);
      return `if (${this.#test(part)}${guard}) ${previous} = r_${target}(${previous});`;
    });
    code.lines.push(`for (;;) { ${branches.join(" else ")} else break; }`);
  }

  /** `(sep X)*`, `(sep X)* sep?` and `(op X)*`. */
  #separated(code: Code, parts: readonly Body[], next: Body | undefined): void {
    const [separator, item] = parts;
    if (parts.length !== 2 || !separator || !item) bug(`rule ${code.rule} holds a repetition of ${parts.length} items`);
    const c = this.#child(code);
    const test = this.#test(separator);
    const isPair = shape(separator).kind === "Apply";
    const trailing = next !== undefined && shape(next).kind === "Opt" && itemLabel(shape(next).parts[0] as Body) === itemLabel(separator);
    const value = this.#itemValue(code, item);
    const start = `${c} = EMPTY; if (${test}) { ${c} = [];`;
    if (isPair) code.lines.push(`${start} do { ${c}.push(P++, ${value}); } while (${test}); }`);
    else if (trailing) {
      const more = `${test} && ${this.#test(item, "P + 1")}`;
      code.lines.push(`${c} = EMPTY; if (${more}) { ${c} = []; do { P++; ${c}.push(${value}); } while (${more}); }`);
    } else code.lines.push(`${start} do { P++; ${c}.push(${value}); } while (${test}); }`);
  }

  /** The expression that parses `item` and is its value. */
  #itemValue(code: Code, item: Body): string {
    const s = shape(item);
    if (s.kind === "Apply" && !isTokenRule(s.name)) return `r_${s.name}()`;
    const wanted = this.#firstOf(item)[0] ?? EOF;
    const site = this.#siteExpression(`${code.rule}.${itemLabel(item)}`);
    return `(${this.#test(item)} ? P++ : E.miss(${site}, ${wanted}, EMPTY))`;
  }

  /** `open (X (sep X)* sep?)? close`, as Go's parser reads lists: an item is tried until the closing token is met. */
  #list(code: Code, list: ListShape): void {
    const key = code.rule;
    this.#siteNames.add(key);
    const c = this.#child(code);
    const dots = list.last === undefined ? "" : this.#child(code);
    const first = appliedRule(list.first);
    const rest = appliedRule(list.rest);
    const suffix = code.left && this.#suffixes.has(first) ? "left" : "";
    const item = first === rest && suffix === "" ? `r_${rest}()` : `n++ === 0 ? r_${first}(${suffix}) : r_${rest}()`;
    const counter = first === rest && suffix === "" ? "" : "let n = 0;";
    const empty = this.#around.sites[key]?.empty ? `if (T[P] === ${list.close}) E.empty(${siteVariable(key)});` : "";
    const last = dots === "" ? "" : `if (T[P] === ${list.last}) { ${dots} = P++; done = true; }`;
    const always = suffix === "" ? "" : " || n === 0";
    code.lines.push(`${empty}${c} = EMPTY; let broken = false;${counter}
{ let done = false;
while (!done && (T[P] !== ${list.close} && T[P] !== ${EOF}${always})) {
  const x = ${item}; if (x !== undefined) { if (${c} === EMPTY) ${c} = [x]; else ${c}.push(x); }
  ${last}
  if (T[P] === ${list.separator}) P++;
  else if (T[P] !== ${list.close}) { E.list(${siteVariable(key)}, ${list.separator}, ${list.close}); if (T[P] !== ${list.close}) { broken = true; break; } }
} }`);
    const close = this.#child(code);
    const miss = this.#miss(code, close, `${key}.close`, list.close, []);
    code.lines.push(`if (broken) ${close} = P; else if (T[P] === ${list.close}) ${close} = P++; else { ${miss} }`);
  }

  /** `X? (sep X?)*` and `(X sep)*`: statements and declarations. Returns the number of factors taken. */
  #sequencePattern(code: Code, factors: readonly Body[], i: number): number | undefined {
    const key = code.rule;
    const site = this.#around.sites[key];
    if (!site?.sequence) return undefined;
    this.#siteNames.add(key);
    const here = shape(factors[i] as Body);
    const star = here.kind === "Star" ? here : shape(factors[i + 1] as Body);
    const [separator, item] = here.kind === "Star" ? [1, 0] : [0, 1];
    const pair = shape(star.parts[0] as Body).parts;
    const sep = shape(pair[separator] as Body).terminal;
    const wrapped = shape(pair[item] as Body);
    const x = wrapped.kind === "Opt" ? (wrapped.parts[0] as Body) : (pair[item] as Body);
    const { stop, ends, before } = site.sequence;
    const v = siteVariable(key);
    const empty = here.kind === "Star" ? "" : `else if (T[P] === ${sep}) x = a_${EMPTY_ITEM}(S, P);`;
    const c = this.#child(code);
    code.lines.push(`${c} = [];
while (!(${this.#memberTest([EOF, ...stop.map(token)])})) {
  let x;
  if (${this.#test(x)}) { ${before ? `${v}.sequence.before(E);` : ""} x = r_${appliedRule(x)}(); }
  ${empty}
  else { if (E.badStart(${v}, ${c})) continue; break; }
  if (x === undefined) break;
  ${c}.push(x);
  if (T[P] === ${sep}) P++;
  else if (!(${this.#memberTest([...ends.map(token), EOF])})) E.afterItem(${v}, ${sep});
}`);
    return here.kind === "Star" ? 1 : 2;
  }

  // ---- tests

  /** JavaScript that is true when the token at `at` may begin `item` (a lookahead of two tokens is asked in full). */
  #test(item: Body, at = "P"): string {
    const body = bodyOf(this.#rules, item);
    const s = shape(body);
    const ahead = s.kind === "Seq" && s.parts[0] ? shape(s.parts[0]) : undefined;
    if (ahead?.kind === "Lookahead") {
      return factorsOf(ahead.parts[0] as Body)
        .map((part, i) => this.#memberTest(this.#firstOf(part), `${at} + ${i}`.replace(" + 0", "")))
        .join(" && ");
    }
    return this.#memberTest(this.#firstOf(item), at);
  }

  #firstOf(item: Body): readonly number[] {
    return [...this.#first.ofBody(item)];
  }

  #memberTest(tokens: readonly number[], at = "P"): string {
    const distinct = [...new Set(tokens)].sort((a, b) => a - b);
    if (distinct.length <= 3) return distinct.length === 0 ? "false" : or(distinct.map((t) => `T[${at}] === ${t}`));
    const low = distinct[0] ?? 0;
    const high = distinct.at(-1) ?? 0;
    if (high - low + 1 === distinct.length) return `(T[${at}] >= ${low} && T[${at}] <= ${high})`;
    const text = JSON.stringify(distinct);
    let index = this.#sets.findIndex((set) => set.endsWith(`// ${text}`));
    if (index < 0) {
      const name = `M${this.#sets.length}`;
      index = this.#sets.push(`const ${name} = new Uint8Array(${TOKEN_LIMIT}); for (const t of ${text}) ${name}[t] = 1; // ${text}`) - 1;
    }
    return `M${index}[T[${at}]] === 1`;
  }

  // ---- sites

  /** The site of `key`, if there is one; it is then declared in the module. */
  #site(key: string): Site | undefined {
    const site = this.#around.sites[key];
    if (site) this.#siteNames.add(key);
    return site;
  }

  #siteExpression(key: string): string {
    return this.#site(key) ? siteVariable(key) : "undefined";
  }

  #guard(code: Code, target: string, children: readonly string[]): string {
    const key = `${code.rule}.${target}`;
    return this.#site(key)?.guard ? ` && ${siteVariable(key)}.guard(E, [${children.join(", ")}])` : "";
  }

  /** Code for a missing item: asks the table, puts its answer into `c`, and leaves the rule if the table says so. */
  #miss(code: Code, c: string, key: string, wanted: number, children: readonly string[]): string {
    const site = this.#site(key);
    const values = site?.recover || typeof site?.say === "function" ? `[${this.#shown(code, children).join(", ")}]` : "EMPTY";
    const call = `${c} = E.miss(${this.#siteExpression(key)}, ${wanted}, ${values});`;
    if (!site?.leaves) return call;
    return `${call} if (${c} === LEAVE) { ${c} = undefined; ${LEAVE_HERE} }`;
  }

  #checkSites(): void {
    for (const key of Object.keys(this.#around.sites)) {
      const { nests, suffix } = this.#around.sites[key] ?? {};
      const known = this.#siteNames.has(key) || ((nests || suffix) && this.#rules.has(key));
      if (!known) bug(`nothing in the grammar asks for the site ${key}`);
    }
  }
}

/** Stands for the end of the rule's function until its children are known. */
const LEAVE_HERE = "@leave@";
/** The action for an item that is absent before a separator. */
const EMPTY_ITEM = "EmptyStatement";

const or = (tests: readonly string[]): string => (tests.length === 1 ? (tests[0] ?? "") : `(${tests.join(" || ")})`);
const isTokenRule = (name: string): boolean => /^[a-z]/.test(name);
const siteVariable = (key: string): string => `s_${key.replace(/[^A-Za-z0-9]/g, (c) => `_${c.charCodeAt(0)}_`)}`;

function factorsOf(body: Body): readonly Body[] {
  const s = shape(body);
  return s.kind === "Seq" ? s.parts : [body];
}

function appliedRule(item: Body): string {
  const s = shape(item);
  return s.kind === "Apply" ? s.name : bug(`a rule's name was expected, found ${s.kind}`);
}

function bodyOf(rules: Rules, item: Body): Body {
  const s = shape(item);
  return s.kind === "Apply" && s.name !== "end" ? (rules.get(s.name) ?? bug(`no rule ${s.name}`)) : item;
}

/** The name of an item inside its rule: the token's spelling or the rule's name. */
function itemLabel(item: Body): string {
  const s = shape(item);
  return s.kind === "Terminal" ? s.spelling : s.kind === "Apply" ? s.name : bug(`no label for ${s.kind}`);
}

/** The list that begins at factor `i`, if one does and a token closes it. */
function listAt(factors: readonly Body[], i: number): ListShape | undefined {
  const here = shape(factors[i] as Body);
  const grouped = here.kind === "Opt" && shape(here.parts[0] as Body).kind === "Seq";
  const parts = grouped ? shape(here.parts[0] as Body).parts : factors.slice(i);
  const [first, star, ...more] = parts;
  if (!first || !star || shape(first).kind !== "Apply" || shape(star).kind !== "Star") return undefined;
  const pair = shape(shape(star).parts[0] as Body);
  if (pair.kind !== "Seq" || pair.parts.length !== 2) return undefined;
  const [separator, rest] = pair.parts as readonly [Body, Body];
  if (shape(separator).kind !== "Terminal") return undefined;
  const optional = more.filter((part) => shape(part).kind === "Opt").map((part) => shape(shape(part).parts[0] as Body).terminal);
  const close = grouped ? factors[i + 1] : more[optional.length];
  if (!close || shape(close).kind !== "Terminal") return undefined;
  const last = optional.find((t) => t !== shape(separator).terminal);
  return {
    first,
    rest,
    separator: shape(separator).terminal,
    ...(last === undefined ? {} : { last }),
    close: shape(close).terminal,
    factors: grouped ? 2 : 3 + optional.length,
  };
}
