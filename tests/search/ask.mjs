// Asks the real client what a test wants to know. One JSON object comes in:
//   {site: folder of a built site, client: folder of the client, asks: [{do, text, …}]}
// and one line of JSON goes out for each of `asks`, in their order.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const { site, client, asks } = JSON.parse(await text(process.stdin));
const { Search } = await import(pathToFileURL(join(client, "search.js")).href);

/** Bytes and requests since somebody last looked. */
let spent = { bytes: 0, requests: 0 };

/** Whether the next root is an old one out of a cache. */
let stale = false;

/** @param {string} url */
async function fetch(url) {
  try {
    const old = stale && url.endsWith("/root");
    if (old) stale = false;
    const bytes = await readFile(join(site, old ? "search/stale" : url.replace(/\/$/, "/index.html")));
    spent.bytes += bytes.length;
    spent.requests += 1;
    return new Response(bytes);
  } catch {
    return new Response("nothing here", { status: 404 });
  }
}

const open = (folder = "search/") => new Search("/", folder, fetch);
const warm = open();

/** @type {Record<string, (search: any, ask: any) => Promise<unknown>>} */
const doing = {
  /** The best documents with every word, and with any. */
  async rank(search, { text: query }) {
    const found = await search.again(() => search.find(query, { exact: true }));
    const score = (/** @type {number} */ document) => [document, found.scores[document]];
    const any = [...found.documents].sort((a, b) => found.scores[b] - found.scores[a] || a - b);
    return { and: found.documents.slice(0, found.whole).slice(0, 10).map(score), or: any.slice(0, 10).map(score) };
  },
  /** All documents with every word. */
  async whole(search, { text: query }) {
    const found = await search.find(query, { exact: true });
    return found.documents.slice(0, found.whole);
  },
  /** What a person sees: the first ten results. */
  async see(search, { text: query, ...options }) {
    const found = await search.again(() => search.find(query, options));
    const shown = await Promise.all(found.documents.slice(0, 10).map((document) => search.store.shown(document)));
    return { ...found, documents: found.documents.length, scores: undefined, marks: [...found.marks], shown };
  },
  /** Words that may have been meant. */
  nearest: (search, { text: word }) => search.nearest(word),
  /** Words that go on. */
  complete: (search, { text: start }) => search.complete(start),
  /** What is left of the results, and how many each value has. */
  async counts(search, { text: query, filter = {} }) {
    return search.narrow(await search.find(query), filter);
  },
  /** A text as the client cuts and folds it. */
  async words(search, { text: query }) {
    const { words } = await import(pathToFileURL(join(client, "text.js")).href);
    return words(await search.store.root(), query).map((word) => word.text);
  },
};

await warm.store.root();
for (const ask of asks) {
  stale = !!ask.stale;
  const search = ask.cold || ask.folder || ask.stale ? open(ask.folder) : warm;
  spent = { bytes: 0, requests: 0 };
  let answer;
  try {
    answer = await doing[ask.do](search, ask);
  } catch (error) {
    answer = { error: String(error) };
  }
  console.log(JSON.stringify({ answer, ...spent }));
}
