/**
 * The words of the type checker, byte for byte those of `go build`. One function each, so that they can be held against Go's.
 *
 * Go: cmd/compile/internal/types2; the codes with examples are in GOROOT/src/internal/types/errors/codes.go.
 */
import type { Pos } from "../../base/source.ts";
import type { Value } from "../constant/index.ts";
import type * as ast from "../syntax/ast.ts";
import type { Misfit } from "./constants.ts";
import type { Incomparable } from "./identical.ts";
import { type Message, type MessagePart, place, type Place, text } from "./message.ts";
import { equalFold, isExported, samePackage } from "./names.ts";
import type { Operand } from "./operand.ts";
import { isNumeric, isUntyped, isValid } from "./predicates.ts";
import { quote, typeString } from "./typestring.ts";
import type { Func, Obj, Package, Term, Type, TypeParamType, UnionType, Var } from "./type.ts";

type Expr = ast.Expr;

// ---- building blocks ----------------------------------------------------------------------------------------

/** Plain words as a message. */
export const words = (s: string): Message => text`${s}`;

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;

function join(parts: readonly MessagePart[], separator: string): Message {
  return { kind: "Message", words: ["", ...parts.map((_, i) => (i < parts.length - 1 ? separator : ""))], parts };
}

/** `reason` on a line of its own, or nothing. */
const after = (s: string, lead: string): string => (s === "" ? "" : lead + s);

/** The types of arguments or results, as in `have (number, string)`. */
export function typesSummary(list: readonly (Type | undefined)[], variadic: boolean, hasDots: boolean): Message {
  const parts = list.map((t, i): Message => {
    const last = i === list.length - 1;
    if (last && variadic && t?.kind === "Slice") return text`...${typeSummary(t.elem)}`;
    return text`${last && variadic ? "..." : ""}${typeSummary(t)}${last && hasDots && !variadic ? "..." : ""}`;
  });
  return text`(${join(parts, ", ")})`;
}

function typeSummary(t: Type | undefined): MessagePart {
  if (!t || !isValid(t)) return "unknown type";
  if (!isUntyped(t) || t.kind !== "Basic") return t;
  return isNumeric(t) ? "number" : t.name.replace("untyped ", "");
}

/** The name of an object, with its package where it is another one. */
export function objectName(obj: Obj, qualifier: (pkg: Package) => string): MessagePart {
  const pkg = obj.pkg && obj.kind !== "PkgName" ? qualifier(obj.pkg) : "";
  return pkg === "" ? obj.name : `${pkg}.${obj.name}`;
}

/** `T` or `~T`; types in terms are named with their package's path, wherever they are printed. */
export const term = (t: UnionType["terms"][number]): Message => text`${t.tilde ? "~" : ""}${typeString(t.type)}`;

/** `A | ~B`. */
export const termList = (terms: readonly Term[]): Message =>
  terms.length === 0 ? text`∅` : join(terms.map((t) => (t.type ? text`${t.tilde ? "~" : ""}${typeString(t.type)}` : text`𝓤`)), " | ");

export const have = (types: Message): Message => text`have ${types}`;
export const want = (types: Message): Message => text`want ${types}`;

// ---- versions -----------------------------------------------------------------------------------------------

/** The language version that this compiler implements: Go 1.N. */
export const NEWEST_VERSION = 26;

export const requiresVersion = (what: Message, minor: number): Message => text`${what} requires go1.${minor} or later`;
export const versionHint = (module: number, file: string | undefined): string =>
  file === undefined ? ` (-lang was set to go1.${module}; check go.mod)` : ` (file declares //go:build ${file})`;
export const fileTooNew = (version: string): Message => text`file requires newer Go version ${version}`;

// ---- names and declarations ---------------------------------------------------------------------------------

export const undefinedName = (name: string): Message => text`undefined: ${name}`;
export const undefinedInPackage = (e: Expr, other: string | undefined): Message =>
  other === undefined ? text`undefined: ${e}` : text`undefined: ${e} (but have ${other})`;
