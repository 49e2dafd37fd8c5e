// Asks the real client while files of the index are damaged, one at a time, in ways drawn from a
// seed. One JSON object comes in: {site, client, seed, rounds, queries}. Before each round a line
// says what is damaged, so that the last line names what hangs; the last line of all is "done".

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const { site, client, seed, rounds, queries } = JSON.parse(await text(process.stdin));
const { Search } = await import(pathToFileURL(join(client, "search.js")).href);

/** Numbers that look random and are the same in every run (mulberry32). */
let state = seed;
function below(/** @type {number} */ end) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
}

/** @type {Record<string, Uint8Array>} */
const files = {};
for (const entry of await readdir(join(site, "search"), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile()) files[path.slice(site.length + 1)] = await readFile(path);
}
// The root is JSON and says how large everything is; it is damaged in the first three ways only.
const names = Object.keys(files).sort();

/** Each gives other bytes; those after the third keep what they damage from being noticed at once. @type {Record<string, (bytes: Uint8Array) => Uint8Array>} */
const damages = {
  cut: (bytes) => bytes.slice(0, below(bytes.length)),
  empty: () => new Uint8Array(),
  "a page": () => new TextEncoder().encode("<!doctype html><title>Not found</title>"),
  "one byte": (bytes) => bytes.with(below(bytes.length), below(256)),
  "a high byte": (bytes) => bytes.with(below(bytes.length), 255),
  zeros: (bytes) => bytes.slice().fill(0, below(bytes.length)),
  noise: (bytes) => bytes.map((byte) => (below(8) ? byte : below(256))),
  "cut within": (bytes) => bytes.slice(0, below(bytes.length)),
  "another file": () => inflated(names[below(names.length)]),
};

/** @param {string} name */
const inflated = (name) => (files[name][0] === 31 ? new Uint8Array(gunzipSync(files[name])) : files[name]);

/** What one search gives. @param {any} search */
const asked = async (search, /** @type {string} */ query, /** @type {object} */ options) => {
  const found = await search.find(query, options);
  const { count } = await search.store.root();
  const shown = await Promise.all(found.documents.slice(0, 10).map((/** @type {number} */ document) => search.store.shown(document)));
  await search.narrow(found, { kind: [0] });
  const { documents, whole } = found;
  const sound = new Set(documents).size === documents.length && documents.every((/** @type {number} */ one) => one >= 0 && one < count);
  if (!sound || whole > documents.length) throw Object.assign(new Error("an answer that cannot be"), { wrong: true });
  return JSON.stringify({ documents, whole, shown, words: await search.complete(query), near: await search.nearest(query) });
};

/** @param {(url: string) => Uint8Array | undefined} bytes */
const open = (bytes) => new Search("", "search/", async (/** @type {string} */ url) => new Response(bytes(url), { status: bytes(url) ? 200 : 404 }));

const whole = open((url) => files[url]);
const right = await Promise.all(queries.map((/** @type {string} */ query) => asked(whole, query, {})));
let noticed = 0;
for (let round = 0; round < rounds; round++) {
  const name = names[below(names.length)];
  const ways = Object.keys(damages).slice(0, name.endsWith("root") ? 3 : undefined);
  const at = below(ways.length);
  // The first three meet the file as it goes over the wire, the others what comes out of it.
  const damaged = damages[ways[at]](at < 3 ? files[name] : inflated(name));
  console.log(`round ${round}: ${name}, ${ways[at]}`);
  for (const [number, query] of queries.entries()) {
    const search = open((url) => (url === name ? damaged : files[url]));
    for (const options of [{}, { typing: true }]) {
      await asked(search, query, options).catch((error) => {
        if (error.wrong) throw error;
        noticed += 1;
      });
    }
    // What was cut on its way once is asked for again, and then the answer is right.
    let times = at < 3 ? 1 : 0;
    const again = open((url) => (url === name && times-- > 0 ? damaged : files[url]));
    if (at < 3 && (await again.again(() => asked(again, query, {}))) !== right[number]) throw new Error(`${query}: another answer`);
  }
}
if (!noticed) throw new Error("nothing was damaged so that it showed");
console.log("done");
