// Whether HTML is what the HTML standard allows: every page of the hub and of two boroughs, one
// page of each kind of the others. For every page of all sites: `node html-all.mjs`.

import assert from "node:assert/strict";
import { test } from "node:test";

import { named } from "./browser.mjs";
import { invalid } from "./html.mjs";
import { every, pages, sites } from "./sites.mjs";

/** The sites as they are published: the other one is made up, and has hundreds of pages that are alike. */
const whole = ["hub", "barnet", "kingston-upon-thames"].filter((site) => sites.includes(site));

for (const page of pages.filter(({ site }) => !whole.includes(site))) {
  test(`the HTML is sound: ${named(page)}`, async () => {
    assert.equal((await invalid(page.file)).join("\n"), "", page.file);
  });
}

for (const site of whole) {
  test(`the HTML of every page is sound: ${site}`, async () => {
    const files = every(site);
    assert.ok(files.length > 200, `${files.length} pages`);
    for (const file of files) assert.equal((await invalid(file)).join("\n"), "", file);
  });
}
