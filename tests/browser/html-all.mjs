// Checks the HTML of every page of all sites. Takes minutes, so it is run by hand:
//
//   cargo run --release -- build && node tests/browser/html-all.mjs dist

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { invalid } from "./html.mjs";

const dist = process.argv[2];
if (!dist) throw new Error("say where the built sites are: node html-all.mjs FOLDER");
let pages = 0;
let wrong = 0;
for (const site of readdirSync(dist).filter((site) => existsSync(join(dist, site, "index.html")))) {
  const files = /** @type {string[]} */ (readdirSync(join(dist, site), { recursive: true }));
  for (const file of files.filter((file) => file.endsWith(".html"))) {
    pages += 1;
    for (const found of await invalid(join(dist, site, file))) {
      wrong += 1;
      console.log(`${site}/${file}:${found}`);
    }
  }
}
console.log(`${pages} pages, ${wrong} problems`);
process.exitCode = wrong ? 1 : 0;
