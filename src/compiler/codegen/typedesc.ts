/**
 * Type descriptors as data: everything the runtime is told about the types that a unit's code names, and about the types those are made of.
 *
 * Methods are named by symbol: a pointer's methods by their own functions, a value's by those of its pointer, since an interface holds the value by
 * address; types that an interface holds directly by their own.
 *
 * Go: cmd/compile/internal/reflectdata/reflect.go.
 */
import { KIND, type MethodDesc, type TypeDesc } from "../../abi/types.ts";
import { bug } from "../../base/bug.ts";
import { linkString, nameString, type PrintContext, receiverString } from "../ir/index.ts";
import {
  asNamed, comparable, deref, type Func, isDirect, isExported, methodSet, methodsOf, pointerWords, ptrdata, type SignatureType, sizeof, alignof, offsetsof, type Type, typeSet, unalias, under,
} from "../types/index.ts";
import { isPlainMemory, kindOf, type Layouts } from "../lower/index.ts";

/** Masks of longer types repeat their element's. */
const MAX_MASK = 4096;

/** The types of a unit, by id. */
export class TypeTable {
  readonly #types = new Map<string, Type>();
  readonly #ids = new Map<Type, string>();
  /** Methods of structs that are one pointer: their itab forms are still to be made, if the type is this package's own. */
  readonly direct = new Map<string, { readonly code: string; readonly method: Func; readonly own: boolean }>();
  readonly #print: PrintContext;
  readonly #path: string;
  readonly #layouts: Layouts;

  constructor(print: PrintContext, path: string, layouts: Layouts) {
    this.#print = print;
    this.#path = path;
    this.#layouts = layouts;
  }

