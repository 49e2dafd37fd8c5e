// One browser and one server for a file of tests, and pages that keep what goes wrong in them.

import { after, before } from "node:test";
import { join } from "node:path";

import { chromium } from "playwright-core";

import { serve } from "./server.mjs";
import { dist, homeOf, pathOf, sites } from "./sites.mjs";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").BrowserContext} Context */
/** @typedef {import("playwright-core").BrowserContextOptions} Options */
/** @typedef {import("playwright-core").Page} Tab */
/** @typedef {import("./sites.mjs").Page} Page */

// A fresh folder for the browser's data is made by Playwright, and taken away again.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A telephone that is narrow, or a screen of 1280 pixels at 400%. */
export const NARROW = { width: 320, height: 640 };
export const PHONE = { width: 360, height: 740 };
export const WIDE = { width: 1280, height: 800 };

/** Starts the browser that CHROMIUM names, or Debian's. @returns {Promise<Browser>} */
export function start() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/**
 * Starts the browser and serves every site under its own path, for all tests of the file.
 * @param {{under?: string}} [settings] `under`: another path to serve every site under
 */
export function stage(settings = {}) {
  /** @type {Browser} */
  let browser;
  /** @type {Map<string, Awaited<ReturnType<typeof serve>>>} */
  const served = new Map();
  /** One context for each set of options: to make one takes longer than to load a page. @type {Map<string, Promise<Context>>} */
  const contexts = new Map();

  before(async () => {
    browser = await start();
    for (const site of sites) {
      served.set(site, await serve(join(dist, site), settings.under ?? pathOf(site)));
    }
  });
  after(async () => {
    await browser?.close();
    for (const server of served.values()) await server.close();
  });

  return {
    /** The address of a page. @param {Page} page */
    url: (page) => urlOf(served, page),
    /** The host that serves a site. @param {string} site */
    origin: (site) => new URL(urlOf(served, homeOf(site))).origin,
    /**
     * Does something in a new tab and closes it.
     * @param {Options} options
     * @param {(tab: Tab) => Promise<void>} act
     */
    async inTab(options, act) {
      const whole = { viewport: WIDE, reducedMotion: /** @type {const} */ ("reduce"), ...options };
      const key = JSON.stringify(whole);
      const context = contexts.get(key) ?? browser.newContext(whole);
      contexts.set(key, context);
      const tab = await (await context).newPage();
      tab.setDefaultTimeout(30_000);
      try {
        await act(tab);
      } finally {
        await tab.close();
      }
    },
    /**
     * Does something in a tab of its own context, whose connection can be cut.
     * @param {(tab: Tab, cut: (off: boolean) => Promise<void>) => Promise<void>} act
     */
    async offline(act) {
      const context = await browser.newContext({ viewport: WIDE });
      const tab = await context.newPage();
      tab.setDefaultTimeout(30_000);
      try {
        await act(tab, (off) => context.setOffline(off));
      } finally {
        await context.close();
      }
    },
  };
}

/**
 * @param {Map<string, {url: string}>} served
 * @param {Page} page
 */
function urlOf(served, page) {
  const server = served.get(page.site);
  if (!server) throw new Error(`${page.site} is not served`);
  return server.url + page.address;
}

/**
 * Keeps what goes wrong in a tab: requests to other hosts, requests without an answer or with a
 * bad one, errors, and what the Content-Security-Policy stopped.
 * @param {Tab} tab
 * @param {string} origin
 * @returns {string[]} grows as things go wrong
 */
export function wrongs(tab, origin) {
  /** @type {string[]} */
  const found = [];
  tab.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`)) found.push(`asks another host: ${request.url()}`);
  });
  tab.on("requestfailed", (request) => {
    found.push(`no answer: ${request.url()} ${request.failure()?.errorText ?? ""}`);
  });
  tab.on("response", (response) => {
    const isDocument = response.request().isNavigationRequest();
    if (response.status() >= 400 && !isDocument) {
      found.push(`answer ${response.status()}: ${response.url()}`);
    }
  });
  tab.on("console", (message) => {
    const { url } = message.location();
    // The browser says of an unknown address that it is one, and asks every host for an icon
    // where a page names none.
    const isStatus = /status of 404/.test(message.text());
    const isExpected = isStatus && (url === tab.url() || url === `${origin}/favicon.ico`);
    if (["error", "warning"].includes(message.type()) && !isExpected) {
      found.push(`console: ${message.text()} ${url}`);
    }
  });
  tab.on("pageerror", (error) => found.push(`error: ${error.message}`));
  return found;
}

/** Loads a page and waits until its style, script and pictures are there. @param {Tab} tab @param {string} url */
export async function load(tab, url) {
  const response = await tab.goto(url, { waitUntil: "load" });
  if (!response) throw new Error(`${url} has no answer`);
  return response;
}

/** The name of a page in a test. @param {Page} page */
export function named(page) {
  return `${page.site}: ${page.kind} (/${page.address})`;
}
