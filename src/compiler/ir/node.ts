/**
 * The IR: the tree that the inliner and escape analysis work on and that code generation lowers.
 *
 * Its shapes are those of the real compiler after type checking and before walk, because costs count nodes and
 * because the order of children decides the order of messages: a node's children are visited `init` first and then
 * its fields in the order in which they are declared here. `kind` is Go's op without the leading O.
 * Bodies may be edited in place until `analyse` returns; then they are frozen.
 *
 * Left to neighbours: build.ts makes it from checked syntax, print.ts says it in Go's words, rewrite/ changes it.
 *
 * Go: cmd/compile/internal/ir (node.go, expr.go, stmt.go, name.go, func.go, node_gen.go).
 */
import type { Position } from "../../base/source.ts";
import type { Unit } from "../../base/units.ts";
import type { Value } from "../constant/index.ts";
import type { Package, SignatureType, Type, Var } from "../types/index.ts";
import type { FuncFacts, Placed } from "../types/facts.ts";

/**
 * A source position and the inlining it went through: `inline * 2^32 + Pos`, where inline is an index into
 * `PackageIR.inlineTree` (0: not inlined).
 */
export type XPos = Unit<"XPos">;

/** One inlined call: where it stood (itself perhaps inlined) and what was inlined. Go: cmd/internal/obj/inl.go. */
export interface InlinedCall {
  readonly parent: number;
  readonly pos: XPos;
  readonly func: Func;
}

// ---- names and functions ------------------------------------------------------------------------------------

/** extern: package-level variable; func: a function's name; auto: local; autoheap: moved to the heap by escape analysis. */
export type NameClass = "extern" | "func" | "auto" | "autoheap" | "param" | "result";

/** A variable or a function's name. Shared: every mention is the same object. */
export interface Name {
  readonly kind: "NAME";
  /** Of the declaration. */
  pos: XPos;
  readonly init: readonly Stmt[];
  /** Where a library method declares it, in a wrapper of that method. */
  declared?: Position;
  /** As printed: `x`, `~r0`, `.autotmp_3`, `_`. Without package. */
  sym: string;
  /** Package of the symbol (for qualified printing); absent for ours and for universe. */
  pkg?: Package;
  type: Type;
  class: NameClass;
  /** The function that declares it; absent for package-level names. */
  curfn?: Func;
  /** Assigned or address taken, as `ir.Name` flags: address taken anywhere. */
  addrtaken: boolean;
  /** Assigned after its definition. Go: types2/noder set it lazily via ir.Reassigned. */
  reassigned?: boolean;
  used: boolean;
  /** The statement (AS, AS2, RANGE, SELECT…) that defines it with `:=` or `var`; for class func its Func is `func`. */
  defn?: Stmt | TypeSwitchGuard | undefined;
  /** class func: the function. */
  func?: Func;
  /** class func of another package: what is known of it. */
  facts?: FuncFacts;
  /** A closure's own copy of a captured variable: the variable of the enclosing function. Go: Name.Outer. */
  outer?: Name;
  /** Captured by value (decided by escape analysis). */
  byval: boolean;
  /** Made by the compiler (`.autotmp_N`). */
  autotemp: boolean;
  /** Result of the type checker this came from, if any. */
  readonly obj?: Var;
  /** Inlined formal/local marks. Go: InlFormal, InlLocal. */
  inlFormal?: boolean;
  inlLocal?: boolean;
  /** Set by escape analysis. */
  esc?: Esc;
  /** A range or 3-clause loop variable with per-iteration semantics. */
  distinct?: boolean;
  /** A variable of an inlined library function, known from its summary alone: it has a place in messages and no use in the body. */
  summary?: boolean;
  /** How it prints as a place of static data that code fills in: `(T)(main..stmp_0@8)`. Go: OLINKSYMOFFSET. */
  place?: string;
  /** Storage of a literal in static data. */
  staticTemp?: boolean;
  /** A function of the run-time system that the compiler itself calls: `panicwrap`. */
  runtime?: boolean;
  /** Static data: the read-only composite or function that initialises a package-level variable without code. */
  readonly?: boolean;
}

