/**
 * What Go says when an item of a rule is missing, and where its parser goes on: one entry for each place of grammar/go.ohm
 * that needs more than the default (`unexpected X, expected Y`, then skip one token).
 *
 * A key is `Rule.item`, `Rule` for a choice, list or sequence, or `Rule.close` for the token that closes a list. The
 * generator refuses a key that the grammar has no place for.
 *
 * Go: the messages of cmd/compile/internal/syntax/parser.go.
 */
import type { BasicLit, Expr, FuncDecl, SimpleStmt } from "./ast.ts";
import { isCompositeLitType, isParameterized, type BracketArgs, type FieldParts, type TypeOrExprList } from "./shapes.ts";
import { LEAVE, type Recovery, type Site } from "./recovery.ts";
import { FIRST_LITERAL, LAST_LITERAL, token } from "./tokens.ts";

const TOP_LEVEL = ["import", "const", "type", "var", "func"];
const grouped: Site = { list: "grouped declaration" };
const parameters: Site = { list: "parameter list" };

const missingType: Site = { say: "expected type", skip: [",", ":", ";", ")", "]", "}"], value: "bad" };

export const sites: Readonly<Record<string, Site>> = {
  // ---- files
  "PackageClause.package": { recover: noPackage },
  TopLevelDecls: {
    sequence: {
      stop: [],
      ends: [],
      before: importsFirst,
      badStart: (r, decls) =>
        r.is("{") && isEmptyFunction(decls.at(-1)) ? "unexpected semicolon or newline before {" : "non-declaration statement outside function body",
      badSkip: TOP_LEVEL,
      after: "after top level declaration",
      afterSkip: TOP_LEVEL,
    },
  },
  Cell: { nests: true },
  CellItems: {
    sequence: {
      stop: [],
      ends: [],
      badStart: "expected declaration or statement",
      badSkip: TOP_LEVEL,
      after: "at end of statement",
      afterSkip: [";", "}", "case", "default"],
      takeSeparator: true,
    },
  },
  "CellItem.CellFunction": { guard: isFunctionDeclaration },

  // ---- declarations
  ImportGroup: grouped,
  ConstGroup: grouped,
  VarGroup: grouped,
  TypeGroup: grouped,
  "ImportSpec.stringLit": { recover: missingImportPath },
  equals: { also: [":="], say: "expected =" },
  "TypeDefinition.Type": { recover: missingTypeDefinition },
  ConstrainedParameters: parameters,
  NamedSpecRest: { suffix: true, recover: oddNamedSpec },
  "NamedSpecRest.ParameterizedSpec": { guard: beginsTypeParameters },
  ParameterizedSpec: { suffix: true },
  FirstParameters: { suffix: true, list: "parameter list" },
  FirstTypeParameter: { suffix: true },
  "FirstTypeParameter.TypeParameterRest": { guard: (_, [left]) => (left as Expr).kind === "Name" },
  NamedArray: { suffix: true },
  "NamedArray.]": { recover: closeArrayLength },
  "ArrayBody.]": { recover: closeArrayLength },
  Receiver: parameters,
  "FunctionDecl.FunctionHead": {
    say: (_, [, receiver]) => (receiver ? "expected name" : "expected name or ("),
    skip: ["{", ";"],
  },
  "FunctionHead.TypeParameters": { before: refuseMethodTypeParameters },
  FunctionBody: { nests: true },
  Parameters: parameters,
  "Parameters.(": { recover: openParameters },
  ResultParameters: parameters,
  TypeParameters: { list: "parameter list", empty: "empty type parameter list" },
  ParameterDecl: { say: "expected )", skip: [",", ")"] },
  TypeParameterDecl: { say: "expected ]", skip: [",", "]"] },
  "VariadicType.Type": { say: "... is missing type", skip: [], value: "bad" },

  // ---- types
  Type: missingType,
  "TypeName.ident": { say: "expected name", skip: [".", ";", "}"] },
  "TypeArgs.TypeList": { on: ["]"], say: "expected type argument list", skip: [], value: "bad" },
  "ElementType.Type": { say: "missing channel element type", skip: [], value: "bad" },
  StructType: { list: "struct type" },
  FieldDecl: { recover: oddField },
  "PointerField.EmbeddedType": { recover: oddPointerField },
  "LengthOrArgs.ArrayElem": { guard: (_, [list]) => !(list as TypeOrExprList).comma },
  InterfaceType: { list: "interface type" },
  BracketElemArgs: parameters,
  "BracketElem.BracketMethod": { unless: [], guard: (r, [, args]) => isGenericMethod(r, args as BracketArgs) },
  TypeTerm: { say: "expected ~ term or type", skip: ["operator", ";", ")", "]", "}"], value: "bad" },

  // ---- statements
  "IfBlock.{": { recover: missingBrace("if clause"), leaves: true },
  "ForBlock.{": { recover: missingBrace("for clause"), leaves: true },
  StatementList: {
    sequence: {
      stop: ["}", "case", "default"],
      ends: ["}"],
      after: "at end of statement",
      afterSkip: [";", "}", "case", "default"],
      takeSeparator: true,
    },
  },
  "ReturnStmt.ExpressionList": { unless: [";", "}"] },
  "ListTail.Assignment": { say: "expected := or = or comma", skip: [";", "}"] },
  "ListTailH.AssignmentH": { say: "expected := or = or comma", skip: [";", "}"] },
  "ListTailF.AssignmentF": { say: "expected := or = or comma", skip: [";", "}"] },
  "IfStmt.IfHeader": { on: ["{"], say: "missing condition in if statement", skip: [] },
  "IfHeader.SimpleStmtH": { unless: [";", "{"], before: refuseVar("if") },
  "IfHeader.IfHeaderRest": { unless: ["{"] },
  "IfHeaderRest.;": { recover: missingHeaderSemicolon },
  "IfHeaderRest.SimpleStmtH": { unless: ["{"] },
  ElseBranch: { say: "else must be followed by if or statement block", skip: ["ident", "}"] },
  "SwitchHeader.SimpleStmtH": { unless: [";", "{"], before: refuseVar("switch") },
  "SwitchHeader.SwitchHeaderRest": { unless: ["{"] },
  "SwitchHeaderRest.;": { recover: missingHeaderSemicolon },
  "SwitchHeaderRest.SimpleStmtH": { unless: ["{"] },
  "SwitchStmt.{": { say: "missing { after switch clause", skip: ["case", "default", "}"] },
  "SelectStmt.{": { say: "missing { after select clause", skip: ["case", "default", "}"] },
  CaseLabel: { say: "expected case or default or }", skip: [":", "case", "default", "}"] },
  CommLabel: { say: "expected case or default or }", skip: [":", "case", "default", "}"] },
  "ForHeader.ForInit": { unless: [";", "{"], before: refuseVar("for") },
  "ForHeader.ForRest": { unless: ["{"], guard: (_, [init]) => (init as SimpleStmt | undefined)?.kind !== "RangeClause" },
  "ForRest.;": { recover: missingHeaderSemicolon },
  "ForRest.ForCondition": { on: ["{"], say: "expected for loop condition", skip: [] },
  "ForCondition.SimpleStmtH": { unless: [";"] },
  "ForCondition.ForPost": { unless: ["{"] },

  // ---- expressions
  Operand: { say: "expected expression", skip: [")", "]", "}"], value: "bad" },
  OperandH: { say: "expected expression", skip: [")", "]", "}"], value: "bad" },
  Suffix: { suffix: true },
  SuffixH: { suffix: true },
  Selector: { suffix: true },
  "Selector.ident": { recover: missingSelector, leaves: true },
  TypeAssertion: { suffix: true },
  Arguments: { suffix: true, list: "argument list" },
  Index: { suffix: true },
  "Index.IndexBody": { on: ["]"], recover: emptyIndex },
  "IndexEnd.SliceTail": { guard: (_, [left]) => !(left as TypeOrExprList).comma },
  IndexEnd: { suffix: true, recover: endIndex },
  "SliceRest.SliceBounds": { unless: ["]"] },
  "SliceBounds.Expression": { on: [":"], recover: missingIndex("middle") },
  "SliceMax.Expression": { on: ["]"], recover: missingIndex("final") },
  TypedLiteral: { suffix: true },
  "Suffix.TypedLiteral": { guard: beginsLiteral },
  LiteralValue: { list: "composite literal" },
};

