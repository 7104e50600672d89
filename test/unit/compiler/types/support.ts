/** Parses and checks a Go text for the tests of this folder. */
import { encodeUtf8, Sources } from "../../../../src/base/source.ts";
import { formatDiagnostic } from "../../../../src/base/diagnostic.ts";
import { parseFile } from "../../../../src/compiler/syntax/index.ts";
import { checkPackage, type CheckedPackage, type CheckMode, type CheckOptions, type Obj, type Type } from "../../../../src/compiler/types/index.ts";
import { stdImporter } from "../../../../src/std/index.ts";

export interface CheckedText extends CheckedPackage {
  /** Errors as `go build` prints them. */
  readonly lines: readonly string[];
  /** The package-level object with this name. */
  object(name: string): Obj;
  /** The type of the package-level object with this name. */
  type(name: string): Type;
}

const importer = stdImporter();

/** Checks `text` as file p.go of package p; a package clause is added. */
export function check(text: string, mode: Partial<CheckMode> = {}, more: Partial<CheckOptions> = {}): CheckedText {
  const sources = new Sources();
  const { file, errors } = parseFile(sources.add("p.go", encodeUtf8(`package p; ${text}`)), sources);
  if (!file || errors.length > 0) throw new Error(`no syntax: ${errors.map(formatDiagnostic).join("; ")}`);
  const checked = checkPackage([file], { path: "p", sources, importer, mode, ...more });
  const object = (name: string): Obj => {
    const obj = checked.pkg.scope.names.get(name);
    if (!obj) throw new Error(`no ${name}`);
    return obj;
  };
  const type = (name: string): Type => {
    const obj = object(name);
    if (!("type" in obj) || !obj.type) throw new Error(`${name} has no type`);
    return obj.type;
  };
  return { ...checked, lines: checked.diagnostics.map(formatDiagnostic), object, type };
}