/** What escape analysis decided for an allocating node or variable. */
export type Esc = "heap" | "none";

/** What the inliner knows of a function that it may inline. Go: ir.Inline. */
export interface Inline {
  cost: number;
  dcl: Name[];
  body: Stmt[];
  canDelayResults: boolean;
}

export interface Func {
  readonly name: Name;
  /** Of the declaration's name; of `func` for a literal. */
  pos: XPos;
  endPos: XPos;
  /** As printed in messages: `F`, `T.M`, `(*T).P`, `F.func1`, `Map[go.shape.int]`. */
  printed: string;
  /** Unique in the whole program: package path and printed name, `main.F`. */
  symbol: string;
  pkg: Package;
  type: SignatureType;
  recv?: Name;
  params: Name[];
  results: Name[];
  /** Parameters, results, locals in declaration order. */
  dcl: Name[];
  body: Stmt[];
  /** Captured variables, as this function's own names (each has `outer`). */
  closureVars: Name[];
  /** Closure literals in the order in which they were made. */
  closures: Func[];
  /** Of a closure: the function around it. Go: Func.ClosureParent. */
  closureParent?: Func;
  /** Of a closure: its literal. Go: Func.OClosure. */
  closure?: ClosureExpr;
  pragmas: Set<string>;
  /** Why it may be inlined; absent: it may not. */
  inl?: Inline;
  /** Every instance of a generic function. */
  dupok: boolean;
  /** A method wrapper or other compiler-made function. */
  wrapper: boolean;
  /**
   * Its body was not written by anybody. Inlined, the nodes of a closure over a method or an instance keep their position as it is;
   * those of the wrapper of an instance take the position of the call. Go: syntheticBody.
   */
  synthetic?: "closure" | "wrapper";
  /** A go/defer wrapper closure. */
  wrapperOf?: "go" | "defer";
  rangeFuncBody?: boolean;
  /** Runs the initialisers of package-level variables; never reported as inlinable. */
  packageInit?: boolean;
  /** Analysed for its messages, never made code of. */
  notesOnly?: boolean;
  /** Made where inlining would defeat the purpose; not reported either. */
  neverInline?: boolean;
  hasDefer: boolean;
  /** A declaration without a body. */
  bodyless: boolean;
  /** Tags of receiver, parameters (Go's "esc:" strings, decoded), set by escape analysis. */
  tags?: readonly string[];
  neverReturns?: boolean;
  /** An instance of a library function whose body is not here: the lines that the compiler prints about it. Its body only mentions other instances. */
  canned?: { readonly can: readonly string[]; readonly inlining: readonly string[]; readonly escape: readonly string[]; readonly bounds: readonly string[]; /** Where nothing is inlined. */ readonly plain: readonly string[]; /** The same function made from our own text, for -m=2. */ own?: () => Func | undefined; /** Lines of inlinability with fingerprints of the real bodies; see inline/own.ts. */ printed?: () => readonly string[]; /** What it mentions once calls have been inlined, if that differs. */ later?: Stmt[] };
  /** How many closures of each sort were named after this function. Go: Func.funcLitGen, rangeLitGen, goDeferGen. */
  closureGens?: { lit: number; range: number; goDefer: number };
  /** Of the body of a range over a function: the function that has the loop. Go: Func.RangeParent. */
  rangeParent?: Func;
  /** Temporaries made so far. */
  autotmps?: number;
  /** Escape analysis lost track of what a closure returns. Go: Func.ClosureResultsLost. */
  closureResultsLost?: boolean;
  /** Of another package of the program: known by what was decided there, and its body is here only to be inlined. Cost absent: it may not be. */
  imported?: { readonly cost?: number };
  /** Of another package of the library: see FuncFacts.place. */
  place?: Placed;
  /** Result of instantiating a generic function: printed type arguments. */
  shaped?: boolean;
  /** Of another package: its variables are printed with the package's name. */
  foreign?: boolean;
  /** Of a package that was analysed before: reads its body, once it is inlined, and says which instances that mentions. */
  elsewhere?: () => readonly Func[];
  /** An instance that only an inlined body of another package mentions: that package compiled it, and nothing is known here of its parameters. */
  compiledElsewhere?: boolean;
  label: number;
}

