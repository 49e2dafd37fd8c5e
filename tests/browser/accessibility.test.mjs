// What axe-core finds on every kind of page: on a narrow telephone, on a wide screen with all
// that folds opened, in the dark, and in the colours that the system forces.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";

import { NARROW, WIDE, load, named, stage } from "./browser.mjs";
import { absent, pages } from "./sites.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** The rules that colours can break. The others find the same in the dark as in the light. */
const COLOURS = ["color-contrast", "link-in-text-block"];

const { inTab, url } = stage();

test("every kind of page is there to be looked at", () => {
  assert.deepEqual(absent, [], "build the sites with `node build.mjs FOLDER`");
});

for (const page of pages) {
  test(`axe finds nothing: ${named(page)}`, async () => {
    await inTab({ viewport: NARROW }, async (tab) => {
      await load(tab, url(page));
      await tab.evaluate(axe.source);
      await nothing(tab, "at 320 px", { type: "tag", values: TAGS });

      await tab.setViewportSize(WIDE);
      await tab.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      await nothing(tab, "at 1280 px, all opened", { type: "tag", values: TAGS });

      await tab.emulateMedia({ colorScheme: "dark" });
      await nothing(tab, "in the dark", { type: "rule", values: COLOURS });

      // There axe reads the colours that the page asks for, not those that are shown.
      await tab.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await nothing(tab, "in forced colours", { type: "tag", values: TAGS }, ["color-contrast"]);
      await tab.emulateMedia({ forcedColors: "none" });
    });
  });
}

/**
 * @param {import("playwright-core").Page} tab
 * @param {string} where
 * @param {{type: "tag" | "rule", values: string[]}} runOnly
 * @param {string[]} [without] rules that are left out
 */
async function nothing(tab, where, runOnly, without = []) {
  const found = await tab.evaluate(async ([runOnly, without]) => {
    const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
    // @ts-ignore: axe was put into the page.
    const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ["violations"] });
    return violations.map((violation) => {
      const nodes = violation.nodes.map((node) => `  ${node.target.join(" ")}: ${node.failureSummary}`);
      return [`${violation.id}: ${violation.help}`, ...nodes.slice(0, 5)].join("\n");
    });
  }, /** @type {const} */ ([runOnly, without]));
  assert.equal(found.join("\n"), "", where);
}
