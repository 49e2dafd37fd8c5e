// What was measured, as tables in Markdown.

import { readFileSync } from "node:fs";
import * as os from "node:os";
import { resolve } from "node:path";

/** @typedef {import("./runs.mjs").Measured} Measured @typedef {import("./runs.mjs").Name} Name @typedef {import("./runs.mjs").Run} Run */
/** @typedef {import("./tree.mjs").Weight} Weight */

/** Rows: what is measured, its words, and by whose pages it is counted. @type {[string, Name[], Name][]} */
const ROWS = [
  ["ordinarily, hub, search included", ["hub"], "hub"],
  ["… again, nothing changed", ["same"], "hub"],
  ["… again, one edit, the first", ["edit"], "hub"],
  ["… again, one edit more", ["next edit"], "hub"],
  ["ordinarily, all sites", ["all"], "all"],
  ["Hugo, no search", ["hugo"], "hugo"],
  ["Pagefind, on Hugo's pages", ["pagefind"], "hugo"],
  ["Hugo, then Pagefind", ["hugo", "pagefind"], "hugo"],
  ["our hub's bytes, written from memory", ["write"], "hub"],
  ["our hub, cp -r", ["copy"], "hub"],
];

/** What is divided by what, in each round. @type {[string, Name[], Name[]][]} */
const RATIOS = [
  ["ordinarily with search / Hugo without", ["hub"], ["hugo"]],
  ["ordinarily with search / Hugo, then Pagefind", ["hub"], ["hugo", "pagefind"]],
  ["ordinarily / its bytes written from memory", ["hub"], ["write"]],
  ["ordinarily / cp -r of its pages", ["hub"], ["copy"]],
  ["nothing changed / first build", ["same"], ["hub"]],
  ["one edit, the first / first build", ["edit"], ["hub"]],
  ["one edit more / first build", ["next edit"], ["hub"]],
];

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Programs that run one after another, as one run of each round in which all of them ran. @param {Measured} measured @param {Name[]} names @returns {Map<number, Run>} */
function together(measured, names) {
  const [first, ...others] = names.map((name) => measured.runs.get(name) ?? new Map());
  const rounds = [...first.keys()].filter((round) => others.every((runs) => runs.has(round)));
  return new Map(rounds.map((round) => [round, [first, ...others].map((runs) => runs.get(round)).reduce(after)]));
}

/** @param {Run} one @param {Run} two @returns {Run} */
function after(one, two) {
  return { ...one, wall: one.wall + two.wall, user: one.user + two.user, system: one.system + two.system, peak: Math.max(one.peak, two.peak) };
}

const cpu = (/** @type {Run} */ run) => run.user + run.system;
const number = (/** @type {number} */ value) => Math.round(value).toLocaleString("en-GB");
const seconds = (/** @type {number} */ value) => `${value.toFixed(2)} s`;
const row = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;

/** @param {Measured} measured */
export function report(measured) {
  const heads = ["medians", "wall", "CPU", "peak memory", "pages", "pages a second", "CPU a page", "files", "bytes", "runs"];
  const rows = ROWS.flatMap(([title, names, whose]) => {
    const runs = [...together(measured, names).values()];
    return runs.length ? [[title, ...cells(runs, measured.weights.get(whose), written(measured, names))]] : [];
  });
  const pairs = RATIOS.flatMap(([title, above, below]) => {
    const pair = ratios(together(measured, above), together(measured, below));
    return pair ? [[title, ...pair]] : [];
  });
  const said = [...measured.checks.map((line) => `- checked: ${line}`), ...measured.notes.map((line) => `- **not measured**: ${line}`)];
  const ratioHeads = ["ratios, medians of the rounds (least to most)", "wall", "CPU", "peak memory"];
  return [`### ${number(measured.size)} entries`, table(heads, rows), table(ratioHeads, pairs), said.join("\n")].filter(Boolean).join("\n\n");
}

/** Nothing, if there are no rows. @param {string[]} heads @param {string[][]} rows */
function table(heads, rows) {
  return rows.length ? [row(heads), `|---${"|---:".repeat(heads.length - 1)}|`, ...rows.map(row)].join("\n") : "";
}

/** What a row's programs have written; nothing for builds again. @param {Measured} measured @param {Name[]} names @returns {Weight | undefined} */
function written(measured, names) {
  const weights = names.map((name) => measured.weights.get(name === "write" || name === "copy" ? "hub" : name));
  return weights.reduce((sum, weight) => sum && weight && { files: sum.files + weight.files, bytes: sum.bytes + weight.bytes, pages: sum.pages + weight.pages });
}

/** @param {Run[]} runs @param {Weight | undefined} weight @param {Weight | undefined} written */
function cells(runs, weight, written) {
  const [wall, work, peak] = [median(runs.map((run) => run.wall)), median(runs.map(cpu)), median(runs.map((run) => run.peak))];
  const pages = weight?.pages ?? 0;
  return [
    seconds(wall), seconds(work), peak ? `${number(peak / 1e6)} MB` : "",
    number(pages), number(pages / wall), `${number((work / pages) * 1e6)} µs`,
    written ? number(written.files) : "", written ? number(written.bytes) : "", String(runs.length),
  ];
}

/** @param {Map<number, Run>} above @param {Map<number, Run>} below */
function ratios(above, below) {
  const rounds = [...above.keys()].filter((round) => below.has(round));
  if (!rounds.length) return undefined;
  return [(/** @type {Run} */ run) => run.wall, cpu, (/** @type {Run} */ run) => run.peak].map((what) => {
    const all = rounds.map((round) => what(/** @type {Run} */ (above.get(round))) / what(/** @type {Run} */ (below.get(round))));
    if (!all.every(Number.isFinite)) return "";
    return all.length > 1 ? `${median(all).toFixed(2)} (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)})` : all[0].toFixed(2);
  });
}

/** How much more a page costs in a corpus than in the one before it. @param {Measured[]} all */
export function flatness(all) {
  const rows = ROWS.filter(([, names]) => ["hub", "all", "hugo"].includes(names[0])).flatMap(([title, names, whose]) =>
    all.slice(1).flatMap((larger, at) => {
      const [less, more] = [all[at], larger].map((measured) => median([...together(measured, names).values()].map(cpu)) / (measured.weights.get(whose)?.pages ?? 0));
      const sizes = `${number(all[at].size)} → ${number(larger.size)}`;
      return less > 0 && more > 0 ? [[title, sizes, `${number(less * 1e6)} µs`, `${number(more * 1e6)} µs`, (more / less).toFixed(2)]] : [];
    }),
  );
  return table(["CPU a page", "entries", "smaller", "larger", "ratio"], rows);
}

/** The machine, and how busy it is: a busy one's ratios are worth more than its times. @param {string} folder where was written */
export function machine(folder) {
  const kernel = `${os.type()} ${os.release()}`;
  const memory = `${Math.round(os.totalmem() / 2 ** 30)} GiB`;
  return `${new Date().toISOString().slice(0, 16)}Z; ${os.cpus().length} cores (${os.cpus()[0]?.model.trim()}), ${memory}, ${kernel}, ${fileSystem(resolve(folder))}, load ${os.loadavg()[0].toFixed(1)}`;
}

/** The type of the file system on which a folder lies. @param {string} folder */
function fileSystem(folder) {
  const mounts = readFileSync("/proc/mounts", "utf8").split("\n").map((line) => line.split(" "));
  const above = mounts.filter(([, point]) => point && (point === "/" || folder === point || folder.startsWith(`${point}/`)));
  return above.sort(([, one], [, two]) => one.length - two.length).at(-1)?.[2] ?? "an unknown file system";
}
