// The same entries twice: as our example program makes them up, and as a project of Hugo.
//
// Of an entry's front matter and text every byte is kept but what means something else to Hugo:
// - `type` is its word for the kind, so each entry gets its own, and a place's type another name;
// - links to files (`../guides/page-1.md`) become relative links to pages (`../../guides/page-1/`).
//   Hugo would resolve the first ones itself, with `relref` or its link hook; that is what
//   ordinarily does with each link, but it costs time, and here the doubt is Hugo's.

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { run } from "./tools.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Folders of the corpus, and what our hub calls their lists. */
export const KINDS = {
  provision: "What schools should provide",
  guides: "Getting help",
  services: "Services",
  training: "Training",
  practice: "What schools do",
  places: "Places",
};

/** Makes the corpus, unless it is there: the same number gives the same bytes. @param {number} size @param {string | undefined} program */
export function corpus(size, program) {
  const root = join("target", "corpus", String(size));
  if (existsSync(join(root, "content", "site.yaml"))) return root;
  const words = ["run", "--release", "--quiet", "--example", "corpus", "--", String(size)];
  run(program ?? "cargo", program ? [String(size)] : words, { stdio: ["ignore", "pipe", "pipe"] });
  return root;
}

/**
 * Makes Hugo's project of a corpus, unless this same script has made it. One that is old is only
 * moved away: a file system that has just deleted a tree writes slower for a while.
 * @param {string} from @param {string} root @param {string} old where something old may be put
 */
export function hugoProject(from, root, old) {
  const mark = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url))).update(from).digest("hex");
  const made = join(root, "made-by");
  if (!existsSync(made) || readFileSync(made, "utf8") !== mark) {
    if (existsSync(root)) renameSync(root, old);
    convert(join(from, "content"), join(root, "content"));
    writeFileSync(made, mark);
  }
  cpSync(join(HERE, "hugo"), root, { recursive: true });
}

/** @param {string} from @param {string} to */
function convert(from, to) {
  const write = (/** @type {string} */ path, /** @type {string} */ text) => {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), text);
  };
  write("_index.md", head("All of it"));
  write("search.md", `---\ntitle: Search\ntype: search\nlayout: search\n---\n`);
  for (const [kind, title] of Object.entries(KINDS)) write(`${kind}/_index.md`, head(title));
  write("boroughs/_index.md", head("Boroughs"));
  write("needs/_index.md", head("Needs"));
  write("phases/_index.md", head("Ages"));
  for (const [, id, title, summary] of text(from, "vocabulary/needs.yaml").matchAll(/\{id: (need-\d+), title: ([^,]+),.* description: ([^}]+)\}/g)) {
    write(`needs/${id}/_index.md`, head(title, summary));
  }
  layer(join(from, "london"), "", write);
  for (const id of readdirSync(join(from, "boroughs")).sort()) {
    const name = /^name: (.+)$/m.exec(text(from, `boroughs/${id}/borough.yaml`))?.[1] ?? id;
    write(`boroughs/${id}/_index.md`, head(name));
    layer(join(from, "boroughs", id), `boroughs/${id}/`, write);
  }
}

/** @param {string} folder @param {string} prefix @param {(path: string, text: string) => void} write */
function layer(folder, prefix, write) {
  for (const kind of Object.keys(KINDS)) {
    if (!existsSync(join(folder, kind))) continue;
    for (const name of readdirSync(join(folder, kind)).sort()) {
      write(`${prefix}${kind}/${name}`, entry(kind, text(folder, `${kind}/${name}`)));
    }
  }
}

/** An entry as Hugo needs it. @param {string} kind @param {string} source */
export function entry(kind, source) {
  const end = source.indexOf("\n---\n", 4);
  const matter = source.slice(0, end).replace(/^type: /m, "place_type: ").replace(/^---\n/, `---\ntype: ${kind}\n`);
  return matter + source.slice(end).replace(/\]\(\.\.\/([a-z]+\/[\w-]+)\.md\)/g, "](../../$1/)");
}

/** @param {string} title @param {string} [summary] */
function head(title, summary) {
  return `---\ntitle: ${title}\n${summary ? `summary: ${summary}\n` : ""}---\n`;
}

/** @param {string} root @param {string} path */
function text(root, path) {
  return readFileSync(join(root, path), "utf8");
}
