// Search as people meet it: the field on every page, the search page, and what happens when a
// file of the index is not there.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import axe from "axe-core";

import { NARROW, PHONE, WIDE, load, stage, wrongs } from "./browser.mjs";
import { program, project, today } from "./build.mjs";
import { pages } from "./sites.mjs";

/** @typedef {import("playwright-core").Page} Tab */

const { inTab, origin, url } = stage();

/** @param {string} site @param {string} address */
const at = (site, address) => ({ site, kind: "search", address, file: "" });

/** Opens the search page and waits for its answer. @param {Tab} tab @param {string} query @param {string} [site] @param {string} [folder] */
async function answer(tab, query, site = "barnet", folder = "") {
  await load(tab, url(at(site, `${folder}search/?${query}`)));
  await tab.locator(".notice [role=status]:not(:empty)").waitFor();
}

/** @param {Tab} tab */
const said = (tab) => tab.locator(".notice").innerText();

/** Waits for what is announced. @param {Tab} tab @param {string} words */
const saysSo = (tab, words) => tab.locator(".notice [role=status]", { hasText: words }).waitFor();

/** The addresses of the results. @param {Tab} tab @returns {Promise<string[]>} */
const results = (tab) =>
  tab.locator(".result h3 a").evaluateAll((links) => links.map((link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname));

/** Opens the field of a page that is no search page. @param {Tab} tab @param {string} words */
async function type(tab, words) {
  await tab.locator("[popovertarget=find]").click();
  await tab.keyboard.type(words);
  await tab.locator("#find .hits li").first().waitFor();
}

/** @param {Tab} tab @param {string} where */
async function nothingWrong(tab, where) {
  await tab.evaluate(axe.source);
  const found = await tab.evaluate(async () => {
    // @ts-ignore: axe was put into the page.
    const { violations } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join("\n")}`);
  });
  assert.deepEqual(found, [], where);
}

test("nothing of search is fetched before somebody turns to it", async () => {
  await inTab({}, async (tab) => {
    /** @type {string[]} */
    const asked = [];
    tab.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await load(tab, url(at("barnet", "needs/")));
    await tab.waitForLoadState("networkidle");
    assert.deepEqual(asked.filter((path) => /search/.test(path)), []);
    await type(tab, "au");
    assert.ok(asked.some((path) => /\/search\/root$/.test(path)));
    const script = asked.filter((path) => /search\.[0-9a-f]+\.js$/.test(path));
    assert.equal(script.length, 1, "the client is one file");
  });
});

test("results stand under the field while one types, and lead on by keyboard", async () => {
  await inTab({}, async (tab) => {
    const wrong = wrongs(tab, origin("barnet"));
    await load(tab, url(at("barnet", "needs/")));
    await type(tab, "autis");
    await tab.locator("#find mark").first().waitFor();
    assert.equal(await tab.locator("#find .hits a").first().innerText(), "Autism");
    assert.match(await tab.locator("#find [role=status]").innerText(), /^6 results/);
    await nothingWrong(tab, "with results under the field");
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("ArrowUp");
    await tab.keyboard.press("Enter");
    await tab.waitForURL((address) => address.pathname.endsWith("/needs/autism/"));
    assert.deepEqual(wrong, []);
  });
});

test("Escape takes away the results, the words, the field, and the button has the focus again", async () => {
  await inTab({ viewport: PHONE }, async (tab) => {
    await load(tab, url(at("barnet", "needs/")));
    await type(tab, "ehcp");
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator("#find .hits").isVisible(), false);
    assert.equal(await tab.locator("#find input").inputValue(), "ehcp");
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator("#find input").inputValue(), "");
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator("#find").isVisible(), false);
    assert.equal(await tab.locator(":focus").getAttribute("popovertarget"), "find");
  });
});

test("Enter leads to the search page, which keeps the question in its address", async () => {
  await inTab({}, async (tab) => {
    await load(tab, url(at("barnet", "")));
    await tab.locator("main input[type=search]").fill("break card");
    await tab.keyboard.press("Enter");
    await tab.waitForURL((address) => address.searchParams.get("q") === "break card");
    await tab.locator(".result").first().waitFor();
    assert.match(await said(tab), /^\d+ results for “break card”/);
    assert.ok((await tab.locator(".result mark").count()) > 0, "words are marked");
    await tab.locator("#q").fill("tribunal");
    await tab.keyboard.press("Enter");
    await saysSo(tab, "for “tribunal”");
    await tab.goBack();
    await saysSo(tab, "for “break card”");
    assert.equal(await tab.locator("#q").inputValue(), "break card");
  });
});

test("a misspelt word is mended, said so, and can be taken as it is", async () => {
  await inTab({}, async (tab) => {
    await answer(tab, "q=dislexia");
    assert.match(await said(tab), /for “dyslexia”[^]*You typed “dislexia”/);
    assert.match((await results(tab))[0], /\/needs\/dyslexia\/$/);
    await tab.getByText("Search for “dislexia” instead").click();
    await saysSo(tab, "Nothing was found for “dislexia”");
    assert.ok(await tab.locator("main").getByRole("link", { name: "A to Z" }).isVisible(), "there is another way");
    assert.ok(await tab.locator("main").getByRole("link", { name: /SENDIASS/ }).isVisible(), "and somebody to ask");
    await nothingWrong(tab, "without results");
  });
});

test("results are narrowed, with counts, and the address keeps in step", async () => {
  await inTab({}, async (tab) => {
    await answer(tab, "q=autism", "hub");
    const before = (await results(tab)).length;
    const label = tab.locator(".facet label", { hasText: "Greenwich" });
    const box = label.locator("input");
    const count = Number(await label.locator("small").innerText());
    await box.check();
    await saysSo(tab, `${count} results for “autism”`);
    assert.equal(new URL(tab.url()).searchParams.get("owner"), "greenwich");
    const narrowed = await results(tab);
    assert.equal(narrowed.length, count);
    assert.ok(count < before && narrowed.every((path) => path.includes("/boroughs/greenwich/")));
    assert.equal(await tab.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).value), "greenwich");
    await nothingWrong(tab, "narrowed");
    await tab.goBack();
    await tab.waitForFunction((before) => document.querySelectorAll(".result").length === before, before);
    assert.equal(await box.isChecked(), false);
  });
});

test("more results are shown on demand, and the first new one has the focus", async () => {
  await inTab({}, async (tab) => {
    await answer(tab, "q=school", "hub");
    assert.equal(await tab.locator(".result").count(), 10);
    await tab.getByRole("button", { name: "Show more results" }).click();
    await tab.locator(".result").nth(19).waitFor();
    const focused = await tab.evaluate(() => [...document.querySelectorAll(".result")].findIndex((item) => item.contains(document.activeElement)));
    assert.equal(focused, 10);
  });
});

test("a phrase in quotation marks is looked for on the pages", async () => {
  await inTab({}, async (tab) => {
    await answer(tab, `q=${encodeURIComponent('"ask for a break"')}`, "hub");
    assert.match((await results(tab))[0], /break-card\/$/);
    const plain = (await results(tab)).length;
    await answer(tab, `q=${encodeURIComponent("ask for a break")}`, "hub");
    assert.ok(plain >= 1 && plain < (await results(tab)).length);
  });
});

test("without JavaScript the form leads to other ways", async () => {
  await inTab({ javaScriptEnabled: false }, async (tab) => {
    await load(tab, url(at("barnet", "needs/")));
    await tab.locator("[popovertarget=find]").click();
    await tab.locator("#find input").fill("autism");
    await tab.keyboard.press("Enter");
    await tab.waitForURL((address) => address.pathname.endsWith("/search/"));
    assert.match(await tab.locator("main noscript").innerText(), /^Search needs JavaScript/);
    await tab.locator("main").getByRole("link", { name: "A to Z" }).click();
    await tab.waitForURL((address) => address.pathname.endsWith("/a-z/"));
  });
});

test("a file that is not there is told, with another way", async () => {
  await inTab({}, async (tab) => {
    await tab.route("**/search/*/norms", (route) => route.fulfill({ status: 404, body: "" }));
    await load(tab, url(at("barnet", "search/?q=autism")));
    await saysSo(tab, "Search did not load");
    assert.ok(await tab.locator("main").getByRole("link", { name: "A to Z" }).isVisible());
    await load(tab, url(at("barnet", "needs/")));
    await type(tab, "autism");
    assert.match(await tab.locator("#find .hits a").getAttribute("href") ?? "", /a-z\/$/);
  });
});

test("an index that was published anew is found by a page that is open", async () => {
  await inTab({}, async (tab) => {
    let gone = 0;
    await tab.route("**/search/*/norms", (route) => (gone++ ? route.continue() : route.fulfill({ status: 404, body: "" })));
    await answer(tab, "q=autism");
    assert.match((await results(tab))[0], /\/needs\/autism\/$/);
    assert.equal(gone, 2);
  });
});

test("hostile questions are only text", async () => {
  await inTab({}, async (tab) => {
    const wrong = wrongs(tab, origin("barnet"));
    for (const query of ["<img src=x onerror=alert(1)>", "__proto__", ".*", "a".repeat(5000), "{q} $&", "🙂"]) {
      await answer(tab, `q=${encodeURIComponent(query)}&kind=__proto__&need=x`);
      assert.equal(await tab.locator(".notice img").count(), 0);
    }
    assert.deepEqual(wrong, []);
  });
});

for (const [site, language, word] of [["example", "ar", "وحدة"], ["barnet", "pl", "pomoc"], ["hub", "tr", "yardım"]]) {
  test(`${site}: the pages in ${language} have a search of their own`, async () => {
    await inTab({ viewport: PHONE }, async (tab) => {
      await answer(tab, `q=${encodeURIComponent(word)}`, site, `${language}/`);
      const found = await results(tab);
      assert.ok(found.length > 0, await said(tab));
      assert.ok(found.every((path) => path.includes(`/${language}/`)));
      assert.equal(await tab.evaluate(() => document.documentElement.dir), language === "ar" ? "rtl" : "ltr");
      await nothingWrong(tab, language);
    });
  });
}

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  for (const viewport of [NARROW, PHONE, WIDE]) {
    test(`results fit and are accessible at ${viewport.width} px, ${scheme}`, async () => {
      await inTab({ viewport, colorScheme: scheme }, async (tab) => {
        await answer(tab, "q=autsim", "hub");
        await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
        await nothingWrong(tab, "results");
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, "nothing scrolls sideways");
      });
    });
  }
}

test("the browser shows what the command line answers", async () => {
  await inTab({}, async (tab) => {
    for (const query of ["my son cant sit still", "speach therapy", "what is an arp", "senco training autism", "ehcp how to apply", "excluded", "one page profile", "deaf"]) {
      const done = spawnSync(program, ["--root", project, "search", query, "--site", "barnet", "--today", today, "--json"], { encoding: "utf8" });
      assert.equal(done.status, 0, done.stderr);
      const expected = JSON.parse(done.stdout).results.map((/** @type {{url: string}} */ hit) => hit.url);
      await answer(tab, `q=${encodeURIComponent(query)}`);
      const links = await tab.locator(".result h3 a").evaluateAll((all, base) => all.map((link) => `/${/** @type {HTMLAnchorElement} */ (link).href.slice(base.length)}`), url(at("barnet", "")));
      assert.deepEqual(links, expected, query);
    }
  });
});

test("there is a search page of each kind to look at", () => {
  assert.ok(pages.some((page) => page.kind === "search"));
});
