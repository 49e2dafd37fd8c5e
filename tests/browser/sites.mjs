// What the tests look at: the built sites, and one page of each kind in each of them.

import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "./build.mjs";

/**
 * @typedef {object} Kind
 * @property {string} name
 * @property {RegExp} at which files may be of this kind
 * @property {RegExp} [holds] what such a file has to hold
 * @property {RegExp} [lacks] what such a file must not hold
 */

const main = String.raw`[a-z0-9-]+/index\.html$`;

/** What a page with expectations holds. */
const EXPECTS = /class="expectation"/;

/** Every kind of page. The first file of a site that fits stands for its kind. @type {Kind[]} */
const KINDS = [
  { name: "home", at: /^index\.html$/ },
  { name: "needs", at: /^needs\/index\.html$/ },
  { name: "need with provision", at: /^needs\/autism\/index\.html$/, holds: EXPECTS },
  { name: "need without provision", at: new RegExp(`^needs/${main}`), lacks: EXPECTS },
  { name: "shared provision", at: /^provision\/speech-language-communication\/index\.html$/ },
  { name: "adapted provision", at: /^(boroughs\/barnet\/)?provision\/autism\/index\.html$/, holds: /class="[^"]*\badapted\b/ },
  { name: "own provision", at: /^provision\/ordinarily-available\/index\.html$/ },
  { name: "whole-school topic", at: /^provision\/assessment\/index\.html$/ },
  { name: "guide with steps", at: /^guides\/getting-help\/index\.html$/, holds: /class="route/ },
  { name: "guide with everything", at: /^guides\/everything\/index\.html$/ },
  { name: "guide with a very long title and word", at: /^guides\/long\/index\.html$/ },
  { name: "guide", at: /^guides\/sen-support\/index\.html$/ },
  { name: "service", at: /^services\/(outreach|early-intervention-panel|sendiass)\/index\.html$/ },
  { name: "place", at: new RegExp(`^(boroughs/[a-z-]+/)?places/${main}`) },
  { name: "place with a point", at: /^places\/unit\/index\.html$/ },
  { name: "training", at: /^training\/attachment\/index\.html$/ },
  { name: "training with dates", at: new RegExp(`^training/${main}`), holds: /id="part-dates"/ },
  { name: "event", at: new RegExp(`^(boroughs/[a-z-]+/)?events/${main}`) },
  { name: "toolkit", at: /^(boroughs\/[a-z-]+\/)?toolkits\/(kit|senco-toolkit)\/index\.html$/ },
  { name: "form", at: /^files\/sen-support-record\.html$/ },
  { name: "practice", at: new RegExp(`^(boroughs/[a-z-]+/)?practice/${main}`) },
  { name: "network", at: new RegExp(`^networks/${main}`) },
  { name: "news", at: new RegExp(`^news/${main}`), holds: /class="kicker"/ },
  { name: "you said, we did", at: new RegExp(`^feedback/${main}`) },
  { name: "data with a chart", at: /^data\/(figures|admissions-survey-2018)\/index\.html$/, holds: /class="bars"/ },
  { name: "data without figures", at: /^data\/sen-register\/index\.html$/ },
  { name: "list", at: /^provision\/index\.html$/ },
  { name: "matrix of expectations", at: /^expectations\/index\.html$/ },
  { name: "expectations of a need", at: /^expectations\/autism\/index\.html$/ },
  { name: "expectations of a need at an age", at: /^expectations\/autism\/primary\/index\.html$/ },
  { name: "statutory headings", at: /^coverage\/index\.html$/ },
  { name: "self-evaluation", at: /^self-evaluation\/index\.html$/ },
  { name: "comparing boroughs", at: /^compare\/autism\/index\.html$/ },
  { name: "needs to compare on", at: /^compare\/index\.html$/ },
  { name: "empty list", at: /^(news|feedback)\/index\.html$/, holds: /class="missing/ },
  { name: "page of a long list", at: /^news\/page\/2\/index\.html$/ },
  { name: "places with figures", at: /^places\/index\.html$/, holds: /class="bars"/ },
  { name: "places on a map", at: /^places\/index\.html$/, holds: /class="places-map/ },
  { name: "list for an age", at: /^ages\/primary\/index\.html$/ },
  { name: "list for an audience", at: /^for\/parents\/index\.html$/ },
  { name: "translation", at: /^pl\/provision\/autism\/index\.html$/ },
  { name: "translation from right to left", at: new RegExp(`^ar/places/${main}`) },
  { name: "welcome in another language", at: /^pl\/index\.html$/ },
  { name: "Easy Read version", at: /^(places\/unit|provision\/autism)\/easy-read\/index\.html$/ },
  { name: "glossary", at: /^glossary\/index\.html$/ },
  { name: "A to Z", at: /^a-z\/index\.html$/ },
  { name: "letter of a long A to Z", at: /^a-z\/n\/index\.html$/ },
  { name: "search", at: /^search\/index\.html$/ },
  { name: "search from right to left", at: /^ar\/search\/index\.html$/ },
  { name: "paper edition", at: /^paper\/index\.html$/ },
  { name: "about", at: /^about\/index\.html$/ },
  { name: "boroughs", at: /^boroughs\/index\.html$/ },
  { name: "borough section", at: /^boroughs\/barnet\/index\.html$/ },
  { name: "section of a borough without pages", at: new RegExp(`^boroughs/${main}`), holds: /class="missing"/ },
  { name: "partner section", at: new RegExp(`^partners/${main}`) },
  { name: "unknown address", at: /^404\.html$/ },
];

/** An address where there is nothing. */
const NOWHERE = "no/such/page/";

/** What a redirect is known by. */
const REDIRECT = /http-equiv="refresh"/;

/**
 * @typedef {object} Page
 * @property {string} site the site's folder
 * @property {string} kind
 * @property {string} address from the site's root: `needs/autism/`
 * @property {string} file its place on the disk
 */

/** The folder of the built sites: ORDINARILY_DIST, or sites built just now. */
export const dist = process.env.ORDINARILY_DIST ?? built();

/** The sites in it. */
export const sites = readdirSync(dist)
  .filter((site) => existsSync(join(dist, site, "index.html")))
  .sort();

/** One page of each kind in each site. @type {Page[]} */
export const pages = sites.flatMap((site) => {
  const files = htmlFiles(site);
  return KINDS.flatMap((kind) => {
    const fits = (/** @type {string} */ path) =>
      kind.at.test(path) &&
      (kind.holds?.test(read(site, path)) ?? true) &&
      !kind.lacks?.test(read(site, path));
    const path = files.find(fits);
    return path ? [pageAt(site, kind.name, path)] : [];
  });
});

/** Pages of old addresses. */
export const redirects = sites.flatMap((site) =>
  htmlFiles(site)
    .filter((path) => REDIRECT.test(read(site, path)))
    .map((path) => pageAt(site, "redirect", path)),
);

/** The files of all pages of a site. @param {string} site */
export const every = (site) => htmlFiles(site).map((path) => join(dist, site, path));

/** The kinds that no site has a page of. */
export const absent = KINDS.map((kind) => kind.name).filter(
  (name) => !pages.some((page) => page.kind === name),
);

/** The path that a site is published under, from slash to slash: its page for unknown addresses knows it. @param {string} site */
export function pathOf(site) {
  const home = /class="brand" href="([^"]+)"/.exec(read(site, "404.html"));
  if (!home) throw new Error(`${site}/404.html has no link to the home page`);
  return home[1];
}

/** The home page of a site. @param {string} site */
export function homeOf(site) {
  return pageAt(site, "home", "index.html");
}

function built() {
  const out = mkdtempSync(join(tmpdir(), "ordinarily-browser-"));
  process.on("exit", () => rmSync(out, { recursive: true, force: true }));
  build(out);
  return out;
}

/** @param {string} site @returns {string[]} */
function htmlFiles(site) {
  const all = /** @type {string[]} */ (readdirSync(join(dist, site), { recursive: true }));
  return all.filter((path) => path.endsWith(".html")).sort();
}

/** @param {string} site @param {string} path */
function read(site, path) {
  return readFileSync(join(dist, site, path), "utf8");
}

/** @param {string} site @param {string} kind @param {string} path @returns {Page} */
function pageAt(site, kind, path) {
  const address = path === "404.html" ? NOWHERE : path.replace(/(^|\/)index\.html$/, "$1");
  return { site, kind, address, file: join(dist, site, path) };
}
