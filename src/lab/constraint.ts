/**
 * Which files of a folder belong to a build: by the endings of their names and by `//go:build` or `// +build` lines, for linux on amd64.
 *
 * Go: go/build (matchFile, goodOSArchFile), go/build/constraint.
 */

const SYSTEMS = new Set(
  "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos".split(" "),
);
const MACHINES = new Set(
  "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split(" "),
);

/** The version of Go that is modelled: `go1.1` to this one hold. */
const MINOR = 26;

/** Whether the file `name`, of Go or assembly, with this text is part of the build. */
export const isBuilt = (name: string, text: string): boolean => !name.endsWith("_test.go") && nameMatches(name) && textMatches(text);

function nameMatches(name: string): boolean {
  const [, ...words] = name.replace(/\.\w+$/, "").split("_");
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (MACHINES.has(last)) return last === "amd64" && (!SYSTEMS.has(before) || before === "linux");
  return !SYSTEMS.has(last) || last === "linux";
}

/** The first `//go:build` line before the package clause, or without one all `// +build` lines that a blank line ends. Behind a comment of the other kind these do not count. */
function textMatches(text: string): boolean {
  const head = /^(?:\s*(?:\/\/[^\n]*\n|\/\*[^]*?\*\/))*/.exec(text)?.[0] ?? "";
  const line = /^\/\/go:build[ \t]+([^\n]*)$/m.exec(head)?.[1];
  if (line !== undefined) return holds(line.match(/&&|\|\||[!()]|[\w.]+/g) ?? []);
  const lines = /^(?:\s*\/\/[^\n]*\n)*\s*/.exec(text)?.[0] ?? "";
  const end = [...lines.matchAll(/\n[ \t\r]*(?=\n)/g)].at(-1)?.index ?? 0;
  const ended = lines.slice(0, end);
  return [...ended.matchAll(/^[ \t]*\/\/[ \t]*\+build[ \t]+([^\n]*)$/gm)].every(([, options = ""]) => options.trim().split(/\s+/).some(optionHolds));
}

/** An option of a `// +build` line: `linux,!cgo`. */
const optionHolds = (option: string): boolean => option.split(",").every((tag) => (tag.startsWith("!") ? !tagHolds(tag.slice(1)) : tagHolds(tag)));

/** Evaluates `a && (b || !c)`. */
function holds(words: readonly string[]): boolean {
  let at = 0;
  const either = (): boolean => {
    let value = both();
    while (words[at] === "||") {
      at++;
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (words[at] === "&&") {
      at++;
      value = one() && value;
    }
    return value;
  };
  const one = (): boolean => {
    const word = words[at++] ?? "";
    if (word === "!") return !one();
    if (word !== "(") return tagHolds(word);
    const value = either();
    at++;
    return value;
  };
  return either();
}

function tagHolds(tag: string): boolean {
  const minor = /^go1\.(\d+)$/.exec(tag)?.[1];
  return minor === undefined ? ["linux", "unix", "amd64", "gc"].includes(tag) : Number(minor) <= MINOR;
}
