/** Interface types and the unions in them. Go: types2/interface.go, union.go. */
import type { Pos } from "../../base/source.ts";
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { error } from "./errors.ts";
import { typeOf } from "./evaluate.ts";
import { checkTypeSet, identical, MAX_TERMS, overlapping, typeSet } from "./identical.ts";
import { type Mutable, at } from "./lists.ts";
import * as messages from "./messages.ts";
import { compareFuncs } from "./names.ts";
import { isInterface, isValid } from "./predicates.ts";
import { startPos } from "./positions.ts";
import { newVar, recordDef, recordType } from "./record.ts";
import { typeSetReport } from "./typesetreport.ts";
import { asNamed, isTypeParam, under } from "./under.ts";
import { comparableType, invalidType } from "./universe.ts";
import type { Func, InterfaceType, Type, TypeName, UnionType } from "./type.ts";

type UnionTerm = UnionType["terms"][number];

/** The interface that an interface type denotes; `def` is the type name that it declares. */
export function interfaceType(c: Checker, e: ast.InterfaceType, def: TypeName | undefined): Type {
  c.hasInterfaces = true;
  const methods: Func[] = [];
  const embeddeds: Type[] = [];
  const embedPos: Pos[] = [];
  const t: Mutable<InterfaceType> = { kind: "Interface", methods, embeddeds, embedPos, implicit: false, incomplete: true };
  const named = def?.type && asNamed(def.type);
  for (const f of e.methods) {
    if (!f.name) {
      embeddeds.push(parseUnion(c, f.type));
      embedPos.push(startPos(f.type));
      continue;
    }
    const method = interfaceMethod(c, f, f.name, named ?? t);
    if (method) methods.push(method);
  }
  delete t.incomplete;
  methods.sort(compareFuncs);
  c.later(() => checkTypeSet(t, typeSetReport(c)));
  return t;
}

function interfaceMethod(c: Checker, f: ast.Field, name: ast.Name, receiver: Type): Func | undefined {
  if (name.value === "_") {
    error(c, name, messages.blankMethod());
    return undefined;
  }
  const sig = typeOf(c, f.type);
  if (sig.kind !== "Signature") return undefined;
  const withReceiver: Type = { ...sig, recv: newVar(c, "recv", name.pos, "", receiver) };
  // The scope of the parameters belongs to the signature's node.
  const method: Func = { kind: "Func", name: name.value, pos: name.pos, pkg: c.pkg, type: withReceiver, ptrRecv: false };
  recordDef(c, name, method);
  return method;
}

/** An element of an interface: a type, or a union of terms. */
export function parseUnion(c: Checker, e: ast.Expr): Type {
  const operations: ast.Expr[] = [];
  const parts: ast.Expr[] = [];
  flatten(e, operations, parts);
  const terms: UnionTerm[] = [];
  let union: Type = invalidType;
  for (let i = 0; i < parts.length; i++) {
    const part = at(parts, i);
    const term = parseTerm(c, part);
    if (parts.length === 1 && !term.tilde) return term.type;
    if (terms.length >= MAX_TERMS) {
      if (union !== invalidType || terms.length === MAX_TERMS) error(c, part, messages.tooManyTerms());
      union = invalidType;
      for (const rest of parts.slice(i + 1)) parseTerm(c, rest);
      return union;
    }
    terms.push(term);
    union = { kind: "Union", terms: [...terms] };
    if (i > 0) recordType(c, at(operations, i - 1), "type", union);
  }
  c.later(() => checkTerms(c, terms, parts));
  return union;
}

function flatten(e: ast.Expr, operations: ast.Expr[], parts: ast.Expr[]): void {
  if (e.kind === "Operation" && e.op === "|" && e.y) {
    flatten(e.x, operations, parts);
    operations.push(e);
    parts.push(e.y);
  } else parts.push(e);
}

function parseTerm(c: Checker, e: ast.Expr): UnionTerm {
  const tilde = e.kind === "Operation" && e.op === "~" && !e.y;
  const x = tilde ? e.x : e;
  let type = typeOf(c, x);
  if (isTypeParam(type)) {
    error(c, x, tilde ? messages.tildeTypeParam(e) : messages.termTypeParam());
    type = invalidType;
  }
  const term = { tilde, type };
  if (tilde) recordType(c, e, "type", { kind: "Union", terms: [term] });
  return term;
}

function checkTerms(c: Checker, terms: readonly UnionTerm[], parts: readonly ast.Expr[]): void {
  terms.forEach((t, i) => {
    if (!isValid(t.type)) return;
    const where = at(parts, i);
    const u = under(t.type);
    if (t.tilde) {
      if (u.kind === "Interface") return error(c, where, messages.tildeInterface(t.type));
      if (!identical(u, t.type)) return error(c, where, messages.tildeUnderlying(t.type, u));
    }
    if (u.kind === "Interface") {
      const set = typeSet(u);
      if (set.methods.length > 0) error(c, where, messages.termWithMethods(messages.term(t)));
      else if (t.type === comparableType) error(c, where, messages.comparableInUnion());
      else if (set.comparable) error(c, where, messages.termEmbedsComparable(messages.term(t)));
      return;
    }
    const other = terms.slice(0, i).find((o) => !isInterface(o.type) && isValid(o.type) && overlapping(o, t));
    if (other) error(c, where, messages.overlappingTerms(messages.term(t), messages.term(other)));
  });
}
