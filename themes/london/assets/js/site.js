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
