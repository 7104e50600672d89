/**
 * Natives: the functions that our Go text under src/std declares without a body and TypeScript does.
 *
 * A native is a leaf: it never calls Go, allocates last (so no pointer it was given can go stale) and charges the virtual time it stands
 * for. Compiled code imports it from module "n" by symbol; arguments and results are those of the Go signature flattened as in structs.ts
 * (i64 as bigint, several results as an array).
 *
 * Go: functions written in assembly or reached by go:linkname.
 */
import type { ByteString } from "../base/source.ts";
import type { Memory } from "./memory.ts";

/** Thrown through compiled code that waited for input when the program is to be stopped. */
export class Stopped {}

/** Thrown through compiled code when it calls what we don't have. */
export class Missing {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}

/** What a native may do to the machine. */
export interface NativeMachine {
  readonly memory: Memory;
  /** Address of `size` new zeroed bytes without pointers. Go: mallocgc(size, nil, true). */
  readonly mallocNoscan: (size: number) => number;
  /** A new Go string; [pointer, length]. */
  readonly newString: (text: ByteString) => [number, bigint];
  /** The Go string at a pointer and length. */
  readonly goString: (pointer: number, length: bigint) => ByteString;
  /** Lets virtual time pass, in nanoseconds. */
  readonly charge: (nanos: number) => void;
  /** Virtual nanoseconds since 1970. */
  readonly walltime: () => bigint;
  /** Seeded chance, 32 bits. */
  readonly random: () => number;
  readonly write: (fd: number, bytes: Uint8Array) => void;
  /** Bytes of standard input: at most `n`; an empty array at its end. */
  readonly read: (n: number) => Uint8Array;
  /** os.Args: the program's name and its arguments. */
  readonly args: readonly ByteString[];
  /** Starts a panic with a runtime error of this text, or a plain string. The native must return at once. */
  readonly panicPlain: (text: ByteString) => void;
  /** Ends the program: it asks for something that only a real machine has. */
  readonly unsupported: (what: string) => never;
  /** The runtime's own native of this symbol, if there is one; others come from src/std. */
  readonly builtin: (symbol: string) => ((machine: NativeMachine) => NativeFunction) | undefined;
}

export type NativeValue = number | bigint;
export type NativeFunction = (...args: never[]) => NativeValue | readonly NativeValue[] | void;
/** Symbol (`math.archSqrt`, `internal/runtime.fastrand`) → what makes the function for one process. */
export type Natives = ReadonlyMap<string, (machine: NativeMachine) => NativeFunction>;
