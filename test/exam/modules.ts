/**
 * The programs of several packages in GOROOT/test as modules: what `go build -gcflags=-m ./...` says, package by package.
 *
 * There each `NAME.dir` holds the packages of one program, told apart by their package clauses (or one a file, `-s`), which import each
 * other as "./name". Here each is a folder of the module `test`.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { type FilePort, Lab } from "gomem";
import { body } from "./errors.ts";
import type { Unit } from "./goroot.ts";
import { compared, type Verdict } from "./judge.ts";
import type { Oracle } from "./oracle.ts";

interface ModuleFile {
  readonly name: string;
  /** A byte string. */
  readonly text: string;
}

const ACTION = /^\/\/ (rundir|compiledir|errorcheckdir|runindir|buildrundir)\b(.*)/m;

/** Every program of several packages, sorted by id. */
export function moduleUnits(goroot: string): Unit[] {
  const root = join(goroot, "test");
  return folders(root).sort().flatMap((dir) => {
    const head = `${dir.slice(0, -4)}.go`;
    const action = existsSync(head) ? ACTION.exec(readFileSync(head, "latin1")) : null;
    const names = readdirSync(dir);
    if (!action || names.some((n) => n.endsWith(".s"))) return [];
    const files = moduleFiles(dir, names.filter((n) => n.endsWith(".go")).sort(), / -s\b/.test(action[2] ?? ""));
    const id = relative(root, dir).slice(0, -4).replaceAll("/", ".");
    return [{ id, file: "go.mod", text: "module test\n\ngo 1.26\n", action: "compile" as const, flags: [], fails: false, auto: false, output: "", files }];
  });
}

function folders(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) => {
    const path = join(dir, e.name);
    if (!e.isDirectory()) return [];
    return e.name.endsWith(".dir") ? [path] : folders(path);
  });
}

/** The files of each package in a folder named after the first of them. */
function moduleFiles(dir: string, names: readonly string[], single: boolean): ModuleFile[] {
  const folderOf = new Map<string, string>();
  return names.map((name) => {
    const text = readFileSync(join(dir, name), "latin1");
    const pkg = single ? name : (/^package\s+(\w+)/m.exec(text)?.[1] ?? name);
    const folder = folderOf.get(pkg) ?? name.slice(0, -3);
    folderOf.set(pkg, folder);
    return { name: `${folder}/${name}`, text: text.replaceAll(/"\.\/(\w+)"/g, '"test/$1"') };
  });
}

/** The verdict on a module; undefined where the go command or the linker has the word: those come before and after the compiler. */
export function judgeModule(unit: Unit, oracle: Oracle): Verdict | undefined {
  const files = unit.files ?? [];
  const truth = oracle.module(unit.text, files);
  if (/^(go: |malformed import path|link: |runtime\.main_main)/m.test(truth.text)) return undefined;
  let text = "";
  let error: { readonly ename: string; readonly evalue: string } | undefined;
  new Lab({ files: port([{ name: "go.mod", text: unit.text }, ...files]) }).command({ verb: "escape", settings: [], flags: [], args: ["./..."], line: 0, col: 0 }, (o) => {
    if (o.kind === "text" || o.kind === "source") text += o.text;
    else if (o.kind === "error") {
      error = o;
      if (o.ename === "CompileError") text += o.traceback.join("\n");
    }
  });
  const verdict = compared(lines(truth.text), lines(Buffer.from(text, "utf8").toString("latin1")));
  if (error === undefined || error.ename === "CompileError") return verdict;
  return { ...verdict, verdict: error.ename === "Unsupported" ? "unsupported" : "wrong", detail: [`${error.ename}: ${error.evalue}`, ...verdict.detail] };
}

const lines = (text: string): readonly string[] => body(text.replaceAll(/^# /gm, "package "));

/** A disk that holds these files. */
function port(files: readonly ModuleFile[]): FilePort {
  const plain = (path: string): string => path.replace(/^\.\/?/, "").replace(/\/$/, "");
  const text = new Map(files.map((f) => [f.name, f.text]));
  const inside = (folder: string, deep: boolean): string[] =>
    [...text.keys()].filter((n) => n.endsWith(".go") && (deep ? folder === "" || n.startsWith(`${folder}/`) : n.slice(0, Math.max(n.lastIndexOf("/"), 0)) === folder));
  return {
    read: (path) => {
      const found = text.get(plain(path));
      return found === undefined ? { problem: "no such file or directory" } : { text: found };
    },
    list: (path) => {
      const found = path.endsWith("...") ? inside(plain(path.slice(0, -3)), true) : inside(plain(path), false);
      return found.length === 0 ? { problem: "no such file or directory" } : { paths: found };
    },
    whole: (path) => (plain(path) === "" ? "/src" : `/src/${plain(path)}`),
  };
}
