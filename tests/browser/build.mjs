// Builds the sites that the browser tests look at: three as they are published, and a made-up
// borough with every kind of page, from the project's content with `extra/` laid over it.
//
//   node build.mjs FOLDER
//
// ORDINARILY names the program; unless it is set, the release build is used.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
export const project = join(here, "..", "..");
/** What is laid over the project's content: a made-up borough. */
export const extra = join(here, "extra");
export const program = process.env.ORDINARILY ?? join(project, "target", "release", "ordinarily");

/** The day of the tests: what is "next" or "late" does not change under them. */
export const today = "2026-11-22";
/** Where the sites are said to be published: a path, so that the page for unknown addresses knows it. */
const base = "http://localhost/some/where";
const published = ["hub", "barnet", "kingston-upon-thames"];
/** More news than one page of a list holds, and more lines than one page from A to Z. */
const news = 390;

/**
 * Builds all sites into a folder.
 * @param {string} out
 */
export function build(out) {
  const sites = published.flatMap((site) => ["--site", site]);
  run(["--root", project, "build", ...sites, "--out", out, "--base-url", base]);
  buildExample(out, (root) => writeNews(join(root, "content", "boroughs", "example", "news")));
}

/**
 * Builds the site of the made-up borough into a folder.
 * @param {string} out
 * @param {(root: string) => void} change what is changed in a copy of the project before
 */
export function buildExample(out, change) {
  const root = mkdtempSync(join(tmpdir(), "ordinarily-extra-"));
  try {
    for (const folder of [project, extra]) {
      cpSync(join(folder, "content"), join(root, "content"), { recursive: true });
    }
    cpSync(join(project, "themes"), join(root, "themes"), { recursive: true });
    change(root);
    run(["--root", root, "build", "--site", "example", "--out", out, "--base-url", `${base}/example`]);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** @param {string} folder */
function writeNews(folder) {
  mkdirSync(folder);
  for (let number = 1; number <= news; number += 1) {
    const letter = String.fromCharCode(65 + (number % 26));
    const day = `2026-${String(1 + (number % 10)).padStart(2, "0")}-${String(1 + (number % 28)).padStart(2, "0")}`;
    writeFileSync(
      join(folder, `item-${number}.md`),
      `---\ntitle: ${letter} is the letter of item ${number}\nsummary: What happened, told in one sentence.\ndate: ${day}\n---\n`,
    );
  }
}

/** @param {string[]} words */
function run(words) {
  const done = spawnSync(program, [...words, "--today", today], { encoding: "utf8" });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${program} ${words.join(" ")}\n${done.stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[2];
  if (!out) throw new Error("say into which folder: node build.mjs FOLDER");
  build(out);
}
