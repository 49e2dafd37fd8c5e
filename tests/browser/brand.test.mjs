// Colours that no council should pick, as whole sites: whatever the colour is, words can be read.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";

import { NARROW, WIDE, start } from "./browser.mjs";
import { buildExample } from "./build.mjs";
import { serve } from "./server.mjs";

const COLOURS = { "pure yellow": "#ffff00", "mid grey": "#808080", white: "#ffffff" };
const PAGES = [
  "",
  "needs/autism/",
  "provision/autism/",
  "guides/everything/",
  "services/outreach/",
  "places/",
  "training/course/",
  "feedback/said/",
  "expectations/",
  "expectations/autism/",
  "self-evaluation/",
  "search/?q=autism",
  "glossary/",
  "coverage/",
];

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await start();
});
after(() => browser.close());

for (const [name, colour] of Object.entries(COLOURS)) {
  test(`words can be read on a site whose colour is ${name}`, async () => {
    const out = mkdtempSync(join(tmpdir(), "ordinarily-brand-"));
    try {
      buildExample(out, (root) => {
        const file = join(root, "content", "boroughs", "example", "borough.yaml");
        const changed = readFileSync(file, "utf8").replace(/colour: "#[0-9a-f]+"/, `colour: "${colour}"`);
        assert.ok(changed.includes(colour));
        writeFileSync(file, changed);
      });
      const server = await serve(join(out, "example"), "/some/where/example/");
      try {
        await look(server.url);
      } finally {
        await server.close();
      }
    } finally {
      rmSync(out, { recursive: true });
    }
  });
}

/** @param {string} site */
async function look(site) {
  for (const viewport of [NARROW, WIDE]) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
      const tab = await context.newPage();
      for (const page of PAGES) {
        const answer = await tab.goto(site + page, { waitUntil: "load" });
        assert.equal(answer?.status(), 200, page);
        await tab.evaluate(axe.source);
        const found = await tab.evaluate(async () => {
          for (const details of document.querySelectorAll("details")) details.open = true;
          const rules = { type: /** @type {const} */ ("rule"), values: ["color-contrast", "link-in-text-block"] };
          // @ts-ignore: axe was put into the page.
          const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
          return violations.flatMap(({ nodes }) => nodes.map(({ target, failureSummary }) => `${target}: ${failureSummary}`));
        });
        assert.deepEqual(found, [], `${page} at ${viewport.width} px, ${colorScheme}`);
      }
      await context.close();
    }
  }
}