export const notExported = (name: string, pkg: string): Message => text`name ${name} not exported by package ${pkg}`;
export const blankAsValue = (): Message => text`cannot use _ as value or type`;
export const notAType = (name: string, kind: string): Message => text`${name} (${kind}) is not a type`;
export const packageWithoutSelector = (name: string): Message => text`use of package ${name} not in selector`;
export const iotaOutside = (): Message => text`cannot use iota outside constant declaration`;
export const redeclared = (name: string): Message => text`${name} redeclared in this block`;
export const redeclaredField = (name: string): Message => text`${name} redeclared`;
export const otherDeclaration = (name: string): Message => text`other declaration of ${name}`;
export const declaredAndNotUsed = (name: string): Message => text`declared and not used: ${name}`;
export const guardNotUsed = (name: string): Message => text`${name} declared and not used`;
export const importNotUsed = (path: string): Message => text`${quote(path)} imported and not used`;
export const importAsNotUsed = (path: string, name: string): Message => text`${quote(path)} imported as ${name} and not used`;
export const couldNotImport = (path: string, why: string): Message => text`could not import ${path} (${why})`;
export const invalidImportPath = (why: string): Message => text`invalid import path (${why})`;
export const cannotImportInit = (): Message => text`cannot import package as init - init must be a func`;
export const alreadyImported = (name: string, pkg: Package): Message => text`${name} already declared through import of ${packageText(pkg)}`;
export const alreadyDotImported = (name: string, pkg: Package): Message => text`${name} already declared through dot-import of ${packageText(pkg)}`;
const packageText = (pkg: Package): string => `package ${pkg.name} (${quote(pkg.path)})`;
export const cannotDeclareInit = (): Message => text`cannot declare init - must be func`;
export const cannotDeclareMain = (): Message => text`cannot declare main - must be func`;
export const mustHaveNoTypeParams = (name: string): Message => text`func ${name} must have no type parameters`;
export const mustHaveNoArguments = (name: string): Message => text`func ${name} must have no arguments and no return values`;
export const initWithoutBody = (): Message => text`func init must have a body`;
export const genericWithoutBody = (): Message => text`generic function is missing function body`;
export const missingFunctionBody = (): Message => text`missing function body`;
export const noescapeWithBody = (): Message => text`can only use //go:noescape with external func implementations`;
export const functionMainUndeclared = (): Message => text`function main is undeclared in the main package`;
export const mismatchedPackage = (name: string, want: string): Message => text`package ${name}; expected package ${want}`;
export const blankPackage = (): Message => text`invalid package name _`;
export const extraInit = (e: Expr): Message => text`extra init expr ${e}`;
export const extraInitAt = (pos: Pos): Message => text`extra init expr at ${place(pos)}`;
export const missingInit = (name: string): Message => text`missing init expr for ${name}`;
export const invalidConstantType = (t: Type): Message => text`invalid constant type ${t}`;
export const notConstant = (x: Operand): Message => text`${x} is not constant`;
export const noNewVariables = (): Message => text`no new variables on left side of :=`;
export const noNewVariable = (): Message => text`no new variable on left side of :=`;
export const nonNameOnLeft = (e: Expr): Message => text`non-name ${e} on left side of :=`;
export const repeatedOnLeft = (e: Expr): Message => text`${e} repeated on left side of :=`;

// ---- cycles -------------------------------------------------------------------------------------------------

export const refersToItself = (isType: boolean, name: MessagePart): Message =>
  isType ? text`invalid recursive type: ${name} refers to itself` : text`invalid cycle in declaration: ${name} refers to itself`;
export const cycleOf = (isType: boolean, name: MessagePart): Message =>
  isType ? text`invalid recursive type ${name}` : text`invalid cycle in declaration of ${name}`;
export const refersTo = (name: MessagePart, next: MessagePart): Message => text`${name} refers to ${next}`;
export const initCycleSelf = (name: string): Message => text`initialization cycle: ${name} refers to itself`;
export const initCycle = (name: string): Message => text`initialization cycle for ${name}`;
export const cycleInMethod = (): Message => text`illegal cycle in method declaration`;
export const anonymousInterfaceCycle = (): Message => text`invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)`;

// ---- constants ----------------------------------------------------------------------------------------------

export const truncated = (x: Operand, t: Type): Message => text`${x} truncated to ${t}`;
export const overflows = (x: Operand, t: Type): Message => text`${x} overflows ${t}`;
export const cannotConvert = (x: Operand, t: Type): Message => text`cannot convert ${x} to type ${t}`;
export const cannotConvertBecause = (x: Operand, t: Type, why: string): Message => text`cannot convert ${x} to type ${t}${after(why, ": ")}`;
export const constantOverflows = (value: Value, t: Type): Message => text`constant ${value} overflows ${t}`;
export const resultNotRepresentable = (): Message => text`constant result is not representable`;
export const constantOverflow = (operation: string): Message => text`constant ${operation === "" ? "" : `${operation} `}overflow`;
export const longConstant = (start: string, length: number): Message => text`excessively long constant: ${start}... (${length} chars)`;
export const malformedConstant = (literal: string): Message => text`malformed constant: ${literal}`;

// ---- operators ----------------------------------------------------------------------------------------------

