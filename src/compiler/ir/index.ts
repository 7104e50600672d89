/** The door of the IR: nodes, positions, walking, printing, the call graph and the builder. */
export * from "./node.ts";
export * from "./positions.ts";
export * from "./visit.ts";
export * from "./edit.ts";
export * from "./value.ts";
export * from "./callgraph.ts";
export * from "./canned.ts";
export * from "./typeprint.ts";
export { type DumpContext, dumpFunc } from "./dump.ts";
export { bodyString, exprString, funcString, nodeString, stmtString } from "./print.ts";
export { type Built, buildPackage, type Checked } from "./build/index.ts";
export { type SelectedMethod, selectMethod } from "./build/expr.ts";
export { packVariadic } from "./build/finish.ts";
export type { Builder } from "./build/context.ts";
export { anySideEffects } from "./build/outline.ts";
export { methodPrinted } from "./build/names.ts";
export { closureName } from "./build/literal.ts";
export { address, assign, boolLiteral, callNode, convNop, declare, deref, emptySignature, intLiteral, literal, newClosureVar, newFunc, newLocal, newTemp, nil, returnCall } from "./build/make.ts";