  /** The id of a type, which is described from now on. */
  id(t: Type): string {
    const known = this.#ids.get(t);
    if (known !== undefined) return known;
    const id = linkString(t, this.#print);
    this.#ids.set(t, id);
    if (!this.#types.has(id)) this.#types.set(id, t);
    return id;
  }

  /** Descriptors of all types asked for and of what they are made of. */
  describe(): TypeDesc[] {
    const out: TypeDesc[] = [];
    const done = new Set<string>();
    for (;;) {
      const next = [...this.#types].filter(([id]) => !done.has(id));
      if (next.length === 0) return out;
      for (const [id, t] of next) {
        done.add(id);
        out.push(this.#describe(id, t));
      }
    }
  }

  /** The symbol of the code that an itab holds for a method of `t`. */
  methodSymbol(t: Type, method: Func): string {
    const [base, isPointer] = deref(t);
    const direct = !isPointer && isDirect(t);
    if (direct && this.#layouts.of(t).byAddress) {
      const code = this.ownMethod(base, method);
      this.direct.set(`${code}·i`, { code, method, own: (asNamed(base)?.obj.pkg?.path ?? this.#path) === this.#path });
      return `${code}·i`;
    }
    return this.ownMethod(direct ? base : { kind: "Pointer", elem: base }, method);
  }

  /** The symbol of a method with exactly this receiver: the same unexported name may come from several packages. */
  ownMethod(recv: Type, { name, pkg }: Pick<Func, "name" | "pkg">): string {
    const [base, isPointer] = deref(recv);
    const shown = receiverString(recv, this.#print);
    const owner = asNamed(base)?.obj.pkg?.path;
    const foreign = pkg !== undefined && !isExported(name) && pkg.path !== owner ? `${pkg.path}.` : "";
    return `${owner ?? this.#path}.${isPointer ? `(${shown})` : shown}.${foreign}${name}`;
  }

  #describe(id: string, t: Type): TypeDesc {
    const u = under(t);
    const named = asNamed(t);
    const words = ptrdata(t) / 8;
    const basicNamed = unalias(t).kind === "Basic";
    // Reflection goes from a type to its pointer, which has methods that nothing else may mention.
    if (named && u.kind !== "Interface" && u.kind !== "Pointer" && (named.obj.pkg?.path === this.#path || named.typeArgs.length > 0) && methodsOf(named).length > 0) {
      this.id({ kind: "Pointer", elem: t });
    }
    return {
      id, string: this.#shown(t), kind: kindOf(u), size: sizeof(t), align: alignof(t), ptrdata: ptrdata(t),
      mask: words <= MAX_MASK ? pointerWords(t) : [], comparable: comparable(t), plainMemory: isPlainMemory(t), direct: isDirect(t),
      named: named !== undefined || basicNamed, name: named ? this.#shown(t).slice((named.obj.pkg?.name.length ?? -1) + 1) : basicNamed ? this.#shown(t) : "",
      pkgPath: named?.obj.pkg?.path ?? (basicNamed && kindOf(u) === KIND.UnsafePointer ? "unsafe" : ""), ...this.#parts(u), ...(u.kind === "Interface" ? {} : this.#methods(t)),
    };
  }

  /** A type's name as the program sees it, in UTF-8. */
  #shown(t: Type): string {
    return nameString(t, this.#print).replaceAll("·", "\xc2\xb7");
  }

  #parts(u: ReturnType<typeof under>): Partial<TypeDesc> {
    switch (u.kind) {
      case "Array": return { elem: this.id(u.elem), len: u.len };
      case "Slice": case "Pointer": return { elem: this.id(u.elem) };
      case "Chan": return { elem: this.id(u.elem), chanDir: u.dir };
      case "Map": return { key: this.id(u.key), elem: this.id(u.elem) };
      case "Signature": return { params: typesOf(u.params).map((p) => this.id(p)), results: typesOf(u.results).map((r) => this.id(r)), variadic: u.variadic };
      case "Struct": {
        const offsets = offsetsof(u.fields);
        return {
          fields: u.fields.map((f, i) => ({
            name: f.name, pkgPath: isExported(f.name) ? "" : (f.pkg?.path ?? ""), type: this.id(f.type ?? bug("a field without type")), offset: offsets[i] ?? 0,
            embedded: f.embedded, tag: u.tags[i] ?? "",
          })),
        };
      }
      case "Interface": return { imethods: interfaceMethods(u).map((m) => ({ name: m.name, pkgPath: packageOf(m), type: this.id(bare(m)) })) };
      default: return {};
    }
  }

  #methods(t: Type): Partial<TypeDesc> {
    const [base] = deref(t);
    const b = under(base);
    if (!asNamed(base) && b.kind !== "Struct") return {};
    if (b.kind === "Interface" || (unalias(t).kind !== "Pointer" && b.kind === "Pointer")) return {};
    const methods = methodSet(t).map(({ obj }): MethodDesc => {
      return { name: obj.name, pkgPath: packageOf(obj), type: this.id(bare(obj)), symbol: this.methodSymbol(t, obj) };
    });
    return methods.length === 0 ? {} : { methods: methods.sort(byName) };
  }
}

/** A method's signature without its receiver. */
function bare(m: Func): SignatureType {
  const t = m.type;
  if (t?.kind !== "Signature") return bug(`${m.name} has no signature`);
  const { recv: _, ...rest } = t;
  return rest;
}

const typesOf = (vars: SignatureType["params"]): Type[] => vars.map((v) => v.type ?? bug("a parameter without type"));
const packageOf = (m: Func): string => (isExported(m.name) ? "" : (m.pkg?.path ?? ""));

interface Named {
  readonly name: string;
  readonly pkgPath: string;
}
const byName = (a: Named, b: Named): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.pkgPath < b.pkgPath ? -1 : a.pkgPath > b.pkgPath ? 1 : 0);

/** The methods of an interface in the order of its itabs. */
export function interfaceMethods(t: Type): Func[] {
  const u = under(t);
  if (u.kind !== "Interface") return bug("the methods of no interface");
  return [...typeSet(u).methods].sort((a, b) => byName({ name: a.name, pkgPath: packageOf(a) }, { name: b.name, pkgPath: packageOf(b) }));
}
