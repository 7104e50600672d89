/** The program that a kernelspec starts: `node main.js CONNECTION_FILE`. */
import { startKernel } from "./start.ts";

startKernel(process.argv[2] ?? "").catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  const hint = /zeromq|addon|\.node/.test(text) ? "\n\tthe ZeroMQ addon does not load here; `gomem run notebook.ipynb` needs no socket" : "";
  console.error(`gomem: ${text}${hint}`);
  process.exit(1);
});
