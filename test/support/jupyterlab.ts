/** A real JupyterLab in headless Chromium: starts a server on a folder of its own, opens a notebook, waits until the kernel listens. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

export interface OpenLab {
  readonly page: Page;
  /** The server's folder. */
  readonly root: string;
  /** Requests that tried to leave this machine. */
  readonly outside: readonly string[];
  close(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

async function startServer(python: string, root: string, port: number, token: string): Promise<ChildProcess> {
  const state = mkdtempSync(join(tmpdir(), "gomem-lab-state-"));
  const settings = join(state, "settings/@jupyterlab/apputils-extension");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "notification.jupyterlab-settings"), JSON.stringify({ fetchNews: "false", checkForUpdates: false }));
  spawnSync(process.execPath, ["dist/src/cli/main.js", "kernel", "install", `-prefix=${state}`]);
  const words = ["lab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", `--ServerApp.port=${port}`, "--ServerApp.port_retries=0", `--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${root}`, "--LabApp.expose_app_in_browser=True"];
  const env = {
    ...process.env, JUPYTERLAB_SETTINGS_DIR: join(state, "settings"), JUPYTERLAB_WORKSPACES_DIR: join(state, "workspaces"), JUPYTER_DATA_DIR: join(state, "data"),
    JUPYTER_RUNTIME_DIR: join(state, "runtime"), JUPYTER_PATH: join(state, "share/jupyter"), GOMEM_HISTORY: "off",
  };
  const server = spawn(join(dirname(resolve(python)), "jupyter"), words, { stdio: "ignore", env });
  for (let i = 0; i < 300; i++) {
    const up = await fetch(`http://127.0.0.1:${port}/api/status`, { headers: { authorization: `token ${token}` } }).then((r) => r.ok, () => false);
    if (up) return server;
    await new Promise((done) => setTimeout(done, 200));
  }
  server.kill();
  throw new Error("JupyterLab did not start");
}

/** Opens a notebook whose code cells are `cells`. */
export async function openLab(python: string, browserPath: string, cells: readonly string[]): Promise<OpenLab> {
  const root = mkdtempSync(join(tmpdir(), "gomem-lab-"));
  const notebook = {
    cells: cells.map((source, i) => ({ cell_type: "code", id: `c${i}`, metadata: {}, execution_count: null, outputs: [], source })),
    metadata: { kernelspec: { name: "gomem", display_name: "Go (gomem)", language: "go" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  writeFileSync(join(root, "proof.ipynb"), JSON.stringify(notebook));
  const [port, token] = [await freePort(), randomBytes(24).toString("hex")];
  const server = await startServer(python, root, port, token);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    if (server.exitCode !== null) return;
    const gone = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await gone;
  };
  try {
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    browser = await chromium.launch({ executablePath: browserPath, args: [...asRoot, "--disable-dev-shm-usage", "--disable-gpu"] });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const outside: string[] = [];
    await page.route("**/*", (route) => {
      const url = new URL(route.request().url());
      if (url.hostname === "127.0.0.1" || !url.protocol.startsWith("http")) return route.continue();
      outside.push(url.href);
      return route.abort();
    });
    await page.goto(`http://127.0.0.1:${port}/lab/tree/proof.ipynb?token=${token}&reset`, { waitUntil: "domcontentloaded" });
    await page.waitForSelector(".jp-Notebook .jp-CodeCell", { timeout: 60_000 });
    await page.evaluate(kernelReady);
    return { page, root, outside, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs in the page. The toolbar says "idle" before the kernel process exists, so the session itself is asked. */
const kernelReady = `(async () => {
  await window.jupyterapp.restored;
  for (let i = 0; i < 600; i++) {
    const context = window.jupyterapp.shell.currentWidget?.sessionContext;
    const kernel = context?.session?.kernel;
    if (context?.isReady && kernel?.connectionStatus === "connected" && kernel.status === "idle") return void (await kernel.info);
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the kernel did not become ready");
})()`;
