// The files of the index: fetched, inflated, read. What they hold is told where they are written,
// in `src/search/export/`.

/**
 * @typedef {object} Root what must be known first
 * @property {string} id the folder of all other files
 * @property {string} language
 * @property {number} count how many documents there are
 * @property {number[]} averages the average length of each field, in words
 * @property {number[]} boosts
 * @property {number} block how many documents a file of results has
 * @property {string[]} keys the first surface of each shard
 * @property {number} longest words of more letters are left out
 * @property {number} most how many words of a query count
 * @property {Record<string, string>} folds
 * @property {string} stripped marks to take off
 * @property {string[]} stop words that say little
 * @property {[string, string][]} kind key and name of each kind
 * @property {[string, string][]} need
 * @property {[string, string][]} phase
 * @property {[string, string][]} owner
 *
 * @typedef {object} Group a stem: some postings of a shard
 * @property {Shard} shard
 * @property {number} from its first posting
 * @property {number} to after its last posting
 *
 * @typedef {object} Shard
 * @property {string[]} words surfaces, in order
 * @property {number[][]} places of each surface: the shard of its group, its number there, and the logarithm of how many documents it has
 * @property {Group[]} groups
 * @property {number[]} documents of each posting
 * @property {number[][]} norms of title and headings, of each posting
 * @property {number[][]} frequencies in title, headings and text, of each posting
 *
 * @typedef {(url: string, options?: RequestInit) => Promise<Response>} Fetch
 */

/** @param {Uint8Array} bytes */
export const decoded = (bytes) => new TextDecoder().decode(bytes);

/** @param {Uint8Array} bytes */
const json = (bytes) => JSON.parse(decoded(bytes));

/** Reads little integers, words and rising numbers one after the other. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = this.left = 0;
  }

  byte() {
    // A file that was cut short must not be read for ever.
    if (this.at >= this.bytes.length) throw new RangeError();
    return this.bytes[this.at++];
  }

  /** Bits of a byte, the highest first. */
  bit() {
    if (!this.left) [this.left, this.bits] = [8, this.byte()];
    return (this.bits >> --this.left) & 1;
  }

  integer() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  /** @param {number} count */
  integers(count) {
    return Array.from({ length: count }, () => this.integer());
  }

  /** Rising numbers, the middle one first, each as one of those that are left for it: the first of these take a bit less. @param {number} count @param {number} low @param {number} high @returns {number[]} */
  rising(count, low, high) {
    if (!count) return [];
    const below = count >> 1;
    const choices = high - low - count + 2;
    const whole = 2 ** (31 - Math.clz32(choices));
    let value = 0;
    for (let room = 1; room < whole; room *= 2) value = 2 * value + this.bit();
    if (value >= 2 * whole - choices) value += value + this.bit() - 2 * whole + choices;
    value += low + below;
    return [...this.rising(below, low, value - 1), value, ...this.rising(count - below - 1, value + 1, high)];
  }

  /** Words that begin as the one before does. @param {number} count */
  words(count) {
    const lengths = this.integers(2 * count);
    const end = this.integer() + this.at;
    const rests = decoded(this.bytes.subarray(this.at, end));
    this.at = end;
    let word = "";
    let done = 0;
    return Array.from({ length: count }, (_, at) => (word = word.slice(0, lengths[2 * at]) + rests.slice(done, (done += lengths[2 * at + 1]))));
  }
}

/** The files of one index. */
export class Store {
  /** @param {string} site the site's root, with its slash @param {string} folder the root's folder, from there @param {Fetch} fetch */
  constructor(site, folder, fetch) {
    this.site = site;
    this.folder = folder;
    this.fetch = fetch;
    this.forget();
  }

  /** Forgets everything: the site may have been published anew. */
  forget() {
    /** @type {Record<string, Promise<any>>} */
    this.files = {};
  }

  /** @returns {Promise<Root>} */
  root() {
    return (this.files[""] ??= this.bytes(`${this.folder}root`, { cache: "no-cache" }).then(json));
  }

  /** @param {string} path from the site's root @param {RequestInit} [options] */
  async bytes(path, options) {
    const response = await this.fetch(this.site + path, options);
    if (!response.ok) throw new Error(path);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes[0] !== 31 || bytes[1] !== 139) return bytes;
    const stream = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /**
   * A file of the index, read once. @param {string} name @param {(bytes: Uint8Array) => any} [read]
   */
  async file(name, read = (bytes) => bytes) {
    const { id } = await this.root();
    return (this.files[name] ??= this.bytes(`search/${id}/${name}`).then(read));
  }

  /** @param {number} number @returns {Promise<Shard>} */
  async shard(number) {
    const { count: all } = await this.root();
    return this.file(`i/${number}`, (bytes) => {
      const reader = new Reader(bytes);
      const words = reader.words(reader.integer());
      let next = 0;
      const places = words.map(() => {
        const ref = reader.integer();
        if (ref % 2) return [number, next - (ref + 1) / 2];
        return ref ? [ref / 2 - 1, reader.integer(), reader.byte()] : [number, next++];
      });
      const counts = reader.integers(reader.integer());
      for (const place of places) place[2] ??= Math.log2(counts[place[1]]);
      const codes = counts.flatMap((count) => Array.from({ length: count }, () => reader.byte()));
      const norms = [48, 192].map((part) => codes.map((code) => (code & part ? reader.byte() : 0)));
      const documents = counts.flatMap((count) => reader.rising(count, 0, all - 1));
      /** @type {Group[]} */
      const groups = [];
      /** @type {Shard} */
      const shard = { words, places, groups, documents, norms, frequencies: [] };
      let from = 0;
      for (const count of counts) groups.push({ shard, from, to: (from += count) });
      // What did not fit into codes is in the order text, title, headings.
      const part = (/** @type {number} */ shift, /** @type {number} */ most) =>
        codes.map((code) => {
          const frequency = (code >> shift) & most;
          return frequency < most ? frequency : most + reader.integer();
        });
      const text = part(0, 15);
      shard.frequencies = [part(4, 3), part(6, 3), text];
      return shard;
    });
  }

  /** What is shown of a document: title, address, summary, kind, owner. @param {number} document @returns {Promise<[string, string, string, number, number]>} */
  async shown(document) {
    const { block } = await this.root();
    return (await this.file(`m/${Math.floor(document / block)}`, json))[document % block];
  }

  /** Of every document the values of each facet. @returns {Promise<Record<string, number[][]>>} */
  async facets() {
    const { count, phase } = await this.root();
    return this.file("facets", (bytes) => {
      const reader = new Reader(bytes);
      const [owner, kind, phases, needs] = Array.from({ length: 4 }, () => reader.integers(count));
      return {
        kind: kind.map((value) => [value]),
        need: needs.map((number) => reader.integers(number)),
        phase: phases.map((bits) => [...phase.keys()].filter((bit) => (bits >> bit) & 1)),
        owner: owner.map((value) => [value]),
      };
    });
  }

  /** The commonest surfaces, each with how common it is. @returns {Promise<{word: string, common: number}[]>} */
  words() {
    return this.file("words", (bytes) => {
      const reader = new Reader(bytes);
      const words = reader.words(reader.integer());
      return words.map((word) => ({ word, common: reader.byte() }));
    });
  }
}
