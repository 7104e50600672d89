/**
 * Which compiler built the image of Go's library: an image and a compiler that do not belong together would run programs wrongly.
 *
 * A stamp is the sizes of the files that decide what compiled code looks like. They are cheap to ask for, and compiling the same text again
 * does not change them. A bundle has no such files beside it; `src/bundle.mjs` puts the stamp of its own files into it.
 */
import { assetSizes, assetText } from "../base/assets.ts";
import { sha256 } from "../base/sha256.ts";

/** Where the image's stamps lie: one for compiled files, one for their sources. */
const STAMPS = "dist/std/built.json";

/** The stamp of a bundle's files; empty elsewhere. */
const BUNDLED: string = "";

const ROOMS = ["abi", "wasm", "compiler/ir", "compiler/rewrite", "compiler/lower", "compiler/codegen"];

/** Files that code is made of, as `tsc` wrote them or as we did. */
type Form = "js" | "ts";

/** The stamp of the compiler in this folder. */
export function stampOf(form: Form): string {
  const top = form === "js" ? "dist/src" : "src";
  const files = ROOMS.flatMap((room) => assetSizes(`${top}/${room}`, `.${form}`)).filter((line) => !line.includes(".d.ts "));
  return Buffer.from(sha256([...files, ...assetSizes("src/std", ".go")].join("\n"))).toString("hex");
}

/** What build.ts leaves beside the image. */
export const stampsText = (): string => `${JSON.stringify({ js: stampOf("js"), ts: stampOf("ts") })}\n`;

/** What is wrong with the image whose stamps these are, if another compiler built it or none. */
export function staleImage(text = assetText(STAMPS)): string | undefined {
  if (text === undefined) return "Go's library is not built";
  const built = JSON.parse(text) as Readonly<Record<Form, string>>;
  const form = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return built[form] === (BUNDLED === "" ? stampOf(form) : BUNDLED) ? undefined : "Go's library was built by another compiler";
}
