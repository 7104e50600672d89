/**
 * Turns the facts of a library package into the objects and types of the checker.
 *
 * Lazy: importing a package makes one small object for each name of its scope; a type is made when somebody first reads the
 * `type` of such an object (the property is computed once and then plain), and a declared type is completed when `under` or
 * `methodsOf` looks into it. So importing costs as much as the names, not as much as everything they reach.
 * What instances are and where other packages come from is the checker's business: it hands both in as `ImportWorld`.
 *
 * Go: cmd/compile/internal/importer/ureader.go (there the input is export data).
 */
import { bug } from "../../base/bug.ts";
import { noPos } from "../../base/source.ts";
import { fromExactString, type Value } from "../constant/index.ts";
import type { FieldFacts, FuncFacts, NamedFacts, PackageFacts, SignatureFacts, TypeFacts, TypeIndex, TypeParamFacts, VerboseFacts } from "./facts.ts";
import type { AliasType, Const, Func, NamedType, Obj, Package, Scope, SignatureType, Type, TypeName, TypeParamType, Var } from "./type.ts";
import { asNamed, unalias, under } from "./under.ts";
import { basic, invalidType, predeclared, universe } from "./universe.ts";

/** What importing asks of the checker. */
export interface ImportWorld {
  /** The package that another one refers to; internal packages too. */
  package(path: string): Package;
  /** `origin[args…]`. */
  instantiate(origin: NamedType | AliasType, args: readonly Type[]): Type;
  /** What -m=2 prints about a package's instances. */
  verbose(path: string): ReadonlyMap<string, VerboseFacts>;
  /** A number that no other type parameter has. */
  typeParamId(): number;
}

/** The package that the facts describe. Nothing of other packages is read before a type needs it. */
export function importPackage(facts: PackageFacts, world: ImportWorld): Package {
  const scope: Scope = { parent: universe, names: new Map(), pos: noPos, end: noPos, isFunc: false, children: [] };
  const pkg: Package = { path: facts.path, name: facts.name, scope, imports: [], std: true, ...(facts.instances ? { instances: facts.instances } : {}) };
  lazily(pkg, "imports", () => facts.imports.map((path) => world.package(path)));
  lazily<{ verbose?: ReadonlyMap<string, VerboseFacts> }, "verbose">(pkg, "verbose", () => world.verbose(facts.path));
  new PackageReader(facts, pkg, world).declareAll();
  return pkg;
}