export const operatorNotDefined = (op: string, x: Operand): Message => text`invalid operation: operator ${op} not defined on ${x}`;
export const mismatchedTypes = (e: MessagePart, x: Type, y: Type): Message => text`invalid operation: ${e} (mismatched types ${x} and ${y})`;
export const divisionByZero = (): Message => text`invalid operation: division by zero`;
export const cannotTakeAddress = (x: Operand): Message => text`invalid operation: cannot take address of ${x}`;
export const cannotIndirect = (x: Operand): Message => text`invalid operation: cannot indirect ${x}`;
export const pointersDiffer = (x: Operand): Message => text`invalid operation: pointers of ${x} must have identical base types`;
export const tildeOutside = (): Message => text`cannot use ~ outside of interface or type constraint`;
export const tildeForComplement = (): Message => text`cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)`;
export const invalidCase = (x: MessagePart, y: MessagePart, cause: Message): Message => text`invalid case ${x} in switch on ${y} (${cause})`;
export const invalidComparison = (x: MessagePart, op: string, y: MessagePart, cause: Message): Message => text`invalid operation: ${x} ${op} ${y} (${cause})`;
export function incomparable(why: Incomparable): Message | undefined {
  switch (why.cause) {
    case "struct":
      return why.type && text`struct containing ${why.type} cannot be compared`;
    case "array":
      return why.type && text`${why.type} cannot be compared`;
    case "empty":
      return text`empty type set`;
    case "mixed":
      return text`incomparable types in type set`;
    case "":
      return undefined;
  }
}
export const shiftedOperand = (x: Operand): Message => text`invalid operation: shifted operand ${x} must be integer`;
export const shiftedOperandType = (e: Expr, t: Type): Message => text`invalid operation: shifted operand ${e} (type ${t}) must be integer`;
export const negativeShiftCount = (y: Operand): Message => text`invalid operation: negative shift count ${y}`;
export const shiftCountInteger = (y: Operand): Message => text`invalid operation: shift count ${y} must be integer`;
export const invalidShiftCount = (y: Operand): Message => text`invalid operation: invalid shift count ${y}`;
export const nonNumericIncDec = (e: Expr, op: string, t: Type): Message => text`invalid operation: ${e}${op}${op} (non-numeric type ${t})`;
export const singleValuedAssignOp = (op: string): Message => text`assignment operation ${op} requires single-valued expressions`;
export const channelMisuse = (receive: boolean, typeParam: boolean, x: Operand, cause: Message): Message => {
  const verb = receive ? "receive from" : "send to";
  return typeParam ? text`invalid operation: cannot ${verb} ${x}: ${cause}` : text`invalid operation: cannot ${verb} ${cause} ${x}`;
};

// ---- values where others are wanted -------------------------------------------------------------------------

export const usedAsValue = (x: Operand): Message => text`${x} used as value`;
export const usedAsValueOrType = (x: Operand): Message => text`${x} used as value or type`;
export const usedAsType = (x: Operand): Message => text`${x} used as type`;
export const operandNotAType = (x: Operand): Message => text`${x} is not a type`;
export const expressionNotAType = (e: Expr): Message => text`${e} is not a type`;
export const mustBeCalled = (x: Operand): Message => text`${x} must be called`;
export const notAnExpression = (x: Operand): Message => text`${x} is not an expression`;
export const isNotUsed = (x: Operand): Message => text`${x} is not used`;
export const multipleValue = (x: Operand): Message => text`multiple-value ${x} in single-value context`;
export const typeGuardOutside = (): Message => text`invalid syntax tree: use of .(type) outside type switch`;
export const unexpectedList = (): Message => text`invalid syntax tree: unexpected list of expressions`;
export const unexpectedKeyValue = (): Message => text`invalid syntax tree: no key:value expected`;
export const invalidDots = (): Message => text`invalid syntax tree: invalid use of ...`;

// ---- assignment ---------------------------------------------------------------------------------------------

type Context = string | Message;

export const cannotUse = (x: Operand, t: Type, context: Context, why: string): Message => text`cannot use ${x} as ${t} value in ${context}${after(why, ": ")}`;
export const cannotUseUntyped = (x: Operand, t: Type, context: Context, why: Misfit): Message =>
  text`cannot use ${x} as ${t} value in ${context}${why === "truncated" ? " (truncated)" : why === "overflow" ? " (overflows)" : ""}`;
export const cannotAssign = (x: Operand, t: MessagePart, context: Context): Message => text`cannot assign ${x} to ${t} in ${context}`;
export const untypedNil = (context: Context): Message => text`use of untyped nil in ${context}`;
export const genericFunctionIn = (x: Operand, context: Context): Message => text`cannot use generic function ${x} without instantiation in ${context}`;
export const cannotAssignTo = (e: Expr): Message => text`cannot assign to ${e} (neither addressable nor a map index expression)`;
export const cannotAssignToName = (e: Expr): Message => text`cannot assign to ${e}`;
export const assignToMapField = (e: Expr): Message => text`cannot assign to struct field ${e} in map`;
export const cannotAssignIn = (v: Type, t: Type, p: Type): Message => text`cannot assign ${v} to ${t} (in ${p})`;
export const cannotAssignFrom = (v: Type, p: Type, t: Type): Message => text`cannot assign ${v} (in ${p}) to ${t}`;
export const assignmentMismatch = (left: number, right: number, call: Expr | undefined): Message =>
  call
    ? text`assignment mismatch: ${count(left, "variable")} but ${call} returns ${count(right, "value")}`
    : text`assignment mismatch: ${count(left, "variable")} but ${count(right, "value")}`;
