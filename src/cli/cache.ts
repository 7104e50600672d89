/**
 * The cache of compiled programs: a folder with one file for each program that `run` compiled, so that the next run of the same text compiles nothing.
 *
 * A file is found by the sources' names and texts and by the build of gomem that compiled them, all of which it holds and which are compared byte for
 * byte. What else it holds is there twice and compared as well: a damaged file is none, and comparing is the cheapest check there is (Node's
 * digests take 10 ms of a start). A folder that cannot be written to is no cache, without a word. Go programs do not reach it: they have no host.
 *
 * Go: cmd/go/internal/cache; os.UserCacheDir.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assetChange } from "../base/assets.ts";
import { Parts, partsFile, type PartsHead } from "../base/parts.ts";
import type { Kept, SubjectFile } from "../lab/index.ts";
import type { Arguments } from "./arguments.ts";

/** Which build of gomem this is: bundle.mjs puts the digest of its files here. Without one nothing is kept. */
const BUILD: string = "";

/** What the folder holds at most; the longest unused go first. */
const LIMIT = { files: 1000, bytes: 100_000_000 };
/** A file counts as unused from the last time that this much had passed. */
const USED_MS = 3_600_000;
const ENDING = ".program";

type Head = PartsHead<"identity" | "program" | "copy" | "code" | "codeCopy">;

/** The folder that an environment asks for: GOMEMCACHE, which may be `off`, or `gomem` among the user's caches. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform: string): string | undefined {
  const { GOMEMCACHE: asked, XDG_CACHE_HOME: xdg, HOME: home, LOCALAPPDATA: local } = env;
  if (asked !== undefined && asked !== "") return /^(\/|[A-Za-z]:[\\/])/.test(asked) ? asked : undefined;
  if (platform === "win32") return local && join(local, "gomem");
  if (platform === "darwin") return home && join(home, "Library/Caches/gomem");
  if (xdg?.startsWith("/")) return join(xdg, "gomem");
  return home?.startsWith("/") ? join(home, ".cache/gomem") : undefined;
}

/** The place of the program that `words` run; undefined if they run none of files alone, or nothing is to be kept. */
export function cacheOf(words: Arguments, env: Readonly<Record<string, string | undefined>>): ProgramCache | undefined {
  const others = words.args.findIndex((a) => !a.endsWith(".go"));
  const paths = others < 0 ? words.args : words.args.slice(0, others);
  if (BUILD === "" || paths.length === 0 || words.settings.length > 0 || words.call !== undefined || words.flags.some((f) => f.name !== "format")) return undefined;
  const folder = cacheFolder(env, process.platform);
  const files = folder === undefined ? undefined : readAll(paths);
  return folder === undefined || files === undefined ? undefined : new ProgramCache(folder, `${BUILD} ${assetChange("dist/std/built.json")}`, files);
}

function readAll(paths: readonly string[]): SubjectFile[] | undefined {
  try {
    return paths.map((path) => ({ name: /^(\.\.?[/\\]|[/\\])/.test(path) ? path : `./${path}`, text: readFileSync(path, "latin1") }));
  } catch {
    return undefined;
  }
}

/** The place of one program. */
export class ProgramCache {
  readonly #folder: string;
  readonly #file: string;
  readonly #identity: Buffer;
  readonly #files: readonly SubjectFile[];

  /** `build` names the compiler and its library. */
  constructor(folder: string, build: string, files: readonly SubjectFile[]) {
    const identity = JSON.stringify([build, ...files.flatMap((f) => [f.name, f.text])]);
    this.#folder = folder;
    this.#identity = Buffer.from(identity, "latin1");
    this.#file = join(folder, `${hash(identity, 0x811c9dc5)}${hash(identity, 0x2b7e1516)}${ENDING}`);
    this.#files = files;
  }

  /** Whether these are the files of the program. */
  isOf(files: readonly SubjectFile[]): boolean {
    return files.length === this.#files.length && files.every((f, i) => f.name === this.#files[i]?.name && f.text === this.#files[i]?.text);
  }

  /** What was written for the program; undefined if nothing was, or it is damaged. */
  read(): Kept | undefined {
    try {
      const parts = new Parts<Head>(readFileSync(this.#file));
      const program = parts.bytes("program");
      if (!this.#identity.equals(parts.bytes("identity")) || Buffer.compare(program, parts.bytes("copy")) !== 0) return undefined;
      const code = parts.bytes("code");
      if (Buffer.compare(code, parts.bytes("codeCopy")) !== 0) return undefined;
      this.#use();
      return code.length === 0 ? { program } : { program, code };
    } catch {
      return undefined;
    }
  }

  /** Keeps a program; whoever reads at the same time sees the old file or the new one. */
  write({ program, code = new Uint8Array() }: Kept): void {
    const mine = `${this.#file}.${process.pid}`;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      writeFileSync(mine, partsFile({}, { identity: this.#identity, program, copy: program, code, codeCopy: code }), { mode: 0o600 });
      renameSync(mine, this.#file);
      trim(this.#folder, LIMIT);
    } catch {
      remove(mine);
    }
  }

  #use(): void {
    const now = Date.now();
    if (now - statSync(this.#file).mtimeMs > USED_MS) utimesSync(this.#file, now / 1000, now / 1000);
  }
}

/** Takes the longest unused files out of a folder that holds more than `limit`, and some more. */
export function trim(folder: string, limit: { readonly files: number; readonly bytes: number }): void {
  const files = readdirSync(folder).filter((n) => n.includes(ENDING)).map((name) => ({ path: join(folder, name), ...sizeOf(join(folder, name)) })).sort((a, b) => b.used - a.used);
  let bytes = files.reduce((n, f) => n + f.size, 0);
  if (files.length <= limit.files && bytes <= limit.bytes) return;
  while (files.length > limit.files * 0.75 || bytes > limit.bytes * 0.75) {
    const last = files.pop();
    if (!last) return;
    remove(last.path);
    bytes -= last.size;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays, and is no program.
  }
}

function sizeOf(path: string): { readonly size: number; readonly used: number } {
  const stat = statSync(path, { throwIfNoEntry: false });
  return { size: stat?.size ?? 0, used: stat?.mtimeMs ?? 0 };
}

/** FNV-1a from `start`, as eight digits: a name, not a proof. */
function hash(text: string, start: number): string {
  let h = start;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, "0");
}
