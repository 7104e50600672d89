/**
 * What an editor is told of Go names: which could stand at a place, and what the name at a place is.
 *
 * Text that is being written seldom parses. So the selector at the cursor is cut off first (`p.Na` becomes `p`), the rest is checked as it
 * stands, and what cannot be found that way is looked for in the session's scope and among the library's packages.
 *
 * Go: no counterpart in the toolchain; gopls does this.
 */
import type { CellScope } from "./cell.ts";
import type { Checked } from "./check.ts";
import {
  deref, hasPointers, isExported, lookupFieldOrMethod, methodSet, type Obj, objectString, type Package, type Packages, sizeof, type Type, typeString, under, universe,
} from "./types/index.ts";

/** A name that could stand at the cursor. */
export interface Offer {
  readonly text: string;
  /** As Jupyter's clients know them. */
  readonly type: "function" | "module" | "class" | "instance" | "property" | "keyword";
  /** The declaration in one line. */
  readonly signature: string;
}

/** Where names are looked for. */
export interface OfferPlace {
  readonly session: CellScope;
  /** Checks a text as what the cell is: a file, or a part of the session. */
  readonly check: (text: string) => Checked;
  /** The cell, a byte string. */
  readonly text: string;
  /** Byte offset of the cursor. */
  readonly at: number;
}

/** `a.b.` and the word that is being written. */
const CHAIN = /((?:[A-Za-z_\x80-\xff][\w\x80-\xff]*\.)*)([\w\x80-\xff]*)$/;

/** Names that could stand at the cursor, without those that are commands or keywords. */
export function offers(place: OfferPlace): Offer[] {
  const [, chain = "", word = ""] = CHAIN.exec(place.text.slice(0, place.at)) ?? [];
  if (chain === "") return plainOffers(place, word);
  const target = resolve(place, chain.slice(0, -1).split("."), place.at - word.length - chain.length, chain.length + word.length);
  return target ? members(target).filter((o) => o.text.startsWith(word)) : [];
}

/** What is said of a name. */
export interface Described {
  readonly text: string;
  readonly lines: readonly string[];
  /** Of a variable or type: bytes of a value, and whether it holds pointers. */
  readonly value?: { readonly size: number; readonly pointers: boolean; readonly variable: boolean };
}

/** What the name that ends or stands at the cursor is: its declaration, and a sentence about its type. */
export function describe(place: OfferPlace): Described | undefined {
  const rest = /^[\w\x80-\xff]*/.exec(place.text.slice(place.at))?.[0] ?? "";
  const [, chain = "", before = ""] = CHAIN.exec(place.text.slice(0, place.at)) ?? [];
  const word = before + rest;
  if (word === "") return undefined;
  const names = [...chain.split(".").slice(0, -1), word];
  const found = resolve(place, names, place.at - before.length - chain.length, 0);
  if (!found) return undefined;
  if (found.kind === "package") return { text: `package ${found.pkg.name} // import "${found.pkg.path}"`, lines: [] };
  const t = found.obj.kind === "Var" || found.obj.kind === "TypeName" ? typeOf(found.obj) : undefined;
  const size = t && t.kind !== "TypeParam" ? sizeof(t) : -1;
  const value = t && size >= 0 && Number.isFinite(size) ? { value: { size, pointers: hasPointers(t), variable: found.obj.kind === "Var" } } : {};
  return { text: declaration(found.obj), lines: typeLines(found.obj), ...value };
}

/** What a chain of names denotes. */
type Target = { readonly kind: "package"; readonly pkg: Package } | { readonly kind: "object"; readonly obj: Obj };

/** A name as it was written: variables of a session's main have the number of their cell behind them. */
const plain = (text: string): string => text.replace(/\xb7\d+/g, "");
const declaration = (obj: Obj): string => plain(objectString(obj, shortName));

const shortName = (pkg: Package): string => (pkg.path === "main" ? "" : pkg.name);

/** Resolves `names`, the first of which stands at byte `start`; `cut` bytes from there are being written and are left out of the check but for the first name. */
function resolve(place: OfferPlace, names: readonly string[], start: number, cut: number): Target | undefined {
  const [first = "", ...others] = names;
  let target = local(place, first, start, cut) ?? global(place.session, first);
  for (const name of others) {
    if (!target) return undefined;
    target = member(target, name);
  }
  return target;
}

/** The object that the checker finds for the name at byte `start`. */
function local(place: OfferPlace, name: string, start: number, cut: number): Target | undefined {
  const { text } = place;
  const whole = cut === 0 ? text : text.slice(0, start + name.length) + text.slice(start + cut);
  const checked = place.check(whole);
  const source = checked.files[0]?.source;
  if (!source) return undefined;
  const isHere = ({ pos, value }: { readonly pos: number; readonly value: string }): boolean => value === name && pos === source.base + start;
  for (const [at, obj] of checked.info.uses) if (isHere(at)) return asTarget(obj);
  for (const [at, obj] of checked.info.defs) if (obj && isHere(at)) return asTarget(obj);
  return undefined;
}

