/**
 * What Go declares before any program does: basic types, `any`, `error`, `comparable`, constants, built-in functions, package unsafe.
 *
 * The values are made once and never change. Go: types2/universe.go, types2/basic.go.
 */
import { noPos } from "../../base/source.ts";
import type { Value } from "../constant/index.ts";
import type {
  AliasType, BasicName, BasicType, Builtin, BuiltinName, Const, Func, InterfaceType, NamedType, Nil, Obj, Package, Scope, SignatureType, Term, Type,
  TypeName, Var,
} from "./type.ts";

// ---- kinds of basic types -----------------------------------------------------------------------------------

export const IS_BOOLEAN = 1;
export const IS_INTEGER = 2;
export const IS_UNSIGNED = 4;
export const IS_FLOAT = 8;
export const IS_COMPLEX = 16;
export const IS_STRING = 32;
export const IS_UNTYPED = 64;
export const IS_ORDERED = IS_INTEGER | IS_FLOAT | IS_STRING;
export const IS_NUMERIC = IS_INTEGER | IS_FLOAT | IS_COMPLEX;
export const IS_CONST_TYPE = IS_BOOLEAN | IS_NUMERIC | IS_STRING;

/** What kind of type each basic type is, as a set of the flags above; the order is Go's. */
const basicFlags: Readonly<Record<BasicName, number>> = {
  "invalid type": 0,
  bool: IS_BOOLEAN,
  int: IS_INTEGER,
  int8: IS_INTEGER,
  int16: IS_INTEGER,
  int32: IS_INTEGER,
  int64: IS_INTEGER,
  uint: IS_INTEGER | IS_UNSIGNED,
  uint8: IS_INTEGER | IS_UNSIGNED,
  uint16: IS_INTEGER | IS_UNSIGNED,
  uint32: IS_INTEGER | IS_UNSIGNED,
  uint64: IS_INTEGER | IS_UNSIGNED,
  uintptr: IS_INTEGER | IS_UNSIGNED,
  float32: IS_FLOAT,
  float64: IS_FLOAT,
  complex64: IS_COMPLEX,
  complex128: IS_COMPLEX,
  string: IS_STRING,
  "unsafe.Pointer": 0,
  "untyped bool": IS_BOOLEAN | IS_UNTYPED,
  "untyped int": IS_INTEGER | IS_UNTYPED,
  "untyped rune": IS_INTEGER | IS_UNTYPED,
  "untyped float": IS_FLOAT | IS_UNTYPED,
  "untyped complex": IS_COMPLEX | IS_UNTYPED,
  "untyped string": IS_STRING | IS_UNTYPED,
  "untyped nil": IS_UNTYPED,
};

/** The flags of a basic type. */
export const flagsOf = (t: BasicType): number => basicFlags[t.basic];

const basicNames = Object.keys(basicFlags) as BasicName[];

/** Every basic type by its name. */
export const basic = Object.fromEntries(basicNames.map((name) => [name, { kind: "Basic", basic: name, name }])) as unknown as Readonly<
  Record<BasicName, BasicType>
>;

/** How untyped numeric kinds rank: int < rune < float < complex. */
export const untypedRank = (t: BasicType): number => basicNames.indexOf(t.basic);

export const invalidType: Type = basic["invalid type"];
export const byteType: BasicType = { kind: "Basic", basic: "uint8", name: "byte" };
export const runeType: BasicType = { kind: "Basic", basic: "int32", name: "rune" };

// ---- the universe -------------------------------------------------------------------------------------------

/** The list of terms that stands for all types. */
export const allTerms: readonly Term[] = [{ tilde: false, type: undefined }];

const newScope = (parent: Scope | undefined): Scope => ({ parent, names: new Map(), pos: noPos, end: noPos, isFunc: false, children: [] });

/** The scope around every package. */
export const universe: Scope = newScope(undefined);
export const unsafePackage: Package = { path: "unsafe", name: "unsafe", scope: newScope(universe), imports: [], std: true };

/** `interface{}`, as the compiler itself means it. */
export const emptyInterface: InterfaceType = {
  kind: "Interface", methods: [], embeddeds: [], implicit: false, set: { methods: [], terms: allTerms, comparable: false },
};
/** The interface that `any` stands for: printed as `any`. */
export const anyInterface: InterfaceType = { ...emptyInterface };

function declareType(name: string, type: Type | undefined): TypeName {
  const obj: TypeName = { kind: "TypeName", name, pos: noPos, parent: universe, type };
  universe.names.set(name, obj);
  return obj;
}

