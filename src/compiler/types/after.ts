/**
 * What the compiler checks when all types are right: functions without bodies, interfaces that contain themselves unnamed.
 *
 * Go: cmd/compile/internal/noder/irgen.go (checkFiles), writer.go (funcExt).
 */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { checkDirectivesAfter } from "./directives.ts";
import { emit, textOf } from "./errors.ts";
import { typeSet } from "./identical.ts";
import * as messages from "./messages.ts";
import type { Message } from "./message.ts";
import { isNotInHeap, sizeof } from "./sizes.ts";
import { isTypeParam, unalias, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import { walk } from "./walk.ts";
import type { InterfaceType, Type, Var } from "./type.ts";

/** Channels hold elements of less than this many bytes. */
const MAX_ELEMENT = 1 << 16;
/** No array is larger than this many bytes. */
const MAX_ARRAY = 2 ** 50;

/** Reports what only now can be told; each step only if the one before found nothing. */
export function checkAfter(c: Checker, files: readonly ast.File[]): void {
  if (c.hasInterfaces) checkInterfaceCycles(c, files);
  if (c.failed) return;
  checkTypeArguments(c);
  if (c.failed) return;
  for (const f of files) {
    checkDirectivesAfter(c, f);
    if (c.mode.complete && !c.mode.std) checkBodiesPresent(c, f);
  }
  if (!c.failed) checkSizes(c);
  if (!c.failed) checkPrinted(c);
}

/** The built-in print and println take no structs and arrays. Go says so in its back end: cmd/compile/internal/walk/builtin.go (walkPrint). */
function checkPrinted(c: Checker): void {
  for (const [e] of c.info.types) {
    if (e.kind !== "CallExpr" || e.fun.kind !== "Name" || (e.fun.value !== "print" && e.fun.value !== "println")) continue;
    if (c.info.uses.get(e.fun)?.kind !== "Builtin") continue;
    for (const arg of e.args) {
      const t = c.info.types.get(arg)?.type;
      if (t && !isTypeParam(t) && (under(t).kind === "Struct" || under(t).kind === "Array")) emit(c, e.pos, textOf(c, messages.illegalPrint(t)));
    }
  }
}

/** Types that never lie in the heap are no type arguments. */
function checkTypeArguments(c: Checker): void {
  for (const [name, { typeArgs }] of c.info.instances) {
    for (const t of typeArgs) if (isNotInHeap(t)) emit(c, name.pos, textOf(c, messages.incompleteTypeArgument(t)));
  }
}

// ---- functions ----------------------------------------------------------------------------------------------

function checkBodiesPresent(c: Checker, f: ast.File): void {
  const all = [...f.pragmas, ...f.decls.flatMap((d) => (d.kind === "FuncDecl" ? d.pragmas : []))];
  const linked = new Set(all.flatMap((p) => /^go:linkname (\S+)/.exec(p.text)?.[1] ?? []));
  for (const d of f.decls) {
    if (d.kind !== "FuncDecl") continue;
    const pragmas = d.pragmas.map((p) => p.text);
    if (d.body) {
      if (pragmas.includes("go:noescape")) emit(c, d.pos, textOf(c, messages.noescapeWithBody()));
    } else if (!linked.has(d.name.value) && !pragmas.some((p) => p.startsWith("go:wasmimport"))) {
      emit(c, d.pos, textOf(c, messages.missingFunctionBody()));
    }
  }
}

// ---- sizes --------------------------------------------------------------------------------------------------

/** Reports variables and types whose parts are larger than anything can be. Go: cmd/compile/internal/types/size.go. */
function checkSizes(c: Checker): void {
  for (const obj of c.info.defs.values()) {
    if (obj?.kind !== "Var" && obj?.kind !== "TypeName") continue;
    if (obj.kind === "Var" && obj.role !== "package" && obj.role !== "local") continue;
    const wrong = tooLarge(obj.type ?? invalidType, new Set());
    if (wrong) emit(c, obj.pos, textOf(c, wrong));
  }
}

function tooLarge(t: Type, seen: Set<Type>): Message | undefined {
  const u = under(t);
  if (seen.has(u)) return undefined;
  seen.add(u);
  switch (u.kind) {
    case "Chan":
      // The size of a type parameter is that of its arguments.
      return isConcrete(u.elem) && sizeof(u.elem) >= MAX_ELEMENT ? messages.elementTooLarge() : tooLarge(u.elem, seen);
    case "Array": {
      const size = isConcrete(u.elem) ? sizeof(u) : 0;
      return size < 0 || size >= MAX_ARRAY ? messages.largerThanAddressSpace(u) : tooLarge(u.elem, seen);
    }
    case "Struct":
      for (const f of u.fields) {
        const wrong = tooLarge(f.type ?? invalidType, seen);
        if (wrong) return wrong;
      }
      return undefined;
    default:
      return undefined;
  }
}

function isConcrete(t: Type): boolean {
  if (isTypeParam(t)) return false;
  const u = under(t);
  if (u.kind === "Array") return isConcrete(u.elem);
  return u.kind !== "Struct" || u.fields.every((f) => isConcrete(f.type ?? invalidType));
}

// ---- interfaces ---------------------------------------------------------------------------------------------

/** Reports interface literals that contain themselves through nothing but literals. */
function checkInterfaceCycles(c: Checker, files: readonly ast.File[]): void {
  const cyclic = new Map<InterfaceType, boolean>();
  for (const f of files) {
    walk(f, (n) => {
      if (n.kind !== "InterfaceType") return true;
      const t = c.info.types.get(n)?.type;
      const u = t && unalias(t);
      if (u?.kind === "Interface" && hasCycle(u, cyclic)) {
        emit(c, n.pos, textOf(c, messages.anonymousInterfaceCycle()));
        // One report for each cycle.
        for (const known of cyclic.keys()) cyclic.set(known, false);
      }
      return false;
    });
  }
}

const hasCycle = (t: InterfaceType, cyclic: Map<InterfaceType, boolean>): boolean =>
  typeSet(t).methods.some((m) => visit(m.type ?? invalidType, cyclic));

function visit(t0: Type, cyclic: Map<InterfaceType, boolean>): boolean {
  const t = unalias(t0);
  const any = (list: readonly Var[]): boolean => list.some((v) => visit(v.type ?? invalidType, cyclic));
  switch (t.kind) {
    case "Pointer":
    case "Array":
    case "Slice":
    case "Chan":
      return visit(t.elem, cyclic);
    case "Map":
      return visit(t.key, cyclic) || visit(t.elem, cyclic);
    case "Struct":
      return any(t.fields);
    case "Signature":
      return any(t.params) || any(t.results);
    case "Tuple":
      return any(t.vars);
    case "Interface":
      return visitInterface(t, cyclic);
    default:
      return false;
  }
}

function visitInterface(t: InterfaceType, cyclic: Map<InterfaceType, boolean>): boolean {
  if (t.methods.length === 0 && t.embeddeds.length === 0) return false;
  const known = cyclic.get(t);
  if (known !== undefined) return known;
  cyclic.set(t, true);
  if (hasCycle(t, cyclic)) return true;
  cyclic.set(t, false);
  return false;
}
