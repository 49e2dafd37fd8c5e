// From text to words, as the index has them: its analyzer's tables come with its root.

/**
 * @typedef {object} Word
 * @property {string} text folded: without capitals and accents
 * @property {number} at where it begins in the text
 * @property {number} end where it ends
 */

/** The words of a text. @param {import("./store.js").Root} root @param {string} text @returns {Word[]} */
export function words(root, text) {
  const marks = new RegExp(`[${root.stripped}]`, "gu");
  const found = [];
  for (const { 0: word, index: at } of text.matchAll(/[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\p{M}\u200c\u200d]*/gu)) {
    const plain = word.toLowerCase().normalize("NFD").replace(marks, "");
    const folded = plain.replace(/./gu, (letter) => root.folds[letter] ?? letter);
    if (folded && [...word].length <= root.longest) found.push({ text: folded, at, end: at + word.length });
  }
  return found;
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

/**
 * The number of single letters that are left out, added, exchanged or swapped with their
 * neighbour between two words (optimal string alignment); more than `most` is `most + 1`.
 * @param {string} a @param {string} b @param {number} most
 */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [older, old] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + other);
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [older, old] = [old, row];
  }
  return old[b.length];
}