export const returnCount = (tooMany: boolean): Message => text`${tooMany ? "too many" : "not enough"} return values`;

// ---- implementing -------------------------------------------------------------------------------------------

export const missingMethod = (name: string): Message => text`(missing method ${name})`;
export const missingMethodHaveWant = (name: string, h: string, w: string): Message => text`(missing method ${name})\n\t\thave ${h}\n\t\twant ${w}`;
export const unexportedMethod = (name: string): Message => text`(unexported method ${name})`;
export const wrongMethodType = (name: string): Message => text`(wrong type for method ${name})`;
export const wrongMethodTypeHaveWant = (name: string, h: string, w: string): Message => text`(wrong type for method ${name})\n\t\thave ${h}\n\t\twant ${w}`;
export const ambiguousMethod = (v: Type, name: string): Message => text`(ambiguous selector ${v}.${name})`;
export const pointerReceiver = (name: string): Message => text`(method ${name} has pointer receiver)`;
export const fieldNotMethod = (v: Type, name: string): Message => text`(${v}.${name} is a field, not a method)`;
export const pointerToInterface = (t: Type, what: string): Message => text`type ${t} is pointer to ${what}, not ${what}`;
export const doesNot = (v: Type, verb: string, t: Type, detail: Message): Message => text`${v} does not ${verb} ${t} (${detail})`;
export const doesNotBecause = (v: Type, verb: string, t: Type, cause: string): Message => text`${v} does not ${verb} ${t} ${cause}`;
export const doesNotPlain = (v: Type, verb: string, t: Type): Message => text`${v} does not ${verb} ${t}`;
export const emptyTypeSet = (verb: string, t: Type): Message => text`cannot ${verb} ${t} (empty type set)`;
export const notComparable = (v: Type, verb: string): Message => text`${v} does not ${verb} comparable`;
export const comparableRequires = (v: Type, verb: string): Message => text`${v} to ${verb} comparable requires go1.20 or later`;
export const sliceConversionRequires = (what: string, minor: number): Message => text`conversion of slice to ${what} requires go1.${minor} or later`;
export const notAnInterface = (x: Operand): Message => text`invalid operation: ${x} is not an interface`;
export const notAnInterfaceOperand = (x: Operand): Message => text`${x} is not an interface`;
export const assertOnTypeParam = (x: Operand): Message => text`invalid operation: cannot use type assertion on type parameter value ${x}`;
export const impossibleAssertion = (e: Expr, t: Type, x: Type, cause: string): Message =>
  text`impossible type assertion: ${e}\n\t${t} does not implement ${x} ${cause}`;
export const impossibleCase = (e: Expr, x: Operand, t: Type, cause: string): Message =>
  text`impossible type switch case: ${e}\n\t${x} cannot have dynamic type ${t} ${cause}`;
export const typeSwitchOnTypeParam = (x: Operand): Message => text`cannot use type switch on type parameter value ${x}`;

// ---- selectors ----------------------------------------------------------------------------------------------

export const builtinInSelector = (x: Operand): Message => text`invalid use of ${x} in selector expression`;
export const selectorNotAType = (e: Expr): Message => text`${e} is not a type`;
export const ambiguousSelector = (e: Expr, name: string): Message => text`ambiguous selector ${e}.${name}`;
export const methodNeedsPointer = (t: Type, name: string): Message => text`invalid method expression ${t}.${name} (needs pointer receiver (*${t}).${name})`;
export const cannotCallPointerMethod = (name: string, t: Type): Message => text`cannot call pointer method ${name} on ${t}`;
export const selectorUndefined = (e: Expr, name: string, why: Message): Message => text`${e}.${name} undefined (${why})`;
export const noMethod = (x: Operand, t: Type, name: string): Message => text`${x.expr ?? t}.${name} undefined (type ${t} has no method ${name})`;

/** Why a type has no such field or method: which similar one it has. */
export function lookupError(pkg: Package, t: Type, name: string, other: Var | Func | undefined, literal: boolean): Message {
  const found = similarity(pkg, name, other);
  const alternative = other?.name ?? "";
  const what = other?.kind === "Func" ? "method" : "field";
  if (literal) {
    const unknown = text`unknown field ${name} in struct literal of type ${t}`;
    if (found === "missing") return unknown;
    if (found === "misspelled") return text`${unknown}, but does have ${alternative}`;
    if (found === "unexported") return text`${unknown}, but does have unexported ${alternative}`;
    return text`cannot refer to unexported field ${alternative} in struct literal of type ${t}`;
  }
  const unknown = text`type ${t} has no field or method ${name}`;
  if (found === "missing") return unknown;
  if (found === "misspelled") return text`${unknown}, but does have ${what} ${alternative}`;
  if (found === "unexported") return text`${unknown}, but does have unexported ${what} ${alternative}`;
  return text`cannot refer to unexported ${what} ${alternative}`;
}

