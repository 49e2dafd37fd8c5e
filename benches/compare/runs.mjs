// The measured runs of one corpus: in rounds, each program once a round, in turn forwards and
// backwards, so that what disturbs the machine for a while disturbs all of them.
//
// Each run writes into a folder that was never there before, and nothing is deleted meanwhile.

import { spawn } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { cpus, freemem } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { LARGE } from "./options.mjs";
import { weigh } from "./tree.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const TODAY = "2026-11-22";

/**
 * @typedef {{ wall: number, user: number, system: number, peak: number, status: number | null, load: number }} Run
 * @typedef {"hub" | "same" | "edit" | "next edit" | "all" | "hugo" | "pagefind" | "write" | "copy"} Name
 * @typedef {import("./tree.mjs").Weight} Weight
 */

/** What was measured of one corpus: runs by name and round, what each wrote, and what went wrong. */
export class Measured {
  /** @param {number} size @param {string} work @param {Measured} [earlier] what was measured before it */
  constructor(size, work, earlier) {
    this.size = size;
    this.earlier = earlier;
    this.work = work;
    /** @type {Map<Name, Map<number, Run>>} */
    this.runs = new Map();
    /** @type {Map<Name, Weight>} */
    this.weights = new Map();
    /** @type {string[]} */
    this.notes = [];
    /** @type {string[]} */
    this.checks = [];
  }

  /** Keeps a run, and writes it down at once, should the machine stop. @param {Name} name @param {number} round @param {Run} run */
  add(name, round, run) {
    const all = this.runs.get(name) ?? new Map();
    this.runs.set(name, all.set(round, run));
    appendFileSync(join(this.work, "runs.jsonl"), JSON.stringify({ size: this.size, name, round, ...run }) + "\n");
    console.error(`  ${this.size} ${name}, round ${round}: ${run.wall.toFixed(2)} s, CPU ${(run.user + run.system).toFixed(2)} s, load before ${run.load.toFixed(1)}`);
  }
}

/** One corpus's programs and folders. */
export class Bench {
  /**
   * @param {Measured} measured @param {import("./options.mjs").Options} options @param {import("./tools.mjs").Tools} tools
   * @param {{ corpus: string, hugo: string, out: string }} folders
   * @param {AbortSignal} stop told when somebody ends the whole: the run under way is ended, and no other begins
   */
  constructor(measured, options, tools, folders, stop) {
    this.measured = measured;
    this.options = options;
    this.tools = tools;
    this.folders = folders;
    this.stop = stop;
    /** @type {Set<Name>} what has failed once is not tried again */
    this.failed = new Set();
  }

  /** All rounds. A step that cannot be had is told, and the others go on. */
  async all() {
    const large = this.measured.size > LARGE;
    const rounds = large ? Math.min(3, this.options.runs) : this.options.runs;
    const once = large ? 1 : rounds;
    for (let round = 1; round <= rounds; round += 1) {
      const steps = [() => this.hub(round), () => round <= once && this.every(round), () => round <= once && this.theirs(round), () => this.floor(round)];
      for (const step of round % 2 ? steps : steps.reverse()) await step();
    }
  }

  /**
   * Our hub; then again with nothing changed, with an edit, and with another: the first build after
   * a fresh one writes the spare tree whole, the next ones only what is new. The page is put back,
   * also by the next round if this one is stopped.
   * @param {number} round
   */
  async hub(round) {
    const out = this.out("hub", round);
    const words = ["--root", this.folders.corpus, "build", "--site", "hub", "--today", TODAY, "--out", out];
    if (!(await this.measure("hub", round, this.tools.ordinarily.program, words))) return;
    this.weigh("hub", join(out, "hub"));
    await this.measure("same", round, this.tools.ordinarily.program, words);
    const page = this.sharedPage();
    const before = readFileSync(page, "utf8").replace(/\nOne more sentence in round .*\n/g, "");
    try {
      for (const name of /** @type {const} */ (["edit", "next edit"])) {
        writeFileSync(page, `${before}\nOne more sentence in round ${round} for the ${name}.\n`);
        await this.measure(name, round, this.tools.ordinarily.program, words);
      }
    } finally {
      writeFileSync(page, before);
    }
  }

  /** A guide that all boroughs share. */
  sharedPage() {
    return join(this.folders.corpus, "content", "london", "guides", "page-5.md");
  }

  /** All of our sites: the hub, and each borough's. @param {number} round */
  async every(round) {
    if (this.options.without.has("all")) return;
    const out = this.out("all", round);
    if (await this.measure("all", round, this.tools.ordinarily.program, ["--root", this.folders.corpus, "build", "--today", TODAY, "--out", out])) this.weigh("all", out);
  }

