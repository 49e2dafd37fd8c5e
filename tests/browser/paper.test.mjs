// The paper edition: one document that prints to a tagged PDF, with no row of a table cut.

import assert from "node:assert/strict";
import { test } from "node:test";

import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

import { load, stage, wrongs } from "./browser.mjs";
import { sites } from "./sites.mjs";

const { inTab, url, origin } = stage();
/** @param {string} site */
const paper = (site) => ({ site, kind: "paper edition", address: "paper/", file: "" });
/** A text without white space: lines break elsewhere on paper. @param {string} text */
const solid = (text) => text.replace(/\s+/g, "");

for (const site of sites.filter((site) => site !== "example")) {
  test(`${site}: the paper edition prints to a tagged PDF with an outline, and no row of a table is cut`, async () => {
    await inTab({}, async (tab) => {
      const found = wrongs(tab, origin(site));
      await load(tab, url(paper(site)));
      const pdf = await tab.pdf({ tagged: true, outline: true, preferCSSPageSize: true });
      const rows = await tab.locator(".paper tr:not(.more tr)").allTextContents();
      const chapters = await tab.locator(".chapter > h2").allTextContents();
      assert.deepEqual(found, []);

      const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
      const marks = await document.getMarkInfo();
      assert.equal(marks?.Marked, true, "it is tagged");
      const outline = JSON.stringify((await document.getOutline()).map(({ title, items }) => [title, items.map(({ title }) => title)]));
      for (const chapter of chapters) assert.ok(outline.includes(chapter), `${chapter} is in ${outline}`);

      const pages = [];
      for (let number = 1; number <= document.numPages; number += 1) {
        const { items } = await (await document.getPage(number)).getTextContent();
        pages.push(solid(items.map((item) => ("str" in item ? item.str : "")).join("")));
      }
      assert.ok(pages.length > 50 && pages.length < 400, `${pages.length} pages`);
      assert.ok(rows.length > 20, `${rows.length} rows`);
      for (const row of rows.map(solid)) assert.ok(pages.some((page) => page.includes(row)), `cut: ${row}`);
      await document.destroy();
    });
  });

  test(`${site}: the links of the paper edition lead within it where they can`, async () => {
    await inTab({}, async (tab) => {
      await load(tab, url(paper(site)));
      const { lost, inside, entries } = await tab.evaluate(() => {
        const links = [...document.querySelectorAll("main a")].map((link) => link.getAttribute("href") ?? "");
        return {
          lost: links.filter((href) => href.startsWith("#") && !document.getElementById(href.slice(1))),
          inside: links.filter((href) => href.startsWith("#")).length,
          entries: links.filter((href) => /^\.\.\/(guides|provision|services|training|needs\/autism)\/[a-z]/.test(href) && !/easy-read/.test(href)),
        };
      });
      assert.deepEqual(lost, []);
      assert.ok(inside > 300, `${inside} links`);
      assert.deepEqual(entries, []);
    });
  });
}

test("on paper there is no interface", async () => {
  await inTab({}, async (tab) => {
    await load(tab, url(paper(sites[0])));
    await tab.emulateMedia({ media: "print" });
    for (const part of [".paper-bar", ".site-head", ".permalink", "button"]) {
      for (const one of await tab.locator(part).all()) assert.equal(await one.isVisible(), false, part);
    }
    await tab.emulateMedia({ media: "screen" });
  });
});
