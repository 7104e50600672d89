/**
 * The packages that arguments mean, as the go command finds them: `./...`, folders, files; the module around them; what they import.
 *
 * Reads imports only, and refuses what the go command refuses before it compiles anything, in its words. Only packages of the module itself
 * and of the library exist: the laboratory has no network.
 *
 * Go: cmd/go/internal/{load,modload}.
 */
import type { FilePort } from "./commands/command.ts";
import { isBuilt } from "./constraint.ts";
import type { SubjectFile } from "./subject.ts";

/** A package of a program. */
export interface ModulePackage {
  /** Import path; `command-line-arguments` for files that were named one by one. */
  readonly path: string;
  /** Folder, relative to where the command was given; empty: right there. */
  readonly dir: string;
  readonly files: readonly SubjectFile[];
  readonly imports: readonly Import[];
  /** What its package clauses say. */
  readonly name: string;
  /** It was asked for, and not only imported. */
  readonly named: boolean;
  /** `go1.21`, from go.mod. */
  readonly lang?: string;
  /** Functions without body are in assembly files. */
  readonly assembly?: true;
}

interface Import {
  readonly path: string;
  readonly at: { readonly file: string; readonly line: number; readonly col: number };
}

/** Packages so that each comes after those it imports, or what the go command says instead. */
export type Loaded = { readonly packages: readonly ModulePackage[] } | { readonly problems: readonly string[] };

interface Module {
  readonly dir: string;
  readonly path: string;
  readonly lang?: string;
}

/** What packages are looked up with. */
interface Loader {
  readonly files: FilePort;
  readonly isStd: (path: string) => boolean;
  readonly module: Module | undefined;
  readonly known: Map<string, ModulePackage | undefined>;
  readonly problems: string[];
  readonly goroot: string;
}

/** Where Go's library is, as messages print it, and what is in it. */
export interface Library {
  readonly goroot: string;
  readonly has: (path: string) => boolean;
}

const COMMAND_LINE = "command-line-arguments";

/** The packages of `patterns`: folders, `dir/...`, or Go files; undefined where they are plain files that import nothing but the library. */
export function loadPackages(files: FilePort, patterns: readonly string[], library: Library): Loaded | undefined {
  const named = patterns.every((p) => p.endsWith(".go"));
  const [first = "."] = patterns;
  const module = findModule(files, named ? folderOf(first) : normal(first.replace(/\.\.\.$/, "")));
  const loader: Loader = { files, isStd: library.has, module, known: new Map(), problems: [], goroot: library.goroot };
  const roots = named ? filesPackage(loader, patterns) : patterns.flatMap((p) => patternPackages(loader, p));
  if (loader.problems.length > 0) return { problems: loader.problems };
  if (!roots || (named && (!module || roots.every((p) => p.imports.every((i) => library.has(i.path)))))) return undefined;
  const ordered: ModulePackage[] = [];
  for (const root of roots) visit(loader, root, [], ordered);
  return loader.problems.length > 0 ? { problems: loader.problems } : { packages: ordered };
}

/** The packages of the module that a cell imports, each after those it imports itself. */
export function packagesOfCell(files: FilePort, cell: SubjectFile, library: Library): Loaded {
  const imports = importsOf(cell);
  if (imports.every((i) => library.has(i.path))) return { packages: [] };
  const loader: Loader = { files, isStd: library.has, module: findModule(files, ""), known: new Map(), problems: [], goroot: library.goroot };
  // Without a module the checker has the words.
  if (!loader.module) return { packages: [] };
  const root: ModulePackage = { path: COMMAND_LINE, dir: "", files: [cell], imports, name: "main", named: false };
  const ordered: ModulePackage[] = [];
  visit(loader, root, [], ordered);
  return loader.problems.length > 0 ? { problems: loader.problems } : { packages: ordered.filter((p) => p !== root) };
}

/** A file's name in messages of the package in `dir`: files near that folder are named from where the command was given, all others begin with `./`. */
export function nameFrom(dir: string, file: string): string {
  const [top = ""] = dir.split("/");
  return top !== "" && top !== ".." && file.startsWith(`./${top}/`) ? file.slice(2) : file;
}

// ---- where packages are -----------------------------------------------------------------------------------------

function findModule(files: FilePort, from: string): Module | undefined {
  for (let dir = from, i = 0; i < 40; i++) {
    const read = files.read(join(dir, "go.mod"));
    if ("text" in read) {
      const path = /^\s*module\s+"?([^\s"]+)/m.exec(read.text)?.[1];
      const version = /^\s*go\s+(\d+\.\d+)/m.exec(read.text)?.[1];
      if (path !== undefined) return { dir, path, ...(version === undefined ? {} : { lang: `go${version}` }) };
    }
    if (dir === "/" || (!files.whole && dir === "")) return undefined;
    dir = dir === "" || /(^|\/)\.\.$/.test(dir) ? join(dir, "..") : folderOf(dir);
  }
  return undefined;
}

