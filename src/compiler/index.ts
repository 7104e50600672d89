/**
 * The compiler's door: check · analyse · emit.
 *
 * Each verb returns a new value and goes only as far as its caller needs; what the compiler decided is in the notes, what is
 * wrong is in the diagnostics, nothing is printed.
 */
export { check, type Checked, type CheckInput, libraryReader, type Sibling, type Siblings, type SourceText } from "./check.ts";
export { type Analysed, type AnalyseFlags, analyseCode, analysePackage as analyse, siblingOf } from "./analyse.ts";
export { type Importer, type PackageFacts, Packages, type Placed, type VerboseFacts } from "./types/index.ts";
export { checkCell, checkSession, emptyCellScope, type CellInput, type CellScope, type CheckedCell, type RanCell } from "./cell.ts";
export { emit, type Emitted, type EmitOptions } from "./emit.ts";
export { openShelf, type Shelf, type Shelved, shelfFile, unshelve } from "./codegen/index.ts";
export { Workspace, type WorkspaceResult } from "./workspace.ts";
export { keywords, parseCell, parseFile, scanText, spelling, type Cell, type ParsedCell, type ParsedFile, type Tokens } from "./syntax/index.ts";
export { isGoCommandError } from "./types/index.ts";
export { layoutOf, type Slot, type TypeLayout } from "./layout.ts";
export type { Package, Type } from "./types/index.ts";
export { declaredTypeAt } from "./place.ts";
export { describe, type Offer, type OfferPlace, offers } from "./offer.ts";
