/** `%%file path/a.go`: keeps the cell as a file of the session's module, so that a notebook can have several packages. `list` and `rm` go with it. */
import { encodeUtf8 } from "../../base/source.ts";
import { nearest } from "../nearest.ts";
import { SESSION_MODULE, writtenPath } from "../written.ts";
import { type Command, CommandError } from "./command.ts";

const define = (verb: string, summary: string): Command => ({
  verb,
  percent: true,
  group: "experiment",
  summary,
  syntax: `%%${verb} path/name.go`,
  flags: [],
  maxArgs: 1,
  examples: [
    { line: `%%${verb} util/util.go`, says: `the rest of the cell is package ${SESSION_MODULE}/util, until a go.mod names the module otherwise` },
    { line: `%%${verb} go.mod`, says: "name the module, and the version of the language" },
  ],
  goSource: "cmd/go/internal/modload/init.go",
  run(context, call) {
    const [name = ""] = call.args;
    const path = writtenPath(name);
    if (context.body === undefined) throw new CommandError(`${verb} takes the rest of a cell`, `%%${verb} util/util.go`);
    if (path === undefined) throw new CommandError(`${verb}: ${JSON.stringify(name)} is no path below the session`, `%%${verb} util/util.go`);
    if (!path.endsWith(".go") && path !== "go.mod") throw new CommandError(`${verb}: only Go files and go.mod are kept`, `%%${verb} util/util.go`);
    const text = context.body.endsWith("\n") ? context.body : `${context.body}\n`;
    context.session.written.set(path, encodeUtf8(text));
    context.show({ kind: "text", text: `kept ${path}` }, { schema: "gomem.v1", verb, path });
  },
});

export const file = define("file", "keep the cell as a file of the session's module");
export const writefile = define("writefile", "the same as file");

export const list: Command = {
  verb: "list",
  percent: true,
  group: "experiment",
  summary: "the files that cells have written, and what the session has declared",
  syntax: "%list",
  flags: [],
  maxArgs: 0,
  examples: [{ line: "%list", says: "names of files, functions, types and variables" }],
  goSource: "cmd/go/internal/list/list.go",
  run(context) {
    const files = [...context.session.written.keys()].sort();
    const declared = context.session.declared();
    const lines = [...files.map((f) => `file ${f}`), ...declared.map((d) => `${d.type} ${d.text}${d.signature === "" ? "" : `  ${d.signature}`}`)];
    context.show({ kind: "text", text: lines.length === 0 ? "nothing is declared yet" : lines.join("\n") }, { schema: "gomem.v1", verb: "list", files, declared });
  },
};

export const rm: Command = {
  verb: "rm",
  percent: true,
  group: "experiment",
  summary: "forget a file that a cell has written",
  syntax: "%rm path",
  flags: [],
  maxArgs: 100,
  examples: [{ line: "%rm util/util.go", says: "the package loses this file" }],
  goSource: "cmd/go/internal/clean/clean.go",
  run(context, call) {
    if (call.args.length === 0) throw new CommandError("rm: nothing to forget", "%list");
    for (const path of call.args) {
      if (context.session.written.delete(writtenPath(path) ?? "")) continue;
      throw new CommandError(`rm: no cell has written ${path}`, nearest(path, [...context.session.written.keys()]) ?? "%list");
    }
    context.show({ kind: "text", text: `forgot ${call.args.join(", ")}` });
  },
};
