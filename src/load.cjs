/**
 * Loads the bundled doors: plain scripts, with the code that V8 made of them when the package was built.
 *
 * Compiling our text takes longer than all that a small program needs, so V8's compiled form lies beside each script, named by the Node that
 * made it. It is used if this Node takes it; if there is none, one is written when the process ends, where this folder may be written to. Nothing
 * else is ever written. Plain CommonJS, because Node's loader of ES modules alone costs 8 ms.
 */
"use strict";
const { readFileSync, renameSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

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

/** This folder as a URL. Node's own function for that costs as much as reading a small script. */
const folder = process.platform === "win32" ? `${require("node:url").pathToFileURL(__dirname).href}/` : `file://${encodeURI(__dirname).replace(/[?#]/g, encodeURIComponent)}/`;

/** The script `name` of this folder, compiled. */
function compile(name) {
  const filename = `${__dirname}/${name}`;
  const text = `(function (exports, require, module, __filename, __dirname, __url, __import) {${readFileSync(filename, "latin1")}\n})`;
  const cachedData = read(`${filename}.${edition}`);
  const script = new Script(text, { filename: folder + name, cachedData });
  if (cachedData === undefined || renewing) remember({ filename, script });
  return script;
}

/** Lets V8's form of a script be written when the process ends; worker threads leave that to others. Asking which this is loads much of Node. */
function remember(script) {
  if (fresh.length === 0 && require("node:worker_threads").isMainThread) process.once("exit", keep);
  fresh.push(script);
}

/** The exports of the script `name`. */
function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  const inside = (wanted) => (wanted.startsWith("./") ? load(wanted.slice(2)) : require(wanted));
  compile(name).runInThisContext()(module.exports, inside, module, `${__dirname}/${name}`, __dirname, folder + name, (name) => import(name));
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

function renew() {
  renewing = true;
}

module.exports = { load, compile, keep, renew };