/** What follows the first character; of a single character, that. */
const tail = (name: string): string => [...name].slice(1).join("") || name;

function similarity(pkg: Package, name: string, other: Obj | undefined): "missing" | "misspelled" | "unexported" | "inaccessible" {
  if (!other || !equalFold(other.name, name)) return "missing";
  if (samePackage(other.pkg, pkg)) return "misspelled";
  const sameTail = tail(name) === tail(other.name);
  if (isExported(name)) {
    if (isExported(other.name)) return "misspelled";
    return sameTail ? "unexported" : "missing";
  }
  if (isExported(other.name)) return sameTail ? "misspelled" : "missing";
  return name === other.name ? "inaccessible" : "missing";
}

// ---- calls and conversions ----------------------------------------------------------------------------------

export const cannotCall = (x: Operand, why: Message): Message => text`invalid operation: cannot call ${x}: ${why}`;
export const argumentCount = (tooMany: boolean, fun: Expr): Message => text`${tooMany ? "too many" : "not enough"} arguments in call to ${fun}`;
export const dotsWithMultiValue = (n: number, e: Expr): Message => text`cannot use ... with ${n}-valued ${e}`;
export const dotsToNonVariadic = (fun: Expr): Message => text`cannot use ... in call to non-variadic ${fun}`;
export const missingConversionArgument = (t: Type): Message => text`missing argument in conversion to ${t}`;
export const tooManyConversionArguments = (t: Type): Message => text`too many arguments in conversion to ${t}`;
export const constraintInConversion = (t: Type): Message => text`cannot use interface ${t} in conversion (contains specific type constraints or is comparable)`;
export const dotsInConversion = (t: Type): Message => text`invalid use of ... in conversion to ${t}`;
export const mustBeFunctionCall = (keyword: string): Message => text`expression in ${keyword} must be function call`;
export const requiresCall = (keyword: string, x: Operand): Message => text`${keyword} requires function call, not conversion ${x}`;
export const discardsResult = (keyword: string, x: Operand): Message => text`${keyword} discards result of ${x}`;

// ---- built-in functions -------------------------------------------------------------------------------------

export const dotsWithBuiltin = (name: string): Message => text`invalid operation: invalid use of ... with built-in ${name}`;
export const builtinArgumentCount = (few: boolean, call: Expr, wanted: number, found: number): Message =>
  text`invalid operation: ${few ? "not enough" : "too many"} arguments for ${call} (expected ${wanted}, found ${found})`;
export const invalidAppend = (why: Message): Message => text`invalid append: ${why}`;
export const invalidCopy = (why: Message): Message => text`invalid copy: ${why}`;
export const copyMismatch = (x: Operand, y: Operand, to: Type, from: Type): Message =>
  text`invalid copy: arguments ${x} and ${y} have different element types ${to} and ${from}`;
export const invalidForBuiltin = (x: Operand, name: string): Message => text`invalid argument: ${x} for built-in ${name}`;
export const cannotClear = (x: Operand): Message => text`invalid argument: cannot clear ${x}: argument must be (or constrained by) map or slice`;
export const cannotClose = (channel: boolean, x: Operand): Message =>
  text`invalid operation: cannot close ${channel ? "receive-only channel" : "non-channel"} ${x}`;
export const notAMap = (x: Operand): Message => text`invalid argument: ${x} is not a map`;
export const mapsDiffer = (x: Operand): Message => text`invalid argument: maps of ${x} must have identical key types`;
export const cannotMake = (e: Expr, why: Message): Message => text`invalid argument: cannot make ${e}: ${why}`;
export const makeArguments = (call: Expr, least: number, found: number): Message =>
  text`invalid operation: ${call} expects ${least} or ${least + 1} arguments; found ${found}`;
export const swappedMake = (): Message => text`invalid argument: length and capacity swapped`;
export const expectedFloat = (t: Type): Message => text`invalid argument: arguments have type ${t}, expected floating-point`;
export const expectedComplex = (t: Type): Message => text`invalid argument: argument has type ${t}, expected complex type`;
export const typeParamBuiltin = (x: Operand, name: string): Message =>
  text`${x} not supported as argument to built-in ${name} for go1.18 (see go.dev/issue/50937)`;
export const cannotBeOrdered = (x: Operand): Message => text`invalid argument: ${x} cannot be ordered`;
export const mismatchedArguments = (x: Type, y: Type, e: MessagePart): Message =>
  text`invalid argument: mismatched types ${x} (previous argument) and ${y} (type of ${e})`;
export const tooLarge = (x: Operand): Message => text`${x} is too large`;
export const notASelector = (e: Expr): Message => text`invalid argument: ${e} is not a selector expression`;
export const noSingleField = (t: Type, name: string): Message => text`invalid argument: ${t} has no single field ${name}`;
export const isMethodValue = (e: Expr): Message => text`invalid argument: ${e} is a method value`;
export const embeddedViaPointer = (name: string, t: Type): Message => text`invalid argument: field ${name} is embedded via a pointer in ${t}`;
export const isNot = (x: Operand, what: string): Message => text`invalid argument: ${x} is not a ${what}`;

