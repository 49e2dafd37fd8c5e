// What people see of search: results under a field while they type, and the search page.

import { Search } from "./search.js";
import { words } from "./text.js";

/** @typedef {import("./store.js").Root} Root */

/** @param {string} message @param {Record<string, any>} values */
const fill = (message, values) => message.replace(/{(.)}/g, (_, name) => values[name]);

/** A message for a number, in the form that goes with it. @param {HTMLElement} element @param {number} n */
const plural = ({ dataset }, n, q = "") => fill(dataset[new Intl.PluralRules(document.documentElement.lang).select(n)] ?? dataset.other, { n, q });

/** @param {string} tag @param {object} properties @param {...(Node | string)} children */
function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A text with its words marked. @param {Root} root @param {string} text @param {Set<string>} marks */
function withMarks(root, text, marks) {
  const parts = [];
  let done = 0;
  for (const { text: word, at, end } of words(root, text)) {
    if (!marks.has(word)) continue;
    parts.push(text.slice(done, at), make("mark", {}, text.slice(at, end)));
    done = end;
  }
  return [...parts, text.slice(done)];
}

/** Shows what is found under a field while somebody types. @param {HTMLFormElement} form */
export function box(form) {
  const { search: site, index, all, broken } = /** @type {any} */ (form.dataset);
  const search = new Search(site, index);
  const input = form.q;
  const [hits, status] = /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".hits, [role]")]);
  let turn = 0;

  async function look() {
    const q = input.value.trim();
    const mine = ++turn;
    /** @type {(HTMLElement | string)[][]} */
    let lines = [];
    let said = "";
    const ask = async () => {
      const root = await search.store.root();
      if (q.length > 1) {
        const { documents, marks } = await search.find(q, { typing: true });
        const shown = await Promise.all(documents.slice(0, 6).map((document) => search.store.shown(document)));
        lines = shown.map(([title, url, , kind, owner]) => [make("a", { href: site + url, dir: "auto" }, ...withMarks(root, title, marks)), " ", make("small", {}, root.kind[kind][1] + (owner ? `, ${root.owner[owner][1]}` : ""))]);
        said = plural(form, lines.length);
        if (lines.length) lines.push([make("a", { href: `${form.action}?${new URLSearchParams({ q })}` }, fill(all, { q }))]);
      } else {
        await search.store.file("norms");
      }
    };
    try {
      await search.again(ask);
    } catch {
      said = broken;
      lines = [[make("a", { href: `${site}a-z/` }, broken)]];
    }
    if (mine !== turn) return;
    hits.replaceChildren(...lines.map((line) => make("li", {}, ...line)));
    hits.hidden = !lines.length;
    status.textContent = said;
  }

  input.addEventListener("input", look);
  form.addEventListener("keydown", (event) => {
    const stops = [input, ...hits.querySelectorAll("a")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && stops[stops.indexOf(document.activeElement) + step];
    if (next) next.focus();
    else if (event.key === "Escape" && !hits.hidden) {
      turn++;
      hits.hidden = true;
      input.focus();
    } else return;
    event.preventDefault();
  });
  look();
}

/** Answers what the address asks, and keeps the address in step. @param {HTMLElement} answer */
export function page(answer) {
  const { site, index } = /** @type {any} */ (answer.dataset);
  const search = new Search(site, index);
  const all = (/** @type {string} */ selector, within = document) => /** @type {any[]} */ ([...within.querySelectorAll(selector)]);
  // In the order in which they stand in the page.
  const [form, notice, status, typed, said, instead, place, details, filters, list, more, help] = all("[data-ui]");
  const [item, facet, value, icons] = all("template").map(({ content }) => content.firstElementChild);
  const facets = Object.keys(filters.dataset).slice(1);
  details.open = matchMedia("(min-width: 62rem)").matches;

  const asked = () => new URLSearchParams(location.search);
  const go = (/** @type {URLSearchParams} */ address) => {
    history.pushState(null, "", `?${address}`);
    show();
  };

  async function show() {
    const address = asked();
    const q = (address.get("q") ?? "").trim();
    const exact = address.has("exact");
    form.q.value = q;
    notice.hidden = !q;
    typed.hidden = place.hidden = true;
    help.hidden = false;
    if (!q) return;
    const ask = async () => {
      const root = await search.store.root();
      const chosen = (/** @type {string} */ facet) => address.getAll(facet).map((key) => root[facet].findIndex(([known]) => known === key));
      const filter = Object.fromEntries(facets.map((facet) => [facet, chosen(facet)]));
      const found = await search.find(q, { exact });
      const { documents, whole, counts } = await search.narrow(found, filter);
      if (`${asked()}` !== `${address}`) return;
      typed.hidden = !found.mended;
      said.textContent = fill(said.title, { q });
      instead.textContent = fill(instead.title, { q });
      instead.href = `?${new URLSearchParams({ q, exact: "1" })}`;
      place.hidden = !found.documents.length;
      help.hidden = !!documents.length;
      narrow(root, filter, counts);
      list.replaceChildren();
      more.onclick = async () => {
        const from = list.children.length;
        const next = documents.slice(from, from + 10);
        const shown = await Promise.all(next.map((document) => search.store.shown(document)));
        list.append(...shown.map((what, at) => result(root, what, found, next[at])));
        more.hidden = list.children.length >= documents.length;
        if (from) all("a", list.children[from])[0].focus();
      };
      await more.onclick();
      status.textContent = whole ? plural(status, whole, found.mended || q) : fill(status.dataset[documents.length ? "some" : "none"], { q });
    };
    try {
      await search.again(ask);
    } catch {
      status.textContent = status.dataset.broken;
    }
  }

  /** @param {Root} root @param {[string, string, string, number, number]} shown @param {import("./search.js").Found} found @param {number} document */
  function result(root, [title, url, summary, kind, owner], { marks, passages }, document) {
    const one = item.cloneNode(true);
    const [tag, pill, heading, text] = all("span, a, p", one);
    tag.append(icons.children[kind].cloneNode(true), ` ${root.kind[kind][1]}`);
    if (owner) pill.textContent = root.owner[owner][1];
    else pill.parentNode.remove();
    heading.href = site + url;
    heading.append(...withMarks(root, title, marks));
    text.append(...withMarks(root, passages[document] ?? summary, marks));
    return one;
  }

  /** @param {Root} root @param {import("./search.js").Filter} filter @param {Record<string, number[]>} counts */
  function narrow(root, filter, counts) {
    const focused = document.activeElement?.id ?? "";
    const groups = facets.map((name) => {
      const set = facet.cloneNode(true);
      set.firstElementChild.textContent = filters.dataset[name];
      root[name].forEach(([key, label], at) => {
        const checked = filter[name].includes(at);
        if (!checked && !counts[name][at]) return;
        const line = value.cloneNode(true);
        const [box, text, number] = line.children;
        Object.assign(box, { id: name + key, name, value: key, checked });
        text.textContent = label;
        number.textContent = counts[name][at] ?? 0;
        set.append(line);
      });
      return set;
    });
    filters.replaceChildren(...groups.filter((set) => set.children[1]));
    document.getElementById(focused)?.focus();
  }

  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    go(new URLSearchParams({ q: form.q.value }));
  });
  filters.addEventListener("change", () => {
    const chosen = /** @type {[string, string][]} */ ([...new FormData(filters)]);
    go(new URLSearchParams([...[...asked()].filter(([name]) => !facets.includes(name)), ...chosen]));
  });
  addEventListener("popstate", show);
  show();
}