  /** Hugo, and Pagefind on what it has just written. @param {number} round */
  async theirs(round) {
    const { hugo, pagefind } = this.tools;
    if (!hugo) return;
    const out = this.out("hugo", round);
    const words = ["build", "--source", this.folders.hugo, "--destination", out, "--noBuildLock", "--quiet"];
    if (!(await this.measure("hugo", round, hugo.program, words))) return;
    this.weigh("hugo", out, "pagefind");
    if (!pagefind) return;
    if (await this.measure("pagefind", round, pagefind.program, ["--site", out])) this.weigh("pagefind", join(out, "pagefind"));
  }

  /** Writing our hub's files from memory, and copying them. @param {number} round */
  async floor(round) {
    const from = join(this.out("hub", 1), "hub");
    if (this.options.without.has("floor") || !existsSync(from)) return;
    await this.keep("write", round, ["python3", join(HERE, "floor.py"), from, this.out("write", round), String(cpus().length)]);
    await this.measure("copy", round, "cp", ["-r", from, this.out("copy", round)]);
  }

  /** @param {Name} name @param {number} round */
  out(name, round) {
    return resolve(this.folders.out, `${this.measured.size}-${name}-${round}`);
  }

  /** @param {Name} name @param {string} folder @param {string} [leave] */
  weigh(name, folder, leave) {
    if (!this.measured.weights.has(name)) this.measured.weights.set(name, weigh(folder, leave));
  }

  /** Whether the program ran to its end, within the limit. @param {Name} name @param {number} round @param {string} program @param {string[]} words */
  measure(name, round, program, words) {
    const log = join(this.folders.out, `${this.measured.size}-${name}-${round}.log`);
    return this.keep(name, round, ["python3", join(HERE, "measure.py"), String(this.options.limit), log, program, ...words], log);
  }

  /** @param {Name} name @param {number} round @param {string[]} command a program that prints a run @param {string} [log] */
  async keep(name, round, command, log) {
    mkdirSync(this.folders.out, { recursive: true });
    const why = this.failed.has(name) ? "" : this.tooFull() || this.tooLarge(name);
    if (why) this.measured.notes.push(`${name} is left out from round ${round} on: ${why}`);
    if (why) this.failed.add(name);
    if (this.failed.has(name)) return false;
    const { stdout, stderr } = await this.output(command);
    /** @type {Run | undefined} */
    const run = stdout.startsWith("{") ? JSON.parse(stdout) : undefined;
    if (run?.status === 0) this.measured.add(name, round, run);
    else this.fail(name, round, run, run && log ? readFileSync(log, "utf8") : stderr);
    return run?.status === 0;
  }

  /** What a program prints. It throws if the whole is being ended. @param {string[]} command */
  async output([program, ...words]) {
    this.stop.throwIfAborted();
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, HUGO_CACHEDIR: resolve(this.folders.out, "cache") } });
    const end = () => child.kill();
    this.stop.addEventListener("abort", end);
    const said = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => (said.stdout += data));
    child.stderr.on("data", (data) => (said.stderr += data));
    await new Promise((done, fail) => child.on("close", done).on("error", fail));
    this.stop.removeEventListener("abort", end);
    this.stop.throwIfAborted();
    return said;
  }

  /** @param {Name} name @param {number} round @param {Run | undefined} run @param {string} said */
  fail(name, round, run, said) {
    this.failed.add(name);
    const last = said.trim().split("\n").slice(-3).join(" ").slice(0, 300);
    const how = run?.status === null ? `took more than ${this.options.limit} s and was ended` : `ended with ${run?.status ?? "no result"}: ${last}`;
    this.measured.notes.push(`${name}, round ${round}, ${how}`);
  }

  /** Why a run must not begin: it might fill the disk, which others use too. */
  tooFull() {
    const largest = Math.max(this.measured.size * 40_000, ...[...this.measured.weights.values()].map(({ bytes }) => bytes));
    const { bavail, bsize } = statfsSync(this.folders.out);
    return bavail * bsize < 3 * largest ? `less than ${Math.ceil((3 * largest) / 1e9)} GB of disk are free` : "";
  }

  /** Why a run would take more memory than there is, if that grows as the entries do. @param {Name} name */
  tooLarge(name) {
    const { earlier, size } = this.measured;
    const peak = Math.max(0, ...[...(earlier?.runs.get(name)?.values() ?? [])].map((run) => run.peak));
    const foreseen = earlier ? (peak * size) / earlier.size : 0;
    const [took, needs, free] = [peak, foreseen, available()].map((bytes) => (bytes / 1e9).toFixed(1));
    return foreseen > available() ? `it took ${took} GB for ${earlier?.size} entries, so about ${needs} GB now, and ${free} GB are free` : "";
  }
}

/** Bytes of memory that programs can have, caches included. */
function available() {
  const [, kilobytes] = /^MemAvailable: +(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8")) ?? [];
  return kilobytes ? Number(kilobytes) * 1024 : freemem();
}
