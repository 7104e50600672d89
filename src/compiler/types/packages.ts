/**
 * The library's packages as far as they were imported, each once, so that their types are the same wherever they are met.
 *
 * One `Packages` serves all cells of a session. Go: cmd/compile/internal/importer.
 */
import { bug } from "../../base/bug.ts";
import type { Importer } from "./facts.ts";
import { importPackage } from "./importfacts.ts";
import { instance, Instances } from "./subst.ts";
import { unsafePackage } from "./universe.ts";
import type { Package } from "./type.ts";

export class Packages {
  readonly instances = new Instances();
  readonly #importer: Importer;
  readonly #known = new Map<string, Package | undefined>([["unsafe", unsafePackage]]);
  #names: Map<string, string[]> | undefined;
  #typeParams = 0;

  constructor(importer: Importer) {
    this.#importer = importer;
  }

  /** The package with this import path; undefined if there is none. */
  find(path: string): Package | undefined {
    if (this.#known.has(path)) return this.#known.get(path);
    const facts = this.#importer.facts(path);
    const pkg =
      facts &&
      importPackage(facts, {
        package: (other) => this.find(other) ?? bug(`no package ${other}, which ${path} needs`),
        instantiate: (origin, args) => instance(origin, args, this.instances),
        verbose: (of) => this.#importer.verbose?.(of) ?? new Map(),
        typeParamId: () => this.typeParamId(),
      });
    this.#known.set(path, pkg);
    return pkg;
  }

  /** Our own Go text of a package. */
  source(path: string): readonly { readonly name: string; readonly text: string }[] {
    return this.#importer.source?.(path) ?? [];
  }

  /** Makes a package that was checked from source known under its path (or the one that imports name), in place of its facts. */
  add(pkg: Package, path: string = pkg.path): void {
    this.#known.set(path, pkg);
  }

  /** A number that no other type parameter of this session has. */
  typeParamId(): number {
    this.#typeParams++;
    return this.#typeParams;
  }

  /** The package that a bare name most likely means: the one with the shortest path, `math/rand` before `crypto/rand`. */
  byName(name: string): Package | undefined {
    const paths = this.#pathsByName().get(name)?.filter((p) => !p.split("/").includes("internal"));
    const best = paths?.sort((a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1))[0];
    return best === undefined ? undefined : this.find(best);
  }

  /** Names of the packages that a program can import. */
  names(): string[] {
    return [...this.#pathsByName()].filter(([, paths]) => paths.some((p) => !p.split("/").includes("internal"))).map(([name]) => name);
  }

  #pathsByName(): Map<string, string[]> {
    if (this.#names) return this.#names;
    const names = new Map<string, string[]>();
    for (const path of [...this.#importer.paths(), "unsafe"]) {
      const name = lastElement(path);
      const list = names.get(name);
      if (list) list.push(path);
      else names.set(name, [path]);
    }
    this.#names = names;
    return names;
  }
}

/** Whether the package stands for one that could not be imported: it is in no universe. */
export const isMissing = (pkg: Package): boolean => pkg.scope.parent === undefined;

/** The package name that a path suggests: its last element, versions like `v2` left out. */
function lastElement(path: string): string {
  const parts = path.split("/");
  const last = parts[parts.length - 1] ?? path;
  return /^v[0-9]+$/.test(last) && parts.length > 1 ? (parts[parts.length - 2] ?? last) : last;
}

/** Names that mean one package in practice. */
const rank = (path: string): number => (path.startsWith("math/") || path.startsWith("text/") ? 0 : 1);
