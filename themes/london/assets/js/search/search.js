// Searches: words to groups, groups to ranked documents, and help where a word is not known.

import { score } from "./rank.js";
import { Store, decoded } from "./store.js";
import { distance, parse, words } from "./text.js";

/**
 * @typedef {Record<string, number[]>} Filter for each facet places in the root's list; none means all
 * @typedef {object} Options
 * @property {boolean} [typing] whether the last word may go on
 * @property {boolean} [exact] whether words are taken as they are typed
 *
 * @typedef {object} Found
 * @property {number[]} documents best first: those with every word, then those with some
 * @property {number} whole how many have every word
 * @property {Float32Array} scores of every document
 * @property {string | false} mended what was searched for instead, where a word is not known; nobody is told while they type
 * @property {Set<string>} marks the words to mark in results
 * @property {Record<number, string>} passages what a phrase stands in
 */

/** An index that can be searched. */
export class Search {
  /** @param {string} site the site's root, with its slash @param {string} folder the folder of the index, from there @param {import("./store.js").Fetch} [fetch] */
  constructor(site, folder, fetch = globalThis.fetch.bind(globalThis)) {
    this.store = new Store(site, folder, fetch);
  }

  /**
   * Does something. If a file of the index is gone or broken, the site may have been published
   * anew: then once more with the new root. @template T @param {() => Promise<T>} act
   */
  again(act) {
    return act().catch(() => {
      this.store.forget();
      return act();
    });
  }

  /** @param {string} text @param {Options} [options] @returns {Promise<Found>} */
  async find(text, { typing, exact } = {}) {
    const root = await this.store.root();
    const { words: asked, phrases } = parse(root, text.slice(0, 1000));
    const last = typing && asked[asked.length - 1];
    const [norms, ...hits] = await Promise.all([this.store.file("norms"), ...asked.map((word) => this.mend(word, word === last, exact))]);
    // Any bytes look like lengths: those of a page too, with which some hosts answer.
    if (root.count !== norms.length) throw new RangeError();
    const meant = hits.map((hit, at) => hit?.word ?? asked[at]).join(" ");
    const known = hits.flatMap((hit) => hit ?? []);
    const groups = new Set(known.map(({ group }) => group));
    const scores = new Float32Array(root.count);
    const times = new Uint8Array(root.count);
    for (const group of groups) {
      score(root, group, norms, (document, worth) => {
        scores[document] += worth;
        times[document]++;
      });
    }
    const most = known.length < hits.length ? Infinity : groups.size;
    const has = (/** @type {number} */ document) => +(times[document] >= most);
    const some = [...times.keys()].filter((document) => times[document]).sort((a, b) => has(b) - has(a) || scores[b] - scores[a] || a - b);
    const whole = some.filter(has);
    const passages = {};
    const said = phrases.length && (await this.saying(phrases, whole, passages));
    return {
      documents: said || some,
      whole: (said || whole).length,
      scores,
      mended: !typing && meant !== asked.join(" ") && meant,
      marks: new Set(known.flatMap(({ forms }) => forms)),
      passages,
    };
  }

  /** The shard that has a surface if any has. @param {string} word */
  async look(word) {
    const { keys } = await this.store.root();
    return this.store.shard(Math.max(1, keys.filter((key) => key <= word).length) - 1);
  }

  /** The group of a surface, and its other forms. @param {string} word */
  async hit(word) {
    const { words, places } = await this.look(word);
    const place = places[words.indexOf(word)];
    if (!place) return;
    const { groups } = await this.store.shard(place[0]);
    const forms = words.filter((_, at) => `${places[at]}` === `${place}`);
    return { word, group: groups[place[1]], forms };
  }

  /** The group of a word, or of what was meant. @param {string} word @param {boolean} [typing] @param {boolean} [exact] */
  async mend(word, typing, exact) {
    const hit = await this.hit(word);
    if (hit || exact) return hit;
    const [longer] = typing ? await this.complete(word) : [];
    if (longer) return this.hit(longer);
    const [nearest] = await this.nearest(word);
    return nearest && this.hit(nearest);
  }

  /** Words that go on from what is typed, the commonest first. @param {string} start */
  async complete(start) {
    const { stop } = await this.store.root();
    const { words, places } = await this.look(start);
    const going = words.flatMap((word, at) => (word.startsWith(start) && !stop.includes(word) ? { word, common: places[at][2] } : []));
    return going.sort((a, b) => b.common - a.common || a.word.length - b.word.length).slice(0, 5).map(({ word }) => word);
  }

  /** Words that may have been meant, the likeliest first. @param {string} word */
  async nearest(word) {
    const most = word.length > 7 ? 2 : 1;
    if (word.length < 4) return [];
    const words = await this.store.words();
    // A letter left out or two swapped happen in few ways, so each is likelier than one of the
    // many letters that may be added or exchanged.
    const letters = (/** @type {string} */ text) => [...text].sort().join();
    const near = words.flatMap(({ word: other, common }) => {
      const far = distance(word, other, most);
      const likely = other.length > word.length || letters(other) === letters(word);
      return far > most ? [] : { other, unlike: far * 4 - (other[0] === word[0] ? 2 : 0) - (likely ? 1 : 0) - common / 99 };
    });
    return near.sort((a, b) => a.unlike - b.unlike).slice(0, 3).map(({ other }) => other);
  }

  /**
   * What is left of what was found, and how many there are of each value as long as the other
   * facets stay as they are. @param {Found} found @param {Filter} filter
   */
  async narrow({ documents, whole }, filter) {
    const has = await this.store.facets();
    const fits = (/** @type {number} */ document, but = "") => Object.keys(filter).every((facet) => facet === but || !filter[facet].length || has[facet][document].some((value) => filter[facet].includes(value)));
    /** @type {Record<string, number[]>} */
    const counts = {};
    for (const facet in has) {
      const count = (counts[facet] = /** @type {number[]} */ ([]));
      for (const document of documents.slice(0, whole || undefined)) {
        if (fits(document, facet)) for (const value of has[facet][document]) count[value] = (count[value] ?? 0) + 1;
      }
    }
    const left = (/** @type {number[]} */ list) => list.filter((document) => fits(document));
    return { documents: left(documents), whole: left(documents.slice(0, whole)).length, counts };
  }

  /** Those of the best 24 documents that say every phrase, each with a passage. @param {string[][]} phrases @param {number[]} documents @param {Record<number, string>} passages */
  async saying(phrases, documents, passages) {
    const root = await this.store.root();
    const pages = documents.slice(0, 24).map(async (document) => {
      const [, url] = await this.store.shown(document);
      const html = decoded(await this.store.bytes(url.replace(/#.*/, "")));
      const text = html.replace(/^[^]*<main[^>]*>|<\/main>[^]*$|<[^>]*>|&[#\w]+;/g, " ").replace(/\s+/g, " ");
      const all = words(root, text);
      const places = phrases.map((phrase) => all.findIndex((_, at) => phrase.every((word, next) => all[at + next]?.text === word)));
      if (places.includes(-1)) return [];
      const { at } = all[Math.max(0, places[0] - 10)];
      passages[document] = `… ${text.slice(at, at + 180)} …`;
      return [document];
    });
    return (await Promise.all(pages)).flat();
  }
}
