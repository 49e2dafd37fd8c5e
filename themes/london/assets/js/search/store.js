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
 * @typedef {object} Shard
 * @property {string[]} words surfaces, in order
 * @property {number[]} refs of each surface: where its group is
 * @property {(number | undefined)[]} others of each surface: its group in another shard
 * @property {Map<string, number>} places
 * @property {(group: number) => Reader} group
 *
 * @typedef {(url: string, options?: RequestInit) => Promise<Response>} Fetch
 */

/** Reads little integers and words one after the other. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
    this.last = new Uint8Array();
  }

  byte() {
    if (this.at >= this.bytes.length) throw new Error("cut short");
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

  /** A word that begins as the last one. */
  word() {
    const shared = this.integer();
    const length = this.integer();
    const word = new Uint8Array(shared + length);
    word.set(this.last.subarray(0, shared));
    word.set(this.bytes.subarray(this.at, (this.at += length)), shared);
    this.last = word;
    return new TextDecoder().decode(word);
  }
}

/** The files of one index. */
export class Store {
  /** @param {string} base the folder of the root, with its slash @param {string} site the site's root, with its slash @param {Fetch} fetch */
  constructor(base, site, fetch) {
    this.base = base;
    this.site = site;
    this.fetch = fetch;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /** Asks for the root, and forgets what was read with another one. @param {RequestCache} cache @returns {Promise<Root>} */
  async open(cache = "no-cache") {
    const bytes = await this.bytes(`${this.base}root`, { cache });
    /** @type {Root} */
    const root = JSON.parse(new TextDecoder().decode(bytes));
    if (this.root?.id !== root.id) this.files.clear();
    this.root = root;
    return root;
  }

  /** @param {string} url @param {RequestInit} [options] */
  async bytes(url, options) {
    const response = await this.fetch(url, options);
    if (!response.ok) throw new Error(`${response.status} ${url}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes[0] !== 31 || bytes[1] !== 139) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /**
   * A file of the index, read once. @template T
   * @param {string} name @param {(bytes: Uint8Array) => T} read @returns {Promise<T>}
   */
  file(name, read) {
    const url = `${this.site}search/${this.root?.id}/${name}`;
    let file = this.files.get(url);
    if (!file) {
      file = this.bytes(url).then(read);
      this.files.set(url, file);
      file.catch(() => this.files.delete(url));
    }
    return file;
  }

  norms() {
    return this.file("norms", (bytes) => bytes);
  }

  /** @param {number} number @returns {Promise<Shard>} */
  shard(number) {
    return this.file(`i/${number}`, (bytes) => {
      const reader = new Reader(bytes);
      const words = [];
      const refs = [];
      const others = [];
      for (let left = reader.integer(); left > 0; left -= 1) {
        words.push(reader.word());
        const ref = reader.integer();
        refs.push(ref);
        others.push(ref & 1 ? reader.integer() : undefined);
      }
      const lengths = reader.integers(reader.integer());
      const starts = [reader.at];
      for (const length of lengths) starts.push(starts[starts.length - 1] + length);
      if (starts[lengths.length] > bytes.length) throw new Error("cut short");
      return {
        words,
        refs,
        others,
        places: new Map(words.map((word, at) => [word, at])),
        group: (group) => new Reader(bytes, starts[group]),
      };
    });
  }

  /** What is shown of a document: title, address, summary, kind, owner. @param {number} document @returns {Promise<[string, string, string, number, number]>} */
  async shown(document) {
    const { block } = /** @type {Root} */ (this.root);
    const read = (/** @type {Uint8Array} */ bytes) => JSON.parse(new TextDecoder().decode(bytes));
    return (await this.file(`m/${Math.floor(document / block)}`, read))[document % block];
  }

  /** Of every document its owner, kind, ages as bits, and needs. */
  facets() {
    const count = this.root?.count ?? 0;
    return this.file("facets", (bytes) => {
      const reader = new Reader(bytes);
      const [owner, kind, phases, needs] = Array.from({ length: 4 }, () => reader.integers(count));
      return { owner, kind, phases, needs: needs.map((number) => reader.integers(number)) };
    });
  }

  /** The commonest surfaces, each with how common it is. */
  words() {
    return this.file("words", (bytes) => {
      const reader = new Reader(bytes);
      const words = Array.from({ length: reader.integer() }, () => reader.word());
      return { words, classes: words.map(() => reader.byte()) };
    });
  }
}