// ---- literals, indices, slices ------------------------------------------------------------------------------

export const missingLiteralType = (): Message => text`missing type in composite literal`;
export const invalidLiteralType = (element: boolean, t: Type, noCommon: boolean): Message =>
  text`invalid composite literal${element ? " element" : ""} type ${t}${noCommon ? " (no common underlying type)" : ""}`;
export const mixedStructLiteral = (): Message => text`mixture of field:value and value elements in struct literal`;
export const invalidFieldName = (e: Expr): Message => text`invalid field name ${e} in struct literal`;
export const duplicateField = (name: string): Message => text`duplicate field name ${name} in struct literal`;
export const tooManyValues = (t: Type): Message => text`too many values in struct literal of type ${t}`;
export const tooFewValues = (t: Type): Message => text`too few values in struct literal of type ${t}`;
export const implicitUnexported = (name: string, t: Type): Message => text`implicit assignment to unexported field ${name} in struct literal of type ${t}`;
export const missingKey = (): Message => text`missing key in map literal`;
export const duplicateKey = (value: string): Message => text`duplicate key ${value} in map literal`;
export const indexNotConstant = (e: Expr): Message => text`index ${e} must be integer constant`;
export const indexOutOfBounds = (i: number, length: number): Message => text`index ${i} is out of bounds (>= ${length})`;
export const duplicateIndex = (i: number): Message => text`duplicate index ${i} in array or slice literal`;
export const cannotIndex = (x: Operand): Message => text`cannot index ${x}`;
export const moreThanOneIndex = (): Message => text`invalid operation: more than one index`;
export const indexArgumentOutOfBounds = (value: Value, max: number): Message => text`invalid argument: index ${value} out of bounds [0:${max}]`;
export const mustBeInteger = (what: string, x: Operand): Message => text`invalid argument: ${what} ${x} must be integer`;
export const mustNotBeNegative = (what: string, x: Operand): Message => text`invalid argument: ${what} ${x} must not be negative`;
export const overflowsInt = (what: string, x: Operand): Message => text`invalid argument: ${what} ${x} overflows int`;
export const cannotSlice = (x: Operand): Message => text`cannot slice ${x}`;
export const cannotSliceNoType = (x: Operand, t: Type): Message => text`cannot slice ${x}: no specific type in ${t}`;
export const cannotSliceDifferent = (x: Operand, t: Type, u: Type): Message => text`cannot slice ${x}: ${t} and ${u} have different underlying types`;
export const cannotSliceUnaddressable = (x: Operand): Message => text`cannot slice unaddressable value ${x}`;
export const threeIndexString = (): Message => text`invalid operation: 3-index slice of string`;
export const invalidSliceIndices = (high: number, low: number): Message => text`invalid slice indices: ${high} < ${low}`;

// ---- types --------------------------------------------------------------------------------------------------

export const genericType = (t: Type): Message => text`cannot use generic type ${t} without instantiation`;
export const genericWithoutInstantiation = (what: string, e: Expr): Message => text`cannot use generic ${what} ${e} without instantiation`;
export const notGeneric = (t: Type): Message => text`${t} is not a generic type`;
export const notAGenericType = (e: Expr, list: readonly Expr[], t: Type): Message =>
  text`invalid operation: ${e}[${join(list, ", ")}] (${t} is not a generic type)`;
export const constraintOutside = (t: Type, comparable: boolean): Message =>
  comparable
    ? text`cannot use type ${t} outside a type constraint: interface is (or embeds) comparable`
    : text`cannot use type ${t} outside a type constraint: interface contains type constraints`;
