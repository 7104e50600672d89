/**
 * The unit that is being made: its data, types, symbols, and the functions lowered into it.
 *
 * Initialised data comes first, variables that start as zero behind it, so that they take no room in the program. Everything that points
 * anywhere is a relocation.
 *
 * Go: cmd/compile/internal/gc/obj.go, staticdata; cmd/internal/obj.
 */
import { ENTRIES, type EntryName } from "../../abi/entries.ts";
import type { DataSymbol, Relocation } from "../../abi/program.ts";
import { MAP } from "../../abi/structs.ts";
import { RUNTIME_PACKAGE } from "../../abi/runtime-symbols.ts";
import { bug } from "../../base/bug.ts";
import { noPos, type Position, type Sources } from "../../base/source.ts";
import { roundUp } from "../../base/units.ts";
import { I32, type ValType } from "../../wasm/opcodes.ts";
import { basePos, type Func, type MethodExpr, type Name, nameString, noXPos, type PackageIR, type PrintContext, type XPos } from "../ir/index.ts";
import { areaCount, forwarding, type FuncRef, Layouts, type LExpr, type LFunc, parameterTypes, resultTypes, type StaticData, type Unit, valTypes } from "../lower/index.ts";
import { isExported, methodsOf, type SignatureType, type Type } from "../types/index.ts";
import { type Absent, absentFunc, absentText, mention } from "./absent.ts";
import type { Shelf } from "./shelf.ts";
import { interfaceMethods, TypeTable } from "./typedesc.ts";

export interface UnitInput {
  readonly ir: PackageIR;
  readonly sources: Sources;
  readonly print: PrintContext;
  /** Small code rather than fast. */
  readonly small: boolean;
  /** Makes the second forms of functions that return a literal (lower/placed.ts). */
  readonly placed?: boolean;
  /** Symbol of a function that runs once (assemble.ts). */
  readonly once?: string;
  /** What of the library nobody has. */
  readonly absent?: Absent;
  /** Functions of other units that may stand in place of calls. */
  readonly shelf?: Shelf;
}

export class UnitBuilder implements Unit {
  readonly layouts = new Layouts();
  readonly types: TypeTable;
  readonly symbols: DataSymbol[] = [];
  readonly relocations: Relocation[] = [];
  readonly made: LFunc[] = [];
  readonly funcs: readonly Func[];
  readonly path: string;
  readonly #input: UnitInput;
  readonly #own = new Set<string>();
  /** Functions of another package with this one's path: cells of a session share theirs. */
  readonly #elsewhere = new Set<string>();
  readonly #madeSymbols = new Set<string>();
  readonly #values = new Map<string, number>();
  readonly #strings = new Map<string, LExpr>();
  readonly #closures = new Map<string, LExpr>();
  readonly #variables = new Map<Name, LExpr>();
  #bytes = new Uint8Array(4096);
  #size = 16;
  #zeroSize = 0;

  constructor(input: UnitInput) {
    this.#input = input;
    this.path = input.ir.pkg.path;
    this.funcs = input.ir.funcs.filter((f) => !f.bodyless);
    this.types = new TypeTable(input.print, this.path, this.layouts);
    for (const f of this.funcs) this.#own.add(f.symbol);
  }

  // ---- positions and types ------------------------------------------------------------------------------------

  position(at: XPos): Position {
    const pos = basePos(at);
    return pos === noPos ? { file: "", line: 0, col: 0 } : this.#input.sources.position(pos);
  }

