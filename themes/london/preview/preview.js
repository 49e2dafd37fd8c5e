// What makes a page of the preview live: it hears when there is something new, and loads again only
// if that concerns it. The server says how the page stands; what to do about it is decided here.

/** @type {HTMLElement} */
const host = document.getElementById("ordinarily-preview");
const shadow = host.shadowRoot;
const panel = shadow?.querySelector(".panel");
const memory = `ordinarily-preview:${location.pathname}`;

/**
 * @typedef {object} News
 * @property {number} generation the number of the state of the sites
 * @property {string} digest what tells this page from another state of it
 * @property {boolean} gone whether nothing is at this address any more
 * @property {string[]} styles the paths of the style sheets
 * @property {string} panel the editor's bar, and what lies over the page
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

/** Loads again, and remembers how far the page was scrolled, what was open, and where the focus was. */
const reload = () => {
  const open = named("details").filter(([, details]) => details.open).map(([name]) => name);
  const focus = named("a, button, input, select, summary").find(([, element]) => element === document.activeElement);
  const kept = { x: scrollX, y: scrollY, open, focus: focus?.[0], folded: "folded" in (panel?.dataset ?? {}) && over() };
  sessionStorage.setItem(memory, JSON.stringify(kept));
  history.scrollRestoration = "manual";
  location.reload();
};

/**
 * Elements, each with a name that it has again when something was added before it: what it says, in
 * which part of the page, and how many of that name come before it.
 * @param {string} selector
 * @returns {[string, HTMLElement][]}
 */
