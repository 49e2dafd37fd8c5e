// What Lighthouse says of the pages that people come in by, as a telephone sees them on a slow
// connection. Run by hand, on sites that were built for the address of the script's own server:
//
//   npm install --prefix target/lighthouse --ignore-scripts lighthouse@12
//   cargo run --release -- build --base-url http://127.0.0.1:8123 && node benches/lighthouse.mjs dist
//
// Printed are the medians of five runs: performance, accessibility, best practices, search engine
// optimisation, and what stands in the way of 100.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { serve } from "../tests/browser/server.mjs";

const RUNS = 5;
const PAGES = ["", "needs/autism/", "guides/getting-help/", "search/"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

const [out = "dist", ...sites] = process.argv.slice(2);
const require = createRequire(resolve("target/lighthouse/") + "/");
const { default: lighthouse } = await import(pathToFileURL(require.resolve("lighthouse")).href);
const { launch } = await import(pathToFileURL(require.resolve("chrome-launcher")).href);

const chrome = await launch({
  chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"],
});
for (const site of sites.length ? sites : ["hub", "barnet"]) {
  const server = await serve(join(out, site), `/${site}/`, { gzip: true, port: 8123 });
  for (const page of PAGES) {
    /** @type {Record<string, number[]>} */
    const scores = {};
    const less = new Set();
    for (let run = 0; run < RUNS; run += 1) {
      const { lhr } = await lighthouse(server.url + page, { port: chrome.port, onlyCategories: CATEGORIES });
      for (const category of CATEGORIES) {
        (scores[category] ??= []).push(Math.round(lhr.categories[category].score * 100));
        if (category === "performance") continue;
        for (const { id, weight } of lhr.categories[category].auditRefs) {
          const { score, title } = lhr.audits[id];
          if (weight && score !== null && score < 1) less.add(`${category}: ${title}`);
        }
      }
    }
    const medians = CATEGORIES.map((category) => `${category} ${scores[category].sort((a, b) => a - b)[RUNS >> 1]}`);
    console.log(`${site}/${page}: ${medians.join(", ")}`);
    for (const line of less) console.log(`  ${line}`);
  }
  await server.close();
}
chrome.kill();
