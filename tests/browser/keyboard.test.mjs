// With the keyboard alone: the way past the menu, the menu of a telephone, and where one is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PHONE, load, stage } from "./browser.mjs";
import { homeOf, sites } from "./sites.mjs";

const { inTab, url } = stage();
/** How many stops of the Tab key are looked at. */
const STOPS = 15;

for (const site of sites) {
  const home = homeOf(site);

  test(`${site}: the first stop of Tab leads past the menu to what the page says`, async () => {
    await inTab({}, async (tab) => {
      await load(tab, url(home));
      await tab.keyboard.press("Tab");
      const link = tab.locator(":focus");
      assert.equal(await link.getAttribute("href"), "#main");
      const box = await link.boundingBox();
      assert.ok(box && box.x >= 0 && box.y >= 0, "the link comes into view");

      await tab.keyboard.press("Enter");
      assert.equal(await tab.locator(":focus").getAttribute("id"), "main");
      await tab.keyboard.press("Tab");
      const inside = await tab.evaluate(() => Boolean(document.activeElement?.closest("main")));
      assert.ok(inside, "the next stop is in the main part");
    });
  });

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "" : ", without JavaScript too";
    test(`${site}: the menu of a telephone opens, closes and leads on by keyboard${how}`, async () => {
      await inTab({ viewport: PHONE, javaScriptEnabled }, async (tab) => {
        await load(tab, url(home));
        const menu = tab.locator("#menu");
        const button = tab.locator("[popovertarget=menu]");
        assert.equal(await menu.isVisible(), false, "the menu is closed at first");

        await tabTo(tab, "[popovertarget=menu]");
        await tab.keyboard.press("Enter");
        assert.ok(await menu.isVisible(), "Enter opens it");
        await tab.keyboard.press("Escape");
        assert.equal(await menu.isVisible(), false, "Escape closes it");
        assert.ok(await isFocused(button), "and leads back to its button");

        await tab.keyboard.press("Space");
        assert.ok(await menu.isVisible(), "Space opens it");
        await tab.keyboard.press("Tab");
        const first = menu.locator("a").first();
        assert.ok(await isFocused(first), "Tab leads into it");
        await tab.keyboard.press("Enter");
        await tab.waitForURL((address) => address.pathname.endsWith("/needs/"));
      });
    });
  }

  for (const viewport of [PHONE, undefined]) {
    const where = viewport ? "a telephone" : "a wide screen";
    test(`${site}: on ${where} one sees where one is at the first ${STOPS} stops of Tab`, async () => {
      await inTab(viewport ? { viewport } : {}, async (tab) => {
        await load(tab, url(home));
        const seen = new Set();
        for (let stop = 1; stop <= STOPS; stop += 1) {
          await tab.keyboard.press("Tab");
          const { name, problem } = await tab.evaluate(focusShown);
          assert.equal(problem, "", `stop ${stop}, ${name}`);
          seen.add(name);
        }
        assert.ok(seen.size > STOPS / 2, "Tab goes on");
      });
    });
  }
}

/** Presses Tab until an element has the focus. @param {import("playwright-core").Page} tab @param {string} selector */
async function tabTo(tab, selector) {
  for (let stop = 0; stop < STOPS; stop += 1) {
    await tab.keyboard.press("Tab");
    if (await isFocused(tab.locator(selector))) return;
  }
  assert.fail(`Tab does not come to ${selector}`);
}

/** @param {import("playwright-core").Locator} locator */
function isFocused(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}

/** Runs in the page: what has the focus, and why one could not see that. */
function focusShown() {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: "nothing", problem: "has the focus" };
  const name = `${element.tagName} ${element.getAttribute("href") ?? ""} ${element.textContent?.trim().slice(0, 30)}`;
  // A search field is ringed as a whole, with its button.
  const style = getComputedStyle(element.closest(".field:focus-within") && element.matches("input") ? /** @type {Element} */ (element.closest(".field")) : element);
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const holds = (/** @type {number} */ x, /** @type {number} */ y) =>
    element.contains(document.elementFromPoint(x, y));
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inView = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  const problem = !drawn
    ? "no outline is drawn"
    : !inView
      ? "it is out of view"
      : !holds((left + right) / 2, (top + bottom) / 2) && !holds(left + 4, top + 4)
        ? "something lies over it"
        : "";
  return { name, problem };
}
