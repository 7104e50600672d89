/** Help, version and shell completion: the part of the command line that yargs does well. Subcommands come from the lab's own list. */
import { readFileSync } from "node:fs";
import yargs from "yargs";
import { commands } from "../lab/index.ts";
import { EXIT } from "./exit.ts";

/** Answers `--help`, `--version`, `completion` and the completion requests of a shell. */
export async function shell(words: readonly string[]): Promise<number> {
  const version = (JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string }).version;
  let parser = yargs([...words])
    .scriptName("gomem")
    .usage("$0 VERB [flags] [files]\n\nThe laboratory for Go's memory: the answers are the real Go toolchain's, with no Go installed.")
    .parserConfiguration({ "short-option-groups": false, "camel-case-expansion": false, "boolean-negation": false, "parse-numbers": false, "populate--": true })
    .version(version)
    .completion("completion", "print a script for shell completion")
    .command("version", "print the version", {}, () => console.log(`gomem ${version}`))
    .command("kernel", "install, uninstall or list the Jupyter kernel")
    .epilogue('More of one: "gomem help escape". A setting for one command: GOGC=50 gomem gc prog.go')
    .exitProcess(false);
  for (const c of commands) parser = parser.command(c.verb, c.summary, Object.fromEntries(c.flags.map((f) => [f.name, { describe: f.doc }])));
  if (words.length === 0) {
    parser.showHelp("log");
    return EXIT.done;
  }
  await parser.parse();
  return EXIT.done;
}
