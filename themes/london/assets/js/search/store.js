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
 * @property {number[][]} places of each surface: the number of its group here, or a shard's, the group's there, and its class
 * @property {Map<string, number>} at where a surface is among them
 * @property {Group[]} groups
 * @property {number[]} documents of each posting
 * @property {number[][]} norms of title and headings, of each posting
 * @property {number[][]} frequencies in title, headings and text, of each posting
 *
 * @typedef {(url: string, options?: RequestInit) => Promise<Response>} Fetch
 */

/** @param {Uint8Array} bytes */
const json = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/** Reads little integers and words one after the other. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  byte() {
    return this.bytes[this.at++];
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

  /** Words that begin as the one before does. @param {number} count */
  words(count) {
    const shared = this.integers(2 * count);
    let last = new Uint8Array();
    const words = [];
    for (let at = 0; at < 2 * count; at += 2) {
      const word = new Uint8Array(shared[at] + shared[at + 1]);
      word.set(last.subarray(0, shared[at]));
      word.set(this.bytes.subarray(this.at, (this.at += shared[at + 1])), shared[at]);
      words.push(new TextDecoder().decode((last = word)));
    }
    return words;
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
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
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
  shard(number) {
    return this.file(`i/${number}`, (bytes) => {
      const reader = new Reader(bytes);
      const words = reader.words(reader.integer());
      let next = 0;
      const places = words.map(() => {
        const ref = reader.integer();
        if (!ref) return [next++];
        return ref % 2 ? [next - 1 - (ref - 1) / 2] : [ref / 2 - 1, reader.integer(), reader.byte()];
      });
      const counts = reader.integers(reader.integer());
      const codes = counts.flatMap((count) => Array.from({ length: count }, () => reader.byte()));
      const norms = [48, 192].map((part) => codes.map((code) => (code & part ? reader.byte() : 0)));
      /** @type {number[]} */
      const documents = [];
      /** @type {Group[]} */
      const groups = [];
      /** @type {Shard} */
      const shard = { words, places, at: new Map(words.map((word, at) => [word, at])), groups, documents, norms, frequencies: [] };
      for (const count of counts) {
        const from = documents.length;
        let document = 0;
        for (let left = count; left; left -= 1) documents.push((document += reader.integer()));
        groups.push({ shard, from, to: documents.length });
      }
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
