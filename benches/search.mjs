// A first search in Chromium on a slow telephone, ours and Pagefind's, on the same pages: how many
// bytes come over the wire, and how long after the last letter there is a result.
//
//   node benches/search.mjs target/search/10200     # made by `cargo bench --bench search`
//
// The network has a latency of 150 ms and 1.6 Mbit/s, the processor is six times slower, nothing is
// in a cache. Ours: a need's page is open, the field is turned to, the word is typed with 100 ms
// between letters. Pagefind: its script is loaded when the field is turned to, and it is asked when
// the last letter is typed. Text is counted as gzip would make it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";

import { serve } from "../tests/browser/server.mjs";

const require = createRequire(new URL("../tests/browser/", import.meta.url));
const { chromium } = require("playwright-core");

const [out, many = "15"] = process.argv.slice(2);
const folder = join(out, "hub");
const server = await serve(folder, "/");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Words of titles, as people might search them. */
const titles = [...readFileSync(join(folder, "a-z/index.html"), "utf8").matchAll(/<li><a href="[^"]*">([^<]+)</g)].map(([, title]) => title);
const words = [...new Set(titles.flatMap((title) => title.toLowerCase().match(/[a-z]{5,}/g) ?? []))];
const step = Math.max(1, Math.floor(words.length / Number(many)));
const queries = words.filter((_, at) => at % step === 0).slice(0, Number(many));

/** @param {"ours" | "pagefind"} whose @param {string} query */
async function ask(whose, query) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const tab = await context.newPage();
  await tab.goto(`${server.url}needs/`, { waitUntil: "networkidle" });
  let bytes = 0;
  tab.on("response", async (response) => {
    const body = await response.body().catch(() => Buffer.alloc(0));
    bytes += /javascript|html|json/.test(response.headers()["content-type"] ?? "") ? gzipSync(body, { level: 6 }).length : body.length;
  });
  const cdp = await context.newCDPSession(tab);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  let time = 0;
  if (whose === "ours") {
    await tab.locator("[popovertarget=find]").click();
    await tab.keyboard.type(query.slice(0, -1), { delay: 100 });
    const start = performance.now();
    await tab.keyboard.type(query.slice(-1));
    await tab.waitForFunction((query) => [...document.querySelectorAll(".hits a")].at(-1)?.textContent?.includes(`“${query}”`), query, { polling: 10 });
    time = performance.now() - start;
  } else {
    time = await tab.evaluate(async ([url, query]) => {
      const pagefind = await import(`${url}pagefind/pagefind.js`);
      const ready = pagefind.init();
      await new Promise((done) => setTimeout(done, 100 * query.length));
      const start = performance.now();
      await ready;
      const { results } = await pagefind.search(query);
      await Promise.all(results.slice(0, 6).map((result) => result.data()));
      return performance.now() - start;
    }, [server.url, query]);
  }
  await tab.waitForTimeout(100);
  await context.close();
  return { bytes, time };
}

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];

for (const whose of /** @type {const} */ (["ours", "pagefind"])) {
  const all = [];
  for (const query of queries) all.push(await ask(whose, query));
  console.log(`${whose}: median ${Math.round(median(all.map(({ bytes }) => bytes)) / 102.4) / 10} KB and ${Math.round(median(all.map(({ time }) => time)))} ms of ${all.length} words`);
}
await browser.close();
await server.close();