  typeName(t: Type): string {
    return nameString(t, this.#input.print);
  }

  type(t: Type): LExpr {
    return { kind: "global", type: I32, ref: { module: "t", name: this.types.id(t) } };
  }

  itab(iface: Type, concrete: Type): LExpr {
    return { kind: "global", type: I32, ref: { module: "i", name: `${this.types.id(iface)}\0${this.types.id(concrete)}` } };
  }

  methodIndex(iface: Type, name: string, pkg: string): number {
    const methods = interfaceMethods(iface);
    const index = methods.findIndex((m) => m.name === name && (isExported(name) || pkg === "" || m.pkg?.path === pkg));
    return index >= 0 ? index : bug(`interface has no method ${name}`);
  }

  // ---- data ---------------------------------------------------------------------------------------------------

  /** The initialised bytes. */
  get data0(): Uint8Array {
    return this.#bytes.slice(0, this.#size);
  }

  /** Where the variables begin that start as zero. */
  get zeroStart(): number {
    return roundUp(this.#size, 16);
  }

  get dataSize(): number {
    return this.zeroStart + this.#zeroSize;
  }

  bytes(text: string): LExpr {
    const known = this.#strings.get(text);
    if (known) return known;
    const offset = this.#reserve(text.length, 1);
    for (let i = 0; i < text.length; i++) this.#bytes[offset + i] = text.charCodeAt(i);
    const address: LExpr = { kind: "base", type: I32, of: "data", offset };
    this.#strings.set(text, address);
    return address;
  }

  data(size: number, pointers: readonly number[], readonly: boolean): StaticData {
    const offset = this.#reserve(size, 8);
    if (pointers.length > 0 && !readonly) this.symbols.push({ symbol: `${this.path}..data${offset}`, offset, size, pointers, readonly });
    return this.#piece(offset);
  }

  variable(name: Name): LExpr {
    const known = this.#variables.get(name);
    if (known) return known;
    // A variable without size lies where all of them lie, whoever declares it.
    const foreign = name.pkg !== undefined && name.pkg !== this.#input.ir.pkg && this.layouts.of(name.type).size > 0;
    const address: LExpr = foreign
      ? { kind: "global", type: I32, ref: { module: "v", name: `${name.pkg?.path ?? ""}.${name.sym}` } }
      : this.#zeroVariable(name);
    this.#variables.set(name, address);
    return address;
  }

  alias(name: Name, address: LExpr): void {
    this.#variables.set(name, address);
  }

  /** A package variable with initialised bytes. */
  initialisedVariable(name: Name): StaticData {
    const { size, pointers } = this.layouts.of(name.type);
    const offset = this.#reserve(size, 8);
    this.symbols.push({ symbol: this.#variableSymbol(name), offset, size, pointers, readonly: false });
    const piece = this.#piece(offset);
    this.#variables.set(name, piece.address);
    return piece;
  }

  #zeroVariable(name: Name): LExpr {
    const { size, pointers } = this.layouts.of(name.type);
    if (size === 0) return { kind: "const", type: I32, value: MAP.zerobase };
    const offset = this.#zeroSize;
    this.#zeroSize = roundUp(offset + Math.max(size, 1), 8);
    this.#zeroSymbols.push({ symbol: this.#variableSymbol(name), offset, size, pointers, readonly: false });
    return { kind: "base", type: I32, of: "zero", offset };
  }

  readonly #zeroSymbols: DataSymbol[] = [];

  /** All variables, at their final offsets. */
  allSymbols(): DataSymbol[] {
    return [...this.symbols, ...this.#zeroSymbols.map((s) => ({ ...s, offset: s.offset + this.zeroStart }))];
  }

  #variableSymbol(name: Name): string {
    return `${this.path}.${name.sym}${name.sym === "_" ? this.#variables.size : ""}`;
  }

  #reserve(size: number, align: number): number {
    const offset = roundUp(this.#size, align);
    this.#size = offset + size;
    if (this.#size > this.#bytes.length) {
      const bigger = new Uint8Array(Math.max(this.#size, this.#bytes.length * 2));
      bigger.set(this.#bytes);
      this.#bytes = bigger;
    }
    return offset;
  }

  #piece(offset: number): StaticData {
    return {
      offset, address: { kind: "base", type: I32, of: "data", offset },
      write: (at, value, size) => {
        let rest = BigInt.asUintN(64, BigInt(value));
        for (let i = 0; i < size; i++) {
          this.#bytes[offset + at + i] = Number(rest & 0xffn);
          rest >>= 8n;
        }
      },
      relocate: (at, to) => this.#relocate(offset + at, to),
    };
  }

  #relocate(offset: number, to: LExpr): void {
    if (to.kind === "const") return this.#piece(offset).write(0, BigInt(to.value), 8);
    this.relocations.push({ offset, to: this.#target(to) });
  }

  #target(to: LExpr): Relocation["to"] {
    if (to.kind === "base" && to.of === "data") return { kind: "data", addend: to.offset };
    // Its place is known when all data is: `relocationsFinal` moves it.
    if (to.kind === "base" && to.of === "zero") return { kind: "data", addend: -1 - to.offset };
    if (to.kind === "slot") return { kind: "slot", symbol: to.symbol };
    if (to.kind !== "global") return bug(`a relocation to ${to.kind}`);
    const { module, name } = to.ref;
    if (module === "t") return { kind: "type", id: name };
    if (module === "v") return { kind: "symbol", symbol: name, addend: 0 };
    if (module === "s") return { kind: "slot", symbol: name };
    const [iface = "", type = ""] = name.split("\0");
    return { kind: "itab", iface, type };
  }

  /** Relocations with the final places of variables that start as zero. */
  finalRelocations(): Relocation[] {
    return this.relocations.map((r) => (r.to.kind === "data" && r.to.addend < 0 ? { ...r, to: { kind: "data", addend: this.zeroStart - 1 - r.to.addend } } : r));
  }

  // ---- functions ----------------------------------------------------------------------------------------------

  isOwn(symbol: string): boolean {
    return this.#own.has(symbol) || this.#madeSymbols.has(symbol);
  }

  func(symbol: string, params: readonly ValType[], results: readonly ValType[], at?: XPos): FuncRef {
    if (this.isOwn(symbol)) return { module: "own", name: symbol, params, results };
    const places = this.#input.absent?.get(symbol);
    if (places) return this.#absent(symbol, params, results, mention(places, at === undefined ? undefined : this.position(at)));
    if (symbol.startsWith(`${this.path}.`) && !this.#elsewhere.has(symbol)) return this.#bodyless(symbol, params, results);
    return { module: "f", name: symbol, params, results };
  }

  isAbsent(name: Name): boolean {
    return this.#input.absent !== undefined && name.pkg !== undefined && name.pkg !== this.#input.ir.pkg && this.#input.absent.has(`${name.pkg.path}.${name.sym}`);
  }

  /** A function of this unit that ends the program: it stands for one that nobody has. */
  #absent(symbol: string, params: readonly ValType[], results: readonly ValType[], at: Position | undefined): FuncRef {
    const text = absentText(symbol, at);
    const own = `${this.path}.${text}`;
    if (!this.hasMade(own)) this.add(absentFunc(own, params, results, { address: this.bytes(text), length: text.length }, noXPos));
    return { module: "own", name: own, params, results };
  }

  /** A function of this package without a body: a runtime call in internal/runtime, else a native. */
  #bodyless(symbol: string, params: readonly ValType[], results: readonly ValType[]): FuncRef {
    const name = symbol.slice(this.path.length + 1);
    if (this.path !== RUNTIME_PACKAGE || !(name in ENTRIES)) return { module: "n", name: symbol, params, results };
    const entry = ENTRIES[name as EntryName];
    return { module: "r", name, params: valTypes(entry.params), results: valTypes(entry.results) };
  }

  codeOf(name: Name): string {
    if (name.func) return name.func.symbol;
    const symbol = `${name.pkg?.path ?? this.path}.${name.sym}`;
    if (name.pkg && name.pkg !== this.#input.ir.pkg) this.#elsewhere.add(symbol);
    return symbol;
  }

  methodCode(recv: Type, method: MethodExpr): string {
    return this.types.ownMethod(recv, { name: method.sel, pkg: method.func.func?.pkg ?? method.func.pkg ?? this.#input.ir.pkg });
  }

  /** Describes every type that the package declares with methods: the runtime makes values of some by name. */
  describeDeclared(): void {
    for (const obj of this.#input.ir.pkg.scope.names.values()) {
      if (obj.kind !== "TypeName" || obj.type?.kind !== "Named" || obj.type.typeParams.length > 0 || methodsOf(obj.type).length === 0) continue;
      this.types.id(obj.type);
      this.types.id({ kind: "Pointer", elem: obj.type });
    }
  }

  staticClosure(symbol: string, signature: SignatureType, context?: LExpr, at?: XPos): LExpr {
    const known = this.#closures.get(symbol);
    if (known) return known;
    const code = this.isOwn(symbol) ? symbol : this.#forward(symbol, signature, context, at);
    const data = this.data(8, [], true);
    data.relocate(0, this.valueForm(code));
    this.#closures.set(symbol, data.address);
    return data.address;
  }

  /** An own function that calls a foreign one, so that it can have a value here. */
  #forward(symbol: string, sig: SignatureType, context: LExpr | undefined, at: XPos | undefined): string {
    const own = `${this.path}.${symbol}·f`;
    if (this.hasMade(own)) return own;
    const rest = [...(sig.recv?.type ? parameterTypes(this, { ...sig, params: [sig.recv] }) : []), ...parameterTypes(this, sig)];
    this.add(forwarding({
      symbol: own, head: [], areas: areaCount(this, sig), rest, results: resultTypes(this, sig), hasContext: false, receiver: () => [], context,
      target: (params, results) => this.func(symbol, params, results, at),
    }));
    return own;
  }

  valueForm(symbol: string): LExpr {
    if (!this.#values.has(symbol)) this.#values.set(symbol, this.#values.size);
    return { kind: "slot", type: I32, symbol };
  }

  /** Table slots of value forms, behind `first`. */
  valueSlots(first: number): Map<string, number> {
    return new Map([...this.#values].map(([symbol, i]) => [symbol, first + i]));
  }

  hasMade(symbol: string): boolean {
    return this.#madeSymbols.has(symbol);
  }

  add(fn: LFunc): void {
    this.#madeSymbols.add(fn.symbol);
    this.made.push(fn);
  }
}
