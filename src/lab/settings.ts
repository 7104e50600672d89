/**
 * Settings of a run: one value, printed with every result, read from flags, `NAME=value` words and the environment by one table.
 *
 * Names and forms are Go's where Go has them. Go: runtime/extern.go (GOGC, GOMEMLIMIT, GODEBUG), runtime/mgcpacer.go (readGOGC, readGOMEMLIMIT).
 */

export interface Settings {
  /** Percent; -1 is off. */
  readonly gogc: number;
  /** Bytes; Infinity is off. */
  readonly gomemlimit: number;
  /** 1 is the reference mode, the only one yet. */
  readonly gomaxprocs: number;
  /** Of schedule, map order and hashes. */
  readonly seed: number;
  /** Print a gctrace line for each cycle on stderr. */
  readonly gctrace: boolean;
  /** Bytes that the heap may have before `fatal error: runtime: out of memory`. */
  readonly heaplimit: number;
}

export const defaultSettings: Settings = {
  gogc: 100,
  gomemlimit: Number.POSITIVE_INFINITY,
  gomaxprocs: 1,
  seed: 1,
  gctrace: false,
  heaplimit: 2 * 2 ** 30,
};

interface SettingDef {
  /** As it is written: `GOGC`. */
  readonly name: string;
  readonly doc: string;
  /** The changed settings, or what is wrong with the word. */
  readonly parse: (word: string, old: Settings) => Settings | string;
  readonly format: (s: Settings) => string;
}

/** Every setting, in the order in which `show` lists them. */
export const settingDefs: readonly SettingDef[] = [
  {
    name: "GOGC",
    doc: "percentage of heap growth between collections, or off",
    parse: (word, old) => (word === "off" ? { ...old, gogc: -1 } : whole(word, (gogc) => ({ ...old, gogc }), "a percentage or off")),
    format: (s) => (s.gogc < 0 ? "off" : String(s.gogc)),
  },
  {
    name: "GOMEMLIMIT",
    doc: "soft limit of memory, as 64MiB, or off",
    parse: (word, old) => {
      const size = word === "off" ? Number.POSITIVE_INFINITY : parseSize(word, true);
      return size === undefined ? "a size like 64MiB, or off" : { ...old, gomemlimit: size };
    },
    format: (s) => (s.gomemlimit === Number.POSITIVE_INFINITY ? "off" : formatSize(s.gomemlimit)),
  },
  {
    name: "GOMAXPROCS",
    doc: "processors that run Go code; 1 is the reference mode and the only one yet",
    parse: (word, old) => (word === "1" ? { ...old, gomaxprocs: 1 } : "1 (more simulated processors are not built yet)"),
    format: (s) => String(s.gomaxprocs),
  },
  {
    name: "GODEBUG",
    doc: "gctrace=1 prints a line for each collection",
    parse: (word, old) => {
      const parts = word.split(",");
      const bad = parts.find((p) => !/^gctrace=[01]$/.test(p));
      return bad === undefined ? { ...old, gctrace: parts.at(-1) === "gctrace=1" } : "gctrace=0 or gctrace=1";
    },
    format: (s) => (s.gctrace ? "gctrace=1" : ""),
  },
  {
    name: "seed",
    doc: "seed of the schedule, of map order and of hashes",
    parse: (word, old) => whole(word, (seed) => ({ ...old, seed }), "a whole number"),
    format: (s) => String(s.seed),
  },
  {
    name: "heaplimit",
    doc: "memory at which the program dies of `out of memory`, at most 4GiB",
    parse: (word, old) => {
      const size = parseSize(word, false);
      return size === undefined || size > 2 ** 32 ? "a size up to 4GiB" : { ...old, heaplimit: size };
    },
    format: (s) => formatSize(s.heaplimit),
  },
];

function whole(word: string, make: (n: number) => Settings, want: string): Settings | string {
  return /^\d{1,9}$/.test(word) ? make(Number(word)) : want;
}

/** The setting called `name` (any case), changed by `word`; or what is wrong, in plain words. */
export function applySetting(old: Settings, name: string, word: string): Settings | { readonly problem: string } {
  const def = settingDefs.find((d) => d.name.toLowerCase() === name.toLowerCase());
  if (!def) return { problem: `unknown setting ${name}` };
  const result = def.parse(word, old);
  return typeof result === "string" ? { problem: `invalid value ${JSON.stringify(word)} for ${def.name}: want ${result}` } : result;
}

/** The settings that an environment asks for (`GOGC`, `GOMEMLIMIT`, `GODEBUG`, `GOMEM_SEED`); what cannot be read is left at its default. */
export function settingsFromEnvironment(env: Readonly<Record<string, string | undefined>>): Settings {
  const names = [["GOGC", "GOGC"], ["GOMEMLIMIT", "GOMEMLIMIT"], ["GODEBUG", "GODEBUG"], ["seed", "GOMEM_SEED"]] as const;
  return names.reduce<Settings>((settings, [name, variable]) => {
    const word = env[variable];
    const next = word === undefined || word === "" ? settings : applySetting(settings, name, word);
    return "problem" in next ? settings : next;
  }, defaultSettings);
}

/** `GOGC=100 seed=1`: the settings that matter under a result. */
export function settingsLine(s: Settings): string {
  const shown = settingDefs.filter((d) => d.name === "GOGC" || d.name === "seed" || d.format(s) !== d.format(defaultSettings));
  return shown.map((d) => `${d.name}=${d.format(s)}`).join(" ");
}

const units: Readonly<Record<string, number>> = { "": 1, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40, KB: 1e3, MB: 1e6, GB: 1e9 };

/** Bytes of `64MiB`; `goOnly` takes only the units that GOMEMLIMIT takes. */
export function parseSize(word: string, goOnly: boolean): number | undefined {
  const m = /^(\d{1,15})([A-Za-z]*)$/.exec(word);
  const unit = m ? units[m[2] ?? ""] : undefined;
  if (!m || unit === undefined || (goOnly && /^[KMG]B$/.test(m[2] ?? ""))) return undefined;
  return Number(m[1]) * unit;
}

/** A size as `64MiB`, exact. */
export function formatSize(n: number): string {
  for (const [unit, size] of [["GiB", 2 ** 30], ["MiB", 2 ** 20], ["KiB", 2 ** 10]] as const) {
    if (n >= size && n % size === 0) return `${n / size}${unit}`;
  }
  return `${n}B`;
}
