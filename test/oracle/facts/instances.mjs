// What the compiler prints about each instance of a generic library function, and which other instances that one mentions: from the
// output of a compiler with the markers of make.mjs in it. Only instances are kept; lines of the wrappers themselves are not.

/** Name of a wrapper of a method of a shaped struct, of a pointer to it, or of a shaped interface; long names are hashes. */
const WRAPPER = /^go\.shape\.(?:\(\*(struct \{.*\})\)|(struct \{.*\}|interface \{.*\}|[0-9a-f]{64}))\.[\w.]+$/;

/**
 * Name of a function as a marker says it -> { w, m, n, c, l, e, b }: wrapper?, mentions before and after inlining, lines of the three
 * phases, and of the back end. Of an output without mentions, `known` says what is wanted.
 */
export function instanceLines(output, costs, goroot, known = undefined) {
  const found = new Map();
  // What was only read while other bodies were inlined is compiled elsewhere: nothing is said of it.
  const listed = new Set();
  const instance = (name) => {
    // A closure's lines are those of the function around it.
    const owner = name.replace(/(\])((\)?\.\w+)?)(\.(func|deferwrap|gowrap)\d+|-range\d+).*$/, "$1$2");
    if (!owner.includes("[")) return undefined;
    if (!found.has(owner)) found.set(owner, { m: [], c: [], l: [], e: [], b: [] });
    return found.get(owner);
  };
  /** The wrappers of methods that a shaped struct gets from the types it embeds. */
  const shape = (name) => {
    if (!found.has(name)) found.set(name, { t: true, m: [], c: [], l: [], e: [], b: [] });
    const entry = found.get(name);
    listed.add(entry);
    return entry;
  };
  let into = [];
  for (const line of output.split("\n")) {
    const [marker, name = "", wrapper, ...mentions] = line.split("\t");
    if (marker === "##M" || marker === "##N") {
      const entry = instance(name);
      if (!entry) continue;
      if (marker === "##M") listed.add(entry);
      entry[marker === "##M" ? "m" : "n"] = mentions.filter((m) => m !== "" && m !== name);
      if (wrapper === "true") entry.w = true;
    } else if (marker === "##W") {
      into = /^go\.shape\.(struct \{|interface \{|[0-9a-f]{64}$)/.test(name) ? shape(name).l : [];
    } else if (marker === "##E" && WRAPPER.test(name)) {
      const [, pointer, value] = WRAPPER.exec(name);
      into = shape(`go.shape.${pointer ?? value}`).e;
    } else if (marker.startsWith("##")) {
      const entry = instance(name);
      into = entry ? { "##C": entry.c, "##I": entry.l, "##E": entry.e, "##K": entry.b }[marker] : [];
    } else if (line !== "" && into) into.push(line.replace(goroot, "$GOROOT"));
  }
  for (const [name, entry] of found) {
    if (!(known ? known.has(name) || entry.t : listed.has(entry)) || (entry.t && entry.l.length + entry.e.length === 0)) {
      found.delete(name);
      continue;
    }
    const cost = costs.get(name);
    if (cost !== undefined) entry.cost = cost;
    if (entry.n?.join() === entry.m.join()) delete entry.n;
    for (const field of ["m", "c", "l", "e", "b"]) if (entry[field].length === 0) delete entry[field];
  }
  return found;
}

/** Costs by function, from the output of -m=2. */
export function instanceCosts(output) {
  const costs = new Map();
  for (const match of output.matchAll(/: can inline (.*?) with cost (\d+) as: /g)) costs.set(match[1], Number(match[2]));
  return costs;
}

/** For each wrapper, the places of `can inline` lines of closures that its inlined bodies call, by the inlining line that follows. */
export function closurePlaces(output, goroot) {
  const found = new Map();
  let places;
  let inlined = 0;
  for (const line of output.split("\n")) {
    const marker = /^##(.)\t(w\d+)?/.exec(line);
    if (marker) {
      if (marker[1] === "I" && marker[2] && !found.has(marker[2])) {
        places = [];
        inlined = 0;
        found.set(marker[2], places);
      } else if (marker[1] !== "C" && !(marker[1] === "I" && marker[2])) places = undefined;
    } else if (places && line.includes(": can inline ")) places.push([inlined, line.slice(0, line.indexOf(": can inline ")).replace(goroot, "$GOROOT")]);
    else if (places && line.includes(": inlining call to ")) inlined++;
  }
  return found;
}

/** For each wrapper, the places of index expressions without check in the closures that its inlined bodies make. */
export function closureBounds(output, goroot) {
  const found = new Map();
  let wrapper;
  for (const line of output.split("\n")) {
    const marker = /^##(.)\t(?:(w\d+)\.)?/.exec(line);
    if (marker) {
      wrapper = marker[1] === "K" ? marker[2] : undefined;
    } else if (wrapper !== undefined && line.endsWith(": index bounds check elided")) {
      found.set(wrapper, [...(found.get(wrapper) ?? []), line.slice(0, line.indexOf(": index")).replace(goroot, "$GOROOT")]);
    }
  }
  return found;
}

/**
 * What -m=2 says of the same instances, where it says more. The body of an inlinable function is a statement, no conclusion: of those
 * only the cost is kept, but for wrappers, which the compiler makes itself.
 */
export function verboseLines(instances, output, goroot) {
  const told = instanceLines(output, new Map(), goroot, instances);
  const withoutBody = (line) => line.replace(/(: can inline .*? with cost \d+) as: .*$/, "$1");
  return [...told].flatMap(([name, more]) => {
    const entry = instances.get(name) ?? {};
    const c = more.c?.map((line) => (entry.w ? line : withoutBody(line)));
    const [l, e] = ["l", "e"].map((key) => (more[key]?.join("\n") === entry[key]?.join("\n") ? undefined : more[key]));
    return c || l || e ? [{ name, ...(more.t && { t: true }), ...(c && { c }), ...(l && { l: placedOnce(l) }), ...(e && { e: placedOnce(e) }) }] : [];
  });
}

/** A line at the place of the line before begins with a tab instead. */
function placedOnce(lines) {
  const placeOf = (line) => line?.slice(0, line.indexOf(": ") + 2) ?? "";
  return lines.map((line, i) => (i > 0 && placeOf(line) === placeOf(lines[i - 1]) ? `\t${line.slice(placeOf(line).length)}` : line));
}
