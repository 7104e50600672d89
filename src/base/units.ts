/**
 * Numbers that carry a unit, so that an address is never added to a duration.
 *
 * The brands exist for the type checker alone and cost nothing at run time.
 */
declare const unit: unique symbol;
export type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Offset into the simulated linear memory, in bytes; 0 is nil. What a Go program prints is this plus a fixed base. */
export type Addr = Unit<"Addr">;
/** A size, in bytes. */
export type Bytes = Unit<"Bytes">;
/** Time on the virtual clock, in nanoseconds. */
export type Nanos = Unit<"Nanos">;

export const addr = (n: number): Addr => n as Addr;
export const bytes = (n: number): Bytes => n as Bytes;
export const nanos = (n: number): Nanos => n as Nanos;

/** The address `n` bytes after `a`. */
export const after = (a: Addr, n: Bytes): Addr => addr(a + n);

/** `n` rounded up to a multiple of `to`, a power of two below 2^31. */
export const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;
