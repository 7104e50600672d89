/** Exit codes of the CLI. `run FILE` leaves with the program's own code instead. */
import type { ErrorName } from "../views/index.ts";

export const EXIT = {
  done: 0,
  /** The Go program or package failed. */
  failed: 1,
  /** Wrong usage, as Go. */
  usage: 2,
  /** An assert or budget failed. */
  assertion: 3,
  /** replay or test differs. */
  differs: 4,
  /** A bug of ours. */
  bug: 5,
  unsupported: 6,
  timeout: 124,
  interrupted: 130,
  /** Nobody reads standard output any more: as a program that SIGPIPE ended. */
  pipe: 141,
} as const;

/** The exit code of an error output. */
export function exitOf(ename: ErrorName): number {
  switch (ename) {
    case "CompileError":
    case "GoExit":
      return EXIT.failed;
    case "GoPanic":
    case "GoFatal":
      return 2;
    case "CommandError":
    case "BadRequest":
      return EXIT.usage;
    case "AssertionFailed":
      return EXIT.assertion;
    case "Unsupported":
      return EXIT.unsupported;
    case "Interrupted":
      return EXIT.interrupted;
    case "InternalError":
      return EXIT.bug;
  }
}
