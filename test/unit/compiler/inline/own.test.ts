/** Fingerprints of bodies: the same whatever the type arguments are, also where the body names one of those types itself. */
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { hasFingerprint } from "../../../../src/compiler/inline/own.ts";

const printOf = (general: string): string => createHash("sha256").update(general, "latin1").digest("hex").slice(0, 12);

describe("the fingerprint of a body", () => {
  it("does not depend on the type arguments", () => {
    const print = printOf("return f(\u00a70, \u00a71)");
    expect(hasFingerprint("p.F[go.shape.int,go.shape.string]", "return f(go.shape.int, go.shape.string)", print)).toBe(true);
    expect(hasFingerprint("p.F[go.shape.int,go.shape.string]", "return f(go.shape.string, go.shape.int)", print)).toBe(false);
  });

  it("is found where the body names a type that is an argument too", () => {
    const print = printOf("iter.Seq2[go.shape.int,\u00a70]");
    expect(hasFingerprint("p.All[go.shape.int]", "iter.Seq2[go.shape.int,go.shape.int]", print)).toBe(true);
  });
});
