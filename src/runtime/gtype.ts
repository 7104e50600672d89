/**
 * The type of goroutine structures: what the collector must know of runtime.g. Size and class are Go's; only the words that our Go text
 * uses are pointers.
 *
 * Go: type g in runtime/runtime2.go (class 480).
 */
import { KIND, type TypeDesc } from "../abi/types.ts";
import { G } from "./sched/index.ts";

/** The descriptor of runtime.g. */
export const G_DESC: TypeDesc = {
  id: "runtime.g", string: "runtime.g", kind: KIND.Struct, size: G.size, align: 8, ptrdata: G.waiting + 8,
  mask: [false, true, true], comparable: false, plainMemory: false, direct: false, named: true, name: "g", pkgPath: "runtime", fields: [], methods: [],
};
