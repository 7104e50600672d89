/**
 * The type checker: what names mean, which type and constant value each expression has, and what is wrong with a program.
 *
 * Reads the syntax tree and the library's facts; never runs anything, never touches the tree. What it finds out goes into the
 * side tables of `Info`. Go: cmd/compile/internal/types2.
 */
export type * from "./type.ts";
export type { FieldFacts, FlowSegment, FuncFacts, Importer, InstanceFacts, ResultFacts, NamedFacts, PackageFacts, Placed, SignatureFacts, SummaryNode, TypeFacts, TypeIndex, TypeParamFacts, VerboseFacts } from "./facts.ts";
export {
  anyType, basic, byteType, builtinForms, comparableType, emptyInterface, errorType, invalidType, runeType, universe, unsafePackage,
} from "./universe.ts";
export { asNamed, asTypeParam, constraintInterface, deref, isTypeParam, methodAt, methodsOf, unalias, under } from "./under.ts";
export { comparable, identical, identicalIgnoringTags, includesAll, hasTerms, isMethodSet, outerArgs, termIncludes, typeSet } from "./identical.ts";
export {
  allBoolean, allInteger, allNumeric, allOrdered, allString, allUnsigned, coreType, defaultType, hasName, hasNil, isBoolean, isBytesOrRunes, isComplex,
  isConstType, isEmptyInterface, isFloat, isGeneric, isInteger, isInterface, isKind, isNumeric, isPointer, isString, isTyped, isUnsafePointer, isUnsigned,
  isUntyped, isValid, typesOf, underIs,
} from "./predicates.ts";
export { implement } from "./implement.ts";
export { isExported, objectId, samePackage } from "./names.ts";
export { objectString, type Qualifier, typeString } from "./typestring.ts";
export { type Lookup, lookupFieldOrMethod, methodSet, type MethodSelection, missingMethod, type MissingMethod } from "./lookup.ts";
export { alignof, hasPointers, isDirect, isNotInHeap, offsetof, offsetsof, pointerWords, ptrdata, sizeof } from "./sizes.ts";
export { Instances, instance, instantiate, instantiateSignature, localType, subst, type Substitution, substitution } from "./subst.ts";
export { importPackage, type ImportWorld } from "./importfacts.ts";
export { Packages } from "./packages.ts";
export { clauseError, importErrors, isGoCommandError } from "./imports.ts";
export { branchErrors } from "./bodies.ts";
export { checkPackage, type CheckedPackage, type CheckOptions, newInfo } from "./check.ts";
export { type CheckMode } from "./checker.ts";
export { mentions, retyped } from "./retype.ts";
export { walk } from "./walk.ts";
