/**
 * What lowering asks of the unit it lowers into: addresses of data and types, functions by name. Codegen implements it.
 */
import type { FuncRef, LExpr, LFunc } from "./lir.ts";
import type { Func, MethodExpr, Name, XPos } from "../ir/index.ts";
import type { SignatureType, Type } from "../types/index.ts";
import type { Layouts } from "./layout.ts";
import type { Position } from "../../base/source.ts";

/** Bytes of the unit that have a fixed place. */
export interface StaticData {
  readonly offset: number;
  readonly address: LExpr;
  /** Writes `size` bytes, little endian, at an offset of the piece. */
  write(offset: number, value: bigint | number, size: number): void;
  /** Linking writes an address at this offset of the piece. */
  relocate(offset: number, to: LExpr): void;
}

export interface Unit {
  readonly layouts: Layouts;
  position(at: XPos): Position;
  /** A type as records show it. */
  typeName(t: Type): string;
  /** Address of a type's descriptor. */
  type(t: Type): LExpr;
  /** Address of the itab of a concrete type for an interface with methods. */
  itab(iface: Type, concrete: Type): LExpr;
  /** Index of a method in the itabs of an interface. */
  methodIndex(iface: Type, name: string, pkg: string): number;
  /** Address of constant bytes. */
  bytes(text: string): LExpr;
  /** New initialised data; `pointers` are roots unless it is read-only. */
  data(size: number, pointers: readonly number[], readonly: boolean): StaticData;
  /** Address of a package-level variable. */
  variable(name: Name): LExpr;
  /** Lets a package-level variable that nobody has asked for yet lie at `address`. */
  alias(name: Name, address: LExpr): void;
  /** A function by its symbol, with the signature of its code. `at`: where it is mentioned, for one that nobody has (`isAbsent`). */
  func(symbol: string, params: FuncRef["params"], results: FuncRef["results"], at?: XPos): FuncRef;
  /** Whether a package variable is one of the library's that is not there: `func` of its symbol ends the program. */
  isAbsent(name: Name): boolean;
  /** The code of a declared function or method. */
  codeOf(name: Name): string;
  /** The code of a method of exactly this receiver type, perhaps a wrapper. */
  methodCode(recv: Type, method: MethodExpr): string;
  /** A static closure: the address of a word that holds the table index of `symbol`'s form with a context. */
  staticClosure(symbol: string, signature: SignatureType, context?: LExpr, at?: XPos): LExpr;
  /** Keeps a table slot for the form with a context of an own function. */
  valueForm(symbol: string): LExpr;
  /** Whether a function of this symbol is compiled into this unit. */
  isOwn(symbol: string): boolean;
  /** Whether a function of this symbol was added already. */
  hasMade(symbol: string): boolean;
  /** Adds a function that lowering made. */
  add(fn: LFunc): void;
  /** Every function to lower. */
  readonly funcs: readonly Func[];
}
