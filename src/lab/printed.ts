/**
 * Which notes of the compiler a session has shown: the bare `escape` of a later cell leaves out what was shown for an earlier one.
 *
 * A later cell can still bring a new line about an earlier one: a variable that it makes escape. Knows nothing of how notes are printed.
 */
import type { Note } from "../record/notes.ts";
import type { Subject } from "./subject.ts";

export class Printed {
  /** Each note with its level of detail, and the cells for which it was shown first. */
  readonly #shown = new Map<string, Subject>();

  /** Whether a note is to be shown of `subject` at level `flags`. `whole`: everything is asked for, so that what passes counts as shown. */
  filter(subject: Subject, flags: string, whole: boolean): (note: Note) => boolean {
    if (subject.aside) return (note) => note.at.file === subject.files[0]?.name;
    if (!subject.checked || !whole) return () => true;
    return (note) => {
      const key = `${flags} ${JSON.stringify(note)}`;
      const first = this.#shown.get(key);
      if (!first) this.#shown.set(key, subject);
      return first === undefined || first === subject;
    };
  }
}
