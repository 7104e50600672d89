/**
 * Types and objects as the checker's messages print them.
 *
 * The texts in `-m` lines differ (`interface {}`, omitted packages); they are the IR's. Go: types2/typestring.go, object.go.
 */
import { at } from "./lists.ts";
import { asNamed, unalias, under } from "./under.ts";
import { anyInterface, anyType, comparableInterface, invalidType, universe } from "./universe.ts";
import { isExported } from "./names.ts";
import type { Func, InterfaceType, Obj, Package, SignatureType, StructType, Type, TypeName, TypeParamType, Var } from "./type.ts";

/** How a package's name is printed in front of its objects; "" leaves it out, undefined stands for import paths. */
export type Qualifier = ((pkg: Package) => string) | undefined;

/** What a printed type may need beyond the type. */
interface Writer {
  readonly qualifier: Qualifier;
  readonly paramNames: boolean;
  /** Names the packages of unexported fields; used where two texts would be the same otherwise. */
  readonly pkgInfo: boolean;
  /** Prints where a type parameter with a predeclared name was declared. */
  readonly place: (p: TypeParamType) => string;
  readonly seen: Set<Type>;
}

/** The type's text. */
export const typeString = (t: Type, qualifier: Qualifier = undefined, place: Writer["place"] = () => ""): string =>
  write({ qualifier, paramNames: true, pkgInfo: false, place, seen: new Set() }, t);

/** A method's name and signature without parameter names, as in `have M(int)`. */
export const methodString = (f: Func, qualifier: Qualifier, pkgInfo: boolean): string => {
  const w: Writer = { qualifier: pkgInfo ? undefined : qualifier, paramNames: false, pkgInfo, place: () => "", seen: new Set() };
  return f.name + (f.type?.kind === "Signature" ? signature(w, f.type) : "");
};

function write(w: Writer, t: Type): string {
  if (w.seen.has(t)) return `<cycle to *${t.kind}>`;
  w.seen.add(t);
  const text = writeType(w, t);
  w.seen.delete(t);
  return text;
}

function writeType(w: Writer, t: Type): string {
  switch (t.kind) {
    case "Basic":
      return t.name;
    case "Array":
      return `[${t.len}]${write(w, t.elem)}`;
    case "Slice":
      return `[]${write(w, t.elem)}`;
    case "Struct":
      return `struct{${t.fields.map((f, i) => field(w, t, f, i)).join("; ")}}`;
    case "Pointer":
      return `*${write(w, t.elem)}`;
    case "Tuple":
      return tuple(w, t.vars, false);
    case "Signature":
      return `func${signature(w, t)}`;
    case "Union":
      return t.terms.map((term) => (term.tilde ? "~" : "") + write(w, term.type)).join(" | ");
    case "Interface":
      return interfaceString(w, t);
    case "Map":
      return `map[${write(w, t.key)}]${write(w, t.elem)}`;
    case "Chan": {
      if (t.dir === "send") return `chan<- ${write(w, t.elem)}`;
      if (t.dir === "recv") return `<-chan ${write(w, t.elem)}`;
      const elem = write(w, t.elem);
      return t.elem.kind === "Chan" && t.elem.dir === "recv" ? `chan (${elem})` : `chan ${elem}`;
    }
    case "Named":
    case "Alias":
      return typeName(w, t.obj) + (t.typeArgs.length > 0 ? typeList(w, t.typeArgs) : t.origin ? "" : typeParamList(w, t.typeParams));
    case "TypeParam":
      return t.obj.name + (universe.names.has(t.obj.name) ? ` /* with ${t.obj.name} declared at ${w.place(t)} */` : "");
  }
}

function field(w: Writer, s: StructType, f: Var, i: number): string {
  const annotate = w.qualifier === undefined && w.pkgInfo && !isExported(f.name);
  const inner: Writer = annotate ? { ...w, pkgInfo: false } : w;
  const tag = s.tags[i] ?? "";
  return [
    f.embedded ? "" : `${f.name} `,
    write(inner, f.type ?? invalidType),
    annotate ? ` /* package ${f.pkg?.path ?? ""} */ ` : "",
    tag === "" ? "" : ` ${quote(tag)}`,
  ].join("");
}

function interfaceString(w: Writer, t: InterfaceType): string {
  if (t === anyInterface) return "any";
  if (t === comparableInterface) return "interface{comparable}";
  if (t.implicit && t.methods.length === 0 && t.embeddeds.length === 1) return write(w, at(t.embeddeds, 0));
  const methods = t.methods.map((m) => m.name + (m.type?.kind === "Signature" ? signature(w, m.type) : ""));
  return `${t.implicit ? "/* implicit */ " : ""}interface{${[...methods, ...t.embeddeds.map((e) => write(w, e))].join("; ")}}`;
}

const typeList = (w: Writer, list: readonly Type[]): string => `[${list.map((t) => write(w, t)).join(", ")}]`;

