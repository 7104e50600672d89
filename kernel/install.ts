/**
 * The kernelspec: what makes Jupyter find this kernel.
 *
 * Writes only below the folder asked for. Works with no Jupyter installed. Folders: jupyter_core "Common directories and file locations".
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { logoPng, logoSvg } from "./logo.ts";

export interface InstallTarget {
  /** Below this prefix (`PREFIX/share/jupyter/kernels`); absent: the user's own data folder. */
  readonly prefix?: string;
  /** Below the prefix of the Python on PATH. */
  readonly sysPrefix?: boolean;
  /** Folder name; "gomem" if absent. */
  readonly name?: string;
}

export interface Installed {
  readonly name: string;
  readonly folder: string;
}

/** Writes the kernelspec and answers where it is. */
export function installKernel(target: InstallTarget): Installed {
  const name = target.name ?? "gomem";
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new Error(`invalid kernel name ${JSON.stringify(name)}: use letters, digits, ".", "_" and "-"`);
  const folder = join(kernelsFolder(target), name);
  mkdirSync(folder, { recursive: true });
  const spec = {
    argv: [process.execPath, fileURLToPath(new URL("./main.js", import.meta.url)), "{connection_file}"],
    display_name: name === "gomem" ? "Go (gomem)" : `Go (${name})`,
    language: "go",
    interrupt_mode: "message",
    kernel_protocol_version: "5.5",
    metadata: {},
  };
  writeFileSync(join(folder, "kernel.json"), `${JSON.stringify(spec, undefined, 2)}\n`);
  writeFileSync(join(folder, "logo-svg.svg"), logoSvg);
  for (const size of [32, 64] as const) writeFileSync(join(folder, `logo-${size}x${size}.png`), logoPng(size));
  return { name, folder };
}

/** Removes the kernelspec; undefined if there was none. */
export function uninstallKernel(target: InstallTarget): Installed | undefined {
  const name = target.name ?? "gomem";
  const folder = join(kernelsFolder(target), name);
  if (!existsSync(join(folder, "kernel.json"))) return undefined;
  rmSync(folder, { recursive: true });
  return { name, folder };
}

/** Kernelspecs that start this program, in every folder that Jupyter searches for this user. */
export function listKernels(): Installed[] {
  const folders = [...new Set([kernelsFolder({}), ...(process.env["JUPYTER_PATH"] ?? "").split(":").filter(Boolean).map((p) => join(p, "kernels"))])];
  return folders.filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .map((name) => ({ name, folder: join(folder, name) }))
      .filter((k) => isOurs(join(k.folder, "kernel.json"))),
  );
}

function isOurs(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const { argv } = JSON.parse(readFileSync(file, "utf8")) as { argv?: unknown };
    return Array.isArray(argv) && argv[1] === fileURLToPath(new URL("./main.js", import.meta.url));
  } catch {
    return false;
  }
}

function kernelsFolder({ prefix, sysPrefix }: InstallTarget): string {
  if (prefix !== undefined) return join(prefix, "share", "jupyter", "kernels");
  if (sysPrefix) return join(pythonPrefix(), "share", "jupyter", "kernels");
  return join(dataFolder(), "kernels");
}

function pythonPrefix(): string {
  const asked = spawnSync("python3", ["-c", "import sys; print(sys.prefix)"], { encoding: "utf8" });
  if (asked.status !== 0) throw new Error("-sys-prefix needs python3 on PATH; use -user or -prefix=FOLDER");
  return asked.stdout.trim();
}

function dataFolder(): string {
  const given = process.env["JUPYTER_DATA_DIR"];
  if (given) return given;
  if (process.platform === "darwin") return join(homedir(), "Library", "Jupyter");
  if (process.platform === "win32") return join(process.env["APPDATA"] ?? join(homedir(), "AppData", "Roaming"), "jupyter");
  return join(process.env["XDG_DATA_HOME"] ?? join(homedir(), ".local", "share"), "jupyter");
}
