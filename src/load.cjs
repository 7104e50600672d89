/**
 * Loads the bundled doors: plain scripts, with the code that V8 made of them when the package was built.
 *
 * Compiling our text takes longer than all that a small program needs, so V8's compiled form lies beside each script, named by the Node that
 * made it. It is used if this Node takes it; if there is none, one is written when the process ends, where this folder may be written to. Nothing
 * else is ever written. Plain CommonJS, because Node's loader of ES modules alone costs 8 ms.
 */
"use strict";
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { Script } = require("node:vm");
const { isMainThread } = require("node:worker_threads");

const edition = `${process.version}-${process.arch}.code`;
const loaded = new Map();
const fresh = [];
/** When the package is built: V8's form is written anew, with what this process has needed besides. */
let renewing = false;

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The script `name` of this folder, compiled. */
function compile(name) {
  const filename = join(__dirname, name);
  const text = `(function (exports, require, module, __filename, __dirname, __url, __import) {${readFileSync(filename, "latin1")}\n})`;
  const cachedData = read(`${filename}.${edition}`);
  const script = new Script(text, { filename: pathToFileURL(filename).href, cachedData });
  if (cachedData === undefined || renewing) fresh.push({ filename, script });
  return script;
}

/** The exports of the script `name`. */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const filename = join(__dirname, name);
  const outside = createRequire(filename);
  const inside = (wanted) => (wanted.startsWith("./") ? load(wanted.slice(2)) : outside(wanted));
  compile(name).runInThisContext()(module.exports, inside, module, filename, __dirname, pathToFileURL(filename).href, (name) => import(name));
  return module.exports;
}

/** Writes V8's form of what was loaded without one. */
function keep() {
  for (const { filename, script } of fresh.splice(0)) {
    const file = `${filename}.${edition}`;
    try {
      writeFileSync(`${file}.${process.pid}`, script.createCachedData());
      renameSync(`${file}.${process.pid}`, file);
    } catch {
      return;
    }
  }
}

if (isMainThread) process.once("exit", keep);

function renew() {
  renewing = true;
}

module.exports = { load, compile, keep, renew };
