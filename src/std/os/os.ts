/** Natives of package os: the program's arguments and its standard input. Go: runtime.os_runtime_args, internal/poll.FD.Read. */
import type { NativeFunction, NativeMachine, Natives } from "../../runtime/index.ts";

/** Bodies of the functions that os.go and file.go declare without one. */
export const osNatives: Natives = new Map<string, (machine: NativeMachine) => NativeFunction>([
  ["os.argument", argument],
  ["os.readInput", readInput],
  ["os.unsupported", unsupported],
]);

/** (i) → text, whether there is such an argument. */
function argument(machine: NativeMachine): NativeFunction {
  return (i: bigint) => {
    const text = machine.args[Number(i)];
    return text === undefined ? [0, 0n, 0] : [...machine.newString(text), 1];
  };
}

/** (slice) → number of bytes read into it; 0 at the end. */
function readInput(machine: NativeMachine): NativeFunction {
  return (at: number, length: bigint) => {
    const bytes = machine.read(Number(length));
    machine.memory.u8.set(bytes, at >>> 0);
    return BigInt(bytes.length);
  };
}

/** (text): the program needs what only a real machine has. */
function unsupported(machine: NativeMachine): NativeFunction {
  return (at: number, length: bigint) => machine.unsupported(machine.goString(at >>> 0, length));
}
