/** The texts that a subject is made of, by the names that positions have. */
import { decodeUtf8 } from "../base/source.ts";
import type { Position } from "../base/source.ts";
import type { Subject, SubjectFile } from "./subject.ts";

/** Whether two names mean the same file: positions of packages leave out the `./`. */
export const sameFile = (a: string, b: string): boolean => plain(a) === plain(b);

const plain = (name: string): string => name.replace(/^\.\//, "");

/** All files of a subject: those of its packages, or of the cells that it is made of. */
export function filesOf(subject: Subject): readonly SubjectFile[] {
  if (subject.packages) return subject.packages.flatMap((p) => p.files);
  return subject.checked ? subject.checked().sources.files.filter((f) => f.text !== "" && !f.packed) : subject.files;
}

/** The subject with another text for one of its files. */
export function withText(subject: Subject, name: string, text: string): Subject {
  const edited = (files: readonly SubjectFile[]): SubjectFile[] => files.map((f) => (f.name === name ? { name, text } : f));
  return { ...subject, files: edited(subject.files), ...(subject.packages ? { packages: subject.packages.map((p) => ({ ...p, files: edited(p.files) })) } : {}) };
}

/** Finds the line of source at a position; undefined where there is none. */
export function sourceLines(subject: Subject): (at: Position) => string | undefined {
  const lines = new Map(filesOf(subject).map((f) => [plain(f.name), decodeUtf8(f.text).split("\n")]));
  return (at) => lines.get(plain(at.file))?.[at.line - 1];
}