export const dotsArrayOutside = (): Message => text`invalid use of [...] array (outside a composite literal)`;
export const undefinedArrayLength = (name: string): Message => text`undefined array length ${name} or missing type constraint`;
export const invalidArrayLengthName = (name: string): Message => text`invalid array length ${name}`;
export const arrayLengthConstant = (x: Operand): Message => text`array length ${x} must be constant`;
export const arrayLengthInteger = (x: Operand): Message => text`array length ${x} must be integer`;
export const invalidArrayLength = (x: Operand): Message => text`invalid array length ${x}`;
export const invalidMapKey = (t: Type, typeParam: boolean): Message => text`invalid map key type ${t}${typeParam ? " (missing comparable constraint)" : ""}`;
export const invalidEmbedded = (e: Expr): Message => text`invalid syntax tree: invalid embedded field type ${e}`;
export const elementTooLarge = (): Message => text`channel element type too large (>64kB)`;
export const largerThanAddressSpace = (t: Type): Message => text`type ${t} larger than address space`;
export const embeddedKind = (what: string): Message => text`embedded field type cannot be ${what}`;
export const incorrectTag = (tag: string): Message => text`invalid syntax tree: incorrect tag syntax: ${quote(tag)}`;
export const fieldAndMethod = (name: string): Message => text`field and method with the same name ${name}`;
export const methodRedeclared = (type: string, name: string, pos: Pos): Message => text`method ${type}.${name} already declared at ${place(pos)}`;
export const duplicateMethod = (name: string): Message => text`duplicate method ${name}`;
export const otherDeclarationOfMethod = (name: string): Message => text`other declaration of method ${name}`;
export const blankMethod = (): Message => text`methods must have a unique non-blank name`;
export const nonLocalReceiver = (t: Type): Message => text`cannot define new methods on non-local type ${t}`;
export const invalidReceiver = (t: Type, why: string): Message => (why === "" ? text`invalid receiver type ${t}` : text`invalid receiver type ${t} (${why})`);
export const receiverTypeParam = (e: Expr): Message => text`receiver type parameter ${e} must be an identifier`;
export const receiverTypeParamCount = (got: number, wanted: number): Message =>
  text`receiver declares ${count(got, "type parameter")}, but receiver base type declares ${wanted}`;
export const methodOnInstance = (t: Type): Message => text`cannot define new methods on instantiated type ${t}`;
export const methodOnGenericAlias = (t: Type): Message => text`cannot define new methods on generic alias type ${t}`;
export const typeParamAsConstraint = (): Message => text`cannot use a type parameter as constraint`;
export const typeParamAsAlias = (): Message => text`cannot use type parameter declared in alias declaration as RHS`;
export const typeParamAsType = (): Message => text`cannot use a type parameter as RHS in type declaration`;
export const tooManyTerms = (): Message => text`cannot handle more than 100 union terms (implementation limitation)`;
export const tildeTypeParam = (e: Expr): Message => text`type in term ${e} cannot be a type parameter`;
export const termTypeParam = (): Message => text`term cannot be a type parameter`;
export const tildeInterface = (t: Type): Message => text`invalid use of ~ (${t} is an interface)`;
export const tildeUnderlying = (t: Type, u: Type): Message => text`invalid use of ~ (underlying type of ${t} is ${u})`;
export const termWithMethods = (t: Message): Message => text`cannot use ${t} in union (${t} contains methods)`;
export const comparableInUnion = (): Message => text`cannot use comparable in union`;
export const termEmbedsComparable = (t: Message): Message => text`cannot use ${t} in union (${t} embeds comparable)`;
export const overlappingTerms = (t: Message, u: Message): Message => text`overlapping terms ${t} and ${u}`;

// ---- type arguments -----------------------------------------------------------------------------------------

export const typeArgumentCount = (got: number, wanted: number): Message => text`got ${got} type arguments but want ${wanted}`;
export const typeArgumentsForType = (few: boolean, name: string, got: number, wanted: number): Message =>
  text`${few ? "not enough" : "too many"} type arguments for type ${name}: have ${got}, want ${wanted}`;
export const incompleteTypeArgument = (t: Type): Message => text`cannot use incomplete (or unallocatable) type as a type argument: ${typeString(t)}`;
export const illegalPrint = (t: Type): Message => text`illegal types for operand: print\n\t${t}`;
export const inCallTo = (fun: Expr, why: Message): Message => text`in call to ${fun}, ${why}`;
export const cannotInfer = (name: string, pos: Pos): Message => text`cannot infer ${name} (declared at ${place(pos)})`;
export const argumentMismatch = (arg: Operand, wanted: Type): Message => text`type ${arg.type} of ${arg.expr ?? ""} does not match ${wanted}`;
export const argumentMismatchCannotInfer = (arg: Operand, wanted: Type, params: readonly TypeParamType[]): Message =>
  text`${argumentMismatch(arg, wanted)} (cannot infer ${nameList(params)})`;
export const inferredMismatch = (arg: Operand, inferred: Type, wanted: Type): Message =>
  text`type ${arg.type} of ${arg.expr ?? ""} does not match inferred type ${inferred} for ${wanted}`;
export const inferredMismatchReverse = (inferred: Type, wanted: Type, arg: Operand): Message =>
  text`inferred type ${inferred} for ${wanted} does not match type ${arg.type} of ${arg.expr ?? ""}`;
export const doesNotSatisfy = (p: Type, t: Type, constraint: Type, cause: string): Message =>
  text`${p} (type ${t}) does not satisfy ${constraint}${after(cause, " ")}`;
export const mismatchedUntyped = (x: Type, y: Type, p: Type): Message => text`mismatched types ${x} and ${y} (cannot infer ${p})`;

function nameList(params: readonly TypeParamType[]): string {
  const names = params.map((p) => p.obj.name);
  if (names.length <= 2) return names.join(" and ");
  return `${names.slice(0, -1).join(", ")}, and ${names[names.length - 1] ?? ""}`;
}

