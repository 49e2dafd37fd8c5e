// What makes a page of the preview live: it hears when there is something new, and loads again only
// if that concerns it. The server says how the page stands; what to do about it is decided here.

/** @type {HTMLElement} */
const host = document.getElementById("ordinarily-preview");
const panel = host.shadowRoot?.querySelector(".panel");
const memory = `ordinarily-preview:${location.pathname}`;

/**
 * @typedef {object} News
 * @property {number} generation the number of the state of the sites
 * @property {string} digest what tells this page from another state of it
 * @property {boolean} gone whether nothing is at this address any more
 * @property {string[]} styles the paths of the style sheets
 * @property {string} panel the editor's bar
 */

/** @param {News} news */
const hear = (news) => {
  const wasGone = "gone" in host.dataset;
  if (news.digest !== host.dataset.digest && (!news.gone || wasGone)) {
    reload();
    return;
  }
  news.styles.forEach(exchangeStyle);
  showPanel(news.panel);
  host.dataset.generation = String(news.generation);
};

/** Loads again, and remembers how far the page was scrolled and what was open. */
const reload = () => {
  const open = [...document.querySelectorAll("details")].map((details) => [keyOf(details), details.open]);
  sessionStorage.setItem(memory, JSON.stringify({ x: scrollX, y: scrollY, open }));
  history.scrollRestoration = "manual";
  location.reload();
};

/** What one calls a fold, also when others come before it. @param {HTMLDetailsElement} details */
const keyOf = (details) => details.id || details.querySelector("summary")?.textContent?.trim() || "";

const restore = () => {
  const kept = sessionStorage.getItem(memory);
  if (!kept) return;
  sessionStorage.removeItem(memory);
  const { x, y, open } = JSON.parse(kept);
  const known = new Map(open);
  for (const details of document.querySelectorAll("details")) {
    details.open = known.get(keyOf(details)) ?? details.open;
  }
  scrollTo({ left: x, top: y, behavior: "instant" });
  history.scrollRestoration = "auto";
};

/** Puts a new style sheet in the place of the one with the same name and another digest. @param {string} path */
const exchangeStyle = (path) => {
  const stem = path.slice(0, path.indexOf(".", path.lastIndexOf("/")) + 1);
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) {
    const now = new URL(link.href).pathname;
    if (now === path || !now.startsWith(stem) || "leaving" in link.dataset) continue;
    const next = link.cloneNode();
    next.href = path;
    link.dataset.leaving = "";
    next.addEventListener("load", () => link.remove());
    link.after(next);
  }
};

/** @param {string} html */
const showPanel = (html) => {
  if (!panel || !html) return;
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const over = (/** @type {Element} */ within) => within.querySelector(".over")?.textContent ?? "";
  if (over(fresh) !== over(panel)) delete panel.dataset.folded;
  const open = [...panel.querySelectorAll(".bar details")].map((details) => details.open);
  panel.replaceChildren(...fresh.childNodes);
  panel.querySelectorAll(".bar details").forEach((details, at) => (details.open = open[at] ?? false));
  settle();
};

/** While something lies over the page, what is beneath takes no part. */
const settle = () => {
  const over = panel?.querySelector(".over");
  const bornGone = "gone" in host.dataset && over?.matches(".gone");
  const covered = Boolean(over) && !("folded" in panel.dataset) && !bornGone;
  if (bornGone) over.remove();
  for (const element of document.body.children) {
    if (element !== host) element.inert = covered;
  }
};

/** @type {EventSource | undefined} */
let source;

/** Listens while the page can be seen: a browser allows few connections, and a hidden page has time. */
const listen = () => {
  source?.close();
  source = undefined;
  if (document.visibilityState === "hidden") return;
  source = new EventSource(`/_preview/events?page=${encodeURIComponent(host.dataset.page)}`);
  source.onopen = () => host.classList.remove("lost");
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = () => {
    host.classList.add("lost");
    if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
};

panel?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-fold]")) return;
  panel.dataset.folded = "";
  settle();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !panel) return;
  panel.querySelectorAll(".bar details").forEach((details) => (details.open = false));
  if (!panel.querySelector(".over")) return;
  panel.dataset.folded = "";
  settle();
});

/** A link to where a site is published leads to its preview. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || !panel) return;
  for (const site of panel.querySelectorAll("[data-published]")) {
    if (!link.href.startsWith(site.dataset.published)) continue;
    event.preventDefault();
    location.assign(site.dataset.home + link.href.slice(site.dataset.published.length));
    return;
  }
});

document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("pagehide", () => source?.close());
restore();
settle();
listen();
