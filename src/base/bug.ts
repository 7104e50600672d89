/** Faults of this program, never of the user's. */

/** Thrown when one of our own invariants is broken. Nobody catches it but the outermost doors (cli, kernel). */
export class Bug extends Error {
  override readonly name = "Bug";
}

/** Thrown when what a build makes is missing or belongs to another state of the sources. */
export class NotBuilt extends Error {
  override readonly name = "NotBuilt";
}

export function bug(message: string): never {
  throw new Bug(message);
}

/** Ends a switch over a union: the compiler proves that no kind is left. */
export function unreachable(rest: never): never {
  bug(`unreachable: ${JSON.stringify(rest)}`);
}