for (const t of Object.values(basic)) if (!t.name.includes(" ") && t.basic !== "unsafe.Pointer") declareType(t.name, t);
declareType("byte", byteType);
declareType("rune", runeType);

const anyName = declareType("any", undefined);
/** `any`, an alias with a name of its own. */
export const anyType: AliasType = { kind: "Alias", obj: anyName, typeParams: [], typeArgs: [], target: anyInterface };
anyName.type = anyType;

const makeNamed = (obj: TypeName, underlying: Type): NamedType => {
  const named: NamedType = { kind: "Named", obj, typeParams: [], typeArgs: [], underlying, methods: [], rhs: underlying };
  obj.type = named;
  return named;
};

const variable = (role: Var["role"], type: Type): Var => ({ kind: "Var", name: "", pos: noPos, type, embedded: false, role, used: false });

function makeError(): NamedType {
  const obj = declareType("error", undefined);
  const methods: Func[] = [];
  const iface: InterfaceType = { kind: "Interface", methods, embeddeds: [], implicit: false, set: { methods, terms: allTerms, comparable: false } };
  const named = makeNamed(obj, iface);
  const signature: SignatureType = {
    kind: "Signature", recv: variable("recv", named), typeParams: [], recvTypeParams: [], params: [], results: [variable("result", basic.string)],
    variadic: false,
  };
  methods.push({ kind: "Func", name: "Error", pos: noPos, type: signature, ptrRecv: false });
  return named;
}

export const errorType: NamedType = makeError();
export const comparableInterface: InterfaceType = { ...emptyInterface, set: { methods: [], terms: allTerms, comparable: true } };
export const comparableType: NamedType = makeNamed(declareType("comparable", undefined), comparableInterface);

function declareConst(name: string, type: BasicType, value: Value): Const {
  const obj: Const = { kind: "Const", name, pos: noPos, parent: universe, type, value };
  universe.names.set(name, obj);
  return obj;
}
declareConst("true", basic["untyped bool"], { kind: "bool", value: true });
declareConst("false", basic["untyped bool"], { kind: "bool", value: false });
export const iotaConst: Const = declareConst("iota", basic["untyped int"], { kind: "int", value: 0n });

const nilObject: Nil = { kind: "Nil", name: "nil", pos: noPos, parent: universe };
universe.names.set("nil", nilObject);

/** How a built-in function may be called, and whether its call may stand as a statement. */
export interface BuiltinForm {
  readonly args: number;
  readonly variadic: boolean;
  readonly kind: "expression" | "statement";
}

const form = (args: number, kind: BuiltinForm["kind"], variadic = false): BuiltinForm => ({ args, variadic, kind });

export const builtinForms: Readonly<Record<BuiltinName, BuiltinForm>> = {
  append: form(1, "expression", true),
  cap: form(1, "expression"),
  clear: form(1, "statement"),
  close: form(1, "statement"),
  complex: form(2, "expression"),
  copy: form(2, "statement"),
  delete: form(2, "statement"),
  imag: form(1, "expression"),
  len: form(1, "expression"),
  make: form(1, "expression", true),
  max: form(1, "expression", true),
  min: form(1, "expression", true),
  new: form(1, "expression"),
  panic: form(1, "statement"),
  print: form(0, "statement", true),
  println: form(0, "statement", true),
  real: form(1, "expression"),
  recover: form(0, "statement"),
  Add: form(2, "expression"),
  Alignof: form(1, "expression"),
  Offsetof: form(1, "expression"),
  Sizeof: form(1, "expression"),
  Slice: form(2, "expression"),
  SliceData: form(1, "expression"),
  String: form(2, "expression"),
  StringData: form(1, "expression"),
};

for (const name of Object.keys(builtinForms) as BuiltinName[]) {
  const inUnsafe = name[0] === name[0]?.toUpperCase();
  const scope = inUnsafe ? unsafePackage.scope : universe;
  const obj: Builtin = { kind: "Builtin", name, pos: noPos, parent: scope, ...(inUnsafe ? { pkg: unsafePackage } : {}) };
  scope.names.set(name, obj);
}
const pointerName: TypeName = { kind: "TypeName", name: "Pointer", pos: noPos, pkg: unsafePackage, parent: unsafePackage.scope, type: basic["unsafe.Pointer"] };
unsafePackage.scope.names.set("Pointer", pointerName);

/** The object that a predeclared name denotes. */
export const predeclared = (name: string): Obj | undefined => universe.names.get(name);
