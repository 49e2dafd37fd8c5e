// Addresses: links, old addresses and unknown ones.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load, stage, wrongs } from "./browser.mjs";
import { homeOf, pages, redirects, sites } from "./sites.mjs";

const { inTab, origin, url } = stage();

for (const site of sites) {
  test(`${site}: an unknown address shows a page with style and links that lead somewhere`, async () => {
    const page = pages.find((page) => page.site === site && page.kind === "unknown address");
    assert.ok(page, "there is a 404.html");
    await inTab({}, async (tab) => {
      const wrong = wrongs(tab, origin(site));
      const response = await load(tab, url(page));
      assert.equal(response.status(), 404);
      assert.deepEqual(wrong, [], "its style, script and pictures are there");
      const styled = await tab.evaluate(() => getComputedStyle(document.body).display);
      assert.equal(styled, "flex", "its style holds");

      const links = await linksOf(tab, origin(site));
      assert.ok(links.length > 5, "it has links");
      for (const link of links) {
        assert.equal((await tab.request.get(link)).status(), 200, link);
      }
      await tab.locator("a.brand").click();
      await tab.waitForURL(url(homeOf(site)));
    });
  });
}

test("there is an old address to look at", () => assert.notEqual(redirects.length, 0));

for (const page of redirects) {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "" : ", without JavaScript too";
    test(`${page.site}: the old address /${page.address} leads to the new one${how}`, async () => {
      await inTab({ javaScriptEnabled }, async (tab) => {
        const wrong = wrongs(tab, origin(page.site));
        await tab.goto(url(page), { waitUntil: "commit" });
        await tab.waitForURL((address) => address.href !== url(page));
        await tab.waitForLoadState("load");
        assert.ok(await tab.locator("main h1").textContent());
        assert.equal(await tab.locator("nav.crumbs").count(), 1, "it is a whole page");
        // What the old page still asked for when it was left has no answer.
        assert.deepEqual(wrong.filter((what) => !what.startsWith("no answer")), []);
      });
    });
  }
}

/** The links of a page to other pages of its host, each once and without its anchor. @param {import("playwright-core").Page} tab @param {string} host */
async function linksOf(tab, host) {
  const links = await tab.locator("a[href]:not([href^='#'])").evaluateAll((all) =>
    all.map((link) => /** @type {HTMLAnchorElement} */ (link).href.replace(/#.*/, "")),
  );
  // Pages only: a file for a calendar or a feed reader has no way on.
  return [...new Set(links)].filter((link) => link.startsWith(`${host}/`) && link.endsWith("/"));
}
