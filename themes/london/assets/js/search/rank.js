// BM25 as tantivy reckons it, in 32 bits: so the same pages come out in the same order.

const f = Math.fround;
const K1 = f(1.2);

/** The length that a norm stands for: by ones to 40, then the step doubles every eight. */
const LENGTHS = [0];
for (let id = 1; id < 256; id += 1) LENGTHS[id] = LENGTHS[id - 1] + (id > 40 ? 2 ** (((id - 41) >> 3) + 1) : 1);

/**
 * Adds up what the stem of a word is worth in every document that has it.
 * @param {import("./store.js").Root} root
 * @param {import("./store.js").Reader} group
 * @param {Uint8Array} norms of the text of every document
 * @param {(document: number, score: number) => void} tell
 */
export function score(root, group, norms, tell) {
  const df = group.integers(3);
  const count = group.integer();
  let document = 0;
  const documents = Array.from({ length: count }, () => (document += group.integer()));
  const codes = group.bytes.subarray(group.at, (group.at += count));
  // Title, headings, text: where in a code, and its highest value.
  const parts = [[4, 3], [6, 3], [0, 15]];
  const frequencies = [[], [], []];
  for (const code of codes) {
    // What did not fit is in the order text, title, headings.
    for (const field of [2, 0, 1]) {
      const [shift, most] = parts[field];
      const part = (code >> shift) & most;
      frequencies[field].push(part < most ? part : most + group.integer());
    }
  }
  const scores = new Float32Array(count);
  for (const field of [0, 1, 2]) {
    const rarity = f(f(root.count - df[field] + 0.5) / f(df[field] + 0.5));
    const weight = f(f(f(Math.log(f(1 + rarity))) * f(1 + K1)) * f(root.boosts[field]));
    frequencies[field].forEach((frequency, at) => {
      if (!frequency) return;
      const length = LENGTHS[field < 2 ? group.byte() : norms[documents[at]]];
      const norm = f(K1 * f(0.25 + f(f(0.75 * length) / f(root.averages[field]))));
      scores[at] += f(weight * f(frequency / f(frequency + norm)));
    });
  }
  documents.forEach((number, at) => tell(number, scores[at]));
}
