/** `gomem kernel install|uninstall|list`: makes Jupyter find this kernel. */
import { installKernel, listKernels, uninstallKernel } from "../../../kernel/index.ts";
import type { Arguments } from "../arguments.ts";
import { EXIT } from "../exit.ts";

const usage = "usage: gomem kernel install [-user | -prefix=FOLDER | -sys-prefix] [-name=NAME] | uninstall | list";

/** Runs one of the three; answers the exit code. */
export function kernelCommand(words: Arguments): number {
  const unknown = words.flags.find((f) => !["user", "prefix", "sys-prefix", "name", "format"].includes(f.name));
  if (unknown) {
    console.error(`gomem: kernel: unknown flag -${unknown.name}\n\t${usage}`);
    return EXIT.usage;
  }
  const value = (name: string) => words.flags.findLast((f) => f.name === name)?.value;
  const [prefix, name] = [value("prefix"), value("name")];
  const target = {
    ...(prefix === undefined ? {} : { prefix }),
    ...(name === undefined ? {} : { name }),
    sysPrefix: words.flags.some((f) => f.name === "sys-prefix"),
  };
  try {
    return act(words, target);
  } catch (error) {
    console.error(`gomem: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.failed;
  }
}

function act(words: Arguments, target: Parameters<typeof installKernel>[0]): number {
  const json = words.flags.some((f) => f.name === "format" && f.value === "json");
  const say = (text: string, data: unknown): number => {
    console.log(json ? JSON.stringify(data) : text);
    return EXIT.done;
  };
  switch (words.args[0]) {
    case "install": {
      const done = installKernel(target);
      return say(`installed kernel ${done.name} in ${done.folder}`, done);
    }
    case "uninstall": {
      const done = uninstallKernel(target);
      if (done) return say(`removed kernel ${done.name} from ${done.folder}`, done);
      console.error(`gomem: no kernel ${target.name ?? "gomem"} is installed there`);
      return EXIT.failed;
    }
    case "list": {
      const found = listKernels();
      return say(found.length ? found.map((k) => `${k.name}\t${k.folder}`).join("\n") : "no kernel of gomem is installed", found);
    }
    default:
      console.error(`gomem: kernel: what is to be done?\n\t${usage}`);
      return EXIT.usage;
  }
}
