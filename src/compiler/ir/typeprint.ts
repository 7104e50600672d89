/**
 * Types in the words of the compiler's back half: `-m` lines, symbol names, run-time type strings.
 *
 * They differ from the checker's words (`src/compiler/types` prints those): names of the compiled package stand bare,
 * those of others behind the package's name or, where two packages share it, its quoted path; `interface {}` has a
 * blank; parameters have no names; aliases are gone, but for `any`, `byte` and `rune`.
 *
 * Go: cmd/compile/internal/types/fmt.go.
 */
import { anyType, outerArgs, under } from "../types/index.ts";
import type { Func as Method, InterfaceType, NamedType, Package, SignatureType, StructType, Type, TypeName, Var } from "../types/index.ts";

/** What printing needs to know of the package that is compiled. */
export interface PrintContext {
  readonly local: Package;
  /** Package names that stand quoted with their path. The compiler has the means and never uses them: it counts no imports. */
  readonly ambiguous: ReadonlySet<string>;
  /** Numbers of types that are declared inside functions. */
  readonly vargen: ReadonlyMap<TypeName, number>;
}

/**
 * `go`: as a user reads it. `link`: full package paths and no aliases, unique in a program. `name`: as `link`, but with
 * package names: what reflection shows.
 */
export type TypeStyle = "go" | "link" | "name";

/** `t` as `-m` lines print it. */
export const typeString = (t: Type, ctx: PrintContext): string => text(t, "go", ctx, false);
/** `t` as symbol names contain it. Go: Type.LinkString. */
export const linkString = (t: Type, ctx: PrintContext): string => text(t, "link", ctx, false);
/** `t` as reflection and panics show it. Go: Type.NameString. */
export const nameString = (t: Type, ctx: PrintContext): string => text(t, "name", ctx, false);
/** A receiver's type as it stands in the name of a method: `T`, `*T`, without its package. */
export const receiverString = (t: Type, ctx: PrintContext): string => text(t, "link", ctx, true);

/** A name of package `pkg`, qualified where it is not the compiled package's. */
export function qualified(name: string, pkg: Package | undefined, ctx: PrintContext): string {
  const q = qualifier(pkg, "go", ctx);
  return q === "" ? name : `${q}.${name}`;
}

function qualifier(pkg: Package | undefined, style: TypeStyle, ctx: PrintContext): string {
  if (!pkg) return "";
  if (style === "link") return pkg.path;
  if (style === "name") return pkg.name;
  if (pkg === ctx.local) return "";
  return ctx.ambiguous.has(pkg.name) ? JSON.stringify(pkg.path) : pkg.name;
}

/** `short` leaves out the package of a name at the top (behind one pointer). */
function text(t: Type, style: TypeStyle, ctx: PrintContext, short: boolean): string {
  const sub = (u: Type): string => text(u, style, ctx, false);
  switch (t.kind) {
    case "Basic":
      return style === "go" && t.basic !== "unsafe.Pointer" ? t.name : t.basic;
    case "Alias":
      return style === "go" && !t.obj.pkg ? t.obj.name : text(t.target, style, ctx, short);
    case "Named":
      return namedString(t, style, ctx, short);
    case "TypeParam":
      return t.obj.name;
    case "Pointer":
      return `*${text(t.elem, style, ctx, short && style !== "go")}`;
    case "Array":
      return `[${t.len}]${sub(t.elem)}`;
    case "Slice":
      return `[]${sub(t.elem)}`;
    case "Map":
      return `map[${sub(t.key)}]${sub(t.elem)}`;
    case "Chan": {
      if (t.dir !== "both") return `${t.dir === "recv" ? "<-chan" : "chan<-"} ${sub(t.elem)}`;
      return t.elem.kind === "Chan" && t.elem.dir === "recv" ? `chan (${sub(t.elem)})` : `chan ${sub(t.elem)}`;
    }
    case "Signature":
      return `func${signatureString(t, style, ctx)}`;
    case "Struct":
      return structString(t, style, ctx);
    case "Interface":
      return t === anyType.target && style === "go" ? "any" : interfaceString(t, style, ctx);
    case "Tuple":
      return structLike(t.vars.map((v) => sub(v.type ?? v.origin?.type ?? t)));
    default:
      return t.terms.map((term) => (term.tilde ? "~" : "") + sub(term.type)).join("|");
  }
}

const structLike = (fields: readonly string[]): string => (fields.length === 0 ? "struct {}" : `struct { ${fields.join("; ")} }`);

