// Searches: words to groups, groups to ranked documents, and help where a word is not known.

import { score } from "./rank.js";
import { Store } from "./store.js";
import { distance, parse, words } from "./text.js";

/**
 * @typedef {{kind?: number[], need?: number[], phase?: number[], owner?: number[]}} Filter places in the root's lists
 * @typedef {object} Options
 * @property {boolean} [typing] whether the last word may go on
 * @property {boolean} [exact] whether words are taken as they are typed
 * @property {Filter} [filter]
 *
 * @typedef {object} Found
 * @property {number[]} documents best first
 * @property {number} whole how many of them have every word
 * @property {Float32Array} scores of every document
 * @property {string} asked what was searched for: other than what was typed where a word was mended
 * @property {boolean} mended
 * @property {Set<string>} marks the words to mark in results
 * @property {Map<number, string>} passages what a phrase stands in
 */

/** How many pages are looked at for a phrase. */
const LOOKED_AT = 24;

/** An index that can be searched. */
export class Search {
  /**
   * @param {string} site the site's root, with its slash
   * @param {string} folder the folder of the index, from there, with its slash
   * @param {import("./store.js").Fetch} [fetch]
   */
  constructor(site, folder = "search/", fetch = (url, options) => globalThis.fetch(url, options)) {
    this.store = new Store(site + folder, site, fetch);
  }

  /** Fetches what every search needs. */
  async warm() {
    await this.root();
    await this.store.norms();
  }

  /** @returns {Promise<import("./store.js").Root>} */
  root() {
    this.opening ??= this.store.open();
    this.opening.catch(() => (this.opening = undefined));
    return this.opening;
  }

  /**
   * Does something with the index. If a file of it is gone or broken, the site may have been
   * published anew: then once more with the new root.
   * @template T @param {() => Promise<T>} act @returns {Promise<T>}
   */
  async again(act) {
    try {
      await this.root();
      return await act();
    } catch {
      this.opening = this.store.open("reload");
      this.opening.catch(() => (this.opening = undefined));
      this.store.files.clear();
      await this.opening;
      return act();
    }
  }

  /** @param {string} text @param {Options} [options] @returns {Promise<Found>} */
  find(text, options = {}) {
    return this.again(() => this.search(text.slice(0, 1000), options));
  }

  /** @param {string} text @param {Options} options @returns {Promise<Found>} */
  async search(text, options) {
    const root = await this.root();
    const { words: asked, phrases } = parse(root, text);
    const [norms, ...found] = await Promise.all([this.store.norms(), ...asked.map((word, at) => this.mend(word, { ...options, typing: options.typing && at === asked.length - 1 && text.endsWith(text.trim()) }))]);
    const marks = new Set();
    /** @type {Set<import("./store.js").Group>} */
    const groups = new Set();
    let [known, mended] = [true, false];
    found.forEach((hit, at) => {
      if (!hit) return (known = false);
      mended ||= hit.mended;
      if (hit.mended) asked[at] = hit.word;
      hit.forms.forEach((form) => marks.add(form));
      groups.add(hit.group);
    });
    const scores = new Float32Array(root.count);
    const hits = new Uint8Array(root.count);
    for (const group of groups) {
      score(root, group, norms, (document, worth) => {
        scores[document] += worth;
        hits[document] += 1;
      });
    }
    const fits = await this.fitting(options.filter);
    /** @type {number[][]} */
    const [whole, part] = [[], []];
    hits.forEach((hit, document) => {
      if (hit && fits(document)) (known && hit === groups.size ? whole : part).push(document);
    });
    const best = (/** @type {number} */ a, /** @type {number} */ b) => scores[b] - scores[a] || a - b;
    whole.sort(best);
    const passages = new Map();
    const documents = phrases.length ? await this.saying(phrases, whole, passages) : [...whole, ...part.sort(best)];
    return { documents, whole: phrases.length ? documents.length : whole.length, scores, asked: asked.join(" "), mended, marks, passages };
  }

  /** The shard that has a surface if any has. @param {string} word */
  async look(word) {
    const { keys } = await this.root();
    let shard = 0;
    for (let end = keys.length; end - shard > 1; ) {
      const middle = (shard + end) >> 1;
      if (keys[middle] <= word) shard = middle;
      else end = middle;
    }
    return keys.length ? this.store.shard(shard) : undefined;
  }

  /** The group of a surface, and its other forms. @param {string} word */
  async hit(word) {
    const shard = await this.look(word);
    const at = shard?.at.get(word);
    if (!shard || at === undefined) return undefined;
    const [number, there] = shard.places[at];
    const { groups } = there === undefined ? shard : await this.store.shard(number);
    const forms = shard.words.filter((_, form) => shard.places[form][0] === number && shard.places[form][1] === there);
    return { word, group: groups[there ?? number], forms, mended: false };
  }

