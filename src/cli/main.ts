#!/usr/bin/env node
/**
 * The shell's door: `gomem VERB [flags] [files] [-- call]`.
 *
 * A lab verb is read straight from the arguments, with the same checks as a cell line, so that `gomem escape` loads neither yargs nor
 * anything else heavy. Help, shell completion and misspelt verbs go through yargs (shell.ts).
 */
import { readArguments } from "./arguments.ts";
import { EXIT } from "./exit.ts";

const words = readArguments(process.argv.slice(2));

async function main(): Promise<number> {
  switch (words.verb) {
    case "kernel": {
      const { kernelCommand } = await import("./subcommands/kernel.ts");
      return kernelCommand(words);
    }
    case "":
    case "-h":
    case "--help":
    case "--version":
    case "version":
    case "completion":
    case "--get-yargs-completions": {
      const { shell } = await import("./shell.ts");
      return shell(words.verb === "-h" ? ["--help"] : process.argv.slice(2));
    }
    default: {
      if (words.verb.startsWith("-")) return refuse(words.verb);
      const { runVerb } = await import("./verb.ts");
      return runVerb(words);
    }
  }
}

/** A flag where a verb should be. */
function refuse(flag: string): number {
  console.error(`gomem: flags come after the verb\n\tgomem VERB ${flag}`);
  return EXIT.usage;
}

// No `await` at top level: the bundle of this door is no ES module. Everything is written by now (terminal.ts), so there is nothing to wait for.
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(`gomem: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = EXIT.bug;
  },
);