/** The name of a defined type, with type arguments in their linker form and, for a local type, its number. */
export function typeSymbolName(t: NamedType, ctx: PrintContext): string {
  const vargen = ctx.vargen.get((t.origin ?? t).obj);
  const args = [outerArgs(t), t.typeArgs].filter((list) => list.length > 0).map((list) => list.map((a) => linkString(a, ctx)).join(","));
  return `${t.obj.name}${args.length === 0 ? "" : `[${args.join(";")}]`}${vargen === undefined ? "" : `·${vargen}`}`;
}

function namedString(t: NamedType, style: TypeStyle, ctx: PrintContext, short: boolean): string {
  const symbol = typeSymbolName(t, ctx);
  const name = style === "link" ? symbol : symbol.replace(/·\d+$/, "");
  const q = short ? "" : qualifier(t.obj.pkg, style, ctx);
  return q === "" ? name : `${q}.${name}`;
}

/** Parameters and results of `t`, without the word func. */
export function signatureString(t: SignatureType, style: TypeStyle, ctx: PrintContext): string {
  const params = t.params.map((p, i) => paramString(p, t.variadic && i === t.params.length - 1, style, ctx));
  const results = t.results.map((r) => paramString(r, false, style, ctx));
  const head = `(${params.join(", ")})`;
  if (results.length === 0) return head;
  return results.length === 1 ? `${head} ${results[0] ?? ""}` : `${head} (${results.join(", ")})`;
}

function paramString(p: Var, ddd: boolean, style: TypeStyle, ctx: PrintContext): string {
  const t = p.type;
  if (!t) return "<T>";
  return ddd && t.kind === "Slice" ? `...${text(t.elem, style, ctx, false)}` : text(t, style, ctx, false);
}

const isExported = (name: string): boolean => /^\p{Lu}/u.test(name);

function structString(t: StructType, style: TypeStyle, ctx: PrintContext): string {
  const fields = t.fields.map((f, i) => {
    const tag = t.tags[i] ?? "";
    return fieldString(f, style, ctx) + (tag === "" ? "" : ` ${JSON.stringify(tag)}`);
  });
  return structLike(fields);
}

function fieldString(f: Var, style: TypeStyle, ctx: PrintContext): string {
  const type = f.type ? text(f.type, style, ctx, false) : "<T>";
  const q = isExported(f.name) || style === "name" ? "" : qualifier(f.pkg, style, ctx);
  const name = q === "" ? f.name : `${q}.${f.name}`;
  if (!f.embedded) return `${name} ${type}`;
  return style === "link" && !namesItself(f) ? `${name} = ${type}` : type;
}

/** Whether an embedded field's name is that of its type, and so says nothing new. */
function namesItself(f: Var): boolean {
  const t = f.type?.kind === "Pointer" ? f.type.elem : f.type;
  return t?.kind === "Named" && t.typeArgs.length === 0 && t.obj.name === f.name && (isExported(f.name) || t.obj.pkg === f.pkg);
}

function interfaceString(t: InterfaceType, style: TypeStyle, ctx: PrintContext): string {
  const methods = interfaceMethods(t);
  if (methods.length === 0) return "interface {}";
  let mode = style;
  const parts = methods.map((m) => {
    // From the first unexported method on, Go prints full paths.
    if (!isExported(m.name) && mode !== "name") mode = "link";
    const q = isExported(m.name) ? "" : qualifier(m.pkg, mode, ctx);
    const signature = m.type?.kind === "Signature" ? signatureString(m.type, mode, ctx) : "()";
    return `${q === "" ? m.name : `${q}.${m.name}`}${signature}`;
  });
  return `interface { ${parts.join("; ")} }`;
}

/** All methods of an interface, its embedded ones included, in the order of method tables: exported ones by name, then the others. */
export function interfaceMethods(t: InterfaceType): Method[] {
  const found = new Map<string, Method>();
  collect(t, found);
  return [...found.values()].sort(compareMethods);
}

function collect(t: InterfaceType, found: Map<string, Method>): void {
  for (const m of t.methods) found.set(isExported(m.name) ? m.name : `${m.pkg?.path ?? ""}.${m.name}`, m);
  for (const e of t.embeddeds) {
    const u = under(e);
    if (u.kind === "Interface") collect(u, found);
  }
}

function compareMethods(a: Method, b: Method): number {
  const ea = isExported(a.name);
  if (ea !== isExported(b.name)) return ea ? -1 : 1;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return (a.pkg?.path ?? "") < (b.pkg?.path ?? "") ? -1 : 1;
}
