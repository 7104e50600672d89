/**
 * What the kernel asks of the engine, and the messages that cross to the engine's thread. Types only; plain data.
 *
 * worker.ts answers them with a Lab; link.ts sends them from the main thread.
 */
import type { Bundle } from "../src/views/index.ts";
import type { ErrorName } from "../src/views/index.ts";

/** A question to the engine. */
export type Ask =
  | { readonly kind: "execute"; readonly code: string; readonly cell: number; readonly allowStdin: boolean; readonly expressions: Readonly<Record<string, string>> }
  | { readonly kind: "complete"; readonly code: string; readonly at: number }
  | { readonly kind: "inspect"; readonly code: string; readonly at: number; readonly detail: number }
  | { readonly kind: "isComplete"; readonly code: string };

/** What a cell shows while it runs. */
export type Shown =
  | { readonly kind: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "display"; readonly bundle: Bundle }
  | { readonly kind: "result"; readonly bundle: Bundle }
  | { readonly kind: "clear"; readonly wait: boolean }
  | { readonly kind: "error"; readonly ename: ErrorName; readonly evalue: string; readonly traceback: readonly string[] }
  /** A card for the pager (`name?`). */
  | { readonly kind: "page"; readonly bundle: Bundle };

export interface Completion {
  readonly matches: readonly { readonly text: string; readonly type: string; readonly signature: string }[];
  /** UTF-16 positions of what a match replaces. */
  readonly start: number;
  readonly end: number;
}

/** The answer to an Ask, by its kind. */
export interface Answers {
  readonly execute: { readonly ok: boolean; readonly expressions: Readonly<Record<string, unknown>> };
  readonly complete: Completion;
  readonly inspect: Bundle | undefined;
  readonly isComplete: { readonly status: "complete" | "incomplete" | "invalid"; readonly indent: string };
}

/** From the main thread to the worker. */
export interface ToWorker {
  readonly id: number;
  readonly ask: Ask;
}

/** From the worker to the main thread. */
export type FromWorker =
  | { readonly kind: "ready" }
  /** The thread has turned to this cell, which is to be stopped. */
  | { readonly kind: "begun"; readonly id: number }
  | { readonly kind: "shown"; readonly id: number; readonly shown: Shown }
  | { readonly kind: "stdin"; readonly id: number; readonly prompt: string }
  /** `last`: what the cell showed last, where the answer came right behind it. */
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answers[keyof Answers]; readonly last?: Shown }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };

/** Words of the shared buffer: set to stop a cell; state and length of an answer to stdin, whose bytes follow; the question that the thread works at. */
export const SHARED = { interrupt: 0, stdinState: 1, stdinLength: 2, begun: 3, words: 4, stdinBytes: 65536 } as const;
/** States of `SHARED.stdinState`. */
export const STDIN = { idle: 0, asked: 1, answered: 2, eof: 3 } as const;
