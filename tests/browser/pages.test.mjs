// Every kind of page, once: it never scrolls sideways, asks nothing of other hosts, makes no
// error, and says the same without JavaScript.

import assert from "node:assert/strict";
import { test } from "node:test";

import { NARROW, WIDE, load, named, stage, wrongs } from "./browser.mjs";
import { pages } from "./sites.mjs";

const { inTab, origin, url } = stage();

for (const page of pages) {
  test(named(page), async (t) => {
    let told = "";

    await inTab({}, async (tab) => {
      const wrong = wrongs(tab, origin(page.site));
      await load(tab, url(page));
      told = await mainText(tab);

      await t.test("does not scroll sideways at 320 px", async () => {
        await tab.setViewportSize(NARROW);
        await fits(tab);
      });
      await t.test("does not scroll sideways at 1280 px with letters twice as large", async () => {
        await tab.setViewportSize(WIDE);
        await tab.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
        await fits(tab);
      });
      await t.test("asks no other host and makes no error", () => {
        assert.deepEqual(wrong, []);
      });
    });

    await t.test("says the same without JavaScript", async () => {
      await inTab({ javaScriptEnabled: false }, async (tab) => {
        await load(tab, url(page));
        assert.ok(told.length > 20, "the page says something");
        assert.equal(await mainText(tab), told);
      });
    });
  });
}

/** Asserts that nothing stands out of the page at its side. @param {import("playwright-core").Page} tab */
async function fits(tab) {
  const wide = await tab.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const scrolls = (/** @type {Element} */ element) =>
      Boolean(element.closest(".vh")) ||
      ["auto", "scroll"].includes(getComputedStyle(element.parentElement ?? root).overflowX);
    return [...document.querySelectorAll("body *")]
      .filter((element) => !scrolls(element))
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (right > root.clientWidth + 0.5 || left < -0.5);
      })
      .slice(0, 8)
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent?.trim().slice(0, 40)}`)
      .concat(`${root.scrollWidth} px wide, ${root.clientWidth} px of screen`);
  });
  assert.deepEqual(wide, []);
}

/** What only a script shows, or hides. */
const SCRIPTED = "button, noscript, [data-narrow], [data-compare], [data-self-evaluation], [data-without-script]";

/** What can be read in a page's main part with a script and without. @param {import("playwright-core").Page} tab */
function mainText(tab) {
  return tab.evaluate((scripted) => {
    const main = document.querySelector("main");
    if (!main) return "";
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    const words = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const holder = node.parentElement;
      const text = node.textContent?.trim();
      if (text && holder && !holder.closest(scripted) && holder.checkVisibility()) words.push(text);
    }
    return words.join("\n");
  }, SCRIPTED);
}
