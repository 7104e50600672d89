// From the escape graph of a wrapper to the summary of the function it calls. The fields are described in the table of
// src/compiler/types/facts.ts; a field that would be empty is left out.

const [HEAP, MUTATOR, CALLEE, BLANK] = [-1, -2, -3, -4];
const [PARAM, RESULT] = [4, 5]; // ir.PPARAM, ir.PPARAMOUT

/** The lines that the compiler printed at each wrapper's row, by the wrapper's number. */
export function wrapperLines(output, file, rows) {
  const lines = new Map();
  for (const line of output.split("\n")) {
    const match = /^(\S+?\.go):(\d+)(?::\d+)?: (.*)$/.exec(line);
    if (!match || !file.endsWith(match[1].replace(/^\.\//, ""))) continue;
    const number = Number(/^func w(\d+)/.exec(rows[Number(match[2]) - 1] ?? "")?.[1]);
    if (!lines.has(number)) lines.set(number, []);
    lines.get(number).push(match[3]);
  }
  return lines;
}

/** Edges of a graph: one for each pair of locations, with the fewest dereferences. */
class Edges {
  #into = new Map(); // destination -> source -> derefs
  #why = new Map(); // destination -> source -> segments of the path

  constructor(nodes) {
    this.nodes = nodes;
  }

  /** `path` holds segments: dereferences, the location that the segment ends at (undefined: the edge's own), the contexts passed. */
  add(to, from, derefs, path) {
    if (to === BLANK || (to === from && derefs >= 0)) return;
    if (to === HEAP && derefs < 0) {
      this.nodes[from].h = true;
      this.nodes[from].hw ??= path;
      return;
    }
    if (!this.#into.has(to)) [this.#into, this.#why].forEach((m) => m.set(to, new Map()));
    const row = this.#into.get(to);
    const known = row.get(from);
    if (known !== undefined && known <= derefs) return;
    row.set(from, derefs);
    this.#why.get(to).set(from, path);
  }

  why(to, from) {
    return this.#why.get(to)?.get(from) ?? [];
  }

  into(to) {
    return [...(this.#into.get(to) ?? [])];
  }

  outOf(from) {
    return [...this.#into].filter(([, row]) => row.has(from)).map(([to, row]) => [to, row.get(from)]);
  }

  /** Takes a location out; what flowed through it flows on directly. */
  contract(node) {
    const [ins, outs] = [this.into(node).map(([from, b]) => [from, b, this.why(node, from)]), this.outOf(node).map(([to, a]) => [to, a, this.why(to, node)])];
    this.#into.delete(node);
    for (const [to] of outs) this.#into.get(to).delete(node);
    const joined = (ahead, after) => [...ahead.map((s) => ({ ...s, to: s.to ?? node })), ...after];
    for (const [to, a, after] of outs) for (const [from, b, ahead] of ins) this.add(to, from, a + b, joined(ahead, after));
  }

  /** Sorted by destination and source. */
  all() {
    const rows = [...this.#into].sort((a, b) => a[0] - b[0]);
    return rows.flatMap(([to, row]) => [...row].sort((a, b) => a[0] - b[0]).map(([from, derefs]) => [to, from, derefs]));
  }
}

/** Locations that stay: the others only pass values on. */
function reduce(graph, nodes, edges) {
  const calls = graph.pc ?? [];
  const pinned = new Set(calls.flatMap((c) => [...(c.a ?? []), ...(c.r ?? []).map(([to]) => to)]));
  const deepest = Math.max(1, ...nodes.map((n) => n.d ?? 0), ...calls.map((c) => c.d));
  const inClosures = nodes.some((n) => n.f);
  const live = new Set(nodes.keys());
  const stays = (i) => {
    const n = nodes[i];
    if (!["", "NAME"].includes(n.k) || n.c === PARAM || n.c === RESULT || pinned.has(i) || (n.h && n.k === "NAME")) return true;
    if (edges.outOf(i).some(([, derefs]) => derefs < 0)) return true;
    return ((n.d ?? 0) < deepest || inClosures) && edges.into(i).length > 0;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const i of [...live]) {
      if (stays(i)) continue;
      edges.contract(i);
      live.delete(i);
      changed = true;
    }
  }
  return [...live];
}

function summaryNode(n) {
  const extra = {};
  if (n.f) extra.f = n.f;
  if (n.c === PARAM || n.c === RESULT) Object.assign(extra, { c: n.c, ri: n.r ?? 0 });
  for (const key of ["h", "sp", "cl", "p", "g"]) if (n[key]) extra[key] = n[key];
  const node = [n.k === "NAME" ? "V" : n.k, n.k ? (n.t ?? "") : "", n.d ?? 0, Math.max(n.i, 0)];
  return Object.keys(extra).length > 0 ? [...node, extra] : node;
}

/** For each closure that inlined bodies construct, in the order of their numbers: which entry of `inlined` constructs it. */
function closureOwners(inlined, sites) {
  const owners = new Map();
  const lastWord = (name) => name.split(/[.)]/).at(-1);
  for (const name of inlined) {
    for (const [, of, ordinal] of name.matchAll(/@\.(.*?)\.func(\d+)/g)) {
      const n = Number(ordinal);
      const owner = inlined.findIndex((x) => lastWord(x) === of.split(".").at(-1));
      if (!owners.has(n)) owners.set(n, Math.max(owner, 0));
    }
  }
  const left = [...sites];
  for (let n = 1; owners.size < Math.max(0, ...owners.keys()) || left.length > 0; n++) if (!owners.has(n)) owners.set(n, left.shift() ?? 0);
  return [...owners.keys()].sort((a, b) => a - b).map((n) => owners.get(n));
}

/** What packing a wrapper begins with: its graph, reduced. */
function reduced(graph) {
  const nodes = graph.locs ?? [];
  const edges = new Edges(nodes);
  const add = (to, [from, derefs, steps]) => edges.add(to, from, derefs, [{ derefs, steps }]);
  nodes.forEach((n, to) => (n.e ?? []).forEach((e) => add(to, e)));
  for (const [to, list] of [[HEAP, graph.heap], [MUTATOR, graph.mut], [CALLEE, graph.cal]]) {
    for (const e of list ?? []) add(to, e);
  }
  return { nodes, edges, live: reduce(graph, nodes, edges) };
}

const inlinedNames = (graph, lines) => {
  const names = lines.filter((l) => l.startsWith("inlining call to ")).map((l) => l.slice(17).replaceAll(new RegExp(`\\b${graph.w}\\b`, "g"), "@"));
  const calls = graph.calls ?? [];
  if (names.length > 0 && names.length !== calls.length) throw new Error(`${graph.w}: ${names} and ${calls.length} calls`);
  return names;
};

/**
 * The summary of a call upon the result of another one, whose summary is `base`: of the function that it returned, or of a method of
 * what it returned. Nodes: parameters of both calls, results, nodes of the base, nodes of its own. Undefined where nothing is gained.
 */
export function packOnResult(graph, lines, base, places) {
  const { nodes, edges, live } = reduced(graph);
  const calls = graph.calls ?? [];
  const names = inlinedNames(graph, lines);
  const rootOf = (i) => {
    let at = i;
    while (at >= 0 && calls[at].p >= 0) at = calls[at].p;
    return at;
  };
  if (names.length === 0 || calls.length === 0) return undefined;
  const own = (c) => live.filter((i) => !nodes[i].f && nodes[i].c === c);
  const [params, results] = [own(PARAM), own(RESULT)];
  const rest = live.filter((i) => !params.includes(i) && !results.includes(i));
  // A closure belongs to the call whose body has its literal, and so does all that is inside of it.
  const isBaseClosure = (f) => {
    if (graph.par[f] > 0) return isBaseClosure(graph.par[f]);
    const literal = nodes.find((n) => n.cl === f);
    return literal !== undefined && literal.i >= 0 && rootOf(literal.i) === 0;
  };
  const isBase = (i) => (nodes[i].f > 0 ? isBaseClosure(nodes[i].f) : nodes[i].i >= 0 && rootOf(nodes[i].i) === 0);
  const [before, mine] = [rest.filter(isBase), rest.filter((i) => !isBase(i))];
  const same = (n, i) => n[0] === summaryNode(nodes[i])[0] && n[1] === summaryNode(nodes[i])[1];
  const number = new Map([HEAP, MUTATOR, CALLEE, BLANK].map((n) => [n, n]));
  [...params, ...results].forEach((i, j) => number.set(i, j));
  // Nodes of the first call of which nothing is asked here may be missing; the order is the same.
  const known = base.n ?? [];
  const start = params.length + results.length;
  let next = 0;
  for (const i of before) {
    while (next < known.length && !same(known[next], i)) next++;
    if (next === known.length) return undefined;
    number.set(i, start + next++);
  }
  mine.forEach((i, j) => number.set(i, start + known.length + j));
  const entries = [...names.keys()].filter((j) => rootOf(j) !== 0);
  const entryOf = new Map(entries.map((j, k) => [j, k]));
  const out = {};
  const put = (key, value) => {
    if (value && value.length !== 0) out[key] = value;
  };
  put("i", entries.map((j) => [names[j], calls[j].p < 0 ? -1 : (entryOf.get(calls[j].p) ?? -1)]));
  const sites = nodes.filter((n) => n.cl && !n.f).map((n) => Math.max(n.i, 0));
  const owners = closureOwners(names, sites).map((j) => entryOf.get(j) ?? -1);
  put("c", owners);
  put("n", mine.map((i) => summaryNode({ ...nodes[i], i: entryOf.get(nodes[i].i) ?? 0 })));
  const escaping = before.filter((i) => nodes[i].h && !known[number.get(i) - start][4]?.h);
  put("g", [...edges.all(), ...escaping.map((i) => [HEAP, i, -1])].flatMap(([to, from, derefs]) => [number.get(to), number.get(from), derefs]));
  if (entries[0] === 1) out.t0 = true;
  put("bce", lines.filter((l) => l === "index bounds check elided").length);
  put("pc", (graph.pc ?? []).filter((c) => rootOf(c.i) !== 0).map((c) => paramCall({ ...c, i: entryOf.get(c.i) }, { nodes, rest: mine, number })));
  if (graph.rname && graph.rname !== "~r0") out.rn = [graph.rname];
  if ((graph.dyn ?? []).some((t) => t !== "")) out.t = graph.dyn.map((t) => t || null);
  put("self", selfAssignments(lines));
  put("ci", (places ?? []).filter(([j]) => entryOf.has(j)).map(([j, place]) => [entryOf.get(j), place]));
  if (graph.par.length > 1) out.par = graph.par;
  put("clop", (graph.clop ?? []).filter(([, node]) => mine.includes(node)).map(([fn, node, pos]) => [fn, number.get(node), pos]));
  return { params: params.length, results: results.length, ...out };
}

const selfAssignments = (lines) =>
  lines.filter((l) => l.includes(" ignoring self-assignment in ")).map((l) => l.slice(l.indexOf(" ignoring self-assignment in ") + 29));

/** The summary of the function that a wrapper calls. `lines` are those that the compiler printed at the wrapper's row. */
export function packGraph(graph, lines, places) {
  const { nodes, edges, live } = reduced(graph);
  const own = (c) => live.filter((i) => !nodes[i].f && nodes[i].c === c);
  const [params, results] = [own(PARAM), own(RESULT)];
  const rest = live.filter((i) => !params.includes(i) && !results.includes(i));
  const number = new Map([HEAP, MUTATOR, CALLEE, BLANK].map((n) => [n, n]));
  [...params, ...results, ...rest].forEach((i, j) => number.set(i, j));

  const out = {};
  const put = (key, value) => {
    if (value && value.length !== 0) out[key] = value;
  };
  const calls = graph.calls ?? [];
  const inlined = inlinedNames(graph, lines);
  put("cost", calls[0]?.c);
  put("intr", graph.intr);
  put("i", inlined.map((name, j) => inlinedEntry(name, calls[j], calls)));
  const sites = nodes.filter((n) => n.cl && !n.f).map((n) => Math.max(n.i, 0));
  put("c", closureOwners(inlined, sites));
  put("n", rest.map((i) => summaryNode(nodes[i])));
  put("g", edges.all().flatMap(([to, from, derefs]) => [number.get(to), number.get(from), derefs]));
  if (inlined.length > 0) explain(out, { nodes, edges, params, results, rest });
  put("tag", (graph.tag ?? []).flatMap(([to, from, derefs]) => [to >= 100 ? params.length + to - 100 : to, from, derefs]));
  put("pc", (graph.pc ?? []).map((c) => paramCall(c, { nodes, rest, number })));
  if (graph.rname && graph.rname !== "~r0") out.rn = [graph.rname];
  if (graph.rstat) out.rs = [graph.rstat];
  if ((graph.dyn ?? []).some((t) => t !== "")) out.t = graph.dyn.map((t) => t || null);
  put("self", selfAssignments(lines));
  put("ci", (places ?? []).filter(([j]) => j < inlined.length));
  put("bce", lines.filter((l) => l === "index bounds check elided").length);
  if (graph.par.length > 1) out.par = graph.par;
  // Of variables that the caller has; booleans are written as 0 and 1.
  put("cap", (graph.cap ?? []).filter(([, owner]) => owner === 0 && inlined.length > 0).map(([, , ...rest]) => rest.map(Number).map((n, i) => (i === 0 ? rest[0] : n))));
  put("clop", (graph.clop ?? []).map(([fn, node, pos]) => [fn, number.get(node), pos]));
  return out;
}

/**
 * The contexts of each edge, as far as they lie in the inlined body: from its own parameters, to its own results. The names of those,
 * and the left side of the assignment that inlining makes of the arguments.
 */
function explain(out, { nodes, edges, params, results, rest }) {
  const text = (i) => nodes[i].t ?? "{temp}";
  const isOwn = (i) => i !== undefined && nodes[i].k === "NAME" && nodes[i].i >= 0;
  const inside = (path, from, to) => {
    if (params.includes(from) && path.length === 1 && isOwn(to)) return 1; // it is that variable
    const first = params.includes(from) ? path.findIndex((s) => isOwn(s.to)) + 1 : 0;
    if (results.includes(to) && isOwn(from) && !path.some((s) => isOwn(s.to))) return 1; // so is that
    const last = results.includes(to) ? path.findLastIndex((s) => isOwn(s.to)) + 1 : path.length;
    return path.slice(first, Math.max(first, last)).map((s, i, all) => segment(s, i === all.length - 1));
  };
  const segment = ({ derefs, to, steps }, isLast) => [derefs, isLast || to === undefined ? "" : text(to), ...steps.map((s) => (s[2] ? s : s.slice(0, 2)))];
  const why = edges.all().map(([to, from]) => (to < 0 && to !== HEAP ? [] : inside(edges.why(to, from), from, to)));
  if (why.some((w) => w === 1 || w.length > 0)) out.why = why.map((w) => (w === 1 || w.length > 0 ? w : 0));
  rest.forEach((i, j) => {
    if (nodes[i].hw) out.n[j] = [...out.n[j].slice(0, 4), { ...out.n[j][4], hw: inside(nodes[i].hw, i, HEAP) }];
  });
  const assigned = (i) => nodes.flatMap((n, to) => (n.e ?? []).filter((e) => e[0] === i && e[2].at(-1)?.[1] === "assign-pair" && isOwn(to)).map((e) => [text(to), e[2].at(-1)[0]]))[0];
  const found = params.map(assigned);
  const left = found.find((f) => f)?.[1].split(" := ")[0];
  if (left) out.pn = [left, ...found.map((f) => f?.[0] ?? "")];
  const returned = (to) => (nodes[to].e ?? []).map(([from]) => (from >= 0 && !isOwn(from) && nodes[from].k === "NAME" ? returned(from) : isOwn(from) ? text(from) : "")).at(0) ?? "";
  const names = results.map(returned);
  if (names.some((name) => name !== "")) out.an = names;
}

/** The cost is kept only where a cheap parent calls a dear function: in a big caller that one is not inlined. */
function inlinedEntry(name, call, calls) {
  const cheapParent = call.p >= 0 && calls[call.p].c <= 20;
  return call.c > 20 && cheapParent ? [name, call.p, call.c] : [name, call.p];
}

function paramCall(c, { nodes, rest, number }) {
  const before = rest.filter((i) => i < c.at && !["", "NAME"].includes(nodes[i].k)).length;
  const results = (c.r ?? []).map(([to, derefs]) => [number.get(to), derefs]);
  return [c.p, c.i, c.d, before, (c.a ?? []).map((a) => number.get(a)), results, c.sib];
}
