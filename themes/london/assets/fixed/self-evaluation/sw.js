// Keeps the self-evaluation working without a connection, once it has been opened with one. It
// serves this folder and nothing else, and knows nothing of what a school writes: that never
// leaves the page.

const KEPT = `self-evaluation ${registration.scope}`;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/** The page says which files it is made of. Files of an earlier edition are let go. */
addEventListener("message", (event) => event.waitUntil(keep(event.data.files)));

/** @param {string[]} files */
const keep = async (files) => {
  const cache = await caches.open(KEPT);
  await Promise.allSettled(files.map((file) => cache.add(new Request(file, { cache: "no-cache" }))));
  const known = new Set(files);
  for (const request of await cache.keys()) {
    if (!known.has(request.url)) await cache.delete(request);
  }
};

/** The newest from the site; what is kept where there is no way to it. */
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  event.respondWith(
    fetch(request).catch(async () => {
      const kept = await (await caches.open(KEPT)).match(request, { ignoreSearch: true, ignoreVary: true });
      return kept ?? Response.error();
    }),
  );
});
