// Writes src/std/facts from the Go on this machine: `node test/oracle/facts/make.mjs [WORK-FOLDER]`.
//
// list/ names what there is (signatures, types, constants) and a wrapper for each function; a compiler built with graph/ added to
// its escape analysis (and with unexported methods open to all) dumps each wrapper's graph; pack.mjs turns a graph into a summary. Nothing of Go's own text is kept: the
// patched copies live in the work folder, and what is committed are the conclusions.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addPlainLines, closureBounds, closurePlaces, instanceCosts, instanceLines, readings, verboseLines, wrapperMentions } from "./instances.mjs";
import { packGraph, packOnResult, wrapperLines } from "./pack.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../../../src/std/facts");
const work = process.argv[2] ?? mkdtempSync(join(tmpdir(), "gomem-facts-"));
mkdirSync(work, { recursive: true });

const go = (...args) => execFileSync("go", args, { cwd: work, encoding: "utf8", maxBuffer: 1 << 28 });
const goroot = go("env", "GOROOT").trim();

/** The compiler with the graph dumper in it. Three lines are inserted into copies of its escape analysis. */
function buildCompiler() {
  const compiler = join(work, "compile");
  const dumper = join(here, "graph/graph.go");
  if (existsSync(compiler)) return compiler;
  const rooms = join(goroot, "src/cmd/compile/internal");
  const patch = (path, rules) => {
    const room = dirname(join(rooms, path));
    const file = path.split("/").at(-1);
    const lines = readFileSync(join(room, file), "utf8").split("\n");
    const out = lines.flatMap((line) => {
      const rule = rules.find((r) => line.startsWith(r.at));
      if (!rule) return [line];
      rule.used = true;
      return rule.before ? [rule.text, line] : [line, rule.text];
    });
    const unused = rules.find((r) => !r.used);
    if (unused) throw new Error(`${file}: no line starts with ${unused.at}`);
    const copy = join(work, `patched_${file}`);
    writeFileSync(copy, out.join("\n"));
    return [join(room, file), copy];
  };
  const replace = Object.fromEntries([
    patch("escape/escape.go", [
      { at: "\tb.walkAll()", text: "\tfactDump(&b, fns)", before: true },
      { at: 'import (', text: '\t"cmd/compile/internal/inline/interleaved"' },
      { at: "func Funcs(", text: '\tinterleaved.FactMentions("##N", all)' },
      { at: "func Batch(", text: '\tfmt.Printf("##E\\t%v\\n", fns[0])' },
    ]),
    patch("inline/inl.go", [{ at: "func CanInline(", text: '\tfmt.Printf("##C\\t%v\\n", fn)' }]),
    patch("inline/interleaved/interleaved.go", [
      { at: "\t\t\t\ts := inlState[fn]", text: '\t\t\t\tfmt.Printf("##I\\t%v\\n", fn)' },
      { at: "func DevirtualizeAndInlinePackage(", text: "\tfactMentions(pkg)" },
    ]),
    // A struct that embeds a library type has its unexported methods too, so wrappers must be able to call them.
    patch("types2/named.go", [{ at: "\tif samePkg(n.obj.pkg, pkg) || isExported(name)", text: "\tpkg = n.obj.pkg", before: true }]),
    // The order in which objects, bodies and dictionaries are read; see readings in instances.mjs.
    patch("noder/reader.go", [
      { at: "func wrapType(", text: '\tfmt.Printf("##W\\t%s\\n", typ.LinkString())' },
      { at: "func finishWrapperFunc(", text: '\tfmt.Printf("##V\\t%v\\n", fn)' },
      { at: "\tsym = dict.baseSym", text: "\tdefer factRead(dict, tag)()", before: true },
      { at: "\t\t\t\ttodoDicts = append(", text: '\t\t\t\tfmt.Printf("##D\\t%s\\n", factKey(sym, tag))', before: true },
      { at: "\t\t\ttodoDicts = append(", text: '\t\t\tfmt.Printf("##D\\t%s\\n", factKey(sym, tag))', before: true },
      { at: "\t\t\t\t\tr.dict.shapedObj = ", text: '\t\t\t\t\tdefer factDict(factKey(sym, tag))()', before: true },
      { at: "\t\t\t\tr.dict.shapedObj = ", text: '\t\t\t\tdefer factDict(factKey(sym, tag))()', before: true },
      { at: "func (r *reader) needWrapper(", text: "\tr.factNeed(typ)" },
      { at: "func (r *reader) addBody(", text: "\tr.factQueue(fn)" },
      { at: "func (r *reader) funcBody(", text: "\tdefer factBody(fn)()" },
    ]),
    [join(rooms, "noder/reading_facts.go"), join(here, "graph/reading.go")],
    patch("escape/graph.go", [{ at: "func (k hole) note(", text: "\tk.notes = &note{k.notes, where, why}\n\tif factEnabled {\n\t\treturn k\n\t}\n\tk.notes = k.notes.next" }, { at: "\tif dst.hasAttr(attrEscapes) && k.derefs < 0 {", text: "\t\tfactEscape(b, k, src)" }]),
    patch("escape/call.go", [
      { at: "func (e *escape) call(", text: "\tfactEnter(e, ks, call)" },
      { at: "\targument := func(k hole, arg ir.Node) {", text: "\t\tk = factArgument(e, call, k)" },
    ]),
    patch("walk/walk.go", [{ at: "func Walk(", text: '\tfmt.Printf("##K\\t%v\\n", fn)' }]),
    [join(rooms, "escape/graph_facts.go"), dumper],
    [join(rooms, "inline/interleaved/mentions_facts.go"), join(here, "graph/mentions.go")],
  ]);
  writeFileSync(join(work, "overlay.json"), JSON.stringify({ Replace: replace }));
  go("build", "-overlay", join(work, "overlay.json"), "-o", compiler, "cmd/compile");
  return compiler;
}

