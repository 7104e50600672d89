/** Budgets that were not kept, as the error that ends a command. */
import type { Output } from "../../views/index.ts";
import type { Broken } from "../budget.ts";

/** One line for each, at its place. */
export function brokenOutput(broken: readonly Broken[]): Output {
  const lines = broken.flatMap((b) => `${b.at.file}:${b.at.line}:${b.at.col}: ${b.message}`.split("\n"));
  return { kind: "error", ename: "AssertionFailed", evalue: lines[0] ?? "", traceback: lines };
}
