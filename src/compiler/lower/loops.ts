/** The shape of every loop: a head that may leave it, a body, and what runs between rounds. */
import type { Fn } from "./context.ts";
import type { LLabel } from "./lir.ts";

/** A loop: `head` may leave it by branching to `out`, `post` runs before each further round. */
export function loop(c: Fn, label: string | undefined, parts: { readonly head: (out: LLabel) => void; readonly body: () => void; readonly post: () => void }): void {
  const out = c.label("out");
  const again = c.label("again");
  const next = c.label("next");
  const outer = c.cost;
  c.cost = 0;
  const list = c.regionOf(() => {
    parts.head(out);
    c.jumps.push({ label, break: out, continue: next });
    const body = c.capture(parts.body);
    c.jumps.pop();
    c.emit({ kind: "block", label: next, body });
    parts.post();
  });
  const cost = c.cost + 5;
  c.cost = outer + 5;
  c.emit({ kind: "loop", out, again, cost, site: c.site(), body: list });
}