const folderOf = (path: string): string => normal(path.includes("/") ? path.slice(0, path.lastIndexOf("/")) || "/" : "");

/** A folder without `./`, trailing slashes and inner `..`. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else parts.push(part);
  }
  return `${path.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}

const join = (dir: string, name: string): string => (dir === "" || dir === "/" ? `${dir}${name}` : `${dir}/${name}`);

/** The folder of an import path of the module; undefined for paths of others. */
function folderOfImport({ module }: Loader, path: string): string | undefined {
  if (!module) return undefined;
  if (path === module.path) return module.dir;
  return path.startsWith(`${module.path}/`) ? join(module.dir, path.slice(module.path.length + 1)) : undefined;
}

function importPathOf({ module, files }: Loader, dir: string): string {
  if (!module) return COMMAND_LINE;
  const whole = (d: string): string => files.whole?.(d || ".") ?? d;
  const [root, own] = [whole(module.dir), whole(dir)];
  if (own === root) return module.path;
  return `${module.path}/${root === "" ? own : own.slice(root.length + 1)}`;
}

// ---- what packages hold -----------------------------------------------------------------------------------------

function patternPackages(loader: Loader, pattern: string): ModulePackage[] {
  const listed = loader.files.list(pattern);
  if ("problem" in listed) {
    loader.problems.push(`stat ${loader.files.whole?.(pattern) ?? pattern}: directory not found`);
    return [];
  }
  const dirs = [...new Set(listed.paths.map(folderOf))].sort();
  const whole = pattern.endsWith("...");
  if (whole && !loader.module && dirs.length > 1) {
    loader.problems.push(`pattern ${pattern}: directory prefix ${normal(pattern.slice(0, -3)) || "."} does not contain main module or its selected dependencies`);
    return [];
  }
  const found = dirs.flatMap((dir) => folderPackage(loader, importPathOf(loader, dir), dir, true) ?? []);
  if (found.length === 0 && loader.problems.length === 0) loader.problems.push(whole ? `go: warning: "${pattern}" matched no packages` : `no Go files in ${loader.files.whole?.(pattern) ?? pattern}`);
  return found;
}

/** The files of one folder as a package; undefined if it holds none. */
function folderPackage(loader: Loader, path: string, dir: string, named: boolean): ModulePackage | undefined {
  if (loader.known.has(path)) return loader.known.get(path);
  const listed = loader.files.list(dir === "" ? "." : /^[./]/.test(dir) ? dir : `./${dir}`);
  const texts = "problem" in listed ? [] : listed.paths.flatMap((file) => {
    const read = loader.files.read(file);
    return "text" in read && isBuilt(file.slice(file.lastIndexOf("/") + 1), read.text) ? [{ name: shownName(file), text: read.text }] : [];
  });
  const pkg = texts.length === 0 ? undefined : { ...packageOf(loader, { path, dir, named }, texts), ...(hasAssembly(loader, dir) ? { assembly: true as const } : {}) };
  loader.known.set(path, pkg);
  return pkg;
}

function hasAssembly({ files }: Loader, dir: string): boolean {
  return (files.assembly?.(dir || ".") ?? []).some((file) => {
    const read = files.read(file);
    return "text" in read && isBuilt(file.slice(file.lastIndexOf("/") + 1), read.text);
  });
}

const shownName = (file: string): string => (/^(\.\.?\/|\/)/.test(file) ? file : `./${file}`);

function filesPackage(loader: Loader, paths: readonly string[]): ModulePackage[] | undefined {
  const texts: SubjectFile[] = [];
  for (const path of paths) {
    const read = loader.files.read(path);
    if ("problem" in read) return undefined;
    texts.push({ name: shownName(path), text: read.text });
  }
  return [packageOf(loader, { path: COMMAND_LINE, dir: folderOf(paths[0] ?? ""), named: true }, texts)];
}

