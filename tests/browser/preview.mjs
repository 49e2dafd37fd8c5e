// The preview as an editor has it: the real program on a copy of the project, and a browser.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before } from "node:test";

import { WIDE, start, wrongs } from "./browser.mjs";
import { extra, program, project, today } from "./build.mjs";

/** @typedef {import("playwright-core").Page} Tab */
/** @typedef {Awaited<ReturnType<typeof open>>} Preview */

/** How long a server may take to start or to see a change, before the test fails. */
const PATIENCE = 20_000;

/** The page that most tests have open, and the file of Barnet's layer that it is made from. */
export const PAGE = "/barnet/provision/autism/";
export const FILE = "content/boroughs/barnet/provision/autism.md";
/** Words in that file, and on that page. */
export const WORDS = "Barnet and its SENCos made a";
/** A file of whose text no other page shows anything. */
const SENTINEL = "content/boroughs/bexley/guides/sentinel.md";

/**
 * A copy of the project, served until it is closed.
 * @param {{arguments?: string[], extra?: boolean, files?: Record<string, string | ((text: string) => string)>}} [options]
 *   `files`: what they say when the program starts, or what becomes of the text that they have; `extra`:
 *   with the made-up borough, in which links have warnings
 */
async function open(options = {}) {
  const root = mkdtempSync(join(tmpdir(), "ordinarily-preview-"));
  for (const folder of options.extra ? [project, extra] : [project]) {
    cpSync(join(folder, "content"), join(root, "content"), { recursive: true });
  }
  cpSync(join(project, "themes"), join(root, "themes"), { recursive: true });
  const put = (/** @type {string} */ path, /** @type {string | ((text: string) => string)} */ text) => {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof text === "string" ? text : text(readFileSync(file, "utf8")));
  };
  const files = { [SENTINEL]: page("Sentinel"), ...options.files };
  for (const [path, text] of Object.entries(files)) put(path, text);

  let server = await serve(root, 0, options.arguments ?? []);
  const { origin } = server;
  const preview = {
    origin,
    /** The text of a file. @param {string} path */
    read: (path) => readFileSync(join(root, path), "utf8"),
    /** Does something to files, and waits until the program has seen it. @param {() => void} act @returns {Promise<number>} the number of the generation */
    async change(act) {
      const seen = server.next();
      act();
      return seen;
    },
    /** Writes a file. @param {string} path @param {string | ((text: string) => string)} text */
    write: (path, text) => preview.change(() => put(path, text)),
    /** Replaces words in a file. @param {string} path @param {string} words @param {string} by */
    replace(path, words, by) {
      const text = preview.read(path);
      if (!text.includes(words)) throw new Error(`${path} does not say “${words}”`);
      return preview.write(path, text.replace(words, () => by));
    },
    /** Deletes a file or a folder. @param {string} path */
    remove: (path) => preview.change(() => rmSync(join(root, path), { recursive: true })),
    /** Changes a file while nobody serves. @param {string} path @param {string} text */
    put,
    stop: () => server.stop(),
    /** Starts the program again at the same port. */
    async startAgain() {
      server = await serve(root, Number(new URL(origin).port), options.arguments ?? []);
    },
    async close() {
      await server.stop();
      rmSync(root, { recursive: true });
    },
  };
  return preview;
}

/**
 * @param {string} root
 * @param {number} port
 * @param {string[]} more
 */
async function serve(root, port, more) {
  const words = ["--root", root, "serve", "--port", String(port), "--today", today, ...more];
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("exit", () => done(undefined)));
  const said = { text: "", read: 0 };
  /** @type {Set<() => void>} */
  const listeners = new Set();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said.text += text;
      for (const listener of listeners) listener();
    });
  }
  /** Waits until the program says something new that fits. @param {RegExp} pattern @returns {Promise<string>} */
  const says = (pattern) =>
    new Promise((done, failed) => {
      const fail = (/** @type {string} */ why) => {
        listeners.delete(listen);
        clearTimeout(timer);
        failed(new Error(`${why} ${pattern}; it said:\n${said.text}`));
      };
      const listen = () => {
        const found = pattern.exec(said.text.slice(said.read));
        if (!found) return;
        said.read += found.index + found[0].length;
        listeners.delete(listen);
        clearTimeout(timer);
        done(found[1]);
      };
      const timer = setTimeout(() => fail("the program did not say"), PATIENCE);
      void ended.then(() => listeners.has(listen) && fail("the program ended before it said"));
      listeners.add(listen);
      listen();
    });
  return {
    origin: await says(/^Preview at (http:\S+)\/ .*\n/m),
    /** The number of the next generation. */
    async next() {
      said.read = said.text.length;
      return Number(await says(/^(\d+): .*\n/m));
    },
    /** Ends the program, by its own handle. */
    async stop() {
      if (child.exitCode === null) child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Starts the browser for all tests of a file. */
export function previewStage() {
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await start();
  });
  after(() => browser?.close());

  return {
    /**
     * Opens a preview and a tab, and closes them. At the end nothing may have gone wrong in the tab.
     * @param {Parameters<typeof open>[0] & {at?: string, tab?: import("playwright-core").BrowserContextOptions, expected?: RegExp}} options
     *   `at`: the page that is open; `expected`: what may go wrong
     * @param {(preview: Preview, tab: Tab) => Promise<void>} act
     */
    async editing(options, act) {
      const preview = await open(options);
      const context = await browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...options.tab });
      try {
        const tab = await context.newPage();
        tab.setDefaultTimeout(PATIENCE);
        const wrong = wrongs(tab, preview.origin);
        await knowsAll(preview.origin);
        await tab.goto(preview.origin + (options.at ?? PAGE));
        await act(preview, tab);
        // What a reload or the end of a page cuts off has not gone wrong.
        const rest = wrong.filter((what) => !/ERR_ABORTED/.test(what) && !options.expected?.test(what));
        if (rest.length > 0) throw new Error(rest.join("\n"));
      } finally {
        await context.close();
        await preview.close();
      }
    },
  };
}