const named = (selector) => {
  const seen = new Map();
  return [...document.querySelectorAll(selector)].map((element) => {
    const words = (element.querySelector("summary") ?? element).textContent.trim();
    const name = `${element.localName} ${element.closest("[id]")?.id} ${words}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return [`${name} ${seen.get(name)}`, element];
  });
};

const restore = () => {
  const text = sessionStorage.getItem(memory);
  if (!text) return;
  sessionStorage.removeItem(memory);
  const kept = JSON.parse(text);
  const open = new Set(kept.open);
  for (const [name, details] of named("details")) details.open = open.has(name);
  named("a, button, input, select, summary").find(([name]) => name === kept.focus)?.[1].focus({ preventScroll: true });
  if (panel && kept.folded && kept.folded === over()) panel.dataset.folded = "";
  const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
  scroll();
  // A browser goes to the part that the address names once the page has loaded.
  if (location.hash) addEventListener("load", () => requestAnimationFrame(scroll), { once: true });
  history.scrollRestoration = "auto";
};

/** Puts a new style sheet in the place of those with the same name and another digest. @param {string} path */
const exchangeStyle = (path) => {
  const stem = path.slice(0, path.indexOf(".", path.lastIndexOf("/")) + 1);
  const pathOf = (/** @type {HTMLLinkElement} */ link) => new URL(link.href).pathname;
  const links = [...document.querySelectorAll('link[rel="stylesheet"]')].filter((link) => pathOf(link).startsWith(stem));
  const last = links.at(-1);
  if (!last || pathOf(last) === path) return;
  const next = last.cloneNode();
  next.href = path;
  // The old ones stay until the new one is there, so that the page is never without style.
  next.addEventListener("load", () => links.forEach((link) => link.remove()));
  // It may be out of date before it was fetched: then the one after it is on its way.
  next.addEventListener("error", () => next.remove());
  last.after(next);
};

/** The two parts of the panel, as the server last sent them. */
const sent = new Map([".over", ".bar"].map((part) => [part, panel?.querySelector(part)?.outerHTML ?? ""]));

/** What lies over the page, in words. */
const over = () => panel?.querySelector(".over")?.textContent ?? "";

/** Shows what is new in the panel; what is not stays as it is, with its focus and its open menus. @param {string} html */
const showPanel = (html) => {
  if (!panel || !html) return;
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  for (const [part, last] of sent) {
    const next = fresh.querySelector(part);
    const text = next?.outerHTML ?? "";
    if (text === last) continue;
    sent.set(part, text);
    const old = panel.querySelector(part);
    const focused = old?.contains(shadow.activeElement) ? keyOf(shadow.activeElement) : undefined;
    if (part === ".over" && over() !== (next?.textContent ?? "")) delete panel.dataset.folded;
    const open = old?.querySelector("[data-menu][open]")?.dataset.menu;
    const menu = open && next?.querySelector(`[data-menu="${open}"]`);
    if (menu) menu.open = true;
    old?.remove();
    if (next) panel[part === ".over" ? "prepend" : "append"](next);
    if (focused === undefined) continue;
    const controls = [...panel.querySelectorAll("a, button, summary")].filter((control) => control.checkVisibility());
    (controls.find((control) => keyOf(control) === focused) ?? (next && controls.find((control) => next.contains(control))))?.focus();
  }
  settle();
};

/** What a control of the panel is known by. @param {Element} control */
const keyOf = (control) =>
  control.getAttribute("href") ?? control.closest("[data-menu]")?.dataset.menu ?? control.textContent;

/** Where the focus was before something lay over the page. @type {HTMLElement | undefined} */
let before;
let covered = false;

/** While something lies over the page, what is beneath takes no part. */
const settle = () => {
  const sheet = panel?.querySelector(".over");
  // A page that was never there says so itself.
  const isNeedless = "gone" in host.dataset && sheet?.matches(".gone");
  const covers = Boolean(sheet) && !("folded" in panel.dataset) && !isNeedless;
  if (covers === covered) return;
  covered = covers;
  const { activeElement } = document;
  if (covered) {
    if (activeElement !== host) before = activeElement === document.body ? undefined : activeElement;
    document.querySelectorAll(":popover-open").forEach((popover) => popover.hidePopover());
  }
  for (const element of document.body.children) {
    if (element !== host) element.inert = covered;
  }
  if (covered && !shadow.activeElement?.checkVisibility()) sheet.querySelector("[data-fold]").focus({ preventScroll: true });
  if (!covered && !shadow.activeElement?.checkVisibility()) {
    const again = panel.querySelector("[data-unfold]");
    const to = before?.isConnected ? before : again?.checkVisibility() ? again : undefined;
    to?.focus({ preventScroll: true });
  }
  say(covered ? sheet.querySelector("h1").textContent : "");
};

/** Tells it to those who do not see it. @param {string} words */
const say = (words) => {
  const said = shadow?.querySelector(".said");
  if (said && said.textContent !== words) said.textContent = words;
};

/** @param {boolean} folded whether the page is looked at instead of what lies over it */
const fold = (folded) => {
  if (folded) panel.dataset.folded = "";
  else delete panel.dataset.folded;
  settle();
};

/** @type {EventSource | undefined} */
let source;

/** Listens while the page can be seen: a browser allows few connections, and a hidden page has time. */
const listen = () => {
  source?.close();
  source = undefined;
  if (document.visibilityState === "hidden") return;
  source = new EventSource(`/_preview/events?page=${encodeURIComponent(host.dataset.page)}`);
  source.onopen = () => {
    if (host.classList.contains("lost")) say("");
    host.classList.remove("lost");
  };
  source.onmessage = (event) => hear(JSON.parse(event.data));
  source.onerror = () => {
    host.classList.add("lost");
    say(panel?.querySelector(".lost")?.textContent ?? "");
    if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
};

panel?.addEventListener("click", (event) => {
  if (event.target.closest("[data-fold]")) fold(true);
  if (event.target.closest("[data-unfold]")) fold(false);
});

/** The same page of another site, or its home page where it has no such page. */
panel?.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-home]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { ok } = await fetch(link.href, { method: "HEAD" });
  location.assign(ok ? link.href : link.dataset.home);
});

const openMenu = () => panel?.querySelector("[data-menu][open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !panel) return;
  const menu = openMenu();
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (covered) fold(true);
});

/** A menu closes when one goes elsewhere. */
for (const kind of ["focusin", "pointerdown"]) {
  document.addEventListener(kind, (event) => {
    const menu = openMenu();
    if (menu && !event.composedPath().includes(menu)) menu.open = false;
  });
}

/** A link to where a site is published leads to its preview, in whichever way it is opened. */
for (const kind of ["click", "auxclick", "contextmenu"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !panel) return;
    const fits = [...panel.querySelectorAll("[data-published]")].filter(({ dataset }) => link.href.startsWith(dataset.published));
    // One site may be published below another.
    const [nearest] = fits.sort((a, b) => b.dataset.published.length - a.dataset.published.length);
    if (nearest) link.href = nearest.dataset.home + link.href.slice(nearest.dataset.published.length);
  });
}

// The bar never lies over what has the focus.
const bar = panel?.querySelector(".bar");
if (bar) document.documentElement.style.scrollPaddingBlockEnd = `${bar.offsetHeight + 12}px`;

document.addEventListener("visibilitychange", listen);
addEventListener("pageshow", (event) => event.persisted && listen());
addEventListener("pagehide", () => source?.close());
restore();
settle();
listen();