// ---- files and declarations

function noPackage(r: Recovery): never {
  r.say("package statement must be first");
  return r.giveUp();
}

function importsFirst(r: Recovery): void {
  if (r.is("import") && r.previous !== token("import")) r.say("imports must appear before other declarations");
  r.previous = r.registers.kind;
}

function isEmptyFunction(decl: unknown): boolean {
  const last = decl as FuncDecl | undefined;
  return last?.kind === "FuncDecl" && last.body === undefined;
}

/** Does `func` begin a declaration here (in a cell, where it may begin a literal)? A receiver is followed by a name and its parameters. */
function isFunctionDeclaration(r: Recovery): boolean {
  const { kinds } = r.tokens;
  const at = r.registers.at + 1;
  if (kinds[at] !== token("(")) return kinds[at] === token("ident");
  let depth = 0;
  for (let i = at; i < r.tokens.count; i++) {
    const kind = kinds[i];
    if (kind === token("(")) depth++;
    else if (kind === token(")") && --depth === 0) return kinds[i + 1] === token("ident") && kinds[i + 2] === token("(");
  }
  return false;
}

function missingImportPath(r: Recovery): unknown {
  const index = r.registers.at;
  if (["intLit", "floatLit", "imaginaryLit", "runeLit"].some((kind) => r.is(kind))) {
    r.next();
    if (!r.tokens.bad.has(index)) r.sayAt(r.offset(index), "import path must be a string");
    return index;
  }
  r.say("missing import path");
  r.skipTo([";", ")"]);
  return ~index;
}

