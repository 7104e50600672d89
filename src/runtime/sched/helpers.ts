/**
 * The frames that the runtime itself puts on stacks: their sites, sizes and fields. trampoline.ts draws them and has their code.
 *
 * Go: no counterpart; the nearest is what newproc1 and gopanic write into gobuf.
 */

/** Site ids of helper frames; see FIRST_SITE of link/sites.ts. `ready`: not yet called, `called`: under way. */
export const HELPER_SITE = { startReady: 1, startCalled: 2, marker: 3, textReady: 4, textCalled: 5, plainReady: 6, plainCalled: 7 } as const;
/** Bytes of helper frames, and offsets in them. */
export const START_FRAME = { closure: 8, size: 16 } as const;
export const PLAIN_FRAME = { slot: 8, size: 16 } as const;
export const MARKER_FRAME = { size: 16 } as const;
export const TEXT_FRAME = { code: 8, receiver: 16, string: 24, length: 32, size: 40 } as const;
