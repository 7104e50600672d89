/** A real JupyterLab in headless Chromium draws our charts and keeps them in the saved notebook. Needs Python with JupyterLab, and Chromium. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLab } from "../support/jupyterlab.ts";

const python = process.env["GOMEM_PYTHON"];
const browser = process.env["CHROMIUM"];

const program = 'package main\n\nimport "fmt"\n\nfunc newInt() *int {\n\tx := 42\n\treturn &x\n}\n\nfunc main() {\n\tp := newInt()\n\tfmt.Println(*p)\n}';
const garbage = "package main\n\nvar ring [512][]byte\n\nfunc main() {\n\tfor i := range 40_000 {\n\t\tring[i%len(ring)] = make([]byte, 1024)\n\t}\n}";

test.skipIf(!python || !browser)("JupyterLab draws the charts of gc and marks the source of escape (needs JupyterLab and Chromium)", async () => {
  const lab = await openLab(python ?? "", browser ?? "", [program, "escape", garbage, "gc"]);
  try {
    const { page } = lab;
    await page.click(".jp-CodeCell .cm-content");
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press("Shift+Enter");
      await page.waitForTimeout(200);
    }
    await page.waitForSelector(".jp-OutputArea-output .vega-embed svg.marks", { timeout: 60_000 });
    await page.waitForFunction("document.querySelectorAll('.vega-embed').length >= 2", undefined, { timeout: 30_000 });
    expect(await page.locator(".jp-OutputArea-output .vega-embed svg.marks path").count()).toBeGreaterThan(3);
    expect(await page.locator(".jp-OutputArea-output").allInnerTexts().then((t) => t.join("\n"))).toContain("on the heap because");
    mkdirSync("test/artifacts", { recursive: true });
    await page.screenshot({ path: "test/artifacts/jupyterlab.png" });
    await page.keyboard.press("Control+b");
    await page.setViewportSize({ width: 1100, height: 1600 });
    await page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)");
    await page.waitForTimeout(500);
    await page.screenshot({ path: "test/artifacts/notebook.png" });
    await page.keyboard.press("Control+s");
    await page.waitForTimeout(1500);
    const saved = JSON.parse(readFileSync(join(lab.root, "proof.ipynb"), "utf8"));
    const mimes = saved.cells[3].outputs.flatMap((o: { data?: object }) => Object.keys(o.data ?? {}));
    expect(mimes).toContain("application/vnd.vegalite.v5+json");
    expect(mimes).toContain("image/svg+xml");
    expect(lab.outside).toEqual([]);
  } finally {
    await lab.close();
  }
}, 180_000);
