// BM25 as tantivy reckons it, in 32 bits: so the same pages come out in the same order.

const f = Math.fround;
const K1 = f(1.2);

/** The length that a norm stands for: by ones to 40, then the step doubles every eight. */
const LENGTHS = [0];
for (let id = 1; id < 256; id++) LENGTHS[id] = LENGTHS[id - 1] + (id > 40 ? 2 ** (((id - 41) >> 3) + 1) : 1);

/**
 * Tells what a stem is worth in every document that has it.
 * @param {import("./store.js").Root} root
 * @param {import("./store.js").Group} group
 * @param {Uint8Array} norms of the text of every document
 * @param {(document: number, score: number) => void} tell
 */
export function score(root, { shard, from, to }, norms, tell) {
  const scores = new Float32Array(to - from);
  shard.frequencies.forEach((all, field) => {
    const frequencies = all.slice(from, to);
    const df = frequencies.filter(Boolean).length;
    const rarity = f(f(root.count - df + 0.5) / f(df + 0.5));
    const weight = f(f(f(Math.log(f(1 + rarity))) * f(1 + K1)) * root.boosts[field]);
    frequencies.forEach((frequency, at) => {
      if (!frequency) return;
      const length = LENGTHS[(shard.norms[field] ?? norms)[field < 2 ? from + at : shard.documents[from + at]]];
      const norm = f(K1 * f(0.25 + f(f(0.75 * length) / f(root.averages[field]))));
      scores[at] += f(weight * f(frequency / f(frequency + norm)));
    });
  });
  scores.forEach((worth, at) => tell(shard.documents[from + at], worth));
}
