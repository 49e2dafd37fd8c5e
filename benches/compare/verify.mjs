// Whether what was built is what was to be compared: a page for each entry, links that lead
// somewhere, and an index of search that knows every entry.

import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

import { walk } from "./tree.mjs";

const SAMPLE = 200;

/** Addresses of entries, out of the corpus's files. @param {string} corpus */
export function entries(corpus) {
  const content = join(corpus, "content");
  const files = [...walk(join(content, "london")), ...walk(join(content, "boroughs"))];
  return files.filter((path) => path.endsWith(".md")).map((path) => path.slice(content.length + 1, -3).replace(/^london\//, ""));
}

/** A sentence about a built site. @param {string} name @param {string} site @param {string[]} addresses */
export function check(name, site, addresses) {
  const there = addresses.filter((address) => existsSync(join(site, address, "index.html")));
  const step = Math.max(1, Math.floor(there.length / SAMPLE));
  const sample = [...there.filter((_, at) => at % step === 0).map((address) => `${address}/index.html`), "index.html", "guides/index.html", "boroughs/index.html"];
  const links = sample.flatMap((page) => targets(site, page));
  const broken = links.filter((path) => !leads(path));
  const which = broken.length ? `, the first ${broken[0].slice(resolve(site).length)}` : "";
  return `${name}: ${there.length} of ${addresses.length} entries have a page; of ${links.length} links on ${sample.length} pages ${broken.length} lead nowhere${which}`;
}

/** The files that a page's links inside the site lead to. @param {string} site @param {string} page */
function targets(site, page) {
  const html = readFileSync(join(site, page), "utf8").replace(/<(link|script)\b[^>]*>/g, "");
  const hrefs = [...html.matchAll(/href="([^"#?]+)/g)].map(([, href]) => href);
  const root = resolve(site);
  return hrefs.filter((href) => !/^[a-z]+:/.test(href)).map((href) => (href.startsWith("/") ? join(root, href) : resolve(root, dirname(page), href)));
}

/** @param {string} path */
function leads(path) {
  return existsSync(path) && (!statSync(path).isDirectory() || existsSync(join(path, "index.html")));
}

/** A sentence about Pagefind's index. @param {string} site @param {number} wanted */
export function checkPagefind(site, wanted) {
  const folder = join(site, "pagefind");
  const { languages } = JSON.parse(readFileSync(join(folder, "pagefind-entry.json"), "utf8"));
  const pages = Object.values(languages).reduce((sum, { page_count: count }) => sum + count, 0);
  const filters = readdirSync(join(folder, "filter")).map((name) => filterName(join(folder, "filter", name)));
  return `pagefind: ${pages} of ${wanted} entries are in its index, which narrows by ${filters.sort().join(", ")}`;
}

/** A filter's name: CBOR after a mark of 12 bytes, a list that begins with a short text. @param {string} path */
function filterName(path) {
  const bytes = gunzipSync(readFileSync(path)).subarray(12);
  return bytes.toString("utf8", 2, 2 + (bytes[1] & 0x1f));
}
