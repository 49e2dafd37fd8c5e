// The paper edition: one document that prints to a tagged PDF, with no row of a table cut.

import assert from "node:assert/strict";
import { test } from "node:test";

import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

import { load, stage, wrongs } from "./browser.mjs";
import { sites } from "./sites.mjs";

/** The margin at the foot of a sheet, 18 mm in points. */
const MARGIN = 51;

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

      const printed = await sheets(document);
      const pages = printed.map(({ text }) => text);
      assert.ok(pages.length > 50 && pages.length < 400, `${pages.length} pages`);
      assert.ok(rows.length > 20, `${rows.length} rows`);
      for (const row of rows.map(solid)) assert.ok(pages.some((page) => page.includes(row)), `cut: ${row}`);
      // The title page has no number; every other page has its own.
      assert.deepEqual(printed.map(({ foot }) => foot), ["", ...pages.slice(1).map((_, before) => `${before + 2}`)]);
      for (const short of await shortTables(tab)) {
        assert.ok(pages.some((page) => short.map(solid).every((row) => page.includes(row))), `cut: ${short}`);
      }
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

test("a table of up to twelve rows stays whole on one sheet, wherever it begins", async () => {
  await inTab({}, async (tab) => {
    await load(tab, url(paper(sites[0])));
    await tab.evaluate(() => {
      const tables = Array.from({ length: 30 }, (_, table) => {
        const rows = Array.from({ length: 12 }, (_, row) => `<tr><td>table ${table}, row ${row},</td></tr>`);
        const words = "Some words before it. ".repeat(1 + 23 * (table % 5));
        return `<h4>A heading</h4><p>${words}</p><div class="scroll"><table><thead><tr><th>Head</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
      });
      const long = Array.from({ length: 90 }, (_, row) => `<tr><td>long, row ${row},</td></tr>`).join("");
      const sheet = `<article class="sheet">${tables.join("")}<div class="scroll"><table><tbody>${long}</tbody></table></div></article>`;
      for (const chapter of document.querySelectorAll(".chapter")) chapter.remove();
      document.querySelector(".paper")?.insertAdjacentHTML("beforeend", `<section class="chapter">${sheet}</section>`);
    });
    const pdf = await tab.pdf({ preferCSSPageSize: true });
    const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
    const pages = (await sheets(document)).map(({ text }) => text);
    for (let table = 0; table < 30; table += 1) {
      const holding = pages.filter((page) => page.includes(`table${table},row`));
      assert.equal(holding.length, 1, `table ${table} lies on ${holding.length} sheets`);
    }
    assert.ok(pages.filter((page) => page.includes("long,row")).length > 1, "a long one goes on");
    await document.destroy();
  });
});

/**
 * The words of each sheet, and those at its foot, in the margin.
 * @param {import("pdfjs-dist").PDFDocumentProxy} document
 */
async function sheets(document) {
  const found = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const words = items.flatMap((item) => ("str" in item ? [{ word: item.str, above: item.transform[5] }] : []));
    const foot = words.filter(({ above }) => above < MARGIN).map(({ word }) => word);
    found.push({ text: solid(words.map(({ word }) => word).join("")), foot: foot.join("").trim() });
  }
  return found;
}

/** The rows of each table of up to twelve. @param {import("playwright-core").Page} tab */
function shortTables(tab) {
  return tab.evaluate(() => {
    const tables = [...document.querySelectorAll(".paper table")].filter((table) => !table.closest(".more"));
    const rows = tables.map((table) => [...table.querySelectorAll("tr")].map((row) => row.textContent ?? ""));
    return rows.filter((rows) => rows.length <= 13);
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
