// The style of what only some pages have is linked by those pages. If it styled anything on
// another, that would look otherwise as soon as somebody linked it there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { load, named, stage } from "./browser.mjs";
import { dist, pages, sites } from "./sites.mjs";

const { inTab, url } = stage();

const folder = join(dist, sites[0], "assets");
const name = readdirSync(folder).find((file) => /^some-pages\.[0-9a-f]+\.css$/.test(file)) ?? "";
const sheet = readFileSync(join(folder, name), "utf8");
const links = (/** @type {import("./sites.mjs").Page} */ page) => readFileSync(page.file, "utf8").includes(name);

test("some pages link the style of some pages, and most do not", () => {
  const some = pages.filter(links);
  assert.ok(some.length > 0 && some.length < pages.length / 2, `${some.length} of ${pages.length}`);
});

for (const page of pages.filter((page) => !links(page))) {
  test(`the style of other pages has nothing to style here: ${named(page)}`, async () => {
    await inTab({}, async (tab) => {
      await load(tab, url(page));
      const { asked, met } = await tab.evaluate(meeting, sheet);
      assert.ok(asked > 50, `${asked} rules were tried`);
      assert.deepEqual(met, []);
    });
  });
}

/** Which rules of a style sheet meet an element of the page, whatever its state. @param {string} text */
function meeting(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  /** @type {(rules: CSSRuleList) => string[]} */
  const selectors = (rules) =>
    [...rules].flatMap((rule) => {
      if (rule instanceof CSSStyleRule) return [rule.selectorText];
      return rule instanceof CSSGroupingRule ? selectors(rule.cssRules) : [];
    });
  const stateless = (/** @type {string} */ selector) =>
    selector.replace(/::(before|after)/g, "").replace(/:(hover|focus-visible|checked)/g, ":is(*)");
  const all = selectors(sheet.cssRules).map(stateless);
  return { asked: all.length, met: all.filter((selector) => document.querySelector(selector)) };
}
