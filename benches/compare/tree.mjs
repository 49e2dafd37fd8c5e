// What lies in a folder.

import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ files: number, bytes: number, pages: number }} Weight */

/** Every file below a folder, but our program's own notes. @param {string} root @returns {Generator<string>} */
export function* walk(root) {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.name === ".ordinarily") continue;
    const path = join(root, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Files, bytes and pages (files of HTML); `leave` is a folder's name that is not counted. @param {string} root @param {string} [leave] @returns {Weight} */
export function weigh(root, leave) {
  const weight = { files: 0, bytes: 0, pages: 0 };
  for (const path of walk(root)) {
    if (leave && path.startsWith(join(root, leave, "/"))) continue;
    weight.files += 1;
    weight.bytes += statSync(path).size;
    weight.pages += path.endsWith(".html") ? 1 : 0;
  }
  return weight;
}

/** Reads every file once, so that no program that is measured has to wait for the disk. @param {string} root */
export function warm(root) {
  for (const path of walk(root)) readFileSync(path);
}
