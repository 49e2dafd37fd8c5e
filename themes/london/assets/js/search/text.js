// From text to words, as the index has them: its analyzer's tables come with its root.

/**
 * @typedef {object} Word
 * @property {string} text folded: without capitals and accents
 * @property {number} at where it begins in the text
 * @property {number} end where it ends
 */

/** The words of a text. @param {import("./store.js").Root} root @param {string} text @returns {Word[]} */
export function words(root, text) {
  const found = [];
  for (const { 0: word, index: at } of text.matchAll(/[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\p{M}\u200c\u200d]*/gu)) {
    const folded = [...word].length > root.longest ? "" : fold(root, word);
    if (folded) found.push({ text: folded, at, end: at + word.length });
  }
  return found;
}

/** @param {import("./store.js").Root} root @param {string} word */
function fold(root, word) {
  const marks = new RegExp(`[${root.stripped}]`, "u");
  const plain = word.toLowerCase().normalize("NFD");
  return Array.from(plain, (letter) => (marks.test(letter) ? "" : root.folds[letter] || letter)).join("");
}

/**
 * What a query asks for: words, and phrases that stood in quotation marks.
 * @param {import("./store.js").Root} root @param {string} text
 */
export function parse(root, text) {
  const all = [...new Set(words(root, text).map((word) => word.text))];
  const telling = all.filter((word) => [...word].length > 1 && !root.stop.includes(word));
  const quoted = text.split(/["“”]/).filter((_, at) => at % 2);
  return {
    words: (telling.length ? telling : all).slice(0, root.most),
    phrases: quoted.map((part) => words(root, part).map((word) => word.text)).filter((phrase) => phrase.length > 1),
  };
}

/** Cuts a text at the words that were asked for. @param {import("./store.js").Root} root @param {string} text @param {Set<string>} asked @returns {[string, boolean][]} parts, each with whether it is to be marked */
export function marked(root, text, asked) {
  /** @type {[string, boolean][]} */
  const parts = [];
  let done = 0;
  for (const { text: word, at, end } of words(root, text)) {
    if (!asked.has(word)) continue;
    parts.push([text.slice(done, at), false], [text.slice(at, end), true]);
    done = end;
  }
  parts.push([text.slice(done), false]);
  return parts.filter(([part]) => part);
}

/**
 * The number of single letters that are left out, added, exchanged or swapped with their
 * neighbour between two words (optimal string alignment); more than `most` is `most + 1`.
 * @param {string} a @param {string} b @param {number} most
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [older, old] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (same ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}