/**
 * Waits until the preview has followed all links and asked all rules: what it finds shows in pages
 * that are open by then, and no test is about that moment.
 * @param {string} origin
 */
async function knowsAll(origin) {
  for (let left = 600; left > 0; left -= 1) {
    const html = await (await fetch(`${origin}/_problems/`)).text();
    if (!html.includes("data-looking")) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("the preview has not followed all links after half a minute");
}

/** Waits until a page has heard of a generation. @param {Tab} tab @param {number} generation */
export async function hears(tab, generation) {
  await tab.waitForFunction((wanted) => {
    const host = document.getElementById("ordinarily-preview");
    return Number(host?.dataset.generation ?? 0) >= wanted;
  }, generation);
}

/** Waits until the list of problems knows all there is. @param {Tab} tab */
export async function lookedThrough(tab) {
  await tab.waitForFunction(() => document.querySelector("h1") && !document.querySelector("[data-looking]"));
}

/** Waits until a page says something in its main part. @param {Tab} tab @param {string} words */
export async function shows(tab, words) {
  await tab.waitForFunction((wanted) => document.querySelector("main")?.textContent?.includes(wanted), words);
}

/**
 * Shows that a page does not load again for what is done, nor for anything that was done before: it
 * has heard of an edit that was made afterwards.
 * @param {Preview} preview
 * @param {Tab} tab
 * @param {() => Promise<unknown>} act
 */
export async function withoutReload(preview, tab, act) {
  await tab.evaluate(() => Object.assign(window, { marker: "here since before" }));
  await act();
  const generation = await preview.write(SENTINEL, (text) => `${text}\nAnd a sentence more.\n`);
  await hears(tab, generation);
  const marker = await tab.evaluate(() => Object(window).marker);
  if (marker !== "here since before") throw new Error("the page has loaded again");
}

/** A sound page with a title. @param {string} title @param {string} [more] lines of front matter */
export function page(title, more = "") {
  const facts = "reviewed: 2026-11-01\nreview_by: 2027-11-01\nowner: Demonstration editors\n";
  return `---\ntitle: ${title}\nsummary: What it is, in one sentence.\n${facts}${more}---\nWords.\n`;
}

/** What lies over a page. @param {Tab} tab */
export const over = (tab) => tab.locator("#ordinarily-preview .over");

/** The editor's bar. @param {Tab} tab */
export const bar = (tab) => tab.locator("#ordinarily-preview .bar");

/** The line of the file that a text begins in, from 1. @param {string} text @param {string} words */
export const lineOf = (text, words) => text.slice(0, text.indexOf(words)).split("\n").length;

/** Runs in the page: what has the focus, also within the preview, and why one could not see that. */
export function focusShown() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return { name: "nothing", problem: "has the focus" };
  const name = `${element.localName} ${element.textContent?.trim()}`;
  const style = getComputedStyle(element);
  const { left, top, right, bottom } = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const root = /** @type {Document | ShadowRoot} */ (element.getRootNode());
  const holds = (/** @type {number} */ x, /** @type {number} */ y) => {
    const found = root.elementFromPoint(x, y);
    return found !== null && (element.contains(found) || found.contains(element));
  };
  const inView = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const onTop = holds((left + right) / 2, (top + bottom) / 2) || holds(left + 4, top + 4);
  const problem = [!drawn && "no outline is drawn", !inView && "it is out of view", !onTop && "something lies over it"];
  return { name, problem: problem.filter(Boolean).join(", ") };
}
