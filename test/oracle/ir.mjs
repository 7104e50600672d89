/**
 * Asks a real Go for the IR of each function before inlining (`go tool compile -W=2`), and writes it into test/truth/ir/*.txtar.
 *
 * The answer keeps ops, names, constants, positions and the order of nodes; types, flags and the nodes that exist for code
 * generation alone are left out (src/compiler/ir/dump.ts prints the same). A new case is an archive without `want`:
 * a sentence, then prog.go. `node test/oracle/ir.mjs` answers all cases, with names only those. Needs go on PATH.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../truth/ir/", import.meta.url));
const version = execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim();
const wanted = process.argv.slice(2).map((name) => basename(name, ".txtar"));

/** Parts of nodes that are not visited by the compiler's walks. */
const HIDDEN = /^[A-Z0-9]+-(RType|RTypes|TypeWord|SrcRType|ElemRType|ElemElemRType|KeyTypeWord|KeySrcRType|ValueTypeWord|ValueSrcRType|Func|ITab)$/;
const SELECTORS = new Set(["DOT", "DOTPTR", "DOTINTER", "METHVALUE", "METHEXPR", "STRUCTKEY"]);
const DEFINING = new Set(["AS", "AS2", "AS2FUNC", "AS2RECV", "AS2MAPR", "AS2DOTTYPE", "SELRECV2", "RANGE"]);

/** One node's line without types and flags; "" where it has no place in ours. */
function heading(body, words) {
  const [op] = words;
  const flag = (name) => (words.includes(name) ? ` ${name}` : "");
  if (op.startsWith("LITERAL-")) return `LITERAL-${/^LITERAL-("(?:[^"\\]|\\.)*"(?:\.{3})?|\S+)/.exec(body)?.[1] ?? ""}`;
  if (op.startsWith("NAME-")) return op.replace(/^NAME-[a-z0-9/]+\./, "NAME-");
  if (op.startsWith("NONAME-")) return op.replace(/^NONAME-[a-z0-9/]+\./, "NONAME-");
  if (SELECTORS.has(op)) return `${op} ${words.slice(1).filter((w) => w !== "Implicit" && w !== "Offset:0")[0]?.split(".").at(-1) ?? ""}`;
  if (op.startsWith("ASOP-")) return op + flag("IncDec");
  if (op === "CLOSURE") return `CLOSURE ${/fnName\((?:\w+\.)?(.*?)\)(?: |$)/.exec(body)?.[1] ?? ""}`;
  if (DEFINING.has(op)) return op + flag("Def") + (op === "RANGE" ? flag("DistinctVars") : "");
  if (op === "CALLFUNC" || op === "CALLINTER" || op === "APPEND") return op + flag("IsDDD");
  if (op === "GOTO" || op === "BREAK" || op === "CONTINUE" || op === "LABEL") return [op, ...words.slice(1).filter((w) => w.startsWith("main.")).map((w) => w.slice(5))].join(" ");
  return op === "FOR" ? op + flag("DistinctVars") : op + flag("Implicit");
}

/** The dumps "before devirtualize-and-inline", function by function. */
function normalise(text) {
  const out = [];
  let inside = false;
  let skip = Infinity;
  let newAt = -1;
  for (const line of text.split("\n")) {
    const head = /^before (\S+) (.*)$/.exec(line);
    if (head) {
      inside = head[1] === "devirtualize-and-inline";
      skip = Infinity;
      if (inside) out.push(`== ${head[2]}`);
      continue;
    }
    const m = /^((?:\. {3})+)(\S.*)$/.exec(line);
    if (!inside || !m) continue;
    const depth = m[1].length / 4;
    if (depth > skip) continue;
    skip = Infinity;
    if (/^(?!NAME-|LITERAL-|NONAME-)[A-Z0-9]+-[A-Za-z0-9]+$/.test(m[2])) {
      if (HIDDEN.test(m[2])) skip = depth;
      continue;
    }
    const at = / # \+?(\S+)$/.exec(m[2]);
    const body = at ? m[2].slice(0, at.index) : m[2];
    const words = body.split(" ");
    // `new(T)` has its type as a child; it counts for nothing and ours has none.
    if (words[0] === "TYPE" && newAt === depth - 1) continue;
    newAt = words[0] === "NEW" ? depth : -1;
    const shared = /^(NAME|NONAME|TYPE)\b/.test(body) || words[0] === "TYPE";
    out.push(`${".   ".repeat(depth)}${heading(body, words)}${at && !shared ? ` # ./${at[1].split("/").at(-1)}` : ""}`);
  }
  return `${out.join("\n")}\n`;
}

function ask(source) {
  const dir = mkdtempSync(join(tmpdir(), "ir-oracle-"));
  try {
    writeFileSync(join(dir, "prog.go"), source);
    const exports = execFileSync("go", ["list", "-export", "-deps", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "fmt", "errors"], { encoding: "utf8" });
    writeFileSync(join(dir, "importcfg"), exports);
    const args = ["tool", "compile", "-importcfg", "importcfg", "-p", "main", "-o", "out.o", "-W=2", "prog.go"];
    const done = spawnSync("go", args, { cwd: dir, encoding: "utf8", maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(done.stdout + done.stderr);
    return normalise(done.stdout);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

for (const name of readdirSync(folder).filter((f) => f.endsWith(".txtar")).sort()) {
  if (wanted.length > 0 && !wanted.includes(basename(name, ".txtar"))) continue;
  const [comment, source] = readFileSync(join(folder, name), "utf8").split(/^-- prog\.go --\n/m);
  const program = source.split(/^-- want --\n/m)[0];
  const head = comment.replace(/^go: .*\n/m, "").trimEnd();
  writeFileSync(join(folder, name), `${head}\ngo: ${version} tool compile -W=2\n-- prog.go --\n${program}-- want --\n${ask(program)}`);
  console.log(name);
}
