// A small server for the tests: one folder, under one path of 127.0.0.1, as a static host shows
// it. A folder shows its `index.html`, what is missing shows `404.html`. It lists nothing and keeps
// nothing in a cache, and compresses only if it is told to.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { createGzip } from "node:zlib";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".xml": "application/xml",
};

/**
 * Serves a folder until it is closed.
 * @param {string} folder what to serve
 * @param {string} under the path it stands under, from slash to slash: `/some/where/`
 * @param {{gzip?: boolean, port?: number}} [settings] `gzip`: whether text is compressed, as most hosts do; `port`: where, else anywhere
 * @returns {Promise<{origin: string, url: string, close: () => Promise<void>}>} `url` ends with a slash
 */
export async function serve(folder, under = "/", { gzip = false, port = 0 } = {}) {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? "/", "http://127.0.0.1");
    const found = find(folder, under, asked.pathname);
    if (found.moved) {
      response.writeHead(301, { location: found.moved + asked.search }).end();
      return;
    }
    if (!found.file) {
      response.writeHead(404, { "content-type": "text/plain" }).end("nothing here");
      return;
    }
    const type = TYPES[extname(found.file)] ?? "application/octet-stream";
    const headers = { "content-type": type, "cache-control": "no-store" };
    const file = createReadStream(found.file);
    if (gzip && /text|json|svg/.test(type)) {
      response.writeHead(found.status, { ...headers, "content-encoding": "gzip" });
      file.pipe(createGzip()).pipe(response);
    } else {
      response.writeHead(found.status, headers);
      file.pipe(response);
    }
  });
  await new Promise((done) => server.listen(port, "127.0.0.1", () => done(undefined)));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server has no port");
  const origin = `http://127.0.0.1:${address.port}`;
  const close = () =>
    /** @type {Promise<void>} */ (
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })
    );
  return { origin, url: origin + under, close };
}

/**
 * The file behind an address, or where its folder really is.
 * @param {string} folder
 * @param {string} under
 * @param {string} path
 * @returns {{status: number, file?: string, moved?: string}}
 */
function find(folder, under, path) {
  const missing = { status: 404, file: fileAt(join(folder, "404.html")) };
  if (!path.startsWith(under)) return { status: 404 };
  let inside;
  try {
    inside = normalize(decodeURIComponent(path.slice(under.length)));
  } catch {
    return missing;
  }
  if (inside.includes("\0") || inside === ".." || inside.startsWith(`..${sep}`)) return missing;
  const whole = join(folder, inside);
  const index = fileAt(join(whole, "index.html"));
  if (index && !path.endsWith("/")) return { status: 301, moved: `${path}/` };
  const file = path.endsWith("/") ? index : fileAt(whole);
  return file ? { status: 200, file } : missing;
}

/** @param {string} path */
function fileAt(path) {
  try {
    return statSync(path).isFile() ? path : undefined;
  } catch {
    return undefined; // not there, or a part of the path is a file
  }
}