/** What the IR of one package is. */
export interface PackageIR {
  /** Holds calls of library methods that only notes can speak of: code has to be made from another build. */
  forNotes?: boolean;
  readonly pkg: Package;
  /** In Go's order: typecheck.Target.Funcs. */
  readonly funcs: Func[];
  readonly externs: Name[];
  /** Instances of library functions, by name. */
  readonly instances: ReadonlyMap<string, Func>;
  /** Functions of other packages of the program that can be inlined here. */
  readonly imported: readonly Func[];
  /** What is known of the library functions that were inlined. */
  readonly inlinedLibrary: Set<FuncFacts>;
  readonly inlineTree: InlinedCall[];
  /** `init` functions declared by the user, in order. */
  readonly inits: Func[];
  /** Initialisers of package-level variables that need no code: run first, what they allocate lies in static data. Set by rewrite. */
  staticInits?: readonly Stmt[];
  /** Constructs we could not build, by function. */
  readonly unsupported: Map<Func, import("../../base/diagnostic.ts").Diagnostic>;
}

// ---- nodes --------------------------------------------------------------------------------------------------

export type Node = Expr | Stmt | CaseClause | CommClause | TypeSwitchGuard;

interface Base {
  pos: XPos;
  /** Statements to run before this node. */
  init: Stmt[];
}

interface ExprBase extends Base {
  type: Type;
  /** Made by the compiler; such ADDR, DEREF, CONV… print as their operand. */
  implicit?: boolean;
  esc?: Esc;
  /** Of a literal that stays: its storage is free again after the statement. Go: Transient. */
  transient?: boolean;
}

export type BinaryOp = "ADD" | "SUB" | "OR" | "XOR" | "MUL" | "DIV" | "MOD" | "AND" | "ANDNOT" | "LSH" | "RSH" | "EQ" | "NE" | "LT" | "LE" | "GT" | "GE";

export type Expr =
  | Name | LiteralExpr | NilExpr | TypeExpr | DynamicTypeExpr | BinaryExpr | LogicalExpr | UnaryExpr | AddStringExpr | AddrExpr | DerefExpr
  | SelectorExpr | MethodExpr | MethodValueExpr | IndexExpr | IndexMapExpr | SliceExpr | SliceHeaderExpr
  | TypeAssertExpr | DynamicTypeAssertExpr | CallExpr | InlinedCallExpr | ClosureExpr | ConvExpr
  | CompLitExpr | StructKeyExpr | KeyExpr | PtrLitExpr | BuiltinExpr | MakeExpr | NewExpr | AppendExpr | RecvExpr | RTypeExpr | ParenExpr;