// ---- statements ---------------------------------------------------------------------------------------------

export const missingReturn = (): Message => text`missing return`;
export const resultNotInScope = (name: string): Message => text`result parameter ${name} not in scope at return`;
export const innerDeclaration = (obj: Obj): Message => text`inner declaration of ${obj}`;
export const nonBooleanCondition = (what: string): Message => text`non-boolean condition in ${what} statement`;
export const selectCase = (): Message => text`select case must be send or receive (possibly with assignment)`;
export const multipleDefaults = (pos: Pos): Message => text`multiple defaults (first at ${place(pos)})`;
export const cannotSwitch = (x: Operand, t: Type): Message => text`cannot switch on ${x} (${t} is not comparable)`;
export const duplicateCase = (x: Operand): Message => text`duplicate case ${x} in expression switch`;
export const duplicateTypeCase = (t: MessagePart): Message => text`duplicate case ${t} in type switch`;
export const previousCase = (): Message => text`previous case`;
export const cannotRange = (x: Operand, why: string): Message => text`cannot range over ${x}${after(why, ": ")}`;
export const noIterationVariables = (x: Operand): Message => text`range over ${x} permits no iteration variables`;
export const oneIterationVariable = (x: Operand): Message => text`range over ${x} permits only one iteration variable`;
export const twoIterationVariables = (): Message => text`range clause permits at most two iteration variables`;
export const iterationVariableType = (t: Type): Message => text`cannot use iteration variable of type ${t}`;
export const cannotDeclare = (e: Expr): Message => text`invalid syntax tree: cannot declare ${e}`;

// ---- branches -----------------------------------------------------------------------------------------------

export const breakOutside = (): Message => text`break is not in a loop, switch, or select`;
export const continueOutside = (): Message => text`continue is not in a loop`;
export const fallthroughMisplaced = (): Message => text`fallthrough statement out of place`;
export const fallthroughFinal = (): Message => text`cannot fallthrough final case in switch`;
export const fallthroughTypeSwitch = (): Message => text`cannot fallthrough in type switch`;
export const labelNotDefined = (name: string): Message => text`label ${name} not defined`;
export const labelNotUsed = (name: string): Message => text`label ${name} defined and not used`;
export const labelAlreadyDefined = (name: string, at: Place): Message => text`label ${name} already defined at ${at}`;
export const branchLabelNotDefined = (branch: string, name: string): Message => text`${branch} label not defined: ${name}`;
export const invalidBranchLabel = (branch: string, name: string): Message => text`invalid ${branch} label ${name}`;
export const jumpsIntoBlock = (name: string, start: Place): Message => text`goto ${name} jumps into block starting at ${start}`;
export const jumpsOverDeclaration = (name: string, variable: string, at: Place): Message => text`goto ${name} jumps over declaration of ${variable} at ${at}`;

// ---- directives ---------------------------------------------------------------------------------------------

export const misplacedDirective = (): Message => text`misplaced compiler directive`;
export const misplacedEmbed = (): Message => text`misplaced go:embed directive`;
export const embedImport = (): Message => text`go:embed requires import "embed" (or import _ "embed", if package is not used)`;
export const embedCannot = (what: string): Message => text`go:embed cannot apply to ${what}`;
export const runtimeDirective = (name: string): Message => text`//${name} only allowed in runtime`;
export const libraryDirective = (name: string): Message => text`//${name} is only allowed in the standard library`;
export const linknameWithoutUnsafe = (): Message => text`//go:linkname only allowed in Go files that import "unsafe"`;
export const linknameInstance = (): Message => text`//go:linkname reference of an instantiation is not allowed`;
export const linknameTarget = (): Message => text`//go:linkname must refer to declared function or variable`;
export const duplicateLinkname = (name: string): Message => text`duplicate //go:linkname for ${name}`;

// ---- the go command -----------------------------------------------------------------------------------------

/** The compiler gives up at this many errors. */
export const MAX_ERRORS = 10;

export const relativeImport = (path: string): string => `"${path}" is relative, but relative import paths are not supported in module mode`;
export const internalImport = (at: string, path: string): string => `package command-line-arguments\n\t${at}: use of internal package ${path} not allowed`;
/** What tells the go command's messages from the compiler's. */
export const goCommandWords = [
  " is not in std (", "no required module provides package ", "use of internal package ", "relative import paths are not supported",
  "expected 'package', found ", "expected 'IDENT', found ", "expected ';', found ",
];
/** What the go command says of a package clause that it cannot read. Go: go/parser (errorExpected). */
export const clauseExpected = (wanted: "package" | "IDENT" | ";", found: string): string => `expected '${wanted}', found ${found}`;
export const noModule = (path: string): string =>
  `no required module provides package ${path}: go.mod file not found in current directory or any parent directory; see 'go help modules'`;
export const notInStd = (path: string, goroot: string): string => `package ${path} is not in std (${goroot}/src/${path})`;
