// Small improvements. Every page works without this file.

const live = document.querySelector("[data-live]");

/** "Link to …": copies the address. Where that cannot be done, it stays a link. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.permalink");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href);
    return;
  }
  const use = link.querySelector("use");
  const picture = use.getAttribute("href");
  use.setAttribute("href", picture.replace(/#.*/, "#tick"));
  link.dataset.done = "";
  live.textContent = live.dataset.copied;
  setTimeout(() => {
    use.setAttribute("href", picture);
    delete link.dataset.done;
    live.textContent = "";
  }, 4000);
});

/** Prints one part of the page. Nothing happens without a script, so only the script shows the button. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const part = document.getElementById(button.dataset.print);
    part.classList.add("printed");
    print();
    part.classList.remove("printed");
  });
}

/** Narrows a list of expectations down to some of its lines, and says how many are left. */
for (const form of document.querySelectorAll("[data-narrow]")) {
  const list = document.querySelector("[data-narrowed]");
  const said = document.querySelector("[data-shown]");
  const whole = said.textContent;
  const wanted = (name) => [...form.querySelectorAll(`[name=${name}]`)].filter((box) => box.checked).map((box) => box.value);
  const has = (name) => form.querySelector(`[name=${name}]`);
  form.hidden = false;
  form.addEventListener("change", () => {
    const modals = wanted("modal");
    const tiers = wanted("tier");
    let left = 0;
    for (const group of list.querySelectorAll("[data-tier]")) {
      const lines = [...group.querySelectorAll("[data-modal]")];
      const inTier = !has("tier") || tiers.includes(group.dataset.tier);
      for (const line of lines) line.hidden = !inTier || !modals.includes(line.dataset.modal);
      const shown = lines.filter((line) => !line.hidden).length;
      group.hidden = shown === 0;
      left += shown;
    }
    const all = form.querySelectorAll("input").length === form.querySelectorAll(":checked").length;
    said.textContent = all ? whole : said.dataset.shown.replace("{n}", left);
  });
}

/** Compares only the boroughs that are chosen; who has nothing to say says so. The address keeps the choice. */
for (const form of document.querySelectorAll("[data-compare]")) {
  const none = document.querySelector("template[data-none]").content.firstElementChild;
  const boxes = [...form.querySelectorAll("[name=with]")];
  const asked = new URLSearchParams(location.search).get("with")?.split(",") ?? [];
  for (const box of boxes) box.checked = asked.includes(box.value);
  form.hidden = false;
  const show = () => {
    const chosen = boxes.filter((box) => box.checked);
    const narrowed = chosen.length > 1;
    for (const old of document.querySelectorAll(".side.none")) old.remove();
    for (const row of document.querySelectorAll("[data-row]")) {
      const sides = [...row.querySelectorAll("[data-boroughs]")];
      const of = (id) => sides.filter((side) => side.dataset.boroughs.split(" ").includes(id));
      const wanted = new Set(chosen.flatMap((box) => of(box.value)));
      for (const side of sides) side.hidden = narrowed && !wanted.has(side);
      row.hidden = narrowed && wanted.size === 0;
      if (!narrowed || row.hidden || row.querySelector(".london")) continue;
      for (const box of chosen.filter((box) => of(box.value).length === 0)) {
        const element = none.cloneNode(true);
        element.querySelector(".who").textContent = box.dataset.name;
        row.append(element);
      }
    }
    form.querySelector("[data-compared]").textContent = narrowed ? chosen.map((box) => box.dataset.name).join(", ") : "";
  };
  form.addEventListener("change", () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    history.replaceState(null, "", chosen.length ? `?with=${chosen.join(",")}` : location.pathname);
    show();
  });
  show();
}

/** A word of the glossary says what it means where it stands; its link leads to all of them. */
const meaning = document.querySelector("[data-meanings]");
let explained;
document.addEventListener("click", (event) => {
  const term = event.target.closest("a.term");
  if (!term || !meaning?.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  explained = term;
  meaning.querySelector("b").textContent = term.textContent;
  meaning.querySelector("p").textContent = term.dataset.meaning;
  meaning.querySelector("a").href = term.href;
  meaning.showPopover();
  const { left, bottom, top } = term.getBoundingClientRect();
  const { width, height } = meaning.getBoundingClientRect();
  const below = bottom + 8 + height < innerHeight ? bottom + 8 : Math.max(8, top - 8 - height);
  meaning.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  meaning.style.top = `${below}px`;
  meaning.focus();
});
meaning?.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && meaning.contains(document.activeElement)) explained?.focus();
});

/** What is folded opens when it is linked to. */
const unfold = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
};
addEventListener("hashchange", unfold);
unfold();

/** The modules of search are fetched when somebody is about to search. */
const answer = document.querySelector("[data-answer]");
const modules = (element) => import(new URL(element.dataset.script, document.baseURI).href);
if (answer) modules(answer).then(({ page }) => page(answer));
for (const form of document.querySelectorAll("form[data-search]")) {
  form.addEventListener("focusin", () => modules(form).then(({ box }) => box(form)), { once: true });
}
