/**
 * What a cell declares again, and what of the session has to be compiled with it.
 *
 * A name that is declared anew is seen by earlier functions too: those that mention it, directly or by way of others, are declared once more
 * beside it, as they were written, and become the newest of their names. A method belongs to its type's package, so a type gets a new method
 * by being declared once more with all its methods. If its definition is the same, its values live on (same type, same memory); if not, it is another
 * type of the same name, and variables of the old one are gone.
 */
import type { CellScope } from "./cell.ts";
import type { Decl, FuncDecl, Node, TypeDecl } from "./syntax/ast.ts";
import { mentions, type NamedType, type Obj, walk } from "./types/index.ts";

/** A function, method (`T.M`) or type of the session, as it was written. */
export type Redeclarable = FuncDecl | TypeDecl;

/** What a cell brings along. */
export interface Redeclared {
  /** Declarations of earlier cells that are compiled again. */
  readonly again: readonly Redeclarable[];
  /** Types that are another type than before. */
  readonly changed: ReadonlySet<string>;
  /** Types that are declared once more, changed or not. */
  readonly types: ReadonlySet<string>;
  /** Variables whose types have changed: they are gone. */
  readonly gone: readonly string[];
}

/** What a cell declares and names. */
export interface OwnNames {
  readonly declared: ReadonlySet<string>;
  /** Types that it defines otherwise than before. */
  readonly changed: ReadonlySet<string>;
  /** Every name in it. */
  readonly used: ReadonlySet<string>;
}

/** What is compiled again for a cell. */
export function redeclared(session: CellScope, { declared: own, changed, used: named }: OwnNames): Redeclared {
  const touched = new Set([...[...own].filter((name) => isKnown(session, name)), ...genericNames(session, named)]);
  const other = new Set(changed);
  const uses = new Map([...session.decls].map(([name, decl]) => [name, usesOf(decl)]));
  for (let size = -1; size !== touched.size + other.size; ) {
    size = touched.size + other.size;
    for (const name of [...touched]) if (name.includes(".")) touched.add(typeOf(name));
    for (const [name, decl] of session.decls) {
      const used = uses.get(name) ?? new Set();
      if (touched.has(typeOf(name)) || [...touched].some((t) => used.has(t.slice(t.indexOf(".") + 1)))) touched.add(name);
      if (decl.kind === "TypeDecl" && [...other].some((t) => used.has(t))) other.add(name);
    }
    for (const [name, obj] of session.scope.names) if (obj.kind === "Var" && isOfTypes(obj, touched)) touched.add(name);
  }
  const again = [...session.decls].filter(([name]) => touched.has(name) && !own.has(name)).map(([, decl]) => decl);
  const gone = [...session.scope.names].filter(([name, obj]) => obj.kind === "Var" && !own.has(name) && isOfTypes(obj, other)).map(([name]) => name);
  return { again, changed: other, types: new Set([...touched].filter((name) => session.types.has(name) && !name.includes("."))), gone };
}

/** Generic functions and types that a cell needs: instances are made where they are used, from the declaration. */
function genericNames(session: CellScope, named: ReadonlySet<string>): string[] {
  const generic = new Set([...session.decls].filter(([name, decl]) => !name.includes(".") && decl.typeParams.length > 0).map(([name]) => name));
  if (generic.size === 0) return [];
  const ofVariables = [...session.scope.names].flatMap(([name, obj]) => (named.has(name) && obj.kind === "Var" ? [...generic].filter((g) => isOfTypes(obj, new Set([g]))) : []));
  return [...[...generic].filter((g) => named.has(g)), ...ofVariables];
}

/** The type of a method `T.M`; another name is its own. */
const typeOf = (name: string): string => name.split(".")[0] ?? name;

/** Whether the session has the name, or the type of the method. */
const isKnown = (session: CellScope, name: string): boolean => session.decls.has(typeOf(name)) || session.scope.names.has(name);

const isOfTypes = (obj: Obj, names: ReadonlySet<string>): boolean =>
  obj.kind === "Var" && obj.type !== undefined && mentions(obj.type, (t: NamedType) => t.obj.pkg?.path === "main" && names.has(t.obj.name));

/** Every name that a declaration mentions; locals too, which at worst compiles too much. */
const usesOf = (decl: Redeclarable): ReadonlySet<string> => namesIn([decl], decl.name);

/** Every name in a list of nodes but one. */
export function namesIn(nodes: readonly Node[], except?: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of nodes) {
    walk(node, (n) => {
      if (n.kind === "Name" && n !== except) names.add(n.value);
      return true;
    });
  }
  return names;
}

/** Declarations that can be compiled again, by the names under which they are known. */
export function redeclarable(decls: readonly Decl[], nameOf: (d: Decl) => readonly string[]): Map<string, Redeclarable> {
  return new Map(decls.flatMap((d) => ((d.kind === "FuncDecl" && d.name.value !== "init") || d.kind === "TypeDecl" ? nameOf(d).map((name) => [name, d] as const) : [])));
}