/** Import paths that a program may import. */
function importable() {
  const internal = /(^|\/)(internal|vendor)(\/|$)/;
  return go("list", "std").trim().split("\n").filter((path) => path !== "unsafe" && (!internal.test(path) || TESTED.includes(path)));
}

/** Packages that only the compiler's own tests import. */
const TESTED = ["internal/runtime/atomic"];

// As in list/wrappers.go: wrappers of calls upon results.
const [RESULT_CALLED, RESULT_METHOD, RESULT_PASSED, VALUE_CALLED, RESULT_CHAINED, MAX_METHODS] = [1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 100];
const CONSUMERS = ["slices.Collect", "maps.Collect"];

/** The method that wrapper `number` calls upon a result. */
const methodName = (rows, number) => /\.(\w+)\([^()]*\) \}$/.exec(rows.find((r) => r.startsWith(`func w${number}(`)) ?? "")?.[1] ?? "";

function summaries(compiler, path) {
  const source = join("wrappers", `${path.replaceAll("/", "_")}.go`);
  const graphs = join(work, "graphs.jsonl");
  rmSync(graphs, { force: true });
  const args = ["-o", "wrappers/out.o", "-p", "p", "-c=1", "-m", "-importcfg", "importcfg", source];
  const run = spawnSync(compiler, args, { cwd: work, encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, GRAPHS: graphs } });
  if (run.status !== 0) throw new Error(`${path}: ${(run.stdout + run.stderr).slice(0, 600)}`);
  const generic = /^##(M|W\tgo\.shape\.)/m.test(run.stdout);
  const full = generic ? spawnSync(compiler, args.map((a) => (a === "-m" ? "-m=2" : a)), { cwd: work, encoding: "utf8", maxBuffer: 1 << 28 }).stdout : "";
  const instances = instanceLines(run.stdout, instanceCosts(full), goroot);
  const verbose = verboseLines(instances, full, goroot);
  if (generic) addPlainLines(instances, spawnSync(compiler, [...args.slice(0, -1), "-l", source], { cwd: work, encoding: "utf8", maxBuffer: 1 << 28 }).stdout, goroot);
  readings(run.stdout, instances);
  const rows = readFileSync(join(work, source), "utf8").split("\n");
  const lines = wrapperLines(run.stdout, join(work, source), rows);
  if (!existsSync(graphs)) return { summaries: [], instances, verbose };
  const found = readFileSync(graphs, "utf8").trim().split("\n").map((text) => {
    const graph = JSON.parse(text);
    return { number: Number(graph.w.slice(1)), graph };
  });
  const places = closurePlaces(run.stdout, goroot);
  const bounds = closureBounds(run.stdout, goroot);
  const mentions = wrapperMentions(run.stdout);
  const packed = found.filter((f) => f.number < RESULT_CALLED).map(({ number, graph }) => ({ index: number, summary: withMore(packGraph(graph, lines.get(number) ?? [], places.get(graph.w)), bounds.get(graph.w), mentions.get(graph.w)) }));
  const byIndex = new Map(packed.map((p) => [p.index, p.summary]));
  for (const { number, graph } of found) {
    if (number < RESULT_CALLED || number >= RESULT_CHAINED) continue;
    if (number >= VALUE_CALLED) {
      // Called by its name the compiler has instructions for it; called as a value it is inlined like any function.
      const known = byIndex.get(number - VALUE_CALLED);
      const inlined = known?.intr && packGraph(graph, lines.get(number) ?? [], places.get(graph.w));
      if (inlined?.i) Object.assign(known, inlined);
      continue;
    }
    const passed = number >= RESULT_PASSED;
    const index = number < RESULT_METHOD ? number - RESULT_CALLED : Math.floor((number - (passed ? RESULT_PASSED : RESULT_METHOD)) / MAX_METHODS);
    const base = byIndex.get(index);
    const dynamic = (lines.get(number) ?? []).map((l) => /^devirtualizing \S+ to (\S+)$/.exec(l)?.[1]).find((t) => t);
    if (!base?.i || (number >= RESULT_METHOD && !passed && !dynamic)) continue;
    if (dynamic) base.t = [dynamic];
    if (dynamic && (lines.get(number) ?? []).findIndex((l) => l.startsWith("devirtualizing ")) === 1) base.t0 = true;
    const upon = packOnResult(graph, lines.get(number) ?? [], base, places.get(graph.w));
    if (!upon || (number < RESULT_METHOD && !upon.i)) continue;
    if (passed) (base.passed ??= {})[CONSUMERS[number % MAX_METHODS]] = upon;
    else if (number < RESULT_METHOD) base.then = upon;
    else (base.methods ??= {})[methodName(rows, number)] = upon;
  }
  for (const { number } of found) if (number >= RESULT_CHAINED) chained(byIndex.get(Math.floor((number - RESULT_CHAINED) / MAX_METHODS)), rows, number, lines.get(number) ?? []);
  return { summaries: packed, instances, verbose };
}

