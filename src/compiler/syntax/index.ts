/** The door of the syntax room: text in, tree and syntax errors out. Go: cmd/compile/internal/syntax. */
export type * from "./ast.ts";
export { scan, scanText, tokenText, type Directive, type ScanError, type Tokens } from "./scan.ts";
export { keywords, operators, spelling } from "./tokens.ts";
export { parseCell, parseFile, syntaxErrors, type Cell, type ParsedCell, type ParsedFile } from "./parse.ts";
export { exprString, stmtString } from "./print.ts";
export { startPos, unparen } from "./shapes.ts";
export { isDigit, isLetter, isPrint } from "./unicode.ts";
