/**
 * Packages that are analysed together from their text, each after those that it imports: what the analysis of one concluded, and the
 * bodies that may be inlined, are there for the next.
 *
 * Go: what export data does between two runs of cmd/compile.
 */
import { Sources } from "../base/source.ts";
import { type Analysed, type AnalyseFlags, analysePackage, siblingOf } from "./analyse.ts";
import { check, type Checked, type CheckInput, type Sibling } from "./check.ts";
import { type Conclusion, conclusionsOf, type Imported } from "./ir/index.ts";
import { handedOn } from "./reach.ts";
import type { FuncDecl } from "./syntax/index.ts";
import { type Func, type Importer, type Info, type Package, Packages } from "./types/index.ts";

/** What was asked about one package, and the answer. `analysed` is absent where the package has errors. */
export interface WorkspaceResult {
  readonly checked: Checked;
  readonly analysed?: Analysed;
}

export class Workspace {
  readonly #sources: Sources;
  readonly #packages: Packages;
  readonly #infos = new Map<Package, Info>();
  readonly #decls = new Map<Func, FuncDecl>();
  readonly #conclusions = new Map<Func, Conclusion>();
  readonly #siblings = new Map<string, Sibling>();
  readonly #handedOn = new Map<Package, ReadonlySet<Func>>();
  readonly #imported: Imported = { infos: this.#infos, decls: this.#decls, conclusions: this.#conclusions, handedOn: this.#handedOn };

  /** Packages that are not in the workspace are looked for in `importer`; texts go to `sources`. */
  constructor(importer: Importer | Packages, sources = new Sources()) {
    this.#packages = importer instanceof Packages ? importer : new Packages(importer);
    this.#sources = sources;
  }

  /** What something that is checked elsewhere, a cell, has to know of the packages in here. */
  get known(): Pick<Checked, "siblings" | "imported"> {
    return this.#siblings.size === 0 ? {} : { siblings: new Map(this.#siblings), imported: this.#imported };
  }

  /** Whether a package that is no part of the library was analysed here, without errors. */
  has(path: string): boolean {
    return this.#siblings.has(path);
  }

  /** Checks and analyses the next package; it is known to those that come after. */
  analyse(input: Omit<CheckInput, "importer" | "sources" | "imported" | "siblings">, flags: AnalyseFlags): WorkspaceResult {
    const siblings = input.mode === "std" ? {} : { siblings: new Map(this.#siblings) };
    const checked = check({ ...input, importer: this.#packages, sources: this.#sources, imported: this.#imported, ...siblings });
    if (checked.diagnostics.length === 0 || input.mode === "std") this.#packages.add(checked.pkg);
    if (checked.pkg.path.startsWith("vendor/")) this.#packages.add(checked.pkg, checked.pkg.path.slice(7));
    if (checked.diagnostics.length > 0) return { checked };
    const analysed = analysePackage(checked, flags);
    this.#infos.set(checked.pkg, checked.info);

    for (const decl of checked.files.flatMap((f) => f.decls)) {
      const obj = decl.kind === "FuncDecl" ? checked.info.defs.get(decl.name) : undefined;
      if (decl.kind === "FuncDecl" && obj?.kind === "Func") this.#decls.set(obj, decl);
    }
    for (const [obj, c] of conclusionsOf(analysed.built.builder.state)) this.#conclusions.set(obj, c);
    if (input.mode !== "std") this.#siblings.set(input.path ?? checked.pkg.path, siblingOf(analysed));
    this.#handedOn.set(checked.pkg, handedOn({ pkg: checked.pkg, imported: this.#imported, expanded: analysed.built.builder.state.expanded, library: analysed.ir.inlinedLibrary }));
    return { checked, analysed };
  }
}
