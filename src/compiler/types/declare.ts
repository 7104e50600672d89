/** Adds a name to a scope, or reports that it is there already. Go: types2/decl.go (declare). */
import type * as ast from "../syntax/ast.ts";
import type { Checker } from "./checker.ts";
import { report } from "./errors.ts";
import * as messages from "./messages.ts";
import { insert, recordDef } from "./record.ts";
import { noPos } from "../../base/source.ts";
import type { Obj, Scope } from "./type.ts";

/** Declares `obj` in `scope`; `name` is where it is written, unless that was recorded before. */
export function declare(c: Checker, scope: Scope, name: ast.Name | undefined, obj: Obj): void {
  if (obj.name !== "_") {
    const other = insert(scope, obj);
    if (other) {
      reportRedeclared(c, obj, other);
      return;
    }
  }
  if (name) recordDef(c, name, obj);
}

function reportRedeclared(c: Checker, obj: Obj, other: Obj): void {
  const first = { at: obj, message: messages.redeclared(obj.name) };
  if (other.pos === noPos) report(c, [first]);
  else report(c, [first, { at: other, message: messages.otherDeclaration(other.name) }]);
}
