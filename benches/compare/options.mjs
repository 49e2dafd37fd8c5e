// What the command line asks for.

/**
 * @typedef {object} Options
 * @property {number[]} sizes numbers of entries
 * @property {number} runs how often each thing is measured, up to LARGE entries
 * @property {number} limit seconds after which a run is ended
 * @property {Set<string>} without what is left out: `hugo`, `pagefind`, `all`, `floor`
 * @property {string | undefined} ordinarily our program, if it is not to be built
 * @property {string | undefined} corpus the corpus's program, if it is not to be built
 * @property {boolean} keep whether what was built is left in place
 */

/** Above so many entries a run of another program takes minutes: it is measured once, ours three times. */
export const LARGE = 20_000;

const PARTS = ["hugo", "pagefind", "all", "floor"];

export const HELP = `node benches/compare/compare.mjs [ENTRIES]... [OPTION]...

  --runs N           pairs of runs up to 20,000 entries (5); above, Hugo runs once, ours 3 times
  --limit SECONDS    a run that takes longer is ended, and said to have been (1200)
  --without PART     leave out hugo, pagefind, all (all sites of the corpus) or floor; repeatable
  --ordinarily FILE  measure this program of ours, instead of building it
  --corpus FILE      make corpora with this program, instead of building it
  --keep             leave the built sites in target/compare/out
`;

/** @param {string[]} words @returns {Options} */
export function read(words) {
  /** @type {Options} */
  const options = { sizes: [], runs: 5, limit: 1200, without: new Set(), ordinarily: undefined, corpus: undefined, keep: false };
  const rest = [...words];
  const value = (/** @type {string} */ name) => rest.shift() ?? wrong(`${name} needs a value`);
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--runs") options.runs = count(value(word));
    else if (word === "--limit") options.limit = count(value(word));
    else if (word === "--without") options.without.add(part(value(word)));
    else if (word === "--ordinarily") options.ordinarily = value(word);
    else if (word === "--corpus") options.corpus = value(word);
    else if (word === "--keep") options.keep = true;
    else if (word === "--help") usage(HELP, 0);
    else options.sizes.push(count(word));
  }
  if (options.without.has("hugo")) options.without.add("pagefind");
  if (!options.sizes.length) options.sizes = [300, 10_200, 101_000];
  return options;
}

/** @param {string} word */
function count(word) {
  return /^[1-9]\d*$/.test(word) ? Number(word) : wrong(`${word} is not a number of entries, runs or seconds`);
}

/** @param {string} word */
function part(word) {
  return PARTS.includes(word) ? word : wrong(`--without knows ${PARTS.join(", ")}, not ${word}`);
}

/** @param {string} message @returns {never} */
function wrong(message) {
  return usage(`${message}\n\n${HELP}`, 2);
}

/** @param {string} text @param {number} status @returns {never} */
function usage(text, status) {
  (status ? process.stderr : process.stdout).write(text);
  process.exit(status);
}