/** The dynamic type of what a method returns that is called upon a result: the compiler names it at a call upon that. */
function chained(base, rows, number, lines) {
  const types = lines.map((l) => /^devirtualizing \S+ to (\S+)$/.exec(l)?.[1]).filter((t) => t);
  const method = /\.(\w+)\([^()]*\)\.\w+\(\) \}$/.exec(rows.find((r) => r.startsWith(`func w${number}(`)) ?? "")?.[1] ?? "";
  const known = base?.methods?.[method];
  if (known?.i && types.length === 2) known.t = [types[1]];
}

/** A summary with places of the back end, and, if it is inlined, with the instances that its body mentions. */
const withMore = (summary, places, mentions) => ({ ...summary, ...(places ? { bcep: places } : {}), ...(summary.i && mentions ? { mi: mentions } : {}) });

/** Whether a program can call the function and it has no type parameters. */
const mustBeKnown = (fn) => /^\p{Lu}/u.test(fn.name) && !fn.tparams && !fn.rtparams;

/** A declaration a line, so that a change of Go's version is a readable diff. */
function factsText(facts) {
  const { types, named, funcs, vars, consts, instances = [], ...head } = facts;
  const list = (name, values) => `${JSON.stringify(name)}:[${values.map((v) => JSON.stringify(v)).join(",\n")}]`;
  const lists = [list("types", types), list("named", named), list("funcs", funcs), list("vars", vars), list("consts", consts), ...(instances.length > 0 ? [list("instances", instances)] : [])];
  return `${JSON.stringify(head).slice(0, -1)},\n${lists.join(",\n")}}\n`;
}

/** What -m=2 adds is read only when somebody asks for that. What another package says word for word is not written twice. */
function writeVerbose(path, entries, homes) {
  const rows = entries.map((entry) => {
    const text = JSON.stringify(entry);
    const home = homes.get(text);
    if (home === undefined) homes.set(text, path);
    return home === undefined ? text : JSON.stringify({ name: entry.name, of: home });
  });
  const file = join(target, "verbose", `${path}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `[${rows.join(",\n")}]\n`);
}

function main() {
  const paths = importable();
  writeFileSync(join(work, "importcfg"), go("list", "-export", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "std"));
  const compiler = buildCompiler();
  for (const folder of ["facts", "wrappers"]) {
    rmSync(join(work, folder), { recursive: true, force: true });
    mkdirSync(join(work, folder));
  }
  const program = ["signatures.go", "wrappers.go"].map((file) => join(here, "list", file));
  const files = go("run", ...program, "importcfg", "facts", "wrappers", ...paths).trim().split("\n");
  let count = 0;
  const homes = new Map();
  for (const file of files) {
    const facts = JSON.parse(readFileSync(join(work, "facts", file), "utf8"));
    if (paths.includes(facts.path)) {
      const probed = summaries(compiler, facts.path);
      const known = new Map(probed.summaries.map(({ index, summary }) => [index, summary]));
      for (const fn of facts.funcs) if (fn.at) fn.at = fn.at.replace(goroot, "$GOROOT");
      if (probed.instances.size > 0) facts.instances = [...probed.instances].map(([name, entry]) => ({ name: entry.y ? name.slice(1) : name, ...entry }));
      facts.funcs.forEach((fn, index) => Object.assign(fn, known.get(index) ?? (mustBeKnown(fn) ? { unknown: true } : {})));
      count += known.size;
      if (probed.verbose.length > 0) writeVerbose(facts.path, probed.verbose, homes);
    }
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), factsText(facts));
  }
  writeFileSync(join(target, "paths.json"), `${JSON.stringify(paths)}\n`);
  console.log(`${files.length} packages, ${count} summaries`);
}

main();
