// Pictures of every kind of page, on a telephone and on a wide screen, in the light and in the
// dark, for a person to look at. Run by hand:
//
//   node screenshots.mjs [SITE]…
//
// They are written to `screenshots/` in the project, which git ignores.

import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { start } from "./browser.mjs";
import { serve } from "./server.mjs";
import { dist, pages, pathOf, sites } from "./sites.mjs";

const out = fileURLToPath(new URL("../../screenshots/", import.meta.url));
const WIDTHS = [360, 1280];
const wanted = process.argv.slice(2);

const browser = await start();
for (const site of sites.filter((site) => wanted.length === 0 || wanted.includes(site))) {
  rmSync(join(out, site), { recursive: true, force: true });
  mkdirSync(join(out, site), { recursive: true });
  const server = await serve(join(dist, site), pathOf(site));
  for (const width of WIDTHS) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
      const tab = await context.newPage();
      for (const page of pages.filter((page) => page.site === site)) {
        await tab.goto(server.url + page.address, { waitUntil: "load" });
        const name = `${page.kind.toLowerCase().replaceAll(/[^a-z]+/g, "-")}-${width}-${colorScheme}.png`;
        await tab.screenshot({ path: join(out, site, name), fullPage: true });
      }
      await context.close();
    }
  }
  await server.close();
  console.log(join(out, site));
}
await browser.close();
