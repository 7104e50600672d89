/** How the end of a program and a fault of ours are shown. */
import { Bug, NotBuilt } from "../base/bug.ts";
import { formatDiagnostic, Unsupported } from "../base/diagnostic.ts";
import { decodeUtf8 } from "../base/source.ts";
import type { Exit } from "../runtime/index.ts";
import type { Output } from "../views/index.ts";

/** What an exit other than a plain end says: the crash text is in it and nowhere else. */
export function exitOutput(exit: Exit): Output | undefined {
  const lines = ("text" in exit ? decodeUtf8(exit.text) : "").replace(/\n$/, "").split("\n");
  const evalue = lines[0] ?? "";
  switch (exit.kind) {
    case "ok":
      return undefined;
    case "exit":
      return exit.code === 0 ? undefined : { kind: "error", ename: "GoExit", evalue: `exit status ${exit.code}`, traceback: [], exit: exit.code };
    case "panic":
      return { kind: "error", ename: "GoPanic", evalue, traceback: lines, exit: exit.code };
    case "fatal":
      return { kind: "error", ename: "GoFatal", evalue, traceback: lines, exit: exit.code };
    case "stopped":
      return undefined;
    case "unsupported":
      return { kind: "error", ename: "Unsupported", evalue: `unsupported: ${exit.what}`, traceback: [`unsupported: ${exit.what}`], exit: 6 };
    case "interrupted":
      return { kind: "error", ename: "Interrupted", evalue: "interrupted", traceback: ["interrupted"], exit: 130 };
  }
}

/** A fault that was thrown, and is not the user's to mend. */
export function faultOutput(error: unknown): Output {
  if (error instanceof Unsupported) {
    const line = formatDiagnostic(error.diagnostic);
    return { kind: "error", ename: "Unsupported", evalue: line, traceback: [line] };
  }
  if (error instanceof NotBuilt) return { kind: "error", ename: "InternalError", evalue: error.message, traceback: [`gomem: ${error.message}`] };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const evalue = error instanceof Bug ? error.message : text.split("\n")[0] ?? "";
  return { kind: "error", ename: "InternalError", evalue, traceback: ["gomem: internal error; please report it with the cell that caused it", ...text.split("\n")] };
}
