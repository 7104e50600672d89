/**
 * What the export data of a package holds: the functions that can be reached from its exported names, through types, generic bodies and
 * bodies that may be inlined.
 *
 * Go: cmd/compile/internal/noder/linker.go (relocObj, exportBody).
 */
import type { Conclusion, Imported } from "./ir/index.ts";
import { asNamed, deref, type Func, type FuncFacts, methodsOf, type Obj, type Package, type Type, under, walk } from "./types/index.ts";

/** What decides which bodies are exported. */
export interface Exports {
  readonly pkg: Package;
  readonly imported: Imported;
  /** Functions of other packages that were inlined in this one. */
  readonly expanded: ReadonlySet<Func>;
  /** The same of the library, by what is known of them. */
  readonly library: ReadonlySet<FuncFacts>;
}

/** The functions of other packages whose bodies `pkg` hands on. */
export function handedOn({ pkg, imported, expanded, library }: Exports): ReadonlySet<Func> {
  const funcs = new Set<Func>();
  const types = new Set<Type>();
  const todo: Obj[] = [];
  const type = (t: Type | undefined): void => {
    if (!t || types.has(t)) return;
    types.add(t);
    if (t.kind === "Named") {
      for (const a of t.typeArgs) type(a);
      for (const m of methodsOf(t.origin ?? t)) meet(m);
      type(under(t.origin ?? t));
    } else parts(t, type);
  };
  const meet = (obj: Obj): void => {
    if (obj.kind === "Func" && !funcs.has(obj.origin ?? obj)) {
      funcs.add(obj.origin ?? obj);
      todo.push(obj.origin ?? obj);
    }
    if ("type" in obj) type(obj.type);
  };
  for (const [name, obj] of pkg.scope.names) if (/^\p{Lu}/u.test(name)) meet(obj);
  for (let obj = todo.pop(); obj; obj = todo.pop()) {
    if (obj.kind === "Func" && hasBody(obj, imported.conclusions.get(obj), pkg, expanded)) mentions(obj, imported, meet);
  }
  return new Set([...funcs].filter((f) => expanded.has(f) || (f.facts !== undefined && library.has(f.facts))));
}

/** Whether the export data has the body of `f`: generic, or one that may be inlined and is this package's or was inlined in it. */
function hasBody(f: Func, known: Conclusion | undefined, pkg: Package, expanded: ReadonlySet<Func>): boolean {
  const sig = f.type?.kind === "Signature" ? f.type : undefined;
  if (sig && (sig.typeParams.length > 0 || sig.recvTypeParams.length > 0)) return true;
  return known?.inl !== undefined && (f.pkg === pkg || expanded.has(f));
}

function mentions(f: Func, imported: Imported, meet: (obj: Obj) => void): void {
  const decl = imported.decls.get(f);
  const info = f.pkg && imported.infos.get(f.pkg);
  if (!decl?.body || !info) return;
  walk(decl.body, (n) => {
    if (n.kind === "Name") {
      const used = info.uses.get(n);
      if (used && used.kind !== "PkgName") meet(used);
    }
    const selected = n.kind === "SelectorExpr" ? info.selections.get(n)?.obj : undefined;
    if (selected?.kind !== "Func") return true;
    meet(selected);
    const recv = selected.type?.kind === "Signature" ? selected.type.recv?.type : undefined;
    const owner = recv && asNamed(deref(recv)[0]);
    if (owner) meet(owner.obj);
    return true;
  });
}

/** The types that `t` is made of. */
function parts(t: Type, each: (t: Type | undefined) => void): void {
  switch (t.kind) {
    case "Alias":
      return each(t.target);
    case "Pointer": case "Slice": case "Array": case "Chan":
      return each(t.elem);
    case "Map":
      each(t.key);
      return each(t.elem);
    case "Signature":
      for (const v of [...(t.recv ? [t.recv] : []), ...t.params, ...t.results]) each(v.type);
      return;
    case "Struct":
      for (const f of t.fields) each(f.type);
      return;
    case "Interface":
      for (const m of t.methods) each(m.type);
      for (const e of t.embeddeds) each(e);
      return;
    case "Tuple":
      for (const v of t.vars) each(v.type);
      return;
    default:
  }
}
