/**
 * Packages of the module that cells import: analysed and compiled when a cell first imports them, and linked before it.
 *
 * A package stays as it was when it was imported first, like everything else that cells have declared.
 */
import type { Sources } from "../base/source.ts";
import { type Checked, type Packages, Workspace } from "../compiler/index.ts";
import type { Compiler, Faults } from "./compile.ts";
import type { Runnable } from "./engine.ts";
import type { ModulePackage } from "./packages.ts";

interface Imported {
  readonly texts: string;
  readonly unit: Runnable;
}

export class CellModules {
  readonly #compiler: Compiler;
  readonly #workspace: Workspace;
  readonly #units = new Map<string, Imported>();
  /** Paths of packages that the process holds. */
  readonly #linked = new Set<string>();

  constructor(compiler: Compiler, packages: Packages, sources: Sources) {
    this.#compiler = compiler;
    this.#workspace = new Workspace(packages, sources);
  }

  /** Whether a cell has imported one. */
  get used(): boolean {
    return this.#units.size > 0;
  }

  /** What a cell that imports them has to know of them. */
  get known(): Pick<Checked, "siblings" | "imported"> {
    return this.#workspace.known;
  }

  /** Makes packages ready to be imported; answers what is wrong with one of them. */
  ready(packages: readonly ModulePackage[]): Faults | undefined {
    for (const pkg of packages) {
      const texts = JSON.stringify(pkg.files);
      const known = this.#units.get(pkg.path);
      if (known?.texts === texts) continue;
      if (known) return { ename: "CompileError", lines: [`package ${pkg.path} is not what it was when a cell imported it: begin anew with reset`] };
      const unit = this.#compiler.imported(this.#workspace, pkg);
      if ("faults" in unit) return unit.faults;
      this.#units.set(pkg.path, { texts, unit });
    }
    return undefined;
  }

  /** The units that the process does not hold yet, in the order in which they are to be linked. */
  unlinked(): Runnable[] {
    return [...this.#units].filter(([path]) => !this.#linked.has(path)).map(([, { unit }]) => unit);
  }

  /** All units are linked now. */
  linked(): void {
    for (const path of this.#units.keys()) this.#linked.add(path);
  }
}
