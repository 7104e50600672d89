/** What the checker has to say about a type set when it is computed: duplicate methods, elements that the language version lacks. */
import { noPos } from "../../base/source.ts";
import type { Checker } from "./checker.ts";
import { error, report, requireVersion } from "./errors.ts";
import { identical, isMethodSet, type TypeSetReport, typeSet } from "./identical.ts";
import * as messages from "./messages.ts";
import { asNamed, under } from "./under.ts";
import { invalidType } from "./universe.ts";
import { text } from "./message.ts";
import type { Type } from "./type.ts";

/** The report for type sets computed while this package is checked. */
export function typeSetReport(c: Checker): TypeSetReport {
  return {
    duplicate(m, at, other, otherAt, explicit) {
      const tell = (): void =>
        report(c, [
          { at, message: messages.duplicateMethod(m.name) },
          { at: otherAt, message: messages.otherDeclarationOfMethod(m.name) },
        ]);
      if (explicit) tell();
      else
        c.later(() => {
          if ((at !== noPos && !c.allows(14)) || !identical(m.type ?? invalidType, other.type ?? invalidType)) tell();
        });
    },
    allows(element, at) {
      const u = under(element);
      if (u.kind === "Interface") return !isImportedConstraint(c, element) || requireVersion(c, at, 18, text`embedding constraint interface ${element}`);
      if (u.kind === "Union") return requireVersion(c, at, 18, text`embedding interface element ${u}`);
      return requireVersion(c, at, 18, text`embedding non-interface type ${element}`);
    },
    tooManyTerms(at) {
      error(c, at, messages.tooManyTerms());
    },
  };
}

/** Whether the type is another package's interface that can only be a constraint. */
export function isImportedConstraint(c: Checker, t: Type): boolean {
  const n = asNamed(t);
  if (!n?.obj.pkg || n.obj.pkg === c.pkg) return false;
  const u = under(n);
  return u.kind === "Interface" && !isMethodSet(typeSet(u));
}
