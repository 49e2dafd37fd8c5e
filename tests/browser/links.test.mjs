// A site stands under any path: it is served under one that it was not built for.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load, stage } from "./browser.mjs";
import { homeOf, sites } from "./sites.mjs";

/** Links in a drawing stand in a list beside it too; a word of the glossary is explained where it stands. */
const LINKS = "a[href]:not(svg a, .term)";

const { inTab, origin, url } = stage({ under: "/quite/another/place/" });
/** How many links of the home page are followed. */
const FOLLOWED = 10;

for (const site of sites) {
  test(`${site}: ${FOLLOWED} links of the home page lead somewhere, and from there home again`, async () => {
    const home = url(homeOf(site));
    await inTab({}, async (tab) => {
      await load(tab, home);
      const all = await inside(tab, home);
      assert.ok(all.length >= FOLLOWED, "the home page has links");
      const step = all.length / FOLLOWED;
      for (let at = 0; at < FOLLOWED; at += 1) {
        const link = all[Math.floor(at * step)];
        await load(tab, home);
        const answer = tab.waitForResponse((response) => response.url() === link.to);
        await tab.locator(LINKS).nth(link.nth).click();
        assert.equal((await answer).status(), 200, link.to);
        await tab.waitForURL(link.to + link.anchor);

        await tab.locator(".crumbs a, .paper-bar a").first().click();
        await tab.waitForURL(home);
      }
    });
    assert.ok(home.startsWith(`${origin(site)}/quite/another/place/`));
  });
}

/**
 * The links that lead to other pages of the site and can be seen, each target once.
 * @param {import("playwright-core").Page} tab
 * @param {string} home
 */
async function inside(tab, home) {
  const links = await tab.locator(LINKS).evaluateAll((all) =>
    all.map((link, nth) => {
      const { href, hash } = /** @type {HTMLAnchorElement} */ (link);
      return { to: href.slice(0, href.length - hash.length), anchor: hash, nth, seen: link.checkVisibility() };
    }),
  );
  const targets = new Set([home]);
  return links.filter(({ to, seen }) => {
    // A file for a calendar or a spreadsheet is no page to come home from.
    const fresh = seen && to.startsWith(home) && to.endsWith("/") && !targets.has(to);
    targets.add(to);
    return fresh;
  });
}
