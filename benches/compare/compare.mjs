// Our builds beside Hugo's and Pagefind's on the same entries, and beside the least that writing
// them takes. README.md in this folder says what is compared, and what is fair about it and what not.
//
//   node benches/compare/compare.mjs                        # 300, 10,200 and 101,000 entries
//   node benches/compare/compare.mjs 300 10200 --runs 5     # --help tells the rest
//
// Run from the project's root. Needed: cargo, Node 20, Python 3 with pip, npm, and a network for the
// first time. The steps: install the programs, make each corpus and Hugo's project of it, run all in
// turn, check what they wrote, print the tables; at the very end, delete what was built.

import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { read } from "./options.mjs";
import { corpus, hugoProject } from "./projects.mjs";
import { Bench, Measured } from "./runs.mjs";
import { flatness, machine, report } from "./table.mjs";
import { install, run } from "./tools.mjs";
import { warm } from "./tree.mjs";
import { check, checkPagefind, entries } from "./verify.mjs";

const WORK = join("target", "compare");
const OUT = join(WORK, "out", String(Date.now()));

const options = read(process.argv.slice(2));
run("python3", ["--version"]);
mkdirSync(OUT, { recursive: true });
const tools = install(WORK, options);
const [before, versions] = [machine(OUT), [tools.ordinarily, tools.hugo, tools.pagefind].flatMap((tool) => tool?.version ?? []).join(", ")];

// Somebody may end it half-way: the run under way is ended, and what was measured is printed.
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop.abort(new Error(`ended by ${signal}`)));

/** @type {Measured[]} */
const all = [];
for (const size of options.sizes) {
  if (stop.signal.aborted) break;
  const measured = new Measured(size, WORK, all.at(-1));
  all.push(measured);
  try {
    await one(size, measured);
  } catch (error) {
    measured.notes.push(`${size} entries, from here on: ${/** @type {Error} */ (error).message}`);
  }
  console.error(report(measured));
}
const text = [`${before}; at the end: load ${machine(OUT).split("load ")[1]}`, versions, ...tools.missing, ...all.map(report), flatness(all)].filter(Boolean).join("\n\n");
writeFileSync(join(WORK, "report.md"), `${text}\n`);
console.log(text);
if (!options.keep) rmSync(join(WORK, "out"), { recursive: true });
process.exitCode = stop.signal.aborted ? 1 : 0;

/** Makes, measures and checks one corpus. @param {number} size @param {Measured} measured */
async function one(size, measured) {
  const root = corpus(size, options.corpus);
  const hugo = join(WORK, `hugo-${size}`);
  if (tools.hugo) hugoProject(root, hugo, join(OUT, `old-hugo-${size}`));
  const bench = new Bench(measured, options, tools, { corpus: root, hugo, out: OUT }, stop.signal);
  for (const folder of tools.hugo ? [root, hugo] : [root]) warm(folder);
  try {
    await bench.all();
  } finally {
    verify(root, bench, measured);
  }
}

/** Checks what was built, as far as it was. @param {string} root @param {Bench} bench @param {Measured} measured */
function verify(root, bench, measured) {
  const addresses = entries(root);
  const hub = join(bench.out("hub", 1), "hub");
  if (existsSync(hub)) measured.checks.push(check("ordinarily", hub, addresses));
  if (measured.runs.has("hugo")) measured.checks.push(check("hugo", bench.out("hugo", 1), addresses));
  if (measured.runs.has("pagefind")) measured.checks.push(checkPagefind(bench.out("hugo", 1), addresses.length));
}