  /** The group of a word, or of what was meant. @param {string} word @param {Options} options */
  async mend(word, { typing, exact }) {
    const hit = await this.hit(word);
    if (hit || exact) return hit;
    const [longer] = typing ? await this.complete(word) : [];
    if (longer) return this.hit(longer);
    const [nearest] = await this.nearest(word);
    const meant = nearest && (await this.hit(nearest));
    return meant && { ...meant, mended: true };
  }

  /** Words that go on from what is typed, the commonest first. @param {string} start */
  async complete(start, limit = 5) {
    const shard = await this.look(start);
    if (!shard) return [];
    const common = (/** @type {string} */ word) => {
      const [number, there, size] = shard.places[shard.at.get(word) ?? 0];
      const { from, to } = there === undefined ? shard.groups[number] : { from: 0, to: 2 ** size };
      return to - from;
    };
    const going = shard.words.filter((word) => word.startsWith(start) && word !== start);
    return going.sort((a, b) => common(b) - common(a) || a.length - b.length).slice(0, limit);
  }

  /** Words that may have been meant, the likeliest first. @param {string} word */
  async nearest(word, limit = 3) {
    const most = word.length > 7 ? 2 : word.length > 3 ? 1 : 0;
    if (!most) return [];
    const { words: known, classes } = await this.store.words();
    const near = known.map((other, at) => ({ other, far: distance(word, other, most), common: classes[at] }));
    // A letter left out or two swapped happen in few ways, so each is likelier than one of the
    // many letters that may be added or exchanged.
    const letters = (/** @type {string} */ text) => [...text].sort().join("");
    const likely = (/** @type {string} */ other) => Number(other[0] === word[0]) * 2 + Number(other.length > word.length || letters(other) === letters(word));
    return near
      .filter(({ far }) => far <= most)
      .sort((a, b) => a.far - b.far || likely(b.other) - likely(a.other) || b.common - a.common)
      .slice(0, limit)
      .map(({ other }) => other);
  }

  /** Whether a document is among what results are narrowed to. @param {Filter} [filter] @param {string} [but] a facet that does not count */
  async fitting(filter = {}, but = "") {
    const wanted = Object.entries(filter).filter(([facet, values]) => values?.length && facet !== but);
    if (!wanted.length) return () => true;
    const has = await this.values();
    return (/** @type {number} */ document) => wanted.every(([facet, values]) => has[facet](document).some((value) => values?.includes(value)));
  }

  /** For each facet the values of a document. @returns {Promise<Record<string, (document: number) => number[]>>} */
  async values() {
    const { phase } = await this.root();
    const { owner, kind, phases, needs } = await this.store.facets();
    return {
      owner: (document) => [owner[document]],
      kind: (document) => [kind[document]],
      need: (document) => needs[document],
      phase: (document) => phase.flatMap((_, bit) => ((phases[document] >> bit) & 1 ? [bit] : [])),
    };
  }

  /** How many of the documents with each value there are, if the other facets stay as they are. @param {number[]} documents unnarrowed @param {Filter} filter */
  async counts(documents, filter) {
    const has = await this.values();
    /** @type {Record<string, Map<number, number>>} */
    const counts = {};
    for (const facet of Object.keys(has)) {
      const fits = await this.fitting(filter, facet);
      const count = (counts[facet] = new Map());
      for (const document of documents) {
        if (fits(document)) for (const value of has[facet](document)) count.set(value, (count.get(value) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** Those of the best documents that say every phrase, each with a passage. @param {string[][]} phrases @param {number[]} documents @param {Map<number, string>} passages */
  async saying(phrases, documents, passages) {
    const root = await this.root();
    const pages = documents.slice(0, LOOKED_AT).map(async (document) => {
      const [, url] = await this.store.shown(document);
      const html = new TextDecoder().decode(await this.store.bytes(this.store.site + url.replace(/#.*/, "")));
      const text = html.replace(/^[^]*<main[^>]*>|<\/main>[^]*$/g, "").replace(/<[^>]*>/g, " ").replace(/&[#\w]+;/g, " ").replace(/\s+/g, " ");
      const all = words(root, text);
      const places = phrases.map((phrase) => all.findIndex((_, at) => phrase.every((word, next) => all[at + next]?.text === word)));
      if (places.includes(-1)) return [];
      const { at } = all[Math.max(0, places[0] - 10)];
      passages.set(document, `… ${text.slice(at, at + 180)} …`);
      return [document];
    });
    return (await Promise.all(pages)).flat();
  }
}
