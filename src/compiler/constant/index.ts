/** STUB of the seam: replaced by the constant room. */
export type Value =
  | { readonly kind: "unknown" }
  | { readonly kind: "bool"; readonly value: boolean }
  /** A byte string: one char for each byte. */
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "int"; readonly value: bigint }
  /** An exact rational, lowest terms, denominator > 0. */
  | { readonly kind: "float"; readonly num: bigint; readonly den: bigint }
  | { readonly kind: "complex"; readonly re: Value; readonly im: Value };