function typeParamList(w: Writer, list: readonly TypeParamType[]): string {
  if (list.length === 0) return "";
  let out = "[";
  let previous: Type | undefined;
  for (const p of list) {
    if (previous) out += p.constraint !== previous ? ` ${write(w, previous)}, ` : ", ";
    previous = p.constraint;
    out += write(w, p);
  }
  return `${out} ${write(w, previous ?? invalidType)}]`;
}

const typeName = (w: Writer, obj: TypeName): string => packagePrefix(obj.pkg, w.qualifier) + obj.name;

/** `fmt.`, or nothing where the qualifier says so. */
export function packagePrefix(pkg: Package | undefined, qualifier: Qualifier): string {
  if (!pkg) return "";
  const name = qualifier ? qualifier(pkg) : pkg.path;
  return name === "" ? "" : `${name}.`;
}

function tuple(w: Writer, vars: readonly Var[], variadic: boolean): string {
  const parts = vars.map((v, i) => {
    const name = v.name !== "" && w.paramNames ? `${v.name} ` : "";
    const t = v.type ?? invalidType;
    if (!variadic || i < vars.length - 1) return name + write(w, t);
    return t.kind === "Slice" ? `${name}...${write(w, t.elem)}` : `${name}${write(w, t)}...`;
  });
  return `(${parts.join(", ")})`;
}

function signature(w: Writer, s: SignatureType): string {
  const head = typeParamList(w, s.typeParams) + tuple(w, s.params, s.variadic);
  const [first] = s.results;
  if (!first) return head;
  if (s.results.length === 1 && first.name === "") return `${head} ${write(w, first.type ?? invalidType)}`;
  return `${head} ${tuple(w, s.results, false)}`;
}

/** An object with its type, as in `inner declaration of var x int`. */
export function objectString(obj: Obj, qualifier: Qualifier): string {
  switch (obj.kind) {
    case "PkgName":
      return `package ${obj.name}${obj.imported.path !== obj.name ? ` (${quote(obj.imported.path)})` : ""}`;
    case "Nil":
      return "nil";
    case "Label":
      return `label ${obj.name}`;
    case "Builtin":
      return `builtin ${qualifiedName(obj, qualifier)}`;
    case "Func":
      return `func ${functionName(obj, qualifier)}${obj.type?.kind === "Signature" ? typeString(obj.type, qualifier).slice(4) : ""}`;
    case "Const":
      return `const ${qualifiedName(obj, qualifier)} ${typeString(obj.type ?? invalidType, qualifier)}`;
    case "Var":
      return `${obj.role === "field" ? "field" : "var"} ${qualifiedName(obj, qualifier)} ${typeString(obj.type ?? invalidType, qualifier)}`;
    case "TypeName":
      return typeNameString(obj, qualifier);
  }
}

function typeNameString(obj: TypeName, qualifier: Qualifier): string {
  const t = obj.type ?? invalidType;
  const what = t.kind === "TypeParam" ? "type parameter" : "type";
  const params = t.kind === "Named" || t.kind === "Alias" ? t.typeParams : [];
  const w: Writer = { qualifier, paramNames: true, pkgInfo: false, place: () => "", seen: new Set() };
  const name = `${what} ${qualifiedName(obj, qualifier)}${typeParamList(w, params)}`;
  if (t.kind === "Basic") return name;
  if (t === anyType) return `${name} = interface{}`;
  if (t.kind === "TypeParam") return `${name} ${typeString(t.constraint, qualifier)}`;
  if (t.kind === "Alias") return `${name} = ${typeString(t.target, qualifier)}`;
  return `${name} ${typeString(under(t), qualifier)}`;
}

const qualifiedName = (obj: Obj, qualifier: Qualifier): string =>
  obj.pkg && obj.pkg.scope.names.get(obj.name) === obj ? packagePrefix(obj.pkg, qualifier) + obj.name : obj.name;

function functionName(f: Func, qualifier: Qualifier): string {
  const recv = f.type?.kind === "Signature" ? f.type.recv?.type : undefined;
  if (!recv) return packagePrefix(f.pkg, qualifier) + f.name;
  return `(${recv.kind === "Interface" ? "interface" : typeString(recv, qualifier)}).${f.name}`;
}

/** Text in double quotes with Go's escapes, for tags and paths. */
export function quote(text: string): string {
  let out = '"';
  for (const c of text) {
    const code = c.codePointAt(0) ?? 0;
    if (c === '"' || c === "\\") out += `\\${c}`;
    else if (escapes[c]) out += escapes[c];
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, "0")}`;
    else out += c;
  }
  return `${out}"`;
}

const escapes: Readonly<Record<string, string>> = {
  "\x07": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v",
};

/** Whether the object is a name for a type that has another name, or none. */
export function isAliasName(obj: TypeName): boolean {
  const t = obj.type;
  if (!t) return false;
  if (t.kind === "Basic") return obj.pkg?.path !== "unsafe" && (obj.pkg !== undefined || obj.name === "byte" || obj.name === "rune");
  if (t.kind === "Named" || t.kind === "TypeParam") return t.obj !== obj;
  return true;
}

/** The name of a defined type without package, for messages about its methods. */
export const baseName = (t: Type): string => asNamed(t)?.obj.name ?? typeString(unalias(t));
