/** The list of commands. Help, completion and the shell's subcommands are made from it. */
import { allocs } from "./allocs.ts";
import { assert } from "./assert.ts";
import { clear } from "./clear.ts";
import type { Command } from "./command.ts";
import { escape } from "./escape.ts";
import { file, list, rm, writefile } from "./file.ts";
import { gc } from "./gc.ts";
import { growStack } from "./grow-stack.ts";
import { help } from "./help.ts";
import { run } from "./run.ts";
import { heap } from "./heap.ts";
import { retain } from "./retain.ts";
import { back, step, until } from "./step.ts";
import { sweep } from "./sweep.ts";
import { layout } from "./layout.ts";
import { sizeclass } from "./sizeclass.ts";
import { inline } from "./inline.ts";
import { reset, set, show } from "./set.ts";
import { why } from "./why.ts";

/** Every command, in the order of help. */
export const commands: readonly Command[] = [escape, why, inline, layout, run, gc, step, back, until, growStack, heap, retain, allocs, sizeclass, assert, sweep, set, show, file, writefile, list, rm, reset, clear, help];