/** A constant. `type` may differ from the default type of its kind: then it prints as `uint8(3)`. */
export interface LiteralExpr extends ExprBase { kind: "LITERAL"; value: Value; /** The expression it was folded from keeps its own position. */ orig?: Expr }
export interface NilExpr extends ExprBase { kind: "NIL" }
export interface TypeExpr extends ExprBase { kind: "TYPE" }
/** A type that only a dictionary knows, in the cases of a type switch. Only in shaped functions, which never become code. */
export interface DynamicTypeExpr extends ExprBase { kind: "DYNAMICTYPE"; rtype: Expr }
export interface BinaryExpr extends ExprBase { kind: BinaryOp; x: Expr; y: Expr }
export interface LogicalExpr extends ExprBase { kind: "ANDAND" | "OROR"; x: Expr; y: Expr }
/** CHECKNIL panics as a nil dereference does where x is nil (a statement); ITAB is the first word of an interface. */
export interface UnaryExpr extends ExprBase { kind: "NOT" | "NEG" | "PLUS" | "BITNOT" | "CHECKNIL" | "ITAB"; x: Expr }
/** s + t + u, flattened. */
export interface AddStringExpr extends ExprBase { kind: "ADDSTR"; list: Expr[] }
export interface AddrExpr extends ExprBase { kind: "ADDR"; x: Expr }
/** *x. Go: ODEREF (StarExpr). */
export interface DerefExpr extends ExprBase { kind: "DEREF"; x: Expr }
/** Field of a value (DOT), through a pointer (DOTPTR); method of an interface (DOTINTER). */
export interface SelectorExpr extends ExprBase { kind: "DOT" | "DOTPTR" | "DOTINTER"; x: Expr; sel: string; /** Package of an unexported field. */ selPkg?: Package; /** Byte offset and index in the struct, -1 for DOTINTER. */ offset: number; index: number; /** An embedded field that the source did not spell. */ implicit?: boolean; /** As of Name. */ place?: string }
/** T.M as a function; `func` is the method's name. */
export interface MethodExpr extends ExprBase { kind: "METHEXPR"; x: TypeExpr; sel: string; func: Name }
/** x.M not called; `func` absent when x is an interface. */
export interface MethodValueExpr extends ExprBase { kind: "METHVALUE"; x: Expr; sel: string; func?: Name }
export interface IndexExpr extends ExprBase { kind: "INDEX"; x: Expr; index: Expr; /** Proved in range by the front end. */ bounded?: boolean; /** As of Name. */ place?: string }
export interface IndexMapExpr extends ExprBase { kind: "INDEXMAP"; x: Expr; index: Expr; assigned: boolean }
export interface SliceExpr extends ExprBase { kind: "SLICE" | "SLICEARR" | "SLICESTR" | "SLICE3" | "SLICE3ARR"; x: Expr; low?: Expr; high?: Expr; max?: Expr }
export interface SliceHeaderExpr extends ExprBase { kind: "SLICEHEADER"; ptr: Expr; len: Expr; cap: Expr }
/** x.(T); DOTTYPE2 is the comma-ok form (type is a tuple there only in AS2DOTTYPE). */
export interface TypeAssertExpr extends ExprBase { kind: "DOTTYPE" | "DOTTYPE2"; x: Expr; /** Made by the devirtualizer: cannot fail. */ useNilPanic?: boolean }
/** x.(T) with T known only from a dictionary. */
export interface DynamicTypeAssertExpr extends ExprBase { kind: "DYNAMICDOTTYPE" | "DYNAMICDOTTYPE2"; x: Expr; rtype: Expr }
/** Direct, closure and method calls are CALLFUNC (a method's receiver is args[0]); interface calls CALLINTER (fun is DOTINTER). */
export interface CallExpr extends ExprBase { kind: "CALLFUNC" | "CALLINTER"; fun: Expr; args: Expr[]; /** The last argument is passed as the variadic slice (spread or packed). */ isDDD: boolean; goDefer?: boolean; noInline?: boolean; keepAlive?: Name[]; /** Made by the compiler to keep its arguments alive; they don't escape by it. */ compilerVarLive?: boolean; /** A library function that the real compiler inlines here. */ std?: StdInline; /** The library call that made the receiver of this devirtualized one. */ base?: CallExpr }
/** What inlining a library function by its summary left at the call. */
export interface StdInline {
  /** Where it was inlined: closures that it makes can be inlined there only. */
  readonly caller: Func;
  /** Index into the summary's `i` of everything that was inlined. */
  readonly inlined: Set<number>;
  /** Variables made for the summary's nodes, by index into `n`. */
  readonly vars: Map<number, Name>;
  /** Functions given as arguments whose calls in the library body are inlined too, by index into `pc`. Analysis alone reads them: the call still passes the function. */
  readonly calls: Map<number, InlinedCallExpr>;
  /** The same for library functions that were given. */
  library?: CallExpr[];
  /** Instances of library functions that the inlined body mentions. */
  mentions?: readonly Func[];
  /** Numbers given to closures of the library body, by their ordinal in the summary. */
  readonly closures: Map<string, number>;
  /** What the function returns does not escape: its memory is in the caller's frame. */
  placed?: Placed;
  /** The call whose result is called here. */
  readonly base?: CallExpr;
  /** What is known of calling this call's result. */
  then?: Name;
  /** Literals that the call returned and of which it was said that they can be inlined. */
  told?: Set<string>;
}
/** An inlined call: `init` binds arguments, `body` runs, `results` are the values. `call` is what was replaced. */
export interface InlinedCallExpr extends ExprBase { kind: "INLCALL"; body: Stmt[]; results: Expr[]; call: CallExpr }
export interface ClosureExpr extends ExprBase { kind: "CLOSURE"; func: Func; isGoWrap?: boolean; /** Temporary of the closure struct may live on the stack. */ prealloc?: Name }
/** CONV numeric; CONVNOP same layout; CONVIFACE to an interface; the rest between strings and slices. Implicit ones print as x. */
export interface ConvExpr extends ExprBase { kind: "CONV" | "CONVNOP" | "CONVIFACE" | "BYTES2STR" | "RUNES2STR" | "STR2BYTES" | "STR2RUNES" | "RUNESTR" | "SLICE2ARR" | "SLICE2ARRPTR" | "BYTES2STRTMP" | "STR2BYTESTMP"; x: Expr; /** CONVIFACE of a type known from a dictionary. */ typeWord?: Expr; /** CONVIFACE of static storage: the interface points at it, nothing is copied. */ inPlace?: boolean; nonEscaping?: boolean }
/** T{...}: STRUCTLIT holds STRUCTKEYs, MAPLIT holds KEYs, ARRAYLIT and SLICELIT hold values or KEYs with constant index. */
export interface CompLitExpr extends ExprBase { kind: "STRUCTLIT" | "ARRAYLIT" | "SLICELIT" | "MAPLIT"; list: Expr[]; /** SLICELIT: number of elements. */ len: number }
export interface StructKeyExpr extends ExprBase { kind: "STRUCTKEY"; field: string; index: number; offset: number; value: Expr }
export interface KeyExpr extends ExprBase { kind: "KEY"; key: Expr; value: Expr }
/** &T{...}. */
export interface PtrLitExpr extends ExprBase { kind: "PTRLIT"; x: Expr }
export interface BuiltinExpr extends ExprBase {
  kind: "LEN" | "CAP" | "COPY" | "DELETE" | "CLEAR" | "CLOSE" | "MIN" | "MAX" | "PANIC" | "RECOVER" | "PRINT" | "PRINTLN"
    | "COMPLEX" | "REAL" | "IMAG" | "UNSAFEADD" | "UNSAFESLICE" | "UNSAFESTRING" | "UNSAFESLICEDATA" | "UNSAFESTRINGDATA";
  args: Expr[];
  bounded?: boolean;
}
export interface MakeExpr extends ExprBase { kind: "MAKESLICE" | "MAKEMAP" | "MAKECHAN"; len?: Expr; cap?: Expr }
/** new(T). new(expr) is lowered by build. */
export interface NewExpr extends ExprBase { kind: "NEW"; /** In a shaped function, where the type depends on a type parameter. */ rtype?: Expr }
/** append(s, a, b) and append(s, t...). */
export interface AppendExpr extends ExprBase { kind: "APPEND"; args: Expr[]; isDDD: boolean; /** Result of the slice pass: grow in a stack buffer, then move. */ useBuf?: boolean }
export interface RecvExpr extends ExprBase { kind: "RECV"; x: Expr }
/** The run-time descriptor of a type, as a value (dictionaries, reflection). */
export interface RTypeExpr extends ExprBase { kind: "RTYPE"; of: Type; /** With an interface: the itab of `of` for it. */ iface?: Type }
export interface ParenExpr extends ExprBase { kind: "PAREN"; x: Expr }

