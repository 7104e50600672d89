/** The kernelspec goes exactly where it was asked to go. */
import { existsSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseConnection } from "../../../kernel/connection.ts";
import { installKernel, uninstallKernel } from "../../../kernel/index.ts";

test("install writes one folder below the prefix, uninstall removes it", () => {
  const prefix = mkdtempSync(join(tmpdir(), "gomem-prefix-"));
  const { folder } = installKernel({ prefix });
  expect(folder).toBe(join(prefix, "share/jupyter/kernels/gomem"));
  expect(readdirSync(folder).sort()).toEqual(["kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"]);
  const spec = JSON.parse(readFileSync(join(folder, "kernel.json"), "utf8"));
  expect(spec).toMatchObject({ language: "go", interrupt_mode: "message" });
  expect(spec.argv[0]).toBe(process.execPath);
  expect(readFileSync(join(folder, "logo-32x32.png")).subarray(1, 4).toString()).toBe("PNG");
  expect(readdirSync(prefix)).toEqual(["share"]);
  uninstallKernel({ prefix });
  expect(existsSync(folder)).toBe(false);
});

test("a name that is no file name is refused", () => {
  expect(() => installKernel({ prefix: tmpdir(), name: "../x" })).toThrow(/invalid kernel name/);
});

test.each([
  [{ signature_scheme: "hmac-md5" }, /hmac-md5 is not supported/],
  [{ transport: "carrier-pigeon" }, /carrier-pigeon is not supported/],
  [{ hb_port: "x" }, /no hb_port/],
])("a connection file with %j is refused in plain words", (change, words) => {
  const good = { transport: "tcp", ip: "127.0.0.1", shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5, key: "k", signature_scheme: "hmac-sha256" };
  expect(() => parseConnection({ ...good, ...change })).toThrow(words);
  expect(parseConnection(good).ports.heartbeat).toBe(5);
});