function missingTypeDefinition(r: Recovery): unknown {
  const bad = r.bad();
  r.say("in type declaration");
  r.skipTo([";", ")"]);
  return bad;
}

/** The bracket that closes an array length: a comma before it is taken, with a complaint. */
function closeArrayLength(r: Recovery): unknown {
  if (r.is(",")) {
    r.say("unexpected comma; expected ]");
    r.next();
  }
  return r.want("]");
}

function beginsTypeParameters(r: Recovery, [left]: readonly unknown[]): boolean {
  return isParameterized(left as Expr, r.is(","), r.is("]"));
}

/** After `type T[x` stands nothing that could: x still says which of the two was meant. */
function oddNamedSpec(r: Recovery, children: readonly unknown[]): unknown {
  return r.registers.call(beginsTypeParameters(r, children) ? "ParameterizedSpec" : "NamedArray", children[0]);
}

function refuseMethodTypeParameters(r: Recovery): void {
  if (r.tokens.kinds[r.registers.at - 2] === token(")")) r.say("method must have no type parameters");
}

/** Type parameters where only a declared function may have them are read and refused. */
function openParameters(r: Recovery): unknown {
  if (r.is("[") && r.tokens.kinds[r.registers.at - 1] === token("func")) {
    r.say("function type must have no type parameters");
    r.registers.call("TypeParameters");
  }
  return r.want("(");
}

// ---- types

/** Fields that Go understands and refuses: `(T)`, `(*T)`. */
function oddField(r: Recovery): unknown {
  if (!r.is("(")) {
    r.say("expected field name or embedded type");
    r.skipTo([";", "}"]);
    return undefined;
  }
  r.say("cannot parenthesize embedded type");
  const pos = r.pos();
  r.next();
  const star = r.pos();
  const pointer = r.got("*");
  const x = r.registers.call("TypeName") as Expr;
  r.got(")");
  const type: Expr = pointer ? { kind: "Operation", pos: star, op: "*", x } : x;
  const tag = r.registers.kind >= FIRST_LITERAL && r.registers.kind <= LAST_LITERAL ? (r.registers.call("Tag") as BasicLit) : undefined;
  return { pos, names: [], type, tag } satisfies FieldParts;
}

function oddPointerField(r: Recovery): unknown {
  if (!r.is("(")) return r.registers.call("TypeName");
  r.say("cannot parenthesize embedded type");
  r.next();
  const type = r.registers.call("TypeName");
  r.got(")");
  return type;
}

/** Are the bracketed arguments of an interface element the type parameters of a method? */
function isGenericMethod(r: Recovery, args: BracketArgs): boolean {
  const [first] = args.params;
  return first ? args.generic : r.is("(");
}

// ---- statements

/** The brace of a body is missing; the body goes on after the next name or ends at the next `}`. */
function missingBrace(context: string): (r: Recovery) => unknown {
  return (r) => {
    r.say(`expected { after ${context}`);
    r.skipTo(["ident", "}"]);
    return r.got("}") ? LEAVE : ~r.registers.at;
  };
}

function refuseVar(keyword: string): (r: Recovery) => void {
  return (r) => {
    if (r.got("var")) r.say(`var declaration not allowed in ${keyword} initializer`);
  };
}

/** Something stands after the first statement of a header that is neither `;` nor `{`. */
function missingHeaderSemicolon(r: Recovery): unknown {
  const index = r.registers.at;
  r.say("expected {");
  r.next();
  if (!r.is("{")) r.skipTo(["{", "}"]);
  return ~index;
}

// ---- expressions

/** Does `{` after this operand begin a literal? A type in parentheses is taken, with a complaint. */
function beginsLiteral(r: Recovery, [left]: readonly unknown[]): boolean {
  if (!isCompositeLitType(left as Expr)) return false;
  if ((left as Expr).kind === "ParenExpr") r.say("cannot parenthesize type in composite literal");
  return true;
}

function emptyIndex(r: Recovery): unknown {
  r.say("expected operand");
  const bad = r.bad();
  r.want("]");
  return { kind: "index", index: bad };
}

function missingSelector(r: Recovery): unknown {
  r.say("expected name or (");
  r.skipTo([";", ")"]);
  return LEAVE;
}

function missingIndex(which: string): (r: Recovery) => unknown {
  return (r) => {
    r.error(r.offset(), `${which} index required in 3-index slice`);
    return r.bad();
  };
}

/** After the first index stands neither `:` nor `]`. */
function endIndex(r: Recovery, [left]: readonly unknown[]): unknown {
  if ((left as TypeOrExprList).comma) {
    r.want("]");
    return undefined;
  }
  r.say("expected comma, : or ]");
  r.skipTo([",", ":", "]"]);
  return r.registers.call("SliceRest");
}