/** Makes `key` a property that is computed when first read and is an ordinary one from then on. */
function lazily<T extends object, K extends keyof T>(target: T, key: K, make: () => T[K]): void {
  const become = (value: T[K]): T[K] => {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  Object.defineProperty(target, key, { get: () => become(make()), set: become, enumerable: true, configurable: true });
}

/** Reads one package's facts; holds the types made so far and the type parameters by the declaration that owns them. */
class PackageReader {
  readonly #facts: PackageFacts;
  readonly #pkg: Package;
  readonly #world: ImportWorld;
  readonly #types: (Type | undefined)[] = [];
  readonly #typeParams = new Map<string, readonly TypeParamType[]>();
  /** The declared types of interfaces: receivers of their methods. */
  readonly #owners = new Map<Type, NamedType>();

  constructor(facts: PackageFacts, pkg: Package, world: ImportWorld) {
    this.#facts = facts;
    this.#pkg = pkg;
    this.#world = world;
  }

  declareAll(): void {
    const { names } = this.#pkg.scope;
    const add = (obj: Obj): void => void names.set(obj.name, obj);
    for (const name of this.#facts.hidden ?? []) add(this.#variable({ n: name, t: -1 }, "package"));
    for (const named of this.#facts.named) add(this.#typeName(named));
    for (const fn of this.#facts.funcs) if (fn.recv === undefined) add(this.#func(fn));
    for (const { name, t } of this.#facts.vars) add(this.#variable({ n: name, t }, "package"));
    for (const entry of this.#facts.consts) add(this.#const(entry));
  }

  #base(name: string): { name: string; pos: typeof noPos; pkg: Package; parent: Scope } {
    return { name, pos: noPos, pkg: this.#pkg, parent: this.#pkg.scope };
  }

  // ---- objects ----

  #typeName(named: NamedFacts): TypeName {
    const obj: TypeName = { kind: "TypeName", ...this.#base(named.name), type: undefined };
    lazily(obj, "type", () => (named.alias ? this.#alias(obj, named) : this.#named(obj, named)));
    return obj;
  }

  #alias(obj: TypeName, facts: NamedFacts): AliasType {
    const alias: AliasType = { kind: "Alias", obj, typeParams: this.#declareTypeParams(facts.name, facts.tparams), typeArgs: [], target: invalidType };
    lazily(alias, "target", () => this.#type(facts.t));
    return alias;
  }

  #named(obj: TypeName, facts: NamedFacts): NamedType {
    const typeParams = this.#declareTypeParams(facts.name, facts.tparams);
    const named: NamedType = { kind: "Named", obj, typeParams, typeArgs: [], underlying: undefined, methods: [], rhs: undefined };
    named.complete = () => {
      named.rhs = this.#type(facts.t);
      if (named.rhs.kind === "Interface") this.#owners.set(named.rhs, named);
      named.methods = facts.methods.map((i) => this.#method(named, this.#facts.funcs[i] ?? bug(`no function ${i} in ${this.#pkg.path}`)));
    };
    return named;
  }

  #func(facts: FuncFacts): Func {
    const fn: Func = { kind: "Func", ...this.#base(facts.name), type: undefined, ptrRecv: false, facts };
    lazily(fn, "type", () => {
      const typeParams = this.#declareTypeParams(facts.name, facts.tparams);
      return this.#signature(facts.sig, { typeParams });
    });
    return fn;
  }

  #method(named: NamedType, facts: FuncFacts): Func {
    const ptrRecv = facts.recv?.startsWith("*") === true;
    const fn: Func = { kind: "Func", ...this.#base(facts.name), type: undefined, ptrRecv, facts };
    lazily(fn, "type", () => {
      const recvTypeParams = this.#receiverTypeParams(`${named.obj.name}.${facts.name}`, named, facts.rtparams ?? []);
      const self = recvTypeParams.length > 0 ? this.#world.instantiate(named, recvTypeParams) : named;
      const recv: Var = { ...this.#variable({ n: facts.rname ?? "", t: -1 }, "recv"), type: ptrRecv ? { kind: "Pointer", elem: self } : self };
      return this.#signature(facts.sig, { recv, recvTypeParams });
    });
    return fn;
  }

  /** A variable without an index has the invalid type: only its name matters. */
  #variable(facts: FieldFacts, role: Var["role"], pkg: Package = this.#pkg): Var {
    const base = role === "package" ? this.#base(facts.n) : { name: facts.n, pos: noPos, pkg };
    const made: Var = { kind: "Var", ...base, type: invalidType, embedded: facts.e === true, role, used: true };
    if (facts.t >= 0) lazily(made, "type", () => this.#type(facts.t));
    return made;
  }

  #const({ name, t, v }: PackageFacts["consts"][number]): Const {
    const made: Const = { kind: "Const", ...this.#base(name), type: undefined, value: undefined };
    lazily(made, "type", () => this.#type(t));
    lazily(made, "value", () => asFloatIf(isFloat(this.#type(t)), fromExactString(v)));
    return made;
  }

  // ---- type parameters ----

  #declareTypeParams(owner: string, facts: readonly TypeParamFacts[] = []): readonly TypeParamType[] {
    const made = facts.map((p, index) => {
      const param = this.#typeParam(p.n, index);
      lazily(param, "constraint", () => this.#type(p.constraint));
      return param;
    });
    this.#typeParams.set(owner, made);
    return made;
  }

  /** A method has type parameters of its own, which stand for those of its type. */
  #receiverTypeParams(owner: string, named: NamedType, names: readonly string[]): readonly TypeParamType[] {
    const made = names.map((name, index) => {
      const param = this.#typeParam(name, index);
      const original = named.typeParams[index] ?? bug(`${owner} has too many type parameters`);
      lazily(param, "constraint", () => original.constraint);
      return param;
    });
    this.#typeParams.set(owner, made);
    return made;
  }

  #typeParam(name: string, index: number): TypeParamType {
    const obj: TypeName = { kind: "TypeName", name, pos: noPos, pkg: this.#pkg, type: undefined };
    const param: TypeParamType = { kind: "TypeParam", id: this.#world.typeParamId(), obj, index, constraint: invalidType };
    obj.type = param;
    return param;
  }

  // ---- types ----

  #type(index: TypeIndex): Type {
    const known = this.#types[index];
    if (known) return known;
    const facts = this.#facts.types[index] ?? bug(`no type ${index} in ${this.#pkg.path}`);
    const made = this.#make(facts);
    this.#types[index] = made;
    return made;
  }

  #make(t: TypeFacts): Type {
    switch (t.k) {
      case "basic":
        return basicType(t.name);
      case "ref":
        return this.#ref(t.path, t.name, t.args ?? []);
      case "ptr":
        return { kind: "Pointer", elem: this.#type(t.elem) };
      case "slice":
        return { kind: "Slice", elem: this.#type(t.elem) };
      case "array":
        return { kind: "Array", len: t.len, elem: this.#type(t.elem) };
      case "map":
        return { kind: "Map", key: this.#type(t.key), elem: this.#type(t.elem) };
      case "chan":
        return { kind: "Chan", dir: t.dir, elem: this.#type(t.elem) };
      case "struct":
        return { kind: "Struct", fields: t.fields.map((f) => this.#field(f)), tags: t.fields.map((f) => f.g ?? "") };
      case "func":
        return this.#signature(t.sig, {});
      case "iface":
        return this.#interface(t);
      case "union":
        return { kind: "Union", terms: t.terms.map((term) => ({ tilde: term.tilde === true, type: this.#type(term.t) })) };
      case "tparam":
        return this.#typeParams.get(t.owner)?.[t.index] ?? bug(`no type parameter ${t.index} of ${t.owner} in ${this.#pkg.path}`);
    }
  }

  #ref(path: string, name: string, args: readonly TypeIndex[]): Type {
    const pkg = path === this.#pkg.path ? this.#pkg : this.#world.package(path);
    const obj = pkg.scope.names.get(name);
    const type = obj?.kind === "TypeName" ? obj.type : undefined;
    if (!type) bug(`no type ${path}.${name}`);
    if (args.length === 0) return type;
    if (type.kind !== "Named" && type.kind !== "Alias") bug(`${path}.${name} is not generic`);
    return this.#world.instantiate(type, args.map((i) => this.#type(i)));
  }

  #field(f: FieldFacts): Var {
    return this.#variable(f, "field", f.p === undefined ? this.#pkg : this.#world.package(f.p));
  }

  #interface(t: Extract<TypeFacts, { k: "iface" }>): Type {
    const methods = t.methods.map((m): Func => {
      const pkg = m.p === undefined ? this.#pkg : this.#world.package(m.p);
      const fn: Func = { kind: "Func", name: m.n, pos: noPos, pkg, type: undefined, ptrRecv: false };
      lazily(fn, "type", () => this.#signature(m.sig, { recv: { ...this.#variable({ n: "", t: -1 }, "recv"), type: this.#owners.get(made) ?? made } }));
      return fn;
    });
    const made: Type = { kind: "Interface", methods, embeddeds: t.embeds.map((i) => this.#type(i)), implicit: t.implicit === true };
    return made;
  }

  #signature(sig: SignatureFacts, own: Partial<Pick<SignatureType, "recv" | "typeParams" | "recvTypeParams">>): SignatureType {
    const params = sig.params.map((p) => this.#variable(p, "param"));
    const results = sig.results.map((r) => this.#variable(r, "result"));
    return { kind: "Signature", typeParams: [], recvTypeParams: [], ...own, params, results, variadic: sig.variadic === true };
  }
}

function basicType(name: string): Type {
  if (name.startsWith("untyped ") || name === "unsafe.Pointer") return basic[name as keyof typeof basic];
  const obj = predeclared(name);
  return (obj?.kind === "TypeName" ? obj.type : undefined) ?? bug(`no predeclared type ${name}`);
}

/** Whether constants of the type are kept as floats even where their text is that of an integer. */
function isFloat(t: Type): boolean {
  const u = asNamed(t) ? under(t) : unalias(t);
  return u.kind === "Basic" && u.basic.includes("float");
}

const asFloatIf = (float: boolean, v: Value): Value => (float && v.kind === "int" ? { kind: "float", num: v.value, den: 1n } : v);