/** A name of the session, of the universe, or a package of the library. */
function global(session: CellScope, name: string): Target | undefined {
  const obj = session.scope.names.get(name) ?? universe.names.get(name);
  if (obj) return asTarget(obj);
  const pkg = session.packages.byName(name);
  return pkg && { kind: "package", pkg };
}

const asTarget = (obj: Obj): Target => (obj.kind === "PkgName" ? { kind: "package", pkg: obj.imported } : { kind: "object", obj });

function member(target: Target, name: string): Target | undefined {
  if (target.kind === "package") {
    const obj = target.pkg.scope.names.get(name);
    return obj && isExported(name) ? asTarget(obj) : undefined;
  }
  const t = typeOf(target.obj);
  const found = t && lookupFieldOrMethod(t, true, target.obj.pkg, name).obj;
  return found && asTarget(found);
}

function members(target: Target): Offer[] {
  if (target.kind === "package") return [...target.pkg.scope.names.values()].filter((o) => isExported(o.name)).map(offer);
  const { pkg } = target.obj;
  const t = typeOf(target.obj);
  return t ? [...fields(t, pkg), ...methods(t, pkg)].map(offer) : [];
}

/** The type of an object that has one. */
const typeOf = (obj: Obj): Type | undefined => ("type" in obj ? obj.type : undefined);

/** Fields of a struct, those of embedded ones too. */
function fields(t: Type, pkg: Package | undefined): Obj[] {
  const found = new Map<string, Obj>();
  const visit = (type: Type, depth: number): void => {
    const struct = under(deref(type)[0]);
    if (struct.kind !== "Struct" || depth > 4) return;
    for (const f of struct.fields) if (!found.has(f.name) && (isExported(f.name) || f.pkg?.path === pkg?.path)) found.set(f.name, f);
    for (const f of struct.fields) if (f.embedded && f.type) visit(f.type, depth + 1);
  };
  visit(t, 0);
  return [...found.values()];
}

/** Methods of a variable's type: those of its address too. */
function methods(t: Type, pkg: Package | undefined): Obj[] {
  const addressable: Type = under(t).kind === "Interface" || t.kind === "Pointer" ? t : { kind: "Pointer", elem: t };
  return methodSet(addressable).map((m) => m.obj).filter((m) => isExported(m.name) || m.pkg?.path === pkg?.path);
}

/** Names of the cell, of the session, of the universe, and packages. */
function plainOffers({ session, check, text }: OfferPlace, word: string): Offer[] {
  if (word === "") return [];
  const found = new Map<string, Offer>();
  const add = (o: Offer): void => void (o.text.startsWith(word) && !found.has(o.text) && found.set(o.text, o));
  for (const name of declaredIn(text)) add({ text: name, type: "instance", signature: "" });
  found.delete(word);
  for (const obj of check(text).info.defs.values()) if (obj && obj.kind !== "Label" && obj.name.startsWith(word)) found.set(obj.name, offer(obj));
  for (const obj of session.scope.names.values()) add(offer(obj));
  for (const obj of universe.names.values()) add(offer(obj));
  for (const name of packageNames(session.packages, word)) add({ text: name, type: "module", signature: `package ${name}` });
  return [...found.values()];
}

/** Words that follow a declaring keyword or stand before `:=`, for texts that do not parse. */
function declaredIn(text: string): string[] {
  return [...text.matchAll(/\b(?:func|var|const|type)\s+(\w+)|\b(\w+)(?=(?:\s*,\s*\w+)*\s*:=)/g)].map((m) => m[1] ?? m[2] ?? "");
}

const packageNames = (packages: Packages, word: string): string[] => packages.names().filter((n) => n.startsWith(word));

function offer(obj: Obj): Offer {
  return { text: plain(obj.name), type: kindOf(obj), signature: declaration(obj) };
}

function kindOf(obj: Obj): Offer["type"] {
  switch (obj.kind) {
    case "Func":
    case "Builtin":
      return "function";
    case "TypeName":
      return "class";
    case "PkgName":
      return "module";
    case "Const":
    case "Nil":
    case "Label":
      return "keyword";
    case "Var":
      return obj.role === "field" ? "property" : "instance";
  }
}

/** Size of a value of the type, and what it is underneath. */
function typeLines(obj: Obj): string[] {
  const t = typeOf(obj);
  if (!t || obj.kind === "Func" || t.kind === "TypeParam" || t.kind === "Tuple") return [];
  const size = sizeof(t);
  if (!Number.isFinite(size) || size < 0) return [];
  const inner = under(t);
  const inside = inner === t || inner.kind === "Basic" ? "" : `, underneath ${typeString(inner, shortName)}`;
  return [`${size} ${size === 1 ? "byte" : "bytes"}${inside}`];
}