function packageOf(loader: Loader, { path, dir, named }: Pick<ModulePackage, "path" | "dir" | "named">, files: readonly SubjectFile[]): ModulePackage {
  const names = files.map((f) => /^\s*package\s+([\w\x80-\xff]+)/m.exec(f.text.replace(/\/\*[^]*?\*\//g, ""))?.[1] ?? "");
  const [name = ""] = names;
  const other = names.findIndex((n) => n !== name && n !== "" && name !== "");
  if (other >= 0 && path !== COMMAND_LINE) {
    const file = (i: number): string => files[i]?.name.replace(/^.*\//, "") ?? "";
    loader.problems.push(`found packages ${name} (${file(0)}) and ${names[other]} (${file(other)}) in ${loader.files.whole?.(dir) ?? (dir || ".")}`);
  }
  const lang = loader.module?.lang;
  return { path, dir, files, name, named, imports: files.flatMap(importsOf), ...(lang === undefined ? {} : { lang }) };
}

/** The imports of a file: they stand before every other declaration. */
function importsOf({ name, text }: SubjectFile): Import[] {
  const blank = text.replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, (c) => c.replace(/[^\n]/g, " "));
  const end = /^\s*(?:func|type|var|const)\b/m.exec(blank)?.index ?? blank.length;
  const head = blank.slice(0, end);
  return [...head.matchAll(/^[ \t]*import\s+(?:\(([^)]*)\)|[^\n;]*)/gm)].flatMap((clause) =>
    [...clause[0].matchAll(/(?:[\w.\x80-\xff]+[ \t]+)?["`]([^"`\n]+)["`]/g)].map((m) => {
      // A spec begins with the name that it gives; the word `import` is none.
      const keyword = /^import[ \t]+/.exec(m[0])?.[0].length ?? 0;
      const before = head.slice(0, clause.index + m.index + keyword);
      const line = before.split("\n").length;
      return { path: m[1] ?? "", at: { file: name.replace(/^\.\//, ""), line, col: before.length - before.lastIndexOf("\n") } };
    }),
  );
}

// ---- what they import -------------------------------------------------------------------------------------------

/** One step of a chain of imports. */
interface Step {
  readonly pkg: ModulePackage;
  readonly from: Import;
}

/** Appends what `pkg` imports, then `pkg`. */
function visit(loader: Loader, pkg: ModulePackage, chain: readonly Step[], ordered: ModulePackage[]): void {
  if (ordered.includes(pkg)) return;
  const seen = new Set<string>();
  for (const imported of [...pkg.imports].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    if (loader.isStd(imported.path) || imported.path === "C" || seen.has(imported.path)) continue;
    seen.add(imported.path);
    const next = importedPackage(loader, pkg, imported, chain);
    if (!next) continue;
    const steps = [...chain, { pkg, from: imported }];
    if (next === pkg || chain.some((s) => s.pkg === next)) return void loader.problems.push(cycle(steps, imported.path));
    visit(loader, next, steps, ordered);
    if (loader.problems.length > 0 && loader.problems.at(-1)?.endsWith("import cycle not allowed")) return;
  }
  ordered.push(pkg);
}

/** The package that an import means; if the go command would refuse it, that is a problem. */
function importedPackage(loader: Loader, from: ModulePackage, imported: Import, chain: readonly Step[]): ModulePackage | undefined {
  const { path, at } = imported;
  const place = `${at.file}:${at.line}:${at.col}`;
  const dir = folderOfImport(loader, path);
  const found = dir === undefined ? undefined : folderPackage(loader, path, dir, false);
  const refuse = (problem: string): undefined => {
    if (!loader.problems.includes(problem)) loader.problems.push(problem);
    return undefined;
  };
  // The rest is told by the checker, with the words for a file without a module.
  if (!loader.module) return undefined;
  if (!found) {
    const outside = (path.split("/")[0] ?? "").includes(".") || path.startsWith(`${loader.module.path}/`);
    return refuse(outside ? `${place}: no required module provides package ${path}; to add it:\n\tgo get ${path}` : `${place}: package ${path} is not in std (${loader.goroot}/src/${path})`);
  }
  if (found.name === "main" && chain.every((s) => s.pkg !== found)) visit(loader, found, [...chain, { pkg: from, from: imported }], []);
  if (found.name === "main") return refuse(`${place}: import ${JSON.stringify(path)} is a program, not an importable package`);
  const root = /^(.*?)\/?(?:^|\/)internal(?:\/.*)?$/.exec(path)?.[1];
  const importer = from.path === COMMAND_LINE ? importPathOf(loader, from.dir) : from.path;
  if (root !== undefined && importer !== root && !importer.startsWith(`${root}/`)) return refuse(`package ${from.path}\n\t${place}: use of internal package ${path} not allowed`);
  return found;
}

/** The chain of imports that comes back to where it was. */
function cycle(steps: readonly Step[], last: string): string {
  const [first] = steps;
  const lines = steps.map((s, i) => `\timports ${steps[i + 1]?.pkg.path ?? last} from ${s.from.at.file.replace(/^.*\//, "")}`);
  return [`package ${first?.pkg.path ?? ""}`, ...lines].join("\n").concat(": import cycle not allowed");
}
