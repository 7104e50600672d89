// What the compiler prints about each instance of a generic library function, and which other instances that one mentions: from the
// output of a compiler with the markers of make.mjs in it. Only instances are kept; lines of the wrappers themselves are not.

import { createHash } from "node:crypto";

/** A type whose wrappers are made here: a shaped struct or interface (long names are hashes), or an instance. */
const WRAPPED = /^go\.shape\.(struct \{|interface \{|[0-9a-f]{64}$)|^[\w./]+\[.*\]$/;

/** Markers of the order of reading; see readings. */
const READING = /^##[OQPDYBdo]/;

/** A closure's lines are those of the function around it. */
const ownerOf = (name) => name.replace(/(\])((\)?\.\w+)?)(\.(func|deferwrap|gowrap)\d+|-range\d+).*$/, "$1$2");

/**
 * Name of a function as a marker says it -> { w, m, n, c, l, e, b }: wrapper?, mentions before and after inlining, lines of the three
 * phases, and of the back end. Of an output without mentions, `known` says what is wanted.
 */
export function instanceLines(output, costs, goroot, known = undefined) {
  const found = new Map();
  // What was only read while other bodies were inlined is compiled elsewhere: nothing is said of it.
  const listed = new Set();
  const instance = (name) => {
    const owner = ownerOf(name);
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
  let wrapped;
  const wrappers = new Map(); // name of a wrapper -> the type it is of
  for (const line of output.split("\n")) {
    const [marker, name = "", wrapper, words, ...mentions] = line.split("\t");
    if (marker === "##M" || marker === "##N") {
      const entry = instance(name);
      if (!entry) continue;
      if (marker === "##M") listed.add(entry);
      entry[marker === "##M" ? "m" : "n"] = mentions.filter((m) => m !== "" && m !== name);
      if (wrapper === "true") entry.w = true;
      if (Number(words) > 0) entry.d = Number(words);
    } else if (marker === "##W") {
      wrapped = WRAPPED.test(name) ? name : undefined;
      into = wrapped === undefined ? [] : shape(wrapped).l;
    } else if (marker === "##V") {
      if (wrapped !== undefined) wrappers.set(name, wrapped);
    } else if ((marker === "##E" || marker === "##K") && wrappers.has(name)) {
      into = shape(wrappers.get(name))[marker === "##E" ? "e" : "b"];
    } else if (READING.test(marker)) {
      continue;
    } else if (marker.startsWith("##")) {
      const entry = instance(name);
      into = entry ? { "##C": entry.c, "##I": entry.l, "##E": entry.e, "##K": entry.b }[marker] : [];
    } else if (line !== "" && into) into.push(line.replace(goroot, "$GOROOT"));
  }
  for (const [name, entry] of found) {
    if (!(known ? known.has(name) || entry.t : listed.has(entry)) || (entry.t && entry.l.length + entry.e.length + entry.b.length === 0)) {
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

/**
 * In which order the compiler read what the instances of `found` mention (the markers of graph/reading.go), into their fields `o`, when the
 * object itself is read, and `r`, when its body is. Each event is a letter and a name: F and T another object, P a body that is put on
 * the stack, D a dictionary by the object that is read with it, Y a type that needs wrappers. Types that take part become entries.
 */
export function readings(output, found) {
  const read = framesOf(output);
  // Of no interest is what leads to no body and no wrapper.
  const leading = new Set();
  const leads = (event) => {
    if (event[0] === "Y") return found.get(event.slice(1))?.t === true;
    if (event[0] === "P") return found.has(ownerOf(event.slice(1)));
    return leading.has(event[0] === "D" ? event.slice(1) : event);
  };
  for (let before = -1; before < leading.size; ) {
    before = leading.size;
    for (const [key, events] of read) if (events.some(leads)) leading.add(key);
  }
  const kept = (key) => [...new Set(read.get(key) ?? [])].filter(leads);
  const types = new Set();
  const put = (entry, field, events) => {
    if (events.length > 0) entry[field] = events;
    for (const event of events) {
      const key = event[0] === "D" ? event.slice(1) : event;
      if (key[0] !== "T" || types.has(key)) continue;
      types.add(key);
      const type = { y: true };
      found.set(key, type);
      put(type, "o", kept(key));
    }
  };
  for (const [name, entry] of [...found]) {
    if (entry.t) continue;
    put(entry, "o", kept(`F${name}`));
    put(entry, "r", kept(`B${name}`));
  }
}

/** What is mentioned while each object, body and dictionary is read, by letter and name. */
function framesOf(output) {
  const read = new Map();
  const stack = [{ events: [] }];
  const enter = (key, events) => stack.push({ key, events });
  for (const line of output.split("\n")) {
    const [marker, kind, name] = line.split("\t");
    const { events } = stack.at(-1);
    if (marker === "##O") {
      if (kind !== "-") events.push(kind + name);
      if (kind === "-") enter(undefined, events);
      else enter(kind + name, []);
    } else if (marker === "##Q") events.push(kind + name);
    else if (marker === "##P") events.push(`P${kind}`);
    else if (marker === "##D") events.push(`D${kind}${name}`);
    else if (marker === "##Y") events.push(`Y${kind}`);
    else if (marker === "##d") enter(`d${kind}${name}`, []);
    else if (marker === "##B") {
      if (stack.at(-1).key === `B${ownerOf(kind)}`) enter(undefined, events);
      else enter(`B${kind}`, []);
    } else if (marker === "##o") {
      const frame = stack.pop();
      if (frame.key !== undefined && !read.has(frame.key)) read.set(frame.key, frame.events);
    }
  }
  // A dictionary stands for the shaped object that is read with it.
  for (const [key, events] of read) read.set(key, events.map((e) => (e[0] === "D" ? `D${read.get(`d${e.slice(1)}`)?.[0] ?? "-"}` : e)));
  return read;
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
    if (READING.test(line)) continue;
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

/** For each wrapper, the instances that it mentions once calls have been inlined into it. */
export function wrapperMentions(output) {
  const rows = output.split("\n").flatMap((line) => {
    const [marker, name, , , ...names] = line.split("\t");
    return marker === "##N" && /^w\d+$/.test(name) && names[0] ? [[name, names]] : [];
  });
  return new Map(rows);
}

/**
 * What -m=2 says of the same instances, where it says more. The body of an inlinable function is a statement, no conclusion: of those
 * only the cost is kept, and a fingerprint that tells whether our own text's body is the same, but for wrappers, which the compiler makes itself.
 */
export function verboseLines(instances, output, goroot) {
  const told = instanceLines(output, new Map(), goroot, instances);
  const withoutBody = (name) => (line) => line.replace(/(: can inline .*? with cost \d+) as: (.*)$/, (_, head, body) => `${head} #${fingerprint(name, body)}`);
  return [...told].flatMap(([name, more]) => {
    const entry = instances.get(name) ?? {};
    const c = more.c?.map(entry.w ? (line) => line : withoutBody(name));
    const [l, e] = ["l", "e"].map((key) => (more[key]?.join("\n") === entry[key]?.join("\n") ? undefined : more[key]));
    return c || l || e ? [{ name, ...(more.t && { t: true }), ...(c && { c }), ...(l && { l: placedOnce(l) }), ...(e && { e: placedOnce(e) }) }] : [];
  });
}

/** Tells whether a body is the same one, whatever its type arguments: inline/own.ts computes it too. */
function fingerprint(name, body) {
  const args = argumentsOf(name).map((arg, i) => [arg, `\u00a7${i}`]).sort((a, b) => b[0].length - a[0].length);
  const general = args.reduce((text, [arg, to]) => text.replaceAll(arg, to), body);
  return createHash("sha256").update(general, "latin1").digest("hex").slice(0, 12);
}

/** The type arguments in a name. */
function argumentsOf(name) {
  const found = [];
  let depth = 0;
  let from = name.indexOf("[") + 1;
  for (let i = from; from > 0 && i < name.length; i++) {
    if (depth === 0 && (name[i] === "," || name[i] === "]")) {
      found.push(name.slice(from, i));
      from = i + 1;
      if (name[i] === "]") break;
    } else if ("[({".includes(name[i])) depth++;
    else if ("])}".includes(name[i])) depth--;
  }
  return found;
}

/** Lines of escape analysis where nothing is inlined, as far as they are others. */
export function addPlainLines(instances, output, goroot) {
  const plain = instanceLines(output, new Map(), goroot, instances);
  for (const [name, entry] of instances) {
    const e = plain.get(name)?.e ?? [];
    if (e.join("\n") !== (entry.e ?? []).join("\n")) entry.el = e;
  }
}

/** A line at the place of the line before begins with a tab instead. */
function placedOnce(lines) {
  const placeOf = (line) => line?.slice(0, line.indexOf(": ") + 2) ?? "";
  return lines.map((line, i) => (i > 0 && placeOf(line) === placeOf(lines[i - 1]) ? `\t${line.slice(placeOf(line).length)}` : line));
}
