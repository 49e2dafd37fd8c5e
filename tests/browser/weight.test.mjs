// How much a page weighs: what a telephone has to fetch before it shows all.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { named } from "./browser.mjs";
import { dist, pages, pathOf } from "./sites.mjs";

const LIMIT = 35 * 1024;
/** Style, script, and the sprite of icons. */
const PARTS = /<link rel="stylesheet" href="([^"]+)"|<script[^>]* src="([^"]+)"|<use href="([^"#]+)/g;

// The paper edition is the whole site in one document: whoever opens it asks for all of it.
for (const page of pages.filter(({ kind }) => kind !== "paper edition")) {
  test(`HTML, style, script and icons are at most 35 KB as gzip: ${named(page)}`, () => {
    const html = readFileSync(page.file, "utf8");
    const files = new Set([page.file]);
    for (const [, style, script, sprite] of html.matchAll(PARTS)) {
      files.add(fileOf(page, style ?? script ?? sprite));
    }
    const weights = [...files].map((file) => ({ file, bytes: weigh(file) }));
    const whole = weights.reduce((sum, { bytes }) => sum + bytes, 0);
    const known = page.kind === "form" ? 2 : 4;
    assert.ok(files.size >= known, "its style, script and icons are known");
    assert.ok(whole <= LIMIT, `${whole} bytes: ${JSON.stringify(weights, null, 1)}`);
  });
}

/** @param {import("./sites.mjs").Page} page @param {string} address */
function fileOf(page, address) {
  return address.startsWith("/")
    ? join(dist, page.site, address.slice(pathOf(page.site).length))
    : join(dirname(page.file), address);
}

/** @param {string} file */
function weigh(file) {
  return gzipSync(readFileSync(file), { level: 6 }).length;
}