export type Stmt =
  | AssignStmt | AssignListStmt | AssignOpStmt | DeclStmt | BlockStmt | IfStmt | ForStmt | RangeStmt | SwitchStmt | SelectStmt
  | SendStmt | ReturnStmt | GoDeferStmt | BranchStmt | LabelStmt | TailCallStmt | InlMarkStmt | Expr;

/** x = y; `def` is `:=` or `var`; absent y is `var x T`. */
export interface AssignStmt extends Base { kind: "AS"; x: Expr; y?: Expr; def: boolean }
/** a, b = c, d (AS2) or from one N-valued expression. SELRECV2: the receive of a select clause, always with two left sides (`_` where the source has none). */
export interface AssignListStmt extends Base { kind: "AS2" | "AS2FUNC" | "AS2RECV" | "AS2MAPR" | "AS2DOTTYPE" | "SELRECV2"; lhs: Expr[]; rhs: Expr[]; def: boolean }
/** x op= y, x++ (`incDec`). */
export interface AssignOpStmt extends Base { kind: "ASOP"; x: Expr; y: Expr; op: BinaryOp; incDec: boolean }
export interface DeclStmt extends Base { kind: "DCL"; x: Name }
export interface BlockStmt extends Base { kind: "BLOCK"; list: Stmt[] }
export interface IfStmt extends Base { kind: "IF"; cond: Expr; body: Stmt[]; else: Stmt[]; likely?: boolean }
export interface ForStmt extends Base { kind: "FOR"; label?: string; cond?: Expr; post?: Stmt; body: Stmt[]; distinctVars: boolean }
export interface RangeStmt extends Base { kind: "RANGE"; label?: string; x: Expr; key?: Expr; value?: Expr; body: Stmt[]; def: boolean; distinctVars: boolean }
export interface CaseClause extends Base { kind: "CASE"; /** Type switch: this clause's variable. */ var?: Name; /** Empty: default. */ list: Expr[]; body: Stmt[] }
/** tag absent: `switch {`. A TypeSwitchGuard in a type switch. */
export interface SwitchStmt extends Base { kind: "SWITCH"; label?: string; tag?: Expr | TypeSwitchGuard; cases: CaseClause[] }
/** `x.(type)`; `tag` is the variable's name as written, if any: in Go a node of its own, which counts one in costs. Go: OTYPESW. */
export interface TypeSwitchGuard extends Base { kind: "TYPESW"; tag?: string; x: Expr; used: boolean }
export interface CommClause extends Base { kind: "COMM"; /** Absent: default. */ comm?: Stmt; body: Stmt[] }
export interface SelectStmt extends Base { kind: "SELECT"; label?: string; cases: CommClause[] }
export interface SendStmt extends Base { kind: "SEND"; chan: Expr; value: Expr }
export interface ReturnStmt extends Base { kind: "RETURN"; results: Expr[] }
/** `deferAt` is set where a range-over-func body defers in the outer function. */
export interface GoDeferStmt extends Base { kind: "GO" | "DEFER"; call: Expr; deferAt?: Expr; esc?: Esc }
export interface BranchStmt extends Base { kind: "BREAK" | "CONTINUE" | "GOTO" | "FALL"; label?: string }
export interface LabelStmt extends Base { kind: "LABEL"; label: string }
export interface TailCallStmt extends Base { kind: "TAILCALL"; call: CallExpr }
/** Marks where an inlined body begins, for tracebacks. Go: OINLMARK. */
export interface InlMarkStmt extends Base { kind: "INLMARK"; index: number }
